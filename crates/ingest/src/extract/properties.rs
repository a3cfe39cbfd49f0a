//! What a file says of itself, and whether to believe it.

use crate::lists;
use chapeau_document::{Origin, Sourced, Sureness};

/// A value that the file itself carries in a field for it. People fill such fields in, or forget
/// to: what the text plainly prints is surer.
pub(super) fn embedded<T>(value: T) -> Option<Sourced<T>> {
    Some(Sourced::new(value, Origin::Embedded).but(Sureness::Likely))
}

/// A value of the properties that programs write, which often is its template's.
pub(super) fn property<T>(value: T) -> Option<Sourced<T>> {
    Some(Sourced::new(value, Origin::Embedded).but(Sureness::Doubtful))
}

/// A value that the file carries about itself, which its words may put right.
pub(super) fn likely<T>(value: T) -> Option<Sourced<T>> {
    Some(Sourced::new(value, Origin::Embedded).but(Sureness::Likely))
}

/// Longer ones, in bytes, are no titles but texts that strayed into the field.
const LONGEST_TITLE: usize = 500;

/// The title in one line, unless it is a program's default or a file name.
pub(super) fn title(found: &str) -> Option<String> {
    let title = found.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = title.to_lowercase();
    let numbered = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_default = lists::PROGRAMS_TITLES.contains(&numbered) || lower.starts_with("microsoft word - ");
    let endings =
        [".doc", ".docx", ".dot", ".rtf", ".htm", ".html", ".pdf", ".odt", ".wpd", ".ppt", ".pptx", ".xml"];
    let is_file = endings.iter().any(|ending| lower.ends_with(ending)) || names_celex(&title);
    let has_words = title.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    (has_words && title.len() <= LONGEST_TITLE && !is_default && !is_file).then_some(title)
}

/// Whether a title only says which number of CELEX, the catalogue of EU law, a page shows: "EUR-Lex -
/// 32002F0584 - DE".
fn names_celex(title: &str) -> bool {
    title.split(|c: char| !c.is_ascii_alphanumeric()).any(is_celex)
}

/// "32002F0584", "52021PC0206", "02013R0575": sector and year, letters of the kind, number.
pub(super) fn is_celex(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_number =
        |digits: &str, length| digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    word.len() - rest.len() == 5 && matches!(rest.len() - number.len(), 1 | 2) && is_number(number, 4)
}

/// A text shorter than this, in bytes, says too little of its language to contradict the file.
const SAYS_LANGUAGE_FROM: usize = 400;

/// The two letters of a language code, unless the text is plainly in another language: templates
/// declare the language of whoever made them.
pub(super) fn language(declared: &str, text: &str) -> Option<String> {
    let code = declared.split(['-', '_', ',', ' ']).next()?.to_ascii_lowercase();
    let code = match code.as_str() {
        "eng" => "en",
        "fra" | "fre" => "fr",
        "spa" | "esp" => "es",
        two if two.len() == 2 && two.bytes().all(|byte| byte.is_ascii_lowercase()) => two,
        _ => return None,
    };
    let sample = &text[..text.floor_char_boundary(20_000)];
    let found =
        whatlang::detect(sample).filter(|found| sample.len() >= SAYS_LANGUAGE_FROM && found.is_reliable());
    let contradicts = found.is_some_and(|found| two_letters(found.lang()).is_some_and(|other| other != code));
    (!contradicts).then(|| code.to_owned())
}

/// Codes of the languages that the corpus is mostly in (ISO 639-1); others are never contradicted.
fn two_letters(language: whatlang::Lang) -> Option<&'static str> {
    match language {
        whatlang::Lang::Eng => Some("en"),
        whatlang::Lang::Fra => Some("fr"),
        whatlang::Lang::Spa => Some("es"),
        whatlang::Lang::Por => Some("pt"),
        whatlang::Lang::Deu => Some("de"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_and_file_names_are_no_titles() {
        assert_eq!(title(" Work\n Programme ").as_deref(), Some("Work Programme"));
        for found in [
            "Document1",
            "Microsoft Word - draft",
            "untitled",
            "w12.doc",
            "12",
            "",
            "Sans titre",
            "L_2030001EN.01000101.xml",
            "Consolidated TEXT: 32030R0012 - EN - 01.01.2031",
            "EUR-Lex - 52030PC0206 - EN",
        ] {
            assert_eq!(title(found), None, "{found}");
        }
    }

    #[test]
    fn a_language_is_believed_unless_the_text_contradicts() {
        let spanish = "Los ministros acordaron mantener hasta el próximo período de sesiones la práctica actual \
            de no imponer derechos de aduana a las transmisiones electrónicas, y encargaron al Consejo General que \
            examinara cómo había avanzado el programa de trabajo desde la última reunión. También pidieron a la \
            secretaría que preparase un informe sobre las necesidades de los países en desarrollo, y decidieron que \
            el debate continuaría cuando todos los gobiernos hubieran hecho llegar sus observaciones por escrito.";
        assert_eq!(language("en-GB", "short").as_deref(), Some("en"));
        assert_eq!(language("en", spanish), None);
        assert_eq!(language("es_MX", spanish).as_deref(), Some("es"));
        assert_eq!(language("xx-unknown-thing", "").as_deref(), Some("xx"));
        assert_eq!(language("English", ""), None);
    }
}
