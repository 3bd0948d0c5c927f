//! The maintainer's commands: `cargo xtask generate [--check]`, `cargo xtask lint [--rules]`, `cargo xtask resolve SPEC`,
//! `cargo xtask docs ...`, `cargo xtask api-diff OLD [NEW]`, `cargo xtask sample-docs --seed N`.

#![allow(clippy::print_stdout)] // this is a program; standard output is where its results go

#[macro_use]
mod output;

mod api_diff;
mod arguments;
mod docs;
mod files;
mod generate;
mod guides;
mod layers;
mod lint;
mod lists;
mod prose;
mod resolve;
mod root;
mod sample_docs;
mod tree;

use std::process::ExitCode;

use arguments::Command;

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
    // What says that something was found, and not that the command could not run.
    let finds = matches!(command, Command::Lint { .. } | Command::Generate { check: true });
    let outcome = match command {
        Command::Help => Ok(()),
        Command::Lint { rules } => lint::run(rules),
        Command::Generate { check } => generate::run(check),
        Command::Resolve(command) => resolve::run(&command),
        Command::SampleDocs(command) => sample_docs::run(&command),
        Command::Docs(command) => return docs::run(&command),
        Command::ApiDiff(command) => return api_diff::run(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(if finds { 1 } else { 2 })
        }
    }
}
