//! Comparisons and ranges of numbers: "more than 40", "between 20 and 30", "5k-20k", "200 or more".

use ascribe_record::{Bound, Span};

use super::find::number_at;
use super::ordinal::ordinal_at;
use super::{Number, line};
use crate::figure::{BOUNDS, Line};

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The number.
    pub value: f64,
    /// Whether the number itself belongs to the interval.
    pub closed: bool,
}

/// An interval of numbers; a missing end is unbounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its words.
    pub span: Span,
    /// The lower end.
    pub lower: Option<End>,
    /// The upper end.
    pub upper: Option<End>,
    /// Whether both ends are named as a stretch ("20 to 30"), not by two comparisons.
    pub stretch: bool,
}

/// The intervals of `text`, in order. A single number without a word for its bound is none.
///
/// ```
/// use ascribe_read::find_intervals;
///
/// let found = find_intervals("more than 40 and at most 50");
/// let ends = |end: Option<ascribe_read::End>| end.map(|e| (e.value, e.closed));
/// assert_eq!((ends(found[0].lower), ends(found[0].upper)), (Some((40.0, false)), Some((50.0, true))));
/// ```
pub fn find_intervals(text: &str) -> Vec<Interval> {
    let line = line(text);
    let mut found: Vec<Interval> = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match stretch_at(&line, i).or_else(|| compared_at(&line, i)) {
            Some(found_here) => {
                let (part, end) = with_second(&line, found_here);
                found.push(Interval { span: line.span(i, end), ..part });
                i = end;
            }
            None => i += number_at(&line, i).map_or(1, |n| n.end - i),
        }
    }
    found
}

fn interval(lower: Option<End>, upper: Option<End>, stretch: bool) -> Interval {
    Interval { span: Span::new(0, 0), lower, upper, stretch }
}

/// A number, or "the tenth", with its sign.
fn value_at(line: &Line<'_>, i: usize) -> Option<Number> {
    if matches!(line.lower(i), "-" | "negative" | "minus") {
        let number = number_at(line, i + 1)?;
        return Some(Number { value: -number.value, ..number });
    }
    if line.lower(i) == "the" {
        return ordinal_at(line, i + 1);
    }
    number_at(line, i)
}

/// "between 20 and 30", "from 10 to 12", "20 - 100", "20~100", "20 through 100".
fn stretch_at(line: &Line<'_>, i: usize) -> Option<(Interval, usize)> {
    let named = matches!(line.lower(i), "between" | "from");
    let low = value_at(line, i + usize::from(named))?;
    let joint = line.lower(low.end);
    let joins = match line.lower(i) {
        "between" => matches!(joint, "and" | "to"),
        "from" => matches!(joint, "to" | "until" | "through"),
        _ => matches!(joint, "-" | "–" | "—" | "~" | "to" | "through"),
    };
    let high = value_at(line, low.end + 1).filter(|n| joins && n.value > low.value)?;
    // "1-222-2222" is no stretch, nor is a date.
    let dash = matches!(joint, "-" | "–" | "—");
    let chained = dash
        && (matches!(line.lower(high.end), "-" | "/") || matches!(line.lower(i.wrapping_sub(1)), "-" | "+"));
    let leading = dash && line.tokens[low.end + 1].text.starts_with('0');
    let ends = [low, high].map(|n| Some(End { value: n.value, closed: true }));
    (!chained && !leading).then(|| (interval(ends[0], ends[1], true), high.end))
}

/// A number with a word for its bound before or behind it.
fn compared_at(line: &Line<'_>, i: usize) -> Option<(Interval, usize)> {
    let Some((mut side, at)) = comparison_at(line, i) else { return behind(line, i) };
    let number = value_at(line, at)?;
    let mut end = number.end;
    if let Some((other, behind)) = side.is_equal().then(|| or_side(line, end)).flatten() {
        (side, end) = (other, behind);
    } else if let Some(behind) = or_equal(line, end).filter(|&b| value_at(line, b).is_none()) {
        side.closed = true;
        end = behind;
    }
    Some((side.interval(number.value), end))
}

/// "200 or more", "five hundred and more", "200 or greater than".
fn behind(line: &Line<'_>, i: usize) -> Option<(Interval, usize)> {
    let number = number_at(line, i)?;
    let (side, end) = or_side(line, number.end)?;
    Some((side.interval(number.value), end))
}

/// On which side of its number an interval lies.
#[derive(Clone, Copy, Debug)]
struct Side {
    lower: bool,
    upper: bool,
    closed: bool,
}

impl Side {
    fn is_equal(self) -> bool {
        self.lower && self.upper
    }

