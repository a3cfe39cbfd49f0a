//! The two forms of a word, exact and stem, remembered from word to word.

use std::cell::Cell;
use std::sync::Arc;

use rust_stemmers::{Algorithm, Stemmer};

use super::words::{self, Splitter};
use super::{Language, fold, spelling};

/// The exact form and the stem of one word.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub(super) exact: Arc<str>,
    pub(super) stem: Arc<str>,
}

impl Forms {
    /// A symbol has one form: its normal one, in small letters.
    pub(super) fn of_symbol(symbol: &str) -> Self {
        let form: Arc<str> = symbol.to_lowercase().into();
        Self { exact: form.clone(), stem: form }
    }
}

/// Words remembered at a time. Legal texts repeat themselves: 16,384 places, each taken by the
/// word that last fell on it, answer some 98 of 100 words, and bound the memory.
const PLACES: usize = 1 << 14;

/// Longer words are cut: they are no words but data, and Tantivy would drop them.
const MOST_BYTES: usize = 255;

/// Makes forms, and remembers them.
pub(super) struct Former {
    places: Vec<Option<Remembered>>,
    stemmers: [Stemmer; 3],
    /// Buffers of the step before, which live as long.
    pub(super) splitter: Splitter,
}

struct Remembered {
    word: Box<str>,
    language: Language,
    in_capitals: bool,
    forms: Forms,
}

thread_local! {
    static IDLE: Cell<Option<Box<Former>>> = const { Cell::new(None) };
}

impl Former {
    /// Lends this thread's one to `work`; a nested call gets a fresh one.
    pub(super) fn with<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        let mut former = IDLE.take().unwrap_or_else(|| Box::new(Self::new()));
        let result = work(&mut former);
        IDLE.set(Some(former));
        result
    }

    fn new() -> Self {
        let algorithms = [Algorithm::English, Algorithm::French, Algorithm::Spanish];
        Self {
            places: std::iter::repeat_with(|| None).take(PLACES).collect(),
            stemmers: algorithms.map(Stemmer::create),
            splitter: Splitter::default(),
        }
    }

    /// The forms of a word. `in_capitals`: the whole text is, so capitals make no acronym.
    pub(super) fn forms(&mut self, word: &str, language: Language, in_capitals: bool) -> &Forms {
        let place = place(word, language, in_capitals);
        let known = self.places[place].as_ref().is_some_and(|known| {
            *known.word == *word && known.language == language && known.in_capitals == in_capitals
        });
        if !known {
            let forms = self.make(word, language, in_capitals);
            self.places[place] = Some(Remembered { word: word.into(), language, in_capitals, forms });
        }
        &self.places[place].as_ref().expect("filled above").forms
    }

    fn make(&self, word: &str, language: Language, in_capitals: bool) -> Forms {
        let mut lowered = fold::lower(word);
        lowered.truncate(lowered.floor_char_boundary(MOST_BYTES));
        let exact = fold::plain(&lowered, language == Language::Spanish);
        let stem = match acronym(word).filter(|_| !in_capitals) {
            Some(letters) => letters.to_ascii_lowercase(),
            // "0102.29" is also written "010229".
            None if words::is_tariff_code(word) => word.replace('.', ""),
            None => self.stem(&lowered, &exact, language),
        };
        Forms { exact: exact.into(), stem: stem.into() }
    }

    fn stem(&self, lowered: &str, exact: &str, language: Language) -> String {
        let [english, french, spanish] = &self.stemmers;
        match language {
            Language::English => english.stem(&spelling::one_spelling(exact)).into_owned(),
            Language::French => fold::plain(&french.stem(&french_accent(lowered)), false),
            Language::Spanish => fold::plain(&spanish.stem(&spanish_accent(lowered)), true),
            Language::Other => exact.to_owned(),
        }
    }
}

/// FNV-1a of the word, with what else decides its forms.
fn place(word: &str, language: Language, in_capitals: bool) -> usize {
    let seed = 0xcbf2_9ce4_8422_2325_u64 ^ ((language as u64) << 1 | u64::from(in_capitals));
    let hash = word.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    usize::try_from((hash ^ (hash >> 32)) % PLACES as u64).expect("below PLACES")
}

/// The letters of an acronym: two to six capitals, without the small `s` of its plural.
fn acronym(word: &str) -> Option<&str> {
    let letters = word.strip_suffix('s').unwrap_or(word);
    let fits = (2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    fits.then_some(letters)
}

/// French stemming hangs on the last accent, which is often left out: "securite".
fn french_accent(word: &str) -> String {
    for (without, with) in [("ite", "ité"), ("ites", "ités")] {
        if let Some(before) = word.strip_suffix(without).filter(|before| before.len() > 3) {
            return format!("{before}{with}");
        }
    }
    word.to_owned()
}

/// So does Spanish stemming: "negociacion".
fn spanish_accent(word: &str) -> String {
    for (without, with) in [("cion", "ción"), ("sion", "sión")] {
        if let Some(before) = word.strip_suffix(without) {
            return format!("{before}{with}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, language: Language, exact: &str, stem: &str) {
        let forms = Former::with(|former| former.forms(word, language, false).clone());
        assert_eq!((&*forms.exact, &*forms.stem), (exact, stem), "of {word:?}");
    }

    #[test]
    fn words_are_stemmed_by_language() {
        check("Customs", Language::English, "customs", "custom");
        check("Organisations", Language::English, "organisations", "organ");
        check("Décisions", Language::French, "decisions", "decis");
        check("Negociación", Language::Spanish, "negociacion", "negoci");
        check("años", Language::Spanish, "años", "años");
        check("customs", Language::Other, "customs", "customs");
    }

    #[test]
    fn acronyms_are_not_stemmed() {
        check("TRIPS", Language::English, "trips", "trips");
        check("LDCs", Language::English, "ldcs", "ldc");
        check("trips", Language::English, "trips", "trip");
        let in_capitals = Former::with(|former| former.forms("GOODS", Language::English, true).clone());
        assert_eq!(&*in_capitals.stem, "good");
    }

    #[test]
    fn a_missing_accent_does_not_matter() {
        for (a, b, language) in [
            ("sécurité", "securite", Language::French),
            ("priorités", "priorites", Language::French),
            ("négociations", "negociations", Language::French),
            ("negociación", "NEGOCIACION", Language::Spanish),
            ("negociación", "negociaciones", Language::Spanish),
        ] {
            let stem = |word: &str| Former::with(|former| former.forms(word, language, true).stem.clone());
            assert_eq!(stem(a), stem(b), "{a} and {b}");
        }
    }
}
