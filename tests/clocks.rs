//! Clocks that are wrong: measured, corrected, explained, and forgotten when they are mended.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]

mod support;

use std::time::Duration;

use dbplane::{Runtime, huawei, samsung};
use dbplane_fake_cloud::FakeCloud;
use support::{answer, scripted, service};

const NOW: i64 = 1_768_465_800_000; // Thu, 15 Jan 2026 08:30:00 GMT
const HOUR: i64 = 3_600_000;

#[tokio::test]
async fn a_wrong_clock_costs_one_repeat_and_is_then_known() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    for wrong in [-HOUR, HOUR, -24 * 365 * HOUR] {
        let clock = Runtime::fixed(NOW + wrong, 1);
        let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
        let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
        let client = builder.runtime(clock.clone()).build().unwrap();
        assert_eq!(client.list_server_types().send().await.unwrap().requests_sent(), 2);
        assert_eq!(client.list_server_types().send().await.unwrap().requests_sent(), 1);
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
async fn a_clock_that_drifts_is_followed_without_any_refusal() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let (url, keys) = service(&cloud, "samsung-mariadb-1.0");
    let clock = Runtime::fixed(NOW, 1);
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    let client = builder.runtime(clock.clone()).build().unwrap();
    for _ in 0..12 {
        clock.advance(Duration::from_secs(300));
        assert_eq!(client.list_server_types().send().await.unwrap().requests_sent(), 1);
    }
}

#[tokio::test]
async fn a_skew_that_cannot_be_repaired_is_explained() {
    let body = r#"{"errors":[{"code":"Dbaas.Unauthorized.AuthNFailed","detail":"no"}]}"#;
    let date = "Date: Thu, 15 Jan 2026 08:30:00 GMT\r\n";
    let refusal = || answer("401 Unauthorized", date, body);
    let (url, server) = scripted(vec![refusal(), refusal()]).await;
    let credentials = samsung::Credentials::access_key("key", "secret");
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    let client = builder.runtime(Runtime::fixed(NOW - 2 * HOUR, 1)).build().unwrap();
    let error = client.list_server_types().send().await.unwrap_err();
    assert!(error.is_auth() && error.requests_sent() == 2, "{error}");
    assert!(error.to_string().contains("local clock is about 120 min behind"), "{error}");
    server.await.unwrap();
}

#[tokio::test]
async fn an_answer_without_a_date_is_not_repeated() {
    let (url, server) = scripted(vec![answer("401 Unauthorized", "", "{}")]).await;
    let credentials = samsung::Credentials::access_key("key", "secret");
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    let error = builder.build().unwrap().list_server_types().send().await.unwrap_err();
    assert_eq!(error.requests_sent(), 1);
    assert!(!error.to_string().contains("clock"), "{error}");
    server.await.unwrap();
}
