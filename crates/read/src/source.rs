//! Attributions made whole, where a clause or an apposition hides who says something.

use crate::act::is_saying;
use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::lexicon as lex;
use crate::role::{is_preposition, is_role_head};
use crate::silence::is_information;

/// Words that an apposition may have.
const LONGEST: usize = 14;

/// Corrects the sources of all attributions of a document.
pub(crate) fn complete_sources(document: &Document<'_>, found: &mut Vec<Attribution>) {
    for attribution in found.iter_mut() {
        take_infinitive(document, attribution);
        drop_answerer(document, attribution);
        take_apposition(document, attribution);
        take_subject(document, attribution);
    }
    give_back_objects(document, found);
}

/// Words that the subject of a silence may have.
const SUBJECT: usize = 8;

/// "The army has not released | any figures | on losses": what is not given is no source. It goes to the
/// content, and the subject before the cue is the source: behind "but" and "and" that of the verb before.
fn give_back_objects(document: &Document<'_>, found: &mut Vec<Attribution>) {
    let lower = |i: usize| document.words[i].lower.as_str();
    let mut given_back: Vec<(WordRange, WordRange)> = Vec::new();
    for k in 0..found.len() {
        let cue = found[k].cue.clone();
        let information = |words: &WordRange| words.clone().any(|i| is_information(lower(i)));
        let negated = cue.clone().any(|i| matches!(lower(i), "not" | "never" | "t"));
        let object = found[k].source.clone();
        let withheld = match &object {
            Some(object) => object.start >= cue.end && information(object),
            None => found[k].content[0].start >= cue.end && information(&found[k].content[0]),
        };
        if !negated || !withheld {
            continue;
        }
        found[k].source = subject_before(document, found, &cue);
        let Some(object) = object else { continue };
        match found[k].content.iter_mut().find(|c| (object.end..=object.end + 1).contains(&c.start)) {
            Some(part) => part.start = object.start,
            None => {
                let at = found[k].content.partition_point(|c| c.start < object.start);
                let score = found[k].scores[2];
                found[k].content.insert(at, object.clone());
                found[k].part_scores.insert(at, score);
            }
        }
        given_back.push((object, cue));
    }
    // "any figures | regarding | losses": what is not given says nothing either.
    found.retain(|a| {
        !given_back.iter().any(|(object, cue)| {
            a.source.as_ref() == Some(object) && a.cue != *cue && a.cue.start >= object.end
        })
    });
}

/// The subject of the verb at `cue`: the source before it that it shares, or all that opens the sentence.
fn subject_before(document: &Document<'_>, found: &[Attribution], cue: &WordRange) -> Option<WordRange> {
    let lower = |i: usize| document.words[i].lower.as_str();
    let sentence = document.sentence_at(document.words[cue.start].span.begin)?;
    let start = document.words_in(document.sentences[sentence]).start;
    if cue.start > start && matches!(lower(cue.start - 1), "but" | "and" | "yet") {
        let before = |s: &&WordRange| start <= s.start && s.end <= cue.start;
        return found.iter().filter_map(|a| a.source.as_ref()).filter(before).max_by_key(|s| s.end).cloned();
    }
    let subject = start..cue.start;
    let is_plain = (1..=SUBJECT).contains(&subject.len())
        && subject.clone().all(|i| !document.words[i].is_mark() || matches!(lower(i), "'" | "’" | "-"));
    is_plain.then_some(subject)
}

/// "appeared | to show a fire": the cue goes on to the verb that says what is done.
fn take_infinitive(document: &Document<'_>, a: &mut Attribution) {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let seems =
        matches!(lower(a.cue.end - 1), "appear" | "appears" | "appeared" | "seem" | "seems" | "seemed");
    let verb = a.cue.end + 1;
    if !seems || lower(a.cue.end) != "to" || !is_saying(lower(verb)) {
        return;
    }
    if let Some(part) = a.content.iter_mut().find(|c| c.start <= a.cue.end && verb + 1 < c.end) {
        part.start = part.start.max(verb + 1);
        a.cue.end = verb + 1;
    }
}

/// "Asked whether the bridge would open, Sandvik said …": she answers, whoever asked.
fn drop_answerer(document: &Document<'_>, a: &mut Attribution) {
    let asks = matches!(
        document.words[a.cue.start].lower.as_str(),
        "asked" | "questioned" | "pressed" | "quizzed" | "challenged"
    );
    let before = a.cue.start.checked_sub(1).map(|i| &document.words[i]);
    let opens = before
        .is_none_or(|w| w.is_mark() || matches!(w.lower.as_str(), "when" | "if" | "repeatedly" | "being"));
    let behind = |s: &WordRange| {
        s.start > a.cue.end && (a.cue.end..s.start).any(|i| document.words[i].lower == ",")
            || before.is_some_and(|w| w.lower == ",") && s.end < a.cue.start
    };
    if asks && opens && a.source.as_ref().is_some_and(behind) {
        a.source = None;
    }
}

