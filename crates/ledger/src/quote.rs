use ascribe_record::Span;
use serde::{Deserialize, Serialize};

use crate::hash::Hash;

/// Characters of the text kept before and behind a quote.
const CONTEXT: usize = 32;

/// Words of a text and what stands around them: W3C's
/// [TextQuoteSelector](https://www.w3.org/TR/annotation-model/#text-quote-selector). It finds them
/// again in a text that was cut or decoded otherwise, or says that they are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub exact: String,
    /// Up to 32 characters before them.
    pub prefix: String,
    /// Up to 32 characters behind them.
    pub suffix: String,
}

impl Quote {
    /// The words of `text` at `span`.
    pub(crate) fn at(text: &str, span: Span) -> Self {
        let before = &text[..span.begin];
        let start = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        Self {
            exact: span.of(text).to_owned(),
            prefix: before[start..].to_owned(),
            suffix: text[span.end..].chars().take(CONTEXT).collect(),
        }
    }

    /// Where the words stand in `text`, with the same words around them.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let fits = |at: &usize| {
            text[..*at].ends_with(&self.prefix) && text[at + self.exact.len()..].starts_with(&self.suffix)
        };
        text.match_indices(&self.exact).map(|(at, _)| at).find(fits)
    }

    /// A number for the quote that does not depend on where it stands or what else was read.
    pub(crate) fn key(&self, more: &str) -> u32 {
        let parts = [&self.exact, &self.prefix, &self.suffix, more].map(str::as_bytes);
        Hash::of_parts(&parts).head()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_characters_and_ends_with_the_text() {
        let text = format!("{}x said no{}", "é".repeat(40), "ß".repeat(3));
        let begin = text.find("said").unwrap();
        let quote = Quote::at(&text, Span::new(begin, begin + 4));
        assert_eq!(quote.exact, "said");
        assert_eq!(quote.prefix, format!("{}x ", "é".repeat(30)));
        assert_eq!(quote.suffix, " noßßß");
    }
}
