//! A page as the text that its reader would see, and what the page says of itself.
//!
//! The page is scrubbed first (`scrub`): whatever is in it, what the parser and the extractor get
//! is well nested, of bounded depth and of a bounded number of tags. Then `dom_smoothie` finds the
//! article; where it finds too little the page's own landmarks are followed instead.

mod metadata;
mod render;
mod scrub;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

pub(crate) use metadata::Metadata;

use crate::Reason;

/// An extraction of fewer bytes is compared with the page's plain text. `dom_smoothie` counts an
/// article of fewer than 500 characters as doubtful too.
const DOUBTFUL: usize = 500;

/// A landmark of fewer bytes is no article.
const MIN_LANDMARK: usize = 40;

/// What was read from a page.
#[derive(Debug)]
pub(crate) struct Page {
    /// Paragraphs separated by blank lines.
    pub(crate) text: String,
    pub(crate) metadata: Metadata,
    /// Whether tags were ignored because they were nested too deep.
    pub(crate) is_flattened: bool,
}

/// Reads a page.
///
/// # Errors
/// If there are too many tags, too much text (more than `max_text` bytes), or none.
pub(crate) fn read_page(html: &str, max_text: usize) -> Result<Page, Reason> {
    let scrubbed = scrub::scrub(html, max_text)?;
    let document = Document::from(scrubbed.html.as_str());
    let metadata = metadata::read_metadata(&document, &scrubbed.json_ld);
    let text = article(document);
    match text.len() {
        0 => Err(Reason::NoText),
        len if len > max_text => Err(Reason::TooLong(max_text)),
        _ => Ok(Page { text, metadata, is_flattened: scrubbed.is_flattened }),
    }
}

/// The text of a piece of HTML that is an article and nothing else, such as a feed's content.
pub(crate) fn read_fragment(html: &str, max_text: usize) -> Result<String, Reason> {
    let scrubbed = scrub::scrub(html, max_text)?;
    let document = Document::from(scrubbed.html.as_str());
    Ok(document.body().map(|body| render::render(&body, render::Keep::All)).unwrap_or_default())
}

fn article(document: Document) -> String {
    let plain = plain_text(&document);
    let extracted = extract(document);
    if extracted.len() < DOUBTFUL && plain.len() > extracted.len() { plain } else { extracted }
}

/// What the extractor takes for the article; empty if it finds none.
fn extract(document: Document) -> String {
    // The extractor is not ours: should a page bring it down, the page's plain text is left.
    let content = catch_unwind(AssertUnwindSafe(|| {
        let config = Config { disable_json_ld: true, ..Config::default() };
        let article = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?;
        Some(article.content)
    }));
    let Ok(Some(content)) = content else { return String::new() };
    let document = Document::from(content);
    document.body().map(|body| render::render(&body, render::Keep::All)).unwrap_or_default()
}

/// The text of the page's one `<article>`, else of `<main>`, else of all of it, without what
/// surrounds articles.
fn plain_text(document: &Document) -> String {
    let landmarks = ["article", "main"].into_iter().filter_map(|name| {
        let found = document.select(name);
        (found.length() == 1).then(|| found.nodes().first().map(text_of)).flatten()
    });
    let all = || document.body().map(|body| text_of(&body)).unwrap_or_default();
    landmarks.into_iter().find(|text| text.len() >= MIN_LANDMARK).unwrap_or_else(all)
}

