//! Flags between figures of one count: `conflict`, `superseded`, `sum`, `stale`.

use std::collections::BTreeMap;

use ascribe_record::{Measure, Scope};

use super::{Flag, FlagKind, Item, on, told};
use crate::evidence::{FigureEvidence, StoryEvidence, is_among};
use crate::origin::{OriginKind, Origins, is_harm};
use crate::party::may_be_one;
use crate::state::{StorySeries, equal_wholes, is_explained, is_lower, may_not_fall};

pub(super) fn flags(story: &StoryEvidence, origins: &Origins, series: &[StorySeries]) -> Vec<Flag> {
    let mut all = parts(story);
    for series in series {
        let figures: Vec<usize> =
            series.rows.iter().map(|row| row.figure).filter(|&f| is_counted(story, f)).collect();
        if figures.len() > 1 {
            let states = States::of(story, origins, &figures);
            all.extend(states.conflicts());
            all.extend(states.superseded());
            all.extend(states.falls(&figures));
            all.extend(states.stale(&figures));
        }
    }
    all
}

/// Whether a figure takes part in flags of counts: people, with a number. A single person told without
/// one is somebody, not a count.
fn is_counted(story: &StoryEvidence, f: usize) -> bool {
    let figure = &story.figures[f];
    // "Four people were shot" leaves open what became of them.
    let told = figure.count.measure != Measure::Casualties;
    is_harm(figure.count.measure) && told && figure.count.value().is_some() && !figure.implicit
}

/// What the sources of one count gave: a state for each number that one of them gave.
struct States<'a> {
    story: &'a StoryEvidence,
    origins: &'a Origins,
    /// The first figure that gave each state, in order of days, then of publication.
    first: Vec<usize>,
}

impl<'a> States<'a> {
    fn of(story: &'a StoryEvidence, origins: &'a Origins, figures: &[usize]) -> Self {
        let mut by_given = figures.to_vec();
        by_given.sort_by_key(|&f| (story.given(f), story.figures[f].report, f));
        let mut first: Vec<usize> = Vec::new();
        for f in by_given {
            let is_state = |&g: &usize| {
                origins.figures[g] == origins.figures[f]
                    && story.figures[g].count.agrees_with(&story.figures[f].count)
                    && (story.holds(g) == story.holds(f) || story.given(g) < story.given(f))
            };
            let figure = &story.figures[f];
            let is_told = figure.is_in_sentence()
                && !is_told_as_past(figure)
                && !is_minor(story, origins, f)
                && !is_some_of_them(figure);
            if is_told && !first.iter().any(is_state) {
                first.push(f);
            }
        }
        // First counts grow: of two numbers of one day the lower was the earlier one.
        let grown = |f: usize| story.figures[f].count.value().map_or(0, |value| value as i64);
        first.sort_by_key(|&f| (story.holds(f), story.given(f), grown(f), story.figures[f].report, f));
        Self { story, origins, first }
    }

    fn origin(&self, f: usize) -> usize {
        self.origins.figures[f]
    }

    fn name(&self, f: usize) -> &str {
        &self.origins.of_figure(f).name
    }

    fn is_party(&self, f: usize) -> bool {
        self.origins.of_figure(f).kind == OriginKind::Party
    }

    fn agree(&self, a: usize, b: usize) -> bool {
        self.story.figures[a].count.agrees_with(&self.story.figures[b].count)
    }

