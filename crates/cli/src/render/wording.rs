//! How the fields of a reading are put into words, the same on every surface.
//!
//! The strings are raw: whoever shows them neutralises what is unsafe there.

use ascribe::{
    Bound, Certainty, Figure, Form, Medium, MediumKind, Naming, PublishedFrom, Reading, Report, Scope, Span,
    Statement, StatementId, Words,
};

/// Stands where no number is given.
pub(super) const NONE: &str = "–";

/// The fields of a report's heading.
pub(super) struct Heading {
    /// The title, or else where the report came from.
    pub(super) title: String,
    /// Outlet, byline, dateline, date, language, as far as they are known.
    pub(super) facts: Vec<String>,
    /// Where it came from, unless the title says so.
    pub(super) place: Option<String>,
}

pub(super) fn heading(report: &Report) -> Heading {
    let place = came_from(report);
    let title = report.title.clone().filter(|title| !title.trim().is_empty());
    let facts = [
        report.outlet.clone(),
        report.byline.clone(),
        dateline(report),
        Some(date(report)),
        language(report),
    ];
    Heading {
        title: title.clone().or_else(|| file_name(report)).unwrap_or_else(|| "Untitled report".to_owned()),
        facts: facts.into_iter().flatten().filter(|fact| !fact.trim().is_empty()).collect(),
        place: place.filter(|place| title.is_some() || Some(place) != file_name(report).as_ref()),
    }
}

/// The name of the report's file, which stands in for a title.
fn file_name(report: &Report) -> Option<String> {
    let place = came_from(report)?;
    let name = place.rsplit(['/', '\\']).next().filter(|name| !name.trim().is_empty());
    Some(name.unwrap_or(&place).to_owned())
}

pub(crate) fn came_from(report: &Report) -> Option<String> {
    let path = match report.path.as_deref()? {
        "-" => "standard input",
        path => path,
    };
    Some(match report.record {
        Some(record) => format!("{path}, record {record}"),
        None => path.to_owned(),
    })
}

fn dateline(report: &Report) -> Option<String> {
    let dateline = report.dateline.as_ref()?;
    match (&dateline.place, &dateline.agency) {
        (Some(place), Some(agency)) => Some(format!("{place} ({agency})")),
        (one, other) => one.clone().or_else(|| other.clone()),
    }
}

fn date(report: &Report) -> String {
    let Some(date) = &report.published else { return "no date found".to_owned() };
    match report.published_from {
        Some(from) => format!("{date} ({})", found(from)),
        None => date.clone(),
    }
}

fn found(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Text => "from the text",
        PublishedFrom::Metadata => "from the metadata",
        PublishedFrom::Option => "given as an option",
        PublishedFrom::File => "from the file’s name",
    }
}

/// Readers of English reports need not be told the language.
fn language(report: &Report) -> Option<String> {
    let code = report.language.as_deref()?;
    (code != "en").then(|| format!("language: {code}"))
}

/// Who speaks in a statement.
pub(super) struct Who {
    pub(super) name: String,
    /// Role and affiliation, as far as the name does not hold them.
    pub(super) standing: Option<String>,
}

pub(super) fn who(report: &Report, statement: &Statement) -> Who {
    let speaker = &statement.speaker;
    if speaker.naming == Naming::Outlet {
        return Who { name: "no source named".to_owned(), standing: None };
    }
    let worded = Some(slices(report, &statement.source)).filter(|words| !words.is_empty());
    let name = speaker.name.clone().or(worded).or_else(|| speaker.role.clone());
    let name = name.unwrap_or_else(|| "no source named".to_owned());
    let rest: Vec<&str> = [&speaker.role, &speaker.affiliation]
        .into_iter()
        .filter_map(|part| part.as_deref().filter(|part| !holds(&name, part)))
        .collect();
    Who { standing: (!rest.is_empty()).then(|| rest.join(", ")), name }
}

