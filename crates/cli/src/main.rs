//! The `ascribe` command: thin wiring of arguments, files and output around the façade.
#![allow(clippy::print_stdout, reason = "what a command line is for")]

mod apart;
mod args;
mod check;
#[cfg(feature = "columnar")]
mod columns;
mod demo;
mod input;
mod ledger;
mod pdf;
mod read;
mod render;
mod serve;
mod sink;
mod source;
mod web;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Read(options) => read::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::PdfText => pdf::run(),
        #[cfg(feature = "columnar")]
        Command::ColumnRows => columns::run(),
        Command::Serve(options) => serve::run(&options),
        Command::Users(command) => serve::users(&command),
        Command::Ledger(command) => ledger::run(&command),
        Command::Schema => {
            print!("{}", ascribe::SCHEMA);
            Ok(ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|error| {
        anstream::eprintln!("ascribe: {error:#}");
        ExitCode::from(read::NOTHING_DONE)
    })
}
