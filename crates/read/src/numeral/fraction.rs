//! Fractions: "two thirds", "3/4", "one in three", "2 1/4", "⅔".

use super::digits::digits_at;
use super::ordinal::{ordinal_at, ordinal_word};
use super::words::{cardinal_at, scale, tens, unit};
use super::{Number, Style};
use crate::figure::{Kind, Line};

/// The fraction in words that begins at token `i`, below one or not: "a fifth", "twenty-three fifths".
pub(super) fn fraction_at(line: &Line<'_>, i: usize) -> Option<Number> {
    let (part, at) = match line.lower(i) {
        "a" | "an" => (1.0, i + 1),
        "half" => return Some(Number { value: 0.5, end: i + 1 }),
        _ => simple_at(line, i)?,
    };
    let at = at + usize::from(matches!(line.lower(at), "-" | "–"));
    let (whole, end) = denominator_at(line, at)?;
    Some(Number { value: part / whole, end })
}

/// A numerator of one or two words.
fn simple_at(line: &Line<'_>, i: usize) -> Option<(f64, usize)> {
    if let Some(value) = unit(line.lower(i)).filter(|n| *n >= 1.0) {
        return Some((value, i + 1));
    }
    let ten = tens(line.lower(i))?;
    let at = i + 1 + usize::from(line.inner_hyphen(i + 1));
    let unit = unit(line.lower(at)).filter(|u| (1.0..10.0).contains(u));
    Some(unit.map_or((ten, i + 1), |u| (ten + u, at + 1)))
}

