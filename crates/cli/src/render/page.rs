//! Readings as one HTML page that needs nothing beside itself: each report's text with light
//! marks, and the tables of its statements and figures beside it.
//!
//! Everything that comes from a report passes [`Esc`] and so is text, never markup. The page's own
//! style and script are allowed by their hashes and nothing else is. Without the script every id
//! is still a link between table and text, for each id is an ordinary anchor.

use std::collections::BTreeSet;
use std::fmt;

use ascribe::{Figure, Note, Reading, Report, Span, Statement, StatementId};
use sha2::{Digest, Sha256};

use super::marks::{Item, Mark, Part, Segment, marks, paragraphs, segments};
use super::wording::{self, FigureCells};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The page of `readings`, in their order.
pub(crate) fn page(readings: &[Reading]) -> String {
    let title = match readings {
        [reading] => wording::heading(&reading.report).title,
        _ => wording::count(readings.len(), "report"),
    };
    let intro = if readings.len() == 1 { String::new() } else { index(&title, readings) };
    let level = if readings.len() == 1 { 1 } else { 2 };
    let articles: String =
        readings.iter().enumerate().map(|(i, reading)| Article { n: i + 1, level, reading }.html()).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"Ascribe {VERSION}\">\n\
         <title>{title} – Ascribe</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         {BAR}<main>\n{intro}{articles}</main>\n{footer}\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        policy = policy(),
        title = Esc(&title),
        footer = footer(),
    )
}

/// What the browser may run: this style and this script, found by their hashes.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(STYLE)),
        base64(&Sha256::digest(SCRIPT)),
    )
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let quad = |chunk: &[u8]| {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digit = |i: usize| match i > chunk.len() {
            true => '=',
            false => char::from(DIGITS[(bits >> (18 - 6 * i) & 63) as usize]),
        };
        [digit(0), digit(1), digit(2), digit(3)]
    };
    bytes.chunks(3).flat_map(quad).collect()
}

/// Text of a report, harmless in elements and in quoted attributes. A browser would turn a bare
/// carriage return into a line end and drop a zero byte; the one is written as a reference, the
/// other as the character that stands for the unreadable.
struct Esc<'t>(&'t str);

impl fmt::Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '\r', '\0']) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                b'\r' => "&#13;",
                _ => "\u{fffd}",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

/// The line at the top: what the marks mean, and the switch that takes them away.
const BAR: &str = r#"<header class="bar">
<p class="maker">Ascribe</p>
<p class="legend"><span class="legend-title">In the text:</span> <span class="m c1">what is said</span> <span class="m q">saying word</span> <span class="m s">who says it</span> <span class="m f fb fe">figure</span> <span class="m"><span class="h">hedge</span></span></p>
<label class="switch"><input type="checkbox" role="switch" id="clean" autocomplete="off"> <span>Clean text</span></label>
</header>
"#;

fn footer() -> String {
    format!(
        "<footer class=\"foot\">\n\
         <p class=\"keys\">Select a row to see its words in the text, or words to see their row. \
         In a row, <kbd>↓</kbd> <kbd>↑</kbd> or <kbd>j</kbd> <kbd>k</kbd> move on, <kbd>Esc</kbd> clears.</p>\n\
         <p>“Conf.” is how sure the program is of its own reading, from 0 to 1, with “?” below 0.5. \
         It says nothing about whether what was said is so. “–” means that no number is given.</p>\n\
         <p>Made by Ascribe {VERSION}</p>\n</footer>\n"
    )
}

