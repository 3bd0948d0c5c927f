//! Pages of the OceanBase Cloud API reference.
//!
//! One operation per page. Its parameters stand in tables under `Path`, `Query`, `Header` and `Body`, or in one
//! table without places; then the curl sample tells them. Headers that only the sample shows are facts too.

use serde_json::Value as Json;

use super::{Found, path_version, route, title};
use crate::document::{Content, Document, Row};
use crate::example::{self, Curl};
use crate::facts::{Body, Field, Gap, Operation, Parameter, Place, Response};
use crate::grid::{Columns, Grid};
use crate::types;
use crate::words::{Column, Section, required, said, section};

/// Where a table of parameters says that they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    At(Place),
    Body,
    Unsaid,
}

#[derive(Default)]
struct Reader {
    found: Found,
    operation: Operation,
    section: Option<Section>,
    stand: Option<Stand>,
    columns: Option<Columns>,
    /// Parameters of tables without places.
    unplaced: Vec<Field>,
    curl: Curl,
    curl_line: usize,
}

pub(super) fn read(document: &Document) -> Found {
    let mut reader = Reader::default();
    let first = document.blocks.iter().position(|b| b.text().is_some_and(|t| section(t).is_some()));
    reader.operation.title = first.and_then(|first| title(document, first));
    for block in &document.blocks {
        match &block.content {
            Content::Text { text, .. } => reader.text(block.line, text),
            Content::Table(rows) => reader.table(block.line, rows),
            Content::Code(code) => reader.code(block.line, code),
        }
    }
    reader.finish()
}

impl Reader {
    fn text(&mut self, line: usize, text: &str) {
        if self.section == Some(Section::RequestPath)
            && self.operation.path.is_empty()
            && let Some((method, path)) = route(text)
        {
            self.operation.version = path_version(&path);
            (self.operation.line, self.operation.method, self.operation.path) = (line, method, path);
        }
        let Some(section) = section(text) else { return };
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
            None => (self.section, self.stand) = (Some(section), None),
        }
    }

    fn table(&mut self, line: usize, rows: &[Row]) {
        let Some(grid) = Grid::read(rows, self.columns.as_ref()) else { return };
        if !grid.has(Column::Name) || !grid.has(Column::Type) {
            return;
        }
        let before = self.found.gaps.len();
        let fields = rows_of(&grid, &mut self.found.gaps);
        self.operation.cut |= self.found.gaps.len() > before;
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
            _ => {}
        }
    }

    fn example(&mut self, line: usize, code: &str, response: Option<Option<u16>>) {
        match example::read(line, code, response) {
            Some(Ok(example)) => self.operation.examples.push(example),
            Some(Err(gap)) => self.found.gaps.push(gap),
            None => {}
        }
    }

    fn finish(mut self) -> Found {
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

/// The fields of a table's rows. A row that ends before its type is cut.
fn rows_of(grid: &Grid, gaps: &mut Vec<Gap>) -> Vec<Field> {
    let mut fields = Vec::new();
    for row in &grid.rows {
        let (name, ty) = (grid.cell(row, Column::Name), grid.cell(row, Column::Type));
        let Some(name) = name.filter(|n| !n.is_empty()) else { continue };
        let ty = ty.unwrap_or_default();
        if ty.is_empty() {
            gaps.push(Gap::cut(row.line, name));
        }
        let stated = types::read(ty);
        fields.push(Field {
            line: row.line,
            name: name.to_owned(),
            ty: stated.ty,
            nullable: stated.nullable,
            values: stated.values,
            required: grid.cell(row, Column::Required).and_then(required),
            default: grid.cell(row, Column::Default).map(|d| said(d).unwrap_or_default().to_owned()),
            example: grid.cell(row, Column::Example).and_then(said).map(str::to_owned),
            ..Field::default()
        });
    }
    fields
}
