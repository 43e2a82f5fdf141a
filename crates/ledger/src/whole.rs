//! One report with all that is known of it.

use ascribe_record::{CodePoints, Reading};
use rusqlite::types::Value;

use crate::add::Stored;
use crate::list::{Filter, Listing, walk};
use crate::page::owned;
use crate::target::{Target, resolve};
use crate::write::first;
use crate::{Error, Ledger, Result, log};

/// A report as the reader read it, and as decisions left it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its line in the listing of reports.
    pub line: Vec<(String, Value)>,
    /// The newest reading, before decisions.
    pub reading: Reading,
    /// Its statements, as decisions left them.
    pub statements: Vec<Item>,
    /// Its figures, as decisions left them.
    pub figures: Vec<Item>,
    /// Where it was obtained: `path`, `record`, `obtained`.
    pub places: Vec<Vec<(String, Value)>>,
}

/// A statement or figure of a report.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number in the reading; `None` for what people added.
    pub n: Option<u32>,
    /// Its line in the listing.
    pub line: Vec<(String, Value)>,
    /// Where its words stand in the text, in code points.
    pub span: Option<[usize; 2]>,
}

impl Ledger {
    /// The report that `id` names, or that has what it names; `None` if it was redacted.
    ///
    /// # Errors
    /// If there is no such report or it cannot be read.
    pub fn whole(&self, id: &str) -> Result<Option<Whole>> {
        // One moment for all of its queries, whatever others write meanwhile.
        let moment = self.connection.unchecked_transaction()?;
        let (report, sha256) = match resolve(&moment, id)? {
            Target::Report(report, sha256) | Target::Item { report, sha256, .. } => (report, sha256),
            Target::Actor(..) => return Err(Error::not_found(format!("{id} is no report"))),
        };
        if first::<i64>(&moment, "SELECT 1 FROM report WHERE id = ?", report)?.is_none() {
            let is_redacted = "SELECT bytes IS NULL FROM capture WHERE id = ?";
            return match first(&moment, is_redacted, report)? {
                Some(true) => Ok(None),
                _ => Err(Error::not_found(format!("{id} is no report: it was refused"))),
            };
        }
        let stored = Stored::load(&moment, report)?;
        let (rows, _) = stored.decided(&log::of_report(&moment, report)?);
        let text = &stored.reading.report.text;
        let points = CodePoints::of(text);
        let filter = Filter { id: Some(sha256.to_string()), ..Filter::default() };
        let items = |listing, items: &[crate::rows::Item]| -> Result<Vec<Item>> {
            let mut found = Vec::with_capacity(items.len());
            walk(&moment, listing, &filter, None, &mut |_, line| {
                found.push(owned(line));
                true
            })?;
            let placed = items.iter().zip(found).map(|(item, line)| {
                let at = Some(item.quote.exact.len()).filter(|n| *n > 0).and_then(|_| item.quote.find(text));
                let span = at.map(|at| [at, at + item.quote.exact.len()].map(|byte| points.from_byte(byte)));
                Item { n: (!item.is_added).then_some(item.n), line, span }
            });
            Ok(placed.collect())
        };
        let (statements, figures) =
            (items(Listing::Statements, &rows.statements)?, items(Listing::Figures, &rows.figures)?);
        let mut line = Vec::new();
        walk(&moment, Listing::Reports, &filter, None, &mut |_, row| {
            line = owned(row);
            false
        })?;
        let places = self.table(
            "SELECT p.path AS path, nullif(s.record, 0) AS record, s.obtained AS obtained
             FROM sighting s JOIN place p ON p.id = s.place WHERE s.capture = ? ORDER BY 3, 1, 2 LIMIT 100",
            vec![report.into()],
        )?;
        Ok(Some(Whole { line, reading: stored.reading, statements, figures, places }))
    }
}
