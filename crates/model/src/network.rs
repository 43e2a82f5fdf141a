use ndarray::{Array2, Axis};
use safetensors::SafeTensors;
use serde::Deserialize;

use crate::layer::{Layer, LayerSize, Linear, Norm, flat, mean_rows};
use crate::math;
use crate::weights::{Error, ErrorKind, Weights};

/// What a model file says of itself, under `config` in its metadata, as JSON.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Name of the model: `base`.
    pub name: String,
    /// Version of the weights.
    pub version: String,
    /// Word pieces of the longest window, the two that open and close it included.
    pub window: usize,
    /// Word pieces on each side of a window's judged middle.
    pub context: usize,
    /// What the columns of [`Network::tags`] mean.
    pub tags: Vec<String>,
    /// What the columns of [`Network::roles`] mean.
    pub roles: Vec<String>,
    /// What the columns of [`Network::names`] mean.
    pub names: Vec<String>,
    /// What the columns of [`Network::chains`] mean.
    pub chain: Vec<String>,
    /// Share of the tag scores that is added to the role scores when they are decoded.
    pub tag_weight: f32,
    /// Added to the scores of cue tags.
    pub cue_bias: f32,
    /// Weights of the logistic curve that gives the confidence of a statement, a signal each; what the
    /// signals are is for the reader to say.
    pub calibration: Vec<f64>,
    vocabulary: usize,
    positions: usize,
    n_shapes: usize,
    n_gaps: usize,
    hidden: usize,
    heads: usize,
    layers: usize,
    inner: usize,
    pair: usize,
    pair_heads: usize,
    pair_inner: usize,
    /// `|distance|` in words, in buckets that begin at these values.
    distances: Vec<usize>,
}

/// What the normalisations of the heads add to a variance.
const HEAD_EPSILON: f32 = 1e-5;

impl Config {
    /// The size of the one layer that a head has.
    fn head_layer(&self) -> LayerSize {
        LayerSize { hidden: self.pair, heads: self.pair_heads, inner: self.pair_inner, epsilon: HEAD_EPSILON }
    }
}

/// The input of the encoder. The first three lists are of one length: a piece each.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Ids of word pieces, with the pieces that open and close a window.
    pub pieces: Vec<u32>,
    /// Shape of the word that a piece belongs to; 0 for the opening and closing piece.
    pub shapes: Vec<u8>,
    /// What stands before the word, at its first piece; 0 elsewhere.
    pub gaps: Vec<u8>,
    /// For each word the index of its first piece in `pieces`.
    pub first: Vec<usize>,
}

/// The states of the words of one window: `[n_words × hidden]`.
pub struct States(Array2<f32>);

impl States {
    /// Number of words.
    pub fn n_words(&self) -> usize {
        self.0.nrows()
    }
}

/// Scores by row: logarithms of the probabilities of labels.
pub struct Scores(Array2<f32>);

impl Scores {
    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.0.nrows()
    }

    /// The scores of one row, a label each.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[f32] {
        let n = self.0.ncols();
        &self.0.as_slice().expect("arrays of this crate are contiguous")[row * n..(row + 1) * n]
    }
}

/// A loaded model.
pub struct Network {
    config: Config,
    word: Array2<f32>,
    position: Array2<f32>,
    shape: Array2<f32>,
    gap: Array2<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    tag: Linear,
    name: NameHead,
    pair: PairHead,
    chain: PairHead,
}

impl Network {
    /// The model in `bytes`, a safetensors file.
    ///
    /// # Errors
    /// If the file is none, or holds other tensors than its configuration says.
    pub fn load(bytes: &[u8]) -> Result<Self, Error> {
        let format = |e: String| Error::new(ErrorKind::Format, format!("no model file: {e}"));
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|e| format(e.to_string()))?;
        let config = metadata.metadata().as_ref().and_then(|m| m.get("config"));
        let config = config.ok_or_else(|| format("its metadata has no 'config'".into()))?;
        let c: Config = serde_json::from_str(config).map_err(|e| format(e.to_string()))?;
        let w = &Weights(SafeTensors::deserialize(bytes).map_err(|e| format(e.to_string()))?);

