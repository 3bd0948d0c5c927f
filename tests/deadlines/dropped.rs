//! Calls that are given up: in whatever phase, the next call of the same client goes through.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dbplane::{Error, Response};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::stage::{Act, Stage};
use super::{LONG, SHORT, TYPES, challenge, connect, dbss_by_password, is_signed, oceanbase, said, token};
use crate::support::{answer, mariadb_at};

/// A server that answers badly in one way until it is mended.
async fn mendable(
    bad: impl Fn(&str) -> Act + Send + Sync + 'static,
    good: impl Fn(&str) -> Act + Send + Sync + 'static,
) -> (Stage, Arc<AtomicBool>) {
    let mended = Arc::new(AtomicBool::new(false));
    let well = Arc::clone(&mended);
    let reply =
        move |request: &str, _| if well.load(Ordering::SeqCst) { good(request) } else { bad(request) };
    (Stage::new(reply).await, mended)
}

/// Gives a call up after a while, mends the server, and makes the next call.
async fn given_up<T, F>(
    stage: &Stage,
    mended: &AtomicBool,
    requests: usize,
    call: impl Fn() -> F,
) -> Response<T>
where
    F: Future<Output = Result<Response<T>, Error>>,
    T: std::fmt::Debug,
{
    for round in 1..=3 {
        timeout(SHORT, call()).await.expect_err("the call ended by itself");
        assert_eq!(stage.requests(), requests * round, "the phase that was meant");
    }
    mended.store(true, Ordering::SeqCst);
    timeout(LONG, call()).await.expect("stuck").unwrap()
}

#[tokio::test]
async fn while_a_token_is_fetched() {
    let good = |request: &str| if request.contains("/v3/auth/tokens") { token() } else { said("{}") };
    let (stage, mended) = mendable(|_| Act::Hang, good).await;
    let client = dbss_by_password(&stage.url, LONG);
    given_up(&stage, &mended, 1, || client.list_db_om_instances().send()).await;
    assert_eq!(stage.requests_with("/v3/auth/tokens"), 4);
}

#[tokio::test]
async fn while_others_wait_for_the_same_token() {
    let good = |request: &str| if request.contains("/v3/auth/tokens") { token() } else { said("{}") };
    let (stage, mended) = mendable(|_| Act::Hang, good).await;
    let client = dbss_by_password(&stage.url, LONG);
    let first = tokio::spawn(client.list_db_om_instances().send());
    while stage.requests() == 0 {
        tokio::task::yield_now().await;
    }
    let mut others = JoinSet::new();
    for _ in 0..20 {
        others.spawn(client.list_db_om_instances().send());
    }
    tokio::task::yield_now().await;
    mended.store(true, Ordering::SeqCst);
    first.abort();
    while let Some(other) = timeout(LONG, others.join_next()).await.expect("stuck") {
        other.unwrap().unwrap();
    }
    assert_eq!((stage.requests_with("/v3/auth/tokens"), stage.requests()), (2, 22));
}

#[tokio::test]
async fn before_and_after_a_challenge() {
    let good = |request: &str| match is_signed(request) {
        true => said(r#"{"success":true}"#),
        false => challenge(),
    };
    let (stage, mended) = mendable(|_| Act::Hang, good).await;
    let client = oceanbase(&stage.url, LONG);
    let answer = given_up(&stage, &mended, 1, || connect(&client).send()).await;
    assert_eq!(answer.requests_sent(), 2);

    let bad = |request: &str| if is_signed(request) { Act::Hang } else { challenge() };
    let (stage, mended) = mendable(bad, good).await;
    let client = oceanbase(&stage.url, LONG);
    // Only the first costs a challenge; its nonce is used on.
    timeout(SHORT, connect(&client).send()).await.unwrap_err();
    assert_eq!(stage.requests(), 2);
    timeout(SHORT, connect(&client).send()).await.unwrap_err();
    assert_eq!(stage.requests(), 3);
    mended.store(true, Ordering::SeqCst);
    assert_eq!(timeout(LONG, connect(&client).send()).await.expect("stuck").unwrap().requests_sent(), 1);
    assert_eq!((stage.requests_with("nc=00000002"), stage.requests_with("nc=00000003")), (1, 1));
}

#[tokio::test]
async fn while_the_answer_is_awaited_or_read() {
    let bads: [fn(&str) -> Act; 2] = [|_| Act::Hang, |_| Act::Dribble(100_000, TYPES)];
    for bad in bads {
        let (stage, mended) = mendable(bad, |_| said(TYPES)).await;
        let client = mariadb_at(&stage.url);
        given_up(&stage, &mended, 1, || client.list_server_types().send()).await;
    }
}

#[tokio::test]
async fn in_a_pause_before_a_repeat() {
    let held_back = |_: &str| Act::Say(answer("503 Busy", "Retry-After: 100\r\n", "{}"));
    let (stage, mended) = mendable(held_back, |_| said(TYPES)).await;
    let options = dbplane::CallOptions::new().retry(dbplane::Retry::default());
    let client = mariadb_at(&stage.url);
    let call = || client.list_server_types().with_options(options.clone()).send();
    let answer = given_up(&stage, &mended, 1, call).await;
    assert_eq!(answer.requests_sent(), 1);
}
