//! Files → articles with their gold and their predictions, checked against each other.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, fs};

use ascribe_record::{CodePoints, Form, Reading, Words};
use serde::Deserialize;
use serde_json::Value;

use crate::Role;

/// A half-open range of code points of an article's text.
pub type Points = (usize, usize);

/// Why the input cannot be used; its words name the file and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// One attribution: who said what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Who says it; empty if nobody is expressed.
    pub source: Vec<Points>,
    /// The saying word or words.
    pub cue: Vec<Points>,
    /// What is said.
    pub content: Vec<Points>,
    /// How it is given, where a reading tells.
    pub form: Option<Form>,
    /// Probability that it is right, `0..=1`, where a reading tells.
    pub confidence: Option<f64>,
}

impl Attribution {
    /// The spans of one part.
    pub fn part(&self, role: Role) -> &[Points] {
        match role {
            Role::Source => &self.source,
            Role::Cue => &self.cue,
            Role::Content => &self.content,
        }
    }
}

/// One text with what is in it and what was found in it. Every span lies inside the text.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Names it in all three files.
    pub id: String,
    /// What the offsets count in.
    pub text: String,
    /// What people found.
    pub gold: Vec<Attribution>,
    /// What the program found.
    pub pred: Vec<Attribution>,
}

/// The articles of a gold file.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// In the order of their ids.
    pub articles: Vec<Article>,
    /// Whether the predictions are readings, with form and confidence.
    pub has_readings: bool,
}

/// A file's name and what stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'d> {
    name: &'d str,
    body: &'d str,
}

impl<'d> Document<'d> {
    /// `name` is what errors call it.
    pub fn new(name: &'d str, body: &'d str) -> Self {
        Self { name, body }
    }

    /// Number (from 1) and words of each line that is not blank.
    fn lines(self) -> impl Iterator<Item = (usize, &'d str)> {
        self.body
            .lines()
            .enumerate()
            .map(|(i, line)| (i + 1, line))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    fn error(self, line: usize, what: impl fmt::Display) -> Error {
        Error(format!("{}:{line}: {what}", self.name))
    }
}

impl Corpus {
    /// The corpus in three files of JSON lines.
    ///
    /// - `text`: `{"id", "text"}`; may hold more articles than `gold`.
    /// - `gold`: `{"id", "attributions": [{"source", "cue", "content"}]}`, each a list of `[begin, end]`.
    /// - `pred`: the same, or the lines that `ascribe read --format jsonl` made of the file `text`.
    ///
    /// An article of `gold` missing from `pred` counts as no predictions.
    ///
    /// # Errors
    /// If a file cannot be read or a line of it does not fit the form, its text or the other files.
    pub fn load(text: &Path, gold: &Path, pred: &Path) -> Result<Self, Error> {
        let [text_body, gold_body, pred_body] = [read(text)?, read(gold)?, read(pred)?];
        let [text, gold, pred] = [text, gold, pred].map(|path| path.display().to_string());
        Self::parse(
            Document::new(&text, &text_body),
            Document::new(&gold, &gold_body),
            Document::new(&pred, &pred_body),
        )
    }

    /// The same from memory.
    ///
    /// # Errors
    /// As [`Corpus::load`].
    pub fn parse(text: Document<'_>, gold: Document<'_>, pred: Document<'_>) -> Result<Self, Error> {
        let texts = Texts::parse(text)?;
        let mut articles = parse_gold(gold, &texts)?;
        let has_readings = add_predictions(pred, &texts, &mut articles)?;
        Ok(Self { articles: articles.into_values().collect(), has_readings })
    }
}

fn read(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|e| Error(format!("{}: {e}", path.display())))?;
    String::from_utf8(bytes).map_err(|e| {
        let good = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|&&b| b == b'\n').count();
        Error(format!("{}:{line}: not UTF-8", path.display()))
    })
}

/// The text file, to be asked by id and by line.
struct Texts<'d> {
    file: Document<'d>,
    by_id: BTreeMap<String, String>,
    id_at_line: BTreeMap<usize, String>,
}

#[derive(Deserialize)]
struct TextLine {
    id: String,
    text: String,
}

impl<'d> Texts<'d> {
    fn parse(file: Document<'d>) -> Result<Self, Error> {
        let mut texts = Self { file, by_id: BTreeMap::new(), id_at_line: BTreeMap::new() };
        for (number, line) in file.lines() {
            let TextLine { id, text } = serde_json::from_str(line).map_err(|e| file.error(number, e))?;
            texts.id_at_line.insert(number, id.clone());
            if texts.by_id.insert(id.clone(), text).is_some() {
                return Err(file.error(number, format!("id twice: {id}")));
            }
        }
        Ok(texts)
    }
}

#[derive(Deserialize)]
struct ScorerLine {
    id: String,
    attributions: Vec<ScorerAttribution>,
}

/// As it stands in the file: parts may be absent or null, offsets may be wrong.
#[derive(Deserialize)]
struct ScorerAttribution {
    source: Option<Vec<(i64, i64)>>,
    cue: Option<Vec<(i64, i64)>>,
    content: Option<Vec<(i64, i64)>>,
}

