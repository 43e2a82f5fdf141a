//! Parts and their whole.

use std::collections::BTreeMap;

use ascribe_record::{Bound, Figure, FigureId, Measure, Span};

use crate::draft::Draft;
use crate::finding::{Finding, Kind};

/// Words right before a figure that make it a part of the one before.
const PART: &[&[&str]] = &[
    &["including"],
    &["of", "which"],
    &["of", "whom"],
    &["of", "them"],
    &["among", "them"],
    &["among", "whom"],
    &["amongst", "them"],
];

/// How many words may lie between a whole and the word that leads to its part.
const REACH: usize = 8;

/// People who are told apart by one thing, so that nobody is counted twice: by sex and age, or by
/// what they do.
const CLASSES: [&[&[&str]]; 2] = [
    &[
        &["men", "man"],
        &["women", "woman"],
        &["children", "child", "minors", "kids", "babies", "infants", "boys", "girls"],
    ],
    &[
        &["civilians"],
        &["soldiers", "troops", "servicemen", "personnel"],
        &["police", "policemen"],
        &["militants", "fighters", "rebels", "insurgents", "gunmen", "militiamen"],
    ],
];

pub(crate) fn parts(draft: &Draft<'_>) -> Vec<Finding> {
    let figures = &draft.reading.figures;
    let mut wholes: BTreeMap<FigureId, Vec<&Figure>> = BTreeMap::new();
    for part in figures {
        part.part_of.into_iter().for_each(|whole| wholes.entry(whole).or_default().push(part));
    }
    let whole = |figure: &Figure| wholes.get(&figure.id).map_or(&[][..], Vec::as_slice);
    let sums = figures.iter().filter_map(|figure| more_than_whole(draft, figure, whole(figure)));
    let single = (1..figures.len()).filter_map(|at| larger_part(draft, figures, at));
    let lists = (0..figures.len()).filter_map(|at| list(draft, figures, at));
    sums.chain(single).chain(lists).collect()
}

/// "40 people, including 25 women and 20 children".
fn more_than_whole(draft: &Draft<'_>, whole: &Figure, parts: &[&Figure]) -> Option<Finding> {
    let most = most(whole)?;
    let sum: f64 = parts.iter().map(|part| part.lower).sum::<Option<f64>>()?;
    let over = parts.len() > 1 && sum > most && told_apart(parts);
    over.then(|| finding(draft, whole, parts, sum, "more than the whole"))?
}

/// "12 people were hurt, including 15 children": the reader takes the larger figure for no part.
fn larger_part(draft: &Draft<'_>, figures: &[Figure], at: usize) -> Option<Finding> {
    let (whole, part) = (&figures[at - 1], &figures[at]);
    let between = Span::new(whole.words.cover()?.end, part.words.cover()?.begin);
    let sentence = draft.sentence(between.begin);
    if between.is_empty() || !sentence.contains(between) {
        return None;
    }
    let spoken = draft.words_in(between).iter().filter(|w| !w.is_mark());
    let lower: Vec<&str> = spoken.map(|w| w.lower.as_str()).collect();
    let led = PART.iter().any(|lead| lower.ends_with(lead)) && lower.len() <= REACH;
    let same = part.measure == whole.measure || part.measure == Measure::Other;
    let over = people(whole) && same && part.lower? > most(whole)?;
    (led && over && !joined(draft, figures, at - 1))
        .then(|| finding(draft, whole, &[part], part.lower?, "more than the whole"))?
}

/// Whether the figure at `at` is the last of several that are counted together: "56 passengers and 10
/// crew members, among them …".
fn joined(draft: &Draft<'_>, figures: &[Figure], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| end_of(&figures[before]));
    let gap = before.zip(figures[at].words.cover()).and_then(|(end, words)| draft.text.get(end..words.begin));
    gap.is_some_and(|gap| matches!(gap.trim(), "," | "and" | ", and" | "&" | "plus" | "or"))
}

