//! PDF files, read by a process of their own.

use std::process::ExitCode;

use ascribe::PdfText;
use serde_json::{Value, json};

use crate::apart;

/// The hidden command.
pub(crate) const COMMAND: &str = "pdf-text";

/// The text of a file.
///
/// # Errors
/// Says why if it cannot be read.
pub(crate) fn read(bytes: &[u8], max_text: usize) -> Result<PdfText, String> {
    // A text is longer in JSON; one of twice the limit is refused for its length whatever it says.
    let mut answers = apart::ask(COMMAND, bytes.to_vec(), 2 * max_text as u64 + (1 << 20))?;
    let answer = answers.next().ok_or("nothing was answered")??;
    let answer: Value = serde_json::from_str(&answer).map_err(|error| error.to_string())?;
    let line = |name: &str| answer[name].as_str().map(str::to_owned);
    Ok(PdfText {
        text: line("text").unwrap_or_default(),
        title: line("title"),
        author: line("author"),
        made: line("made"),
        n_failed: answer["n_failed"].as_u64().unwrap_or_default() as usize,
    })
}

/// What that process does: a file from standard input, its text to standard output.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    apart::answer(apart::ONE_ANSWER, |bytes, give| {
        let found = ascribe_pdf::read(&bytes)?;
        let answer = json!({
            "text": found.text, "title": found.title, "author": found.author, "made": found.made,
            "n_failed": found.n_failed,
        });
        give(&answer.to_string());
        Ok(())
    })
}
