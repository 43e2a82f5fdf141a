//! The files behind the paths that the user names.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One file to read, or the reason why it cannot be.
pub(crate) struct Input {
    /// As the user would name it; `-` is standard input.
    pub(crate) path: String,
    /// Why a folder could not be listed, if this is one.
    pub(crate) error: Option<io::Error>,
}

/// The files of `paths` in their order; folders give theirs by name, at any depth. Hidden files and
/// folders inside folders are left out, and links to folders are not followed, so that no circle
/// can be walked.
pub(crate) fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() != "-" && path.is_dir() {
            walk(path, &mut found);
        } else {
            found.push(Input { path: path.to_string_lossy().into_owned(), error: None });
        }
    }
    found
}

fn walk(folder: &Path, found: &mut Vec<Input>) {
    let listing = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match listing {
        Ok(entries) => entries,
        Err(error) => {
            return found.push(Input { path: folder.to_string_lossy().into_owned(), error: Some(error) });
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, found),
            Ok(kind) if kind.is_symlink() && path.is_dir() => {}
            _ => found.push(Input { path: path.to_string_lossy().into_owned(), error: None }),
        }
    }
}

/// Opens a file or standard input.
pub(crate) fn open(path: &str) -> io::Result<Box<dyn BufRead>> {
    if path == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    if Path::new(path).is_dir() {
        return Err(io::Error::other("is a folder"));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}
