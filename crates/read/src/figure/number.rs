//! Numbers in digits and words at one place of a sentence: their value and where they end.

use super::token::{Kind, Line};

/// A value and the token behind its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub end: usize,
}

/// The number that begins at token `i`: "5,200", "1.2 million", "1 200", "thirty-three", "a hundred",
/// "two dozen", "half a million", "two and a half million".
pub(super) fn number_at(line: &Line<'_>, i: usize) -> Option<Number> {
    let number = match line.kind(i)? {
        Kind::Number => digits(line, i)?,
        Kind::Word => half_of(line, i).or_else(|| in_words(line, i))?,
        Kind::Mark => return None,
    };
    Some(scaled(line, with_half(line, number)))
}

/// "5,200", "170", "1 200".
fn digits(line: &Line<'_>, i: usize) -> Option<Number> {
    let text = line.tokens[i].text;
    let mut value: f64 = text.replace(',', "").parse().ok()?;
    let mut end = i + 1;
    let whole = text.bytes().all(|b| b.is_ascii_digit());
    if whole
        && text.len() <= 3
        && !text.starts_with('0')
        && !line.has(i.wrapping_sub(1), super::lexicon::MONTH)
    {
        while end - i < 4 && is_group(line, end) {
            value = value * 1000.0 + line.tokens[end].text.parse::<f64>().ok()?;
            end += 1;
        }
    }
    value.is_finite().then_some(Number { value, end })
}

/// Whether three digits stand at `i`, one space behind the digits before.
fn is_group(line: &Line<'_>, i: usize) -> bool {
    let Some(token) = line.tokens.get(i) else { return false };
    let gap = &line.text[line.tokens[i - 1].span.end..token.span.begin];
    let one_space = matches!(gap, " " | "\u{a0}" | "\u{2009}" | "\u{202f}");
    one_space && token.text.len() == 3 && token.text.bytes().all(|b| b.is_ascii_digit())
}

/// "half a million", "half a dozen", "half-dozen".
fn half_of(line: &Line<'_>, i: usize) -> Option<Number> {
    if line.lower(i) != "half" {
        return None;
    }
    let at = if matches!(line.lower(i + 1), "a" | "-") { i + 2 } else { i + 1 };
    let scale = scale(line.lower(at)).or_else(|| (line.lower(at) == "dozen").then_some(12.0))?;
    Some(Number { value: scale / 2.0, end: at + 1 })
}

/// Adds the half of "two and a half", if a scale or a unit follows.
fn with_half(line: &Line<'_>, number: Number) -> Number {
    match line.phrase_at(number.end, "and a half") {
        Some(end) => Number { value: number.value + 0.5, end },
        None => number,
    }
}

/// Multiplies by the "million", "m", "dozen" behind a number.
fn scaled(line: &Line<'_>, mut number: Number) -> Number {
    for _ in 0..2 {
        let at = number.end + usize::from(line.inner_hyphen(number.end));
        let word = line.lower(at);
        let factor = match word {
            "m" | "mn" if line.glued(at) && !is_length(line, number.value, at) => 1e6,
            "bn" | "b" if line.glued(at) => 1e9,
            "tn" if line.glued(at) => 1e12,
            "k" if line.glued(at) => 1e3,
            "dozen" => 12.0,
            _ => match scale(word) {
                Some(factor) => factor,
                None => break,
            },
        };
        number = Number { value: number.value * factor, end: at + 1 };
    }
    number
}

/// Whether the "m" at `i` is metres: "100m high".
fn is_length(line: &Line<'_>, value: f64, i: usize) -> bool {
    let worded = matches!(
        line.lower(i + 1),
        "long" | "high" | "wide" | "tall" | "deep" | "away" | "from" | "above" | "below" | "off" | "inside"
    );
    worded || value >= 1000.0
}

fn scale(word: &str) -> Option<f64> {
    let scale = match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    };
    Some(scale)
}

fn unit(word: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    UNITS.iter().position(|u| *u == word).map(|n| n as f64)
}

fn tens(word: &str) -> Option<f64> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let found = TENS.iter().position(|t| *t == word);
    found.or_else(|| (word == "fourty").then_some(2)).map(|n| (n as f64 + 2.0) * 10.0)
}

/// "thirty-three", "a hundred and five", "two thousand", "a dozen".
fn in_words(line: &Line<'_>, i: usize) -> Option<Number> {
    let mut at = i;
    let mut value = 0.0;
    if matches!(line.lower(i), "a" | "an") {
        at += 1;
        scale(line.lower(at)).or_else(|| (line.lower(at) == "dozen").then_some(12.0))?;
        value = 1.0;
    } else if let Some(group) = below_hundred(line, i) {
        value = group.value;
        at = group.end;
    } else if !(scale(line.lower(i)).is_some() || line.lower(i) == "dozen") {
        return None;
    }
    let scaled_from = at;
    let (total, at) = add_groups(line, value, at);
    // "hundred people" without "a" is no number; nor is a bare "million".
    (scaled_from > i).then_some(Number { value: total, end: at })
}

