//! From vendors' reference pages to facts, and from facts to what differs from the specs.
//!
//! The stages, each a module that knows only the ones before it: [`document`] brings a saved page of any format into
//! a neutral form, the readers of each [`facts::Family`] turn it into [`facts`]; [`read`] does both. [`check`] holds
//! facts against specs and tells every [`Drift`], less what [`deviations`] explain; [`draft`] writes specs for operations
//! that have none.

mod check;
pub mod deviations;
pub mod document;
mod draft;
mod drift;
mod example;
pub mod facts;
mod family;
mod grid;
pub mod lock;
mod prose;
mod report;
mod review;
mod rules;
mod types;
mod words;
pub mod yaml;

use dbplane_codegen::finding::{Finding, Place};

pub use check::{Checked, check};
pub use draft::draft;
pub use drift::{Drift, Severity};
pub use report::{Format, report};
pub use review::{Review, review};
pub use rules::{Rule, rules};

use facts::Page;

/// The largest page that is read.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Reads the facts of a saved page.
///
/// # Errors
/// Why it can't be read: it is too large or has too many parts, no UTF-8, or none of the known pages.
pub fn read(file: &str, bytes: &[u8]) -> Result<Page, Finding> {
    let refuse =
        |rule, message: String, remedy| Err(Finding::new(rule, Place::new(file, 1), message, remedy));
    if bytes.len() > MAX_BYTES {
        let message = format!("the page has {} bytes, more than {MAX_BYTES}", bytes.len());
        return refuse("page-size", message, "save the page without its pictures, or in parts");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let document = document::read(file, text);
            if document.is_cut {
                let (tables, rows, blocks) = (document::MAX_TABLES, document::MAX_ROWS, document::MAX_BLOCKS);
                let message = format!(
                    "the page has more than {tables} tables, {rows} rows of tables or {blocks} blocks"
                );
                return refuse("page-size", message, "save it in parts");
            }
            family::read(&document)
        }
        Err(error) => {
            let message = format!("the page is not UTF-8 from byte {}", error.valid_up_to());
            refuse("page-encoding", message, "save it as UTF-8")
        }
    }
}
