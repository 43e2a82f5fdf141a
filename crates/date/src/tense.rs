//! Whether the sentence around a date tells of what was or of what will be.

use crate::grammar::Grammar;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
}

/// How far the words that tell may stand, in tokens.
const REACH: usize = 25;

const FUTURE: &[&str] = &[
    "will",
    "'ll",
    "shall",
    "wo",
    "scheduled",
    "expected",
    "expects",
    "expect",
    "due",
    "plans",
    "planned",
    "planning",
    "upcoming",
    "payable",
    "expires",
    "expire",
    "expiring",
    "matures",
    "mature",
    "maturing",
    "set",
    "slated",
    "tomorrow",
    "intends",
    "hopes",
    "would",
    "could",
    "begins",
    "starts",
    "opens",
    "meets",
    "until",
    "till",
    "deadline",
    "going",
    "awaits",
    "next",
    "effective",
    "resume",
    "resumes",
    "ends",
    "leaves",
    "arrives",
    "returns",
    "faces",
];

const PAST: &[&str] = &[
    "was",
    "were",
    "had",
    "did",
    "said",
    "told",
    "has",
    "have",
    "been",
    "since",
    "last",
    "ago",
    "went",
    "began",
    "made",
    "came",
    "took",
    "gave",
    "rose",
    "fell",
    "left",
    "held",
    "met",
    "won",
    "lost",
    "sold",
    "bought",
    "sent",
    "became",
    "ran",
    "shot",
    "found",
    "saw",
    "put",
    "got",
    "led",
    "struck",
    "hit",
    "broke",
    "grew",
    "paid",
    "wrote",
    "spoke",
    "ended",
    "earlier",
    "yesterday",
];

impl Grammar<'_> {
    /// What the nearest telling word of the sentence says, those before token `i` first.
    pub(crate) fn tense(&self, i: usize) -> Option<Tense> {
        if self.line.word(i.wrapping_sub(1)) == "by" {
            // "By Monday 30 had been found", but "will be ready by Monday".
            let mut rest = (i..self.line.len().min(i + REACH)).take_while(|&k| !self.ends_sentence(k));
            let over = rest.any(|k| self.line.word(k) == "had") || self.was_reached(i - 1);
            return Some(if over { Tense::Past } else { Tense::Future });
        }
        // "The record date is Nov. 9", "to holders of record Dec. 21", "from today through Nov. 17"
        let last = self.line.word(i.wrapping_sub(1));
        let through =
            last == "through" && matches!(self.line.word(i.wrapping_sub(2)), "today" | "now" | "tomorrow");
        if matches!(last, "is" | "record") || through {
            return Some(Tense::Future);
        }
        let before = (i.saturating_sub(REACH)..i).rev().take_while(|&k| !self.ends_sentence(k));
        let mut told = before.clone().filter_map(|k| self.tells(k));
        if let Some(tense) = told.next() {
            return Some(tense);
        }
        let behind = (i..self.line.len().min(i + REACH)).take_while(|&k| !self.ends_sentence(k));
        behind.filter(|&k| self.line.word(k) != "to").find_map(|k| self.tells(k))
    }

    /// Whether what stands before the "by" at `i` came about: "had counted 47 by Wednesday", "rose to 47 by
    /// Wednesday", but "had promised to pay by Wednesday", "had to leave by Wednesday".
    fn was_reached(&self, i: usize) -> bool {
        const CAME: &[&str] = &[
            "rose",
            "risen",
            "reached",
            "fell",
            "fallen",
            "climbed",
            "grew",
            "grown",
            "stood",
            "counted",
            "recovered",
            "identified",
            "registered",
            "totalled",
            "totaled",
            "numbered",
            "exceeded",
        ];
        for k in (i.saturating_sub(REACH)..i).rev().take_while(|&k| !self.ends_sentence(k)) {
            let word = self.line.word(k);
            let behind = self.line.word(k + 1);
            let infinitive = word == "to" && self.line.is_word(k + 1) && self.line.cardinal(k + 1).is_none();
            let arrived = CAME.contains(&self.line.word(k.wrapping_sub(1)));
            if infinitive && !arrived
                || matches!(word, "will" | "would" | "must" | "should" | "could" | "shall" | "may")
            {
                return false;
            }
            let asked =
                ["order", "promis", "ask", "demand", "urg", "call", "pledg", "vow", "want", "expect", "hop"]
                    .iter()
                    .any(|begin| behind.starts_with(begin));
            if word == "had" {
                return !asked;
            }
            let ahead = matches!(self.line.word(k.wrapping_sub(1)), "be" | "is" | "are" | "to");
            if CAME.contains(&word) {
                return !ahead;
            }
        }
        false
    }

    fn tells(&self, k: usize) -> Option<Tense> {
        let word = self.line.word(k);
        let before = self.line.word(k.wrapping_sub(1));
        if word == "to" {
            return matches!(before, "is" | "are" | "able" | "going" | "ready" | "extended")
                .then_some(Tense::Future);
        }
        // "is holding talks on Friday", "plan to meet"
        let progressive =
            word.len() > 5 && word.ends_with("ing") && word != "missing" && matches!(before, "is" | "are");
        let plan = word == "plan" && self.line.word(k + 1) == "to";
        if FUTURE.contains(&word) || progressive || plan {
            return Some(Tense::Future);
        }
        let regular = word.len() > 4
            && word.ends_with("ed")
            && !self.line.capital(k)
            && !matches!(word, "united" | "indeed" | "proceed" | "hundred" | "speed");
        if !(PAST.contains(&word) || regular) {
            return None;
        }
        // A participle says nothing of its own: "will be paid", "is to be held".
        let is_ahead = |j: usize| {
            matches!(
                self.line.word(j),
                "will" | "to" | "would" | "shall" | "'ll" | "could" | "may" | "should"
            )
        };
        let passive = before == "be" && is_ahead(k.wrapping_sub(2));
        Some(if passive { Tense::Future } else { Tense::Past })
    }

    /// Whether a sentence ends at the mark `k`.
    pub(crate) fn ends_sentence(&self, k: usize) -> bool {
        const SHORT: &[&str] = &[
            "mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt", "st", "no",
            "vs", "inc", "corp", "co", "ltd", "jr", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct",
            "nov", "dec",
        ];
        match self.line.word(k) {
            "?" | "!" | ";" => true,
            "." => {
                let before = self.line.word(k.wrapping_sub(1));
                let mut next = k + 1;
                while matches!(self.line.word(next), "'" | "\"" | "”" | "’" | ")") && self.line.glued(next)
                {
                    next += 1;
                }
                let opens = self.line.capital(next) || !self.line.is_word(next);
                let short = before.chars().count() == 1 || SHORT.contains(&before);
                !short && !self.line.glued(next) && opens
            }
            _ => false,
        }
    }
}
