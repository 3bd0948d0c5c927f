//! How accepted work is followed: what `x-states` and `x-long-running` name must be there, and no write that
//! returns the id of a job or of an order may be without a mark, or lose the id.

use super::Report;
use super::view::{Call, View};
use crate::finding::Line;
use crate::spec::polling::line_of;
use crate::spec::{Kind, Location, LongRunning, Schema, States};
use crate::yaml::Node;

/// Properties of a response that identify work.
const JOBS: [&str; 12] = [
    "job_id",
    "job_ids",
    "jobId",
    "jobKey",
    "order_id",
    "order_ids",
    "orderId",
    "request_id",
    "requestId",
    "task_id",
    "taskId",
    "workflow_id",
];

/// Those of them that may identify the call instead.
const CALLS: [&str; 2] = ["request_id", "requestId"];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for states in view.service.states() {
        entry(view, states, report);
    }
    for call in &view.calls {
        match &call.operation.long_running {
            Some(work) => marked(view, call, work, report),
            None => unmarked(view, call, report),
        }
    }
}

/// An entry of `x-states`.
fn entry(view: &View<'_>, states: &States, report: &mut Report<'_>) {
    let mut miss = |key: &str, message: String| {
        let line = line_of(view.root, &states.name, key);
        report.add("states-unknown", line, message, "name what the operation that is polled has");
    };
    let Some(polled) = view.service.operation(&states.operation).filter(|o| o.reads) else {
        return miss("operation", format!("there is no operation `{}` that only reads", states.operation));
    };
    let response = polled.success.schema.as_deref().unwrap_or_default();
    let paths = [
        ("resource", &states.resource),
        ("state", &states.state),
        ("task", &states.task),
        ("progress", &states.progress),
        ("reason", &states.reason),
    ];
    for (key, path) in paths {
        if let Some(path) = path.as_ref().filter(|p| view.service.part(response, p).is_none()) {
            miss(key, format!("the response of {} has no `{path}`", polled.id));
        }
    }
    if let (Some(path), Some(resource)) = (&states.created, resource(view, states))
        && view.service.inside(resource, path).is_none()
    {
        miss("created", format!("the resource of {} has no `{path}`", states.name));
    }
    for (parameter, _) in &states.parameters {
        if !polled.parameters.iter().any(|p| p.name == *parameter) {
            miss("parameters", format!("{} has no parameter `{parameter}`", polled.id));
        }
    }
    words(view, states, report);
}

/// The schema of what an entry reports on.
fn resource<'v>(view: &'v View<'_>, states: &States) -> Option<&'v Schema> {
    let response = view.service.operation(&states.operation)?.success.schema.as_deref()?;
    match &states.resource {
        Some(path) => view.service.part(response, path),
        None => view.service.schemas.get(response),
    }
}

/// The words of an entry: each has one meaning, and an enum knows those of work that goes well. Bad ends may be
/// known from elsewhere than the page.
fn words(view: &View<'_>, states: &States, report: &mut Report<'_>) {
    let lists = [
        ("in-progress", &states.in_progress),
        ("done", &states.done),
        ("failed", &states.failed),
        ("gone", &states.gone),
    ];
    let polled = view.service.operation(&states.operation);
    let response = polled.and_then(|o| o.success.schema.as_deref()).unwrap_or_default();
    let schema = states.state.as_ref().and_then(|path| view.service.part(response, path));
    let known = schema.map(|s| &view.service.resolve(s).kind);
    let mut seen: Vec<&str> = Vec::new();
    for (key, list) in lists {
        for word in list {
            let line = line_of(view.root, &states.name, key);
            if seen.contains(&word.as_str()) {
                let message = format!("{} lists the state `{word}` twice", states.name);
                report.add("states-unknown", line, message, "give each state one meaning");
            }
            if let Some(Kind::Enum { values, .. }) = known
                && matches!(key, "in-progress" | "done")
                && word != "*"
                && !values.contains(word)
            {
                let message = format!("the state of {} has no value `{word}`", states.name);
                report.add("states-unknown", line, message, "correct the word, or add it to the enum");
            }
            seen.push(word);
        }
    }
}

fn line_in(node: &Node, key: &str) -> Line {
    let outer = node.get("x-long-running");
    outer.and_then(|o| o.get(key)).or(outer).map_or(node.line, |n| n.line)
}

