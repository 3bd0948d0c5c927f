//! The maintainer's commands: `cargo xtask generate [--check]`, `cargo xtask lint [--rules]`, `cargo xtask resolve SPEC`,
//! `cargo xtask docs ...`, `cargo xtask api-diff OLD [NEW]`.

#![allow(clippy::print_stdout)] // this is a program; standard output is where its results go

mod api_diff;
mod arguments;
mod docs;
mod features;
mod generate;
mod guides;
mod lint;
mod resolve;
mod tree;

use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let outcome = match arguments::parse() {
        Ok(Command::Help) => {
            println!("{}", arguments::HELP);
            Ok(())
        }
        Ok(Command::Lint { rules }) => lint::run(rules),
        Ok(Command::Generate { check }) => generate::run(check),
        Ok(Command::Resolve(command)) => resolve::run(&command),
        Ok(Command::Docs(command)) => return docs::run(&command),
        Ok(Command::ApiDiff(command)) => return api_diff::run(&command),
        Err(message) => {
            eprintln!("{message}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
