//! Cuts a page down to what a parser can be trusted with, in one pass over its bytes.
//!
//! HTML's rules for broken markup cost a parser time and depth that grow with the square of the
//! page (unclosed formatting, misnested tables). So the output is well nested: every element that
//! is closed by another's end tag gets its own. Formatting is dropped, for it does not part words.

use std::collections::HashMap;

use crate::Reason;

/// Elements nested deeper lose their tags, not their text. Browsers stop at 512.
const MAX_DEPTH: usize = 256;
/// A page of more tags is refused. Long live blogs have some ten thousand.
pub(crate) const MAX_TAGS: usize = 200_000;
/// Longer tags, or tags of more attributes than
const MAX_TAG: usize = 8192;
/// this, lose their attributes: a parser compares each attribute with all before it.
const MAX_ATTRIBUTES: usize = 120;

/// A page that can be parsed.
#[derive(Debug, Default)]
pub(crate) struct Scrubbed {
    pub(crate) html: String,
    /// The JSON-LD scripts as they stand.
    pub(crate) json_ld: Vec<String>,
    /// Whether elements were nested deeper than the limit.
    pub(crate) is_flattened: bool,
}

/// Elements whose content is no markup; browsers read on to the end tag, if need be to the end.
const RAW: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];
/// Elements that are dropped whole if they are closed; if not, only their tags are.
const DROPPED: &[&str] =
    &["audio", "canvas", "datalist", "math", "nav", "object", "select", "svg", "template", "video"];
/// Tags that are dropped, their content kept. Formatting would be reopened in every paragraph.
const UNWRAPPED: &[&str] = &[
    "area", "b", "base", "big", "code", "col", "em", "embed", "font", "frame", "frameset", "i", "img",
    "input", "nobr", "param", "picture", "s", "small", "source", "strike", "strong", "track", "tt", "u",
    "wbr",
];
/// Elements without content.
const VOID: &[&str] = &["br", "hr", "link", "meta"];
/// Elements that a parser opens and closes by itself.
const FRAME: &[&str] = &["html", "head", "body"];
/// Elements that stay in the line; all others end a paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "cite", "del", "dfn", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby",
    "samp", "span", "sub", "sup", "time", "var",
];

/// Scrubs `html`.
///
/// # Errors
/// If there are more than [`MAX_TAGS`] tags, or text far over `max_text` bytes.
pub(crate) fn scrub(html: &str, max_text: usize) -> Result<Scrubbed, Reason> {
    let mut scrubber = Scrubber { html, ..Scrubber::default() };
    // Entities take up to some times the bytes of their characters.
    let max_raw = max_text.saturating_mul(4).saturating_add(1 << 16);
    let mut at = 0;
    while at < html.len() {
        let text_end = find_tag(html, at);
        scrubber.text(&html[at..text_end]);
        if scrubber.n_text > max_raw {
            return Err(Reason::TooLong(max_text));
        }
        if text_end == html.len() {
            break;
        }
        at = scrubber.markup(text_end);
        if scrubber.n_tags > MAX_TAGS {
            return Err(Reason::TooManyTags(MAX_TAGS));
        }
    }
    scrubber.close_to(0);
    Ok(scrubber.out)
}

/// Where the next `<` stands that opens a tag, comment or the like; the end if none does.
fn find_tag(html: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find('<') {
        at += found;
        let next = html.as_bytes().get(at + 1);
        if next.is_some_and(|&b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
            return at;
        }
        at += 1;
    }
    html.len()
}

#[derive(Default)]
struct Scrubber<'h> {
    html: &'h str,
    out: Scrubbed,
    /// Names of the open elements; those from `MAX_DEPTH` on have no tags in the output.
    open: Vec<&'h str>,
    /// How often each lower-cased name is in `open`.
    n_open: HashMap<String, usize>,
    n_tags: usize,
    n_text: usize,
    /// Line breaks since the last text.
    n_breaks: usize,
    /// Names whose end tag is known to be nowhere in the rest.
    without_end: Vec<&'static str>,
    has_frame: Vec<&'static str>,
}

