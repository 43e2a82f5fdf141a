//! A corpus → what was missed, made up or given to the wrong source, with its words, for a
//! developer to read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ascribe_record::CodePoints;

use crate::judge::{Covered, Judged, SAME, jaccard, n_shared};
use crate::{Attribution, Corpus, Points, Role};

/// Which errors to list.
#[derive(Clone, Debug, Default)]
pub struct ErrorOptions {
    /// List no more than this many; they are counted all the same.
    pub most: Option<usize>,
    /// List only kinds whose name begins so: `missed`, `source/`.
    pub kind: Option<String>,
}

/// What is wrong with a gold attribution or a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    MissedCue,
    MissedNoContent,
    MissedElsewhere,
    MissedShort,
    MissedLong,
    MissedTaken,
    SourceMissing,
    SourceInvented,
    SourceElsewhere,
    SourceBounds,
    SpuriousCue,
    SpuriousContent,
    SpuriousTaken,
}

impl Kind {
    const ALL: [Self; 13] = [
        Self::MissedCue,
        Self::MissedNoContent,
        Self::MissedElsewhere,
        Self::MissedShort,
        Self::MissedLong,
        Self::MissedTaken,
        Self::SourceMissing,
        Self::SourceInvented,
        Self::SourceElsewhere,
        Self::SourceBounds,
        Self::SpuriousCue,
        Self::SpuriousContent,
        Self::SpuriousTaken,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::MissedCue => "missed/cue",
            Self::MissedNoContent => "missed/no-content",
            Self::MissedElsewhere => "missed/elsewhere",
            Self::MissedShort => "missed/short",
            Self::MissedLong => "missed/long",
            Self::MissedTaken => "missed/taken",
            Self::SourceMissing => "source/missing",
            Self::SourceInvented => "source/invented",
            Self::SourceElsewhere => "source/elsewhere",
            Self::SourceBounds => "source/bounds",
            Self::SpuriousCue => "spurious/cue",
            Self::SpuriousContent => "spurious/content",
            Self::SpuriousTaken => "spurious/taken",
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::MissedCue => "no predicted cue shares a word with gold's",
            Self::MissedNoContent => "cue found, but no content given",
            Self::MissedElsewhere => "cue found, content shares no word with gold's",
            Self::MissedShort => "cue found, content lacks more than it has too much",
            Self::MissedLong => "cue found, content has too much",
            Self::MissedTaken => "content found, but matched to another gold attribution",
            Self::SourceMissing => "content right, gold has a source, none predicted",
            Self::SourceInvented => "content right, gold has no source, one predicted",
            Self::SourceElsewhere => "content right, source shares no word with gold's",
            Self::SourceBounds => "content right, source shares too few words with gold's",
            Self::SpuriousCue => "predicted cue shares no word with a gold cue",
            Self::SpuriousContent => "cue right, content is not gold's",
            Self::SpuriousTaken => "content right, but matched to another prediction",
        }
    }
}

/// One error: its kind and the numbers of the attributions to show.
struct Fault {
    kind: Kind,
    gold: Option<usize>,
    pred: Option<usize>,
}

/// The names of all kinds of error.
pub fn error_kinds() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::name)
}

/// The errors, article by article, then how many there are of each kind and at which cues.
pub fn list_errors(corpus: &Corpus, options: &ErrorOptions) -> String {
    let judged: Vec<Judged<'_>> = corpus.articles.iter().map(Judged::of).collect();
    let faults: Vec<Vec<Fault>> = judged.iter().map(find_faults).collect();
    let mut out = "Parts are marked {source} <cue> [content]; ¶ is a line break.\n".to_owned();
    let mut left = options.most.unwrap_or(usize::MAX);
    for (j, faults) in judged.iter().zip(&faults) {
        let listed = listed(faults, options.kind.as_deref().unwrap_or_default());
        for (i, fault) in listed.iter().take(left).enumerate() {
            if i == 0 {
                let (gold, pred, matched) = (j.gold.len(), j.pred.len(), j.pairs.len());
                let id = &j.article.id;
                let _ = writeln!(out, "\n=== {id}  gold {gold}, predicted {pred}, matched {matched}");
            }
            write_fault(&mut out, j, fault);
        }
        left = left.saturating_sub(listed.len());
    }
    let all: Vec<_> = judged.iter().zip(&faults).flat_map(|(j, f)| f.iter().map(move |f| (j, f))).collect();
    write_totals(&mut out, &judged, &all);
    out
}

