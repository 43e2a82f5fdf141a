//! The files and addresses behind the paths that the user names.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use ascribe::Served;

use crate::web::{Web, is_address, served};

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
        let is_address = path.to_str().is_some_and(is_address);
        if path.as_os_str() != "-" && !is_address && path.is_dir() {
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

/// What is read from.
pub(crate) enum Opened {
    File(Box<dyn BufRead>),
    /// What a server said and sent.
    Web(Served, Vec<u8>),
}

/// Opens a file or standard input, or fetches what stands at an address.
pub(crate) fn open(path: &str, web: &Web) -> io::Result<Opened> {
    if is_address(path) {
        let answer = web.get(path).map_err(io::Error::other)?;
        return Ok(Opened::Web(served(&answer), answer.body));
    }
    open_file(path).map(Opened::File)
}

fn open_file(path: &str) -> io::Result<Box<dyn BufRead>> {
    if path == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    if Path::new(path).is_dir() {
        return Err(io::Error::other("is a folder"));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}
