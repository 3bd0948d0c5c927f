//! IP groups of tenants: lists of addresses that can connect. They are returned as JSON in a string.

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::{Data, OceanBase, OceanBaseHandler, page};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

const NAME: &str = "/securityIpGroupName";

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "describeTenantSecurityIpGroups" => {
            |world, call| world.tenant(call).map(|t| page(call, t.groups.clone()))
        }
        "createTenantSecurityIpGroup" => create,
        "modifyTenantSecurityIpGroup" => modify,
        "deleteTenantSecurityIpGroup" => delete,
        _ => return None,
    })
}

/// The response to a write: the group, and its place.
fn told(call: &WorldRequest<'_>, group: &Json) -> Json {
    let mut group = group.clone();
    group.put("/instanceId", call.path("instanceId"));
    group.put("/tenantId", call.path("tenantId"));
    group
}

fn text(call: &WorldRequest<'_>) -> String {
    call.body().get("securityIps").map(Json::to_string).unwrap_or_default()
}

fn place(groups: &[Json], call: &WorldRequest<'_>) -> Option<usize> {
    groups.iter().position(|group| group.text(NAME) == call.body().text(NAME))
}

fn create(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let groups = &mut world.ready(call)?.groups;
    if place(groups, call).is_some() {
        return Err(illegal(format!("there is a group {} already", call.body().text(NAME))));
    }
    let group = json!({"tenantId": call.path("tenantId"), "securityIpGroupName": call.body().text(NAME),
        "securityIps": text(call)});
    groups.push(group.clone());
    Ok(told(call, &group))
}

fn modify(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let groups = &mut world.ready(call)?.groups;
    let group = place(groups, call).and_then(|place| groups.get_mut(place)).ok_or_else(|| missing(call))?;
    group.put("/securityIps", text(call));
    Ok(told(call, group))
}

fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let groups = &mut world.ready(call)?.groups;
    let place = place(groups, call).ok_or_else(|| missing(call))?;
    Ok(told(call, &groups.remove(place)))
}

fn missing(call: &WorldRequest<'_>) -> Refusal {
    Refusal::not_found(format!("there is no group {}", call.body().text(NAME)))
}
