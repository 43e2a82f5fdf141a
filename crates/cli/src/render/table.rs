//! A reading on a terminal: heading, statements, figures, notes.

use ascribe::{Note, Reading, Statement};

use super::figures::figures;
use super::wording::{self, Heading};
use super::wrap::{Ink, Line, Run, line_width, paint, width, wrap};

/// How a table is set.
pub(crate) struct TableStyle {
    /// Columns of the terminal.
    pub(crate) width: usize,
    /// Whether bold and dim may be used.
    pub(crate) colour: bool,
}

/// No line of running text is wider, however wide the terminal: longer ones are hard to read.
pub(super) const TEXT_COLUMNS: usize = 100;
pub(super) const LEAST_COLUMNS: usize = 20;

/// The reading as lines for people, none wider than the terminal, with a line end after the last.
pub(crate) fn table(reading: &Reading, style: &TableStyle) -> String {
    let columns = style.width.max(LEAST_COLUMNS);
    let mut lines = heading_lines(&wording::heading(&reading.report), reading.report.url.as_deref(), columns);
    lines.extend(statement_lines(reading, columns));
    lines.extend(figure_lines(reading, columns));
    lines.extend(note_lines(reading, columns));
    lines.iter().map(|line| format!("{}\n", paint(line, style.colour).trim_end())).collect()
}

fn heading_lines(heading: &Heading, url: Option<&str>, columns: usize) -> Vec<Line> {
    let columns = columns.min(TEXT_COLUMNS);
    let mut lines = vec![vec![Run::new(Ink::Dim, "─".repeat(columns))]];
    lines.extend(wrap(&[Run::new(Ink::Bold, heading.title.as_str())], columns));
    lines.extend(wrap(&dotted(heading.facts.iter().cloned(), Ink::Plain), columns));
    for place in [heading.place.as_deref(), url].into_iter().flatten() {
        lines.extend(wrap(&[Run::new(Ink::Dim, place)], columns));
    }
    lines
}

/// The heading of a section: "STATEMENTS (3)" between blank space.
fn section(name: &str, n: usize) -> Vec<Line> {
    let title = if n == 0 { name.to_owned() } else { format!("{name} ({n})") };
    vec![Line::new(), vec![Run::new(Ink::Bold, title)], Line::new()]
}

fn statement_lines(reading: &Reading, columns: usize) -> Vec<Line> {
    let mut lines = section("STATEMENTS", reading.statements.len());
    let hang = hang(reading.statements.iter().map(|statement| statement.id.to_string()));
    for (i, statement) in reading.statements.iter().enumerate() {
        if i > 0 {
            lines.push(Line::new());
        }
        let room = columns.min(TEXT_COLUMNS).saturating_sub(hang);
        let blocks = [
            with_confidence(&says(reading, statement), statement.confidence, room),
            wrap(&[Run::new(Ink::Plain, content(reading, statement))], room),
            detail(reading, statement, room),
        ];
        lines.extend(beside(&statement.id.to_string(), hang, blocks.concat()));
    }
    if reading.statements.is_empty() {
        lines.extend(empty("No statements were read in this report.", columns));
    }
    lines
}

/// Who, the cue's own words and the act.
fn says(reading: &Reading, statement: &Statement) -> Line {
    let who = wording::who(&reading.report, statement);
    let standing = who.standing.map(|standing| format!(" ({standing})")).unwrap_or_default();
    vec![
        Run::new(Ink::Bold, who.name),
        Run::new(Ink::Plain, standing),
        Run::new(Ink::Dim, " – "),
        Run::new(Ink::Plain, wording::cue(&reading.report, statement)),
        Run::new(Ink::Dim, format!(" [{}]", wording::label(statement.act.name()))),
    ]
}

fn content(reading: &Reading, statement: &Statement) -> String {
    match wording::slices(&reading.report, &statement.content) {
        words if words.is_empty() => "(no content was read)".to_owned(),
        words => words,
    }
}

/// What else is known; no line if nothing is.
fn detail(reading: &Reading, statement: &Statement, room: usize) -> Vec<Line> {
    let details = wording::details(reading, statement).into_iter().map(|detail| match detail.to {
        Some(id) => format!("{} {id}", detail.words),
        None => detail.words,
    });
    optional(&dotted(details, Ink::Dim), room)
}

/// As [`wrap`], but no words make no line.
pub(super) fn optional(runs: &[Run], room: usize) -> Vec<Line> {
    if runs.iter().all(|run| run.text.is_empty()) { Vec::new() } else { wrap(runs, room) }
}

