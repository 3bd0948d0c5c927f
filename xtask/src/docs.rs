//! `cargo xtask docs`: facts of vendors' pages, held against the specs.

mod arguments;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dbplane_codegen::finding::{Finding, Place};
use dbplane_codegen::spec::Service;
use dbplane_pages::deviations::Deviations;
use dbplane_pages::facts::{self, Page};
use dbplane_pages::{Format, yaml};
use serde_json::Value as Json;

pub(crate) use arguments::{Command, parse};

use crate::lint::root;

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
    let deviations = deviations(&services)?;
    let (mut drifts, mut seen) = (Vec::new(), BTreeSet::new());
    for page in &pages {
        let checked = dbplane_pages::check(page, &services);
        drifts.extend(checked.drifts);
        seen.extend(checked.seen);
    }
    let all = drifts.len();
    let left = deviations.explain(drifts, &seen, &services);
    print!("{}", dbplane_pages::report(&left, format));
    if left.is_empty() && format == Format::Text {
        println!("{} pages with {} operations: {all} deviations, all explained", pages.len(), seen.len());
    }
    Ok(left.is_empty())
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
