//! The rules of the repository. Each gives the faults it finds; a fault says where it is and what
//! to do about it.

use std::collections::BTreeMap;

use crate::repository::{Dependency, File, Package, Repository};

/// One rule.
pub(crate) struct Rule {
    /// The rule in a sentence.
    pub(crate) says: &'static str,
    /// The places where it is broken.
    pub(crate) check: fn(&Repository) -> Vec<String>,
}

/// All rules.
pub(crate) const RULES: &[Rule] = &[
    Rule { says: "crates depend on one another in one direction", check: one_way },
    Rule { says: "no circle of dependencies, tests included", check: no_circle },
    Rule { says: "heavy dependencies stay where they belong", check: heavy_dependencies },
    Rule { says: "every Cargo.toml takes what the workspace decides", check: inherits },
    Rule { says: "inner crates touch no files, network, clock, environment or terminal", check: pure_inside },
    Rule { says: "every library and program begins with a doc comment", check: documented },
    Rule { says: "no file over 1 MiB but the models", check: small_files },
    Rule { says: "no file names a folder of one machine", check: portable },
];

/// Which crates of the workspace each may use. Tests may use [`FOR_TESTS`] besides.
///
/// Data runs one way, `intake` → `text` → `model` → `read` → `ascribe` → `cli`; `record` is what
/// passes between, and `date` reads dates for all. The reader knows nothing of files, the encoder nothing of
/// news, the ledger nothing of language but what `link` compares for it.
const MAY_USE: &[(&str, &[&str])] = &[
    ("ascribe-record", &[]),
    ("ascribe-model", &[]),
    ("ascribe-date", &["ascribe-record", "ascribe-text"]),
    ("ascribe-text", &["ascribe-record"]),
    ("ascribe-intake", &["ascribe-date", "ascribe-record"]),
    ("ascribe-read", &["ascribe-date", "ascribe-model", "ascribe-record", "ascribe-text"]),
    ("ascribe-check", &["ascribe-date", "ascribe-record", "ascribe-text"]),
    ("ascribe-link", &["ascribe-record"]),
    ("ascribe", &["ascribe-check", "ascribe-intake", "ascribe-read", "ascribe-record"]),
    ("ascribe-ledger", &["ascribe-link", "ascribe-record"]),
    ("ascribe-export", &["ascribe-ledger", "ascribe-record"]),
    ("ascribe-columns", &[]),
    ("ascribe-fetch", &[]),
    ("ascribe-pdf", &[]),
    ("ascribe-web", &["ascribe", "ascribe-export", "ascribe-ledger"]),
    (
        "ascribe-cli",
        &[
            "ascribe",
            "ascribe-columns",
            "ascribe-export",
            "ascribe-fetch",
            "ascribe-ledger",
            "ascribe-pdf",
            "ascribe-web",
        ],
    ),
    (
        "ascribe-score",
        &[
            "ascribe",
            "ascribe-date",
            "ascribe-intake",
            "ascribe-link",
            "ascribe-model",
            "ascribe-read",
            "ascribe-record",
            "ascribe-text",
        ],
    ),
    ("ascribe-testkit", &["ascribe-record"]),
    ("xtask", &[]),
];

/// What only tests may use.
const FOR_TESTS: &[&str] = &["ascribe-testkit"];

