//! New clusters: empty, as a replica, or from a backup.
//!
//! They are listed immediately, as CREATING.

use serde_json::{Value as Json, json};

use super::address::{self, Addresses};
use super::cluster::{Cluster, ORIGIN, RECOVERY, REPLICA};
use super::states::CREATING;
use super::writes::{CREATE_CLUSTER, CREATE_RESTORE};
use super::{QUOTA, Samsung, accepted, replicas, servers, settings, writes};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;
use crate::world::work::Transition;

/// The size of system disks, in GB.
const OS_GB: i64 = 104;

/// Processes an operation.
pub(super) type SamsungCreate = fn(&mut Samsung, &WorldRequest<'_>) -> Result<Response, Refusal>;

pub(super) fn handler(operation: &str) -> Option<SamsungCreate> {
    Some(match operation {
        "CreateCluster" => cluster,
        "CreateReplica" => |world, call| replica(world, call, &writes::CREATE_REPLICA),
        "CreateOtherRegionReplica" => |world, call| replica(world, call, &writes::CREATE_ABROAD),
        "CreateRestore" => restore,
        _ => return None,
    })
}

pub(super) fn cluster(world: &mut Samsung, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    let body = call.body();
    world.check_name(body.text("/name"))?;
    check_sources(body)?;
    check_password(body)?;
    let mut detail = fresh(&world.offer.template, call, body.text("/name"), ORIGIN);
    engine(world, body, &mut detail)?;
    adopt(world, &mut detail, body);
    let mut addresses = Addresses::of(world);
    if body.flag("/ha_enabled") && detail.get("virtual_ip_address").is_some() {
        detail.put("/virtual_ip_address", addresses.take(body.text("/virtual_ip_address"))?);
    }
    let groups = body.items("/instance_groups");
    check_groups(world, groups, body.flag("/ha_enabled"))?;
    servers::build(
        world,
        call.runtime,
        &mut detail,
        groups,
        body.text("/instance_name_prefix"),
        &mut addresses,
    )?;
    Ok(world.found(call, detail, None, &CREATE_CLUSTER))
}

/// Creates a replica in the same region, or in the one that the request names.
pub(super) fn replica(
    world: &mut Samsung,
    call: &WorldRequest<'_>,
    rule: &Transition,
) -> Result<Response, Refusal> {
    let body = call.body();
    let origin = source(world, call, rule)?;
    let asked = body.items("/replicas");
    if i64::try_from(asked.len()) != Ok(body.number("/replica_count")) || asked.is_empty() {
        return Err(Refusal::invalid("replica_count: not the number of replicas that are described"));
    }
    let others = world.clusters.values().filter(|cluster| cluster.follows(origin.id())).count();
    if others + asked.len() > replicas::MOST {
        return Err(Refusal::invalid(format!("a cluster has {} replicas at most", replicas::MOST)));
    }
    check_sources(body)?;
    let mut addresses = Addresses::of(world);
    let mut details: Vec<Json> = Vec::new();
    for replica in asked {
        let name = replica.text("/name");
        world.check_name(name)?;
        if details.iter().any(|detail| detail.text("/name") == name) {
            return Err(Refusal::invalid(format!("name: two replicas are called {name}")));
        }
        let groups = replica.items("/instance_groups");
        check_replica_groups(groups)?;
        let mut detail = derived(origin, call, name, REPLICA);
        servers::build(world, call.runtime, &mut detail, groups, name, &mut addresses)?;
        details.push(detail);
    }
    let region = body.given("/region").and_then(Json::as_str);
    let responses: Vec<Response> =
        details.into_iter().map(|detail| world.found(call, detail, region, rule)).collect();
    responses.into_iter().next().ok_or_else(|| Refusal::invalid("replicas: none is described"))
}

pub(super) fn restore(world: &mut Samsung, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    let body = call.body();
    let origin = source(world, call, &CREATE_RESTORE)?;
    world.check_name(body.text("/name"))?;
    check_sources(body)?;
    let (number, moment) = (body.given("/backup_history_number"), body.given("/backup_recovery_time"));
    if number.is_some() == moment.is_some() {
        return Err(Refusal::invalid("give either backup_history_number or backup_recovery_time"));
    }
    let moment = moment.and_then(Json::as_str).and_then(calendar::rfc3339);
    origin.check_recovery(body.text("/backup_history_number"), moment, call.now)?;
    let mut detail = derived(origin, call, body.text("/name"), RECOVERY);
    let groups: Vec<Json> = match body.items("/instance_groups") {
        [] => origin.server_groups().iter().map(|group| rebuilt(group, body)).collect(),
        asked => asked.iter().map(|group| described(group, origin)).collect(),
    };
    let mut addresses = Addresses::of(world);
    servers::build(
        world,
        call.runtime,
        &mut detail,
        &groups,
        body.text("/instance_name_prefix"),
        &mut addresses,
    )?;
    Ok(world.found(call, detail, None, &CREATE_RESTORE))
}

impl Samsung {
    /// Whether a new cluster can have this name.
    fn check_name(&self, name: &str) -> Result<(), Refusal> {
        if self.clusters.values().any(|cluster| cluster.name() == name) {
            return Err(Refusal::invalid(format!("name: there is a cluster {name} already")));
        }
        if self.clusters.len() >= QUOTA {
            return Err(Refusal::invalid(format!("the account has {QUOTA} clusters, which is its quota")));
        }
        Ok(())
    }

    /// Adds a cluster and starts its work.
    fn found(
        &mut self,
        call: &WorldRequest<'_>,
        detail: Json,
        region: Option<&str>,
        rule: &Transition,
    ) -> Response {
        let mut cluster = Cluster::new(detail, self.offer.parameters.clone(), call.now);
        self.offer.equip(&mut cluster);
        cluster.region = region.map(str::to_owned);
        let (id, end, after) = (cluster.id().to_owned(), cluster.id().to_owned(), rule.after);
        self.clusters.insert(id.clone(), cluster);
        let request = self.accept(
            call,
            &id,
            rule,
            |_, _| {},
            move |world, at| world.alter(&end, |cluster| cluster.show(after, at)),
        );
        accepted(call, &request, &id)
    }
}

/// The cluster from which a new one is created.
fn source<'w>(
    world: &'w Samsung,
    call: &WorldRequest<'_>,
    rule: &Transition,
) -> Result<&'w Cluster, Refusal> {
    let origin = world.cluster(call.path("cluster_id"))?;
    world.allow(rule, origin)?;
    if origin.role() != ORIGIN {
        let (name, role) = (origin.name(), origin.role());
        return Err(Refusal::invalid(format!("{} needs an origin; {name} is {role}", rule.operation)));
    }
    Ok(origin)
}

