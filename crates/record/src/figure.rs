use serde::{Deserialize, Serialize};

use crate::{Evidence, FigureId, StatementId, Words, vocabulary};

/// One quantity that a report gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// In text order of `words`.
    pub id: FigureId,
    /// The quantity with its bound words: "at least 40".
    pub words: Words,
    /// Least value, inclusive unless `bound` is `over`; null: unbounded or vague.
    pub lower: Option<f64>,
    /// Greatest value, inclusive unless `bound` is `under`; null: unbounded or vague.
    pub upper: Option<f64>,
    /// How `lower` and `upper` are to be understood.
    pub bound: Bound,
    /// A single person told without a number ("a boy was killed").
    #[serde(default)]
    pub implicit: bool,
    /// What happened to what is counted, or what the number measures.
    pub measure: Measure,
    /// What is counted: premodifiers and head; empty where the text leaves it out.
    pub counted: Words,
    /// Qualifiers: "women", "minors", "held under administrative detention".
    pub attributes: Vec<String>,
    /// Weapon or cause as worded.
    pub cause: Option<String>,
    /// The figure of which this is a part.
    pub part_of: Option<FigureId>,
    /// Whether it counts one incident, a sum since some time, or a stock held now.
    pub scope: Scope,
    /// When it happened, as an EDTF date.
    pub occurred: Option<String>,
    /// Since when a cumulative figure counts.
    pub since: Option<String>,
    /// When it held.
    pub as_of: Option<String>,
    /// Where, as worded.
    pub place: Option<String>,
    /// The statement that asserts it; null: the outlet's own voice.
    pub statement: Option<StatementId>,
    /// Probability that value, measure and owner are right, `0..=1`, three decimals.
    pub confidence: f64,
    /// Which words each field was read from.
    pub evidence: Evidence,
}

impl Figure {
    /// A vague figure of no known measure: what the words alone tell.
    pub fn new(id: FigureId, words: Words, counted: Words) -> Self {
        Self {
            id,
            words,
            lower: None,
            upper: None,
            bound: Bound::Vague,
            implicit: false,
            measure: Measure::Other,
            counted,
            attributes: Vec::new(),
            cause: None,
            part_of: None,
            scope: Scope::Unknown,
            occurred: None,
            since: None,
            as_of: None,
            place: None,
            statement: None,
            confidence: 0.0,
            evidence: Evidence::new(),
        }
    }
}

vocabulary! {
    /// How a figure's words bound it.
    Bound {
        /// "12": both ends are 12.
        Exact = "exact",
        /// "some 12": both ends are 12.
        About = "about",
        /// "at least 12": from 12.
        AtLeast = "at_least",
        /// "over 12": above 12.
        Over = "over",
        /// "at most 12", "up to 12": to 12.
        AtMost = "at_most",
        /// "under 12": below 12.
        Under = "under",
        /// "12 to 15": both ends.
        Range = "range",
        /// "dozens": no number; the word itself is the evidence.
        Vague = "vague",
    }
}

vocabulary! {
    /// What a figure measures.
    Measure {
        /// Dead and injured, not told apart.
        Casualties = "casualties",
        /// Dead.
        Killed = "killed",
        /// Injured.
        Injured = "injured",
        /// Missing.
        Missing = "missing",
        /// Captured, abducted or held hostage, as the text's verb says.
        Captured = "captured",
        /// Detained, held, imprisoned, as the text's verb says.
        Detained = "detained",
        /// Displaced, fled.
        Displaced = "displaced",
        /// Arrested.
        Arrested = "arrested",
        /// Released, freed.
        Released = "released",
        /// Evacuated, rescued.
        Evacuated = "evacuated",
        /// Affected, in need, at risk.
        Affected = "affected",
        /// Taking part: protesters, troops, voters.
        Participants = "participants",
        /// Attacks, strikes, clashes.
        Attacks = "attacks",
        /// Things struck or destroyed.
        Struck = "struck",
        /// Money.
        Money = "money",
        /// Per cent or another share.
        Percent = "percent",
        /// Time that something took or a person's age in a count.
        Duration = "duration",
        /// Lengths, areas and heights.
        Distance = "distance",
        /// None of these.
        Other = "other",
    }
}

vocabulary! {
    /// What a figure's count runs over.
    Scope {
        /// One incident.
        Incident = "incident",
        /// A sum over time.
        Cumulative = "cumulative",
        /// How many there are at a moment.
        Stock = "stock",
        /// The text does not say.
        Unknown = "unknown",
    }
}
