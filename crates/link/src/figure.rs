//! Figures that count the same thing in two reports.

use std::collections::BTreeSet;

use ascribe_record::{Bound, Figure, FigureId, Measure, Reading, Scope, Span, Words};
use unicode_segmentation::UnicodeSegmentation;

use crate::logistic::probability;
use crate::rarity::rarity;
use crate::weights;
use crate::word::{fold, hash};

/// Bytes of the text on either side of a figure that tell what it is about.
const AROUND: usize = 240;
/// Numbers below this are often the same by chance.
const BY_CHANCE: f64 = 10.0;
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
    pub(crate) who: Who,
    pub(crate) place: BTreeSet<u64>,
    scope: Scope,
    pub(crate) occurred: Option<String>,
    since: bool,
    id: FigureId,
    part_of: Option<FigureId>,
    /// The numbers that its words may mean, if they are vague.
    pub(crate) vague: Option<(f64, f64)>,
    /// Whether the words before it say that the count has moved.
    pub(crate) has_moved: bool,
    words: BTreeSet<u64>,
    names: BTreeSet<u64>,
    /// Who gives it.
    pub(crate) owner: Option<u64>,
}

/// Who is counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Who {
    /// The head noun, in the singular; none for people in general.
    pub(crate) head: Option<u64>,
    /// Premodifiers and qualifiers with a capital: nationalities, groups.
    pub(crate) named: BTreeSet<u64>,
    /// The others: "women", "under 18".
    pub(crate) other: BTreeSet<u64>,
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
            id: figure.id,
            part_of: figure.part_of,
            has_moved: has_moved(text, &figure.words),
            vague: vague(&figure.words.text),
            words,
            names,
            owner: owner.map(|name| hash(fold(&name).as_bytes())),
        }
    }

    /// The number that the words state: the middle of a range, the end of an open bound.
    pub(crate) fn value(&self) -> Option<f64> {
        match (self.lower, self.upper) {
            (Some(a), Some(b)) => Some((a + b) / 2.0),
            (a, b) => a.or(b),
        }
    }

    /// Whether the two may count the same thing by what they measure, and neither is said to be a part
    /// of the other; what was done to people is not what was done to others, however alike the words
    /// around.
    pub fn may_be(&self, other: &Self, same_report: bool) -> bool {
        let stated = same_report && (self.is_stated_part(other) || other.is_stated_part(self));
        // A text may leave open what it counts ("put the number at 40"); another that has the number may
        // tell. Small numbers are the same by chance.
        let is_open = self.measure == Measure::Other || other.measure == Measure::Other;
        let told_elsewhere =
            is_open && !same_report && self.has_number_of(other) && self.value() >= Some(BY_CHANCE);
        !stated && (self.measure == other.measure || is_near(self.measure, other.measure) || told_elsewhere)
    }

    fn has_number_of(&self, other: &Self) -> bool {
        self.value().is_some() && (self.lower, self.upper) == (other.lower, other.upper)
    }

    /// Whether the reader found that this figure is a part of the other, of the same report.
    pub(crate) fn is_stated_part(&self, whole: &Self) -> bool {
        self.part_of == Some(whole.id)
    }

    /// What of it is told: equal for the same number of the same.
    pub(crate) fn told(&self) -> impl std::fmt::Debug + '_ {
        (
            (self.measure, self.lower.map(f64::to_bits), self.upper.map(f64::to_bits), self.bound),
            (
                &self.who,
                &self.place,
                self.scope,
                &self.occurred,
                self.since,
                self.part_of.is_some(),
                self.owner,
            ),
        )
    }

    /// Whether nothing that is told of who is counted, where and when, or of part and whole differs.
    pub(crate) fn is_told_like(&self, other: &Self) -> bool {
        let place = self.place.is_empty() || other.place.is_empty() || self.place == other.place;
        self.measure == other.measure
            && self.who == other.who
            && self.part_of.is_some() == other.part_of.is_some()
            && place
    }
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

/// Whether the words before a figure, in its sentence, say that a count has gone up or was told again.
fn has_moved(text: &str, words: &Words) -> bool {
    const SAID: &str =
        "risen rose rises rising climbed increased grown grew now later updated updating revised";
    let begin = words.spans.first().map_or(0, |span| span.begin);
    let from = sentence_around(text, words).begin.min(begin);
    let before = text[from..begin].rsplit(['.', '!', '?']).next().unwrap_or_default();
    before.unicode_words().any(|word| SAID.split(' ').any(|said| said == fold(word)))
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
pub const FIGURE_SIGNALS: [&str; 27] = [
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
    "one_report·value_other·two_tellers",
];

/// Probability that two figures of one story count the same thing, `0..=1`; arguments as in
/// [`figure_signals`].
pub fn same_count(a: &Count, b: &Count, story: f64, days: Option<u32>, same_report: bool) -> f64 {
    if !a.may_be(b, same_report) {
        return 0.0;
    }
    probability(&weights::FIGURE, &figure_signals(a, b, story, days, same_report))
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
    let same_value = a.has_number_of(b);
    // The few dead of one incident are soon forgotten; the many of a war are counted on.
    let few = a.value().zip(b.value()).is_some_and(|(x, y)| x.max(y) < 30.0);
    let days = f64::from(days.unwrap_or(15)).ln_1p();
    // Two that differ about one thing are told side by side ("the mayor said 60, the police 25").
    let tellers_differ = a.owner.is_some() && b.owner.is_some() && a.owner != b.owner;
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
        is(a.part_of.is_some() != b.part_of.is_some()),
        is(a.owner.is_some() && a.owner == b.owner),
        story,
        days,
        is(same_report),
        is(same_report && !same_value),
        if few { days } else { 0.0 },
        is(same_report && !same_value && tellers_differ),
    ]
}
