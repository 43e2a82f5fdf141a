//! The fields of statements against labels: how many are right of those found.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::Path;

use ascribe::{Format, Options, Reader};
use ascribe_record::{CodePoints, Reading, Span, Statement};

use crate::labels::{Label, LabelledText, Reference};
use crate::{Points, Slice};

/// How often a field is right. For a field that is often empty, precision and recall apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Values read that are the label's.
    pub right: usize,
    /// Values read.
    pub read: usize,
    /// Values labelled.
    pub labelled: usize,
}

impl Tally {
    /// Harmonic mean of precision and recall, `0..=1`; for a field that is never empty, the share right.
    pub fn f1(&self) -> f64 {
        if self.read + self.labelled == 0 {
            return 0.0;
        }
        2.0 * self.right as f64 / (self.read + self.labelled) as f64
    }
}

/// One field that was read other than labelled.
#[derive(Clone, Debug)]
pub struct Miss {
    /// The field.
    pub field: &'static str,
    /// Text, cue and what the two values are.
    pub told: String,
}

/// What the fields of one half of the labels come to.
#[derive(Clone, Debug, Default)]
pub struct FieldScore {
    /// Labelled statements.
    pub n_labels: usize,
    /// Those that the reader finds: a statement whose cue shares a character with the label's.
    pub n_found: usize,
    /// Those of them whose source is right too: it shares at least half of its characters with the label's,
    /// or both are empty.
    pub n_sourced: usize,
    /// By field, over all that are found.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// By field, over those whose source is right.
    pub sourced: BTreeMap<&'static str, Tally>,
    /// What is not right.
    pub misses: Vec<Miss>,
}

/// The rows of the table, and what each is.
pub const FIELDS: [(&str, &str); 14] = [
    ("act", "share right"),
    ("certainty", "share right"),
    ("hedged", "F1 of likely, possible and denied"),
    ("naming", "share right"),
    ("kind", "share right"),
    ("speaker", "right party, all sources"),
    ("speaker/pronoun+role", "right party, sources without a name"),
    ("speaker/fullest", "name in its fullest form, all sources"),
    ("role", "F1, exact words"),
    ("affiliation", "F1, exact words"),
    ("medium", "F1 of the kind"),
    ("via", "F1, exact words"),
    ("said_on", "F1 of the date"),
    ("within", "F1 of the outer statement"),
];

/// The reader with the model in the file `model`, or with the program's own.
///
/// # Errors
/// If there is no such model.
pub fn load_reader(model: Option<&Path>) -> Result<Reader, String> {
    let reader = match model {
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Reader::with_model(&bytes)
        }
        None => Reader::new(),
    };
    reader.map_err(|e| e.to_string())
}

/// The reading of each text.
///
/// # Errors
/// If a text is refused.
pub fn read_labelled(reader: &Reader, texts: &[LabelledText]) -> Result<Vec<Reading>, String> {
    let read = |text: &LabelledText| {
        let date = text.labels.first().and_then(|l| l.published.clone());
        let options = Options { date, format: Some(Format::Text), ..Options::default() };
        let mut readings = ascribe::readings(reader, "labelled.txt", text.text.as_bytes(), &options);
        let reading = readings.next().ok_or("an empty text")?.map_err(|refusal| refusal.to_string())?;
        if reading.report.text == text.text {
            Ok(reading)
        } else {
            Err("a text was changed by intake".to_owned())
        }
    };
    texts.iter().map(read).collect()
}

/// Scores the readings of `texts`, in their order; `half` leaves the labels of the other half out.
pub fn score_fields(texts: &[LabelledText], readings: &[Reading], half: Option<Slice>) -> FieldScore {
    let mut score = FieldScore::default();
    for (text, reading) in texts.iter().zip(readings) {
        let points = CodePoints::of(&text.text);
        for label in text.labels.iter().filter(|l| half.is_none_or(|h| l.half == h)) {
            score.n_labels += 1;
            let Some(found) = found(&points, label, &reading.statements) else { continue };
            score.n_found += 1;
            let judge = Judge { text, points: &points, label, found, reading };
            let mut one = FieldScore::default();
            judge.all(&mut one);
            add(&mut score.tallies, &one.tallies);
            if source_right(&points, label, found) {
                score.n_sourced += 1;
                add(&mut score.sourced, &one.tallies);
            }
            score.misses.append(&mut one.misses);
        }
    }
    score
}

fn add(to: &mut BTreeMap<&'static str, Tally>, from: &BTreeMap<&'static str, Tally>) {
    for (field, tally) in from {
        let sum = to.entry(field).or_default();
        sum.right += tally.right;
        sum.read += tally.read;
        sum.labelled += tally.labelled;
    }
}

