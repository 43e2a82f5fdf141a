//! A reading as rows of the ledger's tables, before any decision.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use ascribe_record::{Figure, Reading, Span, Statement, Words};
use rusqlite::types::Value;

use crate::decision::Decision;
use crate::field::{FIGURE, REPORT, STATEMENT, position};
use crate::hash::Hash;
use crate::quote::Quote;

/// The rows of one reading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    /// In the order of [`field::REPORT`](crate::field::REPORT).
    pub(crate) report: Vec<Value>,
    pub(crate) statements: Vec<Item>,
    pub(crate) figures: Vec<Item>,
    /// How often each party is named.
    pub(crate) mentions: BTreeMap<Party, i64>,
}

/// A statement or a figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// Its number in the reading, from 1.
    pub(crate) n: u32,
    /// Its name inside the report, made of its words; unique there.
    pub(crate) key: u32,
    pub(crate) quote: Quote,
    /// Numbers of other items: of a statement `within` and `replies_to`, of a figure its statement and
    /// `part_of`.
    pub(crate) refers: [Option<u32>; 2],
    /// In the order of the fields of its kind.
    pub(crate) values: Vec<Value>,
    /// What people said of it; `None` is open.
    pub(crate) status: Option<Status>,
    /// Whether a person added it.
    pub(crate) is_added: bool,
}

/// What people said of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Added,
    Accepted,
    Corrected,
    Rejected,
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
        }
    }
}

/// Who speaks or is named, across reports: a name and a kind, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Party {
    pub(crate) name: String,
    pub(crate) kind: String,
}

impl Party {
    /// The party's own number, the same in every ledger.
    pub(crate) fn key(&self) -> i64 {
        Hash::of_parts(&[self.name.as_bytes(), self.kind.as_bytes()]).long_head()
    }
}

impl Rows {
    /// The report's outlet.
    pub(crate) fn outlet(&self) -> Option<&str> {
        self.string("outlet")
    }

    /// The report's date of publication.
    pub(crate) fn published(&self) -> Option<&str> {
        self.string("published")
    }

    /// Every party with how often it is named and how many statements it makes.
    pub(crate) fn parties(&self) -> BTreeMap<Party, [i64; 2]> {
        let named = self.mentions.iter().map(|(party, n)| (party.clone(), [*n, 0]));
        let mut parties: BTreeMap<Party, [i64; 2]> = named.collect();
        for party in self.statements.iter().filter_map(Item::party) {
            parties.entry(party).or_default()[1] += 1;
        }
        parties
    }

    /// The acts of the statements and the measures of the figures, each once, as [`tag`] names them.
    pub(crate) fn tags(&self) -> BTreeSet<String> {
        let of = |items: &[Item], fields, name: &str| -> Vec<String> {
            let at = position(fields, name).expect("a field of items");
            let texts = items.iter().filter_map(|item| match &item.values[at] {
                Value::Text(text) => Some(tag(name, text)),
                _ => None,
            });
            texts.collect()
        };
        let acts = of(&self.statements, STATEMENT, "act");
        acts.into_iter().chain(of(&self.figures, FIGURE, "measure")).collect()
    }

