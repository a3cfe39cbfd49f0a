//! Fonts: from a character code to letters and an advance, asked of the font file once per code.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{
    CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, OutlineGlyph, StandardFont,
};
use hayro_syntax::object::{Array, Dict, Name};

use super::bitmap_font::Encoding;
use super::collection::Collection;
use super::font_program;
use super::glyph::{Alphabet, Letters, Traits};
use super::unpack::FontCheck;

/// Advances are in thousandths of the font size.
const UNITS_PER_EM: f32 = 1000.0;

/// What one character code draws.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    /// Its letters.
    pub(super) letters: Letters,
    /// How far it goes, in ems along the line.
    pub(super) advance: f32,
}

/// A font with what was asked of it so far.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// 256 tables of 256 codes, made when first needed; codes beyond two bytes are not kept.
    codes: Vec<Option<Box<[Option<Code>; 256]>>>,
    /// Letters by glyph that the font program tells, once the PDF did not tell one.
    program: Option<HashMap<u32, char>>,
    /// The encoding of a bitmap font that does not tell its letters.
    encoding: Option<Encoding>,
    /// Its dictionary, and the collection that it names, once the PDF did not tell a letter.
    dict: Dict<'a>,
    collection: Option<Option<Collection>>,
    /// Bold and italic.
    pub(super) traits: Traits,
    /// Height of an em in units of the font size: 1 but for Type 3 fonts, which may have any.
    pub(super) em: f32,
    /// Whether lines run from left to right.
    pub(super) horizontal: bool,
}

impl Face<'_> {
    /// The character code at `at`, and how many bytes it takes (at least one).
    pub(super) fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What `code` draws.
    pub(super) fn code(&mut self, code: u32, alphabet: &mut Alphabet) -> Code {
        let (table, entry) = ((code >> 8) as usize, (code & 0xff) as usize);
        if table > 0xff {
            return self.look_up(code, alphabet);
        }
        if let Some(Some(known)) =
            self.codes.get(table).map(|table| table.as_ref().and_then(|table| table[entry]))
        {
            return known;
        }
        let found = self.look_up(code, alphabet);
        if self.codes.len() <= table {
            self.codes.resize_with(table + 1, || None);
        }
        self.codes[table].get_or_insert_with(|| Box::new([None; 256]))[entry] = Some(found);
        found
    }

    fn look_up(&mut self, code: u32, alphabet: &mut Alphabet) -> Code {
        let advance = self.font.code_advance(code);
        let along = if self.horizontal { advance.x } else { advance.y };
        let unicode = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph
                .as_unicode()
                .or_else(|| self.told_by_collection(code))
                .or_else(|| self.told_by_program(&glyph)),
            FontGlyph::Type3(glyph) => {
                let told = self.encoding.and_then(|encoding| encoding.letters(code));
                told.map(BfString::String).or_else(|| glyph.as_unicode())
            }
        };
        let letters = match unicode {
            Some(BfString::Char(character)) => letters_of(character, alphabet),
            Some(BfString::String(text)) => alphabet.letters(&text),
            None => Letters::UNKNOWN,
        };
        Code { letters, advance: along as f32 / UNITS_PER_EM }
    }
}

impl Face<'_> {
    fn told_by_collection(&mut self, code: u32) -> Option<BfString> {
        let dict = &self.dict;
        self.collection.get_or_insert_with(|| Collection::of(dict)).as_ref()?.letters(code)
    }

    fn told_by_program(&mut self, glyph: &OutlineGlyph) -> Option<BfString> {
        let program = self.program.get_or_insert_with(|| {
            let data = glyph.font_data().map(|font| font.data);
            data.map(|data| font_program::letters((*data).as_ref())).unwrap_or_default()
        });
        program.get(&glyph.glyph_id().to_u32()).copied().map(BfString::Char)
    }
}

/// Ligatures are written out: what is searched for is typed letter by letter.
fn letters_of(character: char, alphabet: &mut Alphabet) -> Letters {
    match character {
        '\u{fb00}' => alphabet.letters("ff"),
        '\u{fb01}' => alphabet.letters("fi"),
        '\u{fb02}' => alphabet.letters("fl"),
        '\u{fb03}' => alphabet.letters("ffi"),
        '\u{fb04}' => alphabet.letters("ffl"),
        '\u{fb05}' | '\u{fb06}' => alphabet.letters("st"),
        _ => Letters::one(character),
    }
}

/// The fonts of one file.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    check: FontCheck,
    faces: Vec<Face<'a>>,
    /// Font dictionaries seen, by where their bytes lie in memory: one file keeps each once.
    seen: Vec<(usize, Option<usize>)>,
    resolver: FontResolverFn,
    cmaps: CMapResolverFn,
    fallback: Option<usize>,
}

