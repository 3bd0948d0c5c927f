//! The command line of the program.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use dbplane_fake_cloud::verify::digest::Algorithm;

pub(crate) const HELP: &str = "\
Serves the API descriptions of dbplane, checks every request against them, and keeps state in memory.
For tests only. It runs until it is stopped.

Usage: dbplane-fake-cloud [options]

Which services:
  --services LIST    Only these services, comma-separated; default: all
  --empty            The services start without resources
  --seed N           Credentials, ids and random choices are the same in every run
  --pace MILLIS      The duration of a unit of work; default: 1000
  --digest LIST      The Digest challenges of OceanBase Cloud, comma-separated and in this order;
                     default: SHA-256,MD5
  --faults FILE      Rules for faults from the start: {\"rules\": [...]}

Where:
  --port N           The first service listens on port N, the others, in the order of their names,
                     and then the control endpoint on the ports after it; default: free ports
  --port NAME=N      This service, or `control`, listens on port N; may be repeated
  --listen ADDRESS   The address to listen on; default: 127.0.0.1
  --host NAME        The host name in the addresses that are printed; default: ADDRESS

Output:
  --json             Print one line of JSON instead of a table:
                     {\"<service>\": {\"base_url\": \"...\", \"credentials\": {...},
                      \"inventory\": {...}}, ...,
                      \"control\": {\"base_url\": \"...\"}}
  --unmodelled       Print the writes that are not simulated and only return the examples of their
                     description, as lines `<service> <operation>`, and exit
  --log              Write a line for each request to standard error
  --log=FILE         Append them to a file instead
  -h, --help         Print this help
  -V, --version      Print the version

Examples:
  Two services on fixed ports, with the same credentials in every run:
    dbplane-fake-cloud --services huawei-iam-v3,samsung-mariadb-1.0 --port 18000 --seed 7
  One service and the control endpoint on given ports:
    dbplane-fake-cloud --services oceanbase-cloud-v2 --port oceanbase-cloud-v2=18000 --port control=18001
  For a script: addresses and credentials in the first line, and work without delay:
    dbplane-fake-cloud --json --pace 0
  In a container with the host name `cloud`:
    dbplane-fake-cloud --listen 0.0.0.0 --host cloud --port 18000
  Check whether it is running:
    curl http://127.0.0.1:18001/health

It stops on Ctrl-C and SIGTERM.

Exit status:
  0  it was stopped, or has printed the requested output
  1  the rules of --faults are not valid
  2  it could not run, because of an option, a file, a port or its output
";

/// What the program does.
pub(crate) enum Command {
    Help,
    Version,
    Serve(Options),
}

#[derive(Default)]
pub(crate) struct Options {
    pub(crate) services: Option<Vec<String>>,
    pub(crate) base_port: Option<u16>,
    pub(crate) ports: Vec<(String, u16)>,
    pub(crate) listen: Option<IpAddr>,
    pub(crate) host: Option<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) pace: Option<Duration>,
    pub(crate) digest: Option<Vec<Algorithm>>,
    pub(crate) empty: bool,
    pub(crate) faults: Option<PathBuf>,
    pub(crate) log: Option<Log>,
    pub(crate) json: bool,
    pub(crate) unmodelled: bool,
}

/// Where lines about requests are written.
pub(crate) enum Log {
    StandardError,
    File(PathBuf),
}

pub(crate) fn read() -> Result<Command, lexopt::Error> {
    use lexopt::prelude::{Long, Short, ValueExt};

    let mut given = lexopt::Parser::from_env();
    let mut options = Options::default();
    while let Some(option) = given.next()? {
        match option {
            Long("services") => options.services = Some(list(&given.value()?.string()?)),
            Long("port") => port(&given.value()?.string()?, &mut options)?,
            Long("listen") => options.listen = Some(given.value()?.parse()?),
            Long("host") => options.host = Some(host(given.value()?.string()?)?),
            Long("seed") => options.seed = Some(given.value()?.parse()?),
            Long("pace") => options.pace = Some(Duration::from_millis(given.value()?.parse()?)),
            Long("digest") => options.digest = Some(algorithms(&given.value()?.string()?)?),
            Long("empty") => options.empty = true,
            Long("faults") => options.faults = Some(given.value()?.into()),
            Long("log") => {
                let file = given.optional_value();
                options.log = Some(file.map_or(Log::StandardError, |file| Log::File(file.into())));
            }
            Long("json") => options.json = true,
            Long("unmodelled") => options.unmodelled = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|item| item.trim().to_owned()).collect()
}

/// `N`, or `NAME=N`.
fn port(text: &str, options: &mut Options) -> Result<(), lexopt::Error> {
    let (name, number) = text.split_once('=').map_or((None, text), |(name, number)| (Some(name), number));
    let number = number.parse().ok().filter(|number| *number != 0);
    let number =
        number.ok_or_else(|| format!("--port is {text}; give 1 to 65535, or NAME=1 to NAME=65535"))?;
    match name {
        Some(name) => options.ports.push((name.to_owned(), number)),
        None => options.base_port = Some(number),
    }
    Ok(())
}

fn host(name: String) -> Result<String, lexopt::Error> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if name.is_empty() || !name.bytes().all(fits) {
        return Err(format!("--host is `{name}`; give a host name without port").into());
    }
    Ok(name)
}

fn algorithms(text: &str) -> Result<Vec<Algorithm>, lexopt::Error> {
    let algorithm = |name: String| {
        Algorithm::of(&name).ok_or_else(|| {
            let known = Algorithm::ALL.map(Algorithm::name).join(", ");
            format!("--digest names `{name}`; there are {known}").into()
        })
    };
    list(text).into_iter().map(algorithm).collect()
}
