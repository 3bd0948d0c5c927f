//! DBSS where it differs: answers that say failed with a good status, and an order that is sent once.

#![cfg(all(feature = "huawei-dbss-v2", feature = "samsung-mariadb-1.0", feature = "oceanbase-cloud-v2"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use dbplane::huawei::dbss_v2::{Client, models::*};
use dbplane::{CallOptions, Error, Retry, Runtime, Token, Wait, huawei};
use dbplane_fake_cloud::FakeCloud;
use support::{answer, dbss_at, served};

const ID: &str = "a8c37c9be61ffd4ee8aacab7bae74e91";

/// A server that gives every request the same answer, and how many it got.
async fn stubborn(reply: Vec<u8>) -> (String, Arc<AtomicU32>) {
    let requests = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&requests);
    let url = served(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        reply.clone()
    });
    (url.await, requests)
}

/// Repeats at once, five times in all.
fn eager() -> Retry {
    Retry::default().attempts(5).pauses(Duration::ZERO, Duration::ZERO)
}

fn eager_client(url: &str) -> Client {
    let builder = Client::builder().base_url(url).iam_url(url).retry(eager());
    let builder = builder.credentials(huawei::Credentials::access_key("ak", "the-secret-key"));
    builder.project_id("0123456789abcdef0123456789abcdef").build().unwrap()
}

fn order() -> ChargeOrderRequest {
    let (product, nic, group) = (ProductInfo::new(), Nic::new(), SecurityGroup::new());
    let mode = DeployMode::Cloud;
    ChargeOrderRequest::new()
        .name("n")
        .flavor_ref("f")
        .product_infos([product])
        .subscription_num(1)
        .asset_nums(1)
        .period_type(2)
        .period_num(1)
        .is_auto_renew(0)
        .charging_mode(0)
        .cloud_service_type("s")
        .image_business_type(1)
        .deploy_mode(mode)
        .availability_zone("a,b")
        .vpc_id("v")
        .nics([nic])
        .security_groups([group])
        .enterprise_project_id("0")
        .hx_password("the-front-password")
}

async fn ordered(client: &Client) -> Error {
    let call = client.create_db_om_instance_period(order());
    call.with_options(CallOptions::new().retry(eager())).send().await.unwrap_err()
}

#[tokio::test]
async fn an_order_is_sent_once_whatever_becomes_of_it() {
    let held_back = answer("503 Service Unavailable", "Retry-After: 0\r\n", "");
    let cases = [
        ("a lost answer", Vec::new(), true),
        ("a broken answer", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec(), true),
        ("503 with Retry-After", held_back, false),
        ("503", answer("503 Service Unavailable", "", ""), true),
        ("429", answer("429 Too Many Requests", "Retry-After: 0\r\n", ""), false),
        ("500", answer("500 Internal Server Error", "", ""), true),
        (
            "a clock that is off",
            answer("401 Unauthorized", "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n", ""),
            false,
        ),
    ];
    for (what, reply, doubt) in cases {
        let (url, requests) = stubborn(reply).await;
        let error = ordered(&eager_client(&url)).await;
        assert_eq!(requests.load(Ordering::SeqCst), 1, "{what}: {error}");
        assert_eq!((error.requests_sent(), error.may_have_taken_effect()), (1, doubt), "{what}: {error}");
    }
    let error = ordered(&eager_client("http://127.0.0.1:1")).await;
    assert!(error.is_connect() && error.requests_sent() == 1 && !error.may_have_taken_effect(), "{error}");
}

#[tokio::test]
async fn another_call_is_repeated_where_that_is_safe() {
    for (reply, sent) in [
        (answer("429 Too Many Requests", "", ""), 5),
        (answer("503 Service Unavailable", "Retry-After: 0\r\n", ""), 5),
        (answer("503 Service Unavailable", "", ""), 1),
        (Vec::new(), 1),
    ] {
        let (url, requests) = stubborn(reply).await;
        let error = eager_client(&url).start_db_om_instance(ID).send().await.unwrap_err();
        assert_eq!(requests.load(Ordering::SeqCst), sent, "{error}");
    }
}

#[test]
fn only_the_order_is_held_to_one_attempt() {
    let held: Vec<_> =
        huawei::dbss_v2::OPERATIONS.iter().filter(|o| o.single_attempt).map(|o| o.id).collect();
    assert_eq!(held, ["CreateDbOmInstancePeriod"]);
}

async fn client_of(status: &str, body: &str) -> Client {
    dbss_at(&stubborn(answer(status, "X-Request-Id: r1\r\n", body)).await.0)
}

#[tokio::test]
async fn a_good_status_that_says_failed_is_an_error() {
    let client = client_of("200 OK", r#"{"result": "failed"}"#).await;
    let error = client.stop_db_om_instance(ID).send().await.unwrap_err();
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("r1")), "{error}");
    assert_eq!(error.message(), Some("`result` of the response is \"failed\""), "{error}");
    assert!(error.may_have_taken_effect(), "failed does not say that nothing was done: {error}");

    let client = client_of("200 OK", r#"{"code": 12, "description": "busy", "task_id": null}"#).await;
    let groups = ChangeSecurityGroupRequest::new(["g"]);
    let error = client.change_db_om_security_group(ID, groups).send().await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("12"), Some("busy")), "{error}");

    let client = client_of("200 OK", r#"{"code": "CBC.99", "description": "no money"}"#).await;
    let error = ordered(&client).await;
    assert_eq!((error.code(), error.message()), (Some("CBC.99"), Some("no money")), "{error}");
}