fn holds(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// The cue's own words.
pub(super) fn cue(report: &Report, statement: &Statement) -> String {
    match slices(report, &statement.cue) {
        words if words.is_empty() => "quotation marks only".to_owned(),
        words => words,
    }
}

/// One thing to know about a statement, and the statement that it leads to.
pub(super) struct Detail {
    pub(super) words: String,
    pub(super) to: Option<StatementId>,
}

/// Everything about a statement but speaker, cue, act, content and confidence.
pub(super) fn details(reading: &Reading, statement: &Statement) -> Vec<Detail> {
    let report = &reading.report;
    let toward = statement.toward.and_then(|id| reading.actors.iter().find(|actor| actor.id == id));
    let plain = [
        naming(statement.speaker.naming),
        worded(report, statement),
        form(statement.form),
        certainty(report, statement),
        statement.medium.as_ref().map(medium),
        statement.said_on.as_ref().map(|date| format!("said on {date}")),
        toward.map(|actor| format!("toward {}", actor.name)),
    ];
    let mut details: Vec<Detail> =
        plain.into_iter().flatten().map(|words| Detail { words, to: None }).collect();
    let links = [("within", statement.within), ("replies to", statement.replies_to)];
    for (words, to) in links {
        details.extend(to.map(|_| Detail { words: words.to_owned(), to }));
    }
    details
}

fn naming(naming: Naming) -> Option<String> {
    match naming {
        Naming::RoleOnly => Some("named by role only".to_owned()),
        Naming::Unnamed => Some("source not named".to_owned()),
        Naming::Named | Naming::Outlet => None,
    }
}

/// The source as worded, where the name shown is not in it: a pronoun, a surname.
fn worded(report: &Report, statement: &Statement) -> Option<String> {
    let words = slices(report, &statement.source);
    let name = statement.speaker.name.as_deref()?;
    (!words.is_empty() && !holds(&words, name)).then(|| format!("as “{}”", shorten(&words)))
}

fn form(form: Form) -> Option<String> {
    match form {
        Form::Direct => Some("quoted".to_owned()),
        Form::Mixed => Some("partly quoted".to_owned()),
        Form::Indirect => None,
    }
}

fn certainty(report: &Report, statement: &Statement) -> Option<String> {
    if statement.certainty == Certainty::Asserted {
        return None;
    }
    let hedge = statement.evidence.get("certainty").map(|spans| slices_at(&report.text, spans));
    let name = label(statement.certainty.name());
    Some(match hedge {
        Some(words) => format!("as {name}: “{words}”"),
        None => format!("as {name}"),
    })
}

fn medium(medium: &Medium) -> String {
    let kind = match medium.kind {
        MediumKind::Interview => "in an interview",
        MediumKind::Statement => "in a statement",
        MediumKind::PressConference => "at a press conference",
        MediumKind::SocialMedia => "on social media",
        MediumKind::Footage => "in footage",
        MediumKind::Document => "in a document",
        MediumKind::Broadcast => "in a broadcast",
        MediumKind::Outlet => "through an outlet",
    };
    match &medium.via {
        Some(via) => format!("{kind}, via {via}"),
        None => kind.to_owned(),
    }
}

/// A figure's cells, in words.
pub(super) struct FigureCells {
    pub(super) words: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) bound: String,
    pub(super) measure: String,
    pub(super) counted: String,
    /// Attributes and cause.
    pub(super) attributes: String,
    pub(super) part_of: String,
    pub(super) scope: String,
    /// When it happened, since when it counts and when it held; what is the same is said once.
    pub(super) when: Vec<String>,
    pub(super) place: String,
    /// The speaker's name, or that nobody is named.
    pub(super) by: String,
}

pub(super) fn figure_cells(reading: &Reading, figure: &Figure) -> FigureCells {
    let report = &reading.report;
    FigureCells {
        words: slices(report, &figure.words),
        low: figure.lower.map_or_else(|| NONE.to_owned(), number),
        high: figure.upper.map_or_else(|| NONE.to_owned(), number),
        bound: bound(figure),
        measure: label(figure.measure.name()),
        counted: slices(report, &figure.counted),
        attributes: attributes(figure),
        part_of: figure.part_of.map(|id| id.to_string()).unwrap_or_default(),
        scope: scope(figure.scope),
        when: when(figure),
        place: figure.place.clone().unwrap_or_default(),
        by: by(reading, figure.statement),
    }
}