/// "17 people, nine men and seven women, were killed"; "40 casualties: 12 dead and 30 injured".
fn list(draft: &Draft<'_>, figures: &[Figure], at: usize) -> Option<Finding> {
    let (whole, rest) = figures[at..].split_first()?;
    let value = exact(whole).filter(|n| *n >= 2.0 && people(whole) && whole.part_of.is_none())?;
    let mut end = end_of(whole)?;
    let mut parts: Vec<&Figure> = Vec::new();
    for part in rest {
        let gap = draft.text.get(end..part.words.cover()?.begin)?.trim();
        let follows = if parts.is_empty() { opens(gap) } else { matches!(gap, "," | "and" | ", and" | "&") };
        if !follows || exact(part).is_none() {
            break;
        }
        parts.push(part);
        end = end_of(part)?;
    }
    let sum: f64 = parts.iter().filter_map(|part| exact(part)).sum();
    let whole_list = !joined(draft, figures, at) && parts.len() > 1 && closes(draft, end) && sum != value;
    let fits = whole_list && told_apart(&parts) && !told_apart(&[whole]);
    fits.then(|| {
        finding(
            draft,
            whole,
            &parts,
            sum,
            if sum > value { "more than the whole" } else { "less than the whole" },
        )
    })?
}

/// Whether a list begins behind `gap`: a mark alone, or a colon or dash behind the rest of the clause.
fn opens(gap: &str) -> bool {
    let clause = gap.strip_suffix([':', '—', '–']);
    let short =
        |clause: &str| clause.split_whitespace().count() <= REACH && !clause.contains(['.', ',', ';', '\n']);
    matches!(gap, "," | "(") || clause.is_some_and(short)
}

/// Whether a list ends at `at`: a mark stands there, and no word goes on with it.
fn closes(draft: &Draft<'_>, at: usize) -> bool {
    let rest = draft.text[at..].trim_start_matches(' ');
    let Some(mark) = rest.chars().next() else { return true };
    let behind = rest[mark.len_utf8()..].trim_start();
    let goes_on = ["and ", "as well", "plus ", "one ", "a ", "an ", "along with", "or "]
        .iter()
        .any(|w| behind.starts_with(w));
    matches!(mark, ',' | '.' | ')' | ';' | '—' | '–') && !(mark == ',' && goes_on)
}

fn people(figure: &Figure) -> bool {
    !matches!(figure.measure, Measure::Money | Measure::Percent | Measure::Duration | Measure::Distance)
}

/// The greatest value that the words allow; a rounded number leaves a tenth.
fn most(figure: &Figure) -> Option<f64> {
    match figure.bound {
        Bound::Exact | Bound::AtMost | Bound::Under | Bound::Range => figure.upper,
        Bound::About => figure.upper.map(|n| n * 1.1),
        Bound::AtLeast | Bound::Over | Bound::Vague => None,
    }
}

fn exact(figure: &Figure) -> Option<f64> {
    figure.lower.filter(|_| figure.bound == Bound::Exact && !figure.implicit)
}

fn end_of(figure: &Figure) -> Option<usize> {
    let words = figure.words.cover()?.end;
    Some(figure.counted.cover().filter(|c| c.begin >= words).map_or(words, |c| c.end))
}

/// Whether the figures count people of one set of classes, each class once.
fn told_apart(figures: &[&Figure]) -> bool {
    CLASSES.iter().any(|classes| {
        let mut seen: Vec<usize> = figures.iter().filter_map(|f| class(f, classes)).collect();
        let all = seen.len() == figures.len();
        seen.sort_unstable();
        seen.dedup();
        all && seen.len() == figures.len()
    })
}

fn class(figure: &Figure, classes: &[&[&str]]) -> Option<usize> {
    let head = figure.counted.text.split_whitespace().next_back()?.to_lowercase();
    classes.iter().position(|words| words.contains(&head.as_str()))
}

fn finding(draft: &Draft<'_>, whole: &Figure, parts: &[&Figure], sum: f64, how: &str) -> Option<Finding> {
    let (first, last) = (parts.first()?.words.cover()?, end_of(parts.last()?)?);
    let words = whole.words.cover()?;
    let what = if parts.len() == 1 { "The part is" } else { "The parts come to" };
    let message = format!("{what} {sum}, {how}: “{}”.", words.of(draft.text));
    Some(
        Finding::new(Kind::Sum, Span::new(first.begin, last.max(first.end)), message)
            .beside(words, "the whole"),
    )
}
