//! When something was said: "said on Monday", "told Coast Radio on Nov. 12", "said last week".

use ascribe_date::{Expression, Kind, Precision, Setting};
use ascribe_record::Span;
use ascribe_text::Word;

use crate::document::{Document, WordRange};
use crate::figure::day_of;
use crate::name::is_capital;

/// How many words behind the cue, the source or the medium the day may stand.
const REACH: usize = 10;

/// How many if no clause begins between them.
const LONG_REACH: usize = 16;

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
    let aside = source.filter(|s| s.end <= cue.start).and_then(|s| aside(document, s.end, cue.start));
    let near = |when: &WordRange| {
        cue.contains(&when.start)
            || aside.as_ref().is_some_and(|a| a.contains(&when.start)) && free(when)
            || source.is_some_and(|s| dates_source(document, when, s))
            // "Ada Lind Monday | said".
            || source.is_some_and(|s| s.start < when.start && when.end == s.end && s.end <= cue.start)
                && when.len() == 1
                && is_capital(&document.words[when.start - 1])
            || behind(cue.end, when, LONG_REACH) && !(cue.end..when.start).any(|i| leaves(document, i))
            || behind(cue.end, when, REACH)
            // "The mayor on Monday said": before the cue only what stands right behind the source.
            || source.is_some_and(|s| behind(s.end, when, if s.end <= cue.start { 3 } else { REACH }))
            || medium.is_some_and(|m| behind(m.end, when, REACH))
            || told.clone().any(|c| behind(c.end, when, BEHIND_CONTENT))
            || when.end <= cue.start
                && free(when)
                && (when.start <= whole.start + 1 || opened.as_ref().is_some_and(|o| o.contains(&when.start)))
    };
    let setting = Setting::news(day_of(published));
    let mut expressions = ascribe_date::find(document.text, sentence, &setting);
    // "a Monday statement": no day by the grammar of dates, but here it is one.
    let modifies = |i: &usize| {
        *i > whole.start
            && matches!(document.words[i - 1].lower.as_str(), "a" | "an")
            && ascribe_date::weekday(&document.words[*i].lower).is_some()
    };
    for i in whole.clone().filter(modifies) {
        expressions.extend(ascribe_date::find(document.text, document.words[i].span, &setting));
    }
    expressions.into_iter().find_map(|e| {
        let when = document.words_in(e.span);
        let date = dated(document, &e, &when, cue, whole.start).filter(|_| near(&when))?;
        let of_source = || source.is_some_and(|s| dates_source(document, &when, s));
        (is_adverbial(document, &when) || of_source()).then_some((date, e.span))
    })
}

/// The phrase that opens a sentence and tells how or where its cue is said: "In a statement issued late
/// on Monday, |", "Speaking to reporters on Friday, |".
fn opening(document: &Document<'_>, start: usize, cue: usize) -> Option<WordRange> {
    let lower = |i: usize| document.words[i].lower.as_str();
    let opens = opens_phrase(lower(start)) || matches!(lower(start), "asked" | "late" | "early" | "earlier");
    let comma = |from: usize| (from..cue).find(|&i| lower(i) == ",");
    let mut end = comma(start)?;
    // "In a statement to members, released on Monday, |".
    if end + 1 < cue && is_issued(lower(end + 1)) {
        end = comma(end + 1).unwrap_or(end);
    }
    opens.then_some(start..end)
}

/// Whether a phrase that tells how or where somebody speaks may begin with `word`: "in", "speaking".
fn opens_phrase(word: &str) -> bool {
    // "Visiting the quay on Monday, Lind said …".
    let participle = word.len() > 5
        && word.ends_with("ing")
        && !matches!(
            word,
            "following"
                | "according"
                | "including"
                | "starting"
                | "beginning"
                | "regarding"
                | "concerning"
                | "pending"
                | "barring"
                | "morning"
                | "evening"
                | "nothing"
                | "everything"
                | "something"
        );
    matches!(word, "in" | "on" | "at" | "during") || participle
}

