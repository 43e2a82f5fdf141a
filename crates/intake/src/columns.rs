//! Parquet and Arrow IPC (files and streams): a report a row, its columns looked up as fields of JSON are.
//! A row is kept as a line of JSON, which is its captured bytes: columns lie apart in the file.
//!
//! The file is held whole, as its directory is at its end; rows come as they are asked for. They are
//! unpacked outside of this process, where a hostile file does no harm: by whatever
//! [`Options::columns`](crate::Options::columns) names. Without it such files are refused.

use crate::input::{Peeked, read_whole, reason_of};
use crate::item::{Item, Outcome, Outcomes, Source};
use crate::{Reason, json};

const PARQUET: &[u8] = b"PAR1";
const ARROW: &[u8] = b"ARROW1";
/// How each message of an Arrow stream begins.
const STREAM: &[u8] = &[0xff; 4];

/// The rows of a file as objects of JSON, and last why there are no more, if that is not their end.
pub type ColumnRows = Box<dyn Iterator<Item = Result<String, String>>>;

/// Reads the rows of a Parquet or Arrow file, given its bytes and the longest row in bytes, or says why it
/// cannot.
pub type ColumnReader = fn(Vec<u8>, u64) -> Result<ColumnRows, String>;

/// Whether the first bytes are those of a file of columns.
pub(crate) fn opens(head: &[u8]) -> bool {
    [PARQUET, ARROW, STREAM].iter().any(|magic| head.starts_with(magic))
}

/// The reports of the rows, numbered from 1.
pub(crate) fn read_rows<'a>(source: Source<'a>, input: Peeked<'a>, reader: ColumnReader) -> Outcomes<'a> {
    let max_bytes = source.options.max_bytes;
    let bytes = match read_whole(input, max_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return source.refuse(None, reason),
    };
    let media_type = match bytes.starts_with(PARQUET) {
        true => "application/vnd.apache.parquet",
        false => "application/vnd.apache.arrow.stream",
    };
    match reader(bytes, max_bytes) {
        Ok(rows) => Box::new(Rows { source, rows, media_type, n_rows: 0, is_over: false }),
        Err(reason) => source.refuse(None, Reason::Damaged(reason)),
    }
}

struct Rows<'a> {
    source: Source<'a>,
    rows: ColumnRows,
    media_type: &'static str,
    n_rows: u64,
    is_over: bool,
}

impl Iterator for Rows<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        if self.is_over {
            return None;
        }
        let row = match self.rows.next() {
            Some(row) => row.map_err(Reason::Damaged),
            None if self.n_rows == 0 => Err(Reason::NothingIn("a table without rows".to_owned())),
            None => return None,
        };
        // What came out of the file counts as unpacked.
        let row = row.and_then(|row| match self.source.budget.unpack(row.len()) {
            Ok(()) => Ok(row),
            Err(error) => Err(reason_of(&error)),
        });
        self.n_rows += 1;
        Some(match row {
            Ok(row) => {
                let item = json::read_record(&row, Vec::new(), self.source.options);
                let item = item.map(|item| Item { media_type: self.media_type, ..item });
                self.source.report(item, self.source.own(row.as_bytes()), Some(self.n_rows))
            }
            Err(reason) => {
                self.is_over = true;
                let is_first = self.n_rows == 1;
                Err(self.source.refusal((!is_first).then_some(self.n_rows), reason))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use ascribe_record::Report;

    use crate::{Options, Reason, Refusal, reports};

    /// A reader of files that hold their rows as they are, one a line; `!` breaks it off.
    fn lines(bytes: Vec<u8>, max_row: u64) -> Result<super::ColumnRows, String> {
        assert_eq!(max_row, 1000);
        let text = String::from_utf8(bytes[4..].to_vec()).map_err(|_| "no rows".to_owned())?;
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let told = |line: String| if line == "!" { Err("it ends".to_owned()) } else { Ok(line) };
        Ok(Box::new(lines.into_iter().map(told)))
    }

    fn read(text: &str) -> Vec<Result<Report, Refusal>> {
        let options = Options { columns: Some(lines), max_bytes: 1000, ..Options::default() };
        reports("a.parquet", format!("PAR1{text}").as_bytes(), &options).collect()
    }

    const RAIN: &str = r#"{"id":7,"Text":"It rained.","date":"2026-01-12"}"#;

    #[test]
    fn a_row_is_a_line_of_json() {
        let found = read(&format!("{RAIN}\n{{\"id\":8}}\n"));
        let [Ok(first), Err(second)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((first.text.as_str(), first.published.as_deref()), ("It rained.", Some("2026-01-12")));
        assert_eq!((first.record, first.record_id.as_deref()), (Some(1), Some("7")));
        assert_eq!(first.media_type, "application/vnd.apache.parquet");
        assert!(matches!(second.reason, Reason::NoTextField(_)) && second.record == Some(2), "{second}");
        let same = reports("a.jsonl", RAIN.as_bytes(), &Options::default()).next().unwrap().unwrap();
        assert_eq!(first.id, same.id);
    }

    #[test]
    fn what_comes_before_damage_is_kept() {
        let told = |text: &str| -> Vec<String> {
            read(text).into_iter().map(|row| row.map_or_else(|no| no.to_string(), |row| row.text)).collect()
        };
        assert_eq!(
            told(&format!("{RAIN}\n!\n{RAIN}")),
            ["It rained.", "a.parquet, record 2: damaged: it ends"]
        );
        assert_eq!(told("!"), ["a.parquet: damaged: it ends"]);
        assert_eq!(told(""), ["a.parquet: nothing to read: a table without rows"]);
        let found: Vec<_> = reports("a", &b"PAR1"[..], &Options::default()).collect();
        assert_eq!(
            found[0].as_ref().unwrap_err().to_string(),
            "a: a Parquet file, which this program was built without (feature `columnar`)"
        );
    }
}
