//! Words as people type them, as queries of SQLite's full-text search.
//!
//! The indexes hold stems (Porter, "An algorithm for suffix stripping", 1980, as FTS5 has it), so that
//! "prison" finds "prisoners". What was typed in quotes or with a star is looked for among the stems and
//! then compared with the words themselves.

use rusqlite::types::Value;
use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::{Error, Result};

/// Where words are searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Searched {
    Reports,
    Statements,
}

/// A search that was asked for.
pub(crate) struct Search {
    of: Searched,
    /// Words and phrases in the language of FTS5.
    terms: Vec<String>,
    /// All of them.
    query: String,
    exact: Vec<Exact>,
}

/// Words that must stand in the text as they were typed, one behind the other.
#[derive(Debug, PartialEq, Eq)]
struct Exact {
    words: Vec<String>,
    /// Whether the last one may go on.
    is_prefix: bool,
}

/// So many matches are listed; of more, which a common word has, those of them that were added last.
const MOST_RANKED: u32 = 1000;

/// A word with more matches is common and does not count for the order. BM25 weighs each word by how many
/// rows hold it, and SQLite counts them by a walk over all, which took most of a search's time.
const COMMON: u32 = 2000;

impl Search {
    /// The search for `words`: all of them; those in double quotes exactly so, as a phrase; `harb*` for
    /// what begins so. Nothing that is typed is an error of syntax.
    pub(crate) fn of(of: Searched, words: &str) -> Self {
        let (mut terms, mut exact) = (Vec::new(), Vec::new());
        for (i, part) in words.split('"').enumerate() {
            // Every second part stood between quotes.
            if i % 2 == 1 {
                terms.extend(term(part, false));
                exact.push(Exact { words: folded(part), is_prefix: false });
                continue;
            }
            for word in part.split_whitespace() {
                let is_prefix = word.ends_with('*');
                let beginning = word.trim_end_matches('*');
                // The stemmer makes "plai" of "play", but not of "player".
                let stem_begins = if is_prefix && beginning.len() > 1 {
                    beginning.strip_suffix(['y', 'Y']).unwrap_or(beginning)
                } else {
                    beginning
                };
                terms.extend(term(stem_begins, is_prefix));
                exact.extend(is_prefix.then(|| Exact { words: folded(word), is_prefix }));
            }
        }
        exact.retain(|exact| !exact.words.is_empty());
        Self { of, query: none_if_empty(&terms), terms, exact }
    }

    /// SQL that finds the row numbers, the best first, and its parameters. Where all words are common, the
    /// newest are the best. `only` are conditions about [`row`](Self::row), and their parameters.
    pub(crate) fn sql(
        &self,
        connection: &Connection,
        only: &str,
        parameters: &[Value],
    ) -> Result<(String, Vec<Value>)> {
        let table = self.table();
        let sql = format!("SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1 OFFSET {COMMON}");
        let mut is_common = connection.prepare_cached(&sql)?;
        let mut rare = Vec::new();
        for term in &self.terms {
            if !is_common.exists([term])? {
                rare.push(term.clone());
            }
        }
        let found = format!(
            "SELECT rowid FROM {table} WHERE {table} MATCH ? {only} ORDER BY rowid DESC LIMIT {MOST_RANKED}"
        );
        let given = [&[Value::from(self.query.clone())], parameters].concat();
        if rare.is_empty() {
            return Ok((found, given));
        }
        // The plus keeps SQLite from a search for each of those found.
        let sql = format!(
            "WITH found (id) AS MATERIALIZED ({found})
             SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid >= (SELECT min(id) FROM found)
                 AND +rowid IN (SELECT id FROM found)
             ORDER BY rank, rowid"
        );
        Ok((sql, [given, vec![none_if_empty(&rare).into()]].concat()))
    }

    /// How its row number is called.
    pub(crate) fn row(&self) -> String {
        format!("{}.rowid", self.table())
    }

