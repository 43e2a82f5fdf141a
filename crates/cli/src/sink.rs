//! Where output goes, and how it may look there.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::Context;

use crate::args::{Colour, PrintArguments};
use crate::render::TableStyle;

/// A file or standard output.
pub(crate) struct Sink {
    to: Box<dyn Write>,
    /// Whether people look at it.
    pub(crate) terminal: bool,
}

impl Sink {
    pub(crate) fn open(arguments: &PrintArguments) -> anyhow::Result<Self> {
        let terminal = arguments.output.is_none() && io::stdout().is_terminal();
        let to: Box<dyn Write> = match &arguments.output {
            Some(path) => {
                let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(io::stdout().lock()),
        };
        Ok(Self { to, terminal })
    }

    /// Writes `text` whole, so that a kill leaves no half of it in a pipe's buffer.
    pub(crate) fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.to.write_all(text.as_bytes()).or_else(closed)
    }

    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.to.flush().or_else(closed)
    }

    pub(crate) fn style(&self, arguments: &PrintArguments) -> TableStyle {
        style_of(arguments.width, arguments.color, self.terminal)
    }
}

/// How tables are set, by what the user and the terminal say.
pub(crate) fn style_of(width: Option<u16>, colour: Colour, terminal: bool) -> TableStyle {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
        || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !plain,
    };
    let columns = width.map(usize::from).or_else(|| terminal.then(terminal_width).flatten());
    TableStyle { width: columns.unwrap_or(100), colour }
}

/// A reader that went away ("| head") has seen enough: no error.
pub(crate) fn closed(error: io::Error) -> anyhow::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    Err(error).context("cannot write")
}

fn terminal_width() -> Option<usize> {
    console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns))
}
