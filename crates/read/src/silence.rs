//! Silences that are told without a verb of saying in the usual place: "exact figures have not been
//! provided", "without giving details"; and those in the active voice that the encoder missed: "has not
//! released any figures", "declined to say". They exist only where the text says so.

use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::kept::{kept_back, refused, unreached};

/// What stands for the log-probabilities of a silence that no encoder has seen.
const SCORE: f64 = -0.7;

/// The share of the silences found here that are right, counted on PolNeAR train
/// (`docs/methods/attribution.md`).
const PRECISION: f64 = 0.82;

/// The silences of `document` that `known` does not hold already.
pub(crate) fn find_silences(document: &Document<'_>, known: &[Attribution]) -> Vec<Attribution> {
    let taken = |r: &WordRange| known.iter().any(|a| a.cue.start < r.end && r.start < a.cue.end);
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let words = document.words_in(*sentence);
        for at in words.clone() {
            let silence = withheld(document, &words, at)
                .or_else(|| nothing_given(document, &words, at))
                .or_else(|| kept_back(document, &words, at))
                .or_else(|| refused(document, &words, at))
                .or_else(|| unreached(document, &words, at));
            found.extend(silence.filter(|a| !taken(&a.cue) && !is_quoted(document, &a.cue)));
        }
    }
    found
}

pub(crate) fn lower<'d>(document: &'d Document<'_>, i: usize) -> &'d str {
    document.words.get(i).map_or("", |w| w.lower.as_str())
}

/// What a party can give or keep to itself.
pub(crate) fn is_information(word: &str) -> bool {
    matches!(
        word,
        "figure"
            | "figures"
            | "detail"
            | "details"
            | "toll"
            | "tolls"
            | "number"
            | "numbers"
            | "information"
            | "identity"
            | "identities"
            | "name"
            | "names"
            | "breakdown"
            | "estimate"
            | "estimates"
            | "explanation"
            | "reason"
            | "reasons"
            | "cause"
            | "count"
            | "statistics"
            | "data"
            | "evidence"
            | "comment"
            | "response"
            | "statement"
            | "timeline"
            | "particulars"
    )
}

pub(crate) fn is_given(word: &str) -> bool {
    matches!(
        word,
        "released"
            | "provided"
            | "given"
            | "disclosed"
            | "published"
            | "available"
            | "announced"
            | "confirmed"
            | "specified"
            | "revealed"
            | "offered"
            | "issued"
            | "shared"
            | "reported"
            | "identified"
    )
}

/// "exact figures have not been provided", "no details were given".
fn withheld(document: &Document<'_>, sentence: &WordRange, at: usize) -> Option<Attribution> {
    if !is_information(lower(document, at)) {
        return None;
    }
    let end = (at + 1..sentence.end.min(at + 9)).find(|&i| is_given(lower(document, i)))? + 1;
    let verbs = at + 1..end;
    let word = |i: usize| lower(document, i);
    let auxiliary = |i: usize| matches!(word(i), "has" | "have" | "had" | "was" | "were" | "is" | "are");
    // Only the verb group may stand between, so that the noun is its subject.
    let group = |i: usize| {
        auxiliary(i)
            || matches!(
                word(i),
                "not"
                    | "n"
                    | "t"
                    | "’"
                    | "'"
                    | "been"
                    | "being"
                    | "made"
                    | "yet"
                    | "immediately"
                    | "so"
                    | "far"
                    | "officially"
                    | "publicly"
            )
            || is_given(word(i))
    };
    let first = verbs.clone().find(|&i| auxiliary(i))?;
    if !(first..end).all(group) || first - at > 6 {
        return None;
    }
    let subject = start_of_subject(document, sentence, at)..first;
    let negated = verbs.clone().any(|i| word(i) == "not" || word(i) == "t") || word(subject.start) == "no";
    negated.then(|| silence(first..end, None, subject))
}

pub(crate) fn silence(cue: WordRange, source: Option<WordRange>, content: WordRange) -> Attribution {
    Attribution {
        cue,
        source,
        content: vec![content],
        scores: [SCORE; 3],
        part_scores: vec![SCORE],
        precision: Some(PRECISION),
    }
}

/// What somebody quoted has not said is told by her or him.
fn is_quoted(document: &Document<'_>, cue: &WordRange) -> bool {
    let span = document.span(cue);
    document.quotations_over(span).any(|q| q.inner.contains(span))
}

/// "gave no details", "without giving a figure".
fn nothing_given(document: &Document<'_>, sentence: &WordRange, at: usize) -> Option<Attribution> {
    let word = |i: usize| lower(document, i);
    let gives = matches!(
        word(at),
        "gave"
            | "give"
            | "gives"
            | "giving"
            | "provided"
            | "providing"
            | "offered"
            | "offering"
            | "released"
            | "releasing"
    );
    let without = at > sentence.start && word(at - 1) == "without";
    let no = word(at + 1) == "no";
    if !gives || !(without || no) {
        return None;
    }
    let object = (at + 1..sentence.end.min(at + 6)).find(|&i| is_information(word(i)))?;
    let cue = if without { at - 1..at + 1 } else { at..at + 2 };
    let source = if without { None } else { subject_before(document, sentence, at) };
    let content = at + 1 + usize::from(no && !without)..object + 1;
    Some(silence(cue, source, content))
}