fn text_of(node: &NodeRef<'_>) -> String {
    render::render(node, render::Keep::Article)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 2 << 20;

    fn text(html: &str) -> String {
        read_page(html, LIMIT).map(|page| page.text).unwrap_or_else(|reason| panic!("{reason}: {html:.200}"))
    }

    #[test]
    fn a_short_page_is_read_whole() {
        let html = "<html><head><title>t</title><style>p{}</style></head><body><nav><a href=/>Home</a></nav>\
            <h1>Harbour closed</h1><p>HARROW BAY (Northwire) — It rained.</p><p>A lot.</p>\
            <script>var x = '<p>no</p>';</script><footer>All rights reserved</footer></body></html>";
        assert_eq!(text(html), "Harbour closed\n\nHARROW BAY (Northwire) — It rained.\n\nA lot.");
        assert_eq!(text("<p>It rained.<p>A lot."), "It rained.\n\nA lot.");
    }

    #[test]
    fn a_long_page_loses_what_surrounds_the_article() {
        let paragraph = "<p>It rained for a whole day in Harrow Bay, said Ada Lind, and the harbour was \
            closed, and the ships stayed out, and nobody knew how long, she said.</p>";
        let links = "<li><a href=/x>Another story about rain</a></li>".repeat(20);
        let html = format!(
            "<html><body><div class=menu><ul>{links}</ul></div><div class=story>{}</div>\
             <div class=related-links><ul>{links}</ul></div></body></html>",
            paragraph.repeat(8)
        );
        let text = text(&html);
        assert_eq!(text.matches("said Ada Lind").count(), 8);
        assert_eq!(text.matches("\n\n").count(), 7);
        assert!(!text.contains("Another story"));
    }

    #[test]
    fn a_page_without_text_is_refused() {
        for html in ["<html></html>", "<script>x</script>", "<!-- x", "<p>&nbsp;</p>", "<nav>Home</nav>"] {
            assert_eq!(read_page(html, LIMIT).map(|page| page.text), Err(Reason::NoText), "{html}");
        }
    }

    #[test]
    fn hostile_pages_end_well() {
        let n = 100_000;
        let deep = format!("{}<p>It rained.</p>", "<div>".repeat(n));
        assert_eq!(text(&deep), "It rained.");
        assert!(read_page(&deep, LIMIT).unwrap().is_flattened);
        assert_eq!(text(&format!("{}It rained.", "<b>".repeat(3_400_000))), "It rained.");
        assert_eq!(text(&format!("{}<p>It rained.</p>", "<!--".repeat(n) + "-->")), "It rained.");
        assert_eq!(text(&format!("{}<p>It rained.</p>", "<!-- x -->".repeat(n))), "It rained.");
        assert_eq!(text(&format!("<p>It rained.</p>{}", "</div>".repeat(n))), "It rained.");
        assert_eq!(
            text(&format!("<p>It rained.</p><p {}>A lot.</p>", "a b c ".repeat(n))),
            "It rained.\n\nA lot."
        );
        let misnested =
            "<table><tr><td><div>".to_owned() + &"<table><tr><td></div>".repeat(n / 10) + "It rained.";
        assert!(text(&misnested).contains("It rained."));
        assert_eq!(text(&format!("<p>It rained.</p>{}", "<br>".repeat(n))), "It rained.");
        assert_eq!(text(&format!("{}It rained.", "<svg>".repeat(n))), "It rained.");
        let many = "<p>x".repeat(300_000);
        assert_eq!(read_page(&many, LIMIT).map(|page| page.text), Err(Reason::TooManyTags(scrub::MAX_TAGS)));
        let long = format!("<p>{}", "It rained. ".repeat(1_000_000));
        assert_eq!(read_page(&long, LIMIT).map(|page| page.text), Err(Reason::TooLong(LIMIT)));
    }

    #[test]
    fn unclosed_and_cut_markup() {
        let cases = [
            ("<p>It rained.<p", "It rained."),
            ("<p>It rained.<p title=\"never closed>x", "It rained."),
            ("<p>It rained.<script>x", "It rained."),
            ("<p>1 < 2 and 3 <4", "1 < 2 and 3 <4"),
            ("<p>It rained.</p", "It rained."),
            ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
            ("It rained.</p></div></html>", "It rained."),
        ];
        for (html, expect) in cases {
            assert_eq!(text(html), expect, "{html}");
        }
    }

    #[test]
    fn fragments() {
        assert_eq!(
            read_fragment("<p>It <b>rain</b>ed.</p><p>A&nbsp;lot.</p>", LIMIT).unwrap(),
            "It rained.\n\nA lot."
        );
    }
}
