//! What is compared of a report: read from the ledger on one thread, made ready on many.

use std::sync::OnceLock;

use ascribe_link::{Body, TextKeys, Topic, Utterance, quoted};
use ascribe_record::{CodePoints, Span, StatementId};
use rusqlite::Connection;
use serde::Deserialize;

use super::keys::{Keys, place};
use super::pin::Pin;
use crate::hash::Hash;
use crate::ledger::unpack_reading;
use crate::write::items_of;
use crate::{Error, Result};

/// A report as it stands in the tables.
pub(super) struct Raw {
    report: i64,
    sha256: Hash,
    capture: Option<Vec<u8>>,
    json: Vec<u8>,
    n_bytes: i64,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    /// Numbers and contents of the statements that nobody rejected.
    contents: Vec<(u32, String)>,
    pin: Option<Pin>,
}

/// A report made ready to be compared with others.
pub(super) struct Features {
    pub(super) report: i64,
    pub(super) place: i64,
    pub(super) pin: Option<Pin>,
    title: String,
    text: String,
    /// The agencies it credits.
    wire: Vec<String>,
    /// Numbers and contents of statements, with the spans of the contents in the text.
    contents: Vec<(u32, Vec<Span>)>,
    // Each is made when it is asked for first: few are asked for all.
    topic: OnceLock<Topic>,
    body: OnceLock<Body>,
    quotes: OnceLock<Vec<Quoted>>,
    keys: OnceLock<Keys>,
}

/// What a statement quotes.
pub(super) struct Quoted {
    /// The number of the statement.
    pub(super) n: u32,
    /// The words from the first to the last quoted one; the utterance's spans are of these.
    pub(super) words: String,
    pub(super) utterance: Utterance,
}

/// What is needed of a reading's JSON, with offsets in code points.
#[derive(Deserialize)]
struct Line {
    report: ReportLine,
    statements: Vec<StatementLine>,
}

#[derive(Deserialize)]
struct ReportLine {
    text: String,
    #[serde(default)]
    wire: Vec<String>,
}

#[derive(Deserialize)]
struct StatementLine {
    id: StatementId,
    content: Content,
}

#[derive(Deserialize)]
struct Content {
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Raw {
    /// The report of row `report`; `None` if it is gone.
    pub(super) fn load(connection: &Connection, report: i64) -> Result<Option<Self>> {
        let mut select = connection.prepare_cached(
            "SELECT c.sha256, c.bytes, d.json, d.n_bytes, r.title, r.published, o.name
             FROM report r JOIN capture c ON c.id = r.id JOIN reading d ON d.id = r.reading
             LEFT JOIN outlet o ON o.id = r.outlet WHERE r.id = ?",
        )?;
        let mut rows = select.query([report])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (first, last) = items_of(report);
        let mut contents = connection.prepare_cached(
            "SELECT id - ?1, content FROM statement
             WHERE id BETWEEN ?1 AND ?2 AND status IS NOT 'rejected' AND content IS NOT NULL",
        )?;
        let contents = contents.query_map([first, last], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Some(Self {
            report,
            sha256: Hash::from_blob(&row.get::<_, Vec<u8>>(0)?)?,
            capture: row.get(1)?,
            json: row.get(2)?,
            n_bytes: row.get(3)?,
            title: row.get(4)?,
            published: row.get(5)?,
            outlet: row.get(6)?,
            contents: contents.collect::<rusqlite::Result<_>>()?,
            pin: Pin::of(connection, report)?,
        }))
    }

    /// Makes it ready: the costly part, which needs no ledger.
    pub(super) fn ready(self) -> Result<Features> {
        let json = unpack_reading(&self.json, self.n_bytes, self.capture.as_deref())?;
        let line: Line =
            serde_json::from_slice(&json).map_err(|error| Error::damaged(format!("no reading: {error}")))?;
        let ReportLine { text, wire } = line.report;
        Ok(Features {
            report: self.report,
            place: place(self.published.as_deref(), self.outlet.as_deref(), &wire, self.sha256),
            pin: self.pin,
            title: self.title.unwrap_or_default(),
            contents: spans_of(&text, &line.statements, &self.contents),
            text,
            wire,
            topic: OnceLock::new(),
            body: OnceLock::new(),
            quotes: OnceLock::new(),
            keys: OnceLock::new(),
        })
    }
}

impl Features {
    pub(super) fn topic(&self) -> &Topic {
        self.topic.get_or_init(|| Topic::of(&self.title, &self.text))
    }

