//! Docs of operations' builders, all that the pages say in our words, and of the client.

use super::{deprecation, details, escape, links, markdown, only_with, returned_by, with_details};
use crate::names::{field_name, type_name};
use crate::spec::{
    Body, Codes, DateOf, DocumentedError, Feature, Kind, LongRunning, Operation, Parameter, Service, Source,
    States,
};

/// Docs of a builder; `arguments` are those of its constructor, in their order, and `common` are the errors in the docs
/// of the client.
pub(crate) fn operation(
    service: &Service,
    operation: &Operation,
    arguments: &[String],
    common: &[&DocumentedError],
) -> String {
    let Operation { description, method, path, source, summary, .. } = operation;
    let mut text = escape(&format!("{description}\n\n"));
    match operation.deprecated.as_ref().map(|d| d.replaced_by.as_ref().and_then(|id| service.operation(id))) {
        Some(Some(other)) => {
            text.push_str(&format!("Deprecated: use [`{}`] instead.\n\n", type_name(&other.rust_name)));
        }
        Some(None) => text.push_str("Deprecated by the vendor.\n\n"),
        None => {}
    }
    let retry = match (operation.reads, operation.idempotent) {
        (true, _) => "Read-only",
        (false, true) => "Idempotent",
        (false, false) => "Not idempotent",
    };
    let client = field_name(&operation.rust_name);
    text.push_str(&format!(
        "Built by [`Client::{client}`]. `{method} {path}`, success status {}. {retry}.",
        operation.success.status
    ));
    if operation.id != operation.rust_name {
        text.push_str(&format!(" The vendor's operation ID is `{}`.", operation.id));
    }
    let (known, own): (Vec<_>, Vec<_>) = operation.errors.iter().partition(|e| common.contains(e));
    if let Some(feature) = service.feature(operation) {
        text.push_str(&format!(" Needs the feature `{}`.", feature.cargo));
    }
    text.push_str(&neighbors(service, operation, None));
    text.push_str(&refers_to_errors(service, !known.is_empty()));
    let paragraph = markdown(&text) + &neighbors_of_features(service, operation);
    let mut text = String::new();
    let mut errors = grouped(service, own.into_iter());
    if !operation.codes.is_empty() {
        errors.push(format!("Error codes of this operation: {}.", codes(service, &operation.codes)));
    }
    if let Some(check) = &operation.charged {
        text.push_str(&charged(operation, check));
    }
    text.push_str(&response(service, operation));
    text.push_str(&section("Arguments", arguments));
    text.push_str(&section("Errors", &errors));
    let title = item(summary.trim_end_matches('.'));
    let vendor = escape(&service.title);
    text.push_str(&format!("\nSource: [{title}]({}), {vendor}, {}.\n", source.url, dated(source)));
    format!("{paragraph}///\n{}", markdown(&text))
}

/// What refers to the errors in the docs of the client, if it can return those, and to the constants for error codes.
fn refers_to_errors(service: &Service, common: bool) -> String {
    let vendor = service.vendor();
    let common = if common { " Can return the [common errors](Client#common-errors)." } else { "" };
    format!("{common} Constants for error codes: [`{vendor}::codes`](crate::{vendor}::codes).\n")
}

/// What is said of an operation with `x-charged`: what happens when its response is lost, and how to find out.
fn charged(operation: &Operation, check: &str) -> String {
    let retried = if operation.single_attempt {
        "Never retried, regardless of options."
    } else {
        "Retried only if the service certainly did not carry it out."
    };
    let check = match check {
        "none" => "no operation tells, so check the vendor's console".to_owned(),
        method => format!("check with [`{method}`](Client::{method})"),
    };
    format!(
        "\nCosts money. {retried} If its response is lost, it may have been carried out and charged \
         ([`Error::may_have_taken_effect`](crate::Error::may_have_taken_effect)): {check} before sending it again.\n"
    )
}

