//! Requests that the library has no operation for, and what typed calls send beside what they know.
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::sync::{Arc, Mutex};

use dbplane::huawei::{self, taurusdb_v3};
use dbplane::samsung::{self, mariadb_1_3};
use dbplane::testing::{HttpRequest, HttpResponse, TransportFailure};
use dbplane::{CallOptions, ErrorKind, Method, Retry, Runtime, Transport};
use serde_json::{Value, json};

const NOW: i64 = 1_768_465_800_000;

type Seen = Arc<Mutex<Vec<HttpRequest>>>;

/// A transport that responds always alike, and what it was asked.
fn always(response: Result<HttpResponse, TransportFailure>) -> (Transport, Seen) {
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    let transport = Transport::from_fn(move |request| {
        log.lock().unwrap().push(request);
        response.clone()
    });
    (transport, seen)
}

fn taurusdb(response: Result<HttpResponse, TransportFailure>) -> (taurusdb_v3::Client, Seen) {
    let (transport, seen) = always(response);
    let client = taurusdb_v3::Client::builder()
        .region("ap-southeast-3")
        .credentials(
            huawei::Credentials::access_key("the-access-key", "the-secret-key")
                .project_id("0483b6b16e954cb88930a360d2c4e663"),
        )
        .transport(transport)
        .runtime(Runtime::fixed(NOW, 7))
        .build()
        .unwrap();
    (client, seen)
}

fn mariadb(response: Result<HttpResponse, TransportFailure>) -> (mariadb_1_3::Client, Seen) {
    let (transport, seen) = always(response);
    let client = mariadb_1_3::Client::builder()
        .credentials(samsung::Credentials::access_key("the-access-key", "the-secret-key"))
        .transport(transport)
        .runtime(Runtime::fixed(NOW, 7))
        .build()
        .unwrap();
    (client, seen)
}

fn page() -> Result<HttpResponse, TransportFailure> {
    Ok(HttpResponse::json(200, &json!({"contents": null, "count": 0, "page": 0, "size": 20, "new": [1]})))
}

#[tokio::test]
async fn a_request_has_what_the_client_sends_with_every_call() {
    let (client, seen) = mariadb(Ok(HttpResponse::json(200, &json!({"id": "c 1"}))));
    let request = client.request(Method::Get, "/v1/clusters/{id}/new").path("id", "c&1").query("a b", "c&d");
    let response = request.header("X-New", "1").send::<Value>().await.unwrap();
    assert_eq!((response["id"].as_str(), response.body()), (Some("c 1"), &br#"{"id":"c 1"}"#[..]));
    let typed = client.list_clusters().send().await;
    assert!(typed.unwrap_err().is_decode(), "the response is no list");
    let seen = seen.lock().unwrap();
    assert_eq!(
        (seen[0].method(), seen[0].path(), seen[0].query("a b")),
        ("GET", "/v1/clusters/c%261/new", Some("c&d"))
    );
    assert_eq!(seen[0].header("x-new"), Some("1"));
    for name in ["scp-timestamp", "scp-api-version", "accept"] {
        assert_eq!(seen[0].header(name), seen[1].header(name), "{name}");
        assert!(seen[0].header(name).is_some() || name == "scp-api-version", "{name}");
    }
}

#[tokio::test]
async fn a_write_is_retried_as_its_idempotence_says() {
    for (method, requests) in [
        (Method::Post { idempotent: false }, 1),
        (Method::Put { idempotent: true }, 3),
        (Method::Patch { idempotent: true }, 3),
        (Method::Delete { idempotent: false }, 1),
        (Method::Get, 3),
    ] {
        let (client, seen) = taurusdb(Err(TransportFailure::ConnectionLost));
        let options = CallOptions::new().retry(Retry::default().attempts(3));
        let request = client.request(method, "/v3/{project_id}/tea").body(&json!({"cups": 2}));
        let error = request.with_options(options).send::<Value>().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.requests_sent()),
            (ErrorKind::ConnectionLost, requests),
            "{method:?}"
        );
        assert_eq!(error.may_have_taken_effect(), method != Method::Get, "{method:?}");
        let seen = seen.lock().unwrap();
        assert!(
            seen.iter()
                .all(|r| r.path() == "/v3/0483b6b16e954cb88930a360d2c4e663/tea"
                    && r.json() == json!({"cups": 2})),
            "{seen:?}"
        );
        let operation = error.operation().unwrap();
        assert_eq!((operation.service, operation.id), ("huawei-taurusdb-v3", seen[0].method()));
        let text = format!("huawei-taurusdb-v3 {} /v3/{{project_id}}/tea: ", operation.id);
        assert!(error.to_string().starts_with(&text), "{error}");
    }
}

#[tokio::test]
async fn what_can_not_be_sent_is_named_at_once_and_not_sent() {
    let (client, seen) = taurusdb(Ok(HttpResponse::new(200)));
    let request =
        client.request(Method::Get, "v3/{project_id}/{a}/{b}?c=d").path("a", "..").header("a b", "c");
    let error = request.header("Host", "elsewhere").header("x", "\n").send::<Value>().await.unwrap_err();
    let fields: Vec<_> = error.violations().iter().map(|violation| violation.field()).collect();
    assert_eq!(fields, ["path", "a", "b", "a b", "Host", "x"], "{error}");
    assert!(error.is_invalid_request() && seen.lock().unwrap().is_empty(), "{error}");
}

