//! Which figure is a part of which: "including nine children", "of which 33 are women".

use ascribe_record::{Figure, FigureId, Measure, Span};

use super::carried::is_predicated;
use super::draft::{Draft, opens_with_whole};
use super::lexicon::{BE, SAY};
use super::token::Line;
use super::{is_event, is_vague};

/// Words that open a list of parts. The second value: whether its parts may have verbs of their own.
const MARKERS: &[(&str, bool)] = &[
    ("of which", true),
    ("of whom", true),
    ("among them", true),
    ("among whom", true),
    ("amongst them", true),
    ("including", false),
    ("included", false),
    ("comprising", false),
    ("mostly", false),
];

/// How many figures back a whole is looked for.
const FAR: usize = 24;

/// A list of parts that is being read.
struct Open {
    whole: usize,
    verbs: bool,
    span: Span,
}

/// Sets `part_of` of the figures from `begin` on, which are those of `line`; `previous` are those of
/// the sentence before.
pub(super) fn link(
    line: &Line<'_>,
    drafts: &[Draft],
    figures: &mut [Figure],
    previous: std::ops::Range<usize>,
    begin: usize,
) {
    let mut open: Option<Open> = None;
    let mut from = 0;
    for (n, draft) in drafts.iter().enumerate() {
        let at = begin + n;
        let gap = from..draft.quantity.first;
        let apart = (gap.start..gap.end).find(|&k| line.lower(k) == ",");
        if n == 1 && apart.is_some() && opens_with_whole(line, drafts) {
            // "Of the 71 people who were killed, 31 were women"
            open = Some(Open { whole: begin, verbs: true, span: line.span(0, 1) });
        } else if let Some((verbs, k, end)) = marker(line, gap.clone()) {
            let whole = whole_before(figures, begin..at)
                .or_else(|| whole_before(figures, previous.clone()).filter(|_| verbs));
            open = whole.map(|whole| Open { whole, verbs, span: line.span(k, end) });
        } else if open.as_ref().is_some_and(|open| {
            let told = draft.governed.as_ref().is_some_and(|g| g.direct && g.strong);
            let other = figures[open.whole].measure != figures[at].measure;
            !goes_on(line, gap, open.verbs) || !open.verbs && told && other
        }) {
            open = None;
        }
        if let Some(open) = &open {
            set(figures, at, open.whole, open.span);
        } else if draft.counted.of_pronoun {
            let whole = whole_before(figures, begin..at).or_else(|| whole_before(figures, previous.clone()));
            let span = line.span(draft.counted.behind - 2, draft.counted.behind);
            whole.into_iter().for_each(|whole| set(figures, at, whole, span));
        } else if let Some(end) = share_end(line, draft) {
            let measure = figures[at].measure;
            let whole = whole_before(figures, previous.clone()).filter(|&i| figures[i].measure == measure);
            let span = line.span(draft.quantity.end, end);
            whole.into_iter().for_each(|whole| set(figures, at, whole, span));
        } else if is_predicated(line, &draft.quantity) {
            let here = whole_before(figures, begin..at)
                .filter(|_| drafts[..n].iter().all(|d| share_end(line, d).is_none()));
            let whole = here.or_else(|| whole_before(figures, previous.clone()));
            let span = line.tokens[draft.quantity.end].span;
            whole.into_iter().for_each(|whole| set(figures, at, whole, span));
        }
        from = draft.counted.behind.max(draft.quantity.end);
    }
    sums(line, drafts, figures, begin);
}

/// The token behind "of the dead" in "14 of the dead".
fn share_end(line: &Line<'_>, draft: &Draft) -> Option<usize> {
    let end = line.phrase_at(draft.quantity.end, "of the")?;
    matches!(line.lower(end), "dead" | "killed" | "injured" | "wounded" | "missing" | "victims")
        .then_some(end + 1)
}

/// The last marker between two figures.
fn marker(line: &Line<'_>, gap: std::ops::Range<usize>) -> Option<(bool, usize, usize)> {
    let near = gap.end.saturating_sub(12).max(gap.start)..gap.end;
    near.rev().find_map(|k| {
        MARKERS.iter().find_map(|&(phrase, verbs)| Some((verbs, k, line.phrase_at(k, phrase)?)))
    })
}

/// Whether a list of parts goes on over the tokens of `gap`.
fn goes_on(line: &Line<'_>, gap: std::ops::Range<usize>, verbs: bool) -> bool {
    gap.len() <= 12
        && gap.clone().all(|k| {
            let verb = line.has(k, BE) || super::lexicon::verb(line.lower(k)).is_some();
            !line.has(k, SAY) && line.lower(k) != ";" && (verbs || !verb)
        })
}

