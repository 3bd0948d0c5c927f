//! Databases of tenants.

use serde_json::{Value as Json, json};

use super::{Data, OceanBase, Tenant, copy, illegal, page};
use crate::calendar;
use crate::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::{Ask, list};

const NAME: &str = "/databaseName";

pub(super) fn answer(world: &mut OceanBase, ask: &Ask<'_>) -> Option<Data> {
    Some(match ask.id() {
        "describeDatabases" => rows(world, ask),
        "createDatabase" => create(world, ask),
        "deleteDatabase" => delete(world, ask),
        "modifyDatabaseDescription" => describe(world, ask),
        "modifyDatabaseUserRole" => authorize(world, ask),
        _ => return None,
    })
}

fn rows(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let databases = &world.tenant(ask)?.databases;
    let named = |row: &&Json| list::contains(row, NAME, ask.text("databaseName"));
    Ok(page(ask, databases.iter().filter(named).cloned().collect()))
}

/// The database of this name.
pub(super) fn database<'t>(tenant: &'t mut Tenant, name: &str) -> Result<&'t mut Json, Refusal> {
    let found = tenant.databases.iter_mut().find(|row| row.text(NAME) == name);
    found.ok_or_else(|| Refusal::not_found(format!("there is no database {name}")))
}

fn create(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let body = ask.body();
    let name = body.text(NAME);
    let databases = &mut world.ready(ask)?.databases;
    if databases.iter().any(|row| row.text(NAME) == name) {
        return Err(illegal(format!("there is a database {name} already")));
    }
    let mut row = json!({"tenantId": ask.path("tenantId"), "databaseName": name, "status": "ONLINE",
        "gmtCreate": calendar::seconds(ask.now), "encoding": "utf8mb4", "users": []});
    copy(body, &mut row, &["encoding", "collation", "description"].map(|name| (name, name)));
    databases.push(row);
    Ok(json!({"databaseName": name}))
}

fn delete(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let tenant = world.ready(ask)?;
    let names: Vec<&str> = ask.body().items("/databaseNames").iter().filter_map(Json::as_str).collect();
    for name in &names {
        database(tenant, name)?;
    }
    tenant.databases.retain(|row| !names.contains(&row.text(NAME)));
    Ok(json!({}))
}

fn describe(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let words = ask.body().text("/description");
    database(world.ready(ask)?, ask.path("databaseName"))?.put("/description", words);
    Ok(json!({"description": words}))
}

/// Sets who may use a database; both sides show it.
fn authorize(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let tenant = world.ready(ask)?;
    let (name, grants) = (ask.body().text(NAME), ask.body().items("/users"));
    let known: Vec<_> = tenant.users.iter().map(|user| user.text("/userName").to_owned()).collect();
    if let Some(stranger) = grants.iter().find(|grant| !known.iter().any(|n| n == grant.text("/userName"))) {
        return Err(Refusal::not_found(format!("there is no user {}", stranger.text("/userName"))));
    }
    database(tenant, name)?.put("/users", grants.to_vec());
    for user in &mut tenant.users {
        let role = grants.iter().find(|grant| grant.text("/userName") == user.text("/userName"));
        let mut rights = user.items("/databases").to_vec();
        rights.retain(|right| right.text("/database") != name);
        rights.extend(role.map(|grant| json!({"database": name, "role": grant.text("/role")})));
        user.put("/databases", rights);
    }
    Ok(json!({}))
}