#[tokio::test]
async fn a_response_is_a_type_of_the_program_or_nothing() {
    #[derive(Debug, serde::Deserialize)]
    struct Tea {
        cups: u64,
    }
    let get = |body: &str| {
        let (client, _) = taurusdb(Ok(HttpResponse::new(200).body(body)));
        client.request(Method::Get, "/tea")
    };
    assert_eq!(get(r#"{"cups": 2, "sugar": 1}"#).send::<Tea>().await.unwrap().cups, 2);
    assert_eq!(get("").send::<Option<Tea>>().await.unwrap().into_inner().map(|tea| tea.cups), None);
    let error = get(r#"{"cups": "hunter2"}"#).send::<Tea>().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("expected u64"), "{error}");
    assert!(!error.to_string().contains("hunter2") && error.body().ends_with(b"\"hunter2\"}"), "{error}");
    assert!(get("{").send::<Value>().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn a_typed_call_sends_more_and_its_response_has_more() {
    let (client, seen) = mariadb(page());
    let options = CallOptions::new().query("tag", "blue").query("name", "b").header("x-trial", "1");
    let response = client.list_clusters().name("a").with_options(options).send().await.unwrap();
    assert!(response.contents.is_empty(), "null is an empty list");
    let all: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(all["new"], json!([1]));
    let options = CallOptions::new().body_field("why", "tests").body_field("size_gb", 24);
    let error =
        client.set_block_storage_size("g-1", mariadb_1_3::models::ResizeBlockStorageGroupRequest::new(16));
    drop(error.with_options(options).send().await);
    let seen = seen.lock().unwrap();
    assert_eq!((seen[0].query("tag"), seen[0].query("name")), (Some("blue"), Some("b")));
    assert_eq!(seen[0].header("x-trial"), Some("1"));
    assert_eq!((&seen[1].json()["why"], &seen[1].json()["size_gb"]), (&json!("tests"), &json!(24)));
}

#[tokio::test]
async fn a_finder_s_error_names_service_and_operation() {
    let (client, _) = mariadb(page());
    let error = client.find_cluster("orders").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoMatch);
    assert_eq!(error.to_string(), "samsung-mariadb-1.3 ListClusters: no cluster is named `orders`");
}

#[tokio::test]
async fn all_missing_fields_of_a_request_are_named_at_once() {
    use mariadb_1_3::models::ClusterCreateRequest;
    let (client, seen) = mariadb(page());
    let new = ClusterCreateRequest::new().name("orders").timezone("Asia/Seoul");
    let error = client.create_cluster(new).send().await.unwrap_err();
    let missing: Vec<_> = error.violations().iter().map(|v| (v.field(), v.rule())).collect();
    let names = [
        "dbaas_engine_version_id",
        "init_config_option",
        "instance_groups",
        "instance_name_prefix",
        "subnet_id",
    ];
    assert_eq!(missing, names.map(|name| (name, "is required")), "{error}");
    assert!(seen.lock().unwrap().is_empty());
}

/// A value of another field in the place of a time zone or a region is seen before anything is sent.
#[tokio::test]
async fn time_zones_and_regions_look_like_what_they_are() {
    use dbplane::huawei::taurusdb_v3::models::CreateInstanceRequest;
    use mariadb_1_3::models::ClusterCreateRequest;
    let (mariadb, _) = mariadb(page());
    let (taurusdb, _) = taurusdb(page());
    for (zone, good) in [
        ("Asia/Seoul", true),
        ("UTC", true),
        ("Etc/GMT+9", true),
        ("America/Argentina/Buenos_Aires", true),
        ("America/Port-au-Prince", true),
        ("023c57b19fbd4d9d8c4e6ef8b5a4d1fc", false),
        ("f23c57b19fbd4d9d8c4e6ef8b5a4d1fc", false),
        ("asia/seoul", false),
        ("Asia/ Seoul", false),
        ("+09:00", false),
        ("", false),
    ] {
        let request = ClusterCreateRequest::new().timezone(zone);
        let error = mariadb.create_cluster(request).send().await.unwrap_err();
        assert_eq!(error.violations().iter().all(|v| v.field() != "timezone"), good, "{zone}: {error}");
    }
    for (region, zone, good) in [
        ("cn-north-4", "UTC+08:00", true),
        ("my-kualalumpur-1", "UTC-03:30", true),
        ("la-north-2", "UTC", true),
        ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "Asia/Shanghai", false),
        ("cn north 4", "UTC+8", false),
        ("CN-North-4", "GMT+08:00", false),
        ("orders", "", false),
    ] {
        let request = CreateInstanceRequest::new().region(region).time_zone(zone);
        let error = taurusdb.create_instance(request).send().await.unwrap_err();
        let fields: Vec<_> = error.violations().iter().map(|v| v.field()).collect();
        for field in ["region", "time_zone"] {
            assert_eq!(!fields.contains(&field), good, "{region} {zone}: {error}");
        }
    }
}
