//! YAML with line numbers.
//!
//! Problem: a lint message without a line is a riddle, and the usual YAML readers drop positions, accept
//! duplicate keys and read `on` as `true`. This reader keeps the place of every node and whether a scalar
//! was quoted, and refuses what a spec never needs: anchors, aliases, tags, duplicate keys, a second
//! document, more than [`MAX_BYTES`], nesting deeper than [`MAX_DEPTH`].

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::Value as Json;

use crate::finding::{Files, Finding, Line};

/// The largest document that is read.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 64;

/// A node of a document and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// Line of the first character.
    pub line: Line,
    /// What the node holds.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text {
        /// The text itself.
        text: String,
        /// Written in quotes or as a block, so that no reader can take it for something else.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the document.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Line of the key.
    pub line: Line,
    /// The value.
    pub node: Node,
}

impl Node {
    /// The value under `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|e| e.key == key).map(|e| &e.node)
    }

    /// The entries of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text of a text node.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Value::Text { text, .. } = &self.value { Some(text) } else { None }
    }

    /// The value of a boolean node.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        if let Value::Bool(b) = self.value { Some(b) } else { None }
    }

    /// The value of an integer node.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        if let Value::Int(i) = self.value { Some(i) } else { None }
    }

    /// The same data as JSON, places forgotten.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(*b),
            Value::Int(i) => Json::from(*i),
            Value::Float(f) => Json::from(*f),
            Value::Text { text, .. } => Json::String(text.clone()),
            Value::List(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Map(entries) => {
                Json::Object(entries.iter().map(|e| (e.key.clone(), e.node.to_json())).collect())
            }
        }
    }
}

/// Reads one document and adds its file to `files`.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn read(files: &mut Files, file: &str, text: &str) -> Result<Node, Finding> {
    let line = files.add(file);
    if text.len() > MAX_BYTES {
        let message = format!("the document has {} bytes, more than {MAX_BYTES}", text.len());
        return Err(Finding::new("yaml-size", files.place(line(1)), message, "split the document"));
    }
    let mut reader = EventReader { files, line: &line, events: Parser::new_from_str(text) };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (Event::StreamEnd | Event::DocumentEnd, _) => {
                let (message, remedy) = ("the document is empty", "write a document");
                return Err(Finding::new("yaml-empty", files.place(line(1)), message, remedy));
            }
            (event, span) => {
                let root = reader.node(event, span, 0)?;
                reader.finish()?;
                return Ok(root);
            }
        }
    }
}

struct EventReader<'t> {
    files: &'t Files,
    /// The line of a number.
    line: &'t dyn Fn(usize) -> Line,
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
}

impl<'t> EventReader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Finding> {
        match self.events.next() {
            Some(Ok(event)) => Ok(event),
            Some(Err(e)) => Err(Finding::new(
                "yaml-syntax",
                self.files.place((self.line)(e.marker().line())),
                e.info().to_owned(),
                "mend the YAML at this line",
            )),
            None => Err(Finding::new(
                "yaml-syntax",
                self.files.place((self.line)(1)),
                "the document ends early",
                "mend the YAML",
            )),
        }
    }

    fn refuse(&self, rule: &'static str, span: Span, message: &str, remedy: &str) -> Finding {
        Finding::new(rule, self.files.place((self.line)(span.start.line())), message, remedy)
    }

    /// Nothing may follow the first document.
    fn finish(&mut self) -> Result<(), Finding> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentEnd, _) => {}
                (_, span) => {
                    let (message, remedy) = ("a second document begins here", "keep one document per file");
                    return Err(self.refuse("yaml-documents", span, message, remedy));
                }
            }
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Finding> {
        if depth > MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} deep");
            return Err(self.refuse("yaml-depth", span, &message, "name the inner parts and refer to them"));
        }
        let line = (self.line)(span.start.line());
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_only(anchor, tag.is_some(), span)?;
                scalar(&text, style)
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_only(anchor, tag.is_some(), span)?;
                Value::List(self.list(depth)?)
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_only(anchor, tag.is_some(), span)?;
                Value::Map(self.map(depth)?)
            }
            Event::Alias(_) => {
                let (message, remedy) = ("aliases are not used in specs", "use $ref, or write it out");
                return Err(self.refuse("yaml-anchor", span, message, remedy));
            }
            _ => return Err(self.refuse("yaml-syntax", span, "a value is missing here", "mend the YAML")),
        };
        Ok(Node { line, value })
    }

    fn plain_only(&self, anchor: usize, tagged: bool, span: Span) -> Result<(), Finding> {
        if anchor != 0 {
            let (message, remedy) = ("anchors are not used in specs", "use $ref, or write it out");
            return Err(self.refuse("yaml-anchor", span, message, remedy));
        }
        if tagged {
            let (message, remedy) = ("tags are not used in specs", "remove the tag; quote text");
            return Err(self.refuse("yaml-tag", span, message, remedy));
        }
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, Finding> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(items),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Vec<Entry>, Finding> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        loop {
            let (key, span) = match self.next()? {
                (Event::MappingEnd, _) => return Ok(entries),
                (Event::Scalar(text, _, 0, None), span) => (text.into_owned(), span),
                (_, span) => {
                    let (message, remedy) = ("a key must be plain text", "write the key as text");
                    return Err(self.refuse("yaml-key", span, message, remedy));
                }
            };
            if !seen.insert(key.clone()) {
                let message = format!("the key `{key}` stands twice in one mapping");
                return Err(self.refuse("yaml-duplicate-key", span, &message, "remove one of the two"));
            }
            let (event, at) = self.next()?;
            let node = self.node(event, at, depth + 1)?;
            entries.push(Entry { key, line: (self.line)(span.start.line()), node });
        }
    }
}

/// What a scalar means by the YAML 1.2 core schema.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text { text: text.to_owned(), quoted: true };
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::Text { text: text.to_owned(), quoted: false }),
    }
}

fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    // Eight to some readers, ten to others.
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Ok(i) = text.parse::<i64>() {
        return Some(Value::Int(i));
    }
    text.parse::<f64>().ok().filter(|f| f.is_finite()).map(Value::Float)
}

/// Whether some YAML reader would take this unquoted text for something other than text.
#[must_use]
pub fn ambiguous(text: &str) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "inf", "nan", "=", "<<"];
    let word = text.to_ascii_lowercase();
    WORDS.contains(&word.trim_start_matches(['+', '-', '.']))
        || text.starts_with(|c: char| c.is_ascii_digit())
        || text.starts_with(['-', '+', '.']) && text[1..].starts_with(|c: char| c.is_ascii_digit())
}
