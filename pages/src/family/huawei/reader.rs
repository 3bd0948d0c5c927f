//! The reader's state on its way down a page.

use std::collections::{BTreeMap, HashSet};

use super::super::Found;
use super::super::caption::Caption;
use super::super::leftover::Leftover;
use super::objects::Tables;
use crate::facts::{Operation, Place};
use crate::grid::Columns;
use crate::words::Section;

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TableRole {
    Parameters(Place),
    /// Parameters of the address: each stands in the path or in the query.
    Address,
    Body,
    /// Headers of the response; no client reads them from a table.
    ResponseHeaders,
    /// What the page does not say.
    Unsaid,
    /// Properties of an object; without a name where nothing says which.
    Object(Option<String>),
}

/// Which body: of the request, or of the response with a status, if it has one.
pub(super) type Slot = Option<Option<u16>>;

#[derive(Default)]
pub(super) struct HuaweiReader {
    pub(super) found: Found,
    pub(super) operation: Operation,
    pub(super) section: Option<Section>,
    /// The page has a section of what is sent beside the address.
    pub(super) has_request: bool,
    /// The level of its heading; 0 where the format marks none.
    pub(super) level: u8,
    /// The status whose tables or examples follow.
    pub(super) status: Option<u16>,
    /// The caption whose table follows, and its line.
    pub(super) caption: Option<(usize, Caption)>,
    /// What the table before was, for one that goes on after the end of a page.
    pub(super) before: Option<(Columns, TableRole)>,
    pub(super) tables: BTreeMap<Slot, Tables>,
    /// What was placed: its place and its name, a line each.
    pub(super) placed: HashSet<String>,
    /// What the section has beside its tables.
    pub(super) leftover: Leftover,
}
