//! TaurusDB's jobs: followed to their ends, or not there because there was nothing to do; and what is found by
//! name. The clock moves only when something waits.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::huawei::taurusdb_v3::{Client, models::*};
use dbplane::{Error, Outcome, Runtime, Status, Token, Wait};
use serde_json::json;
use support::{answer, served, taurusdb_at};

const START: i64 = 1_768_465_800_000;
const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const PROXY: &str = "fbece38953e24a2b891488ed2fdf81abpo01";

/// A service that accepts any write with `accepted`, whose job is seen as the script says, and whose proxies are
/// at a port.
struct Scene {
    client: Client,
    clock: Runtime,
    looks: Arc<AtomicUsize>,
}

impl Scene {
    async fn new(accepted: &'static str, script: &'static [&'static str], port: i32) -> Self {
        let looks = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&looks);
        let url = served(move |request| {
            let path = request.split(' ').nth(1).unwrap();
            if path.contains("/proxies?") {
                return answer("200 OK", "", &proxies(port));
            }
            if !path.ends_with("/jobs?id=job-1") {
                return answer("200 OK", "", accepted);
            }
            match script[seen.fetch_add(1, Ordering::Relaxed).min(script.len() - 1)] {
                "unknown" => answer("400 Bad Request", "", &error("DBS.200543")),
                "wrong" => answer("400 Bad Request", "", &error("DBS.280001")),
                status => answer("200 OK", "", &job(status)),
            }
        });
        let clock = Runtime::fixed(START, 1);
        Self { client: taurusdb_at(&url.await, &clock), clock, looks }
    }

    async fn change(&self) -> Result<Outcome<Proxy>, Error> {
        let change = UpdateProxyPortRequest::new(3308);
        self.client.update_proxy_port(INSTANCE, PROXY, change).send_and_wait(&Wait::default()).await
    }

    fn looks(&self) -> usize {
        self.looks.load(Ordering::Relaxed)
    }

    fn passed(&self) -> Duration {
        Duration::from_millis((self.clock.unix_millis() - START).try_into().unwrap())
    }
}

fn error(code: &str) -> String {
    json!({"error_code": code, "error_msg": "no"}).to_string()
}

fn job(status: &str) -> String {
    json!({"job": {"id": "job-1", "name": "MoveProxy", "status": status, "created": "", "process": "60%",
        "instance": {"id": INSTANCE, "name": "orders"}, "fail_reason": "the port\nis taken"}})
    .to_string()
}

fn proxies(port: i32) -> String {
    json!({"proxy_list": [
        {"proxy": {"pool_id": "another", "name": "front", "port": 3306}},
        {"proxy": {"pool_id": PROXY, "name": "back", "port": port}, "readonly_nodes": {"id": "lone"}},
    ]})
    .to_string()
}

