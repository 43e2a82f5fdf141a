//! Whole reports through the whole way: the principles of the design as tests, and goldens of the
//! example reports.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ascribe::{Options, Reader, Reading, Refusal, Report};
use proptest::prelude::*;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new().expect("the model inside loads"));

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str, bytes: &[u8]) -> Vec<Result<Reading, Refusal>> {
    ascribe::readings(&READER, path, bytes, &Options::default()).collect()
}

fn read_text(text: &str) -> Reading {
    let mut report = Report::new(text.to_owned(), "text/plain");
    report.id = "0".repeat(64);
    READER.read(report)
}

fn check(reading: &Reading) {
    ascribe_testkit::check_reading(reading);
    ascribe_testkit::validate(&reading.to_json());
    assert_eq!(
        &Reading::from_json(&reading.to_json()).unwrap(),
        reading,
        "what is written can be read again"
    );
}

fn examples() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("examples/reports")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|f| (f.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&f).unwrap()))
        .collect()
}

/// A reading as readable lines. Confidences are left out: their third decimal may hang on the
/// processor.
fn describe(reading: &Reading) -> String {
    let mut out = String::new();
    let r = &reading.report;
    let _ = writeln!(
        out,
        "# {} | {:?} | {:?}",
        r.title.as_deref().unwrap_or("-"),
        r.published,
        r.dateline.as_ref().map(|d| &d.place)
    );
    for s in &reading.statements {
        let speaker = &s.speaker;
        let _ = writeln!(out, "{} [{}] <{}> {{{}}}", s.id, s.source.text, s.cue.text, s.content.text);
        let _ = write!(
            out,
            "    {} {} {} | {:?} {:?}",
            s.form,
            s.act,
            s.certainty,
            speaker.name,
            speaker.naming.name()
        );
        for (name, value) in [("role", &speaker.role), ("of", &speaker.affiliation), ("on", &s.said_on)] {
            if let Some(value) = value {
                let _ = write!(out, " | {name}: {value}");
            }
        }
        if let Some(medium) = &s.medium {
            let _ = write!(out, " | via {} {:?}", medium.kind, medium.via);
        }
        if let Some(within) = s.within {
            let _ = write!(out, " | within {within}");
        }
        out.push('\n');
    }
    for f in &reading.figures {
        let ends = |x: Option<f64>| x.map_or("-".to_owned(), |x| x.to_string());
        let _ = writeln!(
            out,
            "{} [{}] {}..{} {} {} <{}> {:?} part of {:?} by {:?}",
            f.id,
            f.words.text,
            ends(f.lower),
            ends(f.upper),
            f.bound,
            f.measure,
            f.counted.text,
            f.attributes,
            f.part_of.map(|p| p.to_string()),
            f.statement.map(|s| s.to_string())
        );
    }
    for n in &reading.notes {
        let _ = writeln!(out, "note {}", n.code);
    }
    out
}

/// `UPDATE_GOLDEN=1 cargo test -p ascribe` writes the files anew; look at the diff.
#[test]
fn examples_read_as_before() {
    for (name, bytes) in examples() {
        let described: String =
            read(&name, &bytes).iter().map(|r| describe(r.as_ref().unwrap()) + "\n").collect();
        let golden = root().join("tests/golden").join(format!("{name}.golden"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &described).unwrap();
        }
        let before = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(described, before, "{name} reads otherwise than tests/golden/{name}.golden");
    }
}

#[test]
fn examples_keep_every_invariant() {
    let mut n = 0;
    for (name, bytes) in examples() {
        for reading in read(&name, &bytes) {
            check(&reading.unwrap());
            n += 1;
        }
    }
    assert!(n >= 7, "only {n} example reports");
}

#[test]
fn who_is_never_decided_by_the_side() {
    // The same cue gives the same act, whoever speaks.
    let act = |speaker: &str| {
        let reading =
            read_text(&format!("{speaker} claimed on Monday that the bridge had been held for two days."));
        reading.statements.first().map(|s| (s.act, s.cue.text.clone()))
    };
    let first = act("The Northland army");
    assert!(first.is_some());
    for speaker in
        ["The Ostra Valley Front", "The health ministry", "Residents", "Prime Minister Helena Brandt"]
    {
        assert_eq!(act(speaker), first, "{speaker}");
    }
}

