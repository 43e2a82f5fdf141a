//! What a run of adding fetches itself: feeds that are watched, and the pages that they link to.

use ascribe::{Reason, Refusal};
use ascribe_fetch::{Answer, Error, ErrorKind, Polite, Validators};

use super::Run;
use crate::web::{served, whole};

impl<'a> Run<'a> {
    /// Takes the items of what was fetched from `url`; false if the user wants to stop.
    pub(in crate::ledger) fn answer(&mut self, url: &str, answer: &Answer) -> anyhow::Result<bool> {
        self.items(url, ascribe::served_reports(url, &served(answer), answer.body.clone(), self.options))
    }

    /// Fetches a page that a feed links to, unless the ledger has it.
    pub(super) fn page(&mut self, url: &str) -> anyhow::Result<()> {
        if self.asked.contains(url) || self.ledger.has_place(url)? {
            return Ok(());
        }
        let fetched = self.polite().and_then(|polite| polite.get(url, &Validators::default()));
        match fetched.and_then(whole) {
            Ok(answer) => {
                self.asked.insert(url.to_owned());
                for item in ascribe::served_reports(url, &served(&answer), answer.body, self.options) {
                    self.take(item)?;
                }
                Ok(())
            }
            Err(error) if error.kind == ErrorKind::Stopped => Ok(()),
            Err(error) => {
                if error.kind != ErrorKind::Later {
                    self.asked.insert(url.to_owned());
                }
                let (path, reason) = (url.to_owned(), Reason::Read(error.to_string()));
                self.take(Err(Refusal { path, record: None, reason, bytes: Vec::new() }))
            }
        }
    }

    /// What asks the web for what nobody named.
    pub(in crate::ledger) fn polite(&mut self) -> Result<&mut Polite<'a>, Error> {
        let polite = match self.polite.take() {
            Some(polite) => polite,
            None => self.web.polite()?,
        };
        Ok(self.polite.insert(polite))
    }
}
