//! The engine and the servers that it runs on: patches and sizes.

use super::backups::Backup;
use super::cluster::{Change, Cluster};
use super::offer::version_numbers;
use super::{Samsung, senseless};
use crate::refusal::Refusal;
use crate::world::Ask;
use crate::world::fields::Fields;

/// A newer version of the same release line; replicas are patched before their origin.
pub(super) fn patch(world: &Samsung, ask: &Ask<'_>, cluster: &Cluster) -> Result<Change, Refusal> {
    let wanted = ask.body().text("/software_version");
    let (now, then) = (version_numbers(cluster.version()), version_numbers(wanted));
    let engine = world.offer.version(wanted).filter(|engine| !engine.flag("/end_of_service"));
    let Some(engine) = engine.cloned().filter(|_| then > now && then.get(..2) == now.get(..2)) else {
        return Err(senseless(format!("Unpatchable version: {} cannot become {wanted}", cluster.version())));
    };
    let behind =
        world.clusters.values().find(|c| c.follows(cluster.id()) && version_numbers(c.version()) < then);
    if let Some(replica) = behind {
        return Err(senseless(format!("the replica {} must be patched first", replica.name())));
    }
    let backup_first = ask.body().flag("/backup_before_upgrade");
    let begun = ask.now;
    Ok(Box::new(move |cluster, at| {
        if backup_first {
            cluster.backups.push(Backup::new(begun, cluster.version()));
        }
        cluster.detail.put("/software_version", engine.text("/software_version"));
        cluster.detail.put("/dbaas_engine_version_name", engine.text("/name"));
        cluster.start_afresh(at);
    }))
}

/// Another size of servers, on offer and different from now.
pub(super) fn resize(world: &Samsung, ask: &Ask<'_>, cluster: &Cluster) -> Result<Change, Refusal> {
    let wanted = ask.body().text("/server_type_name").to_owned();
    let group = ask.path("instance_group_id").to_owned();
    world.offer.check_server(&wanted)?;
    if cluster.server_group(&group).is_some_and(|group| group.text("/server_type_name") == wanted) {
        return Err(senseless(format!("server_type_name: the servers are {wanted} already")));
    }
    Ok(Box::new(move |cluster, at| {
        if let Some(group) = cluster.server_group_mut(&group) {
            group.put("/server_type_name", wanted);
        }
        cluster.start_afresh(at);
    }))
}
