//! Export of logs to a bucket.
//!
//! All types of the product are listed, also those that are not registered. Keys are not stored.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::cluster::{Cluster, ClusterChange};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;

/// The values of a request that are stored.
const KEPT: &[&str] = &[
    "delete_on_export",
    "schedule_day_of_month",
    "schedule_day_of_week",
    "schedule_frequency_type",
    "schedule_hour",
];

/// The rows of ListLogExportConfigs.
pub(super) fn rows(world: &Samsung, call: &WorldRequest<'_>, cluster: &Cluster) -> Json {
    let types = world.offer.product.logs.iter();
    let rows = types
        .map(|(kind, label)| cluster.logs.get(*kind).cloned().unwrap_or_else(|| unregistered(kind, label)));
    let rows: Vec<Json> = rows.filter(|row| list::is(row, "/log_type", call.text("type"))).collect();
    json!({"count": rows.len(), "contents": rows})
}

fn unregistered(kind: &str, label: &str) -> Json {
    json!({
        "bucket_name": null,
        "delete_on_export": null,
        "is_bucket_deleted": null,
        "is_registered": false,
        "log_label": label,
        "log_type": kind,
        "schedule_day_of_month": null,
        "schedule_day_of_week": null,
        "schedule_frequency_type": null,
        "schedule_hour": null,
    })
}

/// The row with the schedule of a request.
fn scheduled(mut row: Json, body: &Json) -> Json {
    for field in KEPT {
        row.put(&format!("/{field}"), body.get(*field).cloned().unwrap_or_default());
    }
    row
}

/// The registered export that the path names.
fn known<'c>(call: &WorldRequest<'_>, cluster: &'c Cluster) -> Result<(String, &'c Json), Refusal> {
    let kind = call.path("log_type");
    match cluster.logs.get(kind) {
        Some(row) => Ok((kind.to_owned(), row)),
        None => {
            Err(Refusal::own(400, "InvalidLogType", format!("the log {kind} is not registered for export")))
        }
    }
}

/// A monthly export has a day of the month, a weekly one a day of the week, and others have neither.
fn check_days(body: &Json) -> Result<(), Refusal> {
    for (field, frequency) in [("schedule_day_of_month", "MONTH"), ("schedule_day_of_week", "WEEK")] {
        let due = body.text("/schedule_frequency_type") == frequency;
        if due != body.given(&format!("/{field}")).is_some() {
            return Err(Refusal::invalid(format!(
                "{field}: is given exactly when the frequency is {frequency}"
            )));
        }
    }
    Ok(())
}

pub(super) fn register(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let body = call.body();
    let asked = body.text("/log_type");
    let Some((kind, label)) = world.offer.product.logs.iter().find(|(kind, _)| *kind == asked) else {
        return Err(Refusal::own(400, "InvalidLogType", format!("there is no log {asked}")));
    };
    if cluster.logs.contains_key(*kind) {
        return Err(Refusal::invalid(format!("log_type: the log {kind} is registered already")));
    }
    if world.offer.product.days_by_frequency {
        check_days(body)?;
    }
    let mut row = scheduled(unregistered(kind, label), body);
    row.put("/bucket_name", body.text("/bucket_name"));
    row.put("/is_registered", true);
    row.put("/is_bucket_deleted", false);
    Ok(Box::new(move |cluster, _| _ = cluster.logs.insert((*kind).to_owned(), row)))
}

pub(super) fn change(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let (kind, row) = known(call, cluster)?;
    let row = scheduled(row.clone(), call.body());
    Ok(Box::new(move |cluster, _| _ = cluster.logs.insert(kind, row)))
}

pub(super) fn unregister(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let (kind, _) = known(call, cluster)?;
    Ok(Box::new(move |cluster, _| _ = cluster.logs.remove(&kind)))
}

pub(super) fn export(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    known(call, cluster)?;
    Ok(Box::new(|_, _| {}))
}
