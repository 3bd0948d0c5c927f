//! Everything that a request can have wrong about it, for every service: the vendor's own error, and a line in the
//! journal that says what was wrong.

use dbplane_fake_cloud::FakeCloud;
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::sign::{challenges, digest, scp, sdk};
use crate::wire::{Call, Reply, host, last, send, service, start};

const STEMS: [&str; 5] =
    ["huawei-dbss-v2", "huawei-iam-v3", "huawei-taurusdb-v3", "oceanbase-cloud-v2", "samsung-mariadb-1.0"];

/// A write with a body, not signed yet.
fn write(cloud: &FakeCloud, stem: &str) -> Call {
    let own = service(cloud, stem).credentials();
    let project = own.project_id.clone().unwrap_or_default();
    let (method, target, body) = match stem {
        "huawei-dbss-v2" => (
            "PUT",
            format!("/v1/{project}/db-om/{}/name", "a".repeat(32)),
            json!({"new_name": "DBSS-OM-audit"}),
        ),
        "huawei-iam-v3" => {
            let user =
                json!({"name": own.user_name, "password": own.password, "domain": {"name": own.domain_name}});
            let identity = json!({"methods": ["password"], "password": {"user": user}});
            ("POST", "/v3/auth/tokens".to_owned(), json!({"auth": {"identity": identity}}))
        }
        "huawei-taurusdb-v3" => {
            let (instance, proxy) = (format!("{}in07", "0".repeat(32)), format!("{}po01", "1".repeat(32)));
            ("PUT", format!("/v3/{project}/instances/{instance}/proxy/{proxy}/port"), json!({"port": 3308}))
        }
        "oceanbase-cloud-v2" => {
            let target =
                "/api/v2/instances/ob317v4uif****/tenants/t33h8y08k****/privatelink/connection?requestId=r1";
            ("POST", target.to_owned(), json!({"endpointId": "vpce-1", "userEndpointAddress": ""}))
        }
        _ => {
            let target = "/v1/instance-groups/3b0c5d2e9f7a4c16b8d1e2f3a4b5c6d7/block-storage-groups";
            ("POST", target.to_owned(), json!({"role_type": "DATA", "size_gb": 104, "volume_type": "SSD"}))
        }
    };
    let call = Call::new(method, &target).json(&body);
    if stem == "oceanbase-cloud-v2" { call.header("x-ob-project-id", &project) } else { call }
}

/// Signs as the service wants it; passwords are sent to IAM without a signature.
async fn signed(cloud: &FakeCloud, stem: &str, call: Call) -> Call {
    let own = service(cloud, stem);
    match stem {
        "samsung-mariadb-1.0" => scp(own, call),
        "oceanbase-cloud-v2" => {
            let challenge = challenges(&send(own, &write(cloud, stem)).await).remove(0);
            digest(cloud, call, &challenge, 1)
        }
        "huawei-iam-v3" if call.target.starts_with("/v3/auth/tokens") => call,
        _ => sdk(own, call),
    }
}

/// The vendor's form of an error.
fn is_an_error_of(stem: &str, reply: &Reply) -> bool {
    let body = &reply.body;
    let gateway = body["error_code"].is_string() && body["error_msg"].is_string();
    match stem {
        "samsung-mariadb-1.0" => body["errors"][0]["status"] == reply.status || body["path"].is_string(),
        "oceanbase-cloud-v2" => body["success"] == false && body["errorCode"].is_string(),
        "huawei-iam-v3" => gateway || body["error"]["code"] == reply.status,
        _ => gateway,
    }
}

/// Sends a wrong request and checks what comes of it.
async fn refused(cloud: &FakeCloud, stem: &str, call: &Call, status: u16, words: &str) {
    let reply = send(service(cloud, stem), call).await;
    let entry = last(cloud);
    let problem = entry.problem.as_deref().unwrap_or_else(|| panic!("not refused: {entry}, for {words:?}"));
    assert!(problem.contains(words), "{entry}, expected {words:?}");
    assert_eq!((reply.status, entry.status), (status, Some(status)), "{entry}");
    assert!(is_an_error_of(stem, &reply), "{stem}: {reply:?}");
    assert!(!entry.took_effect && entry.fault.is_none(), "{entry}");
}

/// The same body with one more field.
fn and(mut call: Call, field: &str) -> Call {
    call.body.insert_str(1, &format!("{field},"));
    call
}

fn to(mut call: Call, change: impl FnOnce(&str) -> String) -> Call {
    call.target = change(&call.target);
    call
}

fn with_body(mut call: Call, body: &str) -> Call {
    call.body = body.to_owned();
    call
}

/// A parameter behind the target.
fn parameter(target: &str, text: &str) -> String {
    format!("{target}{}{text}", if target.contains('?') { '&' } else { '?' })
}

#[tokio::test]
async fn what_the_spec_does_not_know() {
    let cloud = start().await;
    for stem in STEMS {
        let call = write(&cloud, stem);
        let good = call.clone();
        let name = serde_json::from_str::<Json>(&good.body)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap()
            .clone();
        let (doubled, unknown) = (format!("\"{name}\":null"), "\"nothing\":1");
        let cases = [
            (
                to(good.clone(), |t| parameter(t, "nothing=1")),
                400,
                "the query parameter `nothing` is unknown",
            ),
            (and(good.clone(), unknown), 400, "the field `nothing` is unknown"),
            (and(good.clone(), &doubled), 400, "more than once"),
            (with_body(good.clone(), ""), 400, "the body is missing"),
            (with_body(good.clone(), "{"), 400, "the body is not JSON: line 1 column 1"),
            (with_body(good.clone(), "[]"), 400, "the body does not fit"),
            (good.clone().without("content-type"), 415, "Content-Type is ``"),
            (good.clone().with("content-type", "text/plain"), 415, "Content-Type is `text/plain`"),
            (
                good.clone().with("content-type", "application/json;charset=latin1"),
                415,
                "not application/json in UTF-8",
            ),
            (
                good.clone().header("content-type", "application/json"),
                415,
                "content-type is sent more than once",
            ),
            (to(good.clone(), |t| t.replacen("/v", "/nothing/v", 1)), 404, "no operation has the path"),
        ];
        for (call, status, words) in cases {
            let call = signed(&cloud, stem, call).await;
            refused(&cloud, stem, &call, status, words).await;
        }
        let method = Call { method: "PATCH".to_owned(), ..call };
        refused(&cloud, stem, &method, 405, "PATCH is no method of").await;
    }
}

