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
//! inferred across sentences but "five of them" and what a bare number measures (`carried`). Where two readings are open the cell stays empty.

mod apposition;
mod bound;
mod carried;
mod counted;
mod draft;
mod fate;
mod lexicon;
mod measure;
mod number;
mod owner;
mod part;
mod person;
mod phrase;
mod place;
mod quantity;
mod reject;
mod scope;
mod single;
mod token;
mod total;
mod trigger;
mod walk;
mod when;

use ascribe_record::{Bound, Dateline, Evidence, Figure, FigureId, Measure, Span, Statement, Words};

pub(crate) use bound::BOUNDS;
use draft::{Draft, drafts, told_once};
pub(crate) use lexicon::MONTH;
use quantity::Told;
use scope::{dateline_place, is_event, times_and_places};
pub(crate) use token::{Kind, Line};

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
    let mut asked = None;
    for (n, &sentence) in setting.sentences.iter().enumerate() {
        let line = Line::of(setting.text, sentence);
        let told = carried::measure_of(&figures[previous.clone()]).or(asked);
        asked = carried::measure_asked(&line);
        let drafts = told_once(drafts(&line, told.as_ref()), &figures);
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
        lower: q.lower,
        upper: q.upper,
        bound: q.bound,
        implicit: q.is_single(),
        measure,
        attributes: draft.attributes.iter().map(|(name, _)| name.clone()).collect(),
        confidence: confidence(draft, measure),
        evidence,
        ..Figure::new(
            FigureId(0),
            Words::at(setting.text, vec![line.span(q.first, q.end)]),
            Words::at(setting.text, counted_spans),
        )
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
        fn money_and_measures_are_read_back(n in 1u32..9_000, cents in 1u32..100) {
            let value = f64::from(n) + f64::from(cents) / 100.0;
            for (words, wanted, measure) in [
                (format!("${value:.2}"), value, Measure::Money),
                (format!("US${n}"), f64::from(n), Measure::Money),
                (format!("$US{n}"), f64::from(n), Measure::Money),
                (format!("€{n} million"), f64::from(n) * 1e6, Measure::Money),
                (format!("CHF {n}"), f64::from(n), Measure::Money),
                (format!("{n} Swiss francs"), f64::from(n), Measure::Money),
                (format!("{value:.2}%"), value, Measure::Percent),
                (format!("{n} per cent"), f64::from(n), Measure::Percent),
                (format!("{value:.2} km"), value, Measure::Distance),
                (format!("{n} nautical miles"), f64::from(n), Measure::Distance),
                (format!("{n} milliseconds"), f64::from(n), Measure::Duration),
                (format!("{n} km/h"), f64::from(n), Measure::Other),
                (format!("{value:.2}kW"), value, Measure::Other),
                (format!("{n} megabytes"), f64::from(n), Measure::Other),
                (format!("{n} °C"), f64::from(n), Measure::Other),
            ] {
                let text = format!("It came to {words}.");
                let figures = read(&text, &[], None);
                let found: Vec<_> = figures.iter().map(|f| (f.lower, f.upper, f.measure)).collect();
                prop_assert_eq!(&found, &[(Some(wanted), Some(wanted), measure)], "{}", text);
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
