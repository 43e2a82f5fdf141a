//! What is done by saying something, and how certain it is presented: read off the cue's own words,
//! for every party alike.

use std::collections::HashMap;
use std::sync::LazyLock;

use ascribe_record::{Act, Certainty};

use crate::document::{Document, WordRange};

/// Verbs and nouns by act, in their base form; nouns that do not inflect like them stand by themselves.
const ACTS: &[(Act, &str)] = &[
    (
        Act::State,
        "liken compare contrast attribute boast brag muse tease gush exclaim interject chime quip deadpan mutter whisper shout yell preach paint cast frame perpetuate echo stress underscore underline highlight summarise  marvel sum say tell write add note report mention explain state describe remark recall tweet post comment \
        comments argue stress emphasise emphasize insist assert observe reiterate repeat point conclude \
        continue express testify reveal disclose quote cite according recount narrate detail specify clarify joke \
        quip call dub label talk speak read inform brief assure reassure opine reason remind retweet blog \
        voice reference refer word words statement remarks comment account count record list put \
        discuss address elaborate summarize summarise characterize characterise relay per via",
    ),
    (Act::Claim, "maintain contend lie purports claim purport profess claims"),
    (
        Act::Announce,
        "announce declare proclaim unveil issue release announcement declaration introduce launch decide",
    ),
    (Act::Acknowledge, "acknowledge admit concede recognise recognize confess accept admission allow grant"),
    (Act::Confirm, "confirm verify corroborate affirm reaffirm attest certify confirmation"),
    (Act::Deny, "deny reject dismiss refute rebut dispute disavow repudiate denial contradict debunk"),
    (Act::Accuse, "accuse blame allege charge accusation allegation allegations fault implicate"),
    (Act::Warn, "warn caution alert warning"),
    (Act::Threaten, "threaten threat"),
    (
        Act::Pledge,
        "pledge promise vow swear commit undertake guarantee pledges commitment offer agree plan intend",
    ),
    (
        Act::Demand,
        "advocate dare counsel advise bid coax invite summon entreat prod nudge compel mandate oblige advice plea pleas demand urge call-for call-on insist-on request require order appeal advise recommend propose \
        exhort implore plead beg instruct direct command encourage push press lobby suggest-that ask-for seek petition proposal",
    ),
    (
        Act::Condemn,
        "rip bristle complain complaint complaints gripe grumble rail fume sneer jeer belittle disparage denigrate lament bemoan skewer savage berate trash pillory vilify demonise demonize scoff rap reprimand upbraid outrage disapprove condemn denounce criticise criticize decry slam blast deplore lambast rebuke chide attack \
        castigate censure deride mock ridicule bash lambaste excoriate scold chastise assail condemnation criticism oppose object protest",
    ),
    (
        Act::Support,
        "extol tout champion cheer salute vouch sympathise sympathize credit bless admire  support back welcome praise applaud endorse commend hail laud thank defend congratulate \
        approve favor favour endorsement celebrate honor honour embrace",
    ),
    (
        Act::Predict,
        "hope predict expect forecast anticipate project foresee estimate prediction expectation projection prophesy",
    ),
    (Act::Imply, "imply suggest hint insinuate indicate signal intimate point-to"),
    (Act::Ask, "ask question wonder inquire enquire query pose"),
    (Act::Answer, "answer respond reply retort counter response rejoin shoot-back fire-back"),
    (Act::Decline, "decline refuse"),
    (
        Act::Show,
        "show demonstrate depict reveal-that prove showcase illustrate find display portray capture-on document determine reflect",
    ),
    (
        Act::Believe,
        "want despise hate love prefer dislike doubt worry fear envision envisage dream reckon regret interest convinced like believe think feel consider suspect view assume regard see know understand realise realize \
        agree-with learn guess imagine suppose wish hold judge deem perceive belief opinion concern disagree remember hear",
    ),
];

/// Forms that rules do not make.
const IRREGULAR: &str = "said:say says:say told:tell wrote:write written:write thought:think felt:feel knew:know known:know \
    saw:see seen:see found:find shown:show spoke:speak spoken:speak swore:swear sworn:swear undertook:undertake \
    foresaw:foresee foreseen:foresee held:hold understood:understand sought:seek learnt:learn heard:hear \
    gave:give given:give read:read put:put begged:beg forecast:forecast denied:deny replied:reply implied:imply \
    testified:testify";

static LEXEMES: LazyLock<HashMap<String, Act>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for (act, list) in ACTS {
        for verb in list.split_whitespace().filter(|v| !v.contains('-')) {
            for form in inflect(verb) {
                forms.entry(form).or_insert(*act);
            }
        }
    }
    for (form, verb) in IRREGULAR.split_whitespace().filter_map(|pair| pair.split_once(':')) {
        if let Some(&act) = forms.get(verb) {
            forms.insert(form.to_owned(), act);
        }
    }
    forms
});

