//! One sentence as words, numbers and marks.

use ascribe_record::Span;

use super::lexicon::{self, Flags};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Mark,
}

/// A word, a number in digits or one mark.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    pub span: Span,
    pub text: &'t str,
    /// In small letters, with straight apostrophes.
    pub lower: String,
    pub kind: Kind,
    /// No white space stands before it.
    pub glued: bool,
    pub flags: Flags,
}

/// The tokens of one sentence.
pub(crate) struct Line<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token<'t>>,
    /// Written in capitals throughout, so that capitals say nothing.
    pub shouted: bool,
}

impl<'t> Line<'t> {
    pub(crate) fn of(text: &'t str, sentence: Span) -> Self {
        let mut tokens: Vec<Token<'t>> = Vec::new();
        let mut at = sentence.begin;
        let mut glued = false;
        while at < sentence.end {
            let rest = &text[at..sentence.end];
            let Some(c) = rest.chars().next() else { break };
            let sign = glued && tokens.last().is_some_and(|t| t.text == "$");
            let len = if sign { code_len(rest) } else { None };
            let end =
                at + if c.is_whitespace() { c.len_utf8() } else { len.unwrap_or_else(|| token_len(rest, c)) };
            if !c.is_whitespace() {
                tokens.push(Token::at(text, Span::new(at, end), glued));
            }
            glued = !c.is_whitespace();
            at = end;
        }
        for i in 1..tokens.len() {
            if is_head_of(&tokens, i) {
                tokens[i].flags = lexicon::PERSON;
            }
        }
        let shouted = is_shouted(&tokens);
        Self { text, tokens, shouted }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token in small letters; empty outside the sentence. `wrapping_sub` may lead there.
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.lower.as_str())
    }

    pub(crate) fn has(&self, i: usize, flags: Flags) -> bool {
        self.tokens.get(i).is_some_and(|token| token.flags & flags != 0)
    }

    pub(crate) fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|token| token.kind)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word)
    }

    pub(crate) fn is_mark(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Mark)
    }

    pub(crate) fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.glued)
    }

    /// Whether the word begins with a capital that means something.
    pub(crate) fn capital(&self, i: usize) -> bool {
        let upper = |token: &Token<'_>| token.text.chars().next().is_some_and(char::is_uppercase);
        !self.shouted && self.tokens.get(i).is_some_and(upper)
    }

    /// Whether a capital at `i` is the sentence's own: nothing but marks stands before it, or a
    /// mark behind which writing begins afresh.
    pub(crate) fn opens(&self, i: usize) -> bool {
        i == 0 || self.is_mark(i - 1) && !matches!(self.lower(i - 1), "," | "-" | "'" | "/" | "$" | "&" | "%")
    }

    /// Whether the hyphen at `i` stands inside a word.
    pub(crate) fn inner_hyphen(&self, i: usize) -> bool {
        matches!(self.lower(i), "-" | "‑") && self.glued(i) && self.glued(i + 1)
    }

    /// The span of tokens `first..end`, which is not empty.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.tokens[first].span.begin, self.tokens[end - 1].span.end)
    }

    /// How many words of `phrase`, which are parted by spaces, stand at `i`: all or none.
    pub(crate) fn phrase_at(&self, i: usize, phrase: &str) -> Option<usize> {
        let mut end = i;
        for word in phrase.split(' ') {
            if self.lower(end) != word {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// Where `phrase` begins if it ends just before `end`.
    pub(crate) fn phrase_before(&self, end: usize, phrase: &str) -> Option<usize> {
        let n_words = phrase.split(' ').count();
        let begin = end.checked_sub(n_words)?;
        self.phrase_at(begin, phrase).map(|_| begin)
    }
}

impl<'t> Token<'t> {
    fn at(text: &'t str, span: Span, glued: bool) -> Self {
        let words = span.of(text);
        let first = words.chars().next().unwrap_or(' ');
        let kind = match first {
            c if c.is_ascii_digit() => Kind::Number,
            c if c.is_alphabetic() => Kind::Word,
            _ => Kind::Mark,
        };
        let lower = words.to_lowercase().replace('’', "'");
        let mut flags = if kind == Kind::Word { word_flags(&lower) } else { 0 };
        // "The National Bank" is no national.
        if lower == "national" && first.is_uppercase() {
            flags &= !lexicon::PERSON;
        }
        Self { span, text: words, lower, kind, glued, flags }
    }
}

/// Whether the "head" at `i` leads something: "the deputy head of the council", and whether a "figure" is
/// a person: "an opposition figure".
fn is_head_of(tokens: &[Token<'_>], i: usize) -> bool {
    let lower = |k: usize| tokens.get(k).map_or("", |t: &Token<'_>| t.lower.as_str());
    let led = matches!(lower(i + 2), "the" | "its" | "their")
        || tokens.get(i + 2).is_some_and(|t| t.text.starts_with(char::is_uppercase));
    let leads = lower(i) == "head"
        && lower(i + 1) == "of"
        && led
        && matches!(
            lower(i - 1),
            "the" | "deputy" | "former" | "acting" | "local" | "regional" | "provincial"
        );
    let figure = lower(i) == "figure"
        && matches!(
            lower(i - 1),
            "opposition"
                | "political"
                | "religious"
                | "leading"
                | "senior"
                | "prominent"
                | "underworld"
                | "party"
        );
    leads || figure
}

fn word_flags(lower: &str) -> Flags {
    lexicon::flags(lower.strip_suffix("'s").unwrap_or(lower))
}

/// The length of the token that begins `rest` with `c`.
fn token_len(rest: &str, c: char) -> usize {
    if c.is_ascii_digit() {
        number_len(rest)
    } else if c.is_alphabetic() {
        word_len(rest)
    } else {
        c.len_utf8()
    }
}

/// The length of the letters in "$US40", which name the currency.
fn code_len(rest: &str) -> Option<usize> {
    let code = ["US", "A", "C", "NZ", "HK"].into_iter().find(|code| rest.starts_with(code))?;
    rest[code.len()..].starts_with(|c: char| c.is_ascii_digit()).then_some(code.len())
}

/// Digits with commas and points between them.
fn number_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut len = 0;
    while digit(len) || (matches!(bytes.get(len), Some(b',' | b'.')) && digit(len + 1)) {
        len += 1;
    }
    len
}

/// Letters and digits, with apostrophes between them and the stops of "U.S.".
fn word_len(rest: &str) -> usize {
    let mut len = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joins = matches!(c, '\'' | '’') && next.is_some_and(char::is_alphabetic)
            || c == '.' && is_initial(rest, at);
        if !(c.is_alphanumeric() || joins || is_combining(c)) {
            break;
        }
        len = at + c.len_utf8();
    }
    len
}

/// Whether the stop at `at` follows a single letter and another letter with its stop comes next,
/// or it closes such a run.
fn is_initial(rest: &str, at: usize) -> bool {
    let bytes = rest.as_bytes();
    let letter = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphabetic);
    let single = at >= 1 && letter(at - 1) && (at == 1 || bytes[at - 2] == b'.');
    let goes_on = letter(at + 1) && !letter(at + 2);
    single && (goes_on || at >= 3)
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_shouted(tokens: &[Token<'_>]) -> bool {
    let letters = || tokens.iter().filter(|t| t.kind == Kind::Word).flat_map(|t| t.text.chars());
    let n_upper = letters().filter(|c| c.is_uppercase()).count();
    let n_lower = letters().filter(|c| c.is_lowercase()).count();
    n_upper > 8 && n_lower * 8 < n_upper
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        Line::of(text, Span::new(0, text.len())).tokens.iter().map(|t| t.text).collect()
    }

    #[test]
    fn tokens() {
        assert_eq!(split("Some 5,200 of 1.5m"), ["Some", "5,200", "of", "1.5", "m"]);
        assert_eq!(split("the U.S. army's F-16."), ["the", "U.S.", "army's", "F", "-", "16", "."]);
        assert_eq!(split("“thirty-three,” 40%."), ["“", "thirty", "-", "three", ",", "”", "40", "%", "."]);
        assert_eq!(split("at 5 p.m. on 12."), ["at", "5", "p.m.", "on", "12", "."]);
    }

    #[test]
    fn shouting() {
        assert!(Line::of("TWELVE PEOPLE DIED", Span::new(0, 18)).shouted);
        assert!(!Line::of("Twelve people died", Span::new(0, 18)).shouted);
    }
}
