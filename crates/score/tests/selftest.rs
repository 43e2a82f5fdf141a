//! The reference scorer's own `--selftest`, check by check, and properties of any score.

mod common;

use std::collections::BTreeMap;

use ascribe_score::{Corpus, Document, Error, Score, SplitMix64};
use common::{Attributions, lines, random_attributions, random_text, span, text_lines};
use serde_json::{Value, json};

const TEXT: &str = "Ann Lee said, “We won.\n\nWe did,” adding that it rained. Bob: no.";

type Articles = BTreeMap<&'static str, Attributions>;

fn corpus(texts: &BTreeMap<&'static str, String>, gold: &Articles, pred: &Articles) -> Result<Corpus, Error> {
    let [text, gold, pred] = [text_lines(texts), lines(gold), lines(pred)];
    Corpus::parse(Document::new("t", &text), Document::new("g", &gold), Document::new("p", &pred))
}

fn both_texts() -> BTreeMap<&'static str, String> {
    BTreeMap::from([("x", TEXT.to_owned()), ("y", TEXT.to_owned())])
}

fn score(gold: &Articles, pred: &Articles) -> Score {
    Score::of(&corpus(&both_texts(), gold, pred).expect("usable input"), 0)
}

fn at(words: &str) -> Value {
    span(TEXT, words)
}

fn one(source: &[Value], cue: &[Value], content: &[Value]) -> Value {
    json!({"source": source, "cue": cue, "content": content})
}

fn a1() -> Value {
    one(&[at("Ann Lee")], &[at("said")], &[at("“We won."), at("We did,”")])
}

fn a2() -> Value {
    one(&[at("Ann Lee")], &[at("adding")], &[at("that it rained.")])
}

fn a3() -> Value {
    one(&[at("Bob")], &[at(":")], &[at("no.")])
}

fn a4() -> Value {
    one(&[], &[at("won")], &[at("We won")])
}

/// `attribution` with another `part`.
fn with(mut attribution: Value, part: &str, spans: Value) -> Value {
    attribution[part] = spans;
    attribution
}

fn x(attributions: &[Value]) -> Articles {
    BTreeMap::from([("x", attributions.to_vec())])
}

fn gold() -> Articles {
    BTreeMap::from([("x", vec![a1(), a2(), a3()]), ("y", vec![a4()])])
}

#[test]
fn gold_against_itself_is_right() {
    let r = score(&gold(), &gold());
    assert!(r.rows().all(|(_, c, _)| c.f1() == 1.0), "{r:?}");
    assert_eq!(r.metric("exact/source").gold, 2, "a shared source counts once");
    assert_eq!(r.metric("exact/content").gold, 4, "parts with only a line break between are one piece");
}

#[test]
fn nothing_predicted_or_nothing_there_is_zero() {
    let none = BTreeMap::from([("x", vec![]), ("y", vec![])]);
    for r in [score(&gold(), &BTreeMap::new()), score(&gold(), &x(&[])), score(&none, &gold())] {
        assert!(r.rows().all(|(_, c, _)| c.f1() == 0.0), "{r:?}");
    }
}

#[test]
fn quotation_marks_do_not_matter_to_exact() {
    let begin = at("We won")[0].clone();
    let r = score(&x(&[a1()]), &x(&[with(a1(), "content", json!([[begin, at(",”")[0]]]))]));
    assert_eq!(r.metric("exact/content").f1(), 1.0);
    assert!((0.01..0.99).contains(&r.metric("overlap/content").f1()));
    assert_eq!(r.metric("relation").f1(), 1.0);
}

#[test]
fn a_wrong_source() {
    let r = score(&x(&[a1()]), &x(&[with(a1(), "source", json!([at("Bob")]))]));
    assert_eq!((r.metric("relation").f1(), r.metric("relation+source").f1()), (1.0, 0.0));
}

#[test]
fn matches_are_one_to_one() {
    let relation = score(&x(&[a1()]), &x(&[a1(), a1()])).metric("relation");
    assert_eq!((relation.precision(), relation.recall()), (0.5, 1.0));
}

