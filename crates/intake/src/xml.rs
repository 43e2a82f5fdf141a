//! XML as far as feeds and Word files need it: tags, text and CDATA in order. Feeds are often broken XML,
//! so nothing here insists: what is no tag is text, and an element ends where its own end tag stands. Each
//! byte is looked at a bounded number of times; nothing recurses.
//!
//! Why no library: `quick-xml` 0.42, at its most lenient, takes `1 < 2 <3</a>` for a start tag without a
//! name that swallows the end tag, and ends with an error at the first quotation mark, comment or CDATA
//! that is not closed, so that one broken entry would cost all behind it. The cases are in the tests below.

use std::ops::Range;

/// One piece of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'x> {
    Start {
        name: &'x str,
        attributes: &'x str,
        is_empty: bool,
    },
    End {
        name: &'x str,
    },
    /// With its entities as they stand.
    Text(&'x str),
    CData(&'x str),
}

/// The pieces of `xml` and where they stand; comments and declarations are left out.
pub(crate) fn tokens(xml: &str) -> impl Iterator<Item = (Range<usize>, Token<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < xml.len() {
            let begin = at;
            let (len, token) = token(&xml[at..]);
            at += len;
            if let Some(token) = token {
                return Some((begin..at, token));
            }
        }
        None
    })
}

/// The piece that `rest` begins with, and how long it is.
fn token(rest: &str) -> (usize, Option<Token<'_>>) {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    if rest.starts_with("<!--") {
        return (until("-->"), None);
    }
    if let Some(inner) = rest.strip_prefix("<![CDATA[") {
        let text = inner.split_once("]]>").map_or(inner, |(text, _)| text);
        return (until("]]>"), Some(Token::CData(text)));
    }
    if rest.starts_with("<?") {
        return (until("?>"), None);
    }
    if rest.starts_with("<!") {
        // A document type may hold declarations in brackets.
        let has_subset = rest.find(['[', '>']).is_some_and(|at| rest.as_bytes()[at] == b'[');
        return (until(if has_subset { "]>" } else { ">" }), None);
    }
    if let Some(found) = tag(rest) {
        return (found.0, Some(found.1));
    }
    // A lone `<` is text, with what follows.
    let begin = usize::from(rest.starts_with('<'));
    let end = rest[begin..].find('<').map_or(rest.len(), |at| begin + at);
    (end, Some(Token::Text(&rest[..end])))
}

/// The tag that `rest` begins with. Within a tag no `<` may stand, so none is looked for beyond one.
fn tag(rest: &str) -> Option<(usize, Token<'_>)> {
    let inner = rest.strip_prefix('<')?;
    let (inner, is_end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
    let n_name = inner.find(|c: char| !is_name(c)).unwrap_or(inner.len());
    if !inner.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let (name, attributes) = inner.split_at(n_name);
    let mut quote = None;
    let end = attributes.char_indices().find_map(|(at, c)| match (quote, c) {
        (_, '<') => Some(None),
        (Some(open), c) if c == open => {
            quote = None;
            None
        }
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (None, '>') => Some(Some(at)),
        _ => None,
    })??;
    let len = rest.len() - attributes.len() + end + 1;
    let attributes = &attributes[..end];
    let is_empty = attributes.ends_with('/');
    let attributes = attributes.trim_end_matches('/').trim();
    let token = if is_end { Token::End { name } } else { Token::Start { name, attributes, is_empty } };
    Some((len, token))
}

/// An element right under another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Child<'x> {
    pub(crate) name: &'x str,
    attributes: &'x str,
    /// What stands between its tags.
    pub(crate) inner: &'x str,
}

/// The elements of `xml`, not those inside of them.
pub(crate) fn children(xml: &str) -> Vec<Child<'_>> {
    let mut children = Vec::new();
    // The open element, where its content begins, and how many of its name are open inside.
    let mut open: Option<(&str, &str, usize, usize)> = None;
    for (range, token) in tokens(xml) {
        match (token, &mut open) {
            (Token::Start { name, attributes, is_empty: true }, None) => {
                children.push(Child { name, attributes, inner: "" });
            }
            (Token::Start { name, attributes, .. }, None) => open = Some((name, attributes, range.end, 0)),
            (Token::Start { name, is_empty: false, .. }, Some((open, _, _, n))) if name == *open => *n += 1,
            (Token::End { name }, Some((of, attributes, begin, n))) if name == *of => {
                if *n == 0 {
                    children.push(Child { name, attributes, inner: &xml[*begin..range.start] });
                    open = None;
                } else {
                    *n -= 1;
                }
            }
            _ => {}
        }
    }
    children
}

