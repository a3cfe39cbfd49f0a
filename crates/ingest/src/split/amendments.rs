//! Notes that the editors of consolidated laws put between the provisions: "Párrafo reformado DOF
//! 30-12-1996", "(Nota Infoleg: ...)". They are no paragraphs of the law.

use crate::label::folded;
use crate::lists;

/// Longest such note that names a gazette, in bytes.
const LONGEST: usize = 300;

/// Whether a paragraph is such a note.
pub(super) fn is_note(text: &str) -> bool {
    if text.starts_with("(Nota Infoleg") || text.starts_with("Nota Infoleg") {
        return true;
    }
    let names_gazette = || text.split(' ').any(|word| lists::GAZETTES.contains(&word));
    if text.len() > LONGEST || !text.starts_with(char::is_uppercase) || !names_gazette() {
        return false;
    }
    let words = folded(text);
    let first = words.split(' ').next().unwrap_or_default();
    let is_fix = words.starts_with("fe de erratas");
    is_fix
        || lists::AMENDED_PARTS.contains(&first) && lists::AMENDED_HOW.iter().any(|done| words.contains(done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_name_what_was_amended_and_where_it_was_printed() {
        for note in [
            "Párrafo reformado DOF 03-05-2050, 04-06-2051",
            "Fracción adicionada DOF 03-05-2050. Reformada DOF 04-06-2051",
            "Denominación del Capítulo reformada DOF 03-05-2050",
            "(Nota Infoleg: por art. 1º del Decreto Nº 9/2050 se apagan los faroles.)",
        ] {
            assert!(is_note(note), "{note}");
        }
        for text in [
            "Párrafo reformado por el gremio.",
            "El artículo reformado se publicará en el DOF de la ciudad.",
            "Artículo 5o. Los faroles arden.",
        ] {
            assert!(!is_note(text), "{text}");
        }
    }
}
