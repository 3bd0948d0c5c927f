//! The words by which pages name their sections, columns and topics: one table for each language.
//!
//! A word of any language counts on every page, for pages mix them: a Korean reference has English headings, and a
//! help centre leaves words untranslated.

mod chinese;
mod english;
mod french;
mod german;
mod japanese;
mod korean;
mod portuguese;
mod russian;
mod spanish;
mod table;
mod withdrawal;

use std::borrow::Cow;
use std::sync::LazyLock;

pub(crate) use table::{WordTable, begins};
pub(crate) use withdrawal::{is_deprecated, unmarked_title};

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
    /// Where a parameter stands: in the path, the query, a header or the body.
    Place,
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

static LANGUAGES: [&Language; 9] = [
    &english::WORDS,
    &chinese::WORDS,
    &korean::WORDS,
    &japanese::WORDS,
    &portuguese::WORDS,
    &spanish::WORDS,
    &french::WORDS,
    &german::WORDS,
    &russian::WORDS,
];

/// The longest line that may be nothing but the words of a header, in bytes.
const LONGEST: usize = 192;

static SECTIONS: LazyLock<WordTable<Section>> = LazyLock::new(|| table(|l| l.sections));
static COLUMNS: LazyLock<WordTable<Column>> = LazyLock::new(|| table(|l| l.columns));
static TOPICS: LazyLock<WordTable<Topic>> = LazyLock::new(|| table(|l| l.topics));

static MARKS: LazyLock<WordTable<Mark>> = LazyLock::new(|| table(|l| l.marks));

fn table<T: Copy + 'static>(
    of: impl Fn(&Language) -> &'static [(T, &'static [&'static str])],
) -> WordTable<T> {
    let all = LANGUAGES.iter().flat_map(|l| of(l));
    WordTable::new(all.flat_map(|(meaning, words)| words.iter().map(|word| (*word, *meaning))))
}

/// The section that a heading begins, which may have a number.
pub(crate) fn section(text: &str) -> Option<Section> {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '、');
    let numbered = text.starts_with(|c: char| c.is_ascii_digit());
    let bare = text.trim_start_matches(number).trim_start();
    SECTIONS.get(plain(if numbered && bare.len() < text.len() { bare } else { text }))
}

/// The column that a header cell begins.
pub(crate) fn column(text: &str) -> Option<Column> {
    COLUMNS.get(plain(text))
}

/// The topic that a line of a description begins.
pub(crate) fn topic(text: &str) -> Option<Topic> {
    TOPICS.get(plain(text))
}

/// The longest word for a topic at the beginning of a text, for descriptions that were saved on one line: its length
/// and its meaning. Words within sentences begin with a lowercase letter.
pub(crate) fn leading_topic(text: &str) -> Option<(usize, Topic)> {
    if text.starts_with(char::is_lowercase) {
        return None;
    }
    let whole = |rest: &str| rest.is_empty() || rest.starts_with([' ', ':', '：', '\u{a0}']);
    let fits = TOPICS.leading(text).filter(|(word, _)| text.get(word.len()..).is_some_and(whole));
    fits.map(|(word, topic)| (word.len(), topic)).max_by_key(|(length, _)| *length)
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
    let words = MARKS.leading(text).filter(|(_, known)| *known == mark).map(|(word, _)| word.len());
    text.get(words.max()?..)
}

/// A text in lower case.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    let small = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if small { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// Whether a text is nothing but the words of a table's header, with or without spaces between them.
pub(crate) fn header_line(text: &str) -> Option<Vec<Column>> {
    let mut rest = text.trim();
    if rest.len() > LONGEST {
        return None;
    }
    let mut columns = Vec::new();
    while !rest.is_empty() {
        let (word, column) = first_column(rest)?;
        columns.push(column);
        rest = rest.get(word.len()..)?.trim_start();
    }
    (columns.len() > 1 && columns.iter().enumerate().all(|(i, c)| !columns[..i].contains(c)))
        .then_some(columns)
}

/// The longest word for a column at the beginning of a text.
fn first_column(text: &str) -> Option<(&'static str, Column)> {
    COLUMNS.leading(text).max_by_key(|(word, _)| word.len())
}

/// Whether a text begins with three or more words of a table's header.
pub(crate) fn begins_header(text: &str) -> bool {
    let mut rest = text.trim();
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

/// Whether a text is a word of one use.
pub(crate) fn is(mark: Mark, text: &str) -> bool {
    MARKS.all(plain(text)).any(|known| known == mark)
}

/// A text without the colon or full stop at its end.
fn plain(text: &str) -> &str {
    if text.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return text.trim_start();
    }
    text.trim_end_matches([':', '：', '.', '。', '?', '？', ' ']).trim_start()
}
