//! Whose figure it is: the innermost statement around its words.

use ascribe_record::{Figure, FigureId, Span, Statement, StatementId};

use super::Setting;

/// Sets `statement` of every figure. A statement owns the figures in its content; one that says
/// "according to" owns those of its sentence that nobody else does.
pub(super) fn assign(setting: &Setting<'_>, figures: &mut [Figure]) {
    let contents =
        by_begin(setting.statements.iter().flat_map(|s| s.content.spans.iter().map(move |&span| (span, s))));
    let sentences = by_begin(
        setting
            .statements
            .iter()
            .filter(|s| governs_sentence(s))
            .filter_map(|s| Some((sentence_of(setting, s)?, s))),
    );
    let (mut inside, mut beside) = (Sweep::of(&contents), Sweep::of(&sentences));
    for at in 0..figures.len() {
        let Some(words) = figures[at].words.cover() else { continue };
        let own = inside.innermost(words);
        let around = beside.innermost(words);
        // A part told behind its whole ("…, among them two reporters") is given by the same party.
        let whole = figures[at].part_of.and_then(|FigureId(n)| figures.get(n as usize - 1));
        let of_whole = whole.filter(|w| same_sentence(setting, w, words)).and_then(|w| w.statement);
        figures[at].statement = own.or(around).or(of_whole);
    }
}

fn same_sentence(setting: &Setting<'_>, figure: &Figure, words: Span) -> bool {
    let sentence = |at: usize| setting.sentences.partition_point(|s| s.begin <= at);
    figure.words.cover().is_some_and(|w| sentence(w.begin) == sentence(words.begin))
}

type Held<'s> = (Span, &'s Statement);

fn by_begin<'s>(held: impl Iterator<Item = Held<'s>>) -> Vec<Held<'s>> {
    let mut held: Vec<_> = held.collect();
    held.sort_by_key(|&(span, statement)| (span, statement.id));
    held
}

/// Whether the cue closes over its whole sentence.
fn governs_sentence(statement: &Statement) -> bool {
    let cue = statement.cue.text.to_lowercase();
    ["according to", "citing", "quoting", "per"]
        .iter()
        .any(|begin| cue.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

fn sentence_of(setting: &Setting<'_>, statement: &Statement) -> Option<Span> {
    let cue = statement.cue.cover()?;
    let behind = setting.sentences.partition_point(|s| s.begin <= cue.begin);
    setting.sentences.get(behind.checked_sub(1)?).copied().filter(|s| cue.begin < s.end)
}

/// Walks spans and figures side by side, both in text order.
struct Sweep<'h, 's> {
    rest: std::slice::Iter<'h, Held<'s>>,
    next: Option<&'h Held<'s>>,
    open: Vec<Held<'s>>,
}

impl<'h, 's> Sweep<'h, 's> {
    fn of(held: &'h [Held<'s>]) -> Self {
        let mut rest = held.iter();
        let next = rest.next();
        Self { rest, next, open: Vec::new() }
    }

    /// The statement with the least content around `words`.
    fn innermost(&mut self, words: Span) -> Option<StatementId> {
        while let Some(held) = self.next.filter(|(span, _)| span.begin <= words.begin) {
            self.open.push(*held);
            self.next = self.rest.next();
        }
        self.open.retain(|(span, _)| span.end > words.begin);
        let around = self.open.iter().filter(|(span, _)| span.contains(words));
        around.min_by_key(|(_, s)| (content_len(s), relays(s), std::cmp::Reverse(s.id))).map(|(_, s)| s.id)
    }
}

/// Whether the party only passes on what another says: "the ministry, quoted by the agency".
fn relays(statement: &Statement) -> bool {
    let cue = statement.cue.text.to_lowercase();
    ["quoted", "cited", "carried", "relayed", "published"].iter().any(|begin| cue.starts_with(begin))
}

fn content_len(statement: &Statement) -> usize {
    statement.content.spans.iter().map(|span| span.len()).sum()
}
