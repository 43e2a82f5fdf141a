//! One batch of linking: keys entered, candidates chosen, links written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use ascribe_link::{TextKeys, Utterance, held_share};
use rusqlite::{Connection, params};

use super::cache::{Cache, ready, spread};
use super::compare::{Candidates, Found, found};
use super::features::{Features, Raw};
use super::forest::{Loose, touch};
use super::keys::Keys;
use super::near::{Holder, Index, Near};
use super::pin;
use crate::Result;
use crate::write::{first, items_of, number_of};

/// Reports with which those of a batch are compared at once: what is in memory.
const AT_ONCE: usize = 4000;

/// A report, or a quotation, is compared with so many at most: those that share the most keys.
const MOST_TEXTS: usize = 8;
const MOST_TOPICS: usize = 16;
const MOST_QUOTES: usize = 8;

/// Nobody is compared whose keys tell that less than this share of one is in the other: half of what two
/// that are linked share at least, as keys are a sample.
const LEAST_SHARE: f64 = 0.25;

/// So many of their weightiest terms two reports share at least to be compared.
const LEAST_TERMS: usize = 2;

/// One batch of linking.
pub(super) struct Linker<'a> {
    connection: &'a Connection,
    cache: &'a mut Cache,
    loose: Loose,
}

/// A report that looks for those before it.
struct Looker {
    report: Arc<Features>,
    /// Whether its text and topic are looked for.
    texts: bool,
    /// Whether its quotations are.
    quotes: bool,
}

impl Looker {
    /// Whether keys of this sort are looked for.
    fn asks(&self, index: Index) -> bool {
        if index == Index::Quote { self.quotes } else { self.texts }
    }
}

/// What is known of a linked report.
struct Before {
    place: i64,
    mark: i64,
    said: i64,
    keys: Keys,
}

impl<'a> Linker<'a> {
    pub(super) fn new(connection: &'a Connection, cache: &'a mut Cache) -> Self {
        Self { connection, cache, loose: Loose::default() }
    }

    /// Links reports that were written or removed.
    pub(super) fn take(&mut self, reports: &[i64]) -> Result<()> {
        let mut raws = Vec::with_capacity(reports.len());
        for report in reports {
            match Raw::load(self.connection, *report)? {
                Some(raw) => raws.push(raw),
                None => self.unlink_all(*report)?,
            }
        }
        // All keys are made on all threads.
        let reports = spread(ready(raws)?, |report| {
            report.keys();
            report
        });
        let mut lookers = Vec::new();
        for report in reports {
            let before = self.before(report.report)?;
            let texts = before.as_ref().is_none_or(|before| before.mark != report.mark());
            let quotes = before.as_ref().is_none_or(|before| before.said != report.said());
            if let Some(before) = before {
                self.unlink(report.report, &before, texts, quotes)?;
            }
            lookers.push(Looker { report, texts, quotes });
        }
        // Figures may be others even where no words are.
        let old = lookers.iter().filter(|looker| !looker.texts);
        for looker in old {
            let story: Option<i64> =
                first(self.connection, "SELECT root FROM story WHERE report = ?", looker.report.report)?;
            story.map(|story| touch(self.connection, story)).transpose()?;
        }
        lookers.retain(|looker| looker.texts || looker.quotes);
        self.enter(&lookers)?;
        self.look(lookers, true)
    }

    /// Links reports again that are linked.
    pub(super) fn look_again(&mut self, reports: &[i64]) -> Result<()> {
        let mut linked = HashSet::with_capacity(reports.len());
        for report in reports {
            let unlinked = "SELECT report FROM unlinked WHERE report = ?";
            // What was written meanwhile is first linked as it is now.
            if first::<i64>(self.connection, unlinked, report)?.is_some() {
                self.again([*report])?;
                continue;
            }
            linked.extend(first::<i64>(
                self.connection,
                "SELECT report FROM linked WHERE report = ?",
                report,
            )?);
        }
        let mut reports: Vec<Arc<Features>> =
            self.cache.all(self.connection, &linked)?.into_values().collect();
        reports.sort_by_key(|report| (report.place, report.report));
        let looker = |report| Looker { report, texts: true, quotes: true };
        self.look(reports.into_iter().map(looker).collect(), false)
    }

    fn before(&self, report: i64) -> Result<Option<Before>> {
        let mut select =
            self.connection.prepare_cached("SELECT place, mark, said, keys FROM linked WHERE report = ?")?;
        let mut rows = select.query([report])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let keys = Keys::from_blob(row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?)?;
        Ok(Some(Before { place: row.get(0)?, mark: row.get(1)?, said: row.get(2)?, keys }))
    }

    /// Takes a report out of all that is kept of links.
    pub(super) fn unlink_all(&mut self, report: i64) -> Result<()> {
        if let Some(before) = self.before(report)? {
            self.unlink(report, &before, true, true)?;
            self.connection.execute("DELETE FROM linked WHERE report = ?", [report])?;
        }
        let (low, high) = items_of(report);
        self.connection.execute("DELETE FROM series_figure WHERE figure BETWEEN ? AND ?", [low, high])?;
        self.connection.execute("DELETE FROM flag WHERE report = ?", [report])?;
        self.settle()
    }

