use ascribe_record::{
    Act, Actor, ActorId, ActorKind, Bound, Evidence, Figure, FigureId, Form, Measure, Mention, MentionId,
    MentionType, Naming, PublishedFrom, Reading, Report, Scope, Span, Speaker, Statement, StatementId, Words,
};

/// A report that nobody wrote: its bytes and what is in them, its `id` left empty.
#[derive(Clone, Debug)]
pub struct Invented {
    /// The captured bytes: the text itself or a record of JSON.
    pub bytes: Vec<u8>,
    /// What a reader might have read.
    pub reading: Reading,
}

/// The report of number `n`, always the same. Length, paragraphs, outlet, date, speakers and figures
/// vary as they do in news; words, places and people are syllables.
///
/// ```
/// let one = ascribe_testkit::invented(7);
/// assert_eq!(one.reading, ascribe_testkit::invented(7).reading);
/// ascribe_testkit::check_reading(&one.reading);
/// ```
pub fn invented(n: u64) -> Invented {
    let mut draft = Draft::new(n);
    let title = draft.sentence(4, 9);
    let n_paragraphs = 5 + draft.below(12) + draft.skewed(40);
    for _ in 0..n_paragraphs {
        match draft.below(10) {
            0..=4 => draft.attribution(),
            5..=6 => draft.count(),
            _ => {
                let words = draft.sentence(8, 40);
                draft.push(&words);
            }
        }
        draft.push("\n\n");
    }
    draft.finish(n, title)
}

/// Text and what was put into it, as it grows.
pub(crate) struct Draft {
    pub(crate) state: u64,
    text: String,
    pub(crate) statements: Vec<Statement>,
    figures: Vec<Figure>,
    mentions: Vec<Mention>,
    actors: Vec<Actor>,
}

impl Draft {
    pub(crate) fn new(n: u64) -> Self {
        Self {
            state: n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d,
            text: String::new(),
            statements: Vec::new(),
            figures: Vec::new(),
            mentions: Vec::new(),
            actors: Vec::new(),
        }
    }

