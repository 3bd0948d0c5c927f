//! Backups: creating, listing and deleting them, and restores.
//!
//! A backup has the contents of the instance at its start time. Points in time can be restored from the end of the
//! oldest backup on.

use serde_json::{Value as Json, json};

use super::backup::TaurusdbBackup;
use super::change::{BACKING_UP, Prepared, rule, then};
use super::contents::Contents;
use super::instance::TaurusdbInstance;
use super::state::Taurusdb;
use super::{reads, refusals};
use crate::base::calendar::{self, DAY};
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::list::is;
use crate::world::request::WorldRequest;
use crate::world::work::Transition;

/// The rule for a backup.
const CREATE: Transition = rule("CreateGaussMySqlBackup", BACKING_UP, 2);
const BUILDING: &str = "BUILDING";
/// For how many days automatic backups are kept, unless a request says.
const KEPT: i64 = 7;
const COMPLETED: &str = "COMPLETED";

fn row(instance: &TaurusdbInstance, (id, name, kind): (&str, &str, &str), at: i64) -> Json {
    json!({"id": id, "name": name, "description": "", "type": kind, "backup_level": "1", "size": 1.0,
        "begin_time": calendar::offset(at), "end_time": "", "status": BUILDING, "take_up_time": 1,
        "instance_id": instance.id(), "instance_name": instance.name(),
        "datastore": {"type": instance.row.text("/datastore/type"), "version": instance.row.text("/datastore/version")}})
}

/// The backup of a deleted instance.
pub(super) fn last(instance: &TaurusdbInstance, id: &str, at: i64) -> TaurusdbBackup {
    let name = format!("{}-deleted", instance.name());
    let mut backup =
        TaurusdbBackup::new(row(instance, (id, &name, "manual"), at), instance.history.now.clone());
    backup.end(COMPLETED, at);
    backup
}

pub(super) fn create(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let body = call.body();
    let instance = world.instance_by_id(body.text("/instance_id"))?;
    world.free(instance)?;
    if !CREATE.allows(instance.status()) {
        return Err(refusals::instance_status(call.id(), instance.name(), instance.status()));
    }
    let (id, on) = (format!("{}br07", call.runtime.hex(32)), instance.id().to_owned());
    let mut row = row(instance, (&id, body.text("/name"), "manual"), call.now);
    row.put("/description", body.text("/description"));
    let fields = ["id", "name", "description", "begin_time", "status", "type", "instance_id"];
    let shown: Json = fields.iter().map(|field| ((*field).to_owned(), row[*field].clone())).collect();
    let contents = instance.history.now.clone();
    world.backups.push(TaurusdbBackup::new(row, contents));
    let (fails, begin, end) = (call.fails, on.clone(), on.clone());
    let job = world.accept(
        call,
        &on,
        &CREATE,
        move |world, at| world.alter_instance(&begin, at, |instance, _| instance.show(CREATE.during)),
        move |world, at| {
            world.alter_instance(&end, at, |instance, _| instance.show(CREATE.after));
            if let Some(backup) = world.backups.iter_mut().find(|backup| backup.id() == id) {
                backup.end(if fails { "FAILED" } else { COMPLETED }, at);
            }
        },
    );
    Ok(json!({"backup": shown, "job_id": job}))
}

pub(super) fn list(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (from, to) = (reads::moment(call, "begin_time")?, reads::moment(call, "end_time")?);
    let fields = [
        ("/id", "backup_id"),
        ("/type", "backup_type"),
        ("/instance_id", "instance_id"),
        ("/instance_name", "instance_name"),
        ("/name", "name"),
    ];
    let fits = |row: &&Json| {
        let begin = calendar::rfc3339(row.text("/begin_time")).unwrap_or_default();
        fields.iter().all(|(field, asked)| is(row, field, call.text(asked)))
            && from.is_none_or(|from| begin >= from)
            && to.is_none_or(|to| begin <= to)
    };
    let rows = world.backups.iter().rev().map(|backup| &backup.row).filter(fits).cloned().collect();
    let (rows, total) = reads::page(call, rows);
    Ok(json!({"backups": rows, "total_count": total}))
}

/// The backups of one instance, in the form of another operation.
pub(super) fn of_instance(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let id = world.instance(call)?.id();
    let rows = world.backups.iter().rev().filter_map(|backup| backup.of(id)).map(|backup| {
        let row = &backup.row;
        json!({"id": backup.id(), "name": row.text("/name"), "description": row.text("/description"),
            "instance_id": id, "instance_name": row.text("/instance_name"), "status": row.text("/status"),
            "created": row.text("/begin_time"), "updated": row.text("/end_time"), "size": "1", "size_unit": "MB",
            "backup_type": "Db", "backup_method": "Snapshot", "backup_level": "1"})
    });
    let (rows, total) = reads::page(call, rows.collect());
    Ok(json!({"backups": rows, "total_count": total.to_string()}))
}

/// Whether a backup can be deleted: a manual one that is completed.
fn deletable<'w>(world: &'w Taurusdb, id: &str) -> Result<&'w TaurusdbBackup, Refusal> {
    let backup = find(world, id)?;
    match backup.row.text("/status") {
        BUILDING => Err(refusals::unsuited(format!("the backup {id} is still being taken"))),
        _ if backup.is_automatic() => Err(refusals::unsuited(format!(
            "the backup {id} is automatic, and deleted by the backup policy alone"
        ))),
        _ => Ok(backup),
    }
}

