//! Zstandard (RFC 8878): frames one behind the other, unpacked as a stream. A damaged frame costs no
//! other: behind it the next one is looked for. Frames that need a dictionary are told, not read,
//! unless it stands in front as the files of web archives have it
//! (<https://iipc.github.io/warc-specifications/specifications/warc-zstd/>).

use std::io::{self, ErrorKind, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use crate::input::{Fault, Peeked};

/// How every frame begins that holds data.
pub(crate) const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";
/// How the frame begins that holds the dictionary of a web archive.
const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";
/// Bytes of the longest dictionary, packed or not.
const MAX_DICTIONARY: u64 = 16 << 20;

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
    decoder: FrameDecoder,
    is_inside: bool,
    /// Frames begun.
    n_frames: u64,
    /// Whether damage was told since the last whole frame.
    is_lost: bool,
    is_over: bool,
}

impl<'a> Zstd<'a> {
    pub(crate) fn new(input: Peeked<'a>) -> Self {
        let decoder = FrameDecoder::new();
        Self { input, decoder, is_inside: false, n_frames: 0, is_lost: false, is_over: false }
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
        match self.decoder.reset(&mut self.input) {
            Ok(()) => self.is_inside = true,
            Err(error) => return Err(self.damage(&what(&error))),
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
            let inner = Zstd::new(Peeked::new(Box::new(packed.as_slice())));
            inner.take(MAX_DICTIONARY).read_to_end(&mut bytes)?;
        }
        let added = Dictionary::decode_dict(&bytes).ok().map(|dictionary| self.decoder.add_dict(dictionary));
        match added {
            Some(Ok(())) => Ok(()),
            _ => Err(Fault::damaged("the Zstandard dictionary in front is corrupt")),
        }
    }

    /// Leaves a damaged frame.
    fn damage(&mut self, what: &str) -> io::Error {
        (self.is_inside, self.is_lost) = (false, true);
        Fault::damaged(format_args!("Zstandard frame {}: {what}", self.n_frames))
    }

    /// Unpacks until something can be collected or the frame ends.
    fn decode(&mut self) -> Result<(), String> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.input, one).map_err(|error| what(&error))?;
        }
        let (told, found) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
        let is_whole = self.decoder.is_finished() && self.decoder.can_collect() == 0;
        if is_whole && told.is_some() && told != found {
            return Err("corrupt".to_owned());
        }
        Ok(())
    }
}

impl Read for Zstd<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while !self.is_over && !to.is_empty() {
            if !self.is_inside {
                let opened = self.open();
                // Damage was passed over; any other error has no way past it.
                self.is_over = match &opened {
                    Ok(more) => !more,
                    Err(error) => Fault::of(error).is_none() && error.kind() != ErrorKind::Interrupted,
                };
                opened?;
                continue;
            }
            if let Err(what) = self.decode() {
                return Err(self.damage(&what));
            }
            let n = self.decoder.read(to)?;
            if n > 0 {
                return Ok(n);
            }
            (self.is_inside, self.is_lost) = (false, false);
        }
        Ok(0)
    }
}

fn is_skippable(four: &[u8]) -> bool {
    four.len() == 4 && four[0] & 0xf0 == 0x50 && four[1..] == DICTIONARY[1..]
}

/// What is wrong with a frame.
fn what(error: &FrameDecoderError) -> String {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        let read = error.downcast_ref::<io::Error>();
        if read.is_some_and(|read| read.kind() == ErrorKind::UnexpectedEof) {
            return "cut short".to_owned();
        }
        cause = error.source();
    }
    match error {
        FrameDecoderError::DictNotProvided { .. } => "needs a dictionary".to_owned(),
        FrameDecoderError::WindowSizeTooBig { requested, .. } => {
            format!("needs {} MiB of memory", requested >> 20)
        }
        FrameDecoderError::ReadFrameHeaderError(
            ReadFrameHeaderError::MagicNumberReadError(_) | ReadFrameHeaderError::FrameDescriptorReadError(_),
        ) => "cut short".to_owned(),
        _ => "corrupt".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn frame(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
    }

    /// What comes out, each fault in brackets.
    fn unpack(bytes: &[u8]) -> String {
        let mut zstd = Zstd::new(Peeked::new(Box::new(bytes)));
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
}
