//! Text to figures: every quantity that counts people, and the common others, with its bounds,
//! what it counts and measures, scope, date, place and owner.
//!
//! The steps, a module each: a sentence becomes tokens (`token`), numbers and their bound words
//! become quantities (`number`, `quantity`), those that count nothing are dropped (`reject`), the
//! noun phrase behind each is read (`counted`), then the word that governs it (`measure`, which finds
//! them by `trigger` and `phrase`); `draft` keeps what is a figure by all that. Then come what it is a
//! part of (`part`), when (`when`) and where (`place`). `lexicon` holds the tables of words.
//!
//! The rules are of the language: word order, auxiliaries, a few hundred nouns and verbs. Nothing is
//! inferred across sentences but "five of them". Where two readings are open the cell stays empty.

mod counted;
mod draft;
mod lexicon;
mod measure;
mod number;
mod owner;
mod part;
mod phrase;
mod place;
mod quantity;
mod reject;
mod single;
mod token;
mod trigger;
mod when;

use ascribe_record::{Bound, Dateline, Evidence, Figure, FigureId, Measure, Scope, Span, Statement, Words};
use jiff::civil::Date;

use draft::{Draft, drafts, told_once};
pub(crate) use lexicon::MONTH;
use measure::is_harm;
pub(crate) use quantity::BOUNDS;
use quantity::Told;
pub(crate) use token::{Kind, Line};
use when::{Role, When};

pub(crate) use when::day_of;

/// What figures are read from.
pub struct Setting<'a> {
    /// The report's text.
    pub text: &'a str,
    /// Its sentences, in order.
    pub sentences: &'a [Span],
    /// What was read of who says what, in text order.
    pub statements: &'a [Statement],
    /// EDTF date of the report, against which weekdays and the like are resolved.
    pub published: Option<&'a str>,
    /// The opening place and date.
    pub dateline: Option<&'a Dateline>,
}

/// The figures of a text, in text order.
///
/// ```
/// use ascribe_read::{Setting, find_figures};
/// use ascribe_record::{Bound, Measure, Span};
///
/// let text = "At least 40 people, including nine children, were killed.";
/// let sentences = [Span::new(0, text.len())];
/// let setting = Setting { text, sentences: &sentences, statements: &[], published: None, dateline: None };
/// let figures = find_figures(&setting);
/// assert_eq!((figures[0].words.text.as_str(), figures[0].bound), ("At least 40", Bound::AtLeast));
/// assert_eq!((figures[1].measure, figures[1].part_of), (Measure::Killed, Some(figures[0].id)));
/// ```
pub fn find_figures(setting: &Setting<'_>) -> Vec<Figure> {
    let published = when::day_of(setting.published);
    let mut figures: Vec<Figure> = Vec::new();
    let mut previous = 0..0;
    for (n, &sentence) in setting.sentences.iter().enumerate() {
        let line = Line::of(setting.text, sentence);
        let drafts = told_once(drafts(&line), &figures);
        let begin = figures.len();
        for draft in &drafts {
            let mut figure = finish(&line, draft, setting);
            figure.id = FigureId(figures.len() as u32 + 1);
            figures.push(figure);
        }
        part::link(&line, &drafts, &mut figures, previous, begin);
        times_and_places(&line, &drafts, &mut figures[begin..], published, setting);
        dateline_place(setting, n, &mut figures[begin..]);
        part::inherit(&mut figures, begin);
        previous = begin..figures.len();
    }
    owner::assign(setting, &mut figures);
    figures
}

/// Whether `word` is a unit of measure.
pub(crate) fn is_unit(word: &str) -> bool {
    lexicon::unit(word).is_some()
}

/// The figure of a draft without its date, place, whole and owner.
fn finish(line: &Line<'_>, draft: &Draft, setting: &Setting<'_>) -> Figure {
    let q = &draft.quantity;
    let counted = &draft.counted;
    let measure = draft.governed.as_ref().map_or(Measure::Other, |g| g.measure);
    let mut evidence = Evidence::new();
    if let Some(governed) = &draft.governed {
        evidence.insert("measure".to_owned(), governed.spans.clone());
    }
    if !draft.attributes.is_empty() {
        let mut spans: Vec<Span> = draft.attributes.iter().map(|&(_, span)| span).collect();
        spans.sort_unstable();
        evidence.insert("attributes".to_owned(), spans);
    }
    let counted_spans = if counted.is_empty() { vec![] } else { vec![line.span(counted.first, counted.end)] };
    Figure {
        id: FigureId(0),
        words: Words::at(setting.text, vec![line.span(q.first, q.end)]),
        lower: q.lower,
        upper: q.upper,
        bound: q.bound,
        implicit: q.is_single(),
        measure,
        counted: Words::at(setting.text, counted_spans),
        attributes: draft.attributes.iter().map(|(name, _)| name.clone()).collect(),
        cause: None,
        part_of: None,
        scope: Scope::Unknown,
        occurred: None,
        since: None,
        as_of: None,
        place: None,
        statement: None,
        confidence: confidence(draft, measure),
        evidence,
    }
}

