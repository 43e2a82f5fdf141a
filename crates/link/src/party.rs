//! Parties as reports name them: which names of a story mean the same one, and whose people a figure
//! counts.

use std::collections::BTreeSet;

use ascribe_record::{Figure, Reading, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::evidence::is_among;
use crate::word::fold;

/// Whom words give as a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) affiliation: Option<String>,
    /// Whether the name is a human being's.
    pub(crate) person: bool,
    /// Whether no name but a role is given: "the spokesman", "figures of the board".
    pub(crate) is_role: bool,
}

/// Words of a name that tell nothing of whose it is.
const EMPTY: &str = "the a an of its their his her our in on at for and there s to by from";

/// The words of a name, folded, without articles and the like.
pub(crate) fn name_words(name: &str) -> BTreeSet<String> {
    let folded = fold(name).replace("'s", "");
    folded.unicode_words().filter(|word| !is_among(word, EMPTY)).map(str::to_owned).collect()
}

/// Words that many bodies and those who speak for them are called by.
const COMMON: &str = "ministry minister service department office agency agencies official officials spokesman \
    spokeswoman spokesperson police news state country government president secretary general authority \
    authorities chief head local senior";

/// Whether two names may mean one party: the words that tell one from others are all in the other. "The country's
/// health minister", "the Northland Health Ministry".
pub(crate) fn may_be_one(a: &str, b: &str) -> bool {
    let telling = |name: &str| -> BTreeSet<String> {
        name_words(name).into_iter().filter(|word| !is_among(word, COMMON)).collect()
    };
    let (x, y) = (telling(a), telling(b));
    !x.is_empty() && !y.is_empty() && (x.is_subset(&y) || y.is_subset(&x))
}

/// The names of a story's parties: a shorter name means the longer one that holds its words, if all
/// longer ones that do are forms of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parties {
    /// Words of each name with the name as it was worded and how often it is told, longest first.
    names: Vec<(BTreeSet<String>, String, usize)>,
    /// Every form, without an article.
    worded: BTreeSet<String>,
}

impl Parties {
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<(BTreeSet<String>, String, usize)> = Vec::new();
        for name in names {
            let words = name_words(name);
            if !words.is_empty() {
                all.push((words, bare(name).to_owned(), 1));
            }
        }
        let worded = all.iter().map(|(_, name, _)| name.clone()).collect();
        all.sort_by(|a, b| (b.0.len(), &a.0, &a.1).cmp(&(a.0.len(), &b.0, &b.1)));
        all.dedup_by(|again, first| {
            let is_same = again.0 == first.0;
            first.2 += usize::from(is_same);
            is_same
        });
        // "The army and the guard" are two parties that speak together.
        let is_joint = |name: &str| {
            let whole = name_words(name);
            let known = |half: &str| {
                let half = name_words(half);
                let mut others = all.iter().filter(|(words, ..)| !words.is_superset(&whole));
                others.any(|(words, ..)| half.is_subset(words))
            };
            // Of three or more none need be known.
            let many = name.split(" and ").count() > 2;
            many || name
                .match_indices(" and ")
                .any(|(at, and)| known(&name[..at]) && known(&name[at + and.len()..]))
        };
        let names = all.iter().filter(|(_, name, _)| !is_joint(name)).cloned().collect();
        Self { names, worded }
    }

    /// Every form of a name, without an article.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.worded.iter().map(String::as_str)
    }

    /// The words and the name of the fullest form of `name`; its own where that is open: where two
    /// longer names of which neither holds the other are told about as often.
    pub(crate) fn full(&self, name: &str) -> (BTreeSet<String>, String) {
        let words = name_words(name);
        let longer = || self.names.iter().filter(|(other, ..)| !words.is_empty() && words.is_subset(other));
        // Of one party one form of the name is shown, whatever the order of its words.
        let same = || longer().find(|(other, ..)| *other == words).map(|(_, name, _)| name.as_str());
        let as_told = || (words.clone(), same().unwrap_or(bare(name)).to_owned());
        let Some(usual) = longer().filter(|(other, ..)| *other != words).max_by_key(|(_, _, n)| *n) else {
            return as_told();
        };
        let forms = |other: &BTreeSet<String>| other.is_subset(&usual.0) || usual.0.is_subset(other);
        let other = longer().filter(|(other, ..)| !forms(other)).map(|(_, _, n)| *n).max().unwrap_or(0);
        if CLEARLY * other > usual.2 {
            return as_told();
        }
        // The first is the longest; a long description told once is no fuller name.
        let full = longer().find(|(other, _, n)| usual.0.is_subset(other) && *n * CLEARLY >= usual.2);
        let (words, name, _) = full.unwrap_or(usual);
        (words.clone(), name.clone())
    }
}

