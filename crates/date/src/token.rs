//! A text as words, runs of digits and marks.

use ascribe_record::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Digits,
    Mark,
}

/// A run of letters, a run of digits, or one mark. An ending such as "'s" is a word of its own.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) span: Span,
    /// In small letters, with straight apostrophes and plain hyphens.
    pub(crate) lower: String,
    pub(crate) kind: Kind,
    /// No white space stands before it.
    pub(crate) glued: bool,
    pub(crate) capital: bool,
}

/// Endings that an apostrophe ties to a word.
const ENDINGS: &[&str] = &["s", "ll", "d", "re", "ve", "m"];

/// The tokens of `text[within]`, in order.
pub(crate) fn tokens(text: &str, within: Span) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut glued) = (within.begin, false);
    while at < within.end {
        let rest = &text[at..within.end];
        let Some(c) = rest.chars().next() else { break };
        let len = if c.is_whitespace() { c.len_utf8() } else { token_len(rest, c) };
        if !c.is_whitespace() {
            tokens.push(token(text, Span::new(at, at + len), c, glued));
        }
        glued = !c.is_whitespace();
        at += len;
    }
    tokens
}

fn token(text: &str, span: Span, first: char, glued: bool) -> Token {
    let words = span.of(text);
    let kind = match first {
        c if c.is_ascii_digit() => Kind::Digits,
        c if c.is_alphabetic() || words.len() > first.len_utf8() => Kind::Word,
        _ => Kind::Mark,
    };
    let lower = words.to_lowercase().replace(['’', '‘'], "'").replace(['‑', '‐'], "-");
    Token { span, lower, kind, glued, capital: first.is_uppercase() }
}

fn token_len(rest: &str, first: char) -> usize {
    if first.is_ascii_digit() {
        rest.bytes().take_while(u8::is_ascii_digit).count()
    } else if first.is_alphabetic() {
        word_len(rest)
    } else {
        ending_len(rest).unwrap_or(first.len_utf8())
    }
}

/// Letters, and apostrophes between them that begin no ending: "o'clock".
fn word_len(rest: &str) -> usize {
    let mut len = 0;
    for (at, c) in rest.char_indices() {
        let letter = c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
        let joins = is_apostrophe(c)
            && ending_len(&rest[at..]).is_none()
            && rest[at + c.len_utf8()..].starts_with(char::is_alphabetic);
        if !(letter || joins) {
            break;
        }
        len = at + c.len_utf8();
    }
    len
}

/// The length of "'s", "'ll" and the like.
fn ending_len(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|&c| is_apostrophe(c))?.len_utf8();
    let letters = rest[mark..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    let word = rest[mark..mark + letters].to_ascii_lowercase();
    ENDINGS.contains(&word.as_str()).then_some(mark + letters)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_marks() {
        let split = |text: &str| {
            tokens(text, Span::new(0, text.len())).into_iter().map(|t| t.lower).collect::<Vec<_>>()
        };
        assert_eq!(split("Oct.2, 1990's"), ["oct", ".", "2", ",", "1990", "'s"]);
        assert_eq!(split("3h30 o’clock we’ll"), ["3", "h", "30", "o'clock", "we", "'ll"]);
        assert_eq!(split("mid-July '' é"), ["mid", "-", "july", "'", "'", "é"]);
    }
}
