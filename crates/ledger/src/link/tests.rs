//! Whatever comes first, and however many at once, the links are the same.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ascribe_record::{Reading, Report, Span, Statement, StatementId, Words};
use ascribe_testkit::told::{source, story, told};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::{Entry, Hash, Incoming, Ledger, Sighting, Verdict};

/// A new ledger in a folder of its own.
fn empty() -> (TempDir, PathBuf, Ledger) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ledger.db");
    let ledger = Ledger::open(&path).unwrap();
    (folder, path, ledger)
}

/// Report `n` of the archive, as `model` read it: without its last statement if it is not "told 1".
fn incoming(n: u64, model: &str) -> Incoming {
    let mut made = told(n);
    made.reading.report.id = Hash::of(&made.bytes).to_string();
    if model != "told 1" {
        made.reading.statements.pop();
        made.reading.figures.clear();
    }
    let at = Sighting { path: format!("{n}.json"), record: None, obtained: "2026-01-12T08:00:00Z".into() };
    Incoming::Read(Box::new(Entry::of(&made.bytes, &made.reading, model, at).unwrap()))
}

/// One of many reports that are much alike: of one day's ferry and another's.
fn crowded(n: u64) -> Incoming {
    let ferry = ["Lind", "Osprey", "Marren"][(n % 3) as usize];
    let text = format!(
        "“The ferry {ferry} will not sail before the harbour is dredged,” Ada Lind of the Harrow Bay coast guard \
         said. Passengers of the {ferry} waited at the Dunmore quay. Gate {}, berth {n}.",
        n % 7
    );
    let bytes = text.clone().into_bytes();
    let mut report = Report::new(text.clone(), "text/plain");
    report.id = Hash::of(&bytes).to_string();
    report.published = Some(format!("2026-01-{:02}", n % 28 + 1));
    let end = text.find(" Ada").unwrap();
    let words = |begin, end| Words::at(&text, vec![Span::new(begin, end)]);
    let statement =
        Statement::new(StatementId(1), words(end + 1, end + 9), words(end + 10, end + 12), words(0, end));
    let mut reading = Reading::of(report);
    reading.statements.push(statement);
    let at = Sighting { path: format!("{n}.txt"), record: None, obtained: "2026-01-12T08:00:00Z".into() };
    Incoming::Read(Box::new(Entry::of(&bytes, &reading, "told 1", at).unwrap()))
}

fn id(n: u64) -> String {
    Hash::of(&told(n).bytes).to_string()
}

fn add(ledger: &mut Ledger, reports: &[u64]) {
    let items: Vec<Incoming> = reports.iter().map(|n| incoming(*n, "told 1")).collect();
    ledger.add(&items).unwrap();
}

fn link(ledger: &mut Ledger) {
    ledger.link(&mut |_, _| ()).unwrap();
}

/// All lines of the views of links, in order.
fn views(ledger: &Ledger) -> Vec<String> {
    let mut lines = Vec::new();
    for view in ["copies", "stories", "story_reports", "quotes"] {
        let mut select = ledger.connection.prepare(&format!("SELECT * FROM {view}")).unwrap();
        let n = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> =
                (0..n).map(|i| format!("{:?}", row.get::<_, rusqlite::types::Value>(i).unwrap())).collect();
            lines.push(format!("{view} {}", values.join(" ")));
        }
    }
    lines.sort();
    lines
}

/// The links of a ledger that all reports came into at once.
fn whole(reports: &[u64]) -> Vec<String> {
    let (_folder, _, mut ledger) = empty();
    add(&mut ledger, reports);
    link(&mut ledger);
    views(&ledger)
}

#[test]
fn what_belongs_together_is_linked() {
    let (_folder, _, mut ledger) = empty();
    let reports: Vec<u64> = (0..300).collect();
    add(&mut ledger, &reports);
    link(&mut ledger);
    let by_id: BTreeMap<String, u64> = reports.iter().map(|n| (id(*n), *n)).collect();
    let pairs = |sql: &str| -> Vec<(u64, u64)> {
        let mut select = ledger.connection.prepare(sql).unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(|row| row.map(|(a, b): (String, String)| (by_id[&a], by_id[&b])).unwrap()).collect()
    };
    let copies = pairs("SELECT report, origin FROM copies");
    let n_right = copies.iter().filter(|(report, origin)| source(*report) == source(*origin)).count();
    let n_true = reports.iter().filter(|n| source(**n) != **n).count();
    assert!(
        n_right * 100 >= n_true * 95 && n_right == copies.len(),
        "{n_right} of {n_true}, {}",
        copies.len()
    );
    let stories = pairs("SELECT report, story FROM story_reports");
    assert_eq!(stories.len(), reports.len());
    let n_right = stories.iter().filter(|(report, first)| story(*report) == story(*first)).count();
    assert!(n_right * 100 >= stories.len() * 93, "{n_right}");
    let n_joined = stories.iter().filter(|(report, first)| report != first).count();
    assert!(n_joined > reports.len() / 3, "{n_joined}");
    let drifts: i64 =
        ledger.connection.query_row("SELECT count(drift) FROM quotes", [], |row| row.get(0)).unwrap();
    assert!(drifts > 0);
}

