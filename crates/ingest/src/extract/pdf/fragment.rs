//! Glyphs in stream order -> fragments: stretches of one baseline without a wide gap.
//!
//! A fragment is as much as can be said without looking at the rest of the page. It may be a
//! whole line of prose, a cell of a table, or a single word where the writer placed each apart.

use super::doubled;
use super::glyph::{Glyph, Letters, Traits};

/// A gap of this many ems, spaces that are drawn aside, ends a fragment. Justified text rarely
/// has wider ones, and a gutter may be as narrow.
pub(super) const END_GAP: f32 = 0.8;
/// Glyphs whose baselines differ by less than this part of an em stand on one line.
pub(super) const SAME_LINE: f32 = 0.35;
/// A following glyph may start this far, in ems, before the last one's end (kerning, accents).
const STEP_BACK: f32 = 0.6;
/// Letters drawn again within this part of an em are one letter made bold by printing it twice.
const OVERPRINT: f32 = 0.15;
/// How many fragments back an overprinted one is looked for.
const OVERPRINT_REACH: usize = 16;
/// A raised or lowered glyph is smaller than this part of the text's size.
const SCRIPT_SIZE: f32 = 0.9;
/// How far up or down, in ems of the text, a raised or lowered glyph may stand.
const SCRIPT_SHIFT: f32 = 0.75;
/// A fragment of at most this many glyphs may be the mark before a note's first word.
const LEADING_MARK: u32 = 3;

/// A stretch of glyphs on one baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fragment {
    /// First glyph.
    pub(super) start: u32,
    /// After the last glyph.
    pub(super) end: u32,
    /// Writing direction in degrees.
    pub(super) angle: u16,
    /// Where it starts along the line.
    pub(super) left: f32,
    /// Where its last letter ends.
    pub(super) right: f32,
    /// Its baseline; raised and lowered glyphs aside.
    pub(super) baseline: f32,
    /// Size of its largest run of letters, in points.
    pub(super) size: f32,
    /// Letters other than spaces.
    pub(super) n_letters: u32,
    /// The block of the structure tree that it belongs to.
    pub(super) block: u32,
    /// Its first and its last letters.
    pub(super) first: Letters,
    pub(super) last: Letters,
    /// Where the pen stands: after the last letter and any spaces that follow it.
    pen: f32,
}

impl Fragment {
    /// Its glyphs.
    pub(super) fn glyphs<'g>(&self, glyphs: &'g [Glyph]) -> &'g [Glyph] {
        glyphs.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Its letters, without spaces.
    pub(super) fn letters<'g>(&self, glyphs: &'g [Glyph]) -> impl Iterator<Item = Letters> + 'g {
        self.glyphs(glyphs).iter().map(|glyph| glyph.letters).filter(|letters| !letters.is_space())
    }

    /// The glyphs of a range as one fragment.
    fn of_range(range: std::ops::Range<u32>, glyphs: &[Glyph]) -> Option<Self> {
        let own = glyphs.get(range.start as usize..range.end as usize)?;
        let mut letters = (range.start..).zip(own).filter(|(_, glyph)| !glyph.letters.is_space());
        let (at, first) = letters.next()?;
        let mut fragment = Self::of(first, at);
        letters.for_each(|(at, glyph)| fragment.push(glyph, at));
        Some(fragment)
    }

    /// Its parts left and right of a place that none of its glyphs stands over.
    fn parted(&self, place: f32, glyphs: &[Glyph]) -> Option<(Self, Self)> {
        const OVERHANG: f32 = 1.0;
        let own = (self.start..).zip(self.glyphs(glyphs)).filter(|(_, glyph)| !glyph.letters.is_space());
        let (at, _) = own.clone().find(|(_, glyph)| glyph.along > place - OVERHANG)?;
        let (left, right) = (Self::of_range(self.start..at, glyphs)?, Self::of_range(at..self.end, glyphs)?);
        (left.right < place + OVERHANG).then_some((left, right))
    }

    /// Whether both stand on one line, in one direction.
    pub(super) fn is_level_with(&self, other: &Self) -> bool {
        self.angle == other.angle
            && (self.baseline - other.baseline).abs() < SAME_LINE * self.size.max(other.size)
    }

    /// Whether it begins like the middle of a sentence.
    pub(super) fn starts_small(&self) -> bool {
        self.first.single().is_some_and(char::is_lowercase)
    }

    /// Whether it ends like the middle of a sentence.
    pub(super) fn ends_small(&self) -> bool {
        self.last.single().is_some_and(|character| character.is_lowercase() || character == ',')
    }

    fn of(glyph: &Glyph, at: u32) -> Self {
        Self {
            start: at,
            end: at + 1,
            angle: glyph.angle,
            left: glyph.along,
            right: glyph.end(),
            baseline: glyph.across,
            size: glyph.size,
            n_letters: 1,
            block: glyph.block,
            first: glyph.letters,
            last: glyph.letters,
            pen: glyph.end(),
        }
    }

    /// Whether `glyph` carries this fragment on.
    fn takes(&self, glyph: &Glyph) -> bool {
        let em = self.size.max(glyph.size);
        let gap = glyph.along - self.right;
        let shift = (glyph.across - self.baseline).abs();
        glyph.angle == self.angle
            && glyph.block == self.block
            && gap > -STEP_BACK * em
            && glyph.along - self.pen < END_GAP * em
            && (shift < SAME_LINE * self.size.min(glyph.size)
                || self.has_script(glyph, shift)
                || self.is_mark_of(glyph, shift))
    }

    /// Whether `glyph` is raised or lowered beside this text.
    fn has_script(&self, glyph: &Glyph, shift: f32) -> bool {
        glyph.size < SCRIPT_SIZE * self.size && shift < SCRIPT_SHIFT * self.size
    }

    /// Whether this is a raised mark before the text that `glyph` begins.
    fn is_mark_of(&self, glyph: &Glyph, shift: f32) -> bool {
        self.n_letters <= LEADING_MARK
            && self.size < SCRIPT_SIZE * glyph.size
            && shift < SCRIPT_SHIFT * glyph.size
    }

    fn push(&mut self, glyph: &Glyph, at: u32) {
        self.end = at + 1;
        self.right = self.right.max(glyph.end());
        self.pen = glyph.end();
        self.last = glyph.letters;
        self.n_letters += 1;
        if glyph.size > self.size {
            (self.size, self.baseline) = (glyph.size, glyph.across);
        }
    }
}

