//! Rows of a table as fields: name, type, requirement and what else its columns say.
//!
//! A row whose cells do not hold what their columns say, because cells were lost or merged, is no field but a gap.

use crate::document::Row;
use crate::facts::{Field, Gap, Type};
use crate::grid::Grid;
use crate::prose;
use crate::types;
use crate::words::{self, Column, Mark, said};

/// Words of a type beyond this are something else.
const TYPE_WORDS: usize = 5;

/// The fields of a table's rows; what is no field goes to the gaps.
pub(super) fn fields<'r>(grid: &Grid<'r>, gaps: &mut Vec<Gap>) -> Vec<(Field, &'r str)> {
    let typed = grid.has(Column::Type);
    let mut fields = Vec::new();
    for row in grid.rows.iter().copied() {
        let cell = |column| grid.cell(row, column).unwrap_or_default();
        if row.cells.iter().filter(|cell| !cell.is_empty()).count() == 0 {
            continue;
        }
        let (name, beside, marked) = name(cell(Column::Name));
        if is_divider(row, grid) {
            gaps.push(Gap::unread(row.line, format!("the row `{}` describes no field", row.cells[0])));
            continue;
        }
        if is_nested(cell(Column::Name)) {
            gaps.push(Gap::unread(row.line, format!("a mark says that `{name}` belongs to a row before it")));
            continue;
        }
        if !is_name(&name) {
            gaps.push(Gap::unread(
                row.line,
                format!("the row has `{}` where a name belongs", short(cell(Column::Name))),
            ));
            continue;
        }
        let mut stated = types::read(cell(Column::Type));
        // A word alone may name an object, or be a type in a language that is not known.
        if let Type::Object(Some(word)) = &stated.ty
            && word == cell(Column::Type).trim()
        {
            stated.ty = Type::Unread(word.clone());
        }
        let shifted = matches!(&stated.ty, Type::Unread(words) if !words.contains('[') && words.split(' ').count() > TYPE_WORDS);
        let merged = matches!(types::read(&name).ty, Type::Integer { .. } | Type::Boolean | Type::List(_))
            && matches!(stated.ty, Type::Unread(_));
        if shifted || merged || is_builtin(&name) && matches!(stated.ty, Type::Unread(_)) {
            let message =
                format!("the row of `{name}` has `{}` where its type belongs", short(cell(Column::Type)));
            gaps.push(Gap::unread(row.line, message));
            continue;
        }
        if typed && stated.ty == Type::Unsaid {
            gaps.push(Gap::cut(row.line, &name));
        }
        let mut field = Field {
            line: row.line,
            name,
            nullable: stated.nullable,
            values: stated.values,
            ty: stated.ty,
            example: grid.cell(row, Column::Example).and_then(said).map(str::to_owned),
            ..Field::default()
        };
        if grid.has(Column::Required) {
            requirement(&mut field, cell(Column::Required));
        }
        if !marked {
            read_beside(&mut field, beside);
        }
        if grid.has(Column::Default) {
            default(&mut field, cell(Column::Default));
        }
        let description = cell(Column::Description);
        field.deprecated = marked || words::is_deprecated(description);
        fields.push((field, description));
    }
    fields
}

/// Reads what is written beside a name: `port (Integer, required)`.
fn read_beside(field: &mut Field, beside: &str) {
    let parts = beside.split(['(', '（', ')', '）', ',', '，', ';', '\n', '|', '[', ']']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty() && *part != "*") {
        let required = words::required(part).filter(|_| part.len() > 1);
        if field.required.is_none() && required.is_some() {
            field.required = required;
        } else if words::is(Mark::Conditional, part) {
            field.conditional |= field.required.is_none();
        } else if field.ty == Type::Unsaid && super::leftover::is_type(part) {
            field.ty = types::read(part).ty;
        } else if required.is_none() || required != field.required {
            unread(field, part);
        }
    }
}

