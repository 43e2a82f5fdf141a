//! Ours against `score.py` and Python's `re`, to the letter. Skipped, and says so, where the
//! reference scorer with its corpora (`../shared` beside the repository) or `python3` is absent.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ascribe_score::{SplitMix64, Tokens, is_space, is_word};
use common::{Attributions, folder, lines, ours, python, random_attributions, random_text, shared, skipped};
use common::{text_lines, write};
use serde_json::{Value, json};

/// Both scorers print the same, without intervals, given `options`.
fn check(text: &str, gold: &str, pred: &str, options: &[&str], shared: &Path) {
    let files = ["--text", text, "--gold", gold, "--pred", pred];
    let script = shared.join("score/score.py").display().to_string();
    let theirs = python(&[&[script.as_str()], options, &files].concat()).expect("python3 ran before");
    assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
    let ours = ours(&[&["attribution"], options, &files].concat());
    assert!(ours.status.success(), "{}", String::from_utf8_lossy(&ours.stderr));
    assert_eq!(String::from_utf8_lossy(&ours.stdout), String::from_utf8_lossy(&theirs.stdout));
}

/// What a test of this file needs, or `None` after saying what is absent.
macro_rules! need {
    ($test:literal) => {{
        let Some(shared) = shared() else {
            return skipped($test, "no ../shared/score/score.py beside the repository");
        };
        if python(&["--version"]).is_none() {
            return skipped($test, "no python3");
        }
        shared
    }};
}

fn read_articles(path: &str) -> BTreeMap<String, Attributions> {
    let body = fs::read_to_string(path).expect("a file of the corpus");
    let parse = |line: &str| {
        let mut value: Value = serde_json::from_str(line).expect("a line of the corpus");
        let all = value["attributions"].as_array_mut().map(std::mem::take).expect("a list");
        (value["id"].as_str().expect("an id").to_owned(), all)
    };
    body.lines().map(parse).collect()
}

fn read_texts(path: &str) -> BTreeMap<String, String> {
    let body = fs::read_to_string(path).expect("a file of the corpus");
    let parse = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a line of the corpus");
        let field = |name: &str| value[name].as_str().expect("a string").to_owned();
        (field("id"), field("text"))
    };
    body.lines().map(parse).collect()
}

/// Gold made worse in every way that the scorer tells apart: dropped, doubled, moved, cut, merged
/// with the next, without or with another's source, made up.
fn perturb(
    gold: &BTreeMap<String, Attributions>,
    texts: &BTreeMap<String, String>,
) -> BTreeMap<String, Attributions> {
    let mut rng = SplitMix64::new(11);
    let mut worse = BTreeMap::new();
    for (id, all) in gold {
        // Every tenth article is missing altogether.
        if rng.below(10) == 0 {
            continue;
        }
        let n_points = texts[id].chars().count();
        let mut out = Vec::new();
        for (i, attribution) in all.iter().enumerate() {
            let next = &all[(i + 1) % all.len()];
            let mut a = attribution.clone();
            match rng.below(12) {
                0 => continue,
                1 => out.push(a.clone()),
                2 => a["content"] = shift(&a["content"], rng.below(40), n_points),
                3 => a["source"] = shift(&a["source"], rng.below(12), n_points),
                4 => a["cue"] = shift(&a["cue"], rng.below(12), n_points),
                5 => {
                    a["content"] = json!([a["content"].clone(), next["content"].clone()].map(spans).concat())
                }
                6 => a["source"] = next["source"].clone(),
                7 => a["source"] = json!([]),
                8 => a["content"] = json!([]),
                9 => {
                    a["content"] = json!(spans(a["content"].clone()).into_iter().skip(1).collect::<Vec<_>>())
                }
                10 => out.extend(random_attributions(&mut rng, &texts[id])),
                _ => {}
            }
            out.push(a);
        }
        worse.insert(id.clone(), out);
    }
    worse
}

fn spans(part: Value) -> Attributions {
    part.as_array().cloned().expect("a list of spans")
}

/// The spans moved `by` code points towards the end, cut off there.
fn shift(part: &Value, by: usize, n_points: usize) -> Value {
    let moved = |span: &Value| {
        let at = |i: usize| span[i].as_u64().expect("an offset") as usize + by;
        let end = at(1).min(n_points);
        json!([at(0).min(end - 1), end])
    };
    spans(part.clone()).iter().map(moved).collect()
}

#[test]
fn polnear_gold_and_worse() {
    let shared = need!("polnear_gold_and_worse");
    let here = folder("polnear_gold_and_worse");
    let path = |part: &str, kind: &str| {
        shared.join(format!("data/polnear/{part}.{kind}.jsonl")).display().to_string()
    };
    let worse = |text: &str, gold: &str, name: &str| {
        write(&here, name, &lines(&perturb(&read_articles(gold), &read_texts(text))))
    };
    let (text, gold) = (path("dev", "text"), path("dev", "gold"));
    let pred = worse(&text, &gold, "dev");
    for options in [[].as_slice(), &["--json"]] {
        check(&text, &gold, &gold, options, &shared);
        check(&text, &gold, &pred, options, &shared);
    }
    let (text, gold) = (path("train", "text"), path("train", "gold"));
    check(&text, &gold, &worse(&text, &gold, "train"), &[], &shared);
}

