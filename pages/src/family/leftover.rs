//! What looks like facts and is no part of a table that was read.
//!
//! Problem: a table whose form was lost when the page was saved is text like any other, and what it states would be
//! missed in silence. Default: a section that states facts is watched; lines with a type or the words of a header are
//! reported together, and so is a section of which nothing was read although it says something.

use crate::facts::Gap;
use crate::types::{self, Type};
use crate::words::{self, Column, said};

/// The longest text that is looked at.
const LONGEST: usize = 2000;
/// The most lines of a piece of code that are looked at.
const CODE_LINES: usize = 200;

/// What a section has beside the tables that were read.
#[derive(Debug, Default)]
pub(super) struct Leftover {
    /// The first and the last line that look like facts, and the text of the first.
    facts: Option<(usize, usize, String)>,
    /// The first line that does not.
    text: Option<(usize, String)>,
    /// The line on which the section says that there is nothing.
    denied: Option<usize>,
    read: bool,
}

impl Leftover {
    /// Something of the section was read, or was reported.
    pub(super) fn read(&mut self) {
        self.read = true;
    }

    /// A line that was not read.
    pub(super) fn add(&mut self, line: usize, text: &str) {
        if is_facts(text) {
            self.add_facts(line, text);
        } else if self.facts.is_some() || self.text.is_some() {
            // What the section has is told already.
        } else if said(text).is_none() || denies(text) {
            self.denied.get_or_insert(line);
        } else {
            self.text = Some((line, short(text)));
        }
    }

    /// A line of facts that were not read.
    pub(super) fn add_facts(&mut self, line: usize, text: &str) {
        let (_, last, _) = self.facts.get_or_insert_with(|| (line, line, short(text)));
        *last = line;
    }

    /// A piece of code that was not read. JSON is an example, whatever its values are called.
    pub(super) fn add_code(&mut self, line: usize, code: &str) {
        if code.trim_start().starts_with(['{', '[']) {
            self.text.get_or_insert_with(|| (line, "an example".to_owned()));
            return;
        }
        code.lines().take(CODE_LINES).enumerate().for_each(|(at, text)| self.add(line + at, text));
    }

    /// The line on which the section says that there is nothing, if it says nothing else.
    pub(super) fn denied(&self) -> Option<usize> {
        self.denied.filter(|_| !self.read && self.facts.is_none() && self.text.is_none())
    }

    /// The finding about the section, which ends.
    pub(super) fn take(&mut self) -> Option<Gap> {
        let Self { facts, text, read, .. } = std::mem::take(self);
        if let Some((first, last, text)) = facts {
            let until = if last > first { format!(", and so do lines until {last}") } else { String::new() };
            let message = format!("`{text}` looks like a part of a table that was not understood{until}");
            return Some(Gap::unread(first, message));
        }
        let (line, text) = text.filter(|_| !read)?;
        Some(Gap::unread(line, format!("the section says `{text}` and has no table that was understood")))
    }
}

/// Whether a text can be the type of a field.
pub(super) fn is_type(text: &str) -> bool {
    match types::read(text).ty {
        Type::Unsaid | Type::Unread(_) => false,
        // A single word names an object only where the page says so.
        Type::Object(Some(_)) => text.ends_with(" object"),
        ty => ty.object().is_none() || text.ends_with(" objects") || text.ends_with('>'),
    }
}

/// Whether a line states facts as a row of a table does, or is the header of one.
fn is_facts(text: &str) -> bool {
    let text = text.trim_start_matches(['•', '-', '*', ' ']).trim();
    let end = if text.len() > LONGEST { text.char_indices().nth(LONGEST) } else { None };
    let text = end.and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    if words::begins_header(text) || is_type(text) {
        return true;
    }
    let parts = parts(text);
    let Some((first, rest)) = parts.split_first() else { return false };
    // `Type: String`
    let labelled = text.get(first.len()..).is_some_and(|rest| rest.trim_start().starts_with([':', '：']));
    let column = words::column(first);
    if labelled && matches!(column, Some(Column::Name | Column::Required | Column::Type | Column::Code)) {
        return true;
    }
    // `String. What it is.`, `name (String)`, `name String - what it is`
    let typed = |part: &&str| is_type(part) && !is_everyday(part);
    let article = |word: &str| ["a", "an", "any", "one", "un", "una", "um", "uma"].contains(&word);
    let second =
        first.split_once(' ').is_some_and(|(name, ty)| is_name(name) && !article(name) && typed(&ty));
    let beside = rest.iter().any(typed) && parts.iter().any(|part| is_name(part) && !typed(part));
    second || typed(first) && !rest.is_empty() || beside
}

