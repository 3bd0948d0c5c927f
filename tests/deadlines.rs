//! Time: who counts it, who cuts it short, and that nothing stays stuck when a call is given up.
//!
//! Where only real time can end something, it is a few hundredths of a second; everything else runs on a clock
//! that moves when something waits.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used, clippy::expect_used)] // clippy knows tests, not their helpers

#[path = "deadlines/dropped.rs"]
mod dropped;
#[path = "deadlines/pauses.rs"]
mod pauses;
#[path = "deadlines/stage.rs"]
mod stage;
mod support;

use std::time::Duration;

use dbplane::{CallOptions, Retry, Transport, huawei, oceanbase, samsung};
use stage::{Act, Stage};
use support::{answer, mariadb_at};

const SHORT: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_secs(60);
const TYPES: &str = r#"{"contents":[]}"#;
const PROJECT: &str = "0123456789abcdef0123456789abcdef";

fn said(body: &str) -> Act {
    Act::Say(answer("200 OK", "", body))
}

/// The answer of IAM to a password.
fn token() -> Act {
    let body = r#"{"token":{"expires_at":"2099-01-01T00:00:00Z","issued_at":"2026-01-01T00:00:00Z",
        "user":{"id":"u","name":"u","domain":{"id":"d","name":"d"}}}}"#;
    Act::Say(answer("201 Created", "X-Subject-Token: t-1\r\n", body))
}

fn challenge() -> Act {
    let header = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n";
    Act::Say(answer("401 Unauthorized", header, "{}"))
}

fn is_signed(request: &str) -> bool {
    request.to_lowercase().contains("\r\nauthorization: digest ")
}

/// A DBSS client that gets its token for a password, from the same server.
fn dbss_by_password(url: &str, call_timeout: Duration) -> huawei::dbss_v2::Client {
    let credentials = huawei::Credentials::password("domain", "user", "password");
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(url).credentials(credentials);
    builder.project_id(PROJECT).call_timeout(call_timeout).build().unwrap()
}

fn oceanbase(url: &str, call_timeout: Duration) -> oceanbase::cloud_v2::Client {
    let credentials = oceanbase::Credentials::access_key("key", "secret");
    let builder = oceanbase::cloud_v2::Client::builder().base_url(url).credentials(credentials);
    builder.project_id("p").call_timeout(call_timeout).build().unwrap()
}

fn connect(
    client: &oceanbase::cloud_v2::Client,
) -> oceanbase::cloud_v2::operations::ConnectPrivateLinkService {
    let request = oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    client.connect_private_link_service("ob1", "t1", request)
}

#[tokio::test]
async fn waiting_for_a_token_counts_against_the_call() {
    let stage = Stage::new(|request, number| match number {
        0 => Act::Hang,
        _ if request.contains("/v3/auth/tokens") => token(),
        _ => said("{}"),
    })
    .await;
    let client = dbss_by_password(&stage.url, SHORT);
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert!(error.is_timeout() && !error.may_have_taken_effect() && error.requests_sent() == 0, "{error}");
    assert_eq!((stage.requests(), stage.requests_with("/v3/auth/tokens")), (1, 1));
    let patient = CallOptions::new().timeout(LONG);
    client.list_db_om_instances().with_options(patient).send().await.unwrap();
    assert_eq!((stage.requests(), stage.requests_with("/v3/auth/tokens")), (3, 2));
}

#[tokio::test]
async fn a_call_that_gets_no_token_is_not_in_doubt_and_does_not_say_so() {
    let stage = Stage::new(|_, _| Act::Say(Vec::new())).await;
    let error = dbss_by_password(&stage.url, LONG).list_db_om_instances().send().await.unwrap_err();
    assert!(!error.may_have_taken_effect() && error.requests_sent() == 0, "{error}");
    let line = error.to_string();
    assert!(
        line.contains("failed to obtain credentials") && !line.contains("may have taken effect"),
        "{line}"
    );
    let fetch = std::error::Error::source(&error).unwrap().to_string();
    assert!(fetch.contains("may have taken effect"), "the fetch itself is in doubt: {fetch}");
}

