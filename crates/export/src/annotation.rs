//! Statements and figures as annotations of the reports they were read from: W3C, "Web Annotation Data
//! Model" (2017), <https://www.w3.org/TR/annotation-model/>, as a list in JSON-LD.
//!
//! Positions count code points of the report's text as it was read, which for pages is not the text of
//! the page's markup; the quote with its prefix and suffix finds the words in either.

use std::io::Write;

use ascribe_ledger::{Filter, Ledger, Listing, Placed, Row};
use ascribe_record::{CodePoints, Report};
use serde_json::{Value, json};

use crate::json::{List, object};
use crate::line::{attributes, each_placed, is_rejected, text};
use crate::{Result, Written};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

pub(crate) fn write(ledger: &Ledger, filter: &Filter, to: &mut dyn Write) -> Result<Written> {
    let mut n_left_out = 0;
    write!(to, "[")?;
    let mut list = List::new(to);
    for listing in [Listing::Statements, Listing::Figures] {
        each_placed(ledger, listing, filter, |row, placed| {
            if is_rejected(row) || placed.span.is_empty() {
                n_left_out += 1;
                return Ok(());
            }
            let annotation = annotation(row, placed, listing == Listing::Statements);
            Ok(list.push(&annotation)?)
        })?;
    }
    let n = list.n;
    writeln!(to, "\n]")?;
    Ok(Written { n, n_left_out })
}

fn annotation(row: &Row<'_>, placed: Placed<'_>, is_statement: bool) -> Value {
    let Placed { report, quote, span } = placed;
    let (words, tags) = if is_statement { statement(row) } else { figure(row) };
    let mut bodies = vec![json!({
        "type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": words,
    })];
    bodies
        .extend(tags.iter().map(|tag| json!({ "type": "TextualBody", "purpose": "tagging", "value": tag })));
    let points = CodePoints::of(&report.text);
    json!({
        "@context": CONTEXT,
        "id": item_urn(report, row),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": source(report),
            "state": { "type": "TimeState", "cached": urn(report) },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix,
                },
                {
                    "type": "TextPositionSelector",
                    "start": points.from_byte(span.begin), "end": points.from_byte(span.end),
                },
            ],
        },
    })
}

/// A statement in words, and its tags.
fn statement(row: &Row<'_>) -> (String, Vec<String>) {
    let speaker = text(row, "speaker").or_else(|| text(row, "source")).unwrap_or("no source named");
    let cue = text(row, "cue").unwrap_or("quotation marks only");
    let act = text(row, "act").unwrap_or("other");
    let tags = tags(row, "statement", &["act", "certainty", "form", "naming"]);
    (format!("{speaker} – {cue} [{}]", act.replace('_', " ")), tags)
}

/// A figure in words, and its tags.
fn figure(row: &Row<'_>) -> (String, Vec<String>) {
    let measure = text(row, "measure").unwrap_or("other").replace('_', " ");
    let counted = [text(row, "words"), text(row, "counted")].into_iter().flatten().collect::<Vec<_>>();
    let speaker = text(row, "speaker").map(|speaker| format!(", according to {speaker}"));
    let words = format!("{} [{measure}]{}", counted.join(" "), speaker.unwrap_or_default());
    let mut tags = tags(row, "figure", &["measure", "bound", "scope"]);
    tags.extend(attributes(row).iter().map(|attribute| format!("attribute:{attribute}")));
    (words, tags)
}

fn tags(row: &Row<'_>, kind: &str, fields: &[&str]) -> Vec<String> {
    let values = fields.iter().filter_map(|field| text(row, field).map(|value| format!("{field}:{value}")));
    std::iter::once(kind.to_owned()).chain(values).collect()
}

/// The name of the report's bytes.
pub(crate) fn urn(report: &Report) -> String {
    format!("urn:sha256:{}", report.id)
}

/// The name of a statement or figure: that of its report, and its own part of the ledger's id.
pub(crate) fn item_urn(report: &Report, row: &Row<'_>) -> String {
    let id = text(row, "id").and_then(|id| id.split_once('.')).map_or("", |(_, item)| item);
    format!("{}#{id}", urn(report))
}

/// Where the report was published, failing that the name of its bytes.
pub(crate) fn source(report: &Report) -> String {
    web_address(report).map_or_else(|| urn(report), str::to_owned)
}

/// The report's address, if it is one of the web: others (`javascript:`) lead nowhere good.
pub(crate) fn web_address(report: &Report) -> Option<&str> {
    report.url.as_deref().filter(|url| is_web(url))
}

pub(crate) fn is_web(url: &str) -> bool {
    let is_plain = !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    is_plain && ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
}

/// Where a claim appeared: the report as schema.org has it.
pub(crate) fn article(report: &Report) -> Value {
    let line = |line: &Option<String>| line.as_deref().map_or(Value::Null, Value::from);
    let outlet = report.outlet.as_deref();
    object([
        ("@type", "Article".into()),
        ("@id", urn(report).into()),
        ("url", web_address(report).map_or(Value::Null, Value::from)),
        ("headline", line(&report.title)),
        ("datePublished", line(&report.published)),
        ("inLanguage", line(&report.language)),
        ("publisher", outlet.map_or(Value::Null, |name| json!({ "@type": "Organization", "name": name }))),
    ])
}
