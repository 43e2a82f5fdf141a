//! The findings of a check on a terminal: the place, the sentence, the line with the words marked.

use ascribe::{Finding, Places, Report, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::table::{LEAST_COLUMNS, TEXT_COLUMNS, TableStyle};
use super::wording::came_from;
use super::wrap::{Ink, Line, Run, clean, paint, width, wrap};

/// What a tab takes: its own width depends on the terminal's stops.
const TAB: &str = "    ";

/// Columns of the line that are shown before the words, if there is no room for more.
const CONTEXT: usize = 16;

/// The findings as lines for people, none wider than the terminal, a blank line behind each.
pub(crate) fn findings(report: &Report, findings: &[Finding], style: &TableStyle) -> String {
    let columns = style.width.clamp(LEAST_COLUMNS, TEXT_COLUMNS);
    let places = Places::of(&report.text);
    let lines = findings.iter().flat_map(|finding| shown(report, &places, finding, columns));
    lines.map(|line| format!("{}\n", paint(&line, style.colour).trim_end())).collect()
}

fn shown(report: &Report, places: &Places<'_>, finding: &Finding, columns: usize) -> Vec<Line> {
    let place = places.at(finding.span.begin);
    let from = came_from(report).unwrap_or_default();
    let mut lines = wrap(
        &[
            Run::new(Ink::Bold, format!("{from}:{}:{}: ", place.line, place.column)),
            Run::new(Ink::Plain, finding.message.as_str()),
            Run::new(Ink::Dim, format!(" [{}]", finding.kind.name())),
        ],
        columns,
    );
    let spans = std::iter::once(finding.span).chain(finding.related.iter().map(|related| related.span));
    let gutter = spans.map(|span| places.at(span.begin).line).max().unwrap_or(0).to_string().len();
    let page = Page { text: &report.text, places, gutter, columns };
    lines.extend(page.excerpt(finding.span, None));
    lines.extend(finding.related.iter().flat_map(|related| page.excerpt(related.span, Some(related.label))));
    lines.push(Line::new());
    lines
}

/// What excerpts of one finding share.
struct Page<'p> {
    text: &'p str,
    places: &'p Places<'p>,
    /// Columns of the widest line number.
    gutter: usize,
    columns: usize,
}

impl Page<'_> {
    /// The line that holds the beginning of `span`, cut to the terminal, and the marks below its
    /// words: "^" for the finding's own, "-" with a label for others.
    fn excerpt(&self, span: Span, label: Option<&str>) -> [Line; 2] {
        let number = format!(" {:>1$} │ ", self.places.at(span.begin).line, self.gutter);
        let room = self.columns.saturating_sub(width(&number)).max(4);
        let cells = cells(self.text, self.places.line(span.begin), span);
        let Window { text, before, marked } = window(&cells, room);
        let room = room.saturating_sub(before + marked + 1);
        let mark = if label.is_some() { "-" } else { "^" };
        let label = label.filter(|label| width(label) <= room).map(|label| format!(" {label}"));
        let blank = format!("{} │ {}", " ".repeat(self.gutter + 1), " ".repeat(before));
        [
            vec![Run::new(Ink::Dim, number), Run::new(Ink::Plain, text)],
            vec![
                Run::new(Ink::Dim, blank),
                Run::new(Ink::Bold, mark.repeat(marked)),
                Run::new(Ink::Dim, label.unwrap_or_default()),
            ],
        ]
    }
}

/// One character of a line as people see it.
struct Cell {
    text: String,
    width: usize,
    marked: bool,
}

/// The characters of `line`, with those of `span` marked. White space at its ends is left out.
fn cells(text: &str, line: Span, span: Span) -> Vec<Cell> {
    let graphemes = line.of(text).grapheme_indices(true);
    let cells = graphemes.map(|(at, cluster)| {
        let begin = line.begin + at;
        let shown = if cluster == "\t" { TAB.to_owned() } else { clean(cluster) };
        let marked = begin < span.end && begin + cluster.len() > span.begin;
        Cell { width: width(&shown), text: shown, marked }
    });
    let blank = |cell: &Cell| !cell.marked && cell.text.trim().is_empty();
    let mut cells: Vec<Cell> = cells.skip_while(blank).collect();
    while cells.last().is_some_and(blank) {
        cells.pop();
    }
    cells
}

