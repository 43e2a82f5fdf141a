//! What holds for every text: no panic, spans that slice, one result for one input.

use ascribe_date::{Expression, Order, Register, Setting, find, find_dates};
use ascribe_record::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Words of dates in any order, with marks and blanks between them.
fn wordy() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "last",
        "next",
        "this",
        "third",
        "Monday",
        "Fri.",
        "May",
        "march",
        "12",
        "31st",
        "1999",
        "0",
        "99999999999",
        "week",
        "weeks",
        "quarter",
        "of",
        "in",
        "from",
        "to",
        "until",
        "between",
        "and",
        "-",
        "/",
        ":",
        ".",
        ",",
        "'s",
        "’",
        "two",
        "hundred",
        "thousand",
        "ago",
        "earlier",
        "later",
        "before",
        "after",
        "today",
        "now",
        "noon",
        "p.m.",
        "at",
        "half",
        "past",
        "a",
        "year",
        "years",
        "century",
        "1970s",
        "'90s",
        "every",
        "daily",
        "season",
        "summer",
        "end",
        "early",
        "mid",
        "rest",
        "for",
        "within",
        "few",
        "couple",
        "é",
        "🙂",
        "\u{301}",
        "İ",
        "ſ",
        "29",
        "February",
        "32",
    ]);
    let gap = prop::sample::select(vec![" ", "", "\n", "\u{a0}", " , "]);
    prop::collection::vec((word, gap), 0..24)
        .prop_map(|words| words.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

fn day() -> impl Strategy<Value = Option<Date>> {
    let edges =
        vec![Date::MIN, Date::MAX, date(0, 1, 1), date(2024, 2, 29), date(1999, 12, 31), date(-1, 3, 1)];
    let any = (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d));
    prop::option::of(prop_oneof![prop::sample::select(edges), any])
}

fn settings(reference: Option<Date>) -> impl Iterator<Item = Setting> {
    let registers = [Register::News, Register::Request].into_iter();
    registers.flat_map(move |register| {
        [None, Some(Order::MonthFirst), Some(Order::DayFirst)].into_iter().flat_map(move |order| {
            [true, false].map(|ranges| Setting { register, order, ranges, ..Setting::news(reference) })
        })
    })
}

fn check(text: &str, found: &[Expression]) {
    let mut at = 0;
    for e in found {
        assert!(
            at <= e.span.begin && e.span.begin < e.span.end && e.span.end <= text.len(),
            "{text:?} {e:?}"
        );
        assert!(text.is_char_boundary(e.span.begin) && text.is_char_boundary(e.span.end), "{text:?} {e:?}");
        assert!(!e.value.is_empty(), "{text:?} {e:?}");
        if let Some(b) = e.bounds {
            assert!(b.begin <= b.end, "{text:?} {e:?}");
        }
        at = e.span.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", reference in day()) {
        for setting in settings(reference) {
            check(&text, &find(&text, Span::new(0, text.len()), &setting));
        }
    }

    #[test]
    fn words_of_dates_in_any_order_are_read(text in wordy(), reference in day()) {
        for setting in settings(reference) {
            let whole = Span::new(0, text.len());
            let found = find(&text, whole, &setting);
            check(&text, &found);
            prop_assert_eq!(&found, &find(&text, whole, &setting));
        }
    }

    #[test]
    fn threads_change_nothing(text in wordy()) {
        let reference = Some(date(2026, 1, 14));
        let here = find_dates(&text, reference);
        let there = std::thread::spawn({ let text = text.clone(); move || find_dates(&text, reference) });
        prop_assert_eq!(here, there.join().unwrap());
    }

    #[test]
    fn days_in_any_style_are_read_back(year in 1901i16..2100, month in 1i8..=12, day in 1i8..=28, style in 0usize..8) {
        const NAMES: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let name = NAMES[usize::try_from(month - 1).unwrap()];
        let short = &name[..3];
        let text = match style {
            0 => format!("{year:04}-{month:02}-{day:02}"),
            1 => format!("{name} {day}, {year}"),
            2 => format!("{day} {name} {year}"),
            3 => format!("{short}. {day}, {year}"),
            4 => format!("the {day}th of {name}, {year}"),
            5 => format!("{year}/{month}/{day}"),
            6 => format!("{day:02}-{short}-{year}"),
            _ => format!("{} {day} {year}", name.to_uppercase()),
        };
        let found = find_dates(&text, Some(date(2026, 1, 14)));
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(found[0].edtf.clone(), Some(format!("{year:04}-{month:02}-{day:02}")));
    }
}