/// `runs` in lines, with the confidence at the right end of the first.
pub(super) fn with_confidence(runs: &[Run], confidence: f64, room: usize) -> Vec<Line> {
    let shown = wording::confidence(confidence);
    // "0.42?" and a space each side: the same for all, so that lines break alike.
    let mut lines = wrap(runs, room.saturating_sub(7));
    if let Some(first) = lines.first_mut() {
        // A question mark hangs out, so that the numbers stand below each other.
        let end = room.saturating_sub(usize::from(!shown.ends_with('?')));
        let pad = end.saturating_sub(line_width(first) + width(&shown));
        first.push(Run::new(Ink::Dim, format!("{}{shown}", " ".repeat(pad))));
    }
    lines
}

fn figure_lines(reading: &Reading, columns: usize) -> Vec<Line> {
    let mut lines = section("FIGURES", reading.figures.len());
    if reading.figures.is_empty() {
        lines.extend(empty("No figures were read in this report.", columns));
    } else {
        lines.extend(figures(reading, columns));
    }
    lines
}

fn note_lines(reading: &Reading, columns: usize) -> Vec<Line> {
    if reading.notes.is_empty() {
        return Vec::new();
    }
    let mut lines = section("NOTES", reading.notes.len());
    for note in &reading.notes {
        let room = columns.min(TEXT_COLUMNS).saturating_sub(2);
        lines.extend(beside("·", 2, wrap(&note_runs(reading, note), room)));
    }
    lines
}

fn note_runs(reading: &Reading, note: &Note) -> Line {
    let words = wording::slices_at(&reading.report.text, &note.spans);
    let quoted =
        if words.is_empty() { String::new() } else { format!(": “{}”", wording::shorten(&words)) };
    vec![
        Run::new(Ink::Plain, format!("{}{quoted}", note.message)),
        Run::new(Ink::Dim, format!(" [{}]", note.code)),
    ]
}

fn empty(words: &str, columns: usize) -> Vec<Line> {
    wrap(&[Run::new(Ink::Plain, words)], columns)
}

/// `items` with a dot between each two.
pub(super) fn dotted(items: impl Iterator<Item = String>, ink: Ink) -> Line {
    vec![Run::new(ink, items.collect::<Vec<_>>().join(" · "))]
}

/// `lines` moved right by `hang` columns, in which `id` stands before the first.
pub(super) fn beside(id: &str, hang: usize, lines: Vec<Line>) -> Vec<Line> {
    let indent = |(i, line): (usize, Line)| {
        let lead = if i == 0 { id } else { "" };
        let pad = " ".repeat(hang.saturating_sub(width(lead)));
        [vec![Run::new(Ink::Dim, format!("{lead}{pad}"))], line].concat()
    };
    lines.into_iter().enumerate().map(indent).collect()
}

/// The columns that the widest of `ids` takes with the gap behind it.
pub(super) fn hang(ids: impl Iterator<Item = String>) -> usize {
    ids.map(|id| width(&id)).max().unwrap_or(0) + 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples;
    use super::*;

    fn plain(reading: &Reading, width: usize) -> String {
        table(reading, &TableStyle { width, colour: false })
    }

    #[test]
    fn narrow() {
        insta::assert_snapshot!(plain(&samples::flood(), 40));
    }

    #[test]
    fn usual() {
        insta::assert_snapshot!(plain(&samples::flood(), 80));
    }

    #[test]
    fn wide() {
        insta::assert_snapshot!(plain(&samples::flood(), 120));
    }

    #[test]
    fn very_wide() {
        insta::assert_snapshot!(plain(&samples::flood(), 200));
    }

    #[test]
    fn scripts() {
        insta::assert_snapshot!(plain(&samples::scripts(), 60));
    }

    #[test]
    fn nothing_read() {
        insta::assert_snapshot!(plain(&samples::empty(), 60));
    }

    #[test]
    fn hostile_words_stay_words() {
        let shown = plain(&samples::hostile(), 80);
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        assert!(!shown.contains('\u{202e}'), "{shown:?}");
    }

    #[test]
    fn colour_changes_no_words() {
        for reading in samples::all() {
            let coloured = table(&reading, &TableStyle { width: 80, colour: true });
            let bare =
                ["\x1b[0m", "\x1b[1m", "\x1b[2m"].iter().fold(coloured, |text, code| text.replace(code, ""));
            let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(trimmed(&bare), trimmed(&plain(&reading, 80)));
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(columns in 20usize..220) {
            for reading in samples::all() {
                for line in plain(&reading, columns).lines() {
                    prop_assert!(width(line) <= columns, "{columns}: {line}");
                }
            }
        }
    }
}
