//! The texts that labels are about, found in the folder of the corpora.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::labels::{LinkLabels, TextRef, lines};
use super::linker::{between, day};
use crate::{Points, Slice};

/// A report whose story is labelled by its corpus.
#[derive(Clone, Debug)]
pub struct StoryRecord {
    /// The text's name in its corpus.
    pub record: String,
    /// The story's.
    pub story: String,
    /// The report's headline; may be empty.
    pub title: String,
    /// The day it was published, `YYYY-MM-DD`; may be empty.
    pub published: String,
    /// Every second story is for fitting.
    pub half: Slice,
}

/// Texts by corpus and record.
#[derive(Clone, Debug, Default)]
pub struct LinkTexts {
    texts: BTreeMap<(String, String), String>,
    /// The day on which a text was published, `YYYY-MM-DD`, where its corpus says so.
    published: BTreeMap<(String, String), String>,
    /// Reports with their stories, by corpus: `giveme5w1h` and `gva_semeval2018t5`.
    pub stories: BTreeMap<String, Vec<StoryRecord>>,
}

impl LinkTexts {
    /// The labelled texts and the corpora of stories under `data`, after a look whether every
    /// labelled text and span is the one that was labelled.
    ///
    /// # Errors
    /// If a file cannot be read, a text is not there, or its words are others.
    pub fn load(labels: &LinkLabels, data: &Path) -> Result<Self, String> {
        let mut all = Self::default();
        all.gva(data)?;
        all.giveme(data)?;
        for (corpus, file, id, text) in [
            ("airwars_gaza", "incidents.jsonl", "code", "assessment"),
            ("timelines_t17_crisis", "T17/articles.jsonl", "id", "text"),
        ] {
            for record in lines::<Value>(&data.join(corpus).join(file))? {
                all.add(corpus, string(&record[id]), string(&record[text]));
            }
        }
        for (short, file) in [("nyt", "nyt_oct7_to_oct18"), ("wsj", "wsj_oct7_to_oct22")] {
            let corpus = "casualty_mentions_2023";
            let rows = rows(&data.join(corpus).join(format!("tagged_data_{file}.csv")), ',')?;
            for (n, row) in rows.into_iter().enumerate().skip(1) {
                let sentence = row.into_iter().nth(3).unwrap_or_default();
                all.add(corpus, format!("{short}/{n}"), sentence);
            }
        }
        all.summaries(labels, data)?;
        all.reuters(labels, data)?;
        all.check(labels)?;
        Ok(all)
    }

    /// The text of a record.
    pub fn text(&self, corpus: &str, record: &str) -> Option<&str> {
        self.texts.get(&(corpus.to_owned(), record.to_owned())).map(String::as_str)
    }

    /// The words at `span` of a record; empty without it.
    pub fn words(&self, corpus: &str, record: &str, span: Points) -> String {
        self.text(corpus, record).map(|text| slice(text, span)).unwrap_or_default()
    }

    /// Days between two texts, if both days are known.
    pub fn days(&self, a: &TextRef, b: &TextRef) -> Option<u32> {
        let [a, b] = [a, b].map(|t| self.published.get(&(t.corpus.clone(), t.record.clone())));
        between(day(a?), day(b?))
    }

    fn add(&mut self, corpus: &str, record: String, text: String) {
        self.texts.insert((corpus.to_owned(), record), text);
    }

    fn gva(&mut self, data: &Path) -> Result<(), String> {
        let corpus = "gva_semeval2018t5";
        let mut stories = Vec::new();
        for article in lines::<Value>(&data.join(corpus).join("docs.jsonl"))? {
            let story = string(&article["incident"]);
            let record = format!("{story}/{}", string(&article["doc"]));
            let is_even = story.parse::<u64>().unwrap_or(0).is_multiple_of(2);
            let half = if is_even { Slice::Fitted } else { Slice::Untouched };
            self.add(corpus, record.clone(), string(&article["text"]));
            let (title, published) = (string(&article["title"]), string(&article["dct"]));
            self.published.insert((corpus.to_owned(), record.clone()), published.clone());
            stories.push(StoryRecord { record, story, title, published, half });
        }
        self.stories.insert(corpus.to_owned(), stories);
        Ok(())
    }

    fn giveme(&mut self, data: &Path) -> Result<(), String> {
        let corpus = "giveme5w1h";
        let articles: Vec<Value> = lines(&data.join(corpus).join("news_cluster.jsonl"))?;
        let event = |article: &Value| article["newsCluster"]["EventId"].as_u64().unwrap_or(0);
        let events: BTreeSet<u64> = articles.iter().map(event).collect();
        let events: Vec<u64> = events.into_iter().collect();
        let mut stories = Vec::new();
        for article in &articles {
            let record = string(&article["dId"]);
            let position = events.partition_point(|&other| other < event(article));
            let half = if position.is_multiple_of(2) { Slice::Fitted } else { Slice::Untouched };
            self.add(corpus, record.clone(), string(&article["text"]));
            let story = event(article).to_string();
            let (title, published) = (string(&article["title"]), string(&article["date_publish"]));
            stories.push(StoryRecord { record, story, title, published, half });
        }
        self.stories.insert(corpus.to_owned(), stories);
        Ok(())
    }

