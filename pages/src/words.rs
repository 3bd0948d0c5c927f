//! The words by which pages name their sections, columns and topics: one table for each language.
//!
//! A word of any language counts on every page, for pages mix them: a Korean reference has English headings, and a
//! help centre leaves words untranslated.

mod chinese;
mod english;
mod japanese;
mod korean;
mod portuguese;
mod spanish;

use std::collections::HashMap;
use std::sync::LazyLock;

/// A section of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// What the operation does.
    Function,
    /// Method and path, as Huawei calls it.
    Uri,
    /// Path, or method and path, as the others call it.
    RequestPath,
    RequestParameters,
    ResponseParameters,
    /// Parts of OceanBase's request parameters.
    Path,
    Query,
    Header,
    Body,
    Examples,
    RequestExample,
    ResponseExample,
    StatusCodes,
    ErrorCodes,
    /// What else must be known; nothing is read from it.
    Remark,
    /// Parts of a Samsung operation.
    Parameters,
    Responses,
    HttpRequestExample,
    HttpResponseExample,
    RequestHeader,
    RequestBody,
    State,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Name,
    Required,
    Type,
    Description,
    Example,
    Default,
    Range,
    Schema,
    Code,
    Version,
    /// Whether a version is current.
    State,
    /// Until when a version is served.
    Until,
}

/// What a paragraph of a description is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Definition,
    Constraints,
    Range,
    Default,
}

/// What a caption says its table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaptionWord {
    /// The beginning of a caption, before its number.
    Table,
    /// Parameters, elements, fields; of what, other words say.
    Parameters,
    Header,
    Query,
    Path,
    Body,
    /// Words of a caption beside the name of what it describes.
    Filler,
}

/// Words with other uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Yes,
    No,
    /// There is nothing to say.
    Nothing,
    /// Required under some condition.
    Conditional,
    /// `Status code: 200`
    Status,
    /// `Updated on 2025-01-01`
    Updated,
    /// `Response 200`
    Response,
    /// `Example: 7`
    Example,
    /// Something is or will be withdrawn; the words stand within a sentence.
    Deprecated,
    /// The same, where the word stands alone: in brackets, before a colon, as a sentence.
    Withdrawn,
}

/// The words of one language, in lower case.
struct Language {
    sections: &'static [(Section, &'static [&'static str])],
    columns: &'static [(Column, &'static [&'static str])],
    topics: &'static [(Topic, &'static [&'static str])],
    captions: &'static [(CaptionWord, &'static [&'static str])],
    marks: &'static [(Mark, &'static [&'static str])],
}

static LANGUAGES: [&Language; 6] =
    [&english::WORDS, &chinese::WORDS, &korean::WORDS, &japanese::WORDS, &portuguese::WORDS, &spanish::WORDS];

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 96;

type WordTable<T> = HashMap<&'static str, T>;

static SECTIONS: LazyLock<WordTable<Section>> = LazyLock::new(|| table(|l| l.sections));
static COLUMNS: LazyLock<WordTable<Column>> = LazyLock::new(|| table(|l| l.columns));
static TOPICS: LazyLock<WordTable<Topic>> = LazyLock::new(|| table(|l| l.topics));

/// The words for columns by their first bytes.
static COLUMNS_BY_BYTE: LazyLock<Vec<Vec<(&'static str, Column)>>> = LazyLock::new(|| {
    let mut words = vec![Vec::new(); 256];
    for (word, column) in COLUMNS.iter() {
        if let Some(first) = word.bytes().next() {
            words[usize::from(first)].push((*word, *column));
        }
    }
    words
});

/// What each word is used for.
static MARKS: LazyLock<WordTable<Vec<Mark>>> = LazyLock::new(|| {
    let mut marks: WordTable<Vec<Mark>> = WordTable::new();
    for (mark, words) in LANGUAGES.iter().flat_map(|l| l.marks) {
        words.iter().for_each(|word| marks.entry(word).or_default().push(*mark));
    }
    marks
});

/// The phrases that say that something is withdrawn, by their first bytes.
static WITHDRAWAL: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let mut phrases = vec![Vec::new(); 256];
    for phrase in words_for(Mark::Deprecated) {
        if let Some(first) = phrase.bytes().next() {
            phrases[usize::from(first)].push(phrase);
        }
    }
    phrases
});

fn table<T: Copy + 'static>(
    of: impl Fn(&Language) -> &'static [(T, &'static [&'static str])],
) -> WordTable<T> {
    let entries = LANGUAGES.iter().flat_map(|l| of(l)).flat_map(|(t, words)| words.iter().map(|w| (*w, *t)));
    let mut table = WordTable::new();
    entries.for_each(|(word, meaning)| _ = table.entry(word).or_insert(meaning));
    table
}

/// The section that a heading begins, which may have a number.
pub(crate) fn section(text: &str) -> Option<Section> {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '、');
    let numbered = text.starts_with(|c: char| c.is_ascii_digit());
    let bare = text.trim_start_matches(number).trim_start();
    lookup(&SECTIONS, if numbered && bare.len() < text.len() { bare } else { text })
}

/// The column that a header cell begins.
pub(crate) fn column(text: &str) -> Option<Column> {
    lookup(&COLUMNS, text)
}

/// The topic that a line of a description begins.
pub(crate) fn topic(text: &str) -> Option<Topic> {
    lookup(&TOPICS, text)
}

/// All words for topics, for descriptions that were saved on one line.
pub(crate) fn topic_words() -> impl Iterator<Item = (&'static str, Topic)> {
    TOPICS.iter().map(|(word, topic)| (*word, *topic))
}

/// The words of captions of one meaning.
pub(crate) fn caption_words(wanted: CaptionWord) -> impl Iterator<Item = &'static str> {
    let all = LANGUAGES.iter().flat_map(|l| l.captions).filter(move |(meaning, _)| *meaning == wanted);
    all.flat_map(|(_, words)| words.iter().copied())
}

