//! English text to sentences.
//!
//! A stop ends a sentence unless something says that it does not: an abbreviation before it, a
//! small letter behind it, an initial, a number that opens a list item. A paragraph break always
//! ends one. The closing quotation marks and brackets behind a stop belong to its sentence.
//!
//! Left out: sentences that begin with a small letter after a full stop, and other languages'
//! abbreviations.

use ascribe_record::Span;

use crate::number_word::unit_word;

/// Titles and the like, which a name follows: their stop never ends a sentence.
const BEFORE_NAMES: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "cdr", "sgt",
    "cpl", "pvt", "pte", "adm", "brig", "rep", "reps", "sen", "sens", "gov", "pres", "rev", "hon", "fr",
    "st", "mt", "ft", "supt", "insp", "det", "msgr", "amb", "atty", "e.g", "i.e", "vs", "cf", "viz",
    "approx", "ca",
];

/// Words whose stop is an abbreviation's only before a number.
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "art", "arts", "sec", "fig", "figs", "vol", "pp", "p", "ch", "para", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Abbreviations that may close a sentence: they do when a usual opening word follows.
const OPEN_ENDED: &[&str] = &[
    "inc", "ltd", "co", "corp", "jr", "sr", "bros", "plc", "ave", "blvd", "rd", "mon", "tue", "tues", "wed",
    "thu", "thur", "thurs", "fri", "sat", "ph.d", "al", "dept", "univ", "assn", "gov't", "est",
];

/// Words that open sentences and hardly ever follow an abbreviation inside one.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "but",
    "and",
    "this",
    "that",
    "these",
    "those",
    "there",
    "however",
    "meanwhile",
    "after",
    "before",
    "when",
    "while",
    "if",
    "as",
    "for",
    "from",
    "according",
    "no",
    "not",
    "some",
    "many",
    "most",
    "several",
    "both",
    "earlier",
    "later",
    "since",
    "although",
    "though",
    "because",
    "what",
    "who",
    "how",
    "why",
    "where",
    "with",
    "by",
    "to",
    "police",
    "officials",
    "witnesses",
    "authorities",
    "all",
    "another",
    "also",
];

/// Verbs that bring a quotation's speaker in behind it: "Why now?" Lind asked.
const SPEECH: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "added",
    "adds",
    "told",
    "tells",
    "replied",
    "wrote",
    "writes",
    "cried",
    "shouted",
    "continued",
    "wondered",
    "exclaimed",
    "answered",
    "demanded",
];

/// The sentences of `text`, in order.
///
/// Every span is free of white space at its ends, none overlap, and every character that is not
/// white space lies in exactly one. The time is linear in the length of `text`.
///
/// ```
/// use ascribe_text::sentences;
///
/// let text = "Gen. J. B. Ode spoke at 5 p.m. Monday. “Why now?” she asked.";
/// let found: Vec<&str> = sentences(text).iter().map(|span| span.of(text)).collect();
/// assert_eq!(found, ["Gen. J. B. Ode spoke at 5 p.m. Monday.", "“Why now?” she asked."]);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    let mut scan = Scan { text, begin: 0, line: 0, quotes: 0, found: Vec::new() };
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        at = match c {
            c if c.is_whitespace() => scan.white(at),
            '.' | '!' | '?' | '…' => scan.stop(at),
            '"' => scan.quote(at),
            c => at + c.len_utf8(),
        };
    }
    scan.end_at(text.len());
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    /// Where the sentence in hand begins, white space included.
    begin: usize,
    /// Where the line in hand begins.
    line: usize,
    /// Straight double quotation marks so far in the paragraph: odd inside a quotation.
    quotes: usize,
    found: Vec<Span>,
}

impl Scan<'_> {
    fn end_at(&mut self, at: usize) {
        let span = Span::new(self.begin, at).trim(self.text);
        if !span.is_empty() {
            self.found.push(span);
        }
        self.begin = at;
    }

    fn quote(&mut self, at: usize) -> usize {
        self.quotes += 1;
        at + 1
    }

    /// Reads the white space at `at` and ends the sentence if it is a break of paragraphs or
    /// stands behind a headline or before a list item.
    fn white(&mut self, at: usize) -> usize {
        let end = skip_white(self.text, at);
        let white = &self.text[at..end];
        let n_lines = white.matches(['\n', '\u{2029}']).count();
        if n_lines >= 2 || white.contains('\u{2029}') {
            self.end_at(at);
            self.quotes = 0;
        } else if n_lines == 1 && (self.is_headline(at, end) || is_list_item(self.text, end)) {
            self.end_at(at);
        }
        if n_lines > 0 {
            self.line = end;
        }
        end
    }

    /// Whether the line that ends at `end` stands alone and is written like a headline.
    fn is_headline(&self, end: usize, next: usize) -> bool {
        let line = Span::new(self.line, end).trim(self.text);
        let opens = char_at(self.text, next).is_some_and(|c| !c.is_lowercase());
        self.begin.max(line.begin) == line.begin
            && line.len() <= 120
            && opens
            && !line.of(self.text).ends_with([',', ';', ':', '-', '–', '—'])
            && is_title_case(line.of(self.text))
    }

    /// Reads the stop at `at` with the stops, quotation marks and brackets behind it, and ends the
    /// sentence there if they do.
    fn stop(&mut self, at: usize) -> usize {
        let behind = skip_while(self.text, at, |c| matches!(c, '.' | '!' | '?' | '…'));
        let end = self.skip_closers(behind);
        let stop = Stop { text: self.text, opens_at: self.begin, at, behind, end };
        if stop.ends_sentence() {
            self.end_at(end);
        }
        end
    }

    /// The byte behind the closing marks at `at`. A straight mark closes only if one is open.
    fn skip_closers(&mut self, mut at: usize) -> usize {
        while let Some(c) = char_at(self.text, at) {
            match c {
                '”' | '’' | ')' | ']' | '}' | '»' | '\'' => {}
                '"' if self.quotes % 2 == 1 => self.quotes += 1,
                '[' if footnote(self.text, at).is_some() => {
                    at = footnote(self.text, at).unwrap_or(at);
                    continue;
                }
                _ => break,
            }
            at += c.len_utf8();
        }
        at
    }
}

