//! Faults on the wire, and what is said of wrong rules.

use std::io::ErrorKind;
use std::time::Duration;

use dbplane_fake_cloud::faults::{ErrorResponse, Fault, Rule, Shape};
use dbplane_fake_cloud::{Entry, FakeCloud, ServiceHandle};
use serde_json::{Value as Json, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::sign::{self, challenges, scp, sdk};
use crate::wire::{Call, NOW, host, last, send, service, start};

const MARIADB: &str = "samsung-mariadb-1.0";
const DISKS: &str = "/v1/instance-groups/3b0c5d2e9f7a4c16b8d1e2f3a4b5c6d7/block-storage-groups";

/// A cloud in which one write can follow the other.
async fn with(rules: impl IntoIterator<Item = Rule>) -> FakeCloud {
    FakeCloud::builder().now(NOW).seed(7).pace(Duration::ZERO).faults(rules).start().await.unwrap()
}

fn list(service: &ServiceHandle) -> Call {
    scp(service, Call::new("GET", "/v1/clusters"))
}

/// A write.
fn add(service: &ServiceHandle) -> Call {
    let disks = json!({"role_type": "DATA", "size_gb": 104, "volume_type": "SSD"});
    scp(service, Call::new("POST", DISKS).json(&disks))
}

/// All that comes back on a connection of its own, and how it ends.
async fn raw(service: &ServiceHandle, call: &Call) -> (String, Result<(), ErrorKind>) {
    let mut stream = TcpStream::connect(host(service)).await.unwrap();
    let mut text = format!("{} {} HTTP/1.1\r\nhost: {}\r\n", call.method, call.target, host(service));
    for (name, value) in &call.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("connection: close\r\ncontent-length: {}\r\n\r\n{}", call.body.len(), call.body));
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer).await.map(drop).map_err(|error| error.kind());
    (String::from_utf8(answer).unwrap(), end)
}

/// Promised and received length of a body.
fn lengths(answer: &str) -> (usize, usize) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let promised = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    (promised.parse().unwrap(), body.len())
}

fn seen(entry: &Entry) -> (Option<u16>, Option<&str>, Option<&str>, bool) {
    (entry.status, entry.fault.as_deref(), entry.problem.as_deref(), entry.took_effect)
}

#[tokio::test]
async fn a_reset_before_leaves_nothing_and_one_after_leaves_the_effect() {
    let cloud = with([Rule::script([Fault::ResetBefore, Fault::ResetAfter])]).await;
    let service = service(&cloud, MARIADB);
    for (fault, effect) in [("reset_before (rule 1)", false), ("reset_after (rule 1)", true)] {
        assert_eq!(raw(service, &add(service)).await, (String::new(), Err(ErrorKind::ConnectionReset)));
        assert_eq!(seen(&last(&cloud)), (None, Some(fault), None, effect));
    }
    assert_eq!(send(service, &add(service)).await.status, 202);
    assert_eq!(cloud.effects().len(), 2);
    let state = &cloud.faults()[0];
    assert_eq!((state.seen, state.fired), (2, 2));
}

#[tokio::test]
async fn bodies_that_end_early_or_come_slowly() {
    let cloud = with([Rule::script([Fault::Truncate, Fault::Trickle { millis: 0 }])]).await;
    let service = service(&cloud, MARIADB);
    let (cut, end) = raw(service, &list(service)).await;
    let (promised, received) = lengths(&cut);
    assert!(cut.starts_with("HTTP/1.1 200 OK\r\n") && end.is_ok(), "{cut}");
    assert_eq!(received, promised / 2);
    let (slow, end) = raw(service, &list(service)).await;
    assert!(end.is_ok() && slow.ends_with('}'), "{slow}");
    assert_eq!(lengths(&slow), (promised, promised));
}

#[tokio::test]
async fn bodies_that_are_something_else() {
    let html = Fault::Garbage { text: "<html>".to_owned() };
    let typed = Fault::ContentType { value: "text/plain".to_owned() };
    let cloud = with([Rule::script([Fault::CutJson, html, typed])]).await;
    let service = service(&cloud, MARIADB);
    let (half, _) = raw(service, &list(service)).await;
    let (promised, received) = lengths(&half);
    assert_eq!(promised, received);
    assert!(half.contains("content-type: application/json") && half.contains("\r\n\r\n{"), "{half}");
    assert!(serde_json::from_str::<Json>(half.split_once("\r\n\r\n").unwrap().1).is_err());
    let (html, _) = raw(service, &list(service)).await;
    assert!(html.contains("content-type: application/json") && html.ends_with("\r\n\r\n<html>"), "{html}");
    let reply = send(service, &list(service)).await;
    assert_eq!((reply.header("content-type"), reply.text("/contents/0/name")), ("text/plain", "mycluster"));
}

