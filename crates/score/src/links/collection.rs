//! Series, origins and flags of `ascribe-link` against the truth of an example collection: reports,
//! and a file that says what is so about them (`examples/collection/README.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use ascribe::{Options, Reader, Reading};
use ascribe_link::{Body, Flag, FlagKind, Item, Origins, StoryEvidence, StorySeries, flags, story_series};
use ascribe_record::Span;
use serde::Deserialize;

/// What is true about a collection, as far as flags go by it.
#[derive(Deserialize)]
struct Truth {
    reports: Vec<TrueReport>,
    series: Vec<TrueSeries>,
    flags: Vec<TrueFlag>,
    never: Vec<TrueFlag>,
}

#[derive(Deserialize)]
struct TrueReport {
    id: String,
    file: String,
    record: Option<u64>,
    story: String,
}

#[derive(Deserialize)]
struct TrueSeries {
    id: String,
    story: String,
    figures: Vec<TrueFigure>,
}

#[derive(Deserialize)]
struct TrueFigure {
    id: String,
    report: String,
    quote: String,
    words: String,
    origin: Option<String>,
    edges: Vec<TrueEdge>,
}

#[derive(Deserialize)]
struct TrueEdge {
    #[serde(rename = "type")]
    kind: String,
    to: String,
}

#[derive(Deserialize)]
struct TrueFlag {
    kind: String,
    #[serde(default)]
    expect: String,
    why: String,
    evidence: Vec<TruePart>,
}

#[derive(Deserialize)]
struct TruePart {
    report: String,
    words: String,
    figure: Option<String>,
}

/// How flags of one kind in one story came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlagTally {
    /// That have to be there.
    pub wanted: usize,
    /// Of them, that are.
    pub found: usize,
    /// That were given and are right.
    pub right: usize,
    /// That were given and are wrong.
    pub wrong: usize,
    /// That were given, about which the truth says nothing.
    pub open: usize,
}

/// How the flags of a collection came out, by story and kind, with what is wrong.
#[derive(Clone, Debug, Default)]
pub struct FlagScore {
    /// By story and kind.
    pub tallies: BTreeMap<(String, FlagKind), FlagTally>,
    /// Pairs of figures by story: in one series by the truth and here, by the truth only, here only.
    pub pairs: BTreeMap<String, [usize; 3]>,
    /// A line each for what was missed or is wrong.
    pub errors: Vec<String>,
}

/// Reads the collection in `folder` and scores its flags, story by story as its truth has them.
///
/// # Errors
/// If a file cannot be read or the truth does not fit the reports.
pub fn score_collection(reader: &Reader, folder: &Path) -> Result<FlagScore, String> {
    let path = folder.join("truth.json");
    let truth = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let truth: Truth = serde_json::from_str(&truth).map_err(|e| format!("{}: {e}", path.display()))?;
    let readings = read(reader, &folder.join("reports"), &truth)?;
    let mut score = FlagScore::default();
    for story in ["clash", "dam"] {
        Judge::of(&truth, &readings, story)?.judge(&mut score);
    }
    Ok(score)
}

/// The readings by the truth's name of their reports.
fn read(reader: &Reader, folder: &Path, truth: &Truth) -> Result<BTreeMap<String, Reading>, String> {
    let mut found = BTreeMap::new();
    let files: BTreeSet<&str> = truth.reports.iter().map(|report| &*report.file).collect();
    for file in files {
        let path = folder.join(file);
        let open = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        for reading in ascribe::readings(reader, file, BufReader::new(open), &Options::default()) {
            let reading = reading.map_err(|refusal| refusal.to_string())?;
            let named = truth.reports.iter().find(|r| r.file == file && r.record == reading.report.record);
            found.insert(named.ok_or_else(|| format!("{file}: no report of the truth"))?.id.clone(), reading);
        }
    }
    Ok(found)
}

/// A place in a report: bytes of its text.
type Place<'a> = (&'a str, Span);

