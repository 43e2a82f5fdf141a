//! Counting rules: tables of one kind or another computed from the same evidence, which they leave as it
//! is. Each table carries the text of its rule and its version. A cell that the evidence does not fill is
//! empty.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_record::{Bound, Measure};

use crate::day::{day_name, day_number};
use crate::evidence::{StoryEvidence, is_among};
use crate::origin::{OriginKind, Origins};
use crate::state::StorySeries;

/// A way to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Every figure as it is worded.
    Verbatim,
    /// Low, best and high deaths, in the columns of UCDP GED.
    Ucdp,
    /// The most conservative number of deaths, in the columns of ACLED.
    Acled,
    /// The least and the most civilian deaths, as Iraq Body Count gives them.
    Ibc,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 4] = [Self::Verbatim, Self::Ucdp, Self::Acled, Self::Ibc];

    /// As it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Ucdp => "ucdp",
            Self::Acled => "acled",
            Self::Ibc => "ibc",
        }
    }

    /// The version of the rule as it is computed here: another number, another table.
    pub fn version(self) -> &'static str {
        "1"
    }

    /// What it does, in our words, and after whose method.
    pub fn text(self) -> &'static str {
        match self {
            Self::Verbatim => "Every figure as it is worded, with its bounds; nothing is chosen or added up.",
            Self::Ucdp => {
                "One line for each count of people killed that is no part of another. Of each party the number \
                 for the latest day counts, unless another gave it first and has replaced it since. best: the \
                 number for the latest day of all, of two for one day the lower; low and high: the least and the \
                 greatest. A vague word gives no number. After the UCDP Georeferenced Event Dataset Codebook."
            }
            Self::Acled => {
                "One line for each count of people killed that is no part of another. Of each party the number \
                 for the latest day counts, unless another gave it first and has replaced it since; fatalities \
                 is the least of them. Tens are 10, dozens 12, hundreds 100; another vague word gives no number. \
                 After the ACLED Codebook."
            }
            Self::Ibc => {
                "One line for each count of people killed that is not told to be of soldiers, police or \
                 fighters and is no part of another. Of each party the number for the latest day counts, unless \
                 another gave it first and has replaced it since; min and max are the least and the greatest. A \
                 vague word gives no number. After the Methodology of Iraq Body Count."
            }
        }
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Verbatim => &[
                "figure",
                "report",
                "published",
                "outlet",
                "origin",
                "words",
                "lower",
                "upper",
                "bound",
                "measure",
                "counted",
                "attributes",
                "scope",
                "occurred",
                "since",
                "as_of",
                "place",
                "series",
            ],
            Self::Ucdp => &[
                "date_start",
                "date_end",
                "date_prec",
                "side_a",
                "side_b",
                "number_of_sources",
                "source_article",
                "source_original",
                "where_description",
                "deaths_civilians",
                "low",
                "best",
                "high",
                "series",
            ],
            Self::Acled => &[
                "event_date",
                "time_precision",
                "event_type",
                "actor1",
                "actor2",
                "location",
                "notes",
                "source",
                "fatalities",
                "series",
            ],
            Self::Ibc => &["start_date", "end_date", "location", "min", "max", "sources", "series"],
        }
    }
}

/// A table that a rule makes of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleTable {
    /// The rule.
    pub rule: Rule,
    /// Names of the columns, those that the dataset publishes; `series` is ours: the id of the first figure.
    pub columns: Vec<&'static str>,
    /// A cell for each column; empty where the evidence does not say.
    pub rows: Vec<Vec<String>>,
}

/// The table of a story by a rule.
pub fn rule_table(rule: Rule, story: &StoryEvidence, origins: &Origins, series: &[StorySeries]) -> RuleTable {
    let rows = match rule {
        Rule::Verbatim => series.iter().flat_map(|series| verbatim(story, origins, series)).collect(),
        _ => {
            let counts: Vec<Count<'_>> =
                series.iter().filter_map(|one| Count::of(rule, story, origins, one)).collect();
            counts.iter().filter(|count| !count.part).map(|count| count.row(rule, &counts)).collect()
        }
    };
    RuleTable { rule, columns: rule.columns().to_vec(), rows }
}

