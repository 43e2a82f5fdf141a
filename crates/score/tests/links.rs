//! The labels of links: that they fit one another and the texts, and that predictions are judged as
//! `docs/methods/links.md` says.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ascribe_score::{
    Count, Edge, LinkLabels, LinkPredictions, LinkTexts, Sharing, Slice, Wording, baseline, fit_links,
    links_table, load_reader, score_links,
};
use common::{folder, ours, shared, skipped, write};

fn ours_in_the_repository() -> LinkLabels {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/labels/links");
    LinkLabels::load(&folder).expect("labels that fit one another")
}

#[test]
fn there_are_enough_labels_and_most_are_hard() {
    let labels = ours_in_the_repository();
    assert!(labels.pairs.len() >= 400 && labels.series.len() >= 60);
    assert!(labels.copies.len() >= 200 && labels.quotes.len() >= 60);
    let places: BTreeSet<_> = labels.figures.values().map(|f| (&f.corpus, &f.record, f.span)).collect();
    assert_eq!(places.len(), labels.figures.len(), "a figure is there twice");
    assert!(2 * labels.pairs.iter().filter(|p| p.hard.is_some()).count() >= labels.pairs.len());
    assert!(2 * labels.copies.iter().filter(|c| c.hard.is_some()).count() >= labels.copies.len());
}

#[test]
fn what_counts_the_same_is_never_labelled_otherwise() {
    let labels = ours_in_the_repository();
    let at: BTreeMap<&String, usize> = labels.figures.keys().enumerate().map(|(n, id)| (id, n)).collect();
    let pairs = labels.pairs.iter().filter(|p| p.edge.is_same()).map(|p| (at[&p.a], at[&p.b]));
    let series = labels.series.iter().flat_map(|s| s.members.windows(2));
    let series = series.map(|two| (at[&two[0].figure], at[&two[1].figure]));
    let group = ascribe_score::components(at.len(), pairs.chain(series));
    for pair in labels.pairs.iter().filter(|p| !p.edge.is_same()) {
        assert_ne!(group[at[&pair.a]], group[at[&pair.b]], "{}", pair.id);
    }
}

#[test]
fn no_story_or_text_is_in_both_halves() {
    let labels = ours_in_the_repository();
    let mut halves: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
    let mut note = |name: String, half| halves.entry(name).or_default().insert(half == Slice::Fitted);
    for figure in labels.figures.values() {
        note(figure.story.clone(), figure.half);
        note(format!("{} {}", figure.corpus, figure.record), figure.half);
    }
    for pair in &labels.copies {
        note(format!("{} {}", pair.a.corpus, pair.a.record), pair.half);
        note(format!("{} {}", pair.b.corpus, pair.b.record), pair.half);
    }
    for pair in &labels.quotes {
        note(format!("{} {}", pair.a.corpus, pair.a.record), pair.half);
        note(format!("{} {}", pair.b.corpus, pair.b.record), pair.half);
    }
    let both: Vec<&String> = halves.iter().filter(|(_, in_)| in_.len() > 1).map(|(name, _)| name).collect();
    assert!(both.is_empty(), "{both:?}");
}

#[test]
fn spans_slice_to_what_was_labelled_and_all_apart_is_the_known_baseline() {
    let Some(shared) = shared() else { return skipped("links", "no ../shared beside the repository") };
    let labels = ours_in_the_repository();
    let texts = LinkTexts::load(&labels, &shared.join("data")).expect("the texts that were labelled");
    let none = score_links(&labels, &texts, &LinkPredictions::default(), None);
    let told = |corpus: &str| format!("{:.3} of {}", none.stories[corpus].0.f1(), none.stories[corpus].1);
    assert_eq!(told("giveme5w1h"), "0.272 of 267");
    assert_eq!(told("gva_semeval2018t5"), "0.731 of 5068");
    assert_eq!((none.same_series.pred, none.copies.pred, none.utterances.pred), (0, 0, 0));
    let plain = score_links(&labels, &texts, &baseline(&labels, &texts), None);
    assert!(plain.same_series.f1() > 0.5 && plain.copies.f1() > 0.3 && plain.utterances.f1() > 0.2);

    let mut moved = labels.clone();
    let figure = moved.figures.values_mut().next().expect("a figure");
    figure.span.0 += 1;
    let refused = LinkTexts::load(&moved, &shared.join("data")).expect_err("other words");
    assert!(refused.contains("are not those labelled"), "{refused}");
}

#[test]
fn weights_of_copies_are_those_that_the_labels_give() {
    let Some(shared) = shared() else { return skipped("links", "no ../shared beside the repository") };
    let mut labels = ours_in_the_repository();
    let mut texts = LinkTexts::load(&labels, &shared.join("data")).expect("the texts that were labelled");
    // The other weights take minutes: `ascribe-score links --fit`.
    labels.figures.clear();
    labels.pairs.clear();
    texts.stories.clear();
    let found = fit_links(&load_reader(None).expect("the reader"), &labels, &texts);
    let copies = |file: &str| file.split("\n\n").find(|part| part.contains("const COPY")).map(str::to_owned);
    assert!(copies(&found).is_some());
    assert_eq!(copies(&found), copies(include_str!("../../link/src/weights.rs")));
}

