use ascribe_record::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// One word: a run of letters and digits, or a single punctuation mark, as BERT's basic tokenizer
/// cuts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands; combining marks that follow its last letter belong to it.
    pub span: Span,
    /// Its letters in lower case without accents, as the vocabulary knows them. Never empty.
    pub lower: String,
    /// What lower-casing took away.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
}

impl Word {
    /// Whether it is a punctuation mark.
    pub fn is_mark(&self) -> bool {
        self.shape == Shape::Mark
    }
}

/// The case of a word. The numbers are rows of an embedding: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// all lower case
    Lower = 0,
    /// First letter in upper case
    Title = 1,
    /// ALL IN UPPER CASE, two letters or more
    Upper = 2,
    /// holds a numeral
    Digit = 3,
    /// no letter and no numeral
    Mark = 4,
    /// upper case behind a lower-case first letter
    Mixed = 5,
}

/// The white space before a word. The numbers are rows of an embedding: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Gap {
    /// none
    Glued = 0,
    /// blanks
    Blank = 1,
    /// one line break
    Line = 2,
    /// a blank line, or the start of the text
    Paragraph = 3,
}

/// The words of `text` in text order. Together with white space and characters that carry no sign
/// of their own (controls, zero-width marks, a combining mark without a letter) they tile it.
///
/// Equal to the pre-tokens of `BertTokenizer` (lower-casing, accents stripped, CJK characters set
/// apart), except that ends of words include their combining marks, that control characters which
/// are white space (form feed, U+0085) end a word, and that `[MASK]` and the like are cut as any
/// other text.
pub fn words(text: &str) -> Vec<Word> {
    let mut cut = Cutter { text, words: Vec::new(), open: None, done: 0 };
    for (at, c) in text.char_indices() {
        cut.push(c, Span::new(at, at + c.len_utf8()));
    }
    cut.close();
    cut.words
}

struct Cutter<'t> {
    text: &'t str,
    words: Vec<Word>,
    /// The word that is being gathered.
    open: Option<(Span, String)>,
    /// End of the last finished word.
    done: usize,
}

impl Cutter<'_> {
    fn push(&mut self, c: char, span: Span) {
        if c.is_ascii_alphanumeric() {
            return self.extend(c.to_ascii_lowercase(), span);
        }
        if c.is_whitespace() {
            return self.close();
        }
        if is_silent(c) {
            return;
        }
        if is_cjk(c) {
            self.close();
            self.extend(c, span);
            return self.close();
        }
        let mut voiced = false;
        for part in std::iter::once(c).nfd().filter(|&p| !is_nonspacing(p)) {
            voiced = true;
            for lower in part.to_lowercase() {
                if is_punctuation(lower) {
                    self.close();
                    self.extend(lower, span);
                    self.close();
                } else if lower.is_whitespace() {
                    self.close();
                } else {
                    self.extend(lower, span);
                }
            }
        }
        if !voiced {
            self.attach(span);
        }
    }

    fn extend(&mut self, c: char, span: Span) {
        let (word, lower) = self.open.get_or_insert_with(|| (span, String::new()));
        *word = word.cover(span);
        lower.push(c);
    }

    /// A combining mark belongs to the letter it follows.
    fn attach(&mut self, mark: Span) {
        if let Some((word, _)) = &mut self.open {
            *word = word.cover(mark);
        } else if self.done == mark.begin
            && let Some(last) = self.words.last_mut()
        {
            last.span.end = mark.end;
            self.done = mark.end;
        }
    }

    fn close(&mut self) {
        let Some((span, lower)) = self.open.take() else { return };
        let gap = gap(&self.text[self.done.min(span.begin)..span.begin], self.words.is_empty());
        self.done = span.end;
        self.words.push(Word { span, shape: shape(span.of(self.text)), lower, gap });
    }
}

fn gap(between: &str, first: bool) -> Gap {
    let breaks = between.bytes().filter(|&b| b == b'\n').count();
    match (first, breaks) {
        (true, _) | (_, 2..) => Gap::Paragraph,
        (_, 1) => Gap::Line,
        _ if between.contains(char::is_whitespace) => Gap::Blank,
        _ => Gap::Glued,
    }
}

fn shape(word: &str) -> Shape {
    if word.chars().any(char::is_numeric) {
        return Shape::Digit;
    }
    let mut letters = word.chars().filter(|&c| is_letter(c));
    let Some(first) = letters.next() else { return Shape::Mark };
    let rest = letters.clone().count();
    match (first.is_uppercase(), rest > 0 && letters.clone().all(char::is_uppercase)) {
        (true, true) => Shape::Upper,
        (true, false) => Shape::Title,
        (false, _) if letters.any(char::is_uppercase) => Shape::Mixed,
        (false, _) => Shape::Lower,
    }
}

/// Letters proper (general category L), as Python's `str.isalpha` has it; `char::is_alphabetic`
/// counts some marks and symbols too.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter)
}

fn is_nonspacing(c: char) -> bool {
    c.general_category() == GeneralCategory::NonspacingMark
}

/// Characters that BERT's cleaning removes: they neither end a word nor add to it.
fn is_silent(c: char) -> bool {
    c == '\u{fffd}'
        || matches!(
            c.general_category(),
            GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse
        )
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

/// The blocks that BERT writes character by character.
fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).iter().map(|w| w.span.of(text)).collect()
    }

    #[test]
    fn words_and_marks() {
        assert_eq!(cut("“We won’t,” she said."), ["“", "We", "won", "’", "t", ",", "”", "she", "said", "."]);
        assert_eq!(cut("5,200 (33%)"), ["5", ",", "200", "(", "33", "%", ")"]);
        assert_eq!(cut(" \r\n\t "), [""; 0]);
    }

    #[test]
    fn combining_marks_and_silent_characters_stay_inside() {
        let text = "cafe\u{301}, so\u{ad}ft \u{200b}x";
        assert_eq!(cut(text), ["cafe\u{301}", ",", "so\u{ad}ft", "x"]);
        assert_eq!(words(text)[0].lower, "cafe");
        assert_eq!(words(text)[2].lower, "soft");
    }

    #[test]
    fn shapes_and_gaps() {
        let of = |text: &str| words(text).iter().map(|w| (w.shape, w.gap)).collect::<Vec<_>>();
        use {Gap::*, Shape::*};
        assert_eq!(
            of("NATO’s McLeod\r\nsaw\n\n3 iPads"),
            [
                (Upper, Paragraph),
                (Mark, Glued),
                (Lower, Glued),
                (Title, Blank),
                (Lower, Line),
                (Digit, Paragraph),
                (Mixed, Blank)
            ]
        );
        assert_eq!(of("A"), [(Title, Paragraph)]);
    }
}
