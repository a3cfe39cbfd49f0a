//! The letters that a font program itself tells, for PDFs that leave them out.
//!
//! A composite font may come without a `ToUnicode` map; its embedded font often still has the
//! table that maps characters to glyphs, or names its glyphs. Read backwards, either gives letters.

use std::collections::HashMap;

use skrifa::raw::ps::agl;
use skrifa::{FontRef, GlyphNames, MetadataProvider};

/// Symbol fonts map codes of one byte to this place (Microsoft's symbol encoding).
const SYMBOL_CODES: std::ops::RangeInclusive<u32> = 0xf020..=0xf07e;
const SYMBOL_OFFSET: u32 = 0xf000;

/// The character of each glyph that the program tells, by glyph number.
pub(super) fn letters(program: &[u8]) -> HashMap<u32, char> {
    let Ok(font) = FontRef::from_index(program, 0) else { return HashMap::new() };
    let mut letters = HashMap::new();
    for (glyph, name) in GlyphNames::new(&font).iter().filter(|(_, name)| !name.is_synthesized()) {
        if let Some(character) = agl::name_to_char(name.as_str()) {
            letters.insert(glyph.to_u32(), character);
        }
    }
    for (code, glyph) in font.charmap().mappings() {
        let code = if SYMBOL_CODES.contains(&code) { code - SYMBOL_OFFSET } else { code };
        if let Some(character) = char::from_u32(code) {
            // Of several characters with one glyph, the first is the plainest: space before
            // no-break space, hyphen before soft hyphen.
            letters.entry(glyph.to_u32()).or_insert(character);
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_font_tells_nothing() {
        assert!(letters(b"").is_empty());
        assert!(letters(&[0; 100]).is_empty());
    }
}
