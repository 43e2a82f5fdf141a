use ascribe_record::Span;

/// Words in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// Whether the closing mark is there. A quotation that runs over paragraphs opens anew in each
    /// and closes in the last only; here every paragraph's part is a quotation of its own.
    pub closed: bool,
    /// How many quotations it lies in.
    pub depth: usize,
}

/// The quotations of `text`, in order of their opening marks. Never crosses a blank line.
///
/// Typographic marks tell by themselves whether they open; straight ones by what stands around
/// them. An apostrophe (`’` or `'` between letters, or behind one with no single quotation open)
/// is no mark.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut scan = Scan { open: Vec::new(), found: &mut found };
    let mut begin = 0;
    for end in paragraph_ends(text) {
        scan.paragraph(text, Span::new(begin, end));
        begin = end;
    }
    found.sort_by_key(|q| (q.span.begin, q.span.end));
    found
}

/// Ends of the paragraphs of `text`, the last one `text.len()`: a blank line ends one.
pub fn paragraph_ends(text: &str) -> Vec<usize> {
    let (mut ends, mut breaks) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        match c {
            '\n' => {
                breaks += 1;
                if breaks == 2 {
                    ends.push(at);
                }
            }
            c if c.is_whitespace() => {}
            _ => breaks = 0,
        }
    }
    ends.push(text.len());
    ends
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Straight,
    Single,
    StraightSingle,
    Angle,
}

struct Scan<'f> {
    open: Vec<(Kind, Span)>,
    found: &'f mut Vec<Quotation>,
}

impl Scan<'_> {
    fn paragraph(&mut self, text: &str, paragraph: Span) {
        let words = paragraph.of(text);
        let mut before = None;
        for (i, c) in words.char_indices() {
            let at = Span::new(paragraph.begin + i, paragraph.begin + i + c.len_utf8());
            let after = text[at.end..paragraph.end].chars().next();
            self.mark(c, at, before, after);
            before = Some(c);
        }
        let end = paragraph.trim(text).end;
        // Marks that open and never close are kept for double quotation only: a lone ' is an
        // apostrophe more often than not.
        while let Some((kind, mark)) = self.open.pop() {
            if matches!(kind, Kind::Double | Kind::Straight | Kind::Angle) && mark.end < end {
                self.keep(mark, Span::new(end, end), false);
            }
        }
    }

    fn mark(&mut self, c: char, at: Span, before: Option<char>, after: Option<char>) {
        let word_before = before.is_some_and(char::is_alphanumeric);
        let word_after = after.is_some_and(char::is_alphanumeric);
        let opens = !before.is_some_and(|b| b.is_alphanumeric() || is_closing(b))
            && after.is_some_and(|a| !a.is_whitespace());
        match c {
            '“' | '„' => self.open.push((Kind::Double, at)),
            '”' => self.close(&[Kind::Double, Kind::Straight], at),
            '«' => self.open.push((Kind::Angle, at)),
            '»' => self.close(&[Kind::Angle], at),
            '"' if self.is_open(Kind::Straight) && !(opens && before.is_some_and(char::is_whitespace)) => {
                self.close(&[Kind::Straight], at);
            }
            '"' if self.is_open(Kind::Straight) => {
                self.close(&[Kind::Straight], Span::new(at.begin, at.begin));
                self.open.push((Kind::Straight, at));
            }
            '"' if opens => self.open.push((Kind::Straight, at)),
            '"' => self.close(&[Kind::Double], at),
            '‘' if !word_before => self.open.push((Kind::Single, at)),
            '’' if !(word_before && word_after) => self.close(&[Kind::Single], at),
            '\'' if self.is_open(Kind::StraightSingle) && !word_after => {
                self.close(&[Kind::StraightSingle], at);
            }
            '\'' if opens && word_after && !word_before => self.open.push((Kind::StraightSingle, at)),
            _ => {}
        }
    }

    fn is_open(&self, kind: Kind) -> bool {
        self.open.iter().any(|(k, _)| *k == kind)
    }

    /// Closes the innermost open mark of one of `kinds`; marks inside it were none.
    fn close(&mut self, kinds: &[Kind], close: Span) {
        let Some(at) = self.open.iter().rposition(|(k, _)| kinds.contains(k)) else { return };
        let (_, mark) = self.open[at];
        self.open.truncate(at);
        if mark.end < close.begin {
            self.keep(mark, close, !close.is_empty());
        }
    }

    fn keep(&mut self, open: Span, close: Span, closed: bool) {
        self.found.push(Quotation {
            span: Span::new(open.begin, close.end),
            inner: Span::new(open.end, close.begin),
            closed,
            depth: self.open.len(),
        });
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | ';' | '”' | '’' | ')' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        quotations(text).iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn marks_of_every_sort() {
        for (text, expect) in [
            ("“We will,” she said.", vec!["We will,"]),
            (r#""We will," she said. "We must.""#, vec!["We will,", "We must."]),
            (r#"He said "no" and ("yes")."#, vec!["no", "yes"]),
            ("“He told us ‘go’ and left.”", vec!["He told us ‘go’ and left.", "go"]),
            ("The troops’ base isn’t ‘safe’.", vec!["safe"]),
            ("It's the boys' own 'safe area'.", vec!["safe area"]),
            ("« Non », dit-il.", vec![" Non "]),
            (r#"A 6-foot-2" man said "no"."#, vec!["no"]),
            ("no marks", vec![]),
            ("“”", vec![]),
            ("\"\"\"\"", vec![]),
        ] {
            assert_eq!(inner(text), expect, "{text}");
        }
    }

    #[test]
    fn unclosed_quotations_end_with_their_paragraph() {
        let text = "“One.\n\n“Two.\r\n\r\n“Three,” she said.";
        let all = quotations(text);
        assert_eq!(inner(text), ["One.", "Two.", "Three,"]);
        assert_eq!(all.iter().map(|q| q.closed).collect::<Vec<_>>(), [false, false, true]);
        assert!(all.iter().all(|q| q.depth == 0));
    }
}
