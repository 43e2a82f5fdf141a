//! Every export of ledgers made of invented reports, read again as its users would.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use ascribe_export::{Format, Written, write};
use ascribe_ledger::{Entry, Filter, Hash, Incoming, Ledger, Listing, Sighting, Value, Verdict};
use ascribe_record::{Act, ActorKind, Form, Naming, Reading, Report, Span, Words};
use ascribe_testkit::invented;
use calamine::{Data, DataType, Range, Reader, Xlsx};
use tempfile::TempDir;

const ALL: [Format; 6] =
    [Format::Xlsx, Format::Hxl, Format::Annotation, Format::Claim, Format::GraphMl, Format::GraphJson];

fn put_in(ledger: &mut Ledger, bytes: &[u8], reading: &Reading) {
    let at = Sighting { path: "in.txt".into(), record: None, obtained: "2026-01-12T08:00:00Z".into() };
    ledger.add(&[Incoming::Read(Box::new(Entry::of(bytes, reading, "base 1", at).unwrap()))]).unwrap();
}

/// A ledger of so many invented reports.
fn filled(numbers: impl Iterator<Item = u64>) -> (TempDir, Ledger) {
    let folder = TempDir::new().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.db")).unwrap();
    for n in numbers {
        let mut made = invented(n);
        made.reading.report.id = Hash::of(&made.bytes).to_string();
        put_in(&mut ledger, &made.bytes, &made.reading);
    }
    (folder, ledger)
}

fn words(text: &str, words: &str) -> Words {
    let begin = text.find(words).unwrap();
    Words::at(text, vec![Span::new(begin, begin + words.len())])
}

const TEXT: &str = "Ståle Lind told Radio Öst: “=1+1 🌧 is <two> & more.” Ada Ek denied that it rained.";

/// A report that is hard on every format: a formula, an emoji, marks of XML, a denial.
fn hard() -> (TempDir, Ledger) {
    let folder = TempDir::new().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.db")).unwrap();
    let mut report = Report::new(TEXT.to_owned(), "text/plain");
    report.id = Hash::of(TEXT.as_bytes()).to_string();
    report.outlet = Some("@The \"Courier\"".into());
    report.published = Some("2026-01-12".into());
    report.title = Some("=HYPERLINK(\"https://n.example\")".into());
    report.url = Some("javascript:alert(1)".into());
    let mut reading = Reading::of(report);
    // The invented statements show how one is made; what matters here is put into them.
    let made = invented(0).reading.statements.into_iter().next().unwrap();
    for (n, (source, cue, content, act, form, via)) in [
        ("Ståle Lind", "told", "=1+1 🌧 is <two> & more", Act::State, Form::Direct, Some("Radio Öst")),
        ("Ada Ek", "denied", "it rained", Act::Deny, Form::Indirect, None),
    ]
    .into_iter()
    .enumerate()
    {
        let mut statement = made.clone();
        statement.id.0 = n as u32 + 1;
        (statement.source, statement.cue) = (words(TEXT, source), words(TEXT, cue));
        (statement.content, statement.act, statement.form) = (words(TEXT, content), act, form);
        (statement.within, statement.replies_to) = (None, None);
        statement.speaker.name = Some(source.into());
        (statement.speaker.kind, statement.speaker.naming) = (Some(ActorKind::Person), Naming::Named);
        statement.speaker.role = Some("mayor".into());
        if let Some(medium) = &mut statement.medium {
            medium.via = None;
        }
        statement.medium = via.map(|via| ascribe_record::Medium {
            kind: ascribe_record::MediumKind::Interview,
            via: Some(via.to_owned()),
        });
        statement.evidence.clear();
        reading.statements.push(statement);
    }
    put_in(&mut ledger, TEXT.as_bytes(), &reading);
    (folder, ledger)
}

fn export(ledger: &Ledger, format: Format, filter: &Filter) -> (Vec<u8>, Written) {
    let mut to = Vec::new();
    let written = write(ledger, format, filter, &mut to).unwrap();
    (to, written)
}

fn text_of(ledger: &Ledger, format: Format) -> String {
    String::from_utf8(export(ledger, format, &Filter::default()).0).unwrap()
}

fn json_of(ledger: &Ledger, format: Format) -> serde_json::Value {
    serde_json::from_str(&text_of(ledger, format)).unwrap()
}

fn sheets(bytes: Vec<u8>) -> BTreeMap<String, Range<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheets().into_iter().collect()
}

/// The lines of a listing, each column by its name.
fn listed(ledger: &Ledger, listing: Listing) -> Vec<BTreeMap<String, Value>> {
    let mut lines = Vec::new();
    ledger
        .list(listing, &Filter::default(), &mut |row| {
            lines.push(row.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect());
            true
        })
        .unwrap();
    lines
}

