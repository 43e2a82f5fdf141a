//! The grammar of English numbers: what the words and digits of a text say, whatever they count.
//!
//! [`find_numbers`] reads cardinals, decimals, fractions and powers; [`find_intervals`] comparisons and
//! ranges; [`find_ordinals`] positions, also relative ones. `digits` and `words` are also what the
//! quantities of figures are read with, in the narrower [`Style::Prose`]: there "one point two" may be
//! "at one point two men …".
//!
//! Left out: numbers told digit by digit, Roman numerals, the long scale.

mod digits;
mod find;
mod fraction;
mod interval;
mod ordinal;
mod words;

use ascribe_record::Span;

pub use find::{Numeral, find_numbers, find_percents};
pub(crate) use fraction::denominator_at;
pub use interval::{End, Interval, find_intervals};
pub use ordinal::{Ordinal, Origin, find_ordinals};
pub(crate) use words::cardinal_at;

use crate::figure::Line;

/// A value and the token behind its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub value: f64,
    pub end: usize,
}

/// How freely numbers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// In running text, where words beside a number may belong to something else.
    Prose,
    /// Where all that can be a number is one.
    Any,
}

/// A decimal number and its scale as they are read, not as binary fractions multiply: 2.14 billion is 2,140,000,000,
/// not 2,140,000,000.0000002. Fifteen digits are those that a number keeps.
fn times(value: f64, factor: f64) -> f64 {
    format!("{:.14e}", value * factor).parse().unwrap_or(value * factor)
}

