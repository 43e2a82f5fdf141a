//! The tokens of a text, with what is asked of them, and the numbers among them.

use ascribe_record::Span;

use crate::lexicon;
use crate::token::{Kind, Token, tokens};

/// Tokens in order. An index outside is an empty word; `wrapping_sub` may lead there.
pub(crate) struct Line {
    pub(crate) tokens: Vec<Token>,
}

impl Line {
    pub(crate) fn of(text: &str, within: Span) -> Self {
        Self { tokens: tokens(text, within) }
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token in small letters.
    pub(crate) fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.lower.as_str())
    }

    pub(crate) fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|token| token.kind)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word)
    }

    pub(crate) fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.glued)
    }

    pub(crate) fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.capital)
    }

    /// The token behind `i` if that is one of `words`, else `i`.
    pub(crate) fn skip(&self, i: usize, words: &[&str]) -> usize {
        i + usize::from(words.contains(&self.word(i)))
    }

    /// The end of `phrase`, whose words are parted by spaces, if it stands at `i`.
    pub(crate) fn phrase(&self, i: usize, phrase: &str) -> Option<usize> {
        let mut end = i;
        for word in phrase.split(' ') {
            if self.word(end) != word {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The end of the longest of `phrases` at `i`.
    pub(crate) fn any(&self, i: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.phrase(i, phrase)).max()
    }

    /// Skips a hyphen that joins two words.
    pub(crate) fn hyphen(&self, i: usize) -> usize {
        i + usize::from(matches!(self.word(i), "-" | "–") && self.glued(i + 1))
    }

    /// The number of `least..=most` digits at `i`.
    pub(crate) fn digits(&self, i: usize, least: usize, most: usize) -> Option<i64> {
        let token = self.tokens.get(i).filter(|t| t.kind == Kind::Digits)?;
        let fits = (least..=most.min(15)).contains(&token.lower.len());
        fits.then(|| token.lower.parse().ok()).flatten()
    }

    /// A whole number below a hundred in words.
    fn below_hundred(&self, i: usize) -> Option<(usize, i64)> {
        if let Some(tens) = lexicon::tens(self.word(i)) {
            let at = self.hyphen(i + 1);
            let ones = lexicon::small_cardinal(self.word(at)).filter(|n| (1..10).contains(n));
            return Some(ones.map_or((i + 1, tens), |n| (at + 1, tens + n)));
        }
        lexicon::small_cardinal(self.word(i)).map(|n| (i + 1, n))
    }

    fn below_thousand(&self, i: usize) -> Option<(usize, i64)> {
        let (at, head) = match self.word(i) {
            "a" if self.word(i + 1) == "hundred" => (i + 1, 1),
            _ => self.below_hundred(i)?,
        };
        if self.word(at) != "hundred" || head == 0 {
            return Some((at, head));
        }
        let rest = self.below_hundred(self.skip(at + 1, &["and"])).filter(|&(_, n)| n > 0);
        Some(rest.map_or((at + 1, head * 100), |(end, n)| (end, head * 100 + n)))
    }

    /// A whole number in words.
    pub(crate) fn cardinal_words(&self, i: usize) -> Option<(usize, i64)> {
        let (at, head) = match self.word(i) {
            "a" if self.word(i + 1) == "thousand" => (i + 1, 1),
            _ => self.below_thousand(i)?,
        };
        if self.word(at) != "thousand" || head == 0 {
            return Some((at, head));
        }
        let rest = self.below_thousand(self.skip(at + 1, &["and"])).filter(|&(_, n)| n > 0);
        Some(rest.map_or((at + 1, head * 1000), |(end, n)| (end, head * 1000 + n)))
    }

    /// A number in digits ("3", "1,200", "2.5", "1/2") or words.
    pub(crate) fn cardinal(&self, i: usize) -> Option<(usize, f64)> {
        if self.kind(i) != Some(Kind::Digits) {
            return self.cardinal_words(i).map(|(end, n)| (end, n as f64));
        }
        let mut written = self.word(i).to_owned();
        let mut end = i + 1;
        while self.word(end) == ","
            && self.glued(end)
            && self.glued(end + 1)
            && self.digits(end + 1, 3, 3).is_some()
        {
            written += self.word(end + 1);
            end += 2;
        }
        if self.word(end) == "."
            && self.glued(end)
            && self.glued(end + 1)
            && self.kind(end + 1) == Some(Kind::Digits)
        {
            written = format!("{written}.{}", self.word(end + 1));
            end += 2;
        } else if self.phrase(end, "/ 2").is_some() && written == "1" {
            return Some((end + 2, 0.5));
        }
        let number: f64 = written.parse().ok()?;
        (number < 1e9).then_some((end, number))
    }

    /// "3rd", "third", "twenty-first".
    pub(crate) fn ordinal(&self, i: usize) -> Option<(usize, i64)> {
        if let Some(n) = self.digits(i, 1, 4) {
            let ending = self.glued(i + 1) && matches!(self.word(i + 1), "st" | "nd" | "rd" | "th");
            return ending.then_some((i + 2, n));
        }
        if let Some(tens) = lexicon::tens(self.word(i)) {
            let at = self.hyphen(i + 1);
            let ones = lexicon::small_ordinal(self.word(at)).filter(|&n| n < 10)?;
            return Some((at + 1, tens + ones));
        }
        let word = self.word(i);
        lexicon::small_ordinal(word).or_else(|| lexicon::tens_ordinal(word)).map(|n| (i + 1, n))
    }

    /// A year of four digits, or one in words.
    pub(crate) fn year(&self, i: usize) -> Option<(usize, i16)> {
        if self.kind(i) == Some(Kind::Digits) {
            let year = self.digits(i, 4, 4).filter(|y| (1000..2200).contains(y))?;
            return (!self.goes_on(i)).then_some((i + 1, i16::try_from(year).ok()?));
        }
        let (end, year) = self.year_words(i)?;
        Some((end, i16::try_from(year).ok()?))
    }

    /// Whether the digits at `i` are only a part of a number or a name: "1990.5", "$2000", "A1".
    fn goes_on(&self, i: usize) -> bool {
        let next_digits = self.glued(i + 1) && self.glued(i + 2) && self.kind(i + 2) == Some(Kind::Digits);
        let before = self.word(i.wrapping_sub(1));
        let part = matches!(before, "/" | "-")
            && self.glued(i.wrapping_sub(1))
            && self.digits(i.wrapping_sub(2), 1, 3).is_some();
        let tied = self.glued(i)
            && (part
                || matches!(before, "$" | "£" | "€" | "#" | "," | "." | "_")
                || self.is_word(i.wrapping_sub(1)) && self.tokens[i].span.begin > 0);
        next_digits && matches!(self.word(i + 1), "," | "." | ":") || self.word(i + 1) == "%" || tied
    }

    /// "nineteen ninety-six", "nineteen oh one", "two thousand and eighteen", "twenty ten".
    fn year_words(&self, i: usize) -> Option<(usize, i64)> {
        let (at, head) = self.below_hundred(i)?;
        if (10..=21).contains(&head) {
            let next = self.hyphen(at);
            if matches!(self.word(next), "oh" | "o" | "zero") {
                let (end, ones) = self.below_hundred(next + 1).filter(|&(_, n)| (1..10).contains(&n))?;
                return Some((end, head * 100 + ones));
            }
            if let Some((end, rest)) = self.below_hundred(next)
                && (10..100).contains(&rest)
            {
                return Some((end, head * 100 + rest));
            }
            if self.word(next) == "hundred" {
                return self.cardinal_words(i);
            }
        }
        let (end, year) = self.cardinal_words(i)?;
        (self.word(at) == "thousand" && (1000..2200).contains(&year)).then_some((end, year))
    }

    /// How many: a number, "a", "half a", "two and a half", "a couple of"; `None` inside for
    /// "several" and the like.
    pub(crate) fn amount(&self, i: usize) -> Option<(usize, Option<f64>)> {
        let vague = |at: usize| {
            let end =
                self.any(at, &["few", "several", "many", "some", "numerous", "a few", "quite a few"])?;
            Some((end, None))
        };
        let pair = ["a couple of", "couple of", "a couple", "couple", "a pair of", "pair of", "both"];
        if let Some(end) = self.any(i, &pair) {
            return Some((end, Some(2.0)));
        }
        if let Some(end) = self.any(i, &["a dozen", "dozen"]) {
            return Some((end, Some(12.0)));
        }
        if let Some(end) = self.any(i, &["half a", "half an", "half", "a half"]) {
            return Some((self.hyphen(end), Some(0.5)));
        }
        if let Some((end, number)) = self.cardinal(i) {
            if self.phrase(end, "dozen").is_some() {
                return Some((end + 1, Some(number * 12.0)));
            }
            let half = self.any(end, &["and a half", "and an half", "and half"]);
            return Some(half.map_or((end, Some(number)), |end| (end, Some(number + 0.5))));
        }
        if let Some(found) = vague(i) {
            return Some(found);
        }
        matches!(self.word(i), "a" | "an").then_some((i + 1, Some(1.0)))
    }
}
