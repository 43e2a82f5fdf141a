//! What the tests of this folder share.
#![allow(dead_code)] // each test binary uses a part of it

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

use ascribe_record::{CodePoints, Form, Reading, Report, Span, Statement, StatementId, Words};
use ascribe_score::SplitMix64;
use serde_json::{Value, json};

/// The attributions of an article as they stand in a file.
pub(crate) type Attributions = Vec<Value>;

/// `[begin, end]` of the first `words` in `text`, in code points.
pub(crate) fn span(text: &str, words: &str) -> Value {
    let begin = text[..text.find(words).expect("words of the text")].chars().count();
    json!([begin, begin + words.chars().count()])
}

/// A file of texts.
pub(crate) fn text_lines<K: Display>(texts: &BTreeMap<K, String>) -> String {
    texts.iter().map(|(id, text)| format!("{}\n", json!({"id": id.to_string(), "text": text}))).collect()
}

/// A file of gold or predictions.
pub(crate) fn lines<K: Display>(articles: &BTreeMap<K, Attributions>) -> String {
    articles
        .iter()
        .map(|(id, all)| format!("{}\n", json!({"id": id.to_string(), "attributions": all})))
        .collect()
}

/// Characters that tokenizers disagree about; all of them in Unicode 14 and older.
const ODD: &str = "ab Z9_ ,.'\"“”‘’—…\n\u{1C}\u{1F}\u{83}\u{85}\u{A0}\u{AD}\u{301}\u{303}\u{93F}\u{20DD}²½Ⅷ٣ⒶⓏ🄰😀👍🏽\u{200D}\u{200B}\u{2028}\u{3000}\u{FEFF}東ひ가ñ\u{E0001}ºª";

/// A text of `n` odd characters.
pub(crate) fn random_text(rng: &mut SplitMix64, n: usize) -> String {
    let odd: Vec<char> = ODD.chars().collect();
    // Half of them plain, so that there are words longer than a letter.
    (0..n).map(|_| if rng.below(2) == 0 { odd[rng.below(4)] } else { odd[rng.below(odd.len())] }).collect()
}

/// Up to eight attributions at random places of `text`, with parts that may be empty or cross.
pub(crate) fn random_attributions(rng: &mut SplitMix64, text: &str) -> Attributions {
    let n_points = text.chars().count();
    let mut part = |n_most: usize, len: usize| -> Vec<Value> {
        let n = rng.below(n_most + 1);
        (0..n)
            .map(|_| {
                let begin = rng.below(n_points);
                json!([begin, (begin + 1 + rng.below(len)).min(n_points)])
            })
            .collect()
    };
    let n = part(8, 1).len();
    (0..n).map(|_| json!({"source": part(1, 6), "cue": part(2, 3), "content": part(2, 20)})).collect()
}

/// The folder with the reference scorer and the corpora, if this checkout lies beside it.
pub(crate) fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    path.join("score/score.py").is_file().then_some(path)
}

/// What `python3` prints, given `args`; `None` if there is no `python3`.
pub(crate) fn python(args: &[&str]) -> Option<Output> {
    Command::new("python3").env("PYTHONIOENCODING", "utf-8").args(args).output().ok()
}

/// Says that a test could not run, and why. Past the harness, which swallows what `eprintln!` says
/// in a test that passes.
pub(crate) fn skipped(test: &str, why: &str) {
    let _ = writeln!(io::stderr(), "SKIPPED: {test}: {why}");
}

/// Runs our own command.
pub(crate) fn ours(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ascribe-score")).args(args).output().expect("the command starts")
}

/// An empty folder for the test called `name`.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the build folder is writable");
    path
}

/// Writes `body` to `folder/name` and returns the path.
pub(crate) fn write(folder: &Path, name: &str, body: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, body).expect("the build folder is writable");
    path.display().to_string()
}

/// The reading of `text`, record `record` of its file, that holds `attributions`; the n-th has
/// confidence n/10 (at most 1) and is direct, indirect and mixed in turn.
pub(crate) fn reading(record: usize, text: &str, attributions: &[Value]) -> String {
    let mut report = Report::new(text.to_owned(), "application/jsonl");
    report.record = Some(record as u64);
    let mut reading = Reading::of(report);
    let statements = attributions.iter().enumerate().map(|(i, a)| statement(i, text, a));
    reading.statements = statements.collect();
    reading.to_json()
}

fn statement(i: usize, text: &str, attribution: &Value) -> Statement {
    let points = CodePoints::of(text);
    let words = |part: &str| {
        let byte = |at: &Value| {
            let point = at.as_u64().and_then(|n| usize::try_from(n).ok());
            point.and_then(|n| points.to_byte(n)).expect("an offset inside the text")
        };
        let spans = attribution[part].as_array().expect("a list of spans");
        Words::at(text, spans.iter().map(|span| Span::new(byte(&span[0]), byte(&span[1]))).collect())
    };
    Statement {
        form: Form::ALL[i % 3],
        confidence: ((i + 1) as f64 / 10.0).min(1.0),
        ..Statement::new(StatementId(i as u32 + 1), words("source"), words("cue"), words("content"))
    }
}
