//! Whose page it is. Each family has a reader of its own that turns blocks into facts.
//!
//! A page is recognised by what only its family has: Samsung's pages show "Example HTTP request", Huawei's name the
//! method and path under "URI", OceanBase's under "Request path". Anything else is an error that says what was
//! looked for.

mod caption;
mod flat;
mod huawei;
mod leftover;
mod nesting;
mod oceanbase;
mod rows;
mod samsung;

use std::sync::LazyLock;

use dbplane_codegen::finding::{Finding, Place};
use regex_lite::Regex;

use crate::document::{Block, Content, Document};
use crate::facts::{Gap, Operation, Page};
use crate::words::{self, Mark, Section, section};

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
    let Found { operations, mut gaps, date, whole } = found;
    gaps.extend(operations.iter().filter(|o| !is_template(&o.path)).map(|operation| {
        let message =
            format!("the path `{}` has an empty, repeated or unclosed name, or odd letters", operation.path);
        Gap::unread(operation.line, message)
    }));
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
    page.fold_gaps();
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
            None if family.is_some() => {}
            None => {
                let named = match under {
                    Some(Section::Uri) => Some(Family::Huawei),
                    Some(Section::RequestPath) => Some(Family::OceanBase),
                    _ => None,
                };
                family = named.filter(|_| route(text).is_some());
            }
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

/// Whether a path can be sent: its names are closed, not empty and each another one, and its letters are plain.
fn is_template(path: &str) -> bool {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { return false };
        if name.is_empty() || name.contains('{') || before.contains('}') || names.contains(&name) {
            return false;
        }
        names.push(name);
        rest = after;
    }
    !rest.contains('}') && path.is_ascii() && !path.split('/').any(|part| part == "..")
}

/// Method and path, if a text is nothing else. A label and the number or mark of an item may stand before them, and an
/// address before the path: `1. POST https://{Endpoint}/v3/tags`.
fn route(text: &str) -> Option<(String, String)> {
    let text = text.trim_start_matches("• ").trim();
    let label = text.split_once([':', '：']).filter(|(label, _)| section(label) == Some(Section::Uri));
    let text = label.map_or(text, |(_, rest)| rest.trim());
    let item =
        text.split_once(['.', ')']).filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let text = item.map_or(text, |(_, rest)| rest.trim());
    let (method, path) = text.split_once(' ')?;
    let method = method.trim_matches([':', '*', '`']).to_ascii_uppercase();
    let known = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"].contains(&method.as_str());
    let path = path.trim().split(['?', '#']).next().unwrap_or_default().trim_matches(['*', '`']);
    let path = ["https://", "http://", "http(s)://", "https?://"]
        .iter()
        .find_map(|s| path.strip_prefix(s))
        .map_or_else(
        || addressed(path),
        |address| address.split_once('/').map(|(_, path)| format!("/{path}")),
    )?;
    let shaped = path.starts_with('/') && path.len() > 1 && !path.contains(char::is_whitespace);
    (known && shaped).then(|| (method, path.trim_end_matches(['.', '。']).to_owned()))
}

/// The path in `/v3/tags`, `{Endpoint}/v3/tags` or `iam.example.com/v3/tags`.
fn addressed(text: &str) -> Option<String> {
    let (host, path) = text.split_once('/')?;
    let named = host.starts_with('{') && host.ends_with('}') || host.contains('.') && !host.contains(' ');
    (host.is_empty() || named).then(|| format!("/{path}"))
}

/// The status in `Status code: 200` or `Status code: 200 OK`.
fn status(text: &str) -> Option<u16> {
    let rest = words::after(Mark::Status, text.trim_start_matches("• "))?;
    let rest = rest.trim_start_matches([':', '：', ' ']).trim();
    let (code, phrase) = rest.split_at_checked(3)?;
    let alone = phrase.is_empty() || phrase.starts_with([' ', ',', '(', '（']) && phrase.len() < 40;
    code.parse().ok().filter(|status| alone && (100..600).contains(status))
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
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d{4}-\d{2}-\d{2}").ok());
    let found = SHAPE.as_ref().filter(|_| text.len() < 200)?.find(text);
    found.map(|found| found.as_str().to_owned())
}

/// The version in a path such as `/api/v2/instances`.
fn path_version(path: &str) -> Option<String> {
    let version = path.split('/').find_map(|part| part.strip_prefix('v'))?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| version.to_owned())
}
