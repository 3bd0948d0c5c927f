//! What a table holds: its caption says it, or its section and the names in its rows do.

use super::super::caption::{Caption, Holds};
use super::super::header_name;
use super::objects::{self, Tables};
use super::reader::{HuaweiReader, TableRole};
use crate::facts::{Body, Field, Gap, Parameter, Place};
use crate::grid::Grid;
use crate::words::{CaptionWord, Column, Section, caption_words};

/// Whether a table states facts of the operation: those of examples, errors and remarks do not.
pub(super) fn is_of_facts(section: Option<Section>, grid: &Grid<'_>, caption: Option<&Caption>) -> bool {
    let typed = grid.has(Column::Type) || grid.has(Column::Required);
    match section {
        Some(Section::Uri | Section::RequestParameters | Section::ResponseParameters) => {
            typed || grid.has(Column::Description)
        }
        Some(Section::RequestExample | Section::ResponseExample | Section::ErrorCodes) => {
            typed && caption.is_some()
        }
        _ => typed,
    }
}

impl HuaweiReader {
    /// What a table with these fields holds.
    pub(super) fn role(&self, caption: Option<&Caption>, fields: &[(Field, Option<String>)]) -> TableRole {
        let response = self.section == Some(Section::ResponseParameters);
        let subject =
            caption.and_then(|caption| caption.subject.as_ref()).filter(|name| self.has_object(name));
        match caption.map(|caption| &caption.holds) {
            // `Parameters of the lamps in the response body`
            Some(Holds::Parameters(_) | Holds::Body) if subject.is_some() => {
                TableRole::Object(subject.cloned())
            }
            Some(Holds::Parameters(Place::Header)) if response => TableRole::ResponseHeaders,
            Some(Holds::Parameters(Place::Path)) => TableRole::Address,
            Some(Holds::Parameters(place)) => TableRole::Parameters(*place),
            Some(Holds::Body) => TableRole::Body,
            Some(Holds::Object(name)) => TableRole::Object(Some(name.clone())),
            Some(Holds::Unsaid) | None => match self.section {
                Some(Section::Uri) if self.is_of_address(fields) => TableRole::Address,
                // The example of an address stands before the table of its parameters.
                Some(Section::RequestExample) if fields.iter().any(|(field, _)| self.is_variable(field)) => {
                    TableRole::Address
                }
                Some(
                    Section::RequestParameters
                    | Section::ResponseParameters
                    | Section::RequestExample
                    | Section::ResponseExample,
                ) => self.role_in_body(fields),
                _ => TableRole::Unsaid,
            },
        }
    }

    /// Whether a table below the address may hold its parameters: it names a variable of the path, or there are some
    /// that no table has named, or what is sent otherwise has a section of its own, or the method sends no body.
    fn is_of_address(&self, fields: &[(Field, Option<String>)]) -> bool {
        let operation = &self.operation;
        let known = operation.parameters.iter().filter(|p| p.place == Place::Path).count();
        fields.iter().any(|(field, _)| self.is_variable(field))
            || self.has_request
            || known < operation.path.matches('{').count()
            || matches!(operation.method.as_str(), "GET" | "DELETE" | "HEAD")
    }

    /// Whether a field is a variable of the path.
    fn is_variable(&self, field: &Field) -> bool {
        self.operation.path.contains(&format!("{{{}}}", field.name))
    }

    /// What a table of a section of parameters holds whose caption does not say it.
    fn role_in_body(&self, fields: &[(Field, Option<String>)]) -> TableRole {
        let response = self.section == Some(Section::ResponseParameters);
        let headers = fields.iter().filter(|(field, _)| header_name(&field.name)).count();
        match () {
            () if headers * 2 > fields.len() && response => TableRole::ResponseHeaders,
            () if headers * 2 > fields.len() => TableRole::Parameters(Place::Header),
            () if self.has_fields() => TableRole::Object(None),
            () if response => TableRole::Body,
            () if self.operation.method == "GET" => TableRole::Address,
            () => TableRole::Body,
        }
    }

    /// Whether the body of this section has its own fields already.
    fn has_fields(&self) -> bool {
        self.body_here().is_some_and(|body| !body.fields.is_empty())
    }

    /// Whether the body of this section has an object, or a list of objects, of this name.
    fn has_object(&self, name: &str) -> bool {
        let fields = |body: &Body| {
            let mut all = body.fields.iter().chain(body.objects.values().flatten());
            all.any(|field| field.name == name && objects::is_open(field))
        };
        self.body_here().is_some_and(fields)
    }

