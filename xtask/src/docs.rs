//! `cargo xtask docs`: facts of vendors' pages, held against the specs.

mod arguments;
mod fetch;

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dbplane_codegen::finding::{Finding, Place};
use dbplane_codegen::regular_file;
use dbplane_codegen::spec::Service;
use dbplane_pages::deviations::Deviations;
use dbplane_pages::facts::{self, Page};
use dbplane_pages::lock::Lock;
use dbplane_pages::{Drift, Format, Review, yaml};
use serde_json::Value as Json;

pub(crate) use arguments::{DocsCommand, parse};

use crate::files;
use crate::root::root;
use fetch::{Fetch, Outcome};

/// Which pages were reviewed.
const LOCK: &str = "specs/pages.lock";

/// What came of a command, in the order of exit statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Clean,
    Findings,
    Unreadable,
}

impl Status {
    fn of(clean: bool) -> Self {
        if clean { Self::Clean } else { Self::Findings }
    }
}

/// Runs a command: 0 nothing was found, 1 something was found, 2 a page or the specs cannot be read.
pub(crate) fn run(command: &DocsCommand) -> ExitCode {
    let outcome = match command {
        DocsCommand::Help => {
            println!("{}", arguments::HELP);
            Ok(Status::Clean)
        }
        DocsCommand::Rules => {
            for rule in dbplane_pages::rules() {
                println!("{:<24} {}; if not: {}", rule.id, rule.meaning, rule.remedy);
            }
            Ok(Status::Clean)
        }
        DocsCommand::Facts { files, json } => Ok(print_facts(files, *json)),
        DocsCommand::Check { files, format } => check(files, *format),
        DocsCommand::Report { files } => report(files),
        DocsCommand::Lock { files, accept } => record(files, accept),
        DocsCommand::Draft { files } => draft(files),
        DocsCommand::Fetch { service, fetch } => get(service.as_deref(), fetch),
    };
    match outcome {
        Ok(status) => ExitCode::from(status as u8),
        Err(findings) => {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            ExitCode::from(2)
        }
    }
}

/// Prints what pages state, and to the standard error what was not read.
fn print_facts(files: &[PathBuf], json: bool) -> Status {
    let (pages, mut status) = readable(files);
    let facts: Json = pages.iter().map(|page| facts::json(page, true)).collect();
    if json {
        println!("{facts:#}");
    } else {
        print!("{}", yaml::write(&yaml::Node::from(&facts)));
    }
    for page in &pages {
        for gap in &page.gaps {
            eprintln!("{}:{}: [{}] {}", page.file, gap.line, gap.rule, gap.message);
        }
        status = status.max(Status::of(page.gaps.is_empty()));
    }
    status
}

fn check(files: &[PathBuf], format: Format) -> Result<Status, Vec<Finding>> {
    let (pages, status) = readable(files);
    let review = reviewed(&pages)?;
    print!("{}", dbplane_pages::report(&review.findings, format));
    if format == Format::Text {
        review.accepted.iter().for_each(|drift| println!("accepted: {drift}"));
        if review.findings.is_empty() && status == Status::Clean {
            let (pages, operations, explained) = (pages.len(), review.operations, review.explained);
            println!("pages: {pages}; operations: {operations}; deviations: {explained}, all explained");
        }
    }
    Ok(status.max(Status::of(review.findings.is_empty())))
}

fn reviewed(pages: &[Page]) -> Result<Review, Vec<Finding>> {
    let services = services()?;
    Ok(dbplane_pages::review(pages, &services, &deviations(&services)?, &lock()?))
}

/// Writes the text of an issue: what changed on which page, what cannot be read, and drafts of what is new.
fn report(files: &[PathBuf]) -> Result<Status, Vec<Finding>> {
    let services = services()?;
    let mut unreadable = String::new();
    let mut pages = Vec::new();
    for file in files {
        match page(file) {
            Ok(page) => pages.push(page),
            Err(finding) => _ = writeln!(unreadable, "- {finding}"),
        }
    }
    let review = reviewed(&pages)?;
    print!("{}", dbplane_pages::report(&review.findings, Format::Markdown));
    for page in &pages {
        if let Some(text) = dbplane_pages::draft(page, &services, &saved(Path::new(&page.file))) {
            println!("\n## Draft for {}\n\n```yaml\n{}```", page.file, text.replace("```", "` ` `"));
        }
    }
    if !unreadable.is_empty() {
        println!("\n## Pages that cannot be read\n\n{unreadable}");
    }
    let status = if unreadable.is_empty() { Status::Clean } else { Status::Unreadable };
    Ok(status.max(Status::of(review.findings.is_empty())))
}

/// Notes that pages were reviewed. A page with open findings is refused, unless all of them are named.
fn record(files: &[PathBuf], accept: &[String]) -> Result<Status, Vec<Finding>> {
    let pages = pages(files)?;
    let review = reviewed(&pages)?;
    let mut lock = lock()?;
    let named = |drift: &&Drift| accept.iter().any(|name| *name == drift.key());
    let open: Vec<Drift> = review.findings.iter().filter(|d| !d.rule.starts_with("lock-")).cloned().collect();
    let (accepted, refused): (Vec<&Drift>, Vec<&Drift>) = open.iter().partition(named);
    if !refused.is_empty() {
        refused.iter().for_each(|drift| println!("{drift}"));
        eprintln!("nothing was recorded: correct the findings, or name each with `--accept 'RULE PLACE'`");
        return Ok(Status::Findings);
    }
    let unknown = accept.iter().find(|name| !accepted.iter().any(|drift| drift.key() == **name));
    if let Some(name) = unknown {
        eprintln!("nothing was recorded: there is no finding `{name}`");
        return Ok(Status::Findings);
    }
    for (page, checked) in pages.iter().zip(&review.checked) {
        let accepted: Vec<Drift> =
            accepted.iter().filter(|d| d.page.file == page.file).map(|d| (*d).clone()).collect();
        let day = saved(Path::new(&page.file));
        lock.record(page, checked, &day, &accepted).map_err(|finding| vec![finding])?;
    }
    files::write(&root().join(LOCK), lock.write().as_bytes())
        .map_err(|e| unreadable(LOCK, "lock-form", &e))?;
    println!("recorded in {LOCK}: {}", pages.len());
    accepted.iter().for_each(|drift| println!("accepted: {drift}"));
    Ok(Status::Clean)
}

