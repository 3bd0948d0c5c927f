use std::sync::Arc;

use super::{NextUse, State, Verdict};
use crate::auth::digest::challenge::{Challenge, parse};
use crate::auth::digest::nonce::{Origin, Use};

fn challenge(nonce: &str) -> Challenge {
    parse([format!("Digest realm=r, qop=auth, nonce={nonce}").as_str()].into_iter()).unwrap().remove(0)
}

fn stale(nonce: &str) -> Challenge {
    Challenge { stale: true, ..challenge(nonce) }
}

/// A call that needs no turn.
fn go(state: &mut State) -> Use {
    match state.step(false, false) {
        NextUse::Go { with: Some(with), alone: false } => with,
        other => panic!("{other:?}"),
    }
}

/// A call that must have the turn.
fn go_alone(state: &mut State) -> Use {
    assert!(matches!(state.step(false, false), NextUse::Wait));
    match state.step(true, false) {
        NextUse::Go { with: Some(with), alone: true } => with,
        other => panic!("{other:?}"),
    }
}

/// What a call is to try again with; nothing if it shares.
fn again(verdict: Verdict) -> Option<Use> {
    match verdict {
        Verdict::Again => None,
        Verdict::AgainWith(Some(pledge)) => Some(pledge),
        other => panic!("{other:?}"),
    }
}

fn seen(with: &Use) -> (&str, u32) {
    (with.nonce.challenge.nonce.as_str(), with.count)
}

/// A state whose first challenge was responded to with `uses` good responses.
fn used(nonce: &str, uses: u32) -> State {
    let mut state = State::default();
    let own = again(state.refuse(None, 1, challenge(nonce))).unwrap();
    state.accept(Some(own), None);
    for _ in 1..uses {
        let with = go(&mut state);
        state.accept(Some(with), None);
    }
    state
}

/// The same after that nonce has expired and `next` was taken; the one use of `next` is under way.
fn expired(uses: u32, next: &str) -> (State, Use) {
    let mut state = used("old", uses);
    let with = go(&mut state);
    let own = again(state.refuse(Some(with), 1, stale(next))).unwrap();
    (state, own)
}

#[test]
fn one_call_fetches_and_the_others_wait() {
    let mut state = State::default();
    assert!(matches!(state.step(false, false), NextUse::Wait));
    assert!(matches!(state.step(true, false), NextUse::Go { with: None, alone: true }));
    let own = again(state.refuse(None, 1, challenge("n"))).unwrap();
    assert_eq!((seen(&own), seen(&go(&mut state)), seen(&go(&mut state))), (("n", 1), ("n", 2), ("n", 3)));
}

#[test]
fn after_a_fetch_that_failed_nobody_waits_for_another() {
    let mut state = State::default();
    let before = state.failures();
    state.undecided(None);
    assert_ne!(state.failures(), before);
    assert!(matches!(state.step(true, true), NextUse::Go { with: None, alone: false }));
    assert!(matches!(state.step(false, false), NextUse::Wait), "later calls do");
}

#[test]
fn a_server_that_asks_for_nothing_is_sent_nothing() {
    let mut state = State::default();
    state.accept(None, None);
    assert!(matches!(state.step(false, false), NextUse::Go { with: None, alone: false }));
    again(state.refuse(None, 1, challenge("n"))).unwrap();
    assert!(again(state.refuse(None, 1, challenge("m"))).is_none(), "the second shares the first's");
    assert_eq!(seen(&go(&mut state)), ("n", 2));
}

#[test]
fn calls_that_are_refused_together_share_one_new_nonce() {
    let mut state = used("n", 1);
    let (a, b, c) = (go(&mut state), go(&mut state), go(&mut state));
    assert_eq!(seen(&again(state.refuse(Some(b), 1, challenge("b"))).unwrap()), ("b", 1));
    assert!(again(state.refuse(Some(a), 1, stale("a"))).is_none());
    assert!(again(state.refuse(Some(c), 1, challenge("c"))).is_none());
    state.expired = None;
    assert_eq!((seen(&go(&mut state)), seen(&go(&mut state))), (("b", 2), ("b", 3)));
}

