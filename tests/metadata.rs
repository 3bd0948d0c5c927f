//! The metadata service of a cloud server, as a server on loopback plays it.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use dbplane::credentials::{Env, ExpiringCredentials, ProvideCredentials};
use dbplane::huawei::{Credentials, MetadataService, dbss_v2 as dbss};
use dbplane::{Error, Runtime};
use support::{answer, served};

const KEYS: &str = r#"{"credential": {"access": "AK", "secret": "hunter2", "securitytoken": "ST",
    "expires_at": "2026-01-16T08:30:00.000000Z"}}"#;
const EXPIRES: i64 = 1_768_552_200_000;
const UNAUTHORIZED: &str = "401 Unauthorized";

fn ok(body: &str) -> Vec<u8> {
    answer("200 OK", "", body)
}

fn service(url: &str) -> MetadataService {
    MetadataService::default().base_url(url).env(Env::fixed()).runtime(Runtime::fixed(EXPIRES - 3_600_000, 1))
}

/// What comes of a script, whose last answer is repeated, and the requests that it got.
async fn ask(script: Vec<Vec<u8>>) -> (Result<ExpiringCredentials<Credentials>, Error>, Vec<String>) {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&requests);
    let url = served(move |request| {
        let mut seen = seen.lock().unwrap();
        seen.push(request.to_owned());
        script[(seen.len() - 1).min(script.len() - 1)].clone()
    })
    .await;
    let outcome = service(&url).provide().await;
    let requests = requests.lock().unwrap().clone();
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
    for (status, tries) in
        [("404 Not Found", 1), ("405 Method Not Allowed", 1), ("503 Service Unavailable", 3)]
    {
        let mut script = vec![answer(status, "", "<html>"); tries];
        script.push(ok(KEYS));
        let (outcome, requests) = ask(script).await;
        outcome.unwrap();
        assert!(!requests[tries].contains("x-metadata-token"), "{status}");
    }
}

#[tokio::test]
async fn one_hiccup_is_no_reason_to_fail() {
    let cut = |body: &str| format!("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{body}").into_bytes();
    for hiccup in [
        answer("429 Too Many Requests", "", ""),
        answer("429 Too Many Requests", "Retry-After: 1\r\n", ""),
        answer("500 Internal Server Error", "", "<html>"),
        answer("502 Bad Gateway", "", ""),
        answer("503 Service Unavailable", "", ""),
        answer("503 Service Unavailable", "Retry-After: 1\r\n", ""),
        Vec::new(),
        cut("MT"),
        cut(&KEYS[..20]),
    ] {
        for script in [[hiccup.clone(), ok("MT"), ok(KEYS)], [ok("MT"), hiccup.clone(), ok(KEYS)]] {
            let (outcome, requests) = ask(script.to_vec()).await;
            assert!(outcome.is_ok() && requests.len() == 3, "{:?}", String::from_utf8_lossy(&hiccup));
        }
    }
}

#[tokio::test]
async fn a_service_that_is_switched_off_is_not_asked() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let url = served(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        ok("MT")
    });
    let url = url.await;
    let off = service(&url).env(Env::fixed().variable("HUAWEICLOUD_METADATA_DISABLED", "true"));
    let error = off.provide().await.unwrap_err();
    assert!(error.is_no_credentials() && error.to_string().contains("disabled"), "{error}");
    let unclear = service(&url).env(Env::fixed().variable("HUAWEICLOUD_METADATA_DISABLED", "perhaps"));
    let error = unclear.provide().await.unwrap_err();
    assert!(!error.is_no_credentials() && error.to_string().contains("neither true nor false"), "{error}");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
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
    assert!(!error.is_no_credentials() && error.to_string().contains("has status 401"), "{error}");
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
        (ok(""), "is not a token"),
        (ok(html), "is not a token; another service may listen at this address"),
        (ok("two words"), "is not a token"),
        (ok("hunter2\u{e4}"), "is not a token"),
        (ok(&"x".repeat(100_000)), "is not a token"),
        (ok(&"x".repeat(300_000)), "has more than 262144 bytes"),
        (answer("500 Internal Server Error", "", "hunter2"), "has status 500; try again later"),
        (answer("302 Found", "Location: http://elsewhere.example/hunter2\r\n", ""), "has status 302"),
        (b"SSH-2.0-OpenSSH_9.7 hunter2\r\n".to_vec(), "the connection to the service broke"),
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
        (ok("<html>hunter2</html>"), "it is a page of HTML or XML"),
        (ok("{\n\"credential\": hunter2}"), "invalid JSON at byte 16"),
        (ok(""), "it is empty"),
        (ok("[]"), "expected an object, found a list"),
        (ok("{\"credential\": null}"), "at `credential`: expected an object, found null"),
        (with("access", "excess"), "at `credential`: missing field `access`"),
        (with("\"AK\"", "\"\""), "the credential.access is empty"),
        (with("hunter2", "hunter2\\n"), "the credential.secret starts or ends with white space"),
        (with("hunter2", "hunter2\u{e4}"), "the credential.secret is not plain ASCII"),
        (with("\"ST\"", "null"), "the credential.securitytoken is empty"),
        (with("ST", &"x".repeat(100 * 1024)), "the credential.securitytoken has more than 32 KiB"),
        (with("ST", &"x".repeat(300 * 1024)), "has more than 262144 bytes"),
        (with("expires_at", "expires"), "at `credential`: missing field `expires_at`"),
        (with("2026-01-16T", "soon "), "has a credential.expires_at that is not a time"),
        (answer("500 Internal Server Error", "", "hunter2"), "has status 500"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhunter2".to_vec(),
            "the connection to the service broke",
        ),
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
