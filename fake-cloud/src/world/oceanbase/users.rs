//! Database users of tenants.

use serde_json::{Value as Json, json};

use super::{Data, OceanBase, Tenant, copy, illegal, page};
use crate::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::{Ask, list};

const NAME: &str = "/userName";

pub(super) fn answer(world: &mut OceanBase, ask: &Ask<'_>) -> Option<Data> {
    Some(match ask.id() {
        "describeTenantUsers" => rows(world, ask),
        "createTenantUser" => create(world, ask),
        "deleteTenantUsers" => delete(world, ask),
        "modifyTenantUserRole" => authorize(world, ask),
        "modifyTenantUserDescription" => set(world, ask, &["description"]),
        "modifyTenantUserStatus" => set(world, ask, &["userStatus"]),
        // The cloud checks nobody's login, so a password is taken and forgotten.
        "modifyTenantUserPassword" => set(world, ask, &[]),
        _ => return None,
    })
}

fn rows(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let users = &world.tenant(ask)?.users;
    let wanted = |row: &&Json| {
        list::is(row, NAME, ask.text("userName")) && list::contains(row, NAME, ask.text("searchKey"))
    };
    Ok(page(ask, users.iter().filter(wanted).cloned().collect()))
}

fn user<'t>(tenant: &'t mut Tenant, name: &str) -> Result<&'t mut Json, Refusal> {
    let found = tenant.users.iter_mut().find(|row| row.text(NAME) == name);
    found.ok_or_else(|| Refusal::not_found(format!("there is no user {name}")))
}

fn create(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let body = ask.body();
    let name = body.text(NAME);
    let users = &mut world.ready(ask)?.users;
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

fn delete(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let tenant = world.ready(ask)?;
    let names: Vec<&str> = ask.body().items("/Users").iter().filter_map(Json::as_str).collect();
    for name in &names {
        user(tenant, name)?;
    }
    tenant.users.retain(|row| !names.contains(&row.text(NAME)));
    Ok(json!({}))
}

fn authorize(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let roles = ask.body().items("/userRole").to_vec();
    user(world.ready(ask)?, ask.path("userName"))?.put("/databases", roles);
    Ok(json!({}))
}

fn set(world: &mut OceanBase, ask: &Ask<'_>, names: &[&str]) -> Data {
    let row = user(world.ready(ask)?, ask.path("userName"))?;
    for name in names {
        copy(ask.body(), row, &[(name, name)]);
    }
    Ok(json!({}))
}