/// How sure each construction is, a fixed table until it is calibrated.
fn confidence(draft: &Draft, measure: Measure) -> f64 {
    let direct = draft.governed.as_ref().is_some_and(|g| g.direct && g.strong);
    match (draft.quantity.told, direct) {
        _ if measure == Measure::Other => 0.6,
        (Told::Digits, true) => 0.9,
        (Told::Words, true) => 0.88,
        (Told::Vague, true) => 0.85,
        (Told::One | Told::Zero | Told::Both, true) => 0.8,
        (Told::Several, true) => 0.75,
        (Told::Article, true) => 0.8,
        (Told::Definite | Told::Named, _) => 0.65,
        (Told::Pronoun, _) => 0.55,
        (Told::Article | Told::Several, false) => 0.6,
        (_, false) => 0.75,
    }
}

fn times_and_places(
    line: &Line<'_>,
    drafts: &[Draft],
    figures: &mut [Figure],
    published: Option<Date>,
    setting: &Setting<'_>,
) {
    let times = when::times(line, published);
    for (draft, figure) in drafts.iter().zip(figures) {
        if draft.quantity.unit.is_some() {
            continue;
        }
        let (first, end) = draft.tokens();
        set_times(line, &times, figure, first, draft.counted.behind.min(end), published);
        set_scope(line, draft, figure, first, end, published);
        if is_event(figure.measure) {
            set_words(figure, "place", place::place_for(line, first, draft.counted.behind), setting.text);
        }
        if is_harm(figure.measure) || matches!(figure.measure, Measure::Struck | Measure::Displaced) {
            set_words(figure, "cause", place::cause_for(line, first, draft.counted.behind), setting.text);
        }
    }
}

/// Measures of what happens somewhere.
fn is_event(measure: Measure) -> bool {
    !matches!(
        measure,
        Measure::Money | Measure::Percent | Measure::Duration | Measure::Distance | Measure::Other
    )
}

fn set_words(figure: &mut Figure, field: &str, span: Option<Span>, text: &str) {
    let Some(span) = span else { return };
    let words = span.of(text).to_owned();
    match field {
        "place" => figure.place = Some(words),
        _ => figure.cause = Some(words),
    }
    figure.evidence.insert(field.to_owned(), vec![span]);
}

fn set_times(
    line: &Line<'_>,
    times: &[When],
    figure: &mut Figure,
    first: usize,
    end: usize,
    published: Option<Date>,
) {
    if !is_event(figure.measure) {
        return;
    }
    for (role, field) in [(Role::On, "occurred"), (Role::Since, "since"), (Role::AsOf, "as_of")] {
        let Some(when) = when::time_for(line, times, role, first, end) else { continue };
        let cell = match role {
            Role::On => &mut figure.occurred,
            Role::Since => &mut figure.since,
            Role::AsOf => &mut figure.as_of,
        };
        *cell = Some(when.date.clone());
        figure.evidence.insert(field.to_owned(), vec![when.span]);
    }
    // What a report dates itself held when it was published; no words say so.
    if figure.as_of.is_none() && (figure.occurred.is_some() || figure.since.is_some()) {
        figure.as_of = published.map(|day| day.to_string());
    }
}

fn set_scope(
    line: &Line<'_>,
    draft: &Draft,
    figure: &mut Figure,
    first: usize,
    end: usize,
    published: Option<Date>,
) {
    if !is_event(figure.measure) {
        return;
    }
    if let Some(spans) = figure.evidence.get("since").cloned() {
        figure.scope = Scope::Cumulative;
        figure.occurred = None;
        figure.evidence.remove("occurred");
        figure.evidence.insert("scope".to_owned(), spans);
        return;
    }
    let held = matches!(
        figure.measure,
        Measure::Detained | Measure::Captured | Measure::Missing | Measure::Displaced
    );
    match when::told_scope(line, first, end) {
        Some((Scope::Stock, span)) if held => {
            figure.scope = Scope::Stock;
            figure.evidence.insert("scope".to_owned(), vec![span]);
            if matches!(
                span.of(line.text).to_lowercase().as_str(),
                "at present" | "currently" | "presently" | "right now" | "at the moment"
            ) {
                figure.as_of = published.map(|day| day.to_string());
                figure.evidence.insert("as_of".to_owned(), vec![span]);
            }
        }
        Some((Scope::Cumulative, span)) => {
            figure.scope = Scope::Cumulative;
            figure.evidence.insert("scope".to_owned(), vec![span]);
        }
        _ if figure.evidence.contains_key("as_of") && is_harm(figure.measure) => {
            figure.scope = if held { Scope::Stock } else { Scope::Cumulative };
            let spans = figure.evidence["as_of"].clone();
            figure.evidence.insert("scope".to_owned(), spans);
        }
        _ => figure.scope = plain_scope(line, draft, figure.measure),
    }
}

