//! Every documented limit of every request, with values on both sides.
//!
//! The specs say which limits there are; for each, a value just beyond it must be refused with the field's name, and a
//! value just within it must pass. A limit that the generator omits fails here.

use std::path::Path;
use std::sync::Arc;

use dbplane_codegen::spec::{self, Kind, Limits, Relation, Schema};
use serde_json::{Value, json};

use super::{BaseUrl, Call, Core, CoreInner, prepare};
use crate::auth::Anonymous;
use crate::client::transport::Transport;
use crate::error::Error;
use crate::generated::SERVICES;
use crate::operation::{Operation, Service};
use crate::runtime::Runtime;

type ServiceTable = (&'static Service, &'static [&'static Operation]);

/// The table of a service.
fn table(stem: &str) -> ServiceTable {
    *SERVICES.iter().find(|(service, _)| service.name == stem).expect("every spec has a table")
}

/// A value, and whether a limit refuses it.
struct Probe {
    value: Value,
    refused: bool,
}

fn bad(value: impl Into<Value>) -> Probe {
    Probe { value: value.into(), refused: true }
}

fn good(value: impl Into<Value>) -> Probe {
    Probe { value: value.into(), refused: false }
}

/// Values on both sides of every limit of a schema.
fn probes(service: &spec::Service, schema: &Schema) -> Vec<Probe> {
    let schema = service.resolve(schema);
    let limits = &schema.limits;
    match &schema.kind {
        Kind::Enum { values, extensible } => {
            let mut probes: Vec<_> = values.iter().map(|v| good(v.as_str())).collect();
            let new = "no-such-value";
            probes.push(if *extensible { good(new) } else { bad(new) });
            probes
        }
        Kind::Integer { .. } => integers(limits),
        Kind::Text { .. } => texts(limits),
        Kind::Array(_) => {
            let few = limits.min_items.filter(|n| *n > 0).map(|n| bad(vec![Value::Null; usize(n) - 1]));
            let many = limits.max_items.map(|n| bad(vec![Value::Null; usize(n) + 1]));
            few.into_iter().chain(many).collect()
        }
        _ => Vec::new(),
    }
}

fn usize(n: i64) -> usize {
    n.try_into().unwrap()
}

#[allow(clippy::cast_possible_truncation)]
fn integers(limits: &Limits) -> Vec<Probe> {
    let (min, max) = (limits.minimum.map(|n| n as i64), limits.maximum.map(|n| n as i64));
    let step = limits.multiple_of.unwrap_or(1);
    let mut probes = Vec::new();
    probes.extend(min.into_iter().flat_map(|n| [good(n), bad(n - step)]));
    probes.extend(max.into_iter().flat_map(|n| [good(n), bad(n + step)]));
    if step > 1 {
        probes.push(bad(min.unwrap_or(0) + 1));
    }
    for n in &limits.excluded {
        probes.push(bad(*n));
        probes.extend([n - step, n + step].into_iter().filter(|m| !limits.excluded.contains(m)).map(good));
    }
    probes
}

fn texts(limits: &Limits) -> Vec<Probe> {
    let mut probes = Vec::new();
    probes.extend(limits.min_length.filter(|n| *n > 0).map(|n| bad("a".repeat(usize(n) - 1))));
    probes.extend(limits.max_length.map(|n| bad("a".repeat(usize(n) + 1))));
    if limits.pattern.is_none() {
        probes.extend(limits.min_length.map(|n| good("é".repeat(usize(n)))));
        probes.extend(limits.max_length.map(|n| good("é".repeat(usize(n)))));
    }
    if let Some(pattern) = &limits.pattern {
        let pattern = regex_lite::Regex::new(pattern).unwrap();
        let wrong = ["~", "", "é", "<"].into_iter().find(|text| !pattern.is_match(text));
        probes.push(bad(wrong.expect("a text that the pattern refuses")));
    }
    probes
}

/// A place in a body: property names and list indexes.
#[derive(Clone)]
enum PathStep {
    Property(String),
    First,
}

/// Every place of a request schema that has probes.
fn places(
    service: &spec::Service,
    schema: &Schema,
    at: &[PathStep],
    out: &mut Vec<(Vec<PathStep>, Vec<Probe>)>,
) {
    assert!(at.len() < 20, "a request schema that never ends");
    let found = probes(service, schema);
    if !found.is_empty() {
        out.push((at.to_vec(), found));
    }
    match &service.resolve(schema).kind {
        Kind::Object(properties) => {
            for property in properties {
                let next = [at, &[PathStep::Property(property.name.clone())]].concat();
                let first = out.len();
                places(service, &property.schema, &next, out);
                if is_conditional(service.resolve(schema), &property.name) {
                    // The examples do not meet its condition, so every value is refused.
                    out[first..].iter_mut().for_each(|(_, probes)| probes.retain(|probe| probe.refused));
                }
            }
        }
        Kind::Array(item) => places(service, item, &[at, &[PathStep::First]].concat(), out),
        _ => {}
    }
}

/// Whether a property is given under a condition only.
fn is_conditional(schema: &Schema, name: &str) -> bool {
    let relations = schema.relations.iter().map(|(_, relation)| relation);
    relations.into_iter().any(|r| matches!(r, Relation::GivenWhen { property, .. } if property == name))
}

/// Sets a value in a body, and creates the objects on its path.
fn put(body: &mut Value, at: &[PathStep], value: Value) {
    match at {
        [] => *body = value,
        [PathStep::Property(name), rest @ ..] => {
            if !body.is_object() {
                *body = json!({});
            }
            put(&mut body[name.as_str()], rest, value);
        }
        [PathStep::First, rest @ ..] => {
            if body.as_array().is_none_or(Vec::is_empty) {
                *body = json!([null]);
            }
            put(&mut body[0], rest, value);
        }
    }
}

fn name(at: &[PathStep]) -> String {
    let mut name = String::new();
    for step in at {
        match step {
            PathStep::Property(property) if name.is_empty() => name.push_str(property),
            PathStep::Property(property) => name.push_str(&format!(".{property}")),
            PathStep::First => name.push_str("[0]"),
        }
    }
    name
}

/// The call of the spec's own examples.
fn example(service: &spec::Service, operation: &spec::Operation, table: ServiceTable) -> Call {
    let transport = Transport::builder().build().unwrap();
    let value = |p: &spec::Parameter| {
        let schema = service.resolve(&p.schema);
        let own = p.schema.example.clone().or(schema.example.clone()).or(schema.default.clone());
        own.unwrap_or_else(|| match &schema.kind {
            Kind::Enum { values, .. } => json!(values[0]),
            Kind::Integer { .. } => json!(1),
            Kind::Boolean => json!(true),
            _ => json!("x"),
        })
    };
    let statics = table.1.iter().find(|o| o.id == operation.id).expect("the operation is in the table");
    let client = operation.parameters.iter().filter(|p| p.client);
    let settings = client.filter_map(|p| {
        let known = statics.parameters.iter().find(|k| k.name == p.name)?;
        Some((known.name, value(p).as_str()?.to_owned()))
    });
    let core = Core::new(CoreInner {
        service: table.0,
        base: BaseUrl::new("http://127.0.0.1:1", &transport).unwrap(),
        transport,
        auth: Arc::new(Anonymous),
        runtime: Runtime::fixed(0, 0),
        settings: settings.collect(),
        resolver: None,
        skew: super::skew::Skew::new(super::skew::MOST),
        retry_config: super::RetryConfig::default(),
        error_hint: None,
    });
    let mut call = Call::new(&core, statics);
    for parameter in operation.parameters.iter().filter(|p| !p.client && p.required && !p.generated) {
        call.set(static_name(statics, &parameter.name), value(parameter));
    }
    if operation.body.is_some() {
        call.set_body(&typed_example(service, operation));
    }
    call
}

/// The example of a body as callers give it: lists, where the wire has JSON in a string.
fn typed_example(service: &spec::Service, operation: &spec::Operation) -> Value {
    let body = operation.body.as_ref().expect("a request body");
    let mut example = body.example.clone().expect("a request body has an example");
    let Kind::Object(properties) = &service.schemas[&body.schema].kind else { return example };
    for property in properties.iter().filter(|p| p.schema.json_text) {
        if let Some(text) = example.get_mut(&property.name) {
            *text = serde_json::from_str(text.as_str().expect("text")).expect("JSON in a string");
        }
    }
    example
}

fn static_name(operation: &Operation, name: &str) -> &'static str {
    operation.parameters.iter().find(|p| p.name == name).expect("the parameter is in the table").name
}

fn fields(outcome: Result<crate::auth::SignableRequest, Error>) -> Vec<String> {
    match outcome {
        Ok(_) => Vec::new(),
        Err(e) => {
            assert!(e.is_invalid_request() && !e.violations().is_empty() && e.requests_sent() == 0, "{e}");
            e.violations().iter().map(|v| v.field().to_owned()).collect()
        }
    }
}

/// Tests every probe of one operation; returns their number.
fn try_all(service: &spec::Service, operation: &spec::Operation, table: ServiceTable) -> usize {
    let call = example(service, operation, table);
    assert_eq!(
        fields(prepare::prepare(&call, &call.core.inner().settings)),
        Vec::<String>::new(),
        "{}: the example is refused",
        operation.id
    );
    let mut tried = 0;
    for parameter in operation.parameters.iter().filter(|p| !p.client) {
        for probe in probes(service, &parameter.schema) {
            let mut call = call.clone();
            call.set(static_name(call.operation, &parameter.name), probe.value.clone());
            let refused =
                fields(prepare::prepare(&call, &call.core.inner().settings)).contains(&parameter.name);
            assert_eq!(refused, probe.refused, "{} {} = {}", operation.id, parameter.name, probe.value);
            tried += 1;
        }
    }
    let Some(body) = &operation.body else { return tried };
    let mut found = Vec::new();
    places(service, &service.schemas[&body.schema], &[], &mut found);
    for (at, probes) in found {
        for probe in probes {
            let mut changed = typed_example(service, operation);
            put(&mut changed, &at, probe.value.clone());
            let mut call = call.clone();
            call.set_body(&changed);
            let refused = fields(prepare::prepare(&call, &call.core.inner().settings)).contains(&name(&at));
            assert_eq!(refused, probe.refused, "{} {} = {}", operation.id, name(&at), probe.value);
            tried += 1;
        }
    }
    tried
}

#[test]
fn every_documented_limit_refuses_and_no_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let services = dbplane_codegen::load(&folder).unwrap();
    let mut tried = 0;
    for service in &services {
        let table = table(&service.stem);
        assert_eq!(table.1.len(), service.operations.len(), "{}", service.stem);
        for operation in &service.operations {
            tried += try_all(service, operation, table);
        }
    }
    assert!(tried > 300, "only {tried} probes: the specs have lost their limits");
}