/// Back from the noun at `at` over its modifiers.
fn start_of_subject(document: &Document<'_>, sentence: &WordRange, at: usize) -> usize {
    let mut start = at;
    while start > sentence.start {
        let word = &document.words[start - 1];
        let stops = word.is_mark()
            || matches!(
                word.lower.as_str(),
                "that" | "but" | "and" | "though" | "although" | "however" | "while" | "as" | "when"
            );
        if stops || at - start > 4 {
            break;
        }
        start -= 1;
        if matches!(word.lower.as_str(), "no" | "the" | "any" | "an" | "a") {
            break;
        }
    }
    start
}

/// The subject of the verb at `at`: the few words right before it, or, where it is the second verb
/// of its clause ("The police arrested … but gave no figure"), those at the head of the sentence.
pub(crate) fn subject_before(document: &Document<'_>, sentence: &WordRange, at: usize) -> Option<WordRange> {
    let word = |i: usize| document.words[i].lower.as_str();
    let joins = |i: usize| matches!(word(i), "but" | "and" | "," | "then" | "also");
    let mut start = at;
    while start > sentence.start
        && !document.words[start - 1].is_mark()
        && !joins(start - 1)
        && at - start < 6
    {
        start -= 1;
    }
    // "Ramos said | the mayor | has not replied": the subject of the verb said stands behind it.
    let said = (start..at).rev().find(|&i| matches!(word(i), "said" | "says" | "told" | "added"));
    let own = said.filter(|&i| i + 1 < at).map_or(start, |i| i + 1)..at;
    // "the questions | he | refused to answer".
    let pronoun = own.clone().last().filter(|&i| matches!(word(i), "he" | "she" | "it" | "they"));
    let own = pronoun.map_or(own, |i| i..at);
    // "someone | who | does not answer": nobody is told.
    let relative = own.clone().last().is_some_and(|i| matches!(word(i), "who" | "which" | "that"));
    let subordinate =
        matches!(word(sentence.start), "when" | "while" | "if" | "although" | "though" | "as" | "since");
    if relative || own.is_empty() && subordinate {
        return None;
    }
    let auxiliary = |i: usize| matches!(word(i), "has" | "had" | "have" | "that" | "which" | "who");
    let pronoun = own.len() == 1 && matches!(word(own.start), "it" | "he" | "she" | "they");
    if pronoun || (!own.is_empty() && !own.clone().any(auxiliary)) {
        return Some(own);
    }
    let verb = |i: usize| {
        word(i).len() > 3 && word(i).ends_with("ed")
            || matches!(word(i), "said" | "was" | "were" | "has" | "had" | "have" | "is" | "are")
    };
    let first_verb =
        (sentence.start..at.min(sentence.start + 9)).find(|&i| verb(i) || document.words[i].is_mark())?;
    (first_verb > sentence.start && verb(first_verb)).then_some(sentence.start..first_verb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_text::Vocabulary;

    #[test]
    fn silences_of_several_forms() {
        let vocabulary = Vocabulary::bundled();
        for (text, cue, content) in [
            ("However, exact figures have not been provided.", "have not been provided", "exact figures"),
            ("No further details were given.", "were given", "No further details"),
            ("The ministry gave no details.", "gave no", "details"),
            ("He left the hall without giving a figure.", "without giving", "a figure"),
            ("The number of the dead has been given.", "", ""),
            ("The figures were released on Monday.", "", ""),
            ("The army has not released any figures.", "has not released", "any figures"),
            (
                "The firm didn’t respond to a request for comment.",
                "didn’t respond to",
                "a request for comment",
            ),
            ("The mayor did not say who paid, or when.", "did not say", "who paid"),
            (
                "Mr Dahl could not immediately be reached for comment.",
                "could not immediately be reached for",
                "comment",
            ),
            ("Mr Dahl declined to comment on the fire.", "declined", "to comment on the fire"),
            ("The county had not given her enough money.", "", ""),
            ("“I did not say who paid,” he said.", "", ""),
            ("The army did not take the bridge.", "", ""),
            ("They were not the questions he refused to answer last year.", "", ""),
        ] {
            let report = ascribe_record::Report::new(text.to_owned(), "text/plain");
            let document = Document::of(&report, &vocabulary);
            let found = find_silences(&document, &[]);
            let words = |r: &WordRange| document.span(r).of(text);
            match found.first() {
                Some(a) => assert_eq!((words(&a.cue), words(&a.content[0])), (cue, content), "{text}"),
                None => assert_eq!("", cue, "{text}"),
            }
        }
    }
}
