//! gzip (RFC 1952): members one behind the other, unpacked as a stream. A damaged member costs no
//! other: behind it the next one is looked for.

use std::io::{self, BufRead, ErrorKind, Read};
use std::mem;

use flate2::bufread::GzDecoder;

use crate::input::{Fault, Peeked};

/// How every member begins: the magic number and deflate, the one method.
pub(crate) const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// What the members hold.
///
/// # Errors
/// A [`Fault::Damaged`] stands between what was unpacked before and behind it.
pub(crate) struct Gzip<'a> {
    state: State<'a>,
    /// Members begun.
    n_members: u64,
    /// Whether damage was told since the last whole member.
    is_lost: bool,
}

enum State<'a> {
    Between(Peeked<'a>),
    Inside(Box<GzDecoder<Peeked<'a>>>),
    Over,
}

impl<'a> Gzip<'a> {
    pub(crate) fn new(input: Peeked<'a>) -> Self {
        Self { state: State::Between(input), n_members: 0, is_lost: false }
    }

    /// Goes to the next member; false at the end.
    fn open(&mut self, mut input: Peeked<'a>) -> io::Result<bool> {
        // Tapes and some writers fill up with zeros.
        while input.fill_buf()?.first() == Some(&0) {
            let n = input.fill_buf()?.iter().take_while(|&&b| b == 0).count();
            input.consume(n);
        }
        if input.peek(1).is_empty() {
            return input.take_error().map_or(Ok(false), Err);
        }
        let (n_passed, found) = input.seek(4, opens_member)?;
        if found {
            self.n_members += 1;
            self.state = State::Inside(Box::new(GzDecoder::new(input)));
        }
        // Behind a damaged member lies what is left of it.
        if n_passed > 0 && !mem::replace(&mut self.is_lost, true) {
            return Err(Fault::damaged(format_args!("{n_passed} bytes between gzip members are none")));
        }
        Ok(found)
    }
}

impl Read for Gzip<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            match mem::replace(&mut self.state, State::Over) {
                State::Over => return Ok(0),
                State::Between(input) => {
                    if !self.open(input)? {
                        return Ok(0);
                    }
                }
                State::Inside(mut decoder) => match decoder.read(to) {
                    Ok(0) if !to.is_empty() => {
                        self.is_lost = false;
                        self.state = State::Between(decoder.into_inner());
                    }
                    Ok(n) => {
                        self.state = State::Inside(decoder);
                        return Ok(n);
                    }
                    Err(error) => match damage(&error) {
                        Some(what) => {
                            self.state = State::Between(decoder.into_inner());
                            self.is_lost = true;
                            return Err(Fault::damaged(format_args!(
                                "gzip member {}: {what}",
                                self.n_members
                            )));
                        }
                        None => {
                            if error.kind() == ErrorKind::Interrupted || Fault::of(&error).is_some() {
                                self.state = State::Inside(decoder);
                            }
                            return Err(error);
                        }
                    },
                },
            }
        }
    }
}

/// An unpacker of a stream without members: what is wrong with its bytes is told as damage.
pub(crate) struct Checked<R>(pub(crate) R);

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to).map_err(|error| damage(&error).map_or(error, Fault::damaged))
    }
}

/// A member's first four bytes; the flags' upper bits are always zero.
fn opens_member(four: &[u8]) -> bool {
    four.starts_with(MAGIC) && four[3] & 0xe0 == 0
}

/// What is wrong with the member, if the error is about it and not about reading.
fn damage(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        _ if Fault::of(error).is_some() => None,
        ErrorKind::UnexpectedEof => Some("cut short"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => Some("corrupt"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// What comes out, each fault in brackets.
    fn unpack(bytes: &[u8]) -> String {
        let mut gzip = Gzip::new(Peeked::new(Box::new(bytes)));
        let mut out = String::new();
        let mut buffer = [0; 50];
        loop {
            match gzip.read(&mut buffer) {
                Ok(0) => return out,
                Ok(n) => out += &String::from_utf8_lossy(&buffer[..n]),
                Err(error) => out += &format!("[{error}]"),
            }
        }
    }

    #[test]
    fn members_follow_one_another() {
        let (a, b) = (member("It rained. "), member("A lot."));
        assert_eq!(unpack(&[&a[..], &b].concat()), "It rained. A lot.");
        assert_eq!(unpack(&[&a[..], &[0; 512], &b, &[0; 3]].concat()), "It rained. A lot.");
        assert_eq!(unpack(b""), "");
    }

    #[test]
    fn damage_is_told_and_the_rest_comes() {
        let (a, b) = (member("It rained. "), member("A lot."));
        let mut bad = a.clone();
        let at = bad.len() - 6;
        bad[at] ^= 1;
        assert_eq!(unpack(&[&bad[..], &b].concat()), "It rained. [gzip member 1: corrupt]A lot.");
        assert_eq!(unpack(&a[..a.len() - 5]), "It rained. [gzip member 1: cut short]");
        assert_eq!(unpack(&a[..5]), "[gzip member 1: cut short]");
        let junk = [&a[..], b"junk", &b].concat();
        assert_eq!(unpack(&junk), "It rained. [4 bytes between gzip members are none]A lot.");
        let mut bad = a.clone();
        bad[10] = 0xff;
        let mended = unpack(&[&bad[..], &b].concat());
        assert!(mended.starts_with("[gzip member 1: corrupt]") && mended.ends_with("A lot."), "{mended}");
    }
}