/// Scope by measure and tense where no word tells it.
fn plain_scope(line: &Line<'_>, draft: &Draft, measure: Measure) -> Scope {
    let (_, end) = draft.tokens();
    let present = (draft.counted.behind..end.max(draft.counted.behind + 2))
        .any(|k| matches!(line.lower(k), "are" | "is"))
        || matches!(line.lower(draft.quantity.first.wrapping_sub(1)), "are" | "holds" | "hold" | "holding");
    match measure {
        Measure::Detained | Measure::Captured | Measure::Missing | Measure::Displaced if present => {
            Scope::Stock
        }
        Measure::Displaced | Measure::Affected | Measure::Attacks => Scope::Unknown,
        _ => Scope::Incident,
    }
}

/// In the sentence of the date line, what happened and has no place of its own happened there.
fn dateline_place(setting: &Setting<'_>, n: usize, figures: &mut [Figure]) {
    let Some(dateline) = setting.dateline else { return };
    let (Some(place), Some(span)) = (&dateline.place, dateline.spans.first()) else { return };
    let opens = setting.sentences[n].overlaps(*span)
        || n > 0
            && setting.sentences[n - 1].end <= span.end
            && setting.sentences[n].begin >= span.end
            && setting.sentences[n - 1].overlaps(*span);
    let Some(at) = span.of(setting.text).find(place.as_str()).filter(|_| opens) else { return };
    let words = Span::new(span.begin + at, span.begin + at + place.len());
    for figure in
        figures.iter_mut().filter(|f| is_harm(f.measure) && f.scope == Scope::Incident && f.place.is_none())
    {
        figure.place = Some(title_case(place));
        figure.evidence.insert("place".to_owned(), vec![words]);
    }
}

/// "HARROW BAY" as "Harrow Bay"; names that are not shouted stay.
fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut begins = true;
    let mut title = String::new();
    for c in name.chars() {
        if begins {
            title.push(c)
        } else {
            title.extend(c.to_lowercase())
        }
        begins = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    title
}

