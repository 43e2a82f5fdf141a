//! Words into lines of a terminal: width as shown, never a control character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How words are set apart. Bold and dim are the terminal's own, so they suit light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Bold,
    Dim,
}

/// Words of one ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) ink: Ink,
    pub(super) text: String,
}

impl Run {
    pub(super) fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self { ink, text: text.into() }
    }
}

/// One line of the terminal.
pub(super) type Line = Vec<Run>;

/// Columns that `text` takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Columns that `line` takes.
pub(super) fn line_width(line: &[Run]) -> usize {
    line.iter().map(|run| width(&run.text)).sum()
}

/// The lines of `runs`, none wider than `columns` (a character that is wider stands alone).
///
/// Breaks at white space, around wide (CJK) characters and behind dashes; a word wider than a line
/// is cut between characters as people see them. All text for the terminal comes through here, so
/// here it loses its control characters.
pub(super) fn wrap(runs: &[Run], columns: usize) -> Vec<Line> {
    let columns = columns.max(1);
    let mut lines = vec![Line::new()];
    let mut used = 0;
    for word in words(runs) {
        let gap = usize::from(word.space && used > 0);
        let fits = used + gap + word.width <= columns;
        if !fits && used > 0 {
            lines.push(Line::new());
            used = 0;
        } else if gap > 0 {
            push(&mut lines, word.runs[0].ink, " ");
            used += 1;
        }
        if word.width <= columns {
            word.runs.iter().for_each(|run| push(&mut lines, run.ink, &run.text));
            used += word.width;
        } else {
            used = cut(&mut lines, &word, columns);
        }
    }
    lines
}

/// Spreads a word over as many lines as it needs; returns the columns used on the last.
fn cut(lines: &mut Vec<Line>, word: &Word, columns: usize) -> usize {
    let mut used = 0;
    for run in &word.runs {
        for character in run.text.graphemes(true) {
            let wide = width(character);
            if used > 0 && used + wide > columns {
                lines.push(Line::new());
                used = 0;
            }
            push(lines, run.ink, character);
            used += wide;
        }
    }
    used
}

fn push(lines: &mut [Line], ink: Ink, text: &str) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut() {
        Some(last) if last.ink == ink => last.text.push_str(text),
        _ => line.push(Run::new(ink, text)),
    }
}

/// What is never broken unless it is wider than a line.
struct Word {
    /// Whether white space stands before it.
    space: bool,
    runs: Vec<Run>,
    width: usize,
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut space = false;
    let mut before = String::new();
    for run in runs {
        for character in clean(&run.text).graphemes(true) {
            if character.chars().all(breaks) {
                space = true;
                continue;
            }
            if words.is_empty() || space || may_break(&before, character) {
                words.push(Word { space, runs: Vec::new(), width: 0 });
            }
            let word = words.last_mut().expect("pushed above");
            match word.runs.last_mut() {
                Some(last) if last.ink == run.ink => last.text.push_str(character),
                _ => word.runs.push(Run::new(run.ink, character)),
            }
            character.clone_into(&mut before);
            space = false;
        }
    }
    words.iter_mut().for_each(|word| word.width = line_width(&word.runs));
    words
}

/// White space at which a line may end; no-break spaces are not.
fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn may_break(before: &str, after: &str) -> bool {
    let dash = before == "—";
    let wide = width(before) > 1 || width(after) > 1;
    (dash || wide) && !opens(before) && !closes(after)
}

/// Characters that do not end a line.
fn opens(character: &str) -> bool {
    matches!(character, "“" | "‘" | "«" | "(" | "[" | "\"" | "「" | "『" | "（" | "【" | "《" | "〈")
}

/// Characters that do not begin a line.
fn closes(character: &str) -> bool {
    matches!(
        character,
        "”" | "’"
            | "»"
            | ")"
            | "]"
            | "\""
            | "."
            | ","
            | "!"
            | "?"
            | ":"
            | ";"
            | "…"
            | "」"
            | "』"
            | "）"
            | "】"
            | "》"
            | "〉"
            | "。"
            | "、"
            | "，"
            | "．"
            | "！"
            | "？"
            | "："
            | "；"
            | "ー"
            | "々"
    )
}

/// `text` without anything that could steer a terminal: line ends and tabs become spaces, other
/// control characters and the marks that turn the direction of what follows become `�`.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// `line` as text, with the terminal's codes for bold and dim if `colour`.
pub(super) fn paint(line: &[Run], colour: bool) -> String {
    line.iter()
        .map(|run| match run.ink {
            Ink::Bold if colour => format!("\x1b[1m{}\x1b[0m", run.text),
            Ink::Dim if colour => format!("\x1b[2m{}\x1b[0m", run.text),
            _ => run.text.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str, columns: usize) -> Vec<String> {
        wrap(&[Run::new(Ink::Plain, text)], columns).iter().map(|line| paint(line, false)).collect()
    }

    #[test]
    fn words_wrap() {
        assert_eq!(plain("At least 40 people", 9), ["At least", "40 people"]);
        assert_eq!(plain("", 9), [""]);
        assert_eq!(plain("one\r\n\ttwo", 9), ["one two"]);
    }

    #[test]
    fn a_no_break_space_holds() {
        assert_eq!(plain("some 5\u{a0}200 people", 8), ["some", "5\u{a0}200", "people"]);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(plain("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(plain("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn wide_characters_count_double() {
        assert_eq!(plain("当局は「十二人」。", 6), ["当局は", "「十二", "人」。"]);
        assert_eq!(plain("👩‍👩‍👧 ok", 4), ["👩‍👩‍👧", "ok"]);
    }

    #[test]
    fn escapes_do_not_pass() {
        let lines = plain("a\x1b[31mred\x07\u{9b}2J\u{202e}txt", 80);
        assert_eq!(lines, ["a�[31mred��2J�txt"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in any::<String>(), columns in 2usize..60) {
            for line in plain(&text, columns) {
                // A cluster of many wide characters cannot be cut.
                let clusters = line.graphemes(true).count();
                prop_assert!(width(&line) <= columns || clusters == 1, "{line:?}");
                prop_assert!(!line.chars().any(char::is_control));
            }
        }
    }
}