/// Readings of the dev texts score as the same spans in the scorer's own form do.
#[test]
fn readings_score_as_their_spans() {
    let shared = need!("readings_score_as_their_spans");
    let here = folder("readings_score_as_their_spans");
    let path = |kind: &str| shared.join(format!("data/polnear/dev.{kind}.jsonl")).display().to_string();
    let (text, gold) = (path("text"), path("gold"));
    let texts = read_texts(&text);
    let worse = perturb(&read_articles(&gold), &texts);
    let plain = write(&here, "plain.jsonl", &lines(&worse));
    let order: Vec<String> = fs::read_to_string(&text)
        .expect("a file of the corpus")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("a line")["id"].as_str().expect("an id").to_owned()
        })
        .collect();
    let readings: String = order
        .iter()
        .enumerate()
        .filter_map(|(i, id)| Some((i + 1, &texts[id], worse.get(id)?)))
        .map(|(record, text, all)| common::reading(record, text, all) + "\n")
        .collect();
    let readings = write(&here, "readings.jsonl", &readings);
    let of = |pred: &str| ours(&["attribution", "--text", &text, "--gold", &gold, "--pred", pred]);
    let (a, b) = (of(&plain), of(&readings));
    assert!(b.status.success(), "{}", String::from_utf8_lossy(&b.stderr));
    assert_eq!(String::from_utf8_lossy(&a.stdout), String::from_utf8_lossy(&b.stdout));
}

#[test]
fn odd_texts_and_random_spans() {
    let shared = need!("odd_texts_and_random_spans");
    let here = folder("odd_texts_and_random_spans");
    let mut rng = SplitMix64::new(5);
    let texts: BTreeMap<usize, String> = (0..300).map(|i| (i, random_text(&mut rng, 80))).collect();
    let mut random = || -> BTreeMap<usize, Attributions> {
        texts.iter().map(|(&i, text)| (i, random_attributions(&mut rng, text))).collect()
    };
    let (mut gold, mut pred) = (random(), random());
    // Random spans seldom meet, so each side also holds some of the other's.
    for (i, all) in &mut pred {
        let taken = gold[i].iter().step_by(2).cloned().collect::<Vec<_>>();
        all.extend(taken);
    }
    gold.values_mut().for_each(|all| all.reverse());
    let text = write(&here, "text.jsonl", &text_lines(&texts));
    let gold = write(&here, "gold.jsonl", &lines(&gold));
    let pred = write(&here, "pred.jsonl", &lines(&pred));
    check(&text, &gold, &pred, &["--json"], &shared);
}

/// Prints begin and end of every token, a line a text, as the reference finds them.
const PYTHON_TOKENS: &str = r#"
import json, re, sys
for line in open(sys.argv[1], encoding="utf-8"):
    found = re.finditer(r"\w+|[^\w\s]", json.loads(line)["text"])
    print(" ".join("%d-%d" % m.span() for m in found))
"#;

#[test]
fn tokens_of_the_corpora() {
    let shared = need!("tokens_of_the_corpora");
    for part in ["dev", "train"] {
        let path = shared.join(format!("data/polnear/{part}.text.jsonl")).display().to_string();
        let theirs = python(&["-c", PYTHON_TOKENS, &path]).expect("python3 ran before");
        assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
        let theirs = String::from_utf8(theirs.stdout).expect("ASCII");
        let body = fs::read_to_string(&path).expect("a file of the corpus");
        assert_eq!(body.lines().count(), theirs.lines().count());
        for (line, theirs) in body.lines().zip(theirs.lines()) {
            let value: Value = serde_json::from_str(line).expect("a line of the corpus");
            let tokens = Tokens::of(value["text"].as_str().expect("a string"));
            let ours: Vec<String> =
                tokens.as_slice().iter().map(|t| format!("{}-{}", t.begin, t.end)).collect();
            assert_eq!(ours.join(" "), theirs, "{}", value["id"]);
        }
    }
}

/// Prints a letter for every code point: word, space, mark, or `?` if Python does not know it.
const PYTHON_CLASSES: &str = r#"
import re, unicodedata
def one(n):
    if 0xD800 <= n < 0xE000: return "-"
    c = chr(n)
    if re.match(r"\w", c): return "w"
    if re.match(r"\s", c): return "s"
    return "?" if unicodedata.category(c) == "Cn" else "m"
print("".join(map(one, range(0x110000))))
"#;

/// Every code point that Python's Unicode table knows is classed as Python classes it.
#[test]
fn every_code_point() {
    let theirs = match python(&["-c", PYTHON_CLASSES]) {
        Some(output) if output.status.success() => output.stdout,
        _ => return skipped("every_code_point", "no python3"),
    };
    let mut n_compared = 0;
    for c in '\0'..=char::MAX {
        let class = match c {
            c if is_word(c) => b'w',
            c if is_space(c) => b's',
            _ => b'm',
        };
        let theirs = theirs[c as usize];
        if theirs != b'?' {
            assert_eq!(class as char, theirs as char, "U+{:04X}", c as u32);
            n_compared += 1;
        }
    }
    assert!(n_compared > 140_000, "{n_compared}");
}

/// `%.3f` of every ratio of small numbers, ties (1/16) among them.
#[test]
fn numbers_are_rounded_alike() {
    let print = "print(' '.join('%.3f' % (a / b) for b in range(1, 300) for a in range(b + 1)))";
    let theirs = match python(&["-c", print]) {
        Some(output) if output.status.success() => String::from_utf8(output.stdout).expect("ASCII"),
        _ => return skipped("numbers_are_rounded_alike", "no python3"),
    };
    let ratios = (1..300).flat_map(|b| (0..=b).map(move |a| f64::from(a) / f64::from(b)));
    let ours: Vec<String> = ratios.map(|x| format!("{x:.3}")).collect();
    assert_eq!(ours.join(" "), theirs.trim_end());
}
