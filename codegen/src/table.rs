//! The operation table: what the runtime, the tests and the tracing know of each operation.

use crate::idents;
use crate::layout::{Code, define};
use crate::limits::Checked;
use crate::parameters::Parameters;
use crate::polling;
use crate::scope::{self, Scope};
use crate::servers::servers;
use crate::spec::{Kind, Operation, Property, Service};

/// Writes the table of a service, or the part of it that belongs to a feature.
pub(crate) fn table(scope: &Scope<'_>, checked: &Checked, parameters: &Parameters) -> Vec<String> {
    let service = scope.service;
    let common = Common::of(service);
    let mut out = if scope.feature.is_none() { head(service, &common) } else { Vec::new() };
    out.extend(scope.states().map(|states| polling::table(service, states)));
    for operation in scope.operations() {
        out.extend(paging(service, operation));
        let references = parameters.references(service, checked, operation);
        out.push(row(service, checked, operation, references, &common));
    }
    out
}

/// The service, the list of its operations, and what they have in common.
fn head(service: &Service, common: &Common) -> Vec<String> {
    let operation = |operation: &Operation| {
        let reference = Code::text(format!("&{}", idents::of_static(&operation.rust_name)));
        match service.feature(operation) {
            Some(feature) => Code::attributed(scope::condition(feature), reference),
            None => reference,
        }
    };
    let (stem, version) = (&service.stem, &service.version);
    vec![
        "/// Every operation of the service, in the order of the spec.\n".to_owned()
            + &define(
                "pub static OPERATIONS: &[&Operation]",
                &Code::array(service.operations.iter().map(operation)),
            ),
        define(
            "pub(crate) static SERVICE: Service",
            &Code::object(
                "Service",
                [
                    text("name", stem),
                    text("version", version),
                    named("servers", servers(service)),
                    Code::text("operations: OPERATIONS"),
                    Code::text("requests: &REQUESTS"),
                ],
            ),
        ),
        common.write(service),
        REQUESTS.to_owned(),
    ]
}

/// What most operations of a service have in common.
struct Common {
    auth: Code,
    envelope: Option<Code>,
}

impl Common {
    fn of(service: &Service) -> Self {
        let auth = most(service.operations.iter().map(auth)).unwrap_or_else(|| Code::array([]));
        Self { auth, envelope: most(service.operations.iter().map(envelope)).flatten() }
    }

    fn write(&self, service: &Service) -> String {
        let mut fields = vec![text("service", &service.stem), named("auth", self.auth.clone())];
        fields.extend(self.envelope.clone().map(|envelope| named("envelope", envelope.some())));
        fields.push(Code::text("..Operation::DEFAULT"));
        let common = define("const COMMON: Operation", &Code::object("Operation", fields));
        format!("/// What most operations of the service have in common.\n{common}\n{READ}")
    }
}

const READ: &str = "\
/// The same for those that only read.
const READ: Operation = Operation { idempotent: true, reads: true, ..COMMON };
";

const REQUESTS: &str = "\
/// What stands for requests that are no operations.
static REQUESTS: [Operation; operation::REQUESTS.len()] =
    Operation::requests([COMMON; operation::REQUESTS.len()]);
";

/// The most frequent of the values, the first of them where there are several.
fn most<T: Clone + std::fmt::Debug>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, String, usize)> = Vec::new();
    for value in values {
        let text = format!("{value:?}");
        match counts.iter_mut().find(|(_, known, _)| *known == text) {
            Some((_, _, count)) => *count += 1,
            None => counts.push((value, text, 1)),
        }
    }
    let most = counts.iter().map(|(_, _, count)| *count).max()?;
    counts.into_iter().find(|(_, _, count)| *count == most).map(|(value, _, _)| value)
}