    pub(super) fn body(&self) -> &Body {
        self.body.get_or_init(|| Body::of(&self.text))
    }

    /// What its statements quote; what is of too few words to be found again is left out.
    pub(super) fn quotes(&self) -> &[Quoted] {
        let of = |(n, spans): &(u32, Vec<Span>)| Quoted::of(&self.text, *n, spans);
        self.quotes.get_or_init(|| self.contents.iter().filter_map(of).collect())
    }

    pub(super) fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| Keys {
            text: TextKeys::of(&self.text).least,
            topic: self.topic().top(),
            quotes: self.quotes().iter().map(|quoted| (quoted.n, quoted.utterance.keys())).collect(),
        })
    }

    /// The agencies it credits, in one line.
    pub(super) fn credit(&self) -> Option<String> {
        Some(self.wire.join(", ")).filter(|credit| !credit.is_empty())
    }

    /// A hash of all that copies and stories are found by.
    pub(super) fn mark(&self) -> i64 {
        let (place, pin, credit) =
            (self.place.to_le_bytes(), Pin::mark(self.pin.as_ref()), self.wire.join("\n"));
        let parts = [self.title.as_bytes(), self.text.as_bytes(), &place, &pin, credit.as_bytes()];
        Hash::of_parts(&parts).long_head()
    }

    /// A hash of what quotations are found by.
    pub(super) fn said(&self) -> i64 {
        let mut parts: Vec<Vec<u8>> = vec![self.place.to_le_bytes().to_vec()];
        for quoted in self.quotes() {
            parts.extend([quoted.n.to_le_bytes().to_vec(), quoted.words.clone().into_bytes()]);
        }
        Hash::of_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()).long_head()
    }

    /// What it takes in memory, about: of one that is compared by topic alone the text and its terms, of
    /// some the sets of its words and runs, ten times the text.
    pub(super) fn n_bytes(&self) -> usize {
        4096 + 4 * self.text.len()
    }
}

impl Quoted {
    fn of(text: &str, n: u32, content: &[Span]) -> Option<Self> {
        let spans = quoted(text, content);
        let begin = spans.iter().map(|span| span.begin).min()?;
        let end = spans.iter().map(|span| span.end).max()?;
        let inside: Vec<Span> =
            spans.iter().map(|span| Span::new(span.begin - begin, span.end - begin)).collect();
        let words = text[begin..end].to_owned();
        let utterance = Utterance::of(&words, &inside);
        (!utterance.keys().is_empty()).then_some(Self { n, words, utterance })
    }
}

/// Where the contents of the statements stand that the tables have.
fn spans_of(text: &str, statements: &[StatementLine], contents: &[(u32, String)]) -> Vec<(u32, Vec<Span>)> {
    let points = CodePoints::of(text);
    let of = |n: u32, content: &str| -> Vec<Span> {
        let read = statements.iter().find(|s| s.id.0 == n && s.content.text == content);
        let read = read.into_iter().flat_map(|s| &s.content.spans);
        let spans: Vec<Span> = read
            .filter_map(|&(begin, end)| Some(Span::new(points.to_byte(begin)?, points.to_byte(end)?)))
            .filter(|span| !span.is_empty())
            .collect();
        // A person's words stand where they are found first.
        let found = || text.find(content).map(|at| Span::new(at, at + content.len()));
        if spans.is_empty() { found().into_iter().collect() } else { spans }
    };
    contents.iter().map(|(n, content)| (*n, of(*n, content))).collect()
}