impl<'x> Child<'x> {
    /// What it says: its text and CDATA, entities decoded; if it holds elements, their markup as it
    /// stands.
    pub(crate) fn content(&self) -> String {
        let mut text = String::new();
        for (_, token) in tokens(self.inner) {
            match token {
                Token::Text(raw) => text += &html_escape::decode_html_entities(raw),
                Token::CData(raw) => text += raw,
                _ => return self.inner.to_owned(),
            }
        }
        text
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        attribute(self.attributes, name)
    }

    pub(crate) fn children(&self) -> Vec<Child<'x>> {
        children(self.inner)
    }
}

/// The value of an attribute, entities decoded.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, behind) = after[1..].split_once(quote)?;
        if before.trim() == name {
            return Some(html_escape::decode_html_entities(value).into_owned());
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(xml: &str) -> Vec<String> {
        let name = |(_, token)| match token {
            Token::Start { name, is_empty, .. } => format!("{name}{}", if is_empty { "/" } else { "" }),
            Token::End { name } => format!("/{name}"),
            Token::Text(text) => format!("'{text}'"),
            Token::CData(text) => format!("[{text}]"),
        };
        tokens(xml).map(name).collect()
    }

    #[test]
    fn pieces() {
        let cases: &[(&str, &[&str])] = &[
            ("<?xml version='1.0'?><!-- <a> --><a b='>'>x</a>", &["a", "'x'", "/a"]),
            ("<a/><b c=\"d\" />&lt;", &["a/", "b/", "'&lt;'"]),
            ("<![CDATA[<a>]]><a", &["[<a>]", "'<a'"]),
            ("<!DOCTYPE r [<!ENTITY x 'y'>]><r>", &["r"]),
            ("é<é", &["'é'", "'<é'"]),
            ("1 < 2 <3", &["'1 '", "'< 2 '", "'<3'"]),
            ("<a <b>", &["'<a '", "b"]),
            ("<a b='<c>", &["'<a b=''", "c"]),
            ("<![CDATA[x", &["[x]"]),
            ("<!-- x", &[]),
            ("", &[]),
        ];
        for (xml, expect) in cases {
            assert_eq!(names(xml), *expect, "{xml}");
        }
    }

    #[test]
    fn elements_end_at_their_own_tag() {
        let xml = "<t>a</t><d><p>one<p>two<br></d><n><n>x</n>y</n><e a='1 &amp; 2' b=\"3\"/>z</t><open>x";
        let found = children(xml);
        let inner: Vec<_> = found.iter().map(|child| (child.name, child.inner)).collect();
        assert_eq!(inner, [("t", "a"), ("d", "<p>one<p>two<br>"), ("n", "<n>x</n>y"), ("e", "")]);
        assert_eq!(found[3].attribute("a").as_deref(), Some("1 & 2"));
        assert_eq!(found[3].attribute("b").as_deref(), Some("3"));
        assert_eq!(found[3].attribute("c"), None);
        assert_eq!(children("<a>x &lt;b&gt; <![CDATA[&amp;]]></a>")[0].content(), "x <b> &amp;");
    }

    #[test]
    fn hostile_markup_is_read_once() {
        let n = 300_000;
        for piece in [
            "<a ",
            "<a '",
            "<a b=\"",
            "<![CDATA[",
            "<!--",
            "<!",
            "<!a[",
            "<?",
            "<a>",
            "</a>",
            "<",
            "<a b='c' ",
        ] {
            let xml = piece.repeat(n);
            assert!(tokens(&xml).count() <= n + 1, "{piece}");
            assert!(children(&xml).is_empty(), "{piece}");
        }
    }
}
