//! Through what something was said: "in an interview with Coast Radio", "told Northwire", "in a post".

use ascribe_record::MediumKind;

use crate::document::{Document, WordRange};
use crate::encoded::NameKind;
use crate::lexicon as lex;
use crate::name::is_capital;

/// The channel of a statement and the words that tell it.
pub(crate) struct Channel {
    pub(crate) kind: MediumKind,
    pub(crate) words: WordRange,
    pub(crate) via: Option<WordRange>,
}

/// The channel named in the clause of the cue: its own words and those around it that belong to
/// neither content nor source.
pub(crate) fn channel_of(
    document: &Document<'_>,
    tagged: &[(WordRange, NameKind)],
    cue: &WordRange,
    source: Option<&WordRange>,
    content: &[WordRange],
) -> Option<Channel> {
    let clause = clause_of(document, cue, content);
    let within_source = |i: usize| source.is_some_and(|s| s.contains(&i));
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let told = clause.clone().find(|&i| matches!(lower(i), "told" | "tells" | "telling"));
    let by_kind =
        clause.clone().filter(|&i| !within_source(i)).find_map(|i| Some((kind_of(document, i)?, i)));
    if let Some((kind, at)) = by_kind {
        let via =
            via_after(document, at + 1, clause.end).or_else(|| told.and_then(|t| outlet_at(document, t + 1)));
        let platform =
            (kind == MediumKind::SocialMedia && is_capital(&document.words[at])).then_some(at..at + 1);
        return Some(Channel { kind, words: at..at + 1, via: platform.or(via) });
    }
    if let Some(at) = told {
        let press = (at + 1..at + 3).find(|&i| matches!(lower(i), "reporters" | "journalists" | "press"));
        if let Some(press) = press.filter(|&i| i == at + 1 || matches!(lower(at + 1), "the" | "local")) {
            return Some(Channel { kind: MediumKind::PressConference, words: press..press + 1, via: None });
        }
        let via = outlet_at(document, at + 1).or_else(|| listener(document, tagged, at + 1));
        if let Some(via) = via {
            return Some(outlet(document, via));
        }
    }
    if let Some(channel) = behind_content(document, cue, content) {
        return Some(channel);
    }
    let quoted = clause.clone().find(|&i| {
        matches!(lower(i), "on" | "to" | "by" | "via" | "with")
            && i >= cue.start
            && !within_source(i)
            && outlet_at(document, i + 1).is_some()
    })?;
    outlet_at(document, quoted + 1).map(|via| outlet(document, via))
}

/// "…, in an interview with the Valley Post": what stands right behind a content that follows the cue.
fn behind_content(document: &Document<'_>, cue: &WordRange, content: &[WordRange]) -> Option<Channel> {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let end = content.last().filter(|c| c.start >= cue.end)?.end;
    let sentence = document.sentences[document.sentence_at(document.words[cue.start].span.begin)?];
    let until = document.words_in(sentence).end.min(end + 12);
    let start =
        (end..until.min(end + 4)).find(|&i| matches!(lower(i), "in" | "on" | "at" | "during" | "via"))?;
    let (kind, at) = (start..until.min(start + 6)).find_map(|i| Some((kind_of(document, i)?, i)))?;
    Some(Channel { kind, words: at..at + 1, via: via_after(document, at + 1, until) })
}

/// The words of the cue's sentence around it, up to the nearest content on either side.
fn clause_of(document: &Document<'_>, cue: &WordRange, content: &[WordRange]) -> WordRange {
    let sentence = document.sentence_at(document.words[cue.start].span.begin).map(|s| document.sentences[s]);
    let around = sentence.map_or(cue.clone(), |s| document.words_in(s));
    let start =
        content.iter().map(|c| c.end).filter(|&e| e <= cue.start).max().unwrap_or(0).max(around.start);
    let end =
        content.iter().map(|c| c.start).filter(|&s| s >= cue.end).min().unwrap_or(usize::MAX).min(around.end);
    start.min(cue.start)..end.max(cue.end)
}

