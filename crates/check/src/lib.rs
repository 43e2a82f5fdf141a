//! What an editor would ask about a draft before it is published: a [`Reading`] goes in, findings
//! come out, each with its words and a plain sentence.
//!
//! A finding says that something is missing in the text or that two places of it do not fit
//! together. It never says that a claim is true or false. What is doubtful is left out: a check that
//! cries wolf is switched off.
//!
//! ```
//! use ascribe_check::{Kind, check};
//! use ascribe_record::{Reading, Report};
//!
//! let draft = Report::new("The bridge fell on Monday, 31 February 2026.".to_owned(), "text/plain");
//! let findings = check(&Reading::of(draft));
//! assert_eq!(findings[0].kind, Kind::ImpossibleDate);
//! assert_eq!(findings[0].message, "February 2026 has no day 31.");
//! ```
//!
//! **Left out**: whether a source is fit to know what it says, and everything that needs a second
//! report.

mod date;
mod draft;
mod figure;
mod finding;
mod json;
mod past;
mod place;
mod quotation;
mod source;
mod sum;
mod total;

use ascribe_record::Reading;

pub use finding::{Finding, Kind, Related};
pub use json::to_json;
pub use place::{Place, Places};

use crate::draft::Draft;

/// The findings of a reading, in text order.
///
/// What rests on statements and figures is found only if the reading has them; dates and quotation
/// marks are read from the text itself.
pub fn check(reading: &Reading) -> Vec<Finding> {
    let draft = Draft::of(reading);
    let mut findings = [
        figure::without_source(&draft),
        source::unnamed(&draft),
        sum::parts(&draft),
        total::changes(&draft),
        date::days(&draft),
        past::to_come(&draft),
        quotation::without_speaker(&draft),
        quotation::unclosed(&draft),
    ]
    .concat();
    findings.sort_by_key(|finding| (finding.span, finding.kind));
    findings.dedup_by_key(|finding| (finding.span, finding.kind));
    findings
}
