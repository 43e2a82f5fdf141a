//! Bare numbers whose measure is told before: "40 people died. The union says 58", "lowered its figure to
//! 64", "31 were women".

use ascribe_record::{Figure, Measure};

use super::counted::Counted;
use super::draft::Draft;
use super::lexicon::{BE, CLAUSE, PERSON, PERSONS, PREP, STOP};
use super::measure::{Governed, is_harm};
use super::quantity::{Quantity, Told};
use super::token::Line;
use super::trigger::Triggers;

/// What the whole figures of a sentence measure, where all of them measure the same harm or flight.
pub(super) fn measure_of(figures: &[Figure]) -> Option<Governed> {
    let mut wholes = figures.iter().filter(|f| f.part_of.is_none() && !f.implicit);
    let first = wholes.next().filter(|f| can_be_carried(f.measure))?;
    let spans = first.evidence.get("measure")?.clone();
    let same = wholes.all(|f| f.measure == first.measure);
    same.then_some(Governed { measure: first.measure, spans, at: None, strong: true, direct: true })
}

/// What a sentence asks the number of: "it is not known how many have died".
pub(super) fn measure_asked(line: &Line<'_>) -> Option<Governed> {
    let asked = (0..line.len()).find_map(|k| line.phrase_at(k, "how many"))?;
    let triggers = Triggers::of(line, &[]);
    let trigger = (asked..asked + 10).find_map(|k| triggers.begins_at(k))?;
    let spans = vec![line.span(trigger.first, trigger.end)];
    can_be_carried(trigger.measure).then_some(Governed {
        measure: trigger.measure,
        spans,
        at: None,
        strong: true,
        direct: true,
    })
}

fn can_be_carried(measure: Measure) -> bool {
    is_harm(measure) || measure == Measure::Displaced
}

/// What a bare number measures: what the last figure of its sentence does, else `told`, that of the sentence
/// before.
pub(super) fn carried(
    line: &Line<'_>,
    q: &Quantity,
    counted: &Counted,
    drafts: &[Draft],
    told: Option<&Governed>,
) -> Option<Governed> {
    let bare = matches!(q.told, Told::Digits | Told::Words)
        && q.unit.is_none()
        && counted.head.is_none()
        && !counted.of_pronoun
        && q.lower.or(q.upper).is_some_and(|n| n.fract() == 0.0);
    let here = drafts.last().map(|d| d.governed.as_ref().filter(|g| can_be_carried(g.measure)));
    let governed = here.unwrap_or(told).filter(|_| bare)?;
    let compared = ["down from", "up from"].iter().any(|p| line.phrase_before(q.first, p).is_some());
    let fits = compared && here.is_some()
        || here.is_none() && (is_said(line, q) || is_number_of_those(line, q))
        || is_predicated(line, q);
    fits.then(|| Governed { at: None, ..governed.clone() })
}

/// "the service says 58", "there were 12".
fn is_said(line: &Line<'_>, q: &Quantity) -> bool {
    let says = matches!(line.lower(q.first.wrapping_sub(1)), "says" | "said")
        || line.phrase_before(q.first, "there were").is_some();
    says && (q.end >= line.len() || line.is_mark(q.end))
        && !matches!(line.lower(q.end), "%" | "°" | "-" | "/")
}

/// "lowered its figure to 64", "gave its losses as 14", "the number was 34".
fn is_number_of_those(line: &Line<'_>, q: &Quantity) -> bool {
    let arrives = matches!(line.lower(q.first.wrapping_sub(1)), "to" | "at" | "as" | "was" | "is");
    let noun = |k: usize| {
        matches!(line.lower(k), "figure" | "losses" | "number" | "count" | "total" | "toll")
            && (k + 1..q.first - 1).all(|k| !line.has(k, PREP | CLAUSE) && !line.is_mark(k))
    };
    let ends = !line.is_word(q.end) || line.has(q.end, PREP | CLAUSE | STOP);
    arrives && ends && (q.first.saturating_sub(5)..q.first - 1).any(noun)
}

/// "31 were women", "nine were workers of the dam": who some of those were.
pub(super) fn is_predicated(line: &Line<'_>, q: &Quantity) -> bool {
    let opens = q.first == 0 || matches!(line.lower(q.first - 1), "and" | "," | ";");
    let noun =
        (q.end + 1..q.end + 4).take_while(|&k| line.is_word(k) && !line.has(k, PREP | CLAUSE)).any(|k| {
            line.has(k, PERSON | PERSONS)
                && !matches!(line.lower(k), "dead" | "injured" | "wounded" | "missing")
        });
    opens && line.has(q.end, BE) && noun
}
