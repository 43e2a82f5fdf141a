//! ZIP archives (APPNOTE.TXT 6.3): each member is read as a file of its own, named `a.zip!member`. One
//! member is held at a time.
//!
//! Members are read in their order, by what stands in front of each, and the directory at the end is not
//! asked: so an archive may be cut short, or come through a pipe, and all members before the cut are
//! read. What was deleted from an archive but still lies in it is read too. Names are only names: nothing
//! is written, so `../` leads nowhere. Folders, hidden files and what macOS adds are passed over, as in
//! folders on disk.

use std::io::{self, BufRead, Read};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use crate::gzip::Checked;
use crate::input::{Peeked, read_whole, reason_of, unpacked};
use crate::item::{Outcome, Outcomes, Source};
use crate::part::open_part;
use crate::zstd::Zstd;
use crate::{Reason, docx};

/// How every member begins.
pub(crate) const MEMBER: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// What the directory at the end begins with, and what it is when there is no member.
const DIRECTORY: [&[u8]; 3] = [b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06"];
/// Bytes in front of a member's name.
const HEADER: usize = 30;

/// Whether the first bytes are an archive's, with or without members, and not those of an Office file or
/// an e-book, which are archives of their parts.
pub(crate) fn opens(head: &[u8]) -> bool {
    let is_document = first_name(head).is_some_and(|name| name == b"mimetype" || docx::is_first(name));
    head.starts_with(MEMBER) && !is_document || head.starts_with(DIRECTORY[1])
}

/// The name of the first member.
pub(crate) fn first_name(head: &[u8]) -> Option<&[u8]> {
    let len = head.get(26..28).filter(|_| head.starts_with(MEMBER))?;
    head.get(HEADER..)?.get(..usize::from(u16::from_le_bytes([len[0], len[1]])))
}

/// The members of an archive in memory whose names are wanted, with their names.
///
/// # Errors
/// If the archive or one of these is damaged or too large.
pub(crate) fn parts(
    source: &Source<'_>,
    bytes: &[u8],
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, Reason> {
    let input = Peeked::new(Box::new(bytes));
    let mut zip = Zip { source: source.clone(), input, member: None, n_told: 0, is_over: false };
    let mut parts = Vec::new();
    while !zip.is_over {
        let Some(member) = zip.find()? else { continue };
        zip.n_told += 1;
        match zip.content(&member) {
            Ok(content) if is_wanted(&member.name) => parts.push((member.name, content)),
            Err(reason) if is_wanted(&member.name) || reason.ends_input() => return Err(reason),
            _ => {}
        }
    }
    Ok(parts)
}

/// The reports of the members.
pub(crate) fn read_zip<'a>(source: Source<'a>, input: Peeked<'a>) -> Outcomes<'a> {
    Box::new(Zip { source, input, member: None, n_told: 0, is_over: false })
}

struct Zip<'a> {
    source: Source<'a>,
    input: Peeked<'a>,
    /// The reports of the member in hand.
    member: Option<Outcomes<'a>>,
    /// Reports and refusals so far.
    n_told: u64,
    is_over: bool,
}

/// What stands in front of a member.
struct Member {
    name: String,
    is_encrypted: bool,
    method: u16,
    /// Bytes in the archive; `None` if only what stands behind the member tells.
    n_packed: Option<u64>,
    crc: Option<u32>,
}

impl Iterator for Zip<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.member.as_mut().and_then(Iterator::next) {
                self.n_told += 1;
                return Some(outcome);
            }
            self.member = None;
            if self.is_over {
                return None;
            }
            let member = match self.find() {
                Ok(Some(member)) => member,
                Ok(None) => continue,
                Err(reason) => return self.tell(None, reason),
            };
            let content = self.content(&member);
            let is_file = is_file(&member.name);
            match content {
                Ok(bytes) if is_file => {
                    let source = self.source.member(&member.name);
                    self.member = Some(open_part(source, bytes));
                }
                Ok(_) => {}
                Err(reason) if is_file || reason.ends_input() => {
                    return self.tell(Some(&member.name), reason);
                }
                Err(_) => {}
            }
        }
    }
}

