//! Whose page it is. Each family has a reader of its own that turns blocks into facts.
//!
//! A page is recognised by what only its family has: Samsung's pages show "Example HTTP request", Huawei's name the
//! method and path under "URI", OceanBase's under "Request path". Anything else is an error that says what was
//! looked for.

mod huawei;
mod oceanbase;
mod rows;
mod samsung;

use dbplane_codegen::finding::{Finding, Place};

use crate::document::{Block, Content, Document};
use crate::facts::{Gap, Operation, Page};
use crate::words::{Section, section};

/// Whose page it is, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A page of the OceanBase Cloud API reference.
    OceanBase,
    /// A page of the Huawei Cloud help centre.
    Huawei,
    /// A page of the Samsung Cloud Platform API reference, or its print view with all operations.
    Samsung,
}

impl Family {
    /// A name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Family::OceanBase => "OceanBase reference",
            Family::Huawei => "Huawei help centre",
            Family::Samsung => "Samsung API reference",
        }
    }

    /// The vendor, as the stems of specs name it.
    #[must_use]
    pub fn vendor(self) -> &'static str {
        match self {
            Family::OceanBase => "oceanbase",
            Family::Huawei => "huawei",
            Family::Samsung => "samsung",
        }
    }
}

/// What a family's reader finds on a page.
#[derive(Default)]
struct Found {
    operations: Vec<Operation>,
    gaps: Vec<Gap>,
    date: Option<String>,
    whole: bool,
}

/// Reads the facts of a page.
pub(crate) fn read(document: &Document) -> Result<Page, Finding> {
    let family = recognise(document).ok_or_else(|| unknown(document))?;
    let found = match family {
        Family::OceanBase => oceanbase::read(document),
        Family::Huawei => huawei::read(document),
        Family::Samsung => samsung::read(document),
    };
    if found.operations.is_empty() {
        return Err(unknown(document));
    }
    let Found { operations, gaps, date, whole } = found;
    let mut page = Page {
        file: document.file.clone(),
        url: document.url.clone(),
        family,
        date,
        whole,
        operations,
        gaps,
    };
    page.sort();
    Ok(page)
}

fn recognise(document: &Document) -> Option<Family> {
    let mut under = None;
    let mut family = None;
    for block in &document.blocks {
        let text = match &block.content {
            Content::Text { text, .. } => text.as_str(),
            Content::Code(code) => code.lines().next().unwrap_or_default(),
            Content::Table(_) => continue,
        };
        match section(text.trim_start_matches("• ")) {
            Some(Section::HttpRequestExample) => return Some(Family::Samsung),
            Some(found) => under = Some(found),
            None if route(text).is_none() => {}
            None if under == Some(Section::Uri) => family = family.or(Some(Family::Huawei)),
            None if under == Some(Section::RequestPath) => family = family.or(Some(Family::OceanBase)),
            None => {}
        }
    }
    family
}

fn unknown(document: &Document) -> Finding {
    let message = "the page is none of the known ones. Looked for: METHOD /path under `Request path` (OceanBase), METHOD \
                   /path under `URI` (Huawei), METHOD /path and `Example HTTP request` (Samsung)";
    let remedy = "save the page of an operation, whole and not as a picture or a frame";
    Finding::new("page-unknown", Place::new(&document.file, 1), message, remedy)
}

/// Method and path, if a text is nothing else. The path may follow an address, `https://{Endpoint}/v3/tags`.
fn route(text: &str) -> Option<(String, String)> {
    let (method, path) = text.trim_start_matches("• ").trim().split_once(' ')?;
    let method = method.trim_end_matches(':').to_ascii_uppercase();
    let known = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"].contains(&method.as_str());
    let path = path.trim().split('?').next().unwrap_or_default();
    let path = match path.strip_prefix("https://").or_else(|| path.strip_prefix("http://")) {
        Some(address) => address.split_once('/').map(|(_, path)| format!("/{path}"))?,
        None => path.to_owned(),
    };
    let shaped = path.starts_with('/') && path.len() > 1 && !path.contains(char::is_whitespace);
    (known && shaped).then(|| (method, path.trim_end_matches(['.', '。']).to_owned()))
}

/// Whether a name is one of a header rather than of a property.
fn header_name(name: &str) -> bool {
    const KNOWN: [&str; 6] =
        ["content-type", "authorization", "accept", "host", "content-length", "accept-language"];
    name.starts_with("X-") || name.starts_with("x-") || KNOWN.contains(&name.to_ascii_lowercase().as_str())
}

/// The title of the page: its first heading, or what stands last before its first section.
fn title(document: &Document, first_section: usize) -> Option<String> {
    let before = document.blocks.get(..first_section)?;
    let heading = before.iter().find_map(|b| match &b.content {
        Content::Text { text, level: 1 } => Some(text.clone()),
        _ => None,
    });
    let plain = |text: &&str| !text.contains("/ ") && !text.starts_with('•') && date(text).is_none();
    heading.or_else(|| before.iter().rev().filter_map(Block::text).find(plain).map(str::to_owned))
}

/// The first date in a text, `YYYY-MM-DD`.
fn date(text: &str) -> Option<String> {
    let shape = regex_lite::Regex::new(r"\d{4}-\d{2}-\d{2}").ok()?;
    (text.len() < 200).then(|| shape.find(text).map(|found| found.as_str().to_owned()))?
}

/// The version in a path such as `/api/v2/instances`.
fn path_version(path: &str) -> Option<String> {
    let version = path.split('/').find_map(|part| part.strip_prefix('v'))?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}
