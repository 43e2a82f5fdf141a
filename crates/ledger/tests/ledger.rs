//! What goes in comes out, once, the same in every ledger, and damage is found.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::thread;

use ascribe_ledger::{
    Added, Capture, Entry, ErrorKind, Filter, Hash, Incoming, Known, Ledger, Listing, Sighting,
};
use ascribe_record::{Reading, Report};
use common::{column, filled, incoming, items, listed, place, reading, verified};
use rusqlite::Connection;

const ALL: [Listing; 4] = [Listing::Reports, Listing::Statements, Listing::Figures, Listing::Speakers];

#[test]
fn the_same_bytes_are_one_report() {
    let (_folder, _, mut ledger) = filled(5);
    let (before, content) =
        (listed(&ledger, Listing::Statements, &Filter::default()), verified(&ledger).content);
    assert_eq!(ledger.add(&items(0..5)).unwrap(), [Added::Seen; 5]);
    assert_eq!(verified(&ledger).content, content);
    let (bytes, _) = reading(3);
    let elsewhere =
        Sighting { path: "copy.txt".into(), record: None, obtained: "2026-02-01T00:00:00Z".into() };
    assert_eq!(ledger.known(Hash::of(&bytes), "base 1").unwrap(), Known::Read);
    assert_eq!(ledger.add(&[Incoming::Seen(Hash::of(&bytes), elsewhere)]).unwrap(), [Added::Seen]);
    assert_eq!(listed(&ledger, Listing::Statements, &Filter::default()), before);
    assert_ne!(verified(&ledger).content, content, "it was seen at another place");
}

#[test]
fn order_and_batches_change_nothing() {
    let (_folder, _, whole) = filled(40);
    let (_other, path) = place();
    let mut parts = Ledger::open(&path).unwrap();
    for n in (0..40).rev() {
        parts.add(&items(n..n + 1)).unwrap();
    }
    assert_eq!(verified(&parts), verified(&whole));
    for listing in ALL {
        assert_eq!(listed(&parts, listing, &Filter::default()), listed(&whole, listing, &Filter::default()));
    }
}

#[test]
fn a_report_whose_id_is_not_its_hash_is_no_entry() {
    let (bytes, mut reading) = reading(1);
    reading.report.id = "0".repeat(64);
    let at = Sighting { path: "a".into(), record: None, obtained: String::new() };
    assert_eq!(Entry::of(&bytes, &reading, "base 1", at).unwrap_err().kind(), ErrorKind::Damaged);
}

#[test]
fn filters_give_what_a_look_at_all_gives() {
    let (_folder, _, ledger) = filled(60);
    let all = listed(&ledger, Listing::Statements, &Filter::default());
    let some = |name: &str| all.iter().map(|line| column(line, name).to_owned()).nth(all.len() / 2).unwrap();
    type Field = fn(&mut Filter) -> &mut Option<String>;
    let cases: [(&str, Field); 4] = [
        ("speaker", |f| &mut f.speaker),
        ("act", |f| &mut f.act),
        ("naming", |f| &mut f.naming),
        ("outlet", |f| &mut f.outlet),
    ];
    for (name, field) in cases {
        let value = some(name);
        let mut filter = Filter::default();
        *field(&mut filter) = Some(value.clone());
        let expected: Vec<_> = all.iter().filter(|line| column(line, name) == value).cloned().collect();
        assert!(!expected.is_empty());
        assert_eq!(listed(&ledger, Listing::Statements, &filter), expected, "{name} = {value}");
    }
    let (from, to) = ("2018".to_owned(), "2020-06".to_owned());
    let filter = Filter { from: Some(from), to: Some(to), ..Filter::default() };
    let within = |line: &&Vec<(String, String)>| {
        let date = column(line, "published");
        date >= "2018" && &date[..7] <= "2020-06"
    };
    let expected: Vec<_> = all.iter().filter(within).cloned().collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    assert_eq!(listed(&ledger, Listing::Statements, &filter), expected);
    let figures = listed(&ledger, Listing::Figures, &Filter::default());
    let (measure, place) = (column(&figures[9], "measure"), column(&figures[9], "place"));
    let filter =
        Filter { measure: Some(measure.to_owned()), place: Some(place.to_uppercase()), ..Filter::default() };
    assert!(listed(&ledger, Listing::Figures, &filter).contains(&figures[9]));
    let wrong = Filter { measure: Some("killed".into()), ..Filter::default() };
    assert!(ledger.list(Listing::Statements, &wrong, &mut |_| true).is_err(), "no filter is ignored");
}

