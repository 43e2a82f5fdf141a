//! News agencies that a report credits: in the dateline ("(Reuters)"), in the byline ("Ada Lind, AP"),
//! in a line of its own ("Additional reporting by Reuters", "© AFP") or at the end ("— The Associated
//! Press"). They are kept as they are worded. A name counts where it is an agency's by the list or by
//! its form ("Harrow News Agency"); in brackets of a dateline any does.

use ascribe_record::{Report, Span};

/// Agencies whose names do not say that they are one. Case counts: "AP" is one, "ap" is not.
const AGENCIES: &str = "AAP|AFP|Agence France-Presse|Agerpres|AKI|Anadolu|ANI|ANSA|Antara|AP|APA|Associated Press|\
    Azertac|Belga|Bernama|BNO News|Bloomberg|CNS|CTK|DPA|dpa|EFE|Fars|IANS|Interfax|IRNA|ISNA|ITAR-TASS|Jiji Press|\
    KCNA|Kyodo|Kyodo News|Lusa|MENA|NINA|NNA|Notimex|NTB|PAP|Petra|PA Media|PTI|Press Trust of India|Reuters|\
    RIA Novosti|Ritzau|SANA|SAPA|SPA|TASS|Tasnim|TT|Ukrinform|UNB|UPI|United Press International|VNA|WAFA|WAM|Xinhua|\
    Yonhap|The Canadian Press|Canadian Press";
/// Ends of the names of agencies.
const ENDINGS: [&str; 6] = [
    " News Agency",
    " Press Agency",
    " News Service",
    " Newswire",
    " Press Association",
    " Associated Press",
];
/// What stands before who helped, in lower case.
const BEFORE: [&str; 7] = [
    "reporting by ",
    "with files from ",
    "with information from ",
    "with inputs from ",
    "with reporting from ",
    "with material from ",
    "source: ",
];
/// What stands behind who helped.
const BEHIND: [&str; 2] = [" contributed to this", " contributed reporting"];
/// A credit is looked for in so many first and last lines that are not blank,
const MAX_LINES: usize = 4;
/// of no more bytes.
const MAX_LEN: usize = 240;

/// Enters the agencies that the report credits, and where it does.
pub(crate) fn mark_credits(report: &mut Report) {
    let text = &report.text;
    let mut spans: Vec<Span> = Vec::new();
    if let Some((agency, places)) =
        report.dateline.as_ref().and_then(|d| Some((d.agency.as_ref()?, &d.spans)))
    {
        let place = places.iter().find_map(|place| find(text, *place, agency));
        spans.extend(place);
    }
    for line in report.evidence.get("byline").into_iter().flatten() {
        spans.extend(agencies(text, *line));
    }
    for line in edges(text) {
        spans.extend(credits(text, line));
    }
    spans.sort_unstable();
    spans.dedup();
    let mut wire: Vec<String> = Vec::new();
    let of_byline = report.byline.iter().flat_map(|byline| {
        agencies(byline, Span::new(0, byline.len())).into_iter().map(|span| span.of(byline))
    });
    for name in spans.iter().map(|span| span.of(text)).chain(of_byline) {
        if !wire.iter().any(|known| known == name) {
            wire.push(name.to_owned());
        }
    }
    if !spans.is_empty() {
        report.evidence.insert("wire".into(), spans);
    }
    report.wire = wire;
}

fn find(text: &str, place: Span, words: &str) -> Option<Span> {
    let begin = place.begin + place.of(text).find(words)?;
    Some(Span::new(begin, begin + words.len()))
}

/// The first and the last lines.
fn edges(text: &str) -> Vec<Span> {
    let line = |line: &str| {
        let begin = line.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(begin, begin + line.len()).trim(text)
    };
    let is_seen = |line: &&str| !line.trim().is_empty();
    let mut lines: Vec<Span> = text.lines().filter(is_seen).take(MAX_LINES).map(line).collect();
    let last: Vec<Span> = text.lines().rev().filter(is_seen).take(MAX_LINES).map(line).collect();
    lines.extend(last.into_iter().rev());
    lines.dedup();
    lines
}

/// The agencies that a line credits.
fn credits(text: &str, line: Span) -> Vec<Span> {
    let words = line.of(text);
    let mut found = Vec::new();
    if words.len() <= MAX_LEN {
        let lower = words.to_ascii_lowercase();
        let behind = BEFORE.iter().filter_map(|phrase| Some(lower.find(phrase)? + phrase.len())).min();
        let before = BEHIND.iter().filter_map(|phrase| lower.find(phrase)).min();
        if let Some(begin) = behind {
            let end = words[begin..].find([';', ')', ']']).map_or(words.len(), |at| begin + at);
            found.extend(agencies(text, Span::new(line.begin + begin, line.begin + end)));
        } else if let Some(end) = before {
            found.extend(agencies(text, Span::new(line.begin, line.begin + end)));
        } else {
            found.extend(alone(text, line));
        }
    }
    found.extend(signed(text, line));
    found
}

