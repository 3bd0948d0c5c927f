//! Plain text and Markdown: what stands on its own line is a block of its own.
//!
//! Plain text is read as Markdown without marks. JSON and curl commands need no fence: they are known by how they
//! begin, and end where they are complete.

use super::clean;
use super::frameless;
use super::html;
use super::pipes;
use super::{Block, Blocks, Content, Row};

/// The most lines of one curl command.
const CURL_LINES: usize = 200;

/// The address of the page, if front matter names it, and its blocks.
pub(super) fn read(text: &str) -> (Option<String>, Blocks) {
    let lines: Vec<&str> = text.lines().collect();
    let (url, first) = front_matter(&lines);
    let mut blocks = Blocks::default();
    let mut at = first;
    while at < lines.len() && !blocks.is_full() {
        if lines[at].is_empty() {
            at += 1;
            continue;
        }
        let (block, next) = block(&lines, at);
        block.into_iter().for_each(|block| blocks.push(block));
        at = next.max(at + 1);
    }
    (url, blocks)
}

/// The block that begins at a line, and the line after it.
fn block(lines: &[&str], at: usize) -> (Option<Block>, usize) {
    let line = lines[at].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    let table_of =
        |rows: Vec<Row>| (!rows.is_empty()).then_some(Block { line: at + 1, content: Content::Table(rows) });
    let code = |next: usize, text: String| (Some(Block { line: at + 1, content: Content::Code(text) }), next);
    if line.starts_with("```") || line.starts_with("~~~") {
        let fence = &line[..3];
        let body = &lines[at + 1..];
        let length = body.iter().position(|l| l.trim_start().starts_with(fence)).unwrap_or(body.len());
        return match body[..length].join("\n") {
            text if text.trim().is_empty() => (None, at + 2 + length),
            text => {
                (Some(Block { line: at + 2, content: Content::Code(clean::code(&text)) }), at + 2 + length)
            }
        };
    }
    if line.starts_with('|') {
        let (rows, next) = pipes::table(lines, at);
        return (table_of(rows), next);
    }
    if let Some((rows, next)) = frameless::table(lines, at) {
        return (table_of(rows), next);
    }
    if line.contains('<') && line.to_ascii_lowercase().contains("<table") {
        let (rows, next) = html_table(lines, at);
        return (table_of(rows), next);
    }
    if line
        .strip_prefix("curl")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '\u{a0}'))
    {
        let next = curl_end(lines, at);
        return code(next, clean::code(&lines[at..next].join("\n")));
    }
    if begins_json(line) {
        let next = json_end(lines, at);
        return code(next, clean::code(&lines[at..next].join("\n")));
    }
    let content = text(line);
    (content.map(|content| Block { line: at + 1, content }), at + 1)
}

/// A line of text; nothing for a space one and for a rule.
fn text(line: &str) -> Option<Content> {
    let bare = line.trim();
    if bare.len() > 2 && bare.chars().all(|c| matches!(c, '-' | '=' | '_')) {
        return None;
    }
    let marks = bare.len() - bare.trim_start_matches('#').len();
    let heading = (1..=6).contains(&marks) && bare[marks..].starts_with(' ');
    let (level, rest) = if heading { (marks, &bare[marks..]) } else { (0, bare) };
    let item = ["- ", "* ", "+ ", "• ", "· "].iter().find_map(|mark| rest.strip_prefix(mark));
    let text = clean::text(item.unwrap_or(rest));
    let text = if item.is_some() { format!("• {text}") } else { text };
    let level = u8::try_from(level).unwrap_or(0);
    (!text.is_empty()).then_some(Content::Text { text, level })
}

/// A table that Markdown writes as HTML, and the line after it.
fn html_table(lines: &[&str], at: usize) -> (Vec<Row>, usize) {
    let end = lines.iter().skip(at).position(|line| line.to_ascii_lowercase().contains("</table"));
    let next = end.map_or(lines.len(), |end| at + end + 1);
    let (_, blocks) = html::read(&lines[at..next].join("\n"));
    let tables = blocks.list.into_iter().filter_map(|mut block| {
        block.move_down(at);
        if let Content::Table(rows) = block.content { Some(rows) } else { None }
    });
    (tables.flatten().collect(), next)
}

/// Whether a line is the beginning of JSON, and not of a link or a path template.
fn begins_json(line: &str) -> bool {
    let inside =
        |rest: &str| rest.trim().is_empty() || rest.trim_start().starts_with(['"', '{', '[', '}', ']']);
    line.strip_prefix('{').is_some_and(inside) || line.strip_prefix('[').is_some_and(inside)
}

/// The line after JSON: where all brackets are closed, or where something stands that is invalid JSON.
fn json_end(lines: &[&str], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate().skip(at) {
        if index > at && !continues_json(line) {
            return index;
        }
        let mut quoted = false;
        let mut escaped = false;
        for c in line.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth == 0 {
            return index + 1;
        }
    }
    lines.len()
}

fn continues_json(line: &str) -> bool {
    let bare = line.trim().trim_end_matches(',');
    bare.is_empty()
        || bare.starts_with(['"', '{', '}', '[', ']', ','])
        || serde_json::from_str::<f64>(bare).is_ok()
        || matches!(bare, "true" | "false" | "null")
}

/// The line after a curl command: it goes on after a backslash and inside of quotes.
fn curl_end(lines: &[&str], at: usize) -> usize {
    let mut open = false;
    for (index, line) in lines.iter().enumerate().skip(at).take(CURL_LINES) {
        open ^= line.matches('\'').count() % 2 == 1;
        if !open && !line.trim_end().ends_with('\\') {
            return index + 1;
        }
    }
    (at + CURL_LINES).min(lines.len())
}

/// Markdown clippers put the address into front matter.
fn front_matter(lines: &[&str]) -> (Option<String>, usize) {
    if lines.first().map(|l| l.trim()) != Some("---") {
        return (None, 0);
    }
    let Some(end) = lines.iter().take(50).skip(1).position(|l| l.trim() == "---") else { return (None, 0) };
    let value = |line: &&str| {
        let (key, value) = line.split_once(':')?;
        let named = matches!(key.trim(), "source" | "url");
        let value = value.trim().trim_matches(['"', '\'']);
        (named && value.starts_with("https://")).then(|| value.to_owned())
    };
    (lines[1..=end].iter().find_map(value), end + 2)
}
