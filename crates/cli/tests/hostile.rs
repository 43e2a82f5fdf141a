//! Input that is broken or means harm, all of it at once, and ledgers that others write to or changed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ascribe_testkit::archive::{Member, gzip, warc_answer, zip};
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Mayor Ada Lind said the harbour was open again.\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("ascribe"));
    command.args(arguments).current_dir(folder).env("ASCRIBE_LEDGER", "ledger.db").stdin(Stdio::null());
    command
}

/// Status, output and messages.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    told(&command(folder, arguments).output().unwrap())
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("it was not killed"), text(&output.stdout), text(&output.stderr))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn all_that_is_broken_is_refused_with_its_reason_and_the_rest_is_kept() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let packed = gzip(TEXT.as_bytes());
    write("in/cut.txt.gz", &packed[..packed.len() - 4]);
    let html = ["HTTP/1.1 200 OK", "Content-Type: text/html"];
    let page = |n: usize| warc_answer(&format!("https://n.example/{n}"), &html, b"<p>It rained in Ems.</p>");
    let warc = [page(1), page(2)].concat();
    write("in/cut.warc", &warc[..warc.len() - 20]);
    let whole =
        zip(&[("a.txt", b"It rained in Ems for a day."), ("b.txt", TEXT.as_bytes())], Member::Deflated);
    let second = whole.windows(5).position(|window| window == b"b.txt").unwrap();
    write("in/cut.zip", &whole[..second + 20]);
    write("in/bomb.zip", &zip(&[("zeros.txt", &vec![b' '; 40 << 20])], Member::Deflated));
    let mut deep = zip(&[("in.txt", TEXT.as_bytes())], Member::Stored);
    for _ in 0..6 {
        deep = zip(&[("in.zip", &deep)], Member::Stored);
    }
    write("in/deep.zip", &deep);
    write("in/quotes.csv", b"id,text\n1,It rained.\n2,\"It\" x\n3,It snowed.\n");
    write("in/tags.html", format!("<html><body>{}<p>It hailed in Ems.", "<div>".repeat(100_000)).as_bytes());
    write(
        "in/wrong.warc",
        &warc_answer(
            "https://n.example/3",
            &["HTTP/1.1 200 OK", "Content-Type: text/html"],
            b"%PDF-1.7\n%\xe2\xe3",
        ),
    );
    write(
        "in/twice.jsonl",
        b"{\"id\":1,\"text\":\"One.\"}\n{\"id\":1,\"text\":\"Other.\",\"date\":\"2999-01-01\"}\n",
    );
    write("in/whole.txt", TEXT.as_bytes());

    let (status, _, err) = run(folder.path(), &["add", "in"]);
    assert_eq!(status, 1, "{err}");
    let (_, out, _) = run(folder.path(), &["refused"]);
    let refused: Vec<(String, String)> = lines(&out)
        .iter()
        .map(|line| (line["path"].as_str().unwrap().to_owned(), line["reason"].as_str().unwrap().to_owned()))
        .collect();
    for (path, reason) in [
        ("in/cut.txt.gz", "cut short"),
        ("in/cut.warc", "cut short"),
        ("in/cut.zip", "cut short"),
        ("in/bomb.zip!zeros.txt", "200 times its size"),
        ("in/deep.zip", "layers deep"),
        ("in/quotes.csv", "broken row"),
        ("in/wrong.warc", "damaged"),
    ] {
        let is_told = |(found, why): &(String, String)| found.starts_with(path) && why.contains(reason);
        assert!(refused.iter().any(is_told), "{path}: {reason} in {refused:#?}");
    }
    let (_, out, _) = run(folder.path(), &["reports"]);
    let n_reports = lines(&out).len();
    // Of cut.warc and cut.zip one each, the table's two, the deep page, the two of one id, and the whole text.
    assert!(n_reports >= 8, "{out}");
    let (_, readings, _) = run(folder.path(), &["read", "in/twice.jsonl", "-f", "jsonl"]);
    assert!(readings.contains("repeated_record_id"), "{readings}");
    assert_eq!(run(folder.path(), &["verify"]).0, 0);
    // Once more it refuses the same, and nothing is doubled.
    assert!(run(folder.path(), &["add", "in"]).2.contains("0 new"));
    assert_eq!(lines(&run(folder.path(), &["reports"]).1).len(), n_reports);
}

