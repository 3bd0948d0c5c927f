//! Prepaid instances of TaurusDB: a write that is answered with an order instead of a job is accepted, its order is
//! never lost, and it is followed in the list of jobs. The clock moves only when something waits.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::huawei::taurusdb_v3::{Client, OPERATIONS, models::*};
use dbplane::{Runtime, Token, Wait, huawei};
use dbplane_fake_cloud::FakeCloud;
use dbplane_fake_cloud::faults::{Fault, Rule};
use serde_json::{Value, json};
use support::{answer, served, service, taurusdb_at};

const NOW: i64 = 1_768_465_800_000;
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";

fn prepaid() -> CreateInstanceRequest {
    let charge = ChargeInfoRequest::new(ChargeMode::PrePaid).period_num(1).is_auto_pay(BooleanText::True);
    CreateInstanceRequest::new()
        .name("shop")
        .password("example-Passw0rd")
        .region("cn-north-4")
        .mode(InstanceMode::Cluster)
        .datastore(DatastoreRequest::new("gaussdb-mysql", "8.0"))
        .flavor_ref("gaussdb.mysql.large.x86.4")
        .slave_count(1)
        .availability_zone_mode("single")
        .vpc_id("3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b")
        .subnet_id("5b2c7a10-1f2e-4c3d-8b4a-9c8d7e6f5a4b")
        .charge_info(charge.period_type(PeriodType::Month))
        .backup_strategy(BackupStrategy::new("17:00-18:00"))
}

fn client(cloud: &FakeCloud) -> Client {
    let (url, keys) = service(cloud, "huawei-taurusdb-v3");
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = Client::builder().base_url(url).credentials(credentials).runtime(Runtime::fixed(NOW, 1));
    builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap()
}

fn is_order(token: &Token) {
    let order = token.id("order_id").unwrap();
    assert!(order.starts_with("CS") && token.id("job_id").is_none(), "{token}");
    assert_eq!(token.request_id(), Some(order));
}

#[tokio::test]
async fn an_order_is_followed_to_the_instance_and_so_are_the_orders_that_change_it() {
    let cloud = FakeCloud::builder().now(NOW).pace(Duration::ZERO).start().await.unwrap();
    let (client, wait) = (client(&cloud), Wait::default());
    let made = client.create_instance(prepaid()).send_and_wait(&wait).await.unwrap();
    is_order(made.token());
    assert_eq!(made.resource_id(), Some(made.id.as_str()));
    let id = made.id.as_str();

    let larger = client.expand_instance_volume(id, ExpandInstanceVolumeRequest::new(200));
    let larger = larger.send_and_wait(&wait).await.unwrap();
    is_order(larger.token());
    assert_eq!(larger.nodes[0].volume.as_ref().unwrap().size, 200);
    let replicas = CreateReadonlyNodeRequest::new([1, 2]);
    let replicas = client.create_readonly_node(id, replicas).send_and_wait(&wait).await.unwrap();
    is_order(replicas.token());
    let priorities: Vec<_> = replicas.iter().map(|node| node.priority).collect();
    assert_eq!(priorities, [Some(1), Some(2)], "the new nodes, and no others");

    let gone = client.delete_instance(id).send_and_wait(&wait).await.unwrap();
    is_order(gone.token());
}

#[tokio::test]
async fn an_order_that_comes_to_nothing_is_an_error_that_names_it() {
    let fails =
        Rule::new(Fault::FailedWork).service("huawei-taurusdb-v3").operation("CreateGaussMySqlInstance");
    let builder = FakeCloud::builder().now(NOW).pace(Duration::ZERO).faults([fails]);
    let cloud = builder.start().await.unwrap();
    let error = client(&cloud).create_instance(prepaid()).send_and_wait(&Wait::default()).await.unwrap_err();
    let token = error.accepted().unwrap();
    is_order(token);
    assert!(error.is_operation_failed(), "{error}");
    let text = format!("the order {} ended in the state Failed", token.id("order_id").unwrap());
    assert!(error.to_string().contains(&text), "{error}");
}