struct Judge<'a> {
    truth: &'a Truth,
    story: &'a str,
    evidence: StoryEvidence,
    series: Vec<StorySeries>,
    flags: Vec<Flag>,
    readings: &'a BTreeMap<String, Reading>,
    /// Names of the reports in the order of the evidence.
    names: Vec<&'a str>,
    /// The truth's figure for each of the evidence, if it is there.
    figures: Vec<Option<&'a TrueFigure>>,
    /// Of each of the truth's figures the first that gave its number.
    states: BTreeMap<&'a str, &'a str>,
}

impl<'a> Judge<'a> {
    fn of(truth: &'a Truth, readings: &'a BTreeMap<String, Reading>, story: &'a str) -> Result<Self, String> {
        let of_story = truth.reports.iter().filter(|report| report.story == story);
        let named: Vec<(&str, &Reading)> = of_story
            .map(|r| {
                readings.get(&r.id).map(|reading| (&*r.id, reading)).ok_or(format!("{}: not read", r.id))
            })
            .collect::<Result<_, _>>()?;
        let read: Vec<&Reading> = named.iter().map(|(_, reading)| *reading).collect();
        let evidence = StoryEvidence::of(&read, &originals(&read));
        let name = |id: &str| named.iter().find(|(_, r)| r.report.id == id).map_or("", |(name, _)| *name);
        let names: Vec<&str> = evidence.reports.iter().map(|report| name(&report.id)).collect();
        let all: Vec<&TrueFigure> = truth.series.iter().flat_map(|series| &series.figures).collect();
        let mut states = BTreeMap::new();
        for figure in &all {
            let first =
                figure.edges.iter().find(|edge| edge.kind == "repeats").map_or(&*figure.id, |edge| &*edge.to);
            states.insert(&*figure.id, first);
        }
        let figures = evidence
            .figures
            .iter()
            .map(|figure| {
                let report = names[figure.report];
                let reading = &readings[report];
                let found = reading.figures.iter().find(|f| f.id == figure.n)?;
                all.iter().copied().find(|told| {
                    told.report == report
                        && place(readings, report, &told.quote, &told.words)
                            .is_some_and(|(_, span)| found.words.spans.iter().any(|s| meet(*s, span)))
                })
            })
            .collect();
        let origins = Origins::of(&evidence);
        let series = story_series(&evidence, &origins);
        let flags = flags(&evidence, &origins, &series);
        Ok(Self { truth, story, evidence, series, flags, readings, names, figures, states })
    }

    fn judge(&self, score: &mut FlagScore) {
        self.pairs(score);
        let wanted: Vec<&TrueFlag> = self.truth.flags.iter().filter(|flag| self.is_here(flag)).collect();
        let mut is_found = vec![false; wanted.len()];
        for flag in &self.flags {
            let tally = score.tallies.entry((self.story.to_owned(), flag.kind)).or_default();
            let fitting = |told: &&TrueFlag| told.kind == flag.kind.name() && self.fits(flag, told);
            let mut right = false;
            for (found, _) in is_found.iter_mut().zip(&wanted).filter(|(_, told)| fitting(told)) {
                (*found, right) = (true, true);
            }
            match () {
                () if right => tally.right += 1,
                () if self.is_open(flag) => tally.open += 1,
                () => {
                    tally.wrong += 1;
                    score.errors.push(format!(
                        "{} wrong {}: {}{}",
                        self.story,
                        flag.kind.name(),
                        flag.why,
                        self.told(flag)
                    ));
                }
            }
            if self
                .truth
                .never
                .iter()
                .filter(|told| told.kind == flag.kind.name())
                .any(|told| self.fits(flag, told) && self.names_last_of(flag, told))
            {
                score.errors.push(format!("{} never {}: {}", self.story, flag.kind.name(), flag.why));
            }
        }
        for (found, told) in is_found.iter().zip(&wanted).filter(|(_, told)| told.expect == "must") {
            let Some(kind) = FlagKind::ALL.into_iter().find(|kind| kind.name() == told.kind) else {
                continue;
            };
            let tally = score.tallies.entry((self.story.to_owned(), kind)).or_default();
            tally.wanted += 1;
            tally.found += usize::from(*found);
            if !found {
                score.errors.push(format!("{} missed {}: {}", self.story, told.kind, told.why));
            }
        }
    }

