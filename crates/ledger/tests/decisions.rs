//! Decisions are applied, undone, carried over, joined and chained; redaction leaves no words.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;

use ascribe_ledger::{Added, Filter, Hash, Known, Ledger, Listing, Missed, Verdict};
use ascribe_record::{Act, Span, Words};
use common::{column, filled, incoming, listed, place, reading, verified};

const TIME: &str = "2026-01-12T08:00:00Z";

fn decide(ledger: &mut Ledger, id: &str, verdict: Verdict, time: &str) -> Hash {
    ledger.decide(id, &verdict, "Ida Lind", time, None).unwrap()
}

fn set(field: &str, value: &str) -> Verdict {
    Verdict::Set(field.into(), value.into())
}

fn statements(ledger: &Ledger) -> Vec<Vec<(String, String)>> {
    listed(ledger, Listing::Statements, &Filter::default())
}

/// The line of the statement `id`.
fn line(ledger: &Ledger, id: &str) -> Vec<(String, String)> {
    let filter = Filter { id: Some(id.to_owned()), ..Filter::default() };
    listed(ledger, Listing::Statements, &filter).remove(0)
}

fn states(ledger: &Ledger) -> Vec<String> {
    let log = listed(ledger, Listing::Decisions, &Filter::default());
    log.iter().map(|line| column(line, "state").to_owned()).collect()
}

#[test]
fn corrections_change_rows_and_undo_changes_them_back() {
    let (_folder, _, mut ledger) = filled(3);
    let before = statements(&ledger);
    let id = column(&before[1], "id").to_owned();
    let first = decide(&mut ledger, &id, set("speaker", "Ada Lind"), "1");
    let second = decide(&mut ledger, &id, set("act", "deny"), "2");
    assert_eq!(column(&line(&ledger, &id), "speaker"), "Ada Lind");
    assert_eq!(
        (column(&line(&ledger, &id), "act"), column(&line(&ledger, &id), "status")),
        ("deny", "corrected")
    );
    let found = Filter { speaker: Some("lind".into()), ..Filter::default() };
    assert_eq!(listed(&ledger, Listing::Statements, &found).len(), 1);
    verified(&ledger);
    decide(&mut ledger, &second.to_string()[..10], Verdict::Undo, "3");
    assert_eq!(column(&line(&ledger, &id), "act"), column(&before[1], "act"));
    let undo = decide(&mut ledger, &first.to_string(), Verdict::Undo, "4");
    assert_eq!(statements(&ledger), before);
    decide(&mut ledger, &undo.to_string(), Verdict::Undo, "5");
    assert_eq!(column(&line(&ledger, &id), "speaker"), "Ada Lind");
    assert_eq!(states(&ledger), ["holds", "undone", "holds", "undone", "holds"]);
    assert_eq!(verified(&ledger).decisions, 5);
}

#[test]
fn decisions_that_make_no_sense_are_refused_and_not_logged() {
    let (_folder, _, mut ledger) = filled(2);
    let lines = statements(&ledger);
    let (id, report) = (column(&lines[0], "id").to_owned(), column(&lines[0], "report").to_owned());
    for (id, verdict, says) in [
        (&*id, set("act", "lied"), "one of state"),
        (&id, set("colour", "red"), "none of its fields"),
        (&id, set("content", "what nobody wrote"), "does not stand in it"),
        (&report, Verdict::Accept, "is a report"),
        (&id, Verdict::Merge("p0000000000000000".into()), "no actor"),
        ("p0000000000000001", Verdict::Split, "no actor has the id"),
        ("zzz", Verdict::Accept, "is no id"),
        ("0123456789abcdef.s00000001", Verdict::Accept, "no report has the id"),
        ("feed", Verdict::Undo, "no decision"),
    ] {
        let error = ledger.decide(id, &verdict, "Ida", TIME, None).unwrap_err().to_string();
        assert!(error.contains(says), "{id} {verdict:?}: {error}");
    }
    assert!(states(&ledger).is_empty());
}

