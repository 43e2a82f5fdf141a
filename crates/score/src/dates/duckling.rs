//! The English corpus of Duckling: what each example string must resolve to at 04:30 on 12 February
//! 2013.
//!
//! Scored are dates, times and intervals (`datetime`, `datetimeInterval`, `datetimeOpenInterval`) and
//! durations; holidays are left out. An example is equal if the one expression found in it covers all
//! its words but prepositions and articles, begins and (an interval) ends where Duckling says, and is
//! no less exact. Of an interval that is open to one side, one of its own ends counts, as "before" and
//! "after" are no part of an expression here.

use std::path::Path;

use ascribe_date::{Bounds, Expression, Order, Precision, Register, Setting, find};
use ascribe_record::Span;
use jiff::civil::{Date, DateTime};
use serde_json::Value;

use super::{Outcome, SetAside, core, read};
use crate::Slice;
use crate::slice::holds;

/// The moment at which the corpus is resolved.
const NOW: DateTime = DateTime::constant(2013, 2, 12, 4, 30, 0, 0);

/// What a group of examples means.
#[derive(Debug, PartialEq)]
enum Meaning {
    Moment(DateTime, Precision),
    Interval(DateTime, DateTime),
    OneEnd(DateTime),
    /// Seconds.
    Length(f64),
}

/// The table for the examples of a file in JSON Lines; a case is an example.
///
/// # Errors
/// If the file cannot be read or a line is no JSON.
pub fn duckling(
    path: &Path,
    slice: Option<Slice>,
    aside: &SetAside,
    with_failures: bool,
) -> Result<String, String> {
    let mut outcome = Outcome::default();
    let mut position = 0;
    for (n, line) in read(path)?.lines().enumerate() {
        let group: Value =
            serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1))?;
        let value = group["value"].as_str().unwrap_or_default();
        let Some(meaning) = meaning(value) else { continue };
        let order = if group["file"].as_str().is_some_and(|f| f.contains("/GB/")) {
            Order::DayFirst
        } else {
            Order::MonthFirst
        };
        let file = match meaning {
            Meaning::Moment(..) => "datetime",
            Meaning::Interval(..) => "datetimeInterval",
            Meaning::OneEnd(_) => "datetimeOpenInterval",
            Meaning::Length(_) => "duration",
        };
        position += 1;
        // Both the line and the rank among those scored are odd: no other was looked at while fitting.
        if !holds(slice, n * (position - 1)) {
            continue;
        }
        for (k, example) in group["examples"].as_array().into_iter().flatten().enumerate() {
            if aside.has(&format!("duckling {n}/{k}")) || aside.has(&format!("duckling {n}")) {
                outcome.put_aside(file);
                continue;
            }
            let example = example.as_str().unwrap_or_default();
            let (equal, found) = judge(example, &meaning, order);
            outcome.count(file, equal, || format!("duckling {n}/{k}\t{example}\t{value}\t{found}"));
        }
    }
    Ok(outcome.to_table(with_failures))
}

fn judge(text: &str, meaning: &Meaning, order: Order) -> (bool, String) {
    let setting = Setting {
        reference: Some(NOW),
        register: Register::Request,
        order: Some(order),
        ranges: true,
        whole_units: true,
    };
    let found = find(text, Span::new(0, text.len()), &setting);
    let shown = found.iter().map(|e| format!("[{}] {} {:?}", e.span.of(text), e.value, e.bounds));
    let shown = shown.collect::<Vec<_>>().join(" ");
    let [e] = found.as_slice() else { return (false, shown) };
    let covers = core(text).to_lowercase() == core(e.span.of(text)).to_lowercase();
    let same = match (meaning, e.bounds) {
        (Meaning::Length(seconds), _) => length(&e.value).is_some_and(|s| s == *seconds),
        (Meaning::Moment(at, precision), Some(b)) => b.begin == *at && fits(e, *precision, b),
        (Meaning::Interval(begin, end), Some(b)) => {
            // The last minute or second is counted in.
            let counted_in =
                [60, 1].into_iter().filter_map(|s| b.last.checked_add(jiff::Span::new().seconds(s)).ok());
            b.begin == *begin
                && (b.end == *end || b.last == *end || counted_in.into_iter().any(|at| at == *end))
        }
        (Meaning::OneEnd(at), Some(b)) => b.begin == *at || b.end == *at || b.last == *at,
        (Meaning::Moment(at, _), None) => e.value == "PRESENT_REF" && Some(*at) == setting.reference,
        _ => false,
    };
    (same && (covers || matches!(meaning, Meaning::OneEnd(_))), shown)
}

