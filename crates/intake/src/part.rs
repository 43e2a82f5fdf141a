//! Parts of archives: files that are in memory while they are read.

use std::io::Cursor;
use std::rc::Rc;

use crate::Reason;
use crate::item::{Outcome, Outcomes, Source};
use crate::reports::open;

/// The reports of a member or record. If it is refused as a whole, the refusal has its bytes, where they
/// are asked for.
pub(crate) fn open_part<'a>(source: Source<'a>, bytes: Vec<u8>) -> Outcomes<'a> {
    let shared = Shared::of(bytes);
    let whole = source.clone();
    let outcomes = open(source, Box::new(Cursor::new(shared.clone())));
    Box::new(outcomes.map(move |outcome| with_bytes(outcome, &whole, &shared)))
}

/// Gives a refusal of all of `whole` its bytes, if they are asked for.
pub(crate) fn with_bytes(outcome: Outcome, whole: &Source<'_>, shared: &Shared) -> Outcome {
    outcome.map_err(|mut refusal| {
        let is_whole = *refusal.path == *whole.path && refusal.record == whole.n_capture();
        let is_asked = whole.options.keep_bytes && refusal.bytes.is_empty();
        // Of a record that is too large not even the beginning is kept.
        if is_asked && is_whole && !matches!(refusal.reason, Reason::TooManyBytes(_)) {
            refusal.bytes = shared.0.to_vec();
        }
        refusal
    })
}

/// Bytes that are read and may be kept.
#[derive(Clone)]
pub(crate) struct Shared(Rc<Vec<u8>>);

impl Shared {
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        Self(Rc::new(bytes))
    }
}

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
