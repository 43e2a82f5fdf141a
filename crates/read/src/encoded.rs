//! A document as the network sees it: the states of its words, window by window.

use ascribe_model::{Error, Network, States};

use crate::decode::{best_path, runs};
use crate::document::{Document, View, WordRange, views};

/// What sort of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    Person,
    Organisation,
    Place,
    Other,
}

/// The states of a document's words.
pub(crate) struct Encoded<'n> {
    pub(crate) network: &'n Network,
    pub(crate) views: Vec<View>,
    pub(crate) states: Vec<States>,
    /// Names as the network tags them, in text order.
    pub(crate) names: Vec<(WordRange, NameKind)>,
}

impl<'n> Encoded<'n> {
    /// The document run through the network once.
    ///
    /// # Errors
    /// As [`Network::encode`]; windows cut by [`views`] always fit.
    pub(crate) fn of(network: &'n Network, document: &Document<'_>) -> Result<Self, Error> {
        let config = network.config();
        let views = views(&document.pieces, config.window, config.context);
        let states: Vec<States> =
            views.iter().map(|v| network.encode(&document.window(v))).collect::<Result<_, _>>()?;
        let names = names_in(network, &views, &states);
        Ok(Self { network, views, states, names })
    }

    /// For each word of a window around `mention` the probability that it stands in another mention
    /// of the same party, and the first word of that window.
    pub(crate) fn chain(&self, mention: &WordRange) -> Option<(usize, Vec<f32>)> {
        let at = self.views.iter().position(|v| v.judged.contains(&mention.start))?;
        let (view, state) = (&self.views[at], &self.states[at]);
        let offset = view.words.start;
        let end = mention.end.min(view.words.end);
        let scores = self.network.chains(state, &[(mention.start - offset, end - offset)]);
        // The first label is that of words that do not.
        let other = |t: usize| 1.0 - scores[0].row(t)[0].exp();
        Some((offset, (0..view.words.len()).map(other).collect()))
    }
}

/// The best path through the tags of names, word by word.
fn names_in(network: &Network, views: &[View], states: &[States]) -> Vec<(WordRange, NameKind)> {
    let labels = &network.config().names;
    let kinds = [
        ("B-person", NameKind::Person),
        ("B-organisation", NameKind::Organisation),
        ("B-place", NameKind::Place),
        ("B-other", NameKind::Other),
    ]
    .map(|(label, kind)| (labels.iter().position(|l| l == label).unwrap_or(0), kind));
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (view, state) in views.iter().zip(states) {
        let scores = network.names(state);
        rows.extend(
            view.judged
                .clone()
                .map(|w| scores.row(w - view.words.start).iter().map(|&x| f64::from(x)).collect()),
        );
    }
    let path = best_path(&rows, &kinds.map(|(begin, _)| begin));
    let of_kind = |(begin, kind): (usize, NameKind)| runs(&path, begin).into_iter().map(move |r| (r, kind));
    let mut names: Vec<(WordRange, NameKind)> = kinds.into_iter().flat_map(of_kind).collect();
    names.sort_by_key(|(words, _)| words.start);
    names
}
