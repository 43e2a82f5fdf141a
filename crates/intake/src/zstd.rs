//! Zstandard (RFC 8878): frames one behind the other, unpacked as a stream. A damaged frame costs no
//! other: behind it the next one is looked for. Frames that need a dictionary are told, not read,
//! unless it stands in front as the files of web archives have it
//! (<https://iipc.github.io/warc-specifications/specifications/warc-zstd/>).

use std::io::{self, BufRead, ErrorKind, Read};

use zstd::stream::raw::{Decoder, Operation};

use crate::input::{Fault, Peeked};

/// How every frame begins that holds data.
pub(crate) const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";
/// How the frame begins that holds the dictionary of a web archive.
const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";
/// Bytes of the longest dictionary, packed or not.
const MAX_DICTIONARY: u64 = 16 << 20;
/// How a dictionary begins.
const OF_DICTIONARY: &[u8] = b"\x37\xa4\x30\xec";

/// Whether the first bytes are Zstandard's.
pub(crate) fn opens(head: &[u8]) -> bool {
    head.starts_with(MAGIC) || head.starts_with(DICTIONARY)
}

/// What the frames hold.
///
/// # Errors
/// A [`Fault::Damaged`] stands between what was unpacked before and behind it.
pub(crate) struct Zstd<'a> {
    input: Peeked<'a>,
    /// Holds a window of 128 MiB at most, the library's own limit.
    decoder: Decoder<'static>,
    is_inside: bool,
    /// Frames begun.
    n_frames: u64,
    /// Whether damage was told since the last whole frame.
    is_lost: bool,
    is_over: bool,
}

impl<'a> Zstd<'a> {
    /// # Errors
    /// If there is no memory for a decoder.
    pub(crate) fn new(input: Peeked<'a>) -> io::Result<Self> {
        let decoder = Decoder::new()?;
        Ok(Self { input, decoder, is_inside: false, n_frames: 0, is_lost: false, is_over: false })
    }

    /// Goes to the next frame; false at the end.
    fn open(&mut self) -> io::Result<bool> {
        if self.input.peek(1).is_empty() {
            return self.input.take_error().map_or(Ok(false), Err);
        }
        let is_frame = |four: &[u8]| four == MAGIC || is_skippable(four);
        let (n_passed, found) = self.input.seek(4, is_frame)?;
        // Behind a damaged frame lies what is left of it.
        if n_passed > 0 && !std::mem::replace(&mut self.is_lost, true) {
            return Err(Fault::damaged(format_args!("{n_passed} bytes between Zstandard frames are none")));
        }
        if !found {
            return Ok(false);
        }
        let is_dictionary = self.n_frames == 0 && self.input.peek(4) == DICTIONARY;
        self.n_frames += 1;
        if is_skippable(self.input.peek(4)) {
            self.skip(is_dictionary)?;
            return Ok(true);
        }
        // The frame is begun here, so that a broken one is not found again when the next is looked for.
        self.input.consume(MAGIC.len());
        self.decoder.reinit()?;
        match self.decoder.run_on_buffers(MAGIC, &mut []) {
            Ok(_) => self.is_inside = true,
            Err(error) => return Err(self.damage(what(&error))),
        }
        Ok(true)
    }

    /// Passes over a frame without data, and takes the dictionary from it if it is one.
    fn skip(&mut self, is_dictionary: bool) -> io::Result<()> {
        let mut header = [0; 8];
        self.input.read_exact(&mut header).map_err(|_| Fault::damaged("a Zstandard frame is cut short"))?;
        let len = u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
        let mut content = self.input.by_ref().take(len);
        if !is_dictionary || len > MAX_DICTIONARY {
            io::copy(&mut content, &mut io::sink())?;
            return Ok(());
        }
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        if bytes.starts_with(MAGIC) {
            let packed = std::mem::take(&mut bytes);
            let inner = Zstd::new(Peeked::new(Box::new(packed.as_slice())))?;
            inner.take(MAX_DICTIONARY).read_to_end(&mut bytes)?;
        }
        // Other bytes would be taken for a dictionary of another kind.
        let decoder = bytes.starts_with(OF_DICTIONARY).then(|| Decoder::with_dictionary(&bytes));
        match decoder {
            Some(Ok(decoder)) => self.decoder = decoder,
            _ => return Err(Fault::damaged("the Zstandard dictionary in front is corrupt")),
        }
        Ok(())
    }

    /// Leaves a damaged frame.
    fn damage(&mut self, what: &str) -> io::Error {
        (self.is_inside, self.is_lost) = (false, true);
        Fault::damaged(format_args!("Zstandard frame {}: {what}", self.n_frames))
    }

