//! Feeds: RSS 0.9–2.0, Atom and JSON Feed. Every entry is a report of its own with the full content if
//! the feed gives it, else the summary; the outlet is the feed's title unless the entry names its
//! source. An entry is found by its tags or brackets alone, so that a broken one costs no other.
//!
//! RSS 2.0: <https://www.rssboard.org/rss-specification>; Atom: RFC 4287;
//! JSON Feed: <https://www.jsonfeed.org/version/1.1/>. Nothing is fetched, not even the full article.

use std::ops::Range;

use ascribe_record::Note;

use crate::decode::Decoded;
use crate::item::{Item, Outcomes, Source};
use crate::json::{self, Records};
use crate::xml::{self, Child, Token, attribute, children, tokens};
use crate::{FieldNames, Reason, html};

/// The reports of the entries, numbered from 1.
pub(crate) fn read_feed<'a>(source: Source<'a>, decoded: Decoded) -> Outcomes<'a> {
    let Feed { head, entries } = Feed::of(&decoded.text);
    if entries.is_empty() {
        return source.refuse(None, Reason::NothingIn("a feed without entries".to_owned()));
    }
    let head = Head { notes: json::without_places(decoded.notes), ..head };
    let text = decoded.text;
    Box::new(entries.into_iter().zip(1..).map(move |(entry, number)| {
        let xml = &text[entry.range];
        let item = if entry.is_whole {
            read_entry(xml, &head, source.options.max_text)
        } else {
            Err(Reason::BrokenEntry("it has no end"))
        };
        source.report(item, source.own(xml.as_bytes()), Some(number))
    }))
}

/// The elements of a document that open a feed.
pub(crate) fn is_root(name: &str) -> bool {
    matches!(plain(name).as_str(), "rss" | "feed" | "rdf:rdf" | "rdf")
}

