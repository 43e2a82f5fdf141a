//! Readings for the tests, with places and people that do not exist.

use ascribe::{
    Act, Actor, ActorId, ActorKind, Bound, Certainty, Dateline, Figure, FigureId, Form, Measure, Medium,
    MediumKind, Naming, Note, PublishedFrom, Reading, Report, Scope, Span, Statement, StatementId, Words,
};

/// A reading that is being written.
struct Draft(Reading);

impl Draft {
    fn of(path: &str, text: &str) -> Self {
        let mut report = Report::new(text.to_owned(), "text/plain");
        report.id = "6733a261c65a72349f2167ca02baebef0ecd77cf34f43c6be91d83d3c360985b".to_owned();
        report.path = Some(path.to_owned());
        report.language = Some("en".to_owned());
        Self(Reading::of(report))
    }

    /// Where `phrases` stand. In `‹She› said`, only the words in brackets are meant.
    fn spans(&self, phrases: &[&str]) -> Vec<Span> {
        phrases.iter().map(|phrase| find(&self.0.report.text, phrase)).collect()
    }

    fn words(&self, phrases: &[&str]) -> Words {
        Words::at(&self.0.report.text, self.spans(phrases))
    }

    fn says(&mut self, source: &[&str], cue: &[&str], content: &[&str], name: &str) -> &mut Statement {
        let id = StatementId(self.0.statements.len() as u32 + 1);
        let [source, cue, content] = [source, cue, content].map(|phrases| self.words(phrases));
        let named = !name.is_empty();
        let mut statement = Statement { confidence: 0.9, ..Statement::new(id, source, cue, content) };
        if named {
            (statement.speaker.name, statement.speaker.naming) = (Some(name.to_owned()), Naming::Named);
        }
        self.0.statements.push(statement);
        self.0.statements.last_mut().expect("pushed above")
    }

    fn hedge(&mut self, certainty: Certainty, words: &str) {
        let spans = self.spans(&[words]);
        let statement = self.0.statements.last_mut().expect("a statement to hedge");
        statement.certainty = certainty;
        statement.evidence.insert("certainty".to_owned(), spans);
    }

    fn counts(&mut self, words: &str, value: Value, measure: Measure, counted: &str) -> &mut Figure {
        let id = FigureId(self.0.figures.len() as u32 + 1);
        let (bound, lower, upper) = value;
        let (words, counted) = (self.words(&[words]), self.words(&[counted]));
        self.0.figures.push(Figure {
            lower,
            upper,
            bound,
            measure,
            confidence: 0.9,
            ..Figure::new(id, words, counted)
        });
        self.0.figures.last_mut().expect("pushed above")
    }
}

type Value = (Bound, Option<f64>, Option<f64>);

fn find(text: &str, phrase: &str) -> Span {
    let bare = phrase.replace(['‹', '›'], "");
    let begin = text.find(&bare).unwrap_or_else(|| panic!("no {bare:?} in the sample"));
    let lead = phrase.find('‹').unwrap_or(0);
    let inner = phrase.split_once('‹').map_or(phrase, |(_, rest)| rest.trim_end_matches(|c| c != '›'));
    let words = inner.trim_end_matches('›');
    Span::new(begin + lead, begin + lead + words.len())
}

/// A report with most of what a reading can hold: nested and interrupted statements, a pronoun, a
/// silence, hedges, parts of figures, and figures of nobody.
pub(crate) fn flood() -> Reading {
    let mut draft = Draft::of(
        "inbox/velmora-flood.html",
        "VELMORA, March 3 (Northwire) — At least 1,240 people, of whom 312 are children, have been displaced \
         since the Anselm River burst its banks on Sunday, according to Open Shelter, a relief group.\n\n\
         “We will open two more halls,” the deputy mayor, Ilse Dorran, said, “and we will keep them open \
         through the week.” She told Lake Radio that the regional water office had warned of a second crest, \
         which may reach between 4.2 and 4.6 metres.\n\n\
         The water office has not released any figures on the first crest. Residents said dozens of cars were \
         swept away. A boy was injured on Quay Street.\n\n\
         A post shared on the fire brigade’s account 🚒 appeared to show an empty school. The insurer Halden \
         Mutual put the damage at some 2.5 million crowns, to which the city replied that it was too early \
         to say.",
    );
    let report = &mut draft.0.report;
    report.title = Some("Second crest expected as Velmora opens more halls".to_owned());
    report.outlet = Some("The Lake Courier".to_owned());
    report.byline = Some("Tomas Weil".to_owned());
    report.url = Some("https://courier.example/velmora/flood?page=1&part=2".to_owned());
    report.published = Some("2031-03-03".to_owned());
    report.published_from = Some(PublishedFrom::Metadata);
    report.dateline = Some(Dateline {
        place: Some("VELMORA".to_owned()),
        date: Some("XXXX-03-03".to_owned()),
        agency: Some("Northwire".to_owned()),
        spans: Vec::new(),
    });
    report.media_type = "text/html".to_owned();
    draft.0.actors.push(Actor { id: ActorId(1), name: "the city".to_owned(), kind: ActorKind::Government });
    flood_statements(&mut draft);
    flood_figures(&mut draft);
    let spans = draft.spans(&["March 3"]);
    draft.0.notes.push(Note::new("dateline_without_year", "date line gives no year").at(spans));
    draft.0
}

