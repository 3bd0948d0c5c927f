//! The tour itself: one service after another, one step after another.

use std::future::Future;
use std::time::{Duration, Instant};

use dbplane_fake_cloud::FakeCloud;

use super::account::Account;
use super::services::Service;
use super::step::Step;
use super::{Line, Report};

/// Takes all steps of the services. Each line is shown as soon as it is known.
pub(crate) async fn visit(cloud: &FakeCloud, services: &[Service], mut show: impl FnMut(&Line)) -> Report {
    let mut report = Report::default();
    let mut note = |line: Line| {
        show(&line);
        report.lines.push(line);
    };
    for service in services {
        let steps = match Account::at(cloud, service.name) {
            Some(account) => (service.steps)(&account).map_err(|error| format!("no client: {error}")),
            None => Err("the fake cloud has no such service".to_owned()),
        };
        let reason = steps.as_ref().map_or_else(String::clone, |_| "the tour has no step for it".to_owned());
        let steps = steps.unwrap_or_default();
        let forgotten: Vec<_> =
            service.operations.iter().filter(|o| steps.iter().all(|step| step.operation != o.id)).collect();
        for step in steps {
            note(take(service, step).await);
        }
        for operation in forgotten {
            note(Line::new(service.name, operation.id, Some(operation), Err(reason.clone()), Duration::ZERO));
        }
    }
    report
}

/// Takes one step.
async fn take(service: &Service, step: Step) -> Line {
    let operation = service.operations.iter().find(|o| o.id == step.operation).copied();
    let (answer, time) = timed(step.call).await;
    let result = match operation {
        Some(_) => answer.map_err(|error| error.to_string()),
        None => Err("the service has no such operation".to_owned()),
    };
    Line::new(service.name, step.operation, operation, result, time)
}

/// Waits for a call, and says how long that took.
#[allow(clippy::disallowed_methods, reason = "the tour measures real time, and no test depends on it")]
async fn timed<F: Future>(call: F) -> (F::Output, Duration) {
    let start = Instant::now();
    let answer = call.await;
    (answer, start.elapsed())
}
