//! `ascribe demo`: the example reports that the program carries, in the browser or printed.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use ascribe::{Options, Reader};
use ascribe_web::{Config, Intake};

use crate::args::{DemoArguments, OutputArguments, OutputFormat};
use crate::read::Output;
use crate::serve::serve;
use crate::source::INTERRUPTED;

/// All places, people and events in these are invented.
const EXAMPLES: [(&str, &str); 5] = [
    ("harrow-bay-wire.txt", include_str!("../../../examples/reports/harrow-bay-wire.txt")),
    ("harrow-bay-update.html", include_str!("../../../examples/reports/harrow-bay-update.html")),
    ("ostra-prisoners.txt", include_str!("../../../examples/reports/ostra-prisoners.txt")),
    ("lindmark-interview.txt", include_str!("../../../examples/reports/lindmark-interview.txt")),
    ("agency-briefs.jsonl", include_str!("../../../examples/reports/agency-briefs.jsonl")),
];

pub(crate) fn run(arguments: &DemoArguments) -> anyhow::Result<ExitCode> {
    let output = &arguments.output;
    if io::stdout().is_terminal() && output.format.is_none() && output.print.output.is_none() {
        return desk();
    }
    print(arguments)
}

/// Serves a new ledger, into which the collection is read meanwhile.
fn desk() -> anyhow::Result<ExitCode> {
    let ledger = std::env::temp_dir().join(format!("ascribe-demo-{}.db", std::process::id()));
    let made = [ledger.clone(), beside(&ledger, "-wal"), beside(&ledger, "-shm")];
    // A server ends by being stopped, so its ledger is removed then.
    ctrlc::set_handler(move || {
        for file in &made {
            let _ = std::fs::remove_file(file);
        }
        std::process::exit(i32::from(INTERRUPTED));
    })
    .context("Ctrl-C cannot be heeded")?;
    let intake = Intake { options: Options::default(), fetch: None, first: ascribe_web::collection() };
    let config = Config { ledger, users: None, intake: Some(intake) };
    serve(config, ([127, 0, 0, 1], 0).into(), true, "the examples")
}

fn beside(file: &std::path::Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn print(arguments: &DemoArguments) -> anyhow::Result<ExitCode> {
    let reader = Reader::new()?;
    let options = Options::default();
    // Made to be looked at: a table wherever it goes, unless asked otherwise.
    let format = arguments.output.format.or(Some(OutputFormat::Table));
    let mut output = Output::open(&OutputArguments { format, ..arguments.output.clone() })?;
    for (name, text) in EXAMPLES {
        for reading in ascribe::readings(&reader, name, text.as_bytes(), &options) {
            output.write(reading?)?;
        }
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}
