//! The same utterance in two reports: which quotations it may be (by keys), and which words of it
//! differ (by comparison).

use ascribe_record::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::word::{Word, grams, hash, least, words};

/// Keys of a quotation: of two that share half of their runs of three words, eight least runs of each
/// have one in common but for one pair in three hundred.
const KEYS: usize = 8;
/// Words of a run.
const RUN: usize = 3;
/// So many words of two quotations must be the same, or all of the shorter one's, down to four.
const ENOUGH: usize = 6;
const FEWEST: usize = 4;
/// And this share of the shorter one's words.
const SHARE: f64 = 0.5;
/// Share of the words between the first and the last common one that must be the same; below it, two
/// translations or two utterances.
const ALIKE: f64 = 0.6;

/// A quotation made ready to be compared with others: words as they were spoken, and where words
/// were left out or put in by the writer.
#[derive(Clone, Debug)]
pub struct Utterance {
    tokens: Vec<Token>,
}

#[derive(Clone, Debug)]
struct Token {
    /// `None`: words left out ("…") or another's words ("[the army]").
    spoken: Option<String>,
    span: Span,
}

/// What two reports make of the same utterance.
#[derive(Clone, Debug, PartialEq)]
pub struct SameUtterance {
    /// Words that are the same in both.
    pub n_same: usize,
    /// Words inside the quotation marks that differ where no mark says that words were left out or
    /// put in; in order. Spelling, contractions, capitals and marks are no difference, nor is where a
    /// quotation begins or ends.
    pub changes: Vec<Change>,
}

/// Words of one quotation that stand where other words, or none, stand in the other; spans of each
/// report's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// In the first; empty at its place where words are missing.
    pub first: Span,
    /// In the second.
    pub second: Span,
}

impl Utterance {
    /// Most keys that an utterance has.
    pub const MOST_KEYS: usize = KEYS;

    /// What `quoted` holds, without the words around quotation marks; `quoted` are spans of `text`, in
    /// order, such as [`quoted`] finds.
    pub fn of(text: &str, quoted: &[Span]) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for (i, span) in quoted.iter().enumerate() {
            if i > 0 {
                tokens.push(Token { spoken: None, span: Span::new(span.begin, span.begin) });
            }
            push_spoken(text, *span, &mut tokens);
        }
        Self { tokens }
    }

    /// How many words were spoken.
    pub fn n_words(&self) -> usize {
        self.tokens.iter().filter(|token| token.spoken.is_some()).count()
    }

    /// Keys of which two quotations of the same words mostly share one; ascending, none for fewer
    /// than four words.
    pub fn keys(&self) -> Vec<u64> {
        let spoken: Vec<u64> =
            self.tokens.iter().filter_map(|t| t.spoken.as_ref()).map(|word| hash(word.as_bytes())).collect();
        if spoken.len() < FEWEST { Vec::new() } else { least(grams(&spoken, RUN), KEYS) }
    }

    /// Whether two quotations give the same words, and which differ; `None` if they are not the same
    /// utterance, or so unlike that they are two translations of it.
    pub fn compare(&self, other: &Self) -> Option<SameUtterance> {
        let [a, b] = [(self, 0), (other, 1)].map(|(utterance, side)| utterance.numbers(side));
        let ops = capture_diff_slices(Algorithm::Patience, &a, &b);
        let region = common_region(&ops);
        let n_same: usize = region.iter().filter(|op| is_same(op)).map(|op| op.old_range().len()).sum();
        let shorter = self.n_words().min(other.n_words());
        if n_same < ENOUGH.min(shorter.max(FEWEST)) || (n_same as f64) < SHARE * shorter as f64 {
            return None;
        }
        let (mut differing, mut changes) = (0, Vec::new());
        for op in region.iter().filter(|op| !is_same(op)) {
            let (ours, theirs) = (op.old_range(), op.new_range());
            if self.marked(&ours) || other.marked(&theirs) {
                continue;
            }
            if spelled_alike(&self.tokens[ours.clone()], &other.tokens[theirs.clone()]) {
                continue;
            }
            differing += ours.len().max(theirs.len());
            changes.push(Change { first: self.span(ours), second: other.span(theirs) });
        }
        let alike = n_same as f64 / (n_same + differing) as f64;
        (alike >= ALIKE).then_some(SameUtterance { n_same, changes })
    }

    /// A number for each token; equal for equal words, never for marks.
    fn numbers(&self, side: u64) -> Vec<u64> {
        let mark = |i: usize| u64::MAX - 2 * i as u64 - side;
        let number = |(i, t): (usize, &Token)| t.spoken.as_ref().map_or(mark(i), |w| hash(w.as_bytes()));
        self.tokens.iter().enumerate().map(number).collect()
    }

    /// Whether words are marked as left out or put in among these tokens or next to them.
    fn marked(&self, range: &std::ops::Range<usize>) -> bool {
        let around = range.start.saturating_sub(1)..(range.end + 1).min(self.tokens.len());
        self.tokens[around].iter().any(|token| token.spoken.is_none())
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        match (self.tokens[range.clone()].first(), self.tokens[range.clone()].last()) {
            (Some(first), Some(last)) => Span::new(first.span.begin, last.span.end),
            // Between two words, or behind all.
            _ => {
                let at = match range.start.checked_sub(1) {
                    Some(before) => self.tokens[before].span.end,
                    None => self.tokens.first().map_or(0, |token| token.span.begin),
                };
                Span::new(at, at)
            }
        }
    }
}

