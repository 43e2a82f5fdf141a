//! Numbers in digits: groups, decimals, exponents, and the letters that scale them.

use super::{Number, Style};
use crate::figure::{Kind, Line};

/// The values that the digits of one token name, with their bytes in it: more than one where the
/// commas or points between them group nothing ("192.168.1.2", "22,24,26").
pub(super) fn parts(text: &str) -> Vec<(std::ops::Range<usize>, f64)> {
    if let Some(value) = single(text) {
        return vec![(0..text.len(), value)];
    }
    let mark = if text.contains(',') { ',' } else { '.' };
    let mut at = 0;
    let mut found = Vec::new();
    for part in text.split(mark) {
        if let Some(value) = single(part) {
            found.push((at..at + part.len(), value));
        }
        at += part.len() + 1;
    }
    found
}

/// The value of digits that are one number: "5,200", "12,34,567.89", "1.111,11", "5,00".
pub(super) fn single(text: &str) -> Option<f64> {
    let value: f64 = if !text.contains(',') {
        text.parse().ok().filter(|_| text.matches('.').count() < 2)?
    } else if is_grouped(text) {
        text.replace(',', "").parse().ok()?
    } else {
        // A comma for the decimals, points for the groups, if any.
        let (whole, decimals) = text.split_once(',')?;
        let few = !decimals.contains([',', '.']) && (decimals.len() < 3 || whole.contains('.'));
        let grouped = !whole.contains('.') || is_grouped(&whole.replace('.', ","));
        let plain = format!("{}.{decimals}", whole.replace('.', ""));
        plain.parse().ok().filter(|_| few && grouped)?
    };
    value.is_finite().then_some(value)
}

/// Whether commas part groups of three digits, or of two before the last three, as in India.
fn is_grouped(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let groups: Vec<&str> = whole.split(',').collect();
    let [first, inner @ .., last] = groups.as_slice() else { return false };
    let threes = (1..=3).contains(&first.len()) && inner.iter().all(|g| g.len() == 3);
    let twos = (1..=2).contains(&first.len()) && inner.iter().all(|g| g.len() == 2);
    last.len() == 3 && (threes || twos) && !text[whole.len()..].contains(',')
}

/// The number in digits at token `i`: "5,200", "1 200", ".25".
pub(super) fn digits_at(line: &Line<'_>, i: usize) -> Option<Number> {
    if line.lower(i) == "." && line.glued(i + 1) && line.kind(i + 1) == Some(Kind::Number) {
        let free = !line.glued(i) || matches!(line.lower(i.wrapping_sub(1)), "-" | "(" | "$" | "~");
        let decimals = line.tokens[i + 1].text;
        let value = format!("0.{decimals}").parse().ok().filter(|_| !decimals.contains([',', '.']))?;
        return free.then_some(Number { value, end: i + 2 });
    }
    let token = line.tokens.get(i).filter(|t| t.kind == Kind::Number)?;
    let mut value = single(token.text)?;
    let mut end = i + 1;
    let opens_groups = token.text.len() <= 3
        && !token.text.starts_with('0')
        && token.text.bytes().all(|b| b.is_ascii_digit())
        && !line.has(i.wrapping_sub(1), crate::figure::MONTH);
    while opens_groups && end - i < 5 {
        let Some(group) = group_at(line, end) else { break };
        value = value * 1000.0 + group;
        end += 1;
        if group.fract() != 0.0 {
            break;
        }
    }
    value.is_finite().then_some(Number { value, end })
}

/// The three digits at `i`, with decimals or without, one space behind the digits before.
fn group_at(line: &Line<'_>, i: usize) -> Option<f64> {
    let token = line.tokens.get(i)?;
    let gap = &line.text[line.tokens[i - 1].span.end..token.span.begin];
    let one_space = matches!(gap, " " | "\u{a0}" | "\u{2009}" | "\u{202f}");
    let whole = token.text.split('.').next().unwrap_or("");
    let three = whole.len() == 3 && whole.bytes().all(|b| b.is_ascii_digit());
    single(token.text).filter(|_| one_space && three && !token.text.contains(','))
}

/// The letters behind digits that scale them: "3.5m", "2bn", "10k", and freely also "10 k", "10G".
pub(super) fn letter_scale(line: &Line<'_>, at: usize, value: f64, style: Style) -> Option<f64> {
    let (text, glued) = (line.tokens.get(at)?.text, line.glued(at));
    let factor = match text {
        "k" | "K" => 1e3,
        "m" if glued && style == Style::Prose && !is_length(line, value, at) => 1e6,
        "M" | "mn" | "mln" | "mil" | "MM" | "mm"
            if style == Style::Any || matches!(text, "M" | "mn" | "mln") =>
        {
            1e6
        }
        "b" | "B" | "bn" | "bln" | "Bn" => 1e9,
        "G" if style == Style::Any => 1e9,
        "tn" | "tln" => 1e12,
        "T" if style == Style::Any => 1e12,
        _ => return None,
    };
    (glued || style == Style::Any || matches!(text, "bn" | "bln" | "mn" | "mln" | "tn" | "tln"))
        .then_some(factor)
}

/// Whether the "m" at `i` is metres: "100m high".
fn is_length(line: &Line<'_>, value: f64, i: usize) -> bool {
    let worded = matches!(
        line.lower(i + 1),
        "long"
            | "high"
            | "wide"
            | "tall"
            | "deep"
            | "away"
            | "from"
            | "above"
            | "below"
            | "off"
            | "inside"
            | "by"
    );
    worded || value >= 1000.0
}

/// What stands behind `base` as a power: "1.1^23", "1e10", "1.3x10^6"; none that no `f64` holds, as in
/// "1e999".
pub(super) fn power(line: &Line<'_>, base: Number) -> Option<Number> {
    let at = base.end;
    if !line.glued(at) {
        return None;
    }
    let word = line.lower(at);
    let (value, end) = if word == "^" {
        let (exponent, end) = signed(line, at + 1)?;
        (base.value.powf(exponent), end)
    } else if let Some(exponent) = word.strip_prefix('e').and_then(|e| e.parse::<i32>().ok()) {
        (base.value * 10f64.powi(exponent), at + 1)
    } else {
        let digits = match word {
            "e" => at + 1,
            "x10" if line.lower(at + 1) == "^" => at + 2,
            _ => return None,
        };
        let (exponent, end) = signed(line, digits)?;
        (base.value * 10f64.powf(exponent), end)
    };
    value.is_finite().then_some(Number { value, end })
}

/// The digits at `at` with their sign, glued together.
fn signed(line: &Line<'_>, at: usize) -> Option<(f64, usize)> {
    let sign = match line.lower(at) {
        "-" => -1.0,
        "+" => 1.0,
        _ => 0.0,
    };
    let at = at + usize::from(sign != 0.0);
    let token = line.tokens.get(at).filter(|t| t.kind == Kind::Number && t.glued)?;
    Some((single(token.text)? * if sign == 0.0 { 1.0 } else { sign }, at + 1))
}
