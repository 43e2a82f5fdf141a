//! Title and byline of a plain text, found only where its layout leaves no doubt.

use ascribe_record::Span;

use crate::date;

/// A title or byline is looked for in so many lines that are not blank.
const MAX_LINES: usize = 6;
/// Bytes of the longest title and the longest byline.
const MAX_LEN: usize = 160;

/// What stands above the article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) title: Option<Span>,
    /// The line, and in it the name without "By".
    pub(crate) byline: Option<(Span, Span)>,
}

/// Reads title and byline; `taken` are the spans of dateline and date lines.
pub(crate) fn read_heading(text: &str, taken: &[Span]) -> Heading {
    let is_taken = |span: Span| taken.iter().any(|taken| taken.overlaps(span));
    let lines: Vec<(Span, bool)> = head_lines(text);
    let byline_at = lines.iter().position(|(span, _)| byline(span.of(text)).is_some());
    let title = lines.first().filter(|(span, blank_follows)| {
        let next_is_byline = byline_at == Some(1);
        let next_is_date = lines.get(1).is_some_and(|(next, _)| is_taken(*next));
        byline_at != Some(0)
            && !is_taken(*span)
            && is_title(span.of(text))
            && lines.len() > 1
            && (*blank_follows || next_is_byline || next_is_date)
    });
    let byline = byline_at.and_then(|at| {
        let line = lines[at].0;
        let name = byline(line.of(text))?;
        // The name is a slice of the line: "By " comes before it.
        let begin = line.begin + line.of(text).find(name)?;
        Some((line, Span::new(begin, begin + name.len())))
    });
    Heading { title: title.map(|(span, _)| *span), byline }
}

/// The first lines that are not blank, and whether a blank one follows each.
fn head_lines(text: &str) -> Vec<(Span, bool)> {
    let start = text.len() - text.trim_start().len();
    let end = text.floor_char_boundary(start + MAX_LINES * 1000);
    let mut lines: Vec<(Span, bool)> = Vec::new();
    let mut at = start;
    for raw in text[start..end].split_inclusive('\n') {
        let span = Span::new(at, at + raw.len()).trim(text);
        at += raw.len();
        if !span.is_empty() {
            if lines.len() == MAX_LINES {
                break;
            }
            lines.push((span, false));
        } else if let Some((_, blank_follows)) = lines.last_mut() {
            *blank_follows = true;
        }
    }
    lines
}

fn is_title(line: &str) -> bool {
    (8..=MAX_LEN).contains(&line.len())
        && line.split_whitespace().count() >= 2
        && line.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'".contains(c))
        && !line.ends_with(['.', ',', ';', ':', '-', '—', '–'])
        && !(line.ends_with(['"', '”']) && line.contains([',', '.']))
}

/// Who wrote, if the line is `By Ada Lind`, `BY ADA LIND, Northwire`, `By Ada Lind | Nov. 14, 2023`.
fn byline(line: &str) -> Option<&str> {
    if line.len() > MAX_LEN || !(line.starts_with("By ") || line.starts_with("BY ")) {
        return None;
    }
    let line = line[3..].split(['|', '•', '·']).next()?.trim();
    let line = line.trim_end_matches([',', '-', '–', '—']).trim_end();
    let first = line.split_whitespace().next()?;
    let is_name = line.split_whitespace().all(is_byline_word)
        && first.starts_with(char::is_uppercase)
        && !date::is_calendar_word(first)
        && !matches!(first, "The" | "A" | "An" | "All" | "Then" | "Now" | "That" | "This");
    let is_sentence = line.ends_with(['.', '!', '?']) && !line.ends_with("r.");
    (is_name && !is_sentence).then_some(line)
}

fn is_byline_word(word: &str) -> bool {
    const SMALL: &[&str] = &[
        "&", "-", "–", "—", "al", "and", "at", "bin", "da", "de", "del", "der", "di", "for", "in", "la",
        "of", "the", "van", "von", "with",
    ];
    word.starts_with(|c: char| c.is_uppercase() || c == '(')
        || SMALL.contains(&word)
        || word.starts_with("al-")
        || word.starts_with("d’")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: &str, byline: &str) {
        let heading = read_heading(text, &[]);
        let words = |span: Option<Span>| span.map_or("", |s| s.of(text));
        let got = (words(heading.title), words(heading.byline.map(|b| b.1)));
        assert_eq!(got, (title, byline), "{text}");
    }

    #[test]
    fn titles() {
        let body = "It rained a whole day long.";
        check(&format!("Harbour closed\n\n{body}"), "Harbour closed", "");
        check(&format!("\r\nHarbour closed\r\n\r\n{body}"), "Harbour closed", "");
        check(&format!("Is the harbour closed?\n\n{body}"), "Is the harbour closed?", "");
        check(&format!("Harbour closed\nBy Ada Lind\n{body}"), "Harbour closed", "Ada Lind");
        check(&format!("Harbour closed\n{body}"), "", "");
        check(&format!("The harbour was closed.\n\n{body}"), "", "");
        check("Harbour closed", "", "");
        check("Harbour\n\nIt rained.", "", "");
        check("“It rained,” she said. “A lot”\n\nIt did.", "", "");
        check("", "", "");
    }

    #[test]
    fn a_title_above_a_date_line() {
        let text = "Harbour closed\n14 November 2023\nIt rained.";
        let heading = read_heading(text, &[Span::new(15, 31)]);
        assert_eq!(heading.title.map(|s| s.of(text)), Some("Harbour closed"));
        let text = "14 November 2023\n\nIt rained.";
        assert_eq!(read_heading(text, &[Span::new(0, 16)]), Heading::default());
    }

    #[test]
    fn bylines() {
        let cases = [
            ("By Ada Lind", "Ada Lind"),
            ("BY ADA LIND, Northwire", "ADA LIND, Northwire"),
            ("By Ada Lind and Bo Ek in Harrow Bay", "Ada Lind and Bo Ek in Harrow Bay"),
            ("By Ada Lind | Nov. 14, 2023", "Ada Lind"),
            ("By A. B. Lind Jr.", "A. B. Lind Jr."),
            ("By Monday it had rained", ""),
            ("By Monday", ""),
            ("By The Sea", ""),
            ("By Ada Lind it was said", ""),
            ("By Ada Lind.", ""),
            ("Bylaws Changed", ""),
        ];
        for (line, byline) in cases {
            check(&format!("{line}\nIt rained a whole day long."), "", byline);
        }
    }
}
