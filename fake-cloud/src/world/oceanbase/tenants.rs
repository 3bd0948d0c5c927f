//! Tenants.

use serde_json::{Value as Json, json};

use super::states::{PENDING_CREATE, rule_of};
use super::{Data, Instance, OceanBase, Tenant, Thing, addresses, copy, illegal, page};
use crate::calendar;
use crate::world::fields::Fields;
use crate::world::{Ask, list};

/// Properties of a request and where a tenant shows them.
const NAMES: &[(&str, &str)] = &[
    ("tenantName", "tenantName"),
    ("tenantMode", "tenantMode"),
    ("tenantCompatibilityModeEnum", "tenantCompatibilityMode"),
    ("primaryZone", "primaryZone"),
    ("charset", "charset"),
    ("timeZone", "timeZone"),
    ("description", "description"),
    ("cpu", "unitCpu"),
    ("memory", "unitMem"),
    ("unitNum", "unitNum"),
];

pub(super) fn answer(world: &mut OceanBase, ask: &Ask<'_>) -> Option<Data> {
    Some(match ask.id() {
        "queryTenants" => rows(world, ask),
        "describeTenant" => one(world, ask),
        "createTenant" => create(world, ask),
        "updateTenant" => change(world, ask),
        "modifyTenantPrimaryZone" => change(world, ask).map(|_| json!({})),
        "modifyTenantName" => rename(world, ask),
        "deleteTenant" => delete(world, ask),
        _ => return None,
    })
}

/// A tenant with its addresses.
fn shown(instance: &Instance, tenant: &Tenant) -> Json {
    let mut detail = tenant.detail.clone();
    let connections: Vec<_> = tenant.addresses.iter().map(|row| addresses::shown(instance, row)).collect();
    detail.put("/tenantConnections", connections);
    detail
}

fn one(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    world.tenant(ask)?;
    let instance = world.instance(ask)?;
    let tenant = instance.tenants.get(ask.path("tenantId"));
    Ok(tenant.map(|tenant| shown(instance, tenant)).unwrap_or_default())
}

fn rows(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let instance = &*world.instance(ask)?;
    let named = |tenant: &&Tenant| list::contains(&tenant.detail, "/tenantName", ask.text("tenantName"));
    let rows = instance.tenants.values().filter(named).map(|tenant| shown(instance, tenant));
    Ok(page(ask, rows.collect()))
}

fn create(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let body = ask.body();
    let name = body.text("/tenantName");
    let given = body.given("/tenantId").and_then(Json::as_str).map(str::to_owned);
    let id = given.unwrap_or_else(|| format!("t{}", ask.ambient.hex(12)));
    let tenants = &mut world.open(ask)?.tenants;
    if tenants.contains_key(&id) || tenants.values().any(|t| t.detail.text("/tenantName") == name) {
        return Err(illegal(format!("there is a tenant {name} already")));
    }
    let mut detail =
        json!({"tenantId": id, "status": PENDING_CREATE, "createTime": calendar::seconds(ask.now)});
    copy(body, &mut detail, NAMES);
    tenants.insert(id.clone(), Tenant { detail, ..Tenant::default() });
    world.accept(ask, Thing::tenant(ask, &id), rule_of(ask.id()), |_| ())?;
    Ok(json!({"tenantId": id}))
}

/// Other resources, or another primary zone.
fn change(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    world.open(ask)?;
    world.tenant(ask)?;
    let id = ask.path("tenantId");
    let (body, thing) = (ask.body().clone(), Thing::tenant(ask, id));
    let on = thing.clone();
    world.accept(ask, thing, rule_of(ask.id()), move |world| {
        if let Some(detail) = world.record(&on) {
            copy(&body, detail, NAMES);
        }
    })?;
    Ok(json!({"tenantId": id, "jobKey": ask.ambient.hex(32)}))
}

fn rename(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let name = ask.body().text("/tenantName");
    world.ready(ask)?.detail.put("/tenantName", name);
    Ok(json!({"instanceId": ask.path("instanceId"), "tenantId": ask.path("tenantId"), "tenantName": name}))
}

fn delete(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    world.open(ask)?;
    world.tenant(ask)?;
    let id = ask.path("tenantId");
    world.accept(ask, Thing::tenant(ask, id), rule_of(ask.id()), |_| ())?;
    Ok(json!({"tenantId": id}))
}