fn bound(figure: &Figure) -> String {
    match figure.bound {
        Bound::Exact if figure.implicit => "told singly".to_owned(),
        bound => label(bound.name()),
    }
}

fn attributes(figure: &Figure) -> String {
    let cause = figure.cause.iter().map(|cause| format!("cause: {cause}"));
    figure.attributes.iter().cloned().chain(cause).collect::<Vec<_>>().join(", ")
}

fn scope(scope: Scope) -> String {
    match scope {
        Scope::Unknown => String::new(),
        scope => label(scope.name()),
    }
}

fn when(figure: &Figure) -> Vec<String> {
    let as_of = figure.as_of.as_ref().filter(|&date| figure.occurred.as_ref() != Some(date));
    let parts = [
        figure.occurred.clone(),
        figure.since.as_ref().map(|date| format!("since {date}")),
        as_of.map(|date| format!("as of {date}")),
    ];
    parts.into_iter().flatten().collect()
}

fn by(reading: &Reading, statement: Option<StatementId>) -> String {
    let Some(id) = statement else { return "the report, unattributed".to_owned() };
    match reading.statements.iter().find(|statement| statement.id == id) {
        Some(statement) => who(&reading.report, statement).name,
        None => String::new(),
    }
}

/// The number with its thousands set apart: `5,200`, `12.5`.
pub(super) fn number(value: f64) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:e}");
    }
    let plain = value.to_string();
    let (whole, rest) = plain.find('.').map_or((plain.as_str(), ""), |at| plain.split_at(at));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// Two decimals; a reading more likely wrong than right carries a question mark.
pub(super) fn confidence(value: f64) -> String {
    let percent = (value * 100.0).round();
    let mark = if percent < 50.0 { "?" } else { "" };
    format!("{:.2}{mark}", percent / 100.0)
}

/// A value of the vocabulary as words: `claim_responsibility` → `claim responsibility`.
pub(super) fn label(name: &str) -> String {
    name.replace('_', " ")
}

/// The words of a part; where text was left out between them stands "…".
pub(super) fn slices(report: &Report, words: &Words) -> String {
    slices_at(&report.text, &words.spans)
}

/// As [`slices`], for spans without their text. A span that does not fit the text is left out.
pub(super) fn slices_at(text: &str, spans: &[Span]) -> String {
    let mut joined = String::new();
    let mut end = None;
    for span in spans {
        let Some(words) = text.get(span.begin..span.end) else { continue };
        let gap = end.and_then(|end| text.get(end..span.begin));
        match gap {
            _ if end.is_none() => {}
            Some(gap) if gap.trim().is_empty() => joined.push(' '),
            _ => joined.push_str(" … "),
        }
        joined.push_str(words);
        end = Some(span.end);
    }
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words of a long passage, for a place where it only has to be recognised.
pub(super) fn shorten(words: &str) -> String {
    const MOST: usize = 120;
    match words.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

/// "1 statement", "2 statements".
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let shown = |value| number(value);
        assert_eq!(shown(0.0), "0");
        assert_eq!(shown(999.0), "999");
        assert_eq!(shown(5200.0), "5,200");
        assert_eq!(shown(1_234_567.5), "1,234,567.5");
        assert_eq!(shown(-1200.0), "−1,200");
        assert_eq!(shown(1e20), "1e20");
    }

    #[test]
    fn low_confidence_has_a_mark() {
        assert_eq!(confidence(0.93), "0.93");
        assert_eq!(confidence(0.5), "0.50");
        assert_eq!(confidence(0.497), "0.50");
        assert_eq!(confidence(0.42), "0.42?");
    }

    #[test]
    fn gaps_are_shown() {
        let text = "one two, three  four";
        let spans = [Span::new(0, 3), Span::new(9, 14), Span::new(16, 20), Span::new(90, 99)];
        assert_eq!(slices_at(text, &spans), "one … three four");
    }
}