#[tokio::test]
async fn an_answer_that_says_success_in_any_spelling_is_good() {
    for body in [r#"{"result": "success"}"#, r#"{"result": "Success"}"#, r#"{"result": null}"#, "{}"] {
        client_of("200 OK", body).await.start_db_om_instance(ID).send().await.unwrap();
    }
    for body in [r#"{"code": "0", "order_id": "CS1"}"#, r#"{"code": 0, "order_id": "CS1"}"#] {
        let client = client_of("200 OK", body).await;
        let placed = client.create_db_om_instance_period(order()).send().await.unwrap();
        assert_eq!(placed.order_id.as_deref(), Some("CS1"), "{body}");
    }
}

#[tokio::test]
async fn limits_of_an_order_are_checked_before_it_is_sent() {
    let (url, requests) = stubborn(answer("200 OK", "", "{}")).await;
    let (mut two, mut renewed) = (order(), order());
    two.subscription_num = Some(2);
    renewed.is_auto_renew = Some(2);
    for (body, field) in [(two, "subscription_num"), (renewed, "is_auto_renew")] {
        let error = eager_client(&url).create_db_om_instance_period(body).send().await.unwrap_err();
        assert!(error.is_invalid_request() && error.violations()[0].field() == field, "{error}");
    }
    let error = eager_client(&url).start_db_om_instance("short").send().await.unwrap_err();
    assert_eq!(error.violations()[0].field(), "instance_id", "{error}");
    assert_eq!(requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_password_of_an_order_is_not_told() {
    let client = client_of("400 Bad Request", r#"{"error_msg": "bad hx_password the-front-password"}"#).await;
    let error = ordered(&client).await;
    assert!(!format!("{error} {error:?} {:?}", order()).contains("the-front-password"), "{error}");
}

/// A list of instances with these names; their ids are their places.
fn list_of(names: &[&str], status: &str) -> Vec<u8> {
    let server = serde_json::json!([{"status": status, "task_status": "NO_TASK"}]);
    let row = |(place, name): (usize, &&str)| serde_json::json!({"name": name, "instance_id": format!("i{place}"), "detail": {"server": server}});
    let rows: Vec<_> = names.iter().enumerate().map(row).collect();
    answer("200 OK", "", &serde_json::json!({"clusters": rows}).to_string())
}

#[tokio::test]
async fn an_instance_is_found_by_its_name() {
    let (url, _) = stubborn(list_of(&["om", "om-2", "OM", "om-2"], "ACTIVE")).await;
    let client = dbss_at(&url);
    assert_eq!(client.find_instance("om").await.unwrap().instance_id.as_deref(), Some("i0"));
    assert!(client.find_instance("om-1").await.unwrap_err().is_no_match());
    let several = client.find_instance("om-2").await.unwrap_err();
    assert!(several.is_ambiguous() && several.to_string().contains("i1, i3"), "{several}");
    let (empty, _) = stubborn(answer("200 OK", "", r#"{"clusters": null}"#)).await;
    assert!(dbss_at(&empty).find_instance("om").await.unwrap_err().is_no_match());
}

#[tokio::test]
async fn a_wait_ends_with_the_state_or_says_what_it_saw() {
    let states = ["ACTIVE", "powering-off", "SHUTOFF"];
    let looks = AtomicU32::new(0);
    let url =
        served(move |_| list_of(&["om"], states[looks.fetch_add(1, Ordering::SeqCst).min(2) as usize])).await;
    let clock = Runtime::fixed(1_768_465_800_000, 1);
    let client = |url: &str| {
        let builder = Client::builder().base_url(url).iam_url(url).runtime(clock.clone());
        let builder = builder.credentials(huawei::Credentials::access_key("ak", "the-secret-key"));
        builder.project_id("0123456789abcdef0123456789abcdef").build().unwrap()
    };
    let wait = async |operation: &str, id: &str| {
        let operation = huawei::dbss_v2::OPERATIONS.iter().find(|o| o.id == operation).unwrap();
        let token = Token::new(operation, [("instance_id", id)]);
        client(&url).resume(token).wait(&Wait::default()).await
    };
    let off = wait("StopDbOmInstance", "i0").await.unwrap();
    assert!(format!("{:?}", *off).contains("\"om\""), "{off:?}");
    let none = wait("StartDbOmInstance", "i1").await.unwrap_err();
    assert!(none.is_accepted() && none.to_string().contains("the instance i1 is unknown"), "{none}");
    let error = wait("StartDbOmInstance", "i0").await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("the last state was SHUTOFF"), "{error}");
    assert!(wait("DeleteDbOmInstance", "i1").await.is_ok(), "it is not there any more");
}

#[tokio::test]
async fn an_instance_of_the_fake_cloud_is_stopped_started_and_renamed() {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    let client = support::dbss(&cloud, support::password(support::service(&cloud, "huawei-dbss-v2").1));
    let wait = Wait::default().pauses(Duration::ZERO, Duration::ZERO);
    let stopped = client.stop_db_om_instance(ID).send_and_wait(&wait).await.unwrap();
    assert_eq!(stopped.resource_id(), Some(ID));
    let error = client.stop_db_om_instance(ID).send().await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(400), Some("DBSS.10020131")), "{error}");
    client.start_db_om_instance(ID).send_and_wait(&wait).await.unwrap();
    let address = BindEipRequest::new("100.85.120.67", "e1");
    let error = client.bind_db_om_eip(ID, address).send().await.unwrap_err();
    assert_eq!(
        (error.status(), error.message()),
        (Some(200), Some("`result` of the response is \"failed\"")),
        "{error}"
    );
    client.update_db_om_instance_name(ID, ChangeNameRequest::new("renamed")).send().await.unwrap();
    assert_eq!(client.find_instance("renamed").await.unwrap().instance_id.as_deref(), Some(ID));
    client.create_db_om_instance_period(order()).send().await.unwrap();
    assert!(client.find_instance("n").await.unwrap().is_active_standby.unwrap());
}
