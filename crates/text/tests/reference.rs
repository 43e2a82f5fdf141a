//! Words and pieces equal those of the reference implementation (the `tokenizers` crate) on real
//! sentences, on odd ones, and on random text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ascribe_text::{Pieces, Vocabulary, words};
use proptest::prelude::*;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::{Tokenizer, TokenizerBuilder};

fn reference() -> Tokenizer {
    let vocab = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/vocab.txt");
    let model = WordPiece::from_file(vocab).unk_token("[UNK]".into()).build().unwrap();
    TokenizerBuilder::new()
        .with_model(model)
        .with_normalizer(Some(BertNormalizer::new(true, true, None, true)))
        .with_pre_tokenizer(Some(BertPreTokenizer))
        .with_post_processor(None::<tokenizers::processors::bert::BertProcessing>)
        .with_decoder(None::<tokenizers::decoders::wordpiece::WordPiece>)
        .build()
        .unwrap()
        .into()
}

/// Fails unless ids are equal and words begin where the reference's do. Ends may lie further on:
/// ours include combining marks.
fn check(reference: &Tokenizer, vocabulary: &Vocabulary, text: &str) {
    let words = words(text);
    let ours = Pieces::of(&words, vocabulary);
    let theirs = reference.encode(text, false).unwrap();
    assert_eq!(ours.ids, theirs.get_ids(), "{text:?}");
    for (word, &first) in words.iter().zip(&ours.first) {
        assert_eq!(word.span.begin, theirs.get_offsets()[first].0, "{text:?}");
    }
    let mut end = 0;
    for word in &words {
        assert!(end <= word.span.begin && !word.span.of(text).is_empty(), "{text:?}");
        end = word.span.end;
    }
}

#[test]
fn odd_text() {
    let (reference, vocabulary) = (reference(), Vocabulary::bundled());
    for text in [
        "",
        " ",
        "Zoë Ångström’s naïve “café”",
        "cafe\u{301} e\u{323}\u{302} \u{301}x a \u{301} b",
        "one\r\ntwo\rthree\u{2028}five\u{a0}six\u{3000}seven",
        "😀👩‍👩‍👧 flag 🇺🇳 ok👍🏽",
        "so\u{ad}ft \u{200b}zero\u{200d}width \u{feff}bom \u{0}nul \u{fffd}",
        "東京で said 「はい」 Привет İstanbul ǅ ß ﬁ Ⅷ ½ ² ①",
        "مرحبا שלום हिन्दी ไทย 한국어",
        "$5.2m €3 £4 50% #tag @name a_b x–y—z … ‚‘’‛“”„ « » ¿¡",
        &"x".repeat(101),
        &"y".repeat(100),
        &"é".repeat(60),
    ] {
        check(&reference, &vocabulary, text);
    }
}

#[test]
fn ten_thousand_real_sentences() {
    let Some(path) = ascribe_testkit::shared("data/polnear/train.text.jsonl") else { return };
    let file = std::fs::read_to_string(path).unwrap();
    let (reference, vocabulary) = (reference(), Vocabulary::bundled());
    let mut n = 0;
    for line in file.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = record["text"].as_str().unwrap();
        for span in ascribe_text::sentences(text) {
            check(&reference, &vocabulary, span.of(text));
            n += 1;
        }
    }
    assert!(n >= 10_000, "only {n} sentences");
}

/// Blocks whose categories have not changed since the reference's tables were made, without the
/// control characters that are white space to us and nothing to it (form feed, U+0085).
const KNOWN: &str = "([ \\n\\r\\t“”‘’'\",.A-Za-z0-9\u{301}\u{ad}]|[\u{0}-\u{8}\u{a0}-\u{52f}\u{2010}-\u{2064}\u{20a0}-\u{20b5}\u{2190}-\u{23f0}\u{4e00}-\u{9fcc}\u{1f300}-\u{1f320}]){0,60}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn random_text(text in KNOWN) {
        thread_local!(static BOTH: (Tokenizer, Vocabulary) = (reference(), Vocabulary::bundled()));
        BOTH.with(|(reference, vocabulary)| check(reference, vocabulary, &text));
    }
}
