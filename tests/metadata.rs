//! The metadata service of a cloud server, as a server on loopback plays it.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use dbplane::credentials::{Env, ExpiringCredentials, ProvideCredentials};
use dbplane::huawei::{Credentials, MetadataService, dbss_v2 as dbss};
use dbplane::{Error, Runtime};
use support::{answer, scripted, served};

const KEYS: &str = r#"{"credential": {"access": "AK", "secret": "hunter2", "securitytoken": "ST",
    "expires_at": "2026-01-16T08:30:00.000000Z"}}"#;
const EXPIRES: i64 = 1_768_552_200_000;
const UNAUTHORIZED: &str = "401 Unauthorized";

fn ok(body: &str) -> Vec<u8> {
    answer("200 OK", "", body)
}

fn service(url: &str) -> MetadataService {
    MetadataService::default().base_url(url).env(Env::fixed())
}

/// What comes of a script, and the requests that it got.
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
async fn ask(script: Vec<Vec<u8>>) -> (Result<ExpiringCredentials<Credentials>, Error>, Vec<String>) {
    let count = script.len();
    let (url, server) = scripted(script).await;
    let outcome = service(&url).provide().await;
    let requests = server.await.unwrap();
    assert_eq!(requests.len(), count);
    (outcome, requests)
}

#[tokio::test]
async fn keys_are_asked_for_with_a_token() {
    let (outcome, requests) = ask(vec![ok("MT\n"), ok(KEYS)]).await;
    let found = outcome.unwrap();
    assert_eq!(format!("{:?}", found.credentials()), "Credentials(temporary access key)");
    assert_eq!(found.expiry(), Some(UNIX_EPOCH + Duration::from_millis(EXPIRES.unsigned_abs())));
    assert!(requests[0].starts_with("PUT /meta-data/latest/api/token HTTP/1.1\r\n"), "{}", requests[0]);
    assert!(requests[0].contains("\r\nx-metadata-token-ttl-seconds: 21600\r\n"), "{}", requests[0]);
    assert!(requests[0].to_lowercase().contains("\r\ncontent-length: 0\r\n"), "{}", requests[0]);
    assert!(requests[1].starts_with("GET /openstack/latest/securitykey HTTP/1.1\r\n"), "{}", requests[1]);
    assert!(requests[1].contains("\r\nx-metadata-token: MT\r\n"), "{}", requests[1]);
}