    /// Whether a row holds all exact words, and if so the best piece of it, with the words in brackets.
    pub(crate) fn snippet(&self, connection: &Connection, row: i64) -> Result<Option<Value>> {
        let (table, column, words) = match self.of {
            Searched::Reports => (self.table(), 1, "SELECT title, text FROM report_text WHERE id = ?"),
            Searched::Statements => (self.table(), -1, "SELECT source, content FROM statement WHERE id = ?"),
        };
        if !self.exact.is_empty() {
            let mut select = connection.prepare_cached(words)?;
            let [one, other]: [Option<String>; 2] =
                select.query_row([row], |row| Ok([row.get(0)?, row.get(1)?]))?;
            let texts = [one, other].map(|text| folded(text.as_deref().unwrap_or_default()));
            if !self.exact.iter().all(|exact| texts.iter().any(|text| exact.is_in(text))) {
                return Ok(None);
            }
        }
        let sql = format!(
            "SELECT snippet({table}, {column}, '[', ']', '…', 24) FROM {table}
             WHERE {table} MATCH ? AND rowid = ?"
        );
        let mut select = connection.prepare_cached(&sql)?;
        Ok(Some(select.query_row(params![self.query, row], |row| row.get(0)).map_err(Error::from)?))
    }

    fn table(&self) -> &'static str {
        match self.of {
            Searched::Reports => "report_words",
            Searched::Statements => "statement_words",
        }
    }
}

impl Exact {
    fn is_in(&self, text: &[String]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return true };
        text.windows(self.words.len()).any(|window| {
            let end = &window[before.len()];
            window[..before.len()] == *before
                && (end == last || self.is_prefix && end.starts_with(last.as_str()))
        })
    }
}

/// The words of a text in lower case and without diacritics, as the tokenizer `unicode61` cuts them.
fn folded(text: &str) -> Vec<String> {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The query for all of `words`, whatever stands between them.
pub(crate) fn fts_all(words: &str) -> String {
    let terms: Vec<String> = words.split_whitespace().filter_map(|word| term(word, false)).collect();
    none_if_empty(&terms)
}

/// A word or phrase in quotes; `None` if no letter or digit is in it, as nothing is found by that.
fn term(words: &str, is_prefix: bool) -> Option<String> {
    let clean: String = words.chars().filter(|c| *c != '"' && *c != '\0').collect();
    let clean = clean.trim_end_matches('*');
    let star = if is_prefix { " *" } else { "" };
    clean.chars().any(char::is_alphanumeric).then(|| format!("\"{clean}\"{star}"))
}

/// An empty phrase matches nothing and is no error.
fn none_if_empty(terms: &[String]) -> String {
    if terms.is_empty() { "\"\"".to_owned() } else { terms.join(" AND ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_beginnings() {
        for (words, query) in [
            ("harrow bay", r#""harrow" AND "bay""#),
            (r#""harrow bay" storm"#, r#""harrow bay" AND "storm""#),
            ("harb*", r#""harb" *"#),
            ("play*", r#""pla" *"#),
            ("a:b OR (c", r#""a:b" AND "OR" AND "(c""#),
            (r#"open "end"#, r#""open" AND "end""#),
            ("— *", r#""""#),
            ("", r#""""#),
        ] {
            assert_eq!(Search::of(Searched::Reports, words).query, query, "{words}");
        }
    }

    #[test]
    fn exact_words_stand_as_they_were_typed() {
        for (words, text, fits) in [
            (r#""prison""#, "In the prison.", true),
            (r#""prison""#, "The prisoners left.", false),
            (r#""Zoë  said""#, "ZOE SAID no", true),
            (r#""she said""#, "she saying so said", false),
            ("play*", "two players", true),
            ("play*", "a plaque", false),
            ("storm", "anything, as stems are not compared", true),
        ] {
            let search = Search::of(Searched::Reports, words);
            assert_eq!(search.exact.iter().all(|exact| exact.is_in(&folded(text))), fits, "{words}: {text}");
        }
    }
}
