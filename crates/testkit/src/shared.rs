use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file or folder `path` of `shared`, which may lie beside the repository and holds corpora and
/// examples that are not part of it. `None` if it is not there, after a line on standard error.
///
/// ```
/// let Some(dev) = ascribe_testkit::shared("data/polnear/dev.text.jsonl") else { return };
/// assert!(dev.is_file());
/// ```
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = find(path);
    if found.is_none() {
        // Past the harness, which swallows what `eprintln!` says in a test that passes.
        let _ = writeln!(io::stderr(), "SKIPPED: no ../shared/{path} beside the repository");
    }
    found
}

fn find(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    found.exists().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_none() {
        assert_eq!(find("no/such/file"), None);
    }
}