/// The list of reports at the top of a page that holds many, or the line that there are none.
fn index(title: &str, readings: &[Reading]) -> String {
    if readings.is_empty() {
        return "<div class=\"intro\"><h1>No reports</h1>\n<p class=\"none\">Nothing was read.</p></div>\n"
            .to_owned();
    }
    let rows: String = readings.iter().enumerate().map(|(i, reading)| index_row(i + 1, reading)).collect();
    format!(
        "<nav class=\"intro\" aria-label=\"Reports\">\n<h1>{title}</h1>\n<div class=\"tables\">\n\
         <table role=\"table\" class=\"index\"><caption class=\"away\">Reports on this page</caption>\n\
         <thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n<tbody role=\"rowgroup\">\n{rows}</tbody></table>\n</div>\n</nav>\n",
        heads(&["", "Report", "Outlet", "Date", "Statements#", "Figures#"]),
    )
}

fn index_row(n: usize, reading: &Reading) -> String {
    let report = &reading.report;
    format!(
        "<tr role=\"row\"><td role=\"cell\" class=\"no\">{n}</td>\
         <th role=\"rowheader\" scope=\"row\"><a href=\"#r{n}\" dir=\"auto\">{}</a></th>{}{}{}{}</tr>\n",
        Esc(&wording::heading(report).title),
        cell("Outlet", "", &bdi(report.outlet.as_deref().unwrap_or(""))),
        cell("Date", "", &bdi(report.published.as_deref().unwrap_or(""))),
        cell("Statements", "num", &reading.statements.len().to_string()),
        cell("Figures", "num", &reading.figures.len().to_string()),
    )
}

/// One report on the page.
struct Article<'r> {
    /// From 1; ids inside the article begin with it.
    n: usize,
    /// Of the title; the tables' titles stand one below.
    level: u8,
    reading: &'r Reading,
}