/// A longer name is meant if it is told so many times as often as any other.
const CLEARLY: usize = 3;

/// Words that alone name nobody in particular.
const ANYBODY: &str = "some others several many most both few all one two three four officials official authorities \
    sources source witnesses witness residents neighbours neighbors people persons experts analysts researchers \
    observers reports report media critics citizens relatives family friends survivors victims office city town \
    county state country spokesman spokeswoman spokesperson lawmakers leaders reporters journalists";
/// Nationalities whose words have no ending of their own.
const NATIONALITIES: &str = "afghan african american arab australasian cuban czech danish dutch emirati finnish french \
    german greek iraqi israeli kuwaiti lebanese mexican omani pakistani qatari saudi somali swedish swiss thai \
    yemeni bangladeshi congolese filipino";

/// Whether a name stands for somebody in particular: not "some", "officials", or a nationality alone, which
/// many have.
pub(crate) fn is_particular(name: &str) -> bool {
    let words = name_words(name);
    let nationality = |word: &String| {
        let ends = ["ian", "ean", "ese", "ish"].iter().any(|end| word.len() > 5 && word.ends_with(end));
        ends || is_among(word, NATIONALITIES)
    };
    !(words.iter().all(|word| is_among(word, ANYBODY) || nationality(word)))
}

pub(crate) fn bare(name: &str) -> &str {
    name.trim_start_matches("the ").trim_start_matches("The ")
}

/// Words that name whose people are counted: those before the head ("Tarquen soldiers") and behind it
/// ("soldiers of the army"), folded; and whether they are the source's own ("its losses").
pub(crate) fn side_words(reading: &Reading, figure: &Figure, sentence: Span) -> (Vec<String>, bool) {
    let text = &reading.report.text;
    let mut side: Vec<String> = Vec::new();
    let counted: Vec<&str> = figure.counted.text.unicode_words().collect();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    side.extend(counted.iter().filter(|word| capital(word)).map(|word| fold(word)));
    let end = figure.counted.spans.last().or(figure.words.spans.last()).map_or(sentence.begin, |s| s.end);
    let behind = text.get(end..sentence.end.max(end)).unwrap_or("");
    let mut rest = behind.unicode_words();
    if rest.next() == Some("of") {
        let lasts: BTreeSet<String> = reading
            .actors
            .iter()
            .filter_map(|actor| actor.name.unicode_words().next_back().map(fold))
            .collect();
        let run = rest.skip_while(|word| matches!(*word, "the" | "its" | "their"));
        side.extend(run.take_while(|word| capital(word) || lasts.contains(&fold(word))).map(fold));
    }
    side.sort();
    side.dedup();
    let before = &text[sentence.begin.min(end)..end];
    let words: Vec<&str> = before.unicode_words().collect();
    let own = words.windows(2).any(|pair| {
        is_among(pair[0], "its their own") && is_among(pair[1], "losses dead soldiers own wounded casualties")
    });
    (side, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_mean_the_long_one() {
        let parties = Parties::of(
            [
                "the Harrow Guard",
                "Harrow Guard",
                "Lind army",
                "defence ministry of Lind",
                "interior ministry",
            ]
            .into_iter(),
        );
        assert_eq!(parties.full("the Guard").1, "Harrow Guard");
        assert_eq!(parties.full("Lind’s defence ministry").1, "defence ministry of Lind");
        assert_eq!(parties.full("the ministry").1, "ministry", "two ministries");
        assert_eq!(parties.full("observers").1, "observers");
        assert_eq!(parties.full("").1, "");
    }

    #[test]
    fn many_are_nobody_in_particular() {
        for name in ["Some", "officials", "the Nigerian", "Two Israeli officials", ""] {
            assert!(!is_particular(name), "{name}");
        }
        for name in ["the Nigerian government", "Harrow Guard", "Ada Lind", "police", "the mission"] {
            assert!(is_particular(name), "{name}");
        }
    }

    #[test]
    fn names_of_one_party() {
        for (a, b, one) in [
            ("Northland Health Ministry", "the country's health minister", true),
            ("Officials at the UN", "UN", true),
            ("Northland army", "the Oshel Guard", false),
            ("Harrow health ministry", "Oshel health ministry", false),
            ("the government", "officials", false),
        ] {
            assert_eq!(may_be_one(a, b), one, "{a}, {b}");
        }
    }
}
