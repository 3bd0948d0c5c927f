//! Commands of a cache engine that can be renamed, and switchover to a named server.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::cluster::{Cluster, ClusterChange};
use super::offer::ProductOffer;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// The response of ListCommands.
pub(super) fn list(cluster: &Cluster) -> Json {
    json!({
        "contents": cluster.commands,
        "total_count": cluster.commands.len(),
        "last_updated_at": calendar::seconds(cluster.commands_changed),
    })
}

/// Only some commands can be renamed, and names are unique.
pub(super) fn set(_: &Samsung, call: &WorldRequest<'_>, cluster: &Cluster) -> Result<ClusterChange, Refusal> {
    let mut commands = cluster.commands.clone();
    for asked in call.body().items("/commands") {
        let (id, wanted) = (asked.text("/id"), asked.text("/new_value"));
        if commands.iter().any(|row| row.text("/id") != id && row.text("/applied_value") == wanted) {
            return Err(Refusal::invalid(format!("commands: another command is called {wanted}")));
        }
        let Some(row) = commands.iter_mut().find(|row| row.text("/id") == id) else {
            return Err(Refusal::invalid(format!("commands: there is no command {id}")));
        };
        if !row.flag("/modifiable") {
            return Err(Refusal::invalid(format!("commands: {} cannot be renamed", row.text("/name"))));
        }
        row.put("/applied_value", wanted);
    }
    Ok(Box::new(move |cluster, at| {
        cluster.commands = commands;
        cluster.commands_changed = at;
    }))
}

/// The replica server that the request names becomes the master.
pub(super) fn switch_to(host: &str, cluster: &Cluster) -> Result<ClusterChange, Refusal> {
    let replica = |server: &Json| server.text("/name") == host && server.text("/role_type") == "REPLICA";
    if !cluster.servers().any(replica) {
        let name = cluster.name();
        return Err(Refusal::invalid(format!("switch_host_name: {host} is not a replica server of {name}")));
    }
    let host = host.to_owned();
    Ok(Box::new(move |cluster, _| {
        for group in cluster.detail.items_mut("/instance_groups") {
            for server in group.items_mut("/instances") {
                match (server.text("/name") == host, server.text("/role_type")) {
                    (true, _) => server.put("/role_type", "MASTER"),
                    (false, "MASTER") => server.put("/role_type", "REPLICA"),
                    _ => {}
                }
            }
        }
    }))
}

impl ProductOffer {
    /// The commands of a new cluster.
    pub(super) fn equip(&self, cluster: &mut Cluster) {
        cluster.commands.clone_from(&self.commands);
    }
}
