//! The `ascribe-score` command: who-said-what against gold.
//!
//! Data goes to standard output, errors to standard error. Status 0: done; 2: unusable input.
#![allow(clippy::print_stderr)] // a command says on standard error why it gave up

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{error, fs};

use ascribe_score::{
    CardOptions, Corpus, Error, ErrorOptions, FigureCorpus, LinkLabels, LinkPredictions, LinkTexts, Score,
    SetAside, Slice, Topic, baseline, calibrate, cofenet_table, duckling, error_kinds, fit_links,
    flags_table, link, links_agreement, links_table, list_errors, load_labels, load_reader, measure,
    read_labelled, recognizers, score_cofenet, score_collection, score_fields, score_figures, score_forms,
    score_judged, score_links, timebank, write_card,
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
    /// Fit the weights of the confidence on every second article; they go into the model file
    Calibrate(ToRead),
    /// Score the same articles in other forms: straight marks, one case, one paragraph
    Forms(ToRead),
    /// Score the fields of statements against labels
    Fields {
        /// Labels: JSON lines as docs/methods/labels.md describes
        #[arg(long, value_name = "FILE", default_value = "tests/labels/statements.jsonl")]
        labels: PathBuf,
        /// The folder of the corpora that hold the labelled texts
        #[arg(long, value_name = "DIR", default_value = "../shared/data")]
        data: PathBuf,
        /// Only the half that rules were written on, or only the other
        #[arg(long)]
        slice: Option<Slice>,
        /// Another model file
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// List what is not right instead: of this field, or of all
        #[arg(long, value_name = "FIELD", num_args = 0..=1, default_missing_value = "")]
        errors: Option<String>,
    },
    /// Score spans of single paragraphs by CofeNet's protocol
    Cofenet {
        /// CofeNet's file: JSON lines of {"tokens", "labels"}
        #[arg(long, value_name = "FILE", default_value = "../shared/data/polnear/cofenet-valid.txt")]
        file: PathBuf,
        /// Read everything in lower case, as CofeNet does
        #[arg(long)]
        lower: bool,
        /// Read the paragraphs of an article together
        #[arg(long)]
        articles: bool,
        /// Another model file
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
    },
    /// Score the grammar of dates
    Dates {
        /// The folder of TimeBank's .tml files
        #[arg(long, value_name = "DIR")]
        timebank: Option<PathBuf>,
        /// The folder of the English DateTime cases of Recognizers-Text
        #[arg(long, value_name = "DIR")]
        recognizers: Option<PathBuf>,
        /// The English corpus of Duckling as JSON lines
        #[arg(long, value_name = "FILE")]
        duckling: Option<PathBuf>,
        /// The list of cases that are not scored
        #[arg(long, value_name = "FILE", default_value = "tests/suite/dates-set-aside.md")]
        aside: PathBuf,
        /// Only the half that rules were written on, or only the other
        #[arg(long)]
        slice: Option<Slice>,
        /// List what failed below each table
        #[arg(long)]
        failures: bool,
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
    /// Score links across reports against labels
    Links {
        /// Predictions: JSON lines as docs/methods/links.md describes; the baseline alone without it
        #[arg(long, value_name = "FILE")]
        pred: Option<PathBuf>,
        /// Read the texts and link them, in place of predictions
        #[arg(long, conflicts_with = "pred", group = "reads")]
        read: bool,
        /// Print crates/link/src/weights.rs, fitted on the half that is for it
        #[arg(long, conflicts_with_all = ["pred", "slice"], group = "reads")]
        fit: bool,
        /// Another model file
        #[arg(long, value_name = "FILE", requires = "reads")]
        model: Option<PathBuf>,
        /// The folder of the labels
        #[arg(long, value_name = "DIR", default_value = "tests/labels/links")]
        labels: PathBuf,
        /// The folder of the corpora that hold the labelled texts
        #[arg(long, value_name = "DIR", default_value = "../shared/data")]
        data: PathBuf,
        /// Only the half that rules were written on, or only the other
        #[arg(long)]
        slice: Option<Slice>,
    },
    /// Score the flags on an example collection against its truth file
    Flags {
        /// The folder of `reports` and `truth.json`
        #[arg(long, value_name = "DIR", default_value = "examples/collection")]
        collection: PathBuf,
        /// Instead score what `ascribe flags --format jsonl` printed for reports of topics
        #[arg(long, value_name = "FILE", conflicts_with_all = ["collection", "model", "errors"])]
        given: Option<PathBuf>,
        /// The judgements of flags on reports of topics
        #[arg(long, value_name = "FILE", default_value = "tests/labels/links/flags.jsonl")]
        judged: PathBuf,
        /// Another model file
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// List what was missed or is wrong below the table
        #[arg(long)]
        errors: bool,
    },
    /// Print the reports of a topic whose flags were judged, for `ascribe add`
    Topic {
        /// Which
        topic: Topic,
        /// The folder of the corpora
        #[arg(long, value_name = "DIR", default_value = "../shared/data")]
        data: PathBuf,
    },
    /// Compare the labels of links that were given twice
    LinksAgreement {
        /// The folder of the labels
        #[arg(long, value_name = "DIR", default_value = "tests/labels/links")]
        labels: PathBuf,
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

/// Articles that the reader itself reads.
#[derive(Args)]
struct ToRead {
    /// Articles: JSON lines of {"id", "text"}
    #[arg(long, value_name = "FILE")]
    text: PathBuf,
    /// Gold: JSON lines of {"id", "attributions"}
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,
    /// Another model file
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
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
        Task::Calibrate(ToRead { text, gold, model }) => {
            let weights = calibrate(&load_reader(model.as_deref())?, &text, &gold)?;
            let told: Vec<String> = weights.iter().map(|w| format!("{w:.4}")).collect();
            print(&format!("{}\n", told.join(" ")))?;
        }
        Task::Forms(ToRead { text, gold, model }) => {
            print(&score_forms(&load_reader(model.as_deref())?, &text, &gold)?)?;
        }
        Task::Fields { labels, data, slice, model, errors } => {
            let texts = load_labels(&labels, &data)?;
            let score = score_fields(&texts, &read_labelled(&load_reader(model.as_deref())?, &texts)?, slice);
            match errors {
                None => print(&score.to_table())?,
                Some(field) => {
                    let listed = score.misses.iter().filter(|m| m.field.starts_with(&*field));
                    print(&listed.map(|m| format!("{}  {}\n", m.field, m.told)).collect::<String>())?;
                }
            }
        }
        Task::Cofenet { file, lower, articles, model } => {
            let tallies = score_cofenet(&load_reader(model.as_deref())?, &file, lower, articles)?;
            print(&cofenet_table(&tallies))?;
        }
        Task::Dates { timebank: texts, recognizers: cases, duckling: corpus, aside, slice, failures } => {
            let list = fs::read_to_string(&aside).map_err(|e| format!("{}: {e}", aside.display()))?;
            let (list, slice) = (SetAside::parse(&list), slice);
            if let Some(folder) = texts {
                print(&timebank(&folder, slice, failures)?)?;
            }
            if let Some(folder) = cases {
                print(&recognizers(&folder, slice, &list, failures)?)?;
            }
            if let Some(file) = corpus {
                print(&duckling(&file, slice, &list, failures)?)?;
            }
        }
        Task::Figures { corpus, data, slice, misses } => {
            print(&score_figures(corpus, &data, slice, misses)?)?;
        }
        Task::Links { fit: true, model, labels, data, .. } => {
            let labels = LinkLabels::load(&labels)?;
            let texts = LinkTexts::load(&labels, &data)?;
            print(&fit_links(&load_reader(model.as_deref())?, &labels, &texts))?;
        }
        Task::Links { pred, read, fit: false, model, labels, data, slice } => {
            let labels = LinkLabels::load(&labels)?;
            let pred = pred.map(|file| LinkPredictions::load(&file, &labels)).transpose()?;
            let texts = LinkTexts::load(&labels, &data)?;
            let pred = match read {
                true => Some(link(&load_reader(model.as_deref())?, &labels, &texts, slice)),
                false => pred,
            };
            let judged = |pred: &LinkPredictions| score_links(&labels, &texts, pred, slice);
            let plain = judged(&baseline(&labels, &texts));
            print(&links_table(pred.as_ref().map(judged).as_ref(), &plain))?;
        }
        Task::Flags { given: Some(given), judged, .. } => print(&score_judged(&given, &judged)?)?,
        Task::Topic { topic, data } => print(&topic.reports(&data)?)?,
        Task::Flags { collection, model, errors, .. } => {
            let score = score_collection(&load_reader(model.as_deref())?, &collection)?;
            print(&flags_table(&score, errors))?;
        }
        Task::LinksAgreement { labels } => print(&links_agreement(&labels)?)?,
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