/// What to know of the response beyond its type.
fn response(service: &Service, operation: &Operation) -> String {
    let mut text = String::new();
    if let Some(work) = &operation.long_running {
        text.push_str(&format!("\n{}\n", accepted(service, work)));
    }
    if operation.success.binary {
        text.push_str(
            "\nThe response is a file, read as it arrives: see [`ByteStream`](crate::ByteStream).\n",
        );
    }
    if let Some(header) = &operation.response_header {
        let name = &header.name;
        text.push_str(&format!(
            "The response header `{name}` is part of the result: `response.header(\"{name}\")`.\n"
        ));
    }
    text
}

/// What is usually called before and after an operation, only with features of their own: lines that are there with
/// them.
fn neighbors_of_features(service: &Service, operation: &Operation) -> String {
    let line = |feature| {
        let text = neighbors(service, operation, Some(feature));
        if text.is_empty() { text } else { only_with(feature, text.trim()) }
    };
    service.further_features().iter().map(line).collect()
}

/// What is usually called before and after an operation: what needs a further feature, or none.
fn neighbors(service: &Service, operation: &Operation, feature: Option<&Feature>) -> String {
    let part = |words: &str, ids: &[String]| {
        let kept = |id: &&String| {
            service.operation(id).is_some_and(|other| service.further_feature(operation, other) == feature)
        };
        let ids: Vec<String> = ids.iter().filter(kept).cloned().collect();
        if ids.is_empty() {
            String::new()
        } else {
            format!(" Usually {words} {}.", links(service, &ids).join(", "))
        }
    };
    part("preceded by", &operation.see.before) + &part("followed by", &operation.see.after)
}

/// How accepted work goes on.
fn accepted(service: &Service, work: &LongRunning) -> String {
    let link = |states: &States| links(service, std::slice::from_ref(&states.operation)).concat();
    let mut polled: Vec<String> = work.poll.iter().map(link).collect();
    polled.dedup();
    let polled = polled.join(" or ");
    let read = work.then.as_ref().map(|s| format!(", then reads {}", link(s))).unwrap_or_default();
    let until = match work.until.as_slice() {
        _ if work.deletes() => " until the resource no longer exists".to_owned(),
        [] => String::new(),
        states => format!(" until the state is {}", states.join(" or ")),
    };
    format!(
        "Asynchronous: the response only confirms that the request was accepted. `send_and_wait` polls \
         {polled}{read}{until}. `start` returns a token to resume the wait from later."
    )
}

/// Docs of a client.
pub(crate) fn client(service: &Service) -> String {
    let Service { title, version, description, .. } = service;
    let errors = section("Common errors", &grouped(service, common_errors(service).into_iter()));
    let head = markdown(&format!(
        "{}\n\nCheap to clone; clones share connections, credentials and settings.",
        escape(&format!("Client for {title} {version}.\n\n{description}")),
    ));
    let errors = if errors.is_empty() { errors } else { format!("///\n{}", markdown(&errors)) };
    format!("{head}{}{errors}", groups(service))
}

/// The group of operations whose spec names none.
const UNGROUPED: &str = "Other";

/// The operations by their groups, as a table; nothing where the document has no groups.
fn groups(service: &Service) -> String {
    if service.operations.iter().all(|o| o.tag.is_none()) {
        return String::new();
    }
    let mut table = "# Operations\n".to_owned();
    let Some(first) = service.features.first() else {
        table.push_str("| group | methods |\n| --- | --- |\n");
        return format!("///\n{}", markdown(&(table + &rows(service, None, ""))));
    };
    table.push_str("| group | feature | methods |\n| --- | --- | --- |\n");
    let cell = |feature: &Feature| format!("`{}` | ", feature.cargo);
    table.push_str(&rows(service, None, &cell(first)));
    let further = service.further_features().iter();
    let further = further.map(|f| only_with(f, rows(service, Some(f), &cell(f)).trim_end()));
    format!("///\n{}{}", markdown(&table), further.collect::<String>())
}

/// The groups of a part of a service, in the order of the document; `cell` is the one between group and methods.
fn rows(service: &Service, part: Option<&Feature>, cell: &str) -> String {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for operation in service.operations.iter().filter(|o| service.feature(o) == part) {
        let tag = operation.tag.as_deref().unwrap_or(UNGROUPED);
        let method = field_name(&operation.rust_name);
        let link = format!("[`{method}`](Self::{method})");
        match groups.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, links)) => links.push(link),
            None => groups.push((tag, vec![link])),
        }
    }
    let row =
        |(tag, links): &(&str, Vec<String>)| format!("| {} | {cell}{} |\n", item(tag), links.join(", "));
    groups.iter().map(row).collect()
}