/// As much of a line as fits, and where its marked words stand.
struct Window {
    text: String,
    /// Columns before the marks.
    before: usize,
    /// Columns of the marks.
    marked: usize,
}

/// The part of `cells` that holds the marked ones, or their beginning, in `room` columns. What is left
/// out at either end is told by "…".
fn window(cells: &[Cell], room: usize) -> Window {
    let begin = first_shown(cells, room);
    let mut used = usize::from(begin > 0);
    let mut window = Window { text: "…".repeat(used), before: used, marked: 0 };
    for (at, cell) in cells.iter().enumerate().skip(begin) {
        let rest = usize::from(at + 1 < cells.len());
        if used + cell.width + rest > room {
            window.text.push('…');
            break;
        }
        if window.marked == 0 {
            window.before = used;
        }
        used += cell.width;
        window.marked += if cell.marked { cell.width } else { 0 };
        window.text.push_str(&cell.text);
    }
    window.marked = window.marked.max(1);
    window
}

/// Where the window begins: at the line's beginning if all of it fits, else so that the words stand in
/// the middle or, where they fill the room, a little of the line stands before them.
fn first_shown(cells: &[Cell], room: usize) -> usize {
    let total = |cells: &[Cell]| cells.iter().map(|cell| cell.width).sum::<usize>();
    if total(cells) <= room {
        return 0;
    }
    let first = cells.iter().position(|cell| cell.marked).unwrap_or(0);
    let last = cells.iter().rposition(|cell| cell.marked).map_or(first, |at| at + 1);
    let spare = room.saturating_sub(total(&cells[first..last]) + 2) / 2;
    let lead = spare.max(CONTEXT.min(room / 4));
    let mut begin = first;
    while begin > 0 && total(&cells[begin - 1..first]) <= lead {
        begin -= 1;
    }
    // No room is wasted behind the end of the line.
    while begin > 0 && total(&cells[begin - 1..]) < room {
        begin -= 1;
    }
    begin
}

#[cfg(test)]
mod tests {
    use ascribe::FindingKind;
    use proptest::prelude::*;

    use super::*;

    fn draft(text: &str, words: &str, columns: usize) -> String {
        let mut report = Report::new(text.to_owned(), "text/plain");
        report.path = Some("draft.txt".to_owned());
        let begin = text.find(words).unwrap();
        let span = Span::new(begin, begin + words.len());
        let finding = Finding {
            kind: FindingKind::Sum,
            span,
            message: "It does not add up.".to_owned(),
            related: Vec::new(),
        };
        findings(&report, &[finding], &TableStyle { width: columns, colour: false })
    }

    #[test]
    fn the_words_are_underlined() {
        let shown = draft("First.\r\nSome 12 people came.\r\n", "12 people", 60);
        let expected =
            "draft.txt:2:6: It does not add up. [sum]\n 2 │ Some 12 people came.\n   │      ^^^^^^^^^\n\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn tabs_and_wide_characters_keep_their_columns() {
        let shown = draft("a\t日本 12 people", "12 people", 60);
        assert!(shown.contains("draft.txt:1:6:"), "{shown}");
        assert!(shown.contains(" 1 │ a    日本 12 people\n   │           ^^^^^^^^^\n"), "{shown}");
    }

    #[test]
    fn long_lines_are_cut_around_the_words() {
        let text = format!("{}12 people{}", "before ".repeat(30), " behind".repeat(30));
        let shown = draft(&text, "12 people", 60);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].contains("12 people") && lines[1].ends_with('…'), "{shown}");
        let column = |line: &str, what: &str| width(&line[..line.find(what).unwrap()]);
        assert_eq!(column(lines[1], "12 people"), column(lines[2], "^^^^^^^^^"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let shown = draft("a\u{1b}[31m\u{202e} 12 people", "12 people", 40);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            before in ".{0,80}", words in "[a-z日\t]{1,60}", behind in ".{0,80}", columns in 20usize..120,
        ) {
            let shown = draft(&format!("{before}{words}{behind}"), &words, columns);
            for line in shown.lines() {
                // A cluster of many characters cannot be cut.
                prop_assert!(width(line) <= columns || line.graphemes(true).any(|c| width(c) > 2), "{line:?}");
            }
        }
    }
}
