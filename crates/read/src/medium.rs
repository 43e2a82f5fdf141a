//! Through what something was said: "in an interview with Coast Radio", "told Northwire", "in a post".

use ascribe_record::MediumKind;

use crate::act::is_saying;
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

/// Of several channels the first of these is taken (`docs/methods/labels.md`).
const ORDER: [MediumKind; 8] = [
    MediumKind::Interview,
    MediumKind::SocialMedia,
    MediumKind::PressConference,
    MediumKind::Footage,
    MediumKind::Statement,
    MediumKind::Document,
    MediumKind::Broadcast,
    MediumKind::Outlet,
];

/// The channel named in the clause of the cue, its own words and those around it that belong to neither
/// content nor source; right behind a content that follows the cue; or in a source that was posted.
pub(crate) fn channel_of(
    document: &Document<'_>,
    tagged: &[(WordRange, NameKind)],
    cue: &WordRange,
    source: Option<&WordRange>,
    content: &[WordRange],
) -> Option<Channel> {
    let reader = Reader { document, tagged };
    let clause = clause_of(document, cue, content);
    let free = |i: &usize| source.is_none_or(|s| !s.contains(i));
    let told = clause.clone().filter(free).find_map(|i| reader.listeners_at(i));
    let mut found: Vec<Channel> = Vec::new();
    let of_cue = |&i: &usize| reader.is_of(i, &clause, cue);
    for at in clause.clone().filter(free).filter(of_cue) {
        found.extend(reader.channel_at(at, clause.end, told));
    }
    found.extend(told.and_then(|at| reader.told(at, clause.end)));
    found.extend(reader.behind_content(cue, content));
    let quoted = |i: &usize| {
        matches!(reader.lower(*i), "on" | "to" | "by" | "via" | "with") && *i >= cue.start && free(&(*i + 1))
    };
    let quoted = clause.clone().filter(free).filter(quoted).find_map(|i| reader.outlet_at(i + 1));
    found.extend(quoted.map(|via| reader.outlet(via)));
    found.extend(source.and_then(|s| reader.posted(s)));
    let rank = |c: &Channel| ORDER.iter().position(|k| *k == c.kind);
    found.into_iter().min_by_key(rank)
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

struct Reader<'a> {
    document: &'a Document<'a>,
    tagged: &'a [(WordRange, NameKind)],
}

