use ascribe_model::{Error, Network};
use ascribe_record::{Note, Reading, Report};
use ascribe_text::Vocabulary;

use crate::confidence::Signals;
use crate::decode::find_attributions;
use crate::document::Document;
use crate::encoded::Encoded;
use crate::figure::{Setting, find_figures};
use crate::interview::{find_turns, read_turns};
use crate::signed::find_signed;
use crate::silence::find_silences;
use crate::source::complete_sources;
use crate::statement::assemble;

/// Reads reports. Holds the model; made once and shared by all threads.
pub struct Reader {
    network: Network,
    vocabulary: Vocabulary,
}

impl Reader {
    /// A reader with the model that the program carries.
    ///
    /// # Errors
    /// If the model cannot be loaded.
    pub fn new() -> Result<Self, Error> {
        Self::with_model(ascribe_model::base())
    }

    /// A reader with the model in `bytes`.
    ///
    /// # Errors
    /// If `bytes` is no model file.
    pub fn with_model(bytes: &[u8]) -> Result<Self, Error> {
        Ok(Self { network: Network::load(bytes)?, vocabulary: Vocabulary::bundled() })
    }

    /// Name and version of the model: `base 1`.
    pub fn model(&self) -> String {
        format!("{} {}", self.network.config().name, self.network.config().version)
    }

    /// What the report says. A report in another language than English is returned unread, with the
    /// note that intake gave it.
    pub fn read(&self, report: Report) -> Reading {
        self.read_with_signals(report).0
    }

    /// The same, with the signals that the confidence of each statement is computed from: what a
    /// calibration is fitted on.
    pub fn read_with_signals(&self, report: Report) -> (Reading, Vec<Signals>) {
        let mut signals = Vec::new();
        let mut reading = Reading::of(report);
        if reading.report.language.as_deref().is_some_and(|l| l != "en") {
            return (reading, signals);
        }
        let mut document = Document::of(&reading.report, &self.vocabulary);
        match Encoded::of(&self.network, &document) {
            Ok(encoded) => {
                document.recase(encoded.names.iter().map(|(words, _)| words));
                let mut found = find_attributions(&document, &encoded);
                complete_sources(&document, &mut found);
                found.extend(find_silences(&document, &found));
                found.extend(find_signed(&document, &found));
                let turns = find_turns(&document);
                read_turns(&document, &turns, &mut found);
                let calibration = &self.network.config().calibration;
                let assembly = assemble(&document, &reading.report, &encoded, found, &turns, calibration);
                signals = assembly.signals;
                reading.statements = assembly.statements;
                reading.mentions = assembly.mentions;
                reading.actors = assembly.actors;
                reading.figures = find_figures(&Setting {
                    text: document.text,
                    sentences: &document.sentences,
                    statements: &reading.statements,
                    published: reading.report.published.as_deref(),
                    dateline: reading.report.dateline.as_ref(),
                });
            }
            Err(error) => reading.notes.push(Note::new("not_read", error.to_string())),
        }
        (reading, signals)
    }
}
