//! `&str` → tokens as Python's `re` finds them with `\w+|[^\w\s]`.

use unicode_normalization::char::is_combining_mark;

use crate::Points;

/// Whether Python's `\w` matches `c`: a letter, a number or the underscore.
///
/// Python asks for the general categories L and N. Rust's `is_alphanumeric` is wider: it takes
/// Unicode's property Alphabetic, which adds some combining marks (Mn, Mc) and the circled and
/// squared Latin letters (So). The two were compared over all code points (a test does it again):
/// taking these two classes away leaves only code points that the older Unicode table of one side
/// does not know.
pub fn is_word(c: char) -> bool {
    c == '_' || (c.is_alphanumeric() && !is_combining_mark(c) && !is_enclosed_letter(c))
}

/// The letters that Unicode files under So, "symbol, other": Ⓐ–ⓩ, 🄰–🅉, 🅐–🅩, 🅰–🆉.
fn is_enclosed_letter(c: char) -> bool {
    matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}' | '\u{1F150}'..='\u{1F169}'
        | '\u{1F170}'..='\u{1F189}')
}

/// Whether Python's `\s` matches `c`: Unicode white space and the four ASCII separators.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// A run of word characters, or one character that is neither word nor space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First code point.
    pub begin: usize,
    /// First code point behind it.
    pub end: usize,
    /// Whether it is made of word characters.
    pub word: bool,
}

/// The tokens of one text, in text order.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    all: Vec<Token>,
}

impl Tokens {
    /// The tokens of `text`.
    pub fn of(text: &str) -> Self {
        let mut all: Vec<Token> = Vec::new();
        for (at, c) in text.chars().enumerate() {
            let word = is_word(c);
            match all.last_mut() {
                Some(last) if word && last.word && last.end == at => last.end += 1,
                _ if word || !is_space(c) => all.push(Token { begin: at, end: at + 1, word }),
                _ => {}
            }
        }
        Self { all }
    }

    /// All of them.
    pub fn as_slice(&self) -> &[Token] {
        &self.all
    }

    /// The numbers of the tokens that `spans` touch, ascending.
    pub fn covered(&self, spans: &[Points]) -> Vec<usize> {
        let mut touched: Vec<usize> = spans
            .iter()
            .flat_map(|&(begin, end)| {
                let first = self.all.partition_point(|t| t.end <= begin);
                first..self.all.partition_point(|t| t.begin < end)
            })
            .collect();
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// The contiguous pieces of `covered` (ascending token numbers) as first and last token.
    ///
    /// A piece begins and ends with a word; two with no word between them are one, because the
    /// annotation tool splits a span at every line break. Without any word, all is one piece.
    pub fn pieces(&self, covered: &[usize]) -> Vec<(usize, usize)> {
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        for &t in covered.iter().filter(|&&t| self.all[t].word) {
            match pieces.last_mut() {
                Some((_, last)) if !self.any_word(*last + 1, t) => *last = t,
                _ => pieces.push((t, t)),
            }
        }
        if let (true, Some(&first), Some(&last)) = (pieces.is_empty(), covered.first(), covered.last()) {
            pieces.push((first, last));
        }
        pieces
    }

    fn any_word(&self, from: usize, to: usize) -> bool {
        self.all[from..to].iter().any(|t| t.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> =
            Tokens::of(text).as_slice().iter().map(|t| chars[t.begin..t.end].iter().collect()).collect();
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn words_and_marks() {
        check("", &[]);
        check(" \n\t", &[]);
        check("“No,” she_said—3.5%.", &["“", "No", ",", "”", "she_said", "—", "3", ".", "5", "%", "."]);
        check("O'Hara's", &["O", "'", "Hara", "'", "s"]);
    }

    #[test]
    fn combining_marks_are_tokens_of_their_own() {
        check("Zoe\u{308}x", &["Zoe", "\u{308}", "x"]);
        check("n\u{303}", &["n", "\u{303}"]);
        // A Devanagari vowel sign is Alphabetic, but no letter.
        check("क\u{93F}त", &["क", "\u{93F}", "त"]);
    }

    #[test]
    fn odd_characters() {
        check("x²½Ⅷ٣", &["x²½Ⅷ٣"]);
        check("Ⓐb", &["Ⓐ", "b"]);
        check("😀👍🏽", &["😀", "👍", "🏽"]);
        check("東京、大阪", &["東京", "、", "大阪"]);
        check("a\u{200B}b\u{AD}c\u{FEFF}", &["a", "\u{200B}", "b", "\u{AD}", "c", "\u{FEFF}"]);
        check("a\u{1C}b\u{1F}c\u{85}d\u{A0}e\u{2028}f\u{3000}g", &["a", "b", "c", "d", "e", "f", "g"]);
        check("a\u{83}b", &["a", "\u{83}", "b"]);
    }

    #[test]
    fn a_span_covers_each_token_it_touches() {
        let tokens = Tokens::of("😀 Zoë said hi");
        assert_eq!(tokens.covered(&[(2, 5)]), [1]);
        assert_eq!(tokens.covered(&[(4, 7)]), [1, 2]);
        assert_eq!(tokens.covered(&[(1, 2)]), [0; 0]);
        assert_eq!(tokens.covered(&[(11, 13), (0, 1), (6, 12)]), [0, 2, 3]);
    }

    #[test]
    fn pieces_are_trimmed_and_joined() {
        let tokens = Tokens::of("“We won.\n\nWe did,” he said: no");
        let pieces = |spans: &[Points]| tokens.pieces(&tokens.covered(spans));
        assert_eq!(pieces(&[(0, 8), (10, 18)]), [(1, 5)]);
        assert_eq!(pieces(&[(1, 3), (10, 12)]), [(1, 1), (4, 4)]);
        assert_eq!(pieces(&[(26, 27)]), [(10, 10)]);
        assert_eq!(pieces(&[]), []);
    }
}
