//! The options of the tour.

use super::services::{self, Service};

/// What the options ask for.
pub(crate) enum Task {
    /// Print this text.
    Help(String),
    /// Visit these services.
    Tour(Vec<Service>),
}

/// Reads the arguments that follow the program's name; an error says what is allowed instead.
pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Task, String> {
    let mut arguments = arguments.into_iter();
    let mut wanted = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.split_once('=').map_or((argument.as_str(), None), |(o, v)| (o, Some(v.to_owned()))) {
            ("--help", None) | ("-h", None) => return Ok(Task::Help(help())),
            ("--service", value) => {
                let name = value.or_else(|| arguments.next());
                let name = name.ok_or_else(|| format!("--service needs a name; there are {}", names()))?;
                wanted.push(known(&name)?);
            }
            _ => return Err(format!("`{argument}` is no option; --service NAME is, for {}", names())),
        }
    }
    let mut services = services::all();
    services.retain(|service| wanted.is_empty() || wanted.contains(&service.name));
    Ok(Task::Tour(services))
}

fn known(name: &str) -> Result<&'static str, String> {
    let mut services = services::all().into_iter();
    let found = services.find(|service| service.name == name).map(|service| service.name);
    found.ok_or_else(|| format!("there is no service `{name}`; there are {}", names()))
}

fn names() -> String {
    services::all().iter().map(|service| service.name).collect::<Vec<_>>().join(", ")
}

fn help() -> String {
    format!(
        "Calls every operation of every service once, at a fake cloud in this process.

Usage: cargo run --example tour [-- OPTIONS]

Options:
  --service NAME  Visit only this service; may be given more than once
  -h, --help      Print this help

Services: {}

Exit status: 0 all operations succeeded; 1 one failed; 2 an option is not valid.",
        names()
    )
}