/// "According to Open Cell, | a prisoners' rights group, | forty people …": an apposition behind the
/// source belongs to it and not to the content.
fn take_apposition(document: &Document<'_>, a: &mut Attribution) {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let Some(source) = &mut a.source else { return };
    let comma = source.end - usize::from(lower(source.end - 1) == ",");
    let start = comma + 1;
    if lower(comma) != "," || !matches!(lower(start), "a" | "an" | "the") {
        return;
    }
    let Some(part) = a.content.iter_mut().find(|c| (comma..=start).contains(&c.start)) else { return };
    let Some(end) = (start..part.end.min(start + LONGEST)).find(|&i| lower(i) == ",") else { return };
    let head = (start..end).find(|&i| i > start && is_preposition(lower(i))).unwrap_or(end) - 1;
    let noun = lower(head);
    let party = is_role_head(noun) || lex::is_institution(noun);
    let plain = (start..head).all(|i| !document.words[i].is_mark() || matches!(lower(i), "'" | "’" | "-"));
    if party && plain && end + 2 < part.end {
        source.end = end;
        part.start = end + 1;
    }
}

/// "Footage posted on the front's channels | appeared to show …": a document that opens the sentence and
/// is all that stands before the cue is its source.
fn take_subject(document: &Document<'_>, a: &mut Attribution) {
    if a.source.is_some() {
        return;
    }
    let Some(sentence) = document.sentence_at(document.words[a.cue.start].span.begin) else { return };
    let start = document.words_in(document.sentences[sentence]).start;
    let subject = start..a.cue.start;
    // Parts of the subject may have been taken for content.
    let free =
        a.content.iter().all(|c| c.start >= a.cue.end || subject.start <= c.start && c.end <= subject.end)
            && a.content.iter().any(|c| c.start >= a.cue.end);
    if subject.is_empty() || subject.len() > LONGEST || !free {
        return;
    }
    let mark = |i: usize| {
        let word = &document.words[i];
        word.is_mark() && !matches!(word.lower.as_str(), "'" | "’" | "-")
    };
    let modifies = |i: &usize| {
        let word = document.words[*i].lower.as_str();
        lex::is_determiner(word)
            || matches!(
                word,
                "new" | "video" | "aerial" | "satellite" | "official" | "internal" | "leaked" | "some"
            )
    };
    let head = start + subject.clone().take_while(modifies).count();
    // "Leaked footage | posted on …", "a survey ship's | footage", "footage |, shared by the navy, |".
    let lower = |i: usize| document.words[i].lower.as_str();
    let comma = subject.clone().find(|&i| i > start && lower(i) == ",");
    let aside = comma
        .filter(|&c| c + 2 < a.cue.start && lower(c + 1).ends_with("ed") && lower(a.cue.start - 1) == ",");
    let is_noun = |i: usize| lex::is_document_noun(lower(i));
    let document_noun = head < a.cue.start && (is_noun(head) || is_noun(aside.unwrap_or(a.cue.start) - 1));
    let set_off = |i: usize| aside.is_some_and(|c| i == c || i + 1 == a.cue.start);
    let clause = subject.clone().any(|i| mark(i) && !set_off(i) || matches!(lower(i), "that" | "and"));
    if document_noun && !clause {
        a.content.retain(|c| c.start >= a.cue.end);
        a.source = Some(subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::{Report, Span};
    use ascribe_text::Vocabulary;

    /// The source and content after completion, of the first cue, source (if any) and content given.
    fn completed(text: &str, cue: &str, source: &str, content: &str) -> (Option<String>, String) {
        let report = Report::new(text.to_owned(), "text/plain");
        let document = Document::of(&report, &Vocabulary::bundled());
        let words = |part: &str| {
            let begin = text.find(part).unwrap();
            document.words_in(Span::new(begin, begin + part.len()))
        };
        let mut found = vec![Attribution {
            cue: words(cue),
            source: (!source.is_empty()).then(|| words(source)),
            content: vec![words(content)],
            scores: [0.0; 3],
            part_scores: vec![0.0],
            precision: None,
        }];
        complete_sources(&document, &mut found);
        let of = |range: &WordRange| document.span(range).of(text).to_owned();
        (found[0].source.as_ref().map(of), of(&found[0].content[0]))
    }

    #[test]
    fn sources_are_made_whole() {
        let apposed = completed(
            "According to Open Cell, a prisoners’ rights group, forty people were held.",
            "According to",
            "Open Cell",
            "a prisoners’ rights group, forty people were held",
        );
        assert_eq!(
            apposed,
            (Some("Open Cell, a prisoners’ rights group".to_owned()), "forty people were held".to_owned())
        );
        let listed = completed(
            "According to Ohm, the bridge, the quay and the pier are shut.",
            "According to",
            "Ohm",
            "the bridge, the quay and the pier are shut",
        );
        assert_eq!(listed.0.as_deref(), Some("Ohm"));
        let footage = completed(
            "Footage posted on the front’s channels appeared to show a fire.",
            "appeared to show",
            "",
            "a fire",
        );
        assert_eq!(footage.0.as_deref(), Some("Footage posted on the front’s channels"));
        let aside = completed(
            "A survey ship’s footage, shared by the navy on Tuesday, appeared to show a breach.",
            "appeared to show",
            "",
            "a breach",
        );
        assert_eq!(aside.0.as_deref(), Some("A survey ship’s footage, shared by the navy on Tuesday,"));
        let asked = completed(
            "Asked whether it would open, Sandvik said no.",
            "Asked",
            "Sandvik",
            "whether it would open",
        );
        assert_eq!(asked.0, None);
        let withheld = completed(
            "The Harrow army has not released any official figures on its losses.",
            "has not released",
            "any official figures",
            "on its losses",
        );
        assert_eq!(
            withheld,
            (Some("The Harrow army".to_owned()), "any official figures on its losses".to_owned())
        );
    }
}