impl Article<'_> {
    fn html(&self) -> String {
        let (n, level) = (self.n, self.level);
        let heading = wording::heading(&self.reading.report);
        let facts: String = heading.facts.iter().map(|fact| format!("<li>{}</li>", bdi(fact))).collect();
        let (text, anchors) = self.text();
        format!(
            "<article id=\"r{n}\" aria-labelledby=\"r{n}-title\">\n<header class=\"head\">\n\
             <h{level} id=\"r{n}-title\" dir=\"auto\">{}</h{level}>\n<ul class=\"facts\">{facts}</ul>\n{}</header>\n\
             <div class=\"columns\">\n{text}<div class=\"tables\">\n{}{}{}</div>\n</div>\n</article>\n",
            Esc(&heading.title),
            self.about(),
            self.statements(&anchors),
            self.figures(&anchors),
            self.notes(),
        )
    }

    /// Where the report came from, folded away.
    fn about(&self) -> String {
        let report = &self.reading.report;
        let url = report.url.as_deref().map(link);
        let rows = [
            ("Address", url),
            ("Read from", wording::came_from(report).as_deref().map(bdi)),
            ("Captured", report.captured_at.as_deref().map(bdi)),
            ("Type", Some(bdi(&report.media_type))),
            ("SHA-256", Some(report.id.as_str()).filter(|id| !id.is_empty()).map(bdi)),
        ];
        let rows = rows.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let rows: String = rows.map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>")).collect();
        format!(
            "<details class=\"about\"><summary>Where this came from</summary>\n<dl>{rows}</dl></details>\n"
        )
    }

    /// The text with its marks, and the items that have an anchor in it.
    fn text(&self) -> (String, BTreeSet<Item>) {
        let report = &self.reading.report;
        let paragraphs = paragraphs(&report.text);
        let mut anchors = BTreeSet::new();
        let open =
            format!("<section class=\"reader\" tabindex=\"0\" aria-label=\"Text of report {}\">", self.n);
        if paragraphs.is_empty() {
            return (format!("{open}<p class=\"none\">This report has no text.</p></section>\n"), anchors);
        }
        let marked = self.paragraphs(&paragraphs, &mut anchors);
        (format!("{open}<div class=\"words\"{}>{marked}</div></section>\n", lang(report)), anchors)
    }

    fn paragraphs(&self, paragraphs: &[Span], anchors: &mut BTreeSet<Item>) -> String {
        let text = &self.reading.report.text;
        let marks = marks(self.reading);
        let cuts: Vec<usize> = paragraphs.iter().flat_map(|span| [span.begin, span.end]).collect();
        let mut coming = paragraphs.iter().peekable();
        let mut html = String::new();
        for segment in segments(text.len(), &cuts, &marks) {
            let inside = coming.peek().is_some_and(|paragraph| paragraph.contains(segment.span));
            if !inside {
                // White space between paragraphs: kept, so that the text stays whole; not shown.
                html.push_str(&Esc(segment.span.of(text)).to_string());
                continue;
            }
            if coming.peek().is_some_and(|paragraph| paragraph.begin == segment.span.begin) {
                html.push_str("<p dir=\"auto\">");
            }
            html.push_str(&self.segment(&segment, anchors));
            if coming.next_if(|paragraph| paragraph.end == segment.span.end).is_some() {
                html.push_str("</p>");
            }
        }
        html
    }

    /// The words of a segment, in an element with its marks; items that begin here get their anchor.
    fn segment(&self, segment: &Segment<'_>, anchors: &mut BTreeSet<Item>) -> String {
        let words = Esc(segment.span.of(&self.reading.report.text)).to_string();
        if segment.marks.is_empty() {
            return words;
        }
        let begins = items(segment.marks.iter().filter(|mark| mark.anchor && anchors.insert(mark.item)));
        let inner = match has(segment, Part::Hedge) {
            true => format!("<span class=\"h\">{words}</span>"),
            false => words,
        };
        let labels = match begins.as_slice() {
            [] => String::new(),
            items => format!(" data-n=\"{}\"", list(items).replace(' ', "\u{a0}")),
        };
        let marked = format!(
            "<span class=\"{}\" data-ids=\"{}\"{labels}>{inner}</span>",
            classes(segment),
            list(&items(segment.marks.iter())),
        );
        begins.iter().fold(marked, |html, item| format!("<span id=\"r{}-{item}\">{html}</span>", self.n))
    }

    fn statements(&self, anchors: &BTreeSet<Item>) -> String {
        let statements = &self.reading.statements;
        let rows: String = statements.iter().map(|statement| self.statement(statement, anchors)).collect();
        self.table(
            "statement",
            &["", "Who", "Cue and act", "What is said", "Conf.#"],
            statements.len(),
            &rows,
        )
    }

    fn statement(&self, statement: &Statement, anchors: &BTreeSet<Item>) -> String {
        let report = &self.reading.report;
        let who = wording::who(report, statement);
        let standing = who.standing.as_deref().map(small).unwrap_or_default();
        let content = match wording::slices(report, &statement.content) {
            words if words.is_empty() => "<span class=\"quiet\">no content was read</span>".to_owned(),
            words => format!("<div class=\"said\"{} dir=\"auto\">{}</div>", lang(report), Esc(&words)),
        };
        let act = small(&wording::label(statement.act.name()));
        let cells = [
            cell("Who", "who", &format!("<b>{}</b>{standing}", bdi(&who.name))),
            cell("Cue, act", "", &format!("{}{act}", bdi(&wording::cue(report, statement)))),
            cell("What is said", "", &format!("{content}{}", self.details(statement))),
            cell("Conf.", "num", &wording::confidence(statement.confidence)),
        ];
        self.row(Item::Statement(statement.id), anchors, &cells.concat())
    }

    fn details(&self, statement: &Statement) -> String {
        let details = wording::details(self.reading, statement);
        if details.is_empty() {
            return String::new();
        }
        let items = details.iter().map(|detail| match detail.to {
            Some(id) => format!("<li>{} {}</li>", Esc(&detail.words), self.link_to(id)),
            None => format!("<li>{}</li>", bdi(&detail.words)),
        });
        format!("<ul class=\"facts\">{}</ul>", items.collect::<String>())
    }

    /// A link to the row of a statement; plain words if the reading has none of that id.
    fn link_to(&self, id: StatementId) -> String {
        match self.reading.statements.iter().any(|statement| statement.id == id) {
            true => format!("<a href=\"#r{}-{id}-row\">{id}</a>", self.n),
            false => id.to_string(),
        }
    }

    fn figures(&self, anchors: &BTreeSet<Item>) -> String {
        let figures = &self.reading.figures;
        let rows: String = figures.iter().map(|figure| self.figure(figure, anchors)).collect();
        let heads =
            ["", "Figure", "Low#", "High#", "Measure", "Counted", "When, where", "Given by", "Conf.#"];
        self.table("figure", &heads, figures.len(), &rows)
    }

    fn figure(&self, figure: &Figure, anchors: &BTreeSet<Item>) -> String {
        let shown = wording::figure_cells(self.reading, figure);
        let cells = [
            cell("Figure", "", &format!("{}{}", bdi(&shown.words), self.bound(figure, &shown.bound))),
            cell("Low", "num", &Esc(&shown.low).to_string()),
            cell("High", "num", &Esc(&shown.high).to_string()),
            cell("Measure", "", &shown.measure),
            cell("Counted", "", &format!("{}{}", bdi(&shown.counted), small(&shown.attributes))),
            cell("When, where", "", &around(&shown)),
            cell("Given by", "who", &self.given_by(figure, &shown.by)),
            cell("Conf.", "num", &wording::confidence(figure.confidence)),
        ];
        self.row(Item::Figure(figure.id), anchors, &cells.concat())
    }

    fn bound(&self, figure: &Figure, bound: &str) -> String {
        let Some(id) = figure.part_of else { return small(bound) };
        let whole = match self.reading.figures.iter().any(|whole| whole.id == id) {
            true => format!("<a href=\"#r{}-{id}-row\">{id}</a>", self.n),
            false => id.to_string(),
        };
        format!(" <small>{bound}, part of {whole}</small>")
    }

    fn given_by(&self, figure: &Figure, name: &str) -> String {
        match figure.statement {
            Some(id) => format!("{} <small>{}</small>", bdi(name), self.link_to(id)),
            None => bdi(name),
        }
    }

    fn row(&self, item: Item, anchors: &BTreeSet<Item>, cells: &str) -> String {
        let n = self.n;
        let id = match anchors.contains(&item) {
            true => format!(
                "<a class=\"to\" href=\"#r{n}-{item}\" aria-label=\"{item}, show its words\">{item}</a>"
            ),
            false => item.to_string(),
        };
        format!(
            "<tr role=\"row\" id=\"r{n}-{item}-row\" data-row=\"{item}\">\
             <th role=\"rowheader\" scope=\"row\" class=\"no\">{id}</th>{cells}</tr>\n"
        )
    }

    /// A table with its title, or the line that it would be empty.
    fn table(&self, noun: &str, heads_of: &[&str], n_rows: usize, rows: &str) -> String {
        let level = self.level + 1;
        let title = format!("{}s", capital(noun));
        if n_rows == 0 {
            return format!(
                "<div class=\"sheet\"><h{level}>{title}</h{level}>\n\
                 <p class=\"none\">No {noun}s were read in this report.</p></div>\n"
            );
        }
        format!(
            "<div class=\"sheet\"><h{level}>{title} <span class=\"n\">{n_rows}</span></h{level}>\n\
             <table role=\"table\" class=\"{noun}s\"><caption class=\"away\">{title} of report {n}</caption>\n\
             <thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead>\n\
             <tbody role=\"rowgroup\">\n{rows}</tbody>\n</table></div>\n",
            heads(heads_of),
            n = self.n,
        )
    }

    fn notes(&self) -> String {
        let notes = &self.reading.notes;
        if notes.is_empty() {
            return String::new();
        }
        let level = self.level + 1;
        let items: String = notes.iter().map(|note| note_item(&self.reading.report, note)).collect();
        format!("<div class=\"sheet notes\"><h{level}>Notes</h{level}>\n<ul>{items}</ul></div>\n")
    }
}

