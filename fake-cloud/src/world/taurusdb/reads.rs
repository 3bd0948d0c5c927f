//! Lists of instances, proxies and settings.

use serde_json::{Value as Json, json};

use super::Taurusdb;
use super::refusals::invalid_value;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;

/// The rows of the requested page, and the total number of rows.
pub(super) fn page(call: &WorldRequest<'_>, rows: Vec<Json>) -> (Vec<Json>, usize) {
    let total = rows.len();
    let (offset, limit) =
        (call.number("offset").unwrap_or_default(), call.number("limit").unwrap_or(i64::MAX));
    (list::cut(rows, offset, limit), total)
}

/// Whether all filters match.
pub(super) fn instances(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let tags = tags(call)?;
    let mut rows: Vec<Json> = world.instances.values().map(|instance| instance.summary(call)).collect();
    rows.retain(|row| {
        let plain = [("/type", "type"), ("/vpc_id", "vpc_id"), ("/subnet_id", "subnet_id")];
        let addresses = [
            ("/private_ips", "private_ip"),
            ("/readonly_private_ips", "readonly_private_ip"),
            ("/proxy_ips", "proxy_ip"),
        ];
        like(row.text("/id"), call.text("id"))
            && like(row.text("/name"), call.text("name"))
            && plain.iter().all(|(field, asked)| list::is(row, field, call.text(asked)))
            && list::is(row, "/datastore/type", call.text("datastore_type"))
            && addresses.iter().all(|(field, asked)| {
                call.text(asked).is_none_or(|address| row.items(field).contains(&json!(address)))
            })
            && tags.iter().all(|tag| row.items("/tags").contains(tag))
    });
    list::sort(&mut rows, "name", false);
    let (rows, total) = page(call, rows);
    Ok(json!({"instances": rows, "total_count": total}))
}

/// Whether a value is equal to the filter, or contains it after a `*`.
fn like(text: &str, asked: Option<&str>) -> bool {
    asked.is_none_or(|asked| match asked.strip_prefix('*') {
        Some(part) => text.contains(part),
        None => text == asked,
    })
}

/// The tags of `key=value,key=value`.
fn tags(call: &WorldRequest<'_>) -> Result<Vec<Json>, Refusal> {
    let Some(asked) = call.text("tags") else { return Ok(Vec::new()) };
    let tags = asked.split(',').map(|tag| tag.split_once('='));
    let tags: Option<Vec<Json>> =
        tags.map(|tag| tag.map(|(key, value)| json!({"key": key, "value": value}))).collect();
    tags.ok_or_else(|| {
        invalid_value(format!("tags: `{asked}` is not key=value, several separated by commas"))
    })
}

pub(super) fn proxies(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let rows = world.instance(call)?.proxies.iter().map(|proxy| proxy.row.clone()).collect();
    Ok(json!({"proxy_list": page(call, rows).0}))
}

pub(super) fn settings(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut rows = world.proxy(call)?.settings.clone();
    rows.retain(|row| list::is(row, "/name", call.text("name")));
    let (rows, total) = page(call, rows);
    Ok(json!({"configurations": rows, "total_count": total}))
}

/// Details of the instances whose ids are listed, separated by commas.
pub(super) fn details(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut rows = Vec::new();
    for id in call.path("instance_ids").split(',') {
        rows.push(world.instance_by_id(id)?.detail(call));
    }
    Ok(json!({"instances": rows}))
}

/// The kernel of an instance, and the newest one.
pub(super) fn version(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let instance = world.instance(call)?;
    let (current, latest) = (instance.kernel(), world.model.latest_kernel.as_str());
    let version = instance.row.text("/datastore/version");
    let datastore = json!({"current_version": version, "current_kernel_version": current,
        "latest_version": version, "latest_kernel_version": latest});
    Ok(json!({"datastore": datastore, "upgrade_flag": current != latest}))
}

/// The public address of an instance; none if it has none.
pub(super) fn address(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let instance = world.instance(call)?;
    Ok(match instance.public_address() {
        Some(address) => json!({"public_ip_address": address, "status": "ACTIVE",
            "private_ip_address": instance.row.text("/private_ips/0")}),
        None => json!({}),
    })
}

/// A time of the query.
///
/// # Errors It does not have the vendor's format.
pub(super) fn moment(call: &WorldRequest<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    let Some(text) = call.text(name) else { return Ok(None) };
    let form = "a time such as 2026-02-01T10:00:00+0800";
    calendar::rfc3339(text).map(Some).ok_or_else(|| invalid_value(format!("{name}: `{text}` is not {form}")))
}
