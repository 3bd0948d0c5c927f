//! Pages of the Samsung Cloud Platform API reference, and the print view of a section with all operations.
//!
//! A page names schemas and shows one sample of each, so bodies are read from samples. The print view begins with
//! an index: an operation that is in the index and not on the page tells that the page was cut.

use std::collections::BTreeMap;

use super::{Found, route};
use crate::document::{Content, Document, Row};
use crate::example;
use crate::facts::{Body, Example, Field, Gap, Operation, Parameter, Place, Response};
use crate::grid::{Columns, Grid};
use crate::types;
use crate::words::{Column, Section, required, said, section};

/// Headers of the sample that belong to HTTP itself.
const PLAIN: [&str; 2] = ["content-type", "accept"];

#[derive(Default)]
struct Reader {
    found: Found,
    operation: Option<Operation>,
    title: Option<String>,
    version: Option<String>,
    /// Titles of the index, and their lines.
    index: BTreeMap<String, usize>,
    section: Option<Section>,
    /// The status of the example that follows.
    status: Option<u16>,
    columns: Option<Columns>,
}

pub(super) fn read(document: &Document) -> Found {
    let mut reader = Reader::default();
    for block in &document.blocks {
        match &block.content {
            Content::Text { text, level } => reader.text(block.line, text, *level),
            Content::Table(rows) => reader.table(rows),
            Content::Code(code) => reader.code(block.line, code),
        }
    }
    reader.finish()
}

impl Reader {
    fn text(&mut self, line: usize, text: &str, level: u8) {
        if let Some((number, title)) = numbered(text) {
            self.close();
            self.heading(line, number, title, text.starts_with('•'));
        } else if let Some((method, path)) = route(text) {
            self.close();
            let (title, version) = (self.title.clone(), self.version.clone());
            self.operation = Some(Operation { line, method, path, title, version, ..Operation::default() });
            self.section = None;
        } else if let Some(section) = section(text) {
            (self.section, self.columns, self.status) = (Some(section), None, None);
        } else if self.section == Some(Section::RequestHeader) {
            self.header(line, text);
        } else if let Some(status) = ["Response ", "응답 "].iter().find_map(|w| text.strip_prefix(w)) {
            self.status = status.trim().parse().ok();
        } else if level == 1 && self.operation.is_none() && self.title.is_none() {
            self.title = Some(text.to_owned());
        }
    }

    /// `1 - Title`, `1.1 - 1.0`, and the same with a colon in the index.
    fn heading(&mut self, line: usize, number: &str, title: &str, listed: bool) {
        match (number.contains('.'), listed) {
            (false, true) => _ = self.index.insert(title.to_owned(), line),
            (false, false) => self.title = Some(title.to_owned()),
            (true, false) => self.version = Some(title.to_owned()),
            (true, true) => {}
        }
    }

    fn table(&mut self, rows: &[Row]) {
        let Some(grid) = Grid::read(rows, self.columns.as_ref()) else { return };
        for row in &grid.rows {
            match self.section {
                Some(Section::Parameters) => self.parameter(&grid, row),
                Some(Section::Responses) => self.response(&grid, row),
                _ => {}
            }
        }
        self.columns = Some(grid.columns);
    }

    fn parameter(&mut self, grid: &Grid, row: &Row) {
        let Some(operation) = &mut self.operation else { return };
        let (place, name) = (grid.cell(row, Column::Type), grid.cell(row, Column::Name));
        let (Some(place), Some(name)) = (place, name) else {
            operation.cut = true;
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
            _ => return,
        };
        let schema = grid.cell(row, Column::Schema).unwrap_or_default();
        if schema.is_empty() {
            operation.cut = true;
            self.found.gaps.push(Gap::cut(row.line, name));
        }
        let stated = types::read(schema);
        let (name, need) = name.rsplit_once([' ', '\n']).unwrap_or((name, ""));
        let description = grid.cell(row, Column::Description).unwrap_or_default();
        let example =
            ["Example :", "Example:", "예시 :", "예시:"].iter().find_map(|w| description.split_once(w));
        let field = Field {
            line: row.line,
            name: name.trim().to_owned(),
            ty: stated.ty,
            nullable: stated.nullable,
            values: stated.values,
            required: required(need),
            default: Some(grid.cell(row, Column::Default).and_then(said).unwrap_or_default().to_owned()),
            example: example.and_then(|(_, example)| said(example)).map(str::to_owned),
            ..Field::default()
        };
        operation.parameters.push(Parameter { place, sampled: false, field });
    }

    fn response(&mut self, grid: &Grid, row: &Row) {
        let Some(operation) = &mut self.operation else { return };
        let Some(status) = grid.cell(row, Column::Code).and_then(|code| code.trim().parse().ok()) else {
            return;
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
            _ => return,
        };
        match (example::read(line, code, response), &mut self.operation) {
            (Some(Ok(example)), Some(operation)) => operation.examples.push(example),
            (Some(Err(gap)), _) => self.found.gaps.push(gap),
            _ => {}
        }
    }

    /// `"Scp-Api-Version = mariadb 1.0",`
    fn header(&mut self, line: usize, text: &str) {
        let Some(operation) = &mut self.operation else { return };
        let text = text.trim().trim_end_matches(',').trim_matches('"');
        let Some((name, value)) = text.split_once('=') else { return };
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
        self.found.whole = !self.index.is_empty();
        for (title, line) in &self.index {
            if !self.found.operations.iter().any(|o| o.title.as_ref() == Some(title)) {
                let message = format!("the index lists `{title}`, but the page does not have it");
                self.found.gaps.push(Gap { line: *line, rule: "page-cut", message });
            }
        }
        self.found
    }
}

/// Number and title of `1 - Title`, `1.1 - 1.0` or, in the index, `• 1: Title`.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let (bare, mark) = text.strip_prefix("• ").map_or((text, " - "), |bare| (bare, ": "));
    let (number, title) = bare.split_once(mark)?;
    let digits = number.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    (digits && number.len() < 10).then_some((number, title.trim()))
}