/// The words of one use.
pub(crate) fn words_for(wanted: Mark) -> impl Iterator<Item = &'static str> {
    let all = LANGUAGES.iter().flat_map(|l| l.marks).filter(move |(meaning, _)| *meaning == wanted);
    all.flat_map(|(_, words)| words.iter().copied())
}

/// What follows a word of one use at the beginning of a text.
pub(crate) fn after(mark: Mark, text: &str) -> Option<&str> {
    let begins = |word: &'static str| {
        let head = text.get(..word.len())?;
        let same = head.chars().flat_map(char::to_lowercase).eq(word.chars());
        same.then(|| text.get(word.len()..))?
    };
    words_for(mark).filter_map(begins).min_by_key(|rest| rest.len())
}

/// Whether a text is nothing but the words of a table's header, with or without spaces between them.
pub(crate) fn header_line(text: &str) -> Option<Vec<Column>> {
    let lower = text.trim().to_lowercase();
    if lower.len() > LONGEST * 2 {
        return None;
    }
    let mut rest = lower.as_str();
    let mut columns = Vec::new();
    while !rest.is_empty() {
        let (word, column) = first_column(rest)?;
        columns.push(column);
        rest = rest.get(word.len()..)?.trim_start();
    }
    (columns.len() > 1 && columns.iter().enumerate().all(|(i, c)| !columns[..i].contains(c)))
        .then_some(columns)
}

/// The longest word for a column at the beginning of a text in lower case.
fn first_column(text: &str) -> Option<(&'static str, Column)> {
    let words = COLUMNS_BY_BYTE.get(usize::from(*text.as_bytes().first()?))?;
    let fits = words.iter().filter(|(word, _)| text.starts_with(word));
    fits.max_by_key(|(word, _)| word.len()).copied()
}

/// Whether a text begins with three or more words of a table's header.
pub(crate) fn begins_header(text: &str) -> bool {
    let lower: String = text.trim().chars().take(LONGEST).collect::<String>().to_lowercase();
    let mut rest = lower.as_str();
    let mut columns = Vec::new();
    while let Some((word, column)) = first_column(rest).filter(|(_, column)| !columns.contains(column)) {
        columns.push(column);
        rest = rest.get(word.len()..).unwrap_or_default().trim_start();
    }
    columns.len() > 2
}

/// Whether a cell says that something is required.
pub(crate) fn required(text: &str) -> Option<bool> {
    if is(Mark::Yes, text) {
        return Some(true);
    }
    is(Mark::No, text).then_some(false)
}

/// What a cell says, if it says anything.
pub(crate) fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && !is(Mark::Nothing, text)).then_some(text)
}

/// Whether a text says that what it describes is or will be withdrawn.
pub(crate) fn is_deprecated(text: &str) -> bool {
    let text: String = text.chars().take(2000).collect::<String>().to_lowercase();
    has_withdrawal(&text) || text.lines().enumerate().any(|(at, line)| is_marked_deprecated(line, at == 0))
}

/// Whether a text in lower case has one of the phrases for it, and no `not` before it. Each place is looked at once.
fn has_withdrawal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let denied = |at: usize| text.get(..at).is_some_and(|before| before.trim_end().ends_with(" not"));
    let begins = |at: usize| {
        let phrases = bytes.get(at).and_then(|byte| WITHDRAWAL.get(usize::from(*byte)));
        let rest = text.get(at..).unwrap_or_default();
        phrases.is_some_and(|phrases| phrases.iter().any(|phrase| rest.starts_with(phrase)))
    };
    let inside = |at: usize| at > 0 && bytes[at].is_ascii() && bytes[at - 1].is_ascii_alphanumeric();
    (0..bytes.len()).any(|at| !inside(at) && begins(at) && !denied(at))
}

