//! How accepted work is followed, as Rust: the tables that the poller reads, and the enum of what can be at the end.

use crate::docs;
use crate::idents;
use crate::layout::{Code, define};
use crate::names;
use crate::scope;
use crate::spec::polling::{Step, steps};
use crate::spec::{Kind, LongRunning, Operation, Service, States};

fn ident(states: &States) -> String {
    format!("{}_STATES", idents::of_static(&states.name))
}

/// The static of an entry of `x-states`.
pub(crate) fn table(service: &Service, states: &States) -> String {
    let text = |name: &str, text: &str| Code::prefixed(format!("{name}: "), Code::literal(text));
    let words = |name: &str, words: &[String]| {
        (!words.is_empty()).then(|| list(name, words.iter().map(|word| Code::literal(word))))
    };
    let path = |name: &str, path: &Option<String>| {
        Some(Code::prefixed(format!("{name}: "), self::path(path.as_deref()?)))
    };
    let operation = service.operation(&states.operation);
    let operation = operation.map_or(&states.operation, |o| &o.rust_name);
    let parameters = states.parameters.iter().map(|(parameter, id)| pair(parameter, Code::literal(id)));
    let fields = [
        Some(text("name", &states.name)),
        Some(Code::text(format!("operation: &{}", idents::of_static(operation)))),
        Some(text("id", &states.id)),
        states.job.then(|| Code::text("job: true")),
        (!states.parameters.is_empty()).then(|| list("parameters", parameters)),
        path("resource", &states.resource),
        path("state", &states.state),
        path("task", &states.task),
        states.idle.as_deref().map(|idle| text("idle", idle)),
        path("progress", &states.progress),
        path("reason", &states.reason),
        path("created", &states.created),
        words("in_progress", &states.in_progress),
        words("done", &states.done),
        words("failed", &states.failed),
        words("gone", &states.gone),
        words("unknown", &states.unknown),
        states.unknown_reason.as_deref().map(|reason| text("unknown_reason", reason)),
        states.interval.map(|seconds| Code::text(format!("interval: {seconds}"))),
        Some(Code::text("..States::DEFAULT")),
    ];
    let fields = fields.into_iter().flatten();
    define(&format!("static {}: States", ident(states)), &Code::object("States", fields))
}

/// The entry of an operation's table.
pub(crate) fn entry(operation: &Operation) -> Option<Code> {
    let work = operation.long_running.as_ref()?;
    let reference = |states: &States| Code::text(format!("&{}", ident(states)));
    let then = work.then.as_ref().map(|then| Code::prefixed("then: ", reference(then).some()));
    let until = work.until.iter().map(|word| Code::literal(word));
    let fields = [
        (!work.ids.is_empty())
            .then(|| list("ids", work.ids.iter().map(|(name, path)| pair(name, self::path(path))))),
        (!work.sent.is_empty())
            .then(|| list("sent", work.sent.iter().map(|(name, path)| pair(name, self::path(path))))),
        Some(list("poll", work.poll.iter().map(reference))),
        then,
        (!work.until.is_empty()).then(|| list("until", until)),
        (work.settle > 0).then(|| Code::text(format!("settle: {}", work.settle))),
        work.optional.then(|| Code::text("optional: true")),
    ];
    // clippy refuses a default that gives nothing.
    let rest = fields.iter().any(Option::is_none).then(|| Code::text("..LongRunning::DEFAULT"));
    let fields = fields.into_iter().flatten().chain(rest);
    Some(Code::object("LongRunning", fields))
}

fn list(name: &str, items: impl IntoIterator<Item = Code>) -> Code {
    Code::prefixed(format!("{name}: "), Code::array(items))
}

fn pair(name: &str, value: Code) -> Code {
    Code::call("", [Code::literal(name), value])
}

fn path(path: &str) -> Code {
    Code::array(steps(path).into_iter().map(|step| match step {
        Step::Property(name) => Code::call("Step::Property", [Code::literal(&name)]),
        Step::Row(property, id) => Code::call("Step::Row", [Code::literal(&property), Code::literal(&id)]),
        Step::Rows(property, id) => Code::call("Step::Rows", [Code::literal(&property), Code::literal(&id)]),
        Step::Every => Code::text("Step::Every"),
    }))
}

