//! Samsung Cloud Platform beyond the operations: versions that a host offers, the endpoint catalogue, restores to a
//! moment, and what the clients of the products and versions have of their own.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::samsung::{Credentials, VersionStatus, mariadb_1_0 as mariadb, mariadb_1_3, mysql_1_3 as mysql};
use dbplane::{CallOptions, Retry, Runtime};
use serde_json::json;
use support::{answer, scripted, served};

const NOW: i64 = 1_768_465_800_000; // 2026-01-15T08:30:00Z

fn client(url: &str, clock: &Runtime) -> mariadb_1_3::Client {
    let builder = mariadb_1_3::Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
    builder.retry(Retry::never()).runtime(clock.clone()).build().unwrap()
}

fn offer() -> String {
    json!({"versions": [
        {"id": "v1.1", "links": [{"href": "x", "rel": "self"}], "not_before": "2026-12-01", "status": "DEPRECATED"},
        {"id": "v1.4", "status": "CURRENT"},
        {"id": "v2\n0", "status": "ARCHIVED"},
    ]})
    .to_string()
}

fn withdrawn() -> Vec<u8> {
    answer("406 Not Acceptable", "", r#"{"errors":[{"code":"NoSuchVersion","detail":"no such version"}]}"#)
}

/// A host that has withdrawn the version, and whose root answers like this; and the requests that it got.
async fn host(root: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    let url = served(move |request| {
        seen.lock().unwrap().push(request.to_lowercase());
        if request.starts_with("GET / ") { root() } else { withdrawn() }
    });
    (url.await, requests)
}

fn roots(requests: &Mutex<Vec<String>>) -> usize {
    requests.lock().unwrap().iter().filter(|r| r.starts_with("get / ")).count()
}

#[tokio::test]
async fn a_host_tells_anybody_what_it_offers() {
    let (url, requests) = host(|| answer("200 OK", "", &offer())).await;
    let offered = client(&url, &Runtime::fixed(NOW, 1)).offered_versions().await.unwrap();
    assert_eq!(offered.iter().map(|v| v.number()).collect::<Vec<_>>(), ["1.1", "1.4", "2\n0"]);
    assert_eq!(offered[0].status, VersionStatus::Deprecated);
    assert_eq!(offered[0].not_before.as_deref(), Some("2026-12-01"));
    assert_eq!(offered[2].status, VersionStatus::UnknownValue("ARCHIVED".to_owned()));
    let request = requests.lock().unwrap()[0].clone();
    assert!(!request.contains("scp-") && !request.contains("authorization"), "{request}");
}

#[tokio::test]
async fn a_withdrawn_version_is_explained_by_one_more_request_an_hour() {
    let (url, requests) = host(|| answer("200 OK", "", &offer())).await;
    let clock = Runtime::fixed(NOW, 1);
    let client = client(&url, &clock);
    for _ in 0..3 {
        let error = client.list_clusters().send().await.unwrap_err();
        assert_eq!(
            (error.status(), error.code(), error.requests_sent()),
            (Some(406), Some("NoSuchVersion"), 1)
        );
        let line = error.to_string();
        assert!(line.contains("the host offers 1.1 (DEPRECATED), 1.4 (CURRENT), 2 0 (ARCHIVED)"), "{line}");
    }
    assert_eq!(requests.lock().unwrap().len(), 4);
    assert_eq!(roots(&requests), 1);
    clock.advance(Duration::from_secs(3601));
    assert!(client.list_clusters().send().await.unwrap_err().to_string().contains("1.4 (CURRENT)"));
    assert_eq!(roots(&requests), 2);
}

#[tokio::test]
async fn an_offer_that_is_not_to_be_had_changes_nothing() {
    for root in [
        answer("500 Internal Server Error", "", "{}"),
        answer("404 Not Found", "", r#"{"status":404}"#),
        answer("200 OK", "", "[]"),
        withdrawn(),
    ] {
        let (url, requests) = host(move || root.clone()).await;
        let error = client(&url, &Runtime::fixed(NOW, 1)).list_clusters().send().await.unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(406), Some("NoSuchVersion")));
        assert!(!error.to_string().contains("offers"), "{error}");
        assert_eq!(roots(&requests), 1, "it is asked once, not for every call");
    }
}

