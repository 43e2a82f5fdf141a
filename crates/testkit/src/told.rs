//! Reports that nobody wrote and that have to do with one another: stories, copies, quotations.

use ascribe_record::{PublishedFrom, Report};

use crate::Invented;
use crate::invented::{Draft, capital, word};

/// Reports a day: a million are ten years.
const A_DAY: u64 = 274;
/// A report goes on with one of so many before it.
const REACH: u64 = 3000;

/// The report of number `n` of an archive in the order of its dates, always the same.
///
/// Two of three go on with the story of an earlier one, recent ones rather than old ones, so that sizes
/// of stories follow a power law (H. Simon, "On a class of skew distribution functions", 1955). A fourth of
/// those have its text: as it is, with paragraphs left out, or with some put in. Stories have a place,
/// parties, words and utterances of their own; one utterance in eight is quoted with another word in it.
pub fn told(n: u64) -> Invented {
    let mut draft = Draft::new(seed(n, 1));
    let story = story(n);
    let paragraphs = paragraphs(n);
    let mut title = draft.sentence(2, 6);
    title = format!("{} {title}", capital(&place(story)));
    for paragraph in &paragraphs {
        match paragraph {
            Paragraph::Plain(words) => {
                draft.push(words);
            }
            Paragraph::Quote { words, speaker } => draft.quotation(words, speaker),
            Paragraph::Count { seed } => draft.counted(*seed),
        }
        draft.push("\n\n");
    }
    let mut made = draft.finish(n, title);
    let report = &mut made.reading.report;
    report.published = Some(date(n));
    report.published_from = Some(PublishedFrom::Metadata);
    let source = source(n);
    if let Some(agency) = agency(source) {
        report.wire = vec![agency.clone()];
        if source == n {
            report.outlet = Some(agency);
        }
    }
    made.bytes = bytes(report, n);
    made
}

/// The story of report `n`, by its first report.
pub fn story(n: u64) -> u64 {
    let mut report = n;
    while let Some(earlier) = earlier(report) {
        report = earlier;
    }
    report
}

/// The report whose text report `n` has, itself if it is nobody's.
pub fn source(n: u64) -> u64 {
    let mut report = n;
    while let Some(earlier) = earlier(report).filter(|_| seed(report, 2).is_multiple_of(4)) {
        report = earlier;
    }
    report
}

/// The report that report `n` goes on with; none if it begins a story.
fn earlier(n: u64) -> Option<u64> {
    let mut draft = Draft::new(seed(n, 3));
    let begins = n == 0 || draft.below(3) == 0;
    (!begins).then(|| n - 1 - draft.skewed(REACH.min(n)))
}

#[derive(Clone)]
enum Paragraph {
    Plain(String),
    Quote { words: String, speaker: String },
    Count { seed: u64 },
}

fn paragraphs(n: u64) -> Vec<Paragraph> {
    let mut draft = Draft::new(seed(n, 4));
    let story = story(n);
    if source(n) == n {
        let n_paragraphs = 4 + draft.below(6) + draft.skewed(12);
        return (0..n_paragraphs).map(|_| paragraph(&mut draft, story)).collect();
    }
    let mut paragraphs = earlier(n).map(paragraphs).unwrap_or_default();
    match draft.below(3) {
        0 => {}
        1 => {
            let n_left = paragraphs.len().div_ceil(2);
            paragraphs.truncate(n_left.max(3));
        }
        _ => {
            let at = draft.below(paragraphs.len() as u64 + 1) as usize;
            let more: Vec<Paragraph> =
                (0..2 + draft.below(3)).map(|_| paragraph(&mut draft, story)).collect();
            paragraphs.splice(at..at, more);
        }
    }
    paragraphs
}

fn paragraph(draft: &mut Draft, story: u64) -> Paragraph {
    match draft.below(6) {
        0 => {
            // The same words by the same speaker, whichever report gives them.
            let which = draft.skewed(6);
            let mut said = Draft::new(seed(story, 100 + which));
            let mut words: Vec<String> = (0..8 + said.below(16)).map(|_| word(said.skewed(2000))).collect();
            if draft.below(8) == 0 {
                let at = 3 + draft.below(words.len() as u64 - 4) as usize;
                words[at] = word(9000 + draft.below(500));
            }
            Paragraph::Quote { words: capital(&words.join(" ")), speaker: speaker(story, which % 3) }
        }
        1 => Paragraph::Count { seed: draft.next() },
        _ => {
            let n_words = 15 + draft.below(35);
            let words: Vec<String> = (0..n_words)
                .map(|_| match draft.below(12) {
                    0 => capital(&place(story)),
                    1 => speaker(story, draft.below(3)),
                    2 | 3 => word(8000 + seed(story, 10 + draft.below(12)) % 20_000),
                    _ => word(draft.skewed(30_000)),
                })
                .collect();
            Paragraph::Plain(format!("{}.", capital(&words.join(" "))))
        }
    }
}

impl Draft {
    /// "“…,” Ada Lind said."
    fn quotation(&mut self, words: &str, speaker: &str) {
        let content = self.push(&format!("“{words},”"));
        self.push(" ");
        let source = self.push(speaker);
        self.push(" ");
        let cue = self.push("said");
        self.push(".");
        self.said(source, cue, content);
    }

    fn counted(&mut self, seed: u64) {
        let state = std::mem::replace(&mut self.state, seed);
        self.count();
        self.state = state;
    }
}

fn place(story: u64) -> String {
    word(40_000 + seed(story, 5) % 60_000)
}

fn speaker(story: u64, which: u64) -> String {
    let name = seed(story, 6 + which);
    format!("{} {}", capital(&word(name % 311 + 40)), capital(&word(name / 311 % 30_000 + 900)))
}

/// The agency whose text report `n` is, if it is one's.
fn agency(n: u64) -> Option<String> {
    let which = seed(n, 9);
    which.is_multiple_of(3).then(|| format!("{} Press Agency", capital(&word(7000 + which / 3 % 5))))
}

fn date(n: u64) -> String {
    let day = n / A_DAY;
    let (year, of_year) = (2016 + day / 365, day % 365);
    format!("{year}-{:02}-{:02}", of_year / 31 + 1, (of_year % 31 + 1).min(28))
}

fn bytes(report: &Report, n: u64) -> Vec<u8> {
    let record = serde_json::json!({
        "id": n, "headline": report.title, "publisher": report.outlet, "date": report.published,
        "body": report.text,
    });
    record.to_string().into_bytes()
}

fn seed(n: u64, what: u64) -> u64 {
    Draft::new(n.wrapping_mul(1_000_003) ^ what.wrapping_mul(0x2545_f491_4f6c_dd1d)).next()
}
