//! Words as people type them, as queries of SQLite's full-text search.

/// The query for `words`: all of them, those in double quotes as a phrase, `harb*` for what begins so.
/// Nothing that is typed is an error of syntax.
pub(crate) fn fts_query(words: &str) -> String {
    let mut terms = Vec::new();
    for (i, part) in words.split('"').enumerate() {
        // Every second part stood between quotes.
        if i % 2 == 1 {
            terms.extend(term(part, false));
        } else {
            terms.extend(part.split_whitespace().filter_map(|word| term(word, word.ends_with('*'))));
        }
    }
    none_if_empty(terms)
}

/// The query for all of `words`, whatever stands between them.
pub(crate) fn fts_all(words: &str) -> String {
    none_if_empty(words.split_whitespace().filter_map(|word| term(word, false)).collect())
}

/// A word or phrase in quotes; `None` if no letter or digit is in it, as nothing is found by that.
fn term(words: &str, is_prefix: bool) -> Option<String> {
    let clean: String = words.chars().filter(|c| *c != '"' && *c != '\0').collect();
    let clean = clean.trim_end_matches('*');
    let star = if is_prefix { " *" } else { "" };
    clean.chars().any(char::is_alphanumeric).then(|| format!("\"{clean}\"{star}"))
}

/// An empty phrase matches nothing and is no error.
fn none_if_empty(terms: Vec<String>) -> String {
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
            ("a:b OR (c", r#""a:b" AND "OR" AND "(c""#),
            (r#"open "end"#, r#""open" AND "end""#),
            ("— *", r#""""#),
            ("", r#""""#),
        ] {
            assert_eq!(fts_query(words), query, "{words}");
        }
    }
}