/// A mark: its paths lead somewhere, its goal can be reached, and every id that is needed is known.
fn marked(view: &View<'_>, call: &Call<'_>, work: &LongRunning, report: &mut Report<'_>) {
    let id = &call.operation.id;
    let mut miss = |key: &str, message: String, remedy: &str| {
        report.add("long-running-unknown", line_in(call.node, key), message, remedy);
    };
    let response = call.operation.success.schema.as_deref().unwrap_or_default();
    for (_, path) in work.ids.iter().filter(|(_, path)| view.service.part(response, path).is_none()) {
        miss(
            "ids",
            format!("the response of {id} has no `{path}`"),
            "name a property of the success response",
        );
    }
    let body = call.operation.body.as_ref().map_or("", |body| body.schema.as_str());
    for (_, path) in work.sent.iter().filter(|(_, path)| view.service.part(body, path).is_none()) {
        miss("sent", format!("the request body of {id} has no `{path}`"), "name a property of the body");
    }
    // The id of a request may be that of the call, which every response keeps.
    let lost = |path: &&String| {
        let name = path.rsplit('.').next().unwrap_or_default();
        !CALLS.contains(&name) && !work.ids.iter().any(|(id, known)| id == name || known == *path)
    };
    for path in jobs(view, call).collect::<Vec<_>>().iter().filter(lost) {
        miss("ids", format!("{id} returns `{path}`, which no token contains"), "name it under `ids`");
    }
    if work.poll.len() > 1 && work.then.is_none() && !work.deletes() {
        let message = format!("{id} would yield now one thing, now another");
        miss("poll", message, "name one entry, or what is read at the end under `then`");
    }
    let polls = work.poll.iter().filter(|s| s.state.is_none() && !work.deletes());
    for states in polls {
        miss("poll", format!("{} tells no state", states.name), "name an entry with a `state`");
    }
    for states in work.poll.iter().chain(&work.then) {
        for name in needed(view, states).into_iter().filter(|name| !known(view, call, work, name)) {
            let message = format!("neither the response nor the request of {id} has the id `{name}`");
            miss("ids", message, "name its path in the response, under `ids`");
        }
    }
    let Some(last) = work.last() else { return };
    for name in last.rows().iter().filter(|name| last.created.is_none() && !known(view, call, work, name)) {
        let message =
            format!("{id} would yield the first row of a list, because nothing has the id `{name}`");
        miss(
            "then",
            message,
            "name its path, under `ids` or `sent`, or tell when rows were made, by `created`",
        );
    }
    if work.deletes() {
        return;
    }
    let named = resource(view, last).is_some();
    let paged = view.service.operation(&last.operation).is_some_and(|polled| polled.paging.is_some());
    if paged && named && last.rows().is_empty() {
        let message = format!("{id} would yield the first page of a list");
        miss("then", message, "name the rows in the `resource` of the entry: `list[property=id]`");
    }
    let listed = |word: &String| last.done.contains(word) || last.in_progress.contains(word);
    for word in work.until.iter().filter(|word| !listed(word)) {
        let message = format!("{} knows no state `{word}`", last.name);
        miss("until", message, "name a state of the last entry, or `gone`");
    }
}

/// The ids without which an operation can't be polled.
fn needed(view: &View<'_>, states: &States) -> Vec<String> {
    let polled = view.service.operation(&states.operation);
    let parameters = polled.into_iter().flat_map(|o| &o.parameters);
    let required = parameters.filter(|p| p.required && !p.client && !p.generated);
    let named = |parameter: &str| {
        let other = states.parameters.iter().find(|(known, _)| known == parameter);
        other.map_or(parameter, |(_, id)| id).to_owned()
    };
    let mut needed: Vec<String> = required.map(|p| named(&p.name)).collect();
    if states.job && !needed.contains(&states.id) {
        needed.push(states.id.clone());
    }
    needed
}

/// Whether the response, a parameter or the body holds an id.
fn known(view: &View<'_>, call: &Call<'_>, work: &LongRunning, id: &str) -> bool {
    let body = call.operation.body.as_ref().map(|b| b.schema.as_str());
    work.ids.iter().chain(&work.sent).any(|(name, _)| name == id)
        || call.operation.parameters.iter().any(|p| p.name == id && p.location != Location::Header)
        || body.is_some_and(|body| view.service.part(body, id).is_some())
}

/// Paths in a response to ids of work.
fn jobs<'v>(view: &'v View<'_>, call: &'v Call<'_>) -> impl Iterator<Item = String> + 'v {
    let envelope = call.operation.envelope.as_ref().and_then(|e| e.request_id.as_deref());
    let response = call.operation.success.schema.as_deref().unwrap_or_default();
    let places = ["", "data."].iter().flat_map(|at| JOBS.map(|name| format!("{at}{name}")));
    let own = places.filter(move |path| envelope != path.rsplit('.').next());
    own.filter(move |path| view.service.part(response, path).is_some())
}

/// A write whose response holds the id of work must say how the work is polled, or why it is not.
fn unmarked(view: &View<'_>, call: &Call<'_>, report: &mut Report<'_>) {
    let operation = call.operation;
    if operation.reads || call.node.get("x-long-running").is_some() {
        return;
    }
    if let Some(path) = jobs(view, call).next() {
        let message = format!("{} returns `{path}`, and does not say how the work is polled", operation.id);
        let remedy = "add `x-long-running`, with `none:` and the reason if nothing tells of the work";
        report.add("long-running-missing", call.node.line, message, remedy);
    }
}
