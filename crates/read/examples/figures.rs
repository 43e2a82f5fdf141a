//! Prints the figures of a text, or how often those of incident descriptions agree with their coded
//! counts:
//!
//! ```text
//! cargo run --example figures -- text FILE [DATE]
//! cargo run --release --example figures -- rand ../shared/data/rand_incidents/incidents.jsonl 3000 6000 [misses]
//! ```
//!
//! The rule for the counts: of the figures of one measure that are not part of another the largest;
//! zero where there is none. Vague figures and lower bounds count by the number that they name.

#![allow(clippy::print_stdout)]

use std::error::Error;

use ascribe_read::{Setting, find_figures};
use ascribe_record::{Figure, Measure};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["text", path] => show(&std::fs::read_to_string(path)?, None),
        ["text", path, date] => show(&std::fs::read_to_string(path)?, Some(date)),
        ["rand", path, from, to] => rand(path, from.parse()?, to.parse()?, false)?,
        ["rand", path, from, to, _] => rand(path, from.parse()?, to.parse()?, true)?,
        _ => return Err("text FILE [DATE] | rand FILE FROM TO [misses]".into()),
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

/// The largest figure of `measure` that is not part of another.
fn largest(figures: &[Figure], measure: Measure) -> f64 {
    let whole = figures.iter().filter(|f| f.measure == measure && f.part_of.is_none());
    whole.filter_map(|f| f.lower.or(f.upper)).fold(0.0, f64::max)
}

fn rand(path: &str, from: usize, to: usize, misses: bool) -> Result<(), Box<dyn Error>> {
    let records = std::fs::read_to_string(path)?;
    let measures = [("Fatalities", Measure::Killed), ("Injuries", Measure::Injured)];
    let mut tally = [[0u32; 4]; 2];
    for (n, record) in records.lines().enumerate().take(to).skip(from) {
        let record: serde_json::Value = serde_json::from_str(record)?;
        let text = record["Description"].as_str().unwrap_or("");
        let figures = read(text, record["Date"].as_str());
        let mut missed = String::new();
        for ((field, measure), tally) in measures.iter().zip(&mut tally) {
            let coded = record[*field].as_f64().unwrap_or(0.0);
            let read = largest(&figures, *measure);
            let hit = u32::from(coded == read);
            tally[0] += 1;
            tally[1] += hit;
            tally[2] += u32::from(coded != 0.0);
            tally[3] += if coded != 0.0 { hit } else { 0 };
            if hit == 0 {
                missed += &format!(" {field} {coded} read {read};");
            }
        }
        if misses && !missed.is_empty() {
            println!("#{n}{missed}\n  {text}");
            figures.iter().for_each(|f| println!("    {}", line(f)));
        }
    }
    for ((field, _), [n, hits, nonzero, nonzero_hits]) in measures.iter().zip(tally) {
        let share = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
        println!(
            "{field}: all {:.3} of {n}, non-zero {:.3} of {nonzero}",
            share(hits, n),
            share(nonzero_hits, nonzero)
        );
    }
    Ok(())
}