#[test]
fn odd_texts_are_read_without_harm() {
    let long_word = "x".repeat(10_000);
    let nested = "“".repeat(2_000);
    for text in [
        "",
        " ",
        "\n\n\n",
        "“”",
        "\"\"\"\"\"\"",
        "““““””””’’’‘‘‘\"'\"'",
        "“We will.”",
        "said",
        ", said .",
        "He said. She said. They said.",
        "5,200",
        "😀😀😀 said 👩‍👩‍👧: “cafe\u{301}”",
        "’s told that killed \n\nthat ’s people 😀\", , told at least said x , \n\n””that said “said ’s ",
        "A\r\n\r\nB said\r\nC\r\n",
        "مرحبا said “שלום”",
        &long_word,
        &nested,
    ] {
        check(&read_text(text));
    }
}

#[test]
fn other_languages_are_kept_unread() {
    let text = "Selon le ministère de la santé, au moins cinquante personnes ont été tuées dans les inondations de la \
                semaine dernière, et les recherches se poursuivent dans les quartiers touchés.";
    let readings = read("bilan.txt", text.as_bytes());
    let reading = readings[0].as_ref().unwrap();
    assert!(reading.statements.is_empty() && reading.figures.is_empty());
    assert_eq!(reading.report.text, text);
    assert!(reading.notes.iter().any(|n| n.code == "language_not_read"));
}

#[test]
fn real_reports_keep_every_invariant() {
    let Some(path) = ascribe_testkit::shared("data/polnear/dev.text.jsonl") else { return };
    let bytes = std::fs::read(path).unwrap();
    let first: Vec<u8> = bytes.split_inclusive(|&b| b == b'\n').take(8).flatten().copied().collect();
    let readings = read("dev.jsonl", &first);
    assert_eq!(readings.len(), 8);
    let mut n_statements = 0;
    for reading in readings {
        let reading = reading.unwrap();
        check(&reading);
        n_statements += reading.statements.len();
    }
    assert!(n_statements > 50, "only {n_statements} statements in eight articles");
}

#[test]
fn the_report_of_the_design_comes_out_whole() {
    let Some(path) = ascribe_testkit::shared("reports/2023-11-14-captives.txt") else { return };
    let reading = read("2023-11-14-captives.txt", &std::fs::read(path).unwrap()).remove(0).unwrap();
    check(&reading);
    assert_eq!(reading.report.published.as_deref(), Some("2023-11-14"));
    let figure = |words: &str| {
        reading.figures.iter().find(|f| f.words.text == words).unwrap_or_else(|| panic!("no figure {words}"))
    };
    let whole = figure("approximately 5,200");
    for part in ["33", "170", "over 1,200"] {
        assert_eq!(figure(part).part_of, Some(whole.id));
        assert_eq!(figure(part).statement, whole.statement);
    }
    let owner = reading
        .statements
        .iter()
        .find(|s| Some(s.id) == whole.statement)
        .expect("the NGO's figures are its own");
    assert_eq!(owner.speaker.role.as_deref(), Some("prisoners’ rights NGO"));
    let deputy = reading.statements.iter().filter(|s| s.speaker.role.as_deref() == Some("deputy chief"));
    assert!(deputy.count() >= 6, "the deputy chief is known by name, surname, pronoun and role");
    assert!(reading.statements.iter().any(|s| s.act.name() == "withhold"), "silences are read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_keeps_every_invariant(text in "([A-Z][a-z]{1,6} |said |told |“|”|\"|’s |, |\\. |\\n\\n|\\r\\n|[0-9]{1,4} |people |killed |at least |that |é|😀|\u{301}|\\PC){0,60}") {
        let reading = read_text(&text);
        check(&reading);
        for finding in ascribe::check(&reading) {
            prop_assert!(!finding.span.of(&reading.report.text).is_empty());
            prop_assert!(finding.related.iter().all(|r| !r.span.of(&reading.report.text).is_empty()));
        }
    }
}