#[test]
fn equal_ledgers_give_equal_bytes() {
    let (_a, one) = filled(0..30);
    let (_b, other) = filled((0..30).rev());
    for format in ALL {
        let (bytes, written) = export(&one, format, &Filter::default());
        assert_eq!((bytes, written), export(&other, format, &Filter::default()), "{format:?}");
    }
}

#[test]
fn a_spreadsheet_holds_what_the_listings_say() {
    let (_folder, ledger) = filled(0..30);
    let (bytes, written) = export(&ledger, Format::Xlsx, &Filter::default());
    let sheets = sheets(bytes);
    let mut n = 0;
    for (name, listing) in
        [("reports", Listing::Reports), ("statements", Listing::Statements), ("figures", Listing::Figures)]
    {
        let (sheet, lines) = (&sheets[name], listed(&ledger, listing));
        let mut rows = sheet.rows();
        let heading: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(rows.len(), lines.len(), "{name}");
        n += lines.len() as u64;
        for (row, line) in rows.zip(&lines) {
            for (cell, column) in row.iter().zip(&heading) {
                match &line[column] {
                    Value::Null => assert!(cell.is_empty(), "{name} {column}: {cell:?}"),
                    Value::Real(number) => assert_eq!(cell.get_float(), Some(*number), "{name} {column}"),
                    Value::Integer(number) => assert_eq!(cell.get_float(), Some(*number as f64)),
                    Value::Text(list) if column == "attributes" => {
                        let list: Vec<String> = serde_json::from_str(list).unwrap();
                        assert_eq!(cell.get_string(), Some(&*list.join("; ")));
                    }
                    Value::Text(text) if cell.is_datetime() => {
                        let (year, month, day, ..) = cell.get_datetime().unwrap().to_ymd_hms_milli();
                        assert_eq!(format!("{year:04}-{month:02}-{day:02}"), *text, "{name} {column}");
                    }
                    Value::Text(text) => assert_eq!(cell.get_string(), Some(&**text), "{name} {column}"),
                    Value::Blob(_) => panic!("{name} {column}"),
                }
            }
        }
        let date = heading.iter().position(|column| column == "published").unwrap();
        assert!(sheet.rows().skip(1).any(|row| row[date].is_datetime()), "{name} has no date");
    }
    assert_eq!(written, Written { n, n_left_out: 0 });
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let (_folder, ledger) = hard();
    let bytes = export(&ledger, Format::Xlsx, &Filter::default()).0;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    for (name, sheet) in book.worksheets() {
        assert!(book.worksheet_formula(&name).unwrap().used_cells().next().is_none(), "{name}");
        if name == "statements" {
            assert!(sheet.rows().any(|row| row.iter().any(|cell| cell == "=1+1 🌧 is <two> & more")));
        }
    }
}