#[test]
fn all_broken_limits_are_named_at_once_and_in_plain_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let services = dbplane_codegen::load(&folder).unwrap();
    let service = services.iter().find(|s| s.stem == "samsung-mariadb-1.0").unwrap();
    let operation = service.operations.iter().find(|o| o.id == "CreateCluster").unwrap();
    let mut call = example(service, operation, table("samsung-mariadb-1.0"));
    let mut body = operation.body.as_ref().unwrap().example.clone().unwrap();
    body["name"] = json!("x1");
    body["init_config_option"]["database_port"] = json!(80);
    body["init_config_option"]["database_user_password"] = json!("hunter2");
    body["instance_groups"][0]["block_storage_groups"][0]["size_gb"] = json!(17);
    call.set_body(&body);
    let error = prepare::prepare(&call, &call.core.inner().settings).err().unwrap();
    let text = error.to_string();
    for part in [
        "name",
        "init_config_option.database_port",
        "init_config_option.database_user_password",
        "instance_groups[0].block_storage_groups[0].size_gb",
        "1024 to 65535",
        "multiple of 8",
    ] {
        assert!(text.contains(part), "{part} is missing in: {text}");
    }
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn rules_between_fields_refuse_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let service = dbplane_codegen::load_file(&folder.join("samsung-mariadb-1.3.overlay.yaml")).unwrap();
    let table = table(&service.stem);
    let disks = "instance_groups[0].block_storage_groups";
    for (id, at, value, field, rule) in [
        (
            "CreateCluster",
            "/instance_groups/0/block_storage_groups/1/role_type",
            json!("OS"),
            disks,
            "exactly 1 of role_type OS, has 2",
        ),
        (
            "CreateCluster",
            "/instance_groups/0/block_storage_groups/1/role_type",
            json!("TEMP"),
            disks,
            "at least 1 of role_type DATA, has 0",
        ),
        (
            "CreateCluster",
            "/instance_groups/0/role_type",
            json!("REPLICAS"),
            "instance_groups[0].role_type",
            "one of ACTIVE",
        ),
        (
            "CreateReplica",
            "/replicas/0/instance_groups/0/role_type",
            json!("ACTIVE"),
            "replicas[0].instance_groups[0].role_type",
            "one of REPLICA",
        ),
        (
            "CreateReplica",
            "/replicas/0/instance_groups/0/block_storage_groups/0/size_gb",
            json!(100),
            "replicas[0].instance_groups[0].block_storage_groups[0].size_gb",
            "multiple of 8",
        ),
        (
            "RegisterLogExportConfig",
            "/schedule_frequency_type",
            json!("MONTH"),
            "schedule_day_of_month",
            "must be set when",
        ),
        (
            "RegisterLogExportConfig",
            "/schedule_frequency_type",
            json!("WEEK"),
            "schedule_day_of_week",
            "must be set when",
        ),
        ("CreateRestore", "/backup_history_number", json!(null), "", "exactly one of"),
    ] {
        let operation = service.operations.iter().find(|o| o.id == id).unwrap();
        let mut call = example(&service, operation, table);
        let mut body = operation.body.as_ref().unwrap().example.clone().unwrap();
        *body.pointer_mut(at).unwrap() = value;
        call.set_body(&body);
        let error = prepare::prepare(&call, &call.core.inner().settings).err().unwrap();
        let found = error.violations().iter().any(|v| v.field() == field && v.rule().contains(rule));
        assert!(found, "{id} {at}: {error}");
    }
}
