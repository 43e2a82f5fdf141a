//! Writes an Arrow file of two reports, a batch each, to standard output; a test of the command reads it:
//!
//! ```sh
//! cargo run -p ascribe-columns --example arrow > crates/cli/tests/two-reports.arrow
//! ```
#![allow(clippy::disallowed_methods, reason = "an example is a program")]

use std::error::Error;
use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_ipc::writer::FileWriter;

const TEXTS: [&str; 2] = [
    "Mayor Ada Lind said on Monday that at least 12 people were injured in the storm at Harrow Bay.",
    "The council has not released any figures.",
];

fn main() -> Result<(), Box<dyn Error>> {
    let batch = |text: &str| {
        let columns = [("text", text), ("date", "2026-01-12")];
        let column = |cell: &str| -> ArrayRef { Arc::new(StringArray::from(vec![cell])) };
        RecordBatch::try_from_iter(columns.map(|(name, cell)| (name, column(cell))))
    };
    let mut writer = FileWriter::try_new(io::stdout().lock(), &batch("")?.schema())?;
    for text in TEXTS {
        writer.write(&batch(text)?)?;
    }
    Ok(writer.finish()?)
}
