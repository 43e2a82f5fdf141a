//! Listings together with the report and the place in it that each line was read from.

use ascribe_record::{Reading, Report, Span};

use crate::add::Stored;
use crate::list::{Filter, Listing, Row};
use crate::log;
use crate::quote::Quote;
use crate::rows::{Rows, cover, figure_parts, statement_parts};
use crate::{Error, Ledger, Result};

/// Where the words of a statement or figure stand.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'r> {
    /// The report, without its bytes.
    pub report: &'r Report,
    /// The words (of a statement its content, failing that its cue or source) and what stands around
    /// them, as they were read.
    pub quote: &'r Quote,
    /// Where they stand in the report's text, in bytes; empty if the item has no words.
    pub span: Span,
}

/// A report with its items as decisions left them.
struct Opened {
    sha256: String,
    reading: Reading,
    rows: Rows,
}

impl Ledger {
    /// As [`list`](Self::list), of statements or figures, each with its place. The report is unpacked once
    /// for all of its lines.
    ///
    /// # Errors
    /// If the ledger cannot be read, or the lines of the listing have no place.
    pub fn list_placed(
        &self,
        listing: Listing,
        filter: &Filter,
        each: &mut dyn FnMut(&Row<'_>, Placed<'_>) -> bool,
    ) -> Result<()> {
        if !matches!(listing, Listing::Statements | Listing::Figures) {
            return Err(Error::request("only statements and figures have a place"));
        }
        let (mut opened, mut failed): (Option<Opened>, Option<Error>) = (None, None);
        self.list(listing, filter, &mut |row| match self.placed(&mut opened, row, each) {
            Ok(go_on) => go_on,
            Err(error) => {
                failed = Some(error);
                false
            }
        })?;
        failed.map_or(Ok(()), Err)
    }

    fn placed(
        &self,
        opened: &mut Option<Opened>,
        row: &Row<'_>,
        each: &mut dyn FnMut(&Row<'_>, Placed<'_>) -> bool,
    ) -> Result<bool> {
        let text = |name: &str| match row.iter().find(|(column, _)| *column == name) {
            Some((_, rusqlite::types::Value::Text(text))) => Ok(text.as_str()),
            _ => Err(Error::damaged(format!("a line without '{name}'"))),
        };
        let (sha256, id) = (text("report")?, text("id")?);
        let known = opened.take().filter(|opened| opened.sha256 == sha256);
        let report = opened.insert(match known {
            Some(known) => known,
            None => self.opened(sha256)?,
        });
        let damaged = || Error::damaged(format!("{id} is not what its reading gives"));
        let (quote, span) = report.place(id).ok_or_else(damaged)?;
        Ok(each(row, Placed { report: &report.reading.report, quote, span }))
    }

    fn opened(&self, sha256: &str) -> Result<Opened> {
        let (id, _) = crate::target::report_of(&self.connection, sha256)?;
        let stored = Stored::load(&self.connection, id)?;
        let (rows, _) = stored.decided(&log::of_report(&self.connection, id)?);
        Ok(Opened { sha256: sha256.to_owned(), reading: stored.reading, rows })
    }
}

impl Opened {
    /// The quote of the item with this id, and where it stands; `None` if there is no such item.
    fn place(&self, id: &str) -> Option<(&Quote, Span)> {
        let (_, item) = id.split_once('.')?;
        let key = u32::from_str_radix(item.get(1..)?, 16).ok()?;
        let of_statement = item.starts_with('s');
        let items = if of_statement { &self.rows.statements } else { &self.rows.figures };
        let item = items.iter().find(|item| item.key == key)?;
        let span = if item.is_added {
            let at = item.quote.find(&self.reading.report.text)?;
            Some(Span::new(at, at + item.quote.exact.len()))
        } else if of_statement {
            cover(&statement_parts(self.reading.statements.iter().find(|s| s.id.0 == item.n)?))
        } else {
            cover(&figure_parts(self.reading.figures.iter().find(|f| f.id.0 == item.n)?))
        };
        Some((&item.quote, span.unwrap_or(Span::new(0, 0))))
    }
}