#[test]
fn two_programs_add_at_once_and_others_read() {
    let folder = TempDir::new().unwrap();
    let record = |n: usize| {
        format!("{{\"text\": \"Ada Lind said {n} boats were missing.\", \"date\": \"2026-01-14\"}}\n")
    };
    let archive = |numbers: std::ops::Range<usize>| numbers.map(record).collect::<String>();
    fs::write(folder.path().join("a.jsonl"), archive(0..40)).unwrap();
    fs::write(folder.path().join("b.jsonl"), archive(20..60)).unwrap();
    let mut writers = ["a.jsonl", "b.jsonl"].map(|name| {
        let mut add = command(folder.path(), &["add", name]);
        add.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    });
    let mut last = 0;
    while writers.iter_mut().any(|writer| writer.try_wait().unwrap().is_none()) {
        let (status, out, _) = run(folder.path(), &["reports"]);
        // Until the first has made it there is no ledger.
        let n = if status == 0 { out.lines().count() } else { 0 };
        assert!(n >= last, "{n} reports after {last}");
        last = n;
    }
    for writer in &mut writers {
        assert!(writer.wait().unwrap().success());
    }
    assert_eq!(run(folder.path(), &["reports"]).1.lines().count(), 60);
    let (status, out, _) = run(folder.path(), &["verify"]);
    assert!(status == 0 && out.contains("60 captures"), "{out}");
}

#[test]
fn an_export_that_was_changed_is_refused_or_taken_whole() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), TEXT).unwrap();
    fs::write(folder.path().join("b.jsonl"), "no JSON\n").unwrap();
    run(folder.path(), &["add", "a.txt", "b.jsonl"]);
    let (_, out, _) = run(folder.path(), &["statements"]);
    let id = lines(&out)[0]["id"].as_str().unwrap().to_owned();
    run(folder.path(), &["review", &id, "--accept", "--author", "Ida Lind"]);
    assert_eq!(run(folder.path(), &["export", "--all", "out"]).0, 0);
    let names = [
        "captures.warc",
        "places.jsonl",
        "readings.jsonl",
        "models.jsonl",
        "refused.jsonl",
        "decisions.jsonl",
    ];
    let mut n_refused = 0;
    for name in names {
        let path = folder.path().join("out").join(name);
        let whole = fs::read(&path).unwrap();
        let half = whole.len() / 2;
        let mut swapped = whole.clone();
        swapped[half] ^= 1;
        let long = String::from_utf8_lossy(&whole).replace("Content-Length: ", "Content-Length: 99999999999");
        let deep = [&b"[".repeat(100_000)[..], &whole].concat();
        for changed in [whole[..half].to_vec(), swapped, long.into_bytes(), deep, vec![0xff; 99], Vec::new()]
        {
            fs::write(&path, &changed).unwrap();
            let _ = fs::remove_file(folder.path().join("back.db"));
            let (status, _, err) = run(folder.path(), &["import", "out", "--ledger", "back.db"]);
            assert!(status == 0 || status == 2 && err.lines().count() < 9, "{name}, {status}: {err}");
            n_refused += usize::from(status == 2);
            if folder.path().join("back.db").exists() {
                let (status, out, err) = run(folder.path(), &["verify", "--ledger", "back.db"]);
                assert_eq!(status, 0, "{name}: {out}{err}");
            }
        }
        fs::write(&path, whole).unwrap();
    }
    assert!(n_refused > 15, "{n_refused} of 36 were refused");
}
