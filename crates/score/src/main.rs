//! The `ascribe-score` command: who-said-what against gold.
//!
//! Data goes to standard output, errors to standard error. Status 0: done; 2: unusable input.
#![allow(clippy::print_stderr)] // a command says on standard error why it gave up

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{error, fs};

use ascribe_score::{
    CardOptions, Corpus, Error, ErrorOptions, FigureCorpus, Score, Slice, calibrate, error_kinds,
    list_errors, measure, score_figures, write_card,
};
use clap::{Args, Parser, Subcommand};

/// Score who said what against gold
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Print precision, recall and F1 as score.py does
    Attribution {
        #[command(flatten)]
        files: Files,
        /// Print JSON instead of the table
        #[arg(long)]
        json: bool,
        /// Resample the articles N times for a 95 % interval of F1
        #[arg(long, value_name = "N", default_value_t = 0)]
        boot: usize,
    },
    /// Write the scorecard in Markdown
    Card {
        #[command(flatten)]
        files: Files,
        /// What was scored: the model's name
        #[arg(long, value_name = "NAME")]
        label: Option<String>,
        /// Resample the articles N times for the 95 % intervals
        #[arg(long, value_name = "N", default_value_t = 1000)]
        boot: usize,
        /// Where to write it
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// List what was missed, made up or given to the wrong source, with its words
    Errors {
        #[command(flatten)]
        files: Files,
        /// List no more than N errors; the counts at the end are of all
        #[arg(long, value_name = "N")]
        most: Option<usize>,
        /// List only kinds whose name begins so, such as "missed" or "source/bounds"
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
    },
    /// Fit the curve from confidence to the share that is right, on every second article
    Calibrate {
        #[command(flatten)]
        files: Files,
    },
    /// Score figures against coded counts and annotated quantities
    Figures {
        /// What they are scored on
        #[arg(long)]
        corpus: FigureCorpus,
        /// The folder of the corpora
        #[arg(long, value_name = "DIR", default_value = "../shared/data")]
        data: PathBuf,
        /// Which part of the corpus
        #[arg(long, default_value = "fitted")]
        slice: Slice,
        /// Print what was missed, with the text, above the table
        #[arg(long)]
        misses: bool,
    },
    /// Time the reader on one core
    Speed {
        /// What to read: JSON lines of {"text"}, or any file that `ascribe read` takes
        #[arg(long, value_name = "FILE")]
        text: PathBuf,
        /// How often
        #[arg(long, value_name = "N", default_value_t = 5)]
        runs: usize,
    },
}

#[derive(Args)]
struct Files {
    /// Articles: JSON lines of {"id", "text"}
    #[arg(long, value_name = "FILE")]
    text: PathBuf,
    /// Gold: JSON lines of {"id", "attributions"}; offsets in code points
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Predictions: as the gold, or what `ascribe read --format jsonl` printed for the text file
    #[arg(long, value_name = "FILE")]
    pred: PathBuf,
}

impl Files {
    fn load(&self) -> Result<Corpus, Error> {
        Corpus::load(&self.text, &self.gold, &self.pred)
    }
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ascribe-score: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(task: Task) -> Result<(), Box<dyn error::Error>> {
    match task {
        Task::Attribution { files, json, boot } => {
            let score = Score::of(&files.load()?, boot);
            print(&if json { score.to_json() } else { score.to_table() })?;
        }
        Task::Card { files, label, boot, out } => {
            let corpus = files.load()?;
            let command = card_command(&files, label.as_deref(), boot, &out, corpus.has_readings);
            let card = write_card(&corpus, &CardOptions { label, command, n_samples: boot });
            fs::write(&out, card).map_err(|e| format!("{}: {e}", out.display()))?;
        }
        Task::Errors { files, most, kind } => {
            check_kind(kind.as_deref().unwrap_or_default())?;
            print(&list_errors(&files.load()?, &ErrorOptions { most, kind }))?;
        }
        Task::Calibrate { files } => {
            let curve = calibrate(&files.load()?).ok_or("the predictions have no confidence")?;
            print(&format!("slope {:.4} intercept {:.4}\n", curve[0], curve[1]))?;
        }
        Task::Figures { corpus, data, slice, misses } => {
            print(&score_figures(corpus, &data, slice, misses)?)?;
        }
        Task::Speed { text, runs } => print(&measure(&text, runs)?.to_table())?,
    }
    Ok(())
}

/// Refuses a beginning that no kind of error has, rather than list nothing.
fn check_kind(start: &str) -> Result<(), String> {
    if error_kinds().any(|kind| kind.starts_with(start)) {
        return Ok(());
    }
    Err(format!("no kind of error begins with '{start}': {}", error_kinds().collect::<Vec<_>>().join(", ")))
}

/// Prints `text`; a reader that has gone away (`| head`) is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(e),
        _ => Ok(()),
    }
}

/// The command lines that make the card again, without the paths of this machine.
fn card_command(files: &Files, label: Option<&str>, boot: usize, out: &Path, readings: bool) -> String {
    let [text, gold, pred, out] = [&*files.text, &files.gold, &files.pred, out].map(portable);
    let label = label.map(|l| format!(" --label {}", quote(l))).unwrap_or_default();
    let read =
        if readings { format!("ascribe read --format jsonl {text} > {pred}\n") } else { String::new() };
    format!(
        "{read}ascribe-score card --text {text} --gold {gold} --pred {pred}{label} --boot {boot} --out {out}"
    )
}

/// A relative path as it was given; of an absolute one, which is of this machine, the file name.
fn portable(path: &Path) -> String {
    let name = path.file_name().filter(|_| path.is_absolute()).map(Path::new);
    quote(&name.unwrap_or(path).display().to_string())
}

fn quote(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/+=:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
