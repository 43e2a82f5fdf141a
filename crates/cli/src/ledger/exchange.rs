//! `ascribe export --format`: one file for other programs.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use ascribe_export::{Error, Format, Written};
use ascribe_ledger::{Filter, Ledger};

use super::args::{ExportArguments, ExportFormat};
use super::show::common;
use crate::sink::closed;

pub(super) fn write(
    ledger: &Ledger,
    format: ExportFormat,
    arguments: &ExportArguments,
) -> anyhow::Result<()> {
    let filter = Filter {
        act: arguments.act.clone(),
        naming: arguments.naming.clone(),
        measure: arguments.measure.clone(),
        place: arguments.place.clone(),
        status: arguments.status.clone(),
        ..common(&arguments.common)
    };
    let format = match format {
        ExportFormat::Xlsx => Format::Xlsx,
        ExportFormat::Hxl => Format::Hxl,
        ExportFormat::Annotation => Format::Annotation,
        ExportFormat::Claim => Format::Claim,
        ExportFormat::Graphml => Format::GraphMl,
        ExportFormat::GraphJson => Format::GraphJson,
    };
    let written = match &arguments.output {
        Some(path) => to_file(ledger, format, &filter, path)?,
        None if format == Format::Xlsx && io::stdout().is_terminal() => {
            bail!("a spreadsheet is nothing for a terminal: name a file with --output");
        }
        None => {
            let mut to = BufWriter::new(io::stdout());
            let written = ascribe_export::write(ledger, format, &filter, &mut to);
            match written.and_then(|written| to.flush().map(|()| written).map_err(Error::from)) {
                Err(Error::Write(error)) => return closed(error),
                written => written?,
            }
        }
    };
    if written.n == 0 {
        anstream::eprintln!("nothing fits");
    }
    if written.n_left_out > 0 {
        let Written { n_left_out, .. } = written;
        anstream::eprintln!("{n_left_out} left out that the format has no place for, or that were rejected");
    }
    Ok(())
}

/// Under another name until it is whole, so that no half of one is taken for it.
fn to_file(ledger: &Ledger, format: Format, filter: &Filter, path: &Path) -> anyhow::Result<Written> {
    let failed = || format!("cannot write {}", path.display());
    let part = path.with_added_extension("part");
    let mut to = BufWriter::new(File::create(&part).with_context(failed)?);
    let written = ascribe_export::write(ledger, format, filter, &mut to)
        .and_then(|written| to.flush().map(|()| written).map_err(Error::from));
    let written = written.inspect_err(|_| {
        // What is left of it is no use; that it could not be written is what is told.
        let _ = fs::remove_file(&part);
    })?;
    fs::rename(&part, path).with_context(failed)?;
    Ok(written)
}