fn is_same(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// From the first to the last common words, without a common word or two at either end that stand
/// farther off than they are many: such an "I" or "the" is there by chance.
fn common_region(ops: &[DiffOp]) -> &[DiffOp] {
    let (Some(mut first), Some(mut last)) = (ops.iter().position(is_same), ops.iter().rposition(is_same))
    else {
        return &[];
    };
    let stray = |same: &DiffOp, gap: &DiffOp| {
        let (ours, theirs) = (gap.old_range().len(), gap.new_range().len());
        let n = same.old_range().len();
        n < RUN && ours.min(theirs) == 0 && n < ours.max(theirs)
    };
    while first + 2 <= last && stray(&ops[first], &ops[first + 1]) {
        first += 2;
    }
    while first + 2 <= last && stray(&ops[last], &ops[last - 1]) {
        last -= 2;
    }
    &ops[first..=last]
}

/// The stretches of `spans` between quotation marks, without the marks; double ones, straight or
/// curly. Of a content whose marks stand outside it, the content.
pub fn quoted(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    for span in spans {
        let slice = span.of(text);
        let before = text[..span.begin].chars().next_back();
        let mut open = before.filter(|c| is_opening(*c)).map(|_| span.begin);
        for (at, c) in slice.char_indices().filter(|(_, c)| is_opening(*c) || *c == '”') {
            let at = span.begin + at;
            match open {
                Some(begin) if c != '“' => {
                    out.push(Span::new(begin, at));
                    open = None;
                }
                _ => open = Some(at + c.len_utf8()),
            }
        }
        if let Some(begin) = open {
            out.push(Span::new(begin, span.end));
        }
    }
    out.retain(|span| span.of(text).contains(char::is_alphanumeric));
    out
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '"')
}

fn push_spoken(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let slice = span.of(text);
    let mark = |begin: usize, end: usize| Token {
        spoken: None,
        span: Span::new(span.begin + begin, span.begin + end),
    };
    let mut at = 0;
    while at < slice.len() {
        let rest = &slice[at..];
        let next =
            rest.find(['…', '[', '(']).into_iter().chain(rest.find("...")).chain(rest.find(". . .")).min();
        let until = next.map_or(slice.len(), |n| at + n);
        push_words(&slice[at..until], span.begin + at, tokens);
        let Some(mark_rest) = next.map(|n| &rest[n..]) else { break };
        let closing = if mark_rest.starts_with('[') { ']' } else { ')' };
        let length = match mark_rest.find(closing).filter(|_| mark_rest.starts_with(['[', '('])) {
            Some(end) => end + 1,
            None => mark_rest.find(|c| !matches!(c, '…' | '.' | ' ' | '[' | '(')).unwrap_or(mark_rest.len()),
        };
        tokens.push(mark(until, until + length));
        at = until + length;
    }
}

/// The spoken words of a stretch without marks, which begins at `offset`; "&" is one.
fn push_words(stretch: &str, offset: usize, tokens: &mut Vec<Token>) {
    let mut at = 0;
    for part in stretch.split_inclusive('&') {
        tokens.extend(words(part).iter().flat_map(|word| spoken(word, offset + at)));
        at += part.len();
        if part.ends_with('&') {
            tokens.push(Token {
                spoken: Some("and".to_owned()),
                span: Span::new(offset + at - 1, offset + at),
            });
        }
    }
}

/// The words that were spoken where one is written: contractions are two.
fn spoken(word: &Word, offset: usize) -> Vec<Token> {
    let span = Span::new(word.span.begin + offset, word.span.end + offset);
    let token = |spoken: &str| Token { spoken: Some(spoken.to_owned()), span };
    let whole = word.folded.as_str();
    match whole {
        "cannot" | "can't" => return vec![token("can"), token("not")],
        "won't" => return vec![token("will"), token("not")],
        "shan't" => return vec![token("shall"), token("not")],
        "gonna" => return vec![token("going"), token("to")],
        "uh" | "um" | "er" | "erm" => return Vec::new(),
        _ => {}
    }
    if let Some(verb) = whole.strip_suffix("n't") {
        return vec![token(verb), token("not")];
    }
    let full = [("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am")];
    match full.iter().find_map(|(short, full)| Some((whole.strip_suffix(short)?, full))) {
        Some((head, full)) => vec![token(head), token(full)],
        None => match whole.strip_suffix("'s") {
            Some(head @ ("it" | "that" | "there" | "he" | "she" | "what" | "who" | "here" | "where")) => {
                vec![token(head), token("is")]
            }
            _ => vec![token(whole)],
        },
    }
}

