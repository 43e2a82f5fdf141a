//! Files that are read by a process of their own: this program, with less memory and time, and nothing to
//! lose. What brings it down is a refusal of what was not read yet.
//!
//! The process has the file on standard input and answers in lines: `=` and JSON, as often as there is
//! something, then `.`, or `!` and why there is no more.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::Context;

/// The longest time that an answer may take, and that of the processor a file may take without one.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of memory that reading a file may take, this program's own included, and for each byte of the
/// file; no limit on Windows.
#[cfg(unix)]
const MAX_MEMORY: [u64; 2] = [1 << 30, 4];
/// Answers that wait to be taken.
const AHEAD: usize = 64;

/// The answers of a process about one file.
pub(crate) struct Answers {
    child: Child,
    lines: Receiver<io::Result<String>>,
    is_over: bool,
}

/// Starts the hidden command `command` and hands it the file. No answer may be longer than `max_answer`
/// bytes.
///
/// # Errors
/// Says why if it cannot be started.
pub(crate) fn ask(command: &str, file: Vec<u8>, max_answer: u64) -> Result<Answers, String> {
    let failed = |error: io::Error| format!("no {command}: {error}");
    let mut child = Command::new(std::env::current_exe().map_err(failed)?)
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    // A process that ends before it has read all is told by its answers.
    thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&file)));
    let (to, lines) = sync_channel(AHEAD);
    thread::spawn(move || stdout.map(|stdout| hand_on(stdout, max_answer, &to)));
    Ok(Answers { child, lines, is_over: false })
}

/// Gives the lines of a process on until nobody listens.
fn hand_on(from: ChildStdout, max_answer: u64, to: &SyncSender<io::Result<String>>) {
    let mut from = BufReader::new(from);
    loop {
        let mut line = String::new();
        // One character more for the mark before an answer, one for the end of the line.
        let read = from.by_ref().take(max_answer.saturating_add(2)).read_line(&mut line);
        let is_over = !read.is_ok_and(|_| line.ends_with('\n'));
        let line = if is_over { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(line) };
        if to.send(line).is_err() || is_over {
            return;
        }
    }
}

impl Iterator for Answers {
    type Item = Result<String, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let line = match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => line.unwrap_or_default(),
            Err(RecvTimeoutError::Disconnected) => String::new(),
            Err(RecvTimeoutError::Timeout) => {
                self.is_over = true;
                return Some(Err(format!("reading it takes over {} s", PATIENCE.as_secs())));
            }
        };
        let line = line.trim_end_matches('\n');
        if let Some(answer) = line.strip_prefix('=') {
            return Some(Ok(answer.to_owned()));
        }
        self.is_over = true;
        match line.strip_prefix('!') {
            Some(error) => Some(Err(error.to_owned())),
            None if line == "." => None,
            None => Some(Err("it takes too much memory, or is built to bring its reader down".to_owned())),
        }
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        // It has said all, or nobody wants more. An error says that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What that process does: `read` answers what is in the file on standard input, each answer a line.
/// `seconds` are those of the processor that it may take.
pub(crate) fn answer(
    seconds: u64,
    read: impl FnOnce(Vec<u8>, &mut dyn FnMut(&str) -> bool) -> Result<(), String>,
) -> anyhow::Result<ExitCode> {
    let mut file = Vec::new();
    io::stdin().read_to_end(&mut file).context("cannot read standard input")?;
    limit(file.len() as u64, seconds)?;
    let mut to = BufWriter::new(io::stdout().lock());
    let mut failed = None;
    let outcome = read(file, &mut |answer| {
        failed = writeln!(to, "={answer}").err();
        failed.is_none()
    });
    failed.map_or(Ok(()), Err).context("cannot write")?;
    match outcome {
        Ok(()) => writeln!(to, "."),
        // It is one line, whatever a file makes its reader say.
        Err(error) => writeln!(to, "!{}", error.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
    .and_then(|()| to.flush())
    .context("cannot write")?;
    Ok(ExitCode::SUCCESS)
}

/// The longest time of the processor for a file with one answer.
pub(crate) const ONE_ANSWER: u64 = PATIENCE.as_secs();

#[cfg(unix)]
fn limit(n_bytes: u64, seconds: u64) -> anyhow::Result<()> {
    use rlimit::Resource;
    let memory = MAX_MEMORY[0] + MAX_MEMORY[1] * n_bytes;
    for (what, most) in [(Resource::AS, memory), (Resource::CPU, seconds), (Resource::CORE, 0)] {
        rlimit::setrlimit(what, most, most).context("no limit can be set")?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit(_: u64, _: u64) -> anyhow::Result<()> {
    Ok(())
}
