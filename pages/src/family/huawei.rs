//! Pages of the Huawei Cloud help centre.
//!
//! One operation per page. Captions say what a table holds: parameters of a place, a body, or the properties of a
//! named object. Saved as plain text, tables are lines without borders; [`flat`] finds their cells. Descriptions
//! come in two styles, with topics (`Definition`, `Range`, `Default Value`, or the same in bold with other words) and
//! as free text with a list of values; [`description`] reads both.

mod description;
mod flat;

use super::{Found, date, path_version, route, title};
use crate::document::{Block, Content, Document, Row};
use crate::example;
use crate::facts::{Body, Field, Gap, Operation, Parameter, Place, Response};
use crate::grid::{Columns, Grid};
use crate::types::{self, Type};
use crate::words::{Column, Section, required, section};

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
    Parameters(Place),
    Body,
    /// Headers of the response; no client reads them from a table.
    ResponseHeaders,
    Object(String),
}

#[derive(Default)]
struct Reader {
    found: Found,
    operation: Operation,
    section: Option<Section>,
    /// The status whose tables or examples follow.
    status: Option<u16>,
    role: Option<Role>,
    columns: Option<Columns>,
}

pub(super) fn read(document: &Document) -> Found {
    let mut reader = Reader::default();
    let first = document.blocks.iter().position(|b| b.text().is_some_and(|t| section(t).is_some()));
    reader.operation.title = first.and_then(|first| title(document, first));
    let mut at = 0;
    while let Some(block) = document.blocks.get(at) {
        at += 1;
        match &block.content {
            Content::Text { text, .. } => at += reader.text(block.line, text, &document.blocks[at..]),
            Content::Table(rows) => reader.table(block.line, rows),
            Content::Code(code) => reader.code(block.line, code),
        }
    }
    if !reader.operation.path.is_empty() {
        reader.found.operations.push(reader.operation);
    }
    reader.found
}

impl Reader {
    /// Reads a text; returns how many of the blocks after it belong to it.
    fn text(&mut self, line: usize, text: &str, after: &[Block]) -> usize {
        if let Some(role) = caption(text, self.section) {
            (self.role, self.columns) = (Some(role), None);
            let Some((rows, taken)) = flat::table(after) else { return 0 };
            self.table(line, &rows);
            return taken;
        }
        if let Some(section) = section(text) {
            (self.section, self.role, self.columns) = (Some(section), None, None);
            self.status = None;
        } else if let Some(status) = status(text) {
            self.status = Some(status);
        } else if ["Updated on", "更新时间"].iter().any(|w| text.starts_with(w)) {
            self.found.date = self.found.date.take().or_else(|| date(text));
        } else {
            self.in_section(line, text);
        }
        0
    }

    fn in_section(&mut self, line: usize, text: &str) {
        match self.section {
            Some(Section::Uri) if self.operation.path.is_empty() => {
                let Some((method, path)) = route(text) else { return };
                self.operation.version = path_version(&path);
                (self.operation.line, self.operation.method, self.operation.path) = (line, method, path);
            }
            Some(Section::StatusCodes) => {
                if let Some(status) = text.parse().ok().filter(|s| (100..600).contains(s)) {
                    self.response(line, Some(status));
                }
            }
            Some(Section::RequestExample) => self.url(text),
            _ => {}
        }
    }

    fn table(&mut self, line: usize, rows: &[Row]) {
        let Some(grid) = Grid::read(rows, self.columns.as_ref()) else { return };
        if grid.has(Column::Code) {
            for row in &grid.rows {
                let status = grid.cell(row, Column::Code).and_then(|code| code.parse().ok());
                if status.is_some() && self.section == Some(Section::StatusCodes) {
                    self.response(row.line, status);
                }
            }
            return;
        }
        let Some(role) = self.role.clone().filter(|_| grid.has(Column::Name) && grid.has(Column::Type))
        else {
            return;
        };
        let fields = self.fields(&grid);
        self.columns = Some(grid.columns);
        let request = self.section != Some(Section::ResponseParameters);
        match role {
            Role::Parameters(place) => {
                let parameter = |field| Parameter { place, sampled: false, field };
                self.operation.parameters.extend(fields.into_iter().map(parameter));
            }
            Role::Body => self.body(line, request).fields.extend(fields),
            Role::Object(name) => self.body(line, request).objects.entry(name).or_default().extend(fields),
            Role::ResponseHeaders => {}
        }
    }