    /// Sebastiano Vigna's SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>, public domain).
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// Below `n`, small numbers far more often: the shape of word frequencies.
    pub(crate) fn skewed(&mut self, n: u64) -> u64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(unit) - 1.0) as u64 % n
    }

    pub(crate) fn push(&mut self, words: &str) -> Span {
        let begin = self.text.len();
        self.text.push_str(words);
        Span::new(begin, self.text.len())
    }

    pub(crate) fn words(&self, span: Span) -> Words {
        Words::at(&self.text, vec![span])
    }

    pub(crate) fn sentence(&mut self, least: u64, most: u64) -> String {
        let n = least + self.below(most - least);
        let mut words: Vec<String> = (0..n).map(|_| word(self.skewed(30_000))).collect();
        words[0] = capital(&words[0]);
        words.join(" ")
    }

    fn name(&mut self) -> (String, ActorKind) {
        // Some hundred parties speak in most reports, many thousand in one.
        let who = self.skewed(60_000);
        let (first, last) = (capital(&word(who % 311 + 40)), capital(&word(who / 3 + 900)));
        match who % 5 {
            0 => (format!("the {last} Ministry"), ActorKind::Government),
            1 => (format!("{last} Relief"), ActorKind::Organisation),
            _ => (format!("{first} {last}"), ActorKind::Person),
        }
    }

    fn actor(&mut self, name: &str, kind: ActorKind) -> ActorId {
        if let Some(actor) = self.actors.iter().find(|actor| actor.name == name) {
            return actor.id;
        }
        let id = ActorId(self.actors.len() as u32 + 1);
        self.actors.push(Actor { id, name: name.to_owned(), kind });
        id
    }

    /// "Ada Lind said the bridge was closed."
    fn attribution(&mut self) {
        let (name, kind) = self.name();
        let source = self.push(&name);
        let actor = self.actor(&name, kind);
        let id = MentionId(self.mentions.len() as u32 + 1);
        self.mentions.push(Mention {
            id,
            text: name.clone(),
            spans: vec![source],
            mention_type: MentionType::Name,
            actor: Some(actor),
        });
        let act = Act::ALL[self.skewed(Act::ALL.len() as u64) as usize];
        self.push(" ");
        let cue = self.push(act.name());
        self.push(" that ");
        let content = self.sentence(5, 30);
        let content = self.push(&content);
        self.push(".");
        let naming = Naming::ALL[self.skewed(3) as usize];
        let confidence = (500 + self.below(500)) as f64 / 1000.0;
        let (source, cue, content) = (self.words(source), self.words(cue), self.words(content));
        let evidence = Evidence::from([
            ("speaker.name".to_owned(), source.spans.clone()),
            ("act".to_owned(), cue.spans.clone()),
        ]);
        let id = StatementId(self.statements.len() as u32 + 1);
        let speaker =
            Speaker { actor: Some(actor), name: Some(name), kind: Some(kind), naming, ..Speaker::default() };
        self.statements.push(Statement {
            speaker,
            act,
            confidence,
            evidence,
            ..Statement::new(id, source, cue, content)
        });
    }

    /// A statement of what a person was quoted with, told as said.
    pub(crate) fn said(&mut self, source: Span, cue: Span, content: Span) {
        let name = source.of(&self.text).to_owned();
        let kind = ActorKind::Person;
        let speaker = Speaker {
            actor: Some(self.actor(&name, kind)),
            name: Some(name),
            kind: Some(kind),
            naming: Naming::Named,
            ..Speaker::default()
        };
        let evidence = Evidence::from([("speaker.name".to_owned(), vec![source])]);
        let (source, cue, content) = (self.words(source), self.words(cue), self.words(content));
        let id = StatementId(self.statements.len() as u32 + 1);
        self.statements.push(Statement {
            speaker,
            form: Form::Direct,
            confidence: 0.9,
            evidence,
            ..Statement::new(id, source, cue, content)
        });
    }

    /// "At least 40 boats were counted in Harbel."
    pub(crate) fn count(&mut self) {
        let lower = self.skewed(9_000) as f64 + 1.0;
        let is_bounded = self.below(4) == 0;
        let words = self.push(&if is_bounded { format!("At least {lower}") } else { lower.to_string() });
        self.push(" ");
        let counted = word(self.skewed(400));
        let counted = self.push(&counted);
        self.push(" were counted in ");
        let place = capital(&word(self.skewed(3_000) + 2_000));
        let place_span = self.push(&place);
        self.push(" this week.");
        let measure = Measure::ALL[self.skewed(Measure::ALL.len() as u64) as usize];
        let confidence = (400 + self.below(600)) as f64 / 1000.0;
        let (words, counted) = (self.words(words), self.words(counted));
        self.figures.push(Figure {
            lower: Some(lower),
            upper: (!is_bounded).then_some(lower),
            bound: if is_bounded { Bound::AtLeast } else { Bound::Exact },
            measure,
            scope: Scope::Incident,
            place: Some(place),
            confidence,
            evidence: Evidence::from([("place".to_owned(), vec![place_span])]),
            ..Figure::new(FigureId(self.figures.len() as u32 + 1), words, counted)
        });
    }

    pub(crate) fn finish(mut self, n: u64, title: String) -> Invented {
        let text = format!("{}\n", self.text.trim_end());
        let outlet = format!("The {} Courier", capital(&word(self.skewed(400) + 5_000)));
        let day = self.below(365 * 10);
        let (year, month, day) = (2016 + day / 365, day % 365 / 31 + 1, day % 28 + 1);
        let published = format!("{year}-{month:02}-{day:02}");
        let is_record = self.below(2) == 0;
        let bytes = if is_record {
            let record = serde_json::json!({
                "id": n, "headline": title, "publisher": outlet, "date": published, "body": text,
            });
            record.to_string().into_bytes()
        } else {
            text.clone().into_bytes()
        };
        let media_type = if is_record { "application/json" } else { "text/plain" };
        let mut report = Report::new(text, media_type);
        report.path = Some(format!("invented/{:05}.jsonl", n / 1000));
        report.record = Some(n % 1000 + 1);
        (report.title, report.outlet) = (Some(title), Some(outlet));
        (report.published, report.published_from) = (Some(published), Some(PublishedFrom::Metadata));
        report.language = Some("en".to_owned());
        let mut reading = Reading::of(report);
        (reading.statements, reading.figures) = (self.statements, self.figures);
        (reading.mentions, reading.actors) = (self.mentions, self.actors);
        Invented { bytes, reading }
    }
}

/// The word of rank `n`: frequent ones are short.
pub(crate) fn word(n: u64) -> String {
    const ONSETS: [&str; 16] =
        ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"];
    const RIMES: [&str; 12] = ["a", "e", "i", "o", "u", "an", "el", "or", "in", "us", "ai", "om"];
    let (mut word, mut rest) = (String::new(), n + 17);
    while rest > 0 {
        word += ONSETS[(rest % 16) as usize];
        rest /= 16;
        word += RIMES[(rest % 12) as usize];
        rest /= 12;
    }
    word
}

pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