#[test]
fn words_are_found_with_their_surroundings() {
    let (_folder, _, ledger) = filled(20);
    let all = listed(&ledger, Listing::Statements, &Filter::default());
    let content = column(&all[0], "content");
    let phrase: Vec<&str> = content.split_whitespace().take(3).collect();
    let filter = Filter { words: Some(format!("\"{}\"", phrase.join(" "))), ..Filter::default() };
    for (listing, key) in [(Listing::SearchReports, "report"), (Listing::SearchStatements, "id")] {
        let found = listed(&ledger, listing, &filter);
        let of_first = found.iter().find(|line| column(line, key) == column(&all[0], key)).unwrap();
        assert!(column(of_first, "snippet").contains(&format!("[{}", phrase[0])), "{of_first:?}");
    }
    for words in ["", "\"", "AND OR NOT", "a:b*", "é—", "(", "^x"] {
        let filter = Filter { words: Some(words.into()), ..Filter::default() };
        listed(&ledger, Listing::SearchReports, &filter);
    }
}

#[test]
fn words_that_stand_everywhere_give_the_newest() {
    let (_folder, _, mut ledger) = filled(1);
    let report = |n: usize| {
        let text =
            if n.is_multiple_of(500) { format!("Quay {n} flooded again.") } else { format!("Quay {n}.") };
        let mut reading = Reading::of(Report::new(text.clone(), "text/plain"));
        reading.report.id = Hash::of(text.as_bytes()).to_string();
        reading.report.path = Some(format!("{n}.txt"));
        incoming(text.as_bytes(), &reading, "base 1")
    };
    ledger.add(&(1..=2500).map(report).collect::<Vec<_>>()).unwrap();
    let found = |words: &str| -> Vec<String> {
        let filter = Filter { words: Some(words.into()), ..Filter::default() };
        let lines = listed(&ledger, Listing::SearchReports, &filter);
        lines.iter().map(|line| column(line, "snippet").to_owned()).collect()
    };
    let everywhere = found("quay");
    assert_eq!((everywhere.len(), &*everywhere[0]), (1000, "[Quay] 2500 flooded again."));
    assert_eq!(everywhere[1], "[Quay] 2499.");
    assert_eq!(found("quay 77"), ["[Quay] [77]."]);
    let mut flooded = found("quays \"flooded\"");
    flooded.sort();
    assert_eq!((flooded.len(), &*flooded[0]), (5, "[Quay] 1000 [flooded] again."));
    assert!(found("quay drained").is_empty());
}

#[test]
fn what_is_refused_is_kept_until_it_is_read() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let at = |record| Sighting { path: "wire.jsonl".into(), record, obtained: "2026-01-12T08:00:00Z".into() };
    let refused = |reason: &str, bytes: &[u8]| {
        Incoming::Refused(at(Some(3)), reason.to_owned(), Some(Capture::of(bytes).unwrap()))
    };
    assert_eq!(ledger.add(&[refused("not JSON", b"{")]).unwrap(), [Added::Refused]);
    assert_eq!(ledger.add(&[refused("not JSON", b"{")]).unwrap(), [Added::Refused]);
    let lines = listed(&ledger, Listing::Refused, &Filter::default());
    assert_eq!((lines.len(), column(&lines[0], "reason")), (1, "not JSON"));
    assert_eq!(ledger.bytes_of(Hash::of(b"{")).unwrap().unwrap(), b"{");
    let (bytes, mut reading) = reading(1);
    (reading.report.path, reading.report.record) = (Some("wire.jsonl".into()), Some(3));
    ledger.add(&[incoming(&bytes, &reading, "base 1")]).unwrap();
    assert!(listed(&ledger, Listing::Refused, &Filter::default()).is_empty());
    verified(&ledger);
}

#[test]
fn numbers_are_read_back_to_the_last_bit() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    for (n, value) in
        [2.14e9 * (1.0 + f64::EPSILON), 16.72 * 1e9, 1e6 / 3.0, 0.1 + 0.2].into_iter().enumerate()
    {
        let (bytes, mut reading) = reading(n as u64);
        reading.figures[0].lower = Some(value);
        ledger.add(&[incoming(&bytes, &reading, "base 1")]).unwrap();
    }
    verified(&ledger);
}

/// Runs `sql` on the file itself and returns what verify says then.
fn tampered(sql: &str) -> String {
    let (_folder, path, mut ledger) = filled(3);
    let id = column(&listed(&ledger, Listing::Statements, &Filter::default())[0], "id").to_owned();
    for verdict in [ascribe_ledger::Verdict::Accept, ascribe_ledger::Verdict::Reject] {
        ledger.decide(&id, &verdict, "Ida", "2026-01-12T08:00:00Z", None).unwrap();
    }
    verified(&ledger);
    drop(ledger);
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    Ledger::open_read_only(&path).unwrap().verify(&mut |_| ()).unwrap().unwrap_err()
}