    fn body(&mut self, line: usize, request: bool) -> &mut Body {
        let new = || Body { line, ..Body::default() };
        if request {
            return self.operation.request.get_or_insert_with(new);
        }
        let status = self.status;
        self.response(line, status).body.get_or_insert_with(new)
    }

    fn response(&mut self, line: usize, status: Option<u16>) -> &mut Response {
        let responses = &mut self.operation.responses;
        let at = responses.iter().position(|r| r.status == status).unwrap_or_else(|| {
            responses.push(Response { line, status, body: None });
            responses.len() - 1
        });
        &mut responses[at]
    }

    fn fields(&mut self, grid: &Grid) -> Vec<Field> {
        let mut fields = Vec::new();
        for row in &grid.rows {
            let (name, ty) = (grid.cell(row, Column::Name), grid.cell(row, Column::Type));
            let Some(name) = name.filter(|n| !n.is_empty()) else { continue };
            let ty = ty.unwrap_or_default();
            if ty.is_empty() {
                self.found.gaps.push(Gap::cut(row.line, name));
                self.operation.cut = true;
            }
            let stated = types::read(ty);
            let field = Field {
                line: row.line,
                name: name.to_owned(),
                required: grid.cell(row, Column::Required).and_then(required),
                nullable: stated.nullable,
                values: stated.values,
                ty: stated.ty,
                ..Field::default()
            };
            let described = grid.cell(row, Column::Description).unwrap_or_default();
            fields.push(description::read(field, described));
        }
        fields
    }

    fn code(&mut self, line: usize, code: &str) {
        let response = match self.section {
            Some(Section::RequestExample) => None,
            Some(Section::ResponseExample) => Some(self.status),
            _ => return,
        };
        if response.is_none() {
            code.lines().take(3).for_each(|text| self.url(text));
        }
        match example::read(line, code, response) {
            Some(Ok(example)) => self.operation.examples.push(example),
            Some(Err(gap)) => self.found.gaps.push(gap),
            None => {}
        }
    }

    /// `PUT https://{endpoint}/v3/0565...`: the values of path parameters.
    fn url(&mut self, text: &str) {
        let Some((method, url)) = text.trim().split_once(' ') else { return };
        if !method.eq_ignore_ascii_case(&self.operation.method) {
            return;
        }
        for (name, value) in example::path_values(&self.operation.path, url) {
            let named = |p: &&mut Parameter| p.place == Place::Path && p.field.name == name;
            if let Some(parameter) = self.operation.parameters.iter_mut().find(named) {
                parameter.field.example = Some(value);
            }
        }
    }
}

/// What the table holds that a caption such as `Table 4 Cluster` stands over.
fn caption(text: &str, section: Option<Section>) -> Option<Role> {
    let rest = text.strip_prefix("Table").or_else(|| text.strip_prefix('表'))?.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let name = rest.get(digits..)?.trim().trim_end_matches("(continued)").trim_end_matches("（续）").trim();
    if digits == 0 || name.is_empty() {
        return None;
    }
    let lower = name.to_lowercase();
    let parameters = lower.contains(" parameter") || lower.contains("参数");
    let response = section == Some(Section::ResponseParameters);
    Some(match () {
        () if !parameters => Role::Object(name.to_owned()),
        () if lower.contains("body") => Role::Body,
        () if lower.contains("header") && response => Role::ResponseHeaders,
        () if lower.contains("header") => Role::Parameters(Place::Header),
        () if lower.contains("query") => Role::Parameters(Place::Query),
        () if lower.contains("path") || lower.contains("uri") || lower.contains("路径") => {
            Role::Parameters(Place::Path)
        }
        () => Role::Body,
    })
}

/// The status in `Status code: 200`.
fn status(text: &str) -> Option<u16> {
    let rest = ["Status code", "Status Code", "状态码"].iter().find_map(|w| text.strip_prefix(w))?;
    rest.trim_start_matches([':', '：', ' ']).trim().parse().ok()
}

/// Whether a text can be the type of a field.
fn is_type(text: &str) -> bool {
    match types::read(text).ty {
        Type::Unsaid | Type::Unread(_) => false,
        // A single word names an object only where the page says so.
        Type::Object(Some(_)) => text.ends_with(" object"),
        ty => ty.object().is_none() || text.ends_with(" objects") || text.ends_with('>'),
    }
}
