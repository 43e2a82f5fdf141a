//! Prints the figures of a text, without who gives them:
//!
//! ```text
//! cargo run --example figures -- FILE [DATE]
//! ```

#![allow(clippy::print_stdout)]

use std::error::Error;

use ascribe_read::{Setting, find_figures};
use ascribe_record::Figure;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [path] => show(&std::fs::read_to_string(path)?, None),
        [path, date] => show(&std::fs::read_to_string(path)?, Some(date)),
        _ => return Err("FILE [DATE]".into()),
    }
    Ok(())
}

fn read(text: &str, published: Option<&str>) -> Vec<Figure> {
    let sentences = ascribe_text::sentences(text);
    find_figures(&Setting { text, sentences: &sentences, statements: &[], published, dateline: None })
}

fn show(text: &str, published: Option<&str>) {
    for figure in read(text, published) {
        println!("{}", line(&figure));
    }
}

fn line(f: &Figure) -> String {
    let part = f.part_of.map(|id| format!(" part_of {id}")).unwrap_or_default();
    format!(
        "{} | {} | {:?}..{:?} {} | {} | {} | {:?} | {} on {:?} since {:?} as of {:?} in {:?} by {:?}{part}{}",
        f.id,
        f.words.text,
        f.lower,
        f.upper,
        f.bound,
        f.measure,
        f.counted.text,
        f.attributes,
        f.scope,
        f.occurred,
        f.since,
        f.as_of,
        f.place,
        f.cause,
        if f.implicit { " implicit" } else { "" }
    )
}