/// A new cluster with the settings of another.
fn fresh(base: &Json, call: &WorldRequest<'_>, name: &str, role: &str) -> Json {
    let mut detail = base.clone();
    for time in ["/created_at", "/modified_at"] {
        detail.put(time, calendar::seconds(call.now));
    }
    detail.put("/id", call.runtime.hex(32));
    detail.put("/name", name);
    put_shown(&mut detail, "/role_type", role);
    detail.put("/service_state", CREATING);
    for field in ["/origin_cluster_id", "/virtual_ip_address", "/vip_public_ip_id", "/vip_public_ip_address"]
    {
        put_shown(&mut detail, field, Json::Null);
    }
    detail
}

/// Sets a field that ShowCluster of the product has.
pub(super) fn put_shown(detail: &mut Json, field: &str, value: impl Into<Json>) {
    if detail.pointer(field).is_some() {
        detail.put(field, value);
    }
}

/// A new cluster with the settings of another and those of the request.
fn derived(origin: &Cluster, call: &WorldRequest<'_>, name: &str, role: &str) -> Json {
    let mut detail = fresh(&origin.detail, call, name, role);
    let sources = call.body().given("/allowable_ip_addresses").cloned().unwrap_or_else(|| json!([]));
    detail.put("/allowable_ip_addresses", sources);
    detail.put("/maintenance_option", settings::window(call.body().given("/maintenance_option")));
    put_shown(&mut detail, "/origin_cluster_id", origin.id());
    put_shown(&mut detail, "/ha_enabled", role != REPLICA && origin.detail.flag("/ha_enabled"));
    detail
}

/// Copies the values of a request that ShowCluster has in the same form, and sets defaults.
fn adopt(world: &Samsung, detail: &mut Json, body: &Json) {
    let fixed = ["/init_config_option/origin_region"];
    let settings = detail.get("init_config_option").and_then(Json::as_object).into_iter().flatten();
    let names: Vec<_> = settings.map(|(name, _)| format!("/init_config_option/{name}")).collect();
    for field in names.iter().filter(|field| !fixed.contains(&field.as_str())) {
        let named = |(name, value): &(&str, &str)| field.ends_with(&format!("/{name}")).then(|| json!(value));
        let absent = world.offer.product.settings.iter().find_map(named).unwrap_or_default();
        detail.put(field, body.given(field).cloned().unwrap_or(absent));
    }
    let absent = [
        ("/allowable_ip_addresses", json!([])),
        ("/ha_enabled", json!(false)),
        ("/nat_enabled", json!(false)),
        ("/service_watch_log_collection", json!(false)),
        ("/is_kernel_patchable", json!(false)),
        ("/is_combined", json!(false)),
        ("/subnet_id", Json::Null),
        ("/timezone", Json::Null),
        ("/vip_public_ip_id", Json::Null),
        ("/init_config_option/audit_enabled", json!(false)),
        ("/init_config_option/database_port", json!(2866)),
    ];
    for (field, absent) in absent {
        put_shown(detail, field, body.given(field).cloned().unwrap_or(absent));
    }
    if let Some(domain) = detail.pointer_mut("/init_config_option/ad_config").and_then(Json::as_object_mut) {
        domain.remove("ad_user_password");
    }
    detail.put("/maintenance_option", settings::window(body.given("/maintenance_option")));
}

