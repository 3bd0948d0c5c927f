//! Clocks that are wrong: what is learned from which responses, corrected, explained, and forgotten when the clock is
//! mended.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::{Retry, Runtime, huawei, samsung};
use dbplane_fake_cloud::FakeCloud;
use support::{answer, scripted, served, service};
use tokio::task::JoinSet;

const NOW: i64 = 1_768_465_800_000; // Thu, 15 Jan 2026 08:30:00 GMT
const HOUR: i64 = 3_600_000;
const DATE: &str = "Date: Thu, 15 Jan 2026 08:30:00 GMT\r\n";
const REFUSED: &str = r#"{"errors":[{"code":"Dbaas.Unauthorized.AuthNFailed","detail":"no"}]}"#;
const TYPES: &str = r#"{"contents":[]}"#;

fn mariadb(url: &str, clock: &Runtime) -> samsung::mariadb_1_0::Client {
    mariadb_of(url, samsung::Credentials::access_key("key", "secret"), clock)
}

fn mariadb_of(url: &str, keys: samsung::Credentials, clock: &Runtime) -> samsung::mariadb_1_0::Client {
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(keys);
    builder.runtime(clock.clone()).build().unwrap()
}

/// The time that a request of Samsung was signed with.
fn signed_at(request: &str) -> i64 {
    let value = request.split_once("scp-timestamp: ").unwrap().1;
    value.split_once("\r\n").unwrap().0.parse().unwrap()
}

#[tokio::test]
async fn a_wrong_clock_costs_one_repeat_and_is_then_known() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    for wrong in [-HOUR, HOUR, -23 * HOUR] {
        let keys = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
        let client = mariadb_of(url, keys, &Runtime::fixed(NOW + wrong, 1));
        assert_eq!(client.list_server_types().send().await.unwrap().requests_sent(), 2);
        assert_eq!(client.list_server_types().send().await.unwrap().requests_sent(), 1);
    }
}

#[tokio::test]
async fn a_difference_beyond_the_bound_is_an_error_that_names_it() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let rows = [
        (None, 25, Some("the local clock is 25 h behind the service's, and more than 24 h is not corrected")),
        (
            Some(0),
            1,
            Some("the local clock is 60 min behind the service's, and more than 0 s is not corrected"),
        ),
        (Some(24 * 366), 24 * 365, None),
    ];
    for (bound, hours, words) in rows {
        let keys = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
        let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(keys);
        let builder = builder.runtime(Runtime::fixed(NOW - hours * HOUR, 1));
        let builder = match bound {
            Some(hours) => builder.max_clock_skew(Duration::from_secs(hours * 3600)),
            None => builder,
        };
        let outcome = builder.build().unwrap().list_server_types().send().await;
        match words {
            Some(words) => {
                let error = outcome.unwrap_err();
                assert_eq!((error.is_auth(), error.requests_sent()), (true, 1), "{error}");
                assert!(error.to_string().contains(words), "{error}");
            }
            None => assert_eq!(outcome.unwrap().requests_sent(), 2),
        }
    }
}

#[tokio::test]
async fn the_correction_goes_away_when_the_clock_is_mended() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-dbss-v2");
    let clock = Runtime::fixed(NOW - HOUR, 1);
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(url).credentials(credentials);
    let builder = builder.project_id(keys.project_id.as_deref().unwrap()).runtime(clock.clone());
    let client = builder.build().unwrap();
    assert_eq!(client.list_db_om_instances().send().await.unwrap().requests_sent(), 2);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(
        client.list_db_om_instances().send().await.unwrap().requests_sent(),
        2,
        "mended, so measured anew"
    );
    assert_eq!(client.list_db_om_instances().send().await.unwrap().requests_sent(), 1);
}

#[tokio::test]
async fn a_clock_that_drifts_is_followed() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let clock = Runtime::fixed(NOW, 1);
    let keys = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let client = mariadb_of(url, keys, &clock);
    let mut requests = 0;
    for _ in 0..12 {
        clock.advance(Duration::from_secs(300));
        requests += client.list_server_types().send().await.unwrap().requests_sent();
    }
    assert_eq!(requests, 12 + 3, "the service takes a quarter of an hour, so each 20 minutes cost a request");
}

