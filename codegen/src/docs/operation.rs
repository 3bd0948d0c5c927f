//! Docs of an operation's builder: all that the page says, in our words.

use super::{details, escape, markdown, with_details};
use crate::names::type_name;
use crate::spec::{Body, DateOf, Operation, Parameter, Service, Source};

/// Docs of a builder; `arguments` are those of its constructor, in their order.
pub(crate) fn operation(service: &Service, operation: &Operation, arguments: &[String]) -> String {
    let Operation { summary, description, method, path, source, .. } = operation;
    let mut text = escape(&format!("{}.\n\n{description}\n\n", summary.trim_end_matches('.')));
    if operation.deprecated {
        text.push_str("Deprecated: the vendor advises against it.\n\n");
    }
    let retry = match (operation.reads, operation.idempotent) {
        (true, _) => "Read-only",
        (false, true) => "Idempotent",
        (false, false) => "Not idempotent",
    };
    text.push_str(&format!("`{method} {path}`, success status {}. {retry}.\n", operation.success.status));
    if operation.single_attempt {
        text.push_str(SINGLE_ATTEMPT);
    }
    text.push_str(&response(operation));
    text.push_str(&section("Arguments", arguments));
    text.push_str(&section("Documented errors", &errors(operation)));
    let title = escape(&service.title);
    text.push_str(&format!("\nSource: [{title}]({}), {}.\n", source.url, dated(source)));
    markdown(&text)
}

/// What is said of an operation with `x-single-attempt`.
const SINGLE_ATTEMPT: &str = "\nNever retried, regardless of options. After an error, check whether the request took \
    effect before sending it again.\n";

/// What to know of the response beyond its type.
fn response(operation: &Operation) -> String {
    let mut text = String::new();
    if let Some(work) = &operation.long_running {
        let id = work.id.as_ref().map(|id| format!("; `{id}` identifies the work")).unwrap_or_default();
        text.push_str(&format!(
            "Asynchronous: the response only confirms that the request was accepted{id}.\n"
        ));
    }
    if let Some(header) = &operation.response_header {
        let name = &header.name;
        text.push_str(&format!(
            "The response header `{name}` is part of the result: `response.header(\"{name}\")`.\n"
        ));
    }
    text
}

/// The documented errors; statuses with the same meaning share an item.
fn errors(operation: &Operation) -> Vec<String> {
    let mut meanings: Vec<(&str, Vec<&str>)> = Vec::new();
    for (status, meaning) in &operation.errors {
        match meanings.iter_mut().find(|(known, _)| known == meaning) {
            Some((_, statuses)) => statuses.push(status),
            None => meanings.push((meaning, vec![status])),
        }
    }
    meanings.iter().map(|(meaning, statuses)| format!("{}: {}", statuses.join(", "), item(meaning))).collect()
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
        DateOf::Version => format!("version in force since {date}"),
        DateOf::Reading => format!("read on {date}"),
    }
}

/// A parameter as an item of the arguments: name, description, limits, default.
pub(crate) fn argument(service: &Service, parameter: &Parameter) -> String {
    let meaning = with_details(&parameter.description, &details(service, &parameter.schema));
    format!("`{}`: {}", parameter.name, item(&meaning))
}

/// The body as an item of the arguments: its type, and what it is.
pub(crate) fn body(service: &Service, body: &Body) -> String {
    let schema = service.schemas.get(&body.schema);
    let own = Some(body.description.as_str()).filter(|d| !d.is_empty());
    let meaning = own.or(schema.map(|s| s.description.as_str())).unwrap_or_default();
    format!("`body` ([`models::{}`]): {}", type_name(&body.schema), item(meaning))
}
