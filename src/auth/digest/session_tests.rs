//! Calls that wait for each other, taken step by step: no server, no sleeping.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, WWW_AUTHENTICATE};

use super::Session;
use crate::auth::digest::Ticket;
use crate::auth::{Authenticate, Refusal, SignableRequest};
use crate::error::Error;
use crate::runtime::Runtime;

fn session() -> Session {
    Session::new("user".to_owned(), "hunter2".into(), true)
}

fn request() -> SignableRequest {
    SignableRequest {
        method: "GET",
        url: "https://host.example/a?b=c".to_owned(),
        origin: "https://host.example".len(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        ticket: Ticket::default(),
        secrets: Vec::new(),
    }
}

fn challenge(nonce: &str) -> HeaderMap {
    let field = format!("Digest realm=r, qop=auth, nonce={nonce}");
    HeaderMap::from_iter([(WWW_AUTHENTICATE, HeaderValue::from_str(&field).unwrap())])
}

/// A call in the middle of signing.
struct Signing<'a>(Pin<Box<dyn Future<Output = Result<SignableRequest, Error>> + 'a>>);

impl<'a> Signing<'a> {
    fn of(session: &'a Session, runtime: &'a Runtime) -> Self {
        let mut request = request();
        Self(Box::pin(async move { session.sign(&mut request, runtime).await.map(|()| request) }))
    }

    /// The request, if signing has come to its end.
    fn now(&mut self) -> Option<SignableRequest> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(signed) => Some(signed.unwrap()),
            Poll::Pending => None,
        }
    }
}

fn refused(session: &Session, request: &SignableRequest, nonce: &str) -> bool {
    let (headers, mut context) = (challenge(nonce), Context::from_waker(Waker::noop()));
    let Poll::Ready(again) = session
        .refused(request, Refusal { status: 401, headers: &headers, body: b"", repeats: 0 })
        .as_mut()
        .poll(&mut context)
    else {
        panic!("learning needs no waiting")
    };
    again.unwrap()
}

fn is_bare(request: &SignableRequest) -> bool {
    !request.headers.contains_key(AUTHORIZATION)
}

fn shows(request: &SignableRequest, text: &str) -> bool {
    request.headers[AUTHORIZATION].to_str().unwrap().contains(text)
}

#[test]
fn the_others_wait_for_the_challenge_and_then_answer_it() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    assert!(is_bare(&first));
    let mut others: Vec<_> = (0..64).map(|_| Signing::of(&session, &runtime)).collect();
    assert!(others.iter_mut().all(|other| other.now().is_none()));
    assert!(refused(&session, &first, "n"));
    let mut counts: Vec<_> = others.iter_mut().map(|other| other.now().unwrap()).collect();
    let mut again = SignableRequest { headers: HeaderMap::new(), ..first };
    let signing = session.sign(&mut again, &runtime).as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(signing, Poll::Ready(Ok(()))) && shows(&again, "nc=00000001"));
    counts.push(again);
    for count in 1..=65 {
        let text = format!("nonce=\"n\", nc={count:08x}");
        assert_eq!(counts.iter().filter(|request| shows(request, &text)).count(), 1, "{count}");
    }
}

#[test]
fn when_the_one_who_fetches_is_dropped_the_next_takes_over() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    let (mut second, mut third) = (Signing::of(&session, &runtime), Signing::of(&session, &runtime));
    assert!(second.now().is_none() && third.now().is_none());
    drop(first);
    assert!(third.now().is_none(), "one at a time, in the order of arrival");
    let second = second.now().unwrap();
    assert!(is_bare(&second) && third.now().is_none());
    drop(second);
    assert!(is_bare(&third.now().unwrap()));
}

#[test]
fn one_who_is_dropped_while_waiting_is_passed_over() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    let (mut second, mut third) = (Signing::of(&session, &runtime), Signing::of(&session, &runtime));
    assert!(second.now().is_none() && third.now().is_none());
    drop(first); // the turn is the second's now, who does not know yet
    drop(second);
    assert!(is_bare(&third.now().unwrap()));
}

#[test]
fn when_the_fetch_fails_nobody_waits_for_the_next_one() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    let mut others: Vec<_> = (0..8).map(|_| Signing::of(&session, &runtime)).collect();
    assert!(others.iter_mut().all(|other| other.now().is_none()));
    first.ticket.undecided();
    let sent: Vec<_> = others.iter_mut().map(|other| other.now().unwrap()).collect();
    assert!(sent.iter().all(is_bare));
    // All are refused at once; one challenge serves them.
    assert!(sent.iter().all(|request| refused(&session, request, "n")));
    assert!(shows(&Signing::of(&session, &runtime).now().unwrap(), "nonce=\"n\", nc="));
}

#[test]
fn a_challenge_that_can_not_be_answered_holds_nobody_up() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    let mut second = Signing::of(&session, &runtime);
    assert!(second.now().is_none());
    let basic = HeaderMap::from_iter([(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=x"))]);
    let error = session.learn(&first, &basic).unwrap_err();
    assert!(error.is_auth() && error.to_string().contains("only Basic"), "{error}");
    assert!(is_bare(&second.now().unwrap()));
}

#[test]
fn a_call_that_another_session_signed_tells_this_one_only_the_challenge() {
    let (old, new, runtime) = (session(), session(), Runtime::fixed(0, 1));
    let first = Signing::of(&old, &runtime).now().unwrap();
    assert!(refused(&old, &first, "n"));
    let signed = Signing::of(&old, &runtime).now().unwrap();
    assert!(shows(&signed, "nonce=\"n\""));
    assert!(refused(&new, &signed, "m"), "the new credentials were not refused");
    assert!(shows(&Signing::of(&new, &runtime).now().unwrap(), "nonce=\"m\""));
    let signed = Signing::of(&old, &runtime).now().unwrap();
    new.accepted(&signed, &HeaderMap::new(), b"").unwrap();
}

#[test]
fn debug_shows_no_secret() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    assert!(refused(&session, &first, "secret-nonce"));
    let shown = format!("{session:?}");
    assert!(
        shown.contains("user") && !shown.contains("hunter2") && !shown.contains("secret-nonce"),
        "{shown}"
    );
}