    fn interval(self, value: f64) -> Interval {
        let end = Some(End { value, closed: self.closed });
        interval(end.filter(|_| self.lower), end.filter(|_| self.upper), false)
    }
}

const LOWER: Side = Side { lower: true, upper: false, closed: false };
const UPPER: Side = Side { lower: false, upper: true, closed: false };
const EQUAL: Side = Side { lower: true, upper: true, closed: true };

fn closed(side: Side) -> Side {
    Side { closed: true, ..side }
}

/// The side that a comparative adjective tells.
fn comparative(word: &str) -> Option<Side> {
    match word {
        "more" | "larger" | "greater" | "bigger" | "higher" | "above" => Some(LOWER),
        "less" | "smaller" | "fewer" | "lower" | "below" => Some(UPPER),
        _ => None,
    }
}

/// The words for a bound at `i`, and the token behind them.
fn comparison_at(line: &Line<'_>, i: usize) -> Option<(Side, usize)> {
    let symbol = symbol_at(line, i);
    if symbol.is_some() {
        return symbol;
    }
    if let Some((side, end)) = equal_at(line, i) {
        // "equal to or more than 30"
        let or = (line.lower(end) == "or").then(|| comparative(line.lower(end + 1))).flatten();
        let than = end + 2 + usize::from(line.lower(end + 2) == "than");
        return Some(or.map_or((side, end), |or| (closed(or), than)));
    }
    if let Some(side) = comparative(line.lower(i)) {
        if let Some(end) = or_equal(line, i + 1) {
            return Some((closed(side), end));
        }
        if line.lower(i + 1) == "than" {
            let end = or_equal(line, i + 2);
            return Some(end.map_or((side, i + 2), |end| (closed(side), end)));
        }
    }
    let (bound, end) =
        BOUNDS.iter().find_map(|&(phrase, bound)| Some((bound, line.phrase_at(i, phrase)?)))?;
    let side = match bound {
        Bound::Over => LOWER,
        Bound::AtLeast => closed(LOWER),
        Bound::Under => UPPER,
        Bound::AtMost => closed(UPPER),
        _ => return None,
    };
    Some((side, or_equal(line, end).unwrap_or(end)))
}

/// ">", ">=", "<", "< =", "=".
fn symbol_at(line: &Line<'_>, i: usize) -> Option<(Side, usize)> {
    let side = match line.lower(i) {
        ">" => LOWER,
        "<" => UPPER,
        "≥" => return Some((closed(LOWER), i + 1)),
        "≤" => return Some((closed(UPPER), i + 1)),
        _ => return None,
    };
    let odd =
        matches!(line.lower(i + 1), ">" | "<") || matches!(line.lower(i.wrapping_sub(1)), "=" | "<" | ">");
    let equal = line.lower(i + 1) == "=";
    (!odd).then(|| if equal { (closed(side), i + 2) } else { (side, i + 1) })
}

/// "equal to", "equals", "equaling to".
fn equal_at(line: &Line<'_>, i: usize) -> Option<(Side, usize)> {
    let equal = matches!(line.lower(i), "equal" | "equals" | "equaling" | "equalling");
    let to = line.lower(i + 1) == "to";
    (equal && (to || line.lower(i) != "equal")).then(|| (EQUAL, i + 1 + usize::from(to)))
}

/// "or equal", "or equal to", "or equal than".
fn or_equal(line: &Line<'_>, i: usize) -> Option<usize> {
    let end = line.phrase_at(i, "or equal")?;
    Some(end + usize::from(matches!(line.lower(end), "to" | "than")))
}

/// "or more", "or less", "and more", "or greater than", if no other number follows.
fn or_side(line: &Line<'_>, i: usize) -> Option<(Side, usize)> {
    let joint = matches!(line.lower(i), "or" | "and");
    let side = comparative(line.lower(i + 1)).filter(|_| joint)?;
    let end = i + 2 + usize::from(line.lower(i + 2) == "than");
    (value_at(line, end).is_none()).then(|| (closed(side), end))
}

/// Joins "greater than 100" and "smaller than 300" where the two bound one interval.
fn with_second(line: &Line<'_>, (first, end): (Interval, usize)) -> (Interval, usize) {
    let joint = match line.lower(end) {
        "and" | "but" | "," => end + 1,
        _ => return (first, end),
    };
    let open = first.lower.is_some() != first.upper.is_some();
    let Some((second, behind)) = compared_at(line, joint).filter(|_| open) else { return (first, end) };
    let (Some(lower), Some(upper)) = (first.lower.or(second.lower), first.upper.or(second.upper)) else {
        return (first, end);
    };
    let fits = second.lower.is_some() != second.upper.is_some() && lower.value < upper.value;
    if fits { (interval(Some(lower), Some(upper), false), behind) } else { (first, end) }
}