    fn told(&self, flag: &Flag) -> String {
        let item = |item: &Item| {
            let name = self.names[item.report(&self.evidence)];
            match item {
                Item::Figure(f) => {
                    self.figures[*f].map_or(format!(" [{name}]"), |told| format!(" [{}]", told.id))
                }
                Item::Statement(s) => format!(" [{name}: {}]", self.evidence.statements[*s].content),
                Item::Report(_) => format!(" [{name}]"),
            }
        };
        flag.rests_on.iter().map(item).collect()
    }

    fn is_here(&self, flag: &TrueFlag) -> bool {
        flag.evidence.iter().any(|part| self.names.contains(&&*part.report))
    }

    /// Of pairs of figures that the truth has: those of one series.
    fn pairs(&self, score: &mut FlagScore) {
        let mut of_truth: BTreeMap<&str, &str> = BTreeMap::new();
        for series in self.truth.series.iter().filter(|series| series.story == self.story) {
            of_truth.extend(series.figures.iter().map(|figure| (&*figure.id, &*series.id)));
        }
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, series) in self.series.iter().enumerate() {
            here.extend(series.rows.iter().filter_map(|row| Some((&*self.figures[row.figure]?.id, n))));
        }
        let ids: Vec<&str> = of_truth.keys().copied().collect();
        let counts = score.pairs.entry(self.story.to_owned()).or_default();
        for (i, a) in ids.iter().enumerate() {
            for b in &ids[i + 1..] {
                let one = of_truth[a] == of_truth[b];
                let found = here.get(a).is_some_and(|n| here.get(b) == Some(n));
                counts[0] += usize::from(one && found);
                counts[1] += usize::from(one && !found);
                counts[2] += usize::from(!one && found);
            }
        }
    }

    /// Whether a flag is one that the truth tells: all that it rests on, or two of more, is there. Of counts
    /// without a source, which are flagged together, one is enough.
    fn fits(&self, flag: &Flag, told: &TrueFlag) -> bool {
        let n = flag
            .rests_on
            .iter()
            .filter(|item| told.evidence.iter().any(|part| self.is(**item, part)))
            .count();
        n >= if flag.kind == FlagKind::Unattributed { 1 } else { flag.rests_on.len().min(2) }
    }

    /// Whether the last of what a flag rests on is itself a figure that the truth names, if it is one.
    fn names_last_of(&self, flag: &Flag, told: &TrueFlag) -> bool {
        let last = flag.rests_on.last();
        let Some(Item::Figure(f)) = last else { return true };
        let id = self.figures[*f].map(|figure| &figure.id);
        told.evidence.iter().any(|part| part.figure.is_none() || part.figure.as_ref() == id)
    }

    fn is(&self, item: Item, part: &TruePart) -> bool {
        let name = self.names[item.report(&self.evidence)];
        let figure = match item {
            Item::Figure(f) => self.figures[f],
            _ => None,
        };
        if let (Some(figure), Some(told)) = (figure, &part.figure) {
            return self.states.get(&*figure.id) == self.states.get(&**told);
        }
        if name != part.report {
            return false;
        }
        let reading = &self.readings[name];
        let spans: Vec<Span> = match item {
            Item::Report(_) => return true,
            Item::Figure(f) => {
                let n = self.evidence.figures[f].n;
                reading.figures.iter().filter(|f| f.id == n).flat_map(|f| f.words.spans.clone()).collect()
            }
            Item::Statement(s) => {
                let n = self.evidence.statements[s].n;
                let statements = reading.statements.iter().filter(|s| s.id == n);
                statements
                    .flat_map(|s| [&s.source, &s.cue, &s.content])
                    .flat_map(|w| w.spans.clone())
                    .collect()
            }
        };
        let (_, at) = place(self.readings, name, &part.words, &part.words).unwrap_or((name, Span::new(0, 0)));
        spans.iter().any(|span| meet(*span, at))
    }

    /// Whether the truth leaves a flag open: one origin of anything else; no source in the sentence of a
    /// figure that has one all the same, or of one that it does not list.
    fn is_open(&self, flag: &Flag) -> bool {
        match (flag.kind, flag.rests_on[0]) {
            (FlagKind::SingleOrigin, _) => true,
            (FlagKind::Unattributed, Item::Figure(f)) => {
                self.figures[f].is_none_or(|told| told.origin.is_some())
            }
            _ => false,
        }
    }
}

