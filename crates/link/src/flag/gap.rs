//! Flags on what is not given: `silence`, `unattributed`.

use std::collections::BTreeMap;

use ascribe_record::{Act, Measure};
use unicode_segmentation::UnicodeSegmentation;

use super::{Flag, FlagKind, Item, told};
use crate::evidence::{StoryEvidence, is_among};
use crate::origin::{OriginKind, Origins, is_harm};
use crate::party::name_words;

/// Words for a number that is not given.
const NUMBERS: [&str; 6] = ["how many", "number", "figure", "losses", "toll", "count"];

/// What a silence may be about, by words of its paragraph; the first that fits.
const TOPICS: [(Measure, &[&str]); 5] = [
    (Measure::Captured, &["captur", "taken prisoner", "prisoners"]),
    (Measure::Missing, &["missing"]),
    (Measure::Killed, &["died", "dead", "killed", "deaths", "losses", "families"]),
    (Measure::Injured, &["wounded", "injured"]),
    (Measure::Displaced, &["displaced", "left their homes"]),
];

/// Parties that give no figure of what others give one of.
pub(super) fn silences(story: &StoryEvidence, origins: &Origins) -> Vec<Flag> {
    // Of each party and topic the first time.
    let mut found: BTreeMap<(usize, Measure), Flag> = BTreeMap::new();
    for (s, statement) in story.statements.iter().enumerate() {
        let origin = origins.statements[s];
        let party = &origins.origins[origin];
        let content = statement.content.to_lowercase();
        let is_silence =
            matches!(statement.act, Act::Withhold | Act::Decline) && party.kind == OriginKind::Party;
        if !is_silence || !NUMBERS.iter().any(|words| content.contains(words)) {
            continue;
        }
        let words = name_words(&party.name);
        let topic = |text: &str| {
            let text = text.to_lowercase();
            TOPICS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(m, _)| *m)
        };
        let Some(measure) = topic(&statement.content)
            .or_else(|| topic(&statement.sentence))
            .or_else(|| topic(&statement.around))
        else {
            continue;
        };
        let day = story.reports[statement.report].day;
        let other = (0..story.figures.len()).find(|&f| {
            let figure = &story.figures[f];
            let early = story.given(f).zip(day).is_some_and(|(given, day)| given <= day && day - given <= 14);
            figure.count.measure == measure
                && origins.figures[f] != origin
                && origins.of_figure(f).kind == OriginKind::Party
                && early
                && !origins.sides[f].is_disjoint(&words)
                && figure.part_of.is_none()
        });
        let Some(f) = other else { continue };
        let giver = &origins.of_figure(f).name;
        let why = format!("{}: no figure given; {giver} gives {}.", party.name, told(story, f));
        let rests_on = vec![Item::Figure(f), Item::Statement(s)];
        found.entry((origin, measure)).or_insert(Flag { kind: FlagKind::Silence, rests_on, why });
    }
    found.into_values().collect()
}

/// Counts of people that no words of the report give a source for: of each report one flag, with the others
/// of its counts behind the first.
pub(super) fn unattributed(story: &StoryEvidence, origins: &Origins) -> Vec<Flag> {
    let mut of_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (f, figure) in story.figures.iter().enumerate() {
        let open = of_report.entry(figure.report).or_default();
        let known = open.iter().any(|&g| is_same_count(story, g, f));
        if is_open(story, origins, f) && !known {
            open.push(f);
        }
    }
    let mut all = Vec::new();
    for open in of_report.into_values().filter(|open| !open.is_empty()) {
        let list: Vec<String> = open.iter().map(|&f| told(story, f).to_string()).collect();
        let (shown, rest) = list.split_at(list.len().min(MOST_COUNTS));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let why = format!("{}{more}: no words of the report say who gives it.", shown.join(", "));
        let rests_on = open.into_iter().map(Item::Figure).collect();
        all.push(Flag { kind: FlagKind::Unattributed, rests_on, why });
    }
    all
}

/// Counts that a flag names.
const MOST_COUNTS: usize = 3;

/// Words of a sentence that tell that its number is somebody's, or not the outlet's own: who found them, who
/// looks into it, that it is alleged.
const SOURCED: &str = "police officer officers authorities detective detectives investigator investigators sheriff \
    deputy deputies prosecutor prosecutors officials ministry coroner court hospital rescuers firefighters \
    allegedly alleged reportedly reported accused charged according";

/// Whether a figure counts people in the outlet's own voice, and nobody in its report gives the number.
fn is_open(story: &StoryEvidence, origins: &Origins, f: usize) -> bool {
    let figure = &story.figures[f];
    let report = &story.reports[figure.report];
    let voiced = origins.of_figure(f).kind == OriginKind::Voice && figure.statement.is_none();
    if !voiced || report.original.is_some() || !is_harm(figure.count.measure) || figure.implicit {
        return false;
    }
    // None, one, and numbers without a least value are not what a toll is made of.
    let is_count = figure.count.lower.is_some_and(|least| least > 1.0) && figure.part_of.is_none();
    let around = figure.around.to_lowercase();
    let sourced = figure.sentence.unicode_words().any(|word| is_among(word, SOURCED));
    let own = around.split(' ').any(|word| matches!(word, "we" | "our" | "us"));
    let says = story.statements.iter().filter(|s| s.report == figure.report);
    let named = says
        .filter(|s| s.sentence.contains(&figure.sentence))
        .any(|s| s.named.name.is_some() || s.named.role.is_some());
    let given = (0..story.figures.len()).any(|g| {
        story.figures[g].report == figure.report
            && origins.of_figure(g).kind != OriginKind::Voice
            && is_same_count(story, g, f)
    });
    is_count && !sourced && !own && !named && !given && figure.is_in_sentence()
}

fn is_same_count(story: &StoryEvidence, f: usize, g: usize) -> bool {
    let (x, y) = (&story.figures[f].count, &story.figures[g].count);
    x.measure == y.measure && x.agrees_with(y)
}
