//! Persons told without a number: "both", "a young couple", "his body", "a boy", "the driver", by name.

use super::lexicon::{self, PERSON, PERSONS};
use super::number::{Number, number_at};
use super::quantity::{Quantity, Told, exact};
use super::single;
use super::token::Line;

/// "both", "a young couple": two persons told without a number.
pub(super) fn both(line: &Line<'_>, i: usize) -> Option<Quantity> {
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
pub(super) fn body(line: &Line<'_>, i: usize) -> Option<Quantity> {
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
pub(super) fn article(line: &Line<'_>, i: usize) -> Option<Quantity> {
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

/// "Ada Lind", "13-year-old Ada Lind", "he", in headlines "Man": a person told without a number or an article.
pub(super) fn named(line: &Line<'_>, i: usize) -> Option<Quantity> {
    if single::is_pronoun(line, i) {
        return Some(exact(i, Number { value: 1.0, end: i + 1 }, Told::Pronoun));
    }
    let end = single::name_end(line, i).or_else(|| single::headline_end(line, i))?;
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
