//! Flags on real reports against judgements of our own, and the reports that they were given on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use clap::ValueEnum;
use serde::Deserialize;
use serde_json::{Value, json};

use super::labels::lines;
use crate::Slice;

/// Reports of one topic, the first of them by date: the same ones each time, as a ledger takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Timeline17: the earthquake in Haiti.
    Haiti,
    /// Timeline17: the war in Syria.
    Syria,
    /// Timeline17: the war in Iraq.
    Iraq,
    /// Timeline17: the revolution in Egypt.
    Egypt,
    /// Local news of gun violence: every sixteenth incident.
    Guns,
    /// Timeline17: the war in Libya. No rule was mended on it since its flags were judged.
    Libya,
}

/// So many reports of a topic are taken.
const MOST: usize = 200;

impl Topic {
    /// Its name in the files.
    pub fn name(self) -> &'static str {
        ["haiti", "syria", "iraq", "egypt", "guns", "libya"][self as usize]
    }

    /// Whether rules were mended on it.
    fn slice(self) -> Slice {
        if self == Self::Libya { Slice::Untouched } else { Slice::Fitted }
    }

    /// Its reports, a line of JSON each, as `ascribe add` reads them.
    ///
    /// # Errors
    /// If the corpora under `data` cannot be read.
    pub fn reports(self, data: &Path) -> Result<String, String> {
        let mut reports = if self == Self::Guns { guns(data)? } else { self.timeline(data)? };
        reports.sort_by(|a, b| (&a.published, &a.id).cmp(&(&b.published, &b.id)));
        let line = |report: Told| {
            let Told { id, published, title, text } = report;
            format!("{}\n", json!({ "id": id, "published": published, "text": text, "title": title }))
        };
        Ok(reports.into_iter().take(MOST).map(line).collect())
    }

    fn timeline(self, data: &Path) -> Result<Vec<Told>, String> {
        let articles = lines::<Value>(&data.join("timelines_t17_crisis/T17/articles.jsonl"))?;
        let own = articles.iter().filter(|article| article["topic"] == self.name());
        let told = |article: &Value| Told {
            id: string(&article["id"]),
            published: string(&article["pub"]),
            title: None,
            text: together(&string(&article["text"])),
        };
        Ok(own.map(told).collect())
    }
}

struct Told {
    id: String,
    published: String,
    title: Option<String>,
    text: String,
}

fn guns(data: &Path) -> Result<Vec<Told>, String> {
    let articles = lines::<Value>(&data.join("gva_semeval2018t5/docs.jsonl"))?;
    let is_taken = |article: &&Value| {
        string(&article["incident"]).parse::<u64>().is_ok_and(|incident| incident % 16 == 5)
    };
    let told = |article: &Value| Told {
        id: string(&article["doc"]),
        published: string(&article["dct"]),
        title: Some(string(&article["title"])),
        text: string(&article["text"]),
    };
    Ok(articles.iter().filter(is_taken).map(told).collect())
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Words that a corpus took apart, as the Penn Treebank does, together again.
fn together(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        let (mut glue, mut is_quoted) = (true, false);
        for word in line.split_whitespace() {
            let (word, opens) = match word {
                "-LRB-" => ("(", true),
                "-RRB-" => (")", false),
                "``" => ("\"", true),
                "''" => ("\"", false),
                "\"" => {
                    is_quoted = !is_quoted;
                    ("\"", is_quoted)
                }
                word => (word, matches!(word, "(" | "[" | "$" | "£" | "€")),
            };
            let closes = !opens
                && (matches!(
                    word,
                    "." | "," | ";" | ":" | "?" | "!" | "%" | ")" | "]" | "\"" | "n't" | "..."
                ) || word.starts_with('\''));
            if !glue && !closes {
                whole.push(' ');
            }
            whole.push_str(word);
            glue = opens;
        }
        whole.push('\n');
    }
    whole
}

/// What a person said about a flag.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Judged {
    topic: Topic,
    flag: String,
    kind: String,
    right: bool,
}

/// A line of `ascribe flags --format jsonl`.
#[derive(Clone, Debug, Deserialize)]
struct Given {
    id: String,
    kind: String,
}

/// How many flags of each kind are right, of those in `given` that `judged` has. Both are files of JSON
/// lines: what `ascribe flags --format jsonl` printed for a ledger of the topics, and judgements.
///
/// # Errors
/// If a file cannot be read.
pub fn score_judged(given: &Path, judged: &Path) -> Result<String, String> {
    let judged: Vec<Judged> = lines(judged)?;
    let of: BTreeMap<&str, &Judged> = judged.iter().map(|j| (&*j.flag, j)).collect();
    let mut tallies: BTreeMap<(Slice, String), [usize; 2]> = BTreeMap::new();
    let (mut is_given, mut n_open) = (BTreeMap::new(), BTreeMap::new());
    for Given { id, kind } in lines(given)? {
        match of.get(&*id) {
            Some(judged) => {
                let tally = tallies.entry((judged.topic.slice(), judged.kind.clone())).or_default();
                tally[usize::from(judged.right)] += 1;
                is_given.insert(judged.flag.as_str(), ());
            }
            None => *n_open.entry(kind).or_insert(0_usize) += 1,
        }
    }
    let mut table = "slice      kind            right / judged  precision\n".to_owned();
    for ((slice, kind), [wrong, right]) in &tallies {
        let n = wrong + right;
        let slice = format!("{slice:?}").to_lowercase();
        let _ =
            writeln!(table, "{slice:<10} {kind:<15} {right:>5} / {n:<6}  {:.3}", *right as f64 / n as f64);
    }
    let n_gone = judged.iter().filter(|judged| judged.right && !is_given.contains_key(&*judged.flag)).count();
    let open: Vec<String> = n_open.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    let _ = writeln!(table, "not judged: {}", if open.is_empty() { "none".into() } else { open.join(", ") });
    let _ = writeln!(table, "judged right and not given: {n_gone}");
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_together() {
        let apart = "( CNN ) -- `` It is n't over , '' she said .\nThe army 's 12 -LRB- of 40 -RRB- left ; \" no \" .";
        let whole = "(CNN) -- \"It isn't over,\" she said.\nThe army's 12 (of 40) left; \"no\".\n";
        assert_eq!(together(apart), whole);
    }

    #[test]
    fn judgements_are_counted() {
        let folder = std::env::temp_dir().join(format!("ascribe-judged-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let (given, judged) = (folder.join("given.jsonl"), folder.join("judged.jsonl"));
        let flag = |flag: &str, kind: &str| format!("{}\n", json!({ "id": flag, "kind": kind, "why": "." }));
        let judge = |flag: &str, right: bool| {
            format!("{}\n", json!({ "topic": "libya", "flag": flag, "kind": "conflict", "right": right }))
        };
        std::fs::write(&given, flag("a", "conflict") + &flag("b", "conflict") + &flag("c", "sum"))
            .expect("a file");
        std::fs::write(&judged, judge("a", true) + &judge("b", false) + &judge("d", true)).expect("a file");
        let table = score_judged(&given, &judged).expect("two files");
        assert!(table.contains("untouched  conflict            1 / 2       0.500\n"), "{table}");
        assert!(table.ends_with("not judged: sum 1\njudged right and not given: 1\n"), "{table}");
        std::fs::remove_dir_all(&folder).expect("a folder");
    }
}