/// What a fraction is of, and the token behind it: "halves", "thirds", "twenty-fifths", "hundred
/// thousandths".
pub(crate) fn denominator_at(line: &Line<'_>, i: usize) -> Option<(f64, usize)> {
    let word = line.lower(i);
    let named = match word {
        "half" | "halves" => Some(2.0),
        "quarter" | "quarters" => Some(4.0),
        _ => ordinal_word(singular(word)).filter(|n| *n > 2.0),
    };
    if let Some(whole) = named {
        return Some((whole, i + 1));
    }
    if let Some(ten) = tens(word) {
        let at = i + 1 + usize::from(line.inner_hyphen(i + 1));
        let unit = ordinal_word(singular(line.lower(at))).filter(|n| *n < 10.0)?;
        return Some((ten + unit, at + 1));
    }
    let scaled = singular(word).strip_suffix("th").and_then(scale)?;
    Some((scaled, i + 1))
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// The number with fractions that begins at token `i`, where any can be meant.
pub(super) fn any_at(line: &Line<'_>, i: usize) -> Option<Number> {
    if let Some(share) = vulgar(line.tokens.get(i)?.text) {
        return Some(Number { value: share, end: i + 1 });
    }
    if let Some(number) = in_digits(line, i) {
        return Some(number);
    }
    if let Some(number) = of_cardinal(line, i) {
        return Some(number);
    }
    if let Some(number) = cardinal_at(line, i, Style::Any) {
        return ratio(line, i, number).or_else(|| with_fraction(line, number)).or(Some(number));
    }
    fraction_at(line, i)
}

/// "3/4", "1 4/5".
fn in_digits(line: &Line<'_>, i: usize) -> Option<Number> {
    let part = |at: usize| {
        let whole = |k: usize| {
            line.tokens
                .get(k)
                .filter(|t| t.kind == Kind::Number && t.text.bytes().all(|b| b.is_ascii_digit()))
        };
        let slash = line.lower(at + 1) == "/" && line.glued(at + 1) && line.glued(at + 2);
        let alone = !(line.lower(at + 3) == "/"
            || at > 0
                && line.glued(at)
                && line.kind(at - 1) == Some(Kind::Mark)
                && line.kind(at.wrapping_sub(2)) == Some(Kind::Number));
        let (a, b) = (whole(at)?.text.parse::<f64>().ok()?, whole(at + 2)?.text.parse::<f64>().ok()?);
        (slash && alone && b > 0.0).then_some(a / b)
    };
    if let Some(value) = part(i) {
        return Some(Number { value, end: i + 3 });
    }
    let whole = line.tokens.get(i).filter(|t| t.kind == Kind::Number)?.text.parse::<f64>().ok()?;
    let rest = part(i + 1).filter(|p| *p < 1.0 && whole.fract() == 0.0)?;
    Some(Number { value: whole + rest, end: i + 4 })
}

/// The characters for fractions.
fn vulgar(text: &str) -> Option<f64> {
    let (a, b) = match text {
        "½" => (1.0, 2.0),
        "⅓" => (1.0, 3.0),
        "⅔" => (2.0, 3.0),
        "¼" => (1.0, 4.0),
        "¾" => (3.0, 4.0),
        "⅕" => (1.0, 5.0),
        "⅖" => (2.0, 5.0),
        "⅗" => (3.0, 5.0),
        "⅘" => (4.0, 5.0),
        "⅙" => (1.0, 6.0),
        "⅚" => (5.0, 6.0),
        "⅛" => (1.0, 8.0),
        "⅜" => (3.0, 8.0),
        "⅝" => (5.0, 8.0),
        "⅞" => (7.0, 8.0),
        _ => return None,
    };
    Some(a / b)
}

/// "one over three", "one out of three", "1 in twenty-one": a part of more.
fn ratio(line: &Line<'_>, i: usize, part: Number) -> Option<Number> {
    let over = line.lower(part.end) == "over";
    let at = match line.phrase_at(part.end, "out of") {
        Some(end) => end,
        None if over || line.lower(part.end) == "in" => part.end + 1,
        None => return None,
    };
    let whole = cardinal_at(line, at, Style::Any).filter(|n| n.value > 0.0)?;
    let money = matches!(line.lower(i.wrapping_sub(1)), "$" | "€" | "£");
    let year = line.lower(part.end) == "in" && whole.value > 1000.0;
    let counts = crate::figure::is_unit(line.lower(whole.end));
    let proper = part.value < whole.value || over;
    (proper && !money && !year && !counts).then(|| Number { value: part.value / whole.value, end: whole.end })
}

/// "one hundred and three and two thirds", "six million and two thirds", "forty two and a third".
fn with_fraction(line: &Line<'_>, whole: Number) -> Option<Number> {
    if line.lower(whole.end) != "and" || whole.value.fract() != 0.0 {
        return None;
    }
    let part = fraction_at(line, whole.end + 1).filter(|p| p.value < 1.0)?;
    let smaller = scale(line.lower(part.end));
    let last = scale(line.lower(whole.end - 1)).filter(|s| *s >= 1e6);
    match (smaller, last) {
        (Some(smaller), _) => Some(Number { value: whole.value + part.value * smaller, end: part.end + 1 }),
        (None, Some(unit)) => Some(Number { value: whole.value + part.value * unit, end: part.end }),
        (None, None) => Some(Number { value: whole.value + part.value, end: part.end }),
    }
}

/// A cardinal before a denominator: "twenty-three fifths", "one hundred thirty fifths", "one one
/// hundred fifth".
fn of_cardinal(line: &Line<'_>, i: usize) -> Option<Number> {
    let article = matches!(line.lower(i), "a" | "an");
    let part = match cardinal_at(line, i, Style::Any) {
        Some(part) => part,
        None if article => Number { value: 1.0, end: i + 1 },
        None => return None,
    };
    let at = part.end
        + usize::from(
            matches!(line.lower(part.end), "-" | "–")
                && line.kind(part.end.wrapping_sub(1)) == Some(Kind::Word),
        );
    let and = last_and(line, i, part.end);
    let ending =
        tens(line.lower(part.end.wrapping_sub(1))).filter(|_| part.end > i + 1 && and != Some(part.end - 2));
    if let (Some(ten), Some(unit)) = (ending, ordinal_word(singular(line.lower(at))).filter(|n| *n < 10.0)) {
        // The tens belong to the denominator: "one hundred thirty-fifths".
        return Some(Number { value: (part.value - ten) / (ten + unit), end: at + 1 });
    }
    if let Some((whole, end)) =
        denominator_at(line, at).filter(|&(whole, _)| whole != 2.0 || article || part.value == 1.0)
    {
        // Behind "and" a proper fraction is added: "one hundred and three quarters".
        if let Some(and) = and {
            let added =
                cardinal_at(line, and + 1, Style::Any).filter(|n| n.end == part.end && n.value < whole);
            if let (Some(added), Some(before)) = (added, cardinal_before(line, i, and)) {
                let unit = scale(line.lower(and - 1)).filter(|s| *s >= 1e6).unwrap_or(1.0);
                let smaller = scale(line.lower(end)).filter(|s| *s < unit);
                let value = before + added.value / whole * smaller.unwrap_or(unit);
                return Some(Number { value, end: end + usize::from(smaller.is_some()) });
            }
        }
        let plural = line.lower(end - 1).ends_with('s') || part.value == 1.0;
        return plural.then_some(Number { value: part.value / whole, end });
    }
    let whole = ordinal_at(line, at).filter(|n| n.value > 100.0 && digits_at(line, at).is_none())?;
    Some(Number { value: part.value / whole.value, end: whole.end })
}

/// The last "and" of tokens `first..end`.
fn last_and(line: &Line<'_>, first: usize, end: usize) -> Option<usize> {
    (first..end).rev().find(|&k| line.lower(k) == "and")
}

/// The cardinal of tokens `first..end` alone.
fn cardinal_before(line: &Line<'_>, first: usize, end: usize) -> Option<f64> {
    let words = line.span(first, end);
    let before = Line::of(line.text, words);
    cardinal_at(&before, 0, Style::Any).filter(|n| n.end == before.len()).map(|n| n.value)
}
