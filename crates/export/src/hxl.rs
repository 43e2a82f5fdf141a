//! Figures as CSV with a row of tags under the heading: the Humanitarian Exchange Language 1.1,
//! <https://hxlstandard.org/standard/1-1final/dictionary/>.

use std::io::Write;

use ascribe_ledger::{Filter, Ledger, Listing, Placed, Row};
use ascribe_record::Measure;

use crate::annotation::web_address;
use crate::csv::{cell, record};
use crate::line::{attributes, each_placed, is_rejected, number, text};
use crate::{Result, Written};

/// Fields of a figure with their tags; `url` is the report's.
const FIELDS: &[(&str, &str)] = &[
    ("id", "#meta+id"),
    ("published", "#date+published"),
    ("outlet", "#meta+source+outlet"),
    ("speaker", "#meta+source+speaker"),
    ("url", "#meta+source+url"),
    ("occurred", "#date+occurred"),
    ("since", "#date+start"),
    ("as_of", "#date+as_of"),
    ("place", "#loc+name"),
    ("words", "#description+words"),
    ("counted", "#description+counted"),
    ("attributes", "#description+attributes"),
    ("cause", "#cause"),
    ("scope", "#meta+scope"),
    ("bound", "#meta+bound"),
    ("status", "#status"),
    ("confidence", "#meta+confidence"),
    ("measure", "#indicator+name"),
    ("lower", "#indicator+value+min"),
    ("upper", "#indicator+value+max"),
];

/// Measures that count people, each with the bounds of its figures in two columns of its own.
const PEOPLE: &[(Measure, &str)] = &[
    (Measure::Casualties, "#affected+casualties"),
    (Measure::Killed, "#affected+killed"),
    (Measure::Injured, "#affected+injured"),
    (Measure::Missing, "#affected+missing"),
    (Measure::Captured, "#affected+captured"),
    (Measure::Detained, "#affected+detained"),
    (Measure::Arrested, "#affected+arrested"),
    (Measure::Released, "#affected+released"),
    (Measure::Displaced, "#affected+displaced"),
    (Measure::Evacuated, "#affected+evacuated"),
    (Measure::Affected, "#affected+all"),
];

const BOUNDS: [(&str, &str); 2] = [("lower", "min"), ("upper", "max")];

pub(crate) fn write(ledger: &Ledger, filter: &Filter, to: &mut dyn Write) -> Result<Written> {
    let names = FIELDS.iter().map(|(name, _)| (*name).to_owned());
    let people = |of: fn(&(Measure, &str), (&str, &str)) -> String| {
        PEOPLE.iter().flat_map(move |people| BOUNDS.map(|bound| of(people, bound)))
    };
    let names = names.chain(people(|(measure, _), (bound, _)| format!("{}_{bound}", measure.name())));
    let tags = FIELDS.iter().map(|(_, tag)| (*tag).to_owned());
    let tags = tags.chain(people(|(_, tag), (_, bound)| format!("{tag}+{bound}")));
    to.write_all(record(names).as_bytes())?;
    to.write_all(record(tags).as_bytes())?;
    let mut written = Written::default();
    each_placed(ledger, Listing::Figures, filter, |row, placed| {
        if is_rejected(row) {
            written.n_left_out += 1;
            return Ok(());
        }
        written.n += 1;
        Ok(to.write_all(line(row, placed).as_bytes())?)
    })?;
    Ok(written)
}

fn line(row: &Row<'_>, placed: Placed<'_>) -> String {
    let fields = FIELDS.iter().map(|(name, _)| match *name {
        "url" => web_address(placed.report).map(cell).unwrap_or_default(),
        "attributes" => cell(&attributes(row).join("; ")),
        "lower" | "upper" | "confidence" => shown(row, name),
        name => text(row, name).map(cell).unwrap_or_default(),
    });
    let measure = text(row, "measure");
    let people = PEOPLE.iter().flat_map(|(of, _)| {
        BOUNDS.map(|(bound, _)| if measure == Some(of.name()) { shown(row, bound) } else { String::new() })
    });
    record(fields.chain(people))
}

fn shown(row: &Row<'_>, name: &str) -> String {
    number(row, name).map(|number| number.to_string()).unwrap_or_default()
}
