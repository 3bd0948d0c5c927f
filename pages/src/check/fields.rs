//! Lists of parameters or properties: what is new, gone or renamed, and what differs in what both have.

use dbplane_codegen::finding::Line;
use dbplane_codegen::spec::{Kind, Limits, Parameter, Property, Schema, Service};
use serde_json::Value as Json;

use super::context::{Context, Role};
use super::spec::{object_name, omitted, type_name};
use crate::drift::Severity;
use crate::facts::{self, Body, Field, Type};
use crate::words::is_deprecated;

/// How deep objects within objects are compared.
const DEPTH: usize = 24;

/// A list that is compared.
pub(super) struct Group<'a> {
    /// Rules for what is added, removed and renamed.
    pub(super) rules: [&'static str; 3],
    /// What callers send, as opposed to what they get.
    pub(super) request: bool,
    /// What stands before a name in a place.
    pub(super) path: String,
    /// Lines for what one of both does not have.
    pub(super) line: usize,
    pub(super) spec_line: Line,
    /// Names of what only samples show.
    pub(super) sampled: &'a [&'a str],
    /// The body in which it stands.
    pub(super) body: Option<&'a Body>,
    pub(super) depth: usize,
}

/// A parameter or property of a spec.
pub(super) struct SpecField<'s> {
    name: &'s str,
    required: bool,
    description: &'s str,
    deprecated: bool,
    schema: &'s Schema,
}

impl<'s> SpecField<'s> {
    pub(super) fn parameter(p: &'s Parameter) -> Self {
        let deprecated = p.deprecated.is_some();
        Self {
            name: &p.name,
            required: p.required,
            description: &p.description,
            deprecated,
            schema: &p.schema,
        }
    }

    fn property(p: &'s Property) -> Self {
        let deprecated = p.deprecated.is_some();
        Self { name: &p.name, required: p.required, description: "", deprecated, schema: &p.schema }
    }
}

/// A body against the schema of the spec.
pub(super) fn compare_body(context: &mut Context<'_>, role: Role, body: &Body, name: &str) {
    let service = context.target.service;
    let Some(schema) = service.schemas.get(name) else { return };
    let request = role == Role::Request;
    if let Some(stated) = body.schema.as_ref().filter(|stated| *stated != name) {
        let says = (stated.clone(), name.to_owned());
        let lines = (body.line, schema.line);
        context.add("schema-renamed", Severity::Breaking, lines, &role.word(), says);
    }
    let rules = if request {
        ["request-field-added", "request-field-removed", "request-field-renamed"]
    } else {
        ["response-field-added", "response-field-removed", "response-field-renamed"]
    };
    let path = format!("{} ", role.word());
    let (line, spec_line) = (body.line, schema.line);
    let group = Group { rules, request, path, line, spec_line, sampled: &[], body: Some(body), depth: 0 };
    compare_object(context, &group, &body.fields.iter().collect::<Vec<_>>(), Some(name), schema);
}

fn compare_object(
    context: &mut Context<'_>,
    group: &Group<'_>,
    page: &[&Field],
    name: Option<&str>,
    schema: &Schema,
) {
    let properties: &[Property] = if let Kind::Object(p) = &schema.kind { p } else { &[] };
    // A sample without properties says nothing about an object.
    if page.is_empty() {
        return;
    }
    let left_out = name.map(|name| omitted(context.target.service, name)).unwrap_or_default();
    let on_page = |name: &str| page.iter().any(|f| f.name == name);
    for gone in left_out.iter().filter(|name| !on_page(name)) {
        let says = ("nothing".to_owned(), format!("`{gone}` is left out"));
        let place = format!("{}{gone}", group.path);
        context.add("omitted-unknown", Severity::Documentation, (group.line, schema.line), &place, says);
    }
    let page: Vec<&Field> = page.iter().filter(|f| !left_out.contains(&f.name.as_str())).copied().collect();
    let spec: Vec<SpecField<'_>> = properties.iter().map(SpecField::property).collect();
    compare(context, group, &page, &spec);
}