#[test]
fn the_second_refusal_is_answered_with_a_nonce_that_nobody_else_has() {
    let mut state = used("n", 1);
    let (a, b) = (go(&mut state), go(&mut state));
    again(state.refuse(Some(a), 1, stale("a"))).unwrap();
    assert!(again(state.refuse(Some(b), 1, stale("b"))).is_none());
    let shared = go_alone(&mut state);
    let private = again(state.refuse(Some(shared), 2, stale("p"))).unwrap();
    assert_eq!(seen(&private), ("p", 1));
    assert_eq!(seen(&go_alone(&mut state)), ("a", 3), "it is not for others yet");
    state.accept(Some(private), None);
    state.expired = None;
    assert_eq!(seen(&go(&mut state)), ("p", 2), "now it is");
}

#[test]
fn a_private_nonce_does_not_replace_a_newer_one() {
    let mut state = used("n", 1);
    let (a, b) = (go(&mut state), go(&mut state));
    let private = again(state.refuse(Some(a), 2, stale("p"))).unwrap();
    again(state.refuse(Some(b), 1, stale("b"))).unwrap();
    state.accept(Some(private), None);
    state.expired = None;
    assert_eq!(seen(&go(&mut state)), ("b", 2));
}

/// Apache, for one, keeps one nonce or one count for all calls that send the same `opaque`.
#[test]
fn a_server_that_ties_calls_together_is_begun_afresh_with() {
    let tied = |nonce: &str| Challenge { opaque: Some("o".to_owned()), ..stale(nonce) };
    let mut state = State::default();
    let own = again(state.refuse(None, 1, tied("n"))).unwrap();
    go(&mut state);
    assert!(matches!(state.refuse(Some(own), 2, tied("m")), Verdict::AgainWith(None)));
    let other = Challenge { opaque: Some("p".to_owned()), ..challenge("p") };
    let private = again(state.refuse(None, 3, other)).unwrap();
    assert_eq!(seen(&private), ("p", 1));
}

#[test]
fn what_is_final_and_what_is_not() {
    // The very challenge that was used comes back.
    let mut state = used("n", 1);
    let with = go(&mut state);
    assert!(matches!(state.refuse(Some(with), 1, challenge("n")), Verdict::Final));
    // The server says that only the nonce was wrong; its count goes on.
    let with = go(&mut state);
    assert_eq!(seen(&again(state.refuse(Some(with), 1, stale("n"))).unwrap()), ("n", 4));
    // An own challenge, used by nobody else.
    let mut state = State::default();
    let own = again(state.refuse(None, 1, challenge("n"))).unwrap();
    assert!(matches!(state.refuse(Some(own), 2, challenge("m")), Verdict::Final));
    // The same, but it has expired on the way.
    let mut state = State::default();
    let own = again(state.refuse(None, 1, challenge("n"))).unwrap();
    again(state.refuse(Some(own), 2, stale("m"))).unwrap();
    // An own challenge that others may have used up; then a private one.
    let mut state = State::default();
    let own = again(state.refuse(None, 1, challenge("n"))).unwrap();
    go(&mut state);
    let private = again(state.refuse(Some(own), 2, challenge("m"))).unwrap();
    assert!(matches!(private.origin, Origin::Private { .. }));
    assert!(matches!(state.refuse(Some(private), 3, challenge("o")), Verdict::Final));
}

#[test]
fn another_realm_is_answered_by_the_call_that_met_it() {
    let mut state = used("n", 1);
    let (a, b) = (go(&mut state), go(&mut state));
    again(state.refuse(Some(a), 1, challenge("a"))).unwrap();
    let other = Challenge { realm: "other".to_owned(), ..challenge("b") };
    assert_eq!(seen(&again(state.refuse(Some(b), 1, other)).unwrap()), ("b", 1));
    state.expired = None;
    assert_eq!(seen(&go(&mut state)), ("a", 2));
}

