//! Who holds the same keys: the nearest before and behind in the order of places.
//!
//! Of the holders of a key a report looks at the nearest before it, at most so many as [`Index::most`]
//! says. So a key that very many hold costs no more than any other, and who looks at whom follows from
//! the places alone, not from who came first.

use rusqlite::{Connection, params};

use super::keys::Keys;
use crate::Result;
use crate::write::items_of;

/// A table of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    Text,
    Topic,
    Quote,
}

/// Who holds a key: a report, or of quotations a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Holder {
    pub(super) place: i64,
    pub(super) item: i64,
}

/// A key of one who looks: `who` is its number among those that look at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    key: i64,
    place: i64,
    who: usize,
}

/// Holders that one who looks shares a key with, one for each key.
#[derive(Clone, Debug, Default)]
pub(super) struct Near {
    /// The nearest before it.
    pub(super) before: Vec<Holder>,
    /// Those behind it of which it is among the nearest before them.
    pub(super) behind: Vec<Holder>,
    /// Those behind it that look at others as it comes or goes, for they have more before them than they
    /// look at.
    pub(super) pushed: Vec<Holder>,
}

impl Index {
    pub(super) const ALL: [Self; 3] = [Self::Text, Self::Topic, Self::Quote];

    fn table(self) -> &'static str {
        match self {
            Self::Text => "text_key",
            Self::Topic => "topic_key",
            Self::Quote => "quote_key",
        }
    }

    /// So many holders of a key before it a report looks at. Words of a topic have more holders than runs
    /// of words, and only who shares two of them is compared.
    fn most(self) -> usize {
        match self {
            Self::Text | Self::Quote => 32,
            Self::Topic => 128,
        }
    }

    /// Every key of a report with its holder.
    pub(super) fn held(self, report: i64, keys: &Keys) -> Vec<(i64, i64)> {
        let of = |item: i64, keys: &[u64]| -> Vec<(i64, i64)> {
            keys.iter().map(|key| (key.cast_signed(), item)).collect()
        };
        match self {
            Self::Text => of(report, &keys.text),
            Self::Topic => of(report, &keys.topic),
            Self::Quote => {
                let item = |n: u32| items_of(report).0 + i64::from(n);
                keys.quotes.iter().flat_map(|(n, keys)| of(item(*n), keys)).collect()
            }
        }
    }

    /// Enters keys, each with its place and holder.
    pub(super) fn insert(self, connection: &Connection, mut rows: Vec<(i64, i64, i64)>) -> Result<()> {
        // In their order, so that pages of the table are gone through once.
        rows.sort_unstable();
        let sql = format!("INSERT OR IGNORE INTO {} (key, place, item) VALUES (?, ?, ?)", self.table());
        let mut insert = connection.prepare_cached(&sql)?;
        for (key, place, item) in rows {
            insert.execute([key, place, item])?;
        }
        Ok(())
    }

    /// Takes keys out again.
    pub(super) fn delete(self, connection: &Connection, report: i64, place: i64, keys: &Keys) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE key = ? AND place = ? AND item = ?", self.table());
        let mut delete = connection.prepare_cached(&sql)?;
        for (key, item) in self.held(report, keys) {
            delete.execute([key, place, item])?;
        }
        Ok(())
    }

    /// The looks of a report of number `who`; of quotations each has its own number from `who` on.
    pub(super) fn looks(self, who: usize, place: i64, keys: &Keys) -> Vec<Look> {
        let of = |who: usize, keys: &[u64]| -> Vec<Look> {
            keys.iter().map(|key| Look { key: key.cast_signed(), place, who }).collect()
        };
        match self {
            Self::Text => of(who, &keys.text),
            Self::Topic => of(who, &keys.topic),
            Self::Quote => {
                keys.quotes.iter().enumerate().flat_map(|(i, (_, keys))| of(who + i, keys)).collect()
            }
        }
    }

    /// Whom each of `n` that look is near. Their own keys must have been entered.
    pub(super) fn near(self, connection: &Connection, n: usize, mut looks: Vec<Look>) -> Result<Vec<Near>> {
        let mut near = vec![Near::default(); n];
        looks.sort_unstable();
        let mut rest = &looks[..];
        while !rest.is_empty() {
            let stretch = self.stretch(connection, rest)?;
            let (looks, others) = rest.split_at(stretch.n_looks);
            looks.iter().for_each(|look| stretch.tell(look, self.most(), &mut near[look.who]));
            rest = others;
        }
        Ok(near)
    }

    /// The holders of the first look's key around it and around those next that are not far behind it.
    fn stretch(self, connection: &Connection, looks: &[Look]) -> Result<Stretch> {
        let (first, most) = (looks[0], self.most());
        let table = self.table();
        let holder = |row: &rusqlite::Row<'_>| Ok(Holder { place: row.get(0)?, item: row.get(1)? });
        let mut before = connection.prepare_cached(&format!(
            "SELECT place, item FROM {table} WHERE key = ? AND place < ? ORDER BY place DESC, item DESC LIMIT ?"
        ))?;
        let before = before.query_map(params![first.key, first.place, most as i64], holder)?;
        let mut holders: Vec<Holder> = before.collect::<rusqlite::Result<_>>()?;
        holders.reverse();
        let mut behind = connection.prepare_cached(&format!(
            "SELECT place, item FROM {table} WHERE key = ? AND place >= ? ORDER BY place, item"
        ))?;
        let mut behind = behind.query([first.key, first.place])?;
        let (mut n_looks, mut n_behind) = (1, 0);
        while n_behind < most {
            let Some(row) = behind.next()? else { break };
            let holder = holder(row)?;
            let is_next = |look: &Look| look.key == first.key && look.place <= holder.place;
            while looks.get(n_looks).is_some_and(is_next) {
                (n_looks, n_behind) = (n_looks + 1, 0);
            }
            n_behind += usize::from(holder.place > looks[n_looks - 1].place);
            holders.push(holder);
        }
        Ok(Stretch { holders, n_looks })
    }
}

