//! Parameter templates, and the parameters of an instance.
//!
//! A template has a value for every parameter. Applying a template copies its values to an instance, which can be
//! changed afterwards. A changed parameter that needs a restart is marked on the nodes until they restart.

use serde_json::{Value as Json, json};

use super::change::{Prepared, rule, then};
use super::instance::TaurusdbInstance;
use super::reads;
use super::state::Taurusdb;
use super::template::{ParameterChange, Template, Values};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::work::Transition;

pub(super) fn list(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let rows = world.templates.all.iter().map(|template| template.row.clone()).collect();
    let (rows, total) = reads::page(call, rows);
    Ok(json!({"configurations": rows, "total_count": total}))
}

fn shown(template: &Template) -> Json {
    let row = &template.row;
    json!({"id": template.id(), "name": row.text("/name"), "description": row.text("/description"),
        "created": row.text("/created"), "updated": row.text("/updated"),
        "datastore": {"type": row.text("/datastore_name"), "version": row.text("/datastore_version_name")}})
}

pub(super) fn show(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let template = world.templates.find(call.path("configuration_id"))?;
    Ok(json!({"configurations": shown(template), "parameter_values": template.values}))
}

/// Adds a copy of a template.
fn added<'w>(
    world: &'w mut Taurusdb,
    call: &WorldRequest<'_>,
    (mut row, values): (Json, Values),
) -> Result<&'w Template, Refusal> {
    let name = call.body().text("/name");
    world.templates.unused(name, None)?;
    let now = calendar::offset(call.now);
    for (field, value) in [
        ("/id", format!("{}pr07", call.runtime.hex(32))),
        ("/name", name.to_owned()),
        ("/description", call.body().text("/description").to_owned()),
        ("/created", now.clone()),
        ("/updated", now),
    ] {
        row.put(field, value);
    }
    row.put("/user_defined", true);
    world.templates.all.push(Template::new(row, values));
    Ok(world.templates.all.last().unwrap_or(&world.templates.all[0]))
}

pub(super) fn create(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let given = call.body().get("parameter_values").and_then(Json::as_object);
    let checked = world.templates.checked(given)?;
    let standard = world.templates.standard();
    let (row, mut values) = (standard.row.clone(), standard.values.clone());
    values.extend(checked);
    Ok(json!({"configurations": shown(added(world, call, (row, values))?)}))
}

pub(super) fn copy(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let source = world.templates.find(call.path("configuration_id"))?;
    let copied = (source.row.clone(), source.values.clone());
    Ok(json!({"configuration_id": added(world, call, copied)?.id()}))
}

/// Copies the parameters of an instance to a template.
pub(super) fn copy_instance(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let values = world.instance(call)?.parameters.clone();
    let row = world.templates.find(call.path("configuration_id"))?.row.clone();
    Ok(json!({"configuration_id": added(world, call, (row, values))?.id()}))
}

/// Changes a template. Instances keep their values until it is applied again.
pub(super) fn update(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let (body, id) = (call.body(), call.path("configuration_id"));
    let values = world.templates.checked(body.get("parameter_values").and_then(Json::as_object))?;
    world.templates.unused(body.text("/name"), Some(id))?;
    let template = world.templates.own(id)?;
    template.change(values, call.now);
    for field in ["/name", "/description"] {
        if let Some(text) = body.given(field) {
            template.row.put(field, text.clone());
        }
    }
    template.row.put("/updated", calendar::offset(call.now));
    let id = template.id().to_owned();
    let job = world.accept(call, &id, &UPDATE, |_, _| {}, |_, _| {});
    Ok(json!({"job_id": job}))
}

/// The rule for changing a template, which has no status.
const UPDATE: Transition = rule("UpdateGaussMySqlConfiguration", "", 1);

pub(super) fn delete(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let template = world.templates.own(call.path("configuration_id"))?;
    let response =
        json!({"configuration_id": template.id(), "configuration_name": template.row.text("/name")});
    world.templates.all.retain(|template| template.id() != call.path("configuration_id"));
    Ok(response)
}

