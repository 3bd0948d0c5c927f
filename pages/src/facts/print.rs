//! Facts as JSON, and their digest.

use dbplane_codegen::spec::Limits;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::{Body, Example, Field, Operation, Page, Parameter, Place, Response, Type};

/// The facts of a page. `lines` are left out where only the facts count.
#[must_use]
pub fn json(page: &Page, lines: bool) -> Json {
    let printer = Printer { lines };
    let mut out = Map::new();
    out.insert("family".into(), page.family.name().into());
    if lines {
        out.insert("file".into(), page.file.as_str().into());
        some(&mut out, "url", page.url.as_deref());
        some(&mut out, "date", page.date.as_deref());
    }
    out.insert("whole".into(), page.whole.into());
    if lines {
        let gap = |gap: &super::Gap| json!({ "line": gap.line, "rule": gap.rule, "what": gap.message });
        list(&mut out, "not-read", page.gaps.iter().map(gap));
    }
    list(&mut out, "operations", page.operations.iter().map(|o| printer.operation(o)));
    Json::Object(out)
}

/// A digest of what a page states: not of its bytes, lines, date or order.
#[must_use]
pub fn digest(page: &Page) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(json(page, false).to_string())))
}

pub(super) struct Printer {
    pub(super) lines: bool,
}

impl Printer {
    fn start(&self, line: usize) -> Map<String, Json> {
        let mut out = Map::new();
        if self.lines {
            out.insert("line".into(), line.into());
        }
        out
    }

    fn operation(&self, operation: &Operation) -> Json {
        let mut out = self.start(operation.line);
        out.insert("method".into(), operation.method.as_str().into());
        out.insert("path".into(), operation.path.as_str().into());
        some(&mut out, "title", operation.title.as_deref());
        some(&mut out, "product", operation.product.as_deref());
        some(&mut out, "version", operation.version.as_deref());
        some(&mut out, "state", operation.state.as_deref());
        some(&mut out, "supported-until", operation.until.as_deref());
        if operation.deprecated {
            out.insert("deprecated".into(), true.into());
        }
        list(&mut out, "parameters", operation.parameters.iter().map(|p| self.parameter(p)));
        some(&mut out, "request", operation.request.as_ref().map(|body| self.body(body)));
        list(&mut out, "responses", operation.responses.iter().map(|r| self.response(r)));
        list(&mut out, "examples", operation.examples.iter().map(|e| self.example(e)));
        Json::Object(out)
    }

    fn parameter(&self, parameter: &Parameter) -> Json {
        let mut out = self.start(parameter.field.line);
        out.insert("in".into(), place(parameter.place).into());
        if parameter.sampled {
            out.insert("sampled".into(), true.into());
        }
        out.append(&mut self.field(&parameter.field));
        Json::Object(out)
    }

    fn response(&self, response: &Response) -> Json {
        let mut out = self.start(response.line);
        some(&mut out, "status", response.status);
        some(&mut out, "body", response.body.as_ref().map(|b| self.body(b)));
        Json::Object(out)
    }

    fn example(&self, example: &Example) -> Json {
        let mut out = self.start(example.line);
        let of = match example.response {
            None => "request".to_owned(),
            Some(None) => "response".to_owned(),
            Some(Some(status)) => format!("response {status}"),
        };
        out.insert("of".into(), of.into());
        out.insert("value".into(), example.value.clone());
        Json::Object(out)
    }

    fn body(&self, body: &Body) -> Json {
        let mut out = self.start(body.line);
        some(&mut out, "schema", body.schema.as_deref());
        if body.sampled {
            out.insert("sampled".into(), true.into());
        }
        self.fields(&mut out, &body.fields);
        let named = |(name, fields): (&String, &Vec<Field>)| {
            let mut object = Map::new();
            self.fields(&mut object, fields);
            (name.clone(), Json::Object(object))
        };
        if !body.objects.is_empty() {
            out.insert("objects".into(), Json::Object(body.objects.iter().map(named).collect()));
        }
        Json::Object(out)
    }

    fn fields(&self, out: &mut Map<String, Json>, fields: &[Field]) {
        list(out, "properties", fields.iter().map(|field| Json::Object(self.field(field))));
    }

    pub(super) fn field(&self, field: &Field) -> Map<String, Json> {
        let mut out = self.start(field.line);
        out.insert("name".into(), field.name.as_str().into());
        if field.ty != Type::Unsaid {
            out.insert("type".into(), field.ty.to_string().into());
        }
        some(&mut out, "required", field.required);
        if field.conditional {
            out.insert("conditional".into(), true.into());
        }
        if field.deprecated {
            out.insert("deprecated".into(), true.into());
        }
        if field.nullable {
            out.insert("nullable".into(), true.into());
        }
        some(&mut out, "default", field.default.as_deref().filter(|d| !d.is_empty()));
        if field.limits != Limits::default() {
            out.insert("range".into(), limits(&field.limits));
        }
        some(&mut out, "range-in-words", field.unread.as_deref());
        list(&mut out, "enum", field.values.iter().map(|v| v.as_str().into()));
        some(&mut out, "example", field.example.as_deref());
        some(&mut out, "described-by", field.table.as_deref());
        self.fields(&mut out, &field.fields);
        out
    }
}

/// Limits under their names in OpenAPI.
pub(crate) fn limits(limits: &Limits) -> Json {
    let mut out = Map::new();
    some(&mut out, "minimum", limits.minimum.map(number));
    some(&mut out, "maximum", limits.maximum.map(number));
    some(&mut out, "multipleOf", limits.multiple_of);
    if !limits.excluded.is_empty() {
        out.insert("not".into(), json!({ "enum": limits.excluded }));
    }
    some(&mut out, "minLength", limits.min_length);
    some(&mut out, "maxLength", limits.max_length);
    some(&mut out, "pattern", limits.pattern.as_deref());
    some(&mut out, "minItems", limits.min_items);
    some(&mut out, "maxItems", limits.max_items);
    Json::Object(out)
}

/// A number without a point where it is whole.
#[allow(clippy::cast_possible_truncation)] // looked at before
fn number(n: f64) -> Json {
    if n.fract() == 0.0 && n.abs() < 1e15 { json!(n as i64) } else { json!(n) }
}

/// The word for a place.
pub(crate) fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    }
}

fn some(out: &mut Map<String, Json>, key: &str, value: Option<impl Into<Json>>) {
    if let Some(value) = value {
        out.insert(key.to_owned(), value.into());
    }
}

fn list(out: &mut Map<String, Json>, key: &str, items: impl Iterator<Item = Json>) {
    let items: Vec<Json> = items.collect();
    if !items.is_empty() {
        out.insert(key.to_owned(), items.into());
    }
}