#[tokio::test]
async fn a_late_answer_is_late_by_the_real_clock() {
    let latency = |millis| Rule::new(Fault::Latency { millis });
    let cloud = with([latency(3_600_000).first(1), latency(10)]).await;
    let service = service(&cloud, MARIADB);
    let call = add(service);
    assert!(timeout(Duration::from_millis(100), send(service, &call)).await.is_err());
    assert_eq!(cloud.effects().len(), 1, "done already, though nobody knows");
    assert_eq!(send(service, &add(service)).await.status, 202);
    assert_eq!(cloud.now(), NOW);
    assert_eq!(seen(&last(&cloud)), (Some(202), Some("latency of 10 ms (rule 2)"), None, true));
}

#[tokio::test]
async fn a_closed_port_refuses_and_opens_again() {
    let cloud = start().await;
    let service = service(&cloud, MARIADB);
    let mut open = TcpStream::connect(host(service)).await.unwrap();
    cloud.set_faults([Rule::new(Fault::Refuse).service(MARIADB)]).await.unwrap();
    let refused = TcpStream::connect(host(service)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    assert_eq!(open.read(&mut [0]).await.unwrap_or(0), 0, "open connections end");
    assert!(TcpStream::connect(host(cloud.service("huawei-iam-v3").unwrap())).await.is_ok());
    cloud.set_faults([]).await.unwrap();
    assert_eq!(send(service, &list(service)).await.status, 200);
    cloud.set_faults([Rule::new(Fault::Refuse)]).await.unwrap();
    assert!(TcpStream::connect(host(service)).await.is_err());
    cloud.reset().await;
    assert_eq!(send(service, &list(service)).await.status, 200);
}

#[tokio::test]
async fn errors_have_every_shape_of_their_vendor() {
    let cloud = start().await;
    let stems = [MARIADB, "huawei-taurusdb-v3", "huawei-iam-v3", "oceanbase-cloud-v2"];
    let mut told = 0;
    for (stem, shape) in stems.iter().flat_map(|stem| Shape::ALL.iter().map(move |shape| (*stem, *shape))) {
        let error =
            ErrorResponse::new(418).shape(shape).code("Some.Code").message("some words").retry_after(7);
        if cloud.set_faults([Rule::new(error).service(stem)]).await.is_err() {
            continue;
        }
        let service = service(&cloud, stem);
        let call = match stem {
            MARIADB => add(service),
            "oceanbase-cloud-v2" => answering(&cloud).await,
            "huawei-iam-v3" => sdk(service, Call::new("GET", "/v3/projects")),
            _ => sdk(service, port_change(service)),
        };
        let (answer, _) = raw(service, &call).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 418") && head.contains("retry-after: 7"), "{answer}");
        assert_eq!(seen(&last(&cloud)), (Some(418), Some("error 418 (rule 1)"), None, false));
        match shape {
            Shape::Html => assert!(head.contains("text/html") && body.starts_with("<html>"), "{answer}"),
            Shape::Plain => assert!(head.contains("text/plain") && body == "some words\n", "{answer}"),
            Shape::Empty => assert!(!head.contains("content-type") && body.is_empty(), "{answer}"),
            _ => {
                assert!(serde_json::from_str::<Json>(body).is_ok(), "{answer}");
                let silent = matches!(shape, Shape::SamsungGateway | Shape::HuaweiResult);
                assert!(silent || body.contains("some words"), "{stem} {}: {answer}", shape.name());
            }
        }
        told += 1;
    }
    assert_eq!(told, 9 + 11 + 11 + 8);
    assert!(cloud.effects().is_empty());
}

fn connect(cloud: &FakeCloud) -> Call {
    let project = service(cloud, "oceanbase-cloud-v2").credentials().project_id.clone().unwrap();
    Call::new(
        "POST",
        "/api/v2/instances/ob317v4uif****/tenants/t33h8y08k****/privatelink/connection?requestId=r1",
    )
    .header("x-ob-project-id", &project)
    .json(&json!({"endpointId": "vpce-1", "userEndpointAddress": ""}))
}

/// The same in answer to a fresh challenge.
async fn answering(cloud: &FakeCloud) -> Call {
    let call = connect(cloud);
    let challenge = challenges(&send(service(cloud, "oceanbase-cloud-v2"), &call).await).remove(0);
    sign::digest(cloud, call, &challenge, 1)
}

fn port_change(service: &ServiceHandle) -> Call {
    let project = service.credentials().project_id.as_deref().unwrap();
    let (instance, proxy) = (format!("{}in07", "0".repeat(32)), format!("{}po01", "1".repeat(32)));
    Call::new("PUT", &format!("/v3/{project}/instances/{instance}/proxy/{proxy}/port"))
        .json(&json!({"port": 3308}))
}

#[tokio::test]
async fn an_error_may_come_after_the_effect() {
    let cloud = with([Rule::new(ErrorResponse::new(502).shape(Shape::Html).after_effect()).first(1)]).await;
    let service = service(&cloud, MARIADB);
    let (answer, _) = raw(service, &add(service)).await;
    assert!(answer.starts_with("HTTP/1.1 502 Bad Gateway\r\n"), "{answer}");
    assert_eq!(seen(&last(&cloud)), (Some(502), Some("error 502 (rule 1)"), None, true));
}

#[tokio::test]
async fn a_wrong_clock_refuses_what_was_signed_by_the_right_one() {
    let cloud = with([Rule::new(Fault::ClockSkew { millis: 3_600_000 }).nth(2)]).await;
    let service = service(&cloud, MARIADB);
    assert_eq!(send(service, &list(service)).await.status, 200);
    let reply = send(service, &list(service)).await;
    assert_eq!((reply.status, reply.header("date")), (401, "Thu, 15 Jan 2026 09:30:00 GMT"));
    let entry = last(&cloud);
    assert_eq!(entry.at, NOW);
    assert!(entry.problem.as_ref().unwrap().contains("15 minutes"), "{entry}");
    assert_eq!(send(service, &list(service)).await.status, 200);
}

#[tokio::test]
async fn a_token_and_a_nonce_that_expire_early_stay_expired() {
    let cloud = with([Rule::new(Fault::ExpiredToken).first(1), Rule::new(Fault::StaleNonce).first(1)]).await;
    let iam = service(&cloud, "huawei-iam-v3");
    let own = iam.credentials();
    let login = json!({"auth": {"identity": {"methods": ["password"], "password": {"user": {
        "name": own.user_name, "password": own.password, "domain": {"name": own.domain_name}}}},
        "scope": {"domain": {"name": own.domain_name}}}});
    let reply = send(iam, &Call::new("POST", "/v3/auth/tokens").json(&login)).await;
    let call = Call::new("GET", "/v3/projects").header("x-auth-token", reply.header("x-subject-token"));
    for fault in [Some("expired_token (rule 1)"), None] {
        assert_eq!(send(iam, &call).await.status, 401);
        assert_eq!(last(&cloud).fault.as_deref(), fault);
    }

    let reply = send(service(&cloud, "oceanbase-cloud-v2"), &answering(&cloud).await).await;
    assert_eq!(reply.status, 401);
    assert!(reply.header("www-authenticate").contains("stale=true"), "{reply:?}");
    assert_eq!(last(&cloud).fault.as_deref(), Some("stale_nonce (rule 2)"));
    let reply = send(service(&cloud, "oceanbase-cloud-v2"), &answering(&cloud).await).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn answers_that_say_more_than_any_page() {
    let cloud = with([Rule::new(Fault::UnknownEnum), Rule::new(Fault::ExtraFields)]).await;
    let service = service(&cloud, MARIADB);
    let reply = send(service, &list(service)).await;
    let row = &reply.body["contents"][0];
    assert_eq!(row["service_state"], "FAKE_CLOUD_NEW_VALUE", "{reply:?}");
    assert!(row["fakeCloudNewField"].is_object() && reply.body["fakeCloudNewField"].is_object(), "{reply:?}");
    assert_eq!(row["name"], "mycluster");
}

#[tokio::test]
async fn a_page_comes_twice() {
    let cloud = with([Rule::new(Fault::RepeatedPage).service("huawei-iam-v3").nth(2)]).await;
    let iam = service(&cloud, "huawei-iam-v3");
    let domain = iam.credentials().domain_id.clone().unwrap();
    let page = |filter: &str| sdk(iam, Call::new("GET", &format!("/v3/projects?domain_id={filter}")));
    let first = send(iam, &page(&domain)).await;
    assert_eq!(first.body["projects"].as_array().unwrap().len(), 3, "{first:?}");
    let other = "0".repeat(32);
    assert_eq!(send(iam, &page(&other)).await.body, first.body);
    assert_eq!(send(iam, &page(&other)).await.body["projects"], json!([]));
}

#[tokio::test]
async fn only_the_services_that_are_wanted() {
    let cloud = FakeCloud::builder().services(["huawei-iam-v3"]).start().await.unwrap();
    assert_eq!(cloud.services().map(ServiceHandle::stem).collect::<Vec<_>>(), ["huawei-iam-v3"]);
    let error = FakeCloud::builder().services(["huawei-im"]).start().await.unwrap_err().to_string();
    assert!(error.starts_with("there is no service `huawei-im`; did you mean `huawei-iam-v3`"), "{error}");
    let rule = Rule::new(Fault::Truncate).service(MARIADB);
    let alone = FakeCloud::builder().services(["huawei-iam-v3"]).faults([rule]).start().await.unwrap_err();
    assert!(alone.to_string().contains("no service `samsung-mariadb-1.0`"), "{alone}");
}

#[tokio::test]
async fn the_challenge_uses_up_no_fault() {
    let cloud = with([Rule::new(ErrorResponse::new(503)).first(1)]).await;
    let service = service(&cloud, "oceanbase-cloud-v2");
    assert_eq!(send(service, &connect(&cloud)).await.status, 401);
    assert_eq!(last(&cloud).fault, None);
    assert_eq!(send(service, &answering(&cloud).await).await.status, 503);
    assert_eq!(send(service, &answering(&cloud).await).await.status, 200);
}