/// Whether the same words are written in two ways: "ceasefire" and "cease-fire", "colour" and "color".
fn spelled_alike(a: &[Token], b: &[Token]) -> bool {
    let joined = |tokens: &[Token]| -> String {
        let words = tokens.iter().filter_map(|token| token.spoken.as_deref()).map(american);
        words.collect::<String>().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    joined(a) == joined(b)
}

/// A key equal for the British and the American spelling of a word; not always a word.
fn american(word: &str) -> String {
    let ends =
        [("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"), ("isation", "ization")];
    let more = [
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("ence", "ense"),
        ("ogue", "og"),
    ];
    let ended = ends.iter().chain(&more).find_map(|(british, american)| {
        let stem = word.strip_suffix(british).filter(|stem| stem.len() > 2)?;
        Some(format!("{stem}{american}"))
    });
    let word = ended.unwrap_or_else(|| word.to_owned());
    word.replace("our", "or").replace("ll", "l")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Utterance {
        Utterance::of(text, &[Span::new(0, text.len())])
    }

    /// Changes as "ours > theirs"; "-" if they are not the same utterance.
    fn changes(a: &str, b: &str) -> Vec<String> {
        match whole(a).compare(&whole(b)) {
            None => vec!["-".to_owned()],
            Some(same) => {
                same.changes.iter().map(|c| format!("{} > {}", c.first.of(a), c.second.of(b))).collect()
            }
        }
    }

    #[test]
    fn the_same_words() {
        let said = "We will rebuild every house that the river took, and we will do it before winter";
        assert!(changes(said, "we will rebuild every house that the river took").is_empty());
        assert!(changes(said, "We’ll rebuild every house that the river took … before winter.").is_empty());
        assert!(changes(said, "[The province] will rebuild every house that the river took").is_empty());
        assert!(
            changes("The cease-fire at the harbour has not held", "The ceasefire at the harbor hasn't held")
                .is_empty()
        );
        assert!(
            changes("I left it there. We live apart & it got hard", "We live apart and it got hard")
                .is_empty()
        );
        assert!(
            changes("I got tired of the rain and the mud", "I ran. I got tired of the rain and the mud")
                .is_empty()
        );
        assert!(changes("It is, uh, too early to say how many", "It’s too early to say how many").is_empty());
    }

    #[test]
    fn other_words_inside() {
        assert_eq!(
            changes(
                "The council will rebuild every house by winter",
                "The council may rebuild every house by winter"
            ),
            ["will > may"]
        );
        assert_eq!(
            changes(
                "No one at the crossing opened fire that night",
                "No one at the crossing fire that night"
            ),
            ["opened > "]
        );
    }

    #[test]
    fn other_utterances() {
        assert_eq!(changes("We will rebuild every house", "The road is closed to all traffic"), ["-"]);
        assert_eq!(changes("The road is closed", "The road is open to all"), ["-"]);
        assert_eq!(
            changes(
                "Our houses are gone and nobody from the city has come to see us",
                "The homes we had are lost, and from the city no person came to look at us"
            ),
            ["-"]
        );
    }

    #[test]
    fn quoted_stretches() {
        let text = "He said the dam was “safe, in our view” and \"fit for use\".";
        let all = [Span::new(0, text.len())];
        let found: Vec<_> = quoted(text, &all).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["safe, in our view", "fit for use"]);
        let inside = text.find("safe").unwrap();
        let content = [Span::new(inside, inside + "safe, in our view".len())];
        assert_eq!(quoted(text, &content), content);
        assert!(quoted("Nothing is quoted here", &[Span::new(0, 22)]).is_empty());
    }

    #[test]
    fn keys_are_shared_by_drifted_quotations() {
        let a = whole("The council will rebuild every house by winter").keys();
        let b = whole("The council may rebuild every house by winter").keys();
        assert!(a.iter().any(|key| b.contains(key)));
        assert!(whole("No comment").keys().is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_compared(a in ".{0,80}", b in ".{0,80}") {
            let _ = quoted(&a, &[Span::new(0, a.len())]);
            if let Some(same) = whole(&a).compare(&whole(&b)) {
                for change in same.changes {
                    let _ = (change.first.of(&a), change.second.of(&b));
                }
            }
        }

        #[test]
        fn a_quotation_is_the_same_as_itself(words in proptest::collection::vec("[a-z]{1,9}", 4..30)) {
            let said = words.join(" ");
            let same = whole(&said).compare(&whole(&said));
            proptest::prop_assert!(same.is_some_and(|same| same.changes.is_empty()));
        }
    }
}
