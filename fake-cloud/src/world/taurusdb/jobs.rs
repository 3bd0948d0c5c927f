//! The operations for jobs: one, many, their steps, and deletion of their records.
//!
//! A job is unknown for the first quarter of its time, 20 seconds at most, runs for the rest, and is then completed, or
//! failed if a fault says so.

use serde_json::{Value as Json, json};

use super::{Taurusdb, reads, refusals, writes};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::work::{Phase, Work};

/// The reason for jobs that fail because of a fault.
const REASON: &str = "The work failed.";

/// The job of the query or path.
fn find<'w>(world: &'w Taurusdb, call: &WorldRequest<'_>, id: &str) -> Result<&'w Work, Refusal> {
    let known = world.works.find(id).filter(|work| is_known(world, work, call.now));
    known.ok_or_else(|| refusals::no_job(id))
}

fn is_known(world: &Taurusdb, work: &Work, now: i64) -> bool {
    work.phase(now) != Phase::Waiting && !world.forgotten.0.contains(&work.id)
}

fn status(work: &Work, now: i64) -> &'static str {
    match work.phase(now) {
        Phase::Done if work.fails => "Failed",
        Phase::Done => "Completed",
        Phase::Waiting | Phase::Running => "Running",
    }
}

/// The progress of the job, in percent.
fn percent(work: &Work, now: i64) -> i64 {
    let whole = (work.ends - work.begins).max(1);
    ((now - work.begins).clamp(0, whole) * 100) / whole
}

/// The progress of a job in responses: only while it runs.
fn process(work: &Work, now: i64) -> String {
    if work.phase(now) == Phase::Running { format!("{}%", percent(work, now)) } else { String::new() }
}

/// Sets the time at which a job ended, and why it failed, if it has.
fn end(row: &mut Json, (job, ended): (&str, &str), work: &Work, now: i64) {
    if work.phase(now) == Phase::Done {
        row.put(&format!("{job}/{ended}"), calendar::offset(work.ends));
        if work.fails {
            row.put(&format!("{job}/fail_reason"), REASON);
        }
    }
}

/// The name of the instance, also if it is in the recycle bin.
fn name<'w>(world: &'w Taurusdb, work: &Work) -> &'w str {
    let deleted = || world.bin.rows.iter().find(|row| row.text("/id") == work.on);
    let there = world.instances.get(&work.on).map(|instance| instance.name());
    there.or_else(|| Some(deleted()?.text("/name"))).unwrap_or_default()
}

pub(super) fn show(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let work = find(world, call, call.path("id"))?;
    let mut job = json!({"job": {"id": work.id, "name": writes::job_name(&work.operation),
        "status": status(work, call.now), "created": calendar::offset(work.accepted),
        "process": process(work, call.now), "instance": {"id": work.on, "name": name(world, work)},
        "entities": {}}});
    end(&mut job, ("/job", "ended"), work, call.now);
    Ok(job)
}

/// Newest first.
pub(super) fn list(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (from, to) = (reads::moment(call, "start_time")?, reads::moment(call, "end_time")?);
    let fits = |work: &&Work| {
        let is = |asked: &str, value: &str| call.text(asked).is_none_or(|wanted| wanted == value);
        is_known(world, work, call.now)
            && is("status", status(work, call.now))
            && is("job_name", writes::job_name(&work.operation))
            && is("job_id", &work.id)
            && from.is_none_or(|from| work.accepted >= from)
            && to.is_none_or(|to| work.accepted <= to)
    };
    let rows = world.works.all().filter(fits).map(|work| row(world, call, work)).collect();
    let (rows, total) = reads::page(call, rows);
    Ok(json!({"jobs": rows, "total_count": total}))
}

fn row(world: &Taurusdb, call: &WorldRequest<'_>, work: &Work) -> Json {
    let mut row = json!({"job_id": work.id, "job_name": writes::job_name(&work.operation),
        "status": status(work, call.now), "process": process(work, call.now), "instance_id": work.on,
        "instance_name": name(world, work), "instance_status": "normal", "fail_reason": "",
        "order_id": world.orders.0.get(&work.id).map_or("", String::as_str),
        "created_time": calendar::offset(work.accepted), "show_detail": true});
    end(&mut row, ("", "ended_time"), work, call.now);
    row
}

/// Every job has one step.
pub(super) fn steps(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let work = find(world, call, call.path("job_id"))?;
    let (kind, status) = (writes::job_name(&work.operation), status(work, call.now));
    if work.on != call.path("instance_id") || kind != call.path("job_name") {
        return Err(refusals::no_job(&work.id));
    }
    let left = (work.ends - call.now).max(0) / 1_000;
    let step = json!({"sub_task_name": kind, "percent": percent(work, call.now).to_string(), "status": status,
        "remaining_time": left.to_string()});
    Ok(
        json!({"instance_id": work.on, "instance_name": name(world, work), "job_id": work.id, "job_name": kind,
        "status": status, "sub_task_list": [step]}),
    )
}

pub(super) fn forget(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let work = find(world, call, call.path("job_id"))?;
    if work.phase(call.now) != Phase::Done {
        return Err(refusals::unsuited(format!("the job {} has not ended", work.id)));
    }
    let id = work.id.clone();
    world.forgotten.0.insert(id);
    let Taurusdb { forgotten, works, .. } = world;
    forgotten.0.retain(|id| works.find(id).is_some());
    Ok(Json::Null)
}