#[test]
fn to_link_twice_changes_nothing() {
    let (_folder, _, mut ledger) = empty();
    add(&mut ledger, &(0..120).collect::<Vec<_>>());
    assert_eq!(ledger.n_unlinked().unwrap(), 120);
    link(&mut ledger);
    let before = views(&ledger);
    assert_eq!(ledger.n_unlinked().unwrap(), 0);
    assert_eq!(ledger.link(&mut |_, _| ()).unwrap(), super::Linked::default());
    assert_eq!(views(&ledger), before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Any order, any batches of adding and of linking.
    #[test]
    fn order_and_batches_change_nothing(
        order in Just((0..160_u64).collect::<Vec<_>>()).prop_shuffle(),
        batches in prop::collection::vec((1..60_usize, 1..40_usize), 3..6),
    ) {
        let (_folder, _, mut ledger) = empty();
        let mut rest = &order[..];
        for (n_added, n_linked) in batches {
            let (now, later) = rest.split_at(n_added.min(rest.len()));
            add(&mut ledger, now);
            ledger.link_by(n_linked, &mut |_, _| ()).unwrap();
            rest = later;
        }
        add(&mut ledger, rest);
        link(&mut ledger);
        prop_assert_eq!(views(&ledger), whole(&(0..160).collect::<Vec<_>>()));
    }

    /// More hold the same keys than are looked at.
    #[test]
    fn crowded_keys(order in Just((0..180_u64).collect::<Vec<_>>()).prop_shuffle(), n_first in 1..180_usize) {
        let linked = |parts: [&[u64]; 2]| {
            let (_folder, _, mut ledger) = empty();
            for part in parts {
                ledger.add(&part.iter().map(|n| crowded(*n)).collect::<Vec<_>>()).unwrap();
                link(&mut ledger);
            }
            views(&ledger)
        };
        let (first, rest) = order.split_at(n_first);
        prop_assert_eq!(linked([first, rest]), linked([&order, &[]]));
    }

    /// What is gone leaves what would be there without it, and what was read again is as if read so at first.
    #[test]
    fn what_goes_and_what_is_read_again(gone in prop::collection::btree_set(0..120_u64, 1..30), again in 0..120_u64) {
        let (_folder, _, mut ledger) = empty();
        add(&mut ledger, &(0..120).collect::<Vec<_>>());
        link(&mut ledger);
        ledger.add(&[incoming(again, "told 2")]).unwrap();
        for report in &gone {
            ledger.redact(&id(*report), "asked for", "Ada Lind", "2026-01-12T08:00:00Z").unwrap();
        }
        link(&mut ledger);
        let left: Vec<u64> = (0..120).filter(|n| !gone.contains(n) && *n != again).collect();
        let (_other, _, mut other) = empty();
        add(&mut other, &left);
        if !gone.contains(&again) {
            other.add(&[incoming(again, "told 2")]).unwrap();
        }
        link(&mut other);
        prop_assert_eq!(views(&ledger), views(&other));
    }
}

#[test]
fn two_halves_are_the_whole() {
    let [even, odd] = [0, 1].map(|rest| (0..160).filter(|n| n % 2 == rest).collect::<Vec<u64>>());
    let (_one, _, mut one) = empty();
    add(&mut one, &even);
    link(&mut one);
    let (_two, _, mut two) = empty();
    add(&mut two, &odd);
    link(&mut two);
    one.import(&two, &mut |_| ()).unwrap();
    link(&mut one);
    assert_eq!(views(&one), whole(&(0..160).collect::<Vec<_>>()));
}

#[test]
fn a_kill_leaves_whole_batches() {
    let (_folder, path, mut ledger) = empty();
    add(&mut ledger, &(0..120).collect::<Vec<_>>());
    // All that is in memory goes with the thread, as when the program is killed.
    let killed = std::thread::spawn(move || {
        let mut n = 0;
        ledger.link_by(10, &mut |_, _| {
            n += 1;
            assert!(n < 2, "killed");
        })
    });
    assert!(killed.join().is_err());
    let mut ledger = Ledger::open(&path).unwrap();
    let left = ledger.n_unlinked().unwrap();
    assert!((1..120).contains(&left), "{left}");
    link(&mut ledger);
    assert_eq!(views(&ledger), whole(&(0..120).collect::<Vec<_>>()));
}

/// The story that a report is of, by the number of its first report.
fn story_of(ledger: &Ledger, n: u64) -> String {
    let sql = "SELECT story FROM story_reports WHERE report = ?";
    ledger.connection.query_row(sql, [id(n)], |row| row.get(0)).unwrap()
}

#[test]
fn people_join_stories_and_part_reports() {
    let reports: Vec<u64> = (0..120).collect();
    let (_folder, _, mut ledger) = empty();
    add(&mut ledger, &reports);
    link(&mut ledger);
    let before = views(&ledger);
    let alone: Vec<u64> = reports.iter().copied().filter(|n| story_of(&ledger, *n) == id(*n)).collect();
    let decide = |ledger: &mut Ledger, n: u64, verdict: &Verdict| {
        let decision = ledger.decide(&id(n), verdict, "Ada Lind", "2026-01-12T08:00:00Z", None).unwrap();
        link(ledger);
        decision
    };
    // The later into the earlier, and the earlier into the later: one story, named by its first.
    let (first, last) = (alone[1], alone[alone.len() - 1]);
    let joined = decide(&mut ledger, last, &Verdict::Join(id(first)));
    assert_eq!(story_of(&ledger, last), id(first));
    decide(&mut ledger, first, &Verdict::Join(id(alone[3])));
    assert_eq!(story_of(&ledger, alone[3]), story_of(&ledger, last));
    ledger.verify(&mut |_| ()).unwrap().unwrap();
    // A report that others go on with parts, and takes them along.
    let follower = reports.iter().copied().find(|n| story_of(&ledger, *n) != id(*n)).unwrap();
    let was = story_of(&ledger, follower);
    let parted = decide(&mut ledger, follower, &Verdict::Part);
    assert_eq!(story_of(&ledger, follower), id(follower));
    decide(&mut ledger, follower, &Verdict::Join(was.clone()));
    assert_eq!(story_of(&ledger, follower), was);
    // All taken back, all is as it was.
    let log: Vec<Hash> = ledger.decisions().unwrap().into_iter().map(|(id, _, _)| id).collect();
    assert!(log.contains(&joined) && log.contains(&parted));
    for decision in log {
        let undo =
            ledger.decide(&decision.to_string(), &Verdict::Undo, "Ada Lind", "2026-01-13T08:00:00Z", None);
        undo.unwrap();
    }
    link(&mut ledger);
    assert_eq!(views(&ledger), before);
    ledger.verify(&mut |_| ()).unwrap().unwrap();
}

#[test]
fn a_join_waits_for_its_story() {
    let (_folder, _, mut all) = empty();
    add(&mut all, &(0..60).collect::<Vec<_>>());
    all.decide(&id(50), &Verdict::Join(id(1)), "Ada Lind", "2026-01-12T08:00:00Z", None).unwrap();
    link(&mut all);
    // The report with its decision comes before the story that it joins.
    let (_other, _, mut parts) = empty();
    add(&mut parts, &[50]);
    let decisions: Vec<_> = all.decisions().unwrap().into_iter().map(|(id, _, body)| (id, body)).collect();
    parts.take_over(&decisions).unwrap();
    link(&mut parts);
    assert_eq!(story_of(&parts, 50), id(50));
    add(&mut parts, &(0..50).chain(51..60).collect::<Vec<_>>());
    link(&mut parts);
    assert_eq!(views(&parts), views(&all));
}

#[test]
fn wrong_requests_say_why() {
    let (_folder, _, mut ledger) = empty();
    add(&mut ledger, &[0, 1]);
    for (verdict, says) in [
        (Verdict::Join(id(0)), "own story"),
        (Verdict::Join("0000".into()), "no report"),
        (Verdict::Join(format!("{}.s00000001", id(1))), "no report"),
    ] {
        let error = ledger.decide(&id(0), &verdict, "Ada Lind", "2026-01-12T08:00:00Z", None).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
}
