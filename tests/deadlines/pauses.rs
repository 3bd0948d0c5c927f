//! Pauses and budgets, on a clock that moves when something waits.

use std::time::Duration;

use dbplane::{CallOptions, Error, Retry, RetryBudget, Runtime, huawei, samsung};

use super::stage::{Act, Stage};
use super::{PROJECT, TYPES, said};
use crate::support::answer;

const START: i64 = 1_768_465_800_000; // Thu, 15 Jan 2026 08:30:00 GMT
const DATE: &str = "Date: Thu, 15 Jan 2026 08:30:00 GMT\r\n";

/// What a client has of its own, here.
#[derive(Default)]
struct Patience {
    timeout: Option<Duration>,
    retry: Retry,
    budget: RetryBudget,
}

fn mariadb(url: &str, clock: &Runtime) -> samsung::mariadb_1_0::Client {
    patient(url, clock, Patience::default())
}

fn patient(url: &str, clock: &Runtime, patience: Patience) -> samsung::mariadb_1_0::Client {
    let credentials = samsung::Credentials::access_key("key", "secret");
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    let builder = builder.runtime(clock.clone()).retry(patience.retry).retry_budget(patience.budget);
    let builder = patience.timeout.into_iter().fold(builder, |builder, limit| builder.call_timeout(limit));
    builder.build().unwrap()
}

fn a_minute() -> Patience {
    Patience { timeout: Some(Duration::from_secs(60)), ..Patience::default() }
}

fn passed(clock: &Runtime, start: i64) -> Duration {
    Duration::from_millis((clock.unix_millis() - start).try_into().unwrap())
}

/// A server that holds the first request back, in these words.
async fn holding_back(headers: &'static str) -> Stage {
    Stage::new(move |_, number| match number {
        0 => Act::Say(answer("503 Busy", headers, "{}")),
        _ => said(TYPES),
    })
    .await
}

#[tokio::test]
async fn retry_after_is_honoured_in_seconds_and_as_a_date_of_any_form() {
    for (headers, seconds) in [
        ("Retry-After: 17\r\n", 17),
        ("Retry-After:  17 \r\n", 17),
        ("Retry-After: Thu, 15 Jan 2026 08:30:42 GMT\r\n", 42),
        ("Retry-After: Thursday, 15-Jan-26 08:30:42 GMT\r\n", 42),
        ("Retry-After: Thu Jan 15 08:30:42 2026\r\n", 42),
        ("Retry-After: Thu, 15 Jan 2026 08:00:00 GMT\r\n", 0), // over already
        ("Retry-After: 1.5\r\n", 2),
        ("Retry-After: 0\r\n", 0),
    ] {
        let (stage, clock) = (holding_back(headers).await, Runtime::fixed(START, 5));
        let client = mariadb(&stage.url, &clock);
        // A write that may not be repeated, but was held back.
        assert!(client.restart_cluster("c1").send().await.unwrap_err().is_decode());
        let (waited, asked) = (passed(&clock, START), Duration::from_secs(seconds));
        assert!(asked <= waited && waited < asked.max(Duration::from_millis(500)) + Duration::from_millis(1));
        assert_eq!(stage.requests(), 2, "{headers}");
    }
}

#[tokio::test]
async fn a_date_is_read_by_the_clock_of_the_service_that_wrote_it() {
    for wrong in [-3_600_000, 3_600_000] {
        let stage = Stage::new(|_, number| match number {
            0 => {
                let until = "Retry-After: Thu, 15 Jan 2026 08:30:42 GMT\r\n";
                Act::Say(answer("503 Busy", &format!("{DATE}{until}"), "{}"))
            }
            _ => said(TYPES),
        })
        .await;
        let clock = Runtime::fixed(START + wrong, 5);
        mariadb(&stage.url, &clock).list_server_types().send().await.unwrap();
        // Services write whole seconds.
        let waited = passed(&clock, START + wrong).as_secs();
        assert!((41..=42).contains(&waited), "our clock is {wrong} ms off, and {waited} s passed");
    }
}