#[tokio::test]
async fn services_that_know_no_tokens_are_asked_without() {
    for status in ["404 Not Found", "405 Method Not Allowed", "503 Service Unavailable"] {
        let (outcome, requests) = ask(vec![answer(status, "", "<html>"), ok(KEYS)]).await;
        outcome.unwrap();
        assert!(!requests[1].contains("x-metadata-token"), "{status}");
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let (outcome, requests) =
        ask(vec![ok("old"), answer(UNAUTHORIZED, "", "token expired"), ok("new"), ok(KEYS)]).await;
    outcome.unwrap();
    assert!(requests[3].contains("\r\nx-metadata-token: new\r\n"), "{}", requests[3]);
    let refused = || answer(UNAUTHORIZED, "", "token expired");
    let (outcome, _) = ask(vec![ok("old"), refused(), ok("new"), refused()]).await;
    let error = outcome.unwrap_err();
    assert!(!error.is_no_credentials() && error.to_string().contains("is status 401"), "{error}");
}

#[tokio::test]
async fn no_agency_means_no_credentials_and_no_second_try() {
    for refused in [
        answer(UNAUTHORIZED, "", "The agency of the server is not configured"),
        answer("404 Not Found", "", ""),
    ] {
        let (outcome, _) = ask(vec![ok("MT"), refused]).await;
        let error = outcome.unwrap_err();
        assert!(error.is_no_credentials() && error.to_string().contains("no agency is set"), "{error}");
    }
}

#[tokio::test]
async fn odd_tokens_are_not_sent_on() {
    let html = "<!doctype html>\n<html><body>hunter2: log in first</body></html>";
    for (token, words) in [
        (ok(""), "is no token"),
        (ok(html), "is no token; something else may answer at this address"),
        (ok("two words"), "is no token"),
        (ok("hunter2\u{e4}"), "is no token"),
        (ok(&"x".repeat(100_000)), "is no token"),
        (ok(&"x".repeat(300_000)), "has more than 256 KiB, so it holds no keys"),
        (answer("500 Internal Server Error", "", "hunter2"), "is status 500; ask again later"),
        (answer("302 Found", "Location: http://elsewhere.example/hunter2\r\n", ""), "is status 302"),
        (b"SSH-2.0-OpenSSH_9.7 hunter2\r\n".to_vec(), "is no HTTP, or it broke off"),
    ] {
        let error = ask(vec![token]).await.0.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(!error.is_no_credentials() && text.contains("/meta-data/latest/api/token "), "{text}");
        assert!(text.contains(words) && !text.contains("hunter2") && !text.contains('\n'), "{text}");
    }
}

#[tokio::test]
async fn odd_keys_are_refused_by_name_and_never_shown() {
    let with = |old: &str, new: &str| ok(&KEYS.replace(old, new));
    for (keys, words) in [
        (ok("<html>hunter2</html>"), "is invalid JSON from line 1 on"),
        (ok("{\n\"credential\": hunter2}"), "is invalid JSON from line 2 on"),
        (ok(""), "is invalid JSON"),
        (ok("[]"), "has no credential.access"),
        (ok("{\"credential\": null}"), "has no credential.access"),
        (with("\"AK\"", "7"), "has a number for credential.access; a text is expected"),
        (with("\"AK\"", "\"\""), "the credential.access is empty"),
        (with("hunter2", "hunter2\\n"), "the credential.secret begins or ends with white space"),
        (with("hunter2", "hunter2\u{e4}"), "the credential.secret is not plain ASCII"),
        (with("\"ST\"", "null"), "has no credential.securitytoken"),
        (with("ST", &"x".repeat(100 * 1024)), "the credential.securitytoken has more than 32 KiB"),
        (with("ST", &"x".repeat(300 * 1024)), "has more than 256 KiB"),
        (with("expires_at", "expires"), "has no credential.expires_at"),
        (with("2026-01-16T", "soon "), "has a credential.expires_at that is not a time"),
        (answer("500 Internal Server Error", "", "hunter2"), "is status 500"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhunter2".to_vec(), "broke off"),
    ] {
        let error = ask(vec![ok("MT"), keys]).await.0.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(!error.is_no_credentials() && text.contains("/openstack/latest/securitykey "), "{text}");
        assert!(text.contains(words) && !text.contains("hunter2"), "{words}: {text}");
    }
}

#[tokio::test]
async fn elsewhere_there_is_no_such_service() {
    let closed = "127.0.0.1:1"; // nobody listens there
    let error = service(&format!("http://{closed}")).provide().await.unwrap_err();
    assert!(error.is_no_credentials() && error.to_string().contains("can't be reached"), "{error}");
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let error = service(&url).timeout(Duration::from_millis(50)).provide().await.unwrap_err();
    assert!(error.is_no_credentials() && error.to_string().contains("did not respond in 50ms"), "{error}");
    let error = service("http://metadata.example").provide().await.unwrap_err();
    assert!(
        error.is_configuration() && !error.is_auth() && error.to_string().contains("plain http"),
        "{error}"
    );
}

#[tokio::test]
async fn a_client_asks_again_before_the_keys_expire() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let url = served(move |request| match request {
        r if r.starts_with("PUT /meta-data") => ok("MT"),
        r if r.starts_with("GET /openstack") => {
            let n = counter.fetch_add(1, Ordering::SeqCst);
            ok(&KEYS.replace("-16T", &format!("-{}T", 16 + n)).replace("ST", &format!("ST{n}")))
        }
        r => answer("400 Bad Request", "", if r.contains("x-security-token: ST1") { "new" } else { "old" }),
    })
    .await;
    let clock = Runtime::fixed(EXPIRES - 24 * 3_600_000, 1);
    let env = Env::fixed().variable("HUAWEICLOUD_SDK_PROJECT_ID", "a".repeat(32));
    let builder = dbss::Client::builder().base_url(url.as_str()).runtime(clock.clone());
    let client = builder.credentials_provider(service(&url).env(env)).build().unwrap();
    let call = async || client.list_db_om_instances().send().await.unwrap_err().body().to_vec();
    assert_eq!((call().await, asked.load(Ordering::SeqCst)), (b"old".to_vec(), 1));
    clock.advance(Duration::from_secs(22 * 3600));
    assert_eq!((call().await, asked.load(Ordering::SeqCst)), (b"old".to_vec(), 1));
    clock.advance(Duration::from_secs(3600));
    assert_eq!((call().await, asked.load(Ordering::SeqCst)), (b"new".to_vec(), 2));
}