#[tokio::test]
async fn what_is_sent_twice() {
    let cloud = start().await;
    let twice = [
        (
            "samsung-mariadb-1.0",
            "/v1/clusters?size=1&size=1",
            "the query parameter `size` is sent more than once",
        ),
        ("huawei-iam-v3", "/v3/projects?name=a&name=b", "the query parameter `name` is sent more than once"),
    ];
    for (stem, target, words) in twice {
        refused(&cloud, stem, &signed(&cloud, stem, Call::new("GET", target)).await, 400, words).await;
    }
    let doubled = to(write(&cloud, "oceanbase-cloud-v2"), |t| parameter(t, "requestId=r2"));
    let doubled = signed(&cloud, "oceanbase-cloud-v2", doubled).await;
    refused(&cloud, "oceanbase-cloud-v2", &doubled, 400, "`requestId` is sent more than once").await;

    let headers = [
        "authorization",
        "host",
        "x-auth-token",
        "x-project-id",
        "x-sdk-date",
        "scp-accesskey",
        "scp-signature",
        "scp-timestamp",
        "scp-clienttype",
    ];
    for stem in STEMS {
        let call = signed(&cloud, stem, write(&cloud, stem)).await;
        for name in headers {
            let sent = call.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
            let value = sent.clone().unwrap_or_else(|| host(service(&cloud, stem)).to_owned());
            let mut call = call.clone().header(name, &value);
            if sent.is_none() {
                call = call.header(name, &value);
            }
            // A caller with nothing but half a proof is unsigned to Samsung's gateway.
            refused(&cloud, stem, &call, 401, &format!("the header {name} is sent more than once")).await;
        }
    }
}

#[tokio::test]
async fn what_is_missing_or_not_the_callers() {
    let cloud = start().await;
    for stem in STEMS.iter().copied().filter(|stem| *stem != "huawei-iam-v3") {
        let hidden = if stem == "samsung-mariadb-1.0" { 404 } else { 401 };
        refused(&cloud, stem, &write(&cloud, stem), hidden, "the request is not signed").await;
        let call = signed(&cloud, stem, write(&cloud, stem)).await;
        let moved = to(call, |target| parameter(target, "a=1"));
        refused(&cloud, stem, &moved, 401, if stem == "oceanbase-cloud-v2" { "uri is" } else { "ignature" })
            .await;
    }
    let unsigned = Call::new("GET", "/v3/projects");
    refused(&cloud, "huawei-iam-v3", &unsigned, 401, "the request is not signed").await;
    let (other, name) = ("f".repeat(32), "x-ob-project-id");
    for stem in ["huawei-dbss-v2", "huawei-taurusdb-v3"] {
        let own = service(&cloud, stem).credentials().project_id.clone().unwrap();
        let call = to(write(&cloud, stem), |target| target.replace(&own, &other));
        let words = "project_id is not the project of the credentials";
        refused(&cloud, stem, &signed(&cloud, stem, call).await, 403, words).await;
        let call = signed(&cloud, stem, write(&cloud, stem)).await.header("x-project-id", &other);
        refused(&cloud, stem, &call, 403, "is not the project of the access key").await;
    }
    let stem = "oceanbase-cloud-v2";
    let call = signed(&cloud, stem, write(&cloud, stem).with(name, "other")).await;
    refused(&cloud, stem, &call, 403, "X-Ob-Project-Id is not the project").await;
    let call = signed(&cloud, stem, write(&cloud, stem).without(name)).await;
    refused(&cloud, stem, &call, 400, "the required header X-Ob-Project-Id is missing").await;
    let stem = "samsung-mariadb-1.0";
    for name in ["scp-accesskey", "scp-signature", "scp-timestamp", "scp-clienttype"] {
        let call = signed(&cloud, stem, write(&cloud, stem)).await.without(name);
        refused(&cloud, stem, &call, 401, "is missing").await;
    }
    let call = signed(&cloud, stem, write(&cloud, stem)).await.with("scp-api-version", "mariadb 9.9");
    refused(&cloud, stem, &call, 406, "Scp-Api-Version asks for `mariadb 9.9`").await;
}

#[tokio::test]
async fn a_body_where_none_belongs() {
    let cloud = start().await;
    for (stem, target) in [("samsung-mariadb-1.0", "/v1/clusters"), ("huawei-iam-v3", "/v3/projects")] {
        let call = Call::new("GET", target).json(&json!({}));
        refused(&cloud, stem, &signed(&cloud, stem, call).await, 400, "the operation takes no body").await;
    }
}

#[tokio::test]
async fn no_host() {
    let cloud = start().await;
    for stem in STEMS {
        let (call, own) = (write(&cloud, stem), service(&cloud, stem));
        let mut stream = TcpStream::connect(host(own)).await.unwrap();
        let line = format!("{} {} HTTP/1.1\r\nconnection: close\r\n\r\n", call.method, call.target);
        stream.write_all(line.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert_eq!(last(&cloud).problem.as_deref(), Some("the required header Host is missing"));
    }
}
