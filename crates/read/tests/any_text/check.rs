//! What holds of all that rules read from a text, whatever the text is. The property tests beside this
//! file and the fuzz target `read_rules` share it.

use ascribe_date::{Order, Register};
use ascribe_read::{Setting, find_figures, find_intervals, find_numbers, find_ordinals, find_percents};
use ascribe_record::{Bound, Span};
use jiff::civil::date;

/// Reads `text` by every grammar that needs no weights and fails where a span does not slice, stands out
/// of order, or a value contradicts its bound.
#[allow(unreachable_pub)] // the crate of the fuzz targets shows it on
pub fn check_rules(text: &str) {
    check_numbers(text);
    check_dates(text);
    check_figures(text);
}

fn check_numbers(text: &str) {
    let numbers = find_numbers(text);
    assert!(numbers.iter().all(|n| !n.value.is_nan()), "{text:?}");
    check_order(text, numbers.into_iter().map(|n| n.span));
    check_order(text, find_percents(text).into_iter().map(|n| n.span));
    let others = find_intervals(text).into_iter().map(|i| i.span);
    others.chain(find_ordinals(text).into_iter().map(|o| o.span)).for_each(|span| check_span(text, span));
}

fn check_dates(text: &str) {
    for register in [Register::News, Register::Request] {
        for order in [None, Some(Order::MonthFirst), Some(Order::DayFirst)] {
            let whole_units = register == Register::Request && order.is_some();
            let setting = ascribe_date::Setting {
                register,
                order,
                whole_units,
                ..ascribe_date::Setting::news(Some(date(2026, 1, 14)))
            };
            let found = ascribe_date::find(text, Span::new(0, text.len()), &setting);
            assert!(found.iter().all(|e| !e.value.is_empty()), "{text:?}");
            assert!(found.iter().all(|e| e.bounds.is_none_or(|b| b.begin <= b.end)), "{text:?}");
            check_order(text, found.into_iter().map(|e| e.span));
        }
    }
}

fn check_figures(text: &str) {
    let sentences = ascribe_text::sentences(text);
    let setting = Setting {
        text,
        sentences: &sentences,
        statements: &[],
        published: Some("2026-01-14"),
        dateline: None,
    };
    for figure in find_figures(&setting) {
        let parts = figure.words.spans.iter().chain(&figure.counted.spans);
        parts.chain(figure.evidence.values().flatten()).for_each(|&span| check_span(text, span));
        assert!(!figure.words.is_empty(), "{text:?}");
        let known = (figure.lower.is_some(), figure.upper.is_some());
        let wanted = match figure.bound {
            Bound::Vague => (false, false),
            Bound::AtLeast | Bound::Over => (true, false),
            Bound::AtMost | Bound::Under => (false, true),
            Bound::Exact | Bound::About | Bound::Range => (true, true),
        };
        assert_eq!(known, wanted, "{text:?}: {figure:?}");
    }
}

fn check_order(text: &str, spans: impl Iterator<Item = Span>) {
    let mut behind = 0;
    for span in spans {
        check_span(text, span);
        assert!(behind <= span.begin, "{text:?}: {span:?} begins before {behind}");
        behind = span.end;
    }
}

fn check_span(text: &str, span: Span) {
    assert!(text.get(span.begin..span.end).is_some_and(|words| !words.is_empty()), "{text:?}: {span:?}");
}