/// The last figure of `range` that is a whole of people or the like.
fn whole_before(figures: &[Figure], range: std::ops::Range<usize>) -> Option<usize> {
    range.rev().take(FAR).find(|&i| {
        let figure = &figures[i];
        figure.part_of.is_none()
            && !figure.implicit
            && figure.upper != Some(0.0)
            && (is_event(figure.measure) || figure.measure == Measure::Other)
    })
}

fn set(figures: &mut [Figure], part: usize, whole: usize, span: Span) {
    let fits = match (figures[part].lower, figures[whole].lower.or(figures[whole].upper)) {
        (Some(part), Some(whole)) => part <= whole,
        _ => true,
    };
    let share = figures[part].measure == Measure::Percent;
    let other_unit = matches!(figures[part].measure, Measure::Money | Measure::Duration | Measure::Distance);
    if part == whole || other_unit || !(fits || share) {
        return;
    }
    figures[part].part_of = Some(figures[whole].id);
    figures[part].evidence.insert("part_of".to_owned(), vec![span]);
    // "33 are women" says nothing of what happened: the whole does.
    if figures[part].measure == Measure::Other {
        figures[part].measure = figures[whole].measure;
        let evidence = figures[whole].evidence.get("measure").cloned();
        evidence.into_iter().for_each(|spans| {
            figures[part].evidence.insert("measure".to_owned(), spans);
        });
        figures[part].confidence = 0.75;
    }
}

/// "17 workers, 15 of Northland and two of Eastland": figures in a row that sum to the one before.
fn sums(line: &Line<'_>, drafts: &[Draft], figures: &mut [Figure], begin: usize) {
    for n in 0..drafts.len() {
        let whole = &figures[begin + n];
        let (Some(value), None) = (whole.lower.filter(|_| !is_vague(whole)), whole.part_of) else { continue };
        let mark = drafts[n].counted.behind;
        if value < 2.0 || !matches!(line.lower(mark), "," | ":" | "-" | "–" | "—" | "(") {
            continue;
        }
        let Some(last) = run_of_sum(line, drafts, figures, begin, n, value) else { continue };
        let span = line.tokens[mark].span;
        (n + 1..=last).for_each(|part| set(figures, begin + part, begin + n, span));
    }
}

/// The last of the two to five figures behind `n` that sum to `value`, if they follow closely.
fn run_of_sum(
    line: &Line<'_>,
    drafts: &[Draft],
    figures: &[Figure],
    begin: usize,
    n: usize,
    value: f64,
) -> Option<usize> {
    let mut sum = 0.0;
    for k in n + 1..drafts.len().min(n + 6) {
        let figure = &figures[begin + k];
        let gap = drafts[k].quantity.first.saturating_sub(drafts[k - 1].counted.behind);
        let same = figure.part_of.is_none() && figure.measure == figures[begin + n].measure;
        let joined = (drafts[k - 1].counted.behind..drafts[k].quantity.first).all(|i| !line.has(i, BE));
        if gap > 4 || !same || !joined {
            return None;
        }
        sum += figure.lower?;
        if sum == value && k > n + 1 {
            return Some(k);
        }
    }
    None
}

/// Gives parts from `begin` on the scope, dates and place of their whole where they have none.
pub(super) fn inherit(figures: &mut [Figure], begin: usize) {
    for part in begin..figures.len() {
        let Some(FigureId(whole)) = figures[part].part_of else { continue };
        let whole = figures[whole as usize - 1].clone();
        let figure = &mut figures[part];
        if figure.measure == whole.measure {
            figure.scope = whole.scope;
            take(&mut figure.occurred, whole.occurred.clone());
            take(&mut figure.since, whole.since.clone());
            take(&mut figure.as_of, whole.as_of.clone());
            take(&mut figure.place, whole.place.clone());
            take(&mut figure.cause, whole.cause.clone());
            for field in ["scope", "occurred", "since", "as_of", "place", "cause"] {
                let spans = whole.evidence.get(field).cloned();
                spans.into_iter().for_each(|spans| {
                    figure.evidence.entry(field.to_owned()).or_insert(spans);
                });
            }
        }
    }
}

fn take(cell: &mut Option<String>, of_whole: Option<String>) {
    if cell.is_none() {
        *cell = of_whole;
    }
}