    /// "libyan_war/annotator1/3/update": event, file, row and column.
    fn summaries(&mut self, labels: &LinkLabels, data: &Path) -> Result<(), String> {
        let corpus = "background_summaries";
        let mut files: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for figure in labels.figures.values().filter(|f| f.corpus == corpus) {
            let parts: Vec<&str> = figure.record.split('/').collect();
            let &[event, annotator, row, column] = parts.as_slice() else { continue };
            let file = format!("{event}/{annotator}.tsv");
            if !files.contains_key(&file) {
                let table = rows(&data.join(corpus).join("events").join(&file), '\t')?;
                files.insert(file.clone(), table);
            }
            let row = row.parse::<usize>().ok().and_then(|row| files[&file].get(row));
            if let Some(cell) = row.and_then(|row| row.get(if column == "update" { 1 } else { 2 })) {
                self.add(corpus, figure.record.clone(), cell.clone());
            }
        }
        Ok(())
    }

    /// The bodies of the labelled stories. The files are Latin-1.
    fn reuters(&mut self, labels: &LinkLabels, data: &Path) -> Result<(), String> {
        let corpus = "reuters21578";
        let texts = labels.copies.iter().flat_map(|c| [&c.a, &c.b]).filter(|t| t.corpus == corpus);
        let wanted: BTreeSet<&str> = texts.map(|t| t.record.as_str()).collect();
        for number in 0..22 {
            let path = data.join(corpus).join(format!("reut2-{number:03}.sgm"));
            let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let file: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            for story in file.split("<REUTERS ").skip(1) {
                let id = between_words(story, "NEWID=\"", "\"").unwrap_or_default();
                if let Some(body) = between_words(story, "<BODY>", "</BODY>").filter(|_| wanted.contains(id))
                {
                    self.add(corpus, id.to_owned(), unescape(body));
                    let date = between_words(story, "<DATE>", "</DATE>").and_then(wire_day);
                    let date = date.map(|date| ((corpus.to_owned(), id.to_owned()), date));
                    self.published.extend(date);
                }
            }
        }
        Ok(())
    }

    fn check(&self, labels: &LinkLabels) -> Result<(), String> {
        let figures = labels.figures.values().map(|f| (&f.id, &f.corpus, &f.record, Some(f.span), &f.hash));
        let quotes = labels.quotes.iter().flat_map(|q| [(&q.id, &q.a), (&q.id, &q.b)]);
        let quotes = quotes.map(|(id, part)| (id, &part.corpus, &part.record, Some(part.span), &part.hash));
        let copies = labels.copies.iter().flat_map(|c| [(&c.id, &c.a), (&c.id, &c.b)]);
        let copies = copies.map(|(id, text)| (id, &text.corpus, &text.record, None, &text.hash));
        for (id, corpus, record, span, hash) in figures.chain(quotes).chain(copies) {
            let Some(text) = self.text(corpus, record) else {
                return Err(format!("{id}: {corpus} has no text '{record}'"));
            };
            let words = span.map_or_else(|| text.to_owned(), |span| slice(text, span));
            let found: String =
                Sha256::digest(words.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            if found != *hash {
                return Err(format!("{id}: the words of {corpus} '{record}' are not those labelled"));
            }
        }
        Ok(())
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn slice(text: &str, (begin, end): Points) -> String {
    text.chars().skip(begin).take(end.saturating_sub(begin)).collect()
}

fn between_words<'a>(text: &'a str, before: &str, behind: &str) -> Option<&'a str> {
    Some(text.split_once(before)?.1.split_once(behind)?.0)
}

/// The day of "26-FEB-1987 15:01:01.79".
fn wire_day(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut parts = date.split_whitespace().next()?.split('-');
    let (day, month, year) = (parts.next()?.parse::<u8>().ok()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// Without character references: of the control characters that the wire used, nothing is left.
fn unescape(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, behind)) = rest.split_once("&#") {
        let (number, after) = behind.split_once(';').unwrap_or((behind, ""));
        text.push_str(before);
        text.extend(number.parse().ok().and_then(char::from_u32).filter(|c| *c >= ' '));
        rest = after;
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The rows of a table whose fields may be quoted, as RFC 4180 has it. The tables of `ascribe-intake`
/// make reports of rows; here the cells are wanted as they are.
fn rows(path: &Path, separator: char) -> Result<Vec<Vec<String>>, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(parse_rows(text.trim_start_matches('\u{FEFF}'), separator))
}

fn parse_rows(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        if is_quoted {
            match (c, chars.peek()) {
                ('"', Some('"')) => field.extend(chars.next()),
                ('"', _) => is_quoted = false,
                _ => field.push(c),
            }
        } else if c == '"' && field.is_empty() {
            is_quoted = true;
        } else if c == separator {
            row.push(std::mem::take(&mut field));
        } else if c == '\n' {
            row.push(std::mem::take(&mut field));
            rows.push(std::mem::take(&mut row));
        } else if c != '\r' {
            field.push(c);
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells() {
        let table = "a\tb\r\n\"two\nlines, \"\"so\"\"\"\tit\"s\n\tlast";
        let rows = parse_rows(table, '\t');
        assert_eq!(rows, [["a", "b"], ["two\nlines, \"so\"", "it\"s"], ["", "last"]]);
        assert!(parse_rows("", ',').is_empty());
    }

    #[test]
    fn wire_characters() {
        assert_eq!(unescape("AT&amp;T &lt;T> &#3;&#38;&#127;é&#x"), "AT&T <T> &\u{7F}é");
        assert_eq!(between_words("a<B>c</B>d<B>", "<B>", "</B>"), Some("c"));
    }

    #[test]
    fn days_of_the_wire() {
        assert_eq!(wire_day(" 6-MAR-1987 15:01:01.79").as_deref(), Some("1987-03-06"));
        assert_eq!(wire_day("31-MAI-1987"), None);
    }

    #[test]
    fn code_points() {
        assert_eq!(slice("é – 12 dead", (4, 6)), "12");
        assert_eq!(slice("short", (3, 99)), "rt");
        assert_eq!(slice("short", (4, 2)), "");
    }
}
