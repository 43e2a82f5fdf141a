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
    let sample = sample.to_lowercase();
    let detected = whichlang::detect_language(&sample);
    // Tables and lists of names have no language; the detector takes many for French.
    match detected {
        Lang::Eng => Some(Lang::Eng),
        other => [other, Lang::Eng].into_iter().find(|lang| has_function_words(*lang, &sample)),
    }
}

/// Whether a twentieth of the words are common function words of the language; true for languages
/// told by their script.
fn has_function_words(lang: Lang, sample: &str) -> bool {
    let list = match lang {
        Lang::Deu => "der die das den dem und von zu mit ist im in nicht ein eine auf für",
        Lang::Eng => {
            "the of and to in a for on was is are were with by at from that said has have it an as be"
        }
        Lang::Fra => "le la les des du de et un une dans est en pour que qui à au par sur",
        Lang::Ita => "il la le di che e un una del della per in è da non con i",
        Lang::Nld => "de het een en van in is op dat te voor met zijn",
        Lang::Por => "o a os as e que do da de em um uma para no na por com",
        Lang::Spa => "el la los las y que en de del un una por se con para a",
        Lang::Swe => "och att det som en ett i på är av för med den till",
        Lang::Tur => "ve bir bu için da de ile olarak daha çok olan",
        Lang::Vie => "và của là có không một những được cho các trong",
        Lang::Ara | Lang::Cmn | Lang::Hin | Lang::Jpn | Lang::Kor | Lang::Rus => return true,
    };
    let words = || sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let n_function = words().filter(|word| list.split(' ').any(|entry| entry == *word)).count();
    n_function * 20 >= words().count()
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

    #[test]
    fn tables_have_no_language() {
        let table = "qtly div 12 cts vs 12 cts prior\npay april 15\nrecord march 31";
        assert!(!has_function_words(Lang::Fra, table));
        assert!(!has_function_words(Lang::Eng, table));
        assert!(has_function_words(Lang::Fra, "le port est resté fermé toute la journée"));
    }
}
