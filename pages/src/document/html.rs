//! HTML as a browser saves it.
//!
//! The tokenizer reads what browsers read. A tree is not needed: blocks begin and end at tags, and a page that
//! forgets to close one loses nothing.

use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{HtmlString, Tokenizer};

use super::clean;
use super::{Block, Blocks, Content, Row};

/// What readers of the page never see, or what is no part of it.
const HIDDEN: [&str; 9] =
    ["script", "style", "noscript", "template", "svg", "title", "nav", "button", "select"];
/// Tags that end a line of text.
const BREAKS: [&str; 30] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "caption",
    "br",
    "hr",
    "tbody",
    "thead",
    "figure",
    "figcaption",
    "form",
    "body",
];

/// The address of the page, if the saved page names it, and its blocks.
pub(super) fn read(html: &str) -> (Option<String>, Blocks) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader =
        HtmlReader { lines: LineCounter { html: html.as_bytes(), at: 0, line: 1 }, ..HtmlReader::default() };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.open(&tag),
            Token::EndTag(tag) => reader.close(&name(&tag.name)),
            Token::String(text) => {
                let line = reader.lines.of(text.span.start);
                reader.text(&String::from_utf8_lossy(&text.value), line);
            }
            Token::Comment(comment) => reader.comment(&String::from_utf8_lossy(&comment.value)),
            Token::Doctype(_) | Token::Error(_) => {}
        }
        if reader.blocks.is_full() {
            break;
        }
    }
    reader.finish();
    (reader.url, reader.blocks)
}

fn name(name: &HtmlString) -> String {
    String::from_utf8_lossy(name).to_ascii_lowercase()
}

/// LineCounter of positions that only grow.
#[derive(Default)]
struct LineCounter<'t> {
    html: &'t [u8],
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn of(&mut self, position: usize) -> usize {
        if let Some(passed) = self.html.get(self.at..position) {
            self.line += passed.iter().filter(|b| **b == b'\n').count();
            self.at = position;
        }
        self.line
    }
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    line: usize,
    rows: Vec<Row>,
    /// The cell that is open, as raw text.
    cell: Option<String>,
    /// How many rows and columns the open cell takes.
    span: (usize, usize),
    /// Cells of rows before that reach into this one: column, rows left, text.
    merged: Vec<(usize, usize, String)>,
    /// How many such cells the page has so far.
    filled: usize,
}

/// The most rows or columns of a merged cell.
const SPAN: usize = 1000;
/// The most cells of a page that stand there because a cell before reaches into their rows.
const FILLED: usize = 100_000;

impl OpenTable {
    /// Adds the texts of merged cells that stand where the row has come to.
    fn fill(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some((_, left, text)) =
            self.merged.iter_mut().find(|(at, left, _)| *at == row.cells.len() && *left > 0)
            && self.filled < FILLED
        {
            self.filled += 1;
            *left -= 1;
            row.cells.push(text.clone());
        }
    }

    fn push(&mut self, text: String) {
        self.fill();
        let (rows, columns) = std::mem::replace(&mut self.span, (1, 1));
        let Some(row) = self.rows.last_mut() else { return };
        if rows > 1 && self.filled < FILLED {
            self.merged.retain(|(_, left, _)| *left > 0);
            self.merged.push((row.cells.len(), rows - 1, text.clone()));
        }
        row.cells.push(text);
        row.cells.extend(std::iter::repeat_n(String::new(), columns.saturating_sub(1)));
    }
}

#[derive(Default)]
struct HtmlReader<'t> {
    lines: LineCounter<'t>,
    url: Option<String>,
    blocks: Blocks,
    /// Text outside of tables, its line and the level of its heading.
    text: String,
    text_line: usize,
    level: u8,
    /// The hidden tag inside of which we are, and how often it is open.
    hidden: Option<(String, usize)>,
    tables: Vec<OpenTable>,
    /// How many cells stand where merged ones reach to, on the page so far.
    filled: usize,
    /// Code and its line.
    code: Option<(String, usize)>,
}