    fn is_equal(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.story.figures[a].count, &self.story.figures[b].count);
        (a.bound, a.lower, a.upper) == (b.bound, b.lower, b.upper)
    }

    /// Whether the same party had given another number for the day, of a whole of the same number: which
    /// one holds is open.
    fn is_disputed(&self, f: usize) -> bool {
        let before = self.first.iter().take_while(|&&g| g != f);
        before.copied().any(|g| {
            self.origin(g) == self.origin(f)
                && self.story.holds(g) == self.story.holds(f)
                && !self.agree(g, f)
                && equal_wholes(self.story, g, f)
        })
    }

    /// Whether a number that is lower is rather that of something else: of what only grows, unless it
    /// is told as a sum both times and falls by less than half, or words say that it was put right.
    fn is_other_count(&self, a: usize, b: usize) -> bool {
        let [x, y] = [a, b].map(|f| &self.story.figures[f]);
        let sums = [x, y].iter().all(|figure| figure.scope == Scope::Cumulative || figure.since.is_some());
        let half = y.count.value() < x.count.value().map(|value| value / 2.0);
        is_lower(self.story, a, b)
            && may_not_fall(self.story, b)
            && (half || !sums)
            && !is_explained(self.story, b)
    }

    /// Numbers of two parties for one day; or of one, as parts of one whole.
    fn conflicts(&self) -> Vec<Flag> {
        let mut all = Vec::new();
        for (i, &a) in self.first.iter().enumerate() {
            for &b in self.first[i + 1..].iter() {
                let day = self.story.holds(a);
                if day.is_none() || day != self.story.holds(b) || self.agree(a, b) || !self.may_conflict(a, b)
                {
                    continue;
                }
                let (a, b) = if self.story.given(b) < self.story.given(a) { (b, a) } else { (a, b) };
                let (first, second) = (told(self.story, a), told(self.story, b));
                let why = if self.origin(a) == self.origin(b) {
                    format!("Two reports give {first} and {second}{}, both from {}.", on(day), self.name(a))
                } else {
                    let sources = (self.name(a), self.name(b));
                    format!("{} gives {first} and {} {second}{}.", sources.0, sources.1, on(day))
                };
                all.push(Flag {
                    kind: FlagKind::Conflict,
                    rests_on: vec![Item::Figure(a), Item::Figure(b)],
                    why,
                });
            }
        }
        all
    }

    /// Whether two numbers may be of the same count: what was done is the same, and so are the people where
    /// words say whose they are; else one is at most [`FAR`] times the other.
    fn may_be_one_count(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.story.figures[a], &self.story.figures[b]);
        let sides = [&self.origins.sides[a], &self.origins.sides[b]];
        let told = !sides[0].is_empty() || !sides[1].is_empty();
        let same = !sides[0].is_disjoint(sides[1]);
        let values = x.count.value().zip(y.count.value());
        let near = values.is_some_and(|(x, y)| x.max(y) <= FAR * x.min(y));
        x.count.measure == y.count.measure && if told { same } else { near }
    }

    fn may_conflict(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.story.figures[a], &self.story.figures[b]);
        if !self.may_be_one_count(a, b) {
            return false;
        }
        let parts = x.part_of.is_some() == y.part_of.is_some() || x.attributes == y.attributes;
        let same_report = x.report == y.report;
        // Small numbers are often of some of them, unless words say whose people are counted.
        let told = !self.origins.sides[a].is_empty() && !self.origins.sides[b].is_empty();
        let whole =
            [x, y].iter().all(|figure| figure.count.value().is_some_and(|value| value >= LEAST_TOTAL));
        if !told && !whole && self.origin(a) != self.origin(b) {
            return false;
        }
        // "Over 30" leaves room for 34.
        let apart = !is_within(x, y) && !is_within(y, x);
        match self.origin(a) == self.origin(b) {
            true => !same_report && apart && equal_wholes(self.story, a, b),
            false => {
                let same_scope = x.place.is_none() || y.place.is_none() || x.place == y.place;
                let parties = self.is_party(a) && self.is_party(b) && !self.may_be_one_party(a, b);
                apart && parts && same_scope && parties && !self.both_give(a, b)
            }
        }
    }

    /// Whether the names of two parties, as origins or where they give the number, may mean one.
    fn may_be_one_party(&self, a: usize, b: usize) -> bool {
        let names = |f: usize| {
            let said = self.story.figures[f].statement.map(|s| &self.story.statements[s].named);
            [Some(self.name(f)), said.and_then(|named| named.name.as_deref())].into_iter().flatten()
        };
        names(a).any(|x| names(b).any(|y| may_be_one(x, y)))
    }

    /// Whether one of two parties gives the number of the other, too, for the same day: then the other
    /// number is of something else.
    fn both_give(&self, a: usize, b: usize) -> bool {
        let gives = |party: usize, number: usize| {
            (0..self.story.figures.len()).any(|f| {
                self.origin(f) == self.origin(party)
                    && self.story.holds(f) == self.story.holds(number)
                    && self.story.figures[f].count.measure == self.story.figures[number].count.measure
                    && self.is_equal(f, number)
            })
        };
        gives(a, b) || gives(b, a)
    }

    /// Each state of a party and the next one.
    fn superseded(&self) -> Vec<Flag> {
        let mut by_origin: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &f in self.first.iter().filter(|&&f| self.is_party(f) && !self.is_disputed(f)) {
            by_origin.entry(self.origin(f)).or_default().push(f);
        }
        let mut all = Vec::new();
        for states in by_origin.values() {
            for pair in states.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                if self.is_other_count(a, b) {
                    continue;
                }
                // Of one day the order is open.
                if self.agree(a, b)
                    || self.story.holds(a) == self.story.holds(b)
                    || !self.may_be_one_count(a, b)
                    || self.story.figures[a].report == self.story.figures[b].report
                {
                    continue;
                }
                let days = (on(self.story.holds(a)), on(self.story.holds(b)));
                let why = format!(
                    "{} gave {}{}, and later {}{}.",
                    self.name(a),
                    told(self.story, a),
                    days.0,
                    self.story.figures[b].words,
                    days.1
                );
                all.push(Flag {
                    kind: FlagKind::Superseded,
                    rests_on: vec![Item::Figure(a), Item::Figure(b)],
                    why,
                });
            }
        }
        all
    }

    /// A sum of one party that falls, and no report says why.
    fn falls(&self, figures: &[usize]) -> Vec<Flag> {
        let mut all = Vec::new();
        for (i, &b) in self.first.iter().enumerate() {
            let before = self.first[..i]
                .iter()
                .rev()
                .find(|&&a| self.origin(a) == self.origin(b) && !self.is_disputed(a));
            let Some(&a) = before else { continue };
            let is_sum = |f: usize| may_not_fall(self.story, f);
            if !self.is_party(b)
                || !is_sum(a)
                || !is_sum(b)
                || !is_lower(self.story, a, b)
                || self.agree(a, b)
            {
                continue;
            }
            if self.story.holds(a) >= self.story.holds(b) || self.is_other_count(a, b) || self.is_disputed(b)
            {
                continue;
            }
            let again =
                figures.iter().filter(|&&f| self.agree(f, b) && self.story.given(f) >= self.story.given(b));
            if again.copied().chain([b]).any(|f| is_explained(self.story, f)) {
                continue;
            }
            let why = format!(
                "The count of {} falls from {}{} to {}{}, and no report says why.",
                self.name(b),
                told(self.story, a),
                on(self.story.holds(a)),
                self.story.figures[b].words,
                on(self.story.holds(b))
            );
            all.push(Flag { kind: FlagKind::Sum, rests_on: vec![Item::Figure(a), Item::Figure(b)], why });
        }
        all
    }

    /// An old number told as if it held, after its source had given another.
    fn stale(&self, figures: &[usize]) -> Vec<Flag> {
        let mut all = Vec::new();
        for &f in figures {
            let figure = &self.story.figures[f];
            let given = self.story.given(f);
            // Whose text is older is told once, of the text.
            let copied = self.story.reports[figure.report].original.is_some();
            if copied || is_told_as_past(figure) || is_dated_before(self.story, f) {
                continue;
            }
            let old = self.first.iter().rev().find(|&&g| {
                g != f
                    && self.is_party(g)
                    && self.story.given(g) < given
                    && self.is_equal(g, f)
                    && self.tells(f, g)
            });
            let Some(&old) = old else { continue };
            let newer = self.first.iter().rev().find(|&&g| {
                self.origin(g) == self.origin(old)
                    && self.story.given(g) < given
                    && self.story.holds(g) > self.story.holds(old)
                    && !self.agree(g, f)
            });
            let Some(&newer) = newer else { continue };
            let told_too =
                figures.iter().any(|&g| self.story.figures[g].report == figure.report && !self.agree(g, f));
            if told_too {
                continue;
            }
            let why = format!(
                "{}{} is the count{}; {} had given {}{}.",
                told(self.story, f),
                on(given),
                on(self.story.holds(old)),
                self.name(newer),
                self.story.figures[newer].words,
                on(self.story.holds(newer))
            );
            let rests_on = vec![Item::Figure(old), Item::Figure(newer), Item::Figure(f)];
            all.push(Flag { kind: FlagKind::Stale, rests_on, why });
        }
        all
    }

    /// Whether `f` may be what the origin of `g` said.
    fn tells(&self, f: usize, g: usize) -> bool {
        self.origin(f) == self.origin(g) || !self.is_party(f)
    }
}