impl<'h> Scrubber<'h> {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.n_text += text.len();
            self.n_breaks = 0;
        }
        // What is no tag here must be none for the parser either.
        self.out.html.push_str(&text.replace('<', "&lt;"));
    }

    /// Reads what begins at the `<` at `at`; returns where it ends.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        match rest.as_bytes().get(1) {
            Some(b'!') if rest.starts_with("<!--") => end_of_comment(self.html, at),
            Some(b'!' | b'?') => past(self.html, at, ">"),
            Some(b'/') => {
                let name = name(&rest[2..]);
                let end = if name.is_empty() { past(self.html, at, ">") } else { end_of_tag(self.html, at) };
                self.end_tag(name);
                end
            }
            _ => {
                let end = end_of_tag(self.html, at);
                let is_cut = !self.html[..end].ends_with('>');
                if is_cut { self.html.len() } else { self.start_tag(at, end) }
            }
        }
    }

    /// A start tag at `at..end`; returns where its element ends if that is dropped or raw.
    fn start_tag(&mut self, at: usize, end: usize) -> usize {
        let tag = &self.html[at..end];
        let name = name(&tag[1..]);
        if let Some(raw) = in_list(RAW, name) {
            return self.raw(raw, tag, end);
        }
        if let Some(dropped) = in_list(DROPPED, name) {
            return self.end_of_element(dropped, end).unwrap_or(end);
        }
        if let Some(frame) = in_list(FRAME, name) {
            if !self.has_frame.contains(&frame) {
                self.has_frame.push(frame);
                self.emit(tag, name);
            }
        } else if in_list(VOID, name).is_some() {
            self.void(tag, name);
        } else if in_list(UNWRAPPED, name).is_none() {
            self.open(tag, name);
        }
        end
    }

    fn void(&mut self, tag: &str, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            self.n_breaks += 1;
            if self.n_breaks > 2 {
                return;
            }
        }
        self.emit(tag, name);
    }

    fn open(&mut self, tag: &str, name: &'h str) {
        while self.open.last().is_some_and(|top| is_closed_by(top, name)) {
            self.close_to(self.open.len() - 1);
        }
        // A link inside a link is none.
        let is_link = name.eq_ignore_ascii_case("a");
        if is_link && self.count(name) > 0 {
            return;
        }
        if self.open.len() < MAX_DEPTH {
            self.emit(tag, name);
        } else {
            self.out.is_flattened = true;
            self.part(name);
        }
        *self.n_open.entry(name.to_ascii_lowercase()).or_default() += 1;
        self.open.push(name);
    }

    /// Parts the text where a tag is left out.
    fn part(&mut self, name: &str) {
        if in_list(INLINE, name).is_none() && self.n_breaks < 2 {
            self.n_breaks += 1;
            self.out.html.push_str("<br>");
        }
    }

    fn end_tag(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            self.void("<br>", "br");
        } else if name.eq_ignore_ascii_case("head") {
            self.out.html.push_str("</head>");
        } else if self.count(name) > 0 {
            let at = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(name));
            self.close_to(at.unwrap_or(self.open.len()));
        }
    }

    fn count(&self, name: &str) -> usize {
        self.n_open.get(&name.to_ascii_lowercase()).copied().unwrap_or(0)
    }

    /// Closes open elements, the innermost first, until `depth` are left.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(name) = self.open.pop() else { break };
            if let Some(n) = self.n_open.get_mut(&name.to_ascii_lowercase()) {
                *n -= 1;
            }
            if self.open.len() < MAX_DEPTH {
                self.out.html.push_str("</");
                self.out.html.push_str(name);
                self.out.html.push('>');
            } else {
                self.part(name);
            }
        }
    }

    /// Writes a tag, without its attributes if they are too many.
    fn emit(&mut self, tag: &str, name: &str) {
        self.n_tags += 1;
        if tag.len() <= MAX_TAG && n_attributes(tag) <= MAX_ATTRIBUTES {
            let tag = tag.strip_suffix("/>").unwrap_or(&tag[..tag.len() - 1]);
            self.out.html.push_str(tag);
            // An unquoted value would take a slash in; a space parts them.
            self.out.html.push_str(" >");
        } else {
            self.out.html.push('<');
            self.out.html.push_str(name);
            self.out.html.push('>');
        }
    }

    /// Reads an element whose content is no markup.
    fn raw(&mut self, name: &'static str, tag: &str, begin: usize) -> usize {
        let Some((content_end, end)) = self.find_end_tag(name, begin) else { return self.html.len() };
        let content = &self.html[begin..content_end];
        match name {
            "script" if tag.to_ascii_lowercase().contains("ld+json") => {
                self.out.json_ld.push(content.to_owned());
            }
            "title" => {
                self.n_tags += 1;
                self.out.html.push_str("<title>");
                self.out.html.push_str(&content.replace('<', "&lt;"));
                self.out.html.push_str("</title>");
            }
            _ => {}
        }
        end
    }

    /// Where the element that `begin` is inside ends, elements of its name inside it included.
    fn end_of_element(&mut self, name: &'static str, begin: usize) -> Option<usize> {
        let (_, mut end) = self.find_end_tag(name, begin)?;
        // Each start tag passed asks for one more end tag.
        let mut inner = begin;
        while let Some(start) = find_start_tag(&self.html[..end], name, inner) {
            inner = start + 1;
            let Some((_, next)) = self.find_end_tag(name, end) else { break };
            end = next;
        }
        Some(end)
    }

    /// Where the next end tag of `name` begins and ends.
    fn find_end_tag(&mut self, name: &'static str, from: usize) -> Option<(usize, usize)> {
        if self.without_end.contains(&name) {
            return None;
        }
        let mut at = from;
        while let Some(found) = self.html[at..].find("</") {
            at += found;
            if is_tag(&self.html[at + 2..], name) {
                return Some((at, end_of_tag(self.html, at)));
            }
            at += 2;
        }
        self.without_end.push(name);
        None
    }
}

