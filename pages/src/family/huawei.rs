//! Pages of the Huawei Cloud help centre.
//!
//! One operation per page. A table is known by its header row; its caption, its section and its rows say what it
//! holds ([`placing`]). Saved as plain text, tables are lines without borders; [`flat`] finds their cells.
//! Descriptions come in two styles, with topics (`Definition`, `Range`, `Default Value`, or the same in bold with other
//! words) and as free text with a list of values; [`description`] reads both. What looks like facts and gave none is a gap.

mod description;
mod objects;
mod placing;
mod reader;

use std::collections::BTreeMap;

use super::caption::{self, Holds};
use super::{Found, date, flat, path_version, route, rows, status, title};
use crate::document::{Block, Content, Document, Row};
use crate::example;
use crate::facts::{Body, Field, Gap, Parameter, Place, Response};
use crate::grid::Grid;
use crate::words::{self, Column, Mark, Section, section};
use objects::Tables;
use reader::{HuaweiReader, Slot};

/// The sections that state facts.
const STATES: [Section; 3] = [Section::Uri, Section::RequestParameters, Section::ResponseParameters];

pub(super) fn read(document: &Document) -> Found {
    let mut reader = HuaweiReader::default();
    let first = document.blocks.iter().position(|b| b.text().is_some_and(|t| section(t).is_some()));
    let of_request =
        |text: &str| section(text).is_some_and(|s| reader.section_of(s) == Section::RequestParameters);
    reader.has_request = document.blocks.iter().filter_map(Block::text).any(of_request);
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

impl HuaweiReader {
    /// Reads a text, the first of some blocks; returns how many of the blocks after it belong to it.
    fn text(&mut self, (line, level): (usize, u8), text: &str, blocks: &[Block]) -> usize {
        if let Some(caption) = caption::read(text) {
            self.before = self.before.take().filter(|_| is_continued(text));
            self.caption_without_table(Some(&caption.name));
            if caption.of_response {
                self.response_begins();
            }
            self.caption = Some((line, caption));
            return 0;
        }
        if let Some((rows, taken)) = words::column(text).and_then(|_| flat::table(blocks)) {
            self.table(line, &rows);
            return taken - 1;
        }
        if let Some(section) = section(text.trim_start_matches("• ")) {
            let section = self.section_of(section);
            self.section_ends();
            (self.section, self.before, self.status) = (Some(section), None, None);
            self.level = level;
        } else if let Some(status) = status(text) {
            self.response_begins();
            self.status = Some(status);
            self.leftover.read();
            if self.section == Some(Section::ResponseParameters) {
                self.response(line, Some(status));
            }
        } else if words::after(Mark::Updated, text).is_some() && date(text).is_some() {
            self.found.date = self.found.date.take().or_else(|| date(text));
        } else if level > 0 && level <= self.level {
            // A heading beside those that are known: nothing says what stands below it.
            self.section_ends();
            (self.section, self.before, self.status) = (Some(Section::Remark), None, None);
        } else {
            self.in_section(line, text);
        }
        0
    }

    /// What a heading means on these pages. `Query` and `Body` are parts of a section, or stand for one.
    fn section_of(&self, section: Section) -> Section {
        match section {
            Section::Parameters | Section::RequestHeader | Section::RequestBody => Section::RequestParameters,
            Section::Responses => Section::ResponseParameters,
            Section::Path => Section::Uri,
            Section::Query | Section::Header | Section::Body => match self.section {
                Some(Section::ResponseParameters) => Section::ResponseParameters,
                _ if section == Section::Query => Section::Uri,
                _ => Section::RequestParameters,
            },
            section => section,
        }
    }

    fn in_section(&mut self, line: usize, text: &str) {
        match self.section {
            Some(Section::Uri) if self.operation.path.is_empty() && route(text).is_some() => {
                let Some((method, path)) = route(text) else { return };
                self.operation.version = path_version(&path);
                (self.operation.line, self.operation.method, self.operation.path) = (line, method, path);
                self.leftover.read();
            }
            Some(Section::StatusCodes) => {
                if let Some(status) = text.parse().ok().filter(|s| (100..600).contains(s)) {
                    self.response(line, Some(status));
                }
            }
            Some(Section::RequestExample) => self.url(text),
            Some(Section::Function) => self.operation.deprecated |= words::is_deprecated(text),
            Some(section) if STATES.contains(&section) => self.leftover.add(line, text),
            _ => {}
        }
    }

    /// A status or a caption is about the response, though the heading before it is that of the request.
    fn response_begins(&mut self) {
        let example = Some(Section::ResponseExample);
        if self.section.is_some()
            && self.section != Some(Section::ResponseParameters)
            && self.section != example
        {
            self.section_ends();
            (self.section, self.before) = (Some(Section::ResponseParameters), None);
        }
    }

    /// A section ends: what was not read of it is reported.
    fn section_ends(&mut self) {
        self.caption_without_table(None);
        let denied = self.leftover.denied().filter(|_| self.section == Some(Section::ResponseParameters));
        if let Some(line) = denied.filter(|_| self.operation.responses.is_empty()) {
            self.response(line, None);
        }
        self.found.gaps.extend(self.leftover.take());
    }

    /// The table of a caption was not found, unless the caption is repeated.
    fn caption_without_table(&mut self, next: Option<&str>) {
        let Some((line, caption)) = self.caption.take().filter(|(_, c)| next != Some(c.name.as_str())) else {
            return;
        };
        let states = self.section.is_some_and(|section| STATES.contains(&section));
        if states || caption.holds != Holds::Unsaid {
            let message = format!("no table was found below the caption `{}`", caption.name);
            self.found.gaps.push(Gap::unread(line, message));
        }
    }

    fn table(&mut self, line: usize, rows: &[Row]) {
        let caption = self.caption.take().map(|(_, caption)| caption);
        let before = self.before.take();
        self.leftover.read();
        let Some(grid) = Grid::read(rows, before.as_ref().map(|(columns, _)| columns)) else {
            if self.section.is_some_and(|section| STATES.contains(&section)) {
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
        let going_on = before.filter(|_| !grid.headed).map(|(_, role)| role);
        if !placing::is_of_facts(self.section, &grid, caption.as_ref()) {
            return;
        }
        for title in &grid.unknown {
            self.found
                .gaps
                .push(Gap::unread(line, format!("the column `{title}` of the table is not known")));
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
        if grid.has(Column::Place) {
            return self.place_each(line, &grid, fields);
        }
        let role = going_on.unwrap_or_else(|| self.role(caption.as_ref(), &fields));
        self.place(line, role.clone(), caption.as_ref(), fields);
        self.before = Some((grid.columns, role));
    }

    fn statuses(&mut self, grid: &Grid<'_>) {
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
    fn fields(&mut self, grid: &Grid<'_>) -> Vec<(Field, Option<String>)> {
        let ranges: BTreeMap<usize, &str> =
            grid.rows.iter().filter_map(|row| Some((row.line, grid.cell(row, Column::Range)?))).collect();
        let read = rows::fields(grid, &mut self.found.gaps);
        let described = |(field, text): (Field, &str)| {
            let range = ranges.get(&field.line).copied().unwrap_or_default();
            (description::read(field, text, range), caption::reference(text))
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
            Some(section) if STATES.contains(&section) => return self.leftover.add_code(line, code),
            _ => return,
        };
        if response.is_none() {
            code.lines().take(3).for_each(|text| self.url(text));
        }
        example::add(&mut self.operation, &mut self.found.gaps, (line, code), response);
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
        self.section_ends();
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
