use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::pack::unpack;
use crate::{Error, ErrorKind, Result};

/// "ASCR" in the file's header: what sort of SQLite file it is.
const APPLICATION_ID: i32 = 0x4153_4352;

/// Each takes the file from the version before to its own; the first makes it.
const MIGRATIONS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// How long one writer waits for another.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pages in the write-ahead log before it is written back: 64 MiB.
const LOG_PAGES: i64 = 16_384;

/// An open ledger.
pub struct Ledger {
    pub(crate) connection: Connection,
}

impl Ledger {
    /// Opens the ledger at `path` to read and write; makes it if it is not there and brings an older one
    /// to this version.
    ///
    /// # Errors
    /// If it cannot be opened or written, or is no ledger.
    pub fn open(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        let mut ledger = Self::over(connection)?;
        // What was told to be added is on the disk.
        ledger.connection.pragma_update(None, "synchronous", "full")?;
        // Before the write-ahead log, so that a kill leaves either an empty file or a whole ledger.
        ledger.migrate()?;
        // Readers go on while one writes, and a kill leaves whole transactions.
        ledger.connection.pragma_update(None, "journal_mode", "wal")?;
        // Pages of the indexes change often: in a longer log more of that is one write to the file.
        ledger.connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        Ok(ledger)
    }

    /// Opens the ledger at `path` to read, also where nothing may be written.
    ///
    /// # Errors
    /// If there is none, or one of another version.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = |name: &str, flags| -> Result<Self> {
            let ledger = Self::over(Connection::open_with_flags(name, flags)?)?;
            let version = ledger.version()?;
            if version == MIGRATIONS.len() {
                return Ok(ledger);
            }
            Err(Error::new(
                ErrorKind::NotALedger,
                format!("the ledger is of version {version}; any command that writes to it updates it"),
            ))
        };
        let name = path.to_string_lossy();
        let has_log = |log: &str| Path::new(&format!("{name}{log}")).exists();
        match open(&name, flags) {
            Err(error) if matches!(error.kind(), ErrorKind::CannotOpen | ErrorKind::ReadOnly) => {
                // A kill as the ledger was made left what only a writer can roll back.
                if has_log("-journal") {
                    Self::open(path).map_err(|_| error)?;
                    return open(&name, flags);
                }
                // In a folder that may not be written SQLite cannot make its shared memory. It is not
                // needed unless a writer left something in its log.
                if has_log("-wal") {
                    return Err(error);
                }
                let escaped = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                let uri = format!("file:{escaped}?immutable=1");
                open(&uri, flags | OpenFlags::SQLITE_OPEN_URI).map_err(|_| error)
            }
            outcome => outcome,
        }
    }

    /// Makes this one of many in a program: it waits `patience` while another writes, in place of a minute, and
    /// keeps 24 MB of pages in memory, in place of 64 and a part of the file that is mapped.
    ///
    /// # Errors
    /// If SQLite does not take it.
    pub fn share(&self, patience: Duration) -> Result<()> {
        self.connection.busy_timeout(patience)?;
        self.connection.pragma_update(None, "cache_size", -24_576)?;
        Ok(self.connection.pragma_update(None, "mmap_size", 0)?)
    }

    fn over(connection: Connection) -> Result<Self> {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
        // The queries name their indexes; one made for a single listing costs more than the listing.
        connection.pragma_update(None, "automatic_index", false)?;
        connection.set_prepared_statement_cache_capacity(128);
        // Otherwise SQLite prepares those anew that compare a parameter with the condition of an index, in each
        // run: a third of the time of listings.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function("ascribe_text", 3, flags, |context| {
            let blob = |i: usize| context.get_raw(i).as_blob_or_null().unwrap_or_default();
            let n_bytes = context.get::<Option<i64>>(1)?.unwrap_or_default();
            match (blob(0), blob(2)) {
                (Some(json), capture) => text_of(json, n_bytes, capture)
                    .map(Some)
                    .map_err(|error| rusqlite::Error::UserFunctionError(error.into())),
                _ => Ok(None),
            }
        })?;
        let ledger = Self { connection };
        ledger.recognise()?;
        Ok(ledger)
    }

    fn version(&self) -> Result<usize> {
        let version: i64 = self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        usize::try_from(version).map_err(|_| Error::new(ErrorKind::NotALedger, "not a ledger of Ascribe"))
    }

    /// Refuses files of others and of later versions.
    fn recognise(&self) -> Result<()> {
        let id: i32 = self.connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let n_tables: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let version = self.version()?;
        if id != APPLICATION_ID && (n_tables > 0 || version > 0) {
            return Err(Error::new(ErrorKind::NotALedger, "an SQLite file, but no ledger of Ascribe"));
        }
        if version > MIGRATIONS.len() {
            let says = format!("the ledger is of version {version}; this program knows {}", MIGRATIONS.len());
            return Err(Error::new(ErrorKind::NotALedger, says));
        }
        Ok(())
    }

    fn migrate(&mut self) -> Result<()> {
        if self.version()? == MIGRATIONS.len() {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have done it since.
        let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for (sql, number) in MIGRATIONS.iter().zip(1_i64..).filter(|(_, number)| *number > version) {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        Ok(transaction.commit()?)
    }
}

/// The report's text out of a packed reading.
fn text_of(json: &[u8], n_bytes: i64, capture: Option<&[u8]>) -> Result<String> {
    #[derive(serde::Deserialize)]
    struct Line {
        report: Report,
    }
    #[derive(serde::Deserialize)]
    struct Report {
        text: String,
    }
    let json = unpack_reading(json, n_bytes, capture)?;
    let line: Line = serde_json::from_slice(&json).map_err(|e| Error::damaged(format!("no reading: {e}")))?;
    Ok(line.report.text)
}

/// The JSON of a reading. Its dictionary is the capture; once that is redacted it has none.
pub(crate) fn unpack_reading(json: &[u8], n_bytes: i64, capture: Option<&[u8]>) -> Result<Vec<u8>> {
    let dictionary = capture.map(unpack_capture).transpose()?.unwrap_or_default();
    unpack(json, usize::try_from(n_bytes).unwrap_or(usize::MAX), &dictionary)
}

/// The bytes of a capture, whose frame says how many they are.
pub(crate) fn unpack_capture(packed: &[u8]) -> Result<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok());
    unpack(packed, size.ok_or_else(|| Error::damaged("no zstd frame of known size"))?, b"")
}
