//! Instances and their proxy clusters.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::states::{PENDING_CREATE, rule_of};
use super::{Data, Instance, OceanBase, Thing, copy, illegal, page};
use crate::calendar;
use crate::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::{Ask, list};

/// Properties of an instance that the list does not show.
const DETAILS: &[&str] = &["nodeNum", "projectId", "replicaMode", "dataMergeTime"];

pub(super) fn answer(world: &mut OceanBase, ask: &Ask<'_>) -> Option<Data> {
    Some(match ask.id() {
        "describeInstances" => Ok(rows(world, ask)),
        "describeInstance" => world.instance(ask).map(|instance| instance.detail.clone()),
        "createInstance" => create(world, ask),
        "deleteInstance" => delete(world, ask),
        "modifyInstanceName" => rename(world, ask),
        "modifyInstanceNodeNum" => resize(world, ask, &[("nodeNum", "nodeNum")]),
        "modifyInstanceSpec" => resize(world, ask, &[("instanceClass", "instanceClass")]),
        "startCluster" | "stopCluster" => switch(world, ask),
        "modifyOdpClusterSpec" => proxies(world, ask),
        _ => return None,
    })
}

fn rows(world: &OceanBase, ask: &Ask<'_>) -> Json {
    let searched = |instance: &Instance| {
        ask.text("tenantSearchKey").is_none_or(|key| {
            instance
                .tenants
                .iter()
                .any(|(id, t)| id.contains(key) || t.detail.text("/tenantName").contains(key))
        })
    };
    let found = world.instances.values().filter(|instance| {
        list::contains(&instance.detail, "/instanceName", ask.text("instanceName"))
            && list::is(&instance.detail, "/instanceId", ask.text("instanceId"))
            && searched(instance)
    });
    page(ask, found.map(row).collect())
}

fn row(instance: &Instance) -> Json {
    let mut row = instance.detail.clone();
    if let Some(fields) = row.as_object_mut() {
        fields.retain(|name, _| !DETAILS.contains(&name.as_str()));
    }
    if let Some((cpu, mem)) = size(instance.detail.text("/instanceClass")) {
        row.put("/cpu", cpu);
        row.put("/mem", mem);
    }
    row.put("/diskSize", instance.disk);
    row
}

/// Processors and memory of a class such as 4C16G.
fn size(class: &str) -> Option<(i64, i64)> {
    let (cpu, rest) = class.split_once('C')?;
    Some((cpu.parse().ok()?, rest.trim_end_matches(['G', 'B']).parse().ok()?))
}

fn create(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let body = ask.body();
    if size(body.text("/instanceClass")).is_none() {
        let problem = format!("`{}` is no class such as 4C16G", body.text("/instanceClass"));
        return Err(Refusal::invalid(problem));
    }
    if body.flag("/dryRun") {
        return Ok(json!({"dryRun": true, "dryRunResult": true}));
    }
    let id = format!("ob{}", ask.ambient.hex(12));
    let zones: Vec<&str> = body.text("/zones").split(',').map(str::trim).collect();
    let mut detail = json!({"instanceId": id, "instanceName": id, "status": PENDING_CREATE, "nodeNum": 3,
        "projectId": world.project, "createTime": calendar::seconds(ask.now), "payType": "POSTPAY",
        "version": body.text("/obVersion"), "availableZones": zones, "instanceType": "CLUSTER"});
    let names = ["instanceName", "cloudProvider", "region", "instanceClass", "replicaMode", "instanceType"];
    copy(body, &mut detail, &names.map(|name| (name, name)));
    let (disk, proxies, tenants) = (body.number("/diskSize"), BTreeMap::new(), BTreeMap::new());
    world.instances.insert(id.clone(), Instance { detail, disk, proxies, tenants });
    world.accept(ask, Thing::instance(&id), rule_of(ask.id()), |_| ())?;
    Ok(json!({"orderId": ask.ambient.text(b"0123456789", 19), "instanceId": id, "dryRun": false}))
}

fn delete(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let id = ask.body().text("/instanceId");
    world.instance_of(id)?;
    if !ask.body().flag("/dryRun") {
        world.accept(ask, Thing::instance(id), rule_of(ask.id()), |_| ())?;
    }
    Ok(json!({}))
}

fn rename(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let name = ask.body().text("/instanceName");
    if name.trim().is_empty() {
        return Err(Refusal::own(400, "Params.InstanceName.Invalid", "the name is empty"));
    }
    world.open(ask)?.detail.put("/instanceName", name);
    Ok(json!({"instanceName": name}))
}

/// Another number or size of nodes.
fn resize(world: &mut OceanBase, ask: &Ask<'_>, names: &'static [(&str, &str)]) -> Data {
    let id = ask.path("instanceId");
    let body = ask.body().clone();
    world.instance(ask)?;
    if body.flag("/dryRun") {
        return Ok(json!({"instanceId": id, "dryRun": true, "dryRunResult": true}));
    }
    let on = id.to_owned();
    world.accept(ask, Thing::instance(id), rule_of(ask.id()), move |world| {
        if let Some(instance) = world.instances.get_mut(&on) {
            copy(&body, &mut instance.detail, names);
            instance.disk = body.given("/diskSize").and_then(Json::as_i64).unwrap_or(instance.disk);
        }
    })?;
    Ok(json!({"orderId": ask.ambient.text(b"0123456789", 19), "instanceId": id, "dryRun": false}))
}

fn switch(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    world.instance(ask)?;
    world.accept(ask, Thing::instance(ask.path("instanceId")), rule_of(ask.id()), |_| ())?;
    Ok(Json::Null)
}

/// Another size of a proxy cluster.
fn proxies(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let (body, id) = (ask.body().clone(), ask.path("instanceId").to_owned());
    let proxy = body.text("/proxyClusterId").to_owned();
    let Some(known) = world.instance(ask)?.proxies.get(&proxy) else {
        return Err(Refusal::not_found(format!("there is no proxy cluster {proxy}")));
    };
    let (units, most) = (body.number("/unitNum"), known.number("/unitNumLimit"));
    if units > most {
        return Err(illegal(format!("{proxy} can have {most} units, not {units}")));
    }
    world.accept(ask, Thing::instance(&id.clone()), rule_of(ask.id()), move |world| {
        let found = world.instances.get_mut(&id).and_then(|instance| instance.proxies.get_mut(&proxy));
        if let Some(found) = found {
            copy(&body, found, &[("unitNum", "unitNum"), ("mode", "proxyMode"), ("zone", "zone")]);
        }
    })?;
    Ok(json!({}))
}
