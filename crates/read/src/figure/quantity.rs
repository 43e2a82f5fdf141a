//! Quantities with their bound words: "at least 40", "between 40 and 50", "tens of thousands".

use ascribe_record::{Bound, Measure};

use super::lexicon::{self, LABEL, PERSON, PERSONS};
use super::number::{Number, number_at, share_at};
use super::reject;
use super::single;
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

fn exact(first: usize, number: Number, told: Told) -> Quantity {
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

/// "$3.5 million", "US$40", "€2bn".
fn money(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let sign = |at: usize| matches!(line.lower(at), "$" | "€" | "£" | "¥" | "₪" | "₹" | "₽");
    let at = match line.lower(i) {
        "us" | "a" | "c" | "hk" | "nz" | "s" | "r" | "nt" if sign(i + 1) && line.glued(i + 1) => i + 1,
        // "$US 40", "USD 40", "Rs. 500"
        "$" if matches!(line.lower(i + 1), "us" | "a" | "nz") && line.glued(i + 1) => i + 1,
        "usd" | "eur" | "gbp" | "chf" | "rs" | "inr" => i + usize::from(line.lower(i + 1) == "."),
        _ if sign(i) => i,
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
fn add_unit(line: &Line<'_>, quantity: &mut Quantity) {
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
    }
}

/// The measure of the unit at `i`, adjectives such as "square" and "Australian" passed over.
pub(super) fn unit_at(line: &Line<'_>, i: usize) -> Option<Measure> {
    let adjective =
        matches!(line.lower(i), "square" | "us" | "u.s." | "cubic" | "nautical" | "more" | "million")
            || line.has(i, lexicon::PEOPLE);
    let at = i + usize::from(adjective);
    let unit = lexicon::unit(line.lower(at))?;
    // "30 pounds of flour" is a weight; "12 marks" and "two feet" are told with care.
    let weight = line.lower(at) == "pounds" && line.lower(at + 1) == "of";
    (!weight).then_some(unit)
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
        "none" | "nobody" | "without" => i + 1,
        _ => return None,
    };
    Some(exact(i, Number { value: 0.0, end }, Told::Zero))
}

/// "both", "a young couple": two persons told without a number.
fn both(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let number = Number { value: 2.0, end: i + 1 };
    let couple = || {
        let at = (i + 1..i + 5).find(|&k| !line.is_word(k) || line.lower(k) == "couple")?;
        let plain = (i + 1..at).all(|k| !line.has(k, lexicon::STOP | lexicon::PREP));
        (plain && line.lower(at) == "couple" && line.lower(at + 1) != "of").then_some(())
    };
    let told = line.lower(i) == "both" || matches!(line.lower(i), "a" | "an" | "the") && couple().is_some();
    told.then(|| exact(i, number, Told::Both))
}

/// "his body", "the body of": a person told dead by what is left.
fn body(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let owner = matches!(line.lower(i), "his" | "her" | "their" | "the" | "a")
        || line.lower(i).ends_with("'s") && line.capital(i);
    let body = (i + 1..i + 3).find(|&k| matches!(line.lower(k), "body" | "corpse"))?;
    // Behind "of" stands the person, who is told by name or by a number.
    let own = matches!(line.lower(i), "a" | "the") || body == i + 1;
    let compound = line.has(body + 1, PERSON | PERSONS);
    (owner && own && !compound && line.lower(body + 1) != "of")
        .then(|| exact(i, Number { value: 1.0, end: body + 1 }, Told::Pronoun))
}

/// "a", "an", "another", "the", "his" before one person.
fn article(line: &Line<'_>, i: usize) -> Option<Quantity> {
    let told = match line.lower(i) {
        "a" | "an" | "another" => Told::Article,
        "the" | "his" | "her" | "their" | "its" => Told::Definite,
        possessive if possessive.ends_with("'s") && line.capital(i) => Told::Definite,
        _ => return None,
    };
    let from = age_end(line, i + 1);
    let mut near = (from..from + 7)
        .take_while(|&k| !line.has(k, lexicon::STOP) && (line.is_word(k) || line.inner_hyphen(k)));
    // "and a third was wounded"
    let ordinal =
        line.lower(i) == "a" && matches!(line.lower(i + 1), "second" | "third" | "fourth" | "fifth");
    let other = line.phrase_at(i, "the other").is_some();
    let bare =
        line.has(i + 2, lexicon::STOP) || !line.is_word(i + 2) || lexicon::verb(line.lower(i + 2)).is_some();
    if (ordinal || other) && bare {
        return Some(exact(i, Number { value: 1.0, end: i + 2 }, told));
    }
    // "wounding another", "a 34-year-old": the noun may be left out.
    let counts = number_at(line, i + 1).is_some();
    let elliptic = line.lower(i) == "another" && !line.is_word(i + 1) && !counts || from > i + 1;
    let harmed = line.lower(i) == "another"
        && !counts
        && (line.has(i + 1, lexicon::STOP)
            || lexicon::verb(line.lower(i + 1)).is_some()
            || line.lower(i + 1).ends_with("ly") && lexicon::verb(line.lower(i + 2)).is_some());
    let person = elliptic
        || harmed
        || near.any(|k| line.has(k, PERSON | lexicon::PEOPLE) || single::may_be_person(line, k));
    person.then(|| exact(i, Number { value: 1.0, end: i + 1 }, told))
}

/// "Ada Lind", "13-year-old Ada Lind", "he": a person told without a number or an article.
fn named(line: &Line<'_>, i: usize) -> Option<Quantity> {
    if single::is_pronoun(line, i) {
        return Some(exact(i, Number { value: 1.0, end: i + 1 }, Told::Pronoun));
    }
    let end = single::name_end(line, i)?;
    Some(exact(i, Number { value: 1.0, end }, Told::Named))
}

/// The token behind "34-year-old" at `i`, or `i`.
pub(super) fn age_end(line: &Line<'_>, i: usize) -> usize {
    let Some(number) = number_at(line, i) else { return i };
    // "34-year-old", "34 year old", "14-month old"
    let hyphen = |at: usize| at + usize::from(line.inner_hyphen(at));
    let unit = hyphen(number.end);
    let old = hyphen(unit + 1);
    let aged =
        matches!(line.lower(unit), "year" | "yr" | "month" | "week" | "day") && line.lower(old) == "old";
    if aged { old + 1 } else { i }
}

/// Words before a number that bound it.
pub(crate) const BOUNDS: &[(&str, Bound)] = &[
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("at the least", Bound::AtLeast),
    ("at the very least", Bound::AtLeast),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("as many as", Bound::AtMost),
    ("as much as", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("slightly more than", Bound::Over),
    ("far more than", Bound::Over),
    ("well more than", Bound::Over),
    ("many more than", Bound::Over),
    ("more than", Bound::Over),
    ("larger than", Bound::Over),
    ("bigger than", Bound::Over),
    ("greater than", Bound::Over),
    ("higher than", Bound::Over),
    ("in excess of", Bound::Over),
    ("upwards of", Bound::Over),
    ("upward of", Bound::Over),
    ("well over", Bound::Over),
    ("just over", Bound::Over),
    ("slightly over", Bound::Over),
    ("a little over", Bound::Over),
    ("over", Bound::Over),
    ("above", Bound::Over),
    ("exceeding", Bound::Over),
    ("exceeded", Bound::Over),
    ("exceeds", Bound::Over),
    ("exceed", Bound::Over),
    ("surpassing", Bound::Over),
    ("surpassed", Bound::Over),
    ("surpass", Bound::Over),
    ("far fewer than", Bound::Under),
    ("slightly fewer than", Bound::Under),
    ("fewer than", Bound::Under),
    ("less than", Bound::Under),
    ("lower than", Bound::Under),
    ("smaller than", Bound::Under),
    ("well under", Bound::Under),
    ("just under", Bound::Under),
    ("under", Bound::Under),
    ("below", Bound::Under),
    ("an estimated", Bound::About),
    ("estimated", Bound::About),
    ("close to", Bound::About),
    ("nearly", Bound::About),
    ("almost", Bound::About),
    ("some", Bound::About),
    ("about", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("approx .", Bound::About),
    ("approx", Bound::About),
    ("roughly", Bound::About),
    ("circa", Bound::About),
    ("~", Bound::About),
    ("an approximate", Bound::About),
    ("perhaps", Bound::About),
    ("maybe", Bound::About),
    ("probably", Bound::About),
];

/// Takes the bound words around a quantity into it; none may lie before token `from`.
fn with_bounds(line: &Line<'_>, mut quantity: Quantity, from: usize) -> Quantity {
    if !matches!(quantity.told, Told::Digits | Told::Words | Told::One | Told::Vague) {
        return quantity;
    }
    join_between(line, &mut quantity, from);
    for _ in 0..2 {
        let hit = BOUNDS
            .iter()
            .find_map(|&(phrase, bound)| Some((line.phrase_before(quantity.first, phrase)?, bound)));
        let Some((first, bound)) = hit.filter(|&(first, _)| first >= from) else { break };
        if is_during(line, first, &quantity) {
            break;
        }
        quantity.first = first;
        apply(&mut quantity, bound);
    }
    apply_behind(line, &mut quantity);
    quantity
}

/// Whether the "over" at `first` means "during": "paid over three years", not "for over three years".
fn is_during(line: &Line<'_>, first: usize, quantity: &Quantity) -> bool {
    let before = line.lower(first.wrapping_sub(1));
    let measured = matches!(
        before,
        "for"
            | "lasted"
            | "took"
            | "after"
            | "lasting"
            | "taking"
            | "spent"
            | "waited"
            | "of"
            | "is"
            | "was"
            | "served"
            | "been"
    );
    // "handed over millions"
    let particle = ["hand", "turn", "sign"].iter().any(|begin| before.starts_with(begin));
    line.lower(first) == "over"
        && first > 0
        && (quantity.unit == Some(Measure::Duration) && !measured || particle)
}

/// "between 40 and 50", "from 10 to 12".
fn join_between(line: &Line<'_>, quantity: &mut Quantity, from: usize) {
    let before = quantity.first.wrapping_sub(1);
    if before == usize::MAX || before < from {
        return;
    }
    // "between $62 and $68", "between 15kHz and 17kHz"
    let symbol = usize::from(lexicon::is_symbol(line.lower(quantity.end)));
    let and = quantity.end + symbol;
    if line.lower(before) == "between" && quantity.bound == Bound::Exact && line.lower(and) == "and" {
        let sign = usize::from(quantity.unit == Some(Measure::Money) && line.is_mark(and + 1));
        let Some(high) = number_at(line, and + 1 + sign).filter(|n| Some(n.value) > quantity.lower) else {
            return;
        };
        *quantity = Quantity {
            first: before,
            end: high.end,
            upper: Some(high.value),
            bound: Bound::Range,
            ..quantity.clone()
        };
        if quantity.told == Told::One {
            quantity.told = Told::Words;
        }
        add_unit(line, quantity);
    } else if matches!(line.lower(before), "from" | "between") && quantity.bound == Bound::Range {
        quantity.first = before;
    }
}

fn apply(quantity: &mut Quantity, bound: Bound) {
    if matches!(quantity.bound, Bound::Vague | Bound::Range) {
        return;
    }
    let Some(value) = quantity.lower.or(quantity.upper) else { return };
    if matches!(bound, Bound::About) && quantity.bound != Bound::Exact {
        return;
    }
    (quantity.lower, quantity.upper) = match bound {
        Bound::AtLeast | Bound::Over => (Some(value), None),
        Bound::AtMost | Bound::Under => (None, Some(value)),
        _ => (Some(value), Some(value)),
    };
    quantity.bound = bound;
    if quantity.told == Told::One {
        quantity.told = Told::Words;
    }
}

/// "40 or more", "40 or so", "40-odd", "40+".
fn apply_behind(line: &Line<'_>, quantity: &mut Quantity) {
    let at = quantity.end;
    let phrases = [
        ("or more", Bound::AtLeast),
        ("or so", Bound::About),
        ("or fewer", Bound::AtMost),
        ("or less", Bound::AtMost),
        ("- odd", Bound::About),
        ("- plus", Bound::AtLeast),
        ("+", Bound::AtLeast),
    ];
    let hit = phrases.iter().find_map(|&(phrase, bound)| Some((line.phrase_at(at, phrase)?, bound)));
    let Some((end, bound)) = hit else { return };
    if matches!(quantity.bound, Bound::Exact | Bound::About) {
        quantity.end = end;
        apply(quantity, bound);
        if quantity.unit.is_none() {
            add_unit(line, quantity);
        }
    }
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
