use std::collections::HashSet;

use ascribe_model::Window;
use ascribe_record::{Report, Span};
use ascribe_text::{CLS, Gap, Pieces, Quotation, SEP, Shape, Vocabulary, Word, quotations, sentences, words};

/// A report's text, cut up once for everything that reads it.
pub(crate) struct Document<'t> {
    pub(crate) text: &'t str,
    pub(crate) words: Vec<Word>,
    pub(crate) pieces: Pieces,
    pub(crate) sentences: Vec<Span>,
    quotations: Vec<Quotation>,
    /// How many words the title has that opens the text: no phrase runs from it into the body.
    pub(crate) n_title: usize,
    /// By sentence, whether the case of its words tells no names: set as a headline or in capitals, or
    /// in a text without any. [`Document::recase`] gives such words the shapes of plain text.
    caseless: Vec<bool>,
    /// Words that stand somewhere in lower case.
    pub(crate) common: HashSet<String>,
}

/// A half-open range of words of a document.
pub(crate) type WordRange = std::ops::Range<usize>;

impl<'t> Document<'t> {
    /// The document of a report without its dateline and byline, which are no part of what the
    /// report says.
    pub(crate) fn of(report: &'t Report, vocabulary: &Vocabulary) -> Self {
        let text = report.text.as_str();
        let marked = |key: &str| report.evidence.get(key).map_or(&[][..], |spans| spans);
        let mut aside = report.dateline.as_ref().map_or(Vec::new(), |d| d.spans.clone());
        aside.extend(marked("byline"));
        aside.sort_unstable();
        let mut words = words(text);
        words.retain(|w| !aside.iter().any(|a| a.overlaps(w.span)));
        if let Some(first) = words.first_mut() {
            first.gap = Gap::Paragraph;
        }
        let title_end = marked("title").last().map_or(0, |title| title.end);
        let pieces = Pieces::of(&words, vocabulary);
        let sentences = sentences(text).into_iter().filter_map(|s| remainder(text, s, &aside)).collect();
        let n_title = words.partition_point(|w| w.span.begin < title_end);
        let lower = words.iter().filter(|w| w.shape == Shape::Lower);
        let common = lower.map(|w| w.lower.clone()).collect();
        let mut document = Self {
            text,
            pieces,
            words,
            sentences,
            quotations: quotations(text),
            n_title,
            caseless: Vec::new(),
            common,
        };
        let cased = |w: &Word| !matches!(w.shape, Shape::Lower | Shape::Digit | Shape::Mark);
        let is_lower = !document.words.iter().any(cased);
        let caseless = |s: &Span| is_lower || is_headline(&document.words[document.words_in(*s)]);
        document.caseless = document.sentences.iter().map(caseless).collect();
        document
    }

    /// Where case tells nothing, lets the words of `names` have capitals and no others: "MAYOR ADA LIND
    /// SAID" is read as "mayor Ada Lind said".
    pub(crate) fn recase<'n>(&mut self, names: impl Iterator<Item = &'n WordRange>) {
        for sentence in (0..self.sentences.len()).filter(|&s| self.caseless[s]) {
            let words = self.words_in(self.sentences[sentence]);
            for word in &mut self.words[words] {
                if matches!(word.shape, Shape::Title | Shape::Upper) {
                    word.shape = Shape::Lower;
                }
            }
        }
        for name in names.filter(|n| !n.is_empty()) {
            if self.is_caseless(name.start) {
                for word in self.words[name.clone()].iter_mut().filter(|w| w.shape == Shape::Lower) {
                    word.shape = Shape::Title;
                }
            }
        }
    }

    /// The span from the first to the last of `words`, which are not empty.
    pub(crate) fn span(&self, words: &WordRange) -> Span {
        self.words[words.start].span.cover(self.words[words.end - 1].span)
    }

    /// The words that share a byte with `span`.
    pub(crate) fn words_in(&self, span: Span) -> WordRange {
        let start = self.words.partition_point(|w| w.span.end <= span.begin);
        start..self.words.partition_point(|w| w.span.begin < span.end).max(start)
    }

    /// All quotations, in order of their opening marks.
    pub(crate) fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The quotations that share a byte with `span`, the last 64 that open before its end: more open
    /// in no phrase that is read.
    pub(crate) fn quotations_over(&self, span: Span) -> impl Iterator<Item = &Quotation> {
        let end = self.quotations.partition_point(|q| q.span.begin < span.end);
        self.quotations[end.saturating_sub(64)..end].iter().filter(move |q| q.span.end > span.begin)
    }

    /// The index of the sentence that holds byte `at`, or of the last one before it.
    pub(crate) fn sentence_at(&self, at: usize) -> Option<usize> {
        self.sentences.partition_point(|s| s.begin <= at).checked_sub(1)
    }

    /// Whether the case of the words of the sentence that word `at` stands in tells no names.
    pub(crate) fn is_caseless(&self, at: usize) -> bool {
        self.sentence_at(self.words[at].span.begin).is_some_and(|s| self.caseless[s])
    }

    /// The input of the encoder for `view`.
    pub(crate) fn window(&self, view: &View) -> Window {
        let mut window = Window::default();
        let mut push = |id: u32, shape: u8, gap: u8| {
            window.pieces.push(id);
            window.shapes.push(shape);
            window.gaps.push(gap);
        };
        push(CLS, 0, 0);
        let first = &self.pieces.first;
        for w in view.words.clone() {
            let word = &self.words[w];
            for i in first[w]..first[w + 1] {
                push(self.pieces.ids[i], word.shape as u8, if i == first[w] { word.gap as u8 } else { 0 });
            }
        }
        push(SEP, 0, 0);
        let begin = first[view.words.start];
        window.first = view.words.clone().map(|w| first[w] - begin + 1).collect();
        window
    }
}

