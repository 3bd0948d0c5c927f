//! Pages of the Huawei Cloud help centre.
//!
//! One operation per page. A table is known by its header row; its caption, its section and its rows say what it
//! holds ([`placing`]). Saved as plain text, tables are lines without borders; [`flat`] finds their cells.
//! Descriptions come in two styles, with topics (`Definition`, `Range`, `Default Value`, or the same in bold with other
//! words) and as free text with a list of values; [`description`] reads both. What looks like facts and gave none is a gap.

mod caption;
mod description;
mod flat;
mod objects;
mod placing;
mod reader;

use std::collections::BTreeMap;

use super::{Found, date, path_version, route, rows, title};
use crate::document::{Block, Content, Document, Row};
use crate::example;
use crate::facts::{Body, Field, Gap, Parameter, Place, Response};
use crate::grid::Grid;
use crate::types::{self, Type};
use crate::words::{self, Column, Mark, Section, section};
use objects::Tables;
use reader::{Reader, Slot};

pub(super) fn read(document: &Document) -> Found {
    let mut reader = Reader::default();
    let first = document.blocks.iter().position(|b| b.text().is_some_and(|t| section(t).is_some()));
    reader.operation.title = first.and_then(|first| title(document, first));
    let mut at = 0;
    while let Some(block) = document.blocks.get(at) {
        at += 1;
        match &block.content {
            Content::Text { text, .. } => at += reader.text(block.line, text, &document.blocks[at - 1..]),
            Content::Table(rows) => reader.table(block.line, rows),
            Content::Code(code) => reader.code(block.line, code),
        }
    }
    reader.finish()
}

impl Reader {
    /// Reads a text, the first of some blocks; returns how many of the blocks after it belong to it.
    fn text(&mut self, line: usize, text: &str, blocks: &[Block]) -> usize {
        if let Some(caption) = caption::read(text) {
            self.before = self.before.take().filter(|_| is_continued(text));
            self.caption = Some(caption);
            return 0;
        }
        if let Some((rows, taken)) = words::column(text).and_then(|_| flat::table(blocks)) {
            self.table(line, &rows);
            return taken - 1;
        }
        if let Some(section) = section(text.trim_start_matches("• ")) {
            (self.section, self.caption, self.before) = (Some(section), None, None);
            (self.status, self.told) = (None, None);
        } else if let Some(status) = status(text) {
            self.status = Some(status);
            if self.section == Some(Section::ResponseParameters) {
                self.response(line, Some(status));
            }
        } else if words::after(Mark::Updated, text).is_some() && date(text).is_some() {
            self.found.date = self.found.date.take().or_else(|| date(text));
        } else {
            self.in_section(line, text);
        }
        0
    }