impl Zip<'_> {
    fn tell(&mut self, member: Option<&str>, reason: Reason) -> Option<Outcome> {
        self.n_told += 1;
        self.is_over |= reason.ends_input();
        let refusal = match member {
            Some(name) => self.source.member(name).refusal(None, reason),
            None => self.source.refusal(None, reason),
        };
        Some(Err(refusal))
    }

    /// What stands in front of the next member; `None` at the end.
    fn find(&mut self) -> Result<Option<Member>, Reason> {
        let next = self.input.peek(4);
        if next.is_empty() {
            self.is_over = true;
            let error = self.input.take_error();
            let cut = || Reason::Damaged("the archive is cut short: its directory is missing".to_owned());
            return Err(error.map_or_else(cut, |error| reason_of(&error)));
        }
        if DIRECTORY.contains(&next) {
            self.is_over = true;
            let nothing = || Reason::NothingIn("an archive without files".to_owned());
            return if self.n_told == 0 { Err(nothing()) } else { Ok(None) };
        }
        if next != MEMBER {
            let (n, found) = self.input.seek(4, opens_part).map_err(|error| reason_of(&error))?;
            self.is_over = !found;
            return Err(Reason::Damaged(format!("{n} bytes between members are none")));
        }
        let header = self.input.peek(HEADER).to_vec();
        let at = |at: usize| header.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
        let (n_name, n_extra) = (usize::from(at(26)), usize::from(at(28)));
        let whole = self.input.peek(HEADER + n_name + n_extra).to_vec();
        self.input.consume(whole.len());
        if whole.len() < HEADER + n_name + n_extra {
            self.is_over = true;
            return Err(Reason::Damaged("the archive is cut short in front of a member".to_owned()));
        }
        let long = |from: usize| u32::from(at(from)) | u32::from(at(from + 2)) << 16;
        let (name, extra) = whole[HEADER..].split_at(n_name);
        let is_told_behind = at(6) & 8 != 0;
        let n_packed = match long(18) {
            u32::MAX => long_size(extra, long(22) == u32::MAX),
            n => Some(u64::from(n)),
        };
        Ok(Some(Member {
            name: String::from_utf8_lossy(name).into_owned(),
            is_encrypted: at(6) & 1 != 0,
            method: at(8),
            n_packed: n_packed.filter(|n| !is_told_behind || *n > 0),
            crc: (!is_told_behind).then(|| long(14)),
        }))
    }

    /// What the member holds; the input is behind it then.
    fn content(&mut self, member: &Member) -> Result<Vec<u8>, Reason> {
        let outcome = self.unpack(member);
        let told = match member.crc {
            Some(crc) => Some(crc),
            None => self.descriptor(),
        };
        let bytes = outcome?;
        let mut crc = Crc::new();
        crc.update(&bytes);
        match told {
            Some(told) if told == crc.sum() => Ok(bytes),
            Some(_) => Err(Reason::Damaged("its checksum does not fit".to_owned())),
            None => Err(Reason::Damaged("cut short".to_owned())),
        }
    }

    fn unpack(&mut self, member: &Member) -> Result<Vec<u8>, Reason> {
        let (limit, budget) = (self.source.options.max_bytes, self.source.budget.clone());
        let mut packed = self.input.by_ref().take(member.n_packed.unwrap_or(u64::MAX));
        let outcome = match (member.method, member.n_packed) {
            _ if member.is_encrypted => Err(Reason::Binary("an encrypted file")),
            (0, Some(_)) => read_whole(&mut packed, limit),
            (8, n_packed) => {
                let mut content = unpacked(Checked(DeflateDecoder::new(&mut packed)), budget);
                let outcome = read_whole(&mut content, limit);
                if n_packed.is_none() && matches!(outcome, Err(Reason::TooManyBytes(_))) {
                    // Only its own end tells where the next begins.
                    io::copy(&mut content, &mut io::sink()).map_err(|error| reason_of(&error))?;
                }
                outcome
            }
            (93, Some(_)) => Zstd::new(Peeked::new(Box::new(&mut packed)))
                .map_err(|error| reason_of(&error))
                .and_then(|zstd| read_whole(unpacked(zstd, budget), limit)),
            (0 | 93, None) => Err(Reason::Damaged("its length is not told in front of it".to_owned())),
            _ => Err(Reason::Binary("a file packed in another way than deflate or Zstandard")),
        };
        if member.n_packed.is_some() {
            io::copy(&mut packed, &mut io::sink()).map_err(|error| reason_of(&error))?;
            if packed.limit() > 0 {
                return Err(Reason::Damaged("cut short".to_owned()));
            }
        } else if outcome.is_err() && !matches!(outcome, Err(Reason::TooManyBytes(_))) {
            self.input.seek(4, opens_part).map_err(|error| reason_of(&error))?;
        }
        outcome
    }

    /// The checksum behind a member, and over it. It may have a mark in front and sizes of 4 or 8 bytes.
    fn descriptor(&mut self) -> Option<u32> {
        let head = self.input.peek(28).to_vec();
        let mark = if head.starts_with(DESCRIPTOR) { 4 } else { 0 };
        let is_end = |end: &usize| head.len() == *end || head.get(*end..end + 4).is_some_and(opens_part);
        let end = [mark + 12, mark + 20].into_iter().find(is_end);
        let end = end.or((mark > 0 && head.len() >= mark + 12).then_some(mark + 12))?;
        self.input.consume(end);
        let crc = head.get(mark..mark + 4)?;
        Some(u32::from_le_bytes([crc[0], crc[1], crc[2], crc[3]]))
    }
}