/// "Ada Lind, | speaking on Tuesday |, said …": what is set off between source and cue and tells how or
/// where it is said.
fn aside(document: &Document<'_>, source_end: usize, cue: usize) -> Option<WordRange> {
    let lower = |i: usize| document.words[i].lower.as_str();
    let comma = (source_end.saturating_sub(1)..cue).find(|&i| lower(i) == ",")?;
    (comma + 1 < cue && comma <= source_end && opens_phrase(lower(comma + 1))).then_some(comma + 1..cue)
}

/// Whether a date tells when a source that is a text was given: "Tuesday's | statement", "a report released
/// on | Tuesday".
fn dates_source(document: &Document<'_>, when: &WordRange, source: &WordRange) -> bool {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let genitive = matches!(lower(when.end), "’" | "'") && lower(when.end + 1) == "s";
    let behind = when.end + if genitive { 2 } else { 0 };
    let opens = when.start <= source.start + 1 && source.start <= behind && behind < source.end;
    if opens && (behind..source.end.min(behind + 3)).any(|i| is_speech(lower(i))) {
        return true;
    }
    let issued = (1..=3).filter_map(|n| when.start.checked_sub(n)).any(|i| is_issued(lower(i)));
    issued && source.start < when.start && when.end <= source.end
}

fn is_issued(word: &str) -> bool {
    matches!(
        word,
        "released"
            | "published"
            | "issued"
            | "posted"
            | "dated"
            | "sent"
            | "aired"
            | "filed"
            | "unveiled"
            | "shared"
            | "leaked"
    )
}

/// Whether another clause begins at word `i`.
fn leaves(document: &Document<'_>, i: usize) -> bool {
    matches!(
        document.words[i].lower.as_str(),
        "that"
            | "who"
            | "which"
            | "when"
            | "after"
            | "before"
            | "since"
            | "until"
            | "as"
            | "where"
            | "because"
            | "while"
            | "but"
            | "if"
            | "whether"
            | "ahead"
            | ";"
            | ":"
            | "“"
            | "\""
    )
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
    let speech = |i: usize| is_speech(lower(i));
    (when.end..when.end + if genitive { 5 } else { 3 }).any(speech)
        || document.words.get(when.end).is_none_or(Word::is_mark)
}

/// Whether a noun is something said or written on one day.
fn is_speech(word: &str) -> bool {
    matches!(
        word,
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
}

/// The date of an expression that can tell when something was said. A bare year beside a cue is when
/// something else was, unless it opens the sentence or follows the cue ("said in 2009").
fn dated(
    document: &Document<'_>,
    e: &Expression,
    when: &WordRange,
    cue: &WordRange,
    sentence: usize,
) -> Option<String> {
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
    let opens = || when.start - 1 == sentence && document.words.get(when.end).is_some_and(|w| w.lower == ",");
    let beside = preposition == "in" && (when.start - 1 == cue.end || opens());
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
                "Rain fell, the mayor said in a Monday statement.",
                "said",
                "Rain fell",
                Some(("2026-01-12", "Monday")),
            ),
            (
                "At a Tuesday news conference, the mayor said rain fell.",
                "said",
                "rain fell",
                Some(("2026-01-13", "Tuesday")),
            ),
            (
                "The mayor, speaking on Tuesday in Harrow, said rain fell.",
                "said",
                "rain fell",
                Some(("2026-01-13", "Tuesday")),
            ),
            ("In 2019, the mayor wrote that rain fell.", "wrote", "that rain fell", Some(("2019", "2019"))),
            ("Following the storm on Sunday, the mayor said rain fell.", "said", "rain fell", None),
            (
                "Visiting the quay on Sunday, the mayor said rain fell.",
                "said",
                "rain fell",
                Some(("2026-01-11", "Sunday")),
            ),
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