fn note_item(report: &Report, note: &Note) -> String {
    let words = wording::slices_at(&report.text, &note.spans);
    let quoted = match words.is_empty() {
        true => String::new(),
        false => format!(": <q{}>{}</q>", lang(report), bdi(&wording::shorten(&words))),
    };
    format!("<li>{}{quoted} <small>{}</small></li>", bdi(&note.message), Esc(&note.code))
}

/// Up to here a date stays on one line: "since 2031-03-01".
const LONGEST_DATE: usize = 24;

/// Scope, dates and place of a figure, a line each.
fn around(figure: &FigureCells) -> String {
    let dates = figure.when.iter().map(|date| match date.len() <= LONGEST_DATE {
        true => format!(" <small class=\"date\">{}</small>", bdi(date)),
        false => small(date),
    });
    [small(&figure.scope)].into_iter().chain(dates).chain([small(&figure.place)]).collect()
}

/// `text`, kept from turning the direction of what stands around it.
fn bdi(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<bdi>{}</bdi>", Esc(text)) }
}

fn small(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(" <small>{}</small>", bdi(text))
}

fn cell(label: &str, class: &str, html: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<td role=\"cell\" data-label=\"{label}\"{class}>{html}</td>")
}

/// The heads of a table; a `#` at the end marks a column of numbers.
fn heads(names: &[&str]) -> String {
    let head = |name: &&str| match name.strip_suffix('#') {
        Some(name) => format!("<th role=\"columnheader\" scope=\"col\" class=\"num\">{name}</th>"),
        None if name.is_empty() => {
            "<th role=\"columnheader\" scope=\"col\" class=\"no\"><span class=\"away\">Number</span></th>"
                .to_owned()
        }
        None => format!("<th role=\"columnheader\" scope=\"col\">{name}</th>"),
    };
    names.iter().map(head).collect()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// The `lang` attribute for words of the report; empty, as HTML has it, where it is not
/// known or no tag in the form of RFC 5646.
fn lang(report: &Report) -> String {
    let tag = |code: &&str| {
        let subtag =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        code.split('-').all(subtag) && code.as_bytes()[0].is_ascii_alphabetic()
    };
    format!(" lang=\"{}\"", report.language.as_deref().filter(tag).unwrap_or(""))
}

/// A web address as a link; anything else, such as a script, only as text.
fn link(url: &str) -> String {
    let lower = url.to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    if !web || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return bdi(url);
    }
    format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", Esc(url), bdi(url))
}

