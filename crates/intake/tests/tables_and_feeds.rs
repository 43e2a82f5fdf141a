//! Tables and feeds as their users meet them: what is read, what is refused, what is kept.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read;

use ascribe_intake::{Options, Reason, Refusal, reports};
use ascribe_record::Report;

fn read_with(path: &str, bytes: &[u8], options: &Options) -> Vec<Result<Report, Refusal>> {
    reports(path, bytes, options).collect()
}

fn reports_of(path: &str, bytes: &[u8]) -> Vec<Report> {
    let all = read_with(path, bytes, &Options::default());
    all.into_iter().map(|outcome| outcome.unwrap_or_else(|refusal| panic!("{refusal}"))).collect()
}

/// Every outcome as a line: its number and the text, or the refusal.
fn outcomes(path: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let line = |outcome: Result<Report, Refusal>| match outcome {
        Ok(report) => format!("{}: {}", report.record.unwrap_or_default(), report.text),
        Err(refusal) => refusal.to_string(),
    };
    read_with(path, bytes.as_ref(), &Options::default()).into_iter().map(line).collect()
}

#[test]
fn a_table() {
    let table = "ID,Headline,Published,Author,URL,Text\r\n\
        7,Harbour closed,2023-11-14,\"Lind, Ada\",https://n.example/1,\"It rained.\r\n\r\nA \"\"lot\"\".\"\r\n\
        \r\n8,,,,,\"<p>It snowed.</p><p>A lot.</p>\"\r\n";
    let reports = reports_of("a.csv", table.as_bytes());
    let [first, second] = &reports[..] else { panic!("{reports:?}") };
    assert_eq!(first.text, "It rained.\r\n\r\nA \"lot\".");
    assert_eq!(first.title.as_deref(), Some("Harbour closed"));
    assert_eq!(first.byline.as_deref(), Some("Lind, Ada"));
    assert_eq!(first.published.as_deref(), Some("2023-11-14"));
    assert_eq!(first.url.as_deref(), Some("https://n.example/1"));
    assert_eq!((first.record, first.record_id.as_deref()), (Some(1), Some("7")));
    assert_eq!(first.media_type, "text/csv");
    assert_eq!((second.record, second.text.as_str()), (Some(2), "It snowed.\n\nA lot."));
    assert_ne!(first.id, second.id);
    let same = reports_of("b", table.as_bytes());
    assert_eq!(same[0].id, first.id, "told by its header too");
    let wide: Vec<u8> = "\u{feff}id\ttext\n7\tIt rained.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(outcomes("a.tsv", wide), ["1: It rained."]);
}

#[test]
fn fields_of_a_table_can_be_named() {
    let mut options = Options::default();
    options.fields.set("text=Story,title=What").unwrap();
    let report = read_with("a.tsv", b"What\tStory\nRain\tIt rained.\n", &options).remove(0).unwrap();
    assert_eq!((report.text.as_str(), report.title.as_deref()), ("It rained.", Some("Rain")));
}

#[test]
fn broken_rows_are_refused_and_the_rest_is_read() {
    let table = "id,text\n1,One.\n2,\"Two\n3,Three.\n4,\"Four\" x\n5,a,b\n6\n7,Seven.\n";
    let no_text = "a.csv, record 6: no text in any of the fields text, body, content, article, maintext";
    let expect = [
        "1: One.",
        "a.csv, record 2: broken row: a quotation mark is not closed",
        "3: Three.",
        "a.csv, record 4: broken row: text behind a closing quotation mark",
        "a.csv, record 5: broken row: 3 fields under 2 names",
        no_text,
        "7: Seven.",
    ];
    // The mark of row 2 finds its end in row 4, behind which text stands; both are told.
    let found = outcomes("a.csv", table);
    assert_eq!(found[0], expect[0]);
    assert!(found[1].starts_with("a.csv, record 2: broken row: "), "{found:?}");
    assert_eq!(found[2..], expect[2..]);
    let none = "a.csv: no text in any of the fields text, body, content, article, maintext";
    assert_eq!(outcomes("a.csv", "id,title\n1,x\n2,y\n"), [none], "once for all rows");
    assert_eq!(outcomes("a.csv", "id,text\n"), ["a.csv: nothing to read: a table without rows"]);
    assert_eq!(outcomes("a.csv", "id,text\n1,caf\u{e9}\n").len(), 1);
}

#[test]
fn a_feed() {
    let feed = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Northwire</title>\
        <item><guid>n-1</guid><title>Harbour closed</title><pubDate>Tue, 14 Nov 2023 23:30:00 -0500</pubDate>\
        <link>https://n.example/1</link><description>&lt;p&gt;HARROW BAY (Eastwire) — It rained.&lt;/p&gt;</description></item>\
        <item><title>No text</title></item><item><description>Three.</description></item>\
        <item><description>Cut off";
    let found = outcomes("feed.xml", feed);
    let expect = [
        "1: HARROW BAY (Eastwire) — It rained.",
        "feed.xml, record 2: broken entry: neither content nor summary",
        "3: Three.",
        "feed.xml, record 4: broken entry: it has no end",
    ];
    assert_eq!(found, expect);
    let report = read_with("feed", feed.as_bytes(), &Options::default()).remove(0).unwrap();
    assert_eq!(
        (report.outlet.as_deref(), report.url.as_deref()),
        (Some("Northwire"), Some("https://n.example/1"))
    );
    assert_eq!(report.published.as_deref(), Some("2023-11-14"), "the day as it is written");
    assert_eq!((report.wire, report.record_id.as_deref()), (vec!["Eastwire".to_owned()], Some("n-1")));
    assert_eq!(
        outcomes("a", "<rss><channel></channel></rss>"),
        ["a: nothing to read: a feed without entries"]
    );
}

