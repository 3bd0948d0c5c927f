//! Against software that nobody here wrote.
//!
//! These tests need a server, so `cargo test` alone lists them as ignored. The scripts in `tests/interop/` start
//! what they need, run them and stop it again.

#![cfg(feature = "oceanbase-cloud-v2")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // clippy knows tests, not their helpers
#![allow(clippy::print_stdout)] // what was measured is worth a line

use dbplane::Error;
use dbplane::oceanbase::Credentials;
use dbplane::oceanbase::cloud_v2::{Client, models::ConnectPrivateLinkServiceRequest};
use tokio::task::JoinSet;

/// The client of the server that the script has started, under one of its paths.
fn client(path: &str, secret: Option<&str>) -> Client {
    let given = |name: &str| std::env::var(name).expect("the script sets it");
    let secret = secret.map_or_else(|| given("DBPLANE_INTEROP_SECRET"), str::to_owned);
    Client::builder()
        .base_url(format!("{}{path}", given("DBPLANE_INTEROP_URL")))
        .credentials(Credentials::access_key(given("DBPLANE_INTEROP_USER"), secret))
        .project_id("p1")
        .build()
        .unwrap()
}

/// One call; how many requests it took.
async fn call(client: &Client) -> Result<u32, Error> {
    let body = ConnectPrivateLinkServiceRequest::new("vpce-1");
    let answer = client.connect_private_link_service("ob,1", "t=é", body).send().await?;
    assert_eq!(answer.envelope().success, Some(true));
    Ok(answer.requests_sent())
}

/// Makes calls from several tasks, all of which must be good. How many requests they took.
async fn cost(path: &str, tasks: u32, calls_each: u32) -> u32 {
    let client = client(path, None);
    let mut running = JoinSet::new();
    for _ in 0..tasks {
        let client = client.clone();
        running.spawn(async move {
            let mut requests = 0;
            for _ in 0..calls_each {
                requests += call(&client).await.unwrap();
            }
            requests
        });
    }
    let requests = running.join_all().await.into_iter().sum();
    println!("{path}: {} calls by {tasks} tasks, {requests} requests", tasks * calls_each);
    requests
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "SKIPPED: tests/interop/apache.sh runs it, with a server"]
async fn apache_takes_our_answers() {
    assert_eq!(cost("/auth", 1, 200).await, 201);
    assert_eq!(cost("/auth", 16, 50).await, 801);
}

/// Its answers hand out the next nonce and prove that it knows the secret; our side checks that.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "SKIPPED: tests/interop/apache.sh runs it, with a server"]
async fn apache_hands_out_nonces() {
    assert_eq!(cost("/short", 1, 200).await, 201);
    assert_eq!(cost("/short", 16, 50).await, 801);
    assert_eq!(cost("/once", 1, 200).await, 201);
}

/// Counts that must come in order, and nonces for one request each: calls that overtake each other are refused
/// and repeated, and none fails.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "SKIPPED: tests/interop/apache.sh runs it, with a server"]
async fn apache_at_its_strictest_fails_no_call() {
    assert_eq!(cost("/strict", 1, 200).await, 201);
    cost("/strict", 64, 20).await;
    cost("/once", 64, 20).await;
}

#[tokio::test]
#[ignore = "SKIPPED: tests/interop/apache.sh runs it, with a server"]
async fn apache_refuses_a_wrong_secret() {
    let error = call(&client("/auth", Some("wrong"))).await.unwrap_err();
    assert!(error.is_auth() && error.status() == Some(401), "{error}");
    assert_eq!((error.requests_sent(), error.may_have_taken_effect()), (2, false), "{error}");
    let error = call(&client("/basic", None)).await.unwrap_err();
    assert!(error.is_auth() && error.to_string().contains("no Digest, only Basic"), "{error}");
}