#[test]
fn actors_are_merged_and_split() {
    let (_folder, _, mut ledger) = filled(30);
    let speakers = listed(&ledger, Listing::Speakers, &Filter::default());
    let [one, two, three] = [0, 1, 2].map(|i| column(&speakers[i], "actor").to_owned());
    let count = |ledger: &Ledger, id: &str| {
        let filter = Filter { speaker: Some(id.to_owned()), ..Filter::default() };
        listed(ledger, Listing::Statements, &filter).len()
    };
    let [n_one, n_two, n_three] = [&one, &two, &three].map(|id| count(&ledger, id));
    decide(&mut ledger, &two, Verdict::Merge(one.clone()), "1");
    decide(&mut ledger, &one, Verdict::Merge(three.clone()), "2");
    // Whichever of them is named, all that they say is meant.
    for id in [&one, &two, &three] {
        assert_eq!(count(&ledger, id), n_one + n_two + n_three);
    }
    let after = listed(&ledger, Listing::Speakers, &Filter::default());
    assert_eq!(after.len(), speakers.len() - 2);
    assert_eq!(column(&after[0], "actor"), three);
    decide(&mut ledger, &two, Verdict::Split, "3");
    assert_eq!((count(&ledger, &two), count(&ledger, &one)), (n_two, n_one + n_three));
    let again = ledger.decide(&one, &Verdict::Merge(one.clone()), "Ida", "4", None);
    assert!(again.unwrap_err().to_string().contains("itself"));
    verified(&ledger);
}

/// A newer reading of report `n`, in which its first statement is another act.
#[test]
fn decisions_carry_over_to_a_newer_reading_or_show_that_they_do_not() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let n = (0..).find(|n| reading(*n).1.statements.len() >= 4).unwrap();
    let (bytes, old) = reading(n);
    ledger.add(&[incoming(&bytes, &old, "base 1")]).unwrap();
    let ids: Vec<String> = statements(&ledger).iter().map(|line| column(line, "id").to_owned()).collect();
    decide(&mut ledger, &ids[0], set("role", "harbour master"), "1");
    decide(&mut ledger, &ids[1], Verdict::Accept, "2");
    decide(&mut ledger, &ids[2], Verdict::Accept, "3");
    decide(&mut ledger, &ids[3], Verdict::Reject, "4");
    assert_eq!(states(&ledger), ["holds"; 4]);

    let mut new = old.clone();
    let text = new.report.text.clone();
    // The cue of the first is read otherwise, so that only its quotation finds it.
    let cue = new.statements[0].cue.spans[0];
    new.statements[0].cue = Words::at(&text, vec![Span::new(cue.begin, cue.end + " that".len())]);
    let was = new.statements[2].act;
    new.statements[2].act = if was == Act::Deny { Act::Warn } else { Act::Deny };
    new.statements.remove(3);
    new.figures.clear();
    let added = ledger.add(&[incoming(&bytes, &new, "base 2")]).unwrap();
    assert_eq!(added, [Added::Reading]);
    assert_eq!(states(&ledger), ["holds", "holds", "stale", "orphaned"]);
    let lines = statements(&ledger);
    assert_eq!((column(&lines[0], "role"), column(&lines[0], "status")), ("harbour master", "corrected"));
    assert_eq!((column(&lines[1], "status"), column(&lines[2], "status")), ("accepted", "open"));
    assert_eq!(ledger.known(Hash::of(&bytes), "base 1").unwrap(), Known::Read);
    assert_eq!(verified(&ledger).readings, 2);
}

#[test]
fn a_correction_after_an_acceptance_is_not_accepted() {
    let (_folder, _, mut ledger) = filled(1);
    let id = column(&statements(&ledger)[0], "id").to_owned();
    decide(&mut ledger, &id, Verdict::Accept, "1");
    decide(&mut ledger, &id, set("role", "clerk"), "2");
    assert_eq!((column(&line(&ledger, &id), "status"), &states(&ledger)[0][..]), ("corrected", "stale"));
    decide(&mut ledger, &id, Verdict::Accept, "3");
    assert_eq!(column(&line(&ledger, &id), "status"), "accepted");
}