impl<'a> Fonts<'a> {
    /// No fonts yet.
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            check: FontCheck::default(),
            faces: Vec::new(),
            seen: Vec::new(),
            resolver: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(wanted) => Some(wanted.pick_standard_font().get_font_data()),
            }),
            cmaps: Arc::new(hayro_cmap::load_embedded),
            fallback: None,
        }
    }

    /// The face with this number.
    pub(super) fn face(&mut self, number: usize) -> Option<&mut Face<'a>> {
        self.faces.get_mut(number)
    }

    /// The number of the face that a font dictionary describes, if it can be read.
    pub(super) fn number_of(&mut self, dict: &Dict<'a>) -> Option<usize> {
        let key = dict.data().as_ptr() as usize;
        if let Some((_, number)) = self.seen.iter().find(|(seen, _)| *seen == key) {
            return *number;
        }
        let number = self
            .check
            .is_within(dict)
            .then(|| self.cache.font(dict, &self.resolver, &self.cmaps))
            .flatten()
            .map(|font| self.keep(font, dict));
        self.seen.push((key, number));
        number
    }

    /// Helvetica, which viewers show where a page names no font that exists.
    pub(super) fn fallback(&mut self) -> Option<usize> {
        if self.fallback.is_none() {
            let font = self.cache.standard_font(StandardFont::Helvetica, &self.resolver)?;
            self.fallback = Some(self.keep(font, &Dict::empty()));
        }
        self.fallback
    }

    fn keep(&mut self, font: Font<'a>, dict: &Dict<'a>) -> usize {
        let horizontal = font.is_horizontal();
        self.faces.push(Face {
            font,
            codes: Vec::new(),
            program: None,
            encoding: Encoding::of(dict),
            dict: dict.clone(),
            collection: None,
            traits: traits(dict),
            em: em(dict),
            horizontal,
        });
        self.faces.len() - 1
    }
}

/// Height of an em of a Type 3 font: the height of its box in text space, since its own units
/// are whatever its maker liked.
fn em(dict: &Dict<'_>) -> f32 {
    let is_type3 = dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == "Type3");
    if !is_type3 {
        return 1.0;
    }
    let numbers = |key: &str| -> Vec<f32> {
        dict.get::<Array<'_>>(key).map(|array| array.iter::<f32>().take(6).collect()).unwrap_or_default()
    };
    let (matrix, bbox) = (numbers("FontMatrix"), numbers("FontBBox"));
    let height = match (matrix.as_slice(), bbox.as_slice()) {
        ([_, _, _, scale, ..], [_, low, _, high]) => ((high - low) * scale).abs(),
        _ => 0.0,
    };
    // An empty box is allowed and says nothing.
    if height.is_finite() && height > 0.0 { height } else { 1.0 }
}

/// Flags of a font descriptor (PDF 32000-1, table 123).
const ITALIC_FLAG: u32 = 1 << 6;
const FORCE_BOLD_FLAG: u32 = 1 << 18;
/// Weights from here on look bold (semi-bold of the OpenType scale).
const BOLD_WEIGHT: f32 = 600.0;

fn traits(dict: &Dict<'_>) -> Traits {
    let descendant =
        dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let described = descendant.as_ref().unwrap_or(dict);
    let descriptor = described.get::<Dict<'_>>("FontDescriptor").unwrap_or_else(Dict::empty);
    let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
    let flags = descriptor.get::<u32>("Flags").unwrap_or(0);
    let bold = is_bold_name(&name)
        || flags & FORCE_BOLD_FLAG != 0
        || descriptor.get::<f32>("FontWeight").unwrap_or(0.0) >= BOLD_WEIGHT;
    let italic = is_italic_name(&name)
        || flags & ITALIC_FLAG != 0
        || descriptor.get::<f32>("ItalicAngle").unwrap_or(0.0) != 0.0;
    let when = |holds: bool, which: Traits| if holds { which } else { Traits::default() };
    when(bold, Traits::BOLD).with(when(italic, Traits::ITALIC))
}

/// Whether a font's name says that it is bold: by the word, or as TeX and the free Times say it.
fn is_bold_name(name: &str) -> bool {
    let name = name.split_once('+').map_or(name, |(_, rest)| rest).to_ascii_lowercase();
    ["bold", "black", "heavy", "-demi", "-medi", "-bd"].iter().any(|word| name.contains(word))
        || ["cmbx", "cmssbx", "sfbx"].iter().any(|word| name.starts_with(word))
}

fn is_italic_name(name: &str) -> bool {
    let name = name.split_once('+').map_or(name, |(_, rest)| rest).to_ascii_lowercase();
    ["italic", "oblique", "-ital"].iter().any(|word| name.contains(word))
        || ["cmti", "cmsl", "sfti"].iter().any(|word| name.starts_with(word))
        || name.ends_with("-it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_bold_and_italic() {
        assert!(is_bold_name("ABCDEF+NimbusRomNo9L-Medi"));
        assert!(is_bold_name("TimesNewRomanPS-BoldMT"));
        assert!(is_bold_name("XYZABC+CMBX12"));
        assert!(!is_bold_name("Helvetica"));
        assert!(is_italic_name("Arial-ItalicMT"));
        assert!(!is_italic_name("Digital"));
    }
}
