use ascribe_record::Note;
use whichlang::Lang;

/// Fewer letters tell nothing.
const MIN_LETTERS: usize = 40;
/// Bytes that are looked at.
const SAMPLE: usize = 8000;

/// ISO 639-1 code of the text's language and a note if it is not English.
///
/// `declared` is what the page says of itself; it counts where the text is short, and for languages
/// that the detector does not know and would take for a kindred one.
pub(crate) fn language_of(text: &str, declared: Option<&str>) -> (Option<String>, Option<Note>) {
    let declared = declared.and_then(primary_subtag);
    let is_unknown = |code: &String| !whichlang::LANGUAGES.iter().any(|lang| name_of(*lang).0 == code);
    let (code, name) = match declared {
        Some(code) if is_unknown(&code) => (code, None),
        declared => match detect(text) {
            Some(lang) => (name_of(lang).0.to_owned(), Some(name_of(lang).1)),
            None => match declared {
                Some(code) => (code, None),
                None => return (None, None),
            },
        },
    };
    let note = (code != "en").then(|| {
        let language = name.map_or(code.clone(), |name| format!("{name} ({code})"));
        Note::new("language_not_read", format!("the text looks like {language}; only English is read"))
    });
    (Some(code), note)
}

fn detect(text: &str) -> Option<Lang> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    if sample.chars().filter(|c| c.is_alphabetic()).take(MIN_LETTERS).count() < MIN_LETTERS {
        return None;
    }
    // Wires of the 1980s are in capitals, which the detector takes for another language.
    Some(whichlang::detect_language(&sample.to_lowercase()))
}

/// `en` of `en-GB`, if it is a two-letter code.
fn primary_subtag(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

fn name_of(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Ara => ("ar", "Arabic"),
        Lang::Cmn => ("zh", "Chinese"),
        Lang::Deu => ("de", "German"),
        Lang::Eng => ("en", "English"),
        Lang::Fra => ("fr", "French"),
        Lang::Hin => ("hi", "Hindi"),
        Lang::Ita => ("it", "Italian"),
        Lang::Jpn => ("ja", "Japanese"),
        Lang::Kor => ("ko", "Korean"),
        Lang::Nld => ("nl", "Dutch"),
        Lang::Por => ("pt", "Portuguese"),
        Lang::Rus => ("ru", "Russian"),
        Lang::Spa => ("es", "Spanish"),
        Lang::Swe => ("sv", "Swedish"),
        Lang::Tur => ("tr", "Turkish"),
        Lang::Vie => ("vi", "Vietnamese"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let english = "The harbour was closed for a whole day because it rained so much, officials said.";
        let french = "Le port est resté fermé toute la journée à cause de la pluie, ont dit les autorités.";
        let shouted = english.to_uppercase();
        let cases = [
            (english, None, Some("en"), None),
            (english, Some("en-GB"), Some("en"), None),
            (shouted.as_str(), None, Some("en"), None),
            (french, None, Some("fr"), Some("the text looks like French (fr); only English is read")),
            (french, Some("en"), Some("fr"), Some("the text looks like French (fr); only English is read")),
            (english, Some("pl"), Some("pl"), Some("the text looks like pl; only English is read")),
            ("It rained.", None, None, None),
            ("It rained.", Some("en"), Some("en"), None),
            ("Il pleut.", Some("fr-FR"), Some("fr"), Some("the text looks like fr; only English is read")),
            ("", Some("x"), None, None),
        ];
        for (text, declared, code, message) in cases {
            let (got, note) = language_of(text, declared);
            assert_eq!(got.as_deref(), code, "{text}");
            assert_eq!(note.map(|n| n.message), message.map(str::to_owned), "{text}");
        }
    }
}
