//! Statements and figures that the reader missed and a person adds.

use std::collections::BTreeMap;

use rusqlite::types::Value;

use crate::decision::{Action, Decision, Logged, State};
use crate::field::{FIGURE, Field, STATEMENT, parse, position};
use crate::quote::Quote;
use crate::rows::{Item, Rows, find};

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// Who said what.
    Statement,
    /// A quantity; its field `statement` is the id of the statement that gives it.
    Figure,
}

impl Missed {
    const ALL: [Self; 2] = [Self::Statement, Self::Figure];

    /// The letter of its ids.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Statement => 's',
            Self::Figure => 'f',
        }
    }

    fn fields(self) -> &'static [Field] {
        match self {
            Self::Statement => STATEMENT,
            Self::Figure => FIGURE,
        }
    }

    /// The fields by whose words it is found, the first of them that is given.
    fn quoted(self) -> &'static [&'static str] {
        match self {
            Self::Statement => &["content", "cue", "source"],
            Self::Figure => &["words"],
        }
    }
}

/// The field of a figure that names its statement.
const STATEMENT_ID: &str = "statement";

/// The item of `given` fields, as it is added to a report of which `rows` are known: its key, its quote.
/// The words are those `at` this code point of `text`, or else of the first place where nothing of the kind was
/// found yet.
pub(crate) fn missed(
    kind: Missed,
    given: &BTreeMap<String, String>,
    at: Option<usize>,
    rows: &Rows,
    text: &str,
) -> Result<(u32, Quote), String> {
    for (name, value) in given {
        if kind == Missed::Figure && name == STATEMENT_ID {
            if statement_of(rows, value).is_none() {
                return Err(format!("no statement of this report has the id {value}"));
            }
            continue;
        }
        let Some(at) = position(kind.fields(), name) else {
            let names: Vec<&str> = kind.fields().iter().map(|field| field.name).collect();
            return Err(format!("'{name}' is none of its fields: {}", names.join(", ")));
        };
        parse(&kind.fields()[at], value, text)?;
    }
    let words = kind.quoted().iter().find_map(|name| given.get(*name).map(|words| words.trim()));
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        return Err(format!("give its words: {}=…", kind.quoted().join("=… or ")));
    };
    let more = given.get(if kind == Missed::Statement { "cue" } else { "counted" });
    let items = if kind == Missed::Statement { &rows.statements } else { &rows.figures };
    let asked = at.map(|at| text.char_indices().nth(at).map(|(byte, _)| byte));
    let fits = |place: &usize| asked.is_none_or(|asked| asked == Some(*place));
    let places = text.match_indices(words).map(|(place, _)| place).filter(fits).map(|at| {
        let quote = Quote::at(text, ascribe_record::Span::new(at, at + words.len()));
        (quote.key(more.map_or("", |more| more.trim())), quote)
    });
    let mut places =
        places.filter(|(key, quote)| !items.iter().any(|item| item.key == *key || item.quote == *quote));
    if at.is_some() && !text.match_indices(words).any(|(place, _)| fits(&place)) {
        return Err(format!("“{words}” does not stand there"));
    }
    places.next().ok_or_else(|| format!("“{words}” is there already"))
}

/// Puts in what the decisions of `log` that still hold added, and notes in `states` what came of them.
/// What a newer reading has found by itself only takes the fields that the person gave.
pub(crate) fn put_in(rows: &mut Rows, text: &str, log: &[Logged], states: &mut [State]) {
    for kind in Missed::ALL {
        let mut new: Vec<(usize, Item)> = Vec::new();
        for (logged, state) in log.iter().zip(&mut *states) {
            let Some(decision) = &logged.decision else { continue };
            if *state != State::Holds || kind_of(decision) != Some(kind) {
                continue;
            }
            let found = decision.quote.as_ref().and_then(|quote| quote.find(text));
            let owner = decision.fields.get(STATEMENT_ID).and_then(|id| statement_of(rows, id));
            let items = if kind == Missed::Statement { &mut rows.statements } else { &mut rows.figures };
            let item = match (find(items, decision), found) {
                (Some(item), _) => item,
                (None, Some(at)) => {
                    let item = blank(kind, decision);
                    let known = new.iter().position(|(_, other)| other.key == item.key);
                    let index = known.unwrap_or_else(|| {
                        new.push((at, item));
                        new.len() - 1
                    });
                    &mut new[index].1
                }
                (None, None) => {
                    *state = State::Orphaned;
                    continue;
                }
            };
            if owner.is_some() {
                item.refers[0] = owner;
            }
            for (name, value) in &decision.fields {
                let Some(at) = position(kind.fields(), name) else { continue };
                match parse(&kind.fields()[at], value, text) {
                    Ok(value) => item.values[at] = value,
                    Err(_) => *state = State::Orphaned,
                }
            }
        }
        // In the order of the text, whichever was added first: two ledgers list the same.
        new.sort_by_key(|(at, item)| (*at, item.key));
        let items = if kind == Missed::Statement { &mut rows.statements } else { &mut rows.figures };
        let last = items.iter().map(|item| item.n).max().unwrap_or(0);
        items.extend((last + 1..).zip(new).map(|(n, (_, item))| Item { n, ..item }));
    }
}

fn kind_of(decision: &Decision) -> Option<Missed> {
    let (_, item) = decision.target.split_once('.')?;
    let kind = Missed::ALL.into_iter().find(|kind| item.starts_with(kind.letter()));
    kind.filter(|_| decision.action == Action::Add)
}

/// An item with nothing in it but its name.
fn blank(kind: Missed, decision: &Decision) -> Item {
    Item {
        n: 0,
        key: decision.key().unwrap_or_default(),
        quote: decision.quote.clone().unwrap_or_default(),
        refers: [None; 2],
        values: vec![Value::Null; kind.fields().len()],
        status: None,
        is_added: true,
    }
}

/// The number of the statement with this id.
fn statement_of(rows: &Rows, id: &str) -> Option<u32> {
    let key = u32::from_str_radix(id.rsplit_once(".s")?.1, 16).ok()?;
    rows.statements.iter().find(|item| item.key == key).map(|item| item.n)
}
