//! Text without characters that do something instead of being read.

use std::borrow::Cow;

/// Text without characters that a terminal or a page obeys: controls are shown as U+FFFD, marks
/// without width or that turn the direction of text are left out. Line ends, tabs and page breaks
/// stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|letter| is_control(letter) || is_hidden(letter)) {
        return Cow::Borrowed(text);
    }
    let shown = |letter| if is_control(letter) { '\u{FFFD}' } else { letter };
    Cow::Owned(text.chars().filter(|letter| !is_hidden(*letter)).map(shown).collect())
}

/// C0 and C1 controls and the two Unicode line ends.
pub fn is_control(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\t' | '\u{C}'))
        || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Marks that have no width or that turn the direction of text (Unicode 16: Bidi_Control,
/// Default_Ignorable_Code_Point, the tags), and interlinear annotation.
pub fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}
