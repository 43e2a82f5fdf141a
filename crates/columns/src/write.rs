//! Rows to Parquet, some thousands held at a time.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

/// Rows that become columns at once.
const BATCH: usize = 4096;
/// Rows that are held until they are written as a group.
const GROUP: usize = 1 << 16;

/// What a column holds. Any value may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words; dates too, as their precision is part of them (EDTF).
    Text,
    /// Whole numbers.
    Count,
    /// Numbers.
    Number,
    /// True or false.
    Flag,
    /// Lists of words.
    Texts,
}

/// A column's name and what it holds.
pub type Column = (String, Kind);

/// A value of a row; one that its column has no place for is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// No value.
    Missing,
    /// Of a column of text.
    Text(String),
    /// Of a column of whole numbers.
    Count(i64),
    /// Of a column of numbers.
    Number(f64),
    /// Of a column of flags.
    Flag(bool),
    /// Of a column of lists.
    Texts(Vec<String>),
}

/// Writes a table as a file. The same rows give the same bytes.
pub struct Writer<W: Write + Send> {
    columns: Vec<Column>,
    schema: SchemaRef,
    rows: Vec<Vec<Cell>>,
    file: ArrowWriter<W>,
}

impl<W: Write + Send> Writer<W> {
    /// A table of these columns.
    ///
    /// # Errors
    /// Says why if `to` cannot be written.
    pub fn new(columns: Vec<Column>, to: W) -> Result<Self, String> {
        let fields = columns.iter().map(|(name, kind)| Field::new(name, data_type(*kind), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let level = ZstdLevel::try_new(3).map_err(told)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_max_row_group_row_count(Some(GROUP))
            .set_created_by("ascribe".to_owned())
            .build();
        let file = ArrowWriter::try_new(to, schema.clone(), Some(properties)).map_err(told)?;
        Ok(Self { columns, schema, rows: Vec::with_capacity(BATCH), file })
    }

    /// Adds a row: a cell a column, in their order.
    ///
    /// # Errors
    /// Says why if it cannot be written.
    pub fn push(&mut self, row: Vec<Cell>) -> Result<(), String> {
        self.rows.push(row);
        if self.rows.len() == BATCH { self.write() } else { Ok(()) }
    }

    /// Writes what is left and the directory of the file.
    ///
    /// # Errors
    /// Says why if it cannot be written.
    pub fn finish(mut self) -> Result<W, String> {
        self.write()?;
        self.file.into_inner().map_err(told)
    }

    fn write(&mut self) -> Result<(), String> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let arrays = self.columns.iter().enumerate();
        let arrays = arrays.map(|(at, (_, kind))| array(*kind, self.rows.iter().map(|row| row.get(at))));
        let batch = RecordBatch::try_new(self.schema.clone(), arrays.collect());
        self.rows.clear();
        let batch = batch.map_err(|error: ArrowError| error.to_string())?;
        self.file.write(&batch).map_err(told)
    }
}

fn told(error: ParquetError) -> String {
    error.to_string()
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Count => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Flag => DataType::Boolean,
        Kind::Texts => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
    }
}

fn array<'c>(kind: Kind, cells: impl Iterator<Item = Option<&'c Cell>>) -> ArrayRef {
    macro_rules! built {
        ($builder:expr, $cell:ident) => {{
            let mut builder = $builder;
            for cell in cells {
                builder.append_option(match cell {
                    Some(Cell::$cell(value)) => Some(value.to_owned()),
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }};
    }
    match kind {
        Kind::Text => built!(StringBuilder::new(), Text),
        Kind::Count => built!(Int64Builder::new(), Count),
        Kind::Number => built!(Float64Builder::new(), Number),
        Kind::Flag => built!(BooleanBuilder::new(), Flag),
        Kind::Texts => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for cell in cells {
                builder.append_option(match cell {
                    Some(Cell::Texts(list)) => Some(list.iter().map(Some)),
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }
    }
}
