//! PDF files, read by a process of their own: this program, with less memory and time, and nothing to
//! lose. What brings it down is a refusal.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use ascribe::PdfText;
use serde_json::{Value, json};

/// The hidden command.
pub(crate) const COMMAND: &str = "pdf-text";
/// The longest time that a file may take.
const MAX_TIME: Duration = Duration::from_secs(30);
/// Bytes of memory that reading it may take, this program's own included; no limit on Windows.
#[cfg(unix)]
const MAX_MEMORY: u64 = 1 << 30;

/// The text of a file.
///
/// # Errors
/// Says why if it cannot be read.
pub(crate) fn read(bytes: &[u8], max_text: usize) -> Result<PdfText, String> {
    let (mut child, answer) = ask(bytes, max_text).map_err(|error| format!("no PDF reader: {error}"))?;
    let status = child.wait().map_err(|error| error.to_string())?;
    let answer = answer.ok_or_else(|| format!("reading it takes over {} s", MAX_TIME.as_secs()))?;
    let answer: Value = match serde_json::from_slice(&answer) {
        Ok(answer) if status.success() => answer,
        _ => return Err("it takes too much memory, or is built to bring its reader down".to_owned()),
    };
    if let Some(error) = answer["error"].as_str() {
        return Err(error.to_owned());
    }
    let line = |name: &str| answer[name].as_str().map(str::to_owned);
    Ok(PdfText {
        text: line("text").unwrap_or_default(),
        title: line("title"),
        author: line("author"),
        made: line("made"),
        n_failed: answer["n_failed"].as_u64().unwrap_or_default() as usize,
    })
}

/// Starts the process and hands it the file; gives its answer, or `None` if that took too long.
fn ask(bytes: &[u8], max_text: usize) -> io::Result<(Child, Option<Vec<u8>>)> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (to, from) = mpsc::channel();
    // A text is longer in JSON; one of twice the limit is refused for its length whatever it says.
    let limit = 2 * max_text as u64 + (1 << 20);
    thread::spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.map(|stdout| stdout.take(limit).read_to_end(&mut answer));
        // Nobody listens any more if the time was over.
        let _ = to.send(read.map(|_| answer));
    });
    thread::scope(|scope| {
        // A process that ends before it has read all is told by its answer.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(bytes)));
        let answer = from.recv_timeout(MAX_TIME).ok().flatten();
        // It has said all, or it has had its time. An error says that it has ended already.
        let _ = if answer.is_none() { child.kill() } else { Ok(()) };
        Ok((child, answer))
    })
}

/// What that process does: a file from standard input, its text to standard output.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    #[cfg(unix)]
    {
        use rlimit::Resource;
        rlimit::setrlimit(Resource::AS, MAX_MEMORY, MAX_MEMORY).context("no limit can be set")?;
        rlimit::setrlimit(Resource::CPU, MAX_TIME.as_secs(), MAX_TIME.as_secs())
            .context("no limit can be set")?;
        rlimit::setrlimit(Resource::CORE, 0, 0).context("no limit can be set")?;
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    let answer = match ascribe_pdf::read(&bytes) {
        Ok(found) => json!({
            "text": found.text, "title": found.title, "author": found.author, "made": found.made,
            "n_failed": found.n_failed,
        }),
        Err(error) => json!({ "error": error }),
    };
    io::stdout().write_all(answer.to_string().as_bytes()).context("cannot write")?;
    Ok(ExitCode::SUCCESS)
}
