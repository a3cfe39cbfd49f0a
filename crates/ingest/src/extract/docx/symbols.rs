//! Letters of symbol fonts, which have places of their own instead of Unicode's.

/// The letter that a symbol font shows at a place. `code` is in hexadecimal, as the format has it.
pub(super) fn letter(font: &str, code: &str) -> Option<char> {
    let place = u32::from_str_radix(code, 16).ok()?;
    // Word writes places of symbol fonts into Unicode's private area.
    let place = if (0xF000..0xF100).contains(&place) { place - 0xF000 } else { place };
    match font.to_ascii_lowercase().as_str() {
        "symbol" => symbol(place),
        "wingdings" => Some(wingdings(place)),
        "wingdings 2" | "wingdings 3" | "webdings" => Some('•'),
        _ => char::from_u32(place).filter(|letter| !letter.is_control()),
    }
}

/// The Greek letters of Symbol by their places, and what trade texts use of the rest (Adobe's
/// published encoding of the Symbol font).
fn symbol(place: u32) -> Option<char> {
    const CAPITALS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    match place {
        0x41..=0x5A => CAPITALS.chars().nth(place as usize - 0x41),
        0x61..=0x7A => SMALL.chars().nth(place as usize - 0x61),
        0xA3 => Some('≤'),
        0xA5 => Some('∞'),
        0xAE => Some('→'),
        0xB0 => Some('°'),
        0xB1 => Some('±'),
        0xB3 => Some('≥'),
        0xB4 => Some('×'),
        0xB7 => Some('•'),
        0xB8 => Some('÷'),
        0xB9 => Some('≠'),
        0xBB => Some('≈'),
        0xBC => Some('…'),
        0x20..=0x7E => char::from_u32(place),
        _ => Some('•'),
    }
}

/// Boxes and ticks of forms; every other sign of Wingdings is an ornament.
fn wingdings(place: u32) -> char {
    match place {
        0x6F | 0xA8 => '☐',
        0xFC => '✓',
        0xFB => '✗',
        0xFD => '☒',
        0xFE => '☑',
        0xE0 => '→',
        _ => '•',
    }
}
