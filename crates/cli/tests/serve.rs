//! Who is served, and what is refused before a server begins.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use assert_cmd::Command;

fn ascribe(ledger: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("ascribe").unwrap();
    command.args(arguments).arg("--ledger").arg(ledger);
    command
}

#[test]
fn users_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    let list = || String::from_utf8(ascribe(&ledger, &["users", "list"]).output().unwrap().stdout).unwrap();
    assert_eq!(list(), "");
    ascribe(&ledger, &["users", "add", "Ada"]).write_stdin("a long password\n").assert().success();
    ascribe(&ledger, &["users", "add", "Bo", "--role", "admin"]).write_stdin("short\n").assert().code(2);
    ascribe(&ledger, &["users", "add", "Bo", "--role", "admin"])
        .write_stdin("another password")
        .assert()
        .success();
    assert_eq!(list(), "Ada\treviewer\nBo\tadmin\n");
    ascribe(&ledger, &["users", "remove", "Ada"]).assert().success();
    ascribe(&ledger, &["users", "remove", "Ada"]).assert().code(2);
    assert_eq!(list(), "Bo\tadmin\n");
}

#[test]
fn what_others_can_reach_needs_users() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("news.db");
    for arguments in [&["serve", "--listen", "0.0.0.0:0"][..], &["serve", "--login"]] {
        let output = ascribe(&ledger, arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("ascribe users add"), "{output:?}");
    }
    let text = folder.path().join("text.db");
    std::fs::write(&text, "no ledger").unwrap();
    let output = ascribe(&text, &["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
