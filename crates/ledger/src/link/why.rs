//! What stands behind a statement, a figure or a report: from its fields to the bytes that they were read
//! from, where else the text stands, and what people decided.

use ascribe_record::{CodePoints, Evidence, Reading, Span, Words};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::add::Stored;
use crate::list::{Row, lines};
use crate::target::{Target, resolve};
use crate::write::{first, items_of};
use crate::{Error, Ledger, Result};

/// A step of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The fields of a figure.
    Figure,
    /// The fields of a statement; of a figure, of the one that gives it.
    Statement,
    /// A field of the one before and the words of the report that it was read from: `field`, `words`, and
    /// `begin` and `end` in code points of the report's text.
    Words,
    /// A statement and the one before that quotes the same, as in the listing of quotes.
    Quote,
    /// The report.
    Report,
    /// A place where its bytes were obtained, and their hash.
    Capture,
    /// The report among its copies; then the one where the text is first, if that is another.
    Copy,
    /// The story that it is of.
    Story,
    /// A decision about any of these.
    Decision,
}

impl Step {
    /// As it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Statement => "statement",
            Self::Words => "words",
            Self::Quote => "quote",
            Self::Report => "report",
            Self::Capture => "capture",
            Self::Copy => "copy",
            Self::Story => "story",
            Self::Decision => "decision",
        }
    }
}

impl Ledger {
    /// Gives the chain behind what `id` names, a statement, a figure or a report, step by step.
    ///
    /// # Errors
    /// If there is no such thing or the ledger cannot be read.
    pub fn why(&self, id: &str, each: &mut dyn FnMut(Step, &Row<'_>)) -> Result<()> {
        let moment = self.connection.unchecked_transaction()?;
        let (report, item) = match resolve(&moment, id)? {
            Target::Report(report, _) => (report, None),
            Target::Item { report, kind, key, .. } => (report, Some((kind, key))),
            Target::Actor(..) => return Err(Error::request(format!("{id} is an actor: see its statements"))),
        };
        let there = first::<i64>(&moment, "SELECT 1 FROM report WHERE id = ?", report)?.is_some();
        let mut chain = Chain { connection: &moment, report, each };
        if there {
            let stored = Stored::load(&moment, report)?;
            if let Some((kind, key)) = item {
                chain.item(&stored.reading, kind, key, id)?;
            }
            chain.lines(Step::Report, "SELECT * FROM report_line WHERE item = ?", report)?;
        } else if item.is_some() {
            return Err(Error::request(format!("nothing has the id {id}")));
        }
        chain.of_report()
    }
}

struct Chain<'a> {
    connection: &'a Connection,
    report: i64,
    each: &'a mut dyn FnMut(Step, &Row<'_>),
}

impl Chain<'_> {
    fn lines(&mut self, step: Step, sql: &str, parameter: impl Into<Value>) -> Result<()> {
        let each = &mut *self.each;
        lines(self.connection, sql, vec![parameter.into()], &mut |_, row| {
            each(step, row);
            true
        })
    }

    /// A statement or figure of the report.
    fn item(&mut self, reading: &Reading, kind: char, key: u32, id: &str) -> Result<()> {
        let table = if kind == 's' { "statement" } else { "figure" };
        let (low, high) = items_of(self.report);
        let mut select = self
            .connection
            .prepare_cached(&format!("SELECT id FROM {table} WHERE id BETWEEN ? AND ? AND key = ?"))?;
        let found: Option<i64> =
            select.query_map([low, high, i64::from(key)], |row| row.get(0))?.next().transpose()?;
        let item = found.ok_or_else(|| Error::request(format!("nothing has the id {id}")))?;
        if kind == 's' {
            return self.statement(reading, item);
        }
        self.lines(Step::Figure, "SELECT * FROM figure_line WHERE item = ?", item)?;
        if let Some(figure) = reading.figures.iter().find(|f| i64::from(f.id.0) == item - low) {
            let parts = [("words", &figure.words), ("counted", &figure.counted)];
            self.words(reading, &parts, &figure.evidence);
        }
        let giver = first::<Option<i64>>(self.connection, "SELECT statement FROM figure WHERE id = ?", item)?;
        giver.flatten().map_or(Ok(()), |statement| self.statement(reading, statement))
    }

    fn statement(&mut self, reading: &Reading, item: i64) -> Result<()> {
        self.lines(Step::Statement, "SELECT * FROM statement_line WHERE item = ?", item)?;
        let n = item - items_of(self.report).0;
        if let Some(statement) = reading.statements.iter().find(|s| i64::from(s.id.0) == n) {
            let parts =
                [("source", &statement.source), ("cue", &statement.cue), ("content", &statement.content)];
            self.words(reading, &parts, &statement.evidence);
        }
        let quotes = "SELECT y.* FROM quotation x JOIN quote_line y ON y.item = x.statement WHERE x.statement = ?1
            UNION ALL SELECT y.* FROM quotation x JOIN quote_line y ON y.item = x.root WHERE x.statement = ?1";
        self.lines(Step::Quote, quotes, item)
    }

    /// The words that each field was read from.
    fn words(&mut self, reading: &Reading, parts: &[(&str, &Words)], evidence: &Evidence) {
        let text = &reading.report.text;
        let points = CodePoints::of(text);
        let parts = parts.iter().map(|(field, words)| (*field, &words.spans));
        let fields = evidence.iter().map(|(field, spans)| (field.as_str(), spans));
        for (field, spans) in parts.chain(fields) {
            let Some(cover) = spans.iter().copied().reduce(Span::cover) else { continue };
            let words = Words::at(text, spans.clone());
            let at = |byte| Value::Integer(i64::try_from(points.from_byte(byte)).unwrap_or(i64::MAX));
            let row = [
                ("field", Value::Text(field.to_owned())),
                ("words", Value::Text(words.text)),
                ("begin", at(cover.begin)),
                ("end", at(cover.end)),
            ];
            (self.each)(Step::Words, &row);
        }
    }

    /// All that is the same for every statement and figure of the report.
    fn of_report(&mut self) -> Result<()> {
        let report = self.report;
        let captures = "SELECT v.* FROM captures v
            WHERE v.sha256 = (SELECT lower(hex(sha256)) FROM capture WHERE id = ?) ORDER BY path, record";
        self.lines(Step::Capture, captures, report)?;
        let copies = "SELECT * FROM copy_line WHERE item = ?1 AND (copies > 0 OR kind <> 'origin')
            UNION ALL SELECT y.* FROM copy x JOIN copy_line y ON y.item = x.root WHERE x.report = ?1";
        self.lines(Step::Copy, copies, report)?;
        let story = "SELECT y.* FROM story x JOIN story_line y ON y.item = x.root WHERE x.report = ?";
        self.lines(Step::Story, story, report)?;
        let decisions =
            "SELECT * FROM decisions WHERE id IN (SELECT lower(hex(id)) FROM decision WHERE report = ?)";
        self.lines(Step::Decision, decisions, report)
    }
}
