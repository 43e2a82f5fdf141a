use serde::{Deserialize, Serialize};

use crate::{ActorId, ActorKind, Figure, MentionId, Report, Span, Statement, vocabulary};

/// All that was read from a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The report itself.
    pub report: Report,
    /// In text order.
    pub statements: Vec<Statement>,
    /// In text order.
    pub figures: Vec<Figure>,
    /// In text order.
    pub mentions: Vec<Mention>,
    /// By first mention.
    pub actors: Vec<Actor>,
    /// What was odd; those of the report first.
    pub notes: Vec<Note>,
}

impl Reading {
    /// A reading with nothing in it but the report and its notes.
    pub fn of(mut report: Report) -> Self {
        let notes = std::mem::take(&mut report.notes);
        Self {
            report,
            statements: Vec::new(),
            figures: Vec::new(),
            mentions: Vec::new(),
            actors: Vec::new(),
            notes,
        }
    }

    /// Calls `visit` on every span of the reading.
    pub fn for_each_span(&mut self, mut visit: impl FnMut(&mut Span)) {
        if let Some(dateline) = &mut self.report.dateline {
            dateline.spans.iter_mut().for_each(&mut visit);
        }
        self.report.evidence.values_mut().flatten().for_each(&mut visit);
        for s in &mut self.statements {
            for part in [&mut s.source, &mut s.cue, &mut s.content] {
                part.spans.iter_mut().for_each(&mut visit);
            }
            s.evidence.values_mut().flatten().for_each(&mut visit);
        }
        for f in &mut self.figures {
            for part in [&mut f.words, &mut f.counted] {
                part.spans.iter_mut().for_each(&mut visit);
            }
            f.evidence.values_mut().flatten().for_each(&mut visit);
        }
        for m in &mut self.mentions {
            m.spans.iter_mut().for_each(&mut visit);
        }
        for n in &mut self.notes {
            n.spans.iter_mut().for_each(&mut visit);
        }
    }
}

/// A span that names someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// In text order.
    pub id: MentionId,
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub spans: Vec<Span>,
    /// How it names.
    #[serde(rename = "type")]
    pub mention_type: MentionType,
    /// Whom it names.
    pub actor: Option<ActorId>,
}

vocabulary! {
    /// How a mention names someone.
    MentionType {
        /// By a name.
        Name = "name",
        /// By a description: "the ministry", "officials".
        Nominal = "nominal",
        /// By a pronoun.
        Pronoun = "pronoun",
    }
}

/// A party that mentions of the report resolve to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// By first mention.
    pub id: ActorId,
    /// The fullest form of the name in the report.
    pub name: String,
    /// What sort of party it is.
    pub kind: ActorKind,
}

/// Something odd about a report that did not stop the reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable name, snake case: `dateline_without_year`.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// Where, if anywhere.
    pub spans: Vec<Span>,
}

impl Note {
    /// A note without a place in the text.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), spans: Vec::new() }
    }

    /// The same note at `spans`.
    pub fn at(mut self, spans: Vec<Span>) -> Self {
        self.spans = spans;
        self
    }
}