/// Where a start tag of `name` begins, from `from` on.
fn find_start_tag(html: &str, name: &str, from: usize) -> Option<usize> {
    let mut starts = html[from..].match_indices('<').map(|(at, _)| from + at);
    starts.find(|&at| is_tag(&html[at + 1..], name))
}

/// Whether `rest` begins with the whole name.
fn is_tag(rest: &str, name_wanted: &str) -> bool {
    name(rest).eq_ignore_ascii_case(name_wanted)
}

fn in_list(list: &'static [&'static str], name: &str) -> Option<&'static str> {
    list.iter().copied().find(|entry| entry.eq_ignore_ascii_case(name))
}

/// The tag's name that `rest` begins with; empty if none or absurdly long.
fn name(rest: &str) -> &str {
    let len =
        rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_')).count();
    if len <= 40 { &rest[..len] } else { "" }
}

/// Whether the start of an element called `next` ends the open `top` without an end tag.
fn is_closed_by(top: &str, next: &str) -> bool {
    let next = next.to_ascii_lowercase();
    let closed: &[&str] = match next.as_str() {
        "li" => &["p", "li"],
        "dt" | "dd" => &["p", "dt", "dd"],
        "td" | "th" => &["p", "td", "th"],
        "tr" => &["p", "td", "th", "tr"],
        "tbody" | "thead" | "tfoot" => &["p", "td", "th", "tr", "tbody", "thead", "tfoot"],
        "option" => &["option"],
        other if INLINE.contains(&other) => &[],
        _ => &["p"],
    };
    closed.iter().any(|name| name.eq_ignore_ascii_case(top))
}

/// Behind the next `token`; the end if there is none.
fn past(html: &str, from: usize, token: &str) -> usize {
    html[from..].find(token).map_or(html.len(), |at| from + at + token.len())
}

