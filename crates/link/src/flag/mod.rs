//! Flags: relations between what the reports of a story say that somebody should look at. Each names
//! the figures, statements or reports that it rests on and says in one plain sentence what is so;
//! none says who is right. `docs/methods/flags.md` defines them.

mod claim;
mod count;
mod gap;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;

use crate::evidence::StoryEvidence;
use crate::origin::Origins;
use crate::state::StorySeries;
use crate::word::hash;

/// What a flag is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlagKind {
    /// Two numbers for the same count and day that cannot both be right.
    Conflict,
    /// A later number of the same source.
    Superseded,
    /// Parts that are more than their whole; a sum that falls.
    Sum,
    /// An older text or number under a newer date.
    Stale,
    /// Several publishers, one source.
    SingleOrigin,
    /// A count of people with no source.
    Unattributed,
    /// All who say it are unnamed.
    AnonymousOnly,
    /// Words changed inside quotation marks.
    QuoteDrift,
    /// A party gives no figure where another gives one.
    Silence,
}

impl FlagKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Conflict,
        Self::Superseded,
        Self::Sum,
        Self::Stale,
        Self::SingleOrigin,
        Self::Unattributed,
        Self::AnonymousOnly,
        Self::QuoteDrift,
        Self::Silence,
    ];

    /// As it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Superseded => "superseded",
            Self::Sum => "sum",
            Self::Stale => "stale",
            Self::SingleOrigin => "single_origin",
            Self::Unattributed => "unattributed",
            Self::AnonymousOnly => "anonymous_only",
            Self::QuoteDrift => "quote_drift",
            Self::Silence => "silence",
        }
    }
}

/// What a flag rests on: a place among the reports, statements or figures of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A report.
    Report(usize),
    /// A statement.
    Statement(usize),
    /// A figure.
    Figure(usize),
}

impl Item {
    /// What the story calls it.
    pub fn id(self, story: &StoryEvidence) -> &str {
        match self {
            Self::Report(n) => &story.reports[n].id,
            Self::Statement(n) => &story.statements[n].id,
            Self::Figure(n) => &story.figures[n].id,
        }
    }

    /// The report that it is, or stands in.
    pub fn report(self, story: &StoryEvidence) -> usize {
        match self {
            Self::Report(n) => n,
            Self::Statement(n) => story.statements[n].report,
            Self::Figure(n) => story.figures[n].report,
        }
    }
}

/// A relation to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// What it is about.
    pub kind: FlagKind,
    /// What it rests on, at least one; what came last, last.
    pub rests_on: Vec<Item>,
    /// What is so, in one sentence.
    pub why: String,
}

impl Flag {
    /// Its name: the same as long as the kind and the ids of what it rests on are.
    pub fn id(&self, story: &StoryEvidence) -> u32 {
        let ids = self.rests_on.iter().map(|item| item.id(story));
        let words = std::iter::once(self.kind.name()).chain(ids).collect::<Vec<_>>().join(" ");
        // Half of it: the id of a report stands before it.
        hash(words.as_bytes()) as u32
    }
}

/// The flags of a story, by kind, then as the reports were published. The same for any order of the
/// readings that it was made of.
pub fn flags(story: &StoryEvidence, origins: &Origins, series: &[StorySeries]) -> Vec<Flag> {
    let mut all = count::flags(story, origins, series);
    all.extend(gap::silences(story, origins));
    all.extend(gap::unattributed(story, origins));
    all.extend(claim::flags(story, origins));
    all.extend(claim::single_counts(story, origins, series));
    all.extend(text::stale(story));
    all.extend(text::drifts(story, origins));
    all.sort_by(|a, b| (a.kind, &a.rests_on, &a.why).cmp(&(b.kind, &b.rests_on, &b.why)));
    all.dedup_by(|a, b| (a.kind, &a.rests_on) == (b.kind, &b.rests_on));
    all
}

/// A figure in a sentence: "at least 40 killed", "12 children killed".
fn told(story: &StoryEvidence, figure: usize) -> impl fmt::Display {
    let figure = &story.figures[figure];
    let measure = figure.count.measure.name();
    let words = figure.words.trim();
    let counted = figure.counted.trim();
    // "Five captured soldiers" says already what was done to them, "the dead" who is counted.
    let is_told = counted.contains(measure) || counted == "dead" || measure == "other";
    let counted = if counted.is_empty() { figure.attributes.join(", ") } else { counted.to_owned() };
    let measure = if is_told { "" } else { measure };
    [words, &counted, measure].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "on 2026-03-08", or nothing.
fn on(day: Option<i32>) -> String {
    day.map(|day| format!(" on {}", crate::day::day_name(day))).unwrap_or_default()
}
