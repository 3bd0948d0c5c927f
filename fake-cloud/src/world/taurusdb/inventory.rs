//! The resources at the start: those of the spec's examples, with their ids, consistent with each other.
//!
//! `orders` has a read replica, the proxy `front`, the job that opened it, and an upgrade of the proxy that is
//! scheduled for the next day; `bills` has no proxy.

use serde_json::json;

use super::Taurusdb;
use super::backup::TaurusdbBackup;
use super::contents::{Contents, History};
use super::creates::behind;
use super::instance::TaurusdbInstance;
use super::model::instance;
use super::proxy::Proxy;
use super::state::Scheduled;
use crate::base::calendar::{self, DAY};
use crate::world::contract::{Inventory, WorldContext};
use crate::world::fields::Fields;
use crate::world::work::Work;

/// Id and name of the instance that is in no example.
const BILLS: (&str, &str) = ("1c7d3f5a9b2e4806ad4f6c8e0b1d2f3ain07", "bills");
/// Id of its node.
const BILLS_NODE: &str = "8e2b4d6f0a1c3e5797b9d1f3a5c7e902no07";

pub(super) fn fill(world: &mut Taurusdb, start: &WorldContext<'_>) {
    let mut orders = instance(start, |_| ());
    let id = orders.id().to_owned();
    orders.history = History::new(contents(start));
    orders.parameters.clone_from(&world.templates.standard().values);
    world.backups.push(backup(start, &orders));
    let mut front = Proxy {
        row: world.offer.proxy.clone(),
        access: start.example("ShowProxyIpgroup"),
        settings: world.offer.settings.clone(),
        version: start.example("ShowProxyVersion").text("/current_version").to_owned(),
        dns: None,
    };
    behind(&mut front.row, &orders);
    world.instances.insert(id.clone(), TaurusdbInstance { proxies: vec![front], ..orders });
    let mut bills = alone(instance(start, |record| {
        record.put("/id", BILLS.0);
        record.put("/name", BILLS.1);
    }));
    bills.parameters.clone_from(&world.templates.standard().values);
    world.instances.insert(bills.id().to_owned(), bills);

    let now = start.runtime.now();
    let job = start.example("ShowGaussMySqlJobInfo").text("/job/id").to_owned();
    world.works.remember(Work::new(job, id, "CreateGaussMySqlProxy", now, 0));
    if let Some(row) = start.example("ListScheduleJobs").pointer("/schedules/0") {
        let mut row = row.clone();
        row.put("/create_time", calendar::offset(now));
        row.put("/start_time", calendar::offset(now + DAY));
        row.put("/end_time", calendar::offset(now + DAY + DAY / 24));
        world.schedule.0.push(Scheduled { row, starts: now + DAY });
    }
}

/// The database and the account of the examples.
fn contents(start: &WorldContext<'_>) -> Contents {
    let mut database =
        start.example("ListGaussMySqlDatabase").pointer("/databases/0").cloned().unwrap_or_default();
    if let Some(fields) = database.as_object_mut() {
        fields.remove("users");
    }
    let accounts = start.example("ListGaussMySqlDatabaseUser").items("/users").to_vec();
    Contents { databases: vec![database], accounts }
}

/// The backup of the examples, created on the day before.
fn backup(start: &WorldContext<'_>, orders: &TaurusdbInstance) -> TaurusdbBackup {
    let row = start.example("ShowGaussMySqlBackupList").pointer("/backups/0").cloned();
    let mut row = row.unwrap_or_default();
    let begin = start.runtime.now() - DAY;
    row.put("/instance_id", orders.id());
    row.put("/instance_name", orders.name());
    row.put("/begin_time", calendar::offset(begin));
    row.put("/end_time", calendar::offset(begin + DAY / 24));
    TaurusdbBackup::new(row, orders.history.now.clone())
}

/// The instance without replicas, with its own node and addresses.
fn alone(mut instance: TaurusdbInstance) -> TaurusdbInstance {
    let (writes, reads) = (json!(["192.168.0.30"]), json!(["192.168.0.31"]));
    instance.row.put("/private_ips", writes.clone());
    instance.row.put("/readonly_private_ips", reads.clone());
    instance.row.put("/tags", json!([]));
    let mut node = instance.detail.items("/nodes").first().cloned().unwrap_or_default();
    node.put("/id", BILLS_NODE);
    node.put("/name", format!("{}_node_0", BILLS.1));
    node.put("/private_read_ips", reads);
    for (field, value) in [
        ("/private_write_ips", writes),
        ("/nodes", json!([node])),
        ("/node_count", json!(1)),
        ("/tags", json!([])),
        ("/alias", json!("")),
    ] {
        instance.detail.put(field, value);
    }
    instance
}

/// Ids by the names of their parameters, instances in the order of their ids.
pub(super) fn ids(world: &Taurusdb) -> Inventory {
    let instances = world.instances.values();
    let proxies = instances.clone().flat_map(|instance| &instance.proxies);
    let nodes = instances.clone().flat_map(|instance| instance.detail.items("/nodes"));
    let scheduled = world.schedule.0.iter().map(|job| job.row.text("/job_id"));
    let jobs = world.works.all().map(|work| work.id.as_str()).chain(scheduled);
    Inventory::from([
        ("instance_id", instances.map(|instance| instance.id().to_owned()).collect()),
        ("proxy_id", proxies.map(|proxy| proxy.id().to_owned()).collect()),
        ("node_id", nodes.map(|node| node.text("/id").to_owned()).collect()),
        ("job_id", jobs.map(str::to_owned).collect()),
        ("backup_id", world.backups.iter().map(|backup| backup.id().to_owned()).collect()),
        ("configuration_id", world.templates.ids().map(str::to_owned).collect()),
    ])
}
