//! All numbers of a text.

use ascribe_record::Span;

use super::digits::{parts, power};
use super::fraction::any_at;
use super::{Number, line};
use crate::figure::{Kind, Line};

/// A number and its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Its words, the sign included.
    pub span: Span,
    /// Its value.
    pub value: f64,
}

/// The numbers of `text`, in order: in digits, words or both, with signs, fractions and powers.
///
/// ```
/// use ascribe_read::find_numbers;
///
/// let values: Vec<f64> = find_numbers("two thirds of 1.2 million").iter().map(|n| n.value).collect();
/// assert_eq!(values, [2.0 / 3.0, 1.2e6]);
/// ```
pub fn find_numbers(text: &str) -> Vec<Numeral> {
    let line = line(text);
    let mut found: Vec<Numeral> = Vec::new();
    let mut i = 0;
    while i < line.len() {
        if let Some(number) = number_at(&line, i) {
            let first =
                if found.last().is_none_or(|n| n.span.end <= line.tokens[i.saturating_sub(1)].span.begin) {
                    sign_before(&line, i)
                } else {
                    None
                };
            let value = if first.is_some() { -number.value } else { number.value };
            let span = line.span(first.unwrap_or(i), number.end);
            // "forty-five (45)" tells one number twice.
            let again = found.last().is_some_and(|n| n.value == value) && is_bracketed(&line, i, number.end);
            if !again {
                found.push(Numeral { span, value });
            }
            i = number.end;
            continue;
        }
        let token = &line.tokens[i];
        if token.kind == Kind::Number && !ends_glued(&line, i + 1) {
            let begin = token.span.begin;
            let inside = parts(token.text);
            if inside.len() > 1 {
                found.extend(
                    inside.into_iter().map(|(at, value)| Numeral {
                        span: Span::new(begin + at.start, begin + at.end),
                        value,
                    }),
                );
            }
        }
        i += 1;
    }
    found
}

/// The percentages of `text`, in order, in hundredths: "40%", "five per cent", "per cent of ten". Numbers in
/// addresses of web pages are none.
///
/// ```
/// use ascribe_read::find_percents;
///
/// let found = find_percents("It rose from minus two per cent to 4.5%.");
/// assert_eq!(found.iter().map(|p| p.value).collect::<Vec<_>>(), [-2.0, 4.5]);
/// ```
pub fn find_percents(text: &str) -> Vec<Numeral> {
    let mut found: Vec<Numeral> = Vec::new();
    let mut behind = 0;
    for number in find_numbers(text) {
        let before = &text[behind..number.span.begin];
        let (begin, end) = (sign_of(before).map(|at| behind + at), sign_end(&text[number.span.end..]));
        let span = match (begin, end) {
            (_, Some(len)) => Span::new(number.span.begin, number.span.end + len),
            (Some(begin), None) => Span::new(begin, number.span.end),
            (None, None) => continue,
        };
        if !in_address(text, span.begin) {
            behind = span.end;
            found.push(Numeral { span, ..number });
        }
    }
    found
}

const PERCENT: &[&str] = &["%", "percentage", "percents", "percent", "per cent", "pct"];

/// Where the sign behind a number ends, if `rest` begins with one.
fn sign_end(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start();
    let sign = PERCENT
        .iter()
        .find(|sign| trimmed.get(..sign.len()).is_some_and(|s| s.eq_ignore_ascii_case(sign)))?;
    Some(rest.len() - trimmed.len() + sign.len())
}

/// Where "percent of" begins, if `before` ends with it.
fn sign_of(before: &str) -> Option<usize> {
    let words = before.trim_end().strip_suffix("of")?.trim_end();
    let sign =
        PERCENT.iter().filter(|sign| words.to_ascii_lowercase().ends_with(*sign)).max_by_key(|s| s.len())?;
    Some(words.len() - sign.len())
}

/// How far back the beginning of an address is looked for, in letters.
const LONGEST_ADDRESS: usize = 500;

/// Whether what begins at `at` stands inside the address of a web page.
fn in_address(text: &str, at: usize) -> bool {
    let letters =
        text[..at].char_indices().rev().take(LONGEST_ADDRESS).take_while(|(_, c)| !c.is_whitespace());
    let word = &text[letters.last().map_or(at, |(begin, _)| begin)..at];
    word.contains("://") || word.starts_with("www.")
}

/// The number that begins at token `i`, if it is one alone.
pub(super) fn number_at(line: &Line<'_>, i: usize) -> Option<Number> {
    if is_pronoun(line, i) {
        return None;
    }
    let number = any_at(line, i)?;
    let number = power(line, number).unwrap_or(number);
    (!ends_glued(line, number.end)).then_some(number)
}

/// Whether the "one" at `i` stands for a noun: "the one", "which one".
fn is_pronoun(line: &Line<'_>, i: usize) -> bool {
    let before = line.lower(i.wrapping_sub(1));
    line.lower(i) == "one"
        && matches!(before, "the" | "this" | "that" | "which" | "any" | "every" | "each" | "no")
        && !matches!(line.lower(i + 1), "hundred" | "thousand" | "million" | "billion" | "-")
}

/// Whether a unit or the ending of an ordinal is written on to the digits before `end`.
fn ends_glued(line: &Line<'_>, end: usize) -> bool {
    line.glued(end)
        && line.kind(end) == Some(Kind::Word)
        && line.kind(end.wrapping_sub(1)) == Some(Kind::Number)
}

/// Where the sign of the number at `i` stands, if it is negative.
fn sign_before(line: &Line<'_>, i: usize) -> Option<usize> {
    let sign = i.checked_sub(1)?;
    let word = matches!(line.lower(sign), "minus" | "negative");
    let mark = matches!(line.lower(sign), "-" | "−")
        && !(line.glued(sign)
            && (line.is_word(sign.wrapping_sub(1)) || line.kind(sign.wrapping_sub(1)) == Some(Kind::Number)));
    (word || mark).then_some(sign)
}

fn is_bracketed(line: &Line<'_>, i: usize, end: usize) -> bool {
    line.lower(i.wrapping_sub(1)) == "(" && line.lower(end) == ")"
}
