//! Specs for operations that have none yet.
//!
//! A draft is a document in the conventions of specs/README.md, made of what a page states and of how the vendor's
//! other specs say the same things: security, values that belong to the client, values that are generated. Where the
//! page says nothing and a human must decide stands a TODO. Descriptions are made of names, never of the page's
//! sentences; the reviewer says it better.

mod examples;
mod home;
mod routes;
mod rust_names;
mod schemas;

use dbplane_codegen::lint::{Named, is_reserved};
use dbplane_codegen::spec::{Location, Parameter as SpecParameter, Service};
use heck::{ToLowerCamelCase, ToSnakeCase, ToUpperCamelCase};
use serde_json::Value as Json;

use crate::check::{self, context::is_protocol_header, spec::credential_headers};
use crate::facts::{Body, Family, Field, Operation, Page, Parameter, Place, Response};
use crate::yaml::{self, Entry, Node};
use home::Home;
use routes::{names_in, newest, placed, spoken};
use rust_names::RustNames;
use schemas::{Schemas, Use, sentence};

/// What a draft is made of besides the page.
struct Draft<'d> {
    page: &'d Page,
    /// The vendor's specs.
    services: Vec<&'d Service>,
    /// The day on which the page was saved.
    saved: &'d str,
    schemas: Schemas,
    home: Option<Home<'d>>,
}

/// What helps where it is not known to which spec a page belongs.
const NO_ADDRESS: &str = "\
# The page does not name its address, and no spec has its product. If a spec has pages of the same folder, begin the page
# with three lines: `---`, `url: ` and the address, `---`.
";

/// The draft of a spec with the operations of a page that no spec has; nothing if all are known. `saved` is the day
/// on which the page was saved, `YYYY-MM-DD`.
#[must_use]
pub fn draft(page: &Page, services: &[Service], saved: &str) -> Option<String> {
    let (new, older) = newest(check::unknown(page, services));
    let first = *new.first()?;
    let services: Vec<&Service> = services.iter().filter(|s| s.vendor() == page.family.vendor()).collect();
    let home = Home::find(page, first, &services);
    let there = home.as_ref().map(Home::schemas).unwrap_or_default();
    let mut draft = Draft { page, services, saved, schemas: Schemas::beside(there), home };
    let mut paths: Vec<Entry> = Vec::new();
    for operation in new {
        let node = draft.operation(operation);
        let method = Entry::new(operation.method.to_lowercase(), node);
        match paths.iter_mut().find(|p| p.key == operation.path).map(|p| &mut p.node) {
            Some(Node::Map(methods)) => methods.push(method),
            Some(_) => {}
            None => paths.push(Entry::new(&operation.path, Node::Map(vec![method]))),
        }
    }
    let left = |o: &&Operation| {
        let version = o.version.as_deref().unwrap_or_default();
        format!("# Not drafted: {} {} of version {version}, for there is a newer one.\n", o.method, o.path)
    };
    let left: String = older.iter().map(left).collect();
    let text = match &draft.home {
        Some(home) => {
            let file = home.service.files.first().to_owned();
            let head = format!(
                "# For {file}: add what stands under each key to the same key there, or to an action of an overlay.\n"
            );
            head + &yaml::write(&draft.fragment(paths))
        }
        None => {
            let hint = if page.url.is_none() { NO_ADDRESS } else { "" };
            hint.to_owned() + &yaml::write(&draft.document(first, paths))
        }
    };
    Some(left + &text)
}

