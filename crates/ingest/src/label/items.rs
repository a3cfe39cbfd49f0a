//! The dashes and bullets that items of a list begin with.

use super::{Class, Marker, Style};

/// A dash or a bullet and the space after it.
pub(super) fn item(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let class = match first {
        '-' | '–' | '—' | '―' => Class::Dash,
        '•' | '·' | '▪' | '●' | '◦' | '‣' | '■' | '□' | '➢' | '►' | '*' | '\u{FFFD}' => {
            Class::Bullet
        }
        // A sign of some font of signs, alone before words.
        _ if is_private(first) => Class::Bullet,
        _ => return None,
    };
    let len = first.len_utf8();
    let after = &line[len..];
    let body = line.len() - after.trim_start().len();
    if is_private(first) && body == len {
        return None;
    }
    let is_parted = after.is_empty()
        || body > len
        || (class == Class::Dash && (after.starts_with(['"', '“', '«']) || is_glued_phrase(after)))
        || (class == Class::Bullet && !matches!(first, '*' | '·' | '\u{FFFD}'));
    let style = Style { class, opened: false, close: b' ' };
    is_parted.then_some(Marker { len, body, style, value: 0, roman: None, is_inserted: false })
}

/// Whether a letter has no meaning but in its font.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{E000}'..='\u{F8FF}')
}

/// "-the Parliament": conversions lose the space after a dash. One word alone may be the rest of a
/// compound, cut at a hyphen.
fn is_glued_phrase(words: &str) -> bool {
    words.starts_with(char::is_alphabetic) && words.contains(' ')
}
