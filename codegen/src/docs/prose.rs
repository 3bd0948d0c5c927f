//! Prose of specs as Markdown that says the same.
//!
//! Problem: rustdoc takes brackets for links, `<name>` for a tag, and a fence or an indented line for a test to compile;
//! it warns of a bare address and of a backtick without its pair. Default: only code spans, lists and paragraphs keep
//! their meaning, an address becomes a link, and everything else is shown as it is written. Override: none.

/// Escapes prose.
pub(crate) fn escape(text: &str) -> String {
    let text = without_fences(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let next = rest[c.len_utf8()..].chars().next();
        let length = match c {
            '`' => backticks(rest, &mut out),
            'h' if !out.ends_with(char::is_alphanumeric) => address(rest, &mut out),
            ' ' | '\t' => {
                out.push(' ');
                rest.len() - rest.trim_start_matches([' ', '\t']).len()
            }
            _ => {
                if is_markup(c, next, &out) {
                    out.push('\\');
                }
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// A value as a code span: on one line, with more backticks around it than inside.
pub(crate) fn code(value: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let value: String = value.chars().map(shown).collect();
    match value.as_str() {
        "" => "`\"\"`".to_owned(),
        value if !value.contains('`') => format!("`{value}`"),
        value if !value.contains("``") => format!("`` {value} ``"),
        value => format!("`{}`", value.replace('`', "'")),
    }
}

/// Runs of three or more backticks or tildes begin a block of code, which rustdoc would compile as a test.
fn without_fences(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(c).len();
        let fence = matches!(c, '`' | '~') && run >= 3;
        out.push_str(if fence { " " } else { &rest[..run] });
        rest = &rest[run..];
    }
    out
}

/// Copies a code span, or shows backticks that begin none; returns how much it took.
fn backticks(rest: &str, out: &mut String) -> usize {
    let run = rest.len() - rest.trim_start_matches('`').len();
    let fence = &rest[..run];
    let paragraph = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
    let Some(end) = closing(paragraph, fence) else {
        out.push_str(&"\\`".repeat(run));
        return run;
    };
    let inside: Vec<_> = rest[run..end].split_whitespace().collect();
    if inside.is_empty() {
        return end + run;
    }
    out.push_str(&rest[..end + run].replace('\n', " "));
    end + run
}

/// Where the span that `paragraph` begins with ends: at a run of as many backticks.
fn closing(paragraph: &str, fence: &str) -> Option<usize> {
    let mut from = fence.len();
    while let Some(found) = paragraph.get(from..)?.find('`').map(|at| from + at) {
        let run = paragraph[found..].len() - paragraph[found..].trim_start_matches('`').len();
        if run == fence.len() {
            return Some(found);
        }
        from = found + run;
    }
    None
}

/// Copies an address as a link, or the one letter; returns how much it took.
fn address(rest: &str, out: &mut String) -> usize {
    let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"));
    if !host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric())) {
        out.push('h');
        return 1;
    }
    let end = |c: char| c.is_whitespace() || c.is_control() || "<>\"`[]\\".contains(c);
    let whole = &rest[..rest.find(end).unwrap_or(rest.len())];
    let address = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '_']);
    out.push_str(&format!("<{address}>"));
    address.len()
}

/// Whether a character means something to rustdoc here that prose does not mean.
fn is_markup(c: char, next: Option<char>, before: &str) -> bool {
    let starts_line = before.is_empty() || before.ends_with('\n');
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '[' | ']' | '<' | '>' | '~' => true,
        '\\' => next.is_none_or(|next| next == '\n' || next.is_ascii_punctuation()),
        '*' => !(next.is_none_or(char::is_whitespace)),
        '_' => !(word(before.chars().next_back()) && word(next)),
        '&' => word(next) || next == Some('#'),
        '#' => starts_line,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{code, escape};

    #[test]
    fn prose_says_the_same() {
        for (text, markdown) in [
            ("a [b] <c>", r"a \[b\] \<c\>"),
            ("a `[b]` <c>", r"a `[b]` \<c\>"),
            ("a ``[`]`` b", "a ``[`]`` b"),
            ("open ` [x]", r"open \` \[x\]"),
            ("`a\n\nb`", "\\`a\n\nb\\`"),
            ("`a\nb`", "`a b`"),
            (r"a \[x\]", r"a \\\[x\\\]"),
            ("```rust\nx\n```", " rust\nx\n "),
            ("~~~\nx", " \nx"),
            ("-     code\n\tcode", "- code\n code"),
            ("See https://example.com/a?b=[c].", r"See <https://example.com/a?b=>\[c\]."),
            ("(http://example.com/x)", "(<http://example.com/x>)"),
            ("https://{endpoint}/v3", "https://{endpoint}/v3"),
            ("`https://example.com`", "`https://example.com`"),
            ("# of items", r"\# of items"),
            ("a*b*c and * or *x*", r"a\*b\*c and * or \*x*"),
            ("a_b _c_", r"a_b \_c\_"),
            ("&lt; & co", r"\&lt; & co"),
            ("~x~", r"\~x\~"),
        ] {
            assert_eq!(escape(text), markdown, "{text}");
        }
    }

    #[test]
    fn a_value_is_a_span_whatever_is_in_it() {
        for (value, shown) in
            [("a", "`a`"), ("", "`\"\"`"), ("a`b", "`` a`b ``"), ("a``b", "`a''b`"), ("a\nb", r"`a\nb`")]
        {
            assert_eq!(code(value), shown);
            assert_eq!(escape(shown), shown, "a span stays as it is");
        }
    }
}
