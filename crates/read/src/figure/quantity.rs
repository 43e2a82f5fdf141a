//! Quantities with their bound words: "at least 40", "between 40 and 50", "tens of thousands".

use ascribe_record::{Bound, Measure};

use super::bound::with_bounds;
use super::lexicon::{self, LABEL, PERSON, PERSONS};
use super::number::{Number, number_at, share_at};
use super::person::{article, body, both, named};
use super::reject;
use super::token::{Kind, Line};

/// How a quantity is told, which says how much must stand around it to be taken for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// In digits.
    Digits,
    /// In number words.
    Words,
    /// "one".
    One,
    /// "dozens", "hundreds".
    Vague,
    /// "several", "many": only of people to whom something happened.
    Several,
    /// "no", "none", "nobody".
    Zero,
    /// "both".
    Both,
    /// "a", "another": a person told without a number.
    Article,
    /// A person told by description alone.
    Definite,
    /// A person told by name.
    Named,
    /// A person told by a pronoun.
    Pronoun,
}

/// A quantity at tokens `first..end`, its bound words included.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub first: usize,
    pub end: usize,
    /// Where the number itself begins.
    pub core: usize,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub bound: Bound,
    pub told: Told,
    /// Money, per cent or a unit, where the quantity itself says so.
    pub unit: Option<Measure>,
}

impl Quantity {
    /// Whether one person is told without a number.
    pub(super) fn is_single(&self) -> bool {
        matches!(self.told, Told::Article | Told::Definite | Told::Named | Told::Pronoun)
    }
}

/// The quantities of `line`, in order, without overlap.
pub(super) fn quantities(line: &Line<'_>) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match quantity_at(line, i) {
            Some(quantity) => {
                let from = found.last().map_or(0, |q| q.end);
                let bounded = with_bounds(line, quantity, from);
                let behind = bounded.end.max(i + 1);
                if !reject::is_no_count(line, &bounded) {
                    push(line, &mut found, bounded);
                }
                i = behind;
            }
            None => i += 1,
        }
    }
    found
}

/// Adds a quantity, or joins it to the one before: "at least 78 and up to 175".
fn push(line: &Line<'_>, found: &mut Vec<Quantity>, next: Quantity) {
    if let Some(last) = found.last_mut() {
        let joined = last.end + 1 == next.first && matches!(line.lower(last.end), "and" | "but" | "to");
        let open = matches!(last.bound, Bound::AtLeast | Bound::Over) && next.bound == Bound::AtMost;
        if joined && open && last.lower < next.upper {
            last.end = next.end;
            last.upper = next.upper;
            last.bound = Bound::Range;
            return;
        }
    }
    found.push(next);
}

fn quantity_at(line: &Line<'_>, i: usize) -> Option<Quantity> {
    money(line, i)
        .or_else(|| vague(line, i))
        .or_else(|| named(line, i).filter(|_| line.kind(i) == Some(Kind::Number)))
        .or_else(|| share(line, i))
        .or_else(|| counted_number(line, i))
        .or_else(|| zero(line, i))
        .or_else(|| both(line, i))
        .or_else(|| body(line, i))
        .or_else(|| named(line, i))
        .or_else(|| article(line, i))
}

pub(super) fn exact(first: usize, number: Number, told: Told) -> Quantity {
    Quantity {
        first,
        end: number.end,
        core: first,
        lower: Some(number.value),
        upper: Some(number.value),
        bound: Bound::Exact,
        told,
        unit: None,
    }
}

/// "$3.5 million", "US$40", "$US40", "€2bn", "Rs. 500", "CHF 20m".
fn money(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let sign = |at: usize| lexicon::is_currency_sign(line.lower(at));
    let code = |at: usize| line.tokens.get(at).is_some_and(|t| lexicon::is_currency_code(t.text));
    let at = match line.lower(i) {
        "us" | "a" | "c" | "hk" | "nz" | "s" | "r" | "nt" | "ca" | "au"
            if sign(i + 1) && line.glued(i + 1) =>
        {
            i + 1
        }
        "$" if matches!(line.lower(i + 1), "us" | "a" | "c" | "nz" | "hk") && line.glued(i + 1) => i + 1,
        "usd" | "eur" | "gbp" | "rs" | "tk" => i + usize::from(line.lower(i + 1) == "."),
        _ if sign(i) || code(i) => i,
        _ => return None,
    };
    let number = number_at(line, at + 1).filter(|_| line.kind(at + 1) == Some(Kind::Number))?;
    let mut quantity = exact(i, number, Told::Digits);
    quantity.unit = Some(Measure::Money);
    Some(quantity)
}

