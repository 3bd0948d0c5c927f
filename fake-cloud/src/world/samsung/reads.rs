//! The read operations.

use serde_json::{Value as Json, json};

use super::cluster::Cluster;
use super::states::REACHABLE;
use super::{Samsung, commands, logs, parameters, refusals, replicas, secondaries};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;
use crate::world::work::Phase;

/// Processes an operation and returns the body of the response.
type SamsungRead = fn(&Samsung, &WorldRequest<'_>) -> Result<Json, Refusal>;

pub(super) fn handler(operation: &str) -> Option<SamsungRead> {
    Some(match operation {
        "ListClusters" => clusters,
        "ShowCluster" => |world, call| Ok(show(world, world.cluster(call.path("cluster_id"))?)),
        "ShowRequest" => request,
        "ShowInstance" => server,
        "ListReplicas" => followers,
        "ListDrSecondaries" => |world, call| Ok(secondaries::list(world.cluster(call.path("cluster_id"))?)),
        "ListCommands" => |world, call| Ok(commands::list(reachable(world, call)?)),
        "ShowArchiveConfig" => |world, call| Ok(reachable(world, call)?.archive.clone()),
        "ListBackupHistories" => |world, call| Ok(histories(reachable(world, call)?, call)),
        "ListLogExportConfigs" => |world, call| Ok(logs::rows(world, call, reachable(world, call)?)),
        "ListParameterValues" => |world, call| Ok(parameters::values(reachable(world, call)?)),
        "ListParameters" => group,
        "ListParameterGroups" => groups,
        "ListEngineVersions" => |world, call| Ok(versions(world, call)),
        "ListEngineVersionProperties" => properties,
        "ListServerTypes" => |world, call| Ok(servers(world, call)),
        _ => return None,
    })
}

/// The cluster, if its engine can be queried.
fn reachable<'w>(world: &'w Samsung, call: &WorldRequest<'_>) -> Result<&'w Cluster, Refusal> {
    let cluster = world.cluster(call.path("cluster_id"))?;
    if REACHABLE.contains(&cluster.state()) {
        return Ok(cluster);
    }
    let (name, state) = (cluster.name(), cluster.state());
    Err(refusals::state(format!("the engine of {name} cannot be reached; the cluster is {state}")))
}

fn show(world: &Samsung, cluster: &Cluster) -> Json {
    let mut detail = cluster.detail.clone();
    let here = replicas::finished(world, cluster.id()).into_iter().filter(|replica| !replica.abroad());
    let ids = here.map(Cluster::id);
    if detail.get("replicas").is_some() {
        detail.put("/replicas", ids.collect::<Json>());
    }
    detail
}

/// A server by its name; common fields have the values of its cluster.
fn server(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let cluster = world.cluster(call.path("cluster_id"))?;
    let name = call.path("instance_name");
    let found = cluster.server_groups().iter().find_map(|group| {
        let server = group.items("/instances").iter().find(|server| server.text("/name") == name)?;
        Some((group, server))
    });
    let Some((group, server)) = found else {
        return Err(Refusal::not_found(format!("the cluster {} has no server {name}", cluster.name())));
    };
    let size = world.offer.server(group.text("/server_type_name"));
    let mut shown = call.example().body.unwrap_or_default();
    for (field, value) in shown.as_object_mut().into_iter().flatten() {
        let sources = [server.get(field), group.get(field), cluster.detail.get(field)];
        let known = sources.into_iter().flatten().next().or_else(|| size?.get(field));
        if let Some(known) = known {
            *value = known.clone();
        }
    }
    let disks = group.items("/block_storage_groups").iter().map(|disk| {
        let part = |field: &str| disk.get(field).cloned().unwrap_or_default();
        json!({"name": part("name"), "role_type": part("role_type"), "size_gb": part("size_gb"),
            "volume_type": part("volume_type")})
    });
    shown.put("/block_storages", disks.collect::<Json>());
    shown.put("/cluster_id", cluster.id());
    shown.put("/cluster_name", cluster.name());
    Ok(shown)
}

/// A row of ListClusters, with the fields of the spec's example. Fields that ShowCluster does not have are false or
/// null.
fn summary(world: &Samsung, cluster: &Cluster) -> Json {
    let init = cluster.detail.get("init_config_option");
    let field = |(name, example): (&String, &Json)| {
        let value = cluster.detail.get(name).or_else(|| init?.get(name));
        let absent = if example.is_boolean() { json!(false) } else { Json::Null };
        (name.clone(), value.cloned().unwrap_or(absent))
    };
    Json::Object(world.offer.summary.as_object().into_iter().flatten().map(field).collect())
}

fn clusters(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let rows = world.by_name().into_iter().map(|cluster| summary(world, cluster));
    let rows = rows.filter(|row| {
        list::contains(row, "/name", call.text("name"))
            && list::is(row, "/service_state", call.text("service_state"))
            && list::is(row, "/database_name", call.text("database_name"))
    });
    page(call, rows.collect())
}

/// A page, counted from 0, in the order of `sort`.
fn page(call: &WorldRequest<'_>, mut rows: Vec<Json>) -> Result<Json, Refusal> {
    let sort = sorted(call, &mut rows)?;
    let (page, size) = (call.number("page").unwrap_or_default(), call.number("size").unwrap_or(20));
    let count = rows.len();
    let rows = list::cut(rows, page.saturating_mul(size), size);
    Ok(json!({"contents": rows, "count": count, "page": page, "size": size, "sort": [sort]}))
}

/// Sorts by `field:asc` or `field:desc`. Rows without the field keep their order.
fn sorted<'a>(call: &WorldRequest<'a>, rows: &mut [Json]) -> Result<&'a str, Refusal> {
    let sort = call.text("sort").unwrap_or("name:asc");
    let descending = match sort.split_once(':') {
        Some((_, "asc")) => false,
        Some((_, "desc")) => true,
        _ => {
            return Err(Refusal::invalid(format!("sort: `{sort}` is not a field, a colon, and asc or desc")));
        }
    };
    list::sort(rows, sort.split(':').next().unwrap_or_default(), descending);
    Ok(sort)
}

