//! The resources at the start: the instance of the spec's example, which is a running pair, and a single server that is
//! shut off.

use serde_json::Value as Json;

use super::instance::DbssInstance;
use super::{Dbss, states};
use crate::world::contract::Inventory;
use crate::world::fields::Fields;

/// Id of the instance that is shut off, which no example has.
pub(super) const IDLE: &str = "b7d1f0c2a3e44f5b8c6d9e0f1a2b3c4d";
const IDLE_SERVER: &str = "6f0e1d2c-3b4a-4958-8766-554433221100";

pub(super) fn fill(world: &mut Dbss, now: i64) {
    let pair = DbssInstance::of_example(&world.template, &world.region, now);
    let mut idle = DbssInstance::of_example(&world.template, &world.region, now);
    idle.rename("DBSS-OM-idle");
    idle.shown.put("/instance_id", IDLE);
    idle.shown.put("/public_ip", Json::Null);
    idle.keep_one_server();
    idle.shown.put("/float_ip", "10.0.148.96");
    idle.shown.put("/detail/server/0/connect_ip", "10.0.148.96");
    idle.shown.put("/detail/server/0/server_id", IDLE_SERVER);
    idle.show(states::SHUTOFF, states::AT_REST);
    for instance in [pair, idle] {
        world.instances.insert(instance.id().to_owned(), instance);
    }
}

pub(super) fn ids(world: &Dbss) -> Inventory {
    Inventory::from([("instance_id", world.instances.keys().cloned().collect())])
}