fn share(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let number = share_at(line, i)?;
    let mut quantity = exact(i, number, Told::Words);
    quantity.unit = Some(Measure::Percent);
    Some(quantity)
}

/// A number with what makes it a range, a percentage or a measure.
fn counted_number(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let number = number_at(line, i)?;
    let told = match line.kind(i)? {
        Kind::Number => Told::Digits,
        _ if line.lower(i) == "one" && number.end == i + 1 => Told::One,
        _ => Told::Words,
    };
    let mut quantity = exact(i, number, told);
    if let Some((low, upper)) = range_end(line, i, number) {
        let (lower, upper_value) = (Some(low), Some(upper.value));
        quantity = Quantity { end: upper.end, lower, upper: upper_value, bound: Bound::Range, ..quantity };
        if told == Told::One {
            quantity.told = Told::Words;
        }
    }
    add_unit(line, &mut quantity);
    Some(quantity)
}

/// The ends of "12-15", "12 to 15", "40 or 50", "two to three million".
fn range_end(line: &Line<'_>, i: usize, low: Number) -> Option<(f64, Number)> {
    let joint = line.lower(low.end);
    let dash = matches!(joint, "-" | "–" | "—") && line.glued(low.end) && line.glued(low.end + 1)
        || joint == "–" && line.kind(i) == Some(Kind::Number);
    if !(dash || matches!(joint, "to" | "or")) {
        return None;
    }
    let high = number_at(line, low.end + 1)?;
    // "rose from 10 to 12" tells two figures; "voted 12 to 15" a score.
    let moved = i >= 2
        && line.lower(i - 1) == "from"
        && matches!(
            line.lower(i - 2),
            "rose"
                | "risen"
                | "rising"
                | "climbed"
                | "increased"
                | "up"
                | "grew"
                | "fell"
                | "fallen"
                | "down"
                | "dropped"
                | "jumped"
                | "revised"
                | "raised"
                | "toll"
        );
    // "in 2018 to 3.9 million" is no range.
    let dated = joint == "to"
        && matches!(line.lower(i.wrapping_sub(1)), "in" | "since" | "of")
        && (1900.0..2100.0).contains(&low.value);
    let moved = moved || dated;
    let low = low.value * shared_scale(low.value, high.value);
    (low < high.value && !moved && high.value.is_finite()).then_some((low, high))
}

/// What "two" is multiplied by in "two to three million".
fn shared_scale(low: f64, high: f64) -> f64 {
    let scales = [1e9, 1e6, 1e3, 1e2];
    let shared = scales.iter().find(|&&scale| high >= scale && high % scale == 0.0 && high / scale < 100.0);
    shared
        .copied()
        .filter(|scale| low < 100.0 && low < high / scale && high / low.max(1.0) >= 50.0)
        .unwrap_or(1.0)
}

/// "40%", "40 per cent", "5 km", "three days", "200 dollars".
pub(super) fn add_unit(line: &Line<'_>, quantity: &mut Quantity) {
    let at = quantity.end;
    let hyphen = usize::from(line.inner_hyphen(at));
    let percent_end = match line.lower(at + hyphen) {
        "%" | "percent" | "pct" | "percents" | "pc" => Some(at + hyphen + 1),
        "per" if line.lower(at + 1) == "cent" => Some(at + 2),
        "percentage" if line.lower(at + 1).starts_with("point") => Some(at + 2),
        _ => None,
    };
    if let Some(end) = percent_end {
        quantity.end = end;
        quantity.unit = Some(Measure::Percent);
    } else if let Some(unit) = unit_at(line, at + hyphen) {
        quantity.unit = Some(unit);
    } else if line.lower(at) == "°" || line.lower(at) == "℃" {
        add_degrees(line, quantity);
    }
}

/// "38 °C", "-5°": the sign belongs to the quantity, and so does the minus before it.
fn add_degrees(line: &Line<'_>, quantity: &mut Quantity) {
    let scale = line.glued(quantity.end + 1) && matches!(line.lower(quantity.end + 1), "c" | "f");
    quantity.end += 1 + usize::from(scale);
    quantity.unit = Some(Measure::Other);
    let minus = quantity.first.wrapping_sub(1);
    if matches!(line.lower(minus), "-" | "−") && !line.glued(minus) && line.glued(quantity.first) {
        quantity.first = minus;
        quantity.core = minus;
        quantity.lower = quantity.lower.map(|n| -n);
        quantity.upper = quantity.upper.map(|n| -n);
    }
}

