//! E-mail (RFC 5322, MIME): the message is a report, and each attachment is read as a file of its own,
//! named `a.eml!name`. Mailboxes (mbox, RFC 4155) hold messages one behind the other; one is held at a time.
//!
//! A message's text is its plain text, or else its HTML. Subject, sender and date are title, byline and
//! date of publication. Pictures, sound and signatures among the attachments are passed over.
//! `mail-parser` takes a message apart: it insists on nothing and does not recurse into messages
//! in messages, but what it returns is dropped by recursion, so their number is limited here.

use std::io::{BufRead, Read};
use std::mem;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::input::{Peeked, reason_of};
use crate::item::{Item, Outcome, Outcomes, Source};
use crate::part::open_part;
use crate::{Options, Reason, html};

/// Messages within a message at most.
const MAX_MESSAGES: usize = 100;

/// Names of fields that mail programs write, and people who type "From:" do not.
const OF_PROGRAMS: &[&str] = &["message-id", "mime-version", "received", "return-path", "delivered-to"];

/// Whether the first bytes are a message's head.
pub(crate) fn opens(head: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    for line in head.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    has("from") && (has("date") || has("subject")) && OF_PROGRAMS.iter().any(|name| has(name))
}

/// Whether the first bytes are a mailbox's: a line that parts messages, then a message's head.
pub(crate) fn opens_box(head: &str) -> bool {
    head.starts_with("From ") && head.split_once('\n').is_some_and(|(_, rest)| opens(rest))
}

/// The report of a message, then those of its attachments.
pub(crate) fn read_mail<'a>(source: Source<'a>, bytes: &[u8], record: Option<u64>) -> Outcomes<'a> {
    if source.depth >= source.options.max_depth {
        return source.refuse(record, Reason::TooNested(source.options.max_depth));
    }
    let own = source.own(bytes);
    if n_messages(bytes) > MAX_MESSAGES {
        let outcome = source.report(Err(Reason::TooNested(MAX_MESSAGES)), own, record);
        return Box::new(std::iter::once(outcome));
    }
    let Some(message) = MessageParser::default().parse(bytes) else {
        let reason = Reason::Damaged("a message without a head".to_owned());
        return Box::new(std::iter::once(source.report(Err(reason), own, record)));
    };
    let attached: Vec<(String, Vec<u8>)> = message.attachments().zip(1..).filter_map(attachment).collect();
    let item = item(&message, source.options);
    // A message may be nothing but the cover of what is attached.
    let is_cover = matches!(item, Err(Reason::Blank)) && !attached.is_empty();
    let body = (!is_cover).then(|| source.report(item, own, record));
    let holder = match record {
        Some(n) => Source { path: format!("{}!{n}", source.path).into(), ..source },
        None => source,
    };
    let of_attached =
        attached.into_iter().flat_map(move |(name, bytes)| open_part(holder.member(&name), bytes));
    Box::new(body.into_iter().chain(of_attached))
}

