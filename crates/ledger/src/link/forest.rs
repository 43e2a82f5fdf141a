//! The three forests in their tables: links set and taken away, and the roots of trees.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, params};

use super::compare::{Copied, Repeated, Told};
use super::pin;
use crate::Result;
use crate::write::{first, items_of};

/// Items of whose trees the roots are to be found again.
#[derive(Debug, Default)]
pub(super) struct Loose {
    copies: BTreeSet<i64>,
    stories: BTreeSet<i64>,
    quotations: BTreeSet<i64>,
}

/// A forest.
#[derive(Clone, Copy)]
enum Forest {
    Copy,
    Story,
    Quotation,
}

impl Forest {
    /// Its table, and the columns of an item and of the one before it.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Copy => ("copy", "report", "original"),
            Self::Story => ("story", "report", "earlier"),
            Self::Quotation => ("quotation", "statement", "earlier"),
        }
    }

    /// The one before an item, if it has one.
    fn above(self, connection: &Connection, item: i64) -> Result<Option<i64>> {
        let (table, id, above) = self.names();
        let found =
            first::<Option<i64>>(connection, &format!("SELECT {above} FROM {table} WHERE {id} = ?"), item)?;
        Ok(found.flatten())
    }

    /// Those that an item is before.
    fn below(self, connection: &Connection, item: i64) -> Result<Vec<i64>> {
        let (table, id, above) = self.names();
        let mut select = connection.prepare_cached(&format!("SELECT {id} FROM {table} WHERE {above} = ?"))?;
        let rows = select.query_map([item], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The root that an item's row names; an item without one is its own.
    fn root(self, connection: &Connection, item: i64) -> Result<i64> {
        let (table, id, _) = self.names();
        Ok(first(connection, &format!("SELECT root FROM {table} WHERE {id} = ?"), item)?.unwrap_or(item))
    }

    /// Finds the roots of the trees of these items again.
    fn settle(self, connection: &Connection, items: &BTreeSet<i64>) -> Result<()> {
        let (table, id, _) = self.names();
        let has_pins = matches!(self, Self::Story) && pin::any(connection)?;
        let mut seen = HashSet::new();
        for item in items {
            let mut tree = Vec::new();
            let mut next = vec![*item];
            while let Some(item) = next.pop() {
                if !seen.insert(item) {
                    continue;
                }
                tree.push(item);
                next.extend(self.above(connection, item)?);
                next.extend(self.below(connection, item)?);
                if has_pins {
                    next.extend(pin::joined(connection, item)?);
                }
            }
            let Some(root) = self.first_of(connection, &tree)? else { continue };
            let mut update = connection
                .prepare_cached(&format!("UPDATE {table} SET root = ?2 WHERE {id} = ?1 AND root <> ?2"))?;
            for item in tree {
                if matches!(self, Self::Story) {
                    touch(connection, self.root(connection, item)?)?;
                }
                update.execute([item, root])?;
            }
            if matches!(self, Self::Story) {
                touch(connection, root)?;
            }
        }
        Ok(())
    }

    /// The first of a tree: of one without pins the one that has none before it.
    fn first_of(self, connection: &Connection, tree: &[i64]) -> Result<Option<i64>> {
        let mut first_one: Option<(i64, i64)> = None;
        for item in tree {
            if self.above(connection, *item)?.is_some() {
                continue;
            }
            let report = match self {
                Self::Quotation => crate::write::number_of(*item).0,
                _ => *item,
            };
            let place: Option<i64> = first(connection, "SELECT place FROM linked WHERE report = ?", report)?;
            let Some(place) = place else { continue };
            if first_one.is_none_or(|earliest| (place, *item) < earliest) {
                first_one = Some((place, *item));
            }
        }
        Ok(first_one.map(|(_, item)| item))
    }
}

impl Loose {
    /// Finds all roots again.
    pub(super) fn settle(self, connection: &Connection) -> Result<()> {
        Forest::Copy.settle(connection, &self.copies)?;
        Forest::Story.settle(connection, &self.stories)?;
        Forest::Quotation.settle(connection, &self.quotations)
    }

    /// The story of this report is to be found again.
    fn story(&mut self, report: i64) {
        self.stories.insert(report);
    }

    /// Sets what a report is a copy of.
    pub(super) fn set_copy(
        &mut self,
        connection: &Connection,
        report: i64,
        copied: Option<&Copied>,
    ) -> Result<()> {
        let Some(Copied { original, kind, probability, share }) = copied else {
            let n = connection.prepare_cached("DELETE FROM copy WHERE report = ?")?.execute([report])?;
            if n > 0 {
                self.copies.insert(report);
            }
            return Ok(());
        };
        let (was, root) = (Forest::Copy.root(connection, report)?, Forest::Copy.root(connection, *original)?);
        connection
            .prepare_cached(
                "REPLACE INTO copy (report, original, kind, probability, share, root) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![report, original, kind, probability, share, root])?;
        if was != root && !Forest::Copy.below(connection, report)?.is_empty() {
            self.copies.insert(report);
        }
        Ok(())
    }

    /// Sets the report before a report in its story.
    pub(super) fn set_story(
        &mut self,
        connection: &Connection,
        report: i64,
        told: Option<&Told>,
    ) -> Result<()> {
        let was: Option<(Option<i64>, i64)> = connection
            .prepare_cached("SELECT earlier, root FROM story WHERE report = ?")?
            .query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?
            .next()
            .transpose()?;
        let earlier = told.map(|told| told.earlier);
        let root = earlier.map_or(Ok(report), |earlier| Forest::Story.root(connection, earlier))?;
        connection
            .prepare_cached("REPLACE INTO story (report, earlier, probability, root) VALUES (?, ?, ?, ?)")?
            .execute(params![report, earlier, told.map(|told| told.probability), root])?;
        touch(connection, root)?;
        let has_pins = pin::any(connection)?;
        let Some((was_earlier, was_root)) = was else {
            if has_pins {
                self.story(report);
            }
            return Ok(());
        };
        if was_earlier != earlier {
            touch(connection, was_root)?;
        }
        // Of one tree that hangs otherwise the root stays, but where pins hold it together.
        if was_root != root || (has_pins && was_earlier != earlier) {
            self.stories.extend([report].into_iter().chain(was_earlier));
        }
        Ok(())
    }

    /// Sets what a statement repeats.
    pub(super) fn set_quotation(
        &mut self,
        connection: &Connection,
        statement: i64,
        repeated: Option<&Repeated>,
    ) -> Result<()> {
        let was: Option<(i64, i64)> = connection
            .prepare_cached("SELECT earlier, root FROM quotation WHERE statement = ?")?
            .query_map([statement], |row| Ok((row.get(0)?, row.get(1)?)))?
            .next()
            .transpose()?;
        let Some(Repeated { earlier, n_same, drift }) = repeated else {
            if was.is_some() {
                connection
                    .prepare_cached("DELETE FROM quotation WHERE statement = ?")?
                    .execute([statement])?;
                self.quotations.insert(statement);
            }
            return Ok(());
        };
        let root = Forest::Quotation.root(connection, *earlier)?;
        let drift =
            (!drift.is_empty()).then(|| serde_json::to_string(drift).expect("strings always serialise"));
        connection
            .prepare_cached(
                "REPLACE INTO quotation (statement, earlier, n_same, drift, root) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![statement, earlier, *n_same as i64, drift, root])?;
        if was.is_none_or(|(_, was_root)| was_root != root)
            && !Forest::Quotation.below(connection, statement)?.is_empty()
        {
            self.quotations.insert(statement);
        }
        Ok(())
    }

    /// Takes a report out of copies and stories; those it was before are returned, for they look again.
    pub(super) fn cut_texts(&mut self, connection: &Connection, report: i64) -> Result<Vec<i64>> {
        let copies = Forest::Copy.below(connection, report)?;
        connection.execute("DELETE FROM copy WHERE report = ?1 OR original = ?1", [report])?;
        self.copies.extend(&copies);
        let told = Forest::Story.below(connection, report)?;
        touch(connection, Forest::Story.root(connection, report)?)?;
        self.stories.extend(told.iter().copied().chain(Forest::Story.above(connection, report)?));
        self.stories.extend(pin::joined(connection, report)?);
        connection
            .execute("UPDATE story SET earlier = NULL, probability = NULL WHERE earlier = ?", [report])?;
        connection.execute("DELETE FROM story WHERE report = ?", [report])?;
        pin::set(connection, report, None)?;
        self.copies.remove(&report);
        self.stories.remove(&report);
        Ok([copies, told].concat())
    }

    /// Takes the statements of a report out of quotations; the reports of those that they were before are
    /// returned, for they look again.
    pub(super) fn cut_quotes(&mut self, connection: &Connection, report: i64) -> Result<Vec<i64>> {
        let (low, high) = items_of(report);
        let mut select =
            connection.prepare_cached("SELECT statement FROM quotation WHERE earlier BETWEEN ? AND ?")?;
        let below = select.query_map([low, high], |row| row.get(0))?;
        let below: Vec<i64> = below.collect::<rusqlite::Result<_>>()?;
        connection.execute("DELETE FROM quotation WHERE earlier BETWEEN ? AND ?", [low, high])?;
        connection.execute("DELETE FROM quotation WHERE statement BETWEEN ? AND ?", [low, high])?;
        self.quotations.extend(below.iter().filter(|item| !(low..=high).contains(*item)));
        Ok(below.into_iter().map(|item| crate::write::number_of(item).0).collect())
    }
}

/// Notes that something changed in a story.
pub(super) fn touch(connection: &Connection, story: i64) -> Result<()> {
    connection.prepare_cached("INSERT OR IGNORE INTO touched (story) VALUES (?)")?.execute([story])?;
    Ok(())
}
