//! Limits and values that pages state in prose.
//!
//! A limit is read right or not at all: a sentence is taken apart into numbers and the words of a closed list, and a
//! sentence with anything left over is not read. What was not read is returned in the page's words.

mod bounds;
mod tokens;

use dbplane_codegen::spec::Limits;

pub(crate) use bounds::Kind;

/// The longest text that is looked at; limits are short.
const LONGEST: usize = 2000;

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
    let mut found = bounds::Found::default();
    for sentence in sentences(text) {
        if !found.add(&sentence, kind) {
            reading.unread.push(sentence);
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
    if text.len() > LONGEST {
        return reading;
    }
    let mut found = bounds::Found::default();
    for sentence in sentences(text) {
        let mut alone = bounds::Found::default();
        let read = sentence.contains(|c: char| c.is_ascii_digit()) && alone.add(&sentence, kind);
        if read && alone.limits().is_some_and(|limits| limits != Limits::default()) {
            found.add(&sentence, kind);
        } else if bounds::is_announced(&sentence) && !values_follow(&sentence) {
            reading.unread.push(sentence);
        }
    }
    match found.limits() {
        Some(limits) => reading.limits = limits,
        None => reading.unread.push(text.trim().to_owned()),
    }
    reading
}

/// Whether a sentence announces a list.
fn values_follow(sentence: &str) -> bool {
    sentence.trim_end().ends_with([':', '：'])
}

/// Sentences end at a full stop before a space, at a semicolon and where a line ends.
fn sentences(text: &str) -> Vec<String> {
    let text = text.replace('。', ". ").replace('；', "; ").replace('！', ". ");
    let mut all = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = match c {
            '\n' | ';' => true,
            '.' => chars.peek().is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        match all.last_mut() {
            Some(sentence) if !ends => sentence.push(c),
            _ => all.push(String::new()),
        }
    }
    all.iter().map(|s| s.trim().trim_start_matches("• ").to_owned()).filter(|s| !s.is_empty()).collect()
}

/// The default that a text states; `Err` with the words that are not understood.
pub(crate) fn default(text: &str) -> Result<Option<String>, String> {
    let Some(text) = crate::words::said(text) else { return Ok(None) };
    let bare = tokens::strip_default(text).trim().trim_end_matches(['.', '。']).trim();
    let Some(bare) = crate::words::said(bare) else { return Ok(None) };
    let quoted = bare.strip_prefix(['"', '\'', '“', '‘']).and_then(|b| b.strip_suffix(['"', '\'', '”', '’']));
    match quoted {
        Some(value) if !value.contains(['"', '\'', '“', '”']) => Ok(Some(value.to_owned())),
        _ if bare.split_whitespace().count() == 1 && bare.len() < 100 => Ok(Some(bare.to_owned())),
        _ => Err(text.to_owned()),
    }
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
    let Ok(pattern) = regex_lite::Regex::new(r" - ?([0-9A-Za-z_]+)[:：]") else { return Vec::new() };
    let values: Vec<String> = pattern.captures_iter(line).map(|found| found[1].to_owned()).collect();
    if values.len() > 1 { values } else { Vec::new() }
}

#[cfg(test)]
mod tests;