fn place<'a>(
    readings: &BTreeMap<String, Reading>,
    report: &'a str,
    quote: &str,
    words: &str,
) -> Option<Place<'a>> {
    let begin = readings.get(report)?.report.text.find(quote)?;
    let begin = begin + quote.find(words)?;
    Some((report, Span::new(begin, begin + words.len())))
}

fn meet(a: Span, b: Span) -> bool {
    a.begin < b.end && b.begin < a.end
}

/// Of each reading the one before it whose text it most likely has.
fn originals(readings: &[&Reading]) -> Vec<Option<usize>> {
    let bodies: Vec<Body> = readings.iter().map(|reading| Body::of(&reading.report.text)).collect();
    // An agency's text comes before that of those who credit it.
    let key = |i: usize| {
        let report = &readings[i].report;
        let own =
            report.outlet.as_deref().is_some_and(|outlet| report.wire.iter().any(|wire| wire == outlet));
        (report.published.clone(), !report.wire.is_empty() && !own, &report.id)
    };
    let before = |i: usize| {
        let likely = (0..readings.len())
            .filter(|&j| key(j) < key(i))
            .map(|j| (bodies[i].shared(&bodies[j]).probability(), j));
        likely.filter(|(p, _)| *p >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0).then(key(b.1).cmp(&key(a.1))))
    };
    (0..readings.len()).map(|i| before(i).map(|(_, j)| j)).collect()
}

/// The score as a table; `errors`: with what is wrong or was missed below.
pub fn flags_table(score: &FlagScore, errors: bool) -> String {
    let mut out = String::new();
    let share =
        |n: usize, of: usize| if of == 0 { "–".to_owned() } else { format!("{:.3}", n as f64 / of as f64) };
    let mut stories: Vec<&String> = score.pairs.keys().collect();
    stories.reverse();
    for story in stories {
        let [both, missed, more] = score.pairs[story];
        let (p, r) = (share(both, both + more), share(both, both + missed));
        let _ = writeln!(out, "{story}: pairs of one series: precision {p}, recall {r}");
        let _ = writeln!(
            out,
            "{:<16}{:>7}{:>7}{:>7}{:>7}{:>7}{:>11}{:>8}",
            "flag", "wanted", "found", "right", "wrong", "open", "precision", "recall"
        );
        for kind in FlagKind::ALL {
            let t = score.tallies.get(&(story.clone(), kind)).copied().unwrap_or_default();
            let (p, r) = (share(t.right, t.right + t.wrong), share(t.found, t.wanted));
            let _ = writeln!(
                out,
                "{:<16}{:>7}{:>7}{:>7}{:>7}{:>7}{p:>11}{r:>8}",
                kind.name(),
                t.wanted,
                t.found,
                t.right,
                t.wrong,
                t.open
            );
        }
        let _ = writeln!(out);
    }
    if errors {
        out.push_str(&score.errors.join("\n"));
        out.push('\n');
    }
    out
}
