//! The commands that keep a ledger, as users run them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "how often it was killed is worth knowing")]

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use ascribe_testkit::archive::{Member, warc_answer, zip};
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a ledger and reports in it.
struct Desk {
    folder: TempDir,
}

struct Outcome {
    status: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// A command on the ledger `ledger.db`, run in the folder so that paths are the same everywhere.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("ascribe"));
        command.args(arguments).current_dir(self.folder.path()).env("ASCRIBE_LEDGER", "ledger.db");
        command.env("ASCRIBE_AUTHOR", "Ida Lind").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        Outcome {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The output of a command that must succeed.
    #[track_caller]
    fn out(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.status, 0, "{arguments:?}: {}{}", outcome.out, outcome.err);
        outcome.out
    }

    /// The line of `ascribe verify` that is equal for ledgers of equal content.
    #[track_caller]
    fn content(&self) -> String {
        self.out(&["verify"]).lines().last().unwrap().to_owned()
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const STORM: &str = "HARROW BAY, Jan. 12, 2026 (Northwire) — At least 12 people were injured in the storm, \
    the health ministry said on Monday. Mayor Ada Lind said the harbour would stay closed.\n";

const WIRE: &str = r#"{"text": "Mayor Ada Lind said the harbour was open again.", "date": "2026-01-14", "publisher": "The Courier", "title": "Harbour open"}
not JSON at all
{"text": "The council has not released any figures.", "date": "2026-01-15", "publisher": "The Courier"}
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("storm.txt", STORM);
    desk.write("wire.jsonl", WIRE);
    desk
}

#[test]
fn adding_twice_adds_once() {
    let desk = desk();
    let first = desk.run(&["add", "storm.txt", "wire.jsonl"]);
    assert_eq!((first.status, &*first.out), (1, ""), "{}", first.err);
    assert!(first.err.contains("refused: wire.jsonl, record 2: not JSON"), "{}", first.err);
    assert!(first.err.contains("3 new, 0 seen, 1 refused"), "{}", first.err);
    let content = desk.content();
    let second = desk.run(&["add", "wire.jsonl", "storm.txt"]);
    assert!(second.err.contains("0 new, 3 seen, 1 refused"), "{}", second.err);
    assert_eq!(desk.content(), content);
    assert_eq!(desk.run(&["add", "no-such-file"]).status, 2);
    assert_eq!(desk.run(&["add", "--ledger", "storm.txt", "wire.jsonl"]).status, 2, "a text is no ledger");
    assert_eq!(fs::read_to_string(desk.path("storm.txt")).unwrap(), STORM);
    let other = Desk::new();
    assert_eq!(other.run(&["reports"]).status, 2);
    assert!(!other.path("ledger.db").exists(), "listing makes no ledger");
}

#[test]
fn what_was_refused_is_listed_and_tried_again() {
    let desk = desk();
    desk.run(&["add", "wire.jsonl"]);
    let refused = lines(&desk.out(&["refused"]));
    assert_eq!((refused.len(), &refused[0]["record"]), (1, &Value::from(2)));
    // The file is gone: the bytes that were kept are tried.
    fs::rename(desk.path("wire.jsonl"), desk.path("moved")).unwrap();
    assert_eq!(desk.run(&["refused", "--retry"]).status, 2);
    assert_eq!(lines(&desk.out(&["refused"])), refused);
    desk.write("wire.jsonl", &WIRE.replace("not JSON at all", r#"{"text": "It rained.", "date": "2026"}"#));
    assert_eq!(desk.run(&["refused", "--retry"]).status, 0);
    assert_eq!(desk.out(&["refused"]), "");
    assert_eq!(lines(&desk.out(&["reports"])).len(), 3);
}

#[test]
fn what_was_refused_in_an_archive_is_tried_again() {
    let desk = Desk::new();
    let inner = zip(&[("in.txt", STORM.as_bytes())], Member::Deflated);
    let page = warc_answer(
        "https://n.example/1",
        &["HTTP/1.1 200 OK", "Content-Type: text/html"],
        b"<nav>Home</nav>",
    );
    fs::write(desk.path("a.zip"), zip(&[("in.zip", &inner)], Member::Stored)).unwrap();
    fs::write(desk.path("a.warc"), page).unwrap();
    let first = desk.run(&["add", "a.zip", "a.warc", "--max-depth", "1"]);
    assert!(first.err.contains("0 new, 0 seen, 2 refused"), "{}", first.err);
    let refused = lines(&desk.out(&["refused"]));
    assert!(refused.iter().all(|item| item["sha256"].as_str().unwrap().len() == 64), "{refused:?}");
    // The archives are gone: the bytes that were kept are tried, and a page stays one.
    fs::remove_file(desk.path("a.zip")).unwrap();
    fs::remove_file(desk.path("a.warc")).unwrap();
    let again = desk.run(&["refused", "--retry"]);
    assert!(again.err.contains("1 new, 0 seen, 1 refused"), "{}", again.err);
    assert!(again.err.contains("a.warc, record 1: HTML in which no text is seen"), "{}", again.err);
    desk.content();
}

#[test]
fn listings_filter_and_fit() {
    let desk = desk();
    desk.run(&["add", "storm.txt", "wire.jsonl"]);
    let count = |arguments: &[&str]| lines(&desk.out(arguments)).len();
    assert_eq!(count(&["reports"]), 3);
    assert_eq!(count(&["reports", "--outlet", "The Courier", "--to", "2026-01-14"]), 1);
    let lind = lines(&desk.out(&["statements", "--speaker", "lind"]));
    assert!(lind.len() >= 2 && lind.iter().all(|line| line["speaker"] == "Ada Lind"), "{lind:?}");
    assert_eq!((count(&["statements", "--act", "state"]), count(&["statements", "--act", "deny"])), (3, 0));
    let injured = lines(&desk.out(&["figures", "--measure", "injured"]));
    assert_eq!((&injured[0]["lower"], &injured[0]["upper"]), (&Value::from(12), &Value::Null));
    assert!(count(&["speakers"]) >= 2);
    assert_eq!(count(&["search", "harbour"]), 2);
    assert_eq!(count(&["search", "--statements", "open again"]), 1);
    // Words count in all their forms, but those in quotes and with a star as they were typed.
    assert_eq!((count(&["search", "harbours"]), count(&["search", "\"harbours\""])), (2, 0));
    assert_eq!((count(&["search", "staying closing"]), count(&["search", "\"stay closed\""])), (0, 1));
    assert_eq!((count(&["search", "staying", "closing"]), count(&["search", "close*"])), (1, 1));
    assert_eq!(desk.run(&["statements", "--from", "soon"]).status, 2);
    let csv = desk.out(&["figures", "-f", "csv"]);
    assert!(csv.starts_with("id,report,published,"), "{csv}");
    for listing in ["reports", "statements", "figures", "speakers"] {
        for width in ["80", "100"] {
            let table = desk.out(&[listing, "-f", "table", "--width", width]);
            let most: usize = width.parse().unwrap();
            assert!(table.lines().count() > 1 && table.lines().all(|l| l.chars().count() <= most), "{table}");
        }
    }
}

#[test]
fn decisions_are_made_and_kept() {
    let desk = desk();
    desk.run(&["add", "storm.txt"]);
    let statement = &lines(&desk.out(&["statements", "--speaker", "lind"]))[0];
    let id = statement["id"].as_str().unwrap();
    desk.out(&["review", id, "--set", "role=harbour master", "--comment", "her office since 2025"]);
    assert_eq!(desk.run(&["review", id, "--set", "act=lied"]).status, 2);
    let now = &lines(&desk.out(&["statements", id]))[0];
    assert_eq!((&now["role"], &now["status"]), (&"harbour master".into(), &"corrected".into()));
    let log = lines(&desk.out(&["review", "--log", id]));
    assert_eq!((&log[0]["author"], &log[0]["field"]), (&"Ida Lind".into(), &"role".into()));
    desk.out(&["backup", "copy.db"]);
    assert_eq!(desk.run(&["backup", "copy.db"]).status, 2, "nothing is written over");
    let content = desk.content();
    desk.out(&["export", "--all", "out"]);
    for name in ["captures.warc", "readings.jsonl", "statements.jsonl", "decisions.jsonl", "refused.jsonl"] {
        assert!(desk.path("out").join(name).is_file(), "{name}");
    }
    assert!(fs::read_to_string(desk.path("out/captures.warc")).unwrap().contains(STORM));
    let report = statement["report"].as_str().unwrap();
    desk.out(&["redact", report, "--reason", "asked for"]);
    assert_eq!(desk.out(&["search", "harbour"]), "");
    let again = desk.run(&["add", "storm.txt"]);
    assert!(again.err.contains("1 redacted before"), "{}", again.err);
    fs::rename(desk.path("ledger.db"), desk.path("old.db")).unwrap();
    desk.out(&["restore", "copy.db"]);
    assert_eq!(desk.content(), content);
    // The other ledger's redaction comes too.
    desk.out(&["import", "old.db"]);
    assert_eq!(desk.out(&["search", "harbour"]), "");
}

#[test]
fn links_are_listed_and_decided_about() {
    let desk = desk();
    assert_eq!(desk.run(&["add", "storm.txt", "wire.jsonl"]).status, 1);
    let none = desk.run(&["copies", "-f", "table"]);
    assert_eq!((none.status, &*none.out, none.err.trim()), (0, "", "nothing fits"));
    // The same words with other marks.
    desk.write("again.txt", &STORM.replace('—', "-"));
    desk.out(&["add", "again.txt"]);
    let copies = lines(&desk.out(&["copies"]));
    assert_eq!((copies.len(), &copies[0]["kind"], &copies[0]["copies"]), (2, &"origin".into(), &1.into()));
    assert_eq!((&copies[1]["kind"], &copies[1]["days"]), (&"exact".into(), &0.into()));
    assert_eq!(copies[1]["credit"], "Northwire");
    let [first, second] = [0, 1].map(|i| copies[i]["report"].as_str().unwrap().to_owned());
    assert_eq!(desk.out(&["copies", &second[..12], "-f", "csv"]).lines().count(), 3);
    assert_eq!(lines(&desk.out(&["copies", "--from", "2026-01-12"])).len(), 2);
    assert_eq!(desk.out(&["copies", "--to", "2025"]), "");
    let shown = desk.out(&["copies", "-f", "table", "--width", "80"]);
    assert!(shown.contains("the same day") && shown.contains("1 copy"), "{shown}");

    let stories = lines(&desk.out(&["stories"]));
    assert_eq!(
        (stories.len(), &stories[0]["story"], &stories[0]["texts"]),
        (1, &first.clone().into(), &1.into())
    );
    desk.out(&["review", &second, "--part"]);
    assert_eq!(desk.out(&["stories"]), "");
    let alone = lines(&desk.out(&["stories", &second]));
    assert_eq!((alone.len(), &alone[0]["decided"]), (1, &"part".into()));
    let other = lines(&desk.out(&["search", "council"]))[0]["report"].as_str().unwrap().to_owned();
    desk.out(&["review", &other, "--join", &first[..12]]);
    assert_eq!(lines(&desk.out(&["stories", &first])).len(), 2);
    assert_eq!(desk.run(&["review", &first, "--join", &first]).status, 2);
    desk.content();

    let figure = lines(&desk.out(&["figures", &second]))[0]["id"].as_str().unwrap().to_owned();
    let why = lines(&desk.out(&["why", &figure]));
    let steps: Vec<&str> = why.iter().map(|line| line["step"].as_str().unwrap()).collect();
    for step in ["figure", "words", "statement", "report", "capture", "copy", "story", "decision"] {
        assert!(steps.contains(&step), "{steps:?}");
    }
    let words = why.iter().find(|line| line["field"] == "words").unwrap();
    assert_eq!(words["words"], "At least 12 people".strip_suffix(" people").unwrap());
    let shown = desk.out(&["why", &figure, "-f", "table", "--width", "60"]);
    assert!(shown.contains("SHA-256") && shown.lines().all(|line| line.chars().count() <= 60), "{shown}");
    assert_eq!(desk.run(&["why", "0000"]).status, 2);
    assert_eq!(desk.run(&["why", &figure, "-f", "csv"]).status, 2);

    // What is redacted is nobody's origin any more.
    desk.out(&["redact", &first, "--reason", "asked for"]);
    assert_eq!(desk.out(&["copies"]), "");
    desk.content();
}

#[test]
fn what_is_kept_now_can_be_read_later() {
    let desk = desk();
    let now = Desk::new();
    for name in ["storm.txt", "wire.jsonl"] {
        fs::copy(desk.path(name), now.path(name)).unwrap();
    }
    now.run(&["add", "storm.txt", "wire.jsonl"]);
    let kept = desk.run(&["add", "--later", "storm.txt", "wire.jsonl"]);
    assert!(kept.err.contains("3 new, 0 seen, 1 refused; 0 statements"), "{}", kept.err);
    assert!(desk.run(&["add", "--later", "storm.txt"]).err.contains("0 new, 1 seen"));
    let reports = lines(&desk.out(&["reports"]));
    assert!(reports.iter().all(|line| line["model"] == "unread" && line["statements"] == 0), "{reports:?}");
    assert_eq!(lines(&desk.out(&["search", "harbour"])).len(), 2, "what was not read is found");
    assert_ne!(desk.content(), now.content());
    // One is read as it is added again, the others from the ledger, without their files.
    assert!(desk.run(&["add", "storm.txt"]).err.contains("1 read again"));
    fs::remove_file(desk.path("wire.jsonl")).unwrap();
    assert!(desk.run(&["reread", "--pending"]).err.contains("2 read again"));
    assert!(desk.run(&["reread", "--pending"]).err.contains("0 new, 0 seen"));
    assert_eq!(desk.content(), now.content());
    assert_eq!(desk.out(&["statements"]), now.out(&["statements"]));
}

#[test]
fn an_export_brought_back_is_the_same_ledger() {
    let desk = desk();
    desk.write("odd, name?.txt", "Harbour master Udo Brandt denied that two boats were missing.\n");
    desk.run(&["add", "storm.txt", "wire.jsonl", "odd, name?.txt"]);
    desk.write("copy.txt", STORM);
    desk.run(&["add", "copy.txt"]);
    let statements = lines(&desk.out(&["statements", "--speaker", "Lind", "--to", "2026-01-12"]));
    let report = statements[0]["report"].as_str().unwrap();
    let id = statements[0]["id"].as_str().unwrap();
    desk.out(&["review", id, "--set", "role=harbour master"]);
    desk.out(&["review", report, "--add", "statement", "content=said", "speaker=Nobody"]);
    let log = lines(&desk.out(&["review", "--log"]));
    desk.out(&["review", log[0]["id"].as_str().unwrap(), "--undo"]);
    let brandt = &lines(&desk.out(&["statements", "--speaker", "Brandt"]))[0];
    desk.out(&["redact", brandt["report"].as_str().unwrap(), "--reason", "asked for"]);
    let closed = lines(&desk.out(&["statements", "--outlet", "The Courier"]));
    desk.out(&["redact", closed[0]["id"].as_str().unwrap(), "--reason", "a mistake of ours"]);
    desk.out(&["export", "--all", "out"]);
    let exported = fs::read_to_string(desk.path("out/readings.jsonl")).unwrap();
    assert!(!exported.contains("Brandt") && exported.contains('█'));
    let back = ["--ledger", "back.db"];
    desk.out(&[&["import", "out"][..], &back].concat());
    let verified = desk.out(&[&["verify"][..], &back].concat());
    assert_eq!(verified, desk.out(&["verify"]));
    for listing in
        [&["statements"][..], &["figures"], &["speakers"], &["reports"], &["refused"], &["review", "--log"]]
    {
        assert_eq!(desk.out(&[listing, &back].concat()), desk.out(listing), "{listing:?}");
    }
    // Brought in twice it changes nothing; a byte that was changed is found.
    desk.out(&[&["import", "out"][..], &back].concat());
    assert_eq!(desk.out(&[&["verify"][..], &back].concat()), verified);
    let warc = fs::read_to_string(desk.path("out/captures.warc")).unwrap();
    desk.write("out/captures.warc", &warc.replacen("harbour", "barbour", 1));
    let changed = desk.run(&["import", "out", "--ledger", "changed.db"]);
    assert_eq!(changed.status, 2);
    assert!(changed.err.contains("the bytes hash to"), "{}", changed.err);
}

#[test]
fn exports_are_whole_files_of_what_fits() {
    let desk = desk();
    desk.run(&["add", "storm.txt", "wire.jsonl"]);
    for format in ["hxl", "annotation", "claim", "graphml", "graph-json"] {
        let printed = desk.out(&["export", "--format", format, "--outlet", "The Courier"]);
        desk.out(&["export", "--format", format, "--outlet", "The Courier", "-o", "out"]);
        assert_eq!(fs::read_to_string(desk.path("out")).unwrap(), printed, "{format}");
        assert!(!printed.contains("health ministry"), "{format}: {printed}");
    }
    desk.out(&["export", "-f", "xlsx", "-o", "all.xlsx"]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(desk.path("all.xlsx")).unwrap();
    let sheets = calamine::Reader::worksheets(&mut book);
    for (name, sheet) in sheets {
        assert_eq!(sheet.height() - 1, lines(&desk.out(&[&name])).len(), "{name}");
    }
    let wrong = desk.run(&["export", "-f", "claim", "-o", "no-such-folder/out"]);
    assert_eq!(wrong.status, 2, "{}", wrong.err);
    let nothing = desk.run(&["export", "-f", "annotation", "--from", "2030"]);
    assert_eq!((nothing.status, &*nothing.out, &*nothing.err), (0, "[\n]\n", "nothing fits\n"));
    assert!(
        !fs::read_dir(desk.folder.path())
            .unwrap()
            .any(|file| { file.unwrap().file_name().to_string_lossy().ends_with(".part") })
    );
    for both in [&["export", "--all", "x", "-f", "hxl"][..], &["export"], &["export", "x", "-f", "hxl"]] {
        assert_eq!(desk.run(both).status, 2, "{both:?}");
    }
}

#[test]
fn damage_has_a_status_and_words() {
    let desk = desk();
    desk.run(&["add", "storm.txt"]);
    let mut bytes = fs::read(desk.path("ledger.db")).unwrap();
    let frame = bytes.windows(4).position(|window| window == [0x28, 0xb5, 0x2f, 0xfd]).unwrap();
    bytes[frame + 30] ^= 4;
    fs::write(desk.path("ledger.db"), bytes).unwrap();
    let outcome = desk.run(&["verify"]);
    assert_eq!(outcome.status, 1, "{}", outcome.err);
    assert!(outcome.out.starts_with("does not fit: "), "{}", outcome.out);
}

#[cfg(unix)]
#[test]
fn a_ledger_that_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    desk.run(&["add", "storm.txt"]);
    let content = desk.content();
    let mode = |mode| {
        fs::set_permissions(desk.path("ledger.db"), fs::Permissions::from_mode(mode & 0o666)).unwrap();
        fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(0o555);
    if fs::write(desk.path("probe"), "").is_ok() {
        mode(0o755);
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "SKIPPED: this user may write to what is read-only");
        return;
    }
    let (found, added) = (desk.content(), desk.run(&["add", "wire.jsonl"]));
    mode(0o755);
    assert_eq!(found, content);
    assert_eq!(added.status, 2, "{}", added.err);
    assert!(
        added.err.contains("may not be written") || added.err.contains("cannot be opened"),
        "{}",
        added.err
    );
}

/// Records that are quick to read, some of them refused, some twice.
fn archive(n: usize) -> String {
    let mut archive = String::new();
    for i in 0..n {
        archive += &match i % 10 {
            7 => "{broken\n".to_owned(),
            8 => format!(
                "{{\"text\": \"It rained again in Ems.\", \"date\": \"2026-01-0{}\"}}\n",
                i % 20 / 10 + 1
            ),
            _ => format!(
                "{{\"text\": \"Mayor Ada Lind said {i} boats were missing.\", \"date\": \"2026-01-14\"}}\n"
            ),
        };
    }
    archive
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_things_whole() {
    let desk = Desk::new();
    let small = desk.path("small");
    fs::create_dir(&small).unwrap();
    let mount = |arguments: &[&str]| Command::new("mount").args(arguments).stderr(Stdio::null()).status();
    let mounted = mount(&["-t", "tmpfs", "-o", "size=700k", "tmpfs", small.to_str().unwrap()]);
    if !mounted.is_ok_and(|status| status.success()) {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "SKIPPED: a small file system cannot be mounted here");
        return;
    }
    desk.write("wire.jsonl", &archive(300));
    desk.write("one.txt", STORM);
    let ledger = ["--ledger", "small/ledger.db"];
    let one = desk.run(&[&["add", "one.txt"][..], &ledger].concat());
    let full = desk.run(&[&["add", "wire.jsonl"][..], &ledger].concat());
    let verified = desk.run(&[&["verify"][..], &ledger].concat());
    let reports = desk.run(&[&["reports"][..], &ledger].concat());
    let unmounted = Command::new("umount").arg(&small).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    assert_eq!(one.status, 0, "{}", one.err);
    assert_eq!(full.status, 2, "{}", full.err);
    assert!(full.err.contains("disk"), "{}", full.err);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    assert!(!reports.out.is_empty(), "what was added before is kept");
}

/// Kills `add` at random moments until it was killed `n_kills` times; after each the ledger must open
/// and verify, and each job that comes to its end must give the ledger of an undisturbed run.
fn kill_often(n_kills: usize, n_records: usize) {
    let undisturbed = Desk::new();
    undisturbed.write("wire.jsonl", &archive(n_records));
    let began = Instant::now();
    assert_eq!(undisturbed.run(&["add", "wire.jsonl"]).status, 1);
    let mut whole = began.elapsed();
    let (content, reports) = (undisturbed.content(), undisturbed.out(&["reports"]));
    // Any moments will do; these differ from run to run as the machine does.
    let mut state = u64::from(std::process::id()) | 1;
    let mut moment = |whole: Duration| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        whole.mul_f64((state % 1000) as f64 / 1000.0)
    };
    let (mut killed, mut finished) = (0, 0);
    while killed < n_kills || finished == 0 {
        let desk = Desk::new();
        desk.write("wire.jsonl", &archive(n_records));
        loop {
            let mut add = desk.command(&["add", "wire.jsonl"]);
            let mut child = add.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            if killed >= n_kills || !kill_after(&mut child, moment(whole)) {
                assert_eq!(child.wait().unwrap().code(), Some(1));
                // The machine is faster than it was, or most had been done before: most moments would come too late.
                whole = whole.mul_f64(0.8);
                break;
            }
            killed += 1;
            whole = whole.mul_f64(1.05);
            if killed % 50 == 0 {
                eprintln!("killed {killed} times");
            }
            // A kill as the ledger is made leaves nothing or an empty file.
            if fs::metadata(desk.path("ledger.db")).is_ok_and(|file| file.len() > 0) {
                let verified = desk.run(&["verify"]);
                assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
            }
        }
        finished += 1;
        assert_eq!(desk.content(), content);
        assert_eq!(desk.out(&["reports"]), reports);
    }
    eprintln!("killed {killed} times, finished {finished} times");
}

/// Whether the child still ran at that moment, and was killed.
fn kill_after(child: &mut Child, moment: Duration) -> bool {
    sleep(moment);
    if child.try_wait().unwrap().is_some() {
        return false;
    }
    // On Unix this is SIGKILL: nothing in the program can tidy up.
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[test]
fn killed_twenty_times_it_loses_and_doubles_nothing() {
    kill_often(20, 60);
}

#[test]
#[ignore = "takes minutes: cargo test -p ascribe-cli --test ledger -- --ignored"]
fn killed_two_hundred_times_it_loses_and_doubles_nothing() {
    kill_often(200, 60);
}

#[test]
fn the_help_names_every_command() {
    let help = Desk::new().out(&["--help"]);
    for command in ["add", "refused", "reports", "statements", "figures", "speakers", "search", "review"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}