/// The faults whose kind begins with `kind`. A pair of gold and prediction is listed only once,
/// though it may be missed content and spurious content at the same time.
fn listed<'f>(faults: &'f [Fault], kind: &str) -> Vec<&'f Fault> {
    let mut pairs = BTreeSet::new();
    let wanted = faults.iter().filter(|f| f.kind.name().starts_with(kind));
    wanted.filter(|f| f.gold.is_none() || f.pred.is_none() || pairs.insert((f.gold, f.pred))).collect()
}

/// The errors of one article: of gold in order, then of predictions that match nothing.
fn find_faults(j: &Judged<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (g, matched) in j.by_gold().into_iter().enumerate() {
        match matched {
            Some(p) if j.source_right((g, p)) => {}
            Some(p) => faults.push(Fault { kind: wrong_source(j, g, p), gold: Some(g), pred: Some(p) }),
            None if j.gold[g].content().is_empty() => {}
            None => faults.push(missed(j, g)),
        }
    }
    for (p, matched) in j.by_pred().into_iter().enumerate() {
        if matched.is_none() && !j.pred[p].content().is_empty() {
            faults.push(spurious(j, p));
        }
    }
    faults
}

fn wrong_source(j: &Judged<'_>, gold: usize, pred: usize) -> Kind {
    let (g, p) = (j.gold[gold].source(), j.pred[pred].source());
    match (g.is_empty(), p.is_empty()) {
        (_, true) => Kind::SourceMissing,
        (true, _) => Kind::SourceInvented,
        _ if n_shared(g, p) == 0 => Kind::SourceElsewhere,
        _ => Kind::SourceBounds,
    }
}

fn missed(j: &Judged<'_>, gold: usize) -> Fault {
    let g = &j.gold[gold];
    let fault = |kind, pred| Fault { kind, gold: Some(gold), pred };
    if let Some(p) = nearest(g, &j.pred, Role::Content).filter(|&p| alike(g, &j.pred[p])) {
        return fault(Kind::MissedTaken, Some(p));
    }
    let Some(p) = nearest(g, &j.pred, Role::Cue) else {
        return fault(Kind::MissedCue, nearest(g, &j.pred, Role::Content));
    };
    let (wanted, given) = (g.content(), j.pred[p].content());
    let shared = n_shared(wanted, given);
    let kind = match () {
        () if given.is_empty() => Kind::MissedNoContent,
        () if shared == 0 => Kind::MissedElsewhere,
        () if wanted.len() >= given.len() => Kind::MissedShort,
        () => Kind::MissedLong,
    };
    fault(kind, Some(p))
}

fn spurious(j: &Judged<'_>, pred: usize) -> Fault {
    let p = &j.pred[pred];
    let fault = |kind, gold| Fault { kind, gold, pred: Some(pred) };
    if let Some(g) = nearest(p, &j.gold, Role::Content).filter(|&g| alike(p, &j.gold[g])) {
        return fault(Kind::SpuriousTaken, Some(g));
    }
    match nearest(p, &j.gold, Role::Cue) {
        Some(g) => fault(Kind::SpuriousContent, Some(g)),
        None => fault(Kind::SpuriousCue, nearest(p, &j.gold, Role::Content)),
    }
}

fn alike(a: &Covered, b: &Covered) -> bool {
    jaccard(a.content(), b.content()) >= SAME
}

/// The one of `others` whose `role` is most like that of `one`, if any shares a word; among
/// equals the one with the likelier content, then the first.
fn nearest(one: &Covered, others: &[Covered], role: Role) -> Option<usize> {
    let likeness = |i: usize| {
        (jaccard(one.part(role), others[i].part(role)), jaccard(one.content(), others[i].content()))
    };
    (0..others.len()).filter(|&i| likeness(i).0 > 0.0).min_by(|&a, &b| {
        let (a, b) = (likeness(a), likeness(b));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
    })
}

fn write_fault(out: &mut String, j: &Judged<'_>, fault: &Fault) {
    let _ = writeln!(out, "\n{}", fault.kind.name());
    if let Some(g) = fault.gold {
        let _ = writeln!(out, "  gold  {}", marked(&j.article.text, &j.article.gold[g]));
    }
    if let Some(p) = fault.pred {
        let pred = &j.article.pred[p];
        let confidence = pred.confidence.map(|c| format!("   ({c:.3})")).unwrap_or_default();
        let _ = writeln!(out, "  pred  {}{confidence}", marked(&j.article.text, pred));
    }
}