/// Each of them says that it is two hours later, which is a lie.
#[tokio::test]
async fn nothing_is_learned_from_responses_that_do_not_refuse_for_the_time() {
    let date = "Date: Thu, 15 Jan 2026 10:30:00 GMT\r\n";
    for status in [
        "200 OK",
        "302 Found",
        "400 Bad",
        "403 Forbidden",
        "404 None",
        "407 Proxy",
        "409 Busy",
        "429 Slow",
        "500 Oh",
        "502 Oh",
        "503 Oh",
    ] {
        let first = Arc::new(AtomicUsize::new(0));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let url = served({
            let (first, seen) = (Arc::clone(&first), Arc::clone(&seen));
            move |request| {
                seen.lock().unwrap().push(signed_at(request));
                match first.fetch_add(1, SeqCst) {
                    0 => answer(status, date, TYPES),
                    _ => answer("200 OK", DATE, TYPES),
                }
            }
        })
        .await;
        let keys = samsung::Credentials::access_key("key", "secret");
        let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(keys);
        let client = builder.retry(Retry::never()).runtime(Runtime::fixed(NOW, 1)).build().unwrap();
        let _ = client.list_server_types().send().await;
        client.list_server_types().send().await.unwrap();
        assert_eq!(*seen.lock().unwrap(), [NOW, NOW], "{status}");
    }
}

/// A gateway with a wrong clock refuses one call. The calls beside it and after it do not follow, whether that one's
/// next request is accepted or refused.
#[tokio::test]
async fn one_wrong_response_spoils_no_other_call() {
    for accepts in [true, false] {
        let lies = Arc::new(AtomicUsize::new(0));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let url = served({
            let (lies, seen) = (Arc::clone(&lies), Arc::clone(&seen));
            move |request| {
                let at = signed_at(request);
                seen.lock().unwrap().push(at);
                match lies.fetch_add(1, SeqCst) {
                    5 => answer("401 Unauthorized", "Date: Thu, 15 Jan 2026 10:30:00 GMT\r\n", REFUSED),
                    _ if at != NOW && !accepts => answer("401 Unauthorized", DATE, REFUSED),
                    _ => answer("200 OK", DATE, TYPES),
                }
            }
        })
        .await;
        let client = mariadb(&url, &Runtime::fixed(NOW, 1));
        let mut calls = JoinSet::new();
        for _ in 0..32 {
            calls.spawn(client.list_server_types().send());
        }
        while let Some(ended) = calls.join_next().await {
            ended.unwrap().unwrap();
        }
        client.list_server_types().send().await.unwrap();
        let seen = seen.lock().unwrap();
        let wrong = seen.iter().filter(|at| **at != NOW).count();
        assert_eq!((wrong, seen.len()), (1, 33 + if accepts { 1 } else { 2 }), "{accepts}");
    }
}

#[tokio::test]
async fn a_skew_that_cannot_be_repaired_is_explained() {
    let refusal = || answer("401 Unauthorized", DATE, REFUSED);
    let (url, server) = scripted(vec![refusal(), refusal()]).await;
    let client = mariadb(&url, &Runtime::fixed(NOW - 2 * HOUR, 1));
    let error = client.list_server_types().send().await.unwrap_err();
    assert!(error.is_auth() && error.requests_sent() == 2, "{error}");
    assert!(error.to_string().contains("local clock is about 120 min behind"), "{error}");
    server.await.unwrap();
}

