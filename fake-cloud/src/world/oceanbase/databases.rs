//! Databases of tenants.

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::{Data, OceanBase, OceanBaseHandler, Tenant, copy, page};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;

const NAME: &str = "/databaseName";

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "describeDatabases" => rows,
        "createDatabase" => create,
        "deleteDatabase" => delete,
        "modifyDatabaseDescription" => describe,
        "modifyDatabaseUserRole" => authorize,
        _ => return None,
    })
}

fn rows(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let databases = &world.tenant(call)?.databases;
    let named = |row: &&Json| list::contains(row, NAME, call.text("databaseName"));
    Ok(page(call, databases.iter().filter(named).cloned().collect()))
}

/// The database of this name.
pub(super) fn database<'t>(tenant: &'t mut Tenant, name: &str) -> Result<&'t mut Json, Refusal> {
    let found = tenant.databases.iter_mut().find(|row| row.text(NAME) == name);
    found.ok_or_else(|| Refusal::not_found(format!("there is no database {name}")))
}

fn create(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let body = call.body();
    let name = body.text(NAME);
    let databases = &mut world.ready(call)?.databases;
    if databases.iter().any(|row| row.text(NAME) == name) {
        return Err(illegal(format!("there is a database {name} already")));
    }
    let mut row = json!({"tenantId": call.path("tenantId"), "databaseName": name, "status": "ONLINE",
        "gmtCreate": calendar::seconds(call.now), "encoding": "utf8mb4", "users": []});
    copy(body, &mut row, &["encoding", "collation", "description"].map(|name| (name, name)));
    databases.push(row);
    Ok(json!({"databaseName": name}))
}

fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let tenant = world.ready(call)?;
    let names: Vec<&str> = call.body().items("/databaseNames").iter().filter_map(Json::as_str).collect();
    for name in &names {
        database(tenant, name)?;
    }
    tenant.databases.retain(|row| !names.contains(&row.text(NAME)));
    Ok(json!({}))
}

fn describe(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let words = call.body().text("/description");
    database(world.ready(call)?, call.path("databaseName"))?.put("/description", words);
    Ok(json!({"description": words}))
}

/// Sets the permissions on a database, which databases and users both show.
fn authorize(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let tenant = world.ready(call)?;
    let (name, grants) = (call.body().text(NAME), call.body().items("/users"));
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