/// The service asks for a wait, of a length that nobody understands.
#[tokio::test]
async fn what_can_not_be_read_is_a_wait_all_the_same() {
    for headers in ["Retry-After: soon\r\n", "Retry-After: -1\r\n", "Retry-After: \r\n"] {
        let (stage, clock) = (holding_back(headers).await, Runtime::fixed(START, 5));
        mariadb(&stage.url, &clock).list_server_types().send().await.unwrap();
        assert_eq!((passed(&clock, START).as_secs(), stage.requests()), (20, 2), "{headers}");
        // It does not say that the service did nothing.
        let (stage, clock) = (holding_back(headers).await, Runtime::fixed(START, 5));
        let error = mariadb(&stage.url, &clock).restart_cluster("c1").send().await.unwrap_err();
        assert_eq!((error.status(), stage.requests()), (Some(503), 1), "{headers}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(20)), "{headers}");
        assert!(error.may_have_taken_effect(), "a 503 like any other: {error}");
    }
}

#[tokio::test]
async fn more_than_the_time_that_is_left_is_not_waited_for() {
    for headers in ["Retry-After: 61\r\n", "Retry-After: Thu, 15 Jan 2026 08:31:01 GMT\r\n"] {
        let (stage, clock) = (holding_back(headers).await, Runtime::fixed(START, 5));
        let client = patient(&stage.url, &clock, a_minute());
        let error = client.list_server_types().send().await.unwrap_err();
        assert!(error.is_server() && error.to_string().contains("the deadline would be exceeded"), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(61)), "the caller can wait");
        assert_eq!((stage.requests(), passed(&clock, START)), (1, Duration::ZERO));
    }
    let (stage, clock) = (holding_back("Retry-After: 61\r\n").await, Runtime::fixed(START, 5));
    let client = patient(&stage.url, &clock, a_minute());
    let patient = CallOptions::new().timeout(Duration::from_secs(62));
    client.list_server_types().with_options(patient).send().await.unwrap();
}

#[tokio::test]
async fn no_second_that_a_service_can_write_breaks_anything() {
    let headers = "Retry-After: 18446744073709551615\r\n";
    let (stage, clock) = (holding_back(headers).await, Runtime::fixed(START, 5));
    let error = mariadb(&stage.url, &clock).list_server_types().send().await.unwrap_err();
    assert!(error.is_server() && stage.requests() == 1, "{error}");
}

async fn failing() -> Stage {
    Stage::new(|_, _| Act::Say(answer("500 Internal Server Error", "", "{}"))).await
}

#[tokio::test]
async fn one_call_can_be_repeated_more_or_less_often_than_its_client_says() {
    let (stage, clock) = (failing().await, Runtime::fixed(START, 5));
    let client =
        patient(&stage.url, &clock, Patience { retry: Retry::default().attempts(4), ..Patience::default() });
    let mut before = 0;
    for (retry, requests) in
        [(None, 4), (Some(Retry::never()), 1), (Some(Retry::default().attempts(6)), 6), (None, 4)]
    {
        let options = retry.into_iter().fold(CallOptions::new(), CallOptions::retry);
        let error = client.list_server_types().with_options(options).send().await.unwrap_err();
        assert_eq!((error.requests_sent() as usize, stage.requests() - before), (requests, requests));
        before = stage.requests();
    }
}

#[tokio::test]
async fn a_budget_is_shared_by_clones_and_by_clients() {
    let (stage, clock) = (failing().await, Runtime::fixed(START, 5));
    let budget = RetryBudget::new(25); // five repeats
    let url = stage.url.as_str();
    let first = patient(url, &clock, Patience { budget: budget.clone(), ..Patience::default() });
    let keys = huawei::Credentials::access_key("key", "secret");
    let builder = huawei::dbss_v2::Client::builder().base_url(url).iam_url(url).project_id(PROJECT);
    let other = builder.credentials(keys).runtime(clock).retry_budget(budget).build().unwrap();
    let attempts = |error: Error| (error.requests_sent(), error.to_string().contains("budget is used up"));
    let clone = first.clone();
    assert_eq!(attempts(first.list_server_types().send().await.unwrap_err()), (3, false));
    assert_eq!(attempts(clone.list_server_types().send().await.unwrap_err()), (3, false));
    assert_eq!(attempts(other.list_db_om_instances().send().await.unwrap_err()), (2, true));
    for _ in 0..10 {
        assert_eq!(attempts(first.list_server_types().send().await.unwrap_err()), (1, true));
    }
    assert_eq!(stage.requests(), 3 + 3 + 2 + 10, "an outage is not multiplied");
}

#[tokio::test]
async fn good_calls_fill_the_budget_again() {
    let stage = Stage::new(|request, _| match request.contains("/v1/server-types") {
        true => said(TYPES),
        false => Act::Say(answer("500 Internal Server Error", "", "{}")),
    })
    .await;
    let clock = Runtime::fixed(START, 5);
    let client =
        patient(&stage.url, &clock, Patience { budget: RetryBudget::new(10), ..Patience::default() });
    let attempts = async || client.show_cluster("c1").send().await.unwrap_err().requests_sent();
    assert_eq!((attempts().await, attempts().await), (3, 1));
    for _ in 0..5 {
        client.list_server_types().send().await.unwrap();
    }
    assert_eq!((attempts().await, attempts().await), (2, 1));
}
