//! What the program is told on its command line.

use std::path::PathBuf;
use std::time::Duration;

pub(crate) const HELP: &str = "\
A cloud on 127.0.0.1 that serves all specs of dbplane and checks every request against them.

Usage: dbplane-fake-cloud [options]

Options:
  --services LIST  Only these services, with commas between them; default: all
  --port N         The first service listens on port N, the others, in the order of their
                   names, and then the control endpoint on the ports after it; default: free ports
  --seed N         Makes credentials, ids and chances the same in every run
  --pace MILLIS    How long a unit of work takes; default: 1000
  --empty          The services begin with nothing in them
  --faults FILE    What shall go wrong from the start: {\"rules\": [...]}
  --log            Write a line for each request to standard error
  --log=FILE       Append them to a file instead
  --json           Print one line of JSON instead of a table:
                   {\"<service>\": {\"base_url\": \"...\", \"credentials\": {...},
                    \"inventory\": {...}}, ...,
                    \"control\": {\"base_url\": \"...\"}}
  -h, --help       Print this help

It serves until it is ended, for example with Ctrl-C. Everything is in memory and ends with it.
";

/// What the program shall do.
pub(crate) enum Task {
    Help,
    Serve(Options),
}

#[derive(Default)]
pub(crate) struct Options {
    pub(crate) services: Option<Vec<String>>,
    pub(crate) port: Option<u16>,
    pub(crate) seed: Option<u64>,
    pub(crate) pace: Option<Duration>,
    pub(crate) empty: bool,
    pub(crate) faults: Option<PathBuf>,
    pub(crate) log: Option<Log>,
    pub(crate) json: bool,
}

/// Where lines about requests go.
pub(crate) enum Log {
    StandardError,
    File(PathBuf),
}

pub(crate) fn read() -> Result<Task, lexopt::Error> {
    use lexopt::prelude::{Long, Short, ValueExt};

    let mut given = lexopt::Parser::from_env();
    let mut options = Options::default();
    while let Some(option) = given.next()? {
        match option {
            Long("services") => {
                let list = given.value()?.string()?;
                options.services = Some(list.split(',').map(|stem| stem.trim().to_owned()).collect());
            }
            Long("port") => options.port = Some(port(given.value()?.parse()?)?),
            Long("seed") => options.seed = Some(given.value()?.parse()?),
            Long("pace") => options.pace = Some(Duration::from_millis(given.value()?.parse()?)),
            Long("empty") => options.empty = true,
            Long("faults") => options.faults = Some(given.value()?.into()),
            Long("log") => {
                let file = given.optional_value();
                options.log = Some(file.map_or(Log::StandardError, |file| Log::File(file.into())));
            }
            Long("json") => options.json = true,
            Short('h') | Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Serve(options))
}

fn port(number: u16) -> Result<u16, lexopt::Error> {
    if number == 0 {
        return Err("--port is 0; give 1 to 65535, or leave it out for free ports".into());
    }
    Ok(number)
}
