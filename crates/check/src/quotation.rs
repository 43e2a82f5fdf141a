//! Quotations that nobody is said to have said, and marks without their partner.

use ascribe_record::Span;
use ascribe_text::{Quotation, Shape, Word};

use crate::draft::Draft;
use crate::finding::{Finding, Kind};

/// Fewer words in quotation marks are a name, a title or a borrowed word more often than speech.
const LEAST_WORDS: usize = 7;

pub(crate) fn without_speaker(draft: &Draft<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open = None;
    for quotation in draft.quotations.iter().filter(|q| q.depth == 0) {
        // Speech that runs over paragraphs has the speaker of its first.
        let known = open
            .filter(|_| opens_paragraph(draft, quotation))
            .unwrap_or_else(|| has_speaker(draft, quotation));
        open = (!quotation.closed).then_some(known);
        if !known && is_speech(draft, quotation) {
            let message = "No speaker is named for this quotation.";
            findings.push(Finding::new(Kind::QuotationWithoutSpeaker, quotation.span, message));
        }
    }
    findings
}

fn opens_paragraph(draft: &Draft<'_>, quotation: &Quotation) -> bool {
    let paragraph = draft.paragraph(quotation.span.begin);
    draft.text[paragraph.begin..quotation.span.begin].trim().is_empty()
}

/// Whether the quotation is long enough to be speech and not set as titles are.
fn is_speech(draft: &Draft<'_>, quotation: &Quotation) -> bool {
    let words: Vec<&Word> = draft.words_in(quotation.inner).iter().filter(|w| !w.is_mark()).collect();
    let capitals = words.iter().filter(|w| !matches!(w.shape, Shape::Lower | Shape::Digit)).count();
    // A mark behind a number means inches.
    let inches = draft.text[..quotation.span.begin].trim_end().ends_with(|c: char| c.is_ascii_digit())
        || quotation.inner.of(draft.text).ends_with(|c: char| c.is_ascii_digit());
    // Single marks set headlines and borrowed words apart.
    let single = quotation.span.of(draft.text).starts_with(['‘', '\'']);
    !single
        && !inches
        && words.len() >= LEAST_WORDS
        && capitals * 2 < words.len()
        && !draft.in_title(quotation.span.begin)
}

/// Whether a statement with a source reaches into the paragraph, or the words before the paragraph
/// lead up to it.
fn has_speaker(draft: &Draft<'_>, quotation: &Quotation) -> bool {
    let paragraph = draft.paragraph(quotation.span.begin);
    let led = draft.text[..paragraph.begin].trim_end().ends_with(':')
        || draft.text[paragraph.begin..quotation.span.begin].trim_end().ends_with([':', ',']);
    draft.is_attributed(quotation.span.begin)
        || led
        || carries_on(draft, paragraph)
        || is_signed(draft, quotation, paragraph)
        || is_transcript(draft, quotation)
}

/// A quotation that is a paragraph of its own carries on the speaker of the one before.
fn carries_on(draft: &Draft<'_>, paragraph: Span) -> bool {
    let before = draft.text[..paragraph.begin].trim_end().len();
    before.checked_sub(1).is_some_and(|at| draft.is_attributed(at))
}

/// "“…,” reads the letter": a comma at the end tells that the speaker follows, read or not. "Described
/// as “…” by her mother."
fn is_signed(draft: &Draft<'_>, quotation: &Quotation, paragraph: Span) -> bool {
    let end = quotation.span.end;
    let behind = draft.words_in(Span::new(end, paragraph.end.max(end))).iter().find(|w| !w.is_mark());
    let goes_on = quotation.inner.of(draft.text).trim_end().ends_with(',');
    behind.is_some_and(|word| goes_on || word.lower == "by")
}

/// "LIND: We will go on": a line of an interview names its speaker first.
fn is_transcript(draft: &Draft<'_>, quotation: &Quotation) -> bool {
    let words = draft.words_in(quotation.inner).iter().take(5);
    words.skip(1).any(|word| word.lower == ":")
}

pub(crate) fn unclosed(draft: &Draft<'_>) -> Vec<Finding> {
    // A mark inside one that is open already would be asked about twice.
    let outer = draft.quotations.iter().filter(|q| !q.closed && q.depth == 0);
    let open = outer.filter(|q| !goes_on(draft, q) && !is_else(draft, q));
    open.map(|q| {
        let mark = draft.text[q.span.begin..].chars().next().map_or(1, char::len_utf8);
        let message = "This quotation mark opens, and none closes it before the paragraph ends.";
        Finding::new(Kind::UnclosedQuotation, words_from(draft, q.span.begin, mark), message)
    })
    .collect()
}

/// Speech that runs over paragraphs opens again at each and closes at its end. In a text without blank
/// lines every line may be a paragraph.
fn goes_on(draft: &Draft<'_>, quotation: &Quotation) -> bool {
    let opens = |text: &str| text.trim_start().starts_with(['“', '"', '„', '«', '‘', '\'']);
    opens(&draft.text[quotation.span.end..]) || quotation.inner.of(draft.text).split('\n').skip(1).any(opens)
}

/// Marks that close in another way ("…’’", two single ones), and those of a program's text (`">`).
fn is_else(draft: &Draft<'_>, quotation: &Quotation) -> bool {
    let words = quotation.inner.of(draft.text);
    ["’’", "''", "’'"].iter().any(|marks| words.contains(marks)) || words.starts_with(['>', '/', '='])
}

/// The mark with the first words behind it, so that the place can be recognised.
fn words_from(draft: &Draft<'_>, begin: usize, mark: usize) -> Span {
    let paragraph = draft.paragraph(begin);
    let behind = draft.words_in(Span::new(begin + mark, paragraph.end));
    let end = behind.get(3).or(behind.last()).map_or(begin + mark, |word| word.span.end);
    Span::new(begin, end.max(begin + mark))
}