#[test]
fn a_nonce_is_expected_to_last_as_long_as_the_one_before() {
    let (mut state, own) = expired(3, "new");
    state.accept(Some(own), None);
    let (second, third) = (go(&mut state), go_alone(&mut state));
    let probe = go_alone(&mut state);
    state.accept(Some(second), None);
    state.accept(Some(third), None);
    assert_eq!(seen(&probe), ("new", 4));
    state.accept(Some(probe), None);
    for count in 5..200 {
        assert_eq!(seen(&go(&mut state)), ("new", count), "it lasts longer, so nobody waits any more");
    }
}

#[test]
fn answers_that_come_after_the_expiry_count() {
    let mut state = used("old", 1);
    let (late, later, refused) = (go(&mut state), go(&mut state), go(&mut state));
    again(state.refuse(Some(refused), 1, stale("new"))).unwrap();
    assert!(matches!(state.step(false, false), NextUse::Wait));
    state.accept(Some(late), None);
    state.accept(Some(later), None);
    assert_eq!(seen(&go(&mut state)), ("new", 2));
    assert!(matches!(state.step(false, false), NextUse::Wait));
}

#[test]
fn a_use_beyond_the_expected_that_comes_to_nothing_holds_nobody_up() {
    let (mut state, _own) = expired(1, "new");
    let probe = go_alone(&mut state);
    state.undecided(Some(&probe));
    go(&mut state);
}

#[test]
fn a_nonce_handed_out_is_taken_over_once() {
    let mut state = used("n", 1);
    let (a, b) = (go(&mut state), go(&mut state));
    state.accept(Some(a), Some("next"));
    state.accept(Some(b), Some("other"));
    let with = go(&mut state);
    assert_eq!(seen(&with), ("next", 1));
    state.accept(Some(with), Some("next"));
    assert_eq!(seen(&go(&mut state)), ("next", 2), "the same once more is nothing new");
}

#[test]
fn the_last_good_use_goes_alone_and_may_bring_the_next_nonce() {
    let (mut state, own) = expired(2, "new");
    state.accept(Some(own), Some("next"));
    go(&mut state);
    let last = go_alone(&mut state);
    assert_eq!(seen(&last), ("next", 2));
    state.accept(Some(last), Some("after"));
    assert_eq!(seen(&go(&mut state)), ("after", 1));
}

#[test]
fn a_session_keeps_its_nonce_whatever_is_handed_out() {
    let session = "Digest realm=r, qop=auth, nonce=n, algorithm=MD5-sess";
    let mut state = State::default();
    let session = parse([session].into_iter()).unwrap().remove(0);
    let own = again(state.refuse(None, 1, session)).unwrap();
    state.accept(Some(own), Some("next"));
    assert_eq!(seen(&go(&mut state)), ("n", 2));
}

#[test]
fn a_count_that_is_used_up_ends_the_nonce() {
    let mut state = used("n", 1);
    state.current.as_mut().unwrap().count = u32::MAX - 1;
    assert_eq!(go(&mut state).count, u32::MAX);
    assert!(matches!(state.step(false, false), NextUse::Wait));
    assert!(matches!(state.step(true, false), NextUse::Go { with: None, alone: true }));
}

#[test]
fn uses_of_one_nonce_share_its_client_nonce() {
    let runtime = crate::Runtime::fixed(0, 1);
    let mut state = used("n", 1);
    let (a, b) = (go(&mut state), go(&mut state));
    assert!(Arc::ptr_eq(&a.nonce, &b.nonce));
    assert_eq!(a.nonce.cnonce(&runtime).unwrap(), b.nonce.cnonce(&runtime).unwrap());
    assert_eq!(a.nonce.cnonce_sent().len(), 32);
}