        let size = LayerSize { hidden: c.hidden, heads: c.heads, inner: c.inner, epsilon: 1e-12 };
        Ok(Self {
            word: w.matrix("word.weight", c.vocabulary, c.hidden)?,
            position: w.matrix("position.weight", c.positions, c.hidden)?,
            shape: w.matrix("shape.weight", c.n_shapes, c.hidden)?,
            gap: w.matrix("gap.weight", c.n_gaps, c.hidden)?,
            norm: Norm::load(w, "norm", c.hidden, 1e-12)?,
            layers: (0..c.layers)
                .map(|i| Layer::load(w, &format!("layers.{i}"), size))
                .collect::<Result<_, _>>()?,
            tag: Linear::load(w, "tag", c.hidden, c.tags.len())?,
            name: NameHead::load(w, &c)?,
            pair: PairHead::load(w, "pair", &c, c.roles.len())?,
            chain: PairHead::load(w, "chain", &c, c.chain.len())?,
            config: c,
        })
    }

    /// What the model file says of itself.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The states of the words of `window`.
    ///
    /// # Errors
    /// If the window is longer than the model takes or its parts do not fit together.
    pub fn encode(&self, window: &Window) -> Result<States, Error> {
        self.check(window)?;
        let mut x = Array2::zeros((window.pieces.len(), self.config.hidden));
        for (i, mut row) in x.rows_mut().into_iter().enumerate() {
            row += &self.word.row(window.pieces[i] as usize);
            row += &self.position.row(i);
            row += &self.shape.row(window.shapes[i] as usize);
            row += &self.gap.row(window.gaps[i] as usize);
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            x = layer.apply(x);
        }
        Ok(States(x.select(Axis(0), &window.first)))
    }

    fn check(&self, w: &Window) -> Result<(), Error> {
        let c = &self.config;
        let n = w.pieces.len();
        let fits = n <= c.positions
            && w.shapes.len() == n
            && w.gaps.len() == n
            && w.pieces.iter().all(|&p| (p as usize) < c.vocabulary)
            && w.shapes.iter().all(|&p| usize::from(p) < c.n_shapes)
            && w.gaps.iter().all(|&p| usize::from(p) < c.n_gaps)
            && w.first.iter().all(|&p| p < n);
        if fits {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::Window, format!("a window of {n} pieces does not fit")))
        }
    }

    /// Scores of the tags: a row a word.
    pub fn tags(&self, states: &States) -> Scores {
        log_probabilities(self.tag.apply(states.0.view()))
    }

    /// Scores of the names: a row a word.
    pub fn names(&self, states: &States) -> Scores {
        self.name.apply(&states.0)
    }

    /// Scores of the roles for each cue, a half-open range of words: what each word of the window,
    /// a row, is to it.
    pub fn roles(&self, states: &States, cues: &[(usize, usize)]) -> Vec<Scores> {
        self.pair.apply(&self.config, &states.0, cues)
    }

    /// Scores of the chains for each mention, a half-open range of words: whether each word of the
    /// window, a row, stands in another mention of the same party.
    pub fn chains(&self, states: &States, mentions: &[(usize, usize)]) -> Vec<Scores> {
        self.chain.apply(&self.config, &states.0, mentions)
    }
}

/// Labels every word of a window as part of a name.
struct NameHead {
    word: Linear,
    norm: Norm,
    layer: Layer,
    label: Linear,
}

impl NameHead {
    fn load(w: &Weights<'_>, c: &Config) -> Result<Self, Error> {
        Ok(Self {
            word: Linear::load(w, "name.word", c.hidden, c.pair)?,
            norm: Norm::load(w, "name.norm", c.pair, HEAD_EPSILON)?,
            layer: Layer::load(w, "name.layer", c.head_layer())?,
            label: Linear::load(w, "name.label", c.pair, c.names.len())?,
        })
    }

    fn apply(&self, h: &Array2<f32>) -> Scores {
        let mut x = self.word.apply(h.view());
        math::gelu(flat(&mut x));
        self.norm.apply(&mut x);
        log_probabilities(self.label.apply(self.layer.apply(x).view()))
    }
}

/// Labels every word of a window as seen from one span of it.
struct PairHead {
    word: Linear,
    span: Linear,
    word_product: Linear,
    span_product: Linear,
    distance: Array2<f32>,
    norm: Norm,
    layer: Layer,
    label: Linear,
}

impl PairHead {
    fn load(w: &Weights<'_>, name: &str, c: &Config, n_labels: usize) -> Result<Self, Error> {
        let project = |part: &str| Linear::load(w, &format!("{name}.{part}"), c.hidden, c.pair);
        Ok(Self {
            word: project("word")?,
            span: project("span")?,
            word_product: project("word_product")?,
            span_product: project("span_product")?,
            distance: w.matrix(&format!("{name}.distance.weight"), 2 * c.distances.len(), c.pair)?,
            norm: Norm::load(w, &format!("{name}.norm"), c.pair, HEAD_EPSILON)?,
            layer: Layer::load(w, &format!("{name}.layer"), c.head_layer())?,
            label: Linear::load(w, &format!("{name}.label"), c.pair, n_labels)?,
        })
    }

    fn apply(&self, config: &Config, h: &Array2<f32>, spans: &[(usize, usize)]) -> Vec<Scores> {
        if spans.is_empty() {
            return Vec::new();
        }
        let (words, products) = (self.word.apply(h.view()), self.word_product.apply(h.view()));
        let labels_of = |&(begin, end): &(usize, usize)| {
            let span = mean_rows(h, begin, end).insert_axis(Axis(0));
            let (sum, product) = (self.span.apply(span.view()), self.span_product.apply(span.view()));
            let mut x = &products * &product + &words + &sum;
            for (t, mut row) in x.rows_mut().into_iter().enumerate() {
                row += &self.distance.row(bucket(&config.distances, t, begin, end));
            }
            math::gelu(flat(&mut x));
            self.norm.apply(&mut x);
            log_probabilities(self.label.apply(self.layer.apply(x).view()))
        };
        spans.iter().map(labels_of).collect()
    }
}

/// The row of the distance embedding for a word at `t` and a span at `begin..end`; `starts` are the
/// first distances of the buckets.
fn bucket(starts: &[usize], t: usize, begin: usize, end: usize) -> usize {
    let (below, above) = (begin.saturating_sub(t), (t + 1).saturating_sub(end));
    let bucket = starts.partition_point(|&start| start <= below + above) - 1;
    bucket + if below > 0 { starts.len() } else { 0 }
}

fn log_probabilities(mut scores: Array2<f32>) -> Scores {
    for mut row in scores.rows_mut() {
        let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = row.iter().map(|&x| math::exp(x - highest)).sum();
        row -= highest + total.ln();
    }
    Scores(scores)
}