/// What stands between the marks that may have separated cells.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let rest = || text.get(at..).unwrap_or_default();
        let width = match c {
            ',' | ';' | '|' | '｜' | '│' | '\t' | ':' | '(' | ')' | '[' | ']' | '，' | '；' | '：' | '（'
            | '）' | '–' | '—' => c.len_utf8(),
            ' ' if rest().starts_with(" - ") => 3,
            ' ' | '.' if rest()[1..].starts_with(' ') => 2,
            _ => continue,
        };
        if let Some(part) = text.get(start..at) {
            parts.push(part);
            start = at + width;
        }
    }
    parts.extend(text.get(start..));
    let bare = parts.into_iter().map(|part| part.trim_matches([' ', '"', '\'', '`', '*', '.']));
    bare.filter(|part| !part.is_empty()).collect()
}

/// Words for types that sentences use as well.
fn is_everyday(word: &str) -> bool {
    let words = [
        "text", "number", "numbers", "list", "map", "json", "enum", "array", "object", "objects", "decimal",
        "double", "long", "lista", "texto", "strings",
    ];
    words.contains(&word)
}

/// Whether a word may name a field: sentences do not begin so.
fn is_name(word: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "_-.$[]{}".contains(c);
    let lower = word.starts_with(|c: char| c.is_ascii_lowercase() || "_${".contains(c));
    (lower || word.contains(['_', '-'])) && word.chars().all(known)
}

/// Whether a text says that there is nothing.
fn denies(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words =
        ["no", "none", "not", "without", "nothing", "sem", "sin", "não", "nenhum", "ninguno", "ningún"];
    let marks = ["无", "不", "没有", "없", "なし", "ありません"];
    lower.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
        || marks.iter().any(|mark| lower.contains(mark))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Leftover, is_facts};

    #[test]
    fn rows_without_a_table_look_like_facts_and_sentences_do_not() {
        for (text, is) in [
            ("• brightness (Integer, required): Percent.", true),
            ("• brightness Integer - Percent.", true),
            ("brightness,No,Integer,Percent.", true),
            ("brightness; No; Integer; Percent.", true),
            ("│ brightness │ No │ Integer │", true),
            ("brightness   No   Integer   Percent.", true),
            (": Integer. Percent.", true),
            ("Type: Integer", true),
            ("Parameter: brightness", true),
            ("Array of Lamp objects", true),
            ("Parameter Mandatory Type Description brightness No Integer", true),
            ("ParameterMandatoryTypeDescription", true),
            ("The value must be an integer.", false),
            ("The name is a string of letters, digits, and an integer.", false),
            ("For details, see Status Codes.", false),
            ("OK", false),
            ("Before you call this API, get a token and a list of projects.", false),
        ] {
            assert_eq!(is_facts(text), is, "{text}");
        }
    }

    #[test]
    fn a_section_is_told_where_it_says_something_that_was_not_read() {
        let told = |texts: &[&str], read: bool| {
            let mut left = Leftover::default();
            texts.iter().enumerate().for_each(|(at, text)| left.add(at + 1, text));
            if read {
                left.read();
            }
            left.take().map(|gap| (gap.line, gap.message))
        };
        assert_eq!(told(&["None"], false), None);
        assert_eq!(told(&["This API has no request parameters."], false), None);
        assert_eq!(told(&["无"], false), None);
        assert_eq!(told(&["Some words."], true), None);
        assert!(
            told(&["Some words."], false)
                .is_some_and(|(line, text)| line == 1 && text.contains("Some words."))
        );
        let mut left = Leftover::default();
        left.add_code(3, "{\n  \"type\": \"string\"\n}");
        left.read();
        assert_eq!(left.take(), None);
        let rows = ["Words.", "a (String): one", "b (String): two"];
        assert!(told(&rows, true).is_some_and(|(line, text)| line == 2 && text.ends_with("until 3")));
    }
}
