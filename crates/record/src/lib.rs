//! The plain types that pass between the stages of Ascribe: what a report is, and what was read
//! from it. No reading, no storage and no I/O happens here.
//!
//! Inside the program every offset is a **byte** of [`Report::text`], as a [`Span`]. At the edge
//! (JSON) offsets are **Unicode code points**, as in W3C's `TextPositionSelector`; the only way out
//! is [`Reading::to_json`], which converts them, and the only way in [`Reading::from_json`].
//!
//! ```
//! use ascribe_record::{Reading, Report, Span};
//!
//! let report = Report::new("Zoë Lind said no.".to_owned(), "text/plain");
//! assert_eq!(Span::new(0, 9).of(&report.text), "Zoë Lind");
//! let line = Reading::of(report).to_json();
//! assert!(line.starts_with(r#"{"ascribe":1,"report":{"id":"#));
//! ```

mod figure;
mod id;
mod json;
mod reading;
mod report;
mod span;
mod statement;

pub use figure::{Bound, Figure, Measure, Scope};
pub use id::{ActorId, FigureId, MentionId, StatementId};
pub use json::{CodePoints, FORMAT_VERSION, JsonError, SCHEMA};
pub use reading::{Actor, Mention, MentionType, Note, Reading};
pub use report::{Dateline, PublishedFrom, Report};
pub use span::{Evidence, Span, Words};
pub use statement::{Act, ActorKind, Certainty, Form, Medium, MediumKind, Naming, Speaker, Statement};

/// Declares a fieldless enum whose JSON form is the snake-case name of each variant, with `ALL`
/// (every variant in order) and `name`.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it stands in JSON.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
pub(crate) use vocabulary;
