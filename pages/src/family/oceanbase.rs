//! Pages of the OceanBase Cloud API reference.
//!
//! One operation per page. Its parameters stand in tables under `Path`, `Query`, `Header` and `Body`, or in one
//! table without places; then the curl sample tells them. Headers that only the sample shows are facts too.

use serde_json::Value as Json;

use super::leftover::Leftover;
use super::nesting::nest;
use super::{Found, flat, path_version, route, rows, title};
use crate::document::{Block, Content, Document, Row};
use crate::example::{self, Curl};
use crate::facts::{Body, Field, Gap, Operation, Parameter, Place, Response};
use crate::grid::{Columns, Grid};
use crate::words::{self, Column, Section, section};

/// Where a table of parameters says that they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    At(Place),
    Body,
    Unsaid,
}

#[derive(Default)]
struct OceanBaseReader {
    found: Found,
    operation: Operation,
    section: Option<Section>,
    /// The level of its heading; 0 where the format marks none.
    level: u8,
    stand: Option<Stand>,
    columns: Option<Columns>,
    /// Parameters of tables without places.
    unplaced: Vec<Field>,
    curl: Curl,
    curl_line: usize,
    /// What the section has beside its tables.
    leftover: Leftover,
}

pub(super) fn read(document: &Document) -> Found {
    let mut reader = OceanBaseReader::default();
    let first = document.blocks.iter().position(|b| b.text().is_some_and(|t| section(t).is_some()));
    reader.operation.title = first.and_then(|first| title(document, first));
    let mut at = 0;
    while let Some(block) = document.blocks.get(at) {
        at += 1;
        match &block.content {
            Content::Text { text, level } => {
                at += reader.text((block.line, *level), text, &document.blocks[at - 1..])
            }
            Content::Table(rows) => reader.table(block.line, rows),
            Content::Code(code) => reader.code(block.line, code),
        }
    }
    reader.finish()
}

impl OceanBaseReader {
    /// Reads a text, the first of some blocks; returns how many of the blocks after it belong to it.
    fn text(&mut self, (line, level): (usize, u8), text: &str, blocks: &[Block]) -> usize {
        if self.states_facts()
            && words::column(text).is_some()
            && let Some((rows, taken)) = flat::table(blocks)
        {
            self.table(line, &rows);
            return taken - 1;
        }
        if self.section == Some(Section::RequestPath)
            && self.operation.path.is_empty()
            && let Some((method, path)) = route(text)
        {
            self.operation.version = path_version(&path);
            (self.operation.line, self.operation.method, self.operation.path) = (line, method, path);
        }
        let Some(section) = section(text) else {
            if level > 0 && level <= self.level {
                // A heading beside those that are known: nothing says what stands below it.
                self.section_ends();
                (self.section, self.stand, self.columns) = (Some(Section::Remark), None, None);
            }
            self.other(line, text);
            return 0;
        };
        self.section_ends();
        let stand = match section {
            Section::Path => Some(Stand::At(Place::Path)),
            Section::Query => Some(Stand::At(Place::Query)),
            Section::Header => Some(Stand::At(Place::Header)),
            Section::Body => Some(Stand::Body),
            _ => None,
        };
        self.columns = None;
        match stand {
            Some(_) if self.section == Some(Section::RequestParameters) => self.stand = stand,
            Some(_) => {}
            None => (self.section, self.stand, self.level) = (Some(section), None, level),
        }
        0
    }

    /// A section ends: what was not read of it is reported.
    fn section_ends(&mut self) {
        let denied = self.leftover.denied().filter(|_| self.section == Some(Section::ResponseParameters));
        if let Some(line) = denied.filter(|_| self.operation.responses.is_empty()) {
            self.operation.responses.push(Response { line, status: None, body: None });
        }
        self.found.gaps.extend(self.leftover.take());
    }

    fn states_facts(&self) -> bool {
        matches!(self.section, Some(Section::RequestParameters | Section::ResponseParameters))
    }

