//! Where the text of a report is marked, cut so that overlapping marks can be shown.

use std::fmt;

use ascribe::{FigureId, Reading, Span, StatementId};

/// What a row of the tables is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Statement(StatementId),
    Figure(FigureId),
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statement(id) => id.fmt(f),
            Self::Figure(id) => id.fmt(f),
        }
    }
}

/// What marked words are to their item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Content,
    Cue,
    Source,
    Figure,
    Hedge,
}

/// Words of the text that belong to an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) part: Part,
    pub(super) item: Item,
    /// Whether a link to the item leads here.
    pub(super) anchor: bool,
}

/// The marks of a reading; spans that do not fit the text are left out.
pub(super) fn marks(reading: &Reading) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |spans: &[Span], part, item, anchor| {
        let fitting = spans.iter().filter(|span| !span.is_empty() && fits(**span, &reading.report.text));
        marks.extend(fitting.map(|&span| Mark { span, part, item, anchor }));
    };
    for statement in &reading.statements {
        let item = Item::Statement(statement.id);
        let content = !statement.content.is_empty();
        let cue = !content && !statement.cue.is_empty();
        add(&statement.content.spans, Part::Content, item, content);
        add(&statement.cue.spans, Part::Cue, item, cue);
        add(&statement.source.spans, Part::Source, item, !content && !cue);
        if let Some(hedge) = statement.evidence.get("certainty") {
            add(hedge, Part::Hedge, item, false);
        }
    }
    for figure in &reading.figures {
        add(&figure.words.spans, Part::Figure, Item::Figure(figure.id), true);
    }
    marks
}

fn fits(span: Span, text: &str) -> bool {
    text.get(span.begin..span.end).is_some()
}

/// A stretch of text over which the same marks lie.
pub(super) struct Segment<'m> {
    pub(super) span: Span,
    pub(super) marks: Vec<&'m Mark>,
}

/// The whole text of `len` bytes in segments, cut at every end of a mark and at `cuts`.
pub(super) fn segments<'m>(len: usize, cuts: &[usize], marks: &'m [Mark]) -> Vec<Segment<'m>> {
    let ends = marks.iter().flat_map(|mark| [mark.span.begin, mark.span.end]);
    let mut borders: Vec<usize> = ends.chain(cuts.iter().copied()).chain([0, len]).collect();
    borders.sort_unstable();
    borders.dedup();

    let mut waiting: Vec<&Mark> = marks.iter().collect();
    waiting.sort_by_key(|mark| std::cmp::Reverse(mark.span.begin));
    let mut open: Vec<&Mark> = Vec::new();
    let mut segments = Vec::new();
    for pair in borders.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        open.retain(|mark| mark.span.end > span.begin);
        while let Some(mark) = waiting.pop_if(|mark| mark.span.begin <= span.begin) {
            open.push(mark);
        }
        segments.push(Segment { span, marks: open.clone() });
    }
    segments
}

/// The paragraphs of `text`, in order; what lies between them is ASCII white space.
///
/// A blank line ends a paragraph. So does a single line end that was not needed to keep lines
/// short: one in a text with long lines, or one behind which the next word would have had room.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let longest = lines.iter().map(|&line| chars(line, text)).max().unwrap_or(0);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut before: Option<Span> = None;
    for line in lines {
        if line.is_empty() {
            before = None;
            continue;
        }
        match (before, paragraphs.last_mut()) {
            (Some(above), Some(paragraph)) if !ended_early(above, line, longest, text) => {
                paragraph.end = line.end;
            }
            _ => paragraphs.push(line),
        }
        before = Some(line);
    }
    paragraphs
}

/// The lines of `text` without white space at their ends.
fn lines(text: &str) -> Vec<Span> {
    let mut begin = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let inner = line.trim_matches(|c: char| c.is_ascii_whitespace());
            let lead = if inner.is_empty() { 0 } else { line.find(inner).unwrap_or(0) };
            let span = Span::new(begin + lead, begin + lead + inner.len());
            begin += line.len();
            span
        })
        .collect()
}

fn chars(line: Span, text: &str) -> usize {
    line.of(text).chars().count()
}

/// Lines longer than this are not wrapped by hand.
const LONGEST_WRAPPED: usize = 120;
/// Wrapped lines are not all filled to the last character.
const SLACK: usize = 12;

fn ended_early(line: Span, next: Span, longest: usize, text: &str) -> bool {
    let word = next.of(text).split_whitespace().next().unwrap_or("");
    longest > LONGEST_WRAPPED || chars(line, text) + 1 + word.chars().count() + SLACK < longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn blank_lines_end_paragraphs() {
        assert_eq!(parts("\n one\r\n \t\r\ntwo \n\n\n"), ["one", "two"]);
        assert_eq!(parts(" \n\t"), [""; 0]);
    }

    #[test]
    fn wrapped_lines_stay_together() {
        let text = "date 2031-05-04\n\nThe ferry left the harbour at nine in the\nmorning, the operator said, \
                    and did not\nreturn.";
        assert_eq!(parts(text).len(), 2);
    }

    #[test]
    fn lines_ended_early_stand_alone() {
        let text = "A short headline\nThe ferry left the harbour at nine in the morning, said the operator.";
        assert_eq!(parts(text).len(), 2);
    }

    #[test]
    fn segments_tile_the_text() {
        let item = Item::Figure(FigureId(1));
        let at = |begin, end| Mark { span: Span::new(begin, end), part: Part::Figure, item, anchor: true };
        let marks = [at(2, 6), at(4, 8), at(4, 5)];
        let shown: Vec<_> =
            segments(10, &[3], &marks).iter().map(|s| (s.span.begin, s.span.end, s.marks.len())).collect();
        assert_eq!(shown, [(0, 2, 0), (2, 3, 1), (3, 4, 1), (4, 5, 3), (5, 6, 2), (6, 8, 1), (8, 10, 0)]);
    }
}