/// Whether there is no number, only a word such as "dozens".
fn is_vague(figure: &Figure) -> bool {
    figure.bound == Bound::Vague
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::StatementId;
    use proptest::prelude::*;

    fn words(text: &str, part: &str) -> Words {
        let at = text.find(part).expect("the part stands in the text");
        Words::at(text, vec![Span::new(at, at + part.len())])
    }

    fn statement(id: u32, text: &str, cue: &str, content: &str) -> Statement {
        let (cue, content) = (words(text, cue), words(text, content));
        Statement::new(StatementId(id), Words::default(), cue, content)
    }

    fn read(text: &str, statements: &[Statement], dateline: Option<&Dateline>) -> Vec<Figure> {
        let sentences = ascribe_text::sentences(text);
        find_figures(&Setting {
            text,
            sentences: &sentences,
            statements,
            published: Some("2026-01-12"),
            dateline,
        })
    }

    #[test]
    fn the_innermost_statement_owns_a_figure() {
        let text = "The mayor said the clinic reported nine dead. Ten were hurt.";
        let outer = statement(1, text, "said", "the clinic reported nine dead");
        let inner = statement(2, text, "reported", "nine dead");
        let owners: Vec<_> = read(text, &[outer, inner], None).iter().map(|f| f.statement).collect();
        assert_eq!(owners, [Some(StatementId(2)), None]);
    }

    #[test]
    fn who_is_quoted_owns_what_another_passes_on() {
        let text = "Nine people were killed, according to the mayor, quoted by the Northwire agency.";
        let said = statement(1, text, "according to", "Nine people were killed");
        let passed_on = statement(2, text, "quoted by", "Nine people were killed");
        assert_eq!(read(text, &[said, passed_on], None)[0].statement, Some(StatementId(1)));
        let text = "The agency, quoting the mayor, said nine people were killed.";
        let said = statement(1, text, "quoting", "nine people were killed");
        let around = statement(2, text, "said", "quoting the mayor, said nine people were killed");
        assert_eq!(read(text, &[said, around], None)[0].statement, Some(StatementId(1)));
    }

    #[test]
    fn according_to_owns_its_sentence() {
        let text = "Nine people were killed, of whom two were women, according to the mayor. Ten were hurt.";
        let said = statement(1, text, "according to", "Nine people were killed");
        let owners: Vec<_> = read(text, &[said], None).iter().map(|f| f.statement).collect();
        assert_eq!(owners, [Some(StatementId(1)), Some(StatementId(1)), None]);
    }

    #[test]
    fn the_dateline_gives_the_place_of_its_sentence() {
        let text = "EMS, Jan. 12 — At least nine people were killed on Monday. Ten houses burned.";
        let dateline = Dateline {
            place: Some("EMS".to_owned()),
            date: None,
            agency: None,
            spans: vec![Span::new(0, 12)],
        };
        let figures = read(text, &[], Some(&dateline));
        assert_eq!(figures[0].place.as_deref(), Some("Ems"));
        assert_eq!(figures[0].evidence["place"], [Span::new(0, 3)]);
        assert_eq!(figures[0].as_of.as_deref(), Some("2026-01-12"));
        assert_eq!(figures[1].place, None);
    }

    #[test]
    fn evidence_names_the_words() {
        let text = "At least 40 people, including nine children, were killed in Ems on Monday.";
        let figures = read(text, &[], None);
        let evidence = |n: usize, field: &str| Words::at(text, figures[n].evidence[field].clone()).text;
        assert_eq!(evidence(0, "measure"), "killed");
        assert_eq!(evidence(0, "occurred"), "Monday");
        assert_eq!(evidence(0, "place"), "Ems");
        assert_eq!(evidence(1, "part_of"), "including");
        assert_eq!(evidence(1, "attributes"), "children");
    }

    #[test]
    fn a_long_sentence_is_read_in_time() {
        for piece in ["12 killed and ", "a man of ", "who ", "1 ", "- ", "including nine ", "in Ems ", "was "]
        {
            let text = piece.repeat(50_000 / piece.len());
            assert!(read(&text, &[], None).len() <= text.len());
        }
    }

    /// Words that the rules turn on, so that random texts reach them.
    const PIECES: &str = "((12|1 200|3\\.5m|\\$4 million|40%|at least|between|and|to|or|a|the|no|one|both|dozens|of|which|\
        them|people|Lind|Ems|children|soldiers|were|killed|injured|killing|dead|including|since|Monday|Oct\\.|7|2011|\
        in|-|–|,|\\.|\"|’s|year-old|é|half|million|hundred|death|toll|rose|from|family|another|U\\.S\\.|é́|\n\n) ?){0,24}";

    proptest! {
        #[test]
        fn bounds_are_read_back(n in 2u32..5000, more in 1u32..900) {
            let (low, high) = (f64::from(n), f64::from(n + more));
            let (a, b) = (Some(low), Some(high));
            for (words, lower, upper, bound) in [
                (format!("{n}"), a, a, Bound::Exact),
                (format!("about {n}"), a, a, Bound::About),
                (format!("some {n}"), a, a, Bound::About),
                (format!("at least {n}"), a, None, Bound::AtLeast),
                (format!("no fewer than {n}"), a, None, Bound::AtLeast),
                (format!("more than {n}"), a, None, Bound::Over),
                (format!("up to {n}"), None, a, Bound::AtMost),
                (format!("as many as {n}"), None, a, Bound::AtMost),
                (format!("fewer than {n}"), None, a, Bound::Under),
                (format!("between {low} and {high}"), a, b, Bound::Range),
                (format!("{low} to {high}"), a, b, Bound::Range),
                (format!("at least {low} and up to {high}"), a, b, Bound::Range),
            ] {
                let text = format!("The storm killed {words} people in the valley.");
                let figures = read(&text, &[], None);
                let found: Vec<_> = figures.iter().map(|f| (f.words.text.as_str(), f.lower, f.upper, f.bound)).collect();
                prop_assert_eq!(&found, &[(words.as_str(), lower, upper, bound)], "{}", text);
            }
        }

        #[test]
        fn every_figure_stands_on_its_words(text in prop_oneof![
            proptest::collection::vec(PIECES, 0..6).prop_map(|p| p.join(" ")),
            "\\PC{0,120}".boxed(),
            "(?s).{0,80}".boxed(),
        ]) {
            let figures = read(&text, &[], None);
            prop_assert_eq!(&figures, &read(&text, &[], None));
            for (n, figure) in figures.iter().enumerate() {
                prop_assert_eq!(figure.id, FigureId(n as u32 + 1));
                prop_assert!(!figure.words.is_empty());
                for part in [&figure.words, &figure.counted] {
                    prop_assert_eq!(part, &Words::at(&text, part.spans.clone()));
                }
                for span in figure.evidence.values().flatten() {
                    prop_assert!(!span.is_empty() && !span.of(&text).is_empty());
                }
                prop_assert!(figure.part_of.is_none_or(|whole| whole < figure.id));
                prop_assert!(n == 0 || figures[n - 1].words.cover() < figure.words.cover());
                prop_assert_eq!(figure.bound == Bound::Vague, figure.lower.is_none() && figure.upper.is_none());
            }
        }
    }
}
