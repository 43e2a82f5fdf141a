//! Figures that count the same thing in two reports.

use std::collections::BTreeSet;

use ascribe_record::{Bound, Figure, Measure, Reading, Scope, Span, Words};
use unicode_segmentation::UnicodeSegmentation;

use crate::logistic::probability;
use crate::rarity::rarity;
use crate::word::{fold, hash};

/// Bytes of the text on either side of a figure that tell what it is about.
const AROUND: usize = 240;
/// Words less rare than this tell nothing of it.
const COMMON: f64 = 2.0;

/// A figure made ready to be compared with those of other reports.
#[derive(Clone, Debug)]
pub struct Count {
    /// What happened to what is counted.
    pub measure: Measure,
    /// Least and greatest value, as [`Figure`] has them.
    pub lower: Option<f64>,
    /// See `lower`.
    pub upper: Option<f64>,
    /// How they bound it.
    pub bound: Bound,
    who: Who,
    place: BTreeSet<u64>,
    scope: Scope,
    occurred: Option<String>,
    since: bool,
    part: bool,
    vague: Option<(f64, f64)>,
    words: BTreeSet<u64>,
    names: BTreeSet<u64>,
    owner: Option<u64>,
}

/// Who is counted.
#[derive(Clone, Debug, Default, PartialEq)]
struct Who {
    /// The head noun, in the singular; none for people in general.
    head: Option<u64>,
    /// Premodifiers and qualifiers with a capital: nationalities, groups.
    named: BTreeSet<u64>,
    /// The others: "women", "under 18".
    other: BTreeSet<u64>,
}

/// Heads that say no more than that people are counted.
const PEOPLE: &str = "people person victim resident individual life live casualty fatality body dead death \
    other human killed injured wounded missing being soul toll one citizen inhabitant";

impl Count {
    /// Of a figure of a reading.
    pub fn of(reading: &Reading, figure: &Figure) -> Self {
        let text = &reading.report.text;
        let around = sentence_around(text, &figure.words);
        let mut words = BTreeSet::new();
        let mut names = BTreeSet::new();
        for word in around.of(text).unicode_words() {
            let number = hash(fold(word).as_bytes());
            if rarity(number) > COMMON && !word.starts_with(|c: char| c.is_ascii_digit()) {
                words.insert(number);
                if word.starts_with(char::is_uppercase) {
                    names.insert(number);
                }
            }
        }
        let owner = figure.statement.and_then(|id| reading.statements.iter().find(|s| s.id == id));
        let owner = owner.and_then(|s| s.speaker.name.clone().or_else(|| s.speaker.role.clone()));
        Self {
            measure: figure.measure,
            lower: figure.lower,
            upper: figure.upper,
            bound: figure.bound,
            who: Who::of(figure),
            place: figure
                .place
                .iter()
                .flat_map(|p| p.unicode_words())
                .map(|w| hash(fold(w).as_bytes()))
                .collect(),
            scope: figure.scope,
            occurred: figure.occurred.clone(),
            since: figure.since.is_some(),
            part: figure.part_of.is_some(),
            vague: vague(&figure.words.text),
            words,
            names,
            owner: owner.map(|name| hash(fold(&name).as_bytes())),
        }
    }

    /// The number that the words state: the middle of a range, the end of an open bound.
    fn value(&self) -> Option<f64> {
        match (self.lower, self.upper) {
            (Some(a), Some(b)) => Some((a + b) / 2.0),
            (a, b) => a.or(b),
        }
    }

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
    fn agrees_with(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.room(), other.room()) else { return true };
        (a.0 <= b.1 && b.0 <= a.1) || is_rounded(a.0, b.0) || is_rounded(b.0, a.0)
    }

    /// Whether the number is an estimate by its words.
    fn is_estimate(&self) -> bool {
        matches!(self.bound, Bound::About | Bound::AtMost | Bound::Under)
    }
}

