//! The language of a text, from its commonest small words.

use std::collections::HashMap;
use std::sync::LazyLock;

use chapeau_document::{Metadata, Origin, Sourced};

use super::recognised;
use crate::describe::words::Words;

/// How much of a text is looked at, in bytes: the share of small words is steady long before.
const SAMPLE: usize = 16 << 10;
/// Least share of its words that are the small words of a language: treaties have a third,
/// slides of bare nouns a tenth.
const LEAST_SHARE: f64 = 0.06;
/// From this share on a text is in a language, whatever its file says of itself ...
const PLAIN_SHARE: f64 = 0.15;
/// ... if it has that many words ...
const PLAIN_WORDS: usize = 30;
/// ... and no other language comes near.
const NEAR: f64 = 0.7;

// Which they are stands in `registry/languages.toml`.
include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The languages of which a word is a small word, as bits.
static BITS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
    let mut bits = HashMap::new();
    for (index, (_, words)) in SMALL.iter().enumerate() {
        for word in *words {
            *bits.entry(*word).or_default() |= 1 << index;
        }
    }
    bits
});

/// The language of `text`; English where nothing tells.
pub(super) fn of(text: &str) -> Sourced<String> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let counted = Counted::of(sample);
    if let Some((code, share)) = counted.best()
        && share >= LEAST_SHARE
    {
        return Sourced::new(code.to_owned(), Origin::Recognised);
    }
    other(sample).and_then(recognised).unwrap_or_else(|| Sourced::new("en".to_owned(), Origin::Assumed))
}

/// The language of a document whose file may name one. Programs write the language of their user there,
/// templates that of their author: a text that is plainly in another language is believed first.
pub(super) fn settle(metadata: &mut Metadata, text: &str) {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let Some(told) = &metadata.language else {
        metadata.language = Some(of(text));
        return;
    };
    let is_plain = Counted::of(sample).plain().or_else(|| other(sample).filter(|code| is_script(code)));
    if let Some(code) = is_plain
        && code != told.value
    {
        metadata.language = recognised(code);
    }
}

/// How many words of a text are small words of which language.
struct Counted {
    n_words: usize,
    n_small: [usize; MOST],
}

/// As many languages as a byte has bits, which `build.rs` sees to.
const MOST: usize = 8;

impl Counted {
    fn of(sample: &str) -> Self {
        let words = Words::of(sample);
        let mut counted = Self { n_words: 0, n_small: [0; MOST] };
        for place in 0..words.len() {
            if is_loose_letter(&words, place) {
                continue;
            }
            counted.n_words += 1;
            let bits = BITS.get(words.at(place)).copied().unwrap_or_default();
            for (index, n_small) in counted.n_small.iter_mut().enumerate() {
                *n_small += usize::from(bits >> index & 1);
            }
        }
        counted
    }

    fn share(&self, index: usize) -> f64 {
        self.n_small[index] as f64 / self.n_words.max(1) as f64
    }

    /// The language with most small words, English of equals, with their share.
    fn best(&self) -> Option<(&'static str, f64)> {
        let best = (0..SMALL.len()).max_by_key(|index| (self.n_small[*index], SMALL[*index].0 == "en"))?;
        (self.n_words >= 3).then(|| (SMALL[best].0, self.share(best)))
    }

    /// The language that the text is in beyond doubt.
    fn plain(&self) -> Option<String> {
        let (code, share) = self.best()?;
        let others = (0..SMALL.len()).filter(|index| SMALL[*index].0 != code);
        let second = others.map(|index| self.share(index)).fold(0.0, f64::max);
        let is_plain = self.n_words >= PLAIN_WORDS && share >= PLAIN_SHARE && second <= NEAR * share;
        is_plain.then(|| code.to_owned())
    }
}

/// Letters set apart, figures, and the letters of a list ("(a)", "(b)") are no words.
fn is_loose_letter(words: &Words<'_>, place: usize) -> bool {
    let is_letter = |place: usize| words.at(place).chars().count() == 1;
    let is_figure = words.at(place).starts_with(|c: char| c.is_ascii_digit());
    let is_mark = words.gap(place + 1).starts_with([')', '.']);
    let beside = is_letter(place + 1) || place > 0 && is_letter(place - 1);
    is_figure || is_letter(place) && (is_mark || beside)
}

/// Whether a language is known by its letters, not by its words.
fn is_script(code: &str) -> bool {
    ["ru", "uk", "zh", "ja", "ko", "ar"].contains(&code)
}

/// Any other language, by its letters, where that is reliable. Languages that are known by their small
/// words have not got enough of them here: their letters alone tell nothing.
fn other(sample: &str) -> Option<String> {
    use whatlang::Lang;
    let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    let code = match info.lang() {
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
    let enough = is_script(code) || sample.len() >= SAYS_FROM;
    enough.then(|| code.to_owned())
}

/// A shorter text, in bytes, is not told by the frequencies of its letters.
const SAYS_FROM: usize = 400;

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
        check("As Partes asseguram que os direitos não são cobrados pelas suas autoridades.", "pt");
        check("Le Parti garantiscono che i dazi non sono riscossi dalle loro autorità.", "it");
        check("Стороны обеспечивают, чтобы пошлины не взимались.", "ru");
        check("各当事国は、関税を課さないことを約束する。", "ja");
    }

    #[test]
    fn letters_are_no_words() {
        check(
            "Definitions\n\n(a) \"lantern\" means a light;\n\n(e) \"shade\" means a screen;\n\n(y) \"wick\" means a cord.",
            "en",
        );
        check("A l l M e m b e r s o f t h e G u i l d\n\nThe members of the guild pay a fee.", "en");
    }

    #[test]
    fn a_text_that_tells_nothing_is_taken_for_english() {
        assert_eq!(of("Annex 1"), Sourced::new("en".to_owned(), Origin::Assumed));
        assert_eq!(of("").origin, Origin::Assumed);
        assert_eq!(of("Lanternarum tabula 12.34 kg").value, "en");
    }

    fn settled(told: &str, text: &str) -> String {
        let told = Sourced::new(told.to_owned(), Origin::Embedded);
        let mut metadata = Metadata { language: Some(told), ..Metadata::default() };
        settle(&mut metadata, text);
        metadata.language().to_owned()
    }

    #[test]
    fn a_text_is_believed_before_its_file() {
        let english = "The Guild recommends that each town keep its lanterns lit. It urges the towns to report to the \
                       Guild before the end of the year, and decides to review the state of the lanterns in May.";
        assert_eq!(settled("fr", english), "en");
        assert_eq!(settled("en", english), "en");
        let spanish = "Los ministros acordaron mantener hasta el próximo año la práctica de no cobrar por las lámparas, \
                       y encargaron al consejo que examinara cómo se habían repartido los gastos entre las ciudades.";
        assert_eq!(settled("en", spanish), "es");
        assert_eq!(settled("en", "各當事國應以善意履行條約，並將其意思通知其他當事國及保管機關。"), "zh");
    }

    #[test]
    fn a_file_is_believed_where_its_text_says_little() {
        assert_eq!(settled("fr", "Lanternes 12 34 56"), "fr");
        assert_eq!(settled("de", "Lampen, Dochte, Schirme"), "de");
        assert_eq!(settled("sw", "Taa zote ziwe safi, na kila mji utoe taarifa kwa chama kila mwaka."), "sw");
    }
}
