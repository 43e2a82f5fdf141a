//! A JSON list that is written an entry a line, none of it held.

use std::io::{self, Write};

use serde_json::{Map, Value};

/// The inside of a list.
pub(crate) struct List<'w> {
    to: &'w mut dyn Write,
    pub(crate) n: u64,
}

impl<'w> List<'w> {
    pub(crate) fn new(to: &'w mut dyn Write) -> Self {
        Self { to, n: 0 }
    }

    pub(crate) fn push(&mut self, value: &Value) -> io::Result<()> {
        let comma = if self.n == 0 { "" } else { "," };
        self.n += 1;
        write!(self.to, "{comma}\n{value}")
    }
}

/// An object of the entries that are not null.
pub(crate) fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(entries.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}
