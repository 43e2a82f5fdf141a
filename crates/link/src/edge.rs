//! How two figures stand to one another: the same count in another state, or a part and its whole.

use ascribe_record::{Bound, Measure};

use crate::figure::{Count, Who};

/// How far two numbers lie apart, of which one is given as an estimate, to be the same.
const NEAR: f64 = 0.05;
/// Days within which a part and its whole are given.
const DAYS_OF_PARTS: u32 = 3;

/// How the later state of a count stands to an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// The same state: the same number, or one that is the same rounded, bounded or told vaguely.
    Repeats,
    /// A later state with another number.
    Updates,
    /// The same state, put right.
    Corrects,
    /// The same state with numbers that cannot both be right.
    Conflicts,
}

impl Edge {
    /// As it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Repeats => "repeats",
            Self::Updates => "updates",
            Self::Corrects => "corrects",
            Self::Conflicts => "conflicts",
        }
    }
}

/// How the figure of the later state stands to that of the earlier one, both of one series;
/// `same_report` if one report gives both.
pub fn edge(earlier: &Count, later: &Count, same_report: bool) -> Edge {
    let told_by_one = earlier.owner.is_some() && earlier.owner == later.owner;
    let falls = earlier.value() > later.value();
    let is_estimate = earlier.is_estimate() || later.is_estimate();
    let told_by_two = earlier.owner.is_some() && later.owner.is_some() && !told_by_one;
    match () {
        () if earlier.agrees_with(later) => Edge::Repeats,
        // One report tells of both: they differ, unless it says that the count has moved since.
        () if same_report && later.has_moved && !falls => Edge::Updates,
        () if same_report => Edge::Conflicts,
        () if falls && told_by_one => Edge::Corrects,
        // "At least 560" in a report that comes after one of 687: an older state.
        () if falls && later.is_least() => Edge::Updates,
        () if falls || (is_estimate && told_by_two) => Edge::Conflicts,
        () => Edge::Updates,
    }
}

/// Whether one figure counts a part of what another counts: as their report says, or because it is
/// smaller and its class is narrower by the words ("children" and "people", the killed and all
/// casualties) while nothing else tells them apart. Both of one story, given `days` apart; to be asked
/// of two that do not count the same thing.
pub fn is_part(part: &Count, whole: &Count, days: Option<u32>, same_report: bool) -> bool {
    if same_report && part.is_stated_part(whole) {
        return true;
    }
    let class = part.who.is_within(&whole.who);
    let fate = whole.measure == Measure::Casualties
        && matches!(part.measure, Measure::Killed | Measure::Injured)
        && (class || part.who == whole.who);
    let less = part.value().zip(whole.value()).is_some_and(|(part, whole)| part < whole);
    let elsewhere = !part.place.is_empty() && !whole.place.is_empty() && part.place.is_disjoint(&whole.place);
    let another_day = matches!((&part.occurred, &whole.occurred), (Some(x), Some(y)) if x != y);
    let at_once = same_report || days.is_some_and(|days| days <= DAYS_OF_PARTS);
    (fate || (class && part.measure == whole.measure)) && less && at_once && !elsewhere && !another_day
}

impl Who {
    /// Whether all of these are among those: people in general or the same noun, and more is said of
    /// these.
    fn is_within(&self, whole: &Self) -> bool {
        let is_kept = whole.named.is_subset(&self.named) && whole.other.is_subset(&self.other);
        let same_noun = whole.head.is_none() || whole.head == self.head;
        same_noun && is_kept && self != whole
    }
}

impl Count {
    /// Which numbers the words leave room for; none for a word such as "many".
    fn room(&self) -> Option<(f64, f64)> {
        match self.bound {
            Bound::Range => self.lower.zip(self.upper),
            Bound::Vague => self.vague,
            _ => self.value().map(|value| (value, value)),
        }
    }

