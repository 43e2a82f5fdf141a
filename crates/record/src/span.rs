use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a report's text.
///
/// Both ends lie on character boundaries of the text the span belongs to, and `begin < end` in
/// every span of a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// First byte.
    pub begin: usize,
    /// First byte behind it.
    pub end: usize,
}

impl Span {
    /// The span of bytes `begin..end`.
    pub fn new(begin: usize, end: usize) -> Self {
        Self { begin, end }
    }

    /// The words of the span.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries inside `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.begin..self.end]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.begin
    }

    /// Whether no byte lies in the span.
    pub fn is_empty(self) -> bool {
        self.begin >= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.begin.min(other.begin), self.end.max(other.end))
    }

    /// The span without white space at its ends; empty (at `begin`) if there is nothing else.
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let begin = self.begin + (words.len() - words.trim_start().len());
        Self::new(begin.min(self.end), begin.max(self.begin + words.trim_end().len()).min(self.end))
    }
}

impl From<(usize, usize)> for Span {
    fn from((begin, end): (usize, usize)) -> Self {
        Self { begin, end }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.begin, span.end)
    }
}

/// A part of the text: where it stands and what stands there. May be discontinuous or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The slices joined by one space.
    pub text: String,
    /// Where they stand, in text order; none overlap.
    pub spans: Vec<Span>,
}

impl Words {
    /// The words of `text` at `spans`, which are put in text order.
    pub fn at(text: &str, mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        Self { text: words.join(" "), spans }
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// From the first byte of the first span to the last of the last.
    pub fn cover(&self) -> Option<Span> {
        Some(Span::new(self.spans.first()?.begin, self.spans.last()?.end))
    }
}

/// Field path (such as `speaker.role`) → the words that the field was read from. A field without
/// an entry was inferred.
pub type Evidence = BTreeMap<String, Vec<Span>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trim_keeps_within_the_span() {
        let text = "  ab  ";
        assert_eq!(Span::new(0, 6).trim(text), Span::new(2, 4));
        assert!(Span::new(4, 6).trim(text).is_empty());
        assert!(Span::new(0, 2).trim(text).is_empty());
    }

    #[test]
    fn words_come_in_text_order() {
        let words = Words::at("one two three", vec![Span::new(8, 13), Span::new(0, 3)]);
        assert_eq!(words.text, "one three");
        assert_eq!(words.cover(), Some(Span::new(0, 13)));
    }
}
