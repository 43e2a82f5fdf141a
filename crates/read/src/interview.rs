//! Interviews set as questions and answers: "Q: When will it open? A: In June.", "Valley Post: … / Oren
//! Dahl: …". Each turn is said by the one whom its label names; "Q" and "A" are the one who asks and the
//! one whom the report introduces.

use std::collections::{HashMap, HashSet};

use ascribe_text::Gap;

use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::name::is_capital;

/// Words that a label may have.
const LONGEST_LABEL: usize = 5;

/// Mean log-probability that each part is given: the form leaves little doubt.
const SCORE: f64 = -0.1;

/// Turns that an interview has at least.
const FEWEST: usize = 3;

/// One question or answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// "Q", "Valley Post".
    pub(crate) label: WordRange,
    /// The mark behind the label.
    pub(crate) mark: WordRange,
    /// All that is said, up to the next label.
    pub(crate) said: WordRange,
}

/// The turns of `document`: paragraphs that begin with a label of capitals and a colon (or stop, behind
/// "Q" and "A"). Two labels have to take turns, one of them at least twice; otherwise there are none.
pub(crate) fn find_turns(document: &Document<'_>) -> Vec<Turn> {
    let words = &document.words;
    let breaks = |w: &ascribe_text::Word| matches!(w.gap, Gap::Line | Gap::Paragraph);
    let starts: Vec<usize> = (0..words.len()).filter(|&i| i == 0 || breaks(&words[i])).collect();
    let mut labels: Vec<(WordRange, usize)> = starts.iter().filter_map(|&s| label_at(document, s)).collect();
    if labels.iter().any(|(label, _)| is_letter(document, label)) {
        labels.retain(|(label, _)| is_letter(document, label));
    }
    let name = |label: &WordRange| {
        words[label.clone()].iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ")
    };
    let names: Vec<String> = labels.iter().map(|(label, _)| name(label)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    // A title "Interview: …" comes before the first turn.
    let first = names.iter().position(|name| counts[name.as_str()] > 1).unwrap_or(names.len());
    let (labels, names) = (&labels[first..], &names[first..]);
    let said = |n: usize| labels[n].1 + 1..labels.get(n + 1).map_or(words.len(), |(next, _)| next.start);
    let turns: Vec<Turn> = (0..labels.len())
        .map(|n| Turn { label: labels[n].0.clone(), mark: labels[n].1..labels[n].1 + 1, said: said(n) })
        .filter(|t| !t.said.is_empty())
        .collect();
    let alternate = names.windows(2).filter(|pair| pair[0] != pair[1]).count() + 1 >= FEWEST;
    let n_names = names.iter().collect::<HashSet<_>>().len();
    // As many different labels as turns are a list of terms.
    let few = (2..=4).contains(&n_names) && n_names < turns.len();
    if turns.len() >= FEWEST && alternate && few { turns } else { Vec::new() }
}

/// The label that begins at word `start`, and its mark.
fn label_at(document: &Document<'_>, start: usize) -> Option<(WordRange, usize)> {
    let words = &document.words;
    let mark = (start + 1..words.len().min(start + LONGEST_LABEL + 1))
        .find(|&i| words[i].lower == ":" || words[i].lower == "." && is_letter(document, &(start..i)))?;
    let label = start..mark;
    let plain = |i: usize| {
        is_capital(&words[i])
            || matches!(words[i].lower.as_str(), "." | "-" | "’" | "'" | "of" | "de" | "van" | "von" | "al")
    };
    (label.clone().all(plain) && is_capital(&words[start])).then_some((label, mark))
}

/// Whether a label is "Q" or "A".
pub(crate) fn is_letter(document: &Document<'_>, label: &WordRange) -> bool {
    label.len() == 1 && matches!(document.words[label.start].lower.as_str(), "q" | "a")
}

/// Each turn as an attribution. Those of `known` that the label's mark was the cue of already, or that
/// take the label for part of a content, are replaced.
pub(crate) fn read_turns(document: &Document<'_>, turns: &[Turn], known: &mut Vec<Attribution>) {
    for turn in turns {
        let labelled = turn.label.start..turn.mark.end;
        known.retain(|a| a.cue.end <= labelled.start || labelled.end <= a.cue.start);
        for a in known.iter_mut() {
            // Nothing that is said in a turn goes on into the next.
            for part in &mut a.content {
                if part.start < labelled.start && labelled.start < part.end {
                    part.end = labelled.start;
                }
            }
        }
        let ends = document.words[turn.said.clone()].iter().any(|w| !w.is_mark());
        if ends {
            known.push(Attribution {
                cue: turn.mark.clone(),
                source: Some(turn.label.clone()),
                content: vec![turn.said.clone()],
                scores: [SCORE; 3],
                part_scores: vec![SCORE],
                precision: None,
            });
        }
    }
}

/// Of the parties named before the first turn, in text order, the one named most often, the first of equals.
pub(crate) fn most_named(named: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for party in named {
        match counts.iter_mut().find(|(known, _)| *known == party) {
            Some((_, n)) => *n += 1,
            None => counts.push((party, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(party, _)| party)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ascribe_record::Report;
    use ascribe_text::Vocabulary;

    fn labels(text: &str) -> Vec<String> {
        let report = Report::new(text.to_owned(), "text/plain");
        let document = Document::of(&report, &Vocabulary::bundled());
        find_turns(&document).iter().map(|t| document.span(&t.label).of(text).to_owned()).collect()
    }

    #[test]
    fn the_one_named_most_often() {
        assert_eq!(most_named([3, 5, 5, 3, 7].into_iter()), Some(3));
        assert_eq!(most_named([].into_iter()), None);
    }

    #[test]
    fn turns_of_interviews() {
        assert_eq!(labels("Q: When?\n\nA: In June.\n\nQ: Why?\n\nA: It rained."), ["Q", "A", "Q", "A"]);
        assert_eq!(labels("Q. When?\n\nA. In June.\n\nQ. Why?"), ["Q", "A", "Q"]);
        assert_eq!(
            labels("Valley Post: When?\n\nOren Dahl: In June.\n\nValley Post: Why?"),
            ["Valley Post", "Oren Dahl", "Valley Post"]
        );
        assert_eq!(labels("Place: Harrow Bay\n\nDate: Monday\n\nTime: noon"), Vec::<String>::new());
        assert_eq!(labels("Lind: it rained.\n\nMore tomorrow."), Vec::<String>::new());
    }
}
