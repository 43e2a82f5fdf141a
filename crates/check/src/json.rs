//! The findings of a draft as one line of JSON, offsets in code points as in a reading's line.

use ascribe_record::{CodePoints, FORMAT_VERSION, Report, Span};
use serde::Serialize;

use crate::{Finding, Place, Places};

#[derive(Serialize)]
struct Line<'r> {
    ascribe: u32,
    report: Of<'r>,
    findings: Vec<Found<'r>>,
}

/// What tells the report; the whole of it is in its reading.
#[derive(Serialize)]
struct Of<'r> {
    id: &'r str,
    path: Option<&'r str>,
    record: Option<u64>,
    record_id: Option<&'r str>,
    title: Option<&'r str>,
    published: Option<&'r str>,
}

#[derive(Serialize)]
struct Found<'r> {
    kind: &'static str,
    message: &'r str,
    #[serde(flatten)]
    at: At<'r>,
    related: Vec<Labelled<'r>>,
}

#[derive(Serialize)]
struct Labelled<'r> {
    label: &'static str,
    #[serde(flatten)]
    at: At<'r>,
}

#[derive(Serialize)]
struct At<'r> {
    line: usize,
    column: usize,
    words: &'r str,
    spans: [(usize, usize); 1],
}

/// One line of JSON without a line break.
pub fn to_json(report: &Report, findings: &[Finding]) -> String {
    let (points, places) = (CodePoints::of(&report.text), Places::of(&report.text));
    let at = |span: Span| {
        let Place { line, column } = places.at(span.begin);
        let spans = [(points.from_byte(span.begin), points.from_byte(span.end))];
        At { line, column, words: span.of(&report.text), spans }
    };
    let found = findings.iter().map(|finding| Found {
        kind: finding.kind.name(),
        message: &finding.message,
        at: at(finding.span),
        related: finding.related.iter().map(|r| Labelled { label: r.label, at: at(r.span) }).collect(),
    });
    let line = Line {
        ascribe: FORMAT_VERSION,
        report: Of {
            id: &report.id,
            path: report.path.as_deref(),
            record: report.record,
            record_id: report.record_id.as_deref(),
            title: report.title.as_deref(),
            published: report.published.as_deref(),
        },
        findings: found.collect(),
    };
    serde_json::to_string(&line).expect("plain data always serialises")
}