fn flood_statements(draft: &mut Draft) {
    let s = draft.says(
        &["Open Shelter, a relief group"],
        &["according to"],
        &["At least 1,240 people, of whom 312 are children, have been displaced since the Anselm River burst \
           its banks on Sunday"],
        "Open Shelter",
    );
    s.speaker.role = Some("relief group".to_owned());
    s.confidence = 0.968;

    let s = draft.says(
        &["the deputy mayor, Ilse Dorran"],
        &["Ilse Dorran, ‹said›"],
        &["“We will open two more halls,”", "“and we will keep them open through the week.”"],
        "Ilse Dorran",
    );
    s.speaker.role = Some("deputy mayor".to_owned());
    s.form = Form::Direct;
    s.act = Act::Pledge;
    s.confidence = 0.941;

    let s = draft.says(
        &["‹She› told"],
        &["told"],
        &["the regional water office had warned of a second crest, which may reach between 4.2 and 4.6 metres"],
        "Ilse Dorran",
    );
    s.speaker.role = Some("deputy mayor".to_owned());
    s.medium = Some(Medium { kind: MediumKind::Broadcast, via: Some("Lake Radio".to_owned()) });
    s.said_on = Some("2031-03-02".to_owned());
    s.confidence = 0.87;

    let s = draft.says(
        &["the regional water office"],
        &["had warned of"],
        &["a second crest, which may reach between 4.2 and 4.6 metres"],
        "the regional water office",
    );
    s.act = Act::Warn;
    s.within = Some(StatementId(3));
    s.toward = Some(ActorId(1));
    s.confidence = 0.71;
    draft.hedge(Certainty::Possible, "which ‹may›");

    let s = draft.says(
        &["The water office"],
        &["has not released"],
        &["any figures on the first crest"],
        "the regional water office",
    );
    s.act = Act::Withhold;
    s.confidence = 0.92;

    let s =
        draft.says(&["Residents"], &["Residents ‹said›"], &["dozens of cars were swept away"], "Residents");
    s.speaker.naming = Naming::RoleOnly;
    s.confidence = 0.83;

    let s = draft.says(
        &["A post shared on the fire brigade’s account 🚒"],
        &["‹show› an empty school"],
        &["an empty school"],
        "",
    );
    s.act = Act::Show;
    s.medium = Some(Medium { kind: MediumKind::SocialMedia, via: Some("the fire brigade".to_owned()) });
    s.confidence = 0.44;
    draft.hedge(Certainty::Likely, "appeared to");

    let s = draft.says(
        &["The insurer Halden Mutual"],
        &["‹put› the damage"],
        &["the damage at some 2.5 million crowns"],
        "Halden Mutual",
    );
    s.speaker.role = Some("insurer".to_owned());
    s.confidence = 0.79;

    let s = draft.says(&["the city"], &["replied"], &["it was too early to say"], "the city");
    s.act = Act::Answer;
    s.replies_to = Some(StatementId(8));
    s.confidence = 0.66;
}

fn flood_figures(draft: &mut Draft) {
    let f = draft.counts(
        "At least 1,240",
        (Bound::AtLeast, Some(1240.0), None),
        Measure::Displaced,
        "1,240 ‹people›",
    );
    f.scope = Scope::Cumulative;
    f.since = Some("2031-02-28".to_owned());
    f.as_of = Some("2031-03-03".to_owned());
    f.place = Some("Velmora".to_owned());
    f.statement = Some(StatementId(1));
    f.confidence = 0.97;

    let f =
        draft.counts("312", (Bound::Exact, Some(312.0), Some(312.0)), Measure::Displaced, "are ‹children›");
    f.attributes = vec!["minors".to_owned()];
    f.part_of = Some(FigureId(1));
    f.scope = Scope::Cumulative;
    f.as_of = Some("2031-03-03".to_owned());
    f.statement = Some(StatementId(1));
    f.confidence = 0.95;

    let range = (Bound::Range, Some(4.2), Some(4.6));
    let f = draft.counts("between 4.2 and 4.6", range, Measure::Distance, "metres");
    f.statement = Some(StatementId(4));
    f.confidence = 0.62;

    let f = draft.counts("dozens", (Bound::Vague, None, None), Measure::Struck, "of ‹cars›");
    f.cause = Some("flood".to_owned());
    f.scope = Scope::Incident;
    f.occurred = Some("2031-02-28".to_owned());
    f.as_of = Some("2031-02-28".to_owned());
    f.statement = Some(StatementId(6));

    let f = draft.counts("A boy", (Bound::Exact, Some(1.0), Some(1.0)), Measure::Injured, "A ‹boy›");
    f.implicit = true;
    f.attributes = vec!["minors".to_owned(), "male".to_owned()];
    f.place = Some("Quay Street".to_owned());
    f.confidence = 0.48;

    let some = (Bound::About, Some(2_500_000.0), Some(2_500_000.0));
    let f = draft.counts("some 2.5 million", some, Measure::Money, "crowns");
    f.statement = Some(StatementId(8));
}

