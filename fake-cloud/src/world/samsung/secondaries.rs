//! SQL Server's replacement for replica clusters: databases, a secondary server, and secondaries in another region.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::address::Addresses;
use super::cluster::{Cluster, ClusterChange, DR_SECONDARY, ORIGIN};
use super::servers;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

const DATABASES: &str = "/init_config_option/databases";

fn check_enterprise(cluster: &Cluster) -> Result<(), Refusal> {
    let engine = cluster.detail.text("/dbaas_engine");
    if engine.ends_with("Enterprise") {
        return Ok(());
    }
    Err(Refusal::invalid(format!("needs the Enterprise edition; {} is {engine}", cluster.name())))
}

/// Databases are deleted, then added; names are unique.
pub(super) fn databases(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_enterprise(cluster)?;
    let name = |row: &Json| row.text("/database_name").to_owned();
    let mut rows = cluster.detail.items(DATABASES).to_vec();
    for gone in call.body().items("/del_databases").iter().map(name) {
        if !rows.iter().any(|row| name(row) == gone) {
            return Err(Refusal::invalid(format!("del_databases: there is no database {gone}")));
        }
        rows.retain(|row| name(row) != gone);
    }
    for new in call.body().items("/add_databases") {
        if rows.iter().any(|row| name(row) == name(new)) {
            return Err(Refusal::invalid(format!(
                "add_databases: there is a database {} already",
                name(new)
            )));
        }
        let mut row = json!({"drive_letter": "E"});
        row.put("/database_name", name(new));
        if let Some(drive) = new.given("/drive_letter") {
            row.put("/drive_letter", drive.clone());
        }
        rows.push(row);
    }
    Ok(Box::new(move |cluster, _| cluster.detail.put(DATABASES, rows)))
}

/// Adds a server that takes over if another fails.
pub(super) fn add(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_enterprise(cluster)?;
    let body = call.body();
    let backups = cluster.detail.given("/init_config_option/backup_option").is_some();
    if !cluster.detail.flag("/ha_enabled") || !backups {
        return Err(Refusal::invalid("needs a cluster with high availability and scheduled backups"));
    }
    let name = body.text("/name");
    if cluster.servers().any(|server| server.text("/name") == name) {
        return Err(Refusal::invalid(format!("name: there is a server {name} already")));
    }
    let asked = json!({"role_type": "SECONDARY", "service_ip_address": body.text("/service_ip_address")});
    let server = servers::built_server(world, &asked, name.to_owned(), &mut Addresses::of(world))?;
    Ok(Box::new(move |cluster, _| cluster.add_servers(vec![server])))
}

/// Adds a secondary in another region, which this service lists but can't show.
pub(super) fn add_abroad(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let (name, region) = (call.body().text("/name").to_owned(), call.body().text("/region").to_owned());
    if cluster.secondaries.iter().any(|row| row.text("/name") == name) {
        return Err(Refusal::invalid(format!("name: there is a secondary {name} already")));
    }
    Ok(Box::new(move |cluster, at| {
        cluster.secondaries.push(json!({"name": name, "region_nm": region, "state": "RUNNING",
            "state_detail": null, "check_time": calendar::seconds(at)}));
    }))
}

/// Refreshes the secondaries.
pub(super) fn synchronize(_: &Samsung, _: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    Ok(Box::new(|cluster, at| {
        for row in &mut cluster.secondaries {
            row.put("/check_time", calendar::seconds(at));
        }
    }))
}

/// Promotes a secondary to an independent cluster.
pub(super) fn promote(
    _: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    if cluster.role() != DR_SECONDARY {
        let (name, role) = (cluster.name(), cluster.role());
        return Err(Refusal::invalid(format!(
            "the cluster {name} is not a DR secondary; its role is {role}"
        )));
    }
    Ok(Box::new(|cluster, _| {
        cluster.detail.put("/role_type", ORIGIN);
        cluster.detail.put("/origin_cluster_id", Json::Null);
    }))
}

/// The response of ListDrSecondaries.
pub(super) fn list(cluster: &Cluster) -> Json {
    json!({"contents": cluster.secondaries, "count": cluster.secondaries.len()})
}
