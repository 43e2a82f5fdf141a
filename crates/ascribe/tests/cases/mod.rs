//! Cases in Markdown: a quoted text, and a list of what is expected of it.

/// One case.
pub(crate) struct Case {
    /// The line of the file on which it begins.
    pub(crate) line: usize,
    pub(crate) text: String,
    /// The items of the list below it.
    pub(crate) expected: Vec<&'static str>,
}

/// The cases of a file, in its order.
pub(crate) fn of(file: &'static str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open = false;
    for (n, line) in file.lines().enumerate() {
        if let Some(text) = line.strip_prefix('>') {
            let text = text.strip_prefix(' ').unwrap_or(text);
            match cases.last_mut().filter(|_| open) {
                Some(case) => case.text.extend(["\n", text]),
                None => cases.push(Case { line: n + 1, text: text.to_owned(), expected: Vec::new() }),
            }
            open = true;
        } else if let (Some(expected), Some(case)) = (line.strip_prefix("- "), cases.last_mut()) {
            case.expected.push(expected);
            open = false;
        }
    }
    cases
}
