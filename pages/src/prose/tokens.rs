//! A sentence as numbers and the words of a closed list.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fillers::FILLERS;
use super::numbers::number;
use super::token::Token;
use super::vocabulary::WORDS;

/// The words that begin with a letter or sign, and what they mean; fillers mean nothing.
type Words = HashMap<char, Vec<(&'static str, Option<Token>)>>;

static KNOWN: LazyLock<Words> = LazyLock::new(|| {
    let mut known = Words::new();
    let meaning = WORDS.iter().flat_map(|(token, words)| words.split(" | ").map(|word| (word, Some(*token))));
    for (word, token) in meaning.chain(FILLERS.split(" | ").map(|word| (word, None))) {
        let first = word.chars().next().unwrap_or(' ');
        known.entry(first).or_default().push((word, token));
    }
    known
});

/// The tokens of a sentence; `None` where a word is left over.
pub(super) fn tokens(sentence: &str) -> Option<Vec<Token>> {
    let lower = sentence.to_lowercase();
    let mut rest = lower.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        if let Some((number, decimal, length)) = number(rest, found.last()) {
            found.push(Token::Number(number?, decimal));
            rest = rest.get(length..)?.trim_start();
            continue;
        }
        let (token, length) = word(rest)?;
        found.extend(token);
        rest = rest.get(length..)?.trim_start();
    }
    Some(found)
}

/// The longest word at the beginning of a text, and its length.
fn word(text: &str) -> Option<(Option<Token>, usize)> {
    let known = KNOWN.get(&text.chars().next()?)?;
    let fits = known.iter().filter(|(word, _)| begins(text, word));
    fits.max_by_key(|(word, _)| word.len()).map(|(word, token)| (*token, word.len()))
}

/// Whether a text begins with a word. A word of letters of an alphabet ends where another letter does not follow.
fn begins(text: &str, word: &str) -> bool {
    let Some(rest) = text.strip_prefix(word) else { return false };
    let letter = |c: char| c.is_alphabetic() && (c as u32) < 0x2E80;
    !word.ends_with(letter) || !rest.starts_with(|c: char| letter(c) || c == '_' || c.is_ascii_digit())
}
