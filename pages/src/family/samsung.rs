//! Pages of the Samsung Cloud Platform API reference, and the print view of a section with all operations.
//!
//! A page names schemas and shows one sample of each, so bodies are read from samples. The print view begins with
//! an index: an operation that is in the index and not on the page tells that the page was cut.

mod borderless;

use std::collections::{BTreeMap, BTreeSet};

use super::leftover::Leftover;
use super::{Found, route};
use crate::document::{Block, Content, Document, Row};
use crate::example;
use crate::facts::{Body, Example, Field, Gap, Operation, Parameter, Place, Response};
use crate::grid::{Columns, Grid};
use crate::types;
use crate::words::{self, Column, Mark, Section, required, said, section};

/// Words for states in which a version is or will be withdrawn.
const WITHDRAWN: [&str; 9] =
    ["DEPRECATED", "RETIRED", "INACTIVE", "EOS", "EOL", "OBSOLETE", "DISCONTINUED", "WITHDRAWN", "SUNSET"];

/// Headers of the sample that belong to HTTP itself.
const PLAIN: [&str; 2] = ["content-type", "accept"];

#[derive(Default)]
struct SamsungReader {
    found: Found,
    operation: Option<Operation>,
    title: Option<String>,
    version: Option<String>,
    /// Titles of the index, and their lines.
    index: BTreeMap<String, usize>,
    section: Option<Section>,
    /// The line of the section's heading.
    section_line: usize,
    /// What the section has beside its tables.
    leftover: Leftover,
    /// The status of the example that follows.
    status: Option<u16>,
    columns: Option<Columns>,
    /// What the overview says of each version: its state, and until when it is served.
    versions: BTreeMap<String, (Option<String>, Option<String>)>,
}

pub(super) fn read(document: &Document) -> Found {
    let mut reader = SamsungReader::default();
    let mut at = 0;
    while let Some(block) = document.blocks.get(at) {
        at += 1;
        match &block.content {
            Content::Text { text, level } => {
                at += reader.text(block.line, text, *level, &document.blocks[at - 1..])
            }
            Content::Table(rows) => reader.table(block.line, rows),
            Content::Code(code) => reader.code(block.line, code),
        }
    }
    reader.finish()
}

impl SamsungReader {
    /// Reads a text, the first of some blocks; returns how many of the blocks after it belong to it.
    fn text(&mut self, line: usize, text: &str, level: u8, blocks: &[Block]) -> usize {
        if let Some(table) = borderless::table(blocks) {
            self.table(line, &table.rows);
            self.found.gaps.extend(table.unread.into_iter().map(|(line, what)| Gap::unread(line, what)));
            return table.taken - 1;
        }
        let listed = self.operation.is_some() && text.starts_with('•');
        if let Some((number, title)) = numbered(text).filter(|_| !listed) {
            self.close();
            self.heading(line, number, title, text.starts_with('•'));
        } else if let Some((method, path)) = route(text) {
            self.close();
            let (title, version) = (self.title.clone(), self.version.clone());
            self.operation = Some(Operation { line, method, path, title, version, ..Operation::default() });
            self.section = None;
        } else if let Some(section) = section(text) {
            self.section_ends();
            (self.section, self.columns, self.status) = (Some(section), None, None);
            self.section_line = line;
        } else if self.section == Some(Section::RequestHeader) || is_header(text) {
            self.header(line, text);
        } else if let Some(status) = words::after(Mark::Response, text) {
            self.status = status.trim().parse().ok();
        } else if let Some(state) = self.state_in(text) {
            self.operation.iter_mut().for_each(|operation| operation.state = Some(state.clone()));
        } else if self.states_facts() {
            if is_row(text) { self.leftover.add_facts(line, text) } else { self.leftover.add(line, text) }
        } else if words::header_line(text).is_some_and(|columns| columns.len() > 2) {
            let message = format!("`{text}` looks like the header of a table whose cells cannot be found");
            self.found.gaps.push(Gap::unread(line, message));
        } else if level == 1 && self.operation.is_none() && self.title.is_none() {
            self.title = Some(text.to_owned());
        } else if let Some(operation) = &mut self.operation {
            let describes = matches!(self.section, None | Some(Section::State | Section::Function));
            operation.deprecated |= describes && words::is_deprecated(text);
        }
        0
    }