/// How many characters are shown on either side of a mark; what lies further from all is left out.
const CONTEXT: usize = 48;

/// The words of an attribution, its parts marked, with a bit of what stands around it.
fn marked(text: &str, attribution: &Attribution) -> String {
    let mut marks: BTreeMap<usize, String> = BTreeMap::new();
    let signs = [(Role::Source, '{', '}'), (Role::Cue, '<', '>'), (Role::Content, '[', ']')];
    for &(role, _, close) in &signs {
        attribution.part(role).iter().for_each(|&(_, end)| marks.entry(end).or_default().push(close));
    }
    for &(role, open, _) in &signs {
        attribution.part(role).iter().for_each(|&(begin, _)| marks.entry(begin).or_default().push(open));
    }
    let points = CodePoints::of(text);
    let n_points = text.chars().count();
    let mut out = String::new();
    for (begin, end) in windows(marks.keys().copied(), n_points) {
        out.push_str(if begin > 0 { "…" } else { "" });
        let from = points.to_byte(begin).unwrap_or(text.len());
        // One step past the end, for a mark that closes there.
        let chars = text[from..].chars().map(Some).chain([None]);
        for (at, c) in (begin..=end).zip(chars) {
            out.push_str(marks.get(&at).map_or("", String::as_str));
            if let Some(c) = c.filter(|_| at < end) {
                out.push(if c == '\n' { '¶' } else { c });
            }
        }
        out.push_str(if end < n_points { "…" } else { "" });
    }
    out.replace("……", " … ")
}

/// The stretches within [`CONTEXT`] of a mark, joined where they meet.
fn windows(marks: impl Iterator<Item = usize>, n_points: usize) -> Vec<Points> {
    let mut windows: Vec<Points> = Vec::new();
    for at in marks {
        let (begin, end) = (at.saturating_sub(CONTEXT), (at + CONTEXT).min(n_points));
        match windows.last_mut() {
            Some(last) if begin <= last.1 => last.1 = end,
            _ => windows.push((begin, end)),
        }
    }
    windows
}

fn write_totals(out: &mut String, judged: &[Judged<'_>], all: &[(&Judged<'_>, &Fault)]) {
    let sum = |n: fn(&Judged<'_>) -> usize| judged.iter().map(n).sum::<usize>();
    let _ = writeln!(
        out,
        "\n=== {} articles: gold {}, predicted {}, matched {}, of these with the right source {}\n",
        judged.len(),
        sum(|j| j.gold.iter().filter(|a| !a.content().is_empty()).count()),
        sum(|j| j.pred.iter().filter(|a| !a.content().is_empty()).count()),
        sum(|j| j.pairs.len()),
        sum(|j| j.pairs.iter().filter(|&&pair| j.source_right(pair)).count()),
    );
    for kind in Kind::ALL {
        let n = all.iter().filter(|(_, f)| f.kind == kind).count();
        let _ = writeln!(out, "{n:>6}  {:<18} {}", kind.name(), kind.meaning());
    }
    let of_kind = |start| all.iter().filter(move |(_, f)| f.kind.name().starts_with(start));
    let missed = of_kind("missed").filter_map(|(j, f)| Some((*j, &j.article.gold[f.gold?])));
    let _ = writeln!(out, "\nCues most often missed: {}", frequent_cues(missed));
    let spurious = of_kind("spurious").filter_map(|(j, f)| Some((*j, &j.article.pred[f.pred?])));
    let _ = writeln!(out, "Cues most often spurious: {}", frequent_cues(spurious));
}

const N_FREQUENT: usize = 20;

/// The most frequent cues, in lower case, with their counts.
fn frequent_cues<'j>(faults: impl Iterator<Item = (&'j Judged<'j>, &'j Attribution)>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (j, attribution) in faults {
        *counts.entry(words_of(&j.article.text, &attribution.cue)).or_default() += 1;
    }
    let mut by_count: Vec<(String, usize)> = counts.into_iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let named = by_count.iter().take(N_FREQUENT).map(|(cue, n)| format!("{cue} {n}"));
    named.collect::<Vec<_>>().join(", ")
}

fn words_of(text: &str, spans: &[Points]) -> String {
    if spans.is_empty() {
        return "(none)".to_owned();
    }
    let slice = |&(begin, end): &Points| text.chars().skip(begin).take(end - begin).collect::<String>();
    let joined = spans.iter().map(slice).collect::<Vec<_>>().join(" ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
