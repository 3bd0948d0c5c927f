//! A new instance, empty or with the data of another one.

use serde_json::{Value as Json, json};

use super::nodes::REPLICAS;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{BUILD, FAILED, rule};
use crate::world::taurusdb::contents::{Contents, History};
use crate::world::taurusdb::instance::{ACTIVE, TaurusdbInstance};
use crate::world::taurusdb::state::Taurusdb;
use crate::world::taurusdb::{backups, quotas, refusals};
use crate::world::work::Transition;

/// The rule for a new instance, which does not depend on a status.
const CREATE: Transition = rule("CreateGaussMySqlInstance", BUILD, 5);

pub(crate) fn create(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let contents = source(world, call)?;
    quotas::allows_another(world, call)?;
    let instance = made(world, call)?;
    let (id, flavor) = (instance.id().to_owned(), instance.row.text("/flavor_ref").to_owned());
    let body = call.body();
    let mut shown =
        json!({"id": id, "name": instance.name(), "status": BUILD, "flavor_ref": flavor, "port": "3306"});
    for field in SHOWN {
        if let Some(value) = body.get(field) {
            shown.put(&format!("/{field}"), value.clone());
        }
    }
    shown.put("/datastore", instance.row["datastore"].clone());
    shown.put("/volume", json!({"size": instance.detail.number("/nodes/0/volume/size")}));
    world.instances.insert(id.clone(), instance);
    let (on, fails) = (id.clone(), call.fails);
    let done = move |world: &mut Taurusdb, at| {
        world.alter_instance(&on, at, |instance, _| {
            instance.history = History::new(contents);
            instance.show(if fails { FAILED } else { ACTIVE });
        });
    };
    let job = world.accept(call, &id, &CREATE, |_, _| {}, done);
    let mut response = json!({"instance": shown});
    world.accepted(call, &id, job, &mut response);
    if world.is_unpaid(call, &id) {
        world.instances.remove(&id);
    }
    Ok(response)
}

/// The values of the request that the response repeats.
const SHOWN: &[&str] = &[
    "availability_zone_mode",
    "backup_strategy",
    "charge_info",
    "configuration_id",
    "enterprise_project_id",
    "master_availability_zone",
    "mode",
    "region",
    "security_group_id",
    "subnet_id",
    "vpc_id",
];

/// The data of the new instance.
fn source(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<Contents, Refusal> {
    match call.body().given("/restore_point") {
        Some(point) => backups::contents(world, call, point),
        None => Ok(Contents::default()),
    }
}

fn made(world: &Taurusdb, call: &WorldRequest<'_>) -> Result<TaurusdbInstance, Refusal> {
    let (body, runtime) = (call.body(), call.runtime);
    let flavor = world.model.flavor(body.text("/flavor_ref"))?;
    let template = match body.given("/configuration_id").and_then(Json::as_str) {
        Some(id) => world.templates.find(id)?,
        None => world.templates.standard(),
    };
    let replicas = usize::try_from(body.number("/slave_count")).unwrap_or_default();
    if replicas == 0 || replicas > REPLICAS {
        return Err(refusals::out_of_range(format!("slave_count: it is not between 1 and {REPLICAS}")));
    }
    let mut instance = world.model.blank();
    instance.set("/id", format!("{}in07", runtime.hex(32)));
    for (field, name) in COPIED {
        if let Some(value) = body.pointer(field) {
            instance.set(name, value.clone());
        }
    }
    instance.set("/tags", body.get("tags").cloned().unwrap_or_else(|| json!([])));
    instance.detail.put("/configuration_id", template.id());
    instance.parameters.clone_from(&template.values);
    instance.detail.put("/az_mode", body.text("/availability_zone_mode"));
    if let Some(zone) = body.given("/master_availability_zone") {
        instance.detail.put("/master_az_code", zone.clone());
    }
    instance.set("/created", calendar::offset(call.now));
    let mut addresses = world.free_addresses();
    let write = addresses.next().unwrap_or_default();
    instance.row.put("/private_ips", json!([write]));
    instance.detail.put("/private_write_ips", json!([write]));
    let nodes = (0..=replicas).map(|number| {
        let mut node = world.node(call, &instance, number);
        node.put("/private_read_ips", json!([addresses.next().unwrap_or_default()]));
        node
    });
    let mut nodes: Vec<Json> = nodes.collect();
    if let Some(size) = body.given("/volume/size").and_then(|size| size.as_str()?.parse::<i64>().ok()) {
        instance.row.put("/volume/size", size.to_string());
        nodes.iter_mut().for_each(|node| node.put("/volume/size", size));
    }
    instance.set_nodes(nodes);
    instance.fit(flavor);
    instance.show(BUILD);
    Ok(instance)
}

/// The values of the request that the instance gets, and their places in responses.
const COPIED: &[(&str, &str)] = &[
    ("/name", "/name"),
    ("/region", "/region"),
    ("/vpc_id", "/vpc_id"),
    ("/subnet_id", "/subnet_id"),
    ("/security_group_id", "/security_group_id"),
    ("/backup_strategy", "/backup_strategy"),
    ("/enterprise_project_id", "/enterprise_project_id"),
    ("/time_zone", "/time_zone"),
    ("/charge_info/charge_mode", "/charge_info/charge_mode"),
];
