//! Numbers in digits and words at one place of a sentence: their value and where they end.

use super::token::Line;

pub(super) use crate::numeral::Number;
use crate::numeral::{Style, cardinal_at, denominator_at};

/// The number that begins at token `i`: "5,200", "1.2 million", "1 200", "thirty-three", "a hundred",
/// "two dozen", "half a million", "two and a half million".
pub(super) fn number_at(line: &Line<'_>, i: usize) -> Option<Number> {
    cardinal_at(line, i, Style::Prose)
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
    let part = article.or_else(|| number_at(line, i).filter(|n| n.end == i + 1).map(|n| n.value))?;
    let at = i + 1 + usize::from(line.inner_hyphen(i + 1));
    let (whole, end) = denominator_at(line, at).filter(|&(whole, _)| whole <= 10.0)?;
    // "a third man" is an ordinal.
    // "A third was wounded" tells of one, "a third were women" of many.
    let told =
        matches!(line.lower(end), "of" | "were" | "are") || line.lower(end) == "was" && article.is_none();
    (told && part >= 1.0 && part < whole).then(|| Number { value: hundredths(part, whole), end })
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
