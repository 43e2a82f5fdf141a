//! Edges of attributions that no phrase of English has, moved to where it has them.

use ascribe_text::{Gap, Shape, Word};

use crate::act::{is_giving, is_negated, is_saying};
use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::lexicon as lex;

/// Moves edges that no phrase of English has: between "have not" and its verb, inside "worst-case" or
/// "5,200", in the last words of a quotation, between title and body.
pub(crate) fn mend(document: &Document<'_>, attribution: &mut Attribution) {
    mend_cue(document, attribution);
    let cue = attribution.cue.clone();
    attribution.source.take_if(|s| document.words[s.clone()].iter().all(Word::is_mark));
    if let Some(source) = &mut attribution.source {
        mend_source(document, source, &cue);
    }
    for part in &mut attribution.content {
        whole_words(document, part, &cue);
        whole_quotation(document, part, &cue);
        // What runs from the title into the body belongs to the side that the cue is on.
        if part.start < document.n_title && document.n_title < part.end {
            *part = if cue.start < document.n_title {
                part.start..document.n_title
            } else {
                document.n_title..part.end
            };
        }
    }
    let in_title = |r: &WordRange| r.start < document.n_title;
    // A lone "that" or mark says nothing.
    let says = |i: usize| {
        let word = &document.words[i];
        !word.is_mark() && !matches!(word.lower.as_str(), "that" | "which" | "and" | "but" | "to" | "as")
    };
    attribution.content.retain(|c| in_title(c) == in_title(&cue) && c.clone().any(says));
    // A word or two between two parts that neither cue nor source has belong to them.
    let source = attribution.source.clone();
    let own = |i: usize| cue.contains(&i) || source.as_ref().is_some_and(|s| s.contains(&i));
    let opens = |i: usize| document.words[i].gap == Gap::Paragraph;
    attribution.content.dedup_by(|b, a| {
        let between = a.end..b.start;
        let touch = b.start <= a.end
            || between.len() <= BRIDGE && !between.clone().any(own) && !(a.end..=b.start).any(opens);
        if touch {
            a.end = a.end.max(b.end);
        }
        touch
    });
}

/// Words between two parts of a content that they may take in.
const BRIDGE: usize = 2;

fn mend_cue(document: &Document<'_>, attribution: &mut Attribution) {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let Attribution { cue, content, .. } = attribution;
    // "have not | released any figures", "has | responded": the verb belongs to the cue.
    let last = lower(cue.end - 1);
    let auxiliary = matches!(last, "not" | "has" | "have" | "had" | "been" | "be" | "will" | "would");
    if auxiliary {
        match content.iter_mut().find(|c| c.contains(&cue.end)) {
            Some(part) if part.start == cue.end && part.len() > 1 => {
                part.start += 1;
                cue.end += 1;
            }
            None if is_saying(lower(cue.end)) => cue.end += 1,
            _ => {}
        }
    }
    // "said in a | statement": a cue never ends before the noun it has begun.
    let open = matches!(lower(cue.end - 1), "a" | "an" | "the" | "in") && cue.len() > 1;
    let channel = ["statement", "interview", "letter", "tweet", "post", "email", "memo", "speech"];
    if open && channel.contains(&lower(cue.end)) {
        cue.end += 1;
    }
    // "has not released any official figures on | the dead": what is withheld is content.
    let verb = cue.clone().find(|&i| is_giving(lower(i)));
    if let Some(verb) = verb.filter(|&v| v + 1 < cue.end && is_negated(document, cue)) {
        let object = verb + 1..cue.end;
        if let Some(part) = content.iter_mut().find(|c| c.start == object.end) {
            part.start = object.start;
            cue.end = object.start;
        }
    }
}

