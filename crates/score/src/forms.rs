//! The same articles in other forms: straight quotation marks, one case, no paragraphs. Gold stays as it
//! is, because every form has as many code points as the text.

use std::fmt::Write;
use std::path::Path;

use ascribe::{Options, Reader};
use serde_json::{Value, json};

use crate::{Corpus, Document, Score};

/// A name, and what each character becomes.
type TextForm = (&'static str, fn(char) -> char);

/// The forms that are scored.
const FORMS: [TextForm; 5] = [
    ("as written", |c| c),
    ("straight marks", straight),
    ("lower case", lower),
    ("upper case", upper),
    ("one paragraph", |c| if c == '\n' { ' ' } else { c }),
];

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}

fn lower(c: char) -> char {
    single(c.to_lowercase(), c)
}

fn upper(c: char) -> char {
    single(c.to_uppercase(), c)
}

/// A character whose other case is several ("ß") stays as it is.
fn single(mut mapped: impl Iterator<Item = char>, c: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// A line of scores for each form of the articles of `text`.
///
/// # Errors
/// As [`Corpus::load`], or if a text is refused.
pub fn score_forms(reader: &Reader, text: &Path, gold: &Path) -> Result<String, String> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()));
    let (articles, gold_body) = (read(text)?, read(gold)?);
    let mut out =
        format!("{:<16} {:>8} {:>10}   exact source / cue / content\n", "form", "relation", "+ source");
    for (name, form) in FORMS {
        let mut texts = String::new();
        for line in articles.lines() {
            let article: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            let changed: String = article["text"].as_str().unwrap_or_default().chars().map(form).collect();
            let _ = writeln!(texts, "{}", json!({"id": article["id"], "text": changed}));
        }
        let mut lines = String::new();
        for reading in ascribe::readings(reader, "forms.jsonl", texts.as_bytes(), &Options::default()) {
            let _ = writeln!(lines, "{}", reading.map_err(|refusal| refusal.to_string())?.to_json());
        }
        let documents = [("text", &texts), ("gold", &gold_body), ("reading", &lines)];
        let [text, gold, pred] = documents.map(|(name, body)| Document::new(name, body));
        let score = Score::of(&Corpus::parse(text, gold, pred).map_err(|e| e.to_string())?, 0);
        let f1 = |metric: &str| score.metric(metric).f1();
        let _ = writeln!(
            out,
            "{name:<16} {:>8.3} {:>10.3}   {:.3} / {:.3} / {:.3}",
            f1("relation"),
            f1("relation+source"),
            f1("exact/source"),
            f1("exact/cue"),
            f1("exact/content")
        );
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_keep_the_number_of_code_points() {
        let text = "“Straße,” said İpek.\n\nNo.";
        for (name, form) in FORMS {
            let changed: String = text.chars().map(form).collect();
            assert_eq!(changed.chars().count(), text.chars().count(), "{name}");
        }
        assert_eq!(text.chars().map(straight).take(8).collect::<String>(), "\"Straße,");
    }
}