#[tokio::test]
async fn waiting_for_a_nonce_counts_against_the_call() {
    let stage = Stage::new(|request, number| match number {
        0 => Act::Hang,
        1 => challenge(),
        2 => Act::Hang,
        _ if is_signed(request) => said(r#"{"success":true}"#),
        _ => challenge(),
    })
    .await;
    let client = oceanbase(&stage.url, SHORT);
    for (attempts, requests) in [(1, 1), (2, 3)] {
        let error = connect(&client).send().await.unwrap_err();
        assert!(error.is_timeout() && error.to_string().contains("within 0.15 s"), "{error}");
        assert_eq!(
            (error.requests_sent(), stage.requests()),
            (attempts, requests),
            "a write is not repeated"
        );
    }
    let answer = connect(&client).with_options(CallOptions::new().timeout(LONG)).send().await.unwrap();
    assert_eq!(answer.requests_sent(), 1, "the nonce was kept");
}

#[tokio::test]
async fn a_dribbling_body_is_cut_by_the_attempt_timeout() {
    let stage = Stage::new(|_, _| Act::Dribble(100_000, TYPES)).await;
    let transport = Transport::builder().attempt_timeout(SHORT).build().unwrap();
    let builder = samsung::mariadb_1_0::Client::builder().base_url(stage.url.as_str()).transport(transport);
    let credentials = samsung::Credentials::access_key("key", "secret");
    let client = builder.credentials(credentials).retry(Retry::never()).build().unwrap();
    let error = client.list_server_types().send().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_decode(), "{error}");
    assert_eq!((stage.requests(), error.requests_sent()), (1, 1));
}

#[tokio::test]
async fn one_call_can_have_more_time_or_less_than_its_client_gives() {
    let stage = Stage::new(|_, _| Act::Dribble(30, TYPES)).await;
    let transport = Transport::builder().attempt_timeout(SHORT).build().unwrap();
    let builder = samsung::mariadb_1_0::Client::builder().base_url(stage.url.as_str()).transport(transport);
    let credentials = samsung::Credentials::access_key("key", "secret");
    let hasty = builder.credentials(credentials).retry(Retry::never()).call_timeout(SHORT).build().unwrap();
    assert!(hasty.list_server_types().send().await.unwrap_err().is_timeout());
    let patient = CallOptions::new().attempt_timeout(LONG).timeout(LONG);
    hasty.list_server_types().with_options(patient).send().await.unwrap();
    for hurry in [CallOptions::new().attempt_timeout(SHORT), CallOptions::new().timeout(SHORT)] {
        let error = mariadb_at(&stage.url).list_server_types().with_options(hurry).send().await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_refused_while_it_is_read() {
    const MIB: usize = 1 << 20;
    let stage = Stage::new(|_, _| Act::Flood).await;
    let error = mariadb_at(&stage.url).list_server_types().send().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("more than 8388608 bytes"), "{error}");
    assert!(error.body().is_empty());
    // What is more than the limit is in the buffers of the sockets.
    assert!(stage.flooded() < 24 * MIB, "{} MiB were sent", stage.flooded() / MIB);
    match peak_memory() {
        Some(peak) => assert!(peak < 150 * MIB, "{} MiB at the peak", peak / MIB),
        None => eprintln!("this system does not tell how much memory was in use"),
    }
}

/// A tree of it would take a hundred times its size.
#[tokio::test]
async fn a_body_of_many_small_parts_is_read_from_its_bytes() {
    const MIB: usize = 1 << 20;
    for (status, head) in [("200 OK", "contents"), ("200 OK", "else"), ("400 Bad", "details")] {
        let body = format!("{{\"{head}\":[{}{{}}]}}", "{\"\":0},".repeat(MIB));
        let stage = Stage::new(move |_, _| Act::Say(answer(status, "", &body))).await;
        let _ = mariadb_at(&stage.url).list_server_types().send().await;
        if let Some(peak) = peak_memory() {
            assert!(peak < 150 * MIB, "{status} {head}: {} MiB at the peak", peak / MIB);
        }
    }
}

/// The most memory that this process has had, in bytes.
fn peak_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()? * 1024)
}