/// A source never ends in "and": it goes on to the cue or stops before it.
fn mend_source(document: &Document<'_>, source: &mut WordRange, cue: &WordRange) {
    whole_words(document, source, cue);
    let dangling = |i: usize| matches!(document.words[i].lower.as_str(), "and" | "or" | "," | "&");
    if dangling(source.end - 1) && source.end < cue.start && cue.start - source.end <= 3 {
        source.end = cue.start;
    }
    let relative = |i: usize| matches!(document.words[i].lower.as_str(), "who" | "which");
    while source.len() > 1 && (dangling(source.end - 1) || relative(source.end - 1)) {
        source.end -= 1;
    }
    whole_source(document, source, cue);
}

/// Extends a source that is only the last name of its phrase: "footage shared on | the navy's
/// accounts", where the footage shows something.
fn whole_source(document: &Document<'_>, source: &mut WordRange, cue: &WordRange) {
    let lower = |i: usize| document.words[i].lower.as_str();
    let joins = |i: usize| matches!(lower(i), "on" | "by" | "from" | "of") || lower(i).ends_with("ed");
    let mut at = source.start;
    while at > 0 && source.start - at < 3 && joins(at - 1) {
        at -= 1;
    }
    let head = at.wrapping_sub(1);
    if at == source.start
        || cue.start < source.end
        || !document.words.get(head).is_some_and(|w| lex::DOCUMENTS.contains(w.lower.as_str()))
    {
        return;
    }
    let modifies = |i: usize| {
        !document.words[i].is_mark()
            && matches!(
                lower(i),
                "the" | "a" | "an" | "some" | "new" | "video" | "aerial" | "satellite" | "other"
            )
    };
    let mut start = head;
    while start > 0 && modifies(start - 1) {
        start -= 1;
    }
    source.start = start;
}

/// Extends a part that holds nearly all of a quotation to its end or from its beginning.
fn whole_quotation(document: &Document<'_>, part: &mut WordRange, cue: &WordRange) {
    /// Words of a quotation that may be missing.
    const MISSING: usize = 3;
    for quotation in document.quotations_over(document.span(part)).filter(|q| q.closed) {
        let inner = document.words_in(quotation.inner);
        let shared = inner.end.min(part.end).saturating_sub(inner.start.max(part.start));
        if shared == 0 || cue.start < inner.end && inner.start < cue.end {
            continue;
        }
        if part.end < inner.end && inner.end - part.end <= MISSING && shared >= inner.end - part.end {
            part.end = inner.end;
        }
        if inner.start < part.start
            && part.start - inner.start <= MISSING
            && shared >= part.start - inner.start
        {
            part.start = inner.start;
        }
    }
}

/// Extends a part to whole words as they are written, hyphens and decimal marks inside, but never
/// over the cue.
fn whole_words(document: &Document<'_>, part: &mut WordRange, cue: &WordRange) {
    let words = &document.words;
    let glued = |i: usize| words.get(i).is_some_and(|w| w.gap == Gap::Glued);
    let joins = |i: usize| words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "-" | "’" | "'"));
    let digits = |i: usize| words.get(i).is_some_and(|w| w.shape == Shape::Digit);
    let inside = |i: usize| {
        // Whether the border before word i runs through a written word.
        let letter = |j: usize| words.get(j).is_some_and(|w| !w.is_mark());
        let point = |j: usize| words.get(j).is_some_and(|w| matches!(w.lower.as_str(), "," | "."));
        i > 0
            && glued(i)
            && ((joins(i) && letter(i - 1) && glued(i + 1) && letter(i + 1))
                || (joins(i - 1) && letter(i) && i > 1 && glued(i - 1) && letter(i - 2))
                || (point(i) && digits(i - 1) && glued(i + 1) && digits(i + 1))
                || (point(i - 1) && digits(i) && i > 1 && glued(i - 1) && digits(i - 2)))
    };
    while part.start > 0 && inside(part.start) && !cue.contains(&(part.start - 1)) {
        part.start -= 1;
    }
    while part.end < words.len() && inside(part.end) && !cue.contains(&part.end) {
        part.end += 1;
    }
}