/// Fields of a statement as they are given.
fn given(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn what_the_reader_missed_is_added_by_a_decision() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let (bytes, full) = reading(4);
    let report = full.report.id.clone();
    // The first reader misses a statement and a figure, which the second finds.
    let (mut blind, missed, figure) = (full.clone(), &full.statements[1], &full.figures[0]);
    blind.statements.remove(1);
    blind.statements.iter_mut().for_each(|statement| statement.within = None);
    blind.figures.remove(0);
    ledger.add(&[incoming(&bytes, &blind, "base 1")]).unwrap();
    let before = statements(&ledger);
    let fields = given(&[
        ("content", &missed.content.text),
        ("cue", &missed.cue.text),
        ("speaker", "Ada Lind"),
        ("act", "deny"),
    ]);
    let add = Verdict::Add(Missed::Statement, fields.clone(), None);
    let decision = decide(&mut ledger, &report, add.clone(), "1");
    let lines = statements(&ledger);
    let new = lines.iter().find(|line| column(line, "added") == "1").unwrap();
    assert_eq!(lines.len(), before.len() + 1);
    assert_eq!((column(new, "status"), column(new, "speaker")), ("added", "Ada Lind"));
    assert_eq!((column(new, "act"), column(new, "confidence")), ("deny", "-"));
    let id = column(new, "id").to_owned();
    let figure =
        given(&[("words", &figure.words.text), ("counted", &figure.counted.text), ("statement", &id)]);
    decide(&mut ledger, &report, Verdict::Add(Missed::Figure, figure, None), "2");
    let figures =
        listed(&ledger, Listing::Figures, &Filter { speaker: Some("lind".into()), ..Filter::default() });
    assert_eq!((column(&figures[0], "statement"), column(&figures[0], "status")), (&*id, "added"));
    // It is decided about like any other, and found by its words.
    decide(&mut ledger, &id, set("role", "clerk"), "3");
    assert_eq!(
        (column(&line(&ledger, &id), "status"), column(&line(&ledger, &id), "added")),
        ("corrected", "1")
    );
    let words = Filter { words: Some(format!("\"{}\"", missed.content.text)), ..Filter::default() };
    assert_eq!(listed(&ledger, Listing::SearchStatements, &words).len(), 1);
    assert_eq!(verified(&ledger).decisions, 3);
    // It travels.
    let (_other, other) = place();
    let mut joined = Ledger::open(&other).unwrap();
    joined.import(&ledger, &mut |_| ()).unwrap();
    assert_eq!((verified(&joined), statements(&joined)), (verified(&ledger), statements(&ledger)));
    // The reader that misses it again leaves it added; the one that finds it takes it over.
    ledger.add(&[incoming(&bytes, &blind, "base 2")]).unwrap();
    assert_eq!(column(&line(&ledger, &id), "added"), "1");
    ledger.add(&[incoming(&bytes, &full, "base 3")]).unwrap();
    assert_eq!(statements(&ledger).len(), full.statements.len());
    assert_eq!((column(&line(&ledger, &id), "added"), column(&line(&ledger, &id), "act")), ("0", "deny"));
    assert_eq!(states(&ledger), ["holds"; 3]);
    verified(&ledger);
    // Undone, it is gone, and what was decided about it is shown as orphaned.
    decide(&mut joined, &decision.to_string(), Verdict::Undo, "4");
    assert_eq!(statements(&joined), before);
    assert_eq!(states(&joined), ["undone", "holds", "orphaned", "holds"]);
    verified(&joined);
}