/// Whether a member, or the directory, begins so.
fn opens_part(four: &[u8]) -> bool {
    four == MEMBER || DIRECTORY.contains(&four)
}

/// Bytes in the archive by the extra field of large members (Zip64).
fn long_size(mut extra: &[u8], is_other_first: bool) -> Option<u64> {
    while let [a, b, c, d, rest @ ..] = extra {
        let len = usize::from(u16::from_le_bytes([*c, *d])).min(rest.len());
        if u16::from_le_bytes([*a, *b]) == 1 {
            let from = if is_other_first { 8 } else { 0 };
            let size: [u8; 8] = rest[..len].get(from..from + 8)?.try_into().ok()?;
            return Some(u64::from_le_bytes(size));
        }
        extra = &rest[len..];
    }
    None
}

/// Whether it is a file that a user would see.
fn is_file(name: &str) -> bool {
    let is_hidden =
        |part: &str| part == "__MACOSX" || part.starts_with('.') && !part.trim_matches('.').is_empty();
    !name.ends_with(['/', '\\']) && !name.split(['/', '\\']).any(is_hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_a_user_sees() {
        for name in ["a.txt", "b/a.txt", "../a.txt", "C:\\b\\a.txt", "..."] {
            assert!(is_file(name), "{name}");
        }
        for name in ["b/", ".hidden", "__MACOSX/a.txt", "b/.git/a"] {
            assert!(!is_file(name), "{name}");
        }
    }

    #[test]
    fn sizes_of_large_members() {
        let extra = [&[9, 9, 2, 0, 7, 7, 1, 0, 16, 0][..], &5u64.to_le_bytes(), &3u64.to_le_bytes()].concat();
        assert_eq!(long_size(&extra, true), Some(3));
        assert_eq!(long_size(&extra, false), Some(5));
        assert_eq!(long_size(&extra[..20], true), None);
        assert_eq!(long_size(&[1, 0, 255, 255], false), None);
    }
}