pub(super) fn delete(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let backup = deletable(world, call.path("backup_id"))?;
    let response = json!({"backup_id": backup.id(), "backup_name": backup.row.text("/name")});
    world.backups.retain(|backup| backup.id() != call.path("backup_id"));
    Ok(response)
}

pub(super) fn delete_many(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut failed = Vec::new();
    let ids = texts(call.body().items("/backup_ids"));
    for id in &ids {
        match deletable(world, id).map(|_| ()) {
            Ok(()) => world.backups.retain(|backup| backup.id() != *id),
            Err(refusal) => failed
                .push(json!({"backup_id": id, "error_code": refusals::code(&refusal), "error_msg": refusal.problem})),
        }
    }
    Ok(
        json!({"success_count": ids.len() - failed.len(), "failed_count": failed.len(), "failed_results": failed}),
    )
}

fn find<'w>(world: &'w Taurusdb, id: &str) -> Result<&'w TaurusdbBackup, Refusal> {
    let found = world.backups.iter().find(|backup| backup.id() == id);
    found.ok_or_else(|| Refusal::not_found(format!("there is no backup {id}")))
}

/// The contents of an instance at a restore point: those of a backup, or of a point in time.
pub(super) fn contents(world: &Taurusdb, call: &WorldRequest<'_>, point: &Json) -> Result<Contents, Refusal> {
    let source = point.text("/source_instance_id");
    if point.text("/type") == "timestamp" {
        let moment = point.given("/restore_time").and_then(Json::as_i64);
        let moment = moment
            .ok_or_else(|| refusals::invalid_value("restore_time: a restore to a point in time names it"))?;
        let instance = world.instance_by_id(source)?;
        let ranges = ranges(world, source, call.now);
        if !ranges.iter().any(|(from, to)| (*from..=*to).contains(&moment)) {
            return Err(refusals::invalid_value(format!("restore_time: {moment} can't be restored")));
        }
        return Ok(instance.history.at(moment).clone());
    }
    let id = point.given("/backup_id").and_then(Json::as_str);
    let id = id.ok_or_else(|| refusals::invalid_value("backup_id: a restore from a backup names it"))?;
    let backup = find(world, id)?;
    if backup.of(source).is_none() {
        return Err(refusals::invalid_value(format!("backup_id: the backup is not one of {source}")));
    }
    if backup.row.text("/status") != COMPLETED {
        return Err(refusals::unsuited(format!("the backup {} is not completed", backup.id())));
    }
    Ok(backup.contents.clone())
}

/// The points in time of an instance that can be restored.
fn ranges(world: &Taurusdb, instance: &str, now: i64) -> Vec<(i64, i64)> {
    let own = world.backups.iter().filter_map(|backup| backup.of(instance));
    let completed = own.filter(|backup| backup.row.text("/status") == COMPLETED);
    let ends = completed.filter_map(|backup| calendar::rfc3339(backup.row.text("/end_time")));
    ends.min().map(|from| (from, now)).into_iter().collect()
}

/// The points in time that can be restored: on a day or in a range in milliseconds, if requested.
pub(super) fn restore_times(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (from, to) = asked_range(call)?;
    let ranges = ranges(world, world.instance(call)?.id(), call.now);
    let rows = ranges.iter().map(|(first, last)| (from.max(*first), to.min(*last)));
    let rows =
        rows.filter(|(from, to)| from <= to).map(|(from, to)| json!({"start_time": from, "end_time": to}));
    Ok(json!({"restore_times": rows.collect::<Json>()}))
}

/// The requested day or range of time.
fn asked_range(call: &WorldRequest<'_>) -> Result<(i64, i64), Refusal> {
    let wrong = |name: &str, text: &str, form: &str| {
        refusals::invalid_value(format!("{name}: `{text}` is not {form}"))
    };
    let millis = |name: &str, missing: i64| {
        let Some(text) = call.text(name) else { return Ok(missing) };
        text.parse().map_err(|_| wrong(name, text, "a number of milliseconds"))
    };
    let (from, to) = (millis("start_time", i64::MIN)?, millis("end_time", i64::MAX)?);
    let Some(day) = call.text("date") else { return Ok((from, to)) };
    let midnight = calendar::rfc3339(&format!("{day}T00:00:00Z"));
    let midnight = midnight.ok_or_else(|| wrong("date", day, "a day such as 2026-02-01"))?;
    Ok((from.max(midnight), to.min(midnight + DAY - 1)))
}

/// Replaces the contents of an instance.
pub(super) fn restore_to_old(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let restored = contents(world, call, call.body())?;
    then(move |instance, at| instance.history.change(at, |contents| *contents = restored))
}

pub(super) fn policy(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let instance = world.instance(call)?;
    let strategy = &instance.detail["backup_strategy"];
    let days = strategy.text("/keep_days").parse().unwrap_or(KEPT);
    let policy = json!({"keep_days": days, "start_time": strategy.text("/start_time"),
        "period": instance.backup_days});
    Ok(json!({"backup_policy": policy}))
}

pub(super) fn change_policy(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let policy = &call.body()["backup_policy"];
    let strategy = json!({"start_time": policy.text("/start_time"),
        "keep_days": policy.number("/keep_days").to_string()});
    let response =
        json!({"instance_id": instance.id(), "instance_name": instance.name(), "status": "COMPLETED"});
    let days = policy.text("/period").to_owned();
    let change = move |instance: &mut TaurusdbInstance, _| {
        instance.set("/backup_strategy", strategy.clone());
        instance.backup_days.clone_from(&days);
    };
    Ok(Prepared { change: Box::new(change), response })
}
