//! Doc comments and texts in quotes of Rust sources.
//!
//! `proc_macro2` reads the tokens, so that macros, raw strings and doc comments in odd places need no special case.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

use super::{Kind, Paragraph, markdown};

/// The paragraphs of a source. In generated files, what stands in macros is public.
///
/// # Errors
/// A file that is not Rust.
pub(super) fn paragraphs(file: &str, source: &str, generated: bool) -> Result<Vec<Paragraph>, String> {
    let tokens = TokenStream::from_str(source).map_err(|e| format!("{file}: {e}"))?;
    let mut reader = Reader { file, found: Vec::new(), inner: Block::default() };
    let facade = generated || file == "src/lib.rs";
    reader.walk(tokens, generated, facade);
    Ok(reader.found)
}

struct Reader<'f> {
    file: &'f str,
    found: Vec<Paragraph>,
    /// Lines of the `//!` comment at hand.
    inner: Block,
}

/// Lines of a comment, with their places.
#[derive(Default)]
struct Block(Vec<(usize, String)>);

impl Reader<'_> {
    /// Reads the tokens of a file or of a group in it. `public` is whether plain fields and variants in it are.
    fn walk(&mut self, tokens: TokenStream, public: bool, facade: bool) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut outer = Block::default();
        let mut visible = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            let next = tokens.get(at);
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    let inner = matches!(next, Some(TokenTree::Punct(bang)) if bang.as_char() == '!');
                    at += usize::from(inner);
                    let Some(TokenTree::Group(attribute)) = tokens.get(at) else { continue };
                    at += 1;
                    if let Some(line) = doc(attribute) {
                        let block = if inner { &mut self.inner } else { &mut outer };
                        block.0.push(line);
                    } else if is_test(attribute) {
                        at += skipped(tokens.get(at..).unwrap_or_default());
                    } else {
                        self.walk(attribute.stream(), false, false);
                    }
                    continue;
                }
                TokenTree::Group(group) => {
                    let fields = group.delimiter() == Delimiter::Brace;
                    self.walk(group.stream(), fields && (visible || public && facade), facade);
                    visible = false;
                }
                TokenTree::Literal(literal) => self.literal(literal),
                TokenTree::Ident(word) => {
                    let restricted =
                        matches!(next, Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
                    let word = word.to_string();
                    let shown = word == "pub" && !restricted || public && !ITEMS.contains(&word.as_str());
                    if !outer.0.is_empty() {
                        self.close(&std::mem::take(&mut outer), shown);
                    }
                    if word == "pub" {
                        visible = !restricted;
                    } else if matches!(word.as_str(), "fn" | "mod" | "impl" | "struct") {
                        visible = false;
                    }
                }
                TokenTree::Punct(_) => {}
            }
            let inner = std::mem::take(&mut self.inner);
            self.close(&inner, facade);
        }
        let inner = std::mem::take(&mut self.inner);
        self.close(&inner, facade);
    }

    fn close(&mut self, block: &Block, public: bool) {
        let text: Vec<_> = block.0.iter().map(|(_, line)| line.strip_prefix(' ').unwrap_or(line)).collect();
        let line_of = |line: usize| block.0.get(line.saturating_sub(1)).map_or(1, |(line, _)| *line);
        self.found.extend(markdown::paragraphs(self.file, &text.join("\n"), &line_of, &Kind::Doc(public)));
    }

    /// A text in quotes that has more than one word.
    fn literal(&mut self, literal: &Literal) {
        let written = literal.to_string();
        let text = written.trim_start_matches('r').trim_matches('#');
        if text.starts_with('"') && text.contains(' ') {
            let line = literal.span().start().line;
            let text = text.trim_matches('"').replace("\\n", "\n").replace("\\\"", "\"");
            let lines = vec![(0, line)];
            self.found.push(Paragraph { file: self.file.to_owned(), line, kind: Kind::Literal, text, lines });
        }
    }
}

/// Words that begin an item, which is private without `pub`.
const ITEMS: &[&str] = &[
    "async",
    "const",
    "enum",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
];

/// The text of `#[doc = "..."]`, which is how a doc comment arrives, and its line.
fn doc(attribute: &Group) -> Option<(usize, String)> {
    let mut tokens = attribute.stream().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(_)), Some(TokenTree::Literal(text))) =
        (tokens.next(), tokens.next(), tokens.next())
    else {
        return None;
    };
    (name == "doc").then(|| {
        let text = text.to_string();
        let unescaped = serde_json::from_str::<String>(&text).unwrap_or_else(|_| text.replace("\\'", "'"));
        (attribute.span().start().line, unescaped.trim_matches('"').to_owned())
    })
}

/// `#[cfg(test)]`.
fn is_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)"
}

/// How many tokens the item has that begins here: up to its braces or semicolon.
fn skipped(tokens: &[TokenTree]) -> usize {
    let end = tokens.iter().position(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    });
    end.map_or(tokens.len(), |end| end + 1)
}