    /// A text that is not a heading.
    fn other(&mut self, line: usize, text: &str) {
        if self.states_facts() {
            self.leftover.add(line, text);
        }
        let describes =
            self.section.is_none_or(|section| matches!(section, Section::Function | Section::Remark));
        self.operation.deprecated |= describes && words::is_deprecated(text);
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
        if !grid.has(Column::Name) || !(grid.has(Column::Type) || grid.has(Column::Required)) {
            if inside || grid.has(Column::Type) {
                self.found.gaps.push(Gap::unread(line, "the table has no columns of names and types"));
            }
            return;
        }
        if !inside {
            return self.found.gaps.push(Gap::unread(line, "the page does not say what the table describes"));
        }
        for title in &grid.unknown {
            self.found
                .gaps
                .push(Gap::unread(line, format!("the column `{title}` of the table is not known")));
        }
        let read = rows::fields(&grid, &mut self.found.gaps);
        let fields: Vec<Field> = read.into_iter().map(|(field, _)| field).collect();
        if grid.rows.is_empty() {
            self.found.gaps.push(Gap::unread(line, "the table has a header and no rows"));
        }
        self.columns = Some(grid.columns);
        match self.section {
            Some(Section::RequestParameters) => self.parameters(line, fields),
            Some(Section::ResponseParameters) => {
                if self.operation.responses.is_empty() {
                    let body = Some(Body { line, ..Body::default() });
                    self.operation.responses.push(Response { line, status: None, body });
                }
                if let Some(body) = self.operation.responses.first_mut().and_then(|r| r.body.as_mut()) {
                    body.fields.extend(fields);
                }
            }
            _ => {}
        }
    }

    fn parameters(&mut self, line: usize, fields: Vec<Field>) {
        match self.stand.unwrap_or(Stand::Unsaid) {
            Stand::At(place) => {
                let parameter = |field| Parameter { place, sampled: false, field };
                self.operation.parameters.extend(fields.into_iter().map(parameter));
            }
            Stand::Body => {
                let body = self.operation.request.get_or_insert_with(|| Body { line, ..Body::default() });
                body.fields.extend(fields);
            }
            Stand::Unsaid => self.unplaced.extend(fields),
        }
    }

    fn code(&mut self, line: usize, code: &str) {
        match self.section {
            Some(Section::RequestExample | Section::Examples) if code.trim_start().starts_with("curl") => {
                (self.curl, self.curl_line) = (example::curl(code), line);
                if let Some(data) = self.curl.data.clone() {
                    let before = code.find(&data).and_then(|at| code.get(..at)).unwrap_or_default();
                    self.example(line + before.matches('\n').count(), &data, None);
                }
            }
            Some(Section::RequestExample) => self.example(line, code, None),
            Some(Section::ResponseExample) => self.example(line, code, Some(None)),
            _ if self.states_facts() => self.leftover.add_code(line, code),
            _ => {}
        }
    }

    fn example(&mut self, line: usize, code: &str, response: Option<Option<u16>>) {
        example::add(&mut self.operation, &mut self.found.gaps, (line, code), response);
    }

    fn finish(mut self) -> Found {
        self.section_ends();
        let line = self.curl_line;
        for field in std::mem::take(&mut self.unplaced) {
            self.stand = Some(self.stand_of(&field.name));
            self.parameters(field.line, vec![field]);
        }
        for name in std::mem::take(&mut self.curl.headers) {
            let known = |p: &Parameter| p.place == Place::Header && p.field.name.eq_ignore_ascii_case(&name);
            if !self.operation.parameters.iter().any(known) {
                let field = Field { line, name, ..Field::default() };
                self.operation.parameters.push(Parameter { place: Place::Header, sampled: true, field });
            }
        }
        let examples = std::mem::take(&mut self.operation.examples);
        let sample = |response: Option<Option<u16>>| {
            examples.iter().find(|e| e.response == response).map(|e| &e.value)
        };
        if let Some(body) = &mut self.operation.request {
            body.fields = nest(std::mem::take(&mut body.fields), sample(None));
        }
        for body in self.operation.responses.iter_mut().filter_map(|r| r.body.as_mut()) {
            body.fields = nest(std::mem::take(&mut body.fields), sample(Some(None)));
        }
        self.operation.examples = examples;
        if let Some(title) = self.operation.title.take() {
            let (title, deprecated) = words::unmarked_title(&title);
            self.operation.title = Some(title);
            self.operation.deprecated |= deprecated;
        }
        if !self.operation.path.is_empty() {
            self.found.operations.push(self.operation);
        }
        self.found
    }

    /// Where a parameter stands whose table does not say it.
    fn stand_of(&self, name: &str) -> Stand {
        let sent = self.operation.examples.iter().find(|e| e.response.is_none()).map(|e| &e.value);
        if self.operation.path.contains(&format!("{{{name}}}")) {
            Stand::At(Place::Path)
        } else if sent.is_some_and(|body| matches!(body, Json::Object(map) if map.contains_key(name))) {
            Stand::Body
        } else if self.curl.query.iter().any(|n| n == name) {
            Stand::At(Place::Query)
        } else if self.curl.headers.iter().any(|n| n.eq_ignore_ascii_case(name)) {
            Stand::At(Place::Header)
        } else if matches!(self.operation.method.as_str(), "GET" | "DELETE") {
            Stand::At(Place::Query)
        } else {
            Stand::Body
        }
    }
}