/// Dependencies that cost much to build or decide much, and the crates that may have them.
const HEAVY: &[(&[&str], &[&str])] = &[
    (&["dom_smoothie", "dom_query", "encoding_rs", "chardetng", "brotli-decompressor"], &["ascribe-intake"]),
    (&["flate2"], &["ascribe-intake", "ascribe-testkit"]),
    (&["ndarray", "safetensors"], &["ascribe-model"]),
    (&["clap", "indicatif", "rayon", "ctrlc"], &["ascribe-cli", "ascribe-score"]),
    (&["rusqlite"], &["ascribe-ledger"]),
    (&["zstd"], &["ascribe-intake", "ascribe-ledger", "ascribe-testkit"]),
    (&["pdf-extract"], &["ascribe-pdf"]),
    (&["arrow-array", "arrow-ipc", "arrow-json", "arrow-schema", "parquet"], &["ascribe-columns"]),
    (&["rust_xlsxwriter"], &["ascribe-export"]),
    (&["mail-parser"], &["ascribe-intake"]),
    (&["reqwest", "rustls", "texting_robots"], &["ascribe-fetch"]),
    (&["jsonschema"], &["ascribe-testkit"]),
    (&["axum", "argon2", "hyper", "rust-embed", "tokio", "tower-http", "utoipa"], &["ascribe-web"]),
];

/// Crates inside the program: what they are given is all they know.
const INNER: &[&str] = &[
    "ascribe",
    "ascribe-check",
    "ascribe-columns",
    "ascribe-date",
    "ascribe-export",
    "ascribe-intake",
    "ascribe-ledger",
    "ascribe-link",
    "ascribe-model",
    "ascribe-pdf",
    "ascribe-read",
    "ascribe-record",
    "ascribe-text",
];

/// Paths and calls that reach outside. `fs::` also finds `std::fs::` and a use of `std::{fs, …}`.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "fs::",
    "std::net",
    "net::",
    "std::env",
    "env::",
    "std::process",
    "process::",
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
    "stdin()",
    "stdout()",
    "stderr()",
    "print!(",
    "println!(",
    "eprint!(",
    "eprintln!(",
    "dbg!(",
];

/// What each crate's Cargo.toml says, so that it is decided once, at the root.
const INHERITED: &[&str] = &[
    "version.workspace = true",
    "edition.workspace = true",
    "rust-version.workspace = true",
    "license.workspace = true",
    "publish.workspace = true",
    "[lints]\nworkspace = true",
];

const MOST_BYTES: u64 = 1 << 20;

/// Folders of one machine. Written in two pieces, or this file would break its own rule.
const MACHINE_FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/tmp/", "bash"),
];

fn one_way(repository: &Repository) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for package in &repository.packages {
        let Package { name, folder, .. } = package;
        let Some(allowed) = allowed.get(name.as_str()) else {
            faults.push(format!("{folder}: say in MAY_USE of xtask/src/rules.rs what {name} may use"));
            continue;
        };
        for dependency in inside(repository, package) {
            let used = dependency.name.as_str();
            let for_tests = FOR_TESTS.contains(&used);
            if allowed.contains(&used) || for_tests && dependency.dev {
                continue;
            }
            faults.push(if for_tests {
                format!("{folder}: {name} ships, so move {used} to [dev-dependencies]")
            } else {
                let may = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
                format!("{folder}: {name} may not use {used} (of ours it may use: {may}); pass the data in")
            });
        }
    }
    faults
}

fn no_circle(repository: &Repository) -> Vec<String> {
    // What depends on nothing that is left goes; what remains in the end stands in a circle or on one.
    let mut left: Vec<&Package> = repository.packages.iter().collect();
    loop {
        let names: Vec<&str> = left.iter().map(|package| package.name.as_str()).collect();
        let stuck =
            |package: &&Package| package.dependencies.iter().any(|d| names.contains(&d.name.as_str()));
        let next: Vec<&Package> = left.iter().copied().filter(stuck).collect();
        if next.is_empty() {
            return Vec::new();
        }
        if next.len() == left.len() {
            let names = names.join(", ");
            return vec![format!("break the circle among {names}; move what both need into a lower crate")];
        }
        left = next;
    }
}

fn heavy_dependencies(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for package in &repository.packages {
        for dependency in package.dependencies.iter().filter(|dependency| !dependency.dev) {
            let entry = HEAVY.iter().find(|(heavy, _)| heavy.contains(&dependency.name.as_str()));
            let Some((_, homes)) = entry else { continue };
            if !homes.contains(&package.name.as_str()) {
                let (folder, used) = (&package.folder, &dependency.name);
                faults.push(format!("{folder}: use {used} through {}, its only home", homes.join(" or ")));
            }
        }
    }
    faults
}

