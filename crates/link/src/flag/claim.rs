//! Flags on who stands behind what several reports say: `single_origin`, `anonymous_only`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ascribe_record::{Act, Form, Naming};
use unicode_segmentation::UnicodeSegmentation;

use super::{Flag, FlagKind, Item, told};
use crate::evidence::{StatementEvidence, StoryEvidence, is_among};
use crate::origin::{OriginKind, Origins, is_harm};
use crate::party::name_words;
use crate::rarity::rarity;
use crate::state::StorySeries;
use crate::word::{fold, hash};

/// Two sentences make one claim from this cosine of their words on.
const ALIKE: f64 = 0.6;
/// The same of one source, or of unnamed ones.
const ALIKE_BY_ONE: f64 = 0.45;
/// Words less rare than this tell nothing of a claim.
const COMMON: f64 = 1.5;
/// A word of so many statements of a story finds no others by itself.
const FREQUENT: usize = 60;
/// Words of a claim that a flag shows.
const MOST_WORDS: usize = 12;
/// Words of the least claim.
const LEAST_WORDS: usize = 5;
/// Reports, of as many publishers, from which on one origin is worth saying.
const SEVERAL: usize = 3;

/// Claims that reports share: groups of statements, in order.
fn claims(story: &StoryEvidence, origins: &Origins) -> Vec<Vec<usize>> {
    let terms: Vec<BTreeSet<u64>> = story.statements.iter().map(|s| terms(&s.sentence)).collect();
    let mut by_word: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut root: Vec<usize> = (0..story.statements.len()).collect();
    for s in 0..story.statements.len() {
        if !is_claim(story, s) || terms[s].len() < 4 {
            continue;
        }
        let mut near: BTreeMap<usize, f64> = BTreeMap::new();
        for word in &terms[s] {
            let holders = by_word.entry(*word).or_default();
            if holders.len() < FREQUENT {
                holders.iter().for_each(|&other| *near.entry(other).or_default() += rarity(*word).powi(2));
                holders.push(s);
            }
        }
        let norm = |s: usize| terms[s].iter().map(|word| rarity(*word).powi(2)).sum::<f64>().sqrt();
        let mut best: Option<(f64, usize)> = None;
        for (other, sum) in near {
            let cosine = sum / (norm(s) * norm(other));
            let elsewhere = story.statements[other].report != story.statements[s].report;
            let by_one = origins.statements[other] == origins.statements[s]
                || (is_anonymous(story, other) && is_anonymous(story, s));
            let enough = if by_one { ALIKE_BY_ONE } else { ALIKE };
            if elsewhere && cosine >= enough && best.is_none_or(|(most, _)| cosine > most) {
                best = Some((cosine, other));
            }
        }
        if let Some((_, other)) = best {
            root[s] = root[other];
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    root.iter().enumerate().for_each(|(s, &root)| groups.entry(root).or_default().push(s));
    groups.into_values().filter(|group| group.len() > 1).collect()
}

fn terms(sentence: &str) -> BTreeSet<u64> {
    let words = sentence.unicode_words().map(|word| hash(fold(word).as_bytes()));
    words.filter(|word| rarity(*word) > COMMON).collect()
}

/// Whether what is said may be worth tracing: an assertion of some words that readers are told of, not a
/// request or a single word.
fn is_claim(story: &StoryEvidence, s: usize) -> bool {
    let statement = &story.statements[s];
    let asserts = matches!(statement.act, Act::State | Act::Claim | Act::Confirm | Act::Deny | Act::Accuse);
    asserts && statement.content.unicode_words().count() >= LEAST_WORDS
}

pub(super) fn flags(story: &StoryEvidence, origins: &Origins) -> Vec<Flag> {
    let mut all = Vec::new();
    // Of what one party says in a story the claim that most publishers carry.
    let mut widest: BTreeMap<usize, (usize, Flag)> = BTreeMap::new();
    for group in claims(story, origins) {
        let firsts: BTreeMap<usize, usize> =
            group.iter().rev().map(|&s| (story.statements[s].report, s)).collect();
        // What the outlet reports beside it of nobody in particular names nobody either.
        let told: Vec<usize> =
            group.iter().copied().filter(|&s| story.statements[s].naming != Naming::Outlet).collect();
        let anonymous = told.iter().all(|&s| is_anonymous(story, s))
            && told.iter().map(|&s| story.statements[s].report).collect::<BTreeSet<_>>().len() > 1;
        let rests_on: Vec<Item> = firsts.values().take(2).map(|&s| Item::Statement(s)).collect();
        if anonymous {
            let said = shortened(&story.statements[group[0]].content);
            let why = format!("{said}: {} reports, and none names who said it.", firsts.len());
            all.push(Flag { kind: FlagKind::AnonymousOnly, rests_on, why });
            continue;
        }
        let found: BTreeSet<usize> = group.iter().map(|&s| origins.statements[s]).collect();
        let publishers = publishers(story, firsts.keys());
        let parties = |o: &usize| origins.origins[*o].kind != OriginKind::Voice;
        if let Some(&origin) =
            found.first().filter(|_| found.len() == 1 && publishers >= SEVERAL && found.iter().all(parties))
        {
            let why = format!(
                "{}: {} reports of {publishers} publishers, 1 origin: {}.",
                shortened(&story.statements[group[0]].content),
                firsts.len(),
                speaker(story, &group).unwrap_or(&origins.origins[origin].name)
            );
            let flag = Flag { kind: FlagKind::SingleOrigin, rests_on, why };
            // A sentence in quotation marks says by itself that one person said it.
            let is_quoted = group.iter().any(|&s| story.statements[s].form == Form::Direct);
            if !is_quoted && widest.get(&origin).is_none_or(|(most, _)| publishers > *most) {
                widest.insert(origin, (publishers, flag));
            }
        }
    }
    all.extend(widest.into_values().map(|(_, flag)| flag));
    all
}

/// The fullest name of the person who says it in all reports: nearer to the words than the body that it is said for.
fn speaker<'a>(story: &'a StoryEvidence, group: &[usize]) -> Option<&'a str> {
    let names: Option<Vec<&str>> = group
        .iter()
        .map(|&s| story.statements[s].named.name.as_deref().filter(|_| story.statements[s].named.person))
        .collect();
    let names = names?;
    let fullest = names.iter().max_by_key(|name| (name.len(), std::cmp::Reverse(**name)))?;
    let words = name_words(fullest);
    names.iter().all(|name| name_words(name).is_subset(&words)).then_some(fullest)
}

