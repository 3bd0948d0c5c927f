//! The life cycle of jobs, and scheduled jobs.

use super::*;
use crate::base::calendar::DAY;

const OPENED: &str = "a03b1b8a-b756-467c-8a49-38720c3d23ec";
const SCHEDULED: &str = "c7d5a9f2-2c1b-4d3e-9f8a-7b6c5d4e3f2a";

fn show(bench: &mut TaurusdbBench, job: &str) -> Result<Json, Refusal> {
    bench.call("ShowGaussMySqlJobInfo", &[("id", job)], Json::Null)
}

#[test]
fn a_job_is_unknown_runs_and_is_completed() {
    let mut bench = bench();
    let job = bench.good("UpdateProxyPort", &ON_FRONT, json!({"port": 3308})).text("/job_id").to_owned();
    assert_eq!(code(show(&mut bench, &job)), (400, "DBS.200543"));
    bench.pass(PACE);
    let running = show(&mut bench, &job).unwrap();
    assert_eq!((running.text("/job/status"), running.text("/job/process")), ("Running", "33%"));
    assert_eq!((running.text("/job/instance/id"), running.text("/job/instance/name")), (ORDERS, "orders"));
    assert_eq!(running.text("/job/created"), "2026-01-15T08:30:00+0000");
    assert!(running.given("/job/ended").is_none());
    let details =
        [("instance_id", ORDERS), ("job_id", &*job), ("job_name", "ModifyGaussDBforMySQLProxyPort")];
    let steps = bench.good("ShowTaskDetails", &details, Json::Null);
    let step = &steps["sub_task_list"][0];
    assert_eq!((step.text("/percent"), step.text("/remaining_time")), ("33", "1"));
    bench.pass(PACE);
    let done = show(&mut bench, &job).unwrap();
    assert_eq!((done.text("/job/status"), done.text("/job/process")), ("Completed", ""));
    assert_eq!(done.text("/job/ended"), "2026-01-15T08:30:02+0000");
}

#[test]
fn a_job_that_fails_says_so_and_leaves_things_as_they_were() {
    for (operation, parameters, body) in writes() {
        let mut bench = bench();
        prepare(&mut bench, operation);
        let before = front(&mut bench);
        bench.fails = true;
        let response = bench.good(operation, &parameters, body);
        let Some(job) = response.given("/job_id").and_then(Json::as_str) else { continue };
        settle(&bench);
        let failed = show(&mut bench, job).unwrap();
        assert_eq!(
            (failed.text("/job/status"), failed.text("/job/fail_reason")),
            ("Failed", "The work failed.")
        );
        let mut row = front(&mut bench);
        row.put("/proxy/updated_at", before.text("/proxy/updated_at"));
        assert_eq!(row, before, "{operation}");
    }
    let mut bench = bench();
    bench.fails = true;
    bench.good("CreateGaussMySqlProxy", &IN_ORDERS, json!({"flavor_ref": LARGE, "node_num": 2}));
    settle(&bench);
    assert_eq!(proxies(&mut bench, ORDERS)[1].text("/proxy/status"), "FAILED");
    let list = bench.good("ListImmediateJobs", &[("status", "Failed")], Json::Null);
    assert_eq!((list.number("/total_count"), list.text("/jobs/0/fail_reason")), (1, "The work failed."));
}

#[test]
fn records_are_deleted_when_the_job_is_over() {
    let mut bench = bench();
    let job = bench.good("UpdateProxyPort", &ON_FRONT, json!({"port": 3308})).text("/job_id").to_owned();
    bench.pass(PACE);
    let running = bench.call("DeleteTaskRecord", &[("job_id", &job)], Json::Null);
    assert_eq!(code(running), (409, "DBS.280406"));
    bench.good("DeleteTaskRecord", &[("job_id", OPENED)], Json::Null);
    assert_eq!(code(show(&mut bench, OPENED)), (400, "DBS.200543"));
    let again = bench.call("DeleteTaskRecord", &[("job_id", OPENED)], Json::Null);
    assert_eq!(code(again), (400, "DBS.200543"));
    let list = bench.good("ListImmediateJobs", &[], Json::Null);
    assert_eq!((list.number("/total_count"), list.text("/jobs/0/job_id")), (1, job.as_str()));
}