    /// The body that this section describes, as far as it was read.
    fn body_here(&self) -> Option<&Body> {
        match self.slot() {
            None => self.operation.request.as_ref(),
            Some(status) => {
                self.operation.responses.iter().find(|r| r.status == status).and_then(|r| r.body.as_ref())
            }
        }
    }

    /// Puts each field of a table where its row says that it stands.
    pub(super) fn place_each(&mut self, line: usize, grid: &Grid<'_>, fields: Vec<(Field, Option<String>)>) {
        let says = |field: &Field| {
            let row = grid.rows.iter().find(|row| row.line == field.line)?;
            grid.cell(row, Column::Place)
        };
        for (field, reference) in fields {
            let words: Vec<CaptionWord> =
                [CaptionWord::Path, CaptionWord::Query, CaptionWord::Header, CaptionWord::Body]
                    .into_iter()
                    .filter(|place| {
                        says(&field).is_some_and(|says| {
                            caption_words(*place).any(|word| word == says.trim().to_lowercase())
                        })
                    })
                    .collect();
            let role = match words[..] {
                [CaptionWord::Path, ..] => TableRole::Parameters(Place::Path),
                [CaptionWord::Query, ..] => TableRole::Parameters(Place::Query),
                [CaptionWord::Header, ..] => TableRole::Parameters(Place::Header),
                [CaptionWord::Body, ..] => TableRole::Body,
                _ => TableRole::Unsaid,
            };
            let line = if role == TableRole::Unsaid { field.line } else { line };
            self.place(line, role, None, vec![(field, reference)]);
        }
    }

    /// Puts fields where they belong.
    pub(super) fn place(
        &mut self,
        line: usize,
        role: TableRole,
        caption: Option<&Caption>,
        fields: Vec<(Field, Option<String>)>,
    ) {
        match role {
            TableRole::ResponseHeaders => {}
            TableRole::Unsaid => {
                let what = "the page does not say what the table describes";
                self.found.gaps.push(Gap::unread(line, what));
            }
            TableRole::Parameters(place) => {
                fields.into_iter().for_each(|(field, _)| self.parameter(place, field))
            }
            TableRole::Address => {
                let named = |field: &Field| self.is_variable(field);
                // Where a table has another name for a variable of the path, it is the path that has it.
                let known = self.operation.parameters.iter().filter(|p| p.place == Place::Path).count();
                let count = self.operation.path.matches('{').count().saturating_sub(known);
                let all = fields.iter().filter(|(field, _)| named(field)).count() >= count;
                let places: Vec<Place> = fields
                    .iter()
                    .map(|(field, _)| if named(field) || !all { Place::Path } else { Place::Query })
                    .collect();
                places.into_iter().zip(fields).for_each(|(place, (field, _))| self.parameter(place, field));
            }
            TableRole::Body => self.properties(line, "", caption, fields),
            TableRole::Object(Some(name)) => self.properties(line, &name, caption, fields),
            TableRole::Object(None) => {
                let slot = self.slot();
                let tables: &mut Tables = self.tables.entry(slot).or_default();
                let number =
                    caption.map_or_else(|| format!("at line {line}"), |caption| caption.number.clone());
                let name = format!("Table {number}");
                tables.loose.push((line, name.clone()));
                self.properties(line, &name, caption, fields);
            }
        }
    }

    fn parameter(&mut self, place: Place, field: Field) {
        if self.placed.insert(format!("{place:?}\n{}", field.name)) {
            self.operation.parameters.push(Parameter { place, sampled: false, field });
        }
    }

    /// Adds properties of the body, or of an object within it that has a name.
    fn properties(
        &mut self,
        line: usize,
        name: &str,
        caption: Option<&Caption>,
        fields: Vec<(Field, Option<String>)>,
    ) {
        let slot = self.slot();
        let tables = self.tables.entry(slot).or_default();
        if let Some(caption) = caption.filter(|_| !name.is_empty()) {
            tables.numbers.insert(caption.number.clone(), name.to_owned());
        }
        for (field, reference) in &fields {
            let key = || (name.to_owned(), field.name.clone());
            reference.iter().for_each(|number| _ = tables.references.insert(key(), number.clone()));
        }
        let place = format!("{slot:?} {name}\n");
        let mut fields: Vec<Field> = fields.into_iter().map(|(field, _)| field).collect();
        fields.retain(|field| self.placed.insert([&place, field.name.as_str()].concat()));
        let body = self.body(line, slot);
        let list =
            if name.is_empty() { &mut body.fields } else { body.objects.entry(name.to_owned()).or_default() };
        list.append(&mut fields);
    }
}
