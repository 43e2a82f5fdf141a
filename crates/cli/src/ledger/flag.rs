//! `ascribe flags` and `ascribe table`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use ascribe_export::csv;
use ascribe_ledger::{Filter, Listing, Rule, RuleTable, Verdict};
use serde_json::{Map, Value, json};

use super::flag_args::{FlagsArguments, TableArguments, TableFormat, TableRule};
use super::link::{link, open_linked};
use super::review::author;
use super::show::list;
use super::{now, open_existing};
use crate::sink::closed;

pub(super) fn flags(arguments: &FlagsArguments) -> anyhow::Result<ExitCode> {
    let named = arguments.ledger.ledger.as_deref();
    if let Some(flag) = &arguments.dismiss {
        let author = author(arguments.author.as_deref())?;
        let mut ledger = open_existing(named)?;
        let decision =
            ledger.decide(flag, &Verdict::Dismiss, &author, &now(), arguments.reason.as_deref())?;
        link(&mut ledger)?;
        anstream::eprintln!("decision {decision}");
        return Ok(ExitCode::SUCCESS);
    }
    let filter = Filter {
        id: arguments.id.clone(),
        kind: arguments.kind.clone(),
        story: arguments.story.clone(),
        dismissed: arguments.all,
        ..Filter::default()
    };
    list(&open_linked(named)?, Listing::Flags, filter, &arguments.output)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn table(arguments: &TableArguments) -> anyhow::Result<ExitCode> {
    let rule = match arguments.rule {
        TableRule::Verbatim => Rule::Verbatim,
        TableRule::Ucdp => Rule::Ucdp,
        TableRule::Acled => Rule::Acled,
        TableRule::Ibc => Rule::Ibc,
    };
    let ledger = open_linked(arguments.ledger.ledger.as_deref())?;
    let table = ledger.rule_table(rule, &arguments.story)?;
    let terminal = io::stdout().is_terminal();
    let shown = match arguments.format.unwrap_or(if terminal { TableFormat::Table } else { TableFormat::Csv })
    {
        TableFormat::Csv => lines(&table),
        TableFormat::Jsonl => jsonl(&table),
        TableFormat::Table => blocks(&table),
    };
    let mut to = io::stdout().lock();
    to.write_all(shown.as_bytes()).and_then(|()| to.flush()).or_else(closed)?;
    Ok(ExitCode::SUCCESS)
}

/// The columns of the dataset, then the rule that filled them: a file says by itself what it is.
fn lines(table: &RuleTable) -> String {
    let mut heading: Vec<String> = table.columns.iter().map(|name| (*name).to_owned()).collect();
    heading.extend(["rule", "rule_version", "rule_text"].map(str::to_owned));
    let rule = [table.rule.name(), table.rule.version(), table.rule.text()].map(csv::cell);
    let rows = table
        .rows
        .iter()
        .map(|row| csv::record(row.iter().map(|text| csv::cell(text)).chain(rule.iter().cloned())));
    std::iter::once(csv::record(heading)).chain(rows).collect()
}

fn jsonl(table: &RuleTable) -> String {
    let line = |row: &Vec<String>| {
        let value = |text: &String| if text.is_empty() { Value::Null } else { Value::String(text.clone()) };
        let mut line: Map<String, Value> =
            table.columns.iter().zip(row).map(|(name, text)| ((*name).to_owned(), value(text))).collect();
        line.insert("rule".to_owned(), json!(table.rule.name()));
        line.insert("rule_version".to_owned(), json!(table.rule.version()));
        line.insert("rule_text".to_owned(), json!(table.rule.text()));
        format!("{}\n", Value::Object(line))
    };
    table.rows.iter().map(line).collect()
}

/// The rule, then a block a row with what is filled.
fn blocks(table: &RuleTable) -> String {
    let mut shown = format!("{} {}: {}\n", table.rule.name(), table.rule.version(), table.rule.text());
    let width = table.columns.iter().map(|name| name.len()).max().unwrap_or(0);
    for row in &table.rows {
        shown.push('\n');
        for (name, text) in table.columns.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            // Nothing in a report steers the terminal.
            let plain: String = text.chars().filter(|c| !c.is_control()).collect();
            shown += &format!("{name:<width$}  {plain}\n");
        }
    }
    shown
}