fn verbatim(story: &StoryEvidence, origins: &Origins, series: &StorySeries) -> Vec<Vec<String>> {
    let root = series.rows.first().map_or("", |row| &story.figures[row.figure].id);
    let cells = |f: usize| {
        let (figure, report) = (&story.figures[f], &story.reports[story.figures[f].report]);
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            figure.id.clone(),
            report.id.clone(),
            given(&report.published),
            given(&report.outlet),
            origins.of_figure(f).name.clone(),
            figure.words.clone(),
            number(figure.count.lower),
            number(figure.count.upper),
            figure.count.bound.name().to_owned(),
            figure.count.measure.name().to_owned(),
            figure.counted.clone(),
            figure.attributes.join("; "),
            figure.scope.name().to_owned(),
            given(&figure.occurred),
            given(&figure.since),
            given(&figure.as_of),
            given(&figure.place),
            root.to_owned(),
        ]
    };
    series.rows.iter().map(|row| cells(row.figure)).collect()
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A count of the dead with the latest number of each of its origins.
struct Count<'a> {
    story: &'a StoryEvidence,
    origins: &'a Origins,
    series: &'a StorySeries,
    /// Figures that count, one an origin: of the latest day.
    latest: Vec<usize>,
    /// Whether all that it counts are civilians.
    civilians: bool,
    part: bool,
}

impl<'a> Count<'a> {
    fn of(
        rule: Rule,
        story: &'a StoryEvidence,
        origins: &'a Origins,
        series: &'a StorySeries,
    ) -> Option<Self> {
        let figures: Vec<usize> = series.rows.iter().map(|row| row.figure).collect();
        let dead = figures.iter().all(|&f| {
            matches!(story.figures[f].count.measure, Measure::Killed) && !story.figures[f].implicit
        });
        let told = |f: usize, classes: &str| {
            let figure = &story.figures[f];
            let words = figure.attributes.iter().chain([&figure.counted]);
            words.flat_map(|words| words.split_whitespace()).any(|word| is_among(word, classes))
        };
        let fighters =
            figures.iter().any(|&f| told(f, "soldiers troops police policemen fighters militants officers"));
        if figures.is_empty() || !dead || (rule == Rule::Ibc && fighters) {
            return None;
        }
        let mut by_origin: BTreeMap<usize, usize> = BTreeMap::new();
        for &f in figures.iter().filter(|&&f| value(rule, story, f).is_some()) {
            let latest = by_origin.entry(origins.figures[f]).or_insert(f);
            if story.holds(f) > story.holds(*latest) {
                *latest = f;
            }
        }
        // A number that its first source has replaced since is not another count, whoever repeats it.
        let is_replaced = |&(o, f): &(usize, usize)| {
            figures.iter().any(|&g| {
                let latest = by_origin.get(&origins.figures[g]);
                let gave =
                    origins.figures[g] != o && story.figures[g].count.agrees_with(&story.figures[f].count);
                gave && latest.is_some_and(|&l| {
                    story.holds(l) > story.holds(f)
                        && !story.figures[l].count.agrees_with(&story.figures[f].count)
                })
            })
        };
        let counted: BTreeMap<usize, usize> =
            by_origin.iter().map(|(o, f)| (*o, *f)).filter(|pair| !is_replaced(pair)).collect();
        // What nobody is named for counts where no party gives a number.
        let is_party = |o: &usize| origins.origins[*o].kind == OriginKind::Party;
        let any_party = counted.keys().any(is_party);
        let latest = counted.into_iter().filter(|(o, _)| !any_party || is_party(o)).map(|(_, f)| f).collect();
        let n_parts = figures.iter().filter(|&&f| story.figures[f].part_of.is_some()).count();
        let part = 2 * n_parts > figures.len();
        let civilians = figures.iter().all(|&f| told(f, "civilian civilians"));
        Some(Self { story, origins, series, latest, civilians, part })
    }

    fn id(&self) -> &str {
        &self.story.figures[self.series.rows[0].figure].id
    }

    fn row(&self, rule: Rule, all: &[Self]) -> Vec<String> {
        let values: Vec<(f64, f64)> =
            self.latest.iter().filter_map(|&f| value(rule, self.story, f)).collect();
        let low = values.iter().map(|(low, _)| *low).reduce(f64::min);
        let high = values.iter().map(|(_, high)| *high).reduce(f64::max);
        let (start, end, precision) = self.days();
        let place = self.first(|f| self.story.figures[f].place.clone());
        let id = self.id().to_owned();
        match rule {
            Rule::Ucdp => {
                let last = self.latest.iter().map(|&f| self.story.holds(f)).max().flatten();
                let best = self.latest.iter().filter(|&&f| self.story.holds(f) == last);
                let best =
                    best.filter_map(|&f| value(rule, self.story, f)).map(|(low, _)| low).reduce(f64::min);
                let part = all.iter().find(|other| other.part && other.civilians && self.is_whole_of(other));
                let civilians =
                    part.map(|part| part.latest.iter().filter_map(|&f| value(rule, self.story, f)));
                let civilians = civilians.and_then(|values| values.map(|(low, _)| low).reduce(f64::max));
                let civilians = if self.civilians { best } else { civilians };
                let none = String::new();
                vec![
                    start,
                    end,
                    precision,
                    none.clone(),
                    none,
                    self.sources().len().to_string(),
                    self.articles().join("; "),
                    self.sources().join("; "),
                    place,
                    number(civilians),
                    number(low),
                    number(best),
                    number(high),
                    id,
                ]
            }
            Rule::Acled => vec![
                start,
                precision,
                String::new(),
                String::new(),
                String::new(),
                place,
                self.notes(),
                self.outlets().join("; "),
                number(low),
                id,
            ],
            Rule::Ibc => vec![start, end, place, number(low), number(high), self.outlets().join("; "), id],
            Rule::Verbatim => Vec::new(),
        }
    }

