//! The command line.

use lexopt::prelude::{Long, Short, Value};

use crate::{api_diff, docs, resolve, sample_docs};

/// The text for `--help` and for invalid arguments.
pub(crate) const HELP: &str = "\
Commands for maintainers of dbplane

  cargo xtask lint               check specs, texts and layers; print each finding with file, line, rule and remedy
  cargo xtask lint --rules       list the rules
  cargo xtask generate           generate src/generated and the lists of services from specs/
  cargo xtask generate --check   check whether generated files are up to date; print the differences
  cargo xtask resolve SPEC [-o FILE]
                                 print a spec or an overlay as one plain OpenAPI document, or write it to FILE
  cargo xtask docs ...           compare the vendors' pages with the specs; see `cargo xtask docs --help`
  cargo xtask api-diff OLD [NEW] report what a change of specs means for callers; see `cargo xtask api-diff --help`
  cargo xtask sample-docs --seed N [--count N]
                                 print random sentences of the docs (default: 100), with file and line

Exit status: 0 no findings; 1 findings; 2 the command failed, because of its arguments or because a file could not be
read or written.";

/// One command with its options.
#[derive(Debug)]
pub(crate) enum Command {
    Help,
    Lint { rules: bool },
    Generate { check: bool },
    Resolve(resolve::Resolve),
    Docs(docs::DocsCommand),
    SampleDocs(sample_docs::SampleDocs),
    ApiDiff(api_diff::ApiDiff),
}

/// Reads the command line of this process.
pub(crate) fn parse() -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_env();
    let mut command = None;
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        command = Some(match (command, argument) {
            (_, Long("help") | Short('h')) => return Ok(Command::Help),
            (None, Value(name))
                if ["resolve", "sample-docs"].contains(&&*name.to_string_lossy()) && asked() =>
            {
                return Ok(Command::Help);
            }
            (None, Value(name)) if name == "lint" => Command::Lint { rules: false },
            (None, Value(name)) if name == "generate" => Command::Generate { check: false },
            (None, Value(name)) if name == "resolve" => {
                return Ok(Command::Resolve(resolve::parse(&mut parser)?));
            }
            (None, Value(name)) if name == "sample-docs" => {
                return Ok(Command::SampleDocs(sample_docs::parse(&mut parser)?));
            }
            (None, Value(name)) if name == "docs" => return Ok(Command::Docs(docs::parse(&mut parser)?)),
            (None, Value(name)) if name == "api-diff" => {
                return Ok(Command::ApiDiff(api_diff::parse(&mut parser)?));
            }
            (None, Value(name)) => return Err(format!("there is no command `{}`", name.to_string_lossy())),
            (Some(Command::Lint { .. }), Long("rules")) => Command::Lint { rules: true },
            (Some(Command::Generate { .. }), Long("check")) => Command::Generate { check: true },
            (_, argument) => return Err(argument.unexpected().to_string()),
        });
    }
    command.ok_or_else(|| "a command is missing".to_owned())
}

/// Whether `--help` is among the arguments.
fn asked() -> bool {
    std::env::args_os().any(|argument| argument == "--help" || argument == "-h")
}