#[tokio::test]
async fn no_other_answer_asks_for_the_offer() {
    for status in ["400 Bad Request", "401 Unauthorized", "404 Not Found", "500 Internal Server Error"] {
        let (url, requests) = scripted(vec![answer(status, "", "{}")]).await;
        assert!(client(&url, &Runtime::fixed(NOW, 1)).list_clusters().send().await.is_err());
        assert_eq!(requests.await.unwrap().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_offer_keeps_to_the_time_that_the_call_has_left() {
    let clock = Runtime::fixed(NOW, 1);
    let late = clock.clone();
    let (url, requests) = host(move || answer("200 OK", "", &offer())).await;
    // The clock jumps over the end of the call while the first answer is on its way.
    let slow = served(move |request| {
        if !request.starts_with("GET / ") {
            late.advance(Duration::from_secs(2));
        }
        withdrawn()
    });
    let client = client(&slow.await, &clock);
    let options = CallOptions::new().timeout(Duration::from_secs(2));
    let error = client.list_clusters().with_options(options).send().await.unwrap_err();
    assert_eq!(error.status(), Some(406));
    assert_eq!(roots(&requests), 0);
    drop(url);
}

#[tokio::test]
async fn each_client_asks_for_its_own_version() {
    let body = r#"{"contents": [], "count": 0, "page": 0, "size": 20}"#;
    let (url, requests) = scripted(vec![answer("200 OK", "", body); 4]).await;
    let keys = || Credentials::access_key("k", "s");
    let old = mariadb::Client::builder().base_url(&url).credentials(keys()).build().unwrap();
    old.list_clusters().send().await.unwrap();
    client(&url, &Runtime::system()).list_clusters().send().await.unwrap();
    let mysql = mysql::Client::builder().base_url(&url).credentials(keys());
    mysql.clone().build().unwrap().list_clusters().send().await.unwrap();
    mysql.api_version("1.2").build().unwrap().list_clusters().send().await.unwrap();
    let requests = requests.await.unwrap();
    let sent: Vec<_> = requests
        .iter()
        .map(|r| {
            r.lines().find_map(|l| l.to_lowercase().strip_prefix("scp-api-version: ").map(str::to_owned))
        })
        .map(Option::unwrap)
        .collect();
    assert_eq!(sent, ["mariadb 1.0", "mariadb 1.3", "mysql 1.3", "mysql 1.2"]);
}

#[tokio::test]
async fn the_catalogue_says_where_a_service_is() {
    let rows = |url: &str| {
        let row = |region: &str, service: &str, url: &str| json!({"region": region, "service_type": service, "service_name": "", "url": url});
        let rows = [row("kr-east1", "mariadb", "https://no"), row("kr-west1", "mariadb", url)];
        json!({"endpoints": rows}).to_string()
    };
    let body = r#"{"contents": [], "count": 0, "page": 0, "size": 20}"#;
    let (service, requests) = scripted(vec![answer("200 OK", "", body)]).await;
    let (iam, asked) = scripted(vec![answer("200 OK", "", &rows(&service))]).await;
    let builder = mariadb_1_3::Client::builder().iam_url(&iam).credentials(Credentials::access_key("k", "s"));
    let client = builder.find_endpoint().await.unwrap().build().unwrap();
    client.list_clusters().send().await.unwrap();
    assert_eq!(requests.await.unwrap().len(), 1);
    let asked = asked.await.unwrap()[0].to_lowercase();
    assert!(asked.starts_with("get /v1/endpoints ") && asked.contains("scp-signature: "), "{asked}");
    assert!(!asked.contains("scp-api-version"), "{asked}");

    let (iam, _) = scripted(vec![answer("200 OK", "", &rows("https://x"))]).await;
    let builder = mysql::Client::builder().iam_url(&iam).credentials(Credentials::access_key("k", "s"));
    let error = builder.find_endpoint().await.unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("does not list mysql in kr-west1"),
        "{error}"
    );
}

#[tokio::test]
async fn a_restore_to_a_moment_looks_at_the_archive_first() {
    let archive = |body: &str| answer("200 OK", "", body);
    let accepted = answer("202 Accepted", "", r#"{"request_id": "r", "resource": {"id": "c"}}"#);
    let new = || mariadb_1_3::models::ClusterRestoreRequest::new("myrestore", "myprefix", "db1v2m4");
    let week = r#"{"archive_enabled": true, "retention_period_day": 7}"#;
    let (url, requests) = scripted(vec![archive(week), accepted]).await;
    let there = client(&url, &Runtime::fixed(NOW, 1));
    let call = there.restore_to("c1", "2026-01-10T00:00:00Z", new()).await.unwrap();
    call.send().await.unwrap();
    let requests = requests.await.unwrap();
    assert!(requests[0].starts_with("GET /v1/clusters/c1/archive "), "{}", requests[0]);
    assert!(requests[1].starts_with("POST /v1/clusters/c1/restore "), "{}", requests[1]);
    assert!(requests[1].contains(r#""backup_recovery_time":"2026-01-10T00:00:00Z""#), "{}", requests[1]);

    for (body, moment) in
        [(week, "2026-01-08T08:29:59Z"), (r#"{"archive_enabled": false}"#, "2026-01-15T00:00:00Z")]
    {
        let (url, requests) = scripted(vec![archive(body)]).await;
        let there = client(&url, &Runtime::fixed(NOW, 1));
        let error = there.restore_to("c1", moment, new()).await.unwrap_err();
        assert!(
            error.is_invalid_request() && error.violations()[0].field() == "backup_recovery_time",
            "{error}"
        );
        assert_eq!(requests.await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_console_only_delete_has_a_body() {
    let refused = r#"{"errors":[{"code":"Dbaas.Unauthorized.AuthNFailed","detail":"console only"}]}"#;
    let (url, requests) = scripted(vec![answer("401 Unauthorized", "", refused)]).await;
    let body = mariadb_1_3::models::OtpSessionIdRequest::new();
    let error = client(&url, &Runtime::fixed(NOW, 1)).unset_backup("c1", body).send().await.unwrap_err();
    assert!(error.is_auth(), "{error}");
    let request = requests.await.unwrap()[0].to_lowercase();
    assert!(request.starts_with("delete /v1/clusters/c1/backups "), "{request}");
    assert!(request.contains("content-type: application/json") && request.ends_with("{}"), "{request}");
}
