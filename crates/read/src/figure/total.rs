//! Nouns that tell the measure of a number: "12 deaths", "the death toll rose to 41", "the injured included".

use ascribe_record::Measure;

use super::counted::Counted;
use super::lexicon::{self, BE, CLAUSE, PERSON};
use super::measure::{Governed, Search, is_harm};
use super::quantity::{Quantity, Told};

impl Search<'_> {
    /// "12 deaths", "no casualties", "no reports of injuries", "no loss of life", "12 wounded".
    pub(super) fn strong_noun(&self, q: &Quantity, counted: &Counted) -> Option<Governed> {
        if q.told == Told::Zero
            && let Some(none) = self.nothing_told(q)
        {
            return Some(none);
        }
        let head = counted.head?;
        if self.line.has(head, PERSON) && q.is_single() {
            return None;
        }
        let measure = lexicon::noun_measure(lexicon::STRONG_NOUNS, self.line.lower(head))
            .or_else(|| self.lost_lives(counted, head))?;
        let second = (counted.end > head + 1)
            .then(|| lexicon::noun_measure(lexicon::STRONG_NOUNS, self.line.lower(counted.end - 1)))
            .flatten();
        let measure =
            if second.is_some_and(|second| second != measure) { Measure::Casualties } else { measure };
        let span = self.line.span(head, counted.end.max(head + 1));
        Some(Governed { measure, spans: vec![span], at: Some(counted.end), strong: true, direct: true })
    }

    /// "no loss of life", "no reports of injuries".
    fn nothing_told(&self, q: &Quantity) -> Option<Governed> {
        let line = self.line;
        let reports = ["reports of", "report of", "word of", "sign of", "indication of"];
        let (first, end, measure) = if let Some(end) = line.phrase_at(q.end, "loss of life") {
            (q.end, end, Measure::Killed)
        } else {
            let at = reports.iter().find_map(|p| line.phrase_at(q.end, p))?;
            let at = at + usize::from(matches!(line.lower(at), "any" | "serious" | "further"));
            (at, at + 1, lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(at))?)
        };
        Some(Governed {
            measure,
            spans: vec![line.span(first, end)],
            at: Some(end),
            strong: true,
            direct: true,
        })
    }

    /// "claimed 12 lives", "12 lives were lost".
    fn lost_lives(&self, counted: &Counted, head: usize) -> Option<Measure> {
        let lives = self.line.lower(head) == "lives";
        let claimed = (counted.first.saturating_sub(5)..counted.behind + 4).any(|k| {
            matches!(
                self.line.lower(k),
                "claimed" | "claiming" | "took" | "lost" | "cost" | "taking" | "loss" | "costing" | "claim"
            )
        });
        (lives && claimed).then_some(Measure::Killed)
    }

    /// "Wounded in the ambush were two guards", "Among the dead was a guard", "The injured included two nurses".
    pub(super) fn inverted(&self, q: &Quantity) -> Option<Governed> {
        let line = self.line;
        let before = q.first.checked_sub(1)?;
        if matches!(line.lower(before), "included" | "include" | "includes" | "including") {
            return self.included(before);
        }
        let be = Some(before).filter(|&k| matches!(line.lower(k), "were" | "was"))?;
        let trigger = (0..2).find_map(|k| self.triggers.begins_at(k))?;
        let plain = be < 12
            && (trigger.end..be).all(|k| !line.has(k, BE | CLAUSE | lexicon::SAY) && !line.is_mark(k));
        plain.then(|| self.found(trigger, true))
    }

    /// "the dead included", "those wounded in the raid include": what is told of the list that the verb at
    /// `verb` opens.
    fn included(&self, verb: usize) -> Option<Governed> {
        let line = self.line;
        let named = |k: usize| match line.lower(k) {
            "dead" | "killed" | "deceased" | "fatalities" | "toll" | "deaths" => Some(Measure::Killed),
            "injured" | "wounded" | "hurt" | "injuries" => Some(Measure::Injured),
            "missing" => Some(Measure::Missing),
            "casualties" | "victims" => Some(Measure::Casualties),
            _ => None,
        };
        let opens = |k: usize| matches!(line.lower(k.wrapping_sub(1)), "the" | "those" | "death");
        let (k, measure) = (verb.saturating_sub(6)..verb).rev().find_map(|k| Some((k, named(k)?)))?;
        let spans = vec![line.tokens[k].span];
        opens(k).then_some(Governed { measure, spans, at: Some(k + 1), strong: true, direct: true })
    }

    /// "the death toll rose to 12", "the number of injured is 30".
    pub(super) fn toll(&self, q: &Quantity, coordinated: Option<&Governed>) -> Option<Governed> {
        let line = self.line;
        // "is now 105"
        let adverb = |k: usize| matches!(line.lower(k), "now" | "already" | "currently" | "still" | "then");
        let before = q.first.checked_sub(1)?;
        let before = if adverb(before) { before.checked_sub(1)? } else { before };
        let arrives = matches!(
            line.lower(before),
            "to" | "at"
                | "is"
                | "was"
                | "of"
                | "reached"
                | "reaching"
                | "exceeded"
                | "exceeds"
                | "passed"
                | "topped"
                | "topping"
                | "tops"
                | "hit"
                | "hits"
                | "past"
                | "passes"
                | "reaches"
                | "crossed"
                | ":"
                | "be"
                | "from"
        ) || line.lower(before) == "as" && line.lower(before.wrapping_sub(2)) != "as"
            || ["exceed", "surpass"].iter().any(|begin| line.lower(q.first).starts_with(begin));
        if !arrives {
            return None;
        }
        let k = (before.saturating_sub(14)..before)
            .rev()
            .find(|&k| matches!(line.lower(k), "toll" | "number" | "count" | "total"))?;
        // "bringing the total to 15" goes on counting what was counted before.
        let same = coordinated.filter(|_| {
            line.lower(k) == "total" && is_harm(coordinated.map_or(Measure::Other, |g| g.measure))
        });
        self.counted_total(k, before).or_else(|| same.cloned())
    }

    /// Whether a toll is told just before `q`: "the death toll hits 40".
    pub(super) fn is_toll(&self, q: &Quantity) -> bool {
        (q.first.saturating_sub(5)..q.first).any(|k| self.line.lower(k) == "toll")
    }

    /// What the toll or number at `k` counts.
    fn counted_total(&self, k: usize, end: usize) -> Option<Governed> {
        let line = self.line;
        let word = line.lower(k);
        if word == "toll" || word == "count" && line.lower(k.wrapping_sub(1)) == "death" {
            let named =
                lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(k.wrapping_sub(1))).filter(|_| k > 0);
            let measure = if line.lower(k.wrapping_sub(1)) == "injury" {
                Measure::Injured
            } else {
                named.unwrap_or(Measure::Killed)
            };
            let first = if matches!(line.lower(k.wrapping_sub(1)), "death" | "injury" | "casualty") {
                k - 1
            } else {
                k
            };
            return Some(Governed {
                measure,
                spans: vec![line.span(first, k + 1)],
                at: Some(k + 1),
                strong: true,
                direct: true,
            });
        }
        (k + 1..end).find_map(|i| {
            let trigger = self.triggers.begins_at(i).map(|t| t.measure);
            let noun = lexicon::noun_measure(lexicon::STRONG_NOUNS, line.lower(i))
                .or_else(|| lexicon::noun_measure(lexicon::WEAK_NOUNS, line.lower(i)));
            let measure = trigger.or(noun)?;
            Some(Governed {
                measure,
                spans: vec![line.tokens[i].span],
                at: Some(i + 1),
                strong: true,
                direct: true,
            })
        })
    }
}
