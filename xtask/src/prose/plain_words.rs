//! Words and phrases that are not used, each with what is written in its place.
//!
//! The list is `plain_words.txt` beside this file: a line is `phrase | replacement | a sentence with the phrase`. In a
//! phrase, `_` stands for any one word. Letter case, punctuation around words and code in backquotes do not count.

use dbplane_codegen::finding::Finding;

use super::Paragraph;

const LIST: &str = include_str!("plain_words.txt");

/// One entry of the list.
pub(super) struct Entry {
    phrase: Vec<&'static str>,
    replacement: &'static str,
    #[cfg(test)]
    sentence: &'static str,
}

/// The list.
pub(super) fn list() -> Vec<Entry> {
    let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(entry).collect()
}

fn entry(line: &'static str) -> Option<Entry> {
    let mut columns = line.split('|').map(str::trim);
    let phrase = columns.next()?.split_whitespace().collect();
    let replacement = columns.next()?;
    let _sentence = columns.next()?;
    Some(Entry {
        phrase,
        replacement,
        #[cfg(test)]
        sentence: _sentence,
    })
}

/// The phrases of the list in a paragraph.
pub(super) fn check(list: &[Entry], paragraph: &Paragraph) -> Vec<Finding> {
    let words = words(&paragraph.text);
    let mut findings = Vec::new();
    for (index, (at, _)) in words.iter().enumerate() {
        let rest = words.get(index..).unwrap_or_default();
        for entry in list.iter().filter(|entry| begins(rest, &entry.phrase)) {
            let phrase = entry.phrase.join(" ");
            let remedy = format!("write: {}", entry.replacement);
            findings.push(Finding::new("plain-words", paragraph.place(*at), format!("`{phrase}`"), &remedy));
        }
    }
    findings
}

fn begins(words: &[(usize, String)], phrase: &[&str]) -> bool {
    words.len() >= phrase.len()
        && phrase
            .iter()
            .zip(words)
            .all(|(wanted, (_, word))| *wanted == "_" && !word.is_empty() || wanted == word)
}

/// The words in lower case, and where they begin. Code is an empty word, which no phrase has.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut code = false;
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c == '`' {
            code = !code;
        }
        if c.is_whitespace() && !code {
            let word = text.get(start..at).unwrap_or_default();
            if word.contains('`') {
                found.push((start, String::new()));
            } else if !word.is_empty() {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                found.push((start, word));
            }
            start = at + c.len_utf8();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Paragraph};
    use super::{check, list};

    fn paragraph(text: &str) -> Paragraph {
        Paragraph { file: "f".into(), line: 1, kind: Kind::Guide, text: text.into(), lines: vec![(0, 1)] }
    }

    #[test]
    fn every_entry_is_found_in_its_sentence() {
        let list = list();
        assert!(list.len() >= 80, "{} entries", list.len());
        for entry in &list {
            let found = check(std::slice::from_ref(entry), &paragraph(entry.sentence));
            assert_eq!(found.len(), 1, "{:?} in: {}", entry.phrase, entry.sentence);
            let replaced = check(&list, &paragraph(entry.replacement));
            assert!(replaced.is_empty(), "the replacement of {:?} is refused: {replaced:?}", entry.phrase);
        }
    }

    #[test]
    fn lines_of_the_list_have_three_columns() {
        let lines = super::LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            assert_eq!(line.split('|').filter(|column| !column.trim().is_empty()).count(), 3, "{line}");
        }
    }

    #[test]
    fn code_is_left_alone_and_words_are_whole() {
        for text in ["the field `tongue`", "`is told`", "tongues", "Comma-separated list of tags."] {
            assert!(check(&list(), &paragraph(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn phrases_are_found_across_lines_and_punctuation_with_their_line() {
        let mut text = paragraph("A list, several \"parted\nby\" commas. Tongue!");
        text.lines = vec![(0, 4), (24, 5)];
        let found: Vec<_> = check(&list(), &text).iter().map(|f| f.place.line).collect();
        assert_eq!(found, [4, 5]);
    }
}
