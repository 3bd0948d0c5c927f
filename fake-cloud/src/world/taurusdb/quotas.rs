//! Quotas of the project and of enterprise projects, and the tags of all instances.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::state::Taurusdb;
use super::{reads, refusals};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// Whether the quotas of the project and of the request's enterprise project allow another instance.
pub(super) fn allows_another(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<(), Refusal> {
    let quota = world.quotas.instances;
    if used(world) >= quota {
        return Err(refusals::unsuited(format!("the project has {quota} instances, which is its quota")));
    }
    let id = call.body().given("/enterprise_project_id").and_then(Json::as_str).unwrap_or(DEFAULT);
    let row = world.quotas.rows.iter().find(|row| row.text("/enterprise_project_id") == id);
    match row.map(|row| row.number("/instance_quota")) {
        Some(quota) if used_by(world, id) >= quota => Err(refusals::unsuited(format!(
            "the enterprise project {id} has {quota} instances, which is its quota"
        ))),
        _ => Ok(()),
    }
}

/// The default enterprise project of instances.
const DEFAULT: &str = "0";

/// The number of instances of an enterprise project.
fn used_by(world: &Taurusdb, id: &str) -> i64 {
    let own = |instance: &&TaurusdbInstance| match instance.row.text("/enterprise_project_id") {
        "" => id == DEFAULT,
        own => own == id,
    };
    i64::try_from(world.instances.values().filter(own).count()).unwrap_or(i64::MAX)
}

fn used(world: &Taurusdb) -> i64 {
    i64::try_from(world.instances.len()).unwrap_or(i64::MAX)
}

pub(super) fn of_project(world: &mut Taurusdb, _: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let row = json!({"type": "instance", "quota": world.quotas.instances, "used": used(world)});
    Ok(json!({"quotas": {"resources": [row]}}))
}

pub(super) fn list(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let asked = call.text("enterprise_project_name");
    let rows = world.quotas.rows.iter();
    let rows = rows.filter(|row| asked.is_none_or(|name| row.text("/enterprise_project_name") == name));
    let shown = |row: &Json| {
        let (mut row, used) = (row.clone(), used_by(world, row.text("/enterprise_project_id")));
        row.put("/availability_instance_quota", (row.number("/instance_quota") - used).max(0));
        row
    };
    let (rows, total) = reads::page(call, rows.map(shown).collect());
    Ok(json!({"quota_list": rows, "total_count": total}))
}

/// Sets the quotas of enterprise projects that the service knows.
pub(super) fn set(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let given = call.body().items("/quota_list");
    let is =
        |row: &Json, other: &Json| row.text("/enterprise_project_id") == other.text("/enterprise_project_id");
    if let Some(other) = given.iter().find(|new| !world.quotas.rows.iter().any(|row| is(row, new))) {
        let id = other.text("/enterprise_project_id");
        return Err(refusals::invalid_value(format!("there is no enterprise project {id}")));
    }
    for row in &mut world.quotas.rows {
        for new in given.iter().filter(|new| is(row, new)).cloned().collect::<Vec<_>>() {
            for field in ["/instance_quota", "/vcpus_quota", "/ram_quota"] {
                if let Some(value) = new.given(field) {
                    row.put(field, value.clone());
                }
            }
        }
    }
    Ok(json!({"quota_list": given}))
}

/// The tags of an instance.
pub(super) fn tags(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (rows, total) = reads::page(call, world.instance(call)?.row.items("/tags").to_vec());
    Ok(json!({"tags": rows, "total_count": total}))
}

/// The keys of all tags, each with its values.
pub(super) fn project_tags(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for tag in world.instances.values().flat_map(|instance| instance.row.items("/tags")) {
        let values = all.entry(tag.text("/key")).or_default();
        if !values.contains(&tag.text("/value")) {
            values.push(tag.text("/value"));
        }
    }
    let rows = all.into_iter().map(|(key, values)| json!({"key": key, "values": values})).collect();
    let (rows, total) = reads::page(call, rows);
    Ok(json!({"tags": rows, "total_count": total}))
}
