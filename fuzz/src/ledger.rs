//! Ledgers that are not as the program left them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting, Verdict};
use ascribe_record::{Reading, Report, Span, Statement, StatementId, Words};
use tempfile::TempDir;

/// The captured bytes of the report that every ledger here holds.
pub const CAPTURED: &str = "Ada Lind said the harbour was closed. At least 12 boats were missing.\n";

const LISTINGS: [Listing; 8] = [
    Listing::Reports,
    Listing::Statements,
    Listing::Figures,
    Listing::Speakers,
    Listing::SearchReports,
    Listing::SearchStatements,
    Listing::Refused,
    Listing::Decisions,
];

/// The file of a whole ledger: a report with a statement, a refusal and decisions.
pub fn whole() -> &'static [u8] {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let folder = TempDir::new().expect("a folder can be made");
        let path = folder.path().join("ledger.db");
        let mut ledger = Ledger::open(&path).expect("a ledger can be made");
        let entry =
            Entry::of(CAPTURED.as_bytes(), &reading(), "base 1", sighting()).expect("it fits its bytes");
        let refused = Incoming::Refused(sighting(), "no text".to_owned(), None);
        ledger.add(&[refused, Incoming::Read(Box::new(entry))]).expect("it can be added");
        let id = Hash::of(CAPTURED.as_bytes()).to_string();
        let set = Verdict::Set("title".to_owned(), "Harbour closed".to_owned());
        ledger.decide(&id, &set, "Ida Lind", "2026-01-12", None).expect("a title can be set");
        drop(ledger);
        fs::read(&path).expect("it is there")
    })
}

/// What a reader might read in [`CAPTURED`].
pub fn reading() -> Reading {
    let mut report = Report::new(CAPTURED.to_owned(), "text/plain");
    report.id = Hash::of(CAPTURED.as_bytes()).to_string();
    report.path = Some("a.txt".to_owned());
    let mut reading = Reading::of(report);
    let words = |begin, end| Words::at(CAPTURED, vec![Span::new(begin, end)]);
    let mut statement = Statement::new(StatementId(1), words(0, 8), words(9, 13), words(14, 36));
    statement.speaker.name = Some("Ada Lind".to_owned());
    reading.statements.push(statement);
    reading
}

fn sighting() -> Sighting {
    Sighting { path: "a.txt".to_owned(), record: None, obtained: "2026-01-12T08:00:00Z".to_owned() }
}

/// A folder in memory, if the machine has one, with `bytes` as the file of a ledger.
pub fn file_of(bytes: &[u8]) -> (TempDir, PathBuf) {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    let folder = folder.expect("a folder can be made");
    let path = folder.path().join("ledger.db");
    fs::write(&path, bytes).expect("a file can be written");
    (folder, path)
}

/// `whole` with changes: each is three bytes of place, one of length, and as many bytes as that says.
pub fn changed(whole: &[u8], mut changes: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    while let [a, b, c, n, rest @ ..] = changes {
        let at = u32::from_le_bytes([*a, *b, *c, 0]) as usize % bytes.len();
        let n = usize::from(n % 64).min(rest.len()).min(bytes.len() - at);
        bytes[at..at + n].copy_from_slice(&rest[..n]);
        changes = &rest[n..];
    }
    bytes
}

/// The decision that is in [`whole`], as JSON.
pub fn decision() -> String {
    let (_folder, path) = file_of(whole());
    let decisions = Ledger::open(&path).and_then(|ledger| ledger.decisions()).expect("the file is whole");
    decisions.into_iter().find_map(|(_, _, body)| body).expect("a title was set")
}

/// Uses the ledger at `path` in every way. Errors are right answers; a panic, an abort or no end is not.
pub fn use_all(path: &Path) {
    if let Ok(ledger) = Ledger::open_read_only(path) {
        look(&ledger);
    }
    let Ok(mut ledger) = Ledger::open(path) else { return };
    look(&ledger);
    let entry = Entry::of(CAPTURED.as_bytes(), &reading(), "base 2", sighting()).expect("it fits its bytes");
    let _ = ledger.add(&[Incoming::Read(Box::new(entry))]);
    let id = Hash::of(CAPTURED.as_bytes()).to_string();
    let _ = ledger.decide(&id, &Verdict::Comment, "Ida Lind", "2026-01-13", Some("seen"));
    let (_folder, other) = file_of(whole());
    if let Ok(mut other) = Ledger::open(&other) {
        let _ = other.import(&ledger, &mut |_| ());
        look(&other);
    }
    let _ = ledger.redact(&id, "asked for", "Ida Lind", "2026-01-14");
    look(&ledger);
}

fn look(ledger: &Ledger) {
    for listing in LISTINGS {
        let is_search = matches!(listing, Listing::SearchReports | Listing::SearchStatements);
        let words = is_search.then(|| "harbour \"boats\" clos*".to_owned());
        let filter = Filter { words, limit: Some(100), ..Filter::default() };
        let _ = ledger.list(listing, &filter, &mut |row| !row.is_empty());
    }
    let _ = ledger.verify(&mut |_| ());
    let _ = ledger.decisions();
    let _ = ledger.captures(|_| Ok::<_, ascribe_ledger::Error>(()));
    let _ = ledger.readings(|_, _| Ok::<_, ascribe_ledger::Error>(()));
    for hash in ledger.unread(Some("base 3")).unwrap_or_default() {
        let _ = ledger.report(hash);
    }
}
