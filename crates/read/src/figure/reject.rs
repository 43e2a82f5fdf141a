//! Numbers that count nothing: dates, clock times, ages, names, scores, list numbers.

use super::lexicon::{self, MONTH, PERSON, PERSONS, THING};
use super::quantity::{Quantity, Told, is_label};
use super::token::{Kind, Line};

/// Whether `q` is no figure whatever stands around it.
pub(super) fn is_no_count(line: &Line<'_>, q: &Quantity) -> bool {
    if !matches!(q.told, Told::Digits | Told::Words | Told::One) {
        return false;
    }
    if q.unit == Some(ascribe_record::Measure::Money) && line.lower(q.core) != "one" {
        return line.inner_hyphen(q.end) && line.lower(q.end + 1) == "a";
    }
    is_ordinal_or_glued(line, q)
        || is_age(line, q)
        || (q.unit.is_none() && is_name(line, q))
        || is_clock(line, q)
        || is_date(line, q)
        || is_year(line, q)
        || is_score(line, q)
        || is_list_number(line, q)
        || is_point_in_time(line, q)
        || is_picture(line, q)
        || is_of_parent(line, q)
        || is_idiom(line, q)
}

/// "10th", "F-16", "9/11", "120mm", "two-storey", "555-1234".
fn is_ordinal_or_glued(line: &Line<'_>, q: &Quantity) -> bool {
    let before = q.core.wrapping_sub(1);
    let joined = |i: usize| matches!(line.lower(i), "-" | "‑" | "/" | "_" | "." | ":" | "#" | "@" | "–");
    let glued_before = line.glued(q.core)
        && q.core > 0
        && q.first == q.core
        && (line.is_word(before)
            || joined(before) && line.glued(before)
            || line.lower(before) == "#"
            || line.kind(before) == Some(Kind::Number));
    let next = line.lower(q.end);
    let suffix = line.glued(q.end) && line.is_word(q.end) && !lexicon::is_symbol(next);
    let slash = matches!(next, "/" | ":") && line.glued(q.end) && line.kind(q.end + 1) == Some(Kind::Number);
    let dotted = matches!(next, "-" | "–") && line.glued(q.end) && line.kind(q.end + 1) == Some(Kind::Number);
    glued_before || suffix || slash || dotted || is_compound(line, q)
}

/// "four-man crew", "two-storey": the number belongs to an adjective. A unit stays a measure.
fn is_compound(line: &Line<'_>, q: &Quantity) -> bool {
    line.inner_hyphen(q.end) && q.unit.is_none()
}

/// "a 34-year-old", "aged 12", "12 years old", "Lind, 34, said", "children under 12".
fn is_age(line: &Line<'_>, q: &Quantity) -> bool {
    let before = |n: usize| line.lower(q.first.wrapping_sub(n));
    let aged = matches!(before(1), "aged" | "age" | "ages")
        || before(1) == "of" && matches!(before(2), "age" | "ages")
        || matches!(line.lower(q.core.wrapping_sub(1)), "aged" | "age" | "ages" | "of")
            && matches!(line.lower(q.core.wrapping_sub(2)), "age" | "ages" | "aged");
    // "ages 14, 11, 7 and 3"
    let listed = (q.first.saturating_sub(10)..q.first)
        .rev()
        .take_while(|&k| {
            line.kind(k) == Some(Kind::Number) || matches!(line.lower(k), "," | "and" | "aged" | "ages")
        })
        .any(|k| matches!(line.lower(k), "aged" | "ages"));
    let aged = aged || listed;
    let at = q.end + usize::from(line.inner_hyphen(q.end));
    let hyphen = usize::from(line.inner_hyphen(at + 1));
    let old = matches!(line.lower(at), "year" | "years" | "month" | "months" | "yr")
        && (line.lower(at + 1 + hyphen) == "old"
            || line.lower(at + 1 + hyphen) == "olds"
            || line.phrase_at(at + 1, "of age").is_some());
    aged || old || is_bare_age(line, q) || is_age_limit(line, q)
}