impl HtmlReader<'_> {
    fn open(&mut self, tag: &StartTag<usize>) {
        let line = self.lines.of(tag.span.start);
        let name = name(&tag.name);
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth += usize::from(*hidden == name && !tag.self_closing);
            return;
        }
        match name.as_str() {
            "link" => self.canonical(tag),
            "pre" => {
                self.flush();
                self.code = Some((String::new(), line));
            }
            "table" => {
                self.flush();
                self.tables.push(OpenTable { line, filled: self.filled, ..OpenTable::default() });
            }
            "tr" => self.row(line),
            "td" | "th" => self.cell(line, tag),
            "s" | "del" | "strike" => self.text("~~", line),
            _ if HIDDEN.contains(&name.as_str()) && !tag.self_closing => self.hidden = Some((name, 1)),
            _ if BREAKS.contains(&name.as_str()) => {
                self.line_end();
                let heading = name.strip_prefix('h').and_then(|n| n.parse().ok());
                self.level = heading.unwrap_or(0);
                if name == "li" {
                    self.text("• ", line);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth -= usize::from(hidden == name);
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match name {
            "pre" => self.code_end(),
            "table" => self.table_end(),
            "td" | "th" => self.cell_end(),
            "s" | "del" | "strike" => self.text("~~", self.text_line),
            _ if BREAKS.contains(&name) => {
                self.line_end();
                self.level = 0;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        if self.hidden.is_some() {
            return;
        }
        if let Some((code, _)) = &mut self.code {
            code.push_str(text);
        } else if let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            cell.extend(text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        } else {
            if self.text.trim().is_empty() {
                let blank = text.len() - text.trim_start().len();
                self.text_line = line + text[..blank].matches('\n').count();
            }
            self.text.push_str(text);
        }
    }

    /// A line ends here, in code, in a cell or outside of tables.
    fn line_end(&mut self) {
        if let Some((code, _)) = &mut self.code {
            if !code.is_empty() && !code.ends_with('\n') {
                code.push('\n');
            }
        } else if let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            if !cell.trim_end().ends_with('•') {
                cell.push('\n');
            }
        } else if self.text.trim() != "•" {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let text = clean::text(&std::mem::take(&mut self.text));
        if !text.is_empty() && text != "•" {
            let content = Content::Text { text, level: self.level };
            self.blocks.push(Block { line: self.text_line, content });
        }
    }

    fn row(&mut self, line: usize) {
        self.cell_end();
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.fill();
            table.rows.push(Row { line, cells: Vec::new() });
        }
    }

    fn cell(&mut self, line: usize, tag: &StartTag<usize>) {
        self.cell_end();
        let span = |name: &[u8]| -> usize {
            let value = tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).into_owned());
            value.and_then(|v| v.trim().parse().ok()).unwrap_or(1).clamp(1, SPAN)
        };
        if let Some(table) = self.tables.last_mut() {
            if table.rows.is_empty() {
                table.rows.push(Row { line, cells: Vec::new() });
            }
            table.cell = Some(String::new());
            table.span = (span(b"rowspan"), span(b"colspan").min(20));
        }
    }

    fn cell_end(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if let Some(cell) = table.cell.take() {
            table.push(clean::cell(&cell));
        }
    }

    fn table_end(&mut self) {
        self.cell_end();
        self.flush();
        let Some(mut table) = self.tables.pop() else { return };
        table.fill();
        self.filled = self.filled.max(table.filled);
        table.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        if !table.rows.is_empty() {
            self.blocks.push(Block { line: table.line, content: Content::Table(table.rows) });
        }
    }

    fn code_end(&mut self) {
        let Some((code, line)) = self.code.take() else { return };
        let blank = code.len() - code.trim_start().len();
        let line = line + code[..blank].matches('\n').count();
        let code = clean::code(code.trim());
        if !code.is_empty() {
            self.blocks.push(Block { line, content: Content::Code(code) });
        }
    }

    fn canonical(&mut self, tag: &StartTag<usize>) {
        let attribute =
            |name: &[u8]| tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).into_owned());
        if attribute(b"rel").as_deref() == Some("canonical") && self.url.is_none() {
            self.url = attribute(b"href").filter(|url| url.starts_with("https://"));
        }
    }

    /// Browsers note where a page was saved from.
    fn comment(&mut self, comment: &str) {
        let address = comment.trim().strip_prefix("saved from url=").and_then(|rest| rest.split_once(')'));
        if let Some((_, url)) = address.filter(|(_, url)| url.starts_with("https://")) {
            self.url = Some(url.trim().to_owned());
        }
    }

    fn finish(&mut self) {
        self.code_end();
        while !self.tables.is_empty() {
            self.table_end();
        }
        self.flush();
    }
}
