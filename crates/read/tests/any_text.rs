//! The rules of the reader on random Unicode and on the words that they turn on: a small run of what the
//! fuzz target `read_rules` does at length.

#[path = "any_text/check.rs"]
mod check;

use check::check_rules;
use proptest::prelude::*;

/// Words and marks of numbers, dates and harm, written on to one another or not.
const PIECES: &str = "((12|1,200|3\\.5m|0|99999999999999999999|1e400|½|٣|\\$|%|per cent|percent of|-|–|/|:|\\.|,|'|’s|\"|\\(|\\)|\
    at least|between|up to|and|to|or|of|in|since|by|the|a|an|no|one|both|dozens|half|third|quarter|hundred|million|\
    which|whom|among those|his|body|found|couple|Lind|Ems|people|soldiers|were|was|killed|injured|killing|dead|\
    taken to|hospital|who|including|Monday|Oct|7|2011|last|next|three weeks|ago|early|morning|o'clock|pm|\
    İ|ſ|é́|🙂|\u{2028}|\u{0}|https://a\\.b/%20)( |\u{a0}|)){0,40}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_hold_on_any_text(text in prop_oneof![PIECES, "(?s).{0,100}", "\\PC{0,100}"]) {
        check_rules(&text);
    }
}

/// Texts that a fuzzer broke the rules with.
#[test]
fn rules_hold_on_texts_that_broke_them() {
    for text in ["0e1002 people", "0e1002\x001", "1e999", "0^-1 dead", "9x10^400 people"] {
        check_rules(text);
    }
}
