//! What a decoder hands to the layout: glyphs with their letters and places, page by page.
//!
//! A page holds thousands of glyphs, so a glyph is small and owns nothing: letters are a number
//! that stands for a character or for an entry of the document's [`Alphabet`].

use std::collections::HashMap;

use super::drawing::Drawn;
use super::unpack::Refusal;

/// The letters of one glyph: a character, or several (a ligature) kept in an [`Alphabet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Letters(u32);

/// First number that is no Unicode scalar value; from here on, entries of the alphabet.
const FIRST_ENTRY: u32 = 0x11_0000;

impl Letters {
    /// What stands for a glyph whose letters the file does not tell.
    pub(super) const UNKNOWN: Self = Self('\u{fffd}' as u32);
    /// No letters at all: the glyph was replaced by its neighbour's.
    pub(super) const NONE: Self = Self(u32::MAX);

    /// One character.
    pub(super) fn one(character: char) -> Self {
        Self(character as u32)
    }

    /// The character, if it is a single one.
    pub(super) fn single(self) -> Option<char> {
        char::from_u32(self.0)
    }

    /// Whether the glyph is white space.
    pub(super) fn is_space(self) -> bool {
        self.single().is_some_and(|character| character.is_whitespace() || character == '\u{200b}')
    }
}

/// The letters of glyphs that stand for more than one character, each kept once.
#[derive(Debug, Default)]
pub(super) struct Alphabet {
    entries: Vec<Box<str>>,
    known: HashMap<Box<str>, u32>,
}

impl Alphabet {
    /// The letters that stand for `text`.
    pub(super) fn letters(&mut self, text: &str) -> Letters {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Letters::NONE,
            (Some(only), None) => Letters::one(only),
            _ => Letters(self.entry(text)),
        }
    }

    /// Appends the letters to `out`.
    pub(super) fn write(&self, letters: Letters, out: &mut String) {
        if let Some(character) = letters.single() {
            out.push(character);
        } else if let Some(entry) =
            letters.0.checked_sub(FIRST_ENTRY).and_then(|at| self.entries.get(at as usize))
        {
            out.push_str(entry);
        }
    }

    fn entry(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let entry = FIRST_ENTRY + u32::try_from(self.entries.len()).unwrap_or(u32::MAX - FIRST_ENTRY - 1);
        self.entries.push(text.into());
        self.known.insert(text.into(), entry);
        entry
    }
}

/// One glyph, in the frame of its own writing direction: `along` the line and `across` it
/// (growing downwards for upright text), both in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Its letters.
    pub(super) letters: Letters,
    /// Where it starts.
    pub(super) along: f32,
    /// Its baseline.
    pub(super) across: f32,
    /// How far it goes, without added character spacing.
    pub(super) advance: f32,
    /// Height of an em.
    pub(super) size: f32,
    /// Writing direction in degrees, clockwise from left-to-right, 0 to 359.
    pub(super) angle: u16,
    /// What else is known of it.
    pub(super) traits: Traits,
    /// Its block in the structure tree, or [`NO_BLOCK`].
    pub(super) block: u32,
}

/// Stands for no block, in pages without a structure tree and for what the tree leaves out.
pub(super) const NO_BLOCK: u32 = u32::MAX;

/// What a glyph is besides its letters, as a set of bits: a page has too many for a struct of
/// `bool`s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u8);

impl Traits {
    /// Of a bold font, or thickened by its outline.
    pub(super) const BOLD: Self = Self(1);
    /// Of an italic font.
    pub(super) const ITALIC: Self = Self(2);
    /// Not painted: the text layer of a scan, or hidden text.
    pub(super) const INVISIBLE: Self = Self(4);
    /// Inside marked content that the file calls an artifact of pagination.
    pub(super) const ARTIFACT: Self = Self(8);

    /// Both sets together.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in it.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The glyphs of one page, in the order of its content stream.
#[derive(Debug, Default)]
pub(super) struct GlyphPage {
    /// Place in the file, from 1.
    pub(super) number: u32,
    /// Width as shown, in points.
    pub(super) width: f32,
    /// Height as shown, in points.
    pub(super) height: f32,
    /// The glyphs.
    pub(super) glyphs: Vec<Glyph>,
    /// Whether the page was cut short by a limit.
    pub(super) cut: bool,
    /// Whether it draws an image, as a scan does.
    pub(super) has_image: bool,
    /// Whether it has content at all, legible or not.
    pub(super) has_content: bool,
    /// What it draws beside text.
    pub(super) drawn: Drawn,
    /// Why some of its content is missing.
    pub(super) missing: Option<Refusal>,
}

/// How much of a page's text has a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Legibility {
    /// Glyphs with letters that mean something.
    pub(super) known: usize,
    /// Glyphs without: no letters, a private code, a control character.
    pub(super) unknown: usize,
}

impl Legibility {
    /// Both counts together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { known: self.known + other.known, unknown: self.unknown + other.unknown }
    }

    /// Whether at least `percent` in a hundred glyphs mean nothing.
    pub(super) fn is_garbled(self, percent: usize) -> bool {
        self.unknown > 0 && 100 * self.unknown >= percent * (self.known + self.unknown)
    }
}

impl GlyphPage {
    /// How much of its text has a meaning; spaces count for nothing.
    pub(super) fn legibility(&self) -> Legibility {
        let letters = self.glyphs.iter().filter(|glyph| !glyph.letters.is_space());
        letters.fold(Legibility::default(), |mut counts, glyph| {
            match glyph.letters.single() {
                Some(character) if is_meaningless(character) => counts.unknown += 1,
                _ if glyph.letters == Letters::NONE => counts.unknown += 1,
                _ => counts.known += 1,
            }
            counts
        })
    }
}

/// Bullets are drawn from private codes in nearly every slide deck; those of the symbol fonts
/// (U+F0xx) are no sign of garbled text.
pub(super) fn is_meaningless(character: char) -> bool {
    matches!(character, '\u{fffd}' | '\u{e000}'..='\u{efff}' | '\u{f100}'..='\u{f8ff}')
        || character.is_control()
}

impl Glyph {
    /// Where it ends.
    pub(super) fn end(&self) -> f32 {
        self.along + self.advance
    }
}
