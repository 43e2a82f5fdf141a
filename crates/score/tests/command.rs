//! The command as a user meets it: exit codes, messages, the scorecard and the list of errors.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{folder, lines, ours, reading, span, text_lines, write};
use serde_json::{Value, json};

const TEXT: &str = "The mayor of Harrow Bay, Ann Lee, said: “We won.” Bob Orr denied it. \
                    Officials believe the bridge will open in May, and it rained all day. ¶ is no line break.";

fn part(words: &str) -> Vec<Value> {
    if words.is_empty() { Vec::new() } else { vec![span(TEXT, words)] }
}

fn attribution(source: &str, cue: &str, content: &str) -> Value {
    json!({"source": part(source), "cue": part(cue), "content": part(content)})
}

fn gold() -> Vec<Value> {
    vec![
        attribution("Ann Lee", "said", "“We won.”"),
        attribution("Bob Orr", "denied", "it"),
        attribution("Officials", "believe", "the bridge will open in May"),
    ]
}

/// Right; wrong source; content too short; made up.
fn pred() -> Vec<Value> {
    vec![
        attribution("The mayor of Harrow Bay, Ann Lee", "said", "“We won"),
        attribution("", "denied", "it"),
        attribution("Officials", "believe", "the bridge"),
        attribution("", "rained", "all day"),
    ]
}

struct Case {
    folder: PathBuf,
    text: String,
    gold: String,
}

fn case(name: &str) -> Case {
    let folder = folder(name);
    let text = write(&folder, "text.jsonl", &text_lines(&[("x", TEXT.to_owned())].into()));
    let gold = write(&folder, "gold.jsonl", &lines(&[("x", gold())].into()));
    Case { folder, text, gold }
}

impl Case {
    /// Status, standard output and standard error of `task` with `pred` as predictions.
    fn run(&self, task: &[&str], pred: &str) -> (Option<i32>, String, String) {
        let pred = write(&self.folder, "pred.jsonl", pred);
        let files = ["--text", &self.text, "--gold", &self.gold, "--pred", &pred];
        let output = ours(&[task, &files].concat());
        let utf8 = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), utf8(output.stdout), utf8(output.stderr))
    }

    /// The predictions are refused with status 2 and `message` behind the file's name.
    fn refuses(&self, pred: &str, message: &str) {
        let (status, out, error) = self.run(&["attribution"], pred);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{error}");
        assert!(error.contains(&format!("pred.jsonl{message}")), "{error}");
    }
}

#[test]
fn the_table() {
    let (status, out, _) = case("the_table").run(&["attribution"], &lines(&[("x", pred())].into()));
    assert_eq!(status, Some(0));
    let rows: Vec<&str> = out.lines().collect();
    assert_eq!(rows[0], format!("{:32}P      R     F1       tp   pred   gold", ""));
    assert_eq!(rows[7], "relation                    0.500  0.667  0.571        2      4      3");
    assert_eq!(rows.len(), 11);
}

