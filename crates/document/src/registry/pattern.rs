//! What a pattern of the registry is made of, and the places from which a text may begin one. The
//! build script compiles patterns with the same types, so that what it checks is what is read.

use super::fold::fold;

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// Letters and signs as they stand.
    Exact(&'static str),
    /// Letters in any case, with accents or without; kept small and without.
    Any(&'static str),
    /// A slash of any sort, perhaps with white space beside it.
    Slash,
    /// A hyphen or dash.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// White space.
    Space,
    /// White space, or none.
    MaybeSpace,
    /// "No", "n°", "núm.".
    NumberSign,
    /// A value, and the place where it is kept.
    Field(Field, u8),
    /// A word of a list, and the place where it is kept.
    Word(&'static [Choice], u8),
    /// What may be missing.
    Optional(&'static [Self]),
    /// One of several.
    Either(&'static [&'static [Self]]),
}

/// A word of a list: its canonical form, and one way to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) canonical: &'static str,
    pub(crate) written: &'static [Element],
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Up to seven digits, of a value in this range.
    Number(u32, u32),
    /// A number up to three digits, a Roman numeral, or `ES-10`.
    Session,
    /// `ES-10`, `S-27`: a special session.
    Special,
    /// Four digits of the 19th to the 21st century.
    Year,
    /// Two digits, or four of a year.
    ShortYear,
    /// A Roman numeral of a value in this range.
    Roman(u32, u32),
    /// One capital.
    Letter,
    /// Two to eight capitals.
    Letters,
    /// A capital, then up to nine capitals or digits.
    Code,
    /// Segments with slashes between them, a digit somewhere in them.
    Path,
    /// The name of a place.
    Place,
    /// Digits, perhaps with hyphens, dots or slashes between them.
    Figures,
    /// Digits in groups of three, of a value in this range, kept without what parts them.
    Page(u32, u32),
    /// A number with a small letter behind it: `2252a`.
    Section,
    /// Capitals and digits, perhaps with hyphens or slashes between them; at least one digit.
    Tail,
}

/// A piece of a canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// These letters.
    Text(&'static str),
    /// The value that is kept there.
    Value(u8),
    /// Only where all values in it are there.
    If(&'static [Self]),
}

/// Most values of one series.
pub(crate) const MOST_VALUES: usize = 8;

/// The key of the word at the start of `text`: its first three letters, fewer where it is shorter.
/// `None` where no letter stands there.
pub(crate) fn key(text: &str) -> Option<usize> {
    let mut key = 0;
    let mut letters = text.chars().map(fold);
    let mut n_letters = 0;
    while n_letters < 3 {
        match letters.next() {
            Some('\u{301}') => {}
            Some(letter @ 'a'..='z') => {
                key = key * 27 + (letter as usize - 'a' as usize + 1);
                n_letters += 1;
            }
            _ => break,
        }
    }
    (n_letters > 0).then(|| (n_letters..3).fold(key, |key, _| key * 27))
}