/// Labels of two invented stories: three figures that count the dead of a flood, one the hurt.
fn invented(name: &str) -> PathBuf {
    let folder = folder(name);
    let figure = |id: &str, measure: &str, n: u32| {
        format!(
            r#"{{"id":"{id}","corpus":"x","record":"{id}","published":"2024-05-0{n}","span":[0,1],"hash":"0","story":"flood","half":"fit","measure":"{measure}","lower":{n},"upper":{n},"bound":"exact"}}"#
        ) + "\n"
    };
    let figures = [figure("f1", "killed", 3), figure("f2", "killed", 3), figure("f3", "killed", 4)];
    write(&folder, "figures.jsonl", &(figures.concat() + &figure("f4", "injured", 4)));
    let pair = |id: &str, a: &str, b: &str, edge: &str, hard: &str| {
        format!(
            r#"{{"id":"{id}","a":"{a}","b":"{b}","story":"flood","half":"fit","edge":"{edge}","hard":{hard}}}"#
        ) + "\n"
    };
    let pairs = [
        pair("p1", "f1", "f2", "repeats", "null"),
        pair("p2", "f2", "f3", "updates", "\"revised\""),
        pair("p3", "f3", "f4", "none", "\"measure\""),
        pair("p4", "f1", "f4", "part_of", "null"),
    ];
    write(&folder, "pairs.jsonl", &pairs.concat());
    let member = |id: &str, edge: &str| format!(r#"{{"figure":"{id}","edge":{edge}}}"#);
    let members = [member("f1", "null"), member("f2", "\"repeats\""), member("f3", "\"updates\"")].join(",");
    write(
        &folder,
        "series.jsonl",
        &format!(r#"{{"id":"s1","story":"flood","half":"fit","members":[{members}]}}"#),
    );
    let text = |id: &str| format!(r#"{{"corpus":"x","record":"{id}","hash":"0"}}"#);
    let copy = |id: &str, a: &str, b: &str, half: &str, kind: &str| {
        let (a, b) = (text(a), text(b));
        format!(r#"{{"id":"{id}","a":{a},"b":{b},"half":"{half}","kind":"{kind}","hard":null}}"#) + "\n"
    };
    let copies = [
        copy("c1", "1", "2", "fit", "copy"),
        copy("c2", "3", "4", "fit", "near"),
        copy("c3", "2", "3", "fit", "none"),
        copy("c4", "5", "6", "kept", "contained"),
    ];
    write(&folder, "copies.jsonl", &copies.concat());
    let part = |id: &str| format!(r#"{{"corpus":"x","record":"{id}","span":[0,1],"hash":"0"}}"#);
    let (a, b) = (part("1"), part("2"));
    let quote = |id: &str, label: &str| {
        format!(r#"{{"id":"{id}","a":{a},"b":{b},"half":"fit","label":"{label}"}}"#) + "\n"
    };
    write(&folder, "quotes.jsonl", &(quote("q1", "drifted") + &quote("q2", "different")));
    folder
}

const PREDICTED: &str = r#"{"pair":"p1","edge":"repeats"}
{"pair":"p2","edge":"conflicts"}
{"pair":"p3","edge":"updates"}
{"figure":"f1","series":"dead"}
{"figure":"f2","series":"dead"}
{"figure":"f3","series":"other"}
{"pair":"c1","kind":"near"}
{"pair":"c3","kind":"near"}
{"pair":"q1","wording":"same"}
{"corpus":"x","record":"1","story":"flood"}
"#;

#[test]
fn predictions_are_judged_as_told() {
    let folder = invented("links_judged");
    let labels = LinkLabels::load(&folder).unwrap();
    let file = write(&folder, "pred.jsonl", PREDICTED);
    let pred = LinkPredictions::load(Path::new(&file), &labels).unwrap();
    let score = score_links(&labels, &LinkTexts::default(), &pred, Some(Slice::Fitted));
    // p1 and p2 are found, p3 is made up, p4 is no pair of one series.
    assert_eq!(score.same_series, Count { tp: 2, pred: 3, gold: 2 });
    assert_eq!(score.same_series_hard, Count { tp: 1, pred: 2, gold: 1 });
    // Of p1 and p2 one edge is right; p4 was not answered.
    assert_eq!(score.edge_accuracy(), 0.5);
    assert_eq!(score.edge_accuracy_with_parts(), 1.0 / 3.0);
    assert_eq!(score.edges[&(Edge::PartOf, Edge::None)], 1);
    // {f1 f2 f3} told as {f1 f2} {f3}: recall (2/3 + 2/3 + 1/3) / 3.
    assert!((score.series.precision - 1.0).abs() < 1e-12 && (score.series.recall - 5.0 / 9.0).abs() < 1e-12);
    // Texts 1 2, 3 4 told as 1 2 3, 4: 1 pair in both, 2 true, 3 predicted, 6 in all; 2·3/6 by chance.
    assert_eq!(score.copies, Count { tp: 1, pred: 2, gold: 2 });
    assert!(score.copies_rand.abs() < 1e-12);
    assert_eq!((score.sharing.tp, score.sharing.gold), (0, 2));
    assert_eq!(score.utterances, Count { tp: 1, pred: 1, gold: 1 });
    assert_eq!(score.drifted, Count { tp: 0, pred: 0, gold: 1 });
    let kept = score_links(&labels, &LinkTexts::default(), &pred, Some(Slice::Untouched));
    assert_eq!((kept.same_series.gold, kept.copies.gold), (0, 1));
    let table = links_table(Some(&score), &score);
    assert!(
        table.contains("same series, pairs                        0.667  1.000  0.800      2     0.800"),
        "{table}"
    );
}

#[test]
fn the_labels_themselves_score_one() {
    let labels = LinkLabels::load(&invented("links_perfect")).unwrap();
    let mut pred = LinkPredictions {
        edges: labels.pairs.iter().map(|p| (p.id.clone(), p.edge)).collect(),
        copies: labels.copies.iter().map(|c| (c.id.clone(), c.kind)).collect(),
        quotes: labels.quotes.iter().map(|q| (q.id.clone(), q.label)).collect(),
        ..LinkPredictions::default()
    };
    for series in &labels.series {
        pred.series.extend(series.members.iter().map(|m| (m.figure.clone(), series.id.clone())));
    }
    let score = score_links(&labels, &LinkTexts::default(), &pred, None);
    let ones = [score.same_series.f1(), score.copies.f1(), score.drifted.f1(), score.series.f1()];
    assert_eq!(ones, [1.0; 4]);
    assert_eq!([score.copies_rand, score.edge_accuracy_with_parts(), score.sharing.f1()], [1.0; 3]);
    assert_eq!((pred.copies["c1"], pred.quotes["q1"]), (Sharing::Copy, Wording::Drifted));
}

#[test]
fn what_is_not_asked_or_twice_or_of_no_form_is_refused() {
    let folder = invented("links_refused");
    let labels = LinkLabels::load(&folder).unwrap();
    for (lines, message) in [
        ("{\"pair\":\"p9\",\"edge\":\"none\"}", "nothing that is labelled is called p9"),
        ("{\"pair\":\"p1\",\"kind\":\"near\"}", "nothing that is labelled is called p1"),
        ("{\"figure\":\"f9\",\"series\":\"a\"}", "nothing that is labelled is called f9"),
        (
            "{\"pair\":\"p1\",\"edge\":\"none\"}\n{\"pair\":\"p1\",\"edge\":\"none\"}",
            "prediction 2: p1 is answered twice",
        ),
        ("{\"pair\":\"p1\"}", "prediction 1: none of the forms"),
        ("{\"pair\":\"p1\",\"edge\":\"grows\"}", "pred.jsonl:1: unknown variant `grows`"),
        ("\n{", "pred.jsonl:2: EOF"),
    ] {
        let file = write(&folder, "pred.jsonl", lines);
        let refused = LinkPredictions::load(Path::new(&file), &labels).unwrap_err();
        assert!(refused.contains(message), "{refused}");
    }
    fs::remove_file(folder.join("series.jsonl")).unwrap();
    assert!(LinkLabels::load(&folder).unwrap_err().contains("series.jsonl"));
}

#[test]
fn labels_that_do_not_fit_are_refused() {
    let folder = invented("links_unfit");
    let pairs = fs::read_to_string(folder.join("pairs.jsonl")).unwrap();
    let figures = fs::read_to_string(folder.join("figures.jsonl")).unwrap();
    for (file, text, message) in [
        ("pairs.jsonl", pairs.replace("\"a\":\"f3\"", "\"a\":\"f7\""), "p3: no figure f7"),
        ("pairs.jsonl", pairs.replace("\"p2\"", "\"p1\""), "p1 is there twice"),
        ("pairs.jsonl", pairs.replacen("flood", "fire", 1), "p1: f1 is of another story or half"),
    ] {
        write(&folder, file, &text);
        assert!(LinkLabels::load(&folder).unwrap_err().contains(message), "{message}");
    }
    write(&folder, "pairs.jsonl", &pairs);
    write(&folder, "figures.jsonl", &figures.replacen("\"half\":\"fit\"", "\"half\":\"kept\"", 1));
    assert!(LinkLabels::load(&folder).unwrap_err().contains("of another story or half"));
}

#[test]
fn agreement_of_two_labellings() {
    let folder = folder("links_agreement");
    let lines = r#"{"id":"p1","first":"updates","second":"updates"}
{"id":"p2","first":"none","second":"part_of"}
{"id":"c1","first":"copy","second":"copy"}
{"id":"c2","first":"none","second":"none"}
"#;
    write(&folder, "agreement.jsonl", lines);
    let output = ours(&["links-agreement", "--labels", folder.to_str().unwrap()]);
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    // p: one of two alike; by chance 1/4. Of one series or not: both alike.
    assert_eq!(rows[1], "edge                                 2   0.500   0.333");
    assert_eq!(rows[2], "same series                          2   1.000   1.000");
    assert_eq!(rows[3], "sharing                              2   1.000   1.000");
    assert_eq!(rows[5], "p2  none → part_of");
}
