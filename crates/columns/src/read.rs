//! Parquet (Apache Parquet format 2) and Arrow IPC, files and streams, to rows.
//!
//! An Arrow file is read as the stream that it holds, so that one that is cut short gives what comes
//! before the cut. Of a Parquet file that is cut short nothing can be told, as its directory is at the end.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::reader::StreamReader;
use arrow_json::writer::LineDelimitedWriter;
use arrow_schema::{ArrowError, DataType, TimeUnit};
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Rows that are unpacked at once.
const ROWS: usize = 64;
const PARQUET: &[u8] = b"PAR1";
const ARROW: &[u8] = b"ARROW1\0\0";

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>>>;

/// Gives each row to `each` as an object of JSON, its columns in their order and those without a value
/// left out. `each` returns whether it wants more.
///
/// # Errors
/// Says why if there are no more rows to be had: the file is damaged, or of a kind that is not read.
pub fn read(bytes: Vec<u8>, mut each: impl FnMut(&str) -> bool) -> Result<(), String> {
    let mut batches = guarded(|| batches(Bytes::from(bytes)))?;
    while let Some(batch) = guarded(|| batches.next().transpose().map_err(|error| error.to_string()))? {
        // A batch of an Arrow stream is as long as its writer liked.
        for at in (0..batch.num_rows()).step_by(ROWS) {
            let rows = batch.slice(at, ROWS.min(batch.num_rows() - at));
            let json = guarded(|| to_json(&rows).map_err(|error| error.to_string()))?;
            let json = String::from_utf8(json).map_err(|_| "text that is no UTF-8".to_owned())?;
            if !json.lines().all(&mut each) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn batches(bytes: Bytes) -> Result<Batches, String> {
    if bytes.starts_with(PARQUET) {
        let file = ParquetRecordBatchReaderBuilder::try_new(bytes).map_err(|error| error.to_string())?;
        let rows = file.with_batch_size(ROWS).build().map_err(|error| error.to_string())?;
        return Ok(Box::new(rows));
    }
    let stream = if bytes.starts_with(ARROW) {
        // Behind the magic number writers fill up to where they align.
        let n_filled =
            bytes[ARROW.len()..].chunks(8).take_while(|eight| eight.iter().all(|&b| b == 0)).count();
        bytes.slice((ARROW.len() + 8 * n_filled).min(bytes.len())..)
    } else {
        bytes
    };
    let rows = StreamReader::try_new(Cursor::new(stream), None).map_err(|error| error.to_string())?;
    Ok(Box::new(rows))
}

/// What `read` gives, or why it gives nothing.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("it is built as no such file is".to_owned()))
}

fn to_json(rows: &RecordBatch) -> Result<Vec<u8>, ArrowError> {
    let mut writer = LineDelimitedWriter::new(Vec::new());
    let columns = rows.schema_ref().fields().iter().zip(rows.columns());
    let columns = columns.map(|(field, column)| (field.name(), in_utc(column)));
    writer.write(&RecordBatch::try_from_iter_with_nullable(
        columns.map(|(name, column)| (name, column, true)),
    )?)?;
    writer.finish()?;
    Ok(writer.into_inner())
}

/// Times as they are, but in UTC: only offsets are known to the library, and instants do not depend on them.
fn in_utc(column: &ArrayRef) -> ArrayRef {
    macro_rules! moved {
        ($type:ty) => {
            Arc::new(column.as_primitive::<$type>().clone().with_timezone("+00:00"))
        };
    }
    match column.data_type() {
        DataType::Timestamp(unit, Some(_)) => match unit {
            TimeUnit::Second => moved!(TimestampSecondType),
            TimeUnit::Millisecond => moved!(TimestampMillisecondType),
            TimeUnit::Microsecond => moved!(TimestampMicrosecondType),
            TimeUnit::Nanosecond => moved!(TimestampNanosecondType),
        },
        _ => column.clone(),
    }
}