/// A run of stops at `at..behind` with closing marks up to `end`.
struct Stop<'t> {
    text: &'t str,
    opens_at: usize,
    at: usize,
    behind: usize,
    end: usize,
}

impl Stop<'_> {
    fn ends_sentence(&self) -> bool {
        let next = skip_white(self.text, self.end);
        let Some(c) = char_at(self.text, next) else { return true };
        if next == self.end {
            return self.ends_without_space(c);
        }
        let c = first_letter(self.text, next).unwrap_or(c);
        if c.is_lowercase() || matches!(c, '-' | '–' | '—' | ',' | ';') {
            return false;
        }
        if self.end > self.behind && brings_speaker(self.text, next) {
            return false;
        }
        self.run() != "." || self.end > self.behind || !self.is_abbreviation(next, c)
    }

    fn run(&self) -> &str {
        &self.text[self.at..self.behind]
    }

    /// "…the police.There was": a stop between a word in small letters and one with a capital.
    fn ends_without_space(&self, next: char) -> bool {
        let opens = next.is_uppercase()
            && self.text[self.end..].chars().nth(1).is_some_and(|c| c.is_lowercase() || c == ' ');
        let word = word_before(self.text, self.at);
        let plain = word.len() > 2 && word.chars().all(|c| c.is_lowercase() || c.is_ascii_digit());
        let closed = self.end > self.behind && !word.is_empty();
        let url = self.text[..self.at].ends_with("www") || word.contains('@');
        opens && (plain || closed) && !url
    }

    fn is_abbreviation(&self, next: usize, c: char) -> bool {
        let word = word_before(self.text, self.at);
        let lower = word.to_lowercase();
        let lower = lower.as_str();
        if word.is_empty() {
            return false;
        }
        if word.chars().all(|c| c.is_ascii_digit()) {
            // "1. The first item": a number alone is the item's.
            let so_far = self.text[self.opens_at..self.at].trim_start();
            return so_far.len() == word.len();
        }
        if BEFORE_NAMES.contains(&lower) {
            return true;
        }
        if BEFORE_NUMBERS.contains(&lower) {
            return c.is_ascii_digit();
        }
        if matches!(lower, "a.m" | "p.m") {
            return c.is_ascii_digit() || follows_clock(next_word(self.text, next));
        }
        let open_ended = OPEN_ENDED.contains(&lower) || is_initials(word);
        let next = next_word(self.text, next).to_lowercase();
        let small = unit_word(&next).is_some_and(|n| (1..=10).contains(&n));
        open_ended && !small && !OPENERS.contains(&next.as_str())
    }
}

/// "J" or "U.S": single letters with stops between.
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
        && word.chars().next().is_some_and(char::is_uppercase)
}

fn follows_clock(word: &str) -> bool {
    let zone = word.len() <= 4 && word.chars().all(char::is_uppercase);
    zone || [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Nov", "Dec", "Eastern", "Local",
    ]
    .iter()
    .any(|day| word.starts_with(day))
}

/// Whether the words at `at` are a name and a verb of speech.
fn brings_speaker(text: &str, at: usize) -> bool {
    let mut words = window(text, at, 80).split([' ', '\u{a0}', '\n']).take(4);
    let first = words.next().unwrap_or("");
    let name =
        |w: &str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().all(char::is_alphanumeric);
    if !name(first) {
        return false;
    }
    for word in words {
        if SPEECH.contains(&word.trim_end_matches(['.', ',', ':', ';'])) {
            return true;
        }
        if !name(word) {
            return false;
        }
    }
    false
}

/// Bullets, dashes and numbers that open a line.
fn is_list_item(text: &str, at: usize) -> bool {
    let line = window(text, at, 8);
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '◦' | '▪' | '‣' | '·') => true,
        Some('-' | '*' | '–' | '—') => chars.next() == Some(' '),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(". ") || rest.starts_with(") ")
        }
        _ => false,
    }
}