/// Whether a line has a word for it in brackets, as a sentence or at the beginning of one. Items of lists are values, and
/// so may be a line of one word.
fn is_marked_deprecated(line: &str, first: bool) -> bool {
    let line = line.trim();
    let value = line.starts_with(['•', '-']) || !first && !line.contains([' ', ':', '：', '(', '（', '.']);
    let withdrawn = |part: &str| is(Mark::Withdrawn, part.trim());
    let brackets = line.split(['(', '（', '[', '【']).skip(1);
    let bracketed = |part: &str| part.split([')', '）', ']', '】']).next().is_some_and(withdrawn);
    let begins = |sentence: &str| sentence.split([':', '：', '–', '—']).next().is_some_and(withdrawn);
    let mut sentences = line.split(['.', '。', ';', '；', '!']).filter(|part| !part.trim().is_empty());
    !value && (brackets.into_iter().any(bracketed) || sentences.any(begins))
}

/// A title without a mark that says that the operation is deprecated, and whether it has one.
pub(crate) fn unmarked_title(title: &str) -> (String, bool) {
    let mut bare = title.to_owned();
    for (open, close) in [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')] {
        for (start, _) in title.rmatch_indices(open) {
            let end =
                title.get(start..).and_then(|rest| rest.find(close)).map(|at| start + at + close.len_utf8());
            if let Some(mark) = end.and_then(|end| title.get(start..end)).filter(|mark| is_deprecated(mark)) {
                bare = bare.replace(mark, " ");
            }
        }
    }
    for mark in [" - ", " – ", " — ", ": ", "："] {
        let kept: Vec<&str> = bare.split(mark).filter(|part| !is(Mark::Withdrawn, part.trim())).collect();
        if kept.len() == 1 {
            bare = kept.concat();
        }
    }
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let marked = bare != title.trim() || is_deprecated(title);
    if marked { (bare, true) } else { (title.trim().to_owned(), false) }
}

/// Whether a text is a word of one use.
pub(crate) fn is(mark: Mark, text: &str) -> bool {
    let text = plain(text);
    text.len() < LONGEST && MARKS.get(text.to_lowercase().as_str()).is_some_and(|marks| marks.contains(&mark))
}

/// A text without the colon or full stop at its end.
fn plain(text: &str) -> &str {
    text.trim_end_matches([':', '：', '.', '。', '?', '？', ' ']).trim_start()
}

fn lookup<T: Copy>(table: &WordTable<T>, text: &str) -> Option<T> {
    let text = plain(text);
    (text.len() < LONGEST).then(|| table.get(text.to_lowercase().as_str()).copied())?
}

#[cfg(test)]
mod tests {
    use super::{is_deprecated, unmarked_title};

    #[test]
    fn withdrawal_is_said_in_many_words() {
        for (text, said) in [
            ("Deprecated. Use marker instead.", true),
            ("DEPRECATED: the most lamps.", true),
            ("The most lamps. Deprecated.", true),
            ("The most lamps (to be discarded).", true),
            ("[Deprecated] The most lamps.", true),
            ("This parameter is no longer used.", true),
            ("This API will be discontinued.", true),
            ("This API will be removed in later versions.", true),
            ("已废弃，请使用marker。", true),
            ("本接口即将下线。", true),
            ("Este parámetro está obsoleto.", true),
            ("더 이상 사용되지 않습니다.", true),
            ("Not deprecated: the most lamps.", false),
            ("It is not deprecated.", false),
            ("The API has not been deprecated.", false),
            ("Deprecated lamps are not listed.", false),
            ("The state. Values:\n• active\n• deprecated: no longer sold", false),
            ("The state:\nactive\ndeprecated", false),
            ("The state: DEPRECATED or ACTIVE.", false),
            ("Releases addresses that are no longer used.", false),
            ("End of support of the engine.", false),
        ] {
            assert_eq!(is_deprecated(text), said, "{text}");
        }
    }

    #[test]
    fn titles_lose_their_marks() {
        for (title, bare) in [
            ("Listing Lamps (Deprecated)", "Listing Lamps"),
            ("(Deprecated) Listing Lamps", "Listing Lamps"),
            ("Listing Lamps(unavailable soon)", "Listing Lamps"),
            ("Listing Lamps [Offline Soon]", "Listing Lamps"),
            ("Listing Lamps - Deprecated", "Listing Lamps"),
            ("Deprecated: Listing Lamps", "Listing Lamps"),
            ("查询实例（已废弃）", "查询实例"),
        ] {
            assert_eq!(unmarked_title(title), (bare.to_owned(), true), "{title}");
        }
        let kept = "Listing Lamps (Version 2): All - Now";
        assert_eq!(unmarked_title(kept), (kept.to_owned(), false));
    }
}