fn item(message: &Message<'_>, options: &Options) -> Result<Item, Reason> {
    let mut texts = Vec::new();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => texts.push(text.replace("\r\n", "\n").trim_end().to_owned()),
            PartType::Html(html) => texts.push(html::read_fragment(html, options.max_text)?),
            _ => {}
        }
    }
    let text = texts.join("\n\n");
    if text.trim().is_empty() {
        return Err(Reason::Blank);
    }
    if text.len() > options.max_text {
        return Err(Reason::TooLong(options.max_text));
    }
    let title = message.subject().map(one_line).filter(|title| !title.is_empty());
    let date = message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339());
    Ok(Item {
        text,
        media_type: "message/rfc822",
        title,
        byline: message.from().and_then(name_of),
        record_id: message.message_id().map(one_line),
        published: date.into_iter().collect(),
        ..Item::default()
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of the sender; an address alone is none.
fn name_of(address: &Address<'_>) -> Option<String> {
    let name = address.first()?.name()?;
    Some(one_line(name)).filter(|name| !name.is_empty())
}

/// Name and bytes of an attachment that may hold a report.
fn attachment((part, number): (&MessagePart<'_>, usize)) -> Option<(String, Vec<u8>)> {
    let media_type = part.content_type().map(|kind| kind.ctype().to_ascii_lowercase());
    let is_signature = part.content_type().and_then(|kind| kind.subtype()).is_some_and(|subtype| {
        ["signature", "pkcs7", "vcard", "calendar"]
            .iter()
            .any(|kind| subtype.to_ascii_lowercase().contains(kind))
    });
    if is_signature || matches!(media_type.as_deref(), Some("image" | "audio" | "video")) {
        return None;
    }
    let (bytes, extension) = match &part.body {
        PartType::Text(text) => (text.as_bytes().to_vec(), "txt"),
        PartType::Html(html) => (html.as_bytes().to_vec(), "html"),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => (bytes.to_vec(), "bin"),
        PartType::Message(message) => (message.raw_message().to_vec(), "eml"),
        PartType::Multipart(_) => return None,
    };
    let name = part.attachment_name().map(str::to_owned);
    Some((name.unwrap_or_else(|| format!("{number}.{extension}")), bytes))
}

/// How many messages lie in the message, or more.
fn n_messages(bytes: &[u8]) -> usize {
    const KIND: &[u8] = b"message/";
    bytes.windows(KIND.len()).filter(|window| window.eq_ignore_ascii_case(KIND)).count()
}

/// The reports of the messages in a mailbox, numbered from 1.
pub(crate) fn read_box<'a>(source: Source<'a>, input: Peeked<'a>) -> Outcomes<'a> {
    Box::new(Mailbox { source, input, message: None, n_messages: 0, is_first: true, is_over: false })
}

struct Mailbox<'a> {
    source: Source<'a>,
    input: Peeked<'a>,
    /// The reports of the message in hand.
    message: Option<Outcomes<'a>>,
    n_messages: u64,
    /// Whether no parting line was seen.
    is_first: bool,
    is_over: bool,
}

impl Iterator for Mailbox<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.message.as_mut().and_then(Iterator::next) {
                return Some(outcome);
            }
            self.message = None;
            if self.is_over {
                return None;
            }
            let content = self.content();
            let is_blank = content.as_ref().is_ok_and(|bytes| bytes.trim_ascii().is_empty());
            // In front of the first parting line stands nothing.
            if mem::take(&mut self.is_first) && is_blank {
                if self.is_over {
                    return Some(Err(self.source.refusal(None, Reason::Blank)));
                }
                continue;
            }
            self.n_messages += 1;
            let number = Some(self.n_messages);
            match content {
                Ok(bytes) => self.message = Some(read_mail(self.source.clone(), &bytes, number)),
                Err(reason) => {
                    self.is_over |= reason.ends_input();
                    return Some(Err(self.source.refusal(number, reason)));
                }
            }
        }
    }
}

impl Mailbox<'_> {
    /// The bytes to the next line that parts messages, and over it. Marks of quoting are taken off.
    fn content(&mut self) -> Result<Vec<u8>, Reason> {
        let limit = self.source.options.max_bytes;
        let mut bytes = Vec::new();
        let mut is_over_limit = false;
        loop {
            let begin = bytes.len();
            let mut line = self.input.by_ref().take(limit.saturating_add(1));
            let n = line.read_until(b'\n', &mut bytes).map_err(|error| reason_of(&error))?;
            let line = &bytes[begin..];
            self.is_over = n == 0;
            if self.is_over || line.starts_with(b"From ") {
                bytes.truncate(begin);
                break;
            }
            let n_marks = line.iter().take_while(|&&byte| byte == b'>').count();
            if n_marks > 0 && line[n_marks..].starts_with(b"From ") {
                bytes.remove(begin);
            }
            if bytes.len() as u64 > limit {
                is_over_limit = true;
                bytes.clear();
            }
        }
        if is_over_limit {
            return Err(Reason::TooManyBytes(limit));
        }
        // The blank line in front of the parting line.
        let end = bytes.strip_suffix(b"\n").map(|rest| rest.strip_suffix(b"\r").unwrap_or(rest));
        let end = end.filter(|rest| rest.is_empty() || rest.ends_with(b"\n")).map(<[u8]>::len);
        bytes.truncate(end.unwrap_or(bytes.len()));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_messages() {
        let head =
            "Received: from a\n\tby b\r\nFrom: Ada Lind <ada@n.example>\r\nSubject: Rain\r\n\r\nIt rained.";
        assert!(opens(&head.replace("\r\n", "\n")) && opens(head));
        assert!(opens_box(&format!("From ada Mon Jan 12 08:00:00 2026\n{head}")));
        for other in [
            "From: the editor\nSubject: rain\nDate: Monday\n\nIt rained.",
            "Message-ID: 1\n\nIt rained.",
            "From Harrow Bay: it rained.\nMore: rain",
            "",
        ] {
            assert!(!opens(other) && !opens_box(other), "{other}");
        }
    }
}
