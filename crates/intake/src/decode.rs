use ascribe_record::{Note, Span};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8};

/// So many places of undecodable bytes are told; a file in the wrong encoding has thousands.
const MAX_PLACES: usize = 100;

/// Bytes as text, and how that went.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    /// Without a byte-order mark.
    pub(crate) text: String,
    /// What to tell the user: the encoding if it is not UTF-8, and bytes that it does not know.
    pub(crate) notes: Vec<Note>,
}

/// Decodes by byte-order mark, else as UTF-8 if valid, else by what the server said (`charset`), else
/// by what markup says of itself, else by how the bytes look.
pub(crate) fn decode(bytes: Vec<u8>, is_markup: bool, charset: Option<&str>) -> Decoded {
    let (encoding, bom) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
    if encoding != UTF_8 {
        return decode_as(encoding, &bytes[bom..]);
    }
    let bytes = if bom > 0 { bytes[bom..].to_vec() } else { bytes };
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, notes: Vec::new() },
        Err(error) => {
            let bytes = error.into_bytes();
            decode_as(guess(&bytes, is_markup, charset), &bytes)
        }
    }
}

/// The encoding of bytes that are not valid UTF-8.
fn guess(bytes: &[u8], is_markup: bool, charset: Option<&str>) -> &'static Encoding {
    if is_nearly_utf8(bytes) {
        return UTF_8;
    }
    let told = charset.and_then(|charset| Encoding::for_label(charset.as_bytes()));
    let told = told.filter(|e| *e != UTF_8).or_else(|| is_markup.then(|| declared(bytes)).flatten());
    if let Some(encoding) = told.filter(|e| *e != UTF_8) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether a few bytes are broken in what is UTF-8 otherwise, as when a file was cut off.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut n_wide, mut n_broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_wide += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_wide > 2 * n_broken
}

/// The encoding that a page or an XML declaration gives in the first kilobytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let of_xml = || head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0.split_once("encoding=");
    let (_, value) = head.split_once("charset=").or_else(of_xml)?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut read, mut places) = (0, Vec::new());
    loop {
        // At least 16 bytes free: the decoder always gets on.
        text.reserve((bytes.len() - read).max(16));
        let (result, n_read) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += n_read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                places.push(Span::new(text.len(), text.len() + '\u{fffd}'.len_utf8()));
                text.push('\u{fffd}');
            }
        }
    }
    Decoded { text, notes: notes(encoding, places) }
}

fn notes(encoding: &'static Encoding, mut places: Vec<Span>) -> Vec<Note> {
    let mut notes = Vec::new();
    if encoding != UTF_8 {
        notes.push(Note::new("decoded_from", format!("read as {}", encoding.name().to_ascii_lowercase())));
    }
    if !places.is_empty() {
        let message = format!("bytes that are not {} stood in {} places", encoding.name(), places.len());
        places.truncate(MAX_PLACES);
        notes.push(Note::new("undecodable_bytes", message).at(places));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(decoded: &Decoded) -> Vec<&str> {
        decoded.notes.iter().map(|n| n.code.as_str()).collect()
    }

    #[test]
    fn encodings() {
        let utf16 = |text: &str, little: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(|u: u16| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
        };
        let cases: &[(Vec<u8>, bool, &str, &str)] = &[
            (b"caf\xc3\xa9\r\n".to_vec(), false, "café\r\n", ""),
            (b"\xef\xbb\xbfcaf\xc3\xa9".to_vec(), false, "café", ""),
            (utf16("café", true), false, "café", "read as utf-16le"),
            (utf16("café", false), false, "café", "read as utf-16be"),
            (
                b"\x93It rained,\x94 she said \x96 a lot.".to_vec(),
                false,
                "“It rained,” she said – a lot.",
                "read as windows-1252",
            ),
            (
                b"<meta charset='koi8-r'>\xc4\xc1".to_vec(),
                true,
                "<meta charset='koi8-r'>да",
                "read as koi8-r",
            ),
            (
                b"<?xml version='1.0' encoding='koi8-r'?>\xc4\xc1".to_vec(),
                true,
                "<?xml version='1.0' encoding='koi8-r'?>да",
                "read as koi8-r",
            ),
            (Vec::new(), false, "", ""),
        ];
        for (bytes, is_markup, text, message) in cases {
            let decoded = decode(bytes.clone(), *is_markup, None);
            assert_eq!(decoded.text, *text);
            assert_eq!(decoded.notes.first().map_or("", |n| n.message.as_str()), *message);
        }
    }

    #[test]
    fn the_server_is_asked_before_the_page() {
        let page = b"<meta charset='koi8-r'>\xe9";
        assert!(decode(page.to_vec(), true, Some("windows-1252")).text.ends_with('é'));
        assert!(decode(page.to_vec(), true, Some("no such")).text.ends_with('И'));
        assert_eq!(decode("é".into(), true, Some("windows-1252")).text, "é", "UTF-8 tells itself");
    }

    #[test]
    fn a_cut_character_stays_utf8() {
        let mut bytes = "Zoë Lind, Émile Åse: naïve".as_bytes().to_vec();
        bytes.extend(b"\xe2\x80");
        let decoded = decode(bytes, false, None);
        assert_eq!(codes(&decoded), ["undecodable_bytes"]);
        let [span] = decoded.notes[0].spans[..] else { panic!("one place") };
        assert_eq!(span.of(&decoded.text), "\u{fffd}");
    }

    #[test]
    fn places_are_bounded() {
        let bytes: Vec<u8> = std::iter::repeat_n("éé éé éé \u{e9}".as_bytes(), 500)
            .flat_map(|s| s.iter().copied().chain([0xff]))
            .collect();
        let decoded = decode(bytes, false, None);
        assert_eq!(decoded.notes[0].spans.len(), MAX_PLACES);
        assert!(decoded.notes[0].message.contains("500 places"));
    }
}
