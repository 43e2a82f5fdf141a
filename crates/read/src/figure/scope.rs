//! When and where a figure holds, and whether it is of one event, a sum over time or a stock.

use ascribe_record::{Figure, Measure, Scope, Span};
use jiff::civil::Date;

use super::draft::Draft;
use super::measure::is_harm;
use super::token::Line;
use super::when::{self, Role, When};
use super::{Setting, place};

pub(super) fn times_and_places(
    line: &Line<'_>,
    drafts: &[Draft],
    figures: &mut [Figure],
    published: Option<Date>,
    setting: &Setting<'_>,
) {
    let times = when::times(line, published);
    for (draft, figure) in drafts.iter().zip(figures) {
        if draft.quantity.unit.is_some() {
            continue;
        }
        let (first, end) = draft.tokens();
        set_times(line, &times, figure, first, draft.counted.behind.min(end), published);
        set_scope(line, draft, figure, first, end, published);
        if is_event(figure.measure) {
            set_words(figure, "place", place::place_for(line, first, draft.counted.behind), setting.text);
        }
        if is_harm(figure.measure) || matches!(figure.measure, Measure::Struck | Measure::Displaced) {
            set_words(figure, "cause", place::cause_for(line, first, draft.counted.behind), setting.text);
        }
    }
}

/// Measures of what happens somewhere.
pub(super) fn is_event(measure: Measure) -> bool {
    !matches!(
        measure,
        Measure::Money | Measure::Percent | Measure::Duration | Measure::Distance | Measure::Other
    )
}

fn set_words(figure: &mut Figure, field: &str, span: Option<Span>, text: &str) {
    let Some(span) = span else { return };
    let words = span.of(text).to_owned();
    match field {
        "place" => figure.place = Some(words),
        _ => figure.cause = Some(words),
    }
    figure.evidence.insert(field.to_owned(), vec![span]);
}

fn set_times(
    line: &Line<'_>,
    times: &[When],
    figure: &mut Figure,
    first: usize,
    end: usize,
    published: Option<Date>,
) {
    if !is_event(figure.measure) {
        return;
    }
    for (role, field) in [(Role::On, "occurred"), (Role::Since, "since"), (Role::AsOf, "as_of")] {
        let Some(when) = when::time_for(line, times, role, first, end) else { continue };
        let (role, field) = if role == Role::On && is_counted_then(line, first) {
            (Role::AsOf, "as_of")
        } else {
            (role, field)
        };
        let cell = match role {
            Role::On => &mut figure.occurred,
            Role::Since => &mut figure.since,
            Role::AsOf => &mut figure.as_of,
        };
        *cell = Some(when.date.clone());
        figure.evidence.insert(field.to_owned(), vec![when.span]);
    }
    // What a report dates itself held when it was published; no words say so.
    let told_now =
        figure.since.is_some() || figure.occurred.as_deref().is_some_and(|d| is_near(d, published));
    if figure.as_of.is_none() && told_now {
        figure.as_of = published.map(|day| day.to_string());
    }
}

/// Whether `occurred` is of the year of the report or the one before: what lies further back is settled, and
/// nobody counts it anew.
fn is_near(occurred: &str, published: Option<Date>) -> bool {
    let year: Option<i16> = occurred.get(..4).and_then(|year| year.parse().ok());
    match (year, published) {
        (Some(year), Some(day)) => day.year() - year <= 1,
        _ => true,
    }
}

/// "had counted 19 dead", "the number was 34", "down from 63": the date of what begins at `first` is that of
/// the count.
fn is_counted_then(line: &Line<'_>, first: usize) -> bool {
    let counts = |k: usize| {
        matches!(
            line.lower(k),
            "counted"
                | "spoken"
                | "put"
                | "given"
                | "listed"
                | "confirmed"
                | "reported"
                | "recorded"
                | "registered"
                | "announced"
        )
    };
    let counted =
        (first.saturating_sub(5)..first).any(|k| line.lower(k) == "had" && (counts(k + 1) || counts(k + 2)));
    let was = matches!(line.lower(first.wrapping_sub(1)), "was" | "stood" | "is" | "as")
        && matches!(
            line.lower(first.wrapping_sub(2)),
            "number" | "toll" | "figure" | "total" | "count" | "losses"
        );
    counted || was || ["down from", "up from"].iter().any(|p| line.phrase_before(first, p).is_some())
}