#[test]
fn jobs_are_listed_newest_first_and_picked() {
    let mut bench = bench();
    for port in [3307, 3308] {
        bench.good("UpdateProxyPort", &ON_FRONT, json!({"port": port}));
        bench.pass(10 * PACE);
    }
    bench.good("SwitchGaussMySqlProxySsl", &ON_FRONT, json!({"ssl_option": true}));
    bench.pass(PACE / 2);
    let mut count =
        |query: &[(&str, &str)]| bench.good("ListImmediateJobs", query, Json::Null).items("/jobs").len();
    assert_eq!(count(&[]), 4);
    assert_eq!(count(&[("status", "Running")]), 1);
    assert_eq!(count(&[("status", "Completed"), ("job_name", "ModifyGaussDBforMySQLProxyPort")]), 2);
    assert_eq!(count(&[("job_id", OPENED)]), 1);
    assert_eq!(count(&[("start_time", "2026-01-15T16:30:05+0800")]), 2);
    assert_eq!(count(&[("end_time", "2026-01-15T08:30:05+0000")]), 2);
    assert_eq!(count(&[("offset", "3"), ("limit", "10")]), 1);
    let newest = bench.good("ListImmediateJobs", &[], Json::Null);
    assert_eq!(newest.text("/jobs/0/job_name"), "GaussDBforMySQLSwitchProxySSL");
    let broken = bench.call("ListImmediateJobs", &[("start_time", "yesterday")], Json::Null);
    assert_eq!(code(broken), (400, "DBS.280001"));
}

#[test]
fn a_scheduled_upgrade_happens_at_its_time() {
    let mut bench = bench();
    let version = [("instance_id", ORDERS), ("proxy_id", FRONT), ("engine_name", "taurusproxy")];
    bench.pass(DAY - 1);
    assert!(bench.good("ShowProxyVersion", &version, Json::Null).flag("/can_upgrade"));
    bench.pass(1);
    assert!(!bench.good("ShowProxyVersion", &version, Json::Null).flag("/can_upgrade"));
    let list = bench.good("ListScheduleJobs", &[("status", "Completed")], Json::Null);
    assert_eq!(list.text("/schedules/0/job_id"), SCHEDULED);
    let late = bench.good("CancelScheduleTask", &[], json!({"job_ids": [SCHEDULED]}));
    assert_eq!(late, json!({"job_ids": []}));
}

#[test]
fn a_scheduled_job_is_canceled_and_deleted() {
    let mut bench = bench();
    let canceled = bench.good("CancelScheduleTask", &[], json!({"job_ids": [SCHEDULED]}));
    assert_eq!(canceled.items("/job_ids"), [json!(SCHEDULED)]);
    bench.pass(2 * DAY);
    let mut count =
        |query: &[(&str, &str)]| bench.good("ListScheduleJobs", query, Json::Null).number("/total_count");
    assert_eq!((count(&[("status", "Canceled")]), count(&[("instance_id", BILLS)])), (1, 0));
    assert_eq!(count(&[("start_time", "2026-01-16T08:30:00+0000")]), 1);
    assert_eq!(count(&[("end_time", "2026-01-16T08:29:59+0000")]), 0);
    let other = bench.call("DeleteScheduleTasK", &[("instance_id", BILLS)], json!({"job_id": SCHEDULED}));
    assert_eq!(code(other), (400, "DBS.200543"));
    bench.good("DeleteScheduleTasK", &IN_ORDERS, json!({"job_id": SCHEDULED}));
    assert_eq!(bench.good("ListScheduleJobs", &[], Json::Null).number("/total_count"), 0);
    let gone = bench.call("CancelScheduleTask", &[], json!({"job_ids": [SCHEDULED]}));
    assert_eq!(code(gone), (400, "DBS.200543"));
}

#[test]
fn deleted_records_are_not_remembered_without_end() {
    let mut bench = bench();
    let mut last = OPENED.to_owned();
    for number in 0..crate::world::work::REMEMBERED + 10 {
        bench.good("DeleteTaskRecord", &[("job_id", &last)], Json::Null);
        last = bench
            .good("SwitchGaussMySqlProxySsl", &ON_FRONT, json!({"ssl_option": number % 2 == 0}))
            .text("/job_id")
            .to_owned();
        bench.pass(PACE);
    }
    assert!(bench.world.forgotten.0.len() <= crate::world::work::REMEMBERED);
    assert!(bench.runtime.now() > NOW);
}
