//! Limits and values that pages state in prose.
//!
//! A limit is read right or not at all: a sentence is taken apart into numbers and the words of a closed list, and a
//! sentence with anything left over is not read. What was not read is returned in the page's words.

mod bounds;
mod defaults;
mod fillers;
mod numbers;
mod token;
mod tokens;
mod vocabulary;

use std::borrow::Cow;
use std::sync::LazyLock;

use dbplane_codegen::spec::Limits;
use regex_lite::Regex;

pub(crate) use bounds::Kind;
pub(crate) use defaults::default;

/// The longest text that is looked at; limits are short.
const LONGEST: usize = 2000;

/// `- POLICE: frozen by the police`
static DASHED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r" - ?([0-9A-Za-z_]+)[:：]").ok());

/// What a text says about limits.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Reading {
    /// The limits that were understood.
    pub(crate) limits: Limits,
    /// The sentences that were not.
    pub(crate) unread: Vec<String>,
}

/// Reads a text that is about limits, such as `1025 to 65534, excluding 1033, and 5342 to 5345` or `The value
/// contains 36 characters with a suffix of in07. Only letters and digits are allowed.`
pub(crate) fn limits(text: &str, kind: Kind) -> Reading {
    let mut reading = Reading::default();
    if text.len() > LONGEST {
        let shown = text.chars().take(80).collect::<String>() + "...";
        return Reading { unread: vec![shown], ..reading };
    }
    let mut found = bounds::Bounds::default();
    for sentence in sentences(text) {
        match bounds::read(&sentence, kind) {
            Some(stated) => found.add(stated, kind),
            None => reading.unread.push(sentence),
        }
    }
    match found.limits() {
        Some(limits) => reading.limits = limits,
        None => reading.unread = vec![text.trim().to_owned()],
    }
    reading
}

/// Reads the limits that a description mentions among other things. A sentence counts if it is understood wholly;
/// one that only begins like a limit is unread.
pub(crate) fn mentioned(text: &str, kind: Kind) -> Reading {
    let mut reading = Reading::default();
    let numbered = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if !numbered(text) {
        return reading;
    }
    let mut found = bounds::Bounds::default();
    for sentence in sentences(text).into_iter().filter(|sentence| numbered(sentence)) {
        let stated = bounds::read(&sentence, kind).filter(|_| sentence.len() <= LONGEST);
        match stated.filter(|stated| stated.limits_by_itself(kind)) {
            Some(stated) => found.add(stated, kind),
            None if is_announced(&sentence) && !values_follow(&sentence) => reading.unread.push(sentence),
            None => {}
        }
    }
    match found.limits() {
        Some(limits) => reading.limits = limits,
        None => reading.unread.push(text.trim().to_owned()),
    }
    reading
}

/// Whether a sentence begins as limits do.
fn is_announced(sentence: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "range:",
        "value range",
        "the value range",
        "the value ranges from",
        "value ranges",
        "minimum",
        "maximum",
        "the minimum value",
        "the maximum value",
        "the minimum length",
        "the maximum length",
        "取值范围",
        "最小",
        "最大",
        "범위",
        "값 범위",
        "최소",
        "최대",
        "範囲",
        "値の範囲",
        "intervalo",
        "faixa de valores",
        "rango",
        "length constraints",
        "array members",
        "plage de valeurs",
        "wertebereich",
        "диапазон",
    ];
    let lower = sentence.to_lowercase();
    lower.contains(|c: char| c.is_ascii_digit()) && BEGINNINGS.iter().any(|word| lower.starts_with(word))
}

/// Whether a sentence announces a list.
fn values_follow(sentence: &str) -> bool {
    sentence.trim_end().ends_with([':', '：'])
}

/// Sentences end at a full stop before a space, at a semicolon and where a line ends. The point of a shortened word
/// ends none.
fn sentences(text: &str) -> Vec<String> {
    const SHORT: [&str; 14] = [
        "min", "max", "no", "e.g", "i.e", "approx", "incl", "excl", "char", "chars", "etc", "num", "mín",
        "máx",
    ];
    let latin = || text.replace('。', ". ").replace('；', "; ").replace('！', ". ");
    let text = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(latin()) };
    let ends = |at: usize, c: char, start: usize| match c {
        '\n' | ';' => true,
        '.' if text[at + 1..].starts_with(|next: char| !next.is_whitespace()) => false,
        '.' if at + 1 == text.len() => true,
        '.' => {
            let last = text[start..at].rsplit([' ', '(', ',']).next().unwrap_or_default();
            !SHORT.contains(&last.to_lowercase().as_str())
        }
        _ => false,
    };
    let mut all = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if ends(at, c, start) {
            all.push(&text[start..at]);
            start = at + 1;
        }
    }
    all.push(&text[start..]);
    all.iter().map(|s| s.trim().trim_start_matches("• ").to_owned()).filter(|s| !s.is_empty()).collect()
}

/// The values that a description lists: as items of a list, or after dashes on one line.
pub(crate) fn values(lines: &[&str]) -> Vec<String> {
    let items: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("• ")).collect();
    let listed: Option<Vec<String>> = items.iter().map(|item| value(item)).collect();
    if let Some(values) = listed.filter(|v| !v.is_empty()) {
        return values;
    }
    lines.iter().map(|line| dashed(line)).find(|v| !v.is_empty()).unwrap_or_default()
}

/// The value at the beginning of `Period: yearly/monthly` or `en-us`.
fn value(item: &str) -> Option<String> {
    let item = item.split([':', '：', '(', '（', ';']).next().unwrap_or_default();
    let item = item.trim().trim_end_matches(['.', '。']).trim_matches(['"', '\'', '“', '”']);
    (!item.is_empty() && item.len() < 100 && !item.contains(' ')).then(|| item.to_owned())
}

/// `... - POLICE: frozen by the police - ILLEGAL: ...`
fn dashed(line: &str) -> Vec<String> {
    if line.len() > LONGEST || !line.contains(" -") {
        return Vec::new();
    }
    let Some(pattern) = DASHED.as_ref() else { return Vec::new() };
    let values: Vec<String> = pattern.captures_iter(line).map(|found| found[1].to_owned()).collect();
    if values.len() > 1 { values } else { Vec::new() }
}

#[cfg(test)]
mod tests;
