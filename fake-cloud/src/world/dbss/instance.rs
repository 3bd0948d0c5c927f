//! One instance: its row in the list, and the operations that change it immediately.

use std::net::Ipv4Addr;

use serde_json::{Value as Json, json};

use super::states;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

const DAY: i64 = 24 * 3_600_000;
/// Days that have passed and that are left in the example.
const EXAMPLE: (i64, i64) = (33, 31);
/// The time zone of servers: eight hours ahead of UTC.
const ZONE: i64 = 8 * 3_600_000;

const SERVERS: &str = "/detail/server";

pub(super) struct DbssInstance {
    pub(super) shown: Json,
}

impl DbssInstance {
    /// The instance of the spec's example, with the age that it has there.
    pub(super) fn of_example(template: &Json, region: &str, now: i64) -> Self {
        let mut instance = Self { shown: template.clone() };
        let (kept, left) = EXAMPLE;
        instance.date(now.saturating_sub(kept * DAY), now.saturating_add(left * DAY));
        for server in instance.shown.items_mut(SERVERS) {
            let zone = server.text("/zone").chars().last().unwrap_or('a');
            server.put("/region", region);
            server.put("/zone", format!("{region}{zone}"));
        }
        instance
    }

    /// Sets when it was created, and when the paid time ends.
    pub(super) fn date(&mut self, made: i64, ends: i64) {
        self.shown.put("/created", made);
        self.shown.put("/expired", ends);
        let local = calendar::plain(made.saturating_add(ZONE));
        self.shown.items_mut(SERVERS).iter_mut().for_each(|server| server.put("/created", local.as_str()));
    }

    pub(super) fn id(&self) -> &str {
        self.shown.text("/instance_id")
    }

    fn server(&self) -> &Json {
        self.shown.items(SERVERS).first().unwrap_or(&Json::Null)
    }

    /// The state of its servers, which is the same for all.
    pub(super) fn state(&self) -> &str {
        self.server().text("/status")
    }

    pub(super) fn task(&self) -> &str {
        self.server().text("/task_status")
    }

    pub(super) fn show(&mut self, state: &str, task: &str) {
        self.shown.items_mut(SERVERS).iter_mut().for_each(|server| server.put("/status", state));
        self.show_task(task);
    }

    pub(super) fn show_task(&mut self, task: &str) {
        self.shown.items_mut(SERVERS).iter_mut().for_each(|server| server.put("/task_status", task));
    }

    pub(super) fn rename(&mut self, name: &str) {
        self.shown.put("/name", name);
        for (place, server) in self.shown.items_mut(SERVERS).iter_mut().enumerate() {
            server.put("/name", format!("{name}-HA-{}", place + 1));
        }
    }

    pub(super) fn keep_one_server(&mut self) {
        let first = self.server().clone();
        self.shown.put(SERVERS, json!([first]));
        self.shown.put("/detail/total", 1);
        self.shown.put("/is_active_standby", false);
    }

    /// Its row in the list at the present time.
    pub(super) fn row(&self, now: i64) -> Json {
        let mut row = self.shown.clone();
        let id = self.id();
        let days = |millis: i64| (millis / DAY).max(0).to_string();
        row.put("/keep_days", days(now.saturating_sub(self.shown.number("/created"))));
        row.put("/remain_days", days(self.shown.number("/expired").saturating_sub(now)));
        row.items_mut(SERVERS).iter_mut().for_each(|server| server.put("/instance_id", id));
        row
    }
}

fn success(call: &WorldRequest<'_>) -> Response {
    call.response(json!({"result": "success"}))
}

pub(super) fn rename(instance: &mut DbssInstance, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    let name = call.body().text("/new_name");
    if name.trim().is_empty() {
        return Err(Refusal::invalid("new_name is empty"));
    }
    instance.rename(name);
    Ok(success(call))
}

pub(super) fn regroup(instance: &mut DbssInstance, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    // The list shows one group of a server.
    let Some(group) = call.body().items("/security_group_ids").first().and_then(Json::as_str) else {
        return Err(Refusal::invalid("security_group_ids is empty"));
    };
    let servers = instance.shown.items_mut(SERVERS).iter_mut();
    servers.for_each(|server| server.put("/security_group_id", group));
    let (task, order) = (call.runtime.uuid(), Json::Null);
    Ok(call.response(json!({"code": 0, "description": "success", "order_id": order, "task_id": task})))
}

pub(super) fn reset(_: &mut DbssInstance, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    if call.body().text("/new_password").is_empty() {
        return Err(Refusal::invalid("new_password is empty"));
    }
    Ok(success(call))
}

pub(super) fn bind(instance: &mut DbssInstance, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    let address = call.body().text("/eip");
    if address.parse::<Ipv4Addr>().is_err() {
        return Err(Refusal::invalid(format!("eip {address:?} is no IPv4 address")));
    }
    if let Some(bound) = instance.shown.given("/public_ip") {
        return Err(failed(format!("the address {bound} is bound already")));
    }
    instance.shown.put("/public_ip", address);
    Ok(success(call))
}

pub(super) fn unbind(instance: &mut DbssInstance, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    if instance.shown.given("/public_ip").is_none() {
        return Err(failed("no address is bound".to_owned()));
    }
    instance.shown.put("/public_ip", Json::Null);
    Ok(success(call))
}

/// A refusal with a success status.
fn failed(problem: String) -> Refusal {
    Refusal::own(200, states::FAILED, problem)
}
