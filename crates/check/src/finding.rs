use std::str::FromStr;

use ascribe_record::Span;

/// One thing that an editor would ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What sort of thing.
    pub kind: Kind,
    /// Its words: not empty, inside the text, on character boundaries.
    pub span: Span,
    /// One sentence for people.
    pub message: String,
    /// Other places that it is about.
    pub related: Vec<Related>,
}

/// Another place that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its words.
    pub span: Span,
    /// What it is to the finding, in a few words: "the whole".
    pub label: &'static str,
}

impl Finding {
    pub(crate) fn new(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), related: Vec::new() }
    }

    pub(crate) fn beside(mut self, span: Span, label: &'static str) -> Self {
        self.related.push(Related { span, label });
        self
    }
}

/// What sort of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A number of people harmed, held or moved that the text gives in its own voice.
    FigureWithoutSource,
    /// A source of whom the text says neither name nor office.
    UnnamedSource,
    /// Parts that come to more than their whole, or are told to make it up and do not.
    Sum,
    /// Two totals of the same count from the same source.
    FigureChanges,
    /// A day that its month does not have.
    ImpossibleDate,
    /// A weekday that is not the date's.
    WrongWeekday,
    /// A day told as past that lies behind the report's own date.
    FutureDate,
    /// Words in quotation marks that nobody is said to have said.
    QuotationWithoutSpeaker,
    /// A quotation mark without its partner.
    UnclosedQuotation,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::FigureWithoutSource,
        Self::UnnamedSource,
        Self::Sum,
        Self::FigureChanges,
        Self::ImpossibleDate,
        Self::WrongWeekday,
        Self::FutureDate,
        Self::QuotationWithoutSpeaker,
        Self::UnclosedQuotation,
    ];

    /// Its short name, by which it is switched off.
    pub fn name(self) -> &'static str {
        match self {
            Self::FigureWithoutSource => "figure-without-source",
            Self::UnnamedSource => "unnamed-source",
            Self::Sum => "sum",
            Self::FigureChanges => "figure-changes",
            Self::ImpossibleDate => "impossible-date",
            Self::WrongWeekday => "wrong-weekday",
            Self::FutureDate => "future-date",
            Self::QuotationWithoutSpeaker => "quotation-without-speaker",
            Self::UnclosedQuotation => "unclosed-quotation",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().copied().find(|kind| kind.name() == name);
        known.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            format!("'{name}' is none of {}", names.join(", "))
        })
    }
}
