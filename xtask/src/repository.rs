//! The repository as its rules see it: packages from `cargo metadata`, files from `git ls-files`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::Value;

/// The repository.
pub(crate) struct Repository {
    pub(crate) packages: Vec<Package>,
    /// Tracked files and new ones that are not ignored, in the order of their paths.
    pub(crate) files: Vec<File>,
}

/// A crate of the workspace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// From the repository's root: `crates/read`.
    pub(crate) folder: String,
    pub(crate) dependencies: Vec<Dependency>,
    /// Root files of its libraries and programs, from the repository's root.
    pub(crate) roots: Vec<String>,
}

/// What a crate depends on, inside or outside the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Only for tests, examples and benches.
    pub(crate) dev: bool,
}

/// A file of the repository.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// From the repository's root, with `/`.
    pub(crate) path: String,
    pub(crate) n_bytes: u64,
    /// `None`: too long to be source, or not UTF-8.
    pub(crate) text: Option<String>,
}

/// Files longer than this are not looked into.
const MOST_TEXT: u64 = 4 << 20;

impl Repository {
    /// The repository that this program was built in.
    ///
    /// # Errors
    /// If `cargo metadata` or `git ls-files` fails.
    pub(crate) fn load() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let metadata = output(&root, "cargo", &["metadata", "--format-version=1", "--no-deps"])?;
        let metadata: Value = serde_json::from_slice(&metadata).context("cargo metadata is no JSON")?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let listing =
            output(&root, "git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let listing = String::from_utf8_lossy(&listing);
        let mut paths: Vec<&str> = listing.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        Ok(Self {
            packages: packages.map(|package| Package::of(package, &root)).collect(),
            files: paths.iter().filter_map(|path| File::read(&root, path)).collect(),
        })
    }

    /// The text of the file at `path`; empty if there is none.
    pub(crate) fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|file| file.path == path);
        file.and_then(|file| file.text.as_deref()).unwrap_or_default()
    }
}

impl Package {
    fn of(package: &Value, root: &Path) -> Self {
        let list = |field: &str| package[field].as_array().into_iter().flatten();
        let relative = |path: &Value| {
            let path = PathBuf::from(path.as_str().unwrap_or_default());
            path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/")
        };
        let is_shipped = |target: &&Value| {
            let kinds = target["kind"].as_array().into_iter().flatten();
            kinds.filter_map(Value::as_str).any(|kind| matches!(kind, "lib" | "bin" | "proc-macro"))
        };
        Self {
            name: package["name"].as_str().unwrap_or_default().to_owned(),
            folder: relative(&package["manifest_path"]).trim_end_matches("/Cargo.toml").to_owned(),
            dependencies: list("dependencies").map(Dependency::of).collect(),
            roots: list("targets").filter(is_shipped).map(|target| relative(&target["src_path"])).collect(),
        }
    }
}

impl Dependency {
    fn of(dependency: &Value) -> Self {
        Self {
            name: dependency["name"].as_str().unwrap_or_default().to_owned(),
            dev: dependency["kind"].as_str() == Some("dev"),
        }
    }
}

impl File {
    /// The file at `path`; `None` if it was deleted and the index still has it.
    fn read(root: &Path, path: &str) -> Option<Self> {
        let on_disk = root.join(path);
        let n_bytes = fs::metadata(&on_disk).ok().filter(fs::Metadata::is_file)?.len();
        let text = (n_bytes <= MOST_TEXT).then(|| fs::read(&on_disk).ok()).flatten();
        Some(Self {
            path: path.to_owned(),
            n_bytes,
            text: text.and_then(|text| String::from_utf8(text).ok()),
        })
    }
}

fn output(root: &Path, program: &str, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let command = || format!("{program} {}", arguments.join(" "));
    let output = Command::new(program).args(arguments).current_dir(root).output().with_context(command)?;
    if !output.status.success() {
        bail!("{}: {}", command(), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}
