//! What a page says of itself: JSON-LD (schema.org), OpenGraph and other `<meta>`, `<time>`,
//! `<title>`, the canonical link and `<html lang>`, in this order.

use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

/// What a page says of itself, as it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    /// When it was published; every candidate, the best first, for one may be no date.
    pub(crate) published: Vec<String>,
    /// When it was last changed, likewise.
    pub(crate) modified: Vec<String>,
    pub(crate) language: Option<String>,
}

impl Metadata {
    /// Fills from `other` what is missing.
    fn or(mut self, other: Self) -> Self {
        self.published.extend(other.published);
        self.modified.extend(other.modified);
        Self {
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            outlet: self.outlet.or(other.outlet),
            url: self.url.or(other.url),
            published: self.published,
            modified: self.modified,
            language: self.language.or(other.language),
        }
    }
}

/// Reads the metadata of a page; `json_ld` are its JSON-LD scripts.
pub(crate) fn read_metadata(document: &Document, json_ld: &[String]) -> Metadata {
    from_json_ld(json_ld).or(from_meta(document)).or(from_elements(document))
}

/// Trimmed, entities decoded, white space collapsed; `None` if nothing is left.
fn clean(value: &str) -> Option<String> {
    let decoded = html_escape::decode_html_entities(value);
    let words: Vec<&str> = decoded.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// "By " is no part of a name; an address is no author.
fn clean_byline(value: &str) -> Option<String> {
    let byline = clean(value)?;
    let byline = ["By ", "by ", "BY "].into_iter().find_map(|by| byline.strip_prefix(by)).unwrap_or(&byline);
    (!byline.starts_with("http")).then(|| byline.to_owned())
}

fn from_json_ld(scripts: &[String]) -> Metadata {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse_script(script)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect_objects(value, &mut objects);
    }
    let article = objects.iter().find(|object| has_type(object, is_article_type));
    let page = objects.iter().find(|object| has_type(object, |name| name.ends_with("Page")));
    let of_article = article.map(|article| from_article(article, &objects)).unwrap_or_default();
    let of_page = |key| page.and_then(|page| string(page, key)).into_iter().collect();
    let (published, modified) = (of_page("datePublished"), of_page("dateModified"));
    of_article.or(Metadata { published, modified, ..Metadata::default() })
}

/// Pages wrap JSON-LD in comments or CDATA and leave line breaks in its strings.
fn parse_script(script: &str) -> Option<Value> {
    let inner = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[");
    let inner = inner.trim_start_matches("<![CDATA[").trim_end_matches("-->").trim_end_matches("//]]>");
    let inner = inner.trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(inner).ok().or_else(|| {
        let flat: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

/// All objects that stand on their own: in arrays and `@graph`, and what a page is about.
fn collect_objects<'v>(value: &'v Value, objects: &mut Vec<&'v Map<String, Value>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_objects(value, objects)),
        Value::Object(object) => {
            objects.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    collect_objects(inner, objects);
                }
            }
        }
        _ => {}
    }
}

fn has_type(object: &Map<String, Value>, fits: fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(name)) => fits(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(fits),
        _ => false,
    }
}

/// `NewsArticle`, `ReportageNewsArticle`, `LiveBlogPosting` …, with or without the vocabulary's address.
fn is_article_type(name: &str) -> bool {
    name.ends_with("Article")
        || name.ends_with("BlogPosting")
        || name.ends_with("/Report")
        || name == "Report"
}

fn from_article(article: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Metadata {
    let authors = article.get("author").or_else(|| article.get("creator"));
    let names: Vec<String> = authors.map(|authors| names(authors, objects)).unwrap_or_default();
    let url = string(article, "url").or_else(|| match article.get("mainEntityOfPage") {
        Some(Value::Object(page)) => string(page, "@id"),
        _ => string(article, "mainEntityOfPage"),
    });
    Metadata {
        title: string(article, "headline").or_else(|| string(article, "name")),
        byline: clean_byline(&names.join(", ")),
        outlet: article
            .get("publisher")
            .and_then(|publisher| self::names(publisher, objects).into_iter().next()),
        url: url.filter(|url| url.starts_with("http")),
        published: string(article, "datePublished")
            .or_else(|| string(article, "dateCreated"))
            .into_iter()
            .collect(),
        modified: string(article, "dateModified").into_iter().collect(),
        language: language(article),
    }
}

/// A code, or an object that gives it.
fn language(article: &Map<String, Value>) -> Option<String> {
    match article.get("inLanguage")? {
        Value::Object(language) => string(language, "alternateName").or_else(|| string(language, "@id")),
        _ => string(article, "inLanguage"),
    }
}

fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    object.get(key)?.as_str().and_then(clean)
}