/// "Ada Lind, 34," and "(34)".
fn is_bare_age(line: &Line<'_>, q: &Quantity) -> bool {
    let before = line.lower(q.first.wrapping_sub(1));
    let behind = line.lower(q.end);
    let value = q.lower.unwrap_or(0.0);
    let person = line.capital(q.first.wrapping_sub(2)) || line.has(q.first.wrapping_sub(2), PERSON);
    // "Lind and Marren, both 34, of Harrow"
    let both =
        before == "both" && line.lower(q.first.wrapping_sub(2)) == "," && matches!(behind, "," | "." | ";");
    let apposed = before == "," && (matches!(behind, "," | "." | ";" | ")") || q.end == line.len());
    let bracketed = before == "(" && behind == ")";
    let in_brackets = before == "," && behind == ")";
    // "two women, 28 and 27, and a man": each of the pair.
    let digits = |k: usize| line.kind(k) == Some(Kind::Number);
    let persons = |k: usize| line.capital(k) || line.has(k, PERSONS | PERSON);
    let at = |n: usize| q.first.wrapping_sub(n);
    let paired = before == "," && persons(at(2)) && behind == "and" && digits(q.end + 1)
        || before == "and" && behind == "," && digits(at(2)) && line.lower(at(3)) == "," && persons(at(4));
    // "one 16 and the other 17"
    let told_apart = matches!(before, "one" | "other")
        && digits(q.core)
        && (10.0..100.0).contains(&value)
        && matches!(behind, "," | "and" | "." | ";");
    (apposed && person || both || paired || told_apart || bracketed || in_brackets)
        && q.first == q.core
        && value <= 120.0
}

/// "children under 12", "men over 18".
fn is_age_limit(line: &Line<'_>, q: &Quantity) -> bool {
    let limit = matches!(line.lower(q.first), "under" | "over" | "below" | "above") && q.first < q.core;
    let person = line.has(q.first.wrapping_sub(1), PERSONS | PERSON);
    let of_age = matches!(line.lower(q.first.wrapping_sub(1)), "those" | "anyone" | "everyone");
    let counts = line.is_word(q.end) && !line.has(q.end, lexicon::STOP) && !line.has(q.end, lexicon::AUX);
    // "44 were over 65"
    let be = q.first.wrapping_sub(1);
    let counted = |k: usize| {
        super::number::number_at(line, k).is_some()
            || matches!(line.lower(k), "all" | "most" | "many" | "half" | "them" | "whom" | "who" | "some")
    };
    let of_those = matches!(line.lower(be), "were" | "are" | "was" | "is") && counted(be.wrapping_sub(1));
    let of_those = of_those && q.lower.or(q.upper).is_some_and(|n| (5.0..=105.0).contains(&n));
    limit && (person || of_age || of_those) && !counts
}

/// "Route 9", "Boeing 737", "Group of 20", "Big Five", "12 Hill Road".
fn is_name(line: &Line<'_>, q: &Quantity) -> bool {
    let Some(before) = q.first.checked_sub(1) else { return false };
    if q.first != q.core {
        return false;
    }
    if is_label(line, before) || (line.lower(before) == "." && before > 0 && is_label(line, before - 1)) {
        return true;
    }
    let counts = is_counted(line, q.end);
    let group = line.lower(before) == "of"
        && matches!(line.lower(before.wrapping_sub(1)), "group" | "gang" | "council" | "committee" | "big")
        && line.capital(before - 1);
    // "iPhone 12"
    let inner =
        line.tokens[before].text.chars().any(char::is_uppercase) && line.tokens[before].text.len() > 3;
    let name_before = (line.capital(before) || inner && !line.shouted)
        && line.is_word(before)
        && !line.opens(before)
        && !line.has(before, lexicon::STOP | lexicon::PREP | lexicon::AUX)
        && lexicon::verb(line.lower(before)).is_none();
    let number_word = q.told != Told::Digits && line.capital(q.core) && !line.opens(q.core);
    let named = number_word && line.capital(q.end);
    let counts_many = counts && is_counted_many(line, q.end);
    named
        || (group || number_word && line.capital(before)) && !counts
        || name_before && !counts_many
        || is_address(line, q)
}

/// Whether people or things to be counted stand at `i` in small letters.
fn is_counted(line: &Line<'_>, i: usize) -> bool {
    (i..i + 3).take_while(|&k| line.is_word(k) && !line.has(k, lexicon::STOP)).any(|k| {
        line.has(k, PERSONS | PERSON | lexicon::PEOPLE | lexicon::ATTACK)
            || lexicon::verb(line.lower(k)).is_some()
            || line.has(k, THING) && !line.capital(k)
    }) || line.has(i, lexicon::BE)
}