pub(super) fn differences(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let body = call.body();
    let source = &world.templates.find(body.text("/source_configuration_id"))?.values;
    let target = &world.templates.find(body.text("/target_configuration_id"))?.values;
    let differ = source.iter().filter(|(name, value)| target.get(*name) != Some(value));
    let rows = differ.map(|(name, value)| {
        json!({"parameter_name": name, "source_value": value, "target_value": target.get(name)})
    });
    Ok(json!({"differences": rows.collect::<Json>()}))
}

/// The changes of a template, and whether they were applied to an instance since.
pub(super) fn changes(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let template = world.templates.find(call.path("configuration_id"))?;
    let last = world.instances.values().flat_map(|instance| instance.applied_at(template.id())).max();
    let row = |change: &ParameterChange| {
        let applied = last.filter(|at| *at >= change.at);
        let mut row = json!({"parameter_name": change.name, "old_value": change.old, "new_value": change.new,
            "update_result": "SUCCESS", "updated": calendar::offset(change.at), "is_applied": applied.is_some()});
        if let Some(at) = applied {
            row.put("/applied", calendar::offset(at));
        }
        row
    };
    let (rows, total) = reads::page(call, template.changes.iter().map(row).collect());
    Ok(json!({"histories": rows, "total_count": total}))
}

/// The instances to which a template was applied, the latest first.
pub(super) fn applications(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let template = world.templates.find(call.path("config_id"))?.id();
    let mut all = Vec::new();
    for instance in world.instances.values() {
        all.extend(instance.applied_at(template).map(|at| (at, instance)));
    }
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let row = |(at, instance): (i64, &TaurusdbInstance)| {
        json!({"target_id": instance.id(), "target_name": instance.name(), "apply_result": "SUCCESS",
            "applied_at": at as f64})
    };
    let (rows, total) = reads::page(call, all.into_iter().map(row).collect());
    Ok(json!({"histories": rows, "total_count": total}))
}

/// Every template can be applied to every instance, because there is one engine.
pub(super) fn applicable(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    world.templates.find(call.path("configuration_id"))?;
    let row =
        |instance: &TaurusdbInstance| json!({"instance_id": instance.id(), "instance_name": instance.name()});
    let (rows, total) = reads::page(call, world.instances.values().map(row).collect());
    Ok(json!({"instances": rows, "total_count": total}))
}

pub(super) fn of_instance(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let instance = world.instance(call)?;
    let shown = |row: &Json| {
        let mut row = row.clone();
        if let Some(value) = instance.parameters.get(row.text("/name")) {
            row.put("/value", value.as_str());
        }
        row
    };
    let (rows, total) = reads::page(call, world.templates.parameters.iter().map(shown).collect());
    let id = instance.detail.text("/configuration_id");
    let template = &world.templates.find(id).unwrap_or_else(|_| world.templates.standard()).row;
    let configurations = json!({"configuration_id": id, "datastore_name": template.text("/datastore_name"),
        "datastore_version_name": template.text("/datastore_version_name"),
        "created": template.text("/created"), "updated": template.text("/updated")});
    Ok(json!({"configurations": configurations, "parameter_values": rows, "total_count": total}))
}

pub(super) fn change_instance(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let values = world.templates.checked(call.body().get("parameter_values").and_then(Json::as_object))?;
    let restart = world.templates.needs_restart(&instance.parameters, &values);
    let Prepared { change, .. } = take_over(values, restart)?;
    Ok(Prepared { change, response: json!({"restart_required": restart}) })
}

/// Sets values of an instance, and marks its nodes if they need a restart.
fn take_over(values: Values, restart: bool) -> Result<Prepared, Refusal> {
    then(move |instance, _| {
        instance.parameters.extend(values);
        if restart {
            instance.each_node(|node| node.put("/need_restart", true));
        }
    })
}

/// Applies a template to an instance.
pub(super) fn apply(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let template = world.templates.find(call.path("configuration_id"))?;
    let restart = world.templates.needs_restart(&instance.parameters, &template.values);
    let Prepared { change, .. } = take_over(template.values.clone(), restart)?;
    let id = template.id().to_owned();
    let applied = move |instance: &mut TaurusdbInstance, at| {
        change(instance, at);
        instance.applied.push((id.clone(), at));
        instance.detail.put("/configuration_id", id);
    };
    let response = json!({"param_group_name": template.row.text("/name")});
    Ok(Prepared { change: Box::new(applied), response })
}
