use serde::{Deserialize, Serialize};

use crate::{ActorId, Evidence, StatementId, Words, vocabulary};

/// One attribution: who said what, through whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// In text order of the first word of the whole statement.
    pub id: StatementId,
    /// Who says it, as worded; empty if the cue has no expressed source.
    pub source: Words,
    /// The saying word or words; empty where only quotation marks tell.
    pub cue: Words,
    /// What is said.
    pub content: Words,
    /// How the content is given.
    pub form: Form,
    /// The resolved source.
    pub speaker: Speaker,
    /// What is done by saying it; follows the cue, never the speaker.
    pub act: Act,
    /// How certain the source presents the content.
    pub certainty: Certainty,
    /// Through what it was said.
    pub medium: Option<Medium>,
    /// When it was said, as an EDTF date.
    pub said_on: Option<String>,
    /// The actor that is accused, condemned, warned, thanked or addressed.
    pub toward: Option<ActorId>,
    /// The statement whose content holds this one.
    pub within: Option<StatementId>,
    /// The statement that this one answers, where the text says so.
    pub replies_to: Option<StatementId>,
    /// Probability that the relation and its source are right, `0..=1`, three decimals.
    pub confidence: f64,
    /// Which words each field was read from.
    pub evidence: Evidence,
}

impl Statement {
    /// A plain statement of nobody in particular: what the words alone tell.
    pub fn new(id: StatementId, source: Words, cue: Words, content: Words) -> Self {
        Self {
            id,
            source,
            cue,
            content,
            form: Form::Indirect,
            speaker: Speaker::default(),
            act: Act::State,
            certainty: Certainty::Asserted,
            medium: None,
            said_on: None,
            toward: None,
            within: None,
            replies_to: None,
            confidence: 0.0,
            evidence: Evidence::new(),
        }
    }
}

vocabulary! {
    /// How a content is given, told by quotation marks.
    Form {
        /// All of it in quotation marks.
        Direct = "direct",
        /// None of it.
        Indirect = "indirect",
        /// Part of it.
        Mixed = "mixed",
    }
}

/// The resolved source of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The actor of the reading that it resolves to.
    pub actor: Option<ActorId>,
    /// The fullest form of the name in the report; joint speakers are joined by "and".
    pub name: Option<String>,
    /// What the source is: "deputy chief".
    pub role: Option<String>,
    /// Whom it belongs to: "Hamas".
    pub affiliation: Option<String>,
    /// What sort of party it is; null for the outlet's own voice.
    pub kind: Option<ActorKind>,
    /// How openly it is named.
    pub naming: Naming,
    /// The parties of a joint speaker; empty for a single one.
    pub names: Vec<String>,
}

impl Default for Speaker {
    /// The outlet's own voice.
    fn default() -> Self {
        Self {
            actor: None,
            name: None,
            role: None,
            affiliation: None,
            kind: None,
            naming: Naming::Outlet,
            names: Vec::new(),
        }
    }
}

vocabulary! {
    /// What sort of party an actor is.
    ActorKind {
        /// A human being.
        Person = "person",
        /// A company, agency, NGO, party, armed group or other organisation.
        Organisation = "organisation",
        /// A state, its government or a part of it.
        Government = "government",
        /// A report, law, letter, study or other text.
        Document = "document",
        /// People who are no organisation: "observers", "residents".
        Group = "group",
    }
}

vocabulary! {
    /// How openly a source is named.
    Naming {
        /// By a name.
        Named = "named",
        /// Only by a role: "Palestinian officials".
        RoleOnly = "role_only",
        /// Not at all: "a source".
        Unnamed = "unnamed",
        /// The outlet's own voice reports speech of nobody in particular.
        Outlet = "outlet",
    }
}

vocabulary! {
    /// What is done by saying it. The cue's own word is always kept beside it.
    Act {
        /// says, tells, writes.
        State = "state",
        /// claims.
        Claim = "claim",
        /// claims responsibility.
        ClaimResponsibility = "claim_responsibility",
        /// announces.
        Announce = "announce",
        /// acknowledges, admits.
        Acknowledge = "acknowledge",
        /// confirms.
        Confirm = "confirm",
        /// denies.
        Deny = "deny",
        /// accuses, alleges against.
        Accuse = "accuse",
        /// warns.
        Warn = "warn",
        /// threatens.
        Threaten = "threaten",
        /// pledges, promises, vows.
        Pledge = "pledge",
        /// demands, calls for, urges.
        Demand = "demand",
        /// condemns.
        Condemn = "condemn",
        /// supports, welcomes, praises.
        Support = "support",
        /// predicts, expects.
        Predict = "predict",
        /// implies, suggests.
        Imply = "imply",
        /// asks.
        Ask = "ask",
        /// answers, responds.
        Answer = "answer",
        /// declines to say.
        Decline = "decline",
        /// has not said, does not release.
        Withhold = "withhold",
        /// shows (footage, data, documents).
        Show = "show",
        /// believes, thinks.
        Believe = "believe",
        /// none of these.
        Other = "other",
    }
}

vocabulary! {
    /// How certain the source presents the content, by its hedge.
    Certainty {
        /// As a fact.
        Asserted = "asserted",
        /// As likely.
        Likely = "likely",
        /// As possible.
        Possible = "possible",
        /// As not so.
        Denied = "denied",
    }
}

/// Through what something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// What sort of channel.
    pub kind: MediumKind,
    /// Its name: "Al Jazeera".
    pub via: Option<String>,
}

vocabulary! {
    /// Sorts of channels.
    MediumKind {
        /// An interview.
        Interview = "interview",
        /// A statement or press release.
        Statement = "statement",
        /// A press conference or briefing.
        PressConference = "press_conference",
        /// A post.
        SocialMedia = "social_media",
        /// Footage: video, audio, pictures.
        Footage = "footage",
        /// A document: report, letter, filing.
        Document = "document",
        /// A broadcaster.
        Broadcast = "broadcast",
        /// Another outlet or agency.
        Outlet = "outlet",
    }
}
