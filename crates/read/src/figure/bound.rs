//! Words that bound a quantity: "at least 40", "between 40 and 50", "40 or so".

use ascribe_record::{Bound, Measure};

use super::lexicon;
use super::number::number_at;
use super::quantity::{Quantity, Told, add_unit};
use super::token::Line;

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
pub(super) fn with_bounds(line: &Line<'_>, mut quantity: Quantity, from: usize) -> Quantity {
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