    /// Whether the section has tables of an operation's facts.
    fn states_facts(&self) -> bool {
        self.operation.is_some() && matches!(self.section, Some(Section::Parameters | Section::Responses))
    }

    /// A section ends: what was not read of it is reported. Every operation has responses.
    fn section_ends(&mut self) {
        let told = self.leftover.take();
        let empty = self.operation.as_ref().is_some_and(|operation| operation.responses.is_empty());
        let lost = empty && self.section == Some(Section::Responses);
        let lost = lost.then(|| Gap::unread(self.section_line, "no response was found below the heading"));
        self.found.gaps.extend(told.or(lost));
    }

    /// `State ACTIVE (CURRENT)`, or what stands under `State`.
    fn state_in(&self, text: &str) -> Option<String> {
        let label = text.split_once([' ', ':']).filter(|(label, _)| section(label) == Some(Section::State));
        let below = (self.section == Some(Section::State)).then_some(text);
        let state = label.map(|(_, state)| state.trim_start_matches([':', ' '])).or(below)?;
        let shaped = state.chars().all(|c| c.is_ascii_uppercase() || " ()_-".contains(c)) && state.len() < 60;
        shaped.then(|| state.to_owned())
    }

    /// `1 - Title`, `1.1 - 1.0`, and the same with a colon in the index.
    fn heading(&mut self, line: usize, number: &str, title: &str, listed: bool) {
        let version = number.contains('.') && is_version(title);
        match (version, listed) {
            (false, true) if !number.contains('.') => _ = self.index.insert(title.to_owned(), line),
            (false, false) => (self.title, self.version) = (Some(title.to_owned()), None),
            (true, false) => self.version = Some(title.to_owned()),
            (_, true) => {}
        }
    }

    fn table(&mut self, line: usize, rows: &[Row]) {
        let inside = self.states_facts();
        self.leftover.read();
        let Some(grid) = Grid::read(rows, self.columns.as_ref()) else {
            if inside {
                self.found.gaps.push(Gap::unread(line, "the columns of the table are not known"));
            }
            return;
        };
        if grid.has(Column::Version) {
            return grid.rows.iter().for_each(|row| self.served(&grid, row));
        }
        for row in &grid.rows {
            match self.section {
                Some(Section::Responses) => self.response(&grid, row),
                _ if grid.has(Column::Type) && grid.has(Column::Name) => self.parameter(&grid, row),
                _ if grid.has(Column::Code) => self.response(&grid, row),
                _ => {}
            }
        }
        self.columns = Some(grid.columns);
    }

