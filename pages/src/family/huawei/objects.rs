//! Which table describes which object: by the name of its type, by a reference, by its own name, by the example.
//!
//! Older pages say `projects | Array of objects` and describe the projects in `Table 5 projects` or in the table that
//! the description refers to. A table that belongs to no field is a gap.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value as Json;

use crate::facts::{Body, Example, Field, Gap, Type};
use crate::family::nesting::nest;

/// The most tables of a body that say nothing of what they describe and are looked at.
const LOOSE: usize = 20;

/// Tables of a body, as they were read.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Numbers of captions, and the names under which their tables stand in the body.
    pub(super) numbers: BTreeMap<String, String>,
    /// Names of tables that say nothing of what they describe, and their lines.
    pub(super) loose: Vec<(usize, String)>,
    /// What descriptions refer to, by table and field.
    pub(super) references: BTreeMap<(String, String), String>,
}

/// Links the objects of a body to their tables.
pub(super) fn link(body: &mut Body, tables: &Tables, example: Option<&Example>, gaps: &mut Vec<Gap>) {
    nest_dotted(body);
    let known: HashSet<String> = body.objects.keys().cloned().collect();
    // A word alone is the name of an object if there is a table of this name.
    for field in body.fields.iter_mut().chain(body.objects.values_mut().flatten()) {
        if let Type::Unread(word) = &field.ty
            && known.contains(word)
        {
            field.ty = Type::Object(Some(word.clone()));
        }
    }
    let (whole, objects) = (&mut body.fields, &mut body.objects);
    let all = objects.iter_mut().map(|(table, fields)| (table.as_str(), fields));
    for (table, fields) in [("", whole)].into_iter().chain(all) {
        for field in fields.iter_mut().filter(|f| is_open(f)) {
            if field.ty.object().is_some_and(|name| known.contains(name)) {
                continue;
            }
            let reference = tables.references.get(&(table.to_owned(), field.name.clone()));
            let referred = reference.and_then(|number| tables.numbers.get(number));
            let own = || named_as(&known, table, &field.name);
            field.table = referred.or_else(own).filter(|name| known.contains(*name)).cloned();
        }
    }
    let mut linked = linked(body);
    for (at, (line, table)) in tables.loose.iter().enumerate() {
        if linked.contains(table) {
            continue;
        }
        let found = if at < LOOSE { only(body, table, example) } else { None };
        match found {
            Some((parent, name)) => {
                let fields = fields_of(body, &parent);
                let field = fields.and_then(|fields| fields.iter_mut().find(|f| f.name == name));
                field.into_iter().for_each(|field| field.table = Some(table.clone()));
                linked.insert(table.clone());
            }
            None => gaps.push(Gap::unread(*line, "the page does not say what the table describes")),
        }
    }
    let loose: HashSet<&String> = tables.loose.iter().map(|(_, table)| table).collect();
    for (name, fields) in
        body.objects.iter().filter(|(name, _)| !linked.contains(*name) && !loose.contains(name))
    {
        let line = fields.first().map_or(body.line, |field| field.line);
        gaps.push(Gap::unread(line, format!("no field has the object `{name}` that the table describes")));
    }
}

/// Moves `lamps.name` into `lamps`, and to the table of its type if there is one.
fn nest_dotted(body: &mut Body) {
    let (whole, objects) = (&mut body.fields, &mut body.objects);
    let mut found = Vec::new();
    for fields in [whole].into_iter().chain(objects.values_mut()) {
        if !fields.iter().any(|field| field.name.contains('.')) {
            continue;
        }
        *fields = nest(std::mem::take(fields), None);
        for field in fields.iter_mut().filter(|field| !field.fields.is_empty()) {
            let table = field.ty.object().map(str::to_owned);
            found.extend(table.map(|table| (table, field.fields.clone())));
        }
    }
    for (table, fields) in found {
        let Some(described) = body.objects.get_mut(&table) else { continue };
        for field in fields {
            if !described.iter().any(|known| known.name == field.name) {
                described.push(field);
            }
        }
        let all = body.fields.iter_mut().chain(body.objects.values_mut().flatten());
        all.filter(|field| field.ty.object() == Some(table.as_str())).for_each(|field| field.fields.clear());
    }
}

/// The table that is called like a field of another: `projects.links`, `links`, or `ResponseBody.links`.
fn named_as<'k>(known: &'k HashSet<String>, table: &str, field: &str) -> Option<&'k String> {
    let bodies = ["ResponseBody", "RequestBody", "Response", "Request", "body", "response", "request"];
    let whole = bodies.into_iter().map(|body| format!("{body}.{field}")).filter(|_| table.is_empty());
    let names = [format!("{table}.{field}"), field.to_owned()].into_iter();
    names.chain(whole).filter(|name| name != table).find_map(|name| known.get(&name))
}

/// The field that a loose table describes, as the table and name of the field: the one whose example has the same
/// properties, or the only one that is left.
fn only(body: &Body, table: &str, example: Option<&Example>) -> Option<(String, String)> {
    let mut open = Vec::new();
    let all = body.objects.iter().map(|(name, fields)| (name.as_str(), fields));
    for (parent, fields) in [("", &body.fields)].into_iter().chain(all).filter(|(parent, _)| *parent != table)
    {
        let fields = fields.iter().filter(|f| is_open(f) && f.table.is_none());
        open.extend(fields.map(|f| (parent.to_owned(), f.name.clone())));
    }
    let names: Vec<&str> = body.objects.get(table)?.iter().map(|f| f.name.as_str()).collect();
    let shown = |(_, name): &&(String, String)| {
        let keys = example.map(|e| keys_under(&e.value, name)).unwrap_or_default();
        !keys.is_empty() && keys.iter().all(|key| names.contains(&key.as_str()))
    };
    let by_example: Vec<_> = open.iter().filter(shown).collect();
    match (&by_example[..], &open[..]) {
        ([found], _) => Some((*found).clone()),
        ([], [found]) => Some(found.clone()),
        _ => None,
    }
}

/// The properties of what an example has under a name.
fn keys_under(value: &Json, name: &str) -> Vec<String> {
    match value {
        Json::Object(map) => {
            let mut inner = map.get(name);
            while let Some(Json::Array(items)) = inner {
                inner = items.first();
            }
            match inner {
                Some(Json::Object(found)) => found.keys().cloned().collect(),
                _ => map
                    .values()
                    .map(|v| keys_under(v, name))
                    .find(|keys| !keys.is_empty())
                    .unwrap_or_default(),
            }
        }
        Json::Array(items) => items.first().map(|item| keys_under(item, name)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn fields_of<'b>(body: &'b mut Body, table: &str) -> Option<&'b mut Vec<Field>> {
    if table.is_empty() { Some(&mut body.fields) } else { body.objects.get_mut(table) }
}

/// Whether a field is an object, or a list of objects, that may be described elsewhere.
pub(super) fn is_open(field: &Field) -> bool {
    fn object(ty: &Type) -> bool {
        match ty {
            Type::Object(_) | Type::Unsaid => true,
            Type::List(item) => object(item),
            _ => false,
        }
    }
    object(&field.ty)
}

fn linked(body: &Body) -> HashSet<String> {
    let all = body.fields.iter().chain(body.objects.values().flatten());
    all.filter_map(|f| f.table.clone().or_else(|| f.ty.object().map(str::to_owned))).collect()
}
