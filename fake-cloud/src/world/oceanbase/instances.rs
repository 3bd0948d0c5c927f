//! Instances and their proxy clusters.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::states::PENDING_CREATE;
use super::target::Target;
use super::writes::rule_of;
use super::{Data, OceanBase, OceanBaseHandler, OceanBaseInstance, copy, page};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::list;
use crate::world::request::WorldRequest;

/// Properties of an instance that the list does not have.
const DETAILS: &[&str] = &["nodeNum", "projectId", "replicaMode", "dataMergeTime"];

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "describeInstances" => |world, call| Ok(rows(world, call)),
        "describeInstance" => |world, call| world.instance(call).map(|instance| instance.detail.clone()),
        "createInstance" => create,
        "deleteInstance" => delete,
        "modifyInstanceName" => rename,
        "modifyInstanceNodeNum" => |world, call| resize(world, call, &[("nodeNum", "nodeNum")]),
        "modifyInstanceSpec" => |world, call| resize(world, call, &[("instanceClass", "instanceClass")]),
        "startCluster" | "stopCluster" => switch,
        "modifyOdpClusterSpec" => proxies,
        _ => return None,
    })
}

fn rows(world: &OceanBase, call: &WorldRequest<'_>) -> Json {
    let searched = |instance: &OceanBaseInstance| {
        call.text("tenantSearchKey").is_none_or(|key| {
            instance
                .tenants
                .iter()
                .any(|(id, t)| id.contains(key) || t.detail.text("/tenantName").contains(key))
        })
    };
    let found = world.instances.values().filter(|instance| {
        list::contains(&instance.detail, "/instanceName", call.text("instanceName"))
            && list::is(&instance.detail, "/instanceId", call.text("instanceId"))
            && searched(instance)
    });
    page(call, found.map(row).collect())
}

fn row(instance: &OceanBaseInstance) -> Json {
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

fn create(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let body = call.body();
    if size(body.text("/instanceClass")).is_none() {
        let problem = format!("`{}` is no class such as 4C16G", body.text("/instanceClass"));
        return Err(Refusal::invalid(problem));
    }
    if body.flag("/dryRun") {
        return Ok(json!({"dryRun": true, "dryRunResult": true}));
    }
    let id = format!("ob{}", call.runtime.hex(12));
    let zones: Vec<&str> = body.text("/zones").split(',').map(str::trim).collect();
    let mut detail = json!({"instanceId": id, "instanceName": id, "status": PENDING_CREATE, "nodeNum": 3,
        "projectId": world.project, "createTime": calendar::seconds(call.now), "payType": "POSTPAY",
        "version": body.text("/obVersion"), "availableZones": zones, "instanceType": "CLUSTER"});
    let names = ["instanceName", "cloudProvider", "region", "instanceClass", "replicaMode", "instanceType"];
    copy(body, &mut detail, &names.map(|name| (name, name)));
    let (disk, proxies, tenants) = (body.number("/diskSize"), BTreeMap::new(), BTreeMap::new());
    world.instances.insert(id.clone(), OceanBaseInstance { detail, disk, proxies, tenants });
    world.accept(call, Target::instance(&id), rule_of(call.id()), |_| ())?;
    Ok(json!({"orderId": call.runtime.text(b"0123456789", 19), "instanceId": id, "dryRun": false}))
}

fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let id = call.body().text("/instanceId");
    world.instance_of(id)?;
    if !call.body().flag("/dryRun") {
        world.accept(call, Target::instance(id), rule_of(call.id()), |_| ())?;
    }
    Ok(json!({}))
}

fn rename(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let name = call.body().text("/instanceName");
    if name.trim().is_empty() {
        return Err(Refusal::own(400, "Params.InstanceName.Invalid", "the name is empty"));
    }
    world.open(call)?.detail.put("/instanceName", name);
    Ok(json!({"instanceName": name}))
}

/// Changes the number or size of nodes.
fn resize(world: &mut OceanBase, call: &WorldRequest<'_>, names: &'static [(&str, &str)]) -> Data {
    let id = call.path("instanceId");
    let body = call.body().clone();
    world.instance(call)?;
    if body.flag("/dryRun") {
        return Ok(json!({"instanceId": id, "dryRun": true, "dryRunResult": true}));
    }
    let on = id.to_owned();
    world.accept(call, Target::instance(id), rule_of(call.id()), move |world| {
        if let Some(instance) = world.instances.get_mut(&on) {
            copy(&body, &mut instance.detail, names);
            instance.disk = body.given("/diskSize").and_then(Json::as_i64).unwrap_or(instance.disk);
        }
    })?;
    Ok(json!({"orderId": call.runtime.text(b"0123456789", 19), "instanceId": id, "dryRun": false}))
}

fn switch(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    world.instance(call)?;
    world.accept(call, Target::instance(call.path("instanceId")), rule_of(call.id()), |_| ())?;
    Ok(Json::Null)
}

/// Changes the size of a proxy cluster.
fn proxies(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let (body, id) = (call.body().clone(), call.path("instanceId").to_owned());
    let proxy = body.text("/proxyClusterId").to_owned();
    let Some(known) = world.instance(call)?.proxies.get(&proxy) else {
        return Err(Refusal::not_found(format!("there is no proxy cluster {proxy}")));
    };
    let (units, most) = (body.number("/unitNum"), known.number("/unitNumLimit"));
    if units > most {
        return Err(illegal(format!("{proxy} can have {most} units, not {units}")));
    }
    world.accept(call, Target::instance(&id.clone()), rule_of(call.id()), move |world| {
        let found = world.instances.get_mut(&id).and_then(|instance| instance.proxies.get_mut(&proxy));
        if let Some(found) = found {
            copy(&body, found, &[("unitNum", "unitNum"), ("mode", "proxyMode"), ("zone", "zone")]);
        }
    })?;
    Ok(json!({}))
}
