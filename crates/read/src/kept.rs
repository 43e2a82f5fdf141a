//! Silences in the active voice: "has not released any figures", "declined to say", "could not be reached".

use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::silence::{is_given, is_information, lower, silence, subject_before};

/// "has not yet released any figures", "did not respond to a request": `at` is "not".
pub(crate) fn kept_back(document: &Document<'_>, sentence: &WordRange, at: usize) -> Option<Attribution> {
    let word = |i: usize| lower(document, i);
    // "didn't" is "didn", an apostrophe and "t".
    let short = word(at) == "t" && at >= sentence.start + 3 && matches!(word(at - 1), "’" | "'");
    let auxiliary = at.checked_sub(if short { 2 } else { 1 }).filter(|&i| i > sentence.start)?;
    let helps = matches!(
        word(auxiliary),
        "has" | "have" | "had" | "did" | "does" | "do" | "hasn" | "haven" | "hadn" | "didn" | "doesn" | "don"
    );
    if word(at) != "not" && !short || !helps {
        return None;
    }
    let adverb = |i: &usize| {
        matches!(
            word(*i),
            "yet"
                | "immediately"
                | "publicly"
                | "so"
                | "far"
                | "directly"
                | "officially"
                | "initially"
                | "further"
        )
    };
    let verb = at + 1 + (at + 1..sentence.end).take_while(adverb).count();
    let source = subject_before(document, sentence, auxiliary).filter(|s| can_keep(document, s))?;
    let end = end_of_object(document, sentence, verb + 1);
    let object = verb + 1..end;
    let of_information = object.clone().take(6).any(|i| is_information(word(i)));
    let asked = |i: usize| {
        matches!(
            word(i),
            "request"
                | "requests"
                | "question"
                | "questions"
                | "call"
                | "calls"
                | "message"
                | "messages"
                | "email"
                | "emails"
                | "inquiries"
                | "inquiry"
                | "query"
                | "queries"
        )
    };
    let asked = object.clone().take(8).any(asked);
    let fits = match word(verb) {
        "respond" | "responded" | "reply" | "replied" | "answer" | "answered" | "return" | "returned" => {
            asked
        }
        "say" | "specify" | "specified" | "disclose" | "disclosed" | "reveal" | "revealed" => {
            of_information
                || matches!(
                    word(verb + 1),
                    "how" | "why" | "who" | "what" | "where" | "when" | "whether" | "which" | "if"
                )
        }
        given => (is_given(given) || is_gives(given)) && of_information,
    };
    // "respond | to": the preposition stays with the verb.
    let cue_end = verb + 1 + usize::from(matches!(word(verb + 1), "to"));
    (fits && cue_end < end).then(|| silence(auxiliary..cue_end, Some(source), cue_end..end))
}

/// "declined to say who had paid", "refused to comment": `at` is the verb.
pub(crate) fn refused(document: &Document<'_>, sentence: &WordRange, at: usize) -> Option<Attribution> {
    let word = |i: usize| lower(document, i);
    let declines = matches!(word(at), "declined" | "declines" | "refused" | "refuses");
    let tells = matches!(
        word(at + 2),
        "say"
            | "comment"
            | "discuss"
            | "disclose"
            | "elaborate"
            | "answer"
            | "identify"
            | "name"
            | "give"
            | "provide"
            | "release"
            | "confirm"
            | "respond"
            | "specify"
            | "reveal"
            | "speculate"
    );
    if !declines || word(at + 1) != "to" || !tells || at + 2 >= sentence.end || at == sentence.start {
        return None;
    }
    let source = subject_before(document, sentence, at).filter(|s| can_keep(document, s))?;
    Some(silence(at..at + 1, Some(source), at + 1..end_of_object(document, sentence, at + 3)))
}

/// "could not immediately be reached for comment", "was not available for comment": `at` is "comment".
pub(crate) fn unreached(document: &Document<'_>, sentence: &WordRange, at: usize) -> Option<Attribution> {
    let word = |i: usize| lower(document, i);
    if word(at) != "comment" || at < sentence.start + 5 || word(at - 1) != "for" {
        return None;
    }
    if !matches!(word(at - 2), "reached" | "available" | "contacted") {
        return None;
    }
    let group = |i: usize| {
        matches!(
            word(i),
            "could"
                | "couldn"
                | "not"
                | "’"
                | "'"
                | "t"
                | "immediately"
                | "be"
                | "was"
                | "were"
                | "wasn"
                | "weren"
                | "reached"
                | "available"
                | "contacted"
        )
    };
    let start = (sentence.start..at - 1).rev().take_while(|&i| group(i)).last()?;
    let negated = (start..at).any(|i| matches!(word(i), "not" | "t"));
    let source = subject_before(document, sentence, start).filter(|s| can_keep(document, s))?;
    negated.then(|| silence(start..at, Some(source), at..at + 1))
}

/// Whether a subject can be one who keeps something back: not "I", "which", "that", and none of a relative
/// clause ("the questions | he | refused to answer").
fn can_keep(document: &Document<'_>, subject: &WordRange) -> bool {
    let pronoun = subject.len() == 1;
    let word = lower(document, subject.start);
    let of_others = matches!(word, "i" | "we" | "you" | "which" | "that" | "who" | "this" | "there" | "what");
    let before = subject.start.checked_sub(1).map(|i| &document.words[i]);
    let opens = before.is_none_or(|w| {
        w.is_mark()
            || lex::FUNCTION_WORDS.contains(w.lower.as_str())
            || document.words[subject.start].gap == ascribe_text::Gap::Paragraph
    });
    !pronoun || !of_others && (opens || !lex::PRONOUNS.contains(word))
}

/// The end of what a verb governs, from `at` on: up to a mark or another clause.
fn end_of_object(document: &Document<'_>, sentence: &WordRange, at: usize) -> usize {
    const LONGEST: usize = 16;
    let ends = |i: usize| {
        let word = &document.words[i];
        let inside = matches!(word.lower.as_str(), "’" | "'" | "-") && word.gap == ascribe_text::Gap::Glued;
        word.is_mark() && !inside
            || matches!(
                word.lower.as_str(),
                "but"
                    | "because"
                    | "while"
                    | "although"
                    | "though"
                    | "saying"
                    | "citing"
                    | "after"
                    | "as"
                    | "until"
            )
    };
    (at..sentence.end.min(at + LONGEST)).find(|&i| ends(i)).unwrap_or(sentence.end.min(at + LONGEST))
}

fn is_gives(word: &str) -> bool {
    matches!(
        word,
        "release"
            | "provide"
            | "give"
            | "disclose"
            | "publish"
            | "announce"
            | "confirm"
            | "specify"
            | "reveal"
            | "offer"
            | "issue"
            | "share"
            | "report"
            | "identify"
    )
}