fn has(segment: &Segment<'_>, part: Part) -> bool {
    segment.marks.iter().any(|mark| mark.part == part)
}

/// The items of `marks`, each once, statements first.
fn items<'m>(marks: impl Iterator<Item = &'m &'m Mark>) -> Vec<Item> {
    marks.map(|mark| mark.item).collect::<BTreeSet<_>>().into_iter().collect()
}

fn list(items: &[Item]) -> String {
    items.iter().map(Item::to_string).collect::<Vec<_>>().join(" ")
}

/// How a segment is set: `c1` to `c3` by how many contents lie over it, `q` cue, `s` source, `f`
/// figure with `fb` and `fe` at its ends. A hedge is an element of its own inside, because its
/// line must show beside a cue's.
fn classes(segment: &Segment<'_>) -> String {
    let depth = segment.marks.iter().filter(|mark| mark.part == Part::Content).count().min(3);
    let edge = |at: fn(&Mark) -> usize, border: usize| {
        segment.marks.iter().any(|mark| mark.part == Part::Figure && at(mark) == border)
    };
    let mut classes = vec!["m".to_owned()];
    if depth > 0 {
        classes.push(format!("c{depth}"));
    }
    let parts = [
        ("q", has(segment, Part::Cue)),
        ("s", has(segment, Part::Source)),
        ("f", has(segment, Part::Figure)),
        ("fb", edge(|mark| mark.span.begin, segment.span.begin)),
        ("fe", edge(|mark| mark.span.end, segment.span.end)),
    ];
    classes.extend(parts.iter().filter(|(_, set)| *set).map(|(class, _)| (*class).to_owned()));
    classes.join(" ")
}