fn engine(world: &Samsung, body: &Json, detail: &mut Json) -> Result<(), Refusal> {
    let id = body.text("/dbaas_engine_version_id");
    let known = world.offer.versions.iter().find(|engine| engine.text("/id") == id);
    let Some(engine) = known.filter(|engine| !engine.flag("/end_of_service")) else {
        return Err(Refusal::invalid("Invalid Engine Version."));
    };
    detail.put("/software_version", engine.text("/software_version"));
    detail.put("/dbaas_engine_version_name", engine.text("/name"));
    Ok(())
}

fn check_sources(body: &Json) -> Result<(), Refusal> {
    address::check_sources(&texts(body.items("/allowable_ip_addresses")))
}

/// The spec has the length of a password; the service also requires letters, digits and other characters.
fn check_password(body: &Json) -> Result<(), Refusal> {
    let password = body.text("/init_config_option/database_user_password");
    let has = |kind: fn(&char) -> bool| password.chars().any(|c| kind(&c));
    let mixed =
        has(char::is_ascii_alphabetic) && has(char::is_ascii_digit) && has(char::is_ascii_punctuation);
    if mixed && !password.contains(['"', '\'']) {
        return Ok(());
    }
    Err(Refusal::invalid(
        "init_config_option.database_user_password: must mix letters, digits and special characters without quotes",
    ))
}

/// Checks the groups of servers and disks of a new cluster.
fn check_groups(world: &Samsung, groups: &[Json], ha: bool) -> Result<(), Refusal> {
    let product = world.offer.product;
    let wanted = &product.groups[usize::from(ha && !product.several_groups)..];
    let wanted = if product.several_groups { wanted } else { wanted.get(..1).unwrap_or_default() };
    let known = |group: &Json| wanted.iter().any(|(role, _)| *role == group.text("/role_type"));
    if groups.is_empty() || (groups.len() > 1 && !product.several_groups) || !groups.iter().all(known) {
        let roles: Vec<&str> = wanted.iter().map(|(role, _)| *role).collect();
        return Err(Refusal::invalid(format!(
            "instance_groups: needs one group of the role {}",
            roles.join(" or ")
        )));
    }
    for group in groups {
        let count = |role: &str| roles(group).filter(|known| *known == role).count();
        let holds_data = !product.several_groups || group.text("/role_type").contains("DATA");
        if count("DATA") == 0 && holds_data {
            let code = "Dbaas.ValidationError.InvalidBlockStorageDataDiskCount";
            return Err(Refusal::own(400, code, "block_storage_groups: needs a disk of the role DATA"));
        }
        if count("OS") != 1 || ["ARCHIVE", "TEMP", "BACKUP"].iter().any(|role| count(role) > 1) {
            return Err(Refusal::invalid(
                "block_storage_groups: needs one OS disk, and of other roles one at most",
            ));
        }
        let system = group.items("/block_storage_groups").iter().find(|disk| disk.text("/role_type") == "OS");
        if system.is_some_and(|disk| disk.number("/size_gb") != OS_GB) {
            return Err(Refusal::invalid(format!("block_storage_groups: the OS disk has {OS_GB} GB")));
        }
    }
    Ok(())
}

fn roles(group: &Json) -> impl Iterator<Item = &str> {
    group.items("/block_storage_groups").iter().map(|disk| disk.text("/role_type"))
}

/// A replica has one group, with its own role and only data disks.
fn check_replica_groups(groups: &[Json]) -> Result<(), Refusal> {
    if groups.len() != 1 || groups.iter().any(|group| group.text("/role_type") != REPLICA) {
        return Err(Refusal::invalid("instance_groups: a replica has one group of the role REPLICA"));
    }
    if groups.iter().any(|group| roles(group).next().is_none() || roles(group).any(|role| role != "DATA")) {
        return Err(Refusal::invalid("block_storage_groups: a replica takes disks of the role DATA only"));
    }
    Ok(())
}

/// A group that the request describes, with the servers of the source.
fn described(group: &Json, origin: &Cluster) -> Json {
    let source =
        origin.server_groups().iter().find(|known| known.text("/role_type") == group.text("/role_type"));
    let size = group.given("/server_type_name").or_else(|| source?.given("/server_type_name"));
    let servers = source.map(|known| known.items("/instances")).unwrap_or_default().iter();
    json!({
        "role_type": group.text("/role_type"),
        "server_type_name": size,
        "block_storage_groups": group.items("/block_storage_groups"),
        "instances": servers.map(|server| json!({"role_type": server.text("/role_type")})).collect::<Vec<_>>(),
    })
}

/// A group of the source with the server type and disks of the request.
fn rebuilt(group: &Json, body: &Json) -> Json {
    let wanted = body.items("/block_storage_groups");
    let replaced = |disk: &&Json| wanted.iter().any(|new| new.text("/role_type") == disk.text("/role_type"));
    let kept = group.items("/block_storage_groups").iter().filter(|disk| !replaced(disk));
    let servers =
        group.items("/instances").iter().map(|server| json!({"role_type": server.text("/role_type")}));
    json!({
        "role_type": group.text("/role_type"),
        "server_type_name": body.text("/server_type_name"),
        "block_storage_groups": kept.chain(wanted).collect::<Vec<_>>(),
        "instances": servers.collect::<Vec<_>>(),
    })
}
