//! Words that point to the past, the present or the future and name no date.

use crate::grammar::{Found, Grammar, Meaning};

const PRESENT: &[&str] = &[
    "now",
    "right now",
    "just now",
    "currently",
    "current",
    "at present",
    "presently",
    "at the moment",
    "at this moment",
    "these days",
    "nowadays",
    "at this time",
    "at this point",
    "this moment",
    "the present",
    "at the present time",
];

const PAST: &[&str] = &[
    "recently",
    "more recently",
    "most recently",
    "the past",
    "recent",
    "formerly",
    "lately",
    "long ago",
    "the recent past",
    "in the past",
    "some time ago",
    "a while ago",
    "not long ago",
    "at the time",
    "in recent times",
];

const FUTURE: &[&str] = &[
    "soon",
    "the future",
    "the near future",
    "in the future",
    "in the near future",
    "someday",
    "one day",
    "the coming future",
    "some day",
];

/// Those that are said of Request texts as well.
const SPOKEN: &[&str] = &["now", "right now", "just now", "at present", "at the moment", "currently"];

impl Grammar<'_> {
    pub(crate) fn vague(&self, i: usize) -> Found<Meaning> {
        if !self.is_news() {
            return self.line.any(i, SPOKEN).map(|end| (end, Meaning::Reference("PRESENT_REF")));
        }
        let read =
            |phrases: &[&str], value| self.line.any(i, phrases).map(|end| (end, Meaning::Reference(value)));
        let found = Self::longer(
            read(PRESENT, "PRESENT_REF"),
            Self::longer(read(PAST, "PAST_REF"), read(FUTURE, "FUTURE_REF")),
        );
        let (end, meaning) = found?;
        // "A current of air", "futures", "the past president", "recent months".
        let next = self.line.word(end);
        let single = end == i + 1;
        let hyphen = next == "-" && self.line.glued(end);
        let noun = single
            && self.line.word(i) == "current"
            && matches!(self.line.word(i.wrapping_sub(1)), "a" | "electric");
        let bound = matches!(self.line.word(end - 1), "past" | "present")
            && self.line.is_word(end)
            && !matches!(
                next,
                "and"
                    | "or"
                    | "but"
                    | "that"
                    | "which"
                    | "when"
                    | "has"
                    | "have"
                    | "had"
                    | "was"
                    | "were"
                    | "is"
                    | "with"
                    | "for"
                    | "to"
                    | "as"
                    | "they"
                    | "he"
                    | "she"
                    | "it"
                    | "we"
                    | "i"
                    | "you"
            );
        let that = matches!(next, "as" | "announced" | "reported" | "proposed" | "disclosed" | "filed");
        (!hyphen && !noun && !bound && !that).then_some((end, meaning))
    }
}
