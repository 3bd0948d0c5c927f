//! The engine and its servers: versions and sizes.

use serde_json::Value as Json;

use super::Samsung;
use super::cluster::{Cluster, ClusterChange};
use super::offer::{major, version_numbers};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// Upgrades to a newer version of the same release line; replicas are patched before their origin.
pub(super) fn patch(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let wanted = call.body().text("/software_version");
    let (now, then) = (version_numbers(cluster.version()), version_numbers(wanted));
    let engine = world.offer.version(wanted).filter(|engine| !engine.flag("/end_of_service"));
    let Some(engine) = engine.cloned().filter(|_| then > now && major(wanted) == major(cluster.version()))
    else {
        return Err(Refusal::invalid(format!(
            "Unpatchable version: {} cannot become {wanted}",
            cluster.version()
        )));
    };
    if call
        .body()
        .given("/dbaas_engine")
        .is_some_and(|engine| cluster.detail.get("dbaas_engine") != Some(engine))
    {
        return Err(Refusal::invalid("dbaas_engine: is not the engine of the cluster"));
    }
    replicas_first(world, cluster, &then)?;
    let backup_first = call.body().flag("/backup_before_upgrade");
    let begun = call.now;
    Ok(Box::new(move |cluster, at| {
        if backup_first {
            cluster.add_backup(begun);
        }
        run(cluster, &engine, at);
    }))
}

/// Upgrades to the next release line, to a version that is not newer than that of a replica. There is no downgrade.
pub(super) fn upgrade(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let wanted = call.body().text("/software_version");
    let engine = world.offer.version(wanted).filter(|engine| !engine.flag("/end_of_service"));
    let next = world.offer.next_line(cluster.version());
    let fits = |engine: &Json| {
        Some(engine.text("/major_version")) == next
            && call.body().text("/dbaas_engine") == cluster.detail.text("/dbaas_engine")
    };
    let Some(engine) = engine.filter(|engine| fits(engine)).cloned() else {
        return Err(Refusal::invalid(format!("{} cannot be upgraded to {wanted}", cluster.version())));
    };
    replicas_first(world, cluster, &version_numbers(wanted))?;
    Ok(Box::new(move |cluster, at| run(cluster, &engine, at)))
}

/// Upgrades the kernel of the operating system, if there is a newer one.
pub(super) fn upgrade_kernel(
    _: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    if !cluster.detail.flag("/is_kernel_patchable") {
        return Err(Refusal::invalid(format!("there is no newer kernel for the cluster {}", cluster.name())));
    }
    Ok(Box::new(|cluster, at| {
        cluster.detail.put("/is_kernel_patchable", false);
        cluster.start_afresh(at);
    }))
}

fn replicas_first(world: &Samsung, cluster: &Cluster, then: &Vec<u32>) -> Result<(), Refusal> {
    let mut replicas = world.clusters.values().filter(|other| other.follows(cluster.id()));
    match replicas.find(|replica| version_numbers(replica.version()) < *then) {
        Some(replica) => {
            Err(Refusal::invalid(format!("the replica {} must be patched first", replica.name())))
        }
        None => Ok(()),
    }
}

fn run(cluster: &mut Cluster, engine: &Json, at: i64) {
    cluster.detail.put("/software_version", engine.text("/software_version"));
    cluster.detail.put("/dbaas_engine_version_name", engine.text("/name"));
    cluster.start_afresh(at);
}

/// Changes the size of servers to another one that is offered.
pub(super) fn resize(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let wanted = call.body().text("/server_type_name").to_owned();
    let group = call.path("instance_group_id").to_owned();
    world.offer.check_server(&wanted)?;
    if cluster.server_group(&group).is_some_and(|group| group.text("/server_type_name") == wanted) {
        return Err(Refusal::invalid(format!("server_type_name: the servers are {wanted} already")));
    }
    Ok(Box::new(move |cluster, at| {
        if let Some(group) = cluster.server_group_mut(&group) {
            group.put("/server_type_name", wanted);
        }
        cluster.start_afresh(at);
    }))
}