#[test]
fn every_annotation_finds_its_words() {
    let (_folder, ledger) = filled(0..30);
    let (_other, hard) = hard();
    let texts: BTreeMap<String, String> = (0..30)
        .map(invented)
        .map(|made| (Hash::of(&made.bytes).to_string(), made.reading.report.text))
        .chain([(Hash::of(TEXT.as_bytes()).to_string(), TEXT.to_owned())])
        .collect();
    for ledger in [&ledger, &hard] {
        let annotations = json_of(ledger, Format::Annotation);
        let annotations = annotations.as_array().unwrap();
        let n_items = [Listing::Statements, Listing::Figures].map(|l| listed(ledger, l).len());
        assert_eq!(annotations.len(), n_items.iter().sum::<usize>());
        let ids: BTreeSet<&str> = annotations.iter().map(|a| a["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), annotations.len());
        for annotation in annotations {
            let target = &annotation["target"];
            let sha256 = target["state"]["cached"].as_str().unwrap().strip_prefix("urn:sha256:").unwrap();
            let text: Vec<char> = texts[sha256].chars().collect();
            let (quote, position) = (&target["selector"][0], &target["selector"][1]);
            let [exact, prefix, suffix] =
                ["exact", "prefix", "suffix"].map(|part| quote[part].as_str().unwrap());
            let [start, end] = ["start", "end"].map(|part| position[part].as_u64().unwrap() as usize);
            assert!(start < end);
            assert_eq!(text[start..end].iter().collect::<String>(), exact);
            assert!(text[..start].iter().collect::<String>().ends_with(prefix));
            assert!(text[end..].iter().collect::<String>().starts_with(suffix));
        }
    }
    let of_hard = json_of(&hard, Format::Annotation);
    assert_eq!(of_hard[0]["target"]["source"], of_hard[0]["target"]["state"]["cached"], "no javascript:");
    assert_eq!(of_hard[0]["body"][0]["value"], "Ståle Lind – told [state]");
}

#[test]
fn what_a_person_added_or_rejected_is_heeded() {
    let (_folder, mut ledger) = hard();
    let lines = listed(&ledger, Listing::Statements);
    let Value::Text(id) = &lines[0]["id"] else { panic!() };
    let Value::Text(report) = &lines[0]["report"] else { panic!() };
    let time = |n: u32| format!("2026-01-13T08:00:0{n}Z");
    ledger.decide(id, &Verdict::Reject, "Ida Lind", &time(1), None).unwrap();
    let fields = [("content", "it rained"), ("cue", "denied"), ("speaker", "Bo Ek")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let added = ledger.decide(
        report,
        &Verdict::Add(ascribe_ledger::Missed::Statement, fields, None),
        "Ida",
        &time(2),
        None,
    );
    assert!(added.is_err(), "it is there already");
    let fields = vec![("content".to_owned(), "more".to_owned()), ("speaker".to_owned(), "Bo Ek".to_owned())];
    ledger
        .decide(report, &Verdict::Add(ascribe_ledger::Missed::Statement, fields, None), "Ida", &time(3), None)
        .unwrap();
    let annotations = json_of(&ledger, Format::Annotation);
    let quotes: Vec<&str> = annotations
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["target"]["selector"][0]["exact"].as_str().unwrap())
        .collect();
    assert_eq!(quotes, ["it rained", "more"]);
    assert_eq!(export(&ledger, Format::Annotation, &Filter::default()).1, Written { n: 2, n_left_out: 1 });
    assert!(!text_of(&ledger, Format::GraphJson).contains("Ståle Lind"));
}

#[test]
fn claims_say_who_and_where_and_no_verdict() {
    let (_folder, ledger) = hard();
    let claims = json_of(&ledger, Format::Claim);
    let sha256 = Hash::of(TEXT.as_bytes()).to_string();
    let Value::Text(id) = &listed(&ledger, Listing::Statements)[0]["id"] else { panic!() };
    let Value::Text(actor) = &listed(&ledger, Listing::Statements)[0]["actor"] else { panic!() };
    let item = id.split_once('.').unwrap().1;
    // The denial is no claim that it rained.
    assert_eq!(
        claims,
        serde_json::json!({ "@context": "https://schema.org", "@graph": [{
            "@type": "Claim",
            "@id": format!("urn:sha256:{sha256}#{item}"),
            "text": "=1+1 🌧 is <two> & more",
            "author": { "@type": "Person", "name": "Ståle Lind", "jobTitle": "mayor", "identifier": actor },
            "creditText": "Ståle Lind",
            "appearance": {
                "@type": "Article",
                "@id": format!("urn:sha256:{sha256}"),
                "headline": "=HYPERLINK(\"https://n.example\")",
                "datePublished": "2026-01-12",
                "publisher": { "@type": "Organization", "name": "@The \"Courier\"" },
            },
        }] })
    );
    let (_folder, ledger) = filled(0..30);
    let (bytes, written) = export(&ledger, Format::Claim, &Filter::default());
    assert_eq!(written.n + written.n_left_out, listed(&ledger, Listing::Statements).len() as u64);
    assert!(!String::from_utf8(bytes).unwrap().contains("Review"));
}

#[test]
fn a_graph_counts_every_statement_once() {
    let (_folder, ledger) = filled(0..30);
    let graph = json_of(&ledger, Format::GraphJson);
    let [nodes, links] = ["nodes", "links"].map(|part| graph[part].as_array().unwrap());
    let ids: BTreeSet<&str> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), nodes.len());
    for link in links {
        assert!(
            ids.contains(link["source"].as_str().unwrap()) && ids.contains(link["target"].as_str().unwrap())
        );
        assert!(link["direct"].as_u64() <= link["statements"].as_u64());
        assert!(link["reports"].as_u64() <= link["statements"].as_u64());
    }
    let count = |name: &str| links.iter().map(|link| link[name].as_u64().unwrap()).sum::<u64>();
    let lines = listed(&ledger, Listing::Statements);
    let left_out = export(&ledger, Format::GraphJson, &Filter::default()).1.n_left_out;
    assert_eq!(count("statements") + left_out, lines.len() as u64);
    let of = |line: &BTreeMap<String, Value>| {
        ["actor", "outlet", "via", "report"].map(|name| format!("{:?}", line[name]))
    };
    let apart: BTreeSet<_> = lines.iter().filter(|line| line["actor"] != Value::Null).map(of).collect();
    let unnamed = links.iter().filter(|link| link["source"] == "unnamed");
    let n_unnamed: u64 = unnamed.map(|link| link["reports"].as_u64().unwrap()).sum();
    assert_eq!(count("reports"), apart.len() as u64 + n_unnamed);
}