#[test]
fn tampering_is_found() {
    for (sql, says) in [
        ("UPDATE capture SET bytes = (SELECT bytes FROM capture WHERE id = 2) WHERE id = 1", "hash to"),
        ("UPDATE capture SET bytes = NULL WHERE id = 1", "no decision says why"),
        ("UPDATE capture SET bytes = substr(bytes, 1, 40) WHERE id = 1", "cannot be decompressed"),
        ("UPDATE reading SET json = NULL WHERE id = 1", "its reading is gone"),
        ("UPDATE reading SET sha256 = zeroblob(32) WHERE id = 1", "its reading was changed"),
        ("UPDATE statement SET act = 'deny', confidence = 1", "not what its reading and decisions give"),
        ("DELETE FROM statement WHERE id = (SELECT max(id) FROM statement)", "not what its reading"),
        ("UPDATE figure SET lower = lower + 1", "not what its reading and decisions give"),
        ("UPDATE report SET title = 'Other' WHERE id = 1", "not what its reading and decisions give"),
        ("UPDATE decision SET body = replace(body, 'Ida', 'Udo') WHERE seq = 1", "was changed"),
        ("DELETE FROM decision WHERE seq = 1", "missing from the log"),
        ("UPDATE decision SET chain = zeroblob(32) WHERE seq = 1", "does not follow"),
    ] {
        let fault = tampered(sql);
        assert!(fault.contains(says), "{sql}: {fault}");
    }
}

#[test]
fn a_flipped_byte_anywhere_in_a_capture_is_found() {
    let (_folder, path, ledger) = filled(3);
    drop(ledger);
    let bytes = fs::read(&path).unwrap();
    let packed: Vec<u8> = Connection::open(&path)
        .unwrap()
        .query_row("SELECT bytes FROM capture WHERE id = 2", [], |row| row.get(0))
        .unwrap();
    // Long blobs go on in pages of their own; their beginning is in one piece.
    let start = bytes.windows(64).position(|window| window == &packed[..64]).unwrap();
    for offset in [0, 5, 17, 40, 63] {
        let mut changed = bytes.clone();
        changed[start + offset] ^= 1;
        let copy = path.with_extension(format!("{offset}"));
        fs::write(&copy, changed).unwrap();
        let outcome = Ledger::open_read_only(&copy).unwrap().verify(&mut |_| ()).unwrap();
        assert!(outcome.is_err(), "byte {offset}");
    }
}

#[test]
fn writers_wait_and_readers_go_on() {
    let (_folder, path, ledger) = filled(1);
    drop(ledger);
    let writer = |numbers: std::ops::Range<u64>| {
        let path = path.clone();
        thread::spawn(move || {
            let mut ledger = Ledger::open(&path).unwrap();
            for n in numbers {
                ledger.add(&items(n..n + 1)).unwrap();
            }
        })
    };
    let writers = [writer(1..40), writer(20..60)];
    let reader = Ledger::open_read_only(&path).unwrap();
    let mut last = 0;
    while !writers.iter().all(thread::JoinHandle::is_finished) {
        let n = listed(&reader, Listing::Reports, &Filter::default()).len();
        assert!(n >= last, "no report goes");
        last = n;
    }
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let (_other, _, alone) = filled(60);
    assert_eq!(verified(&reader), verified(&alone));
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let (_folder, path) = place();
    for bytes in [b"no ledger at all, but long enough to be looked at".repeat(40), vec![0; 4096]] {
        fs::write(&path, &bytes).unwrap();
        assert!(Ledger::open(&path).is_err());
        assert!(Ledger::open_read_only(&path).is_err());
        assert_eq!(fs::read(&path).unwrap(), bytes);
        fs::remove_file(&path).unwrap();
    }
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let error = Ledger::open(&path).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::NotALedger);
    assert!(error.to_string().contains("no ledger"), "{error}");
    let (_other, path, ledger) = filled(1);
    drop(ledger);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(Ledger::open(&path).err().unwrap().to_string().contains("version 99"));
}

#[test]
fn a_backup_is_equal() {
    let (folder, _, ledger) = filled(10);
    let copy = folder.path().join("copy.db");
    ledger.back_up(&copy).unwrap();
    assert_eq!(verified(&Ledger::open_read_only(&copy).unwrap()), verified(&ledger));
    assert!(ledger.back_up(&copy).is_err(), "nothing is written over");
}
