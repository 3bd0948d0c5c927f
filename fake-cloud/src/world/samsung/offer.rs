//! The offer: engine versions, server types, parameters. It never changes.
//!
//! Default: the rows of the spec's examples, with the same ids, and more of their kind: versions that the service was
//! seen to offer, some sizes, some parameters.
//! Override: [`Product`] for another product.

use serde_json::{Value as Json, json};

use super::product::Product;
use crate::base::runtime::Runtime;
use crate::message::refusal::Refusal;
use crate::world::contract::WorldContext;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// Cores and gigabytes of server types.
const SIZES: &[(i64, i64)] = &[(1, 2), (2, 4), (2, 8), (4, 8), (4, 16), (8, 32)];

/// The offer of a product.
pub(super) struct ProductOffer {
    pub(super) product: &'static Product,
    pub(super) versions: Vec<Json>,
    pub(super) servers: Vec<Json>,
    pub(super) groups: Vec<Json>,
    /// Rows of ListCommands as a new cluster has them.
    pub(super) commands: Vec<Json>,
    /// Rows of ListParameterValues as a new cluster has them.
    pub(super) parameters: Vec<Json>,
    /// The response of ShowCluster in the examples.
    pub(super) template: Json,
    /// The row of ListClusters in the examples.
    pub(super) summary: Json,
}

impl ProductOffer {
    pub(super) fn new(start: &WorldContext<'_>, product: &'static Product) -> Self {
        let row =
            |operation: &str| start.example(operation).pointer("/contents/0").cloned().unwrap_or_default();
        let versions = versions(&row("ListEngineVersions"), product, start.runtime);
        Self {
            product,
            groups: groups(&row("ListParameterGroups"), &versions, start.runtime),
            versions,
            servers: servers(&row("ListServerTypes"), product),
            parameters: parameters(&row("ListParameterValues"), product, start.runtime),
            commands: commands(&row("ListCommands"), || start.runtime.hex(32)),
            template: start.example("ShowCluster"),
            summary: row("ListClusters"),
        }
    }

    /// A disk or server of ShowCluster: with the fields of the spec's example.
    pub(super) fn part(&self, list: &str, fields: Json) -> Json {
        let shown = self.template.pointer(&format!("/instance_groups/0/{list}/0")).cloned();
        let mut part = shown.unwrap_or_else(|| json!({}));
        for (name, value) in fields.as_object().into_iter().flatten() {
            part.put(&format!("/{name}"), value.clone());
        }
        part
    }

    /// An engine version by its number.
    pub(super) fn version(&self, number: &str) -> Option<&Json> {
        self.versions.iter().find(|engine| engine.text("/software_version") == number)
    }

    /// The release line after that of a version.
    pub(super) fn next_line(&self, version: &str) -> Option<&str> {
        let known = version_numbers(major(version));
        let lines = self.versions.iter().filter(|engine| !engine.flag("/end_of_service"));
        let later =
            lines.map(|engine| engine.text("/major_version")).filter(|line| version_numbers(line) > known);
        later.min_by_key(|line| version_numbers(line))
    }

    /// A server type by its name.
    pub(super) fn server(&self, name: &str) -> Option<&Json> {
        self.servers.iter().find(|server| server.text("/name") == name)
    }

    /// Whether a server type is offered.
    pub(super) fn check_server(&self, name: &str) -> Result<(), Refusal> {
        if self.server(name).is_some() {
            return Ok(());
        }
        Err(Refusal::invalid(format!("server_type_name: there is no server type {name}")))
    }

    /// Refuses operations of the web console without its session. Any session is accepted as one with a password.
    pub(super) fn refuse_from_outside(&self, call: &WorldRequest<'_>) -> Result<(), Refusal> {
        if !self.product.console_only || call.body().given("/session_id").is_some() {
            return Ok(());
        }
        Err(Refusal::credentials(
            "the operation needs a one-time password, which only the web console asks for",
        ))
    }
}

/// The numbers of a version, for comparing.
pub(super) fn version_numbers(version: &str) -> Vec<u32> {
    version.split('.').filter_map(|part| part.parse().ok()).collect()
}

/// The release line of a version: `10.11` of `10.11.9`.
pub(super) fn major(version: &str) -> &str {
    version.rsplit_once('.').map_or(version, |(major, _)| major)
}

fn versions(example: &Json, product: &Product, runtime: &Runtime) -> Vec<Json> {
    let known = example.text("/software_version");
    let row = |version: &str, ended: bool| {
        let mut row = example.clone();
        if version != known {
            row.put("/id", runtime.hex(32));
            row.put("/name", example.text("/name").replace(known, version));
            row.put("/software_version", version);
            row.put("/major_version", major(version));
            row.put("/end_of_service", ended);
        }
        row
    };
    let offered = product.versions.iter().map(|version| row(version, false));
    offered.chain(product.ended.iter().map(|version| row(version, true))).collect()
}

fn groups(example: &Json, versions: &[Json], runtime: &Runtime) -> Vec<Json> {
    if example.is_null() {
        return Vec::new();
    }
    let known = example.text("/major_version");
    let mut majors: Vec<&str> = versions.iter().map(|engine| engine.text("/major_version")).collect();
    majors.dedup();
    let group = |major: &str| {
        let mut row = example.clone();
        if major != known {
            row.put("/id", runtime.hex(32));
            row.put("/name", format!("{} {major} PISA Default", example.text("/product_type")));
            row.put("/major_version", major);
        }
        row
    };
    majors.into_iter().map(group).collect()
}

fn servers(example: &Json, product: &Product) -> Vec<Json> {
    let server = |(cores, memory): &(i64, i64)| {
        let mut row = example.clone();
        row.put("/name", format!("{}v{cores}m{memory}", product.servers));
        row.put("/description", format!("vCPU {cores} | Memory {memory}G"));
        row.put("/type", format!("Standard-{}", memory / cores));
        row.put("/cpu_core", *cores);
        row.put("/memory_gb", *memory);
        row
    };
    SIZES.iter().map(server).collect()
}

fn parameters(example: &Json, product: &Product, runtime: &Runtime) -> Vec<Json> {
    let more = product.parameters.iter().map(|(apply, name, default, values, kind, description)| {
        json!({
            "allows_value": values,
            "applied_value": default,
            "apply_type": if *apply == 's' { "STATIC" } else { "DYNAMIC" },
            "data_type": kind,
            "default_value": default,
            "description": description,
            "id": runtime.hex(32),
            "is_modifiable": *apply != 'f',
            "name": name,
            "software_type": example.text("/software_type"),
        })
    });
    match example.is_null() {
        true => Vec::new(),
        false => std::iter::once(example.clone()).chain(more).collect(),
    }
}

/// The commands of a new cluster: that of the spec's example, and others.
fn commands(example: &Json, ids: impl Fn() -> String) -> Vec<Json> {
    let named = |(name, modifiable): &(&str, bool)| json!({"id": ids(), "name": name, "modifiable": modifiable, "applied_value": name, "description": null});
    match example.is_null() {
        true => Vec::new(),
        false => std::iter::once(example.clone()).chain(MORE.iter().map(named)).collect(),
    }
}

const MORE: &[(&str, bool)] = &[("CONFIG", true), ("KEYS", true), ("GET", false)];
