//! Captions of figures, which head nothing but the figure.

use crate::label::folded;
use crate::lists;

/// Whether a line is the caption of a figure: "Figure 3 - Cost of lamps".
pub(super) fn is_caption(text: &str) -> bool {
    let (first, rest) = text.split_once([' ', '\u{a0}']).unwrap_or((text, ""));
    let has_number = rest
        .trim_start_matches(['N', 'n', 'o', '°', 'º', '.', ' '])
        .starts_with(|c: char| c.is_ascii_digit());
    has_number && lists::CAPTIONS.contains(&folded(first.trim_end_matches('.')).as_str())
}

#[cfg(test)]
mod tests {
    use super::is_caption;

    #[test]
    fn captions_begin_with_what_they_are_and_a_number() {
        for caption in ["Figure 3 - Cost of lamps", "Fig. 2: Wicks", "Gráfico N° 4. Aceite", "Graphique 1.1"]
        {
            assert!(is_caption(caption), "{caption}");
        }
        for heading in ["Figures of 2030", "Chart of accounts", "3 Lamps", "Figure"] {
            assert!(!is_caption(heading), "{heading}");
        }
    }
}