/// Right-to-left words, wide characters, a word that fills any line and a line without spaces.
pub(crate) fn scripts() -> Reading {
    let mut draft = Draft::of(
        "mixed.jsonl",
        "قالت وزارة الصحة إن 12 شخصا أصيبوا في المرفأ.\n\n当局は「約十二人が負傷した」と述べた。\n\nhttps://example.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \
         says Zoe\u{308} Lind 👩‍👩‍👧.",
    );
    draft.0.report.record = Some(7);
    draft.0.report.language = Some("ar".to_owned());
    let s = draft.says(&["وزارة الصحة"], &["قالت"], &["12 شخصا أصيبوا في المرفأ"], "وزارة الصحة");
    s.speaker.kind = Some(ActorKind::Government);
    draft.says(&["当局"], &["述べた"], &["「約十二人が負傷した」"], "当局").form = Form::Mixed;
    let url = "https://example.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    draft.says(&["Zoe\u{308} Lind"], &["says"], &[url], "Zoe\u{308} Lind 👩‍👩‍👧");
    let exact = (Bound::Exact, Some(12.0), Some(12.0));
    draft.counts("12", exact, Measure::Injured, "شخصا").statement = Some(StatementId(1));
    let about = (Bound::About, Some(12.0), Some(12.0));
    draft.counts("約十二", about, Measure::Injured, "‹人›が").statement = Some(StatementId(2));
    draft.0
}

/// A report in which nothing was read.
pub(crate) fn empty() -> Reading {
    let mut report = Report::new(" \n".to_owned(), "text/html");
    report.path = Some("-".to_owned());
    let mut reading = Reading::of(report);
    reading.notes = vec![
        Note::new("no_text", "the page has no text that a reader would see"),
        Note::new("no_date", "no date of publication was found"),
    ];
    reading
}

/// Words that try to steer a terminal or a browser, in every field.
pub(crate) fn hostile() -> Reading {
    let bad = "<script>alert(1)</script>\x1b]0;x\x07\x1b[2J\" onload='x' &lt;b&gt;\u{202e}";
    let mut draft = Draft::of(bad, &format!("{bad} said 3 cows.\r\n\r\nNone\0 left {bad}</div></article>"));
    let report = &mut draft.0.report;
    report.title = Some(bad.to_owned());
    report.outlet = Some(bad.to_owned());
    report.byline = Some(bad.to_owned());
    report.url = Some("javascript:alert(1)".to_owned());
    report.published = Some(bad.to_owned());
    report.language = Some(bad.to_owned());
    report.captured_at = Some(bad.to_owned());
    report.media_type = bad.to_owned();
    report.id = bad.to_owned();
    let s = draft.says(&[bad], &["said"], &["3 cows"], bad);
    s.speaker.role = Some(format!("{bad}role"));
    s.speaker.affiliation = Some(format!("{bad}affiliation"));
    s.medium = Some(Medium { kind: MediumKind::Document, via: Some(bad.to_owned()) });
    s.said_on = Some(bad.to_owned());
    // Ids that the reading does not hold.
    s.within = Some(StatementId(9));
    s.replies_to = Some(StatementId(8));
    let f = draft.counts("3", (Bound::Exact, Some(3.0), Some(3.0)), Measure::Other, "cows");
    f.attributes = vec![bad.to_owned()];
    f.cause = Some(bad.to_owned());
    f.place = Some(bad.to_owned());
    f.since = Some(bad.to_owned());
    f.part_of = Some(FigureId(9));
    f.statement = Some(StatementId(9));
    draft.0.notes.push(Note::new(bad, bad));
    draft.0
}

pub(crate) fn all() -> Vec<Reading> {
    vec![flood(), scripts(), empty(), hostile()]
}
