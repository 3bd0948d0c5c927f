//! Waiting for accepted work, with a clock that moves only when something waits: pauses, limits, odd responses, ends.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dbplane::samsung::Credentials;
use dbplane::samsung::mariadb_1_0::models::{ClusterDetailResponse, ServiceState};
use dbplane::samsung::mariadb_1_0::{Client, operations::RestartCluster};
use dbplane::{Error, Outcome, Retry, Runtime, Status, Token, Wait};
use support::{answer, served};

const START: i64 = 1_768_465_800_000;

/// A service whose responses follow a script: what each poll of the request and of the cluster sees.
struct Scene {
    client: Client,
    clock: Runtime,
    polls: Arc<Mutex<HashMap<&'static str, usize>>>,
}

impl Scene {
    async fn new(requests: &'static [&'static str], clusters: &'static [&'static str]) -> Self {
        let polls = Arc::new(Mutex::new(HashMap::new()));
        let seen = Arc::clone(&polls);
        let url = served(move |request| {
            let (what, script) = match request.split(' ').nth(1).unwrap() {
                path if path.starts_with("/v1/requests/") => ("request", requests),
                path if path.ends_with("/restart") => {
                    *seen.lock().unwrap().entry("write").or_insert(0) += 1;
                    let body = r#"{"request_id":"req-1","resource":{"id":"c1"}}"#;
                    return answer("202 Accepted", "", body);
                }
                _ => ("cluster", clusters),
            };
            let mut polls = seen.lock().unwrap();
            let poll = polls.entry(what).or_insert(0);
            let state = script[(*poll).min(script.len() - 1)];
            *poll += 1;
            reply(what, state)
        })
        .await;
        let clock = Runtime::fixed(START, 1);
        let builder = Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
        let client = builder.retry(Retry::never()).runtime(clock.clone()).build().unwrap();
        Self { client, clock, polls }
    }

    fn restart(&self) -> RestartCluster {
        self.client.restart_cluster("c1")
    }

    fn polls(&self, what: &str) -> usize {
        self.polls.lock().unwrap().get(what).copied().unwrap_or(0)
    }

    fn passed(&self) -> Duration {
        Duration::from_millis((self.clock.unix_millis() - START).try_into().unwrap())
    }
}

