//! The table of placeholders: where a page shows an empty text for a value of another type.

use dbplane::Timestamp;
use dbplane::samsung::mariadb_1_0::models::*;
use serde_json::Value;

use crate::files::{self, File};

/// A place in an example, and the value that stands there for the empty text.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) example: String,
    pub(crate) pointer: String,
    pub(crate) value: Value,
    kind: String,
}

impl Row {
    pub(crate) fn is_of(&self, file: &File) -> bool {
        file.service == "samsung-mariadb-1.0" && self.example == format!("{}.{}", file.operation, file.kind)
    }
}

/// All rows; only Samsung's page has placeholders.
pub(crate) fn rows() -> Vec<Row> {
    let table = files::read("samsung-mariadb-1.0/placeholders.json");
    let row = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap_or_else(|| panic!("no {key}: {row}")).to_owned();
        let value = row["value"].clone();
        Row { example: text("example"), pointer: text("pointer"), value, kind: text("type") }
    };
    table.as_array().unwrap().iter().map(row).collect()
}

/// An example with the values of these rows in the place of empty texts.
pub(crate) fn filled<'r>(file: &File, rows: impl IntoIterator<Item = &'r Row>) -> Value {
    let mut page = file.read();
    for row in rows.into_iter().filter(|row| row.is_of(file)) {
        let place = page.pointer_mut(&row.pointer).unwrap_or_else(|| panic!("{file} has no {}", row.pointer));
        assert_eq!(place, "", "{file} has a value at {}", row.pointer);
        *place = row.value.clone();
    }
    page
}

#[test]
fn every_row_belongs_to_an_example_and_has_a_value_of_its_type() {
    let files = files::list("samsung-mariadb-1.0");
    for row in rows() {
        assert_eq!(files.iter().filter(|file| row.is_of(file)).count(), 1, "{row:?}");
        let text = row.value.as_str().unwrap_or_default();
        let fits = match row.kind.as_str() {
            "integer" => row.value.is_i64(),
            "number" => row.value.is_number(),
            "boolean" => row.value.is_boolean(),
            "date-time" => Timestamp::from(text).unix_millis().is_some(),
            "BlockStorageGroupRoleType" => BlockStorageGroupRoleType::VALUES.contains(&text),
            "InstanceGroupRoleType" => InstanceGroupRoleType::VALUES.contains(&text),
            "InstanceRoleType" => InstanceRoleType::VALUES.contains(&text),
            "ProductType" => ProductType::VALUES.contains(&text),
            _ => false,
        };
        assert!(fits, "{row:?}");
    }
}

#[test]
fn no_place_has_two_rows() {
    let rows = rows();
    for (index, row) in rows.iter().enumerate() {
        let same = |other: &Row| other.example == row.example && other.pointer == row.pointer;
        assert!(!rows[..index].iter().any(same), "{row:?}");
    }
}
