//! The tour as a test: it calls every operation once, all answer, and the fake cloud finds no fault.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

#[path = "../examples/tour/mod.rs"]
mod tour;

use std::collections::BTreeSet;
use std::time::Duration;

use dbplane_fake_cloud::{Entry, FakeCloud};
use tour::options::{self, Task};
use tour::services::{self, Service};
use tour::{Layout, Report, visit};

/// A cloud whose work is done at once, as the tour wants it.
async fn start() -> FakeCloud {
    FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap()
}

fn read(arguments: &[&str]) -> Result<Task, String> {
    options::read(arguments.iter().map(|argument| (*argument).to_owned()))
}

fn chosen(arguments: &[&str]) -> Vec<Service> {
    match read(arguments).unwrap() {
        Task::Tour(services) => services,
        Task::Help(_) => panic!("help for {arguments:?}"),
    }
}

async fn toured(cloud: &FakeCloud, arguments: &[&str]) -> Report {
    let report = visit(cloud, &chosen(arguments), |_| ()).await;
    let problems: Vec<_> = report.lines.iter().filter(|line| line.result.is_err()).collect();
    let said: Vec<_> = problems.iter().map(|line| format!("{}: {:?}", line.operation, line.result)).collect();
    assert!(report.complete() && said.is_empty(), "{report}: {said:#?}");
    report
}

/// HTTP Digest begins with a call that is refused with a challenge; that one is no fault.
fn is_challenge(entry: &Entry) -> bool {
    let unsigned = entry.problem.as_ref().is_some_and(|problem| problem.contains("not signed"));
    entry.service == "oceanbase-cloud-v2" && entry.status == Some(401) && unsigned
}

/// A poll of a job that is not known yet, or of what was deleted.
fn is_poll_of_nothing(entry: &Entry) -> bool {
    let polled = [
        "ShowGaussMySqlJobInfo",
        "ShowGaussMySqlInstanceInfoUnifyStatus",
        "ShowCluster",
        "describeInstance",
        "describeTenant",
        "describeTenantAddress",
    ];
    let status = matches!(entry.status, Some(400 | 404));
    status && entry.operation.as_deref().is_some_and(|operation| polled.contains(&operation))
}

#[tokio::test]
async fn every_operation_has_one_step_and_answers() {
    let cloud = start().await;
    let report = toured(&cloud, &[]).await;
    let odd: Vec<_> = cloud.journal().into_iter().filter(|entry| !entry.warnings.is_empty()).collect();
    assert!(odd.is_empty(), "requests with something odd about them: {odd:#?}");
    let all: usize = services::all().iter().map(|service| service.operations.len()).sum();
    assert_eq!(report.to_string(), format!("{all} of {all} operations succeeded"));
    for service in services::all() {
        let mut called: Vec<_> = report
            .lines
            .iter()
            .filter(|line| line.service == service.name)
            .map(|line| line.operation)
            .collect();
        let mut offered: Vec<_> = service.operations.iter().map(|operation| operation.id).collect();
        called.sort_unstable();
        offered.sort_unstable();
        assert_eq!(called, offered, "{}", service.name);
        assert!(service.operations.iter().all(|operation| operation.service == service.name));
    }
}

#[tokio::test]
async fn the_cloud_refuses_nothing_and_has_nothing_else() {
    let cloud = start().await;
    toured(&cloud, &[]).await;
    let (challenges, rest): (Vec<_>, Vec<_>) = cloud.journal().into_iter().partition(is_challenge);
    assert_eq!(challenges.len(), 1, "one nonce serves all calls: {challenges:#?}");
    let refused: Vec<_> = rest.iter().filter(|e| e.problem.is_some() && !is_poll_of_nothing(e)).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let called: BTreeSet<_> =
        rest.iter().map(|e| (e.service.clone(), e.operation.clone().unwrap())).collect();
    let served =
        cloud.services().flat_map(|s| s.operations().into_iter().map(|id| (s.stem().to_owned(), id)));
    assert_eq!(called, served.collect());
    // However often the end was polled for, each write was sent once.
    for service in services::all() {
        for operation in service.operations.iter().filter(|o| o.long_running.is_some()) {
            let sent = |e: &&Entry| e.service == service.name && e.operation.as_deref() == Some(operation.id);
            assert_eq!(rest.iter().filter(sent).count(), 1, "{} {}", service.name, operation.id);
        }
    }
}

#[tokio::test]
async fn every_long_running_operation_is_waited_for_to_its_end() {
    let cloud = start().await;
    let report = toured(&cloud, &[]).await;
    for service in services::all() {
        for operation in service.operations {
            let lines =
                || report.lines.iter().filter(|l| l.service == service.name && l.operation == operation.id);
            let waited = lines().all(|line| line.result == Ok(None));
            assert_eq!(waited, operation.long_running.is_some(), "{} {}", service.name, operation.id);
        }
    }
}

#[tokio::test]
async fn a_service_can_be_visited_alone() {
    for Service { name, operations, .. } in services::all() {
        let cloud = start().await;
        let report = toured(&cloud, &["--service", name]).await;
        assert_eq!(report.lines.len(), operations.len(), "{name}");
        assert!(report.lines.iter().all(|line| line.service == name), "{name}");
    }
    let two = chosen(&["--service=huawei-dbss-v2", "--service", "oceanbase-cloud-v2"]);
    assert_eq!(two.iter().map(|s| s.name).collect::<Vec<_>>(), ["huawei-dbss-v2", "oceanbase-cloud-v2"]);
}

#[tokio::test]
async fn lines_align_and_what_did_not_answer_is_told() {
    let cloud = start().await;
    let mut services = chosen(&["--service", "samsung-mariadb-1.0"]);
    let layout = Layout::of(&services);
    let mut columns = BTreeSet::new();
    visit(&cloud, &services, |line| _ = columns.insert(layout.show(line).find(" ms").unwrap())).await;
    assert_eq!(columns.len(), 1, "{columns:?}");

    services[0].steps =
        |_| dbplane::samsung::mariadb_1_0::Client::builder().base_url("ftp://x").build().map(|_| Vec::new());
    let report = visit(&cloud, &services, |_| ()).await;
    let why = report.lines[0].result.as_ref().unwrap_err();
    assert!(!report.complete() && why.contains("no client: the base URL"), "{why}");

    services[0].steps = |_| Ok(Vec::new());
    let report = visit(&cloud, &services, |_| ()).await;
    let all = services[0].operations.len();
    assert_eq!(report.to_string(), format!("0 of {all} operations succeeded"));
    let line = layout.show(&report.lines[0]);
    assert!(line.contains("AddBlockStorages") && line.contains("the tour has no step for it"), "{line}");
}

#[test]
fn a_wrong_option_is_told_with_what_is_right() {
    let arguments: [&[&str]; 4] =
        [&["--service", "mariadb"], &["--service"], &["--servicee"], &["samsung-mariadb-1.0"]];
    for wrong in arguments {
        let why = read(wrong).err().unwrap();
        assert!(services::all().iter().all(|service| why.contains(service.name)), "{wrong:?}: {why}");
        assert!(!why.contains('\n'), "{why}");
    }
    for help in ["--help", "-h"] {
        let Ok(Task::Help(text)) = read(&[help]) else { panic!("no help for {help}") };
        assert!(text.contains("--service NAME") && text.contains("huawei-taurusdb-v3"), "{text}");
    }
}
