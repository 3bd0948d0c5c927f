//! The maintainer's commands: `cargo xtask generate [--check]`, `cargo xtask lint [--rules]`, `cargo xtask resolve SPEC`,
//! `cargo xtask docs ...`, `cargo xtask api-diff OLD [NEW]`, `cargo xtask sample-docs --seed N`.

#![allow(clippy::print_stdout)] // this is a program; standard output is where its results go

#[macro_use]
mod output;

mod api_diff;
mod arguments;
mod codes;
mod docs;
mod failure;
mod feature_names;
mod files;
mod generate;
mod guide_list;
mod guides;
mod layers;
mod links;
mod lint;
mod lists;
mod prose;
mod resolve;
mod root;
mod sample_docs;
mod tree;

use std::process::ExitCode;

use arguments::Command;
use failure::Failure;

fn main() -> ExitCode {
    let command = match arguments::parse() {
        Ok(Command::Help) => {
            println!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(command) => command,
        Err(message) => {
            eprintln!("{message}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    if let Err(message) = root::find() {
        eprintln!("{message}");
        return ExitCode::from(2);
    }
    let outcome = match command {
        Command::Help => Ok(()),
        Command::Lint { rules } => lint::run(rules),
        Command::Generate { check } => generate::run(check),
        Command::Resolve(command) => resolve::run(&command).map_err(Failure::from),
        Command::SampleDocs(command) => sample_docs::run(&command).map_err(Failure::from),
        Command::Docs(command) => return docs::run(&command),
        Command::ApiDiff(command) => return api_diff::run(&command),
    };
    let (status, problem) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Findings(problem)) => (1, problem),
        Err(Failure::CouldNotRun(problem)) => (2, problem),
    };
    eprintln!("{problem}");
    ExitCode::from(status)
}