fn reply(what: &str, state: &str) -> Vec<u8> {
    match state {
        "404" => answer("404 Not Found", "", r#"{"errors":[{"code":"NotFound"}]}"#),
        "500" => answer("500 Internal Server Error", "", "{}"),
        "408" => answer("408 Request Timeout", "", ""),
        "429" => answer("429 Too Many Requests", "Retry-After: 100\r\n", ""),
        "403" => answer("403 Forbidden", "", r#"{"errors":[{"code":"Forbidden"}]}"#),
        "400" => answer("400 Bad Request", "", r#"{"errors":[{"code":"ValidationError"}]}"#),
        "html" => answer("200 OK", "", "<html>maintenance</html>"),
        "empty" => answer("200 OK", "", ""),
        "cut" => answer("200 OK", "", r#"{"request_id": "req"#),
        "lost" => Vec::new(),
        state if what == "request" => {
            answer("200 OK", "", &format!(r#"{{"request_id":"req-1","state":"{state}"}}"#))
        }
        state => answer("200 OK", "", &cluster(state)),
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
) -> Result<Outcome<ClusterDetailResponse>, Error> {
    Scene::new(requests, clusters).await.restart().send_and_wait(&Wait::default()).await
}

/// What holds for every error after the service accepted the write.
fn assert_accepted(error: &Error) {
    assert!(error.is_accepted() && error.may_have_taken_effect(), "{error:?}");
    assert_eq!(
        (error.operation().map(|o| o.id), error.request_id()),
        (Some("RestartCluster"), Some("req-1"))
    );
    assert_eq!(error.accepted().and_then(|token| token.id("cluster_id")), Some("c1"), "{error:?}");
    assert!(!error.is_throttled() && !error.is_auth() && !error.is_invalid_request(), "{error:?}");
}

#[tokio::test]
async fn the_request_is_followed_then_the_cluster_and_the_cluster_is_the_result() {
    let scene =
        Scene::new(&["REQUESTING", "RUNNING", "COMPLETED"], &["RESTARTING", "NEW_WORD", "RUNNING"]).await;
    let outcome = scene.restart().send_and_wait(&Wait::default()).await.unwrap();
    assert_eq!(outcome.service_state, ServiceState::Running);
    assert_eq!((outcome.request_id(), outcome.resource_id()), (Some("req-1"), Some("c1")));
    assert_eq!((scene.polls("request"), scene.polls("cluster"), scene.polls("write")), (3, 3, 1));
    // 2 s, 3 s, 4.5 s for the request; none, 3 s and 4.5 s for the cluster; four fifths of it at least.
    assert!(scene.passed() > Duration::from_secs(13) && scene.passed() <= Duration::from_secs(18));
}

#[tokio::test]
async fn pauses_grow_up_to_the_advice_of_the_vendor() {
    let scene = Scene::new(&["STARTING"], &["RUNNING"]).await;
    let error = scene.restart().send_and_wait(&Wait::default().timeout(Duration::from_secs(630))).await;
    assert!(error.unwrap_err().is_timeout());
    let polls = scene.polls("request");
    assert!((20..40).contains(&polls), "{polls} polls in 630 s, 30 s apart at last");
}

#[tokio::test]
async fn bad_ends_are_errors_that_say_how_it_ended() {
    assert_eq!(outcome(&["SKIPPED"], &["RUNNING"]).await.unwrap().service_state, ServiceState::Running);
    for (requests, clusters, text) in [
        (&["STARTING", "FAILED"][..], &["RUNNING"][..], "the request req-1 ended in the state FAILED"),
        (&["COMPLETED"], &["EDITING", "ERROR"], "the cluster c1 ended in the state ERROR"),
        (&["COMPLETED"], &["UNKNOWN"], "state UNKNOWN"),
        (&["COMPLETED"], &["RESTARTING", "404"], "the cluster c1 no longer exists"),
        (&["COMPLETED"], &["RESTARTING", "TERMINATED"], "the cluster c1 no longer exists"),
    ] {
        let error = outcome(requests, clusters).await.unwrap_err();
        assert_accepted(&error);
        assert!(error.is_operation_failed() && error.to_string().contains(text), "{error}");
    }
}

#[tokio::test]
async fn polls_that_get_no_state_are_repeated_within_the_wait() {
    for odd in ["500", "408", "429", "html", "empty", "cut", "lost"] {
        let odds: &'static [&'static str] = vec![odd, odd, odd, odd, odd, "COMPLETED"].leak();
        let scene = Scene::new(odds, &["RUNNING"]).await;
        let done = scene.restart().send_and_wait(&Wait::default()).await;
        assert_eq!(done.unwrap().service_state, ServiceState::Running, "{odd}");
        assert!(
            odd != "429" || scene.passed() > Duration::from_secs(500),
            "Retry-After counts: {:?}",
            scene.passed()
        );
    }
    // A service that never answers anything else is no reason to wait for two hours.
    let scene = Scene::new(&["STARTING", "html"], &["RUNNING"]).await;
    let error = scene.restart().send_and_wait(&Wait::default()).await.unwrap_err();
    assert_accepted(&error);
    assert!(error.to_string().contains("the last state was STARTING"), "{error}");
    assert_eq!(scene.polls("request"), 11);
}

#[tokio::test]
async fn a_poll_that_is_refused_ends_the_wait_and_hides_nothing() {
    let scene = Scene::new(&["403"], &["RUNNING"]).await;
    let error = scene.restart().send_and_wait(&Wait::default()).await.unwrap_err();
    assert_accepted(&error);
    let cause = error.source().unwrap().downcast_ref::<Error>().unwrap();
    assert!(cause.is_forbidden() && cause.operation().unwrap().id == "ShowRequest", "{cause}");
    assert!(!error.to_string().contains("403"), "the cause is told once: {error}");
    assert_eq!((scene.polls("request"), scene.polls("write")), (1, 1));
}

#[tokio::test]
async fn an_id_that_was_never_known_is_an_error_within_30_seconds() {
    for unknown in ["404", "400"] {
        let scene = Scene::new(vec![unknown].leak(), &["RUNNING"]).await;
        let error = scene.restart().send_and_wait(&Wait::default()).await.unwrap_err();
        assert_accepted(&error);
        assert!(error.to_string().contains("the request req-1 is unknown to the service"), "{error}");
        assert!(scene.passed() <= Duration::from_secs(30), "{:?}", scene.passed());
    }
    assert!(outcome(&["404", "404", "STARTING", "COMPLETED"], &["RUNNING"]).await.is_ok());
}

#[tokio::test]
async fn a_wait_ends_in_time_and_tells_the_last_state() {
    let scene = Scene::new(&["COMPLETED"], &["MIGRATING"]).await;
    let wait = Wait::default().timeout(Duration::from_secs(600));
    let error = scene.restart().send_and_wait(&wait).await.unwrap_err();
    assert_accepted(&error);
    assert!(error.is_timeout() && error.to_string().contains("the last state was MIGRATING"), "{error}");
    assert!(scene.passed() <= Duration::from_secs(600) && scene.passed() > Duration::from_secs(540));
}

#[tokio::test]
async fn a_clock_that_somebody_moves_neither_ends_nor_lengthens_a_wait() {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    for jump in [-DAY, DAY] {
        let scene = Scene::new(&["STARTING"], &["RUNNING"]).await;
        let accepted = scene.restart().start().await.unwrap();
        let mut states = accepted.states(&Wait::default().timeout(Duration::from_secs(120)));
        states.try_next().await.unwrap();
        scene.clock.set_unix_millis(START + jump);
        let error = loop {
            if let Err(error) = states.try_next().await {
                break error;
            }
        };
        assert!(error.is_timeout(), "{error}");
        let after = scene.clock.unix_millis() - START - jump;
        assert!((60_000..120_000).contains(&after), "{after} ms after a jump of {jump}");
    }
}

#[tokio::test]
async fn work_goes_on_from_its_token_and_shows_its_states_since_when() {
    let scene = Scene::new(&["STARTING", "STARTING", "COMPLETED"], &["RESTARTING", "RUNNING"]).await;
    let line = scene.restart().start().await.unwrap().token().to_string();
    let token: Token = line.parse().unwrap();
    assert_eq!((token.vendor(), token.operation()), ("samsung", "RestartCluster"));
    let resumed = scene.client.resume(token);
    assert_eq!((resumed.request_id(), resumed.resource_id()), (Some("req-1"), Some("c1")));
    let wait = Wait::default().pauses(Duration::from_secs(1), Duration::from_secs(1));
    let mut states = resumed.states(&wait);
    let mut seen = Vec::new();
    while let Some(status) = states.try_next().await.unwrap() {
        match status {
            Status::InProgress { state, percent: None, since, .. } => seen.push((state, since)),
            Status::Done(outcome) => {
                assert!(format!("{:?}", *outcome).starts_with("Cluster("), "{outcome:?}")
            }
            other => panic!("{other:?}"),
        }
    }
    let words: Vec<_> = seen.iter().map(|(state, _)| state.as_str()).collect();
    assert_eq!(words, ["STARTING", "STARTING", "RESTARTING"]);
    assert_eq!(seen[0].1, seen[1].1, "the same state since the same moment");
    assert!(states.try_next().await.unwrap().is_none());
    assert_eq!(scene.polls("write"), 1);
}

#[tokio::test]
async fn a_token_of_another_service_is_refused() {
    let scene = Scene::new(&["COMPLETED"], &["RUNNING"]).await;
    let token = scene.restart().start().await.unwrap().token().to_string().replace("-1.0", "-1.3");
    let resumed = scene.client.resume(token.parse().unwrap());
    let error = resumed.wait(&Wait::default()).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("samsung-mariadb-1.3"), "{error}");
    assert_eq!(scene.polls("request"), 0);
}

#[tokio::test]
async fn a_response_without_the_ids_is_an_error_that_may_have_taken_effect() {
    let url = served(|_| answer("202 Accepted", "", "{}")).await;
    let builder = Client::builder().base_url(url).credentials(Credentials::access_key("k", "s"));
    let error = builder.build().unwrap().restart_cluster("c1").start().await.unwrap_err();
    assert!(error.is_decode() && error.may_have_taken_effect(), "{error}");
    assert!(
        error.to_string().contains("no cluster_id") || error.to_string().contains("no request_id"),
        "{error}"
    );
}

#[tokio::test]
async fn a_wait_that_is_dropped_anywhere_polls_no_more_and_loses_nothing() {
    let script = &["REQUESTING", "STARTING", "STARTING", "COMPLETED"];
    for polls in 0..60 {
        let scene = Scene::new(script, &["RESTARTING", "RUNNING"]).await;
        let accepted = scene.restart().start().await.unwrap();
        // Dropped after so many wake-ups, wherever it is then.
        let mut wait = Box::pin(accepted.wait(&Wait::default()));
        for _ in 0..polls {
            let done = tokio::time::timeout(Duration::from_millis(1), wait.as_mut()).await;
            if done.is_ok() {
                break;
            }
        }
        drop(wait);
        let before = scene.polls("request") + scene.polls("cluster");
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        let after = scene.polls("request") + scene.polls("cluster");
        assert!(after <= before + 1, "at most the request on its way arrives");
        let done = accepted.wait(&Wait::default()).await.unwrap();
        assert_eq!(done.service_state, ServiceState::Running, "dropped after {polls}");
        assert_eq!(scene.polls("write"), 1);
    }
}

#[tokio::test]
async fn a_dropped_try_next_loses_no_state() {
    let scene = Scene::new(&["REQUESTING", "STARTING", "COMPLETED"], &["RESTARTING", "RUNNING"]).await;
    let mut states = scene.restart().start().await.unwrap().states(&Wait::default());
    let mut seen = Vec::new();
    loop {
        // Biased: the other branch wins whenever the poll is not ready at once.
        let status = tokio::select! {
            biased;
            status = states.try_next() => status.unwrap(),
            () = tokio::task::yield_now() => continue,
        };
        match status {
            Some(Status::InProgress { state, .. }) => seen.push(state),
            Some(_) => seen.push("done".to_owned()),
            None => break,
        }
    }
    assert_eq!(seen, ["REQUESTING", "STARTING", "RESTARTING", "done"]);
}