#[test]
fn what_is_added_must_stand_in_the_report() {
    let (_folder, _, mut ledger) = filled(2);
    let lines = statements(&ledger);
    let (id, report) = (column(&lines[0], "id").to_owned(), column(&lines[0], "report").to_owned());
    let content = column(&lines[0], "content").to_owned();
    for (target, kind, fields, says) in [
        (&report, Missed::Statement, given(&[("content", "what nobody wrote")]), "does not stand in it"),
        (&report, Missed::Statement, given(&[("speaker", "Ada Lind")]), "give its words"),
        (&report, Missed::Statement, given(&[("content", &content)]), "there already"),
        (&report, Missed::Statement, given(&[("content", &content), ("act", "lied")]), "one of state"),
        (&report, Missed::Figure, given(&[("words", "were"), ("statement", "x.s1")]), "no statement"),
        (&report, Missed::Figure, given(&[("colour", "red")]), "none of its fields"),
        (&id, Missed::Statement, given(&[("content", "that")]), "is no report"),
    ] {
        let error = ledger.decide(target, &Verdict::Add(kind, fields, None), "Ida", TIME, None).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(states(&ledger).is_empty());
}

#[test]
fn a_report_itself_can_be_corrected() {
    let (_folder, _, mut ledger) = filled(3);
    let id = column(&statements(&ledger)[0], "report").to_owned();
    decide(&mut ledger, &id[..12], set("published", "1999-05"), "1");
    decide(&mut ledger, &id[..12], set("outlet", "Northwire"), "2");
    let first = &listed(&ledger, Listing::Reports, &Filter::default())[0];
    assert_eq!((column(first, "report"), column(first, "outlet")), (&*id, "Northwire"));
    verified(&ledger);
}

#[test]
fn redaction_leaves_a_hash_and_a_reason_and_no_words() {
    let (_folder, path, mut ledger) = filled(30);
    let (bytes, made) = reading(17);
    let id = made.report.id.clone();
    let of_report = Filter { id: Some(id.clone()), ..Filter::default() };
    let mut about = listed(&ledger, Listing::Statements, &of_report);
    let said = about.remove(0);
    decide(&mut ledger, column(&said, "id"), Verdict::Accept, "1");
    // The longest word of no other report.
    let others: String = (0..30).filter(|n| *n != 17).map(|n| reading(n).1.report.text).collect();
    let words = made.report.text.split(|c: char| !c.is_alphabetic());
    let rare =
        words.filter(|word| !others.contains(word)).max_by_key(|word| word.len()).unwrap().to_lowercase();
    ledger.redact(&id[..10], "a witness is named", "Ida Lind", TIME).unwrap();
    let state = verified(&ledger);
    assert_eq!((state.captures, state.redacted, state.decisions), (29, 1, 2));
    assert_eq!(ledger.known(Hash::of(&bytes), "base 1").unwrap(), Known::Redacted);
    assert_eq!(ledger.add(&[incoming(&bytes, &made, "base 2")]).unwrap(), [Added::Redacted]);
    assert!(listed(&ledger, Listing::Statements, &of_report).is_empty());
    assert!(ledger.redact(&id, "again", "Ida Lind", TIME).unwrap_err().to_string().contains("already"));
    verified(&ledger);
    drop(ledger);
    let file = fs::read(&path).unwrap();
    let holds = |words: &str| file.windows(words.len()).any(|window| window == words.as_bytes());
    let content = column(&said, "content");
    assert!(!holds(content) && !holds(made.report.title.as_ref().unwrap()), "words are left in the file");
    assert!(!holds(&rare), "'{rare}' is left in the file");
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, report_words, row)";
    connection.execute_batch(sql).unwrap();
    let n = |word: &str| -> i64 {
        // The index holds stems.
        let sql = "SELECT count(*) FROM terms WHERE ?1 LIKE term || '%' AND length(term) + 3 > length(?1)";
        connection.query_row(sql, [word], |row| row.get(0)).unwrap()
    };
    assert_eq!((n("counted"), n(&rare)), (1, 0), "'{rare}' is left in the index");
    assert!(holds("a witness is named"));
}