/// What is said of all entries, and where they stand.
#[derive(Debug, Default)]
struct Feed {
    head: Head,
    entries: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Head {
    title: Option<String>,
    language: Option<String>,
    is_atom: bool,
    notes: Vec<Note>,
}

#[derive(Debug)]
struct Entry {
    range: Range<usize>,
    /// Whether its end tag is there.
    is_whole: bool,
}

impl Feed {
    fn of(text: &str) -> Self {
        let mut feed = Self::default();
        let mut begin: Option<usize> = None;
        // What lies around the entries.
        let mut head = String::new();
        for (range, token) in tokens(text) {
            match (token, begin) {
                (Token::Start { name, is_empty: false, .. }, _) if is_entry(name) => {
                    feed.entries
                        .extend(begin.map(|begin| Entry { range: begin..range.start, is_whole: false }));
                    begin = Some(range.start);
                }
                (Token::End { name }, Some(from)) if is_entry(name) => {
                    feed.entries.push(Entry { range: from..range.end, is_whole: true });
                    begin = None;
                }
                (_, Some(_)) => {}
                (Token::Start { name, attributes, .. }, None) if is_root(name) => {
                    feed.head.is_atom = plain(name) == "feed";
                    feed.head.language = attribute(attributes, "xml:lang");
                }
                (Token::Start { name, .. } | Token::End { name }, None) if plain(name) == "channel" => {}
                (_, None) => head.push_str(&text[range]),
            }
        }
        feed.entries.extend(begin.map(|begin| Entry { range: begin..text.len(), is_whole: false }));
        let head = children(&head);
        let line = |name: &str| head.iter().find(|c| plain(c.name) == name).and_then(one_line);
        feed.head.title = line("title");
        feed.head.language = line("language").or(line("dc:language")).or(feed.head.language);
        feed
    }
}

fn is_entry(name: &str) -> bool {
    matches!(plain(name).as_str(), "item" | "entry")
}

/// A name in lower case, without the prefixes that stand for the feed's own names.
fn plain(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let own = ["atom:", "a10:", "rss:"].iter().find_map(|prefix| name.strip_prefix(prefix));
    own.map(str::to_owned).unwrap_or(name)
}

/// One entry of RSS or Atom.
///
/// # Errors
/// If there is neither content nor summary, or too much.
fn read_entry(xml: &str, head: &Head, max_text: usize) -> Result<Item, Reason> {
    let outer = children(xml);
    let entry = outer.first().ok_or(Reason::BrokenEntry("it has no end"))?;
    let parts: Vec<(String, Child<'_>)> =
        entry.children().into_iter().map(|child| (plain(child.name), child)).collect();
    let all = |name: &'static str| parts.iter().filter(move |(n, _)| n == name).map(|(_, child)| child);
    let lines = |names: &[&'static str]| -> Vec<String> {
        names.iter().flat_map(|name| all(name).filter_map(one_line)).collect()
    };
    let mut text = String::new();
    for name in ["content:encoded", "content", "description", "summary", "media:description"] {
        for part in all(name) {
            let content = part.content();
            let is_text = matches!(part.attribute("type").as_deref(), Some("text" | "text/plain"));
            text = if is_text { content.trim().to_owned() } else { html::read_fragment(&content, max_text)? };
            if !text.is_empty() {
                break;
            }
        }
        if !text.is_empty() {
            break;
        }
    }
    if text.is_empty() {
        return Err(Reason::BrokenEntry("neither content nor summary"));
    }
    if text.len() > max_text {
        return Err(Reason::TooLong(max_text));
    }
    let link =
        all("link").filter(|link| matches!(link.attribute("rel").as_deref(), None | Some("alternate")));
    let link = link.filter_map(|link| link.attribute("href").or_else(|| one_line(link))).next();
    let id = all("guid").chain(all("id")).filter_map(one_line).next();
    let changed = lines(&["updated", "modified", "dcterms:modified"]);
    let mut published = lines(&["pubdate", "published", "issued", "dc:date", "dcterms:issued", "date"]);
    published.extend(changed.iter().cloned());
    let authors: Vec<String> = all("dc:creator").chain(all("author")).filter_map(author).collect();
    let of_source = |source: &Child<'_>| {
        let title = source.children().into_iter().find(|child| plain(child.name) == "title");
        title.as_ref().and_then(one_line).or_else(|| one_line(source).filter(|name| !name.contains('<')))
    };
    Ok(Item {
        text,
        media_type: if head.is_atom { "application/atom+xml" } else { "application/rss+xml" },
        title: lines(&["title"]).into_iter().next(),
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        outlet: all("source").find_map(of_source).or_else(|| head.title.clone()),
        url: link.or_else(|| id.clone().filter(|id| id.starts_with("http"))),
        record_id: id,
        published,
        modified: changed,
        language: head.language.clone(),
        notes: head.notes.clone(),
        ..Item::default()
    })
}

/// What an element says, on one line, without markup.
fn one_line(child: &Child<'_>) -> Option<String> {
    let content = child.content();
    let text = match xml::tokens(&content).any(|(_, token)| !matches!(token, Token::Text(_))) {
        true => html::read_fragment(&content, content.len()).ok()?,
        false => html_escape::decode_html_entities(&content).into_owned(),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The name of an author: Atom gives it a tag, RSS puts it behind an address in brackets.
fn author(child: &Child<'_>) -> Option<String> {
    if let Some(name) = child.children().iter().find(|part| plain(part.name) == "name") {
        return one_line(name);
    }
    let line = one_line(child)?;
    if !line.contains('@') {
        return Some(line.strip_prefix("By ").unwrap_or(&line).to_owned());
    }
    let (_, name) = line.split_once('(')?;
    Some(name.trim_end_matches(')').trim().to_owned()).filter(|name| !name.is_empty())
}

/// Whether JSON is a feed: it names the version of the format first of all.
pub(crate) fn is_json_feed(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(4096)];
    let is_named = head.contains("jsonfeed.org/version") || head.contains("jsonfeed.org\\/version");
    is_named && head.trim_start().starts_with('{')
}

/// The reports of the items of a JSON Feed, numbered from 1.
pub(crate) fn read_json_feed<'a>(source: Source<'a>, decoded: Decoded) -> Outcomes<'a> {
    let text = decoded.text;
    let value = |name: &str| json::member(&text, name);
    let line = |name: &str| {
        let value: Option<String> = value(name).and_then(|range| serde_json::from_str(&text[range]).ok());
        value.filter(|line| !line.trim().is_empty())
    };
    let (title, language) = (line("title"), line("language"));
    let items = value("items").map(|range| (range.start, json::split_records(&text[range])));
    let (begin, items) = match items {
        Some((begin, Records::Many(items))) if !items.is_empty() => (begin, items),
        _ => return source.refuse(None, Reason::NothingIn("a feed without entries".to_owned())),
    };
    let fields = fields_of_json_feed();
    let notes = json::without_places(decoded.notes);
    Box::new(items.into_iter().zip(1..).map(move |(range, number)| {
        let json = &text[begin + range.start..begin + range.end];
        let item = json::parse_object(json).and_then(|object| {
            let item = json::read_object(&object, &fields, source.options.max_text)?;
            let (outlet, language) = (title.clone(), item.language.clone().or(language.clone()));
            let notes = notes.clone();
            Ok(Item { media_type: "application/feed+json", outlet, language, notes, ..item })
        });
        source.report(item, source.own(json.as_bytes()), Some(number))
    }))
}

