//! The labelled statements of `tests/labels/` with the texts they belong to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ascribe_record::{Act, ActorKind, Certainty, MediumKind, Naming};
use serde::{Deserialize, Serialize};

use crate::{Points, Slice};

/// How a source refers to its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// By a name.
    Name,
    /// By a description: "the minister", "officials".
    Role,
    /// By a pronoun.
    Pronoun,
    /// Not at all.
    None,
}

/// One labelled statement; `docs/methods/labels.md` says what each field means. Spans are code points.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// `polnear`, `timebank`, `re3d` or `gum`.
    pub corpus: String,
    /// The text's name in its corpus.
    pub doc: String,
    /// When it was published, if the corpus tells.
    pub published: Option<String>,
    /// Looked at or kept.
    pub half: Slice,
    /// Who says it, as worded.
    pub source: Vec<Points>,
    /// The saying words.
    pub cue: Vec<Points>,
    /// What is said.
    pub content: Vec<Points>,
    /// The fullest name of each party.
    pub speaker: Vec<Points>,
    /// Other right names.
    pub aliases: Vec<Points>,
    /// How the source refers.
    #[serde(rename = "ref")]
    pub reference: Reference,
    /// How openly the party is named.
    pub naming: Naming,
    /// What sort of party it is.
    pub kind: Option<ActorKind>,
    /// What the party is.
    pub role: Vec<Points>,
    /// Other right roles.
    pub role_also: Vec<Points>,
    /// Whom it belongs to.
    pub affiliation: Vec<Points>,
    /// Other right affiliations.
    pub affiliation_also: Vec<Points>,
    /// What is done by saying it.
    pub act: Act,
    /// How certain it is put.
    pub certainty: Certainty,
    /// The words of that, unless asserted.
    pub hedge: Vec<Points>,
    /// Sort of channel.
    pub medium: Option<MediumKind>,
    /// The channel's words.
    pub medium_words: Vec<Points>,
    /// The channel's name.
    pub via: Vec<Points>,
    /// When it was said (EDTF).
    pub said_on: Option<String>,
    /// The words of that.
    pub said_on_words: Vec<Points>,
    /// Cue of the statement that this one stands in.
    pub within: Option<Points>,
    /// Cue of the statement that this one answers.
    pub replies_to: Option<Points>,
    /// Whether any of it is hard, as the guidelines say.
    pub hard: bool,
}

/// The labels of one text.
#[derive(Clone, Debug)]
pub struct LabelledText {
    /// What the spans count in.
    pub text: String,
    /// In the order of the file.
    pub labels: Vec<Label>,
}

impl LabelledText {
    /// The words at `span`.
    pub fn slice(&self, (begin, end): Points) -> String {
        self.text.chars().skip(begin).take(end - begin).collect()
    }
}

/// Reads labels and the texts they belong to, found under `data` (the corpora's folder), in the order
/// of the label file.
///
/// # Errors
/// If a file cannot be read, a line has another form, a text is not where it should be, or a span
/// lies outside it.
pub fn load_labels(labels: &Path, data: &Path) -> Result<Vec<LabelledText>, String> {
    let mut texts: Vec<LabelledText> = Vec::new();
    let mut at: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut polnear = BTreeMap::new();
    for (number, line) in read(labels)?.lines().enumerate() {
        let here = |e: String| format!("{}:{}: {e}", labels.display(), number + 1);
        let label: Label = serde_json::from_str(line).map_err(|e| here(e.to_string()))?;
        let key = (label.corpus.clone(), label.doc.clone());
        let index = match at.get(&key) {
            Some(&index) => index,
            None => {
                let text = text_of(&label, data, &mut polnear)?;
                texts.push(LabelledText { text, labels: Vec::new() });
                at.insert(key, texts.len() - 1);
                texts.len() - 1
            }
        };
        let n_points = texts[index].text.chars().count();
        let spans = label.cue.iter().chain(&label.source).chain(&label.content).chain(&label.speaker);
        if spans.clone().any(|&(b, e)| b >= e || e > n_points) {
            return Err(here("a span lies outside its text".to_owned()));
        }
        texts[index].labels.push(label);
    }
    Ok(texts)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn text_of(label: &Label, data: &Path, polnear: &mut BTreeMap<String, String>) -> Result<String, String> {
    let missing = || format!("{} has no text '{}'", label.corpus, label.doc);
    match label.corpus.as_str() {
        "polnear" => {
            if polnear.is_empty() {
                for line in read(&data.join("polnear/dev.text.jsonl"))?.lines() {
                    let article: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
                    let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
                    polnear.insert(field("id"), field("text"));
                }
            }
            polnear.get(&label.doc).cloned().ok_or_else(missing)
        }
        "timebank" => timebank(&read(&data.join("tempeval3/TimeBank").join(&label.doc))?).ok_or_else(missing),
        "re3d" => re3d(&data.join("re3d"), &label.doc)?.ok_or_else(missing),
        "gum" => Ok(gum(&read(&data.join(format!("gum/{}.conllu", label.doc)))?)),
        other => Err(format!("no corpus '{other}' is known")),
    }
}

/// What stands in `<TEXT>`, without the tags in it.
fn timebank(tml: &str) -> Option<String> {
    let body = tml.split_once("<TEXT>")?.1.split_once("</TEXT>")?.0;
    let mut text = String::with_capacity(body.len());
    for piece in body.split('<') {
        text.push_str(if text.is_empty() && !body.starts_with('<') && !piece.contains('>') {
            piece
        } else {
            piece.split_once('>').map_or(piece, |(_, behind)| behind)
        });
    }
    Some(text)
}

fn re3d(folder: &Path, id: &str) -> Result<Option<String>, String> {
    let folders = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in folders.flatten().filter(|e| e.path().is_dir()) {
        for line in read(&entry.path().join("documents.json"))?.lines() {
            let document: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            if document["_id"] == id {
                return Ok(document["text"].as_str().map(str::to_owned));
            }
        }
    }
    Ok(None)
}

/// The sentences of a CoNLL-U file, paragraphs parted by a blank line.
fn gum(conllu: &str) -> String {
    let (mut text, mut paragraph) = (String::new(), false);
    for line in conllu.lines() {
        if line.starts_with("# newpar") && !text.is_empty() {
            paragraph = true;
        }
        if let Some(sentence) = line.strip_prefix("# text = ") {
            if !text.is_empty() {
                text.push_str(if paragraph { "\n\n" } else { " " });
            }
            paragraph = false;
            text.push_str(sentence);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_corpora() {
        assert_eq!(
            timebank("<X><TEXT>\nOn <T a=\"1\">Monday</T> it rained.</TEXT>").unwrap(),
            "\nOn Monday it rained."
        );
        assert_eq!(timebank("<TEXT><T>Rain</T> fell</TEXT>").unwrap(), "Rain fell");
        let conllu = "# newpar\n# text = One.\n1\tOne\n# text = Two.\n# newpar\n# text = Three.\n";
        assert_eq!(gum(conllu), "One. Two.\n\nThree.");
    }
}
