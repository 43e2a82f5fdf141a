//! Listings: what stands in a ledger, filtered, in an order that is the same in every ledger.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::page::{Mark, Order};
use crate::query::Query;
use crate::{Ledger, Result};

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Reports, by date.
    Reports,
    /// Statements, by the date of their report.
    Statements,
    /// Figures, by the date of their report.
    Figures,
    /// Who speaks, the most frequent first.
    Speakers,
    /// Reports that hold the words, the best first.
    SearchReports,
    /// Statements that hold the words, the best first.
    SearchStatements,
    /// Reports that share their text, group by group: where it is first, then its copies.
    Copies,
    /// Stories that two reports tell or more, by the first of them.
    Stories,
    /// The reports of a story, by date.
    StoryReports,
    /// Statements that quote one utterance, group by group, the first of each before the others.
    Quotes,
    /// Figures that count the same thing, series by series, each in the order of its states.
    Series,
    /// What to look at, story by story.
    Flags,
    /// What is no report, by place.
    Refused,
    /// The log of decisions.
    Decisions,
}

/// Which of them. A field that a listing does not have is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the speaker's name, or an actor's id.
    pub speaker: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The first date of publication: a year, month or day.
    pub from: Option<String>,
    /// The last date of publication: a year, month or day, which is included.
    pub to: Option<String>,
    /// What is done by saying it.
    pub act: Option<String>,
    /// How openly the speaker is named.
    pub naming: Option<String>,
    /// What a figure measures.
    pub measure: Option<String>,
    /// Where, as the report words it; case does not matter.
    pub place: Option<String>,
    /// What people said of it: `open`, `accepted`, `corrected`, `rejected`.
    pub status: Option<String>,
    /// The id of a report, statement or figure, or its beginning; of decisions what they are about.
    pub id: Option<String>,
    /// Words to search for.
    pub words: Option<String>,
    /// Only utterances of which the words differ somewhere.
    pub drift: bool,
    /// Who decided.
    pub author: Option<String>,
    /// What was decided.
    pub action: Option<String>,
    /// The order of what has dates.
    pub order: Order,
    /// The story: its id, or that of any of its reports.
    pub story: Option<String>,
    /// Statements and figures on which a flag rests: its id, or the kind of it.
    pub flag: Option<String>,
    /// The kind of a flag.
    pub kind: Option<String>,
    /// Flags that were dismissed, too.
    pub dismissed: bool,
    /// No more than these.
    pub limit: Option<u64>,
}

/// One line of a listing: names and values of its columns.
pub type Row<'r> = [(&'r str, Value)];

impl Ledger {
    /// The names of the columns of a listing, whether it has lines or not.
    ///
    /// # Errors
    /// If the ledger cannot be read or the filter does not fit the listing.
    pub fn columns(&self, listing: Listing, filter: &Filter) -> Result<Vec<String>> {
        let query = Query::of(&self.connection, listing, filter, None)?;
        let select = self.connection.prepare(query.line.unwrap_or(&query.sql))?;
        let names = select.column_names().filter(|name| *name != "item").map(str::to_owned);
        Ok(names.chain(query.search.is_some().then(|| "snippet".to_owned())).collect())
    }

    /// Gives each line to `each`, which returns whether it wants more.
    ///
    /// # Errors
    /// If the ledger cannot be read or the filter does not fit the listing.
    pub fn list(
        &self,
        listing: Listing,
        filter: &Filter,
        each: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<()> {
        // One moment for all of its queries, whatever others write meanwhile.
        let moment = self.connection.unchecked_transaction()?;
        walk(&moment, listing, filter, None, &mut |_, row| each(row))
    }
}

/// Gives each line behind `after` to `each`, with its row number, 0 where a line has none.
pub(crate) fn walk(
    moment: &Connection,
    listing: Listing,
    filter: &Filter,
    after: Option<Mark>,
    each: &mut dyn FnMut(i64, &Row<'_>) -> bool,
) -> Result<()> {
    let query = Query::of(moment, listing, filter, after)?;
    let Some(line) = query.line else { return lines(moment, &query.sql, query.parameters, each) };
    if let Some(speakers) = &query.speakers {
        let mut ids = query.of_speakers(moment, speakers, filter.limit)?.into_iter();
        return ids.try_fold(true, |go_on, id| one_line(moment, line, id, None, go_on, each)).map(drop);
    }
    let mut ids = moment.prepare(&query.sql)?;
    let mut ids = ids.query(rusqlite::params_from_iter(&query.parameters))?;
    let (mut go_on, mut n_lines) = (true, 0);
    while let (true, Some(row)) = (go_on && filter.limit != Some(n_lines), ids.next()?) {
        let id: i64 = row.get(0)?;
        let snippet = match &query.search {
            Some(search) => match search.snippet(moment, id)? {
                Some(snippet) => Some(snippet),
                None => continue,
            },
            None => None,
        };
        n_lines += 1;
        go_on = one_line(moment, line, id, snippet, go_on, each)?;
    }
    Ok(())
}

/// Gives the line of one row on, unless no more are wanted; returns whether more are.
fn one_line(
    connection: &Connection,
    sql: &str,
    id: i64,
    snippet: Option<Value>,
    mut go_on: bool,
    each: &mut dyn FnMut(i64, &Row<'_>) -> bool,
) -> Result<bool> {
    if go_on {
        lines(connection, sql, vec![id.into()], &mut |item, row| {
            let mut row: Vec<(&str, Value)> = row.to_vec();
            row.extend(snippet.clone().map(|snippet| ("snippet", snippet)));
            go_on = each(item, &row);
            go_on
        })?;
    }
    Ok(go_on)
}

/// Runs one query and gives its rows on, the program's own column `item` apart.
pub(crate) fn lines(
    connection: &Connection,
    sql: &str,
    parameters: Vec<Value>,
    each: &mut dyn FnMut(i64, &Row<'_>) -> bool,
) -> Result<()> {
    let mut select = connection.prepare_cached(sql)?;
    let names: Vec<String> = select.column_names().map(str::to_owned).collect();
    let mut rows = select.query(rusqlite::params_from_iter(parameters))?;
    while let Some(row) = rows.next()? {
        let mut line = Vec::with_capacity(names.len());
        for (i, name) in names.iter().enumerate().filter(|(_, name)| *name != "item") {
            line.push((name.as_str(), row.get::<_, Value>(i)?));
        }
        let item = names.iter().position(|name| name == "item").map(|i| row.get(i)).transpose()?;
        if !each(item.unwrap_or(0), &line) {
            break;
        }
    }
    Ok(())
}