    fn string(&self, name: &str) -> Option<&str> {
        let at = position(REPORT, name).expect("a field of reports");
        match &self.report[at] {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Item {
    /// A hash of all that a person sees of the item.
    pub(crate) fn seen(&self) -> Hash {
        let values: Vec<String> = self.values.iter().map(|value| format!("{value:?}")).collect();
        Hash::of_parts(&values.iter().map(String::as_bytes).collect::<Vec<_>>())
    }

    /// The speaker of a statement.
    pub(crate) fn party(&self) -> Option<Party> {
        let text = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let name = text(&self.values[0])?;
        Some(Party { name, kind: text(&self.values[1]).unwrap_or_default() })
    }
}

/// The item that a decision is about: that of the same id, or else the one of the same words between
/// the same words.
pub(crate) fn find<'i>(items: &'i mut [Item], decision: &Decision) -> Option<&'i mut Item> {
    let key = decision.key();
    let of_id = items.iter().position(|item| Some(item.key) == key);
    let of_quote = || items.iter().position(|item| Some(&item.quote) == decision.quote.as_ref());
    of_id.or_else(of_quote).map(|at| &mut items[at])
}

/// How the table of tags names the value of a field: "act deny".
pub(crate) fn tag(field: &str, value: &str) -> String {
    format!("{field} {value}")
}

/// The rows of `reading`.
pub(crate) fn rows(reading: &Reading) -> Rows {
    let report = &reading.report;
    let mut rows = Rows {
        report: vec![
            text(&report.outlet),
            text(&report.title),
            text(&report.byline),
            text(&report.url),
            text(&report.published),
            text(&report.language),
            named(&report.media_type),
        ],
        statements: reading.statements.iter().map(|s| statement(&report.text, s)).collect(),
        figures: reading.figures.iter().map(|f| figure(&report.text, f)).collect(),
        mentions: BTreeMap::new(),
    };
    part(&mut rows.statements);
    part(&mut rows.figures);
    for mention in &reading.mentions {
        let actor = mention.actor.and_then(|id| reading.actors.iter().find(|actor| actor.id == id));
        if let Some(actor) = actor {
            let party = Party { name: actor.name.clone(), kind: actor.kind.name().to_owned() };
            *rows.mentions.entry(party).or_default() += 1;
        }
    }
    rows
}

/// Gives items of the same key others, in their order.
fn part(items: &mut [Item]) {
    let mut taken = HashSet::new();
    for item in items {
        while !taken.insert(item.key) {
            item.key = item.key.wrapping_add(1);
        }
    }
}

fn statement(words: &str, statement: &Statement) -> Item {
    let Statement { speaker, medium, .. } = statement;
    let quote = quote(words, &statement_parts(statement));
    Item {
        n: statement.id.0,
        key: quote.key(&statement.cue.text),
        quote,
        refers: [statement.within.map(|id| id.0), statement.replies_to.map(|id| id.0)],
        values: vec![
            text(&speaker.name),
            speaker.kind.map_or(Value::Null, |kind| named(kind.name())),
            text(&speaker.role),
            text(&speaker.affiliation),
            named(speaker.naming.name()),
            named(statement.act.name()),
            named(statement.certainty.name()),
            named(statement.form.name()),
            medium.as_ref().map_or(Value::Null, |medium| named(medium.kind.name())),
            medium.as_ref().map_or(Value::Null, |medium| text(&medium.via)),
            text(&statement.said_on),
            worded(&statement.source),
            worded(&statement.cue),
            worded(&statement.content),
            Value::Real(statement.confidence),
        ],
        status: None,
        is_added: false,
    }
}

fn figure(words: &str, figure: &Figure) -> Item {
    let quote = quote(words, &figure_parts(figure));
    let number = |number: Option<f64>| number.map_or(Value::Null, Value::Real);
    Item {
        n: figure.id.0,
        key: quote.key(&figure.counted.text),
        quote,
        refers: [figure.statement.map(|id| id.0), figure.part_of.map(|id| id.0)],
        values: vec![
            worded(&figure.words),
            number(figure.lower),
            number(figure.upper),
            named(figure.bound.name()),
            named(figure.measure.name()),
            worded(&figure.counted),
            attributes(&figure.attributes),
            text(&figure.cause),
            named(figure.scope.name()),
            text(&figure.occurred),
            text(&figure.since),
            text(&figure.as_of),
            text(&figure.place),
            Value::Real(figure.confidence),
        ],
        status: None,
        is_added: false,
    }
}

/// The parts of a statement that may stand for it, the best first.
pub(crate) fn statement_parts(statement: &Statement) -> [&Words; 3] {
    [&statement.content, &statement.cue, &statement.source]
}

/// The parts of a figure that may stand for it, the best first.
pub(crate) fn figure_parts(figure: &Figure) -> [&Words; 2] {
    [&figure.words, &figure.counted]
}

/// Where the first of `parts` that has words stands, from its first to its last.
pub(crate) fn cover(parts: &[&Words]) -> Option<Span> {
    parts.iter().find_map(|part| part.cover())
}

fn quote(text: &str, parts: &[&Words]) -> Quote {
    cover(parts).map(|span| Quote::at(text, span)).unwrap_or_default()
}

fn text(text: &Option<String>) -> Value {
    text.as_ref().map_or(Value::Null, |text| Value::Text(text.clone()))
}

fn named(name: &str) -> Value {
    Value::Text(name.to_owned())
}

fn worded(words: &Words) -> Value {
    if words.is_empty() { Value::Null } else { Value::Text(words.text.clone()) }
}

/// A list as JSON, which SQLite's `json_each` takes apart.
fn attributes(list: &[String]) -> Value {
    if list.is_empty() {
        return Value::Null;
    }
    Value::Text(serde_json::to_string(list).expect("strings always serialise"))
}
