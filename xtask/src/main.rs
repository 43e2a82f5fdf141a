//! Chores of this repository: `cargo xtask tidy` checks its rules, `cargo xtask ci` runs what CI runs.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to people")]

mod repository;
mod rules;

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};

use crate::repository::Repository;
use crate::rules::RULES;

const USAGE: &str = "usage: cargo xtask tidy | ci

  tidy  check the rules of this repository: who depends on whom, where files and clock may be used,
        what every Cargo.toml takes from the workspace
  ci    run .ci/run: tests, format, clippy, docs, dependencies";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["tidy"] => tidy(),
        ["ci"] => ci(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn tidy() -> anyhow::Result<()> {
    let repository = Repository::load()?;
    let mut n_broken = 0;
    for rule in RULES {
        let faults = (rule.check)(&repository);
        n_broken += usize::from(!faults.is_empty());
        println!("{} {}", if faults.is_empty() { "ok    " } else { "BROKEN" }, rule.says);
        faults.iter().for_each(|fault| println!("       {fault}"));
    }
    if n_broken > 0 {
        bail!("{n_broken} of {} rules are broken", RULES.len());
    }
    Ok(())
}

fn ci() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status =
        Command::new("bash").arg(".ci/run").current_dir(root).status().context("cannot start bash")?;
    if !status.success() {
        bail!(".ci/run failed: {status}");
    }
    Ok(())
}