    /// Finds the roots of all trees again that were changed.
    pub(super) fn settle(&mut self) -> Result<()> {
        std::mem::take(&mut self.loose).settle(self.connection)
    }

    /// Takes out links and keys of texts, of quotations or of both, and lets those look again that looked
    /// at it.
    fn unlink(&mut self, report: i64, before: &Before, texts: bool, quotes: bool) -> Result<()> {
        self.cache.forget(report);
        let mut again = Vec::new();
        for (index, is_meant) in [(Index::Text, texts), (Index::Topic, texts), (Index::Quote, quotes)] {
            if is_meant {
                let looks = index.looks(0, before.place, &before.keys);
                let n = before.keys.quotes.len().max(1);
                for (who, near) in index.near(self.connection, n, looks)?.into_iter().enumerate() {
                    again.extend(self.affected(index, report, &before.keys, who, &near)?);
                }
                index.delete(self.connection, report, before.place, &before.keys)?;
            }
        }
        if texts {
            again.extend(self.loose.cut_texts(self.connection, report)?);
        }
        if quotes {
            again.extend(self.loose.cut_quotes(self.connection, report)?);
        }
        self.again(again.into_iter().filter(|other| *other != report))
    }

    fn again(&self, reports: impl IntoIterator<Item = i64>) -> Result<()> {
        let mut insert = self.connection.prepare_cached("INSERT OR IGNORE INTO look (report) VALUES (?)")?;
        for report in reports {
            insert.execute([report])?;
        }
        Ok(())
    }

    /// Enters the keys of reports, and all else that is kept of them.
    fn enter(&mut self, lookers: &[Looker]) -> Result<()> {
        for index in Index::ALL {
            let mut rows = Vec::new();
            for looker in lookers {
                let report = &looker.report;
                if looker.asks(index) {
                    let held = index.held(report.report, report.keys());
                    rows.extend(held.into_iter().map(|(key, item)| (key, report.place, item)));
                }
            }
            index.insert(self.connection, rows)?;
        }
        let mut insert = self.connection.prepare_cached(
            "REPLACE INTO linked (report, place, mark, said, credit, keys) VALUES (?, ?, ?, ?, ?, ?)",
        )?;
        for Looker { report, texts, .. } in lookers {
            let keys = report.keys().to_blob();
            let values =
                params![report.report, report.place, report.mark(), report.said(), report.credit(), keys];
            insert.execute(values)?;
            if *texts && report.pin.is_some() {
                pin::set(self.connection, report.report, report.pin)?;
            }
            self.cache.put(Arc::clone(report));
        }
        Ok(())
    }

    /// Finds for each the one before it, and if they are new, lets those behind them look again.
    fn look(&mut self, mut lookers: Vec<Looker>, is_new: bool) -> Result<()> {
        lookers.sort_by_key(|looker| (looker.report.place, looker.report.report));
        let mut candidates: Vec<Candidates> = lookers
            .iter()
            .map(|looker| Candidates {
                texts: looker.texts.then(Vec::new),
                topics: Vec::new(),
                quotes: looker.quotes.then(|| vec![Vec::new(); looker.report.quotes().len()]),
            })
            .collect();
        let looking: HashSet<i64> =
            lookers.iter().filter(|l| l.texts && l.quotes).map(|l| l.report.report).collect();
        for index in Index::ALL {
            // Which looker, and of quotations which of its, a number means.
            let (mut meant, mut looks) = (Vec::new(), Vec::new());
            for (i, looker) in lookers.iter().enumerate() {
                let report = &looker.report;
                let n = if index == Index::Quote { report.quotes().len() } else { 1 };
                if looker.asks(index) {
                    looks.extend(index.looks(meant.len(), report.place, report.keys()));
                    meant.extend((0..n).map(|which| (i, which)));
                }
            }
            let near = index.near(self.connection, meant.len(), looks)?;
            for ((i, which), near) in meant.into_iter().zip(near) {
                let report = Arc::clone(&lookers[i].report);
                let chosen = self.chosen(index, report.keys(), which, &near.before)?;
                match index {
                    Index::Text => candidates[i].texts = Some(chosen),
                    Index::Topic => candidates[i].topics = chosen,
                    Index::Quote => {
                        if let Some(quotes) = &mut candidates[i].quotes {
                            quotes[which] = chosen;
                        }
                    }
                }
                if is_new {
                    let affected = self.affected(index, report.report, report.keys(), which, &near)?;
                    self.again(affected.into_iter().filter(|other| !looking.contains(other)))?;
                }
            }
        }
        self.compare(lookers, candidates)
    }

