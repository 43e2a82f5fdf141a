//! `ascribe demo`: the example reports that the program carries.

use std::process::ExitCode;

use ascribe::{Options, Reader};

use crate::args::{DemoArguments, OutputArguments, OutputFormat};
use crate::read::Output;

/// All places, people and events in these are invented.
const EXAMPLES: [(&str, &str); 5] = [
    ("harrow-bay-wire.txt", include_str!("../../../examples/reports/harrow-bay-wire.txt")),
    ("harrow-bay-update.html", include_str!("../../../examples/reports/harrow-bay-update.html")),
    ("ostra-prisoners.txt", include_str!("../../../examples/reports/ostra-prisoners.txt")),
    ("lindmark-interview.txt", include_str!("../../../examples/reports/lindmark-interview.txt")),
    ("agency-briefs.jsonl", include_str!("../../../examples/reports/agency-briefs.jsonl")),
];

pub(crate) fn run(arguments: &DemoArguments) -> anyhow::Result<ExitCode> {
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