/// The type of what an entry reports on.
fn resource(service: &Service, states: &States) -> String {
    let model = |name: &str| format!("models::{}", idents::of_type(name));
    let response = service.operation(&states.operation).and_then(|o| o.success.schema.as_deref());
    let Some(response) = response else { return "()".to_owned() };
    let Some(path) = &states.resource else { return model(response) };
    let one = match service.part(response, path).map(|schema| &schema.kind) {
        Some(Kind::Ref(name)) => model(name),
        _ => "serde_json::Value".to_owned(),
    };
    if states.is_list() { format!("Vec<{one}>") } else { one }
}

/// What a builder waits for, as a part of `operation!`: the type of the end, and what makes it of a response.
pub(crate) fn part(service: &Service, operation: &Operation) -> Option<String> {
    let work = operation.long_running.as_ref()?;
    Some(match work.last().filter(|_| !work.deletes()) {
        Some(states) => format!("wait(resource) -> {}", resource(service, states)),
        None => "wait(gone) -> crate::Gone".to_owned(),
    })
}

/// What can be at the end of the service's work: the entries that are read last.
fn ends(service: &Service) -> Vec<&States> {
    let works = service.operations.iter().filter_map(|o| o.long_running.as_ref());
    let mut ends: Vec<&States> = Vec::new();
    for states in works.filter(|w| !w.deletes()).filter_map(LongRunning::last) {
        if !ends.contains(&states) {
            ends.push(states);
        }
    }
    ends
}

/// The attribute of what belongs to a feature, on a line of its own.
fn condition(service: &Service, states: &States, indent: usize) -> String {
    let line = |feature| format!("{}{}\n", " ".repeat(indent), scope::condition(feature));
    service.states_feature(states).map(line).unwrap_or_default()
}

/// The enum of what can be at the end, and the client's method that waits on from a token.
pub(crate) fn resume(service: &Service) -> Vec<String> {
    let ends = ends(service);
    if ends.is_empty() {
        return Vec::new();
    }
    let variants: String = ends
        .iter()
        .map(|states| {
            let (name, ty) = (idents::of_type(&states.name), resource(service, states));
            let ty = if states.is_list() { ty } else { format!("Box<{ty}>") };
            let doc = format!("/// From the response of `{}`.", states.operation);
            format!("    {doc}\n{}    {name}({ty}),\n", condition(service, states, 4))
        })
        .collect();
    let arms: String = ends
        .iter()
        .map(|states| {
            let name = idents::of_type(&states.name);
            let read =
                if states.is_list() { "poller::resource(end)?" } else { "Box::new(poller::resource(end)?)" };
            let condition = condition(service, states, 12);
            format!("{condition}            {:?} => Self::{name}({read}),\n", states.name)
        })
        .collect();
    let module = names::module_name(service.stem.split_once('-').map_or("", |(_, rest)| rest));
    let client = format!("dbplane::{}::{module}::Client", service.vendor());
    let doc = docs::indented(&docs::markdown(&format!(
        "Resumes waiting for an operation that the service accepted earlier, possibly in another process.\n\nNothing \
         is sent until you wait. Waiting with a token of another service fails.\n\n```no_run\n# async fn \
         example(client: &{client}, line: &str) -> Result<(), dbplane::Error> {{\nlet token: dbplane::Token = \
         line.parse()?;\nlet outcome = client.resume(token).wait(&dbplane::Wait::default()).await?;\n\
         println!(\"{{:?}}\", outcome.resource_id());\n# Ok(()) }}\n```"
    )));
    vec![
        format!(
            "/// The resource at the end of an operation that was resumed from a [`Token`].\n\
             #[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum Resource {{\n{variants}    \
             /// The resource was deleted.\n    Gone,\n}}\n"
        ),
        format!(
            "impl Resource {{\n    fn of(end: &End) -> Result<Self, Error> {{\n        Ok(match end.name() {{\n\
             {arms}            _ => Self::Gone,\n        }})\n    }}\n}}\n"
        ),
        format!(
            "impl Client {{\n{doc}    pub fn resume(&self, token: Token) -> Accepted<Resource> {{\n        \
             Accepted::resume(&self.core, table::OPERATIONS, token, Resource::of)\n    }}\n}}\n"
        ),
    ]
}