/// The first words of what is said, in quotation marks: they are a report's.
fn shortened(content: &str) -> String {
    let words: Vec<&str> = content.split_whitespace().collect();
    let more = if words.len() > MOST_WORDS { " …" } else { "" };
    let plain = words[..words.len().min(MOST_WORDS)].join(" ").replace(['“', '”', '"'], "");
    format!("“{plain}{more}”")
}

/// Counts that several publishers give from one origin.
pub(super) fn single_counts(story: &StoryEvidence, origins: &Origins, series: &[StorySeries]) -> Vec<Flag> {
    let mut all = Vec::new();
    for series in series {
        let figures: Vec<usize> = series.rows.iter().map(|row| row.figure).collect();
        let reports: BTreeSet<usize> = figures.iter().map(|&f| story.figures[f].report).collect();
        let found: BTreeSet<usize> = figures.iter().map(|&f| origins.figures[f]).collect();
        let publishers = publishers(story, reports.iter());
        let Some(&origin) = found.first() else { continue };
        let party = origins.origins[origin].kind == OriginKind::Party;
        let counts =
            figures.iter().all(|&f| is_harm(story.figures[f].count.measure) && !story.figures[f].implicit);
        if found.len() == 1 && publishers >= SEVERAL && party && counts {
            let why = format!(
                "{}: {} reports of {publishers} publishers, 1 origin: {}.",
                told(story, figures[0]),
                reports.len(),
                origins.origins[origin].name
            );
            all.push(Flag { kind: FlagKind::SingleOrigin, rests_on: vec![Item::Figure(figures[0])], why });
        }
    }
    all
}

/// How many publishers reports have; one that does not say whose it is, is its own.
fn publishers<'a>(story: &StoryEvidence, reports: impl Iterator<Item = &'a usize>) -> usize {
    let names: BTreeSet<&str> =
        reports.map(|&r| story.reports[r].outlet.as_deref().unwrap_or(&story.reports[r].id)).collect();
    names.len()
}

/// Words of those who ask not to be named.
const UNNAMED: [&str; 9] = [
    "anonym",
    "not to be named",
    "not be named",
    "not to be identified",
    "not be identified",
    "want to be named",
    "not authorised",
    "not authorized",
    "want to be identified",
];

/// Whether the words call a source one: "two sources", "a witness".
fn is_called_source(statement: &StatementEvidence) -> bool {
    let named = [&statement.named.name, &statement.named.role];
    let words = named.into_iter().flatten().flat_map(|name| name.unicode_words());
    words.into_iter().any(|word| is_among(word, "source sources witness witnesses insider insiders"))
}

fn is_anonymous(story: &StoryEvidence, s: usize) -> bool {
    let statement = &story.statements[s];
    let asks = || {
        let around = statement.around.to_lowercase();
        UNNAMED.iter().any(|words| around.contains(words))
    };
    match statement.naming {
        Naming::Unnamed if is_called_source(statement) => true,
        Naming::Unnamed | Naming::RoleOnly => asks(),
        Naming::Named | Naming::Outlet => false,
    }
}
