//! The command line of `cargo xtask api-diff`.

use lexopt::prelude::{Long, Short, Value};

/// The default of the new version.
pub(super) const WORK_TREE: &str = "specs";

/// The text for `--help`.
pub(super) const HELP: &str = "\
Reports what a change of specs means for callers of the Rust API

  cargo xtask api-diff OLD [NEW] [--format text|json|markdown]   compare two versions
  cargo xtask api-diff --rules [--format text|markdown]          list the rules

OLD and NEW are each one of:
  specs/samsung-mariadb-1.0.yaml          a spec or an overlay
  specs                                   a folder of specs
  HEAD~3:specs/samsung-mariadb-1.0.yaml   a spec or an overlay of a git revision
  HEAD~3                                  all specs of a git revision
The default of NEW are the specs of the working tree: `cargo xtask api-diff HEAD`.

Exit status: 0 no breaking changes; 1 breaking changes; 2 a version can't be read, or the arguments are invalid.";

/// A command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ApiDiff {
    pub(super) work: Work,
    pub(super) format: Format,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Work {
    Help,
    Rules,
    Compare { old: String, new: Option<String> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Markdown,
}

/// Reads what follows `api-diff`.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<ApiDiff, String> {
    let (mut names, mut rules, mut format) = (Vec::new(), false, Format::Text);
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(ApiDiff { work: Work::Help, format }),
            Long("rules") => rules = true,
            Long("format") => {
                let value = parser.value().map_err(|e| e.to_string())?;
                format = match value.to_str() {
                    Some("text") => Format::Text,
                    Some("json") => Format::Json,
                    Some("markdown") => Format::Markdown,
                    _ => return Err(format!("`api-diff` has no format `{}`", value.to_string_lossy())),
                };
            }
            Value(name) => names.push(name.into_string().map_err(|_| "a version must be UTF-8")?),
            argument => return Err(argument.unexpected().to_string()),
        }
    }
    let mut names = names.into_iter();
    let work = match (rules, names.next(), names.next(), names.next()) {
        (true, None, _, _) if format != Format::Json => Work::Rules,
        (true, _, _, _) => {
            return Err("`--rules` accepts no versions, and only the formats text and markdown".to_owned());
        }
        (false, Some(old), new, None) => Work::Compare { old, new },
        (false, None, _, _) => {
            return Err("`api-diff` needs an old version; a new version is optional".to_owned());
        }
        (false, _, _, Some(_)) => return Err("`api-diff` compares two versions".to_owned()),
    };
    Ok(ApiDiff { work, format })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<ApiDiff, String> {
        parse(&mut lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn what_is_meant_is_read() {
        let compare = |old: &str, new: Option<&str>, format| ApiDiff {
            work: Work::Compare { old: old.to_owned(), new: new.map(str::to_owned) },
            format,
        };
        assert_eq!(parsed("HEAD"), Ok(compare("HEAD", None, Format::Text)));
        assert_eq!(parsed("--format json a b"), Ok(compare("a", Some("b"), Format::Json)));
        assert_eq!(parsed("a --format markdown b"), Ok(compare("a", Some("b"), Format::Markdown)));
        assert_eq!(parsed("--rules"), Ok(ApiDiff { work: Work::Rules, format: Format::Text }));
        assert_eq!(parsed("a --help"), Ok(ApiDiff { work: Work::Help, format: Format::Text }));
    }

    #[test]
    fn what_is_not_meant_is_refused() {
        for line in
            ["", "a b c", "a --format yaml", "a --format", "--rules a", "--rules --format json", "a --x"]
        {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