#[test]
fn the_words_of_one_statement_can_be_redacted() {
    let (_folder, path, mut ledger) = filled(30);
    let (_whole, _, mut other) = filled(30);
    let (bytes, made) = reading(17);
    let id = made.report.id.clone();
    let of_report = Filter { id: Some(id.clone()), ..Filter::default() };
    let about = listed(&ledger, Listing::Statements, &of_report);
    let (said, far) = (&about[0], about.last().unwrap());
    decide(&mut ledger, column(said, "id"), set("role", "clerk"), "1");
    decide(&mut ledger, column(far, "id"), Verdict::Accept, "2");
    let content = column(said, "content").to_owned();
    let phrase = Filter { words: Some(format!("\"{content}\"")), ..Filter::default() };
    let found = |ledger: &Ledger| {
        [Listing::SearchReports, Listing::SearchStatements].map(|what| listed(ledger, what, &phrase).len())
    };
    assert_eq!(found(&ledger), [1, 1]);
    ledger.redact(column(said, "id"), "a witness is named", "Ida Lind", TIME).unwrap();
    assert_eq!(found(&ledger), [0, 0]);
    let left = listed(&ledger, Listing::Statements, &of_report);
    assert_eq!(left.len(), about.len() - 1);
    assert_eq!((left.last().unwrap(), column(far, "status")), (&line(&ledger, column(far, "id")), "open"));
    assert_eq!(column(left.last().unwrap(), "status"), "accepted", "what is said elsewhere stays decided");
    let state = verified(&ledger);
    assert_eq!((state.captures, state.redacted, state.readings, state.decisions), (29, 1, 30, 3));
    let mut masked = String::new();
    let mut keep = |_: &str, json: &str| {
        masked += if json.contains(&id) { json } else { "" };
        Ok::<_, ascribe_ledger::Error>(())
    };
    ledger.readings(&mut keep).unwrap();
    assert!(masked.contains("█ ") && !masked.contains(&content));
    assert_eq!(ledger.known(Hash::of(&bytes), "base 1").unwrap(), Known::Redacted);
    // A ledger that has the words loses them as it is joined; one that has nothing gets what is left.
    other.import(&ledger, &mut |_| ()).unwrap();
    let (_none, none) = place();
    let mut new = Ledger::open(&none).unwrap();
    new.import(&ledger, &mut |_| ()).unwrap();
    assert_eq!(found(&other), [0, 0]);
    for joined in [&other, &new] {
        assert_eq!(verified(joined).content, state.content);
        assert_eq!(statements(joined), statements(&ledger));
    }
    // The rest can go too.
    ledger.redact(&id, "asked for by law", "Udo", "5").unwrap();
    assert!(listed(&ledger, Listing::Statements, &of_report).is_empty());
    verified(&ledger);
    drop(ledger);
    let file = fs::read(&path).unwrap();
    assert!(
        !file.windows(content.len()).any(|window| window == content.as_bytes()),
        "words are left in the file"
    );
}

#[test]
fn the_words_of_one_figure_can_be_redacted() {
    let (_folder, _, mut ledger) = filled(5);
    let figures = listed(&ledger, Listing::Figures, &Filter::default());
    let id = column(&figures[2], "id").to_owned();
    ledger.redact(&id, "the place is secret", "Ida Lind", TIME).unwrap();
    let left = listed(&ledger, Listing::Figures, &Filter::default());
    assert_eq!(left.len(), figures.len() - 1);
    assert!(left.iter().all(|line| column(line, "id") != id));
    verified(&ledger);
    assert!(ledger.redact(&id, "again", "Ida Lind", TIME).unwrap_err().to_string().contains("nothing has"));
}

#[test]
fn two_ledgers_joined_are_one() {
    let (_a, path_a, mut a) = filled(20);
    let (_b, path_b) = place();
    let mut b = Ledger::open(&path_b).unwrap();
    b.add(&common::items(10..30)).unwrap();
    let id = |ledger: &Ledger, i: usize| column(&statements(ledger)[i], "id").to_owned();
    let (of_a, of_b) = (id(&a, 3), id(&b, 5));
    decide(&mut a, &of_a, set("act", "warn"), "1");
    decide(&mut b, &of_b, Verdict::Reject, "2");
    let redacted = reading(12).1.report.id;
    b.redact(&redacted, "asked for by law", "Udo", "3").unwrap();
    drop((a, b));
    let joined = |first: &std::path::Path, second: &std::path::Path, name: &str| {
        let copy = first.with_file_name(name);
        Ledger::open_read_only(first).unwrap().back_up(&copy).unwrap();
        let mut ledger = Ledger::open(&copy).unwrap();
        let other = Ledger::open_read_only(second).unwrap();
        ledger.import(&other, &mut |_| ()).unwrap();
        assert_eq!(ledger.import(&other, &mut |_| ()).unwrap(), (0, 0), "all of it is there");
        (verified(&ledger), statements(&ledger))
    };
    let (ab, lines) = joined(&path_a, &path_b, "ab.db");
    assert_eq!((ab.clone(), lines.clone()), joined(&path_b, &path_a, "ba.db"));
    assert_eq!((ab.captures, ab.redacted, ab.decisions), (29, 1, 3));
    assert!(lines.iter().any(|line| column(line, "status") == "rejected"));
    assert!(lines.iter().any(|line| column(line, "status") == "corrected"));
}
