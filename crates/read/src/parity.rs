//! The Rust reader computes what PyTorch computes with the same model file: windows, tags, names,
//! roles and chains of 200 windows of PolNeAR dev, written by `training/reference.py`.

use std::collections::HashMap;

use ascribe_model::Network;
use ascribe_record::Report;
use ascribe_text::Vocabulary;
use serde_json::Value;

use crate::decode::{Columns, best_path};
use crate::document::{Document, views};

#[test]
fn equals_pytorch_on_real_windows() {
    let Some(path) = ascribe_testkit::shared("data/polnear/dev.text.jsonl") else { return };
    let texts = std::fs::read_to_string(path).unwrap();
    let parse = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    let texts: HashMap<String, String> = texts
        .lines()
        .map(parse)
        .map(|r| (r["id"].as_str().unwrap().to_owned(), r["text"].as_str().unwrap().to_owned()))
        .collect();
    let reference = parse(include_str!("../tests/reference.json"));
    let network = Network::load(ascribe_model::base()).unwrap();
    let config = network.config();
    assert_eq!(
        reference["model"],
        config.version.as_str(),
        "the reference is of another model: run training/reference.py"
    );
    let vocabulary = Vocabulary::bundled();
    let windows = reference["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 200);
    let mut largest = 0.0f64;
    for window in windows {
        let id = window["article"].as_str().unwrap();
        let number = |v: &Value| v.as_u64().unwrap() as usize;
        let report = Report::new(texts[id].clone(), "text/plain");
        let document = Document::of(&report, &vocabulary);
        let (begin, end) = (number(&window["begin"]), number(&window["end"]));
        let views = views(&document.pieces, config.window, config.context);
        let view = views.iter().find(|v| v.words == (begin..end)).expect("the same windows are cut");
        assert_eq!(view.judged, number(&window["judge"][0])..number(&window["judge"][1]), "{id}");

        let states = network.encode(&document.window(view)).unwrap();
        let tags = network.tags(&states);
        let rows: Vec<Vec<f64>> =
            (0..tags.n_rows()).map(|t| tags.row(t).iter().map(|&x| f64::from(x)).collect()).collect();
        let best: String =
            best_path(&rows, &Columns::of(config).tag_begins).iter().map(ToString::to_string).collect();
        assert_eq!(best, window["best"], "{id} {begin}..{end}");
        let every = number(&window["every"]);
        let mut compare = |ours: &dyn Fn(usize) -> Vec<f32>, theirs: &Value| {
            for (i, row) in theirs.as_array().unwrap().iter().enumerate() {
                for (a, b) in ours(i * every).iter().zip(row.as_array().unwrap()) {
                    largest = largest.max((f64::from(*a) - b.as_f64().unwrap()).abs());
                }
            }
        };
        compare(&|t| tags.row(t).to_vec(), &window["tags"]);
        let names = network.names(&states);
        compare(&|t| names.row(t).to_vec(), &window["names"]);
        if let Some(cue) = window.get("cue") {
            let span = [(number(&cue[0]), number(&cue[1]))];
            let (roles, chain) = (network.roles(&states, &span), network.chains(&states, &span));
            compare(&|t| roles[0].row(t).to_vec(), &window["roles"]);
            compare(&|t| chain[0].row(t).to_vec(), &window["chain"]);
        }
    }
    assert!(largest < 1e-3, "scores differ by {largest}");
}