#[test]
fn a_json_feed() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Northwire", "language": "en",
        "items": [{"id": "1", "url": "https://n.example/1", "title": "Harbour closed", "content_html": "<p>It rained.</p>",
        "date_published": "2023-11-14T10:00:00Z", "date_modified": "2023-11-15T10:00:00Z", "authors": [{"name": "Ada Lind"}]},
        {"id": 2, "content_text": NaN}, {"id": 3, "summary": "It snowed."}]}"#;
    let found = outcomes("feed.json", feed);
    assert_eq!((found[0].as_str(), found[2].as_str(), found.len()), ("1: It rained.", "3: It snowed.", 3));
    assert!(found[1].starts_with("feed.json, record 2: not JSON"), "{found:?}");
    let report = read_with("feed.json", feed.as_bytes(), &Options::default()).remove(0).unwrap();
    assert_eq!((report.outlet.as_deref(), report.byline.as_deref()), (Some("Northwire"), Some("Ada Lind")));
    assert_eq!(
        (report.published.as_deref(), report.modified.as_deref()),
        (Some("2023-11-14"), Some("2023-11-15"))
    );
    assert_eq!(report.media_type, "application/feed+json");
}

#[test]
fn a_feed_of_a_hundred_megabytes_is_refused() {
    let entry = "<item><description>It rained in Harrow Bay for a day.</description></item>\n";
    let feed = format!("<rss><channel>{}", entry.repeat((100 << 20) / entry.len()));
    let found = read_with("feed.rss", feed.as_bytes(), &Options::default());
    assert_eq!(found[0].as_ref().unwrap_err().reason, Reason::TooManyBytes(64 << 20));
}

#[test]
fn what_was_changed_and_who_is_credited() {
    let html = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2023-11-14\",\
        \"dateModified\":\"2023-11-15T08:00:00Z\",\"author\":\"Ada Lind, Associated Press\"}</script>\
        <p>HARROW BAY (Reuters) — It rained for a day.</p><p>Additional reporting by AFP</p>";
    let report = reports_of("a.html", html.as_bytes()).remove(0);
    assert_eq!(report.modified.as_deref(), Some("2023-11-15"));
    assert_eq!(report.wire, ["Reuters", "AFP", "Associated Press"]);
    let words: Vec<&str> = report.evidence["wire"].iter().map(|span| span.of(&report.text)).collect();
    assert_eq!(words, ["Reuters", "AFP"]);
    let text =
        "Harbour closed\n\nUpdated: 15 November 2023\n\nHARROW BAY, Nov. 14, 2023 (Northwire) — It rained.";
    let report = reports_of("a.txt", text.as_bytes()).remove(0);
    assert_eq!(
        (report.published.as_deref(), report.modified.as_deref()),
        (Some("2023-11-14"), Some("2023-11-15"))
    );
    assert_eq!(report.evidence["modified"][0].of(text), "Updated: 15 November 2023");
}

#[test]
fn a_feed_of_100_mb_is_refused() {
    let feed = b"<rss><channel><item><description>It rained.</description></item>";
    let endless = std::io::BufReader::new(feed.chain(std::io::repeat(b' ').take(100 << 20)));
    let options = Options::default();
    let found: Vec<_> = reports("a.rss", endless, &options).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].as_ref().unwrap_err().reason, Reason::TooManyBytes(64 << 20));
}

#[test]
fn entries_with_ids_and_dates_that_cannot_be() {
    let entry = |id: &str, date: &str, text: &str| {
        format!("<item><guid>{id}</guid><pubDate>{date}</pubDate><description>{text}</description></item>")
    };
    let (past, future) = ("Mon, 12 Jan 2026 08:00:00 GMT", "Sat, 12 Jan 2099 08:00:00 GMT");
    let entries = [
        entry("a", past, "One."),
        entry("a", past, "One."),
        entry("a", past, "Two."),
        entry("b", future, "Three."),
    ];
    let feed = format!("<rss><channel>{}</channel></rss>", entries.concat());
    let options = Options { captured_at: Some("2026-01-13T00:00:00Z".into()), ..Options::default() };
    let codes: Vec<Vec<String>> = read_with("a.rss", feed.as_bytes(), &options)
        .into_iter()
        .map(|outcome| outcome.unwrap().notes.into_iter().map(|note| note.code.to_string()).collect())
        .collect();
    assert_eq!(
        codes,
        [vec![], vec![], vec!["repeated_record_id".to_owned()], vec!["published_after_capture".to_owned()]]
    );
}

#[test]
fn entries_of_100_000_nested_tags_are_read() {
    let deep = format!("{}It rained.", "&lt;div&gt;".repeat(100_000));
    let feed = format!(
        "<rss><channel><item><description>{deep}</description></item><item>{}<description>A lot.</description></item>\
         </channel></rss>",
        "<a>".repeat(100_000)
    );
    assert_eq!(outcomes("a.rss", feed)[0], "1: It rained.");
}
