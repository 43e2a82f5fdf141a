//! Writes a small file of every format into the corpora of the fuzz targets:
//! `cargo run -p ascribe-intake --example seeds -- fuzz/corpus`.
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or("fuzz/corpus".to_owned());
    for (name, bytes) in ascribe_testkit::examples() {
        let target = match name.rsplit('.').next() {
            Some("html") => "intake_html",
            Some("json" | "jsonl") => "intake_json",
            Some("csv" | "tsv") => "intake_table",
            Some("rss" | "atom") => "intake_feed",
            Some("zip") => "intake_zip",
            Some("eml" | "mbox") => "intake_mail",
            Some("docx") => "intake_docx",
            Some("warc") => "intake_warc",
            Some("gz" | "zst") => "intake_packed",
            _ => "intake_any",
        };
        for target in [target, "intake_any"] {
            let folder = Path::new(&folder).join(target);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name), &bytes)?;
        }
    }
    println!("seeds are in {folder}");
    Ok(())
}