#[cfg(test)]
mod tests {
    use ascribe::Words;
    use proptest::prelude::*;

    use super::super::samples;
    use super::*;

    /// The texts of the reports as a browser would have them: the reader's column without tags.
    fn texts(page: &str) -> Vec<String> {
        let columns = page.split("<div class=\"words\"").skip(1);
        columns
            .map(|rest| {
                let (_, rest) = rest.split_once('>').expect("the tag ends");
                let (column, _) = rest.split_once("</div>").expect("the column ends");
                html_escape::decode_html_entities(&without_tags(column)).into_owned()
            })
            .collect()
    }

    fn without_tags(html: &str) -> String {
        let mut inside = false;
        let outside = |c: &char| {
            let tag = inside || *c == '<';
            inside = tag && *c != '>';
            !tag
        };
        html.chars().filter(outside).collect()
    }

    /// The values of an attribute, wherever it stands in a tag.
    fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
        let page = page.split_once("<body>").expect("a body").1;
        let start = format!(" {attribute}=\"");
        page.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or("")).collect()
    }

    /// Panics unless every id stands once and everything referred to is there.
    fn check_references(page: &str) {
        let ids = values(page, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "an id stands twice");
        for to in values(page, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(known.contains(to), "no id {to}");
        }
        for to in values(page, "aria-labelledby") {
            assert!(known.contains(to), "no id {to}");
        }
        let rows: BTreeSet<&str> = values(page, "data-row").into_iter().collect();
        for item in values(page, "data-ids").iter().flat_map(|ids| ids.split(' ')) {
            assert!(rows.contains(item), "no row {item}");
        }
    }

    #[test]
    fn samples_keep_their_text_and_references() {
        let readings = samples::all();
        let shown = page(&readings);
        let given = readings.iter().map(|reading| reading.report.text.replace('\0', "\u{fffd}"));
        let given: Vec<String> = given.filter(|text| !text.trim().is_empty()).collect();
        assert_eq!(texts(&shown), given);
        check_references(&shown);
    }

    #[test]
    fn hostile_words_stay_words() {
        let shown = page(&[samples::hostile()]);
        assert_eq!(shown.matches("<script").count(), 1, "only the page's own");
        assert!(!shown.contains("href=\"javascript"));
        assert!(!shown.contains(" onload='"));
        let (body, own) = shown.rsplit_once("<script>").expect("the page's own script");
        assert!(!body.contains("<script") && own.starts_with(SCRIPT));
    }

    #[test]
    fn only_web_addresses_are_links() {
        let is_link = |url| link(url).starts_with("<a href=");
        assert!(is_link("https://courier.example/a?b=1&c=\"x\""));
        assert!(is_link("HTTP://courier.example"));
        for url in
            ["javascript:alert(1)", "data:text/html,x", "//courier.example", " https://x", "https://x\n", ""]
        {
            assert!(!is_link(url), "{url:?}");
        }
        assert!(link("https://x/\"onclick=\"y").starts_with("<a href=\"https://x/&quot;onclick=&quot;y\""));
    }

    #[test]
    fn the_policy_allows_what_the_page_holds() {
        let shown = page(&[samples::flood()]);
        let between = |open: &str, close: &str| {
            let from = shown.find(open).expect("opened") + open.len();
            &shown[from..from + shown[from..].find(close).expect("closed")]
        };
        assert!(policy().contains(&base64(&Sha256::digest(between("<style>", "</style>")))));
        assert!(policy().contains(&base64(&Sha256::digest(between("<script>", "</script>")))));
        assert!(!shown.contains(" style="), "the policy forbids style in attributes");
    }

    #[test]
    fn base64_is_as_in_the_rfc() {
        let all = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ];
        for (bytes, text) in all {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn pages_of_nothing() {
        assert!(page(&[]).contains("Nothing was read."));
        let shown = page(&[samples::empty()]);
        assert!(shown.contains("This report has no text."));
        assert!(shown.contains("No statements were read in this report."));
        assert!(shown.contains("No figures were read in this report."));
        assert!(shown.contains("no date of publication was found"));
    }

    #[test]
    fn overlapping_marks_are_cut() {
        let mut reading = samples::empty();
        reading.report.text = "He said ten or so left.".to_owned();
        let flood = samples::flood();
        reading.statements.push(flood.statements[0].clone());
        reading.figures.push(flood.figures[1].clone());
        let text = reading.report.text.clone();
        let statement = &mut reading.statements[0];
        statement.source = Words::at(&text, vec![Span::new(0, 2)]);
        statement.cue = Words::at(&text, vec![Span::new(3, 7)]);
        statement.content = Words::at(&text, vec![Span::new(8, 14)]);
        reading.figures[0].words = Words::at(&text, vec![Span::new(12, 17)]);
        let shown = page(&[reading]);
        for part in [
            ">He</span>",
            ">said</span>",
            ">ten </span>",
            "class=\"m c1 f fb\" data-ids=\"s1 f2\" data-n=\"f2\">or</span>",
            "class=\"m f fe\" data-ids=\"f2\"> so</span>",
        ] {
            assert!(shown.contains(part), "no {part}");
        }
        check_references(&shown);
    }

    /// A text and spans of it, all between characters.
    fn marked() -> impl Strategy<Value = (String, Vec<Span>)> {
        let piece = prop_oneof![
            any::<String>(),
            "[a-z ]{1,12}",
            Just("\r\n\r\n".to_owned()),
            Just("\n \n".to_owned()),
            Just("</span><script>&amp;'\"".to_owned()),
            Just("👩‍👩‍👧 e\u{301}".to_owned()),
        ];
        let text = prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat());
        (text, prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 5))
            .prop_map(|(text, ends)| {
                let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let span = |(a, b): &(prop::sample::Index, prop::sample::Index)| {
                    let (a, b) = (*a.get(&borders), *b.get(&borders));
                    Span::new(a.min(b), a.max(b))
                };
                let spans = ends.iter().map(span).filter(|span| !span.is_empty()).collect();
                (text, spans)
            })
    }

    /// The sample reading, its parts laid on `spans`.
    fn laid_on(text: &str, spans: &[Span]) -> Reading {
        let mut reading = samples::flood();
        reading.report.text = text.to_owned();
        let mut next = spans.iter().copied().cycle();
        let mut words = |n| Words { text: String::new(), spans: next.by_ref().take(n).collect() };
        for statement in &mut reading.statements {
            (statement.source, statement.cue, statement.content) = (words(1), words(1), words(2));
            statement.evidence.values_mut().for_each(|hedge| *hedge = words(1).spans);
        }
        for figure in &mut reading.figures {
            (figure.words, figure.counted) = (words(1), words(1));
        }
        reading
    }

    proptest! {
        #[test]
        fn marks_change_no_text((text, spans) in marked()) {
            let shown = page(&[laid_on(&text, &spans)]);
            prop_assert_eq!(shown.matches("<script").count(), 1);
            check_references(&shown);
            let expected = text.replace('\0', "\u{fffd}");
            match paragraphs(&text).is_empty() {
                true => prop_assert!(texts(&shown).is_empty()),
                false => prop_assert_eq!(texts(&shown), [expected]),
            }
        }
    }
}