/// The errors that every operation of a service documents alike: they are in the docs of its client, once.
pub(crate) fn common_errors(service: &Service) -> Vec<&DocumentedError> {
    let [first, rest @ ..] = service.operations.as_slice() else { return Vec::new() };
    if rest.is_empty() {
        return Vec::new();
    }
    first.errors.iter().filter(|error| rest.iter().all(|o| o.errors.contains(error))).collect()
}

/// Errors as items of a list; statuses with the same meaning share one.
fn grouped<'e>(service: &Service, errors: impl Iterator<Item = &'e DocumentedError>) -> Vec<String> {
    let mut meanings: Vec<(&DocumentedError, Vec<&str>)> = Vec::new();
    for error in errors {
        let same = |known: &DocumentedError| known.meaning == error.meaning && known.codes == error.codes;
        match meanings.iter_mut().find(|(known, _)| same(known)) {
            Some((_, statuses)) => statuses.push(&error.status),
            None => meanings.push((error, vec![&error.status])),
        }
    }
    let item = |(error, statuses): &(&DocumentedError, Vec<&str>)| {
        let listed = codes(service, &error.codes);
        let listed = if listed.is_empty() { listed } else { format!(" Error codes: {listed}.") };
        format!("{}: {}{listed}", statuses.join(", "), item(&error.meaning))
    };
    meanings.iter().map(item).collect()
}

/// Error codes, each with a link to the constant that says what it means.
fn codes(service: &Service, codes: &[Codes]) -> String {
    let one = |Codes { constant, codes }: &Codes| {
        let codes: Vec<_> = codes.iter().map(|code| format!("`{code}`")).collect();
        let link = format!("[`{constant}`](crate::{}::codes::{constant})", service.vendor());
        format!("{} ({link})", codes.join(", "))
    };
    codes.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn section(title: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|item| format!("- {item}\n")).collect();
    format!("\n# {title}\n{items}")
}

/// Text as an item of a list: on one line.
fn item(text: &str) -> String {
    escape(&text.replace("\n\n", " ").replace('\n', " "))
}

/// What the source's date says.
fn dated(source: &Source) -> String {
    let Source { date, date_of, .. } = source;
    match date_of {
        DateOf::Page => format!("page of {date}"),
        DateOf::Version => format!("version in effect since {date}"),
        DateOf::Reading => format!("read on {date}"),
    }
}

/// A parameter as an item of the arguments: name, description, limits, default.
pub(crate) fn argument(service: &Service, operation: &Operation, parameter: &Parameter) -> String {
    let meaning = with_details(&parameter.description, &details(service, &parameter.schema));
    let meaning = meaning + &deprecation(parameter.deprecated.as_ref());
    let text =
        format!("`{}`: {} {}", parameter.name, item(&meaning), returned_by(service, operation, parameter));
    text.trim_end().to_owned()
}

/// The body as an item of the arguments: its type, and what it is.
pub(crate) fn body(service: &Service, body: &Body) -> String {
    let schema = service.schemas.get(&body.schema);
    let own = Some(body.description.as_str()).filter(|d| !d.is_empty());
    let meaning = own.or(schema.map(|s| s.description.as_str())).unwrap_or_default();
    let nested = service.reachable([body.schema.clone()]);
    let object =
        |name: &&String| service.schemas.get(*name).is_some_and(|s| matches!(s.kind, Kind::Object(_)));
    let nested = nested.iter().filter(|name| **name != body.schema).filter(object);
    let nested: Vec<_> = nested.map(|name| format!("[`{0}`](models::{0})", type_name(name))).collect();
    let parts =
        if nested.is_empty() { String::new() } else { format!(" Nested models: {}.", nested.join(", ")) };
    format!("`body` ([`models::{}`]): {}{parts}", type_name(&body.schema), item(meaning))
}
