//! The form of a text: it says something, its sentences end, and they can be read in one breath.

use dbplane_codegen::finding::Finding;

use super::{Kind, Paragraph};

/// The longest sentence, in characters.
const LONGEST: usize = 300;

pub(super) fn check(paragraph: &Paragraph) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |at: usize, message: String, remedy: &str| {
        findings.push(Finding::new("text-form", paragraph.place(at), message, remedy));
    };
    let text = paragraph.text.trim();
    if let Kind::Description(name) = &paragraph.kind {
        if only_repeats(text, name) {
            add(
                0,
                format!("the description of `{name}` says only its name"),
                "say what it is for, or what it holds",
            );
        }
        if !text.ends_with(['.', ':', '?', '!']) {
            add(0, format!("the description of `{name}` has no full stop at its end"), "end the sentence");
        }
    }
    if paragraph.kind != Kind::Literal {
        for (at, sentence) in sentences(&paragraph.text) {
            let length = prose_length(sentence);
            if length > LONGEST {
                let message = format!("a sentence has {length} characters: {}...", head(sentence));
                add(at, message, "write two sentences, or a list");
            }
        }
    }
    findings
}

/// The characters of a sentence without those of code, which can be long and is not read as prose.
fn prose_length(sentence: &str) -> usize {
    sentence.split('`').step_by(2).map(|prose| prose.chars().count()).sum()
}

fn head(sentence: &str) -> String {
    sentence.chars().take(50).collect()
}

/// Whether a text has no word that the name has not.
fn only_repeats(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let mut words = Vec::new();
        let mut lower = false;
        let mut word = String::new();
        for c in text.chars() {
            if !c.is_alphanumeric() || lower && c.is_uppercase() {
                words.push(std::mem::take(&mut word));
            }
            lower = c.is_lowercase();
            word.extend(c.is_alphanumeric().then(|| c.to_lowercase()).into_iter().flatten());
        }
        words.push(word);
        words.retain(|w| !matches!(w.as_str(), "" | "the" | "a" | "an" | "of" | "this"));
        words
    };
    let said = words(text);
    !said.is_empty() && said == words(name)
}

/// The sentences of a paragraph and where they begin. A full stop in code, a number or an abbreviation ends none.
pub(crate) fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut code = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        code ^= c == '`';
        let ends =
            !code && matches!(c, '.' | '?' | '!') && !abbreviation(text.get(start..at).unwrap_or_default());
        if ends && characters.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            found.extend(trimmed(text, start, at + c.len_utf8()));
            start = at + c.len_utf8();
        }
    }
    found.extend(trimmed(text, start, text.len()));
    found
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<(usize, &str)> {
    let sentence = text.get(start..end)?;
    let blank = sentence.len() - sentence.trim_start().len();
    let sentence = sentence.trim();
    (!sentence.is_empty()).then_some((start + blank, sentence))
}

fn abbreviation(before: &str) -> bool {
    ["e.g", "i.e", "etc", "vs", " no"].iter().any(|a| before.ends_with(a))
}

#[cfg(test)]
mod tests {
    use super::{only_repeats, sentences};

    #[test]
    fn a_name_is_recognised_in_other_words_of_the_same() {
        for (text, name) in
            [("The instance ID.", "instance_id"), ("Host name.", "hostName"), ("Port.", "port")]
        {
            assert!(only_repeats(text, name), "{text}");
        }
        for (text, name) in
            [("TCP port.", "port"), ("", "port"), ("ID of the instance to stop.", "instance_id")]
        {
            assert!(!only_repeats(text, name), "{text}");
        }
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        let found = |text| sentences(text).into_iter().map(|(_, s)| s).collect::<Vec<_>>();
        assert_eq!(
            found("One. Two, e.g. this. `a. b` and 1.5 s!"),
            ["One.", "Two, e.g. this.", "`a. b` and 1.5 s!"]
        );
        assert_eq!(found(" without an end "), ["without an end"]);
        assert!(found("  ").is_empty());
    }
}
