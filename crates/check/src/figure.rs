//! Counts that the text gives in its own voice.

use std::collections::BTreeSet;

use ascribe_record::{Figure, Measure, Span, Statement};

use crate::draft::{Draft, names_somebody};
use crate::finding::{Finding, Kind, Related};

/// What is counted by somebody: people harmed, held or moved. Lengths, sums of money and shares are
/// left out, as many need no source.
const COUNTED: &[Measure] = &[
    Measure::Casualties,
    Measure::Killed,
    Measure::Injured,
    Measure::Missing,
    Measure::Captured,
    Measure::Detained,
    Measure::Displaced,
    Measure::Arrested,
    Measure::Released,
    Measure::Evacuated,
    Measure::Affected,
];

/// People who are held, freed, moved or missing.
const PEOPLE: &[&str] = &[
    "people",
    "persons",
    "others",
    "men",
    "women",
    "children",
    "boys",
    "girls",
    "minors",
    "adults",
    "civilians",
    "residents",
    "villagers",
    "inhabitants",
    "households",
    "families",
    "prisoners",
    "hostages",
    "captives",
    "detainees",
    "inmates",
    "suspects",
    "protesters",
    "protestors",
    "demonstrators",
    "activists",
    "journalists",
    "reporters",
    "workers",
    "students",
    "teachers",
    "soldiers",
    "troops",
    "officers",
    "fighters",
    "militants",
    "rebels",
    "gunmen",
    "sailors",
    "fishermen",
    "refugees",
    "migrants",
    "victims",
    "survivors",
    "patients",
    "tourists",
];

/// Words before a count that has been given already, or whose subject gives it: "police found two men".
const KNOWN: &[&str] =
    &["the", "these", "those", "his", "her", "their", "its", "our", "found", "counted", "recovered"];

/// Words that are counted beside people, and are none.
const THINGS: &[&str] =
    &["wound", "wounds", "injury", "injuries", "shot", "shots", "bullet", "bullets", "burns"];

pub(crate) fn without_source(draft: &Draft<'_>) -> Vec<Finding> {
    let figures = &draft.reading.figures;
    let attributed = figures.iter().filter(|f| owner(draft, f).is_some()).filter_map(count);
    // What a source gives anywhere, or has been asked about, is not asked about.
    let mut known: BTreeSet<(u64, String)> = attributed.collect();
    let mut findings: Vec<(Span, Finding)> = Vec::new();
    for figure in figures.iter().filter(|f| needs_source(draft, f)) {
        let (Some(words), Some(count)) = (span(figure), count(figure)) else { continue };
        if known.contains(&count) || !own_voice(draft, figure, words) {
            continue;
        }
        known.insert(count);
        let sentence = draft.sentence(words.begin);
        // One question a sentence, however many figures it has.
        match findings.last_mut().filter(|(last, _)| *last == sentence) {
            Some((_, finding)) => {
                finding.message = "No source is given for the numbers in this sentence.".to_owned();
                finding.related.push(Related { span: words, label: "also" });
            }
            None => {
                findings.push((sentence, Finding::new(Kind::FigureWithoutSource, words, message(figure))))
            }
        }
    }
    findings.into_iter().map(|(_, finding)| finding).collect()
}

fn needs_source(draft: &Draft<'_>, figure: &Figure) -> bool {
    let several = figure.lower.or(figure.upper).is_none_or(|n| n > 1.0);
    let head = head(figure);
    let people = !THINGS.contains(&head.as_str()) && (harmed(figure) || is_people(draft, figure, &head));
    COUNTED.contains(&figure.measure)
        && several
        && people
        && !figure.implicit
        && figure.part_of.is_none()
        && !long_ago(draft, figure)
}

/// Whether people are counted, and not the seats of a room that "holds" them: what is held, freed or
/// moved may be a thing.
fn is_people(draft: &Draft<'_>, figure: &Figure, head: &str) -> bool {
    let verb = figure.evidence.get("measure").map_or(&[][..], |spans| spans);
    let has_room = verb.iter().any(|span| matches!(span.of(draft.text), "holds" | "hold"));
    let word = figure.counted.text.split_whitespace().next_back();
    let small = |word: &str| word.chars().any(char::is_lowercase);
    let named = word.is_some_and(|word| word.starts_with(char::is_uppercase) && small(word));
    !has_room && (named || PEOPLE.contains(&head))
}

/// Whether it counts dead, injured or missing.
pub(crate) fn harmed(figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Casualties | Measure::Killed | Measure::Injured | Measure::Missing)
}

/// The last word of what is counted.
pub(crate) fn head(figure: &Figure) -> String {
    figure.counted.text.split_whitespace().next_back().unwrap_or_default().to_lowercase()
}

/// Whether it happened in an earlier year than the one before the report: history has its sources
/// elsewhere.
fn long_ago(draft: &Draft<'_>, figure: &Figure) -> bool {
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<i16>().ok());
    let occurred = figure.occurred.as_deref().and_then(year);
    occurred.zip(draft.published).is_some_and(|(occurred, published)| occurred < published.year() - 1)
}

/// The figure with what it counts, if that stands behind it.
fn span(figure: &Figure) -> Option<Span> {
    let words = figure.words.cover()?;
    let counted = figure.counted.cover().filter(|c| c.begin >= words.begin && c.begin <= words.end + 4);
    Some(counted.map_or(words, |counted| words.cover(counted)))
}

/// The statement that gives the figure and names somebody.
pub(crate) fn owner<'r>(draft: &Draft<'r>, figure: &Figure) -> Option<&'r Statement> {
    let statement = figure.statement.and_then(|id| draft.statement(id))?;
    names_somebody(statement).then_some(statement)
}

/// What two figures share that may give one count, the lede and a source further down: the number or,
/// where there is none, the word.
fn count(figure: &Figure) -> Option<(u64, String)> {
    let value = figure.lower.or(figure.upper);
    let word = if value.is_none() { figure.words.text.to_lowercase() } else { String::new() };
    COUNTED.contains(&figure.measure).then(|| (value.unwrap_or(-1.0).to_bits(), word))
}

/// Whether the text says it itself: no quotation, no headline, and nobody who says anything in the
/// sentence or in the one before it in the paragraph, whose source carries on.
fn own_voice(draft: &Draft<'_>, figure: &Figure, words: Span) -> bool {
    let sentence = draft.sentence(words.begin);
    let paragraph = draft.paragraph(words.begin);
    let before = draft.sentence_before(sentence).filter(|before| paragraph.contains(*before));
    let says = draft.says(words.begin) || before.is_some_and(|before| draft.says(before.begin));
    // "The four suspects" have been counted before.
    let before = draft.words_in(Span::new(sentence.begin, words.begin)).last();
    let known = before.is_some_and(|word| KNOWN.contains(&word.lower.as_str()));
    let owned = known || figure.statement.is_some();
    !says && !owned && !draft.in_quotation(words.begin) && !draft.in_title(words.begin)
}

fn message(figure: &Figure) -> String {
    let what = match figure.measure {
        Measure::Casualties => "casualties",
        Measure::Killed => "dead",
        Measure::Injured => "injured",
        Measure::Missing => "missing",
        Measure::Captured => "captured",
        Measure::Detained => "detained",
        Measure::Displaced => "displaced",
        Measure::Arrested => "arrested",
        Measure::Released => "released",
        Measure::Evacuated => "evacuated",
        _ => "affected",
    };
    format!("No source is given for this number of {what}.")
}