/// The states of a request are REQUESTING, STARTING, and finally COMPLETED or FAILED.
fn request(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let id = call.path("request_id");
    let work = world.works.find(id);
    let work = work.ok_or_else(|| Refusal::not_found(format!("there is no request {id}")))?;
    let state = match work.phase(call.now) {
        Phase::Waiting => "REQUESTING",
        Phase::Running => "STARTING",
        Phase::Done if work.fails => "FAILED",
        Phase::Done => "COMPLETED",
    };
    Ok(json!({"request_id": id, "state": state}))
}

fn followers(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let origin = world.cluster(call.path("cluster_id"))?;
    let replicas = replicas::finished(world, origin.id()).into_iter();
    let rows: Vec<Json> = replicas.map(|replica| replicas::row(replica, call.now)).collect();
    Ok(json!({"count": rows.len(), "contents": rows}))
}

/// Newest first; `page` counts from 1, and without `limit` there is one page.
fn histories(cluster: &Cluster, call: &WorldRequest<'_>) -> Json {
    let mut backups: Vec<_> = cluster.backups.iter().collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.made));
    let rows: Vec<Json> = backups.into_iter().map(|backup| backup.row.clone()).collect();
    let (count, size) = (rows.len(), call.number("limit").unwrap_or(i64::MAX));
    let before = call.number("page").unwrap_or(1).max(1) - 1;
    json!({"contents": list::cut(rows, before.saturating_mul(size), size), "total_count": count})
}

fn group(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let id = call.path("dbaas_parameter_group_id");
    if !world.offer.groups.iter().any(|group| group.text("/id") == id) {
        return Err(Refusal::invalid(format!("dbaas_parameter_group_id: there is no group {id}")));
    }
    let row = |parameter: &Json| {
        let part = |field: &str| parameter.get(field).cloned().unwrap_or_default();
        json!({
            "dbaas_parameter_group_id": id,
            "default_value": part("default_value"),
            "description": part("description"),
            "id": part("id"),
            "name": part("name"),
            "software_type": part("software_type"),
        })
    };
    page(call, world.offer.parameters.iter().map(row).collect())
}

fn groups(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut rows = picked(&world.offer.groups, call, &["major_version", "product_image_type"]);
    let sort = sorted(call, &mut rows)?;
    Ok(json!({"contents": rows, "sort": [sort]}))
}

fn versions(world: &Samsung, call: &WorldRequest<'_>) -> Json {
    let mut rows = picked(&world.offer.versions, call, &["id", "product_image_type"]);
    rows.retain(|row| !row.flag("/end_of_service") || call.flag("eos_included") == Some(true));
    json!({"contents": rows})
}

fn servers(world: &Samsung, call: &WorldRequest<'_>) -> Json {
    json!({"contents": picked(&world.offer.servers, call, &["name", "product_image_type"])})
}

/// Rows whose fields have the values of the query parameters with the same names.
fn picked(rows: &[Json], call: &WorldRequest<'_>, fields: &[&str]) -> Vec<Json> {
    let fits = |row: &&Json| fields.iter().all(|name| list::is(row, &format!("/{name}"), call.text(name)));
    rows.iter().filter(fits).cloned().collect()
}

/// The example of the spec, for every version.
fn properties(world: &Samsung, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let id = call.path("dbaas_engine_version_id");
    match world.offer.versions.iter().any(|engine| engine.text("/id") == id) {
        true => Ok(call.example().body.unwrap_or_default()),
        false => Err(Refusal::not_found(format!("there is no engine version {id}"))),
    }
}