    /// Whether both may state the same number: the same, or one the other rounded. An open bound is
    /// read as a count that stood near its number, not as every larger one.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.room(), other.room()) else { return true };
        let apart = (self.is_least() && other.is_most()) || (self.is_most() && other.is_least());
        let near = self.bound == Bound::About || other.bound == Bound::About;
        let is_near = near && (a.0 - b.0).abs() <= NEAR * a.0.max(b.0) && a.0 == a.1 && b.0 == b.1;
        // Two vague words that meet in one number ("thousands", "tens of thousands") mean two things.
        let meet = match self.vague.is_some() && other.vague.is_some() {
            true => a.0 < b.1 && b.0 < a.1,
            false => a.0 <= b.1 && b.0 <= a.1,
        };
        !apart && (meet || is_near || self.is_rounded(a.0, b.0) || other.is_rounded(b.0, a.0))
    }

    /// Whether `round`, a number with zeros at its end, is `exact` rounded: to the nearest or down, and
    /// down only if the words say that the count is greater.
    fn is_rounded(&self, round: f64, exact: f64) -> bool {
        let mut unit = 1.0;
        while round >= 10.0 * unit && round % (10.0 * unit) == 0.0 {
            unit *= 10.0;
        }
        let down = round == (exact / unit).floor() * unit;
        let nearest = round == (exact / unit).round() * unit && !self.is_least();
        unit > 1.0 && (round - exact).abs() <= 0.1 * exact && (down || nearest)
    }

    /// Whether the count is at least the number by its words.
    fn is_least(&self) -> bool {
        matches!(self.bound, Bound::AtLeast | Bound::Over)
    }

    /// Whether the count is at most the number by its words.
    fn is_most(&self) -> bool {
        matches!(self.bound, Bound::AtMost | Bound::Under)
    }

    /// Whether the number is an estimate by its words.
    fn is_estimate(&self) -> bool {
        self.bound == Bound::About || self.is_most()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::{Evidence, Figure, FigureId, Reading, Report, Span, Words};

    /// The figure `words` of `text`: `number` `people` of whom `measure` says.
    fn count(text: &str, words: &str, number: f64, bound: Bound, people: &str, measure: Measure) -> Count {
        let begin = text.find(words).expect("words of the text");
        let of = |text: &str, spans: Vec<Span>| Words { text: text.to_owned(), spans };
        let span = Span::new(begin, begin + words.len());
        let mut figure = Figure::new(FigureId(1), of(words, vec![span]), of(people, Vec::new()));
        figure.lower = Some(number);
        figure.upper = (bound == Bound::Exact).then_some(number);
        figure.bound = bound;
        figure.measure = measure;
        figure.evidence = Evidence::new();
        Count::of(&Reading::of(Report::new(text.to_owned(), "text/plain")), &figure)
    }

    fn dead(text: &str, number: f64, bound: Bound) -> Count {
        count(text, &number.to_string(), number, bound, "people", Measure::Killed)
    }

    #[test]
    fn states_of_a_count() {
        let told = dead("The flood killed 687 people.", 687.0, Bound::Exact);
        let least = dead("At least 560 people died in the flood.", 560.0, Bound::AtLeast);
        let exact = dead("The flood killed 560 people.", 560.0, Bound::Exact);
        let risen = dead("The toll has since risen to 702, the council said.", 702.0, Bound::Exact);
        assert_eq!(edge(&told, &risen, false), Edge::Updates);
        assert_eq!(edge(&told, &risen, true), Edge::Updates);
        assert_eq!(edge(&exact, &told, true), Edge::Conflicts);
        assert_eq!(edge(&told, &least, false), Edge::Updates);
        assert_eq!(edge(&told, &exact, false), Edge::Conflicts);
    }

    #[test]
    fn rounded_numbers() {
        let exact = dead("The flood killed 687 people.", 687.0, Bound::Exact);
        let round = |bound| dead("The flood killed 690 people.", 690.0, bound);
        assert_eq!(edge(&exact, &round(Bound::About), false), Edge::Repeats);
        // "More than 690" is not 687 rounded.
        assert_eq!(edge(&exact, &round(Bound::Over), false), Edge::Updates);
        let down = dead("The flood killed more than 680 people.", 680.0, Bound::Over);
        assert_eq!(edge(&exact, &down, false), Edge::Repeats);
    }

    #[test]
    fn parts_and_wholes() {
        let text = "The flood killed 40 people, 14 children among them; 55 were killed or hurt.";
        let all = count(text, "40", 40.0, Bound::Exact, "people", Measure::Killed);
        let young = count(text, "14", 14.0, Bound::Exact, "children", Measure::Killed);
        let any = count(text, "55", 55.0, Bound::Exact, "", Measure::Casualties);
        assert!(is_part(&young, &all, Some(0), true) && is_part(&young, &all, Some(2), false));
        assert!(is_part(&all, &any, Some(0), true) && is_part(&young, &any, Some(0), true));
        assert!(!is_part(&all, &young, Some(0), true));
        assert!(!is_part(&young, &all, Some(30), false) && !is_part(&young, &all, None, false));
        let more =
            count("The flood killed 90 children.", "90", 90.0, Bound::Exact, "children", Measure::Killed);
        assert!(!is_part(&more, &all, Some(0), false));
    }
}