/// A name, what is written beside it, and whether that says that the field is deprecated. A name that was struck out is.
fn name(cell: &str) -> (String, &str, bool) {
    let whole = cell.trim();
    let bare = whole.trim_start_matches(['└', '├', '─', '»', '>', '↳', ' ', '~']);
    let end = bare.find(['\n', '(', '（', '~']).unwrap_or(bare.len());
    let (mut name, mut beside) = bare.split_at(end);
    let marked = |text: &str| {
        words::is_deprecated(text) || text.contains("~~") || text.to_lowercase().contains("deprecated")
    };
    // `limit [Deprecated]`; other words beside a name are left to the caller.
    if let Some((first, rest)) = name.trim().split_once(' ').filter(|(_, rest)| marked(rest)) {
        (name, beside) = (first, rest);
    }
    // A star behind a name refers to a note.
    let name = name.trim();
    let bare = name.trim_end_matches('*');
    let name = if bare.is_empty() { name } else { bare };
    (name.to_owned(), beside, whole.starts_with("~~") || marked(beside))
}

/// Whether a mark before a name says that it stands within the row before.
fn is_nested(cell: &str) -> bool {
    cell.trim_start().starts_with(['└', '├', '─', '»', '>', '↳'])
}

fn is_name(text: &str) -> bool {
    let first = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '@' | '{' | '*');
    let rest = |c: char| c.is_ascii_alphanumeric() || "_-.$[]{}:@*/".contains(c);
    text.starts_with(first) && text.chars().all(rest) && text.len() < 128
}

/// A word that pages use for types and vendors do not use for fields that they describe.
fn is_builtin(name: &str) -> bool {
    matches!(name, "Object" | "String" | "Integer" | "Array" | "Boolean" | "Long" | "List")
}

/// A row that spans the table, such as `Path parameters`.
fn is_divider(row: &Row, grid: &Grid<'_>) -> bool {
    grid.columns.len() > 2
        && row.cells.len() >= grid.columns.len()
        && row.cells[1..].iter().all(String::is_empty)
        && row.cells[0].contains(' ')
}

fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// Reads the cell that says whether a field is required: `Yes`, or `No. The default value is "X".`
fn requirement(field: &mut Field, cell: &str) {
    let cell = cell.trim();
    if words::is(Mark::Conditional, cell) {
        field.conditional = true;
        return;
    }
    if let Some(required) = words::required(cell) {
        field.required = Some(required);
        return;
    }
    let end = cell.find(|c: char| !c.is_alphabetic()).unwrap_or(cell.len());
    let (word, rest) = cell.split_at(end);
    // `YesNote`, saved without the line feed between two paragraphs, is left to a reader.
    let rest = rest.trim_start_matches(['.', '。', ',', '，', ';', ' ', '\n', ':']).trim();
    if words::is(Mark::Conditional, rest) || cell.to_lowercase().starts_with("conditional") {
        field.conditional = true;
        return;
    }
    field.required = words::required(word);
    if field.required.is_none() {
        field.conditional = said(cell).is_some();
    } else if let Ok(Some(value)) = prose::default(rest) {
        field.default = Some(value);
        return;
    }
    if let Some(rest) = said(rest).or(said(cell)).filter(|_| field.required.is_none() || !rest.is_empty()) {
        unread(field, rest);
    }
}

/// Reads the cell of a default.
pub(super) fn default(field: &mut Field, cell: &str) {
    match prose::default(cell) {
        Ok(value) => field.default = Some(value.unwrap_or_default()),
        Err(words) => unread(field, &words),
    }
}

/// Keeps words that were not understood.
pub(super) fn unread(field: &mut Field, words: &str) {
    let before = field.unread.take().map(|words| words + " ").unwrap_or_default();
    field.unread = Some(before + words.trim());
}

/// What the limits of a field's type are about.
pub(super) fn kind(ty: &Type) -> Option<prose::Kind> {
    Some(match ty {
        Type::Integer { .. } => prose::Kind::Integer,
        Type::Number => prose::Kind::Number,
        Type::List(_) => prose::Kind::List,
        Type::Text | Type::Unsaid => prose::Kind::Text,
        _ => return None,
    })
}