/// The regular forms of an English verb: say, says, sayed, saying.
fn inflect(verb: &str) -> Vec<String> {
    let mut forms = vec![verb.to_owned()];
    let bytes = verb.as_bytes();
    let is_vowel = |b: u8| b"aeiou".contains(&b);
    let n = bytes.len();
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|e| verb.ends_with(e));
    if verb.ends_with('y') && n > 1 && !is_vowel(bytes[n - 2]) {
        let stem = &verb[..n - 1];
        forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing")]);
    } else if let Some(stem) = verb.strip_suffix('e').filter(|s| !s.ends_with('e')) {
        forms.extend([format!("{verb}s"), format!("{verb}d"), format!("{stem}ing")]);
    } else {
        forms.push(format!("{verb}{}", if sibilant { "es" } else { "s" }));
        forms.extend([format!("{verb}ed"), format!("{verb}ing")]);
    }
    let doubles = n >= 3
        && !is_vowel(bytes[n - 1])
        && !b"wxy".contains(&bytes[n - 1])
        && is_vowel(bytes[n - 2])
        && !is_vowel(bytes[n - 3]);
    if doubles {
        let last = bytes[n - 1] as char;
        forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
    }
    forms
}

/// The act of a cue, with the words that tell it; `Other` with none if they are unknown.
pub(crate) fn act_of(document: &Document<'_>, cue: &WordRange) -> (Act, Option<WordRange>) {
    let lower = |i: usize| document.words.get(i).map_or("", |w| w.lower.as_str());
    let known = |i: &usize| LEXEMES.contains_key(lower(*i));
    // The last known word of the verb group decides; what follows a preposition ("said in a
    // statement") is the medium, unless nothing before it is known ("issued a denial").
    let verb_end = cue.clone().find(|&i| i > cue.start && is_boundary(lower(i))).unwrap_or(cue.end);
    let at = (cue.start..verb_end).rev().find(known).or_else(|| cue.clone().find(known));
    if let Some(silence) = silence_of(document, cue) {
        return (silence, Some(cue.clone()));
    }
    // "appeared to show", "seems to concede": the act is that of the verb behind.
    let seems = cue
        .clone()
        .find(|&i| matches!(lower(i), "appear" | "appears" | "appeared" | "seem" | "seems" | "seemed"));
    if let Some(at) = seems {
        let verb = at + 2..at + 3;
        let act = (lower(at + 1) == "to").then(|| LEXEMES.get(lower(at + 2))).flatten();
        return act.map_or((Act::Other, None), |&act| (act, Some(verb)));
    }
    let Some(at) = at else {
        let colon = cue.clone().all(|i| document.words[i].is_mark());
        return if colon { (Act::State, None) } else { (Act::Other, None) };
    };
    let after = |n: usize| lower(at + n);
    let noun_follows = |word: &str| (at + 1..cue.end.max(at + 2)).any(|i| lower(i) == word);
    let mut act = LEXEMES[lower(at)];
    let verb = lower(at);
    if act == Act::Claim && (noun_follows("responsibility") || after(1) == "responsibility") {
        act = Act::ClaimResponsibility;
    } else if verb.starts_with("call") && matches!(after(1), "for" | "on" | "upon")
        || verb.starts_with("ask") && matches!(after(1), "for" | "that" | "to")
    {
        act = Act::Demand;
    } else if is_negated(document, cue) {
        act = match act {
            Act::Confirm | Act::State | Act::Announce | Act::Answer | Act::Acknowledge => Act::Withhold,
            // Not to support is not to condemn.
            Act::Support | Act::Condemn => Act::Other,
            other => other,
        };
    }
    (act, Some(at..at + 1))
}

fn is_boundary(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "to"
            | "by"
            | "during"
            | "through"
            | "via"
            | "with"
            | ","
            | "that"
            | "while"
            | "when"
            | "after"
            | "before"
    )
}

/// "declined", "refused to": a silence that is said; "has not released", "did not say", "without
/// giving": one that is kept.
fn silence_of(document: &Document<'_>, cue: &WordRange) -> Option<Act> {
    let lower = |i: usize| document.words[i].lower.as_str();
    let declines = |i: usize| {
        matches!(
            lower(i),
            "decline" | "declined" | "declines" | "declining" | "refuse" | "refused" | "refuses" | "refusing"
        )
    };
    if cue.clone().any(declines) {
        return Some(Act::Decline);
    }
    let reached = |i: usize| matches!(lower(i), "reached" | "available" | "contacted");
    let gives = |i: usize| is_giving(lower(i)) || is_telling(lower(i)) || reached(i);
    if !is_negated(document, cue) || !cue.clone().any(gives) {
        return None;
    }
    // "would not say": not that nothing was said, but that it was refused.
    let refuses = cue.clone().any(|i| matches!(lower(i), "would" | "wouldn" | "will" | "won"));
    Some(if refuses { Act::Decline } else { Act::Withhold })
}

/// Verbs of handing out, whose object is what is withheld when they are denied.
pub(crate) fn is_giving(word: &str) -> bool {
    matches!(
        word,
        "release"
            | "released"
            | "releasing"
            | "provide"
            | "provided"
            | "providing"
            | "give"
            | "gave"
            | "gives"
            | "given"
            | "giving"
            | "offering"
            | "disclose"
            | "disclosed"
            | "publish"
            | "published"
            | "reveal"
            | "revealed"
            | "offer"
            | "offered"
            | "share"
            | "shared"
            | "announced"
            | "announce"
    )
}