/// Whether what is counted at `i` is more than one: "Planet 9 scientist" counts nobody.
fn is_counted_many(line: &Line<'_>, i: usize) -> bool {
    (i..i + 4).take_while(|&k| line.is_word(k) && !line.has(k, lexicon::STOP)).any(|k| {
        line.has(k, PERSONS | lexicon::PEOPLE)
            || lexicon::verb(line.lower(k)).is_some()
            || line.has(k, THING | lexicon::ATTACK) && line.lower(k).ends_with('s')
    }) || line.has(i, lexicon::BE)
}

/// "12 Hill Road".
fn is_address(line: &Line<'_>, q: &Quantity) -> bool {
    let road = |i: usize| {
        matches!(
            line.lower(i),
            "street" | "road" | "avenue" | "lane" | "st" | "ave" | "rd" | "boulevard" | "square"
        )
    };
    q.told == Told::Digits
        && line.capital(q.end)
        && (road(q.end + 1) || road(q.end + 2))
        && line.capital(q.end + 1)
}

/// "10:30", "5 p.m.", "six o'clock", "0600 GMT".
fn is_clock(line: &Line<'_>, q: &Quantity) -> bool {
    let next = line.lower(q.end).trim_end_matches('.');
    let clock = matches!(
        next,
        "am" | "pm"
            | "a.m"
            | "p.m"
            | "o'clock"
            | "gmt"
            | "utc"
            | "bst"
            | "cet"
            | "edt"
            | "ist"
            | "hrs"
            | "noon"
            | "midnight"
    );
    let four = q.told == Told::Digits
        && line.tokens[q.core].text.len() == 4
        && (matches!(next, "hours" | "local" | "est" | "edt" | "cet")
            || line.tokens[q.core].text.starts_with('0')
                && line.tokens[q.core].text.bytes().all(|b| b.is_ascii_digit()));
    clock || four
}

/// "Jan. 12", "12 January", "January 12, 2024", "the 12 of May".
fn is_date(line: &Line<'_>, q: &Quantity) -> bool {
    let small = q.upper.or(q.lower).is_some_and(|v| v <= 31.0);
    let before = q.first.wrapping_sub(1);
    let back = if line.lower(before) == "." { before.wrapping_sub(1) } else { before };
    let month_before =
        line.has(back, MONTH) && (line.capital(back) || line.shouted) && (small || is_year_number(line, q));
    let month_behind = line.has(q.end, MONTH) && (line.capital(q.end) || line.shouted) && small;
    // "May 12 and 13", "May 12-14"
    let listed = small
        && matches!(line.lower(before), "and" | "to" | "or" | ",")
        && line.kind(before.wrapping_sub(1)) == Some(Kind::Number)
        && line.has(before.wrapping_sub(2), MONTH)
        && !is_counted(line, q.end);
    // "January 12, 2024"
    let year = line.lower(before) == ","
        && is_year_number(line, q)
        && line.kind(before.wrapping_sub(1)) == Some(Kind::Number);
    month_before || month_behind || listed || year
}

fn is_year_number(line: &Line<'_>, q: &Quantity) -> bool {
    let text = line.tokens[q.core].text;
    text.len() == 4
        && text.bytes().all(|b| b.is_ascii_digit())
        && (1000.0..=2199.0).contains(&q.lower.or(q.upper).unwrap_or(0.0))
}

