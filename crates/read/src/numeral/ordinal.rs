//! Ordinals: "third", "21st", "one hundred twenty-fifth", "last but one", "the next".

use ascribe_record::Span;

use super::words::{cardinal_at, scale, tens, unit};
use super::{Number, Style, line};
use crate::figure::{Kind, Line};

/// What a position is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From the first: "third" is 3.
    Start,
    /// From the last, which is 0: "last but one" is -1.
    End,
    /// From the one at hand, which is 0: "next" is 1.
    Current,
}

/// A position in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ordinal {
    /// Its words.
    pub span: Span,
    /// How far from the origin.
    pub offset: f64,
    /// What it is counted from.
    pub origin: Origin,
}

/// The ordinals of `text`, in order.
///
/// ```
/// use ascribe_read::{Origin, find_ordinals};
///
/// let found = find_ordinals("The twenty-first raid was the last but one.");
/// assert_eq!((found[0].offset, found[0].origin), (21.0, Origin::Start));
/// assert_eq!((found[1].offset, found[1].origin), (-1.0, Origin::End));
/// ```
pub fn find_ordinals(text: &str) -> Vec<Ordinal> {
    let line = line(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        let hit = relative_at(&line, i).or_else(|| {
            let number = ordinal_at(&line, i)?;
            let article = matches!(line.lower(i), "a" | "an") && number.value < 100.0;
            Some((i + usize::from(article), number.end, number.value, Origin::Start))
        });
        match hit {
            Some((first, end, offset, origin)) => {
                found.push(Ordinal { span: line.span(first, end), offset, origin });
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

const RELATIVE: &[(&str, f64, Origin)] = &[
    ("the one before the last one", -1.0, Origin::End),
    ("the one before the last", -1.0, Origin::End),
    ("the last but one", -1.0, Origin::End),
    ("last but one", -1.0, Origin::End),
    ("the second to last", -1.0, Origin::End),
    ("second to last", -1.0, Origin::End),
    ("next to last", -1.0, Origin::End),
    ("last but two", -2.0, Origin::End),
    ("the third to last", -2.0, Origin::End),
    ("third to last", -2.0, Origin::End),
    ("penultimate", -1.0, Origin::End),
    ("antepenultimate", -2.0, Origin::End),
    ("last", 0.0, Origin::End),
    ("previous one", -1.0, Origin::Current),
    ("previous", -1.0, Origin::Current),
    ("current one", 0.0, Origin::Current),
    ("current", 0.0, Origin::Current),
    ("next one", 1.0, Origin::Current),
    ("next", 1.0, Origin::Current),
];

/// A relative position at `i`, longest phrase first.
fn relative_at(line: &Line<'_>, i: usize) -> Option<(usize, usize, f64, Origin)> {
    RELATIVE
        .iter()
        .find_map(|&(phrase, offset, origin)| Some((i, line.phrase_at(i, phrase)?, offset, origin)))
}

/// The ordinal that begins at token `i`, as a number counted from the start.
pub(super) fn ordinal_at(line: &Line<'_>, i: usize) -> Option<Number> {
    if line.kind(i) == Some(Kind::Number) {
        let suffix = line.glued(i + 1) && matches!(line.lower(i + 1), "st" | "nd" | "rd" | "th");
        let value = super::digits::single(line.tokens[i].text).filter(|_| suffix)?;
        return Some(Number { value, end: i + 2 });
    }
    // "one hundred twenty-fifth": a cardinal whose last word is an ordinal.
    let head = cardinal_at(line, i, Style::Any).filter(|n| n.value.fract() == 0.0);
    let (value, at) = match head {
        Some(head) => (head.value, head.end),
        None if matches!(line.lower(i), "a" | "an") => (0.0, i + 1),
        None => (0.0, i),
    };
    let at = at + usize::from(value > 0.0 && (line.lower(at) == "and" || is_dash(line, at)));
    if let Some(last) = ordinal_word(line.lower(at)) {
        let fits = value == 0.0
            || value >= 20.0 && value % 10.0 == 0.0 && last < 10.0
            || value % 100.0 == 0.0 && last < 100.0;
        return fits.then_some(Number { value: value + last, end: at + 1 });
    }
    let factor = line.lower(at).strip_suffix("th").and_then(scale)?;
    (at > i || value == 0.0).then_some(Number { value: value.max(1.0) * factor, end: at + 1 })
}

fn is_dash(line: &Line<'_>, i: usize) -> bool {
    matches!(line.lower(i), "-" | "–" | "—")
}

/// "third" as 3, "twentieth" as 20, also written together: "twentyfifth".
pub(super) fn ordinal_word(word: &str) -> Option<f64> {
    const ENDINGS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    if let Some(n) = ENDINGS.iter().position(|e| *e == word) {
        return Some(n as f64 + 1.0);
    }
    if word == "nineth" {
        return Some(9.0);
    }
    if let Some(ten) = word.strip_suffix("ieth").and_then(|stem| tens(&format!("{stem}y"))) {
        return Some(ten);
    }
    if let Some(teen) = word.strip_suffix("th").and_then(unit).filter(|n| *n > 12.0) {
        return Some(teen);
    }
    let split = word.find("ty").map(|at| at + 2).filter(|&at| at < word.len())?;
    let ten = tens(&word[..split])?;
    ordinal_word(&word[split..]).filter(|u| *u < 10.0).map(|u| ten + u)
}
