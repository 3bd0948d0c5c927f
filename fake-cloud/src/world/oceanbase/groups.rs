//! IP groups of tenants: lists of addresses that may connect. They are shown as JSON in a string.

use serde_json::{Value as Json, json};

use super::{Data, OceanBase, illegal, page};
use crate::refusal::Refusal;
use crate::world::Ask;
use crate::world::fields::Fields;

const NAME: &str = "/securityIpGroupName";

pub(super) fn answer(world: &mut OceanBase, ask: &Ask<'_>) -> Option<Data> {
    Some(match ask.id() {
        "describeTenantSecurityIpGroups" => world.tenant(ask).map(|t| page(ask, t.groups.clone())),
        "createTenantSecurityIpGroup" => create(world, ask),
        "modifyTenantSecurityIpGroup" => modify(world, ask),
        "deleteTenantSecurityIpGroup" => delete(world, ask),
        _ => return None,
    })
}

/// What a write answers: the group, and where it is.
fn told(ask: &Ask<'_>, group: &Json) -> Json {
    let mut group = group.clone();
    group.put("/instanceId", ask.path("instanceId"));
    group.put("/tenantId", ask.path("tenantId"));
    group
}

fn text(ask: &Ask<'_>) -> String {
    ask.body().get("securityIps").map(Json::to_string).unwrap_or_default()
}

fn place(groups: &[Json], ask: &Ask<'_>) -> Option<usize> {
    groups.iter().position(|group| group.text(NAME) == ask.body().text(NAME))
}

fn create(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let groups = &mut world.ready(ask)?.groups;
    if place(groups, ask).is_some() {
        return Err(illegal(format!("there is a group {} already", ask.body().text(NAME))));
    }
    let group = json!({"tenantId": ask.path("tenantId"), "securityIpGroupName": ask.body().text(NAME),
        "securityIps": text(ask)});
    groups.push(group.clone());
    Ok(told(ask, &group))
}

fn modify(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let groups = &mut world.ready(ask)?.groups;
    let group = place(groups, ask).and_then(|place| groups.get_mut(place)).ok_or_else(|| missing(ask))?;
    group.put("/securityIps", text(ask));
    Ok(told(ask, group))
}

fn delete(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let groups = &mut world.ready(ask)?.groups;
    let place = place(groups, ask).ok_or_else(|| missing(ask))?;
    Ok(told(ask, &groups.remove(place)))
}

fn missing(ask: &Ask<'_>) -> Refusal {
    Refusal::not_found(format!("there is no group {}", ask.body().text(NAME)))
}