/// Whether the expression is as exact as Duckling's answer; within a day its grain is not compared.
fn fits(e: &Expression, precision: Precision, bounds: Bounds) -> bool {
    let Some(found) = e.precision else { return false };
    if precision < Precision::Day {
        return found < Precision::Day;
    }
    found == precision && bounds.begin == bounds.last
}

/// The seconds of a period in ISO 8601: a month has 30 days, a year 365.
fn length(value: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut in_time = false;
    let mut rest = value.strip_prefix('P')?;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (in_time, rest) = (true, time);
        }
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let number: f64 = rest[..digits].parse().ok()?;
        seconds += number * seconds_of(&rest[digits..digits + 1], in_time)?;
        rest = &rest[digits + 1..];
    }
    Some(seconds)
}

fn seconds_of(unit: &str, in_time: bool) -> Option<f64> {
    let day = 86_400.0;
    Some(match unit {
        "S" => 1.0,
        "M" if in_time => 60.0,
        "H" => 3600.0,
        "D" => day,
        "W" => 7.0 * day,
        "M" => 30.0 * day,
        "Q" => 90.0 * day,
        "Y" => 360.0 * day,
        _ => return None,
    })
}

/// The meaning of a Haskell value; `None` for holidays and what is no time.
fn meaning(value: &str) -> Option<Meaning> {
    let kind = value.split([' ', '(']).next()?;
    let numbers: Vec<i64> = value
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .filter_map(|word| word.parse().ok())
        .collect();
    let moment = |n: &[i64]| {
        let date =
            Date::new(i16::try_from(n[0]).ok()?, i8::try_from(n[1]).ok()?, i8::try_from(n[2]).ok()?).ok()?;
        Some(date.at(i8::try_from(n[3]).ok()?, i8::try_from(n[4]).ok()?, i8::try_from(n[5]).ok()?, 0))
    };
    match (kind, numbers.len()) {
        ("datetime", 6) => Some(Meaning::Moment(moment(&numbers)?, grain(value.rsplit(' ').next()?)?)),
        ("datetimeInterval", 12) => {
            let (begin, end) = (moment(&numbers[..6])?, moment(&numbers[6..])?);
            // "By Friday": from now on until then.
            Some(if begin == NOW { Meaning::OneEnd(end) } else { Meaning::Interval(begin, end) })
        }
        ("datetimeOpenInterval", 6) => Some(Meaning::OneEnd(moment(&numbers)?)),
        ("DurationData", 1) => {
            let unit = value.rsplit(' ').next()?;
            let code = if unit == "Minute" { "PT1M".to_owned() } else { format!("P1{}", &unit[..1]) };
            let code = if matches!(unit, "Second" | "Hour") { format!("PT1{}", &unit[..1]) } else { code };
            Some(Meaning::Length(length(&code)? * numbers[0] as f64))
        }
        _ => None,
    }
}

fn grain(name: &str) -> Option<Precision> {
    Some(match name {
        "Second" => Precision::Second,
        "Minute" => Precision::Minute,
        "Hour" => Precision::Hour,
        "Day" => Precision::Day,
        "Week" => Precision::Week,
        "Month" => Precision::Month,
        "Quarter" => Precision::Quarter,
        "Year" => Precision::Year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let day = Date::constant(2013, 2, 15).at(0, 0, 0, 0);
        assert_eq!(
            meaning("datetime (2013, 2, 15, 0, 0, 0) Day"),
            Some(Meaning::Moment(day, Precision::Day))
        );
        assert_eq!(meaning("DurationData 90 Minute"), Some(Meaning::Length(5400.0)));
        assert_eq!(meaning("datetimeHoliday (2013, 12, 25, 0, 0, 0) Day \"Christmas\""), None);
        assert_eq!(length("P2Y3M"), length("P27M"));
    }
}