impl Draft<'_> {
    /// What a spec that is there lacks.
    fn fragment(self, paths: Vec<Entry>) -> Node {
        let schemas = self.schemas.finish();
        let schemas = Entry::new("schemas", Node::Map(schemas));
        Node::Map(vec![
            Entry::new("paths", Node::Map(paths)),
            Entry::new("components", Node::Map(vec![schemas])),
        ])
    }

    fn document(self, first: &Operation, paths: Vec<Entry>) -> Node {
        let product = first.product.clone().unwrap_or_else(|| self.page.family.vendor().to_owned());
        let like = self.services.iter().find(|s| s.stem.split('-').nth(1) == Some(product.as_str()));
        let like = like.or(self.services.first());
        let security = like.and_then(|s| s.json.get("security"));
        let schemes = like.and_then(|s| s.json.get("components")?.get("securitySchemes"));
        let mut components = Vec::new();
        components.extend(schemes.map(|schemes| Entry::new("securitySchemes", Node::from(schemes))));
        let schemas = self.schemas.finish();
        if !schemas.is_empty() {
            components.push(Entry::new("schemas", Node::Map(schemas)));
        }
        let version = first.version.clone().unwrap_or_else(|| "1.0".to_owned());
        let info = Node::Map(vec![
            text("title", format!("{} (draft)", product.to_upper_camel_case())),
            text("version", version),
            text("description", "Operations that no spec has yet."),
        ]);
        let known = security.is_some();
        let security = security.map_or(Node::List(Vec::new()), Node::from);
        let security = Entry {
            comment: (!known).then_some("TODO: how calls are authenticated"),
            ..Entry::new("security", security)
        };
        Node::Map(vec![
            text("openapi", "3.0.3"),
            Entry::new("info", info),
            security,
            Entry::new("paths", Node::Map(paths)),
            Entry::new("components", Node::Map(components)),
        ])
    }

    fn operation(&mut self, operation: &Operation) -> Node {
        let (id, published) = self.id(operation);
        self.schemas.begin(&id);
        let parameters = placed(operation);
        let summary =
            operation.title.clone().unwrap_or_else(|| sentence(&id).trim_end_matches('.').to_owned());
        let mut entries = vec![
            Entry {
                comment: (!published).then_some("TODO: the vendor's name, if it has one"),
                ..text("operationId", id.as_str())
            },
            text("summary", summary.as_str()),
            text("description", "TODO: what it does"),
            Entry::new("x-source", self.source()),
        ];
        entries.extend(self.home.as_ref().and_then(Home::tags).map(|tags| Entry::new("tags", tags)));
        if published && is_reserved(Named::Operation, &id) {
            entries.push(text(
                "x-rust-name",
                format!("{}_{}", operation.method.to_lowercase(), id.to_snake_case()),
            ));
        }
        if operation.method != "GET" {
            entries.push(Entry {
                comment: Some("TODO: whether a repeat leaves the same result"),
                ..Entry::new("x-idempotent", Node::Scalar(false.into()))
            });
        }
        entries.extend(operation.deprecated.then(|| Entry::new("deprecated", Node::Scalar(true.into()))));
        let answer = self.response_there(operation);
        let followed = answer.as_deref().zip(self.home.as_ref());
        let followed = followed.and_then(|(schema, home)| home.long_running(&operation.path, schema));
        if let Some(followed) = followed.filter(|_| operation.method != "GET") {
            let comment = Some("as an operation beside it has it");
            entries.push(Entry { comment, ..Entry::new("x-long-running", followed) });
        } else if operation.method != "GET" && operation.responses.iter().any(has_id) {
            entries.push(Entry::new(
                "x-long-running",
                Node::Map(vec![text("none", "TODO: how the work is followed")]),
            ));
        }
        let parameters = self.parameters(&parameters, &id);
        if !parameters.is_empty() {
            entries.push(Entry::new("parameters", Node::List(parameters)));
        }
        if let Some(body) = operation.request.as_ref() {
            let path: Vec<&str> = names_in(&operation.path);
            let schema = self.schemas.body(body, &format!("{id}Request"), Use::Request { path: &path });
            let shown = operation.examples.iter().find(|e| e.response.is_none());
            let shown = shown.filter(|e| examples::conforms(&e.value, body, false));
            let content = content(schema, shown.map(|e| &e.value));
            let required = Entry::new("required", Node::Scalar(true.into()));
            entries.push(Entry::new("requestBody", Node::Map(vec![required, content])));
        }
        entries.push(Entry::new("responses", self.responses(operation, &id)));
        Node::Map(entries)
    }

    /// The operation's id, and whether the vendor published it.
    fn id(&self, operation: &Operation) -> (String, bool) {
        let named = self.page.url.as_deref().and_then(|url| url.rsplit('/').next()?.strip_suffix(".html"));
        if let Some(name) =
            named.filter(|n| self.page.family == Family::Huawei && n.chars().all(char::is_alphanumeric))
        {
            return (name.to_owned(), true);
        }
        let path = spoken(operation);
        let ascii = |t: &&String| t.chars().any(|c| c.is_ascii_alphabetic()) && t.is_ascii();
        let words = operation.title.as_ref().filter(ascii).unwrap_or(&path);
        let id = |words: &str| match self.page.family {
            Family::OceanBase => words.to_lower_camel_case(),
            Family::Huawei | Family::Samsung => words.to_upper_camel_case(),
        };
        let named = id(words);
        let method = operation.method.to_lowercase();
        (if is_reserved(Named::Operation, &named) { id(&format!("{method} {words}")) } else { named }, false)
    }

    fn source(&self) -> Node {
        let known = self.page.url.is_some();
        let url = self.page.url.clone().unwrap_or_else(|| "https://example.com/".to_owned());
        let mut entries = vec![
            Entry { comment: (!known).then_some("TODO: the address of the page"), ..text("url", url) },
            text("date", self.page.date.as_deref().unwrap_or(self.saved)),
        ];
        if self.page.date.is_none() {
            entries.push(text("date-of", "reading"));
        }
        Node::Map(entries)
    }

    fn parameters(&mut self, parameters: &[Parameter], id: &str) -> Vec<Node> {
        let credentials: Vec<String> = self.services.iter().flat_map(|s| credential_headers(s)).collect();
        let mut nodes = Vec::new();
        let mut names = RustNames::default();
        for parameter in parameters {
            let known = self.known(parameter).cloned();
            let name = parameter.field.name.to_ascii_lowercase();
            let unsaid = credentials.contains(&name) || is_protocol_header(&name);
            // A header that only a sample shows is one of the protocol, unless other specs know it.
            if parameter.place == Place::Header && unsaid || parameter.sampled && known.is_none() {
                continue;
            }
            let renamed = names.entry(Named::Parameter, &parameter.field.name);
            let there =
                self.home.as_ref().and_then(|home| home.parameter(parameter.place, &parameter.field.name));
            nodes.push(match there {
                Some(there) => {
                    let reference = format!("#/components/parameters/{there}");
                    Node::Map(vec![text("$ref", reference)])
                }
                None => {
                    let mut entries = self.parameter(parameter, known.as_ref(), id);
                    entries.extend(renamed);
                    Node::Map(entries)
                }
            });
        }
        nodes
    }

    /// The schema of the spec that the success response has already.
    fn response_there(&self, operation: &Operation) -> Option<String> {
        let body = operation.responses.iter().find(|r| r.is_success())?.body.as_ref()?;
        let names: Vec<&str> = body.fields.iter().map(|field| field.name.as_str()).collect();
        self.home.as_ref()?.response(&names).map(str::to_owned)
    }

    /// How another spec of the vendor describes the same parameter.
    fn known(&self, parameter: &Parameter) -> Option<&SpecParameter> {
        let mut all = self.services.iter().flat_map(|s| &s.operations).flat_map(|o| &o.parameters);
        all.find(|p| {
            let place = match p.location {
                Location::Path => Place::Path,
                Location::Query => Place::Query,
                Location::Header => Place::Header,
            };
            place == parameter.place && p.name.eq_ignore_ascii_case(&parameter.field.name)
        })
    }

    fn parameter(&mut self, parameter: &Parameter, known: Option<&SpecParameter>, id: &str) -> Vec<Entry> {
        let field = &parameter.field;
        let required = parameter.place == Place::Path
            || field.required.unwrap_or_else(|| known.is_some_and(|k| k.required));
        let mut entries =
            vec![text("name", field.name.as_str()), text("in", crate::facts::place(parameter.place))];
        if required {
            entries.push(Entry::new("required", Node::Scalar(true.into())));
        }
        if known.is_some_and(|k| k.client) {
            entries.push(Entry::new("x-client-parameter", Node::Scalar(true.into())));
        }
        if known.is_some_and(|k| k.generated) {
            entries.push(text("x-generated", "uuid"));
        }
        entries.push(text("description", format!("TODO: {}", sentence(&field.name))));
        entries.extend(field.deprecated.then(|| Entry::new("deprecated", Node::Scalar(true.into()))));
        entries.push(Entry::new("schema", self.schemas.parameter(field, &id.to_upper_camel_case())));
        entries
    }

    fn responses(&mut self, operation: &Operation, id: &str) -> Node {
        let mut entries = Vec::new();
        let success = operation.responses.iter().find(|r| r.is_success());
        let status = success.and_then(|r| r.status);
        let mut done = vec![text("description", "TODO: what the response means")];
        if let Some(body) =
            success.and_then(|r| r.body.as_ref()).filter(|b| !b.fields.is_empty() || b.schema.is_some())
        {
            let shown = operation.examples.iter().find(|e| e.response == Some(status)).map(|e| &e.value);
            let there = self.response_there(operation);
            let suits = |value: &&Json| match (&there, &self.home) {
                (Some(schema), Some(home)) => home.takes(schema, value),
                _ => examples::conforms(value, body, true),
            };
            let shown = shown.filter(suits);
            let schema =
                there.unwrap_or_else(|| self.schemas.body(body, &format!("{id}Response"), Use::Response));
            done.push(content(schema, shown));
        }
        entries.push(Entry {
            comment: status.is_none().then_some("TODO: the page names no status"),
            ..Entry::new(status.unwrap_or(200).to_string(), Node::Map(done))
        });
        if let Some(home) = &self.home {
            entries.extend(home.errors().into_iter().map(|(status, response)| Entry::new(status, response)));
            return Node::Map(entries);
        }
        let errors = || operation.responses.iter().filter(|r| !r.is_success());
        let body: Option<&Body> = errors().find_map(|r| r.body.as_ref());
        for status in errors().filter_map(|r| r.status).filter(|s| (400..600).contains(s)) {
            let mut error = vec![text("description", meaning(status))];
            if let Some(body) = body {
                error.push(content(self.schemas.body(body, "ErrorResponse", Use::Response), None));
            }
            entries.push(Entry::new(status.to_string(), Node::Map(error)));
        }
        Node::Map(entries)
    }
}

/// Whether a response has the id of work that goes on.
fn has_id(response: &Response) -> bool {
    let names = |field: &Field| {
        matches!(field.name.as_str(), "job_id" | "requestId" | "request_id" | "taskId" | "task_id")
    };
    response.is_success() && response.body.iter().any(|body| body.fields.iter().any(names))
}

fn text(key: &str, value: impl Into<Json>) -> Entry {
    Entry::new(key, Node::Scalar(value.into()))
}

fn content(schema: String, example: Option<&Json>) -> Entry {
    let mut media = vec![Entry::new("schema", schemas::reference(&schema))];
    media.extend(example.map(|value| Entry::new("example", Node::from(value))));
    let media = Entry::new("application/json", Node::Map(media));
    Entry::new("content", Node::Map(vec![media]))
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "A value of the request is wrong.",
        401 => "The credentials were refused.",
        403 => "The caller lacks a permission.",
        404 => "There is no such resource.",
        409 => "Other work is under way, or the state forbids the call.",
        429 => "Too many calls.",
        500.. => "The service failed.",
        _ => "The call was refused.",
    }
}
