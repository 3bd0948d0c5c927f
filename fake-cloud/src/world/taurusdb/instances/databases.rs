//! Databases and accounts of an instance, and permissions.

use serde_json::{Value as Json, json};

use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{Prepared, then};
use crate::world::taurusdb::contents::Contents;
use crate::world::taurusdb::instance::TaurusdbInstance;
use crate::world::taurusdb::state::Taurusdb;
use crate::world::taurusdb::{reads, refusals};

/// Databases that every instance has, but that no list contains.
const SYSTEM: [&str; 4] = ["information_schema", "mysql", "performance_schema", "sys"];

/// The account that every instance has, but that no list contains.
const ROOT: &str = "root";

/// A change of the contents of the instance.
fn inside(change: impl FnOnce(&mut Contents) + Send + 'static) -> Result<Prepared, Refusal> {
    then(move |instance, at| instance.history.change(at, change))
}

fn known(instance: &TaurusdbInstance, database: &str) -> Result<(), Refusal> {
    let found = instance.history.now.database(database);
    found.map(|_| ()).ok_or_else(|| refusals::invalid_value(format!("there is no database {database}")))
}

fn account(instance: &TaurusdbInstance, user: &Json) -> Result<(String, String), Refusal> {
    let (name, host) = (user.text("/name"), user.text("/host"));
    let found = instance.history.now.account(name, host);
    found.ok_or_else(|| refusals::invalid_value(format!("there is no account {name} at {host}")))?;
    Ok((name.to_owned(), host.to_owned()))
}

pub(super) fn create(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let new = call.body().items("/databases").to_vec();
    let mut names: Vec<&str> = Vec::new();
    for database in &new {
        let (name, charset) = (database.text("/name"), database.text("/character_set"));
        let there = SYSTEM.contains(&name) || instance.history.now.database(name).is_some();
        if there || names.contains(&name) {
            return Err(refusals::unsuited(format!("there is a database {name} already")));
        }
        if !world.model.charsets.iter().any(|known| known == charset) {
            return Err(refusals::invalid_value(format!("character_set: there is no {charset}")));
        }
        for user in database.items("/users") {
            account(instance, user)?;
        }
        names.push(name);
    }
    inside(move |contents| {
        for database in &new {
            let name = database.text("/name");
            contents.databases.push(json!({"name": name, "charset": database.text("/character_set"),
                "comment": database.text("/comment")}));
            for user in database.items("/users") {
                let grant = json!({"name": name, "readonly": user.flag("/readonly")});
                contents.grant(user.text("/name"), user.text("/host"), &[grant]);
            }
        }
    })
}

pub(super) fn delete(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let names: Vec<String> = texts(call.body().items("/databases")).into_iter().map(str::to_owned).collect();
    for name in &names {
        known(instance, name)?;
    }
    inside(move |contents| {
        contents.databases.retain(|row| !names.iter().any(|name| name == row.text("/name")));
        contents.revoke(None, &names);
    })
}

pub(super) fn comment(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let new = call.body().items("/databases").to_vec();
    for database in &new {
        known(instance, database.text("/name"))?;
    }
    inside(move |contents| {
        for row in &mut contents.databases {
            if let Some(database) = new.iter().find(|database| database.text("/name") == row.text("/name")) {
                row.put("/comment", database.text("/comment"));
            }
        }
    })
}

/// An account for each host of the request, or one for all hosts.
pub(super) fn create_accounts(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let mut new: Vec<Json> = Vec::new();
    for user in call.body().items("/users") {
        let name = user.text("/name");
        let mut hosts = texts(user.items("/hosts"));
        if hosts.is_empty() {
            hosts.push("%");
        }
        for grant in user.items("/databases") {
            known(instance, grant.text("/name"))?;
        }
        for host in hosts {
            let is_new = |row: &Json| row.text("/name") == name && row.text("/host") == host;
            let there = name == ROOT || instance.history.now.account(name, host).is_some();
            if there || new.iter().any(is_new) {
                return Err(refusals::unsuited(format!("there is an account {name} at {host} already")));
            }
            new.push(json!({"name": name, "host": host, "comment": user.text("/comment"),
                "databases": user.items("/databases")}));
        }
    }
    inside(move |contents| contents.accounts.extend(new))
}

pub(super) fn delete_accounts(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let mut named = Vec::new();
    for user in call.body().items("/users") {
        named.push(account(instance, user)?);
    }
    inside(move |contents| {
        contents
            .accounts
            .retain(|row| !named.iter().any(|(n, h)| n == row.text("/name") && h == row.text("/host")));
    })
}

pub(super) fn comment_accounts(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let users = call.body().items("/users").to_vec();
    for user in &users {
        account(instance, user)?;
    }
    inside(move |contents| {
        for user in &users {
            if let Some(row) = contents.account_mut(user.text("/name"), user.text("/host")) {
                row.put("/comment", user.text("/comment"));
            }
        }
    })
}

/// No response contains a password.
pub(super) fn passwords(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    for user in call.body().items("/users") {
        account(instance, user)?;
    }
    then(|_, _| {})
}

pub(super) fn grant(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let users = call.body().items("/users").to_vec();
    for user in &users {
        account(instance, user)?;
        for database in user.items("/databases") {
            known(instance, database.text("/name"))?;
        }
    }
    inside(move |contents| {
        for user in &users {
            contents.grant(user.text("/name"), user.text("/host"), user.items("/databases"));
        }
    })
}

pub(super) fn revoke(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let mut revoked = Vec::new();
    for user in call.body().items("/users") {
        let names = texts(user.items("/databases")).into_iter().map(str::to_owned).collect::<Vec<_>>();
        revoked.push((account(instance, user)?, names));
    }
    inside(move |contents| {
        for ((name, host), databases) in &revoked {
            contents.revoke(Some((name, host)), databases);
        }
    })
}

pub(crate) fn list(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let mut rows = world.instance(call)?.history.now.databases_shown();
    rows.retain(|row| {
        call.text("name").is_none_or(|name| row.text("/name") == name)
            && call.text("charset").is_none_or(|charset| row.text("/charset") == charset)
    });
    let (rows, total) = reads::page(call, rows);
    Ok(json!({"databases": rows, "total_count": total}))
}

pub(crate) fn list_accounts(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (rows, total) = reads::page(call, world.instance(call)?.history.now.accounts.clone());
    Ok(json!({"users": rows, "total_count": total}))
}
