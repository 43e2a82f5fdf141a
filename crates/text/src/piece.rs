use std::collections::HashMap;

use crate::Word;

/// Id of the piece that opens a window.
pub const CLS: u32 = 101;
/// Id of the piece that closes a window.
pub const SEP: u32 = 102;
/// Id of a word that the vocabulary cannot spell.
pub const UNKNOWN: u32 = 100;
/// Words of more characters are [`UNKNOWN`] as a whole.
const LONGEST: usize = 100;

/// The vocabulary of word pieces.
///
/// Method: greedy longest match from the left, as WordPiece does it (Wu et al., "Google's Neural
/// Machine Translation System", 2016, <https://arxiv.org/abs/1609.08144>).
pub struct Vocabulary {
    begins: HashMap<&'static str, u32>,
    continues: HashMap<&'static str, u32>,
    /// Bytes of the longest piece: no longer one need be tried.
    longest: usize,
}

impl Vocabulary {
    /// The 30,522 pieces of `bert-base-uncased`, which all our models use.
    pub fn bundled() -> Self {
        Self::of(include_str!("../../../models/vocab.txt"))
    }

    /// A piece a line; the line number from 0 is its id; `##` marks pieces inside a word.
    fn of(list: &'static str) -> Self {
        let (mut begins, mut continues) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0..).zip(list.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continues.insert(rest, id),
                _ => begins.insert(piece, id),
            };
        }
        let longest = list.lines().map(str::len).max().unwrap_or(0);
        Self { begins, continues, longest }
    }

    /// Appends the ids of the pieces of `word`: one or more.
    pub fn spell(&self, word: &Word, ids: &mut Vec<u32>) {
        if word.lower.len() > LONGEST && word.lower.chars().count() > LONGEST {
            return ids.push(UNKNOWN);
        }
        let before = ids.len();
        let mut rest = word.lower.as_str();
        while !rest.is_empty() {
            let pieces = if ids.len() == before { &self.begins } else { &self.continues };
            let Some((id, len)) = self.longest_match(pieces, rest) else {
                ids.truncate(before);
                return ids.push(UNKNOWN);
            };
            ids.push(id);
            rest = &rest[len..];
        }
    }

    fn longest_match(&self, pieces: &HashMap<&'static str, u32>, rest: &str) -> Option<(u32, usize)> {
        let mut end = rest.floor_char_boundary(self.longest);
        while end > 0 {
            if let Some(&id) = pieces.get(&rest[..end]) {
                return Some((id, end));
            }
            end = rest.floor_char_boundary(end - 1);
        }
        None
    }
}

/// The words of a text as pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Ids of the pieces of all words, in text order.
    pub ids: Vec<u32>,
    /// `ids[first[w]..first[w + 1]]` are the pieces of word `w`; `n_words + 1` entries.
    pub first: Vec<usize>,
}

impl Pieces {
    /// The pieces of `words`.
    pub fn of(words: &[Word], vocabulary: &Vocabulary) -> Self {
        let mut pieces = Self { ids: Vec::with_capacity(words.len() * 5 / 4), first: vec![0] };
        for word in words {
            vocabulary.spell(word, &mut pieces.ids);
            pieces.first.push(pieces.ids.len());
        }
        pieces
    }
}
