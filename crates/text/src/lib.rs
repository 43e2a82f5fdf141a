//! Text as the reader needs it: words with their shapes, word pieces for the encoder, sentences and
//! quotations. Everything is a [`Span`](ascribe_record::Span) of the original text; nothing is
//! normalised away.
//!
//! ```
//! use ascribe_text::{Pieces, Vocabulary, quotations, sentences, words};
//!
//! let text = "“We will go on,” Ada Lind said. Nobody answered.";
//! let words = words(text);
//! assert_eq!(words[1].span.of(text), "We");
//! assert_eq!(Pieces::of(&words, &Vocabulary::bundled()).first.len(), words.len() + 1);
//! assert_eq!(sentences(text).len(), 2);
//! assert_eq!(quotations(text)[0].inner.of(text), "We will go on,");
//! ```
//!
//! English conventions only; other languages are cut into words all the same, but their sentences
//! and quotations may come out wrong.

mod number_word;
mod piece;
mod quotation;
mod sentence;
mod word;

pub use number_word::{TENS, UNITS, tens_word, unit_word};
pub use piece::{CLS, Pieces, SEP, UNKNOWN, Vocabulary};
pub use quotation::{Quotation, paragraph_ends, quotations};
pub use sentence::sentences;
pub use word::{Gap, Shape, Word, words};
