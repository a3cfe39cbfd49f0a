//! The letters of TeX's bitmap fonts, which PDFs of before about 2005 are full of.
//!
//! They are Type 3 fonts whose glyphs are called after their codes ("a98") and whose letters nobody
//! tells. The codes are those of one of TeX's two encodings of Latin letters: OT1, with ligatures from 11
//! on, and T1 (Cork), with ligatures from 27 on and letters with accents from 128 on.

use std::collections::BTreeSet;

use hayro_syntax::object::{Array, Dict, Name, Object};

/// One of TeX's encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Ot1,
    T1,
}

/// Codes that only OT1 has ligatures at, and those that only T1 has ligatures or letters at.
const OT1_LIGATURES: std::ops::RangeInclusive<u32> = 0x0b..=0x0f;
const T1_LIGATURES: std::ops::RangeInclusive<u32> = 0x1b..=0x1f;
const T1_LETTERS: std::ops::RangeInclusive<u32> = 0x80..=0xff;

/// T1 from 128 to 191; from 192 on it is Latin-1 but for four letters.
const CORK: &str = "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£";

impl Encoding {
    /// The encoding of a font, if it is one of TeX's bitmap fonts.
    pub(super) fn of(font: &Dict<'_>) -> Option<Self> {
        let is_type3 = font.get::<Name<'_>>("Subtype")?.as_str() == "Type3";
        if !is_type3 || font.contains_key("ToUnicode") {
            return None;
        }
        Self::of_codes(&codes(&font.get::<Dict<'_>>("Encoding")?.get::<Array<'_>>("Differences")?)?)
    }

    fn of_codes(codes: &BTreeSet<u32>) -> Option<Self> {
        let has = |range: std::ops::RangeInclusive<u32>| codes.range(range).next().is_some();
        let is_text = has(0x30..=0x39) || has(0x61..=0x7a);
        let is_ot1 = has(OT1_LIGATURES) && !has(T1_LIGATURES) && !has(T1_LETTERS);
        is_text.then_some(if is_ot1 { Self::Ot1 } else { Self::T1 })
    }

    /// What a code stands for.
    pub(super) fn letters(self, code: u32) -> Option<String> {
        const LIGATURES: [&str; 5] = ["ff", "fi", "fl", "ffi", "ffl"];
        let ligature = |first: u32| Some(LIGATURES.get((code.checked_sub(first)?) as usize)?.to_string());
        let at_ligature = match self {
            Self::Ot1 => ligature(*OT1_LIGATURES.start()),
            Self::T1 => ligature(*T1_LIGATURES.start()),
        };
        at_ligature.or_else(|| self.letter(code).map(String::from))
    }

    fn letter(self, code: u32) -> Option<char> {
        match (self, code) {
            (_, 0x27) => Some('’'),
            (_, 0x60) => Some('‘'),
            (Self::Ot1, 0x10) => Some('ı'),
            (Self::Ot1, 0x19) => Some('ß'),
            (Self::Ot1, 0x5c) => Some('“'),
            (Self::Ot1, 0x22) => Some('”'),
            (Self::Ot1, 0x7b) => Some('–'),
            (Self::Ot1, 0x7c) => Some('—'),
            (_, 0x21..=0x7e) => char::from_u32(code),
            (Self::Ot1, _) => None,
            (Self::T1, 0x10..=0x16) => "“”„«»–—".chars().nth((code - 0x10) as usize),
            (Self::T1, 0x19) => Some('ı'),
            (Self::T1, 0x7f) => Some('-'),
            (Self::T1, 0x80..=0xbf) => CORK.chars().nth((code - 0x80) as usize),
            (Self::T1, 0xd7) => Some('Œ'),
            (Self::T1, 0xf7) => Some('œ'),
            (Self::T1, 0xdf) => Some('ẞ'),
            (Self::T1, 0xff) => Some('ß'),
            (Self::T1, 0xc0..=0xfe) => char::from_u32(code),
            (Self::T1, _) => None,
        }
    }
}

/// The codes of a font, if each of its glyphs is called after its code.
fn codes(differences: &Array<'_>) -> Option<BTreeSet<u32>> {
    let (mut codes, mut code) = (BTreeSet::new(), 0_u32);
    for object in differences.iter::<Object<'_>>().take(512) {
        match object {
            Object::Number(number) => code = u32::try_from(number.as_i64()).ok()?,
            Object::Name(name) if name.as_str() == ".notdef" => code += 1,
            Object::Name(name) => {
                let number = name.as_str().strip_prefix('a')?.parse::<u32>().ok()?;
                if number != code {
                    return None;
                }
                codes.insert(code);
                code += 1;
            }
            _ => return None,
        }
    }
    Some(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_the_encoding() {
        let check = |codes: &[u32], expected: Option<Encoding>| {
            let text = (0x61..0x70).chain(codes.iter().copied()).collect();
            assert_eq!(Encoding::of_codes(&text), expected);
        };
        check(&[0x0c], Some(Encoding::Ot1));
        check(&[0x1c], Some(Encoding::T1));
        check(&[0x15, 0xe9], Some(Encoding::T1));
        check(&[], Some(Encoding::T1));
        assert_eq!(Encoding::of_codes(&BTreeSet::from([1, 2, 3])), None, "symbols are no text");
    }

    #[test]
    fn codes_stand_for_letters() {
        let check = |encoding: Encoding, code: u32, expected: &str| {
            assert_eq!(encoding.letters(code).as_deref().unwrap_or(""), expected, "{code:x}");
        };
        check(Encoding::Ot1, 0x0c, "fi");
        check(Encoding::Ot1, 0x5c, "“");
        check(Encoding::T1, 0x1e, "ffi");
        check(Encoding::T1, 0x41, "A");
        check(Encoding::T1, 0xe9, "é");
        check(Encoding::T1, 0xf7, "œ");
        check(Encoding::T1, 0xbf, "£");
        check(Encoding::T1, 0x8a, "Ł");
        check(Encoding::T1, 0x05, "");
        check(Encoding::Ot1, 0xe9, "");
    }
}