/// Whether `round`, a number with zeros at its end, is `exact` rounded: to the nearest or down.
fn is_rounded(round: f64, exact: f64) -> bool {
    let mut unit = 1.0;
    while round >= 10.0 * unit && round % (10.0 * unit) == 0.0 {
        unit *= 10.0;
    }
    unit > 1.0
        && (round - exact).abs() <= 0.1 * exact
        && (round == (exact / unit).round() * unit || round == (exact / unit).floor() * unit)
}

impl Who {
    fn of(figure: &Figure) -> Self {
        let mut who = Self::default();
        let words: Vec<&str> = figure.counted.text.unicode_words().collect();
        if let Some((head, before)) = words.split_last() {
            let head = singular(&fold(head));
            who.head =
                (!PEOPLE.split_whitespace().any(|general| general == head)).then(|| hash(head.as_bytes()));
            before.iter().for_each(|word| who.add(word));
        }
        figure.attributes.iter().flat_map(|a| a.unicode_words()).for_each(|word| who.add(word));
        who
    }

    fn add(&mut self, word: &str) {
        let number = hash(singular(&fold(word)).as_bytes());
        if word.starts_with(char::is_uppercase) {
            self.named.insert(number);
        } else if rarity(number) > 1.0 {
            self.other.insert(number);
        }
    }
}

/// The numbers that a vague word may mean.
fn vague(words: &str) -> Option<(f64, f64)> {
    const MEANINGS: [(&str, f64, f64); 8] = [
        ("few", 2.0, 6.0),
        ("several", 3.0, 12.0),
        ("dozens", 20.0, 200.0),
        ("scores", 30.0, 250.0),
        ("tens of thousands", 20_000.0, 200_000.0),
        ("hundreds of thousands", 200_000.0, 2_000_000.0),
        ("hundreds", 200.0, 2_000.0),
        ("thousands", 2_000.0, 20_000.0),
    ];
    let words = words.to_lowercase();
    MEANINGS.iter().find(|(word, ..)| words.contains(word)).map(|&(_, low, high)| (low, high))
}

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
        () if falls && told_by_one && !same_report => Edge::Corrects,
        () if falls || same_report || (is_estimate && told_by_two) => Edge::Conflicts,
        () => Edge::Updates,
    }
}

fn singular(word: &str) -> String {
    match word {
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" | "child" | "kids" | "minors" | "boys" | "girls" | "kid" | "boy" | "girl" => {
            "minor".to_owned()
        }
        _ => match word.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => word
                .strip_suffix('s')
                .filter(|stem| stem.len() > 2 && !stem.ends_with('s'))
                .unwrap_or(word)
                .to_owned(),
        },
    }
}

/// The text around a figure's words, inside its paragraph.
fn sentence_around(text: &str, words: &Words) -> Span {
    let (begin, end) = match (words.spans.first(), words.spans.last()) {
        (Some(first), Some(last)) => (first.begin, last.end),
        _ => return Span::new(0, 0),
    };
    let mut from = begin.saturating_sub(AROUND);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (end + AROUND).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let from = text[from..begin].rfind("\n\n").map_or(from, |at| from + at + 2);
    let to = text[end..to].find("\n\n").map_or(to, |at| end + at);
    Span::new(from, to)
}

/// What tells whether two figures count the same thing, in order.
pub const FIGURE_SIGNALS: [&str; 26] = [
    "one",
    "same_measure",
    "near_measure",
    "people_both",
    "same_head",
    "people_one",
    "other_head",
    "named_shared",
    "named_other",
    "qualified_alike",
    "qualified_other",
    "place_shared",
    "place_other",
    "scope_same",
    "scope_other",
    "value_same",
    "value_ratio",
    "words",
    "names",
    "parts_differ",
    "owner_same",
    "story",
    "days",
    "one_report",
    "one_report·value_other",
    "few·days",
];

/// A weight for each of [`FIGURE_SIGNALS`]: logistic regression on the labelled pairs for fitting
/// (`docs/methods/links.md`).
const WEIGHTS: [f64; FIGURE_SIGNALS.len()] = [
    -0.33, 2.36, 1.09, 0.31, 1.12, -0.14, -1.30, 0.01, -2.48, 1.91, -0.61, -1.00, -1.35, -0.75, -0.29, 0.56,
    -1.32, -0.72, 1.65, -1.37, -0.63, 1.24, -0.01, -1.22, -1.12, -0.30,
];