fn source_right(points: &CodePoints<'_>, label: &Label, found: &Statement) -> bool {
    let length = |spans: &[Points]| spans.iter().map(|(b, e)| e - b).sum::<usize>();
    let read: Vec<Points> =
        found.source.spans.iter().map(|s| (points.from_byte(s.begin), points.from_byte(s.end))).collect();
    let both = shared(&read, &label.source);
    2 * both >= length(&read) + length(&label.source) - both
}

/// How many code points two lists of spans share.
fn shared(a: &[Points], b: &[Points]) -> usize {
    let with = |(begin, end): &Points| {
        b.iter().map(|o| (*end).min(o.1).saturating_sub((*begin).max(o.0))).sum::<usize>()
    };
    a.iter().map(with).sum()
}

impl FieldScore {
    /// The tally of a field of [`FIELDS`].
    pub fn tally(&self, field: &str) -> Tally {
        self.tallies.get(field).copied().unwrap_or_default()
    }

    /// The table for people.
    pub fn to_table(&self) -> String {
        let mut out = format!(
            "{} labelled statements, {} found, {} of them with the right source\n",
            self.n_labels, self.n_found, self.n_sourced
        );
        let _ = writeln!(
            out,
            "{:<22} {:>6}  {:>5} {:>5} {:>8}   {:>12}",
            "field", "score", "right", "read", "labelled", "right source"
        );
        for (field, what) in FIELDS {
            let t = self.tally(field);
            let sourced = self.sourced.get(field).copied().unwrap_or_default();
            let _ = writeln!(
                out,
                "{field:<22} {:>6.3}  {:>5} {:>5} {:>8}   {:>12.3}   {what}",
                t.f1(),
                t.right,
                t.read,
                t.labelled,
                sourced.f1()
            );
        }
        out
    }

    fn count(&mut self, field: &'static str, right: bool, read: bool, labelled: bool) {
        let tally = self.tallies.entry(field).or_default();
        tally.right += usize::from(right && read && labelled);
        tally.read += usize::from(read);
        tally.labelled += usize::from(labelled);
    }
}

/// The statement whose cue shares a character with the label's, of several the one that shares most of
/// its content.
fn found<'r>(points: &CodePoints<'_>, label: &Label, statements: &'r [Statement]) -> Option<&'r Statement> {
    let shared = |spans: &[Span], of: &[Points]| {
        let spans: Vec<Points> =
            spans.iter().map(|s| (points.from_byte(s.begin), points.from_byte(s.end))).collect();
        shared(&spans, of)
    };
    let same_cue = statements.iter().filter(|s| shared(&s.cue.spans, &label.cue) > 0);
    same_cue.max_by_key(|s| shared(&s.content.spans, &label.content))
}

struct Judge<'a> {
    text: &'a LabelledText,
    points: &'a CodePoints<'a>,
    label: &'a Label,
    found: &'a Statement,
    reading: &'a Reading,
}

