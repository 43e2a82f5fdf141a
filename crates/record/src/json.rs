//! The JSON contract: one line a report, offsets in code points.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Actor, Figure, Mention, Note, Reading, Report, Statement};

/// The version that every line carries as `"ascribe"`. Fields may be added under the same number;
/// none changes meaning.
pub const FORMAT_VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of one line.
pub const SCHEMA: &str = include_str!("../schema/reading.schema.json");

/// Converts byte offsets of one text to code points and back.
///
/// Keeps one number for every `STEP` bytes, so that a look-up reads at most that many.
pub struct CodePoints<'t> {
    text: &'t str,
    /// `marks[i]`: code points that begin before byte `i * STEP`.
    marks: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    const STEP: usize = 256;

    /// The index of `text`.
    pub fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = vec![0];
        for chunk in bytes.chunks(Self::STEP) {
            marks.push(marks[marks.len() - 1] + begins(chunk));
        }
        Self { text, marks }
    }

    /// The number of code points before byte `byte`, which lies on a character boundary.
    pub fn from_byte(&self, byte: usize) -> usize {
        let mark = byte / Self::STEP;
        self.marks[mark] + begins(&self.text.as_bytes()[mark * Self::STEP..byte])
    }

    /// The byte at which code point `point` begins; `None` behind the end of the text.
    pub fn to_byte(&self, point: usize) -> Option<usize> {
        let mark = self.marks.partition_point(|&before| before <= point) - 1;
        let mut byte = (mark * Self::STEP).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte += 1;
        }
        let rest = point - self.marks[mark];
        let tail = &self.text[byte..];
        match tail.char_indices().nth(rest) {
            Some((at, _)) => Some(byte + at),
            None => (tail.chars().count() == rest).then_some(self.text.len()),
        }
    }
}

/// How many characters begin in `bytes`.
fn begins(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count()
}

#[derive(Serialize, Deserialize)]
struct Line<R, S, F, M, A, N> {
    ascribe: u32,
    report: R,
    statements: S,
    figures: F,
    mentions: M,
    actors: A,
    notes: N,
}

type OwnedLine = Line<Report, Vec<Statement>, Vec<Figure>, Vec<Mention>, Vec<Actor>, Vec<Note>>;

/// Why a line is no reading.
#[derive(Debug)]
pub struct JsonError(String);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}

impl Reading {
    /// The reading as one line of JSON without a line break, offsets in code points.
    pub fn to_json(&self) -> String {
        let mut edge = self.clone();
        let points = CodePoints::of(&self.report.text);
        edge.for_each_span(|span| {
            span.begin = points.from_byte(span.begin);
            span.end = points.from_byte(span.end);
        });
        let line = Line {
            ascribe: FORMAT_VERSION,
            report: &edge.report,
            statements: &edge.statements,
            figures: &edge.figures,
            mentions: &edge.mentions,
            actors: &edge.actors,
            notes: &edge.notes,
        };
        serde_json::to_string(&line).expect("plain data always serialises")
    }

    /// A reading from one line of JSON.
    ///
    /// # Errors
    /// If the line is not of the contract or an offset lies outside the text.
    pub fn from_json(line: &str) -> Result<Self, JsonError> {
        let line: OwnedLine = serde_json::from_str(line).map_err(|e| JsonError(e.to_string()))?;
        if line.ascribe != FORMAT_VERSION {
            return Err(JsonError(format!("format version {} is not {FORMAT_VERSION}", line.ascribe)));
        }
        let text = line.report.text.clone();
        let points = CodePoints::of(&text);
        let mut reading = Self {
            report: line.report,
            statements: line.statements,
            figures: line.figures,
            mentions: line.mentions,
            actors: line.actors,
            notes: line.notes,
        };
        let mut outside = None;
        reading.for_each_span(|span| match (points.to_byte(span.begin), points.to_byte(span.end)) {
            (Some(begin), Some(end)) if begin < end => (span.begin, span.end) = (begin, end),
            _ => outside = Some(*span),
        });
        match outside {
            Some(span) => {
                Err(JsonError(format!("offsets [{}, {}] do not fit the text", span.begin, span.end)))
            }
            None => Ok(reading),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_and_bytes_agree() {
        let text = "é😀a\u{301}“x”\r\n".repeat(200);
        let points = CodePoints::of(&text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.from_byte(byte), point);
            assert_eq!(points.to_byte(point), Some(byte));
        }
        let n = text.chars().count();
        assert_eq!(points.from_byte(text.len()), n);
        assert_eq!(points.to_byte(n), Some(text.len()));
        assert_eq!(points.to_byte(n + 1), None);
    }

    #[test]
    fn empty_text() {
        let points = CodePoints::of("");
        assert_eq!((points.from_byte(0), points.to_byte(0), points.to_byte(1)), (0, Some(0), None));
    }
}
