//! Who quotes whom: parties and outlets, joined by the statements of the one that the other carried.
//! GraphML (Brandes et al., "GraphML Progress Report", 2001, <http://graphml.graphdrawing.org/>) and JSON
//! of nodes and links, as D3 and NetworkX read it.
//!
//! An edge leads from a speaker to an outlet, once for each medium that the outlet names on the way
//! ("told Radio Vaskel"). Held in memory are nodes and edges, not statements.

use std::collections::BTreeMap;
use std::io::Write;

use ascribe_ledger::{Filter, Hash, Ledger, Listing, Row};
use serde_json::json;

use crate::json::{List, object};
use crate::line::{each, is_rejected, text};
use crate::{Result, Written};

/// Speakers that the reports do not name.
const UNNAMED: &str = "unnamed";

/// What GraphML declares of nodes and edges: name, what has it, type.
const KEYS: [(&str, &str, &str); 6] = [
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("via", "edge", "string"),
    ("statements", "edge", "int"),
    ("direct", "edge", "int"),
    ("reports", "edge", "int"),
];

/// Nodes by id, and edges by speaker, outlet and medium.
#[derive(Default)]
pub(crate) struct Graph {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String, Option<String>), Edge>,
    n_left_out: u64,
}

struct Node {
    label: String,
    kind: String,
}

#[derive(Default)]
struct Edge {
    n_statements: u64,
    /// Of them those in quotation marks.
    n_direct: u64,
    n_reports: u64,
    last_report: String,
}

impl Graph {
    /// The graph of the statements that fit. Left out is what an outlet says in its own voice.
    pub(crate) fn of(ledger: &Ledger, filter: &Filter) -> Result<Self> {
        let mut graph = Self::default();
        each(ledger, Listing::Statements, filter, |row| {
            graph.add(row);
            Ok(())
        })?;
        Ok(graph)
    }

    fn add(&mut self, row: &Row<'_>) {
        let speaker = match (text(row, "actor"), text(row, "speaker"), text(row, "naming")) {
            _ if is_rejected(row) => None,
            (Some(actor), Some(name), _) => Some((actor, name, text(row, "kind").unwrap_or_default())),
            (_, _, Some("outlet")) => None,
            _ => Some((UNNAMED, "unnamed sources", UNNAMED)),
        };
        let Some((id, label, kind)) = speaker else {
            self.n_left_out += 1;
            return;
        };
        self.node(id.to_owned(), label, kind);
        let outlet = match text(row, "outlet") {
            Some(name) => {
                let id = format!("o{}", &Hash::of(name.as_bytes()).to_string()[..16]);
                self.node(id.clone(), name, "outlet");
                id
            }
            None => {
                self.node("o".to_owned(), "unknown outlet", "outlet");
                "o".to_owned()
            }
        };
        let via = text(row, "via").map(str::to_owned);
        let edge = self.edges.entry((id.to_owned(), outlet, via)).or_default();
        edge.n_statements += 1;
        edge.n_direct += u64::from(text(row, "form") == Some("direct"));
        // Lines come by report, so that the last one tells whether this is another.
        let report = text(row, "report").unwrap_or_default();
        if edge.last_report != report {
            edge.n_reports += 1;
            report.clone_into(&mut edge.last_report);
        }
    }

    fn node(&mut self, id: String, label: &str, kind: &str) {
        self.nodes.entry(id).or_insert_with(|| Node { label: label.to_owned(), kind: kind.to_owned() });
    }

    fn written(&self) -> Written {
        Written { n: self.edges.len() as u64, n_left_out: self.n_left_out }
    }

    pub(crate) fn write_json(&self, to: &mut dyn Write) -> Result<Written> {
        write!(to, "{{\"directed\":true,\"multigraph\":true,\"nodes\":[")?;
        let mut list = List::new(to);
        for (id, Node { label, kind }) in &self.nodes {
            list.push(&json!({ "id": id, "label": label, "kind": kind }))?;
        }
        write!(to, "\n],\"links\":[")?;
        let mut list = List::new(to);
        for ((speaker, outlet, via), edge) in &self.edges {
            list.push(&object([
                ("source", speaker.as_str().into()),
                ("target", outlet.as_str().into()),
                ("via", via.as_deref().map_or(serde_json::Value::Null, Into::into)),
                ("statements", edge.n_statements.into()),
                ("direct", edge.n_direct.into()),
                ("reports", edge.n_reports.into()),
            ]))?;
        }
        writeln!(to, "\n]}}")?;
        Ok(self.written())
    }

    pub(crate) fn write_graphml(&self, to: &mut dyn Write) -> Result<Written> {
        writeln!(to, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(to, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#)?;
        for (name, of, kind) in KEYS {
            writeln!(to, r#"  <key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>"#)?;
        }
        writeln!(to, r#"  <graph id="quotes" edgedefault="directed">"#)?;
        for (id, Node { label, kind }) in &self.nodes {
            let data = [("label", label.as_str()), ("kind", kind)].map(data).concat();
            writeln!(to, r#"    <node id="{id}">{data}</node>"#)?;
        }
        for (((speaker, outlet, via), edge), n) in self.edges.iter().zip(1..) {
            let counts = [
                ("statements", edge.n_statements.to_string()),
                ("direct", edge.n_direct.to_string()),
                ("reports", edge.n_reports.to_string()),
            ];
            let via = via.as_deref().map(|via| data(("via", via))).unwrap_or_default();
            let counts: String = counts.iter().map(|(name, n)| data((name, n))).collect();
            writeln!(to, r#"    <edge id="e{n}" source="{speaker}" target="{outlet}">{via}{counts}</edge>"#)?;
        }
        writeln!(to, "  </graph>\n</graphml>")?;
        Ok(self.written())
    }
}

/// A value of a node or edge, as GraphML writes it.
fn data((key, value): (&str, &str)) -> String {
    format!(r#"<data key="{key}">{}</data>"#, xml_text(value))
}

/// Characters as text of XML 1.0; those that it cannot hold become U+FFFD.
fn xml_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().map(crate::sheet::writable) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    escaped
}