    fn in_section(&mut self, line: usize, text: &str) {
        let states = [Section::Uri, Section::RequestParameters, Section::ResponseParameters];
        match self.section {
            Some(Section::Uri) if self.operation.path.is_empty() && route(text).is_some() => {
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
            Some(Section::Function) => self.operation.deprecated |= words::is_deprecated(text),
            Some(section) if states.contains(&section) => self.lost(line, text),
            _ => {}
        }
    }

    /// A line that is a header or a type, and was no part of a table.
    fn lost(&mut self, line: usize, text: &str) {
        let header = words::header_line(text).is_some_and(|columns| columns.len() > 2);
        if (header || is_type(text)) && self.told.is_none() {
            self.told = Some(line);
            let message = format!("`{text}` looks like a part of a table that was not understood");
            self.found.gaps.push(Gap::unread(line, message));
        }
    }

    fn table(&mut self, line: usize, rows: &[Row]) {
        let caption = self.caption.take();
        let before = self.before.take();
        let Some(grid) = Grid::read(rows, before.as_ref().map(|(columns, _)| columns)) else {
            let states = [Section::Uri, Section::RequestParameters, Section::ResponseParameters];
            if self.section.is_some_and(|section| states.contains(&section)) {
                self.found.gaps.push(Gap::unread(line, "the columns of the table are not known"));
            }
            return;
        };
        if grid.has(Column::Code) && !grid.has(Column::Type) {
            return self.statuses(&grid);
        }
        if !grid.has(Column::Name) {
            if grid.has(Column::Type) || grid.has(Column::Required) {
                self.found.gaps.push(Gap::unread(line, "the table has no column of names"));
            }
            return;
        }
        let going_on = before.filter(|_| Grid::read(rows, None).is_none()).map(|(_, role)| role);
        if !placing::is_of_facts(self.section, &grid, caption.as_ref()) {
            return;
        }
        let fields = self.fields(&grid);
        if fields.is_empty() && !grid.rows.is_empty() {
            return;
        }
        if grid.rows.is_empty() && rows.len() < 2 {
            return self
                .found
                .gaps
                .push(Gap::unread(line, "the table has a header and no row that was understood"));
        }
        let role = going_on.unwrap_or_else(|| self.role(caption.as_ref(), &fields));
        self.place(line, role.clone(), caption.as_ref(), fields);
        self.before = Some((grid.columns, role));
    }

    fn statuses(&mut self, grid: &Grid) {
        for row in &grid.rows {
            let status = grid.cell(row, Column::Code).and_then(|code| code.parse().ok());
            if status.is_some() && self.section == Some(Section::StatusCodes) {
                self.response(row.line, status);
            }
        }
    }

    fn body(&mut self, line: usize, slot: Slot) -> &mut Body {
        let new = || Body { line, ..Body::default() };
        match slot {
            None => self.operation.request.get_or_insert_with(new),
            Some(status) => self.response(line, status).body.get_or_insert_with(new),
        }
    }

    /// The body that tables of the section describe.
    fn slot(&self) -> Slot {
        (self.section == Some(Section::ResponseParameters)).then_some(self.status)
    }

    fn response(&mut self, line: usize, status: Option<u16>) -> &mut Response {
        let responses = &mut self.operation.responses;
        let at = responses.iter().position(|r| r.status == status).unwrap_or_else(|| {
            responses.push(Response { line, status, body: None });
            responses.len() - 1
        });
        &mut responses[at]
    }

    /// The fields of a table, each with the table to which its description refers.
    fn fields(&mut self, grid: &Grid) -> Vec<(Field, Option<String>)> {
        let ranges: BTreeMap<usize, &str> =
            grid.rows.iter().filter_map(|row| Some((row.line, grid.cell(row, Column::Range)?))).collect();
        let read = rows::fields(grid, &mut self.found.gaps);
        let described = |(field, text): (Field, String)| {
            let range = ranges.get(&field.line).copied().unwrap_or_default();
            (description::read(field, &text, range), caption::reference(&text))
        };
        read.into_iter().map(described).collect()
    }

    fn code(&mut self, line: usize, code: &str) {
        let first = code.lines().next().unwrap_or_default();
        if self.section == Some(Section::Uri) && self.operation.path.is_empty() && route(first).is_some() {
            return self.in_section(line, first);
        }
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

    fn finish(mut self) -> Found {
        let none = Tables::default();
        let operation = &mut self.operation;
        let sample = |slot: &Slot| operation.examples.iter().find(|e| e.response == *slot);
        if let Some(body) = &mut operation.request {
            objects::link(body, self.tables.get(&None).unwrap_or(&none), sample(&None), &mut self.found.gaps);
        }
        for response in &mut operation.responses {
            let slot = Some(response.status);
            if let Some(body) = &mut response.body {
                objects::link(
                    body,
                    self.tables.get(&slot).unwrap_or(&none),
                    sample(&slot),
                    &mut self.found.gaps,
                );
            }
        }
        if let Some(title) = operation.title.take() {
            let (title, deprecated) = words::unmarked_title(&title);
            operation.title = Some(title);
            operation.deprecated |= deprecated;
        }
        if !operation.path.is_empty() {
            self.found.operations.push(self.operation);
        }
        self.found
    }
}

fn is_continued(text: &str) -> bool {
    text.ends_with("(continued)") || text.ends_with("（续）")
}

/// The status in `Status code: 200`.
fn status(text: &str) -> Option<u16> {
    let rest = words::after(Mark::Status, text.trim_start_matches("• "))?;
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