/// The agencies of a line that names nothing else: `© AFP 2023`, `(Reuters)`, `AP/Reuters`.
fn alone(text: &str, line: Span) -> Vec<Span> {
    let words = line.of(text);
    let is_edge = |c: char| !c.is_alphanumeric();
    let is_frame = |word: &str| {
        let word = word.trim_matches(is_edge);
        word.is_empty() || word.eq_ignore_ascii_case("copyright") || word.bytes().all(|b| b.is_ascii_digit())
    };
    let (mut begin, mut end) = (0, words.len());
    while let Some(word) = words[begin..end].split_whitespace().next().filter(|word| is_frame(word)) {
        begin += words[begin..end].find(word).unwrap_or(0) + word.len();
    }
    while let Some(word) = words[begin..end].split_whitespace().next_back().filter(|word| is_frame(word)) {
        end = begin + words[begin..end].rfind(word).unwrap_or(0);
    }
    let inner = Span::new(line.begin + begin, line.begin + end);
    let n_parts = parts(inner.of(text)).filter(|part| !part.trim_matches(is_edge).is_empty()).count();
    let found = agencies(text, inner);
    if found.len() == n_parts { found } else { Vec::new() }
}

/// The agency behind a paragraph's last sentence: `… he said. — Reuters`, `… he said. (AFP)`.
fn signed(text: &str, line: Span) -> Option<Span> {
    let words = line.of(text).trim_end_matches('.');
    let begin = match words.strip_suffix(')') {
        Some(inner) => inner.rfind('(')? + 1,
        None => words
            .rfind(['—', '–', '-'])
            .map(|at| at + words[at..].chars().next().map_or(0, char::len_utf8))?,
    };
    let name = Span::new(line.begin + begin, line.begin + words.trim_end_matches(')').len()).trim(text);
    let before = words[..begin].trim_end_matches(['(', '—', '–', '-', ' ', '\u{a0}']);
    let ends_sentence = before.ends_with(['.', '!', '?', '"', '”', '’']);
    (ends_sentence && is_agency(name.of(text))).then_some(name)
}

/// The agencies among the parts of a list.
fn agencies(text: &str, list: Span) -> Vec<Span> {
    let whole = list.of(text);
    let mut found = Vec::new();
    for part in parts(whole) {
        let begin = list.begin + (part.as_ptr() as usize - whole.as_ptr() as usize);
        let words = part.trim_matches(|c: char| !c.is_alphanumeric());
        let begin = begin + part.find(words).unwrap_or(0);
        let span = Span::new(begin, begin + words.len());
        if is_agency(words) {
            found.push(span);
        }
    }
    found
}

/// The parts of a list of names: by commas, slashes, bars and "and".
fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', '/', '|', ';', '(', ')'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
}

fn is_agency(name: &str) -> bool {
    let name = name.strip_prefix("The ").or(name.strip_prefix("the ")).unwrap_or(name);
    AGENCIES.split('|').any(|agency| agency == name)
        || name.len() <= 60
            && name.starts_with(char::is_uppercase)
            && ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use ascribe_record::Dateline;

    use super::*;

    fn check(text: &str, byline: Option<&str>, expect: &[&str]) {
        let mut report = Report::new(text.to_owned(), "text/plain");
        report.byline = byline.map(str::to_owned);
        mark_credits(&mut report);
        assert_eq!(report.wire, expect, "{text}");
        for span in report.evidence.get("wire").into_iter().flatten() {
            assert!(expect.contains(&span.of(text)), "{text}");
        }
    }

    #[test]
    fn lines_that_credit() {
        let cases: &[(&str, &[&str])] = &[
            ("It rained.\n\nAdditional reporting by Reuters", &["Reuters"]),
            ("It rained.\n\n(Reporting by Ada Lind in Harrow Bay; Editing by Bo Ek)", &[]),
            ("It rained.\n\nWith files from The Canadian Press and AFP.", &["The Canadian Press", "AFP"]),
            ("It rained.\n\nThe Associated Press contributed to this report.", &["The Associated Press"]),
            ("It rained.\n\nAda Lind and AP contributed to this report.", &["AP"]),
            ("It rained.\n\n— The Associated Press", &["The Associated Press"]),
            ("It rained.\n\n© 2023 AFP", &["AFP"]),
            ("AP/Reuters\n\nIt rained.", &["AP", "Reuters"]),
            ("Harrow News Agency\n\nIt rained.", &["Harrow News Agency"]),
            ("It rained, he said. — Reuters", &["Reuters"]),
            ("It rained, “a lot”. (AFP)\n", &["AFP"]),
            ("Source: Xinhua\nIt rained.", &["Xinhua"]),
        ];
        for (text, expect) in cases {
            check(text, None, expect);
        }
    }

    #[test]
    fn what_credits_nobody() {
        let cases = [
            "Ada Lind told Reuters that it rained.",
            "Reuters said it rained.",
            "It rained in the harbour (AP)",
            "The ship – Reuters",
            "ap",
            "The map\n\nof Harrow",
            "Additional reporting by Ada Lind",
            "",
            "—",
        ];
        for text in cases {
            check(text, None, &[]);
        }
    }

    #[test]
    fn bylines_and_datelines() {
        check("It rained.", Some("Ada Lind, Associated Press"), &["Associated Press"]);
        check("It rained.", Some("Reuters and Bo Ek"), &["Reuters"]);
        let mut report = Report::new("HARROW BAY (Northwire) — It rained.".to_owned(), "text/plain");
        report.dateline = Some(Dateline {
            place: None,
            date: None,
            agency: Some("Northwire".into()),
            spans: vec![Span::new(0, 27)],
        });
        mark_credits(&mut report);
        assert_eq!(
            (report.wire, report.evidence["wire"][0]),
            (vec!["Northwire".to_owned()], Span::new(12, 21))
        );
    }
}
