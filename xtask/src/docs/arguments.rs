//! The command line of `cargo xtask docs`.

use std::path::PathBuf;

use dbplane_pages::Format;
use lexopt::prelude::{Long, Short, Value};

/// What is printed for `--help`.
pub(super) const HELP: &str = "\
Facts of vendors' pages, held against the specs

  cargo xtask docs facts FILE... [--format yaml|json]          print what saved pages state
  cargo xtask docs check FILE... [--format text|json|github]   say where specs differ from pages
  cargo xtask docs check --rules                               list the rules
  cargo xtask docs draft FILE...                               write specs for operations that have none
  cargo xtask docs lock FILE...                                note in specs/pages.lock that pages were reviewed

A page is saved as plain text, as HTML by a browser, or as Markdown. Known pages: the OceanBase reference, the Huawei
help centre, the Samsung API reference and its print view.

Exit status: 0 nothing is unexplained, 1 something was found, 2 a page or the specs can't be read.";

/// One command with its options.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Rules,
    Facts { files: Vec<PathBuf>, json: bool },
    Check { files: Vec<PathBuf>, format: Format },
    Lock { files: Vec<PathBuf> },
    Draft { files: Vec<PathBuf> },
}

/// Reads what follows `docs`.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let fail = |e: lexopt::Error| e.to_string();
    let (mut name, mut files, mut format, mut rules) = (None, Vec::new(), None, false);
    while let Some(argument) = parser.next().map_err(fail)? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("format") => format = Some(parser.value().map_err(fail)?.to_string_lossy().into_owned()),
            Long("rules") => rules = true,
            Value(value) if name.is_none() => name = Some(value.to_string_lossy().into_owned()),
            Value(value) => files.push(PathBuf::from(value)),
            argument => return Err(argument.unexpected().to_string()),
        }
    }
    let name = name.ok_or("`docs` needs a command: facts, check, draft or lock")?;
    match (name.as_str(), format.as_deref()) {
        ("check", None) if rules && files.is_empty() => Ok(Command::Rules),
        _ if rules => Err("`--rules` belongs to `docs check` and takes no files".to_owned()),
        ("facts" | "check" | "draft" | "lock", _) if files.is_empty() => {
            Err(format!("`docs {name}` needs the files of saved pages"))
        }
        ("facts", None | Some("yaml")) => Ok(Command::Facts { files, json: false }),
        ("facts", Some("json")) => Ok(Command::Facts { files, json: true }),
        ("check", None | Some("text")) => Ok(Command::Check { files, format: Format::Text }),
        ("check", Some("json")) => Ok(Command::Check { files, format: Format::Json }),
        ("check", Some("github")) => Ok(Command::Check { files, format: Format::GitHub }),
        ("lock", None) => Ok(Command::Lock { files }),
        ("draft", None) => Ok(Command::Draft { files }),
        ("facts" | "check" | "draft" | "lock", Some(other)) => {
            Err(format!("`docs {name}` has no format `{other}`"))
        }
        _ => Err(format!("there is no command `docs {name}`")),
    }
}
