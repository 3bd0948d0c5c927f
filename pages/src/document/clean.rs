//! Text without what only changes its looks.

use std::borrow::Cow;

/// One line of text: spaces of all kinds become one, marks of Markdown go.
pub(super) fn text(raw: &str) -> String {
    if is_clean(raw) {
        return raw.trim_matches(' ').to_owned();
    }
    let mut out = raw.to_owned();
    if out.contains('<') {
        out = tags(&out);
    }
    if out.contains('&') {
        out = entities(&out);
    }
    out = spaces(&out);
    if out.contains('*') {
        out = bold(&out);
    }
    if out.contains(']') {
        out = links(&out);
    }
    if out.contains('\\') {
        out = escapes(&out);
    }
    if out.contains('`') {
        out = out.replace('`', "");
    }
    out.trim().to_owned()
}

/// Whether a line has nothing but plain letters and marks with single spaces between them.
fn is_clean(raw: &str) -> bool {
    let mut space = false;
    raw.bytes().all(|byte| {
        let again = space && byte == b' ';
        space = byte == b' ';
        (b' '..=b'~').contains(&byte) && !again && !matches!(byte, b'<' | b'&' | b'*' | b']' | b'\\' | b'`')
    })
}

/// A cell: as text, but paragraphs stay apart.
pub(super) fn cell(raw: &str) -> String {
    let broken = |raw: &str| raw.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
    if is_clean(raw) {
        return raw.trim_matches(' ').to_owned();
    }
    let raw = if raw.contains('<') { Cow::Owned(broken(raw)) } else { Cow::Borrowed(raw) };
    let lines = raw.split('\n').map(text).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Code with the spaces that its language knows.
pub(super) fn code(raw: &str) -> String {
    raw.chars().filter(|c| !invisible(*c)).map(|c| if blank(c) && c != '\n' { ' ' } else { c }).collect()
}

/// Characters that HTML writes as names or numbers, also in text that was saved from it.
fn entities(text: &str) -> String {
    const NAMED: [(&str, &str); 11] = [
        ("nbsp", "\u{a0}"),
        ("lt", "<"),
        ("gt", ">"),
        ("amp", "&"),
        ("quot", "\""),
        ("apos", "'"),
        ("ensp", " "),
        ("emsp", " "),
        ("ndash", "–"),
        ("le", "≤"),
        ("ge", "≥"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let name = after.split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        let known = named.or_else(|| number.and_then(char::from_u32).map(String::from));
        match known.filter(|_| after[name.len()..].starts_with(';')) {
            Some(known) => {
                out.push_str(&known);
                rest = &after[name.len() + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

/// Markdown has tags of HTML for anchors and looks. Other text in angle brackets stays, such as `<Project ID>`.
fn tags(text: &str) -> String {
    const LOOKS: [&str; 18] = [
        "a", "b", "i", "em", "strong", "span", "sup", "sub", "code", "u", "font", "p", "div", "br", "br/",
        "ul", "li", "img",
    ];
    const BREAKS: [&str; 6] = ["p", "div", "br", "br/", "ul", "li"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let end = after.bytes().take(300).position(|byte| matches!(byte, b'<' | b'>'));
        let end = end.filter(|end| after.as_bytes()[*end] == b'>');
        let name = after.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
        let looks = LOOKS.contains(&name.to_ascii_lowercase().as_str());
        // `<a>` may be a placeholder; `<a name="x">`, `</a>` and `<b>` are not.
        let anchor = name != "a" || after.starts_with('/') || after.starts_with("a ");
        match end.filter(|_| looks && anchor) {
            Some(end) => {
                if BREAKS.contains(&name.to_ascii_lowercase().as_str()) {
                    out.push(' ');
                }
                rest = &after[end + 1..];
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{2007}' || c == '\u{202f}'
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn spaces(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut gap = false;
    for c in raw.chars().filter(|c| !invisible(*c)) {
        if blank(c) {
            gap = !out.is_empty();
        } else {
            if gap {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// Drops pairs of `**` around a run of text. Masked values such as `ob317v4uif****` stay: there the stars touch
/// a letter or another star.
fn bold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("**") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let opens = !before.ends_with(|c: char| c.is_alphanumeric() || c == '*');
        let run = after.split_once("**").map(|(run, tail)| (run.trim(), tail));
        match run
            .filter(|(run, tail)| opens && !run.is_empty() && !run.contains('*') && !tail.starts_with('*'))
        {
            Some((run, tail)) => {
                out.push_str(before);
                out.push_str(run);
                rest = tail;
            }
            None => {
                let stars = rest[at..].len() - rest[at..].trim_start_matches('*').len();
                out.push_str(&rest[..at + stars]);
                rest = &rest[at + stars..];
            }
        }
    }
    out + rest
}

/// `[text](address)` becomes `text`.
fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        out.push_str(before[..open].trim_end_matches('!'));
        out.push_str(&before[open + 1..]);
        rest = &after[close + 1..];
    }
    out + rest
}

/// Drops the backslash that Markdown puts before punctuation.
fn escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(|next| "_*{}[]()#+-.!|<>~".contains(*next)) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn looks_go_and_words_stay() {
        for (raw, clean) in [
            ("\u{a0}a\u{a0}\u{200b}b  c\t", "a b c"),
            ("** Value range**:", "Value range:"),
            ("**Yes**", "Yes"),
            ("from **1** to **9**", "from 1 to 9"),
            ("ob317v4uif****", "ob317v4uif****"),
            ("********", "********"),
            ("dc302d76-66b5-****-****-8a2e", "dc302d76-66b5-****-****-8a2e"),
            ("Array of [Cluster](#t4) objects", "Array of Cluster objects"),
            ("project\\_id", "project_id"),
            ("`port`", "port"),
            ("**open", "**open"),
            ("a&nbsp;&lt;b&gt; &amp;&#160;c &unknown; & d", "a <b> & c &unknown; & d"),
            ("URI<a name=\"section1\"></a>", "URI"),
            ("<Project ID> <b>x</b>", "<Project ID> x"),
            ("<div>a</div><div>b</div>", "a b"),
        ] {
            assert_eq!(text(raw), clean, "{raw}");
        }
    }
}
