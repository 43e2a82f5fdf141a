//! Statements as claims: schema.org, <https://schema.org/Claim>. Who said it, in which words, where it
//! appeared; never a `ClaimReview`, which would say whether it is true.
//!
//! Left out is what schema.org has no word for: silences, questions and demands, which claim nothing, and
//! denials, whose content is what the speaker says is *not* so.

use std::io::Write;

use ascribe_ledger::{Filter, Ledger, Listing, Row};
use ascribe_record::{Act, Certainty, Report};
use serde_json::{Value, json};

use crate::annotation::{article, item_urn};
use crate::json::{List, object};
use crate::line::{each_placed, is_rejected, text};
use crate::{Result, Written};

/// What is done by saying something that claims nothing, or the opposite of its content.
const NO_CLAIM: &[Act] = &[Act::Ask, Act::Decline, Act::Demand, Act::Deny, Act::Withhold];

pub(crate) fn write(ledger: &Ledger, filter: &Filter, to: &mut dyn Write) -> Result<Written> {
    let mut n_left_out = 0;
    write!(to, "{{\"@context\":\"https://schema.org\",\"@graph\":[")?;
    let mut list = List::new(to);
    each_placed(ledger, Listing::Statements, filter, |row, placed| {
        match text(row, "content").filter(|_| is_claim(row)) {
            Some(content) => Ok(list.push(&claim(row, content, placed.report))?),
            None => {
                n_left_out += 1;
                Ok(())
            }
        }
    })?;
    let n = list.n;
    writeln!(to, "\n]}}")?;
    Ok(Written { n, n_left_out })
}

fn is_claim(row: &Row<'_>) -> bool {
    let act = text(row, "act");
    let is_denied = text(row, "certainty") == Some(Certainty::Denied.name());
    !is_rejected(row) && !is_denied && !NO_CLAIM.iter().any(|none| act == Some(none.name()))
}

fn claim(row: &Row<'_>, content: &str, report: &Report) -> Value {
    let (author, based_on) = speaker(row);
    let field = |name: &str| text(row, name).map_or(Value::Null, Value::from);
    object([
        ("@type", "Claim".into()),
        ("@id", item_urn(report, row).into()),
        ("text", content.into()),
        ("author", author),
        ("isBasedOn", based_on),
        // The words of the report for who says it, whatever they resolve to.
        ("creditText", field("source")),
        ("dateCreated", field("said_on")),
        ("appearance", article(report)),
    ])
}

/// Who says it, or the document that does.
fn speaker(row: &Row<'_>) -> (Value, Value) {
    let Some(name) = text(row, "speaker") else { return (Value::Null, Value::Null) };
    let kind = match text(row, "kind") {
        Some("document") => return (Value::Null, json!({ "@type": "CreativeWork", "name": name })),
        Some("person") => "Person",
        Some("government") => "GovernmentOrganization",
        _ => "Organization",
    };
    let is_person = kind == "Person";
    let affiliation = text(row, "affiliation").filter(|_| is_person);
    let author = object([
        ("@type", kind.into()),
        ("name", name.into()),
        ("jobTitle", text(row, "role").filter(|_| is_person).map_or(Value::Null, Value::from)),
        (
            "affiliation",
            affiliation.map_or(Value::Null, |name| json!({ "@type": "Organization", "name": name })),
        ),
        ("identifier", text(row, "actor").map_or(Value::Null, Value::from)),
    ]);
    (author, Value::Null)
}