/// The names of persons or organisations: strings, objects, references to objects, or lists of them.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(name) => clean(name).filter(|name| !name.starts_with("http")).into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(|value| names(value, objects)).collect(),
        Value::Object(object) => {
            let referred = || {
                let id = object.get("@id")?;
                objects.iter().find(|o| o.get("@id") == Some(id) && o.contains_key("name"))
            };
            let name = string(object, "name").or_else(|| string(referred()?, "name"));
            name.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// `<meta>` by name or property (lower case); the first that is there counts.
fn from_meta(document: &Document) -> Metadata {
    let metas: Vec<(String, String)> = document
        .select("meta")
        .iter()
        .filter_map(|meta| {
            let key =
                ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|key| meta.attr(key))?;
            Some((key.trim().to_ascii_lowercase(), meta.attr("content")?.to_string()))
        })
        .collect();
    let value = |keys: &[&str], clean: fn(&str) -> Option<String>| {
        keys.iter().find_map(|key| metas.iter().filter(|(k, _)| k == key).find_map(|(_, value)| clean(value)))
    };
    let dates = [
        "article:published_time",
        "og:published_time",
        "article:published",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "dcterms.created",
        "citation_date",
    ];
    let changes = [
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "lastmod",
        "last-modified",
        "revised",
        "dcterms.modified",
        "dc.date.modified",
    ];
    let dates_of =
        |keys: &[&'static str]| keys.iter().filter_map(|key| value(&[*key], clean)).collect::<Vec<String>>();
    Metadata {
        title: value(&["og:title", "twitter:title", "dc.title", "parsely-title"], clean),
        byline: value(
            &["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"],
            clean_byline,
        ),
        outlet: value(&["og:site_name", "article:publisher", "dc.publisher", "application-name"], |name| {
            clean(name).filter(|name| !name.starts_with("http"))
        }),
        url: value(&["og:url"], |url| clean(url).filter(|url| url.starts_with("http"))),
        published: dates_of(&dates),
        modified: dates_of(&changes),
        language: value(&["dc.language", "dcterms.language", "content-language"], clean),
    }
}

fn from_elements(document: &Document) -> Metadata {
    let first = |selector: &str| document.select(selector).nodes().first().copied();
    let attribute = |selector: &str, name: &str| first(selector).and_then(|node| clean(&node.attr(name)?));
    let text = |node: NodeRef<'_>| clean(&node.text());
    let headings = document.select("h1");
    let heading = (headings.length() == 1).then(|| headings.nodes().first().copied()).flatten();
    let dates = |selectors: &[&str]| {
        let date = |selector: &&str| {
            let node = first(selector)?;
            let value = node.attr("datetime").or_else(|| node.attr("content"));
            value.and_then(|value| clean(&value)).or_else(|| text(node))
        };
        selectors.iter().filter_map(date).collect()
    };
    Metadata {
        title: heading.and_then(text).or_else(|| first("title").and_then(text)),
        byline: first("[rel=author]").and_then(|node| clean_byline(&node.text())),
        outlet: None,
        url: attribute("link[rel=canonical]", "href").filter(|url| url.starts_with("http")),
        published: dates(&[
            "[itemprop=datePublished]",
            "time[pubdate]",
            "article time[datetime]",
            "time[datetime]",
        ]),
        modified: dates(&["[itemprop=dateModified]"]),
        // Many sites leave `og:locale` as their software sets it.
        language: attribute("html", "lang").or_else(|| attribute("meta[property='og:locale']", "content")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Metadata {
        let scrubbed = super::super::scrub::scrub(html, 10_000).unwrap();
        read_metadata(&Document::from(scrubbed.html.as_str()), &scrubbed.json_ld)
    }

    fn check(html: &str, title: &str, byline: &str, outlet: &str, url: &str, published: &str) {
        let metadata = read(html);
        let got = [&metadata.title, &metadata.byline, &metadata.outlet, &metadata.url]
            .map(|part| part.as_deref().unwrap_or_default());
        assert_eq!(got, [title, byline, outlet, url], "{html}");
        assert_eq!(metadata.published.first().map_or("", String::as_str), published, "{html}");
    }

    fn script(json: &str) -> String {
        format!("<html lang=en-GB><head><script type=\"application/ld+json\">{json}</script></head></html>")
    }

    #[test]
    fn json_ld() {
        let article = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Harbour &amp; quay closed",
            "datePublished":"2023-11-14T22:10:00+02:00","dateModified":"2023-11-15",
            "author":[{"@type":"Person","name":"Ada Lind"},{"@type":"Person","name":"Bo Ek"}],
            "publisher":{"@type":"Organization","name":"Northwire"},"mainEntityOfPage":{"@id":"https://northwire.example/1"}}"#;
        let graph = r##"{"@graph":[{"@type":"WebPage","datePublished":"2023-11-13"},
            {"@type":["Article"],"headline":"Harbour closed","author":{"@id":"#a"},"publisher":{"@id":"#n"},"datePublished":"2023-11-14"},
            {"@id":"#a","@type":"Person","name":"Ada Lind"},{"@id":"#n","name":"Northwire"}]}"##;
        let array = r#"[{"@type":"BreadcrumbList","name":"x"},{"@type":"NewsArticle","headline":"Harbour closed","author":"Ada Lind"}]"#;
        let (title, full) = ("Harbour & quay closed", "2023-11-14T22:10:00+02:00");
        check(&script(article), title, "Ada Lind, Bo Ek", "Northwire", "https://northwire.example/1", full);
        check(&script(graph), "Harbour closed", "Ada Lind", "Northwire", "", "2023-11-14");
        check(&script(array), "Harbour closed", "Ada Lind", "", "", "");
        check(
            &script("<!-- {\"@type\":\"NewsArticle\",\"headline\":\"Harbour\nclosed\"} -->"),
            "Harbour closed",
            "",
            "",
            "",
            "",
        );
        check(&script("{\"@type\":\"NewsArticle\",\"headline\":NaN}"), "", "", "", "", "");
        check(&script(&"[".repeat(100_000)), "", "", "", "", "");
        assert_eq!(read(&script("{}")).language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn meta_and_elements() {
        check(
            "<meta property=og:title content='Harbour closed'><meta name=author content='By Ada Lind'>\
             <meta property=og:site_name content=Northwire><meta property='article:published_time' content=2023-11-14>\
             <meta property='article:modified_time' content=2023-11-15><link rel=canonical href='https://n.example/1'>",
            "Harbour closed",
            "Ada Lind",
            "Northwire",
            "https://n.example/1",
            "2023-11-14",
        );
        check(
            "<meta name=Date content='14 Nov 2023'><title>Harbour | Northwire</title>",
            "Harbour | Northwire",
            "",
            "",
            "",
            "14 Nov 2023",
        );
        check(
            "<title>x</title><h1>Harbour closed</h1><time datetime=2023-11-14>today</time>",
            "Harbour closed",
            "",
            "",
            "",
            "2023-11-14",
        );
        check(
            "<a rel=author>by Ada Lind</a><span itemprop=datePublished content=2023-11-14>x</span>",
            "",
            "Ada Lind",
            "",
            "",
            "2023-11-14",
        );
        check("<meta name=author content=https://n.example/lind>", "", "", "", "", "");
    }

    #[test]
    fn what_was_changed_and_in_what_language() {
        let article = script(
            r#"{"@type":"NewsArticle","dateModified":"2023-11-15","inLanguage":{"@type":"Language","alternateName":"sv"}}"#,
        );
        let cases = [
            (article.as_str(), "2023-11-15", "sv"),
            (
                "<html lang=en-GB><meta property='article:modified_time' content=2023-11-15>",
                "2023-11-15",
                "en-GB",
            ),
            (
                "<meta itemprop=dateModified content=2023-11-15><meta property=og:locale content=en_GB>",
                "2023-11-15",
                "en_GB",
            ),
            ("<meta http-equiv=Last-Modified content='Wed, 15 Nov 2023'>", "Wed, 15 Nov 2023", ""),
            ("<time itemprop=dateModified datetime=2023-11-15>today</time>", "2023-11-15", ""),
            ("<meta name=date content=2023-11-14>", "", ""),
        ];
        for (html, modified, language) in cases {
            let metadata = read(html);
            assert_eq!(metadata.modified.first().map_or("", String::as_str), modified, "{html}");
            assert_eq!(metadata.language.as_deref().unwrap_or_default(), language, "{html}");
        }
    }

    #[test]
    fn json_ld_wins() {
        let html = script(r#"{"@type":"NewsArticle","datePublished":"2023-11-14"}"#)
            + "<meta name=date content=2020-01-01>";
        assert_eq!(read(&html).published, ["2023-11-14", "2020-01-01"]);
    }
}