/// Follows "two" by "hundred", "and", "five", "thousand" as long as they get smaller.
fn add_groups(line: &Line<'_>, first: f64, mut at: usize) -> (f64, usize) {
    let (mut total, mut group) = (0.0, first);
    for _ in 0..8 {
        if line.lower(at) == "dozen" {
            return ((total + group) * 12.0, at + 1);
        }
        let next = at + usize::from(line.inner_hyphen(at));
        let Some(factor) = scale(line.lower(next)) else { break };
        at = next + 1;
        group *= factor;
        if factor > 100.0 {
            total += group;
            group = 0.0;
        }
        let rest = at + usize::from(line.lower(at) == "and");
        if let Some(small) =
            below_hundred(line, rest).filter(|_| factor < 1e6 || line.lower(rest + 1) == "hundred")
        {
            // "two hundred and three thousand" goes on; "two thousand three" ends.
            group += small.value;
            at = small.end;
        }
    }
    (total + group, at)
}

fn below_hundred(line: &Line<'_>, i: usize) -> Option<Number> {
    if let Some(value) = unit(line.lower(i)) {
        return Some(Number { value, end: i + 1 });
    }
    let value = tens(line.lower(i))?;
    let at = i + 1 + usize::from(line.inner_hyphen(i + 1));
    match unit(line.lower(at)).filter(|u| (1.0..10.0).contains(u)) {
        Some(unit) => Some(Number { value: value + unit, end: at + 1 }),
        None => Some(Number { value, end: i + 1 }),
    }
}

/// Shares: "half", "a third", "two-thirds", "one in three", "9 out of 10"; in hundredths.
pub(super) fn share_at(line: &Line<'_>, i: usize) -> Option<Number> {
    ratio(line, i).or_else(|| fraction(line, i))
}

fn ratio(line: &Line<'_>, i: usize) -> Option<Number> {
    let part = number_at(line, i)?;
    let behind = match line.phrase_at(part.end, "out of") {
        Some(end) => end,
        None => line.phrase_at(part.end, "in").filter(|_| part.value < 10.0)?,
    };
    let behind = line.phrase_at(behind, "every").unwrap_or(behind);
    let whole = number_at(line, behind)?;
    let few = matches!(whole.value as i64, 2..=10 | 12 | 20 | 100 | 1000) && part.value < whole.value;
    // "two in 10 days" and "one in 12 hours" count something else.
    let free = super::lexicon::unit(line.lower(whole.end)).is_none() && whole.value.fract() == 0.0;
    (few && free).then(|| Number { value: hundredths(part.value, whole.value), end: whole.end })
}

fn fraction(line: &Line<'_>, i: usize) -> Option<Number> {
    if line.lower(i) == "half" && matches!(line.lower(i + 1), "of" | "the" | "their" | "its") {
        return Some(Number { value: 50.0, end: i + 1 });
    }
    let article = matches!(line.lower(i), "a" | "an").then_some(1.0);
    let part = article.or_else(|| unit(line.lower(i)).filter(|&n| n >= 1.0))?;
    let at = i + 1 + usize::from(line.inner_hyphen(i + 1));
    let whole = match line.lower(at) {
        "half" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "sixth" | "sixths" => 6.0,
        "eighth" | "eighths" => 8.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    // "a third man" is an ordinal.
    let told = matches!(line.lower(at + 1), "of" | "were" | "are" | "was");
    (told && part < whole).then(|| Number { value: hundredths(part, whole), end: at + 1 })
}

fn hundredths(part: f64, whole: f64) -> f64 {
    (part / whole * 100_000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::Span;

    fn read(text: &str) -> Option<(f64, String)> {
        let line = Line::of(text, Span::new(0, text.len()));
        let number = number_at(&line, 0)?;
        Some((number.value, line.span(0, number.end).of(text).to_owned()))
    }

    #[test]
    fn numbers() {
        for (text, value, words) in [
            ("5,200 people", 5200.0, "5,200"),
            ("1 200 people", 1200.0, "1 200"),
            ("1.2 million", 1.2e6, "1.2 million"),
            ("3.5m people", 3.5e6, "3.5m"),
            ("thirty-three", 33.0, "thirty-three"),
            ("a hundred men", 100.0, "a hundred"),
            ("one hundred and fifty men", 150.0, "one hundred and fifty"),
            ("two thousand three hundred", 2300.0, "two thousand three hundred"),
            ("two hundred thousand", 200_000.0, "two hundred thousand"),
            ("one million two hundred thousand", 1.2e6, "one million two hundred thousand"),
            ("two dozen", 24.0, "two dozen"),
            ("a dozen men", 12.0, "a dozen"),
            ("half a million", 5e5, "half a million"),
            ("half a dozen", 6.0, "half a dozen"),
            ("two and a half million", 2.5e6, "two and a half million"),
            ("two and three", 2.0, "two"),
            ("twelve", 12.0, "twelve"),
        ] {
            assert_eq!(read(text), Some((value, words.to_owned())), "{text}");
        }
        for text in ["a man", "hundred", "-", "and", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn shares() {
        let share = |text: &str| share_at(&Line::of(text, Span::new(0, text.len())), 0).map(|n| n.value);
        assert_eq!(share("half of them"), Some(50.0));
        assert_eq!(share("two-thirds of them"), Some(66.667));
        assert_eq!(share("one in three"), Some(33.333));
        assert_eq!(share("nine out of 10"), Some(90.0));
        assert_eq!(share("a third man"), None);
        assert_eq!(share("two in 10 days"), None);
    }
}
