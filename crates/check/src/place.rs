use ascribe_record::Span;

/// Where something stands, as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1. A line feed ends a line, with or without a carriage return before it.
    pub line: usize,
    /// From 1, in Unicode code points; a tab is one.
    pub column: usize,
}

/// The lines of a text.
pub struct Places<'t> {
    text: &'t str,
    /// Where each line begins.
    begins: Vec<usize>,
}

impl<'t> Places<'t> {
    /// The lines of `text`.
    pub fn of(text: &'t str) -> Self {
        let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, begins: std::iter::once(0).chain(behind).collect() }
    }

    /// The place of byte `byte`, which lies on a character boundary.
    pub fn at(&self, byte: usize) -> Place {
        let line = self.begins.partition_point(|&begin| begin <= byte);
        let column = self.text[self.begins[line - 1]..byte].chars().count() + 1;
        Place { line, column }
    }

    /// The line that holds byte `byte`, without its end.
    pub fn line(&self, byte: usize) -> Span {
        let line = self.begins.partition_point(|&begin| begin <= byte);
        let begin = self.begins[line - 1];
        let end = self.begins.get(line).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[begin..end].ends_with('\r') { end - 1 } else { end };
        Span::new(begin, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let text = "é日\tx\r\nzwei\n\nend";
        let places = Places::of(text);
        let at = |words: &str| {
            let byte = text.find(words).unwrap();
            let place = places.at(byte);
            (place.line, place.column, places.line(byte).of(text))
        };
        assert_eq!(at("x"), (1, 4, "é日\tx"));
        assert_eq!(at("zwei"), (2, 1, "zwei"));
        assert_eq!(at("end"), (4, 1, "end"));
        assert_eq!(places.at(text.len()), Place { line: 4, column: 4 });
        assert_eq!(Places::of("").at(0), Place { line: 1, column: 1 });
        assert!(Places::of("").line(0).is_empty());
    }
}