    fn is_whole_of(&self, part: &Self) -> bool {
        let here = |f: usize| self.series.rows.iter().any(|row| row.figure == f);
        part.series.rows.iter().filter_map(|row| self.story.figures[row.figure].part_of).any(here)
    }

    /// The first and the last day of what is counted, and how exactly they are known: 1 for days that are
    /// told. Empty where no day is.
    fn days(&self) -> (String, String, String) {
        let told = |date: &Option<String>| date.as_deref().and_then(day_number);
        let figures = || self.series.rows.iter().map(|row| &self.story.figures[row.figure]);
        let since = figures().filter_map(|figure| told(&figure.since)).min();
        let occurred = figures().filter_map(|figure| told(&figure.occurred)).min();
        let (start, end) = match since {
            Some(since) => (Some(since), self.latest.iter().filter_map(|&f| self.story.holds(f)).max()),
            None => (occurred, occurred),
        };
        let name = |day: Option<i32>| day.map(day_name).unwrap_or_default();
        (name(start), name(end), if start.is_some() { "1".to_owned() } else { String::new() })
    }

    fn first(&self, of: impl Fn(usize) -> Option<String>) -> String {
        self.series.rows.iter().find_map(|row| of(row.figure)).unwrap_or_default()
    }

    fn sources(&self) -> Vec<String> {
        let all: BTreeSet<&str> =
            self.series.rows.iter().map(|row| &*self.origins.of_figure(row.figure).name).collect();
        all.into_iter().map(str::to_owned).collect()
    }

    fn outlets(&self) -> Vec<String> {
        let reports =
            self.series.rows.iter().map(|row| &self.story.reports[self.story.figures[row.figure].report]);
        let all: BTreeSet<&str> = reports.filter_map(|report| report.outlet.as_deref()).collect();
        all.into_iter().map(str::to_owned).collect()
    }

    /// "Outlet, 2026-03-09, “Headline”", each report once.
    fn articles(&self) -> Vec<String> {
        let places: BTreeSet<usize> =
            self.series.rows.iter().map(|row| self.story.figures[row.figure].report).collect();
        let told = |report: usize| {
            let report = &self.story.reports[report];
            let title = report.title.as_ref().map(|title| format!("“{title}”"));
            let parts = [report.outlet.clone(), report.published.clone(), title];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        };
        places.into_iter().map(told).collect()
    }

    fn notes(&self) -> String {
        let told = |&f: &usize| {
            let day = self.story.holds(f).map(|day| format!(" ({})", day_name(day))).unwrap_or_default();
            format!("{}: {}{day}", self.origins.of_figure(f).name, self.story.figures[f].words)
        };
        self.latest.iter().map(told).collect::<Vec<_>>().join("; ")
    }
}

/// The least and the greatest number that a figure stands for by a rule.
fn value(rule: Rule, story: &StoryEvidence, f: usize) -> Option<(f64, f64)> {
    let (count, words) = (&story.figures[f].count, story.figures[f].words.to_lowercase());
    match (count.lower, count.upper) {
        (Some(low), Some(high)) => Some((low, high)),
        // "More than 30" is told of somebody who counted about 30: no more is made of it.
        (Some(low), None) => Some((low, low)),
        (None, Some(high)) => Some((if rule == Rule::Acled { high } else { 0.0 }, high)),
        (None, None) if rule == Rule::Acled && count.bound == Bound::Vague => {
            let names = [("hundreds", 100.0), ("dozens", 12.0), ("tens", 10.0)];
            let plain = !["thousand", "million"].iter().any(|word| words.contains(word));
            let has = |name: &str| words.split_whitespace().any(|word| word == name);
            names.iter().find(|(name, _)| plain && has(name)).map(|(_, number)| (*number, *number))
        }
        (None, None) => None,
    }
}
