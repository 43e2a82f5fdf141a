//! Cardinals in words, and in digits that words scale.

use super::digits::{digits_at, letter_scale};
use super::fraction::fraction_at;
use super::{Number, Style, times};
use crate::figure::{Kind, Line};

/// The cardinal that begins at token `i`: "5,200", "1.2 million", "thirty-three", "a hundred", "two
/// dozen", "half a million", "two and a half million", "three hundred and twenty-one".
pub(crate) fn cardinal_at(line: &Line<'_>, i: usize, style: Style) -> Option<Number> {
    if let Some(number) = part_of_scale(line, i, style) {
        return Some(number);
    }
    let head = head_at(line, i, style)?;
    let number = Reading {
        total: 0.0,
        group: head.value,
        end: head.end,
        last: f64::INFINITY,
        style,
        digits: head.digits,
        teens: false,
    }
    .follow(line);
    Some(number)
}

struct Head {
    value: f64,
    end: usize,
    digits: bool,
}

/// What a cardinal begins with: digits, a word below a hundred, or "a" before a scale.
fn head_at(line: &Line<'_>, i: usize, style: Style) -> Option<Head> {
    if let Some(number) = digits_at(line, i) {
        let scaled = letter_scale(line, number.end, number.value, style);
        let (value, end) =
            scaled.map_or((number.value, number.end), |s| (times(number.value, s), number.end + 1));
        return Some(Head { value, end, digits: true });
    }
    if style == Style::Any && line.phrase_at(i, "a pair").or_else(|| line.phrase_at(i, "a couple")).is_some()
    {
        return Some(Head { value: 2.0, end: i + 2, digits: false });
    }
    // "At that point two men" is no decimal.
    if style == Style::Any && line.lower(i) == "point" && !line.is_word(i.wrapping_sub(1)) {
        let (value, end) = decimals(line, i + 1)?;
        return Some(Head { value, end, digits: true });
    }
    if matches!(line.lower(i), "a" | "an") {
        let counts = scale(line.lower(i + 1)).is_some() || is_dozen(line.lower(i + 1));
        return (counts && !line.lower(i + 1).ends_with('s')).then_some(Head {
            value: 1.0,
            end: i + 1,
            digits: false,
        });
    }
    // "hundred thousand dollars": a bare scale, if another follows.
    let bare =
        scale(line.lower(i)).is_some_and(|s| s < 1e6) && scale(line.lower(i + 1)).is_some_and(|s| s >= 1e3);
    if bare && style == Style::Any {
        return Some(Head { value: 1.0, end: i, digits: false });
    }
    let small = below_hundred(line, i, style)?;
    Some(Head { value: small.value, end: small.end, digits: false })
}

/// A cardinal that is being read: closed groups, and the one that is open.
struct Reading {
    total: f64,
    group: f64,
    end: usize,
    /// The scale that closed the last group; the next must be smaller.
    last: f64,
    style: Style,
    digits: bool,
    /// Whether a colloquial "one twenty" was read.
    teens: bool,
}

impl Reading {
    fn follow(mut self, line: &Line<'_>) -> Number {
        for _ in 0..12 {
            let number = Number { value: self.total + self.group, end: self.end };
            if let Some(halved) = and_half(line, number, self.unit()) {
                // "five and a half million" goes on; "a million and a half" ends.
                if self.unit() > 1.0 {
                    return halved;
                }
                self.group += halved.value - number.value;
                self.end = halved.end;
            }
            let at = self.hyphenated(line);
            if is_dozen(line.lower(at)) {
                return Number { value: number.value * 12.0, end: at + 1 };
            }
            let went_on = match scale(line.lower(at)) {
                Some(factor) => self.scale(factor, at),
                None => self.point(line) || self.small(line),
            };
            if !went_on {
                break;
            }
        }
        Number { value: self.total + self.group, end: self.end }
    }

    /// The scale of the last group that is closed; 1 while one is open.
    fn unit(&self) -> f64 {
        if self.group == 0.0 && self.last.is_finite() { self.last } else { 1.0 }
    }

    fn hyphenated(&self, line: &Line<'_>) -> usize {
        self.end + usize::from(line.inner_hyphen(self.end))
    }

    fn scale(&mut self, factor: f64, at: usize) -> bool {
        if factor == 100.0 {
            let fits = self.group > 0.0 && (self.group < 100.0 || self.digits && self.group < 1000.0);
            if fits {
                self.group *= 100.0;
                self.end = at + 1;
            }
            return fits;
        }
        if self.group == 0.0 && self.total > 0.0 {
            // "three thousand million"
            if factor <= self.last {
                return false;
            }
            self.total = times(self.total, factor);
        } else if factor < self.last {
            self.total += times(self.group, factor);
            self.group = 0.0;
        } else {
            return false;
        }
        self.last = factor;
        self.end = at + 1;
        true
    }

    /// "two hundred point zero three", "nought point eleven".
    fn point(&mut self, line: &Line<'_>) -> bool {
        if self.style != Style::Any || line.lower(self.end) != "point" {
            return false;
        }
        let Some((decimals, end)) = decimals(line, self.end + 1) else { return false };
        self.group += decimals;
        self.end = end;
        true
    }