fn is_year(line: &Line<'_>, q: &Quantity) -> bool {
    if q.told != Told::Digits || !is_year_number(line, q) {
        return false;
    }
    // "1000 per cent", "1500 days"; "the 1989 second quarter" is of a year.
    let measured = q.unit.is_some_and(|unit| unit != ascribe_record::Measure::Duration)
        || lexicon::unit(line.lower(q.end)).is_some() && line.lower(q.end).ends_with('s');
    if measured {
        return false;
    }
    let before = line.lower(q.first.wrapping_sub(1));
    let placed = matches!(
        before,
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "early"
            | "late"
            | "mid"
            | "year"
            | "spring"
            | "summer"
            | "autumn"
            | "winter"
            | "fall"
            | "during"
            | "before"
            | "after"
            | "the"
            | "("
            | "-"
            | "–"
            | "/"
            | "'"
            | "from"
    ) || line.has(q.first.wrapping_sub(1), MONTH);
    let bounded = q.first != q.core
        && !matches!(line.lower(q.first), "about" | "around" | "between" | "from" | "circa");
    let recent = q.lower.is_some_and(|n| (1900.0..2060.0).contains(&n));
    let dated = before == "of" && recent && !line.has(q.end, PERSONS | PERSON | lexicon::PEOPLE);
    // "injured 1042"
    if !recent && lexicon::verb(before).is_some() {
        return false;
    }
    // "a 2004 law", "its 2016 budget": who counts laws says "laws".
    let own = matches!(before, "a" | "an" | "its" | "his" | "her" | "their" | "this" | "that" | "our" | "'s");
    let singular = recent && !is_counted_many(line, q.end);
    (placed || dated || own && recent || singular || !is_counted(line, q.end)) && !bounded
}

/// "3-1", "a 52-48 vote".
fn is_score(line: &Line<'_>, q: &Quantity) -> bool {
    let dash = |i: usize| matches!(line.lower(i), "-" | "–") && line.glued(i) && line.glued(i + 1);
    let number = |i: usize| line.kind(i) == Some(Kind::Number);
    let played = |i: usize| {
        matches!(
            line.lower(i),
            "won" | "lost" | "beat" | "drew" | "defeated" | "win" | "victory" | "score" | "voted" | "vote"
        )
    };
    dash(q.end) && number(q.end + 1)
        || q.core > 1 && dash(q.core - 1) && number(q.core - 2)
        || q.bound == ascribe_record::Bound::Range && (q.first.saturating_sub(5)..q.end + 2).any(played)
}

/// "1. The first", "2) the second".
fn is_list_number(line: &Line<'_>, q: &Quantity) -> bool {
    q.first == 0
        && q.end == 1
        && q.told == Told::Digits
        && matches!(line.lower(1), "." | ")")
        && line.glued(1)
}

/// "Image 4 of 5", "Photo 2 / 9": captions of galleries.
fn is_picture(line: &Line<'_>, q: &Quantity) -> bool {
    let named = |k: usize| matches!(line.lower(k), "image" | "photo" | "picture" | "slide" | "page");
    let at = q.first;
    let of = |k: usize| matches!(line.lower(k), "of" | "/");
    named(at.wrapping_sub(1)) && of(q.end)
        || of(at.wrapping_sub(1))
            && (named(at.wrapping_sub(2)) || named(at.wrapping_sub(3)) || named(at.wrapping_sub(4)))
}

/// "a father of three": children who are told of, not counted.
fn is_of_parent(line: &Line<'_>, q: &Quantity) -> bool {
    let parent = matches!(
        line.lower(q.first.wrapping_sub(2)),
        "father" | "mother" | "parent" | "parents" | "dad" | "mum" | "mom" | "grandfather" | "grandmother"
    );
    parent
        && line.lower(q.first.wrapping_sub(1)) == "of"
        && !line.is_word(q.end) | line.has(q.end, lexicon::STOP)
}

/// "two days ago", "three years earlier": dates, not durations.
fn is_point_in_time(line: &Line<'_>, q: &Quantity) -> bool {
    if q.unit != Some(ascribe_record::Measure::Duration) {
        return false;
    }
    let unit = q.end + usize::from(line.inner_hyphen(q.end));
    matches!(line.lower(unit + 1), "ago" | "earlier" | "later" | "before" | "after" | "since" | "old")
}

/// "one day", "one another", "one by one", "number one", "a hundred per cent" and the like.
fn is_idiom(line: &Line<'_>, q: &Quantity) -> bool {
    let next = line.lower(q.end);
    let before = line.lower(q.first.wrapping_sub(1));
    let one = q.told == Told::One
        && (matches!(
            next,
            "day"
                | "night"
                | "morning"
                | "another"
                | "by"
                | "time"
                | "hand"
                | "side"
                | "point"
                | "thing"
                | "way"
        ) || matches!(
            before,
            "number" | "every" | "the" | "each" | "this" | "which" | "any" | "by" | "square"
        ) || before == "that" && !is_counted(line, q.end));
    one || next == "magnitude"
}
