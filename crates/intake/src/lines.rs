//! JSON Lines: a report a line, one line held at a time.

use std::mem;

use crate::decode::decode;
use crate::input::{Peeked, read_line};
use crate::item::{Outcome, Outcomes, Source};
use crate::{Reason, json};

/// The reports of the lines that are not blank, numbered from 1.
pub(crate) fn read_lines<'a>(source: Source<'a>, input: Peeked<'a>) -> Outcomes<'a> {
    Box::new(Lines { input, source, n_records: 0, is_first: true, is_over: false })
}

struct Lines<'a> {
    input: Peeked<'a>,
    source: Source<'a>,
    /// Lines that are not blank.
    n_records: u64,
    is_first: bool,
    is_over: bool,
}

impl Iterator for Lines<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            let line = read_line(&mut self.input, self.source.options.max_bytes);
            let is_first = mem::take(&mut self.is_first);
            let line = match line {
                Ok(None) => {
                    self.is_over = true;
                    // White space alone is told as for other files.
                    return (self.n_records == 0).then(|| Err(self.source.refusal(None, Reason::Blank)));
                }
                Ok(Some(line)) => Ok(line),
                Err(reason) => {
                    self.is_over = reason.ends_input();
                    Err(reason)
                }
            };
            let is_blank = |line: &Vec<u8>| line.trim_ascii().is_empty();
            if line.as_ref().is_ok_and(is_blank) {
                continue;
            }
            self.n_records += 1;
            let number = Some(self.n_records);
            return Some(match line {
                Ok(line) => self.record(&line, is_first, number),
                Err(reason) => Err(self.source.refusal(number, reason)),
            });
        }
        None
    }
}

impl Lines<'_> {
    fn record(&self, line: &[u8], is_first: bool, number: Option<u64>) -> Outcome {
        let line = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| is_first).unwrap_or(line);
        let decoded = decode(line.to_vec(), false, None);
        let item = json::read_record(&decoded.text, decoded.notes, self.source.options);
        self.source.report(item, self.source.own(line), number)
    }
}
