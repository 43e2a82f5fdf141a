//! Lines that are dictated to a calendar, with the moments that they begin and end at.

use ascribe_date::{Order, Register, Setting, find};
use ascribe_record::Span;
use jiff::civil::date;

/// The line, its first moment and the one behind its last, as told at 4:30 on Tuesday, 12 February 2013.
const CASES: &[(&str, &str, &str)] = &[
    ("from 9:30 - 11:00 on Thursday", "2013-02-14T09:30:00", "2013-02-14T11:01:00"),
    ("between 9:30 and 11:00 on thursday", "2013-02-14T09:30:00", "2013-02-14T11:01:00"),
    ("Thursday from 9a to 11a", "2013-02-14T09:00:00", "2013-02-14T12:00:00"),
    ("July 13-15", "2013-07-13T00:00:00", "2013-07-16T00:00:00"),
    ("13 to 15 of July", "2013-07-13T00:00:00", "2013-07-16T00:00:00"),
    ("the 13th to the 15th of July", "2013-07-13T00:00:00", "2013-07-16T00:00:00"),
    ("from 1:30 to 3pm", "2013-02-12T13:30:00", "2013-02-12T16:00:00"),
    ("this Sat from 7 to 10 pm", "2013-02-16T19:00:00", "2013-02-16T23:00:00"),
    ("Sunday from 1 to 3", "2013-02-17T01:00:00", "2013-02-17T04:00:00"),
    ("between 3 and 5 tomorrow afternoon", "2013-02-13T15:00:00", "2013-02-13T18:00:00"),
    ("in 3 business days", "2013-02-15T00:00:00", "2013-02-16T00:00:00"),
    ("last week of October", "2013-10-28T00:00:00", "2013-11-04T00:00:00"),
    ("the week of the 6th", "2013-03-04T00:00:00", "2013-03-11T00:00:00"),
    ("rest of the week", "2013-02-12T00:00:00", "2013-02-18T00:00:00"),
    ("this weekend", "2013-02-15T18:00:00", "2013-02-18T00:00:00"),
    ("last weekend of July", "2013-07-26T18:00:00", "2013-07-29T00:00:00"),
    ("this week-end", "2013-02-15T18:00:00", "2013-02-18T00:00:00"),
    ("the 2nd of the month", "2013-02-02T00:00:00", "2013-02-03T00:00:00"),
    ("the third Tuesday of September 2014", "2014-09-16T00:00:00", "2014-09-17T00:00:00"),
    ("second to last Friday of the year", "2013-12-20T00:00:00", "2013-12-21T00:00:00"),
    ("first half of the year", "2013-01-01T00:00:00", "2013-07-01T00:00:00"),
    ("2 fridays from now", "2013-02-22T00:00:00", "2013-02-23T00:00:00"),
    ("two weeks from next Monday", "2013-03-04T00:00:00", "2013-03-05T00:00:00"),
    ("in an hour and a half", "2013-02-12T06:00:00", "2013-02-12T06:01:00"),
    ("quarter to noon", "2013-02-12T11:45:00", "2013-02-12T11:46:00"),
    ("twenty to four", "2013-02-12T15:40:00", "2013-02-12T15:41:00"),
    ("5pm on the 13th", "2013-02-13T17:00:00", "2013-02-13T18:00:00"),
    ("Tuesday of last week", "2013-02-05T00:00:00", "2013-02-06T00:00:00"),
    ("the Saturday before March 5", "2013-03-02T00:00:00", "2013-03-03T00:00:00"),
    ("Saturday after March 5", "2013-03-09T00:00:00", "2013-03-10T00:00:00"),
    ("Jul-2014", "2014-07-01T00:00:00", "2014-08-01T00:00:00"),
    ("2014-07-18T19:00:05", "2014-07-18T19:00:05", "2014-07-18T19:00:06"),
    ("the early 90s", "1990-01-01T00:00:00", "2000-01-01T00:00:00"),
    ("Friday this week", "2013-02-15T00:00:00", "2013-02-16T00:00:00"),
    ("in one year and two months", "2014-04-12T00:00:00", "2014-04-13T00:00:00"),
    ("the day before March 3", "2013-03-02T00:00:00", "2013-03-03T00:00:00"),
];

#[test]
fn lines_are_placed() {
    let setting = Setting {
        reference: Some(date(2013, 2, 12).at(4, 30, 0, 0)),
        register: Register::Request,
        order: Some(Order::MonthFirst),
        ranges: true,
        whole_units: true,
    };
    let mut wrong = Vec::new();
    for (text, begin, end) in CASES {
        let found = find(text, Span::new(0, text.len()), &setting);
        let bounds = found.first().and_then(|e| e.bounds).filter(|_| found.len() == 1);
        let written = bounds.map(|b| (b.begin.to_string(), b.end.to_string()));
        if written != Some(((*begin).to_owned(), (*end).to_owned())) {
            wrong.push(format!("{text}: {written:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
