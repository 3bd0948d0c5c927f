//! The fault matrix: every fault at every kind of operation of every service.
//!
//! Each cell asserts the result, the requests on the wire and what changed at the server, for a fault that goes
//! away after one attempt, after two, and never. Pauses take no time: the clock is one that moves when something
//! waits.

#![cfg(all(
    feature = "oceanbase-cloud-v2",
    feature = "huawei-taurusdb-v3",
    feature = "huawei-dbss-v2",
    feature = "huawei-iam-v3",
    feature = "samsung-mariadb-1.0"
))]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

#[path = "faults/acts.rs"]
mod acts;
#[path = "faults/cloud.rs"]
mod cloud;
#[path = "faults/rules.rs"]
mod rules;
#[path = "faults/services.rs"]
mod services;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;

use cloud::{Cloud, Script};
use dbplane::{CallOptions, Error, Runtime, Transport};
use rules::{Expected, FAILURES, Fault, Kind, RETRY_AFTER, expected};
use services::{Outcome, Service, Site};
use tokio::task::JoinSet;

const START: i64 = 1_768_465_800_000;

/// Small, for nothing else can end these attempts; the server never gets as far as a good answer late.
const ATTEMPT_TIMEOUT: Duration = Duration::from_millis(400);

/// What happened in one cell.
struct Cell {
    name: String,
    outcome: Outcome,
    cloud: Cloud,
    pauses: u32,
    passed: Duration,
}

async fn cell(service: Service, script: Script, transport: &Transport) -> Option<Cell> {
    let mut cloud = Cloud::start(script);
    let clock = Runtime::fixed(START, 5);
    let site = Site { url: &cloud.url, clock: &clock, transport };
    let slow = matches!(script.fault, Fault::Timeout | Fault::SlowBody);
    let options = CallOptions::new();
    let options = if slow { options.attempt_timeout(ATTEMPT_TIMEOUT) } else { options };
    let call = service.call(script.kind, &site, options)?;
    let (outcome, pauses) = watched(&clock, call, |attempts| cloud.after(attempts)).await;
    let passed = Duration::from_millis((clock.unix_millis() - START).try_into().unwrap());
    let name = format!("{service:?} {:?}, {:?} x {}", script.kind, script.fault, script.failures);
    Some(Cell { name, outcome, cloud, pauses, passed })
}

/// Runs a call, and does something whenever its clock has moved: that is between two attempts.
async fn watched<T>(
    clock: &Runtime,
    call: impl Future<Output = T>,
    mut between: impl FnMut(u32),
) -> (T, u32) {
    let (mut call, mut seen, mut moves) = (pin!(call), clock.unix_millis(), 0);
    let value = poll_fn(|context| {
        let polled = call.as_mut().poll(context);
        if std::mem::replace(&mut seen, clock.unix_millis()) != clock.unix_millis() {
            moves += 1;
            between(moves);
        }
        polled
    });
    let value = value.await;
    (value, moves)
}

impl Cell {
    fn check(&self, script: &Script) {
        let (name, ledger) = (&self.name, self.cloud.ledger());
        let wanted = expected(script.fault, script.kind, script.failures);
        // What gets to a server that challenges is challenged once.
        let arrived = ledger.requests > 0;
        assert_eq!(ledger.challenged, u32::from(script.challenges && arrived), "{name}: challenges");
        let told = match &self.outcome {
            Ok(attempts) => *attempts,
            Err(error) => error.requests_sent(),
        };
        let found = Expected {
            succeeds: self.outcome.is_ok(),
            attempts: told - ledger.challenged,
            requests: ledger.requests,
            executed: ledger.executed,
            effects: ledger.changes.len(),
            predicates: wanted.predicates,
            status: self.outcome.as_ref().err().and_then(Error::status),
            in_doubt: self.outcome.as_ref().is_err_and(Error::may_have_taken_effect),
        };
        assert_eq!(found, wanted, "{name}: {:?}", self.outcome);
        assert!(ledger.changes.len() <= 1, "{name}: took effect twice: {:?}", ledger.changes);
        let holding = self.outcome.as_ref().err().map(predicates).unwrap_or_default();
        assert_eq!(holding, wanted.predicates, "{name}: {:?}", self.outcome);
        self.check_pauses(&wanted, script.fault);
        self.check_words(script);
    }

    fn check_pauses(&self, wanted: &Expected, fault: Fault) {
        let (name, passed) = (&self.name, self.passed);
        assert_eq!(self.pauses, wanted.attempts - 1, "{name}: pauses");
        match fault {
            Fault::HeldBack(_) => {
                let asked = Duration::from_secs(RETRY_AFTER) * self.pauses;
                assert_eq!(passed, asked, "{name}: as long as the service asks");
            }
            _ => assert!(passed < Duration::from_millis(1500), "{name}: at most 500 ms and 1 s: {passed:?}"),
        }
    }