/// Whether a sentence is set as headlines are, nearly all its longer words with capitals, or all in
/// capitals.
fn is_headline(sentence: &[Word]) -> bool {
    let longer = |n: usize| sentence.iter().filter(move |w| !w.is_mark() && w.lower.len() > n);
    let capitals = longer(3).filter(|w| w.shape != Shape::Lower).count();
    let n_long = longer(3).count();
    let all_upper = longer(1).count() >= 3 && longer(1).all(|w| w.shape == Shape::Upper);
    n_long >= 4 && capitals * 5 >= n_long * 4 || all_upper
}

/// What is left of a sentence behind the spans it begins with or holds.
fn remainder(text: &str, sentence: Span, aside: &[Span]) -> Option<Span> {
    let held = aside.iter().filter(|a| a.overlaps(sentence)).map(|a| a.end).max();
    let rest = Span::new(held.unwrap_or(sentence.begin).min(sentence.end), sentence.end).trim(text);
    (!rest.is_empty()).then_some(rest)
}

/// What one window shows and what is decided in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    /// The words in the window.
    pub(crate) words: WordRange,
    /// The words that are decided here; the others lend context.
    pub(crate) judged: WordRange,
}

/// Windows of at most `longest` pieces (the opening and closing one included) that overlap, so that
/// every word is judged once and with `context` pieces on each side, where the text has them.
///
/// `training/batches.py` cuts by the same rule. No word has more than 100 pieces, so that a window
/// always has room for a word and its context.
pub(crate) fn views(pieces: &Pieces, longest: usize, context: usize) -> Vec<View> {
    let (first, room) = (&pieces.first, longest - 2);
    let n_words = first.len() - 1;
    // The last word that begins at or before a piece.
    let word_at = |piece: usize| first.partition_point(|&f| f <= piece) - 1;
    let (mut views, mut judged) = (Vec::new(), 0);
    while judged < n_words {
        let begin = first.partition_point(|&f| f + context < first[judged]);
        let end = word_at(first[begin] + room).clamp(judged + 1, n_words);
        let until = if end == n_words {
            n_words
        } else {
            word_at(first[end].saturating_sub(context)).clamp(judged + 1, end)
        };
        views.push(View { words: begin..end, judged: judged..until });
        judged = until;
    }
    views
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(lengths: &[usize]) -> Pieces {
        let mut first = vec![0];
        for n in lengths {
            first.push(first[first.len() - 1] + n);
        }
        Pieces { ids: vec![0; first[first.len() - 1]], first }
    }

    #[test]
    fn every_word_is_judged_once() {
        for n in [0, 1, 5, 28, 29, 30, 100, 1000] {
            let lengths: Vec<usize> = (0..n).map(|i| 1 + i % 3).collect();
            let pieces = pieces(&lengths);
            let views = views(&pieces, 30, 6);
            let mut next = 0;
            for v in &views {
                assert_eq!(v.judged.start, next);
                assert!(v.words.start <= v.judged.start && v.judged.end <= v.words.end);
                assert!(pieces.first[v.words.end] - pieces.first[v.words.start] <= 28);
                assert!(
                    v.judged.start == 0 || pieces.first[v.judged.start] - pieces.first[v.words.start] >= 4
                );
                next = v.judged.end;
            }
            assert_eq!(next, n);
        }
    }
}