fn inherits(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for package in &repository.packages {
        let path = format!("{}/Cargo.toml", package.folder);
        let manifest = repository.text(&path).replace("\r\n", "\n");
        for line in INHERITED.iter().filter(|line| !manifest.contains(**line)) {
            faults.push(format!("{path}: add '{}'", line.replace('\n', " ")));
        }
        if !manifest.contains("\ndescription = ") {
            faults.push(format!("{path}: add a description of one line"));
        }
        for line in own_dependencies(&manifest) {
            faults.push(format!("{path}: move '{line}' to [workspace.dependencies] and inherit it"));
        }
    }
    faults
}

fn pure_inside(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for package in repository.packages.iter().filter(|package| INNER.contains(&package.name.as_str())) {
        let folder = format!("{}/src/", package.folder);
        let is_source = |file: &&File| file.path.starts_with(&folder) && file.path.ends_with(".rs");
        let sources: Vec<&File> = repository.files.iter().filter(is_source).collect();
        let tests: Vec<String> = sources.iter().flat_map(|file| test_modules(file)).collect();
        for file in sources.iter().filter(|file| !tests.contains(&file.path)) {
            for (n, line) in shipped_lines(file.text.as_deref().unwrap_or_default()) {
                if let Some(call) = OUTSIDE.iter().find(|call| has_path(line, call)) {
                    let at = format!("{}:{n}", file.path);
                    faults.push(format!("{at}: '{call}' reaches outside; let the caller hand it in"));
                }
            }
        }
    }
    faults
}

fn documented(repository: &Repository) -> Vec<String> {
    let roots = repository.packages.iter().flat_map(|package| &package.roots);
    let bare = roots.filter(|path| !repository.text(path).starts_with("//! "));
    bare.map(|path| format!("{path}: begin with a //! comment that says what goes in and what comes out"))
        .collect()
}

fn small_files(repository: &Repository) -> Vec<String> {
    let large =
        repository.files.iter().filter(|file| file.n_bytes > MOST_BYTES && !file.path.starts_with("models/"));
    large
        .map(|file| {
            let kib = file.n_bytes >> 10;
            format!("{}: {kib} KiB; cut it down, or make it when it is needed: history keeps it", file.path)
        })
        .collect()
}

fn portable(repository: &Repository) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &repository.files {
        for (n, line) in file.text.iter().flat_map(|text| text.lines().enumerate()) {
            for folder in MACHINE_FOLDERS.iter().filter(|folder| has_folder(line, folder)) {
                faults.push(format!("{}:{}: make the path under {folder} relative", file.path, n + 1));
            }
        }
    }
    faults
}

/// The dependencies of `package` that are crates of the workspace.
fn inside<'a>(repository: &'a Repository, package: &'a Package) -> impl Iterator<Item = &'a Dependency> {
    let ours = |d: &&Dependency| repository.packages.iter().any(|p| p.name == d.name);
    package.dependencies.iter().filter(ours)
}

/// Lines of a manifest's dependency tables that are not inherited from the workspace.
fn own_dependencies(manifest: &str) -> Vec<&str> {
    let mut in_table = false;
    let mut own = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_table = line.ends_with("dependencies]");
        } else if in_table && !line.is_empty() && !line.starts_with('#') {
            let inherited = line.contains(".workspace = true") || line.contains("{ workspace = true");
            own.extend((!inherited).then_some(line));
        }
    }
    own
}

/// The files of modules that `file` has only for tests.
fn test_modules(file: &File) -> Vec<String> {
    let folder = file.path.trim_end_matches(".rs");
    let folder =
        ["/lib", "/main", "/mod"].iter().find_map(|root| folder.strip_suffix(root)).unwrap_or(folder);
    let lines: Vec<&str> = file.text.iter().flat_map(|text| text.lines()).collect();
    let marked = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let names = marked.filter_map(|pair| pair[1].strip_prefix("mod ")?.strip_suffix(';'));
    names.map(|name| format!("{folder}/{name}.rs")).collect()
}

