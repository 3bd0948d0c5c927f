//! Waiting for accepted work, with a clock that moves only when something waits.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::samsung::mariadb_1_0::{Client, operations::RestartCluster};
use dbplane::samsung::{Credentials, Outcome};
use dbplane::{Error, Retry, Runtime, Status, Wait};
use support::{answer, served};

const START: i64 = 1_768_465_800_000;

/// A service whose answers follow a script: what each look at the request and at the cluster sees.
struct Scene {
    client: Client,
    clock: Runtime,
    looks: Arc<Mutex<HashMap<&'static str, usize>>>,
}

impl Scene {
    async fn new(requests: &'static [&'static str], clusters: &'static [&'static str]) -> Self {
        let looks = Arc::new(Mutex::new(HashMap::new()));
        let seen = Arc::clone(&looks);
        let url = served(move |request| {
            let (what, script) = match request.split(' ').nth(1).unwrap() {
                path if path.starts_with("/v1/requests/") => ("request", requests),
                path if path.ends_with("/restart") => {
                    let body = r#"{"request_id":"req-1","resource":{"id":"c1"}}"#;
                    return answer("202 Accepted", "", body);
                }
                _ => ("cluster", clusters),
            };
            let mut looks = seen.lock().unwrap();
            let look = looks.entry(what).or_insert(0);
            let state = script[(*look).min(script.len() - 1)];
            *look += 1;
            match state {
                "404" => answer("404 Not Found", "", r#"{"errors":[{"code":"NotFound"}]}"#),
                "500" => answer("500 Internal Server Error", "", "{}"),
                "400" => answer("400 Bad Request", "", r#"{"errors":[{"code":"ValidationError"}]}"#),
                state if what == "request" => {
                    answer("200 OK", "", &format!(r#"{{"request_id":"req-1","state":"{state}"}}"#))
                }
                state => answer("200 OK", "", &cluster(state)),
            }
        })
        .await;
        let clock = Runtime::fixed(START, 1);
        let builder = Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
        let client = builder.retry(Retry::never()).runtime(clock.clone()).build().unwrap();
        Self { client, clock, looks }
    }

    fn restart(&self) -> RestartCluster {
        self.client.restart_cluster("c1")
    }

    fn looks(&self, what: &str) -> usize {
        self.looks.lock().unwrap().get(what).copied().unwrap_or(0)
    }

    fn passed(&self) -> Duration {
        Duration::from_millis((self.clock.unix_millis() - START).try_into().unwrap())
    }
}

/// The spec's own example of a cluster, in another state.
fn cluster(state: &str) -> String {
    let text = include_str!("examples/samsung-mariadb-1.0/ShowCluster.response.json");
    let mut cluster: serde_json::Value = serde_json::from_str(text).unwrap();
    cluster["service_state"] = state.into();
    cluster["instance_groups"] = serde_json::json!([]);
    cluster.to_string()
}

async fn outcome(
    requests: &'static [&'static str],
    clusters: &'static [&'static str],
) -> Result<Outcome, Error> {
    Scene::new(requests, clusters).await.restart().send_and_wait(&Wait::default()).await
}

#[tokio::test]
async fn the_request_is_followed_and_then_the_cluster() {
    let scene =
        Scene::new(&["REQUESTING", "RUNNING", "COMPLETED"], &["RESTARTING", "NEW_WORD", "RUNNING"]).await;
    let outcome = scene.restart().send_and_wait(&Wait::default()).await.unwrap();
    assert_eq!(outcome, Outcome::Running);
    assert_eq!((scene.looks("request"), scene.looks("cluster")), (3, 3));
    let passed = scene.passed();
    assert!(passed > Duration::from_secs(8 + 12 + 18) && passed < Duration::from_secs(180), "{passed:?}");
}

#[tokio::test]
async fn ends_are_told_apart() {
    assert_eq!(outcome(&["COMPLETED"], &["STOPPED"]).await.unwrap(), Outcome::Stopped);
    assert_eq!(outcome(&["SKIPPED"], &["RUNNING"]).await.unwrap(), Outcome::Running);
    assert_eq!(outcome(&["COMPLETED"], &["TERMINATING", "404"]).await.unwrap(), Outcome::Gone);
    assert_eq!(outcome(&["COMPLETED"], &["TERMINATED"]).await.unwrap(), Outcome::Gone);
    for (requests, clusters, word) in [
        (&["STARTING", "FAILED"][..], &["RUNNING"][..], "request req-1 ended in the state FAILED"),
        (&["COMPLETED"], &["EDITING", "ERROR"], "cluster c1 ended in the state ERROR"),
        (&["COMPLETED"], &["FAILED"], "state FAILED"),
        (&["COMPLETED"], &["UNKNOWN"], "state UNKNOWN"),
    ] {
        let error = outcome(requests, clusters).await.unwrap_err();
        assert!(error.is_operation_failed() && error.to_string().contains(word), "{error}");
    }
}

#[tokio::test]
async fn failed_looks_are_forgiven_for_a_while_and_a_refusal_is_not() {
    for (requests, clusters) in [
        (&["500", "500", "500", "COMPLETED"][..], &["RUNNING"][..]),
        (&["COMPLETED"], &["500", "500", "500", "RUNNING"]),
    ] {
        assert_eq!(outcome(requests, clusters).await.unwrap(), Outcome::Running);
    }
    let error =
        outcome(&["STARTING", "500", "500", "500", "500", "COMPLETED"], &["RUNNING"]).await.unwrap_err();
    assert!(error.is_server() && error.to_string().contains("last state seen was STARTING"), "{error}");
    let scene = Scene::new(&["400"], &["RUNNING"]).await;
    assert_eq!(scene.restart().send_and_wait(&Wait::default()).await.unwrap_err().status(), Some(400));
    assert_eq!(scene.looks("request"), 1);
}

#[tokio::test]
async fn a_wait_ends_in_time_and_tells_the_last_state() {
    let scene = Scene::new(&["COMPLETED"], &["MIGRATING"]).await;
    let wait = Wait::default().timeout(Duration::from_secs(600));
    let error = scene.restart().send_and_wait(&wait).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("last state seen was MIGRATING"), "{error}");
    assert!(scene.passed() <= Duration::from_secs(600) && scene.passed() > Duration::from_secs(540));
}

#[tokio::test]
async fn work_goes_on_from_its_two_ids_and_shows_its_progress() {
    let scene = Scene::new(&["STARTING", "COMPLETED"], &["STARTING", "RUNNING"]).await;
    let work = scene.client.work("req-1", "c1");
    assert_eq!(work.to_string(), "request req-1 on c1");
    let mut statuses = work.statuses(&Wait::default().pauses(Duration::from_secs(1), Duration::from_secs(1)));
    let mut seen = Vec::new();
    while let Some(status) = statuses.try_next().await.unwrap() {
        seen.push(status);
    }
    let working = |state: &str| Status::InProgress { state: state.to_owned() };
    let done = Status::Done(Outcome::Running);
    assert_eq!(seen, [working("STARTING"), working("STARTING"), done]);
    assert!(statuses.try_next().await.unwrap().is_none());
    assert_eq!(scene.looks("request"), 2);
}

#[tokio::test]
async fn a_dropped_wait_looks_no_more() {
    let scene = Scene::new(&["STARTING"], &["RUNNING"]).await;
    let mut statuses = scene.client.work("req-1", "c1").statuses(&Wait::default());
    statuses.try_next().await.unwrap();
    drop(statuses);
    assert_eq!(scene.looks("request"), 1);
}