impl Reader<'_> {
    fn lower(&self, i: usize) -> &str {
        self.document.words.get(i).map_or("", |w| w.lower.as_str())
    }

    /// The word `n` before word `i`.
    fn before(&self, i: usize, n: usize) -> &str {
        i.checked_sub(n).map_or("", |i| self.lower(i))
    }

    /// Whether one of the four words before word `i` is one of `words`.
    fn follows(&self, i: usize, words: &[&str]) -> bool {
        (1..=4).any(|n| words.contains(&self.before(i, n)))
    }

    /// Whether what stands at word `i` of the clause is about the cue: no other clause begins between
    /// ("held a news conference after Lind | said …"), unless it opens the sentence ("In a statement …,").
    fn is_of(&self, i: usize, clause: &WordRange, cue: &WordRange) -> bool {
        let between = if i < cue.start { i..cue.start } else { cue.end..i };
        let opens =
            matches!(self.lower(clause.start), "in" | "on" | "at" | "during" | "speaking" | "writing");
        let leaves = |j: usize| {
            matches!(
                self.lower(j),
                "after" | "before" | "when" | "while" | "because" | "since" | "although" | "as"
            )
        };
        opens || !between.into_iter().any(leaves)
    }

    /// The channel that the noun or verb at word `at` names, in a clause that ends at `end`; `told` is
    /// where those stand who were told it.
    fn channel_at(&self, at: usize, end: usize, told: Option<usize>) -> Option<Channel> {
        let kind = self.kind_of(at)?;
        let platform = kind == MediumKind::SocialMedia && is_capital(&self.document.words[at]);
        let via = if kind == MediumKind::SocialMedia {
            let named = |i: &usize| self.kind_of(*i) == Some(kind) && is_capital(&self.document.words[*i]);
            platform.then_some(at).or_else(|| (at + 1..end.min(at + 6)).find(named)).map(|i| i..i + 1)
        } else {
            self.via_after(at + 1, end).or_else(|| told.and_then(|t| self.outlet_at(t)))
        };
        Some(Channel { kind, words: at..at + 1, via })
    }

    fn kind_of(&self, i: usize) -> Option<MediumKind> {
        use MediumKind::{Broadcast, Document, Footage, Interview, PressConference, SocialMedia, Statement};
        let last = self.before(i, 1);
        let channel = self.follows(i, &["in", "on", "at", "during", "through", "via", "by", "from"]);
        let inside = self.follows(i, &["in", "through", "via"]);
        let told = self.follows(i, &["told", "telling", "tells"]);
        let issued = self.follows(
            i,
            &["issued", "released", "issuing", "releasing", "issue", "release", "published", "read"],
        );
        let hyphen = last == "-" && i > 1;
        match self.lower(i) {
            "interview" | "interviews" if channel => Some(Interview),
            "statement" | "statements" | "communique" | "communiqué" if channel || issued => Some(Statement),
            "release" if matches!(last, "press" | "news") => Some(Statement),
            "conference" | "conferences" if matches!(last, "press" | "news") && (channel || told) => {
                Some(PressConference)
            }
            "briefing" | "briefings" if channel || told => Some(PressConference),
            "reporters" | "journalists" if self.follows(i, &["to", "with"]) => Some(PressConference),
            "twitter" | "facebook" | "instagram" | "telegram" | "tiktok" | "youtube" | "weibo"
            | "snapchat" | "reddit" | "linkedin" | "mastodon" | "bluesky" | "whatsapp" => Some(SocialMedia),
            "x" if matches!(last, "on" | "to" | "via") && is_capital(&self.document.words[i]) => {
                Some(SocialMedia)
            }
            "social" if last == "truth" => Some(SocialMedia),
            "tweet" | "tweets" | "tweeted" | "tweeting" | "retweeted" => Some(SocialMedia),
            "media" if last == "social" => Some(SocialMedia),
            "post" if last == "blog" && channel => Some(Document),
            "post" | "posts" if channel && self.is_plain(i) => Some(SocialMedia),
            "posted" | "posting" if !self.is_on_site(i) => Some(SocialMedia),
            "video" | "videos" | "footage" | "recording" | "audiotape" | "videotape" if channel => {
                Some(Footage)
            }
            "letter" | "letters" | "memo" | "memorandum" | "report" | "email" | "filing" | "complaint"
            | "affidavit" | "essay" | "memoir" | "autobiography" | "book" | "article" | "column"
            | "editorial" | "newsletter" | "lawsuit" | "indictment" | "study" | "note"
                if inside && self.is_plain(i) =>
            {
                Some(Document)
            }
            "mail" if hyphen && self.before(i, 2) == "e" && channel => Some(Document),
            "ed" if hyphen && self.before(i, 2) == "op" && channel => Some(Document),
            "documents" | "papers" | "filings" | "records" if inside && matches!(last, "court" | "legal") => {
                Some(Document)
            }
            "television" | "radio" | "tv" | "podcast" if self.follows(i, &["on", "over", "in"]) => {
                Some(Broadcast)
            }
            "air" if hyphen && self.before(i, 2) == "on" => Some(Broadcast),
            "audience" | "listeners" | "viewers" if told => Some(Broadcast)
                .filter(|_| self.airs(i.saturating_sub(3)..i) || is_capital(&self.document.words[i - 1])),
            _ => None,
        }
    }

    fn is_plain(&self, i: usize) -> bool {
        self.document.words[i].shape == ascribe_text::Shape::Lower
    }

    /// Whether what word `i` says was posted stands on a site of its own.
    fn is_on_site(&self, i: usize) -> bool {
        (i + 1..i + 7).any(|j| matches!(self.lower(j), "website" | "site" | "blog" | "online"))
    }

    fn airs(&self, words: WordRange) -> bool {
        words.into_iter().any(|i| lex::BROADCASTERS.contains(self.lower(i)))
    }

    /// Where those begin who were told it by the verb at word `i`: "told |", "speaking to |".
    fn listeners_at(&self, i: usize) -> Option<usize> {
        match self.lower(i) {
            "told" | "tells" | "telling" => Some(i + 1),
            "speaking" | "spoke" | "talking" | "talked" if matches!(self.lower(i + 1), "to" | "with") => {
                Some(i + 2)
            }
            _ => None,
        }
    }

    /// Reporters, a broadcast's audience or an outlet that were told it, at word `at`.
    fn told(&self, at: usize, end: usize) -> Option<Channel> {
        let phrase = at..end.min(at + 4);
        let press = phrase.clone().find(|&i| matches!(self.lower(i), "reporters" | "journalists" | "press"));
        let plain = |i: usize| !is_capital(&self.document.words[i]) && !is_saying(self.lower(i));
        if let Some(press) = press.filter(|&p| (at..p).all(plain)) {
            return Some(Channel { kind: MediumKind::PressConference, words: press..press + 1, via: None });
        }
        let audience = |i: &usize| matches!(self.lower(*i), "audience" | "listeners" | "viewers") && *i > at;
        if let Some(audience) = (at..end.min(at + 6)).find(audience) {
            let start = at + usize::from(lex::is_determiner(self.lower(at)));
            let name = self.capitals(start);
            let via = (!name.is_empty() && name.end == audience).then_some(name);
            if via.is_some() || self.airs(at..audience) {
                return Some(Channel { kind: MediumKind::Broadcast, words: audience..audience + 1, via });
            }
        }
        // One speaks to many that are no outlets.
        let told = matches!(self.before(at, 1), "told" | "tells" | "telling");
        self.outlet_at(at).or_else(|| self.listener(at).filter(|_| told)).map(|via| self.outlet(via))
    }

    /// "…, in an interview with the Valley Post": what stands behind a content that follows the cue,
    /// right behind it or set off by a comma.
    fn behind_content(&self, cue: &WordRange, content: &[WordRange]) -> Option<Channel> {
        let sentence = self.document.sentence_at(self.document.words[cue.start].span.begin)?;
        let whole = self.document.words_in(self.document.sentences[sentence]);
        content.iter().filter(|c| c.start >= cue.end).find_map(|part| {
            let next = content.iter().map(|c| c.start).filter(|&s| s >= part.end).min();
            let until = next.unwrap_or(whole.end).min(whole.end).min(part.end + 24);
            let spoken = (part.end..until)
                .find(|&i| is_saying(self.lower(i)) && self.is_plain(i) && self.kind_of(i).is_none());
            let until = spoken.unwrap_or(until);
            let opens = |i: &usize| {
                matches!(self.lower(*i), "in" | "on" | "at" | "during" | "via")
                    && (*i < part.end + 4 || self.before(*i, 1) == ",")
            };
            let start = (part.end..until).find(opens)?;
            let (kind, at) = (start..until.min(start + 6)).find_map(|i| Some((self.kind_of(i)?, i)))?;
            Some(Channel { kind, words: at..at + 1, via: self.via_after(at + 1, until) })
        })
    }

    /// "footage posted on the front's channels": a source that was put where people post.
    fn posted(&self, source: &WordRange) -> Option<Channel> {
        let verb = source.clone().find(|&i| {
            matches!(
                self.lower(i),
                "posted" | "shared" | "uploaded" | "circulated" | "circulating" | "published" | "released"
            )
        })?;
        let place = (verb + 1..source.end).find(|&i| {
            matches!(self.lower(i), "account" | "accounts" | "channel" | "channels" | "feed" | "page")
                || self.kind_of(i) == Some(MediumKind::SocialMedia)
        })?;
        let platform = |i: &usize| {
            self.kind_of(*i) == Some(MediumKind::SocialMedia) && is_capital(&self.document.words[*i])
        };
        let via = (verb + 1..source.end).find(platform).map(|i| i..i + 1);
        Some(Channel { kind: MediumKind::SocialMedia, words: place..place + 1, via })
    }

    /// The outlet behind "with", "to", "on" … within the next words.
    fn via_after(&self, at: usize, end: usize) -> Option<WordRange> {
        let governs = |i: &usize| matches!(self.lower(*i), "with" | "to" | "on" | "by" | "for");
        // "an interview on Saturday with Coast Radio": the first that an outlet follows.
        let outlet = (at..end.min(at + 7)).filter(governs).find_map(|i| self.outlet_at(i + 1));
        let Some(preposition) = (at..end.min(at + 3)).find(governs) else { return outlet };
        let start = preposition + 1 + usize::from(matches!(self.lower(preposition + 1), "the" | "a"));
        outlet.or_else(|| {
            let name = self.capitals(start);
            let seen = self.tagged.iter().find(|(words, _)| words.start < name.end && name.start < words.end);
            let other = seen.is_some_and(|(_, kind)| matches!(kind, NameKind::Person | NameKind::Place));
            let title = lex::TITLES.contains(self.lower(start));
            (!name.is_empty() && !other && !title).then_some(name)
        })
    }

    /// The outlet named at word `at`, told by its last word: "the Valley Post", "Northland's Channel One".
    fn outlet_at(&self, at: usize) -> Option<WordRange> {
        let start = at + usize::from(matches!(self.lower(at), "the" | "a"));
        let name = self.capitals(start);
        let last = name.end.checked_sub(1).filter(|_| !name.is_empty())?;
        // "CBS This Morning", "Channel One": a broadcaster's word may stand anywhere.
        if self.airs(name.clone()) || lex::OUTLETS.contains(self.lower(last)) {
            return Some(name);
        }
        let genitive = matches!(self.lower(name.end), "’" | "'") && self.lower(name.end + 1) == "s";
        let owned = self.capitals(name.end + 2);
        let outlet = genitive
            && !owned.is_empty()
            && (self.airs(owned.clone()) || lex::OUTLETS.contains(self.lower(owned.end - 1)));
        outlet.then_some(owned)
    }

    /// The organisation that was told, where it is no body of a state or of states: an outlet.
    fn listener(&self, at: usize) -> Option<WordRange> {
        let start = at + usize::from(matches!(self.lower(at), "the" | "a"));
        let found = self
            .tagged
            .iter()
            .find(|(words, kind)| words.start == start && *kind == NameKind::Organisation)?;
        let body = |i: usize| {
            let word = self.lower(i);
            lex::GOVERNMENT.contains(word)
                || lex::STATE_NAMES.contains(word)
                || matches!(
                    word,
                    "council"
                        | "committee"
                        | "nations"
                        | "commission"
                        | "assembly"
                        | "house"
                        | "union"
                        | "un"
                        | "eu"
                        | "nato"
                        | "fbi"
                        | "cia"
                )
                || matches!(
                    word,
                    "party" | "board" | "conference" | "group" | "association" | "club" | "fund" | "bank"
                )
        };
        (!found.0.clone().any(body)).then(|| found.0.clone())
    }

    /// The run of capitals at word `start`; a weekday behind a name is no part of it.
    fn capitals(&self, start: usize) -> WordRange {
        let goes_on = |i: usize| {
            self.document.words.get(i).is_some_and(|w| {
                (is_capital(w) || w.lower == "-" && i > start) && !lex::CALENDAR.contains(w.lower.as_str())
            })
        };
        start..(start..).find(|&i| !goes_on(i)).unwrap_or(start)
    }

    fn outlet(&self, via: WordRange) -> Channel {
        let kind = if self.airs(via.clone()) { MediumKind::Broadcast } else { MediumKind::Outlet };
        Channel { kind, words: via.clone(), via: Some(via) }
    }
}