fn row(
    service: &Service,
    checked: &Checked,
    operation: &Operation,
    parameters: Vec<Code>,
    common: &Common,
) -> String {
    let ident = idents::of_static(&operation.rust_name);
    let Operation { id, method, path, summary, idempotent, reads, single_attempt, .. } = operation;
    let mut fields = vec![text("id", id), text("title", summary), text("method", method), text("path", path)];
    let mut add = |given: bool, name: &str, code: Code| {
        if given {
            fields.push(named(name, code));
        }
    };
    let status = operation.success.status;
    add(status != 200, "status", Code::text(status.to_string()));
    add(*idempotent && !*reads, "idempotent", Code::text("true"));
    add(*single_attempt, "single_attempt", Code::text("true"));
    add(operation.success.binary, "binary", Code::text("true"));
    let auth = auth(operation);
    add(auth.flat() != common.auth.flat(), "auth", auth);
    let walk = Code::text(format!("Some({ident}_PAGING)"));
    add(operation.paging.is_some(), "paging", walk);
    if let Some(work) = polling::entry(operation) {
        add(true, "long_running", work.some());
    }
    add(true, "page", Code::literal(&operation.source.url));
    add(!parameters.is_empty(), "parameters", Code::array(parameters));
    let body = operation.body.as_ref().map(|b| &b.schema).filter(|name| checked.contains(*name));
    if let Some(name) = body {
        add(true, "body", Code::text(format!("Some(&limits::{})", idents::of_static(name))));
    }
    let copies = copies(service, operation);
    add(!copies.is_empty(), "copies", Code::array(copies));
    let envelope = envelope(operation);
    if envelope.as_ref().map(Code::flat) != common.envelope.as_ref().map(Code::flat) {
        add(true, "envelope", envelope.map_or_else(|| Code::text("None"), Code::some));
    }
    let texts = body_properties(service, operation).iter().filter(|p| p.schema.json_text);
    let texts: Vec<_> = texts.map(|p| Code::literal(&p.name)).collect();
    add(!texts.is_empty(), "json_texts", Code::array(texts));
    fields.push(Code::text(if *reads { "..READ" } else { "..COMMON" }));
    define(&format!("pub(crate) static {ident}: Operation"), &Code::object("Operation", fields))
}

fn named(name: &str, code: Code) -> Code {
    Code::prefixed(format!("{name}: "), code)
}

fn text(name: &str, value: &str) -> Code {
    named(name, Code::literal(value))
}

fn optional(name: &str, value: Option<&str>) -> Code {
    named(name, value.map_or_else(|| Code::text("None"), |text| Code::literal(text).some()))
}

fn auth(operation: &Operation) -> Code {
    Code::array(operation.security.iter().map(|name| Code::literal(name)))
}

/// Body properties that repeat a path parameter.
fn copies(service: &Service, operation: &Operation) -> Vec<Code> {
    let properties = body_properties(service, operation).iter();
    let copies = properties.filter_map(|p| p.schema.copy_of.as_ref().map(|from| (&p.name, from)));
    copies.map(|(property, from)| Code::call("", [Code::literal(property), Code::literal(from)])).collect()
}

fn body_properties<'s>(service: &'s Service, operation: &Operation) -> &'s [Property] {
    let body = operation.body.as_ref().and_then(|b| service.schemas.get(&b.schema));
    match body.map(|s| &s.kind) {
        Some(Kind::Object(properties)) => properties,
        _ => &[],
    }
}

/// Rows a page where neither the caller nor the vendor says.
const ROWS: i64 = 100;

/// The paging of an operation as a constant of its own.
fn paging(service: &Service, operation: &Operation) -> Option<String> {
    let paging = operation.paging.as_ref()?;
    let ident = idents::of_static(&operation.rust_name);
    let style = match (&paging.marker, paging.style.as_str()) {
        (Some(marker), _) => Code::call("PagingStyle::Marker", [Code::literal(marker)]),
        (None, "page") => Code::text("PagingStyle::Page"),
        (None, _) => Code::text("PagingStyle::Offset"),
    };
    let default_size = default_size(service, operation, &paging.size);
    let fields = [
        named("style", style),
        text("number", &paging.number),
        text("size", &paging.size),
        Code::text(format!("first: {}", paging.first)),
        Code::text(format!("default_size: {default_size}")),
        text("items", &paging.items),
        optional("total", paging.total.as_deref()),
        optional("more", paging.more.as_deref()),
    ];
    Some(define(&format!("pub(crate) const {ident}_PAGING: Paging"), &Code::object("Paging", fields)))
}

/// The vendor's default for the page size, else [`ROWS`] or what the vendor allows at most.
#[allow(clippy::cast_possible_truncation)] // limits are whole numbers far below 2^53
fn default_size(service: &Service, operation: &Operation, size: &str) -> i64 {
    let Some(schema) = service.requested(operation, size) else { return ROWS };
    let documented = schema.default.as_ref().and_then(serde_json::Value::as_i64);
    documented.unwrap_or_else(|| schema.limits.maximum.map_or(ROWS, |max| ROWS.min(max as i64)))
}

fn envelope(operation: &Operation) -> Option<Code> {
    let envelope = operation.envelope.as_ref()?;
    let values = Code::array(envelope.success_values.iter().map(|v| Code::literal(v)));
    let fields = [
        text("success", &envelope.success),
        named("values", values),
        optional("request_id", envelope.request_id.as_deref()),
    ];
    Some(Code::object("Envelope", fields))
}
