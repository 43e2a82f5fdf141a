//! Lines of a ledger's listings for a terminal: one block an entry.

use super::table::{TableStyle, beside, with_confidence};
use super::wrap::{Ink, Line, Run, paint, wrap};

/// One entry, put into words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// What it is, in bold.
    pub(crate) head: String,
    /// What follows it on the same line.
    pub(crate) rest: String,
    /// Running text below; none if empty.
    pub(crate) body: String,
    /// Where it is from and its id, dim.
    pub(crate) foot: Vec<String>,
    /// At the right end of the first line.
    pub(crate) confidence: Option<f64>,
    /// Whether it belongs to the entry above and stands farther in.
    pub(crate) is_inset: bool,
}

const INDENT: usize = 4;
const MOST_COLUMNS: usize = 100;
const LEAST_COLUMNS: usize = 20;

/// The entry as lines, none wider than the terminal, with a line end after the last.
pub(crate) fn listing(entry: &Entry, style: &TableStyle) -> String {
    let inset = if entry.is_inset { INDENT } else { 0 };
    let columns = style.width.clamp(LEAST_COLUMNS, MOST_COLUMNS) - inset;
    let gap = if entry.rest.is_empty() { "" } else { " " };
    let first = [Run::new(Ink::Bold, &*entry.head), Run::new(Ink::Plain, format!("{gap}{}", entry.rest))];
    let mut lines: Vec<Line> = match entry.confidence {
        Some(confidence) => with_confidence(&first, confidence, columns),
        None => wrap(&first, columns),
    };
    let foot = entry.foot.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    for (ink, text) in [(Ink::Plain, &entry.body), (Ink::Dim, &foot)] {
        if !text.is_empty() {
            lines.extend(beside("", INDENT, wrap(&[Run::new(ink, &**text)], columns - INDENT)));
        }
    }
    let lines = if entry.is_inset { beside("", INDENT, lines) } else { lines };
    lines.iter().map(|line| format!("{}\n", paint(line, style.colour).trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::wrap::width;
    use super::*;

    #[test]
    fn no_line_is_too_wide_and_nothing_steers_the_terminal() {
        let entry = Entry {
            head: "the Harrow Ministry of Bridges".into(),
            rest: "– said\x1b[31m [state]".into(),
            body: "the long bridge was closed ".repeat(8),
            foot: vec!["3fa9c1d2e4b5a6f7.s1a2b3c4d".into(), String::new(), "2026-01-12".into()],
            confidence: Some(0.934),
            is_inset: true,
        };
        for width_of in [20, 40, 80, 100] {
            let shown = listing(&entry, &TableStyle { width: width_of, colour: false });
            assert!(shown.lines().all(|line| width(line) <= width_of), "{shown}");
            assert!(!shown.contains('\x1b'), "{shown}");
        }
        let shown = listing(&Entry { is_inset: false, ..entry }, &TableStyle { width: 80, colour: false });
        assert!(shown.ends_with("\n    3fa9c1d2e4b5a6f7.s1a2b3c4d · 2026-01-12\n"), "{shown}");
    }
}