/// From so many on, a number of which no words say whose people it counts is taken for a total.
const LEAST_TOTAL: f64 = 20.0;
/// How many times one of two numbers may be the other.
const FAR: f64 = 4.0;

/// Whether a number is of some of those who are counted ("two others", "another"), or of somebody who is
/// singled out.
fn is_some_of_them(figure: &FigureEvidence) -> bool {
    let mut words = figure.words.split_whitespace().chain(figure.counted.split_whitespace());
    figure.count.value() == Some(1.0)
        || words.any(|word| is_among(word, "other others another more further additional"))
}

/// Whether one leaves room for the other: "more than 30" for 34, not for 300.
fn is_within(open: &FigureEvidence, other: &FigureEvidence) -> bool {
    let Some(value) = other.count.value() else { return true };
    let (lower, upper) = (open.count.lower, open.count.upper);
    match (lower, upper) {
        (Some(low), None) => value >= low && value <= 1.5 * low,
        (None, Some(high)) => value <= high && value >= high / 1.5,
        (Some(low), Some(high)) => (low..=high).contains(&value),
        (None, None) => true,
    }
}

/// Whether the same source had given more than twice as many, told alike: then the number is of some of
/// them ("all seven who were found since Thursday").
fn is_minor(story: &StoryEvidence, origins: &Origins, f: usize) -> bool {
    let figure = &story.figures[f];
    let value = figure.count.value();
    figure.count.measure == Measure::Killed
        && (0..story.figures.len()).any(|g| {
            origins.figures[g] == origins.figures[f]
                && story.given(g) <= story.given(f)
                && story.figures[g].count.is_told_like(&figure.count)
                && story.figures[g].count.value() > value.map(|value| 2.0 * value)
                && story.holds(g) <= story.holds(f)
                && (origins.sides[f].is_empty() == origins.sides[g].is_empty())
                && (origins.sides[f].is_empty() || !origins.sides[f].is_disjoint(&origins.sides[g]))
        })
}