/// Gets the pages of the specs, or of one of them, then checks them.
fn get(service: Option<&str>, fetch: &Fetch) -> Result<Status, Vec<Finding>> {
    let services = services()?;
    let known = service.is_none_or(|stem| services.iter().any(|s| s.stem == stem));
    if !known {
        eprintln!("there is no spec `{}`", service.unwrap_or_default());
        return Ok(Status::Unreadable);
    }
    let wanted = services.iter().filter(|s| service.is_none_or(|stem| s.stem == stem));
    let sources = wanted.flat_map(|s| &s.operations).map(|o| o.source.url.as_str());
    let addresses = fetch::pages(sources);
    let mut files = Vec::new();
    let mut status = Status::Clean;
    for address in &addresses {
        let (file, outcome) = fetch.get(address);
        let said = match outcome {
            Outcome::New => "new".to_owned(),
            Outcome::Same => "not modified".to_owned(),
            Outcome::Failed(why) => {
                status = Status::Unreadable;
                eprintln!("{address}: not fetched: {why}");
                continue;
            }
        };
        println!("{address}: {said}: {}", file.display());
        files.push(file);
    }
    println!("fetched: {} of {}", files.len(), addresses.len());
    Ok(status.max(check(&files, Format::Text)?))
}

/// The day on which a page was saved, `YYYY-MM-DD`.
fn saved(file: &Path) -> String {
    let time = fs::metadata(file).and_then(|m| m.modified()).ok();
    let time = time.and_then(|time| jiff::Timestamp::try_from(time).ok()).unwrap_or_default().to_string();
    time.get(..10).unwrap_or_default().to_owned()
}

/// Prints a draft for each page with new operations. Its TODOs are for a reviewer; lint refuses them in specs/.
fn draft(files: &[PathBuf]) -> Result<Status, Vec<Finding>> {
    let (pages, mut status) = readable(files);
    let services = services()?;
    for (file, page) in files.iter().zip(&pages) {
        let Some(text) = dbplane_pages::draft(page, &services, &saved(file)) else {
            eprintln!("{}: no operation is new", page.file);
            continue;
        };
        print!("{text}");
        for gap in &page.gaps {
            eprintln!("{}:{}: [{}] {}", page.file, gap.line, gap.rule, gap.message);
            status = status.max(Status::Findings);
        }
    }
    Ok(status)
}

/// The pages that were reviewed; none where there is no lock file yet.
fn lock() -> Result<Lock, Vec<Finding>> {
    match files::text(&root().join(LOCK)) {
        Ok(text) => Lock::read(LOCK, &text),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Lock::default()),
        Err(e) => Err(unreadable(LOCK, "lock-form", &e)),
    }
}

fn unreadable(file: &str, rule: &'static str, error: &std::io::Error) -> Vec<Finding> {
    let message = format!("the file cannot be read or written: {error}");
    vec![Finding::new(
        rule,
        Place::new(file, 1),
        message,
        "make it a regular file that you can read and write",
    )]
}

/// The deviations of the specs from their pages.
pub(crate) fn deviations(services: &[Service]) -> Result<Deviations, Vec<Finding>> {
    let file = format!("specs/{}", dbplane_codegen::DEVIATIONS);
    let text = files::text(&root().join(&file)).map_err(|e| {
        let place = Place::new(&file, 1);
        let finding =
            Finding::new("deviation-form", place, format!("the file cannot be read: {e}"), "put it back");
        vec![finding]
    })?;
    dbplane_pages::deviations::read(&file, &text, services)
}

/// The specs of the project.
fn services() -> Result<Vec<Service>, Vec<Finding>> {
    dbplane_codegen::load(&root().join("specs"))
}

/// All pages, or all that is wrong with any of them.
fn pages(files: &[PathBuf]) -> Result<Vec<Page>, Vec<Finding>> {
    let mut pages = Vec::new();
    let mut findings = Vec::new();
    for file in files {
        match page(file) {
            Ok(page) => pages.push(page),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(pages) } else { Err(findings) }
}

/// The pages that can be read; the others are reported.
fn readable(files: &[PathBuf]) -> (Vec<Page>, Status) {
    let mut pages = Vec::new();
    let mut status = Status::Clean;
    for file in files {
        match page(file) {
            Ok(page) => pages.push(page),
            Err(finding) => {
                eprintln!("{finding}");
                status = Status::Unreadable;
            }
        }
    }
    (pages, status)
}

fn page(file: &Path) -> Result<Page, Finding> {
    let name = file.display().to_string();
    let bytes = regular_file::bytes(file, dbplane_pages::MAX_BYTES).map_err(|e| {
        let message = format!("the page cannot be read: {e}");
        Finding::new("page-unreadable", Place::new(&name, 1), message, "name a file that you can read")
    })?;
    dbplane_pages::read(&name, &bytes)
}

#[cfg(test)]
pub(crate) mod tests {
    /// An empty folder for one test.
    pub(crate) fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("dbplane-docs-{name}-{}", std::process::id()));
        _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
        folder
    }
}
