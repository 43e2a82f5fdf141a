//! Quotations that are signed instead of told: "“We were not asked.” — Ada Lind". Lists of voices,
//! pull quotes and mottoes are set so; the dash is the cue.

use ascribe_text::Gap;

use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::name::is_capital;

/// Mean log-probability that each part is given: these are hardly ever anything else.
const SCORE: f64 = -0.1;

/// Words that a signature may have.
const LONGEST: usize = 5;

/// The signed quotations of `document` that `known` does not hold already.
pub(crate) fn find_signed(document: &Document<'_>, known: &[Attribution]) -> Vec<Attribution> {
    let mut found = Vec::new();
    for quotation in document.quotations().iter().filter(|q| q.closed && q.depth == 0) {
        let content = document.words_in(quotation.span);
        let Some(source) = signature(document, content.end) else { continue };
        let cue = content.end..content.end + 1;
        let taken = known.iter().any(|a| a.cue.start < source.end && cue.start < a.cue.end);
        if !taken && content.len() > 4 {
            found.push(Attribution {
                cue,
                source: Some(source),
                content: vec![content],
                scores: [SCORE; 3],
                part_scores: vec![SCORE],
                precision: None,
            });
        }
    }
    found
}

/// The name behind the dash at word `dash`, up to the end of its line.
fn signature(document: &Document<'_>, dash: usize) -> Option<WordRange> {
    let words = &document.words;
    let is_dash = matches!(words.get(dash)?.lower.as_str(), "―" | "—" | "–" | "-");
    let ends = |i: usize| {
        words.get(i).is_none_or(|w| {
            matches!(w.gap, Gap::Line | Gap::Paragraph)
                || matches!(w.lower.as_str(), "," | "." | "“" | "\"" | ";")
        })
    };
    let start = dash + 1;
    let end = (start..start + LONGEST + 1).find(|&i| ends(i))?;
    let named = start < end && words[start..end].iter().all(|w| is_capital(w) || w.is_mark());
    (is_dash && named && !matches!(words[start].gap, Gap::Line | Gap::Paragraph)).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::Report;
    use ascribe_text::Vocabulary;

    #[test]
    fn signatures() {
        for (text, expect) in [
            ("“We were not asked about it.” ― Ada Lind\nMore.", Some("Ada Lind")),
            ("\"We were not asked about it.\" — Ada Lind, teacher", Some("Ada Lind")),
            ("“We were not asked about it” — and nobody was.", None),
            ("“We were not asked about it.” Ada Lind left.", None),
        ] {
            let report = Report::new(text.to_owned(), "text/plain");
            let document = Document::of(&report, &Vocabulary::bundled());
            let found = find_signed(&document, &[]);
            let source = found.first().and_then(|a| a.source.clone()).map(|s| document.span(&s).of(text));
            assert_eq!(source, expect, "{text}");
        }
    }
}
