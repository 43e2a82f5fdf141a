//! Word files (Office Open XML, ISO/IEC 29500): the text of the body, a paragraph for each of its
//! own, those of tables and text boxes in their order. What was deleted or moved away with tracked changes is left out;
//! so are headers, footers, notes and comments.
//!
//! Title, author and day come from the document's properties where the text has none: in exports of press
//! databases they are those of the export.

use crate::decode::decode;
use crate::input::{Peeked, read_whole};
use crate::item::{Fallback, Item, Outcomes, Source};
use crate::xml::{self, Token, attribute, tokens};
use crate::{Reason, zip};

/// Names of first members by which Office files are told from other archives.
const FIRST: &[&str] = &["[Content_Types].xml", "_rels/.rels", "docProps/", "word/"];
const TEXT: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/core.xml";

/// Whether a ZIP archive with this first member is an Office file.
pub(crate) fn is_first(name: &[u8]) -> bool {
    let (folders, files): (Vec<&str>, Vec<&str>) = FIRST.iter().partition(|first| first.ends_with('/'));
    let is_part = |folder: &&str| name.starts_with(folder.as_bytes()) && name.ends_with(b".xml");
    files.iter().any(|file| name == file.as_bytes()) || folders.iter().any(is_part)
}

/// The one report of a document.
pub(crate) fn read_docx<'a>(source: Source<'a>, input: Peeked<'a>) -> Outcomes<'a> {
    let bytes = match read_whole(input, source.options.max_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return source.refuse(None, reason),
    };
    let own = source.own(&bytes);
    let item = read(&source, &bytes);
    Box::new(std::iter::once(source.report(item, own, None)))
}

fn read(source: &Source<'_>, bytes: &[u8]) -> Result<Item, Reason> {
    let parts = zip::parts(source, bytes, |name| name == TEXT || name == PROPERTIES)?;
    let part = |name: &str| parts.iter().find(|(n, _)| n == name).map(|(_, bytes)| bytes.clone());
    let document = part(TEXT).ok_or(Reason::Binary("an Office file without text of Word"))?;
    let Body { text, title } = body(&decode(document, true, None).text);
    if text.trim().is_empty() {
        return Err(Reason::Blank);
    }
    if text.len() > source.options.max_text {
        return Err(Reason::TooLong(source.options.max_text));
    }
    let fallback = part(PROPERTIES).map(|part| properties(&decode(part, true, None).text));
    let media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(Item { text, media_type, title, fallback: fallback.unwrap_or_default(), ..Item::default() })
}

struct Body {
    text: String,
    /// The first paragraph in the style for titles.
    title: Option<String>,
}

/// The text of the document's main part, told by the names of its elements alone.
fn body(xml: &str) -> Body {
    let (mut paragraphs, mut title): (Vec<String>, Option<String>) = (Vec::new(), None);
    // Paragraphs that are open: a text box lies in one. Whether each is a title.
    let mut open: Vec<(String, bool)> = Vec::new();
    let (mut in_text, mut in_stops) = (false, false);
    // Elements of the same name that are open inside of one that is left out.
    let mut left_out: Option<(&str, usize)> = None;
    for (_, token) in tokens(xml) {
        if let Some((name, n)) = &mut left_out {
            match token {
                Token::Start { name: other, is_empty: false, .. } if other == *name => *n += 1,
                Token::End { name: other } if other == *name && *n == 0 => left_out = None,
                Token::End { name: other } if other == *name => *n -= 1,
                _ => {}
            }
            continue;
        }
        let mut write = |text: &str| {
            if let Some((paragraph, _)) = open.last_mut() {
                paragraph.push_str(text);
            }
        };
        match token {
            Token::Start { name, attributes, is_empty } => match (local(name), is_empty) {
                // Alternatives say the same again; what was moved stands where it was moved to.
                ("Fallback" | "moveFrom", false) => left_out = Some((name, 0)),
                ("p", false) => open.push((String::new(), false)),
                ("t", false) => in_text = true,
                ("tabs", false) => in_stops = true,
                ("tab", _) if !in_stops => write("\t"),
                ("br" | "cr", _) => write("\n"),
                ("noBreakHyphen", _) => write("-"),
                ("pStyle", _) => {
                    let style = attribute(attributes, "w:val");
                    let is_title = style.is_some_and(|style| style.eq_ignore_ascii_case("title"));
                    open.iter_mut().last().into_iter().for_each(|(_, of)| *of = is_title);
                }
                _ => {}
            },
            Token::End { name } => match local(name) {
                "p" => {
                    let (paragraph, is_title) = open.pop().unwrap_or_default();
                    let words = paragraph.trim();
                    if !words.is_empty() {
                        title = title.or_else(|| is_title.then(|| words.to_owned()));
                        paragraphs.push(words.to_owned());
                    }
                }
                "t" => in_text = false,
                "tabs" => in_stops = false,
                _ => {}
            },
            Token::Text(text) if in_text => write(&html_escape::decode_html_entities(text)),
            Token::CData(text) if in_text => write(text),
            _ => {}
        }
    }
    Body { text: paragraphs.join("\n\n"), title }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn properties(xml: &str) -> Fallback {
    let root = xml::children(xml);
    let all = root.first().map(xml::Child::children).unwrap_or_default();
    let value = |name: &str| {
        let content = all.iter().find(|child| local(child.name) == name)?.content();
        let words: Vec<&str> = content.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    Fallback { title: value("title"), byline: value("creator"), date: value("created") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_of_a_body() {
        let xml = "<?xml version='1.0'?><w:document><w:body><w:p><w:pPr><w:pStyle w:val='Title'/><w:tabs>\
            <w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>Harbour </w:t></w:r><w:r><w:t xml:space='preserve'>closed \
            &amp; quiet</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>It</w:t><w:tab/><w:t>rained.</w:t><w:br/><w:t>A lot.</w:t>\
            <w:delText>Gone.</w:delText></w:r><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p><w:tbl><w:tr><w:tc>\
            <w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><mc:AlternateContent><mc:Choice><w:p><w:r>\
            <w:t>Box.</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box.</w:t></w:r></w:p></mc:Fallback>\
            </mc:AlternateContent><w:r><w:t>Around.</w:t></w:r></w:p></w:body></w:document>";
        let body = body(xml);
        assert_eq!(body.text, "Harbour closed & quiet\n\nIt\trained.\nA lot.\n\nCell\n\nBox.\n\nAround.");
        assert_eq!(body.title.as_deref(), Some("Harbour closed & quiet"));
    }

    #[test]
    fn hostile_bodies_end_well() {
        let deep = "<w:p>".repeat(100_000) + "<w:t>It rained.";
        assert_eq!(body(&deep).text, "", "what is not closed is no paragraph");
        assert_eq!(body(&"</w:p>".repeat(100_000)).text, "");
        assert_eq!(body("<w:p><mc:Fallback><w:p>").text, "");
    }

    #[test]
    fn first_members() {
        for name in ["[Content_Types].xml", "word/numbering.xml", "docProps/app.xml"] {
            assert!(is_first(name.as_bytes()), "{name}");
        }
        for name in ["word/a.txt", "mimetype", "a.txt", ""] {
            assert!(!is_first(name.as_bytes()), "{name}");
        }
    }
}