#[tokio::test]
async fn a_job_is_followed_to_its_end_and_the_proxy_is_read_back() {
    let scene = Scene::new(r#"{"job_id":"job-1"}"#, &["Pending", "Running", "NEW", "Completed"], 3308).await;
    let proxy = scene.change().await.unwrap();
    assert_eq!((proxy.port, proxy.name.as_deref()), (Some(3308), Some("back")));
    assert_eq!((proxy.request_id(), proxy.resource_id()), (Some("job-1"), Some(PROXY)));
    assert!(!proxy.is_unchanged());
    assert_eq!(scene.looks(), 4);
    assert!(scene.passed() > Duration::from_secs(12) && scene.passed() < Duration::from_secs(18));
}

#[tokio::test]
async fn no_job_means_that_nothing_changed_where_the_spec_says_so() {
    for accepted in ["{}", r#"{"job_id":null}"#, r#"{"job_id":""}"#] {
        let scene = Scene::new(accepted, &["Failed"], 3308).await;
        let proxy = scene.change().await.unwrap();
        assert!(proxy.is_unchanged() && proxy.port == Some(3308), "{accepted}");
        assert_eq!((scene.looks(), scene.passed()), (0, Duration::ZERO));
        let restart = scene.client.restart_proxy_instance(INSTANCE, PROXY);
        let error = restart.send_and_wait(&Wait::default()).await.unwrap_err();
        assert!(error.is_decode() && error.may_have_taken_effect(), "{error}");
    }
}

#[tokio::test]
async fn a_job_that_fails_is_an_error_with_the_reason() {
    for (script, state) in [(&["Running", "Failed"][..], "Failed"), (&["Canceled"], "Canceled")] {
        let error = Scene::new(r#"{"job_id":"job-1"}"#, script, 0).await.change().await.unwrap_err();
        assert!(error.is_operation_failed() && error.is_accepted(), "{error:?}");
        let expected = format!("the job job-1 ended in the state {state}: the port is taken");
        assert!(error.to_string().contains(&expected), "{error}");
    }
}

#[tokio::test]
async fn a_new_job_may_be_unknown_for_half_a_minute_and_no_longer() {
    let accepted = r#"{"job_id":"job-1"}"#;
    let scene = Scene::new(accepted, &["unknown", "unknown", "Completed"], 0).await;
    assert!(scene.change().await.is_ok());
    let scene = Scene::new(accepted, &["unknown"], 0).await;
    let error = scene.change().await.unwrap_err();
    assert!(error.to_string().contains("the job job-1 is unknown to the service"), "{error}");
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("DBS.200543"), "{cause}");
    assert!(scene.passed() >= Duration::from_secs(25) && scene.passed() <= Duration::from_secs(30));
    let scene = Scene::new(accepted, &["wrong"], 0).await;
    let error = scene.change().await.unwrap_err();
    assert!(error.is_accepted() && error.code().is_none(), "{error}");
    assert_eq!(scene.looks(), 1);
}

#[tokio::test]
async fn waiting_goes_on_from_the_id_of_the_job_and_shows_percent() {
    let scene = Scene::new("{}", &["Running", "Completed"], 3306).await;
    let operations = dbplane::huawei::taurusdb_v3::OPERATIONS;
    let restart = operations.iter().find(|o| o.id == "RestartProxyInstance").unwrap();
    let ids = [("job_id", "job-1"), ("instance_id", INSTANCE), ("proxy_id", PROXY)];
    let mut states = scene.client.resume(Token::new(restart, ids)).states(&Wait::default());
    let Status::InProgress { state, percent, .. } = states.try_next().await.unwrap().unwrap() else {
        panic!("it is not done")
    };
    assert_eq!((state.as_str(), percent), ("Running", Some(60)));
    let Status::Done(done) = states.try_next().await.unwrap().unwrap() else { panic!("it is done") };
    assert!(format!("{:?}", *done).starts_with("Proxy("), "{done:?}");
    assert!(states.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn proxies_and_instances_are_found_by_name() {
    let scene = Scene::new("{}", &["Completed"], 3307).await;
    let found = scene.client.find_proxy(INSTANCE, "back").await.unwrap();
    assert_eq!(found.proxy.unwrap().pool_id.as_deref(), Some(PROXY));
    assert_eq!(found.readonly_nodes[0].id.as_deref(), Some("lone"), "a list of one, sent as an object");
    assert!(scene.client.find_proxy(INSTANCE, "Back").await.unwrap_err().is_no_match());

    let queries = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&queries);
    let url = served(move |request| {
        seen.lock().unwrap().push(request.split(['?', ' ']).nth(2).unwrap().to_owned());
        let row = |id: &str, name: &str| json!({"id": id, "name": name, "port": 3306});
        let rows = [row("i1", "orders"), row("i2", "bills"), row("i3", "bills")];
        answer("200 OK", "", &json!({"instances": rows, "total_count": "3"}).to_string())
    });
    let client = taurusdb_at(&url.await, &scene.clock);
    let orders = client.find_instance("orders").await.unwrap();
    assert_eq!((orders.id.as_str(), orders.port.as_deref()), ("i1", Some("3306")));
    let several = client.find_instance("bills").await.unwrap_err();
    assert!(several.is_ambiguous() && several.to_string().contains("i2, i3"), "{several}");
    assert!(client.find_instance("carts").await.unwrap_err().is_no_match());
    assert_eq!(queries.lock().unwrap()[0], "name=orders&offset=0&limit=100");
}