/// The measure of the unit at `i`, adjectives such as "square" and "Australian" passed over.
pub(super) fn unit_at(line: &Line<'_>, i: usize) -> Option<Measure> {
    let mut at = i;
    while at < i + 3
        && (matches!(line.lower(at), "square" | "us" | "u.s." | "cubic" | "nautical" | "more" | "million")
            || matches!(line.lower(at), "hong" | "kong" | "new" | "zealand") && line.capital(at)
            || line.has(at, lexicon::PEOPLE))
    {
        at += 1;
    }
    let word = line.lower(at);
    let code = line.tokens.get(at).is_some_and(|t| lexicon::is_currency_code(t.text));
    let capital = line.capital(at) && matches!(word, "w" | "v" | "c" | "f") && !line.capital(at + 1);
    let unit = match word {
        // "30 pounds of flour"
        "pounds" if line.lower(at + 1) == "of" => Measure::Other,
        _ if code => Measure::Money,
        _ if line.glued(at) && at == i || capital => lexicon::glued_unit(word)?,
        _ => lexicon::unit(word)?,
    };
    Some(if unit == Measure::Distance && is_rate(line, at + 1) { Measure::Other } else { unit })
}

/// "/h", "per hour", "an hour" behind a length: a speed.
fn is_rate(line: &Line<'_>, i: usize) -> bool {
    let time = |at: usize| lexicon::glued_unit(line.lower(at)) == Some(Measure::Duration);
    matches!(line.lower(i), "/" | "per" | "an" | "a") && time(i + 1)
        || line.phrase_at(i, "to the gallon").is_some()
}

const VAGUE: &[&str] = &[
    "hundreds of thousands",
    "tens of thousands",
    "tens of millions",
    "hundreds of millions",
    "several hundred thousand",
    "several hundred",
    "several thousand",
    "several dozen",
    "several million",
    "a few hundred",
    "a few thousand",
    "a few dozen",
    "few hundred",
    "many hundreds",
    "many thousands",
    "many dozens",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "millions",
    "tens",
];

const SEVERAL: &[&str] = &[
    "a large number",
    "large numbers",
    "a small number",
    "an unknown number",
    "an undetermined number",
    "an unspecified number",
    "an undisclosed number",
    "a number",
    "a handful",
    "a few",
    "quite a few",
    "several",
    "many",
    "numerous",
    "multiple",
    "countless",
    "few",
    "a group",
];

/// Vague words and "a couple".
fn vague(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let hit = |table: &[&str]| table.iter().find_map(|phrase| line.phrase_at(i, phrase));
    if let Some(end) = line.phrase_at(i, "a couple").filter(|&end| line.lower(end) == "of") {
        let mut quantity = exact(i, Number { value: 2.0, end }, Told::Words);
        quantity.bound = Bound::About;
        quantity.unit = unit_at(line, end + 1);
        return Some(quantity);
    }
    let (end, told) =
        hit(VAGUE).map(|end| (end, Told::Vague)).or_else(|| hit(SEVERAL).map(|end| (end, Told::Several)))?;
    let asked = matches!(line.lower(i.wrapping_sub(1)), "how" | "so" | "too" | "as" | "not" | "very" | "the");
    if asked && told == Told::Several
        || line.lower(i) == "a" && line.phrase_at(i, "a group").is_some_and(|e| line.lower(e) != "of")
    {
        return None;
    }
    let number = Number { value: 0.0, end };
    let mut quantity = Quantity { lower: None, upper: None, bound: Bound::Vague, ..exact(i, number, told) };
    quantity.unit = unit_at(line, end + usize::from(line.lower(end) == "of"));
    Some(quantity)
}

/// "no", "none", "no one", "nobody", "without".
fn zero(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let end = match line.lower(i) {
        "no" if line.lower(i + 1) == "one" => i + 2,
        "no" if line.lower(i + 1) == "-" && line.lower(i + 2) == "one" => i + 3,
        "no" if !matches!(line.lower(i + 1), "fewer" | "less" | "more" | "longer" | "." | ",") => i + 1,
        "none" | "nobody" | "without" | "neither" => i + 1,
        _ => return None,
    };
    Some(exact(i, Number { value: 0.0, end }, Told::Zero))
}

/// Whether a number names what stands before it: "Route 9", "Boeing 737".
pub(super) fn is_label(line: &Line<'_>, i: usize) -> bool {
    let singular = !line.lower(i).ends_with('s') || line.capital(i);
    // "this year 60 people": the noun has a determiner of its own.
    let own = matches!(
        line.lower(i.wrapping_sub(1)),
        "this" | "last" | "next" | "past" | "that" | "each" | "every" | "a" | "per" | "the" | "same"
    );
    line.has(i, LABEL) && singular && (!own || line.capital(i)) && !line.has(i, PERSON | PERSONS)
}