impl Judge<'_> {
    fn all(&self, score: &mut FieldScore) {
        let (label, found) = (self.label, self.found);
        self.same(score, "act", &label.act, &found.act);
        self.same(score, "certainty", &label.certainty, &found.certainty);
        let asserted = ascribe_record::Certainty::Asserted;
        let hedged = |c| c != asserted;
        score.count(
            "hedged",
            label.certainty == found.certainty,
            hedged(found.certainty),
            hedged(label.certainty),
        );
        self.same(score, "naming", &label.naming, &found.speaker.naming);
        if label.kind.is_some() {
            self.same(
                score,
                "kind",
                &label.kind.map(|k| k.to_string()),
                &found.speaker.kind.map(|k| k.to_string()),
            );
        }
        self.speaker(score);
        self.words(score, "role", &label.role, &label.role_also, found.speaker.role.as_deref());
        self.words(
            score,
            "affiliation",
            &label.affiliation,
            &label.affiliation_also,
            found.speaker.affiliation.as_deref(),
        );
        let medium = found.medium.as_ref();
        self.maybe(score, "medium", label.medium.map(|m| m.to_string()), medium.map(|m| m.kind.to_string()));
        self.words(score, "via", &label.via, &[], medium.and_then(|m| m.via.as_deref()));
        self.maybe(score, "said_on", label.said_on.clone(), found.said_on.clone());
        let outer = found.within.and_then(|id| self.reading.statements.iter().find(|s| s.id == id));
        let cue = outer.and_then(|s| s.cue.cover());
        let cue = cue.map(|c| (self.points.from_byte(c.begin), self.points.from_byte(c.end)));
        let right = label.within.zip(cue).is_some_and(|(l, c)| l.0 < c.1 && c.0 < l.1);
        score.count("within", right, cue.is_some(), label.within.is_some());
        if !right && (cue.is_some() || label.within.is_some()) {
            let words = |p: Option<Points>| p.map_or("none".to_owned(), |p| self.text.slice(p));
            self.miss(score, "within", words(label.within), words(cue));
        }
    }

    fn miss(
        &self,
        score: &mut FieldScore,
        field: &'static str,
        labelled: impl fmt::Display,
        read: impl fmt::Display,
    ) {
        let cue = self.label.cue.first().map_or(String::new(), |&c| self.text.slice(c));
        let source = self.label.source.first().map_or("-".to_owned(), |&s| self.text.slice(s));
        let content = self.label.content.first().map_or(String::new(), |&s| self.text.slice(s));
        let content: String = content.chars().take(60).collect();
        let told = format!(
            "{} {}\n    {} | {cue} | {content}\n    labelled {labelled}, read {read}",
            self.label.corpus,
            self.label.doc,
            source.replace('\n', " "),
        );
        score.misses.push(Miss { field, told });
    }

    fn same<T: PartialEq + fmt::Debug>(
        &self,
        score: &mut FieldScore,
        field: &'static str,
        labelled: &T,
        read: &T,
    ) {
        score.count(field, labelled == read, true, true);
        if labelled != read {
            self.miss(score, field, format!("{labelled:?}"), format!("{read:?}"));
        }
    }

    fn maybe(
        &self,
        score: &mut FieldScore,
        field: &'static str,
        labelled: Option<String>,
        read: Option<String>,
    ) {
        score.count(field, labelled == read, read.is_some(), labelled.is_some());
        if labelled != read {
            let told = |v: Option<String>| v.unwrap_or("none".to_owned());
            self.miss(score, field, told(labelled), told(read));
        }
    }

    /// A field of words: right if they are those of a labelled span. A value that is only among the
    /// `also` is right, and its absence is too.
    fn words(
        &self,
        score: &mut FieldScore,
        field: &'static str,
        labelled: &[Points],
        also: &[Points],
        read: Option<&str>,
    ) {
        let spans = || labelled.iter().chain(also).map(|&s| self.text.slice(s));
        let right = read.is_some_and(|r| spans().any(|s| plain(&s) == plain(r)));
        score.count(field, right, read.is_some(), !labelled.is_empty() || right);
        if !right && (read.is_some() || !labelled.is_empty()) {
            self.miss(score, field, format!("{:?}", spans().collect::<Vec<_>>()), format!("{read:?}"));
        }
    }

    fn speaker(&self, score: &mut FieldScore) {
        let (label, speaker) = (self.label, &self.found.speaker);
        if label.speaker.is_empty() {
            return;
        }
        let mut right_names: Vec<String> =
            label.speaker.iter().chain(&label.aliases).map(|&s| self.text.slice(s)).collect();
        right_names.iter_mut().for_each(|n| *n = plain(n));
        let read: Vec<String> = if speaker.names.is_empty() {
            speaker.name.iter().map(|n| plain(n)).collect()
        } else {
            speaker.names.iter().map(|n| plain(n)).collect()
        };
        // A joint speaker is right with all its parties and no other.
        let joint = label.speaker.len();
        let right = !read.is_empty()
            && read.iter().all(|r| right_names.contains(r))
            && (read.len() == joint
                || read.len() == 1 && label.aliases.iter().any(|&a| plain(&self.text.slice(a)) == read[0]));
        let fullest = right && label.speaker.iter().all(|&s| read.contains(&plain(&self.text.slice(s))));
        score.count("speaker", right, true, true);
        score.count("speaker/fullest", fullest, true, true);
        let unnamed = matches!(label.reference, Reference::Pronoun | Reference::Role);
        if unnamed {
            score.count("speaker/pronoun+role", right, true, true);
        }
        if !right {
            let field = if unnamed { "speaker/pronoun+role" } else { "speaker" };
            self.miss(score, field, format!("{right_names:?}"), format!("{read:?}"));
        }
    }
}

/// Words to compare by: lower case, blanks joined, no determiner before and no genitive or mark behind.
fn plain(words: &str) -> String {
    let lower = words.to_lowercase().replace('’', "'");
    let joined = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = joined.as_str();
    for determiner in ["the ", "a ", "an ", "his ", "her ", "their ", "its "] {
        rest = rest.strip_prefix(determiner).unwrap_or(rest);
    }
    rest.trim_end_matches([',', '.']).trim_end_matches("'s").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_determiner_and_genitive() {
        assert_eq!(plain("The  Harrow\nUnion’s"), "harrow union");
        assert_eq!(plain("spokeswoman,"), "spokeswoman");
    }

    #[test]
    fn a_tally_of_half_right_values() {
        assert_eq!(Tally { right: 1, read: 2, labelled: 2 }.f1(), 0.5);
        assert_eq!(Tally::default().f1(), 0.0);
    }
}
