//! `cargo xtask docs`: facts of vendors' pages, held against the specs.

mod arguments;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dbplane_codegen::finding::{Finding, Place};
use dbplane_codegen::lint;
use dbplane_codegen::spec::{Document, Service};
use dbplane_pages::deviations::Deviations;
use dbplane_pages::facts::{self, Page};
use dbplane_pages::lock::Lock;
use dbplane_pages::{Format, yaml};
use serde_json::Value as Json;

pub(crate) use arguments::{Command, parse};

use crate::root::root;

/// Which pages were reviewed.
const LOCK: &str = "specs/pages.lock";

/// What a draft is called in findings.
const DRAFT: &str = "vendor-draft.yaml";

/// Runs a command: 0 fine, 1 something was found, 2 a page or the specs can't be read.
pub(crate) fn run(command: &Command) -> ExitCode {
    let outcome = match command {
        Command::Help => {
            println!("{}", arguments::HELP);
            Ok(true)
        }
        Command::Rules => {
            for rule in dbplane_pages::rules() {
                println!("{:<24} {}; if not: {}", rule.id, rule.meaning, rule.remedy);
            }
            Ok(true)
        }
        Command::Facts { files, json } => pages(files).map(|pages| print_facts(&pages, *json)),
        Command::Check { files, format } => check(files, *format),
        Command::Lock { files } => record(files),
        Command::Draft { files } => draft(files),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(findings) => {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            ExitCode::from(2)
        }
    }
}

fn print_facts(pages: &[Page], json: bool) -> bool {
    let facts: Json = pages.iter().map(|page| facts::json(page, true)).collect();
    if json {
        println!("{facts:#}");
    } else {
        print!("{}", yaml::write(&yaml::Node::from(&facts)));
    }
    true
}

fn check(files: &[PathBuf], format: Format) -> Result<bool, Vec<Finding>> {
    let pages = pages(files)?;
    let services = services()?;
    let review = dbplane_pages::review(&pages, &services, &deviations(&services)?, &lock()?);
    print!("{}", dbplane_pages::report(&review.findings, format));
    if review.findings.is_empty() && format == Format::Text {
        let (pages, operations, explained) = (pages.len(), review.operations, review.explained);
        println!("pages: {pages}; operations: {operations}; deviations: {explained}, all explained");
    }
    Ok(review.findings.is_empty())
}

/// Notes that pages were reviewed.
fn record(files: &[PathBuf]) -> Result<bool, Vec<Finding>> {
    let pages = pages(files)?;
    let services = services()?;
    let mut lock = lock()?;
    for (file, page) in files.iter().zip(&pages) {
        let saved = fs::metadata(file).and_then(|m| m.modified()).ok();
        let saved =
            saved.and_then(|time| jiff::Timestamp::try_from(time).ok()).unwrap_or_default().to_string();
        let day = saved.get(..10).unwrap_or_default();
        lock.record(page, &dbplane_pages::check(page, &services), day).map_err(|finding| vec![finding])?;
    }
    fs::write(root().join(LOCK), lock.write()).map_err(|e| unreadable(LOCK, "lock-form", &e))?;
    println!("recorded in {LOCK}: {}", pages.len());
    Ok(true)
}

/// The day on which a page was saved, `YYYY-MM-DD`.
fn saved(file: &Path) -> String {
    let time = fs::metadata(file).and_then(|m| m.modified()).ok();
    let time = time.and_then(|time| jiff::Timestamp::try_from(time).ok()).unwrap_or_default().to_string();
    time.get(..10).unwrap_or_default().to_owned()
}

/// Prints a draft for each page with new operations, and what lint has to say about it.
fn draft(files: &[PathBuf]) -> Result<bool, Vec<Finding>> {
    let pages = pages(files)?;
    let services = services()?;
    let mut clean = true;
    for (file, page) in files.iter().zip(&pages) {
        let Some(text) = dbplane_pages::draft(page, &services, &saved(file)) else {
            eprintln!("{}: no operation is new", page.file);
            continue;
        };
        print!("{text}");
        let open = |_: &str| Ok(text.clone());
        let linted =
            Document::open("", DRAFT, open).and_then(|document| lint::check("vendor-draft", &document));
        for finding in linted.err().into_iter().flatten() {
            clean = false;
            eprintln!("{finding}");
        }
    }
    Ok(clean)
}

/// The pages that were reviewed; none where there is no lock file yet.
fn lock() -> Result<Lock, Vec<Finding>> {
    match fs::read_to_string(root().join(LOCK)) {
        Ok(text) => Lock::read(LOCK, &text),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Lock::default()),
        Err(e) => Err(unreadable(LOCK, "lock-form", &e)),
    }
}

fn unreadable(file: &str, rule: &'static str, error: &std::io::Error) -> Vec<Finding> {
    let message = format!("the file can't be read or written: {error}");
    vec![Finding::new(rule, Place::new(file, 1), message, "let it be a file that you may read and write")]
}

/// The deviations of the specs from their pages.
pub(crate) fn deviations(services: &[Service]) -> Result<Deviations, Vec<Finding>> {
    let file = format!("specs/{}", dbplane_codegen::DEVIATIONS);
    let text = fs::read_to_string(root().join(&file)).map_err(|e| {
        let place = Place::new(&file, 1);
        let finding =
            Finding::new("deviation-form", place, format!("the file can't be read: {e}"), "put it back");
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

fn page(file: &Path) -> Result<Page, Finding> {
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|e| {
        let place = dbplane_codegen::finding::Place::new(&name, 1);
        Finding::new(
            "page-unreadable",
            place,
            format!("the page can't be read: {e}"),
            "name a file that you may read",
        )
    })?;
    dbplane_pages::read(&name, &bytes)
}
