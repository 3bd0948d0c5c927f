//! Tenants.

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::states::PENDING_CREATE;
use super::target::Target;
use super::writes::rule_of;
use super::{Data, OceanBase, OceanBaseHandler, OceanBaseInstance, Tenant, addresses, copy, page};
use crate::base::calendar;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;

/// Properties of a request and the corresponding ones of a tenant.
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

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "queryTenants" => rows,
        "describeTenant" => one,
        "createTenant" => create,
        "updateTenant" => change,
        "modifyTenantPrimaryZone" => |world, call| change(world, call).map(|_| json!({})),
        "modifyTenantName" => rename,
        "deleteTenant" => delete,
        _ => return None,
    })
}

/// A tenant with its addresses.
fn shown(instance: &OceanBaseInstance, tenant: &Tenant) -> Json {
    let mut detail = tenant.detail.clone();
    let connections: Vec<_> = tenant.addresses.iter().map(|row| addresses::shown(instance, row)).collect();
    detail.put("/tenantConnections", connections);
    detail
}

fn one(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    world.tenant(call)?;
    let instance = world.instance(call)?;
    let tenant = instance.tenants.get(call.path("tenantId"));
    Ok(tenant.map(|tenant| shown(instance, tenant)).unwrap_or_default())
}

fn rows(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let instance = &*world.instance(call)?;
    let named = |tenant: &&Tenant| list::contains(&tenant.detail, "/tenantName", call.text("tenantName"));
    let rows = instance.tenants.values().filter(named).map(|tenant| shown(instance, tenant));
    Ok(page(call, rows.collect()))
}

fn create(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let body = call.body();
    let name = body.text("/tenantName");
    let given = body.given("/tenantId").and_then(Json::as_str).map(str::to_owned);
    let id = given.unwrap_or_else(|| format!("t{}", call.runtime.hex(12)));
    let tenants = &mut world.open(call)?.tenants;
    if tenants.contains_key(&id) || tenants.values().any(|t| t.detail.text("/tenantName") == name) {
        return Err(illegal(format!("there is a tenant {name} already")));
    }
    let mut detail =
        json!({"tenantId": id, "status": PENDING_CREATE, "createTime": calendar::seconds(call.now)});
    copy(body, &mut detail, NAMES);
    tenants.insert(id.clone(), Tenant { detail, ..Tenant::default() });
    world.accept(call, Target::tenant(call, &id), rule_of(call.id()), |_| ())?;
    Ok(json!({"tenantId": id}))
}

/// Changes resources or the primary zone.
fn change(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    world.open(call)?;
    world.tenant(call)?;
    let id = call.path("tenantId");
    let (body, thing) = (call.body().clone(), Target::tenant(call, id));
    let on = thing.clone();
    world.accept(call, thing, rule_of(call.id()), move |world| {
        if let Some(detail) = world.record(&on) {
            copy(&body, detail, NAMES);
        }
    })?;
    Ok(json!({"tenantId": id, "jobKey": call.runtime.hex(32)}))
}

fn rename(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let name = call.body().text("/tenantName");
    world.ready(call)?.detail.put("/tenantName", name);
    Ok(json!({"instanceId": call.path("instanceId"), "tenantId": call.path("tenantId"), "tenantName": name}))
}

fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    world.open(call)?;
    world.tenant(call)?;
    let id = call.path("tenantId");
    world.accept(call, Target::tenant(call, id), rule_of(call.id()), |_| ())?;
    Ok(json!({"tenantId": id}))
}