fn fields_of_json_feed() -> FieldNames {
    let names = |list: &str| list.split(' ').map(str::to_owned).collect();
    FieldNames {
        text: names("content_html content_text summary"),
        title: names("title"),
        date: names("date_published date_modified"),
        modified: names("date_modified"),
        outlet: Vec::new(),
        url: names("url external_url"),
        byline: names("authors author"),
        id: names("id"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(xml: &str) -> Vec<Result<Item, Reason>> {
        let feed = Feed::of(xml);
        feed.entries.iter().map(|entry| read_entry(&xml[entry.range.clone()], &feed.head, 1000)).collect()
    }

    #[test]
    fn rss() {
        let xml = "<rss version='2.0'><channel><title>Northwire &amp; Sons</title><image><title>logo</title></image>\
            <language>en-gb</language><item><title><![CDATA[Harbour closed]]></title><link>https://n.example/1</link>\
            <guid isPermaLink='false'>n-1</guid><pubDate>Tue, 14 Nov 2023 23:30:00 -0500</pubDate>\
            <dc:creator>Ada Lind</dc:creator><dc:creator>Bo Ek</dc:creator><description>Short.</description>\
            <media:content url='x'/><content:encoded><![CDATA[<p>It rained.</p><p>A lot.</p>]]></content:encoded>\
            </item><item><description>&lt;b&gt;It&lt;/b&gt; snowed.</description><author>a@n.example (Bo Ek)</author>\
            <source url='x'>Eastwire</source></item></channel></rss>";
        let items: Vec<Item> = entries(xml).into_iter().map(Result::unwrap).collect();
        let first = &items[0];
        assert_eq!(first.text, "It rained.\n\nA lot.");
        assert_eq!(first.title.as_deref(), Some("Harbour closed"));
        assert_eq!(first.byline.as_deref(), Some("Ada Lind, Bo Ek"));
        assert_eq!(first.outlet.as_deref(), Some("Northwire & Sons"));
        assert_eq!(first.url.as_deref(), Some("https://n.example/1"));
        assert_eq!(first.record_id.as_deref(), Some("n-1"));
        assert_eq!(first.published, ["Tue, 14 Nov 2023 23:30:00 -0500"]);
        assert_eq!((first.language.as_deref(), first.media_type), (Some("en-gb"), "application/rss+xml"));
        let second = &items[1];
        assert_eq!((second.text.as_str(), second.byline.as_deref()), ("It snowed.", Some("Bo Ek")));
        assert_eq!(second.outlet.as_deref(), Some("Eastwire"));
    }

    #[test]
    fn atom() {
        let xml = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Northwire</title><entry>\
            <id>tag:1</id><title type='html'>Harbour &amp;amp; quay</title><link rel='self' href='https://n.example/f'/>\
            <link href='https://n.example/1'/><updated>2023-11-15T01:00:00Z</updated>\
            <published>2023-11-14T01:00:00Z</published><author><name>Ada Lind</name><uri>x</uri></author>\
            <source><title>Eastwire</title></source>\
            <content type='xhtml'><div><p>It rained.</p><p>A lot.</p></div></content></entry></feed>";
        let item = entries(xml).remove(0).unwrap();
        assert_eq!(
            (item.text.as_str(), item.title.as_deref()),
            ("It rained.\n\nA lot.", Some("Harbour & quay"))
        );
        assert_eq!(item.url.as_deref(), Some("https://n.example/1"));
        assert_eq!((item.byline.as_deref(), item.outlet.as_deref()), (Some("Ada Lind"), Some("Eastwire")));
        assert_eq!(item.published[0], "2023-11-14T01:00:00Z");
        assert_eq!(item.modified, ["2023-11-15T01:00:00Z"]);
        assert_eq!(item.media_type, "application/atom+xml");
    }

    #[test]
    fn entries_stand_alone() {
        let xml = "<rdf:RDF><channel><title>N</title></channel><item><description>One.</description></item>\
            <item><description>Two.<item><title>Three</title></item><item><description>Fo";
        let feed = Feed::of(xml);
        let whole: Vec<bool> = feed.entries.iter().map(|entry| entry.is_whole).collect();
        assert_eq!(whole, [true, false, true, false]);
        let entries = entries(xml);
        assert_eq!(entries[0].as_ref().unwrap().outlet.as_deref(), Some("N"));
        assert!(matches!(entries[2], Err(Reason::BrokenEntry("neither content nor summary"))));
    }
}