/// Words that tell a number as one of before.
const PAST: [&str; 15] = [
    "down from",
    "up from",
    "first count",
    "last count",
    "earlier",
    "previous",
    "no longer",
    "had spoken",
    "had given",
    "had said",
    "had stated",
    "had counted",
    "in the one before",
    "at the time",
    "initially",
];

fn is_told_as_past(figure: &FigureEvidence) -> bool {
    let sentence = figure.sentence.to_lowercase();
    let Some(at) = sentence.find(&figure.words.to_lowercase()) else { return false };
    let (before, behind) = sentence.split_at(at);
    // What stands before the number is about it, and so is what follows at once.
    PAST.iter().any(|words| before.rfind(words).is_some_and(|found| at - found < 60))
        || PAST.iter().any(|words| behind.find(words).is_some_and(|found| found < figure.words.len() + 30))
            && !behind.contains("from")
}

/// Whether the words give a day before that of the report for which the figure held.
fn is_dated_before(story: &StoryEvidence, f: usize) -> bool {
    let day = story.reports[story.figures[f].report].day;
    story.holds(f).zip(day).is_some_and(|(held, day)| held < day)
}

/// Classes of people who are told apart, so that nobody is counted twice.
const CLASSES: [&[&str]; 2] = [
    &["men man", "women woman", "minors children child boys girls infants babies"],
    &["civilians", "soldiers troops servicemen", "police policemen", "fighters militants"],
];

/// Parts of one whole that are more than it.
fn parts(story: &StoryEvidence) -> Vec<Flag> {
    let mut wholes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (f, figure) in story.figures.iter().enumerate() {
        if let Some(whole) = figure.part_of.filter(|_| story.reports[figure.report].original.is_none()) {
            wholes.entry(whole).or_default().push(f);
        }
    }
    let mut all = Vec::new();
    for (whole, parts) in wholes {
        let Some(most) = story.figures[whole].count.upper else { continue };
        if parts.iter().any(|&p| story.figures[p].count.measure != story.figures[whole].count.measure) {
            continue;
        }
        let least = |p: &usize| story.figures[*p].count.lower;
        let single = parts.iter().find(|p| least(p).is_some_and(|least| least > most));
        let apart = parts.len() > 1 && are_apart(story, &parts);
        let sum: f64 = parts.iter().filter_map(least).sum();
        let over = single.map(|&part| vec![part]).or((apart && sum > most).then_some(parts));
        let Some(over) = over.filter(|_| story.figures[whole].count.measure != Measure::Percent) else {
            continue;
        };
        let list: Vec<String> = over.iter().map(|&p| told_part(story, p)).collect();
        let total = if over.len() > 1 { format!(" are {sum}") } else { String::new() };
        let why = format!(
            "{}{total}, more than the {} of whom they are told.",
            list.join(" and "),
            story.figures[whole].words
        );
        let rests_on = std::iter::once(whole).chain(over).map(Item::Figure).collect();
        all.push(Flag { kind: FlagKind::Sum, rests_on, why });
    }
    all
}

fn told_part(story: &StoryEvidence, part: usize) -> String {
    let figure = &story.figures[part];
    let class = figure.attributes.first().unwrap_or(&figure.counted);
    format!("{} {class}", figure.words).trim().to_owned()
}

/// Whether each part is of another class of one kind.
fn are_apart(story: &StoryEvidence, parts: &[usize]) -> bool {
    CLASSES.iter().any(|classes| {
        let class = |p: &usize| {
            let figure = &story.figures[*p];
            let told = figure.attributes.iter().chain([&figure.counted]);
            let words: Vec<&str> = told.flat_map(|words| words.split_whitespace()).collect();
            classes.iter().position(|class| words.iter().any(|word| is_among(word, class)))
        };
        let mut found: Vec<usize> = parts.iter().filter_map(class).collect();
        found.sort_unstable();
        found.dedup();
        found.len() == parts.len()
    })
}
