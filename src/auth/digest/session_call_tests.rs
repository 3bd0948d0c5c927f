//! Calls that wait for each other, step by step, without a server and without sleeping.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, WWW_AUTHENTICATE};

use super::{Session, SessionCall};
use crate::auth::{AuthRetry, Refusal, SignableRequest};
use crate::error::Error;
use crate::runtime::Runtime;

fn session() -> Arc<Session> {
    Arc::new(Session::new("user".to_owned(), "hunter2".into(), true))
}

fn request() -> SignableRequest {
    SignableRequest {
        method: "GET",
        url: "https://host.example/a?b=c".parse().unwrap(),
        origin: "https://host.example".len(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        secrets: Vec::new(),
    }
}

fn challenge(nonce: &str) -> HeaderMap {
    let field = format!("Digest realm=r, qop=auth, nonce={nonce}");
    HeaderMap::from_iter([(WWW_AUTHENTICATE, HeaderValue::from_str(&field).unwrap())])
}

/// A call that has signed a request.
struct Signed {
    call: SessionCall,
    request: SignableRequest,
}

impl Signed {
    fn refused(&mut self, nonce: &str) -> bool {
        let headers = challenge(nonce);
        let refusal = Refusal { status: 401, headers: &headers, body: b"", auth_retries: 0 };
        self.call.refused(refusal).unwrap() != AuthRetry::No
    }

    fn is_bare(&self) -> bool {
        !self.request.headers.contains_key(AUTHORIZATION)
    }

    fn shows(&self, text: &str) -> bool {
        self.request.headers[AUTHORIZATION].to_str().unwrap().contains(text)
    }
}

/// A call in the middle of signing.
struct Signing<'a>(Pin<Box<dyn Future<Output = Result<Signed, Error>> + 'a>>);

impl<'a> Signing<'a> {
    fn of(session: &Arc<Session>, runtime: &'a Runtime) -> Self {
        Self::again(SessionCall::new(Arc::clone(session)), runtime)
    }

    fn again(mut call: SessionCall, runtime: &'a Runtime) -> Self {
        let mut request = request();
        Self(Box::pin(
            async move { call.sign(&mut request, runtime).await.map(|()| Signed { call, request }) },
        ))
    }

    /// The request, if signing is completed.
    fn now(&mut self) -> Option<Signed> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(signed) => Some(signed.unwrap()),
            Poll::Pending => None,
        }
    }
}

#[test]
fn the_others_wait_for_the_challenge_and_then_answer_it() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let mut first = Signing::of(&session, &runtime).now().unwrap();
    assert!(first.is_bare());
    let mut others: Vec<_> = (0..64).map(|_| Signing::of(&session, &runtime)).collect();
    assert!(others.iter_mut().all(|other| other.now().is_none()));
    assert!(first.refused("n"));
    let mut counts: Vec<_> = others.iter_mut().map(|other| other.now().unwrap()).collect();
    let again = Signing::again(first.call, &runtime).now().unwrap();
    assert!(again.shows("nc=00000001"));
    counts.push(again);
    for count in 1..=65 {
        let text = format!("nonce=\"n\", nc={count:08x}");
        assert_eq!(counts.iter().filter(|signed| signed.shows(&text)).count(), 1, "{count}");
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
    assert!(second.is_bare() && third.now().is_none());
    drop(second);
    assert!(third.now().unwrap().is_bare());
}

#[test]
fn one_who_is_dropped_while_waiting_is_passed_over() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let first = Signing::of(&session, &runtime).now().unwrap();
    let (mut second, mut third) = (Signing::of(&session, &runtime), Signing::of(&session, &runtime));
    assert!(second.now().is_none() && third.now().is_none());
    drop(first); // the turn is the second's now, who does not know yet
    drop(second);
    assert!(third.now().unwrap().is_bare());
}

#[test]
fn when_the_fetch_fails_nobody_waits_for_the_next_one() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let mut first = Signing::of(&session, &runtime).now().unwrap();
    let mut others: Vec<_> = (0..8).map(|_| Signing::of(&session, &runtime)).collect();
    assert!(others.iter_mut().all(|other| other.now().is_none()));
    first.call.undecided();
    let mut sent: Vec<_> = others.iter_mut().map(|other| other.now().unwrap()).collect();
    assert!(sent.iter().all(Signed::is_bare));
    // All are refused at once; one challenge serves them.
    assert!(sent.iter_mut().all(|signed| signed.refused("n")));
    assert!(Signing::of(&session, &runtime).now().unwrap().shows("nonce=\"n\", nc="));
}

#[test]
fn a_challenge_that_can_not_be_answered_holds_nobody_up() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let mut first = Signing::of(&session, &runtime).now().unwrap();
    let mut second = Signing::of(&session, &runtime);
    assert!(second.now().is_none());
    let basic = HeaderMap::from_iter([(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=x"))]);
    let refusal = Refusal { status: 401, headers: &basic, body: b"", auth_retries: 0 };
    let error = first.call.refused(refusal).unwrap_err();
    assert!(error.is_auth() && error.to_string().contains("only Basic"), "{error}");
    assert!(second.now().unwrap().is_bare());
}

#[test]
fn debug_shows_no_secret() {
    let (session, runtime) = (session(), Runtime::fixed(0, 1));
    let mut first = Signing::of(&session, &runtime).now().unwrap();
    assert!(first.refused("secret-nonce"));
    let shown = format!("{session:?}");
    assert!(
        shown.contains("user") && !shown.contains("hunter2") && !shown.contains("secret-nonce"),
        "{shown}"
    );
}