    /// A row of a table of versions: of one operation, or of all in the overview.
    fn served<'r>(&mut self, grid: &Grid<'r>, row: &'r Row) {
        let cell =
            |column| grid.cell(row, column).filter(|cell| !borderless::is_nothing(cell)).map(str::to_owned);
        let Some(version) = cell(Column::Version) else { return };
        let (state, until) = (cell(Column::State), cell(Column::Until));
        match &mut self.operation {
            Some(operation) => operation.until = until,
            None => _ = self.versions.insert(version, (state, until)),
        }
    }

    fn parameter<'r>(&mut self, grid: &Grid<'r>, row: &'r Row) {
        let Some(operation) = &mut self.operation else { return };
        let (place, name) = (grid.cell(row, Column::Type), grid.cell(row, Column::Name));
        let (Some(place), Some(name)) = (place, name) else {
            return self.found.gaps.push(Gap::cut(row.line, row.cells.first().map_or("", String::as_str)));
        };
        // An empty cell may be left out before the schema of a body.
        let last = row.cells.iter().rev().find_map(|cell| said(cell)).unwrap_or_default();
        let place = match place.to_lowercase().as_str() {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            "body" => {
                let schema = grid.cell(row, Column::Schema).filter(|s| !s.is_empty()).unwrap_or(last);
                let schema = types::read(schema).ty.object().map(str::to_owned);
                let body = Body { line: row.line, schema, sampled: true, ..Body::default() };
                operation.request = Some(body);
                return;
            }
            other => {
                let message = format!("the row has `{other}` where a place belongs");
                return self.found.gaps.push(Gap::unread(row.line, message));
            }
        };
        let schema = grid.cell(row, Column::Schema).unwrap_or_default();
        if schema.is_empty() {
            self.found.gaps.push(Gap::cut(row.line, name));
        }
        let stated = types::read(schema);
        let (name, need) = name.rsplit_once([' ', '\n']).unwrap_or((name, ""));
        let description = grid.cell(row, Column::Description).unwrap_or_default();
        let example = description.lines().find_map(example_in);
        let field = Field {
            line: row.line,
            name: name.trim().to_owned(),
            ty: stated.ty,
            nullable: stated.nullable,
            values: stated.values,
            required: required(need),
            default: Some(grid.cell(row, Column::Default).and_then(said).unwrap_or_default().to_owned()),
            deprecated: words::is_deprecated(description),
            example: example.and_then(said).map(str::to_owned),
            ..Field::default()
        };
        operation.parameters.push(Parameter { place, sampled: false, field });
    }

    fn response<'r>(&mut self, grid: &Grid<'r>, row: &'r Row) {
        let Some(operation) = &mut self.operation else { return };
        let Some(status) = grid.cell(row, Column::Code).and_then(|code| code.trim().parse().ok()) else {
            return self.found.gaps.push(Gap::unread(row.line, "the row has no status"));
        };
        let schema = grid.cell(row, Column::Schema).and_then(said).map(types::read);
        let body = schema.map(|stated| Body {
            line: row.line,
            schema: stated.ty.object().map(str::to_owned),
            sampled: true,
            ..Body::default()
        });
        operation.responses.push(Response { line: row.line, status: Some(status), body });
    }

    fn code(&mut self, line: usize, code: &str) {
        let response = match self.section {
            Some(Section::RequestHeader) => {
                code.lines().enumerate().for_each(|(at, text)| self.header(line + at, text));
                return;
            }
            Some(Section::RequestBody) => None,
            Some(Section::HttpResponseExample) => Some(self.status),
            _ if self.states_facts() => return self.leftover.add_code(line, code),
            _ => return,
        };
        if let Some(operation) = &mut self.operation {
            example::add(operation, &mut self.found.gaps, (line, code), response);
        }
    }

    /// `"Scp-Api-Version = mariadb 1.0",`
    fn header(&mut self, line: usize, text: &str) {
        let Some(operation) = &mut self.operation else { return };
        let text = text.trim().trim_end_matches(',').trim_matches('"');
        let Some((name, value)) = text.split_once('=') else { return };
        if operation.parameters.iter().any(|p| p.place == Place::Header && p.field.name == name.trim()) {
            return;
        }
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() || name.contains(' ') || PLAIN.contains(&name.to_ascii_lowercase().as_str()) {
            return;
        }
        if name.eq_ignore_ascii_case("Scp-Api-Version")
            && let Some((product, version)) = value.split_once(' ')
        {
            operation.product = Some(product.to_lowercase());
            operation.version = Some(version.to_owned());
        }
        let field =
            Field { line, name: name.to_owned(), example: Some(value.to_owned()), ..Field::default() };
        operation.parameters.push(Parameter { place: Place::Header, sampled: true, field });
    }

    /// The operation is complete: what its samples show becomes the properties of its bodies.
    fn close(&mut self) {
        self.section_ends();
        let Some(mut operation) = self.operation.take() else { return };
        let sample =
            |of: &dyn Fn(&Example) -> bool| operation.examples.iter().find(|e| of(e)).map(example::fields);
        let request = sample(&|e| e.response.is_none());
        for response in &mut operation.responses {
            let status = response.status;
            if let (Some(body), Some(fields)) = (&mut response.body, sample(&|e| e.response == Some(status)))
            {
                body.fields = fields;
            }
        }
        if let Some(fields) = request {
            let line = operation.examples.first().map_or(operation.line, |e| e.line);
            let body = || Body { line, sampled: true, ..Body::default() };
            operation.request.get_or_insert_with(body).fields = fields;
        }
        self.found.operations.push(operation);
        self.section = None;
    }

    fn finish(mut self) -> Found {
        self.close();
        self.inherit();
        self.found.whole = !self.index.is_empty();
        let titles: BTreeSet<&String> =
            self.found.operations.iter().filter_map(|o| o.title.as_ref()).collect();
        for (title, line) in &self.index {
            if !titles.contains(title) {
                let message = format!("the index lists `{title}`, but the page does not have it");
                self.found.gaps.push(Gap { line: *line, rule: "page-cut", message });
            }
        }
        self.found
    }
}

