//! Scheduled jobs: upgrades of proxies.
//!
//! No operation schedules one, so only those of the inventory exist. At its time, a job is completed immediately, even
//! if another job is running on the instance.

use serde_json::{Value as Json, json};

use super::state::{Scheduled, Taurusdb};
use super::{reads, refusals};
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::list as rows;
use crate::world::request::WorldRequest;

const PENDING: &str = "Pending";

/// Carries out the jobs that are due.
pub(super) fn advance(world: &mut Taurusdb, now: i64) {
    let Taurusdb { schedule, instances, .. } = world;
    let due = |job: &&mut Scheduled| job.row.text("/job_status") == PENDING && job.starts <= now;
    for job in schedule.0.iter_mut().filter(due) {
        job.row.put("/job_status", "Completed");
        let version = job.row.text("/target_config/target_version").to_owned();
        let (instance, proxy) = (job.row.text("/instance_id"), job.row.text("/proxy_id"));
        let proxies = instances.get_mut(instance).into_iter().flat_map(|instance| &mut instance.proxies);
        for proxy in proxies.filter(|known| known.id() == proxy) {
            proxy.version.clone_from(&version);
            proxy.touch(job.starts);
        }
    }
}

pub(super) fn list(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (from, to) = (reads::moment(call, "start_time")?, reads::moment(call, "end_time")?);
    let fields = ["job_name", "job_id", "instance_id"];
    let fits = |job: &&Scheduled| {
        fields.iter().all(|field| rows::is(&job.row, &format!("/{field}"), call.text(field)))
            && rows::is(&job.row, "/job_status", call.text("status"))
            && from.is_none_or(|from| job.starts >= from)
            && to.is_none_or(|to| job.starts <= to)
    };
    let found = world.schedule.0.iter().filter(fits).map(|job| job.row.clone()).collect();
    let (found, total) = reads::page(call, found);
    Ok(json!({"schedules": found, "total_count": total}))
}

/// Cancels the waiting jobs, and returns their ids.
pub(super) fn cancel(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let named = texts(call.body().items("/job_ids"));
    if let Some(unknown) =
        named.iter().find(|id| !world.schedule.0.iter().any(|job| job.row.text("/job_id") == **id))
    {
        return Err(refusals::no_job(unknown));
    }
    let mut canceled = Vec::new();
    for job in &mut world.schedule.0 {
        if named.contains(&job.row.text("/job_id")) && job.row.text("/job_status") == PENDING {
            job.row.put("/job_status", "Canceled");
            canceled.push(job.row.text("/job_id").to_owned());
        }
    }
    Ok(json!({"job_ids": canceled}))
}

pub(super) fn delete(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (id, instance) = (call.body().text("/job_id"), world.instance(call)?.id().to_owned());
    let is = |job: &Scheduled| job.row.text("/job_id") == id && job.row.text("/instance_id") == instance;
    if !world.schedule.0.iter().any(is) {
        return Err(refusals::no_job(id));
    }
    world.schedule.0.retain(|job| !is(job));
    Ok(json!({"result": true}))
}
