//! Database users of tenants.

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::{Data, OceanBase, OceanBaseHandler, Tenant, copy, page};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;

const NAME: &str = "/userName";

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "describeTenantUsers" => rows,
        "createTenantUser" => create,
        "deleteTenantUsers" => delete,
        "modifyTenantUserRole" => authorize,
        "modifyTenantUserDescription" => |world, call| set(world, call, &["description"]),
        "modifyTenantUserStatus" => |world, call| set(world, call, &["userStatus"]),
        // The cloud checks no logins, so passwords are not stored.
        "modifyTenantUserPassword" => |world, call| set(world, call, &[]),
        _ => return None,
    })
}

fn rows(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let users = &world.tenant(call)?.users;
    let wanted = |row: &&Json| {
        list::is(row, NAME, call.text("userName")) && list::contains(row, NAME, call.text("searchKey"))
    };
    Ok(page(call, users.iter().filter(wanted).cloned().collect()))
}

fn user<'t>(tenant: &'t mut Tenant, name: &str) -> Result<&'t mut Json, Refusal> {
    let found = tenant.users.iter_mut().find(|row| row.text(NAME) == name);
    found.ok_or_else(|| Refusal::not_found(format!("there is no user {name}")))
}

fn create(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let body = call.body();
    let name = body.text(NAME);
    let users = &mut world.ready(call)?.users;
    if users.iter().any(|row| row.text(NAME) == name) {
        return Err(illegal(format!("there is a user {name} already")));
    }
    let mut row = json!({"userName": name, "userType": "normal", "userStatus": "ONLINE"});
    copy(body, &mut row, &["userType", "description"].map(|name| (name, name)));
    let mut told = row.clone();
    row.put("/databases", body.items("/roles").to_vec());
    told.put("/roles", body.items("/roles").to_vec());
    users.push(row);
    Ok(told)
}

fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let tenant = world.ready(call)?;
    let names: Vec<&str> = call.body().items("/Users").iter().filter_map(Json::as_str).collect();
    for name in &names {
        user(tenant, name)?;
    }
    tenant.users.retain(|row| !names.contains(&row.text(NAME)));
    Ok(json!({}))
}

fn authorize(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let roles = call.body().items("/userRole").to_vec();
    user(world.ready(call)?, call.path("userName"))?.put("/databases", roles);
    Ok(json!({}))
}

fn set(world: &mut OceanBase, call: &WorldRequest<'_>, names: &[&str]) -> Data {
    let row = user(world.ready(call)?, call.path("userName"))?;
    for name in names {
        copy(call.body(), row, &[(name, name)]);
    }
    Ok(json!({}))
}