fn is_telling(word: &str) -> bool {
    matches!(
        word,
        "say"
            | "comment"
            | "commented"
            | "respond"
            | "responded"
            | "elaborate"
            | "elaborated"
            | "specify"
            | "specified"
            | "confirm"
            | "confirmed"
            | "identify"
            | "identified"
            | "named"
            | "name"
            | "said"
            | "answer"
            | "answered"
            | "reply"
            | "replied"
            | "acknowledged"
            | "acknowledge"
    )
}

/// Whether a word could be the verb of a cue.
pub(crate) fn is_saying(word: &str) -> bool {
    LEXEMES.contains_key(word)
}

pub(crate) fn is_negated(document: &Document<'_>, cue: &WordRange) -> bool {
    let lower = |i: usize| document.words[i].lower.as_str();
    cue.clone().any(|i| {
        matches!(lower(i), "not" | "never" | "without" | "neither" | "nor" | "cannot" | "yet-to")
            || (lower(i) == "t" && i >= 2 && matches!(lower(i - 1), "’" | "'"))
            || (lower(i) == "no" && i > cue.start)
    })
}

/// How certain the source presents the content, with the hedge.
///
/// Verbs of thinking are no hedges by themselves: that something is only believed is told by the act. A
/// hedge of the cue speaks for the whole content; in the content only one of its main clause does:
/// before any further verb of saying, relative or condition.
pub(crate) fn certainty_of(
    document: &Document<'_>,
    cue: &WordRange,
    content: &[WordRange],
    act: Act,
) -> (Certainty, Option<WordRange>) {
    let lower = |i: usize| document.words[i].lower.as_str();
    if act == Act::Deny {
        return (Certainty::Denied, None);
    }
    if let Some(found) = cue.clone().find_map(|i| Some((hedge(lower(i))?, i..i + 1))) {
        return (found.0, Some(found.1));
    }
    let Some(first) = content.first() else { return (Certainty::Asserted, None) };
    let complementiser = |i: usize| matches!(lower(i), "that" | "“" | "\"" | "‘" | "'");
    let start = first.clone().find(|&i| !complementiser(i)).unwrap_or(first.start);
    for i in start..first.end.min(start + 16) {
        let word = lower(i);
        let leaves = matches!(
            word,
            "that"
                | "which"
                | "who"
                | "if"
                | "when"
                | "while"
                | "because"
                | "but"
                | "whether"
                | "as"
                | ";"
                | "."
        ) && i > start + 1;
        if leaves {
            break;
        }
        // "in May": a month, not a modal.
        let month = word == "may" && document.words[i].shape != ascribe_text::Shape::Lower;
        if let Some(certainty) = hedge(word).filter(|_| !month) {
            return (certainty, Some(i..i + 1));
        }
    }
    (Certainty::Asserted, None)
}

fn hedge(word: &str) -> Option<Certainty> {
    match word {
        "may" | "might" | "could" | "possible" | "possibly" | "perhaps" | "possibility" | "maybe"
        | "reportedly" | "allegedly" | "purportedly" | "potentially" | "conceivably" | "suspect"
        | "suspects" | "suspected" | "unclear" => Some(Certainty::Possible),
        "likely" | "probably" | "probable" | "presumably" | "appeared" | "appears" | "appear"
        | "appearing" | "seemed" | "seems" | "seem" | "apparently" | "seemingly" => Some(Certainty::Likely),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_text::Vocabulary;

    fn act(cue: &str) -> &'static str {
        let vocabulary = Vocabulary::bundled();
        let report = ascribe_record::Report::new(cue.to_owned(), "text/plain");
        let document = Document::of(&report, &vocabulary);
        act_of(&document, &(0..document.words.len())).0.name()
    }

    #[test]
    fn acts_of_cues() {
        for (cue, expect) in [
            ("said", "state"),
            ("said in a statement", "state"),
            ("has claimed", "claim"),
            ("claimed responsibility for", "claim_responsibility"),
            ("has made a startling announcement", "announce"),
            ("has not released", "withhold"),
            ("did not immediately respond", "withhold"),
            ("didn’t say", "withhold"),
            ("declined to say", "decline"),
            ("refused to comment", "decline"),
            ("wouldn’t say", "decline"),
            ("complained", "condemn"),
            ("wants", "believe"),
            ("have condemned", "condemn"),
            ("called for", "demand"),
            ("called", "state"),
            ("is expected", "predict"),
            ("implying", "imply"),
            ("denied", "deny"),
            ("admitted", "acknowledge"),
            ("has pledged", "pledge"),
            ("appeared to show", "show"),
            ("according to", "state"),
            (":", "state"),
            ("blamed", "accuse"),
            ("zigzagged", "other"),
        ] {
            assert_eq!(act(cue), expect, "{cue}");
        }
    }
}
