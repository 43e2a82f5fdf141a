//! When something was said: "said on Monday", "told Coast Radio on Nov. 12".

use ascribe_record::Span;

use crate::document::{Document, WordRange};
use crate::figure::dates_in;

/// How many words behind the cue or the source the day may stand.
const REACH: usize = 7;

/// The day that stands beside the cue, as an EDTF date, with its words: in the cue, right behind it
/// or the source, or at the head of the sentence, and in no content. `published` is the report's own
/// date, against which weekdays are resolved.
pub(crate) fn said_on(
    document: &Document<'_>,
    cue: &WordRange,
    source: Option<&WordRange>,
    content: &[WordRange],
    published: Option<&str>,
) -> Option<(String, Span)> {
    let sentence = document.sentences[document.sentence_at(document.words[cue.start].span.begin)?];
    let head = document.words_in(sentence).start;
    let free = |words: WordRange| content.iter().all(|c| c.end <= words.start || words.end <= c.start);
    let behind =
        |from: usize, day: &WordRange| from <= day.start && day.start < from + REACH && free(from..day.end);
    dates_in(document.text, sentence, published).into_iter().find_map(|(span, date)| {
        let day = document.words_in(span);
        let near = cue.contains(&day.start)
            || behind(cue.end, &day)
            || source.is_some_and(|s| behind(s.end, &day))
            || day.start <= head + 1 && day.end <= cue.start && free(day);
        // Only whole days: a year beside a cue is when something else was.
        (near && date.len() == 10).then_some((date, span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::Report;
    use ascribe_text::Vocabulary;

    #[test]
    fn days_beside_the_cue() {
        for (text, cue, content, expect) in [
            (
                "Ada Lind told Coast Radio on Monday that rain fell.",
                "told",
                "that rain fell",
                Some(("2026-01-12", "Monday")),
            ),
            ("On Nov. 12, the mayor said rain fell.", "said", "rain fell", Some(("2025-11-12", "Nov. 12"))),
            (
                "The mayor said yesterday that rain fell.",
                "said",
                "that rain fell",
                Some(("2026-01-13", "yesterday")),
            ),
            ("The mayor said rain fell on Monday.", "said", "rain fell on Monday", None),
            ("Rain fell on Monday, the mayor said.", "said", "Rain fell on Monday", None),
            ("The mayor, elected in 2016, said rain fell.", "said", "rain fell", None),
        ] {
            let report = Report::new(text.to_owned(), "text/plain");
            let document = Document::of(&report, &Vocabulary::bundled());
            let words = |part: &str| {
                let begin = text.find(part).unwrap();
                document.words_in(Span::new(begin, begin + part.len()))
            };
            let found = said_on(&document, &words(cue), None, &[words(content)], Some("2026-01-14"));
            let found = found.as_ref().map(|(date, span)| (date.as_str(), span.of(text)));
            assert_eq!(found, expect, "{text}");
        }
    }
}