/// Cuts glyphs into fragments. Those that print the letters of an earlier one again are dropped.
pub(super) fn fragments(glyphs: &[Glyph]) -> Vec<Fragment> {
    let mut done: Vec<Fragment> = Vec::new();
    let mut open: Option<Fragment> = None;
    for (at, glyph) in glyphs.iter().enumerate() {
        if glyph.letters.is_space() {
            if let Some(fragment) = open.as_mut().filter(|fragment| fragment.pen <= glyph.end()) {
                fragment.pen = glyph.end();
            }
            continue;
        }
        let at = at as u32;
        match &mut open {
            Some(fragment) if fragment.takes(glyph) => fragment.push(glyph, at),
            _ => finish(open.replace(Fragment::of(glyph, at)), glyphs, &mut done),
        }
    }
    finish(open, glyphs, &mut done);
    doubled::drop_copies(&mut done, glyphs);
    done
}

fn finish(fragment: Option<Fragment>, glyphs: &[Glyph], done: &mut Vec<Fragment>) {
    let Some(fragment) = fragment else { return };
    let reach = done.len().saturating_sub(OVERPRINT_REACH);
    if !done[reach..].iter().any(|earlier| is_reprint(earlier, &fragment, glyphs)) {
        done.push(fragment);
    }
}

/// Cuts fragments in two at the places that are asked for, as often as they are.
pub(super) fn cut(fragments: &mut Vec<Fragment>, glyphs: &[Glyph], place: impl Fn(&Fragment) -> Option<f32>) {
    let mut done = Vec::with_capacity(fragments.len());
    for fragment in fragments.drain(..) {
        let mut rest = fragment;
        while let Some((left, right)) = place(&rest).and_then(|place| rest.parted(place, glyphs)) {
            done.push(left);
            rest = right;
        }
        done.push(rest);
    }
    *fragments = done;
}

/// Drops glyphs outside the page, and letters printed twice one after the other.
pub(super) fn clean(glyphs: &mut Vec<Glyph>, width: f32, height: f32) {
    let mut last: Option<Glyph> = None;
    glyphs.retain(|glyph| {
        let keep = is_on_page(glyph, width, height) && !last.is_some_and(|last| is_overprint(&last, glyph));
        if !glyph.letters.is_space() {
            last = Some(*glyph);
        }
        keep
    });
}

fn is_overprint(last: &Glyph, glyph: &Glyph) -> bool {
    let near = OVERPRINT * glyph.size;
    last.letters == glyph.letters
        && last.angle == glyph.angle
        && (last.along - glyph.along).abs() < near
        && (last.across - glyph.across).abs() < near
}

/// Whether `later` prints the letters of `earlier` once more in the same place.
fn is_reprint(earlier: &Fragment, later: &Fragment, glyphs: &[Glyph]) -> bool {
    let near = 2.0 * OVERPRINT * later.size;
    let close = earlier.angle == later.angle
        && earlier.n_letters >= later.n_letters
        && (earlier.left - later.left).abs() < near
        && (earlier.baseline - later.baseline).abs() < near;
    let starts = || {
        let mut own = earlier.letters(glyphs);
        later.letters(glyphs).all(|letters| own.next() == Some(letters))
    };
    close && starts()
}

/// Whether a glyph stands on the page as shown.
fn is_on_page(glyph: &Glyph, width: f32, height: f32) -> bool {
    let (sine, cosine) = f32::from(glyph.angle).to_radians().sin_cos();
    let x = glyph.along * cosine - glyph.across * sine;
    let y = glyph.along * sine + glyph.across * cosine;
    // A glyph may begin a little outside, as a drop shadow or an italic overhang does.
    let slack = glyph.size;
    x > -slack && x < width + slack && y > -slack && y < height + slack
}

/// Whether most letters of the glyphs have a trait.
pub(super) fn mostly(glyphs: &[Glyph], wanted: Traits) -> bool {
    let (with, all) = counts(glyphs, wanted);
    2 * with > all
}

/// Whether three in four do: bold words that begin a paragraph may fill most of its first line.
pub(super) fn nearly_all(glyphs: &[Glyph], wanted: Traits) -> bool {
    let (with, all) = counts(glyphs, wanted);
    4 * with > 3 * all
}

/// How many letters have a trait, and how many there are.
fn counts(glyphs: &[Glyph], wanted: Traits) -> (usize, usize) {
    let letters = glyphs.iter().filter(|glyph| !glyph.letters.is_space());
    letters.fold((0, 0), |(with, all), glyph| (with + usize::from(glyph.traits.has(wanted)), all + 1))
}