    /// The smaller number behind a hundred or a scale, with "and" or without.
    fn small(&mut self, line: &Line<'_>) -> bool {
        let after_hundred = self.group >= 100.0 && self.group % 100.0 == 0.0 && !self.teens;
        let after_scale = self.group == 0.0 && self.last.is_finite();
        if !(after_hundred || after_scale) {
            return self.colloquial(line);
        }
        let and = line.lower(self.end) == "and";
        let at = self.end + usize::from(and);
        let Some(small) = self.small_at(line, at) else { return false };
        let next = line.lower(small.end);
        let hundred_follows = scale(next) == Some(100.0);
        // "3 hundred and 2 hundred" are two; so may be, in prose, "a million and two".
        let apart = after_hundred && hundred_follows
            || self.style == Style::Prose && after_scale && self.last >= 1e6 && !hundred_follows;
        if apart || small.value <= 0.0 || small.value.fract() != 0.0 {
            return false;
        }
        self.group += small.value;
        self.end = small.end;
        true
    }

    fn small_at(&self, line: &Line<'_>, at: usize) -> Option<Number> {
        if self.digits && self.style == Style::Any && line.kind(at) == Some(Kind::Number) {
            return digits_at(line, at).filter(|n| n.value < if self.group == 0.0 { 1000.0 } else { 100.0 });
        }
        below_hundred(line, at, self.style)
    }

    /// "one twenty two"
    fn colloquial(&mut self, line: &Line<'_>) -> bool {
        let fits = self.style == Style::Any
            && !self.digits
            && self.total == 0.0
            && (1.0..10.0).contains(&self.group)
            && self.group.fract() == 0.0
            && tens(line.lower(self.end)).is_some();
        let Some(small) = below_hundred(line, self.end, self.style).filter(|_| fits) else { return false };
        // "three twenty firsts" is a fraction.
        if super::denominator_at(line, self.end).is_some() || super::denominator_at(line, small.end).is_some()
        {
            return false;
        }
        self.group = self.group * 100.0 + small.value;
        self.end = small.end;
        self.teens = true;
        true
    }
}

/// "two and a half", and of a scale "a million and a half", "two million and one half".
fn and_half(line: &Line<'_>, number: Number, unit: f64) -> Option<Number> {
    let end = ["and a half", "and one half"].iter().find_map(|phrase| line.phrase_at(number.end, phrase))?;
    let scaled = scale(line.lower(end)).filter(|_| unit > 1.0);
    match scaled {
        // "one billion and a half million"
        Some(smaller) if smaller < unit => Some(Number { value: number.value + smaller / 2.0, end: end + 1 }),
        _ => Some(Number { value: number.value + unit / 2.0, end }),
    }
}

/// "half a million", "half a dozen", "quarter million", "two thirds of a million".
fn part_of_scale(line: &Line<'_>, i: usize, style: Style) -> Option<Number> {
    let (share, end) = match line.lower(i) {
        "half" => (0.5, i + 1),
        "quarter" => (0.25, i + 1),
        _ if style == Style::Any => {
            let part = fraction_at(line, i)?;
            (part.value, part.end + usize::from(line.lower(part.end) == "of"))
        }
        _ => return None,
    };
    let joint = line.lower(end);
    let at = end + usize::from(matches!(joint, "a" | "an") || line.inner_hyphen(end));
    let word = line.lower(at);
    let scale = scale(word).or_else(|| is_dozen(word).then_some(12.0)).filter(|_| !word.ends_with('s'))?;
    Some(Number { value: times(share, scale), end: at + 1 })
}

/// The decimals in words at `at`: digit by digit, or as one number below a hundred.
fn decimals(line: &Line<'_>, at: usize) -> Option<(f64, usize)> {
    let mut written = String::from("0.");
    let mut end = at;
    while let Some(digit) = unit(line.lower(end)).filter(|d| *d < 10.0) {
        written.push_str(&digit.to_string());
        end += 1;
    }
    if end == at {
        let number = digits_at(line, at).or_else(|| below_hundred(line, at, Style::Any))?;
        written.push_str(&number.value.to_string());
        end = number.end;
    }
    Some((written.parse().ok()?, end))
}

/// "twelve", "thirty-three".
fn below_hundred(line: &Line<'_>, i: usize, style: Style) -> Option<Number> {
    if let Some(value) = unit(line.lower(i)) {
        return Some(Number { value, end: i + 1 });
    }
    let value = tens(line.lower(i))?;
    let spaced = style == Style::Any && line.lower(i + 1) == "-";
    let at = i + 1 + usize::from(line.inner_hyphen(i + 1) || spaced);
    match unit(line.lower(at)).filter(|u| (1.0..10.0).contains(u)) {
        Some(unit) => Some(Number { value: value + unit, end: at + 1 }),
        None => Some(Number { value, end: i + 1 }),
    }
}

pub(super) fn scale(word: &str) -> Option<f64> {
    let scale = match word {
        "hundred" | "hundreds" => 1e2,
        "thousand" | "thousands" => 1e3,
        "million" | "millions" => 1e6,
        "billion" | "billions" => 1e9,
        "trillion" | "trillions" => 1e12,
        "lakh" | "lakhs" | "lac" | "lacs" | "lkh" | "lkhs" => 1e5,
        "crore" | "crores" | "cr" => 1e7,
        _ => return None,
    };
    Some(scale)
}

fn is_dozen(word: &str) -> bool {
    matches!(word, "dozen" | "dozens" | "dz" | "dzs" | "doz" | "dozs")
}

pub(super) fn unit(word: &str) -> Option<f64> {
    let nothing = matches!(word, "nought" | "naught" | "nil").then_some(0);
    ascribe_text::unit_word(word).or(nothing).map(f64::from)
}

pub(super) fn tens(word: &str) -> Option<f64> {
    // A common slip of the pen.
    let forty = (word == "fourty").then_some(40);
    ascribe_text::tens_word(word).or(forty).map(f64::from)
}
