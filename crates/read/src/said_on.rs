//! When something was said: "said on Monday", "told Coast Radio on Nov. 12", "said last week".

use ascribe_date::{Expression, Kind, Precision, Setting};
use ascribe_record::Span;

use crate::document::{Document, WordRange};
use crate::figure::day_of;

/// How many words behind the cue or the source the day may stand.
const REACH: usize = 7;

/// The day, week, month or year that stands beside the cue, as an EDTF date, with its words: in the
/// cue, right behind it, the source or a content that follows it, or at the head of the sentence, and
/// in no content. `published` is the report's own date, against which weekdays are resolved.
pub(crate) fn said_on(
    document: &Document<'_>,
    cue: &WordRange,
    source: Option<&WordRange>,
    content: &[WordRange],
    published: Option<&str>,
) -> Option<(String, Span)> {
    let sentence = document.sentences[document.sentence_at(document.words[cue.start].span.begin)?];
    let whole = document.words_in(sentence);
    let free = |words: &WordRange| content.iter().all(|c| c.end <= words.start || words.end <= c.start);
    let behind = |from: usize, when: &WordRange, reach: usize| {
        from <= when.start && when.start < from + reach && free(&(from..when.end))
    };
    let told = content.last().filter(|c| c.start >= cue.end && c.end <= whole.end);
    ascribe_date::find(document.text, sentence, &Setting::news(day_of(published))).into_iter().find_map(|e| {
        let when = document.words_in(e.span);
        let near = cue.contains(&when.start)
            || behind(cue.end, &when, REACH)
            || source.is_some_and(|s| behind(s.end, &when, REACH))
            || told.is_some_and(|c| behind(c.end, &when, 4))
            || when.start <= whole.start + 1 && when.end <= cue.start && free(&when);
        let date = dated(document, &e, &when, cue).filter(|_| near)?;
        Some((date, e.span))
    })
}

/// The date of an expression that can tell when something was said. A bare year beside a cue is when
/// something else was, unless it opens the sentence or follows the cue ("said in 2009").
fn dated(document: &Document<'_>, e: &Expression, when: &WordRange, cue: &WordRange) -> Option<String> {
    if !matches!(e.kind, Kind::Date | Kind::Time) {
        return None;
    }
    let edtf = e.edtf.as_deref()?;
    let day = edtf.split('T').next().unwrap_or(edtf);
    let preposition = when.start.checked_sub(1).map_or("", |i| document.words[i].lower.as_str());
    let since = matches!(
        preposition,
        "since" | "until" | "by" | "before" | "after" | "from" | "for" | "of" | "through"
    );
    let coarse = matches!(e.precision, Some(Precision::Year | Precision::Decade | Precision::Century) | None);
    let beside = preposition == "in" && when.start - 1 == cue.end;
    (!since && (!coarse || beside || day.contains('/'))).then(|| day.to_owned())
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
            ("The mayor said in November rain fell.", "said", "rain fell", Some(("2025-11", "November"))),
            (
                "The mayor told her aides the truth last week.",
                "told",
                "the truth",
                Some(("2026-01-05/2026-01-11", "last week")),
            ),
            ("The mayor, in office since Monday, said rain fell.", "said", "rain fell", None),
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