    /// What only some errors have to tell.
    fn check_words(&self, script: &Script) {
        let Err(error) = &self.outcome else { return };
        let (name, line) = (&self.name, error.to_string());
        assert!(error.operation().is_some() && !line.contains('\n'), "{name}: {line}");
        assert_eq!(line.contains("may have taken effect"), error.may_have_taken_effect(), "{name}: {line}");
        let words = match script.fault {
            Fault::Redirect => "http://127.0.0.1:9/x",
            Fault::SuccessFalse => "Illegal: busy",
            Fault::Large => "8388608 bytes",
            _ => "",
        };
        assert!(line.contains(words), "{name}: {line}");
        match script.fault {
            // As it came: nothing was unpacked.
            Fault::GzipBomb => assert_eq!(error.body(), acts::bomb(), "{name}"),
            Fault::SuccessFalse => assert_eq!(error.request_id(), Some("rid-1"), "{name}"),
            _ => {}
        }
    }
}

/// The predicates that hold.
fn predicates(error: &Error) -> Vec<&'static str> {
    let all = [
        (error.is_invalid_request(), "refused"),
        (error.is_configuration(), "configuration"),
        (error.is_auth(), "auth"),
        (error.is_forbidden(), "forbidden"),
        (error.is_not_found(), "not found"),
        (error.is_conflict(), "conflict"),
        (error.is_throttled(), "throttled"),
        (error.is_timeout(), "timeout"),
        (error.is_connect(), "connect"),
        (error.is_server(), "server"),
        (error.is_decode(), "decode"),
        (error.is_operation_failed(), "failed work"),
    ];
    all.into_iter().filter_map(|(holds, name)| holds.then_some(name)).collect()
}

/// The scripts of a fault for all services and kinds; not all of them have such an operation.
fn scripts(fault: Fault) -> impl Iterator<Item = (Service, Script)> {
    let services = Service::ALL.into_iter().filter(move |service| applies(fault, *service));
    services.flat_map(move |service| {
        let challenges = service.challenges();
        Kind::ALL.into_iter().flat_map(move |kind| {
            FAILURES.map(|failures| (service, Script { fault, kind, failures, challenges }))
        })
    })
}

/// Only OceanBase wraps its answers.
fn applies(fault: Fault, service: Service) -> bool {
    fault != Fault::SuccessFalse || service == Service::OceanbaseCloud
}

/// One cell after the other; says how many there were.
async fn row(fault: Fault) -> usize {
    let (transport, mut cells) = (Transport::builder().build().unwrap(), 0);
    for (service, script) in scripts(fault) {
        if let Some(cell) = cell(service, script, &transport).await {
            cell.check(&script);
            cells += 1;
        }
    }
    cells
}

/// All cells at once, for faults that take their time.
async fn row_at_once(fault: Fault) -> usize {
    let (transport, mut running, mut cells) = (Transport::builder().build().unwrap(), JoinSet::new(), 0);
    for (service, script) in scripts(fault) {
        let transport = transport.clone();
        running.spawn(
            async move { cell(service, script, &transport).await.inspect(|cell| cell.check(&script)) },
        );
    }
    while let Some(done) = running.join_next().await {
        cells += usize::from(done.unwrap().is_some());
    }
    cells
}

/// Three scripts for each of the eight operations.
const CELLS: usize = 3 * 8;

macro_rules! matrix {
    ($($name:ident: $fault:expr, $row:ident, $cells:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            assert_eq!($row($fault).await, $cells);
        }
    )*};
}

matrix! {
    connection_refused: Fault::Refused, row, CELLS;
    reset_before_the_request: Fault::ResetBefore, row, CELLS;
    end_after_the_request: Fault::HangUp, row, CELLS;
    reset_after_the_request: Fault::ResetAfter, row, CELLS;
    timeout: Fault::Timeout, row_at_once, CELLS;
    slow_body: Fault::SlowBody, row_at_once, CELLS;
    body_cut_short: Fault::CutBody, row, CELLS;
    truncated_json: Fault::TruncatedJson, row, CELLS;
    html_for_json: Fault::Html, row, CELLS;
    empty_200: Fault::Empty, row, CELLS;
    success_false: Fault::SuccessFalse, row, 3;
    redirect: Fault::Redirect, row, CELLS;
    gzip_bomb: Fault::GzipBomb, row, CELLS;
    body_of_9_mib: Fault::Large, row, CELLS;
    status_400: Fault::Status(400), row, CELLS;
    status_401: Fault::Status(401), row, CELLS;
    status_403: Fault::Status(403), row, CELLS;
    status_404: Fault::Status(404), row, CELLS;
    status_409: Fault::Status(409), row, CELLS;
    status_429: Fault::Status(429), row, CELLS;
    status_429_with_retry_after: Fault::HeldBack(429), row, CELLS;
    status_500: Fault::Status(500), row, CELLS;
    status_502: Fault::Status(502), row, CELLS;
    status_503: Fault::Status(503), row, CELLS;
    status_503_with_retry_after: Fault::HeldBack(503), row, CELLS;
}
