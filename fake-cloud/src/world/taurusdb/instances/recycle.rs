//! Deletion of instances, and the recycle bin, where they are kept for some days.

use serde_json::{Value as Json, json};

use crate::base::calendar::{self, DAY};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{FAILED, STORAGE_FULL, rule};
use crate::world::taurusdb::instance::ACTIVE;
use crate::world::taurusdb::state::Taurusdb;
use crate::world::taurusdb::{backups, reads, refusals};
use crate::world::work::Transition;

/// The rule for a deletion, after which the instance no longer exists.
const DELETE: Transition =
    Transition { from: &[ACTIVE, FAILED, STORAGE_FULL], ..rule("DeleteGaussMySqlInstance", ACTIVE, 2) };

/// Starts the deletion of an instance. Its automatic backups are deleted too.
pub(crate) fn delete(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let instance = world.instance(call)?;
    world.free(instance)?;
    if !DELETE.allows(instance.status()) {
        return Err(refusals::instance_status(call.id(), instance.name(), instance.status()));
    }
    let (id, fails, backup) = (instance.id().to_owned(), call.fails, format!("{}br07", call.runtime.hex(32)));
    let on = id.clone();
    let done = move |world: &mut Taurusdb, at| {
        if !fails {
            recycle(world, &on, &backup, at);
        }
    };
    let job = world.accept(call, &id, &DELETE, |_, _| {}, done);
    let mut response = json!({});
    world.accepted(call, &id, job, &mut response);
    Ok(response)
}

/// Removes an instance. A last backup, from which it can be restored, is kept with it in the recycle bin.
fn recycle(world: &mut Taurusdb, id: &str, backup: &str, at: i64) {
    let Some(instance) = world.instances.remove(id) else { return };
    world.backups.retain(|known| known.of(id).is_none() || !known.is_automatic());
    let last = backups::last(&instance, backup, at);
    let size = instance.row.text("/volume/size");
    world.bin.rows.push(json!({
        "id": id, "name": instance.name(), "ha_mode": "Cluster", "engine_name": "gaussdb-mysql",
        "engine_version": instance.row.text("/datastore/version"), "pay_model": if instance.is_prepaid() { "1" } else { "0" },
        "create_at": calendar::rfc3339(instance.row.text("/created")).unwrap_or(at), "deleted_at": at,
        "volume_type": instance.row.text("/volume/type"), "volume_size": size,
        "data_vip": instance.row.text("/private_ips/0"),
        "enterprise_project_id": instance.row.text("/enterprise_project_id"),
        "backup_level": "1", "recycle_backup_id": backup, "recycle_status": "Active",
        "recycle_backups": [{"backup_id": backup, "backup_name": last.row.text("/name"), "backup_level": "1",
            "begin_time": at, "end_time": at, "size": 1, "status": "COMPLETED"}],
    }));
    world.backups.push(last);
}

/// Removes instances whose retention has ended.
pub(crate) fn advance(world: &mut Taurusdb, now: i64) {
    let kept = now - world.bin.days * DAY;
    let Taurusdb { bin, backups, .. } = world;
    bin.rows.retain(|row| {
        let stays = row.number("/deleted_at") > kept;
        if !stays {
            backups.retain(|backup| backup.id() != row.text("/recycle_backup_id"));
        }
        stays
    });
}

pub(crate) fn list(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (rows, total) = reads::page(call, world.bin.rows.clone());
    Ok(json!({"instances": rows, "total_count": total}))
}

pub(crate) fn policy(world: &mut Taurusdb, _: &WorldRequest<'_>) -> Result<Json, Refusal> {
    Ok(json!({"recycle_policy": {"retention_period_in_days": world.bin.days.to_string()}}))
}

pub(crate) fn set_policy(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let days = call.body().text("/recycle_policy/retention_period_in_days");
    world.bin.days = match days.parse() {
        Ok(days @ 1..=7) => days,
        _ => return Err(refusals::out_of_range("retention_period_in_days: it is not between 1 and 7")),
    };
    Ok(Json::Null)
}
