//! The command as its users meet it: what it prints, refuses and returns.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const GOOD: &str = "HARROW BAY, Jan. 12, 2026 (Northwire) — At least 40 people were killed on Monday, the health ministry said.";

fn ascribe() -> Command {
    Command::cargo_bin("ascribe").unwrap()
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports")
}

struct Outcome {
    status: i32,
    out: String,
    err: String,
}

fn run(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    Outcome {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_validates_against_the_schema_it_prints() {
    let schema: Value = serde_json::from_str(&run(ascribe().arg("schema")).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let outcome = run(ascribe().arg("read").arg(examples()));
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let lines = lines(&outcome.out);
    assert_eq!(lines.len(), 7);
    for line in &lines {
        let errors: Vec<String> = validator.iter_errors(line).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    assert!(outcome.err.contains("7 reports read, 0 refused"), "{}", outcome.err);
}

#[test]
fn bad_input_is_refused_by_name_and_the_rest_is_read() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    file("a-good.txt", GOOD.as_bytes());
    file("b-empty.txt", b"");
    file("c-binary.txt", &[0, 1, 2, 3, 255, 0, 7].repeat(100));
    file("d-latin.txt", b"The caf\xe9 owner said on Jan. 12, 2026 that nobody was hurt in the fire.");
    file(
        "e-mixed.jsonl",
        format!("{{\"text\": \"{GOOD}\"}}\n{{\"text\": \"cut off\n{{\"text\": \"{GOOD}\"}}\n").as_bytes(),
    );
    file("f-empty.html", b"<html><head><title>x</title></head><body><script>1</script></body></html>");
    file("g-line.txt", "a line without end ".repeat(600_000).as_bytes());
    file("h-quotes.txt", "“”\"\"‘’".repeat(20).as_bytes());
    file("i-large.txt", "word ".repeat(10_500_000).as_bytes());
    let outcome = run(ascribe().arg("read").arg(folder.path()));
    assert_eq!(outcome.status, 1, "{}", outcome.err);
    let refused: Vec<&str> = outcome.err.lines().filter(|l| l.starts_with("refused: ")).collect();
    for (name, reason) in [
        ("b-empty.txt", "empty"),
        ("c-binary.txt", "binary"),
        ("e-mixed.jsonl, record 2", "not JSON"),
        ("f-empty.html", "no text"),
        ("g-line.txt", "limit"),
        ("i-large.txt", "limit"),
    ] {
        let found = refused.iter().any(|l| l.contains(name) && l.contains(reason));
        assert!(found, "{name} refused for '{reason}' is not in {refused:#?}");
    }
    assert_eq!(refused.len(), 6, "{refused:#?}");
    let read: Vec<String> = lines(&outcome.out)
        .iter()
        .map(|l| {
            Path::new(l["report"]["path"].as_str().unwrap()).file_name().unwrap().to_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(read, ["a-good.txt", "d-latin.txt", "e-mixed.jsonl", "e-mixed.jsonl", "h-quotes.txt"]);
}

#[test]
fn nothing_read_is_status_two() {
    let outcome = run(ascribe().args(["read", "/no/such/file.txt"]));
    assert_eq!((outcome.status, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("/no/such/file.txt: cannot be read"), "{}", outcome.err);
    let folder = TempDir::new().unwrap();
    assert_eq!(run(ascribe().arg("read").arg(folder.path())).status, 2);
    assert_eq!(run(ascribe().args(["read", "--date", "2023-02-31", "x"])).status, 2);
    assert_eq!(run(ascribe().args(["read", "--fields", "wehn=x", "x"])).status, 2);
}

#[test]
fn threads_and_order_change_no_reading() {
    let by = |threads: &str| run(ascribe().args(["read", "--threads", threads]).arg(examples())).out;
    let one = by("1");
    assert_eq!(one, by("2"));
    assert_eq!(one, by("7"));
    let mut files: Vec<PathBuf> = fs::read_dir(examples()).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.reverse();
    let reversed = run(ascribe().arg("read").args(&files)).out;
    let sorted = |out: &str| {
        let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&reversed), sorted(&one));
}

#[test]
fn standard_input_and_the_date_option() {
    let outcome =
        run(ascribe().args(["read", "-", "--date", "2026-02", "--outlet", "The Courier"]).write_stdin(GOOD));
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let report = &lines(&outcome.out)[0]["report"];
    assert_eq!(report["path"], "-");
    assert_eq!((&report["published"], &report["published_from"]), (&"2026-02".into(), &"option".into()));
    assert_eq!(report["outlet"], "The Courier");
}

#[test]
fn field_names_can_be_set() {
    let record = format!("{{\"no\": 17, \"was\": {{\"said\": \"{GOOD}\"}}, \"head\": \"Storm\"}}");
    let fields = "text=was.said,title=head,id=no";
    let outcome =
        run(ascribe().args(["read", "-", "--input-format", "json", "--fields", fields]).write_stdin(record));
    let report = &lines(&outcome.out)[0]["report"];
    assert_eq!((&report["title"], &report["record_id"]), (&"Storm".into(), &"17".into()));
    assert_eq!(report["text"], GOOD);
}

#[test]
fn the_table_fits_its_width_and_the_page_stands_alone() {
    let table = run(ascribe().args(["read", "-", "-f", "table", "--width", "60"]).write_stdin(GOOD)).out;
    assert!(table.contains("STATEMENTS (1)") && table.contains("FIGURES (1)"), "{table}");
    assert!(table.lines().all(|l| l.chars().count() <= 60), "{table}");
    assert!(!table.contains('\u{1b}'), "colour only on terminals");
    let page = run(ascribe().args(["read", "-", "-f", "html"]).write_stdin(GOOD)).out;
    assert!(page.starts_with("<!doctype html>") && page.contains("health ministry"));
    assert!(!page.contains("src=\"http") && !page.contains("@import"), "nothing is fetched");
}

#[test]
fn output_goes_to_a_file_whole() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("out.jsonl");
    let outcome = run(ascribe().args(["read", "-", "-o"]).arg(&path).write_stdin(GOOD));
    assert_eq!((outcome.status, outcome.out.as_str()), (0, ""));
    assert_eq!(lines(&fs::read_to_string(path).unwrap()).len(), 1);
}

#[test]
fn demo_reads_the_examples() {
    assert!(run(ascribe().arg("demo")).out.contains("STATEMENTS (13)"), "a table, also in a pipe");
    let outcome = run(ascribe().args(["demo", "-f", "jsonl"]));
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    let lines = lines(&outcome.out);
    assert_eq!(lines.len(), 7);
    assert!(lines.iter().map(|l| l["statements"].as_array().unwrap().len()).sum::<usize>() > 30);
}

const DRAFT: &str = "HARROW BAY, Jan. 12, 2026 (Northwire) — The wall broke on Sunday, Jan. 12.\n\nMore than 300 people were injured on 31 November 2025.\n";

#[test]
fn check_tells_by_its_status_what_it_found() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name)
    };
    let (draft, clean) = (path("draft.txt", DRAFT), path("clean.txt", GOOD));
    let (empty, other) = (
        path("empty.txt", ""),
        path(
            "autre.txt",
            "Le ministère de la santé a déclaré lundi que quarante personnes étaient mortes dans la ville.",
        ),
    );
    let check = |paths: &[&PathBuf]| run(ascribe().arg("check").args(paths));
    assert_eq!(check(&[&clean]).status, 0);
    assert_eq!(check(&[&clean, &draft]).status, 1);
    let with_empty = check(&[&draft, &empty]);
    assert_eq!(with_empty.status, 2, "what was not read is not clean");
    assert!(
        with_empty.err.contains("refused: ") && with_empty.err.contains("empty: no bytes"),
        "{}",
        with_empty.err
    );
    assert_eq!(lines(&with_empty.out).len(), 1, "the rest is checked");
    let with_other = check(&[&other]);
    assert_eq!((with_other.status, with_other.out.as_str()), (2, ""));
    assert!(
        with_other.err.contains("not checked: ") && with_other.err.contains("autre.txt"),
        "{}",
        with_other.err
    );
    assert_eq!(run(ascribe().args(["check", "/no/such/file.txt"])).status, 2);
    assert_eq!(run(ascribe().args(["check", "--ignore", "sums", "-"]).write_stdin(GOOD)).status, 2);
    let help = run(ascribe().args(["check", "--help"])).out;
    assert!(
        help.contains(
            "Exit status: 0 nothing was found, 1 something was found, 2 something could not be read"
        )
    );
}

#[test]
fn check_shows_the_place_of_each_finding() {
    let args = ["check", "-", "-f", "table", "--width", "70"];
    let outcome = run(ascribe().args(args).write_stdin(DRAFT.replace('\n', "\r\n")));
    assert_eq!(outcome.status, 1, "{}", outcome.err);
    let expected = "\
standard input:1:59: 12 January 2026 is a Monday, not a Sunday.
[wrong-weekday]
 1 │ …, Jan. 12, 2026 (Northwire) — The wall broke on Sunday, Jan. 12.
   │                                                  ^^^^^^^^^^^^^^^

standard input:3:1: No source is given for this number of injured.
[figure-without-source]
 3 │ More than 300 people were injured on 31 November 2025.
   │ ^^^^^^^^^^^^^^^^^^^^

standard input:3:38: November 2025 has no day 31. [impossible-date]
 3 │ More than 300 people were injured on 31 November 2025.
   │                                      ^^^^^^^^^^^^^^^^

";
    assert_eq!(outcome.out, expected);
    let summary = "3 findings in 1 report: 1 figure-without-source, 1 impossible-date, 1 wrong-weekday\n";
    assert_eq!(outcome.err, summary);
    let ignore = ["--ignore", "wrong-weekday,impossible-date", "--ignore", "figure-without-source"];
    let quiet = run(ascribe().args(args).args(ignore).write_stdin(DRAFT));
    assert_eq!((quiet.status, quiet.out.as_str()), (0, ""));
    assert_eq!(quiet.err, "nothing found in 1 report\n");
    let coloured = run(ascribe().args(args).args(["--color", "always"]).write_stdin(DRAFT)).out;
    assert!(coloured.contains("\u{1b}[1m^^^"), "{coloured}");
}

#[test]
fn check_prints_a_line_a_report_for_programs() {
    let outcome = run(ascribe().args(["check", "-", "--date", "2026-02-20"]).write_stdin(DRAFT));
    let line = &lines(&outcome.out)[0];
    assert_eq!((&line["report"]["path"], &line["report"]["published"]), (&"-".into(), &"2026-02-20".into()));
    let kinds: Vec<&str> =
        line["findings"].as_array().unwrap().iter().map(|f| f["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["wrong-weekday", "figure-without-source", "impossible-date"]);
    let clean = run(ascribe().args(["check", "-"]).write_stdin(GOOD));
    assert_eq!((clean.status, lines(&clean.out)[0]["findings"].as_array().unwrap().len()), (0, 0));
}