/// Holders of one key that follow one another: before those that look at most as many as are looked at,
/// or all.
struct Stretch {
    /// By place.
    holders: Vec<Holder>,
    /// How many looks it answers.
    n_looks: usize,
}

impl Stretch {
    fn tell(&self, look: &Look, most: usize, near: &mut Near) {
        let first = self.holders.partition_point(|holder| holder.place < look.place);
        near.before.extend(&self.holders[first.saturating_sub(most)..first]);
        let behind = self.holders.partition_point(|holder| holder.place <= look.place);
        for (i, holder) in self.holders.iter().enumerate().skip(behind).take(most) {
            let n_before = self.holders.partition_point(|other| other.place < holder.place);
            let among = n_before - first <= most;
            if among {
                near.behind.push(*holder);
            }
            if among && n_before > most {
                near.pushed.push(*holder);
            }
            debug_assert!(n_before <= i, "holders are in order");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::Ledger;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        /// Those behind that see other holders as one comes are told, and those before are the nearest.
        #[test]
        fn whoever_sees_others_is_told(places in prop::collection::btree_set(0..500_i64, 2..120), which in 0..120_usize) {
            let places: Vec<i64> = places.into_iter().collect();
            let which = which % places.len();
            let folder = tempfile::tempdir().unwrap();
            let ledger = Ledger::open(&folder.path().join("ledger.db")).unwrap();
            let index = Index::Text;
            index.insert(&ledger.connection, places.iter().map(|place| (7, *place, 1000 + place)).collect()).unwrap();
            let keys = Keys { text: vec![7], ..Keys::default() };
            let looks = places.iter().enumerate().flat_map(|(who, place)| index.looks(who, *place, &keys)).collect();
            let all = index.near(&ledger.connection, places.len(), looks).unwrap();
            let alone = index.near(&ledger.connection, 1, index.looks(0, places[which], &keys)).unwrap();
            let of = |holders: &[Holder]| holders.iter().map(|holder| holder.place).collect::<Vec<i64>>();
            let seen = |places: &[i64], i: usize| places[i.saturating_sub(index.most())..i].to_vec();
            prop_assert_eq!(of(&alone[0].behind), of(&all[which].behind));
            prop_assert_eq!(of(&alone[0].pushed), of(&all[which].pushed));
            let mut without = places.clone();
            without.remove(which);
            let (behind, pushed): (BTreeSet<i64>, BTreeSet<i64>) =
                (of(&all[which].behind).into_iter().collect(), of(&all[which].pushed).into_iter().collect());
            for (i, place) in places.iter().enumerate() {
                prop_assert_eq!(of(&all[i].before), seen(&places, i));
                if i > which {
                    let (now, then) = (seen(&places, i), seen(&without, i - 1));
                    prop_assert_eq!(behind.contains(place), now.contains(&places[which]));
                    prop_assert_eq!(pushed.contains(place), then.iter().any(|place| !now.contains(place)));
                }
            }
        }
    }
}
