//! CofeNet's protocol: each paragraph by itself, exact spans of source, cue and content, no links.
//!
//! Y. Wang et al., "CofeNet: Context and Former-Label Enhanced Net for Complicated Quotation
//! Extraction", COLING 2022, <https://aclanthology.org/2022.coling-1.215/>. Tokens and labels are those
//! of its data files; as there, a paragraph is cut at 300 tokens, and where parts overlap one label a
//! token remains (here: cue before source before content).

use std::fmt::Write;
use std::path::Path;

use ascribe::{Reader, Reading, Span};
use ascribe_record::Report;
use serde::Deserialize;

use crate::Role;
use crate::fields::Tally;

/// Tokens of a paragraph that are looked at.
const LONGEST: usize = 300;

#[derive(Deserialize)]
struct Paragraph {
    /// The article it is from.
    #[serde(default)]
    id: String,
    tokens: Vec<String>,
    labels: Vec<String>,
}

/// Exact spans of source, cue and content, right of read and labelled, over the paragraphs of `file`
/// (JSON lines of `id`, `tokens` and BIO `labels`); in lower case if `lower`. Each paragraph is read by
/// itself, as there, or with the other paragraphs of its article if `articles`.
///
/// # Errors
/// If the file cannot be read or a line is none of CofeNet's.
pub fn score_cofenet(
    reader: &Reader,
    file: &Path,
    lower: bool,
    articles: bool,
) -> Result<[(Role, Tally); 3], String> {
    let body = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (number, line) in body.lines().enumerate() {
        let mut paragraph: Paragraph =
            serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", file.display(), number + 1))?;
        let n = paragraph.tokens.len().min(paragraph.labels.len()).min(LONGEST);
        paragraph.tokens.truncate(n);
        paragraph.labels.truncate(n);
        paragraphs.push(paragraph);
    }
    let mut tallies = [Role::Source, Role::Cue, Role::Content].map(|role| (role, Tally::default()));
    for read_together in paragraphs.chunk_by(|a, b| articles && a.id == b.id) {
        let (text, tokens) = joined(read_together, lower);
        let reading = reader.read(Report::new(text, "text/plain"));
        for (paragraph, spans) in read_together.iter().zip(&tokens) {
            let labels = painted(&reading, spans);
            for (role, tally) in &mut tallies {
                let gold = runs(paragraph.labels.iter().map(|l| Some(l.as_str())), role.name());
                let read = runs(labels.iter().map(|l| l.as_deref()), role.name());
                tally.right += read.iter().filter(|r| gold.contains(r)).count();
                tally.read += read.len();
                tally.labelled += gold.len();
            }
        }
    }
    Ok(tallies)
}

/// Paragraphs as one text, and the places of each one's tokens.
fn joined(paragraphs: &[Paragraph], lower: bool) -> (String, Vec<Vec<Span>>) {
    let (mut text, mut tokens) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let (written, spans) = written(&paragraph.tokens, lower);
        let at = text.len();
        tokens.push(spans.iter().map(|s| Span::new(s.begin + at, s.end + at)).collect());
        text.push_str(&written);
    }
    (text, tokens)
}

/// The table for people.
pub fn cofenet_table(tallies: &[(Role, Tally); 3]) -> String {
    let mut out = String::new();
    for (role, t) in tallies {
        let share = |of: usize| if of == 0 { 0.0 } else { t.right as f64 / of as f64 };
        let _ = writeln!(
            out,
            "exact/{:<8} P {:.3}  R {:.3}  F1 {:.3}   ({} right, {} read, {} labelled)",
            role.name(),
            share(t.read),
            share(t.labelled),
            t.f1(),
            t.right,
            t.read,
            t.labelled
        );
    }
    out
}

/// Tokens as one would write them, and where each stands: quotation marks as curly ones, no blank
/// before closing marks.
fn written(tokens: &[String], lower: bool) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::with_capacity(tokens.len()));
    let mut glued = true;
    for token in tokens {
        let shown = match token.as_str() {
            "``" => "“",
            "''" => "”",
            "`" => "‘",
            "-LRB-" => "(",
            "-RRB-" => ")",
            other => other,
        };
        let closes = matches!(shown, "." | "," | ";" | ":" | "?" | "!" | ")" | "”" | "%" | "’" | "'" | "n't")
            || shown.starts_with('\'') && shown.len() <= 3;
        if !glued && !closes {
            text.push(' ');
        }
        let begin = text.len();
        if lower {
            text.push_str(&shown.to_lowercase())
        } else {
            text.push_str(shown)
        }
        spans.push(Span::new(begin, text.len()));
        glued = matches!(shown, "“" | "‘" | "(" | "$" | "[");
    }
    (text, spans)
}

/// One label a token. Statements inside others are left out, as the corpus has none.
fn painted(reading: &Reading, tokens: &[Span]) -> Vec<Option<String>> {
    let mut labels = vec![None; tokens.len()];
    let part = |s: &ascribe::Statement, role: Role| match role {
        Role::Source => s.source.spans.clone(),
        Role::Cue => s.cue.spans.clone(),
        Role::Content => s.content.spans.clone(),
    };
    for role in [Role::Content, Role::Source, Role::Cue] {
        for span in reading.statements.iter().filter(|s| s.within.is_none()).flat_map(|s| part(s, role)) {
            let mut first = true;
            for (label, token) in labels.iter_mut().zip(tokens) {
                if token.overlaps(span) {
                    let begins = if first { "B" } else { "I" };
                    *label = Some(format!("{begins}-{}", role.name()));
                    first = false;
                }
            }
        }
    }
    labels
}

/// The runs of one label, `B-` and then `I-`.
fn runs<'l>(labels: impl Iterator<Item = Option<&'l str>>, role: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (i, label) in labels.enumerate() {
        let Some(kind) = label.and_then(|l| l.strip_suffix(role)) else { continue };
        match (kind, out.last_mut()) {
            ("I-", Some(last)) if last.1 == i => last.1 = i + 1,
            _ => out.push((i, i + 1)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_written_as_a_paper_would() {
        let tokens = ["``", "Rain", "fell", ",", "''", "Ada", "'s", "aide", "did", "n't", "say", "."];
        let (text, spans) = written(&tokens.map(str::to_owned), false);
        assert_eq!(text, "“Rain fell,” Ada's aide didn't say.");
        assert_eq!(spans[5].of(&text), "Ada");
    }

    #[test]
    fn paragraphs_of_an_article_are_one_text() {
        let paragraph = |word: &str| Paragraph {
            id: "a".to_owned(),
            tokens: vec![word.to_owned(), ".".to_owned()],
            labels: vec!["O".to_owned(); 2],
        };
        let (text, tokens) = joined(&[paragraph("Rain"), paragraph("Sun")], false);
        assert_eq!(text, "Rain.\n\nSun.");
        assert_eq!(tokens[1][0].of(&text), "Sun");
    }

    #[test]
    fn runs_of_labels() {
        let labels = [Some("B-cue"), Some("I-cue"), None, Some("I-cue"), Some("B-cue"), Some("B-source")];
        assert_eq!(runs(labels.into_iter(), "cue"), [(0, 2), (3, 4), (4, 5)]);
    }
}
