//! TimeBank: TIMEX3 by relaxed extent and by value, as TempEval-3 counts them.
//!
//! UzZaman et al. (2013), SemEval-2013 Task 1: an expression is found if its words overlap those of
//! one in the gold; its value is right if the two strings are equal. F1 of values is F1 of extents
//! times the share of right values. The date of the document itself is given, and not scored.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use ascribe_date::{Expression, Kind, Setting, find};
use ascribe_record::Span;

use super::read;
use crate::Slice;
use crate::slice::holds;

/// A TIMEX3 of the gold.
struct Timex {
    span: Span,
    kind: String,
    value: String,
}

struct Document {
    created: String,
    text: String,
    timexes: Vec<Timex>,
}

#[derive(Default)]
struct Count {
    n_documents: usize,
    n_gold: usize,
    n_found: usize,
    n_matched: usize,
    n_value: usize,
    n_kind: usize,
}

/// The table for all `.tml` files of a folder, in the order of their names; with the words of what
/// went wrong if asked for.
///
/// # Errors
/// If the folder or a file cannot be read.
pub fn timebank(folder: &Path, slice: Option<Slice>, with_failures: bool) -> Result<String, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "tml"));
    paths.sort();
    let mut count = Count::default();
    let mut failures = String::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths.iter().enumerate().filter(|(n, _)| holds(slice, *n)).map(|(_, path)| path) {
        let document = parse(&read(path)?);
        let setting = Setting {
            ranges: false,
            ..Setting::news(document.created.get(..10).and_then(|d| d.parse().ok()))
        };
        let found = find(&document.text, Span::new(0, document.text.len()), &setting);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        score(&document, &found, &mut count, &mut |kind, line| {
            *kinds.entry(kind.to_owned()).or_default() += 1;
            let _ = writeln!(failures, "{name}\t{kind}\t{line}");
        });
    }
    let mut table = table(&count);
    if with_failures {
        for (kind, n) in kinds {
            let _ = writeln!(table, "{n:6} {kind}");
        }
        table += &failures;
    }
    Ok(table)
}

fn score(document: &Document, found: &[Expression], count: &mut Count, fail: &mut dyn FnMut(&str, String)) {
    let text = &document.text;
    let around = |span: Span| {
        let begin = text[..span.begin].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
        let end = text[span.end..].char_indices().nth(25).map_or(text.len(), |(at, _)| span.end + at);
        let line = format!("{}[{}]{}", &text[begin..span.begin], span.of(text), &text[span.end..end]);
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut used = vec![false; found.len()];
    count.n_documents += 1;
    count.n_gold += document.timexes.len();
    count.n_found += found.len();
    for gold in &document.timexes {
        let overlaps = |e: &Expression| e.span.begin < gold.span.end && gold.span.begin < e.span.end;
        let Some(at) = (0..found.len()).find(|&n| !used[n] && overlaps(&found[n])) else {
            fail("missed", format!("{} {}", gold.value, around(gold.span)));
            continue;
        };
        used[at] = true;
        count.n_matched += 1;
        count.n_kind += usize::from(name(found[at].kind) == gold.kind);
        if found[at].value == gold.value {
            count.n_value += 1;
        } else {
            fail("value", format!("{} for {} {}", found[at].value, gold.value, around(gold.span)));
        }
    }
    for (expression, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
        fail("made up", format!("{} {}", expression.value, around(expression.span)));
    }
}

fn table(count: &Count) -> String {
    let ratio = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    let (precision, recall) = (ratio(count.n_matched, count.n_found), ratio(count.n_matched, count.n_gold));
    let f1 = ratio(2 * count.n_matched, count.n_found + count.n_gold);
    let value = ratio(2 * count.n_value, count.n_found + count.n_gold);
    let kind = ratio(2 * count.n_kind, count.n_found + count.n_gold);
    format!(
        "{} documents, {} expressions in the gold, {} found\n\
         relaxed extent   P {precision:.3}  R {recall:.3}  F1 {f1:.3}\n\
         value            F1 {value:.3}   (right in {:.3} of those matched)\n\
         type             F1 {kind:.3}\n",
        count.n_documents,
        count.n_gold,
        count.n_found,
        ratio(count.n_value, count.n_matched),
    )
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "DATE",
        Kind::Time => "TIME",
        Kind::Duration => "DURATION",
        Kind::Set => "SET",
    }
}

/// The text of a TimeML document with its expressions; markup of other kinds is dropped.
fn parse(source: &str) -> Document {
    let between = |from: &str, to: &str| {
        let begin = source.find(from).map_or(0, |at| at + from.len());
        let end = source[begin..].find(to).map_or(source.len(), |at| begin + at);
        &source[begin..end]
    };
    let created = attribute(between("<DCT>", "</DCT>"), "value").unwrap_or_default();
    let mut rest = between("<TEXT>", "</TEXT>");
    let (mut text, mut timexes, mut open): (String, Vec<Timex>, Vec<Timex>) =
        (String::new(), Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        text += &unescape(&rest[..at]);
        let end = rest[at..].find('>').map_or(rest.len(), |e| at + e + 1);
        let tag = &rest[at..end];
        if tag.starts_with("<TIMEX3") && !tag.ends_with("/>") {
            let kind = attribute(tag, "type").unwrap_or_default();
            let value = attribute(tag, "value").unwrap_or_default();
            open.push(Timex { span: Span::new(text.len(), text.len()), kind, value });
        } else if tag == "</TIMEX3>"
            && let Some(mut timex) = open.pop()
        {
            timex.span = Span::new(timex.span.begin, text.len());
            timexes.push(timex);
        }
        rest = &rest[end..];
    }
    text += &unescape(rest);
    timexes.retain(|timex| timex.span.begin < timex.span.end);
    timexes.sort_by_key(|timex| timex.span.begin);
    Document { created, text, timexes }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let begin = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let len = tag[begin..].find('"')?;
    Some(tag[begin..begin + len].to_owned())
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_and_values_are_counted() {
        let source = "<DCT><TIMEX3 value=\"2026-01-14\">x</TIMEX3></DCT><TEXT>It <EVENT>fell</EVENT> on \
             <TIMEX3 type=\"DATE\" value=\"2026-01-13\">Tuesday</TIMEX3> &amp; for \
             <TIMEX3 type=\"DURATION\" value=\"P9D\">two days</TIMEX3>.</TEXT>";
        let document = parse(source);
        assert_eq!((document.created.as_str(), document.timexes.len()), ("2026-01-14", 2));
        let setting = Setting::news(document.created.parse().ok());
        let found = find(&document.text, Span::new(0, document.text.len()), &setting);
        let mut count = Count::default();
        score(&document, &found, &mut count, &mut |_, _| ());
        assert_eq!((count.n_matched, count.n_value, count.n_kind, count.n_found), (2, 1, 2, 2));
    }
}
