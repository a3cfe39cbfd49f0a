//! The language of a text, from its commonest small words.

use chapeau_document::{Origin, Sourced};

use super::recognised;
use crate::describe::words::Words;

/// How much of a text is looked at, in bytes: the share of small words is steady long before.
const SAMPLE: usize = 16 << 10;
/// Least share of its words that are the small words of a language: treaties have a third,
/// slides of bare nouns a tenth.
const LEAST_SHARE: f64 = 0.06;

const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "shall", "by", "for", "be", "or", "with", "that", "this", "on", "as",
    "is", "which", "from", "are", "any", "its", "at", "not", "we", "will", "may", "their",
];
const FRENCH: &[&str] = &[
    "le", "la", "les", "de", "des", "du", "et", "à", "en", "l", "d", "que", "dans", "aux", "au", "par",
    "sur", "pour", "est", "une", "un", "ou", "qui", "ce", "cette", "sont", "ne", "pas",
];
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "de", "del", "y", "en", "que", "a", "por", "para", "se", "con", "una", "un",
    "o", "al", "su", "sus", "no", "lo", "este", "como", "será", "es",
];

/// The language of `text`; English where nothing tells.
pub(super) fn of(text: &str) -> Sourced<String> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let words = Words::of(sample);
    let n_words = words.len().max(1) as f64;
    let share = |list: &[&str]| {
        (0..words.len()).filter(|place| list.contains(&words.at(*place))).count() as f64 / n_words
    };
    let shares = [("en", share(ENGLISH)), ("fr", share(FRENCH)), ("es", share(SPANISH))];
    let best = shares.into_iter().max_by(|(_, one), (_, other)| one.total_cmp(other));
    if let Some((code, _)) = best.filter(|(_, share)| *share >= LEAST_SHARE && words.len() >= 3) {
        return Sourced::new(code.to_owned(), Origin::Recognised);
    }
    other(sample).and_then(recognised).unwrap_or_else(|| Sourced::new("en".to_owned(), Origin::Assumed))
}

/// Any other language, by its letters, where that is reliable.
fn other(sample: &str) -> Option<String> {
    use whatlang::Lang;
    let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    let code = match info.lang() {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Deu => "de",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Tur => "tr",
        Lang::Pol => "pl",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        _ => return None,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(of(text).value, expected, "{text}");
    }

    #[test]
    fn small_words_tell_the_language() {
        check("Members will maintain the current practice until our next session.", "en");
        check("Les Membres maintiendront la pratique actuelle jusqu'à la prochaine session.", "fr");
        check("Los Miembros mantendrán la práctica actual hasta el próximo período.", "es");
        check(
            "Die Vertragsparteien stellen sicher, dass keine Zölle auf elektronische Übertragungen erhoben werden",
            "de",
        );
    }

    #[test]
    fn a_text_that_tells_nothing_is_taken_for_english() {
        assert_eq!(of("Annex 1"), Sourced::new("en".to_owned(), Origin::Assumed));
        assert_eq!(of("").origin, Origin::Assumed);
    }
}
