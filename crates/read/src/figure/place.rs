//! Where, and by what: the place and the cause that stand plainly beside a figure.

use ascribe_record::Span;

use super::lexicon::{self, AUX, BE, CAUSE, CLAUSE, MONTH, PEOPLE, REGION, SAY, STOP, WEEKDAY};
use super::token::{Kind, Line};

const REACH: usize = 25;

/// The place behind token `end` in its clause, or at the head of the sentence.
pub(super) fn place_for(line: &Line<'_>, first: usize, end: usize) -> Option<Span> {
    let stop = (end + REACH).min(line.len());
    let behind = (end..stop).take_while(|&k| !parts(line, k)).find_map(|k| place_at(line, k));
    behind.or_else(|| {
        (first > 0)
            .then(|| place_at(line, 0))
            .flatten()
            .filter(|span| span.end <= line.tokens[first].span.begin)
    })
}

fn parts(line: &Line<'_>, k: usize) -> bool {
    if k > 0 && line.has(k - 1, BE) {
        return false;
    }
    line.has(k, CLAUSE | SAY) && !matches!(line.lower(k), "when" | "while" | "after")
        || matches!(line.lower(k), ";" | "who" | "which" | "but")
}

/// "in Harrow Bay", "in the northern town of Ems", "near Ems".
fn place_at(line: &Line<'_>, i: usize) -> Option<Span> {
    let keeps = match line.lower(i) {
        "in" | "at" | "across" | "inside" | "throughout" => false,
        "near" | "outside" => true,
        _ => return None,
    };
    let mut k = i + 1 + usize::from(line.lower(i + 1) == "the");
    let begin = if keeps { i } else { k };
    while line.has(k, REGION) && !line.capital(k) && k < i + 9 || line.lower(k) == "'s" {
        k += 1;
    }
    let end = name_end(line, k)?;
    Some(line.span(begin, end))
}

/// Where the name that begins at `k` ends.
fn name_end(line: &Line<'_>, k: usize) -> Option<usize> {
    let mut end = k;
    while end < k + 6 && is_name_word(line, end) {
        end += 1;
        let joint = line.inner_hyphen(end) || matches!(line.lower(end), "of" | "al" | "el" | "de" | "la");
        if joint && is_name_word(line, end + 1) {
            end += 1;
        }
    }
    let last = end.checked_sub(1).filter(|_| end > k)?;
    let bare_people = end == k + 1 && line.has(k, PEOPLE);
    let possessive = line.lower(last).ends_with("'s");
    (!bare_people && !possessive).then_some(end)
}

fn is_name_word(line: &Line<'_>, k: usize) -> bool {
    line.kind(k) == Some(Kind::Word)
        && line.capital(k)
        && !line.has(k, MONTH | WEEKDAY | SAY | BE)
        && (!line.has(k, STOP) || line.has(k, REGION))
}

/// The weapon or cause behind token `end` ("in a car bombing", "when a bomb exploded"), or, where the
/// verb has its object behind it, before the verb at `verb`.
pub(super) fn cause_for(line: &Line<'_>, first: usize, end: usize) -> Option<Span> {
    let stop = (end + 14).min(line.len());
    let behind = (end..stop)
        .take_while(|&k| !line.has(k, SAY) && !matches!(line.lower(k), ";" | "but" | "and" | ","))
        .find_map(|k| cause_at(line, k));
    behind.or_else(|| subject_cause(line, first))
}

fn cause_at(line: &Line<'_>, i: usize) -> Option<Span> {
    if !matches!(line.lower(i), "in" | "by" | "from" | "when" | "with" | "after" | "during" | "of") {
        return None;
    }
    let k = i
        + 1
        + usize::from(matches!(
            line.lower(i + 1),
            "a" | "an" | "the" | "two" | "three" | "another" | "separate"
        ));
    noun_phrase(line, k)
}

/// The cause as the subject of the verb before the figure: "A car bomb killed 12".
fn subject_cause(line: &Line<'_>, first: usize) -> Option<Span> {
    let mut verb = first.checked_sub(1)?;
    let floor = first.saturating_sub(5);
    while verb > floor && lexicon::verb(line.lower(verb)).is_none() {
        verb -= 1;
    }
    let past =
        lexicon::verb(line.lower(verb)).is_some_and(|v| v.transitive && v.form == lexicon::VerbForm::Past);
    if !past {
        return None;
    }
    let mut head = verb.checked_sub(1)?;
    while line.has(head, AUX) && head > 0 {
        head -= 1;
    }
    let mut begin = head;
    while begin > 0 && head - begin < 3 && line.is_word(begin - 1) && !line.has(begin - 1, STOP) {
        begin -= 1;
    }
    line.has(head, CAUSE).then(|| line.span(begin, head + 1))
}

/// Premodifiers and a head that names a weapon or cause.
fn noun_phrase(line: &Line<'_>, at: usize) -> Option<Span> {
    let mut end = None;
    for k in at..at + 5 {
        if line.inner_hyphen(k) {
            continue;
        }
        if !line.is_word(k) || line.has(k, STOP) {
            break;
        }
        if line.has(k, CAUSE) {
            end = Some(k + 1);
        }
    }
    end.map(|end| line.span(at, end))
}