fn kind_of(document: &Document<'_>, i: usize) -> Option<MediumKind> {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let before = |n: usize| i.checked_sub(n).map_or("", lower);
    // "in a statement", "in a televised address": a noun behind a preposition.
    let channel = (1..=4)
        .any(|n| matches!(before(n), "in" | "on" | "at" | "during" | "through" | "via" | "by" | "from"));
    match lower(i) {
        "interview" | "interviews" if channel => Some(MediumKind::Interview),
        "statement" | "statements" | "communique" | "communiqué" if channel => Some(MediumKind::Statement),
        "release" if before(1) == "press" || before(1) == "news" => Some(MediumKind::Statement),
        "conference" if matches!(before(1), "press" | "news") => Some(MediumKind::PressConference),
        "briefing" if channel => Some(MediumKind::PressConference),
        "twitter" | "facebook" | "instagram" | "telegram" | "tiktok" | "youtube" | "weibo" | "snapchat"
        | "reddit" => Some(MediumKind::SocialMedia),
        "tweet" | "tweets" | "tweeted" | "tweeting" | "retweeted" => Some(MediumKind::SocialMedia),
        "media" if before(1) == "social" => Some(MediumKind::SocialMedia),
        "post" | "posts" if channel && document.words[i].shape == ascribe_text::Shape::Lower => {
            Some(MediumKind::SocialMedia)
        }
        "video" | "footage" | "recording" | "audiotape" | "videotape" if channel => Some(MediumKind::Footage),
        "letter" | "memo" | "report" | "email" | "filing" | "complaint" | "affidavit" | "essay"
        | "memoir" | "book"
            if channel =>
        {
            Some(MediumKind::Document)
        }
        "television" | "radio" if channel => Some(MediumKind::Broadcast),
        _ => None,
    }
}

/// The name behind "with", "to", "on" … within the next words.
fn via_after(document: &Document<'_>, at: usize, end: usize) -> Option<WordRange> {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let preposition =
        (at..end.min(at + 3)).find(|&i| matches!(lower(i), "with" | "to" | "on" | "by" | "for"))?;
    let start = preposition + 1 + usize::from(matches!(lower(preposition + 1), "the" | "a"));
    let name = capitals(document, start);
    (!name.is_empty() && !lex::CALENDAR.contains(lower(start))).then_some(name)
}

/// The outlet named at word `at`, told by its last word.
fn outlet_at(document: &Document<'_>, at: usize) -> Option<WordRange> {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let start = at + usize::from(matches!(lower(at), "the" | "a"));
    let name = capitals(document, start);
    let last = name.end.checked_sub(1).filter(|_| !name.is_empty())?;
    // "CBS This Morning", "Channel One": a broadcaster's word may stand anywhere.
    let airs = name.clone().any(|i| lex::BROADCASTERS.contains(lower(i)));
    (airs || lex::OUTLETS.contains(lower(last))).then_some(name)
}

/// The organisation that was told, where it is no body of a state or of states: an outlet.
fn listener(document: &Document<'_>, tagged: &[(WordRange, NameKind)], at: usize) -> Option<WordRange> {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let start = at + usize::from(matches!(lower(at), "the" | "a"));
    let found =
        tagged.iter().find(|(words, kind)| words.start == start && *kind == NameKind::Organisation)?;
    let body = |i: usize| {
        let word = lower(i);
        lex::GOVERNMENT.contains(word)
            || lex::STATE_NAMES.contains(word)
            || matches!(
                word,
                "council" | "committee" | "nations" | "commission" | "assembly" | "house" | "union" | "un"
            )
            || matches!(
                word,
                "party" | "board" | "conference" | "group" | "association" | "club" | "fund" | "bank"
            )
    };
    (!found.0.clone().any(body)).then(|| found.0.clone())
}

fn capitals(document: &Document<'_>, start: usize) -> WordRange {
    let mut end = start;
    while document.words.get(end).is_some_and(|w| is_capital(w) || (w.lower == "-" && end > start)) {
        end += 1;
    }
    start..end
}

fn outlet(document: &Document<'_>, via: WordRange) -> Channel {
    let airs = via.clone().any(|i| lex::BROADCASTERS.contains(document.words[i].lower.as_str()));
    let kind = if airs { MediumKind::Broadcast } else { MediumKind::Outlet };
    Channel { kind, words: via.clone(), via: Some(via) }
}