fn set_scope(
    line: &Line<'_>,
    draft: &Draft,
    figure: &mut Figure,
    first: usize,
    end: usize,
    published: Option<Date>,
) {
    if !is_event(figure.measure) {
        return;
    }
    if let Some(spans) = figure.evidence.get("since").cloned() {
        figure.scope = Scope::Cumulative;
        figure.occurred = None;
        figure.evidence.remove("occurred");
        figure.evidence.insert("scope".to_owned(), spans);
        return;
    }
    let held = matches!(
        figure.measure,
        Measure::Detained | Measure::Captured | Measure::Missing | Measure::Displaced
    );
    match when::told_scope(line, first, end) {
        Some((Scope::Stock, span)) if held => {
            figure.scope = Scope::Stock;
            figure.evidence.insert("scope".to_owned(), vec![span]);
            if matches!(
                span.of(line.text).to_lowercase().as_str(),
                "at present" | "currently" | "presently" | "right now" | "at the moment"
            ) {
                figure.as_of = published.map(|day| day.to_string());
                figure.evidence.insert("as_of".to_owned(), vec![span]);
            }
        }
        Some((Scope::Cumulative, span)) => {
            figure.scope = Scope::Cumulative;
            figure.evidence.insert("scope".to_owned(), vec![span]);
        }
        _ if figure.evidence.contains_key("as_of") && is_harm(figure.measure) => {
            figure.scope = if held { Scope::Stock } else { Scope::Cumulative };
            let spans = figure.evidence["as_of"].clone();
            figure.evidence.insert("scope".to_owned(), spans);
        }
        _ => figure.scope = plain_scope(line, draft, figure.measure),
    }
}

/// Scope by measure and tense where no word tells it.
fn plain_scope(line: &Line<'_>, draft: &Draft, measure: Measure) -> Scope {
    let (_, end) = draft.tokens();
    let present = (draft.counted.behind..end.max(draft.counted.behind + 2))
        .any(|k| matches!(line.lower(k), "are" | "is"))
        || matches!(line.lower(draft.quantity.first.wrapping_sub(1)), "are" | "holds" | "hold" | "holding");
    match measure {
        Measure::Detained | Measure::Captured | Measure::Missing | Measure::Displaced if present => {
            Scope::Stock
        }
        Measure::Displaced | Measure::Affected | Measure::Attacks => Scope::Unknown,
        _ => Scope::Incident,
    }
}

/// In the sentence of the date line, what happened and has no place of its own happened there.
pub(super) fn dateline_place(setting: &Setting<'_>, n: usize, figures: &mut [Figure]) {
    let Some(dateline) = setting.dateline else { return };
    let (Some(place), Some(span)) = (&dateline.place, dateline.spans.first()) else { return };
    let opens = setting.sentences[n].overlaps(*span)
        || n > 0
            && setting.sentences[n - 1].end <= span.end
            && setting.sentences[n].begin >= span.end
            && setting.sentences[n - 1].overlaps(*span);
    let Some(at) = span.of(setting.text).find(place.as_str()).filter(|_| opens) else { return };
    let words = Span::new(span.begin + at, span.begin + at + place.len());
    for figure in
        figures.iter_mut().filter(|f| is_harm(f.measure) && f.scope == Scope::Incident && f.place.is_none())
    {
        figure.place = Some(title_case(place));
        figure.evidence.insert("place".to_owned(), vec![words]);
    }
}

/// "HARROW BAY" as "Harrow Bay"; names that are not shouted stay.
fn title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut begins = true;
    let mut title = String::new();
    for c in name.chars() {
        if begins {
            title.push(c)
        } else {
            title.extend(c.to_lowercase())
        }
        begins = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    title
}
