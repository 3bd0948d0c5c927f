//! A saved page in a neutral form: texts, tables and code, each with its line.
//!
//! Problem: the same page is saved as plain text, as HTML by a browser or as Markdown, and what it states must not
//! depend on that. [`read`] finds out the format by itself and gives the blocks of the page in their order. Marks
//! that only look (bold, links, non-breaking spaces) are gone; what a block means is left to the readers of the families.

mod clean;
mod frameless;
mod html;
mod lines;
mod mhtml;
mod pipes;

use std::borrow::Cow;

/// A page as it was saved.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The page's address, if the saved page names it.
    pub url: Option<String>,
    /// What the page holds, in order.
    pub blocks: Vec<Block>,
    /// The page has more tables, rows or blocks than are read.
    pub is_cut: bool,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its first line, counted from 1.
    pub line: usize,
    /// What it is.
    pub content: Content,
}

/// What a part of a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A paragraph, a heading (`level` from 1 to 6, else 0) or an item of a list (begins with `• `).
    Text {
        /// The text, on one line.
        text: String,
        /// The level of a heading; 0 where the format marks none.
        level: u8,
    },
    /// A table, with its header where it has one.
    Table(Vec<Row>),
    /// Code or an example, as it stands.
    Code(String),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line.
    pub line: usize,
    /// Its cells; line feeds separate the paragraphs of a cell.
    pub cells: Vec<String>,
}

/// The most tables of a page; the largest reference of a whole service has a few thousand.
pub(crate) const MAX_TABLES: usize = 100_000;
/// The most rows of all its tables.
pub(crate) const MAX_ROWS: usize = 400_000;
/// The most tables, lines of text and pieces of code.
pub(crate) const MAX_BLOCKS: usize = 1_000_000;

/// The blocks of a page, as far as they were read.
#[derive(Debug, Default)]
struct Blocks {
    list: Vec<Block>,
    tables: usize,
    rows: usize,
}

impl Blocks {
    fn push(&mut self, block: Block) {
        if let Content::Table(rows) = &block.content {
            self.tables += 1;
            self.rows += rows.len();
        }
        self.list.push(block);
    }

    /// Whether the page has more than is read.
    fn is_full(&self) -> bool {
        self.tables > MAX_TABLES || self.rows > MAX_ROWS || self.list.len() > MAX_BLOCKS
    }
}

impl Block {
    /// Counts lines that stand before what was read.
    fn move_down(&mut self, lines: usize) {
        self.line += lines;
        if let Content::Table(rows) = &mut self.content {
            rows.iter_mut().for_each(|row| row.line += lines);
        }
    }

    /// The text of a text block.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Content::Text { text, .. } = &self.content { Some(text) } else { None }
    }
}

/// Reads a saved page.
#[must_use]
pub fn read(file: &str, text: &str) -> Document {
    let text = text.trim_start_matches('\u{feff}');
    // Some editors end lines with a carriage return alone.
    let lone = text.contains('\r') && !text.contains('\n');
    let text = if lone { Cow::Owned(text.replace('\r', "\n")) } else { Cow::Borrowed(text) };
    let text = text.as_ref();
    let (url, blocks) = match mhtml::html(text) {
        Some((html, before)) => {
            let (url, mut blocks) = html::read(&html);
            blocks.list.iter_mut().for_each(|block| block.move_down(before));
            (url, blocks)
        }
        None if is_html(text) => html::read(text),
        None => lines::read(text),
    };
    let is_cut = blocks.is_full();
    Document { file: file.to_owned(), url, blocks: blocks.list, is_cut }
}

/// Whether a text is HTML: it begins with a tag that Markdown does not begin with, or its beginning has one of the tags
/// that every saved page has.
fn is_html(text: &str) -> bool {
    let end = text.char_indices().nth(4096).map_or(text.len(), |(at, _)| at);
    let beginning = text[..end].trim_start().to_ascii_lowercase();
    let page = ["<!doctype html", "<html", "<body", "<head"].iter().any(|t| beginning.contains(t));
    let part =
        ["<h1", "<h2", "<h3", "<h4", "<div", "<p>", "<p ", "<table", "<section", "<article", "<main", "<ul"];
    beginning.starts_with('<') && (page || part.iter().any(|t| beginning.contains(t)))
}
