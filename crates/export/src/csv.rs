//! Comma-separated values (RFC 4180) that a spreadsheet reads as what they are.

use ascribe_ledger::{Row, Value};

/// What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), the wide forms of
/// East Asian keyboards among them.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The names of the columns as a line.
pub fn heading(row: &Row<'_>) -> String {
    record(row.iter().map(|(name, _)| (*name).to_owned()))
}

/// A line of a listing.
pub fn line(row: &Row<'_>) -> String {
    record(row.iter().map(|(_, value)| match value {
        Value::Null | Value::Blob(_) => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => cell(text),
    }))
}

/// Cells as a line, with its end. Texts must have gone through [`cell`].
pub fn record(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().collect::<Vec<_>>().join(",") + "\r\n"
}

/// A text as a cell that is taken for text: one that begins like a formula gets an apostrophe before it.
/// White space at its beginning, which some programs drop, does not hide a formula.
pub fn cell(text: &str) -> String {
    let begins = text.trim_start_matches(is_unseen);
    let is_guarded = begins.starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']);
    let guard = if is_guarded { "'" } else { "" };
    if !is_guarded && !text.contains([',', ';', '\t', '"', '\n', '\r']) && text.trim() == text {
        return text.to_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        for (text, shown) in [
            ("Ada Lind", "Ada Lind"),
            ("a, b", "\"a, b\""),
            ("said \"no\"", "\"said \"\"no\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("\u{feff}\u{a0}@SUM(A1)", "\"'\u{feff}\u{a0}@SUM(A1)\""),
            ("＝1", "\"'＝1\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(cell(text), shown);
        }
    }

    /// What a reader of CSV makes of a cell.
    fn parsed(cell: &str) -> String {
        match cell.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').unwrap().replace("\"\"", "\""),
            None => cell.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn no_cell_runs_and_none_is_lost(blank in "[ \t\r\n\u{a0}\u{feff}]{0,2}", sign in "[=+@＝-]?", rest in any::<String>()) {
            let text = format!("{blank}{sign}{rest}");
            let cell = cell(&text);
            let inside = cell.len() >= 2 && cell.starts_with('"') && cell.ends_with('"');
            prop_assert!(inside || !cell.contains(['"', ',', '\n', '\r']), "{cell:?}");
            if inside {
                prop_assert!(!cell[1..cell.len() - 1].replace("\"\"", "").contains('"'), "{cell:?}");
            }
            let shown = parsed(&cell);
            prop_assert!(!shown.trim_start_matches(is_unseen).starts_with(FORMULA), "{shown:?}");
            prop_assert!(shown == text || shown.strip_prefix('\'') == Some(&text), "{shown:?}");
        }
    }
}
