//! What every check looks at, made once.

use ascribe_record::{Reading, Span, Statement, StatementId};
use ascribe_text::{Quotation, Word, paragraph_ends, quotations, sentences, words};
use jiff::civil::Date;

pub(crate) struct Draft<'r> {
    pub(crate) reading: &'r Reading,
    pub(crate) text: &'r str,
    pub(crate) words: Vec<Word>,
    pub(crate) sentences: Vec<Span>,
    /// Parted by blank lines or, in texts that have none, by line ends.
    pub(crate) paragraphs: Vec<Span>,
    pub(crate) quotations: Vec<Quotation>,
    /// The day of publication, if it is known to the day.
    pub(crate) published: Option<Date>,
    /// Where the text behind its own headline begins.
    body: usize,
    /// For each sentence whether a source or a cue stands in it.
    says: Vec<bool>,
    /// For each paragraph whether a statement of somebody reaches into it.
    attributed: Vec<bool>,
}

impl<'r> Draft<'r> {
    pub(crate) fn of(reading: &'r Reading) -> Self {
        let text = reading.report.text.as_str();
        let (sentences, paragraphs) = (sentences(text), paragraphs(text));
        let of = |s: &'r Statement| s.source.spans.iter().chain(&s.cue.spans);
        let speakers = reading.statements.iter().flat_map(of);
        let named = reading.statements.iter().filter(|s| names_somebody(s));
        let told = named.flat_map(|s| of(s).chain(&s.content.spans));
        Self {
            reading,
            text,
            words: words(text),
            says: touched(&sentences, speakers),
            attributed: touched(&paragraphs, told),
            sentences,
            paragraphs,
            quotations: quotations(text),
            published: reading.report.published.as_deref().and_then(|date| date.parse().ok()),
            body: body(reading),
        }
    }

    /// The sentence that holds byte `at`; empty where none does.
    pub(crate) fn sentence(&self, at: usize) -> Span {
        holding(&self.sentences, at)
    }

    /// The sentence before `sentence`.
    pub(crate) fn sentence_before(&self, sentence: Span) -> Option<Span> {
        let at = self.sentences.partition_point(|s| s.begin < sentence.begin);
        at.checked_sub(1).map(|i| self.sentences[i])
    }

    /// The paragraph that holds byte `at`.
    pub(crate) fn paragraph(&self, at: usize) -> Span {
        holding(&self.paragraphs, at)
    }

    /// The words that lie wholly in `span`.
    pub(crate) fn words_in(&self, span: Span) -> &[Word] {
        let start = self.words.partition_point(|w| w.span.begin < span.begin);
        let end = self.words.partition_point(|w| w.span.end <= span.end);
        &self.words[start..end.max(start)]
    }

    /// The statement of that id; ids are in the order of the statements.
    pub(crate) fn statement(&self, id: StatementId) -> Option<&'r Statement> {
        let statements = &self.reading.statements;
        statements.binary_search_by_key(&id, |statement| statement.id).ok().map(|at| &statements[at])
    }

    /// Whether somebody is told to say something in the sentence that holds byte `at`.
    pub(crate) fn says(&self, at: usize) -> bool {
        index(&self.sentences, at).is_some_and(|i| self.says[i])
    }

    /// Whether a statement of somebody reaches into the paragraph that holds byte `at`.
    pub(crate) fn is_attributed(&self, at: usize) -> bool {
        index(&self.paragraphs, at).is_some_and(|i| self.attributed[i])
    }

    /// Whether `at` stands in the headline.
    pub(crate) fn in_title(&self, at: usize) -> bool {
        at < self.body
    }

    /// Whether `at` stands between quotation marks.
    pub(crate) fn in_quotation(&self, at: usize) -> bool {
        let before = self.quotations.partition_point(|q| q.span.begin <= at);
        let outer = self.quotations[..before].iter().rev().find(|q| q.depth == 0);
        outer.is_some_and(|q| at < q.span.end)
    }
}

/// Whether the text tells whose the statement is.
pub(crate) fn names_somebody(statement: &Statement) -> bool {
    !statement.source.is_empty() || statement.speaker.name.is_some()
}

/// The index of the one of `spans`, which are in order, that holds byte `at`.
fn index(spans: &[Span], at: usize) -> Option<usize> {
    let before = spans.partition_point(|s| s.begin <= at).checked_sub(1)?;
    (at < spans[before].end).then_some(before)
}

fn holding(spans: &[Span], at: usize) -> Span {
    index(spans, at).map_or(Span::new(at, at), |i| spans[i])
}

/// For each of `spans`, which are in order and do not overlap, whether one of `by` overlaps it.
fn touched<'s>(spans: &[Span], by: impl Iterator<Item = &'s Span>) -> Vec<bool> {
    let mut touched = vec![false; spans.len()];
    for span in by {
        let first = spans.partition_point(|s| s.end <= span.begin);
        let behind = spans.partition_point(|s| s.begin < span.end);
        touched[first..behind.max(first)].fill(true);
    }
    touched
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut begin = 0;
    let ends = paragraph_ends(text);
    let ends = if ends.len() > 1 { ends } else { line_ends(text) };
    let mut all = Vec::with_capacity(ends.len());
    for end in ends {
        all.push(Span::new(begin, end));
        begin = end;
    }
    all
}

fn line_ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at + 1).chain([text.len()]).collect()
}

/// Behind the headline, told by its place or by being the first line of the text.
fn body(reading: &Reading) -> usize {
    let report = &reading.report;
    if let Some(title) = report.evidence.get("title").and_then(|spans| spans.last()) {
        return title.end;
    }
    let first = report.text.find('\n').unwrap_or(report.text.len());
    let plain =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = report.title.as_deref().map(plain).unwrap_or_default();
    let opens = !title.is_empty() && plain(&report.text[..first]) == title;
    if opens { first } else { 0 }
}