impl SamsungReader {
    /// A page is about one product: an operation that does not name it, or its version, has those of the others.
    fn inherit(&mut self) {
        let all = &self.found.operations;
        let products: BTreeSet<String> = all.iter().filter_map(|o| o.product.clone()).collect();
        let versions: BTreeSet<String> = all.iter().filter_map(|o| o.version.clone()).collect();
        for operation in &mut self.found.operations {
            if products.len() == 1 && operation.product.is_none() {
                operation.product = products.first().cloned();
            }
            if versions.len() == 1 && operation.version.is_none() {
                operation.version = versions.first().cloned();
            }
            let served = operation.version.as_ref().and_then(|version| self.versions.get(version));
            if let Some((state, until)) = served {
                operation.state = operation.state.take().or(state.clone());
                operation.until = operation.until.take().or(until.clone());
            }
            let marked = operation.title.take().map(|title| words::unmarked_title(&title));
            let (title, marked) = marked.map_or((None, false), |(title, marked)| (Some(title), marked));
            operation.title = title;
            let state = operation.state.as_deref().unwrap_or_default();
            let withdrawn =
                state.split(|c: char| !c.is_ascii_uppercase()).any(|word| WITHDRAWN.contains(&word));
            operation.deprecated |= marked || withdrawn || operation.until.is_some();
        }
    }
}

/// `query; size optional; ...`, `202 Accepted AsyncResponse`: a row whose cells were not found.
fn is_row(text: &str) -> bool {
    let text = text.trim_start_matches(['•', '-', '*', ' ']);
    let place = ["path", "query", "header", "body"].into_iter().find_map(|place| text.strip_prefix(place));
    let status =
        text.split_at_checked(3).filter(|(code, _)| code.parse().is_ok_and(|c: u16| (100..600).contains(&c)));
    place.or(status.map(|(_, rest)| rest)).is_some_and(|rest| !rest.is_empty())
}

/// The example in `Example : 7`, in whatever language.
fn example_in(line: &str) -> Option<&str> {
    words::words_for(Mark::Example).find_map(|word| {
        let at = line.to_lowercase().find(word)?;
        let rest = line.get(at + word.len()..)?.trim_start();
        rest.strip_prefix(':')
    })
}

/// `"Scp-Api-Version = mariadb 1.0",` wherever it stands.
fn is_header(text: &str) -> bool {
    let text = text.trim().trim_start_matches('"');
    text.starts_with("Scp-") && text.split_once('=').is_some_and(|(name, _)| !name.trim().contains(' '))
}

fn is_version(text: &str) -> bool {
    let text = text.trim_start_matches('v');
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Number and title of `1 - Title`, `1.1 - 1.0` or, in the index, `• 1: Title`.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let (bare, mark) = text.strip_prefix("• ").map_or((text, " - "), |bare| (bare, ": "));
    let (number, title) = bare.split_once(mark)?;
    let digits = number.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    (digits && number.len() < 10).then_some((number, title.trim()))
}