/// Whether at least two words are longer than three letters and nearly all of those are written
/// with a capital.
fn is_title_case(line: &str) -> bool {
    let long = line.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let (mut n_long, mut n_capital) = (0, 0);
    for word in long {
        n_long += 1;
        n_capital += usize::from(word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase));
    }
    n_long >= 2 && n_capital * 10 >= n_long * 8
}

/// The byte behind a footnote's mark such as `[12]`.
fn footnote(text: &str, at: usize) -> Option<usize> {
    let inside = window(text, at, 6).strip_prefix('[')?;
    let n_digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    (n_digits > 0 && inside[n_digits..].starts_with(']')).then_some(at + n_digits + 2)
}

/// The letters, digits and inner stops that end at `at`; empty if more than a score of bytes.
fn word_before(text: &str, at: usize) -> &str {
    let mut begin = at;
    for c in text[..at].chars().rev() {
        if !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '@')) || at - begin > 20 {
            break;
        }
        begin -= c.len_utf8();
    }
    text[begin..at].trim_start_matches(['.', '\''])
}

/// The word at `at`, opening quotation marks and brackets passed over.
fn next_word(text: &str, at: usize) -> &str {
    let from = window(text, at, 40).trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
    &from[..end]
}

/// The first character at `at` behind opening quotation marks and brackets.
fn first_letter(text: &str, at: usize) -> Option<char> {
    window(text, at, 16).chars().find(|c| !matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '„'))
}

/// At most `len` bytes of `text` from `at`, cut at a character.
fn window(text: &str, at: usize, len: usize) -> &str {
    let mut end = (at + len).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[at..end]
}

fn skip_white(text: &str, at: usize) -> usize {
    skip_while(text, at, char::is_whitespace)
}

fn skip_while(text: &str, at: usize, keep: impl Fn(char) -> bool) -> usize {
    text[at..].find(|c| !keep(c)).map_or(text.len(), |n| at + n)
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Checks that `text` without its bars falls into the pieces between the bars.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = sentences(&text).iter().map(|span| span.of(&text)).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|s| !s.is_empty()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stops() {
        check("It rained. |The bay was shut. |Nobody came!");
        check("Was it late? |Yes! |It was.");
        check("The figure fell by 3.5 points. |It had been 12.");
        check("He waited … and left. |She stayed.");
        check("He waited... |Then he left.");
        check("The road was shut.The bay stayed open.".replace(".The", ".|The").as_str());
        check("It ended in 1974.|In August it began again.");
        check("Visit www.example.com for more. |Or example.org.");
    }

    #[test]
    fn abbreviations() {
        check("Mr. Ode met Dr. Lind and Lt. Col. Falk in St. Ives. |They spoke.");
        check("The U.S. Army left. |It returned to the U.S. |The end.");
        check("On Jan. 12 at 5 p.m. Monday it rained. |No. 5 was hit.");
        check("It opened at 9 a.m. |Falk arrived late.");
        check("J. B. Ode and A. Lind work at Falk Inc. in Ems. |They met at Falk Inc. |The firm grew.");
        check("Fruit, e.g. Apples, was sold. |Did he go? |No. |He stayed.");
        check("It happened in Sept. |Nobody knew.");
    }

    #[test]
    fn quotations() {
        check("“We will go.” |He left.");
        check("“Where are they?” she asked. |“Gone!” he cried.");
        check("\"Where are they?\" she asked. |\"Gone!\" |It was late.");
        check("\"Why now?\" Lind asked. |\"Who knows?\" Ada Lind said.");
        check("He said: “We will go. |We will win.” |(They lost.) |It ended.");
        check("\"We will go.\"|The crowd cheered.");
        check("It was over.[12] |Or so they said.");
    }

    #[test]
    fn lines() {
        check("The first para\n\n|the second");
        check("The first para\r\n\r\n|the second");
        check("A line that\nis wrapped. |And goes\non.");
        check("Harbour Shut After Storm\n|The harbour was shut. |It rained.");
        check("What was hit:\n|- a school\n|- a bridge\n|1. The road");
        check("1. The first. |It was long.");
        check("");
    }

    #[test]
    fn a_long_line_is_read_in_time() {
        for piece in ["a. ", "\"", ".", "?” ", "Mr. ", "1. ", "\n", "(.", "é"] {
            let text = piece.repeat(2_000_000 / piece.len());
            assert!(sentences(&text).len() <= text.len());
        }
    }

    proptest! {
        #[test]
        fn sentences_hold_every_character_once(text in "[A-Za-z0-9 .?!…\"'”“()\\[\\]\r\n\u{2029}é-]{0,120}|\\PC{0,80}") {
            let spans = sentences(&text);
            let mut at = 0;
            for span in spans {
                prop_assert!(text[at..span.begin].trim().is_empty());
                prop_assert!(!span.is_empty() && span.trim(&text) == span);
                at = span.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