/// Two lists of the same kind of things.
pub(super) fn compare(context: &mut Context<'_>, group: &Group<'_>, page: &[&Field], spec: &[SpecField<'_>]) {
    let same = |a: &str, b: &str| a == b || group.path == "header " && a.eq_ignore_ascii_case(b);
    let mut added: Vec<&Field> =
        page.iter().filter(|f| !spec.iter().any(|s| same(s.name, &f.name))).copied().collect();
    let mut removed: Vec<&SpecField<'_>> =
        spec.iter().filter(|s| !page.iter().any(|f| same(s.name, &f.name))).collect();
    renamed(context, group, &mut added, &mut removed);
    for field in added {
        let severity = if group.request && field.required == Some(true) {
            Severity::Breaking
        } else {
            Severity::Compatible
        };
        let need = match field.required {
            Some(true) => ", required",
            Some(false) => ", optional",
            None => "",
        };
        let says = (format!("{}{need}", field.ty), "nothing".to_owned());
        let place = format!("{}{}", group.path, field.name);
        context.add(group.rules[0], severity, (field.line, group.spec_line), &place, says);
    }
    for gone in removed {
        let says = ("nothing".to_owned(), type_name(context.target.service, gone.schema));
        let place = format!("{}{}", group.path, gone.name);
        let lines = (group.line, gone.schema.line);
        context.add(group.rules[1], Severity::Breaking, lines, &place, says);
    }
    for field in page {
        if let Some(spec) = spec.iter().find(|s| same(s.name, &field.name)) {
            one(context, group, field, spec);
        }
    }
}

/// One name gone and one new: it is the same thing if both are of one type, or differ in how they are spelled only.
fn renamed(
    context: &mut Context<'_>,
    group: &Group<'_>,
    added: &mut Vec<&Field>,
    removed: &mut Vec<&SpecField<'_>>,
) {
    let spelling = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let alone = added.len() == 1 && removed.len() == 1;
    added.retain(|new| {
        let service = context.target.service;
        let twin = |old: &&SpecField<'_>| {
            let alike = new.required.is_none_or(|required| required == old.required || !group.request);
            spelling(&new.name) == spelling(old.name)
                || alone && alike && agrees(&new.ty, service, old.schema)
        };
        let Some(at) = removed.iter().position(twin) else { return true };
        let old = removed.remove(at);
        let says = (format!("`{}`", new.name), format!("`{}`", old.name));
        let place = format!("{}{}", group.path, old.name);
        context.add(group.rules[2], Severity::Breaking, (new.line, old.schema.line), &place, says);
        false
    });
}

fn one(context: &mut Context<'_>, group: &Group<'_>, field: &Field, spec: &SpecField<'_>) {
    if group.sampled.contains(&field.name.as_str()) {
        return;
    }
    let service = context.target.service;
    let place = format!("{}{}", group.path, field.name);
    let lines = (field.line, spec.schema.line);
    if let Type::Unread(words) = &field.ty {
        let says = (format!("`{words}`"), type_name(service, spec.schema));
        return context.add("type-unread", Severity::Documentation, lines, &place, says);
    }
    if !agrees(&field.ty, service, spec.schema) {
        let says = (field.ty.to_string(), type_name(service, spec.schema));
        return context.add("type-changed", Severity::Breaking, lines, &place, says);
    }
    if let (Some(stated), Some(name)) = (field.ty.object(), object_name(service, spec.schema))
        && stated != name
    {
        let says = (stated.to_owned(), name.to_owned());
        context.add("schema-renamed", Severity::Breaking, lines, &place, says);
    }
    if field.conditional && spec.required {
        let says = ("required under a condition".to_owned(), "required".to_owned());
        context.add("required-changed", Severity::Documentation, lines, &place, says);
    }
    let known = spec.deprecated || is_deprecated(&spec.schema.description) || is_deprecated(spec.description);
    if field.deprecated && !known {
        let says = ("deprecated".to_owned(), "nothing of it".to_owned());
        context.add("deprecated-changed", Severity::Compatible, lines, &place, says);
    }
    if let Some(required) = field.required.filter(|required| *required != spec.required) {
        let severity = if group.request && required { Severity::Breaking } else { Severity::Compatible };
        let word = |required: bool| if required { "required" } else { "optional" }.to_owned();
        context.add("required-changed", severity, lines, &place, (word(required), word(spec.required)));
    }
    if !group.body.is_some_and(|body| body.sampled) && field.ty != Type::Unsaid {
        default(context, lines, &place, field, spec.schema);
        values(context, group, lines, &place, field, spec.schema);
        range(context, group, lines, &place, field, spec.schema);
    }
    nested(context, group, &place, field, spec.schema);
}

fn nested(context: &mut Context<'_>, group: &Group<'_>, place: &str, field: &Field, schema: &Schema) {
    let Some(body) = group.body.filter(|_| group.depth < DEPTH) else { return };
    let inside: Vec<&Field> = body.inside(field).iter().collect();
    let service = context.target.service;
    let (mut inner, mut path) = (service.resolve(schema), place.to_owned());
    while let Kind::Array(item) = &inner.kind {
        (inner, path) = (service.resolve(item), path + "[]");
    }
    let (line, spec_line) = (field.line, inner.line);
    let group = Group { path: format!("{path}."), line, spec_line, depth: group.depth + 1, ..*group };
    let name = object_name(service, schema);
    compare_object(context, &group, &inside, name, inner);
}