#[tokio::test]
async fn an_order_that_nobody_paid_says_what_to_do() {
    let cloud = FakeCloud::builder().now(NOW).start().await.unwrap();
    let client = client(&cloud);
    let charge = ChargeInfoRequest::new(ChargeMode::PrePaid).is_auto_pay(BooleanText::False);
    let error = client.create_instance(prepaid().charge_info(charge)).send_and_wait(&Wait::default()).await;
    let error = error.unwrap_err();
    is_order(error.accepted().unwrap());
    let text = error.to_string();
    assert!(
        text.contains(" is unknown to the service after 28 s: an order has no job until it is paid"),
        "{text}"
    );
    assert!(text.contains("pay it in the console, then resume from the token"), "{text}");
    assert!(client.find_instance("shop").await.unwrap_err().is_no_match());
    let expand = ExpandInstanceVolumeRequest::new(200).is_auto_pay(BooleanText::False);
    let order = client.expand_instance_volume(INSTANCE, expand).start().await.unwrap();
    is_order(order.token());
    let free = client.restart_instance(INSTANCE, RestartRequest::new()).start().await;
    assert!(free.is_ok(), "what is not paid occupies nothing: {free:?}");
}

#[tokio::test]
async fn an_order_without_anything_to_wait_for_is_accepted_and_kept() {
    let url = served(|_| answer("200 OK", "", r#"{"order_id":"CS7"}"#)).await;
    let client = taurusdb_at(&url, &Runtime::fixed(NOW, 1));
    let error = client.create_instance(prepaid()).start().await.unwrap_err();
    assert!(error.is_accepted() && error.may_have_taken_effect() && error.is_decode(), "{error}");
    assert_eq!(error.accepted().unwrap().id("order_id"), Some("CS7"));
    assert_eq!(error.request_id(), Some("CS7"));
    assert!(error.to_string().contains("has no instance_id beside order_id CS7"), "{error}");
}

/// An instance with an order, behind a list of jobs that is read page by page.
async fn listed(jobs: Vec<Value>) -> (Client, Runtime, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let url = served(move |request| {
        let path = request.split(' ').nth(1).unwrap();
        let Some((_, query)) = path.split_once("/immediate-jobs?") else {
            let instance = json!({"id": INSTANCE, "name": "orders", "project_id": "p1", "status": "normal"});
            return answer("200 OK", "", &json!({"instance": instance}).to_string());
        };
        seen.lock().unwrap().push(query.to_owned());
        let number = |name: &str| {
            let value = query.split('&').find_map(|pair| pair.strip_prefix(name));
            value.unwrap().parse::<usize>().unwrap()
        };
        let rows: Vec<&Value> = jobs.iter().skip(number("offset=")).take(number("limit=")).collect();
        answer("200 OK", "", &json!({"jobs": rows, "total_count": jobs.len()}).to_string())
    });
    let clock = Runtime::fixed(NOW, 1);
    (taurusdb_at(&url.await, &clock), clock, asked)
}

fn job(number: usize, status: &str) -> Value {
    json!({"job_id": format!("j{number}"), "order_id": format!("CS{number}"), "status": status})
}

fn token(order: &str) -> Token {
    let expand = OPERATIONS.iter().find(|o| o.id == "ExpandGaussMySqlInstanceVolume").unwrap();
    Token::new(expand, [("order_id", order), ("instance_id", INSTANCE)])
}

#[tokio::test]
async fn a_poll_reads_the_pages_of_a_list_until_its_row_is_found() {
    let jobs = (0..45).map(|number| job(number, "Completed")).collect();
    let (client, _, asked) = listed(jobs).await;
    client.resume(token("CS25")).wait(&Wait::default()).await.unwrap();
    assert_eq!(
        *asked.lock().unwrap(),
        ["offset=0&limit=10", "offset=10&limit=10", "offset=20&limit=10"],
        "not the pages after it"
    );
}

#[tokio::test]
async fn an_order_that_nobody_pays_is_unknown_after_half_a_minute_and_its_token_waits_on() {
    let (client, clock, _) = listed((0..15).map(|number| job(number, "Completed")).collect()).await;
    let error = client.resume(token("CS99")).wait(&Wait::default()).await.unwrap_err();
    assert!(error.to_string().contains("the order CS99 is unknown to the service after"), "{error}");
    assert!(clock.unix_millis() - NOW <= 30_000);
    assert_eq!(error.accepted(), Some(&token("CS99")));
}
