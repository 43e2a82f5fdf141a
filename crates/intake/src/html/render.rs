//! HTML as the text that a reader would see.

use dom_query::NodeRef;

/// What is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Everything that is seen.
    All,
    /// Not what commonly surrounds an article: asides, footers, forms, lists of links.
    Article,
}

/// The text under `node`: paragraphs, list items and headings separated by blank lines, rows by line
/// breaks, cells by tabs. White space as a browser collapses it.
pub(crate) fn render(node: &NodeRef<'_>, keep: Keep) -> String {
    let mut renderer = Renderer { keep, out: String::new(), gap: Gap::None, pre: 0 };
    renderer.children(node);
    renderer.out
}

/// What parts the next words from those before, the strongest asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

struct Renderer {
    keep: Keep,
    out: String,
    gap: Gap,
    /// How many `<pre>` are open.
    pre: usize,
}

impl Renderer {
    /// Depth is bounded by the scrubbing.
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(&child.text());
            } else if child.is_element() {
                self.element(&child);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        if self.is_skipped(node, &name) {
            return;
        }
        match &*name {
            "br" => self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line },
            "td" | "th" => {
                self.ask(Gap::Cell);
                self.children(node);
                self.ask(Gap::Cell);
            }
            "tr" | "option" => self.between(Gap::Line, node),
            "pre" => {
                self.pre += 1;
                self.between(Gap::Paragraph, node);
                self.pre -= 1;
            }
            "q" => {
                self.text("“");
                self.children(node);
                self.text("”");
            }
            name if is_inline(name) => self.children(node),
            _ => self.between(Gap::Paragraph, node),
        }
    }

    fn between(&mut self, gap: Gap, node: &NodeRef<'_>) {
        self.ask(gap);
        self.children(node);
        self.ask(gap);
    }

    fn ask(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pre > 0 => self.ask(Gap::Line),
                // Soft hyphens and zero-width spaces are not seen.
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0' => {}
                c if c.is_whitespace() => self.ask(Gap::Space),
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        if !self.out.is_empty() {
            self.out.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Cell => "\t",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.out.push(c);
    }

    fn is_skipped(&self, node: &NodeRef<'_>, name: &str) -> bool {
        const UNSEEN: &[&str] =
            &["head", "title", "meta", "link", "nav", "button", "dialog", "script", "style"];
        UNSEEN.contains(&name) || is_hidden(node) || self.keep == Keep::Article && is_surrounding(node, name)
    }
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = node.attr("style").map(|style| style.replace(' ', "").to_ascii_lowercase());
    node.has_attr("hidden") || style.is_some_and(|style| style.contains("display:none"))
}

fn is_surrounding(node: &NodeRef<'_>, name: &str) -> bool {
    match name {
        "aside" | "footer" | "form" => true,
        "header" => !node.ancestors_it(None).any(|a| a.has_name("article") || a.has_name("main")),
        "ul" | "ol" => is_menu(node),
        _ => {
            let role = node.attr("role");
            role.is_some_and(|role| matches!(&*role, "navigation" | "banner" | "contentinfo" | "search"))
        }
    }
}

/// Whether nearly all of a list's text is in links.
fn is_menu(node: &NodeRef<'_>) -> bool {
    let (mut n_all, mut n_linked, mut n_links) = (0, 0, 0);
    for inner in node.descendants_it() {
        if inner.has_name("a") {
            n_links += 1;
            n_linked += inner.text().trim().len();
        } else if inner.is_text() {
            n_all += inner.text().trim().len();
        }
    }
    n_links >= 2 && n_linked * 10 >= n_all * 8
}

fn is_inline(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, keep: Keep, expect: &str) {
        let document = dom_query::Document::from(html);
        assert_eq!(render(&document.body().unwrap(), keep), expect, "{html}");
    }

    #[test]
    fn blocks_lists_tables_and_breaks() {
        let cases = [
            ("<p>It <b>rain</b>ed\n a&nbsp;lot.</p><p>Yes.</p>", "It rained a lot.\n\nYes."),
            ("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree"),
            ("One<br>Two<br/><br>Three", "One\nTwo\n\nThree"),
            ("<ul><li>One</li> <li>Two</li></ul>After", "One\n\nTwo\n\nAfter"),
            ("<blockquote><p>It rained.</p></blockquote><p>She said.</p>", "It rained.\n\nShe said."),
            ("<table><tr><th>Place<th>Rain</tr><tr><td>Harrow<td>9 mm</table>", "Place\tRain\nHarrow\t9 mm"),
            ("<pre>a  b\nc</pre>d", "a b\nc\n\nd"),
            ("She said <q>it rained</q>.", "She said “it rained”."),
            ("ha\u{ad}rbour\u{200b}s", "harbours"),
            ("<p hidden>x</p><p style='display: none'>x</p><button>x</button>y", "y"),
            ("  <p> </p> ", ""),
        ];
        for (html, expect) in cases {
            check(html, Keep::All, expect);
        }
    }

    #[test]
    fn what_surrounds_an_article() {
        let menu = "<ul><li><a href=/>One</a></li><li><a href=/>Two</a></li></ul>";
        let cases = [
            (format!("<header>x</header>a{menu}<aside>x</aside><footer>x</footer><form>x</form>"), "a"),
            ("<article><header>a</header></article>".to_owned(), "a"),
            (
                "<ul><li>One <a href=/>ship</a></li><li>Two <a href=/>ships</a> at sea</li></ul>".to_owned(),
                "One ship\n\nTwo ships at sea",
            ),
            ("<div role=navigation>x</div>a".to_owned(), "a"),
        ];
        for (html, expect) in cases {
            check(&html, Keep::Article, expect);
        }
    }
}