/// Whether a page's type is that of a schema. Pages call a text what a spec calls an enum or a time, and say
/// nothing about the width of most numbers.
fn agrees(page: &Type, service: &Service, schema: &Schema) -> bool {
    let target = service.resolve(schema);
    match (page, &target.kind) {
        (Type::Unsaid, _) | (_, Kind::Ref(_)) => true,
        (Type::Text, _) if target.json_text => true,
        (Type::Text, Kind::Text { .. } | Kind::Enum { .. }) | (Type::Time, Kind::Text { .. }) => true,
        (Type::Integer { wide }, Kind::Integer { small }) => !(*wide && *small),
        (Type::Number, Kind::Number) | (Type::Boolean, Kind::Boolean) => true,
        (Type::Object(_), Kind::Object(_) | Kind::Map) => true,
        (Type::List(page), Kind::Array(item)) => agrees(page, service, item),
        _ => false,
    }
}

type Lines = (usize, Line);

fn default(context: &mut Context<'_>, lines: Lines, place: &str, field: &Field, schema: &Schema) {
    let Some(page) = &field.default else { return };
    let target = context.target.service.resolve(schema);
    let spec = match schema.default.as_ref().or(target.default.as_ref()) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Array(items)) if items.is_empty() => String::new(),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    let page = page.trim_matches('"');
    let flag = field.ty == Type::Boolean && page.eq_ignore_ascii_case(&spec);
    if page != spec && !flag {
        let word = |text: &str| if text.is_empty() { "none".to_owned() } else { format!("`{text}`") };
        context.add("default-changed", Severity::Compatible, lines, place, (word(page), word(&spec)));
    }
}

fn values(
    context: &mut Context<'_>,
    group: &Group<'_>,
    lines: Lines,
    place: &str,
    field: &Field,
    schema: &Schema,
) {
    let spec: &[String] = match &context.target.service.resolve(schema).kind {
        Kind::Enum { values, .. } => values,
        _ => &[],
    };
    let missing = |of: &[String], from: &[String]| {
        let names: Vec<String> = of.iter().filter(|v| !from.contains(v)).map(|v| format!("`{v}`")).collect();
        names.join(", ")
    };
    let listed = |values: &[String]| if values.is_empty() { "no values" } else { "other values" }.to_owned();
    let (added, removed) = (missing(&field.values, spec), missing(spec, &field.values));
    if !added.is_empty() {
        context.add("value-added", Severity::Compatible, lines, place, (added, listed(spec)));
    }
    if !(removed.is_empty() || field.unread.is_some() && field.values.is_empty()) {
        let severity = match (group.request, field.values.is_empty()) {
            (true, false) => Severity::Breaking,
            _ => Severity::Documentation,
        };
        context.add("value-removed", severity, lines, place, (listed(&field.values), removed));
    }
}

fn range(
    context: &mut Context<'_>,
    group: &Group<'_>,
    lines: Lines,
    place: &str,
    field: &Field,
    schema: &Schema,
) {
    let spec = &context.target.service.resolve(schema).limits;
    if let Some(words) = &field.unread {
        let says = (format!("`{words}`"), shown(spec));
        context.add("range-unread", Severity::Documentation, lines, place, says);
    }
    // What was not read may state what the page seems to lack.
    let differs =
        if field.unread.is_some() { states_otherwise(&field.limits, spec) } else { field.limits != *spec };
    if !differs {
        return;
    }
    let severity = match (group.request, tighter(&field.limits, spec)) {
        (true, true) => Severity::Breaking,
        (true, false) => Severity::Compatible,
        (false, _) => Severity::Documentation,
    };
    context.add("range-changed", severity, lines, place, (shown(&field.limits), shown(spec)));
}

/// Whether a bound that the page states is another one in the spec.
fn states_otherwise(page: &Limits, spec: &Limits) -> bool {
    let other = |a: Option<f64>, b: Option<f64>| a.is_some() && a != b;
    let count = |a: Option<i64>, b: Option<i64>| a.is_some() && a != b;
    other(page.minimum, spec.minimum)
        || other(page.maximum, spec.maximum)
        || count(page.min_length, spec.min_length)
        || count(page.max_length, spec.max_length)
        || count(page.min_items, spec.min_items)
        || count(page.max_items, spec.max_items)
        || page.pattern.is_some() && page.pattern != spec.pattern
}

/// Whether the first limits refuse what the second allow.
fn tighter(page: &Limits, spec: &Limits) -> bool {
    let above = |a: Option<i64>, b: Option<i64>| a.is_some_and(|a| b.is_none_or(|b| a > b));
    let below = |a: Option<i64>, b: Option<i64>| a.is_some_and(|a| b.is_none_or(|b| a < b));
    page.minimum.is_some_and(|a| spec.minimum.is_none_or(|b| a > b))
        || page.maximum.is_some_and(|a| spec.maximum.is_none_or(|b| a < b))
        || page.excluded.iter().any(|n| !spec.excluded.contains(n))
        || above(page.min_length, spec.min_length)
        || below(page.max_length, spec.max_length)
        || above(page.min_items, spec.min_items)
        || below(page.max_items, spec.max_items)
        || page.pattern.is_some() && page.pattern != spec.pattern
}

fn shown(limits: &Limits) -> String {
    if *limits == Limits::default() { "no limits".to_owned() } else { facts::limits(limits).to_string() }
}