    /// Whom of those before it a report is compared with.
    fn chosen(&mut self, index: Index, keys: &Keys, which: usize, before: &[Holder]) -> Result<Vec<i64>> {
        let mut ranked: Vec<(f64, Holder)> = Vec::new();
        for (holder, n) in counted(before) {
            let share = match index {
                Index::Topic => n as f64,
                _ => self.share(index, keys, which, holder.item)?,
            };
            if share >= least(index) {
                ranked.push((share, holder));
            }
        }
        let most = match index {
            Index::Text => MOST_TEXTS,
            Index::Topic => MOST_TOPICS,
            Index::Quote => MOST_QUOTES,
        };
        // Of copies the earliest are wanted; of topics the nearest are the likelier.
        let towards = |holder: &Holder| match index {
            Index::Topic => (-holder.place, -holder.item),
            _ => (holder.place, holder.item),
        };
        ranked.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(towards(x).cmp(&towards(y))));
        Ok(ranked.into_iter().take(most).map(|(_, holder)| holder.item).collect())
    }

    /// The reports behind one that choose otherwise as it comes or goes.
    fn affected(
        &mut self,
        index: Index,
        report: i64,
        keys: &Keys,
        which: usize,
        near: &Near,
    ) -> Result<BTreeSet<i64>> {
        let report_of = |item| if index == Index::Quote { number_of(item).0 } else { item };
        let mut affected: BTreeSet<i64> = near.pushed.iter().map(|holder| report_of(holder.item)).collect();
        for (holder, n) in counted(&near.behind) {
            if affected.contains(&report_of(holder.item)) {
                continue;
            }
            let share = match index {
                Index::Topic => n as f64,
                _ => self.share(index, keys, which, holder.item)?,
            };
            if share >= least(index) {
                affected.insert(report_of(holder.item));
            }
        }
        affected.remove(&report);
        Ok(affected)
    }

    /// How much one text or quotation and another share, as their keys tell.
    fn share(&mut self, index: Index, keys: &Keys, which: usize, item: i64) -> Result<f64> {
        Ok(match index {
            Index::Quote => {
                let (report, n) = number_of(item);
                let others = self.cache.keys(self.connection, report)?;
                let other = others.quotes.iter().find(|(other, _)| *other == n);
                match (keys.quotes.get(which), other) {
                    (Some((_, own)), Some((_, other))) => held_share(own, other, Utterance::MOST_KEYS),
                    _ => 0.0,
                }
            }
            _ => held_share(&keys.text, &self.cache.keys(self.connection, item)?.text, TextKeys::MOST),
        })
    }

    /// Compares all with their candidates, and writes what was found.
    fn compare(&mut self, lookers: Vec<Looker>, candidates: Vec<Candidates>) -> Result<()> {
        let mut rest: Vec<(Looker, Candidates)> = lookers.into_iter().zip(candidates).collect();
        while !rest.is_empty() {
            let mut reports = HashSet::new();
            let fits = rest.iter().take_while(|(_, candidates)| {
                reports.extend(reports_of(candidates));
                reports.len() <= AT_ONCE
            });
            let n = fits.count().max(1);
            let later = rest.split_off(n);
            let reports: HashSet<i64> = rest.iter().flat_map(|(_, c)| reports_of(c)).collect();
            let others: HashMap<i64, Arc<Features>> = self.cache.all(self.connection, &reports)?;
            let compared = spread(rest, |(looker, candidates)| {
                let found = found(&looker.report, &candidates, &others);
                (looker.report, found)
            });
            for (report, found) in compared {
                self.write(&report, &found)?;
            }
            rest = later;
        }
        Ok(())
    }

    fn write(&mut self, report: &Features, found: &Found) -> Result<()> {
        if let Some((copied, told)) = &found.texts {
            self.loose.set_copy(self.connection, report.report, copied.as_ref())?;
            self.loose.set_story(self.connection, report.report, told.as_ref())?;
        }
        for (n, repeated) in found.quotes.iter().flatten() {
            let statement = items_of(report.report).0 + i64::from(*n);
            self.loose.set_quotation(self.connection, statement, repeated.as_ref())?;
        }
        Ok(())
    }
}

/// Each holder once, in their order, with how often it is there.
fn counted(holders: &[Holder]) -> BTreeMap<Holder, usize> {
    let mut counted = BTreeMap::new();
    holders.iter().for_each(|holder| *counted.entry(*holder).or_insert(0) += 1);
    counted
}

/// The least share, or number of terms, that is compared.
fn least(index: Index) -> f64 {
    match index {
        Index::Topic => LEAST_TERMS as f64,
        _ => LEAST_SHARE,
    }
}

/// All reports that stand among candidates.
fn reports_of(candidates: &Candidates) -> impl Iterator<Item = i64> {
    let texts = candidates.texts.iter().flatten().chain(&candidates.topics).copied();
    let quotes = candidates.quotes.iter().flatten().flatten().map(|item| number_of(*item).0);
    texts.chain(quotes)
}
