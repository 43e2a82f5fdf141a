//! Flags on the words themselves: an older text under a newer date, a quotation that changed.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{Flag, FlagKind, Item};
use crate::evidence::{StoryEvidence, is_among};
use crate::origin::{OriginKind, Origins};
use crate::party::name_words;

/// From so many days on, the same text under another date is an old one.
const OLD: i32 = 7;

pub(super) fn stale(story: &StoryEvidence) -> Vec<Flag> {
    let mut all = Vec::new();
    for (r, report) in story.reports.iter().enumerate() {
        let Some(original) = report.copied else { continue };
        let first = &story.reports[original];
        let Some((from, to)) = first.day.zip(report.day).filter(|(from, to)| to - from >= OLD) else {
            continue;
        };
        let (from, to) = (crate::day::day_name(from), crate::day::day_name(to));
        let why = format!("The text of {from} stands under the date of {to}.");
        all.push(Flag {
            kind: FlagKind::Stale,
            rests_on: vec![Item::Report(original), Item::Report(r)],
            why,
        });
    }
    all
}

/// Words whose change tells nothing.
const SMALL: &str = "a an the and that which who in into on at of to so well but is are was were";

/// Quotations of which later reports have other words inside the marks.
pub(super) fn drifts(story: &StoryEvidence, origins: &Origins) -> Vec<Flag> {
    let mut by_key: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut seen: BTreeSet<(usize, String)> = BTreeSet::new();
    let mut all = Vec::new();
    for (s, statement) in story.statements.iter().enumerate() {
        let Some(said) = &statement.quoted else { continue };
        let keys = said.keys();
        let mut near: Vec<usize> = keys.iter().flat_map(|key| by_key.get(key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut first = None;
        for other in near {
            let earlier = &story.statements[other];
            let (Some(before), true) = (&earlier.quoted, earlier.report != statement.report) else {
                continue;
            };
            let Some(same) = before.compare(said) else { continue };
            // The same words were said before: what changed, changed there.
            if same.changes.is_empty() {
                first = None;
                break;
            }
            first = first.or(Some((other, same)));
        }
        for key in keys {
            by_key.entry(key).or_default().push(s);
        }
        let Some((other, same)) = first else { continue };
        let earlier = &story.statements[other];
        let translated = [earlier, statement].iter().any(|s| s.around.to_lowercase().contains("translat"));
        if translated
            || !one_speaker(story, origins, other, s)
            || !seen.insert((other, statement.quotation.to_lowercase()))
        {
            continue;
        }
        let telling = |words: &str| words.unicode_words().any(|word| !is_among(word, SMALL));
        let change = same.changes.iter().find(|change| {
            telling(change.first.of(&earlier.quotation)) || telling(change.second.of(&statement.quotation))
        });
        // Those who write down speech differ in small words.
        let Some(change) = change else { continue };
        let (was, is) = (change.first.of(&earlier.quotation), change.second.of(&statement.quotation));
        let shown =
            |words: &str| if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") };
        let why = format!("{} became {} inside the quotation marks.", shown(was), shown(is));
        all.push(Flag {
            kind: FlagKind::QuoteDrift,
            rests_on: vec![Item::Statement(other), Item::Statement(s)],
            why,
        });
    }
    all
}

/// Whether two statements may be of one speaker: the same, or one is not named. What many say at many times, a
/// slogan, is nobody's, and each report may word it, or put it into English, in its own way.
fn one_speaker(story: &StoryEvidence, origins: &Origins, a: usize, b: usize) -> bool {
    let names = |s: usize| name_words(story.statements[s].named.name.as_deref().unwrap_or_default());
    let (x, y) = (names(a), names(b));
    // Two persons may speak for one body.
    if !x.is_empty() && !y.is_empty() && x.is_disjoint(&y) {
        return false;
    }
    let is_party = |s: usize| origins.origins[origins.statements[s]].kind == OriginKind::Party;
    match (is_party(a), is_party(b)) {
        (true, true) => origins.statements[a] == origins.statements[b] || !x.is_disjoint(&y),
        (one, other) => one || other,
    }
}