#[test]
fn unusable_input_names_file_and_line() {
    let case = case("unusable_input");
    let good = lines(&[("x", pred())].into());
    case.refuses("\n{\n", ":2: EOF while parsing");
    case.refuses(&lines(&[("z", pred())].into()), ":1: predictions for an article that the gold lacks: z");
    case.refuses(&format!("{good}\n{good}"), ":3: id twice: x, before at line 1");
    case.refuses(r#"{"id": "x"}"#, ":1: missing field `attributions`");
    case.refuses(
        &lines(&[("x", vec![json!({"cue": [[3, 999]]})])].into()),
        ":1: bad span [3, 999] in a text of",
    );
    case.refuses(&reading(2, TEXT, &pred()), ":1: report.record 2 is no line of");
    case.refuses(&reading(1, &format!("{TEXT} "), &pred()), ":1: report.text is not the text at");
    case.refuses(
        &reading(1, TEXT, &pred()).replace(r#""record":1"#, r#""record":null"#),
        ":1: a reading without",
    );
    case.refuses(
        &reading(1, TEXT, &pred()).replace(r#""ascribe":1"#, r#""ascribe":2"#),
        ":1: format version 2",
    );
    case.refuses(
        &reading(1, TEXT, &pred()).replace(r#""confidence":0.1"#, r#""confidence":1.1"#),
        ":1: confidence 1.1 of s1 lies outside 0..1",
    );
}

#[test]
fn a_missing_or_empty_or_binary_file() {
    let case = case("a_missing_file");
    let absent = case.folder.join("absent.jsonl").display().to_string();
    let empty = write(&case.folder, "empty.jsonl", "\n");
    let binary = case.folder.join("binary.jsonl");
    fs::write(&binary, b"\n\n\xFF\xFE").expect("the build folder is writable");
    let binary = binary.display().to_string();
    let refused = |text: &str, gold: &str| {
        let output = ours(&["attribution", "--text", text, "--gold", gold, "--pred", &case.gold]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(refused(&absent, &case.gold).contains("absent.jsonl: "));
    assert!(refused(&case.text, &empty).contains("empty.jsonl: no article"));
    assert!(refused(&empty, &case.gold).contains("gold.jsonl:1: "));
    assert!(refused(&binary, &case.gold).contains("binary.jsonl:3: not UTF-8"));
    assert_eq!(ours(&["attribution"]).status.code(), Some(2));
}

#[test]
fn the_card() {
    let case = case("the_card");
    let path = case.folder.join("card.md").display().to_string();
    let task = ["card", "--label", "a model", "--out", &path];
    let card = |pred: &str| {
        let (status, out, error) = case.run(&task, pred);
        assert_eq!((status, out.as_str()), (Some(0), ""), "{error}");
        fs::read_to_string(&path).expect("the card was written")
    };
    let of_spans = card(&lines(&[("x", pred())].into()));
    assert!(of_spans.starts_with("# Scorecard: a model\n"), "{of_spans}");
    assert!(
        of_spans.contains("| relation | 0.500 | 0.667 | **0.571** | 0.571–0.571 | 2 | 4 | 3 |"),
        "{of_spans}"
    );
    assert!(of_spans.contains(
        "\nascribe-score card --text text.jsonl --gold gold.jsonl --pred pred.jsonl --label 'a model' --boot 1000 --out card.md\n"
    ), "{of_spans}");
    assert!(of_spans.contains("| direct | 1 | 1.000 (1.00–1.00) |"), "{of_spans}");
    assert!(!of_spans.contains("## Confidence"));
    assert!(!of_spans.contains(case.folder.to_str().expect("UTF-8")), "no path of this machine");
    let of_readings = card(&reading(1, TEXT, &pred()));
    assert!(of_readings.contains("ascribe read --format jsonl text.jsonl > pred.jsonl\n"), "{of_readings}");
    assert!(of_readings.contains("| 0.2–0.3 | 1 | 0.200 | 0.000 |"), "{of_readings}");
    assert_eq!(of_readings, card(&reading(1, TEXT, &pred())), "the same every time");
}

#[test]
fn the_list_of_errors() {
    let case = case("the_list_of_errors");
    let pred = lines(&[("x", pred())].into());
    let (status, all, _) = case.run(&["errors"], &pred);
    assert_eq!(status, Some(0));
    for expected in [
        "=== x  gold 3, predicted 4, matched 2",
        "source/bounds\n  gold  The mayor of Harrow Bay, {Ann Lee}, <said>: [“We won.”] Bob Orr denied it.",
        "  pred  {The mayor of Harrow Bay, Ann Lee}, <said>: [“We won].” Bob",
        "source/missing\n",
        "missed/short\n",
        "<believe> [the bridge will open in May]",
        "spurious/cue\n  pred  …als believe",
        "     1  missed/short ",
        "     0  missed/long ",
        "Cues most often missed: believe 1\n",
        "Cues most often spurious: believe 1, rained 1\n",
    ] {
        assert!(all.contains(expected), "{expected}\n---\n{all}");
    }
    let listed = |options: &[&str]| {
        let (_, out, _) = case.run(&[&["errors"], options].concat(), &pred);
        out.lines().filter(|line| line.starts_with("  pred  ")).count()
    };
    assert_eq!(listed(&[]), 4, "the pair of a missed one is not shown twice");
    assert_eq!(listed(&["--most", "2"]), 2);
    assert_eq!(listed(&["--kind", "spurious"]), 2);
    let (status, _, error) = case.run(&["errors", "--kind", "mised"], &pred);
    assert_eq!(status, Some(2));
    assert!(error.contains("no kind of error begins with 'mised': missed/cue, "), "{error}");
}