fn end_of_comment(html: &str, at: usize) -> usize {
    let body = &html[at + 4..];
    if body.starts_with('>') || body.starts_with("->") {
        return past(html, at, ">");
    }
    past(html, at + 4, "-->")
}

/// Behind the tag's `>`, which a quoted value may hold too; the end if there is none.
fn end_of_tag(html: &str, at: usize) -> usize {
    let bytes = html.as_bytes();
    let mut i = at + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'>' => return i + 1,
            b'=' => {
                i += 1;
                while bytes.get(i).is_some_and(u8::is_ascii_whitespace) {
                    i += 1;
                }
                if let Some(quote @ (b'"' | b'\'')) = bytes.get(i) {
                    let Some(len) = bytes[i + 1..].iter().position(|b| b == quote) else {
                        return bytes.len();
                    };
                    i += len + 2;
                }
            }
            _ => i += 1,
        }
    }
    bytes.len()
}

/// No fewer than the attributes of the tag.
fn n_attributes(tag: &str) -> usize {
    let mut n = 0;
    let mut quote = None;
    for byte in tag.bytes() {
        match quote {
            Some(open) => quote = (byte != open).then_some(open),
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                n += 1;
            }
            None => n += usize::from(byte.is_ascii_whitespace() || byte == b'/'),
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &str) {
        let scrubbed = scrub(html, 1000).unwrap();
        assert_eq!(scrubbed.html.replace(" >", ">"), expect, "{html}");
    }

    #[test]
    fn output_is_well_nested() {
        let cases = [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<div><b>a</div>", "<div>a</div>"),
            ("<div><span>a</div>b</span>", "<div><span>a</span></div>b"),
            ("<ul><li><p>a<li>b</ul>", "<ul><li><p>a</p></li><li>b</li></ul>"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            ),
            ("<a href=/x/>a<a>b</a>", "<a href=/x>ab</a>"),
            ("a</p></b>b", "ab"),
            ("<br/><br><br>a</br>", "<br><br>a<br>"),
            ("<p title='a>b'>c", "<p title='a>b'>c</p>"),
            ("1 < 2 <3", "1 &lt; 2 &lt;3"),
            ("<title>a<b></title><p>c", "<title>a&lt;b></title><p>c</p>"),
            ("<body><body><p>a</body>", "<body><p>a</p>"),
        ];
        for (html, expect) in cases {
            check(html, expect);
        }
    }

    #[test]
    fn what_is_not_read_is_dropped() {
        let cases = [
            ("a<script>if (1 < 2) '<p>'</script>b", "ab"),
            ("a<style>x</STYLE >b", "ab"),
            ("a<!-- <p> -->b<!-->c<!DOCTYPE x>d<?php x ?>e", "abcde"),
            ("a<svg><svg></svg><p>x</svg>b", "ab"),
            ("a<svg><p>x", "a<p>x</p>"),
            ("a<nav>x</nav>b<noscript><p>x</noscript>c", "abc"),
            ("a<script>x", "a"),
            ("a<!-- x", "a"),
            ("a<p b='x", "a"),
        ];
        for (html, expect) in cases {
            check(html, expect);
        }
    }

    #[test]
    fn json_ld_is_kept_aside() {
        let scrubbed = scrub("<script type='application/ld+json'>{\"a\": \"</p>\"}</script>b", 1000).unwrap();
        assert_eq!(scrubbed.json_ld, ["{\"a\": \"</p>\"}"]);
        assert_eq!(scrubbed.html, "b");
    }

    #[test]
    fn depth_is_bounded() {
        let html = "<div>".repeat(1000) + "a" + &"</div>".repeat(1000) + "b";
        let scrubbed = scrub(&html, 1000).unwrap();
        assert!(scrubbed.is_flattened);
        assert_eq!(scrubbed.html.matches("<div").count(), MAX_DEPTH);
        assert_eq!(scrubbed.html.matches("</div>").count(), MAX_DEPTH);
        assert!(scrubbed.html.ends_with("</div>b"));
    }
}