#[test]
fn a_quarter_of_the_content_is_too_little() {
    let r = score(&x(&[a2()]), &x(&[with(a2(), "content", json!([at("that")]))]));
    assert_eq!((r.metric("relation").tp, r.metric("overlap/content").tp), (0, 1));
}

#[test]
fn order_does_not_matter() {
    assert_eq!(score(&x(&[a1(), a2()]), &x(&[a2(), a1()])).metric("relation+source").f1(), 1.0);
}

#[test]
fn an_article_without_predictions_lowers_recall() {
    let gold = BTreeMap::from([("x", vec![a1()]), ("y", vec![a4()])]);
    let relation = score(&gold, &x(&[a1()])).metric("relation");
    assert_eq!((relation.recall(), relation.precision()), (0.5, 1.0));
}

#[test]
fn bad_spans_are_refused() {
    for bad in
        [json!([0, 1_000_000]), json!([5, 5]), json!([-1, 3]), json!([7, 5]), json!([1]), json!([1.5, 2])]
    {
        let pred = x(&[with(a1(), "cue", json!([bad]))]);
        let error = corpus(&both_texts(), &x(&[a1()]), &pred).expect_err("a bad span").to_string();
        assert!(error.starts_with("p:1: "), "{error}");
    }
}

#[test]
fn offsets_are_code_points() {
    let emoji = BTreeMap::from([("x", "😀 Zoë said hi".to_owned())]);
    let gold = x(&[one(&[json!([2, 5])], &[json!([6, 10])], &[json!([11, 13])])]);
    let corpus = corpus(&emoji, &gold, &gold).expect("usable input");
    assert_eq!(Score::of(&corpus, 0).metric("relation+source").f1(), 1.0);
}

#[test]
fn parts_may_be_null_or_absent() {
    let bare = json!({"cue": null, "content": [at("no.")]});
    let r = score(&x(std::slice::from_ref(&bare)), &x(&[bare]));
    assert_eq!(r.metric("relation+source").f1(), 1.0);
    assert_eq!(r.metric("relation+source (sourced)").gold, 0);
}

#[test]
fn intervals_hold_the_value() {
    let articles = |n: usize| (0..n).map(|i| (["a", "b", "c", "d", "e", "f"][i], vec![a1(), a2()]));
    let gold: Articles = articles(6).collect();
    let pred: Articles = articles(4).collect();
    let texts = gold.keys().map(|&id| (id, TEXT.to_owned())).collect();
    let corpus = corpus(&texts, &gold, &pred).expect("usable input");
    let score = Score::of(&corpus, 500);
    for (name, count, interval) in score.rows() {
        let [low, high] = interval.expect("asked for");
        assert!(low < count.f1() && count.f1() < high, "{name} {count:?} {low} {high}");
    }
    assert_eq!(score.to_table(), Score::of(&corpus, 500).to_table(), "the same every time");
}

/// Any gold with a source, a cue and a content in it is 1.0 against itself, in any order, and
/// never better against anything else.
#[test]
fn any_gold_against_itself_is_right() {
    let mut rng = SplitMix64::new(3);
    for _ in 0..300 {
        let texts = BTreeMap::from([("x", format!("a b c {}", random_text(&mut rng, 60)))]);
        let whole = one(&[json!([0, 1])], &[json!([2, 3])], &[json!([4, 5])]);
        let random = random_attributions(&mut rng, &texts["x"]);
        let mut gold = [vec![whole], random].concat();
        let same = x(&gold);
        gold.reverse();
        let r = Score::of(&corpus(&texts, &same, &x(&gold)).expect("usable input"), 0);
        for (name, count, _) in r.rows() {
            assert_eq!((count.tp, count.pred), (count.gold, count.gold), "{name} {same:?} {texts:?}");
        }
        let other = x(&random_attributions(&mut rng, &texts["x"]));
        let r = Score::of(&corpus(&texts, &same, &other).expect("usable input"), 0);
        assert!(r.rows().all(|(_, c, _)| c.tp <= c.pred.min(c.gold)), "{r:?}");
    }
}
