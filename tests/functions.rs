//! A transport that is a function: everything above the wire is real.
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

use std::sync::{Arc, Mutex};

use dbplane::testing::{HttpRequest, HttpResponse, TransportFailure};
use dbplane::{Error, Runtime, Transport, Wait};
use serde_json::{Value, json};

const NOW: i64 = 1_768_465_800_000;
const CLUSTER: &str = "109a585ae67b4e8482fdafc8a4a5be74";

type Respond = Result<HttpResponse, TransportFailure>;

/// A transport that responds to the request of each number, and what it was asked.
fn scripted(respond: fn(usize) -> Respond) -> (Transport, Arc<Mutex<Vec<HttpRequest>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let transport = Transport::from_fn(move |request| {
        let mut log = log.lock().unwrap();
        log.push(request);
        respond(log.len())
    });
    (transport, seen)
}

fn samsung(transport: Transport) -> dbplane::samsung::mariadb_1_3::Client {
    dbplane::samsung::mariadb_1_3::Client::builder()
        .region("kr-west1")
        .credentials(dbplane::samsung::Credentials::access_key("the-access-key", "the-secret-key"))
        .transport(transport)
        .runtime(Runtime::fixed(NOW, 7))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_request_is_seen_as_it_would_be_sent_but_for_credentials() {
    let (transport, seen) = scripted(|_| {
        Ok(HttpResponse::json(200, &json!({"contents": [], "count": 0, "page": 0, "size": 20})))
    });
    let response = samsung(transport).list_clusters().name("a b&c").send().await.unwrap();
    assert_eq!((response.count, response.requests_sent(), response.status()), (0, 1, 200));
    let seen = seen.lock().unwrap();
    let [request] = &seen[..] else { panic!("{seen:?}") };
    assert_eq!(
        (request.method(), request.path(), request.query("name")),
        ("GET", "/v1/clusters", Some("a b&c"))
    );
    assert!(request.host().contains("kr-west1"), "{request:?}");
    assert_eq!(request.header("Accept"), Some("application/json"));
    assert!(request.header("scp-timestamp").is_some(), "it is signed");
    for name in ["scp-accesskey", "scp-signature"] {
        assert_eq!(request.header(name), None, "{name}");
    }
    assert!(!format!("{seen:?}").contains("the-"), "{seen:?}");
    assert_eq!((request.body().len(), request.json()), (0, Value::Null));
}

#[tokio::test]
async fn failures_are_retried_as_over_a_socket() {
    let (transport, seen) = scripted(|number| match number {
        1 => Err(TransportFailure::Connect),
        2 => Err(TransportFailure::ConnectionLost),
        3 => Ok(HttpResponse::new(503).header("retry-after", "1")),
        _ => Ok(HttpResponse::json(200, &json!({"contents": [], "count": 0, "page": 0, "size": 20}))
            .header("x-request-id", "req-4")),
    });
    let client = samsung(transport);
    let patient = dbplane::CallOptions::new().retry(dbplane::Retry::default().attempts(4));
    let response = client.list_clusters().with_options(patient).send().await.unwrap();
    assert_eq!((response.requests_sent(), response.request_id()), (4, Some("req-4")));
    assert_eq!(seen.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_write_that_may_have_arrived_is_not_retried_and_one_that_did_not_is() {
    let (transport, seen) = scripted(|_| Err(TransportFailure::Timeout));
    let error = samsung(transport).stop_cluster(CLUSTER).send().await.unwrap_err();
    assert!(error.is_timeout() && error.may_have_taken_effect(), "{error}");
    assert_eq!((error.requests_sent(), seen.lock().unwrap().len()), (1, 1));
    let (transport, _) = scripted(|_| Err(TransportFailure::Connect));
    let error = samsung(transport).stop_cluster(CLUSTER).send().await.unwrap_err();
    assert!(error.is_connect() && !error.may_have_taken_effect() && error.requests_sent() > 1, "{error}");
}

#[tokio::test]
async fn a_wait_polls_to_its_end() {
    let (transport, seen) = scripted(|number| {
        let request = json!({"request_id": "req-1", "resource": {"id": CLUSTER, "type": "cluster"}});
        Ok(match number {
            1 => HttpResponse::json(202, &request),
            _ => HttpResponse::json(200, &json!({"request_id": "req-1", "state": "FAILED"})),
        })
    });
    let error = samsung(transport).stop_cluster(CLUSTER).send_and_wait(&Wait::default()).await.unwrap_err();
    assert!(error.is_accepted(), "{error}");
    let seen = seen.lock().unwrap();
    assert!(seen.len() > 1 && seen[1].path().ends_with("/req-1"), "{seen:?}");
}

#[tokio::test]
async fn vendors_with_tokens_and_challenges_work_without_a_socket() {
    let token = |request: HttpRequest| {
        if request.path() == "/v3/auth/tokens" {
            let user = json!({"id": "u", "name": "user", "domain": {"id": "d", "name": "domain"}});
            let times = ("2027-01-01T00:00:00.000000Z", "2026-01-15T08:00:00.000000Z");
            let token = json!({"user": user, "methods": [], "expires_at": times.0, "issued_at": times.1});
            let body = json!({"token": token});
            return Ok(HttpResponse::json(201, &body).header("x-subject-token", "the-token-0123456789"));
        }
        assert_eq!(request.header("x-auth-token"), None);
        Ok(HttpResponse::json(200, &json!({"instances": [], "total_count": 0})))
    };
    let client = dbplane::huawei::taurusdb_v3::Client::builder()
        .region("ap-southeast-3")
        .project_id("0483b6b16e954cb88930a360d2c4e663")
        .credentials(dbplane::huawei::Credentials::password("domain", "user", "the-password"))
        .transport(Transport::from_fn(token))
        .runtime(Runtime::fixed(NOW, 7))
        .build()
        .unwrap();
    assert_eq!(client.list_instances_unify_status().send().await.unwrap().requests_sent(), 1);

    let challenge = |number| match number {
        1 => Ok(HttpResponse::new(401)
            .header("www-authenticate", r#"Digest realm="ob", nonce="n1", qop="auth", algorithm=MD5"#)),
        _ => Ok(HttpResponse::json(200, &json!({"success": true, "data": {"total": 0, "dataList": []}}))),
    };
    let (transport, seen) = scripted(challenge);
    let client = dbplane::oceanbase::cloud_v2::Client::builder()
        .project_id("project-1")
        .credentials(dbplane::oceanbase::Credentials::access_key("the-access-key", "the-secret-key"))
        .transport(transport)
        .runtime(Runtime::fixed(NOW, 7))
        .build()
        .unwrap();
    assert_eq!(client.describe_instances().send().await.unwrap().requests_sent(), 2);
    assert!(seen.lock().unwrap().iter().all(|request| request.header("authorization").is_none()));
}

#[tokio::test]
async fn what_http_does_not_allow_is_an_error_that_says_so() {
    let (transport, _) = scripted(|_| Ok(HttpResponse::new(200).header("a b", "c")));
    let error = samsung(transport).list_clusters().send().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains(r#"invalid header "a b""#), "{error}");
}

#[test]
fn errors_are_made_from_what_a_service_says() {
    let busy = Error::service(409, "DBS.200019", "Another operation is being performed.");
    assert_eq!(
        busy.to_string(),
        "the service responded with 409 DBS.200019: Another operation is being performed."
    );
    assert!(!busy.may_have_taken_effect());
    assert!(Error::service(500, "", "").may_have_taken_effect());
}