/// Probability that two figures of one story count the same thing, `0..=1`; arguments as in
/// [`figure_signals`].
pub fn same_count(a: &Count, b: &Count, story: f64, days: Option<u32>, same_report: bool) -> f64 {
    let signals = figure_signals(a, b, story, days, same_report);
    // What was done to people is not what was done to others, however alike the words around.
    if a.measure != b.measure && !is_near(a.measure, b.measure) {
        return 0.0;
    }
    probability(&WEIGHTS, &signals)
}

/// Whether what one text calls so, another may call otherwise: casualties and the dead, arrested and
/// held.
fn is_near(a: Measure, b: Measure) -> bool {
    let among = |measures: &[Measure]| a != b && measures.contains(&a) && measures.contains(&b);
    among(&[Measure::Casualties, Measure::Killed])
        || among(&[Measure::Casualties, Measure::Injured])
        || among(&[Measure::Captured, Measure::Detained, Measure::Arrested])
}

/// The signals of two figures of reports that are about one story by `story` (`0..=1`) and `days`
/// apart.
pub fn figure_signals(
    a: &Count,
    b: &Count,
    story: f64,
    days: Option<u32>,
    same_report: bool,
) -> [f64; FIGURE_SIGNALS.len()] {
    let is = |truth: bool| f64::from(u8::from(truth));
    let near = is_near(a.measure, b.measure);
    let (ha, hb) = (a.who.head, b.who.head);
    let both = |x: &BTreeSet<u64>, y: &BTreeSet<u64>| !x.is_empty() && !y.is_empty();
    let meet = |x: &BTreeSet<u64>, y: &BTreeSet<u64>| x.intersection(y).next().is_some();
    let cosine = |x: &BTreeSet<u64>, y: &BTreeSet<u64>| {
        let weight = |set: &mut dyn Iterator<Item = &u64>| set.map(|w| rarity(*w).powi(2)).sum::<f64>();
        let norm = (weight(&mut x.iter()) * weight(&mut y.iter())).sqrt();
        if norm > 0.0 { weight(&mut x.intersection(y)) / norm } else { 0.0 }
    };
    let ratio = match (a.value(), b.value()) {
        (Some(x), Some(y)) => ((x + 1.0) / (y + 1.0)).ln().abs().min(5.0),
        _ => 1.0,
    };
    let same_value = a.value().is_some() && (a.lower, a.upper) == (b.lower, b.upper);
    // The few dead of one incident are soon forgotten; the many of a war are counted on.
    let few = a.value().zip(b.value()).is_some_and(|(x, y)| x.max(y) < 30.0);
    let days = f64::from(days.unwrap_or(15)).ln_1p();
    let scopes = a.scope != Scope::Unknown && b.scope != Scope::Unknown;
    let occurred = matches!((&a.occurred, &b.occurred), (Some(x), Some(y)) if x != y);
    [
        1.0,
        is(a.measure == b.measure),
        is(near),
        is(ha.is_none() && hb.is_none()),
        is(ha.is_some() && ha == hb),
        is(ha.is_some() != hb.is_some()),
        is(ha.is_some() && hb.is_some() && ha != hb),
        is(meet(&a.who.named, &b.who.named)),
        is(both(&a.who.named, &b.who.named) && !meet(&a.who.named, &b.who.named)),
        is(meet(&a.who.other, &b.who.other)),
        is(a.who.other.is_empty() != b.who.other.is_empty()),
        is(meet(&a.place, &b.place)),
        is(both(&a.place, &b.place) && !meet(&a.place, &b.place)),
        is(scopes && a.scope == b.scope),
        is((scopes && a.scope != b.scope) || occurred || a.since != b.since),
        is(same_value),
        ratio,
        cosine(&a.words, &b.words),
        cosine(&a.names, &b.names),
        is(a.part != b.part),
        is(a.owner.is_some() && a.owner == b.owner),
        story,
        days,
        is(same_report),
        is(same_report && !same_value),
        if few { days } else { 0.0 },
    ]
}