/// The numbered lines of a source file that end up in the program: no comments, and none of the
/// test modules that rustfmt lets end with a brace at the margin.
fn shipped_lines(source: &str) -> Vec<(usize, &str)> {
    let mut shipped = Vec::new();
    let (mut behind_test_mark, mut in_tests) = (false, false);
    for (n, line) in source.lines().enumerate() {
        let trimmed = line.trim_start();
        if in_tests {
            in_tests = line != "}";
        } else if line == "#[cfg(test)]" {
            behind_test_mark = true;
        } else if behind_test_mark && line.starts_with("mod ") {
            (behind_test_mark, in_tests) = (false, line.ends_with('{'));
        } else if !trimmed.starts_with("//") {
            shipped.push((n + 1, line));
            behind_test_mark &= trimmed.starts_with("#[");
        }
    }
    shipped
}

/// Whether `line` has `path`, and not as the end of a longer name: `fs::` but not `refs::`.
fn has_path(line: &str, path: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(path).any(|(at, _)| {
        let behind = line[at + path.len()..].chars().next();
        let ends = !path.ends_with(is_name) || !behind.is_some_and(is_name);
        ends && !line[..at].ends_with(is_name)
    })
}

/// Whether `line` has a path that begins with `folder`; a web address that holds it does not count.
fn has_folder(line: &str, folder: &str) -> bool {
    let outside = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '~' | '}'));
    line.match_indices(folder).any(|(at, _)| line[..at].chars().next_back().is_none_or(outside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_rules() {
        let repository = Repository::load().unwrap();
        assert!(repository.packages.len() > 5 && repository.files.len() > 50, "too little was found");
        let mut broken = String::new();
        for rule in RULES {
            let faults = (rule.check)(&repository);
            if !faults.is_empty() {
                broken.push_str(&format!("\n{}\n    {}", rule.says, faults.join("\n    ")));
            }
        }
        assert!(broken.is_empty(), "{broken}");
    }

    /// A crate that uses `used`; a name with `dev:` before it is used by tests.
    fn package(name: &str, used: &[&str]) -> Package {
        let dependency = |name: &&str| Dependency {
            name: name.trim_start_matches("dev:").to_owned(),
            dev: name.starts_with("dev:"),
        };
        Package {
            name: name.to_owned(),
            folder: format!("crates/{}", name.trim_start_matches("ascribe-")),
            dependencies: used.iter().map(dependency).collect(),
            roots: Vec::new(),
        }
    }

    fn of_packages(packages: &[(&str, &[&str])]) -> Repository {
        let packages = packages.iter().map(|(name, used)| package(name, used)).collect();
        Repository { packages, files: Vec::new() }
    }

    fn with_file(path: &str, text: &str) -> Repository {
        let mut repository = of_packages(&[("ascribe-text", &[])]);
        repository.packages[0].roots.push("crates/text/src/lib.rs".to_owned());
        let n_bytes = text.len() as u64;
        repository.files.push(File { path: path.to_owned(), n_bytes, text: Some(text.to_owned()) });
        repository
    }

    /// Fails unless the faults contain `expected`, each in its turn, and no more.
    #[track_caller]
    fn check(faults: &[String], expected: &[&str]) {
        let fit = faults.len() == expected.len() && faults.iter().zip(expected).all(|(f, e)| f.contains(e));
        assert!(fit, "{faults:#?}\n{expected:#?}");
    }

    #[test]
    fn the_way_back_is_closed() {
        let faults = one_way(&of_packages(&[
            ("ascribe-record", &["serde", "ascribe-text"]),
            ("ascribe-text", &["ascribe-record", "dev:ascribe-testkit"]),
            ("ascribe-read", &["ascribe-testkit"]),
            ("ascribe-testkit", &["ascribe-record"]),
            ("ascribe-newcomer", &[]),
        ]));
        let expected = ["may not use ascribe-text", "[dev-dependencies]", "what ascribe-newcomer may use"];
        check(&faults, &expected);
    }

    #[test]
    fn circles_are_found() {
        let line: &[(&str, &[&str])] = &[("a", &["b", "serde"]), ("b", &["dev:c"]), ("c", &[])];
        check(&no_circle(&of_packages(line)), &[]);
        let circle: &[(&str, &[&str])] = &[("a", &["b"]), ("b", &["dev:c"]), ("c", &["b"])];
        check(&no_circle(&of_packages(circle)), &["break the circle"]);
    }

    #[test]
    fn heavy_dependencies_have_homes() {
        let faults = heavy_dependencies(&of_packages(&[
            ("ascribe-cli", &["clap"]),
            ("ascribe-read", &["ndarray", "dev:jsonschema"]),
        ]));
        check(&faults, &["use ndarray through ascribe-model"]);
    }

    #[test]
    fn manifests_inherit() {
        let whole = format!("[package]\ndescription = \"x\"\n{}\n", INHERITED.join("\n"));
        let path = "crates/text/Cargo.toml";
        let good = "[dev-dependencies]\nserde.workspace = true\nclap = { workspace = true, features = [] }\n";
        check(&inherits(&with_file(path, &format!("{whole}{good}"))), &[]);
        let bad = format!("{}[dependencies]\nserde = \"1\"\n", whole.replace("license.workspace = true", ""));
        check(&inherits(&with_file(path, &bad)), &["add 'license", "move 'serde = \"1\"'"]);
    }

    #[test]
    fn only_what_ships_is_searched() {
        let path = "crates/text/src/word.rs";
        let good = "//! std::fs::read\nfn f() { refs::g() } // fine\n    /// println!(\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        check(&pure_inside(&with_file(path, good)), &[]);
        check(&pure_inside(&with_file("crates/text/tests/word.rs", "use std::fs;")), &[]);
        let bad = format!("{good}use std::fs;\nlet t = Instant::now();\n#[cfg(test)]\nuse std::env;\n");
        check(&pure_inside(&with_file(path, &bad)), &["word.rs:8: 'std::fs'", "word.rs:9", "word.rs:11"]);
    }

    #[test]
    fn files_of_tests_are_not_searched() {
        let mut repository = with_file("crates/text/src/word/parity.rs", "use std::fs;");
        check(&pure_inside(&repository), &["parity.rs:1"]);
        let text = "#[cfg(test)]\nmod parity;\n".to_owned();
        repository.files.push(File { path: "crates/text/src/word.rs".into(), n_bytes: 25, text: Some(text) });
        check(&pure_inside(&repository), &[]);
    }

    #[test]
    fn roots_have_doc_comments() {
        let path = "crates/text/src/lib.rs";
        check(&documented(&with_file(path, "//! Text to words.\n")), &[]);
        check(&documented(&with_file(path, "mod word;\n")), &["begin with a //! comment"]);
    }

    #[test]
    fn large_files_are_named() {
        let text = " ".repeat(MOST_BYTES as usize + 1);
        check(&small_files(&with_file("models/base.safetensors", &text)), &[]);
        check(&small_files(&with_file("data.json", &text)), &["data.json: 1024 KiB"]);
    }

    #[test]
    fn paths_of_one_machine_are_named() {
        let [work, home] = [MACHINE_FOLDERS[0], MACHINE_FOLDERS[1]];
        let good = format!("https://example.org{home}x ../net{work}y ${{PWD}}{work}");
        check(&portable(&with_file("a.md", &good)), &[]);
        check(&portable(&with_file("a.md", &format!("x\nsee '{work}main'"))), &["a.md:2"]);
    }
}