/// The whole of a text as one line.
fn line(text: &str) -> Line<'_> {
    Line::of(text, Span::new(0, text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_text::{TENS, UNITS};
    use proptest::prelude::*;

    const ENDINGS: [(&str, &str); 9] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
        ("ty", "tieth"),
        ("", "th"),
    ];

    /// `n` in words; `and` stands behind hundreds.
    fn in_words(n: u64, and: bool) -> String {
        let rest = |n: u64, by: u64| match n % by {
            0 => String::new(),
            small if small < 100 && and => format!(" and {}", in_words(small, and)),
            small => format!(" {}", in_words(small, and)),
        };
        match n {
            0..20 => UNITS[n as usize].to_owned(),
            20..100 => {
                let ten = TENS[n as usize / 10 - 2];
                if n.is_multiple_of(10) {
                    ten.to_owned()
                } else {
                    format!("{ten}-{}", UNITS[n as usize % 10])
                }
            }
            100..1000 => format!("{} hundred{}", UNITS[n as usize / 100], rest(n, 100)),
            1000..1_000_000 => format!("{} thousand{}", in_words(n / 1000, and), rest(n, 1000)),
            _ => format!("{} million{}", in_words(n / 1_000_000, and), rest(n, 1_000_000)),
        }
    }

    /// `n` in digits, in groups of three parted by `mark`.
    fn grouped(n: u64, mark: &str) -> String {
        let digits = n.to_string();
        let head = (digits.len() + 2) % 3 + 1;
        let mut text = digits[..head].to_owned();
        for at in (head..digits.len()).step_by(3) {
            text.push_str(mark);
            text.push_str(&digits[at..at + 3]);
        }
        text
    }

    fn ordinal_words(n: u64) -> String {
        let words = in_words(n, false);
        let (end, ordinal) = ENDINGS.iter().find(|(end, _)| words.ends_with(end)).expect("the last ends all");
        format!("{}{ordinal}", words.strip_suffix(end).expect("it ends so"))
    }

    fn one_number(text: &str) -> Option<f64> {
        match find_numbers(text)[..] {
            [Numeral { span, value }] if span == Span::new(0, text.len()) => Some(value),
            _ => None,
        }
    }

    #[test]
    fn scaled_decimals_are_exact() {
        for (text, wanted) in
            [("2.14 billion", 2_140_000_000.0), ("16.72bn", 16_720_000_000.0), ("1.1 million", 1_100_000.0)]
        {
            let read = cardinal_at(&line(text), 0, Style::Any).map(|n| n.value);
            assert_eq!(read, Some(wanted), "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_back(n in prop_oneof![0u64..200, 0u64..20_000, 0u64..1_000_000_000]) {
            for text in [
                n.to_string(),
                grouped(n, ","),
                grouped(n, " "),
                grouped(n, "\u{202f}"),
                in_words(n, true),
                in_words(n, false),
                in_words(n, false).to_uppercase(),
                format!("{:.1} million", n as f64 / 10.0),
                format!("{}k", n),
            ] {
                let wanted = match &text {
                    t if t.ends_with("million") => (n as f64 / 10.0) * 1e6,
                    t if t.ends_with('k') => n as f64 * 1e3,
                    _ => n as f64,
                };
                let read = one_number(&text);
                prop_assert!(read.is_some_and(|r| (r - wanted).abs() <= wanted * 1e-12), "{text}: {read:?}");
            }
        }

        #[test]
        fn signs_decimals_and_fractions_are_read_back(n in 0u32..100_000, part in 1u32..9, whole in 11u32..40) {
            let value = f64::from(n) + 0.25;
            for (text, wanted) in [
                (format!("{value}"), value),
                (format!("-{value}"), -value),
                (format!("minus {value}"), -value),
                (format!("{part}/{whole}"), f64::from(part) / f64::from(whole)),
                (format!("{n} {part}/{whole}"), f64::from(n) + f64::from(part) / f64::from(whole)),
                (format!("{part} out of {whole}"), f64::from(part) / f64::from(whole)),
                (format!("{value}e3"), value * 1e3),
            ] {
                let read = one_number(&text);
                prop_assert!(read.is_some_and(|r| (r - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)), "{text}: {read:?}");
            }
        }

        #[test]
        fn percentages_are_read_back(n in 0u64..1000, part in 0u32..100) {
            let value = n as f64 + f64::from(part) / 100.0;
            for (text, wanted) in [
                (format!("{value}%"), value),
                (format!("{value} per cent"), value),
                (format!("-{value} percent"), -value),
                (format!("{} percent", in_words(n, true)), n as f64),
                (format!("percent of {n}"), n as f64),
            ] {
                let found: Vec<f64> = find_percents(&text).iter().map(|p| p.value).collect();
                prop_assert_eq!(found, [wanted], "{}", text);
            }
        }

        #[test]
        fn intervals_are_read_back(low in 0u32..5000, more in 1u32..5000) {
            let (a, b) = (f64::from(low), f64::from(low + more));
            let end = |value: f64, closed| Some(End { value, closed });
            for (text, lower, upper) in [
                (format!("between {a} and {b}"), end(a, true), end(b, true)),
                (format!("from {a} to {b}"), end(a, true), end(b, true)),
                (format!("{a} to {b}"), end(a, true), end(b, true)),
                (format!("{a}–{b}"), end(a, true), end(b, true)),
                (format!("at least {a}"), end(a, true), None),
                (format!("more than {a}"), end(a, false), None),
                (format!("no more than {b}"), None, end(b, true)),
                (format!("fewer than {b}"), None, end(b, false)),
                (format!("at least {a} and at most {b}"), end(a, true), end(b, true)),
                (format!("{a} or more"), end(a, true), None),
            ] {
                let found = find_intervals(&text);
                let read = found.first().map(|i| (i.lower, i.upper));
                prop_assert_eq!(read, Some((lower, upper)), "{}: {:?}", text, found);
            }
        }

        #[test]
        fn ordinals_are_read_back(n in 1u64..1000) {
            let suffix = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            for text in [format!("{n}{suffix}"), ordinal_words(n)] {
                let offsets: Vec<f64> = find_ordinals(&text).iter().map(|o| o.offset).collect();
                prop_assert_eq!(offsets, [n as f64], "{}", text);
            }
        }

        #[test]
        fn any_text_is_read(text in prop_oneof!["(?s).{0,60}", "([0-9.,/^e+%½-]|and| |half|third|hundred|point|a|one|to|or){0,30}"]) {
            let spans = find_numbers(&text).into_iter().map(|n| n.span)
                .chain(find_intervals(&text).into_iter().map(|i| i.span))
                .chain(find_ordinals(&text).into_iter().map(|o| o.span));
            for span in spans {
                prop_assert!(!span.is_empty() && !span.of(&text).is_empty());
            }
        }
    }
}