#[test]
fn graphml_is_xml_and_says_the_same() {
    let (_folder, ledger) = hard();
    let xml = text_of(&ledger, Format::GraphMl);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let of = |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).collect::<Vec<_>>();
    let labels: BTreeSet<&str> = of("data")
        .iter()
        .filter(|data| data.attribute("key") == Some("label"))
        .filter_map(|d| d.text())
        .collect();
    assert_eq!(labels, BTreeSet::from(["@The \"Courier\"", "Ada Ek", "Ståle Lind"]));
    let edges: BTreeSet<Vec<(&str, &str)>> = of("edge")
        .iter()
        .map(|edge| {
            let data = edge.children().filter_map(|data| Some((data.attribute("key")?, data.text()?)));
            data.collect()
        })
        .collect();
    let counts = [("statements", "1"), ("direct", "0"), ("reports", "1")].to_vec();
    let told = [("via", "Radio Öst"), ("statements", "1"), ("direct", "1"), ("reports", "1")].to_vec();
    assert_eq!(edges, BTreeSet::from([counts, told]));
    let declared: BTreeSet<&str> = of("key").iter().filter_map(|key| key.attribute("id")).collect();
    assert!(of("data").iter().all(|data| declared.contains(data.attribute("key").unwrap())));
}

#[test]
fn hxl_has_a_tag_a_column_and_a_row_a_figure() {
    let (_folder, ledger) = filled(0..30);
    let (bytes, written) = export(&ledger, Format::Hxl, &Filter::default());
    let text = String::from_utf8(bytes).unwrap();
    let mut rows = text.split_terminator("\r\n");
    let [names, tags] = [(); 2].map(|()| rows.next().unwrap().split(',').collect::<Vec<_>>());
    assert_eq!(names.len(), tags.len());
    let is_tag = |tag: &str| {
        let mut parts = tag.strip_prefix('#').unwrap_or_default().split('+');
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        parts.all(|part| part.starts_with(|c: char| c.is_ascii_lowercase()) && part.chars().all(fits))
    };
    assert!(tags.iter().all(|tag| is_tag(tag)), "{tags:?}");
    assert_eq!(tags.iter().collect::<BTreeSet<_>>().len(), tags.len(), "no tag stands twice");
    let killed = tags.iter().position(|tag| *tag == "#affected+killed+min").unwrap();
    assert_eq!(names[killed], "killed_lower");
    let lines = listed(&ledger, Listing::Figures);
    assert_eq!(written, Written { n: lines.len() as u64, n_left_out: 0 });
    assert_eq!(rows.clone().count(), lines.len());
    for (row, line) in rows.zip(&lines) {
        let cells = cells_of(row);
        assert_eq!(cells.len(), tags.len(), "{row}");
        let is_killed = line["measure"] == Value::Text("killed".into());
        let lower = match line["lower"] {
            Value::Real(number) if is_killed => number.to_string(),
            _ => String::new(),
        };
        assert_eq!(cells[killed], lower, "{row}");
    }
}

/// The cells of a line of CSV.
fn cells_of(row: &str) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    for c in row.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

#[test]
fn filters_hold_for_the_lines_that_have_them() {
    let (_folder, ledger) = filled(0..30);
    let filter = Filter { measure: Some("killed".into()), act: Some("state".into()), ..Filter::default() };
    let sheets = sheets(export(&ledger, Format::Xlsx, &filter).0);
    let lines = |listing, name: &str, value: &str| {
        let lines = listed(&ledger, listing);
        lines.iter().filter(|line| line[name] == Value::Text(value.into())).count()
    };
    assert_eq!(sheets["figures"].height() - 1, lines(Listing::Figures, "measure", "killed"));
    assert_eq!(sheets["statements"].height() - 1, lines(Listing::Statements, "act", "state"));
    assert_eq!(sheets["reports"].height() - 1, 30);
    let nothing = Filter { from: Some("2999".into()), ..Filter::default() };
    for format in ALL {
        assert_eq!(export(&ledger, format, &nothing).1.n, 0, "{format:?}");
    }
    assert_eq!(String::from_utf8(export(&ledger, Format::Annotation, &nothing).0).unwrap(), "[\n]\n");
}