impl ScorerAttribution {
    /// The attribution in a text of `n_points` code points, or the span that does not fit it.
    fn check(self, n_points: usize) -> Result<Attribution, String> {
        let part = |spans: Option<Vec<(i64, i64)>>| -> Result<Vec<Points>, String> {
            spans.unwrap_or_default().into_iter().map(|span| check_span(span, n_points)).collect()
        };
        Ok(Attribution {
            source: part(self.source)?,
            cue: part(self.cue)?,
            content: part(self.content)?,
            ..Attribution::default()
        })
    }
}

fn check_span((begin, end): (i64, i64), n_points: usize) -> Result<Points, String> {
    match (usize::try_from(begin), usize::try_from(end)) {
        (Ok(b), Ok(e)) if b < e && e <= n_points => Ok((b, e)),
        _ => Err(format!("bad span [{begin}, {end}] in a text of {n_points} characters")),
    }
}

fn parse_attributions(
    line: &str,
    text_of: impl Fn(&str) -> Result<usize, String>,
) -> Result<(String, Vec<Attribution>), String> {
    let ScorerLine { id, attributions } = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let n_points = text_of(&id)?;
    let checked: Result<Vec<_>, _> = attributions.into_iter().map(|a| a.check(n_points)).collect();
    Ok((id, checked?))
}

fn parse_gold(file: Document<'_>, texts: &Texts<'_>) -> Result<BTreeMap<String, Article>, Error> {
    let mut articles = BTreeMap::new();
    let n_points = |id: &str| {
        let text = texts.by_id.get(id).ok_or_else(|| format!("{} has no text for {id}", texts.file.name))?;
        Ok(text.chars().count())
    };
    for (number, line) in file.lines() {
        let (id, gold) = parse_attributions(line, n_points).map_err(|e| file.error(number, e))?;
        let text = texts.by_id[&id].clone();
        let article = Article { id: id.clone(), text, gold, pred: Vec::new() };
        if articles.insert(id.clone(), article).is_some() {
            return Err(file.error(number, format!("id twice: {id}")));
        }
    }
    if articles.is_empty() {
        return Err(Error(format!("{}: no article", file.name)));
    }
    Ok(articles)
}

/// Fills in the predictions; returns whether they are readings.
fn add_predictions(
    file: Document<'_>,
    texts: &Texts<'_>,
    articles: &mut BTreeMap<String, Article>,
) -> Result<bool, Error> {
    let mut line_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_readings = 0;
    for (number, line) in file.lines() {
        let is_reading = is_reading(line).map_err(|e| file.error(number, e))?;
        n_readings += usize::from(is_reading);
        let parsed = if is_reading { parse_reading(line, texts) } else { parse_prediction(line, articles) };
        let (id, pred) = parsed.map_err(|e| file.error(number, e))?;
        let Some(article) = articles.get_mut(&id) else { return Err(file.error(number, lacks(&id))) };
        if let Some(before) = line_of.insert(id.clone(), number) {
            return Err(file.error(number, format!("id twice: {id}, before at line {before}")));
        }
        article.pred = pred;
    }
    if n_readings != 0 && n_readings != line_of.len() {
        return Err(Error(format!("{}: readings and lines of the scorer's own form are mixed", file.name)));
    }
    Ok(n_readings > 0)
}

fn lacks(id: &str) -> String {
    format!("predictions for an article that the gold lacks: {id}")
}

/// Whether a line is Ascribe's own output; every such line carries the format's version.
fn is_reading(line: &str) -> Result<bool, String> {
    let value: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    Ok(value.get("ascribe").is_some())
}

fn parse_prediction(
    line: &str,
    articles: &BTreeMap<String, Article>,
) -> Result<(String, Vec<Attribution>), String> {
    parse_attributions(line, |id| articles.get(id).map(|a| a.text.chars().count()).ok_or_else(|| lacks(id)))
}

/// Id and attributions of a reading. The report's record number is the line of the text file that
/// it was read from, as a reading knows nothing of the ids there.
fn parse_reading(line: &str, texts: &Texts<'_>) -> Result<(String, Vec<Attribution>), String> {
    let reading = Reading::from_json(line).map_err(|e| e.to_string())?;
    let record = reading.report.record.ok_or("a reading without report.record: read the text file itself")?;
    let file = texts.file.name;
    let id = usize::try_from(record).ok().and_then(|at| texts.id_at_line.get(&at));
    let id = id.ok_or_else(|| format!("report.record {record} is no line of {file}"))?;
    if texts.by_id[id] != reading.report.text {
        return Err(format!("report.text is not the text at {file}:{record}"));
    }
    let points = CodePoints::of(&reading.report.text);
    let part = |words: &Words| -> Vec<Points> {
        words.spans.iter().map(|s| (points.from_byte(s.begin), points.from_byte(s.end))).collect()
    };
    let mut attributions = Vec::new();
    for s in &reading.statements {
        if !(0.0..=1.0).contains(&s.confidence) {
            return Err(format!("confidence {} of {} lies outside 0..1", s.confidence, s.id));
        }
        attributions.push(Attribution {
            source: part(&s.source),
            cue: part(&s.cue),
            content: part(&s.content),
            form: Some(s.form),
            confidence: Some(s.confidence),
        });
    }
    Ok((id.clone(), attributions))
}
