//! One printable line from any text of a server.
//!
//! Problem: error bodies are shown in logs and terminals, and may be an HTML page, contain control characters, or
//! repeat the caller's token. Default: all texts are converted by [`clean`]. Override: none; the error has the raw
//! body.

/// The maximum length of a text, in characters.
pub(crate) const TEXT_MAX: usize = 1_000;
const HTML_MAX: usize = 200;
/// The maximum size of the text for one line.
pub(crate) const READ_MAX: usize = 32_768;

/// A text for display: one short line.
pub(crate) fn one_line(text: &str) -> Option<String> {
    clean(text, 200)
}

/// The first line of a body that is not JSON; of a page in HTML its title, or the start of its text.
pub(crate) fn first_line(text: &str) -> Option<String> {
    if !text.starts_with('<') {
        return clean(text.lines().find(|line| !line.trim().is_empty())?, HTML_MAX);
    }
    let lower = text.to_ascii_lowercase();
    let between = |open: &str, close: &str| {
        let start = lower.find(open)?;
        let end = start + lower.get(start..)?.find(close)?;
        text.get(start..end).and_then(|part| clean(&strip_tags(part), HTML_MAX))
    };
    between("<title", "</title").or_else(|| {
        let text = strip_tags(text);
        clean(text.lines().find(|line| !line.trim().is_empty())?, HTML_MAX)
    })
}

/// The text between tags, without the contents of scripts and styles.
fn strip_tags(html: &str) -> String {
    let mut text = String::new();
    let mut skipping = false;
    for piece in html.split('<') {
        let (tag, after) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "script" | "style" => skipping = true,
            "/script" | "/style" => skipping = false,
            _ => {}
        }
        if !skipping {
            text.push(' ');
            text.push_str(after);
        }
    }
    text
}

/// Whether a character is invisible or changes how others are displayed, so that a text looks different from its
/// content.
pub(crate) fn is_invisible(c: char) -> bool {
    !c.is_ascii_graphic()
        && (c.is_control()
            || turns(c)
            || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'))
}

/// Whether a character changes the text direction in a terminal.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An untrusted text as a part of one line, with invisible characters escaped, and at most 200 characters.
pub(crate) fn shown(text: &str) -> String {
    const MAX: usize = 200;
    let escape = |c: char| match c {
        '"' | '\\' | '\0'..' ' => c.escape_default().to_string(),
        c if is_invisible(c) => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    let whole: String = text.chars().take(MAX + 1).map(escape).collect();
    match whole.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", whole.get(..end).unwrap_or_default()),
        None => whole,
    }
}

/// One line without control characters, tokens and surplus space, with at most `max` characters; `None` if the result
/// is empty.
pub(crate) fn clean(text: &str, max: usize) -> Option<String> {
    let visible = |c: char| match c {
        c if c.is_control() || c.is_whitespace() || turns(c) => Some(' '),
        c => Some(c).filter(|c| !is_invisible(*c)),
    };
    let spaced: String = text.chars().take(READ_MAX).filter_map(visible).collect();
    let line = without_tokens(&spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() > max {
        let start: String = line.chars().take(max.saturating_sub(1)).collect();
        return Some(format!("{}…", start.trim_end()));
    }
    (!line.is_empty()).then_some(line)
}

/// A gateway that refuses a signature returns the received request with its headers, and one of these may contain the
/// caller's token.
fn without_tokens(text: &str) -> String {
    const HEADERS: [&str; 3] = ["x-security-token:", "x-auth-token:", "x-subject-token:"];
    const SHORTEST_TOKEN: usize = 16; // shorter is a word of a sentence
    let lower = text.to_ascii_lowercase();
    let mut shown = String::new();
    let mut from = 0;
    while let Some(rest) = lower.get(from..) {
        let next = HEADERS.iter().filter_map(|header| Some(from + rest.find(header)? + header.len())).min();
        let Some(value) = next.and_then(|at| text.get(at..)) else { break };
        let start = text.len() - value.trim_start().len();
        let ends = |c: char| c == '|' || c == '"' || c == '\'' || c.is_whitespace();
        let end =
            text.get(start..).and_then(|value| value.find(ends)).map_or(text.len(), |length| start + length);
        let masked = end - start >= SHORTEST_TOKEN;
        shown.push_str(text.get(from..if masked { start } else { end }).unwrap_or_default());
        shown.push_str(if masked { "***" } else { "" });
        from = end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_the_gateway_echoes_are_masked() {
        let long = format!("x-auth-token:{}|host:h", "T".repeat(8_000));
        let rows = [
            ("GET|host:h|X-Security-Token:TOKEN0123456789abc|a", "GET|host:h|X-Security-Token:***|a"),
            ("x-subject-token:  TOKENTOKENTOKENTOKEN", "x-subject-token: ***"),
            (&long, "x-auth-token:***|host:h"),
            ("x-auth-token: missing; x-auth-token:", "x-auth-token: missing; x-auth-token:"),
        ];
        for (text, expected) in rows {
            assert_eq!(clean(text, TEXT_MAX).as_deref(), Some(expected));
        }
    }

    #[test]
    fn lines_are_short_and_printable() {
        assert_eq!(clean("a\n\tb\u{202e} \u{7}c  ", 9).as_deref(), Some("a b c"));
        assert_eq!(clean("a\u{200b}d\u{ad}m\u{feff}in\u{e0041}\u{fe0f}", 9).as_deref(), Some("admin"));
        assert_eq!(clean("\u{200b}\u{2060}", 9), None);
        assert_eq!(clean("äöüß", 4).as_deref(), Some("äöüß"));
        assert_eq!(clean("äö üß", 4).as_deref(), Some("äö…"));
        assert_eq!(clean(" \n", 4), None);
    }

    #[test]
    fn parts_of_a_line_show_what_they_hide() {
        assert_eq!(shown("a\n\"\u{200b}b"), "a\\n\\\"\\u{200b}b");
        assert_eq!(shown(&"x".repeat(200)), "x".repeat(200));
        assert_eq!(shown(&"\u{feff}".repeat(300_000)).chars().count(), 201);
    }

    #[test]
    fn html_gives_its_title_or_its_text() {
        let rows = [
            ("<HTML><TITLE>\n502 Bad\nGateway</TITLE><h1>x</h1>", Some("502 Bad Gateway")),
            ("<title></title>\n<script>if (a < b) {}</script><p>Not <b>here</b>\nmore", Some("Not here")),
            ("<title>never closed", Some("never closed")),
            ("<", None),
            ("", None),
            ("1 < 2\nmore", Some("1 < 2")),
        ];
        for (text, expected) in rows {
            assert_eq!(first_line(text).as_deref(), expected, "{text}");
        }
    }
}
