//! The command line of `cargo xtask docs`.

use std::path::PathBuf;
use std::time::Duration;

use dbplane_pages::Format;
use lexopt::prelude::{Long, Short, Value};

use super::fetch::{Fetch, LONGEST};

/// The default folder for fetched pages.
const CACHE: &str = "target/pages";
/// The default pause after each request, in seconds.
const PAUSE: u64 = 2;

/// The text for `--help`.
pub(super) const HELP: &str = "\
Compares the facts of the vendors' pages with the specs

  cargo xtask docs facts FILE... [--format yaml|json]          print the facts of saved pages
  cargo xtask docs check FILE... [--format text|json|github]   report differences between pages and specs
  cargo xtask docs check --rules                               list the rules
  cargo xtask docs report FILE... [--format markdown]          print the differences as the text of an issue
  cargo xtask docs draft FILE...                               print a draft of a spec for new operations
  cargo xtask docs lock FILE... [--accept 'RULE PLACE']...     record in specs/pages.lock that pages were reviewed
  cargo xtask docs fetch [SERVICE] [--into FOLDER] [--pause SECONDS] [--mirror URL]
                                                               download the pages that the specs name, and check them

FILE is a page that was saved as plain text, HTML, MHTML or Markdown. Supported pages: the OceanBase reference, the Huawei
help centre, the Samsung API reference and its print view. `fetch` saves pages in target/pages and waits 2 seconds
after each request. A mirror is a server on the loopback interface from which pages are downloaded instead of the sites.

Exit status: 0 no findings; 1 findings; 2 a page or a spec can't be read.";

/// One command with its options.
#[derive(Debug)]
pub(crate) enum DocsCommand {
    Help,
    Rules,
    Facts { files: Vec<PathBuf>, json: bool },
    Check { files: Vec<PathBuf>, format: Format },
    Report { files: Vec<PathBuf> },
    Lock { files: Vec<PathBuf>, accept: Vec<String> },
    Draft { files: Vec<PathBuf> },
    Fetch { service: Option<String>, fetch: Fetch },
}

/// The arguments, unchecked.
#[derive(Debug, Default)]
struct Given {
    values: Vec<String>,
    format: Option<String>,
    rules: bool,
    accept: Vec<String>,
    into: Option<String>,
    pause: Option<String>,
    mirror: Option<String>,
}

/// Reads what follows `docs`.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<DocsCommand, String> {
    let fail = |e: lexopt::Error| e.to_string();
    let mut given = Given::default();
    while let Some(argument) = parser.next().map_err(fail)? {
        match argument {
            Long("help") | Short('h') => return Ok(DocsCommand::Help),
            Long("format") => given.format = Some(option(parser)?),
            Long("accept") => given.accept.push(option(parser)?),
            Long("into") => given.into = Some(option(parser)?),
            Long("pause") => given.pause = Some(option(parser)?),
            Long("mirror") => given.mirror = Some(option(parser)?),
            Long("rules") => given.rules = true,
            Value(value) => given.values.push(value.to_string_lossy().into_owned()),
            argument => return Err(argument.unexpected().to_string()),
        }
    }
    command(given)
}

/// The value of an option.
fn option(parser: &mut lexopt::Parser) -> Result<String, String> {
    parser.value().map(|v| v.to_string_lossy().into_owned()).map_err(|e| e.to_string())
}

fn command(mut given: Given) -> Result<DocsCommand, String> {
    if given.values.is_empty() {
        return Err("`docs` needs a command: facts, check, report, draft, lock or fetch".to_owned());
    }
    let name = given.values.remove(0);
    if given.rules {
        let alone = name == "check" && given.values.is_empty() && given.format.is_none();
        return if alone {
            Ok(DocsCommand::Rules)
        } else {
            Err("`--rules` is an option of `docs check`, without files".to_owned())
        };
    }
    if name != "lock" && !given.accept.is_empty() {
        return Err("`--accept` is an option of `docs lock`".to_owned());
    }
    if name == "fetch" {
        return fetch(given);
    }
    if given.into.is_some() || given.pause.is_some() || given.mirror.is_some() {
        return Err("`--into`, `--pause` and `--mirror` are options of `docs fetch`".to_owned());
    }
    let files: Vec<PathBuf> = given.values.iter().map(PathBuf::from).collect();
    if files.is_empty() {
        return Err(format!("`docs {name}` needs the files of saved pages"));
    }
    match (name.as_str(), given.format.as_deref()) {
        ("facts", None | Some("yaml")) => Ok(DocsCommand::Facts { files, json: false }),
        ("facts", Some("json")) => Ok(DocsCommand::Facts { files, json: true }),
        ("check", None | Some("text")) => Ok(DocsCommand::Check { files, format: Format::Text }),
        ("check", Some("json")) => Ok(DocsCommand::Check { files, format: Format::Json }),
        ("check", Some("github")) => Ok(DocsCommand::Check { files, format: Format::GitHub }),
        ("report", None | Some("markdown")) => Ok(DocsCommand::Report { files }),
        ("lock", None) => Ok(DocsCommand::Lock { files, accept: given.accept }),
        ("draft", None) => Ok(DocsCommand::Draft { files }),
        ("facts" | "check" | "report" | "draft" | "lock", Some(other)) => {
            Err(format!("`docs {name}` has no format `{other}`"))
        }
        _ => Err(format!("there is no command `docs {name}`")),
    }
}

fn fetch(given: Given) -> Result<DocsCommand, String> {
    let Given { mut values, format, into, pause, mirror, .. } = given;
    if values.len() > 1 || format.is_some() {
        return Err("`docs fetch` accepts the stem of one spec, and no `--format`".to_owned());
    }
    let pause = match pause {
        Some(text) => text.parse().map_err(|_| format!("`--pause {text}` is not a number of seconds"))?,
        None => PAUSE,
    };
    if mirror.as_ref().is_some_and(|mirror| !mirror.starts_with("http://") || !super::fetch::allowed(mirror))
    {
        return Err(
            "`--mirror` needs the address of a server on the loopback interface, such as http://127.0.0.1:8000"
                .to_owned(),
        );
    }
    let folder = into.map_or_else(|| crate::root::root().join(CACHE), PathBuf::from);
    let fetch = Fetch { folder, pause: Duration::from_secs(pause), longest: LONGEST, mirror };
    Ok(DocsCommand::Fetch { service: values.pop(), fetch })
}
