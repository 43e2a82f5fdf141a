//! When something was said: "said on Monday", "told Coast Radio on Nov. 12", "said last week".

use ascribe_date::{Expression, Kind, Precision, Setting};
use ascribe_record::Span;
use ascribe_text::Word;

use crate::document::{Document, WordRange};
use crate::figure::day_of;

/// How many words behind the cue, the source or the medium the day may stand.
const REACH: usize = 10;

/// How many words behind a content.
const BEHIND_CONTENT: usize = 6;

/// The day, week, month or year that stands beside the cue, as an EDTF date, with its words: in the
/// cue, right behind it, the source, the medium or a content that follows it, or in a phrase that opens
/// the sentence before it, and in no content. `medium` are the words of the channel; `published` is the
/// report's own date, against which weekdays are resolved.
pub(crate) fn said_on(
    document: &Document<'_>,
    cue: &WordRange,
    source: Option<&WordRange>,
    content: &[WordRange],
    medium: Option<&WordRange>,
    published: Option<&str>,
) -> Option<(String, Span)> {
    let sentence = document.sentences[document.sentence_at(document.words[cue.start].span.begin)?];
    let whole = document.words_in(sentence);
    let free = |words: &WordRange| content.iter().all(|c| c.end <= words.start || words.end <= c.start);
    let behind = |from: usize, when: &WordRange, reach: usize| {
        from <= when.start && when.start < from + reach && free(&(from..when.end))
    };
    let told = content.iter().filter(|c| c.start >= cue.end && c.end <= whole.end);
    let opened = opening(document, whole.start, cue.start);
    let near = |when: &WordRange| {
        cue.contains(&when.start)
            || behind(cue.end, when, REACH)
            // "The mayor on Monday said": before the cue only what stands right behind the source.
            || source.is_some_and(|s| behind(s.end, when, if s.end <= cue.start { 3 } else { REACH }))
            || medium.is_some_and(|m| behind(m.end, when, REACH))
            || told.clone().any(|c| behind(c.end, when, BEHIND_CONTENT))
            || when.end <= cue.start
                && free(when)
                && (when.start <= whole.start + 1 || opened.as_ref().is_some_and(|o| o.contains(&when.start)))
    };
    ascribe_date::find(document.text, sentence, &Setting::news(day_of(published))).into_iter().find_map(|e| {
        let when = document.words_in(e.span);
        let date = dated(document, &e, &when, cue).filter(|_| near(&when))?;
        is_adverbial(document, &when).then_some((date, e.span))
    })
}

/// The phrase that opens a sentence and tells how or where its cue is said: "In a statement issued late
/// on Monday, |", "Speaking to reporters on Friday, |".
fn opening(document: &Document<'_>, start: usize, cue: usize) -> Option<WordRange> {
    let lower = |i: usize| document.words[i].lower.as_str();
    let opens = matches!(
        lower(start),
        "in" | "on"
            | "at"
            | "during"
            | "speaking"
            | "writing"
            | "asked"
            | "addressing"
            | "late"
            | "early"
            | "earlier"
            | "appearing"
            | "testifying"
            | "answering"
            | "talking"
    );
    let end = (start..cue).find(|&i| lower(i) == ",")?;
    opens.then_some(start..end)
}

/// Whether a date stands by itself and not before a noun that it belongs to ("a June agreement"); one
/// that the words of a medium follow ("a June report") still tells when something was said.
fn is_adverbial(document: &Document<'_>, when: &WordRange) -> bool {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let before = when.start.checked_sub(1).map_or("", lower);
    let genitive = matches!(lower(when.end), "’" | "'");
    if !genitive && !matches!(before, "a" | "an" | "the" | "its" | "his" | "her" | "their") {
        return true;
    }
    // "after Monday's debate": then it was over.
    if genitive && !matches!(before, "in" | "at" | "during" | "on") {
        return false;
    }
    let speech = |i: usize| {
        matches!(
            lower(i),
            "report"
                | "statement"
                | "interview"
                | "letter"
                | "speech"
                | "briefing"
                | "post"
                | "tweet"
                | "article"
                | "memo"
                | "filing"
                | "conference"
                | "column"
                | "address"
                | "email"
                | "book"
                | "study"
                | "debate"
                | "hearing"
                | "rally"
                | "testimony"
        )
    };
    (when.end..when.end + if genitive { 5 } else { 3 }).any(speech)
        || document.words.get(when.end).is_none_or(Word::is_mark)
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
            (
                "Speaking to reporters late on Monday, the mayor said rain fell.",
                "said",
                "rain fell",
                Some(("2026-01-12", "late on Monday")),
            ),
            ("The mayor said rain fell, under a November agreement.", "said", "rain fell", None),
            (
                "The mayor said rain fell, in a November letter.",
                "said",
                "rain fell",
                Some(("2025-11", "November")),
            ),
            ("After Monday’s storm, the mayor said rain fell.", "said", "rain fell", None),
            ("The mayor left town on Monday but said rain fell.", "said", "rain fell", None),
            (
                "In Monday’s debate, the mayor said rain fell.",
                "said",
                "rain fell",
                Some(("2026-01-12", "Monday")),
            ),
        ] {
            let report = Report::new(text.to_owned(), "text/plain");
            let document = Document::of(&report, &Vocabulary::bundled());
            let words = |part: &str| {
                let begin = text.find(part).unwrap();
                document.words_in(Span::new(begin, begin + part.len()))
            };
            let source = text.contains("mayor").then(|| words("mayor"));
            let (content, published) = ([words(content)], Some("2026-01-14"));
            let found = said_on(&document, &words(cue), source.as_ref(), &content, None, published);
            let found = found.as_ref().map(|(date, span)| (date.as_str(), span.of(text)));
            assert_eq!(found, expect, "{text}");
        }
    }
}