/// What buys something is sent once, whatever happens: the first call fails with the reason, the next one succeeds.
#[tokio::test]
async fn a_call_that_is_sent_once_keeps_its_explanation_and_the_next_one_is_right() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-taurusdb-v3");
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = huawei::taurusdb_v3::Client::builder().base_url(url).iam_url(url).credentials(credentials);
    let builder = builder.project_id(keys.project_id.as_deref().unwrap());
    let client = builder.runtime(Runtime::fixed(NOW - HOUR, 1)).build().unwrap();
    let grows = || {
        let request = huawei::taurusdb_v3::models::ExpandInstanceVolumeRequest::new(500);
        client.expand_instance_volume("096c0fc43e804757b59946b80dc27f8bin07", request).send()
    };
    let error = grows().await.unwrap_err();
    assert!(
        error.operation().unwrap().single_attempt
            && error.is_auth()
            && error.requests_sent() == 1
            && !error.may_have_taken_effect(),
        "{error}"
    );
    assert!(error.to_string().contains("local clock is about 60 min behind"), "{error}");
    let outcome = grows().await;
    assert!(!outcome.as_ref().is_err_and(dbplane::Error::is_auth), "signed right: {outcome:?}");
}

/// Huawei's gateway refuses an old signature with either status.
#[tokio::test]
async fn a_403_is_about_the_time_if_it_says_so() {
    let expired = r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information: calc ak sk signature fail:signature expired"}"#;
    let forbidden = r#"{"error_code":"DBS.200044","error_msg":"No permission."}"#;
    for (body, requests) in [(expired, 2), (forbidden, 1)] {
        let sent = Arc::new(AtomicUsize::new(0));
        let url = served({
            let sent = Arc::clone(&sent);
            move |request| {
                sent.fetch_add(1, SeqCst);
                if request.contains("x-sdk-date: 20260115T083000Z") {
                    answer("200 OK", DATE, "{}")
                } else {
                    answer("403 Forbidden", DATE, body)
                }
            }
        })
        .await;
        let client = huawei::dbss_v2::Client::builder().base_url(&url).iam_url(&url);
        let client = client.credentials(huawei::Credentials::access_key("ak", "the-secret-key"));
        let client = client.project_id("0123456789abcdef0123456789abcdef");
        let client = client.runtime(Runtime::fixed(NOW - HOUR, 1)).build().unwrap();
        let outcome = client.list_db_om_instances().send().await;
        assert_eq!((outcome.is_ok(), sent.load(SeqCst)), (requests == 2, requests), "{outcome:?}");
        if let Err(error) = outcome {
            assert!(!error.to_string().contains("clock"), "{error}");
        }
    }
}

/// A token says nothing about the time, so its refusal does not either.
#[tokio::test]
async fn a_refused_token_is_not_about_the_time() {
    let (url, server) = scripted(vec![answer("401 Unauthorized", DATE, "{}")]).await;
    let client = huawei::dbss_v2::Client::builder().base_url(&url).iam_url(&url);
    let client = client.credentials(huawei::Credentials::token("a-token"));
    let client = client.project_id("0123456789abcdef0123456789abcdef");
    let client = client.runtime(Runtime::fixed(NOW - HOUR, 1)).build().unwrap();
    let error = client.list_db_om_instances().send().await.unwrap_err();
    assert_eq!(error.requests_sent(), 1);
    assert!(!error.to_string().contains("clock"), "{error}");
    server.await.unwrap();
}

#[tokio::test]
async fn an_answer_without_a_date_is_not_repeated() {
    let (url, server) = scripted(vec![answer("401 Unauthorized", "", "{}")]).await;
    let client = mariadb(&url, &Runtime::fixed(NOW, 1));
    let error = client.list_server_types().send().await.unwrap_err();
    assert_eq!(error.requests_sent(), 1);
    assert!(!error.to_string().contains("clock"), "{error}");
    server.await.unwrap();
}

#[tokio::test]
async fn no_clock_is_too_wrong_for_an_error() {
    for local in [i64::MIN, -1, 0, i64::MAX] {
        let url = served(|_| answer("401 Unauthorized", DATE, REFUSED)).await;
        let error = mariadb(&url, &Runtime::fixed(local, 1)).list_server_types().send().await.unwrap_err();
        assert!(error.is_auth() && error.to_string().contains("is not corrected"), "{error}");
    }
}
