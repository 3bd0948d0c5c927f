//! Facts as a list: where each stands and what the page says of it, to tell which of them changed.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use super::print::Printer;
use super::{Body, Example, Field, Operation, Page, place};

/// One fact of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about, such as `PUT /v3/{id}/port request port`.
    pub place: String,
    /// What the page says of it.
    pub says: String,
    /// Its line.
    pub line: usize,
}

/// All facts of a page, by place.
#[must_use]
pub fn lines(page: &Page) -> Vec<Fact> {
    let mut facts = Facts::default();
    page.operations.iter().for_each(|operation| facts.operation(operation));
    facts.all
}

#[derive(Default)]
struct Facts {
    all: Vec<Fact>,
    /// How often a place came before: two examples of a response are two facts.
    seen: BTreeMap<String, usize>,
}

impl Facts {
    fn add(&mut self, place: String, says: String, line: usize) {
        let count = self.seen.entry(place.clone()).or_default();
        *count += 1;
        let place = if *count > 1 { format!("{place} ({count})") } else { place };
        self.all.push(Fact { place, says, line });
    }

    fn operation(&mut self, operation: &Operation) {
        let version = operation.version.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
        let base = format!("{} {}{version}", operation.method, operation.path);
        let mut says = Vec::new();
        says.extend(operation.title.as_ref().map(|title| format!("title `{title}`")));
        says.extend(operation.product.as_ref().map(|product| format!("product {product}")));
        says.extend(operation.state.as_ref().map(|state| format!("state {state}")));
        says.extend(operation.until.as_ref().map(|until| format!("served until {until}")));
        says.extend(operation.deprecated.then(|| "deprecated".to_owned()));
        self.add(base.clone(), says.join(", "), operation.line);
        for parameter in &operation.parameters {
            let sampled = if parameter.sampled { "sampled" } else { "" };
            self.field(&format!("{base} {} ", place(parameter.place)), sampled, &parameter.field);
        }
        if let Some(body) = &operation.request {
            self.body(&format!("{base} request"), body);
        }
        for response in &operation.responses {
            let status = response.status.map(|s| format!(" {s}")).unwrap_or_default();
            match &response.body {
                Some(body) => self.body(&format!("{base} response{status}"), body),
                None => self.add(format!("{base} response{status}"), "no body".to_owned(), response.line),
            }
        }
        operation.examples.iter().for_each(|example| self.example(&base, example));
    }

    fn body(&mut self, base: &str, body: &Body) {
        let says = body.schema.clone().unwrap_or_else(|| "a body".to_owned());
        self.add(base.to_owned(), says, body.line);
        body.fields.iter().for_each(|field| self.field(&format!("{base} "), "", field));
        for (name, fields) in &body.objects {
            fields.iter().for_each(|field| self.field(&format!("{base} {{{name}}}."), "", field));
        }
    }

    fn field(&mut self, before: &str, says: &str, field: &Field) {
        let mut map = Printer { lines: false }.field(field);
        map.retain(|key, _| key != "name" && key != "properties");
        let place = format!("{before}{}", field.name);
        let said = [says.to_owned(), described(&map)];
        let says: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        self.add(place.clone(), says.join(", "), field.line);
        field.fields.iter().for_each(|inner| self.field(&format!("{place}."), "", inner));
    }

    /// An example counts as a whole: its values are many, and most are made up.
    fn example(&mut self, base: &str, example: &Example) {
        let of = match example.response {
            None => "request".to_owned(),
            Some(None) => "response".to_owned(),
            Some(Some(status)) => format!("response {status}"),
        };
        let digest = hex::encode(Sha256::digest(example.value.to_string()));
        let says = digest.get(..16).unwrap_or_default().to_owned();
        self.add(format!("{base} example of {of}"), says, example.line);
    }
}

/// `integer, required, default 50`
fn described(map: &Map<String, Json>) -> String {
    let part = |(key, value): (&String, &Json)| match (key.as_str(), value) {
        ("type", Json::String(ty)) => ty.clone(),
        ("required", Json::Bool(true)) => "required".to_owned(),
        ("required", _) => "optional".to_owned(),
        (key, Json::Bool(true)) => key.to_owned(),
        (key, Json::String(text)) => format!("{key} `{text}`"),
        (key, value) => format!("{key} {value}"),
    };
    let first = |key: &&String| !matches!(key.as_str(), "type");
    let mut keys: Vec<&String> = map.keys().collect();
    keys.sort_by_key(first);
    keys.into_iter().filter_map(|key| map.get_key_value(key)).map(part).collect::<Vec<_>>().join(", ")
}