    /// Unpacks into `to`; 0 if the frame gave nothing before its end.
    fn decode(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let packed = match self.input.fill_buf() {
                Ok(packed) => packed,
                Err(error) => {
                    // What lies in between is missing, and with it the rest of the frame.
                    if Fault::of(&error).is_some() {
                        (self.is_inside, self.is_lost) = (false, true);
                    }
                    return Err(error);
                }
            };
            let is_end = packed.is_empty();
            let status = match self.decoder.run_on_buffers(packed, to) {
                Ok(status) => status,
                Err(error) => return Err(self.damage(what(&error))),
            };
            self.input.consume(status.bytes_read);
            if status.remaining == 0 {
                (self.is_inside, self.is_lost) = (false, false);
                return Ok(status.bytes_written);
            }
            if status.bytes_written > 0 {
                return Ok(status.bytes_written);
            }
            if is_end {
                return Err(self.damage("cut short"));
            }
        }
    }
}

impl Read for Zstd<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !self.is_over && !to.is_empty() {
            if !self.is_inside {
                let opened = self.open();
                self.is_over = match &opened {
                    Ok(more) => !more,
                    Err(error) => ends(error),
                };
                opened?;
                continue;
            }
            let decoded = self.decode(to);
            self.is_over |= decoded.as_ref().is_err_and(ends);
            let n = decoded?;
            if n > 0 {
                return Ok(n);
            }
        }
        Ok(0)
    }
}

/// Whether there is no way past an error; damage was passed over.
fn ends(error: &io::Error) -> bool {
    Fault::of(error).is_none() && error.kind() != ErrorKind::Interrupted
}

fn is_skippable(four: &[u8]) -> bool {
    four.len() == 4 && four[0] & 0xf0 == 0x50 && four[1..] == DICTIONARY[1..]
}

/// What is wrong with a frame. The library tells it in words alone.
fn what(error: &io::Error) -> &'static str {
    let words = error.to_string();
    match words.as_str() {
        _ if words.contains("Dictionary mismatch") => "needs a dictionary",
        _ if words.contains("too much memory") => "needs over 128 MiB of memory",
        _ => "corrupt",
    }
}

#[cfg(test)]
mod tests {
    use ascribe_testkit::archive;
    use zstd::bulk::Compressor;

    use super::*;

    fn frame(text: &str) -> Vec<u8> {
        archive::zstd(text.as_bytes())
    }

    /// What comes out, each fault in brackets.
    fn unpack(bytes: &[u8]) -> String {
        let mut zstd = Zstd::new(Peeked::new(Box::new(bytes))).unwrap();
        let mut out = String::new();
        let mut buffer = [0; 50];
        loop {
            match zstd.read(&mut buffer) {
                Ok(0) => return out,
                Ok(n) => out += &String::from_utf8_lossy(&buffer[..n]),
                Err(error) => out += &format!("[{error}]"),
            }
        }
    }

    #[test]
    fn frames_follow_one_another() {
        let (a, b) = (frame("It rained. "), frame("A lot."));
        let note = [0x51, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        assert_eq!(unpack(&[&a[..], &note, &b].concat()), "It rained. A lot.");
        assert_eq!(unpack(b""), "");
    }

    #[test]
    fn damage_is_told_and_the_rest_comes() {
        let (a, b) = (frame(&"It rained. ".repeat(9)), frame("A lot."));
        let cut = unpack(&a[..a.len() - 6]);
        assert!(cut.ends_with("[Zstandard frame 1: cut short]"), "{cut}");
        let mut bad = a.clone();
        let at = bad.len() - 1;
        bad[at] ^= 1;
        let told = unpack(&[&bad[..], &b].concat());
        assert!(told.contains("[Zstandard frame 1: corrupt]") && told.ends_with("A lot."), "{told}");
        let junk = unpack(&[&b[..], b"junk", &b].concat());
        assert_eq!(junk, "A lot.[4 bytes between Zstandard frames are none]A lot.");
    }

    #[test]
    fn dictionaries_stand_in_front() {
        let samples: Vec<String> =
            (0..2000).map(|n| format!("It rained for the {n}. time in Harrow Bay, said Ada Lind.")).collect();
        let dictionary = zstd::dict::from_samples(&samples, 2000).unwrap();
        let packed =
            Compressor::with_dictionary(3, &dictionary).unwrap().compress(samples[7].as_bytes()).unwrap();
        let in_front =
            |bytes: &[u8]| [DICTIONARY, &(bytes.len() as u32).to_le_bytes(), bytes, &packed].concat();
        assert_eq!(unpack(&in_front(&dictionary)), samples[7]);
        assert_eq!(unpack(&in_front(&archive::zstd(&dictionary))), samples[7], "it may be packed itself");
        assert_eq!(unpack(&packed), "[Zstandard frame 1: needs a dictionary]");
        let corrupt = unpack(&in_front(b"junk"));
        assert!(corrupt.starts_with("[the Zstandard dictionary in front is corrupt]"), "{corrupt}");
    }

    #[test]
    fn windows_are_bounded() {
        // A frame's head that asks for a window of 2^41 bytes (RFC 8878, section 3.1.1.1.2), and nothing else.
        let huge = [MAGIC, &[0x00, 0xf8, 0x01, 0, 0]].concat();
        assert_eq!(unpack(&huge), "[Zstandard frame 1: needs over 128 MiB of memory]");
    }
}
