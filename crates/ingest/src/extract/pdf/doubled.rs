//! Text that a page has twice. Of a hidden layer (of a scanner's recogniser, of a converter) under letters
//! that are drawn one is read: the drawn one, unless its letters mean nothing. Of lines that stand in one
//! place, both hidden or both drawn, the first is.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::fragment::Fragment;
use super::glyph::{Glyph, GlyphPage, Legibility, Letters, Traits, is_meaningless};

/// The page is looked at in squares of this many points ...
const CELL: f32 = 4.0;
/// ... of which a side has at most so many; no page of paper has more.
const MAX_CELLS: usize = 1_000;
/// How far, in ems, a letter is taken to reach above and below its baseline: more than it does, since
/// the layers rarely match.
const ABOVE: f32 = 0.95;
const BELOW: f32 = 0.35;
/// Letters of one layer are at most so many times as large as those of the other: a watermark over a
/// page is no copy of its text.
const MOST_LARGER: f32 = 2.5;
/// From this share of meaningless letters on, in percent, the drawn layer does not read.
const GARBLED_PERCENT: usize = 10;
/// Words of a hidden layer that lies elsewhere: it is a copy if this part of them, in percent, are drawn
/// too, and there are so many of them.
const COPIED_PERCENT: usize = 80;
const FEWEST_COPIED: usize = 20;

/// Leaves one of two layers; says whether there were two.
pub(super) fn leave_one(page: &mut GlyphPage) -> bool {
    if !page.glyphs.iter().any(|glyph| glyph.traits.has(Traits::INVISIBLE)) {
        return false;
    }
    let (hidden, drawn) = legibility(&page.glyphs);
    if hidden.known == 0 || drawn.known == 0 {
        return false;
    }
    let keeps_hidden = drawn.is_garbled(GARBLED_PERCENT) && !hidden.is_garbled(GARBLED_PERCENT);
    let is_kept = |glyph: &Glyph| glyph.traits.has(Traits::INVISIBLE) == keeps_hidden;
    let mut ground = Ground::of(page.width, page.height);
    page.glyphs
        .iter()
        .filter(|glyph| is_kept(glyph) && is_letter(glyph))
        .for_each(|glyph| ground.cover(glyph));
    let words = words(&page.glyphs, |glyph| !is_kept(glyph));
    let lies_under = |word: &Range<usize>| {
        let glyphs = &page.glyphs[word.clone()];
        2 * glyphs.iter().filter(|glyph| ground.is_under(glyph)).count() >= glyphs.len()
    };
    let (mut dropped, left): (Vec<_>, Vec<_>) = words.into_iter().partition(lies_under);
    if are_copies(&page.glyphs, &left, is_kept) {
        dropped.extend(left);
    } else if dropped.len() > left.len() {
        // What is left of a layer that goes: the rules of a table read as letters.
        dropped.extend(left.into_iter().filter(|word| is_speck(&page.glyphs[word.clone()])));
    }
    drop_words(&mut page.glyphs, &dropped);
    !dropped.is_empty()
}

fn is_speck(word: &[Glyph]) -> bool {
    let is_alphanumeric = |glyph: &&Glyph| glyph.letters.single().is_none_or(char::is_alphanumeric);
    word.iter().filter(is_alphanumeric).count() < 2
}

fn is_letter(glyph: &Glyph) -> bool {
    !glyph.letters.is_space()
}

/// How much of the hidden and of the drawn letters has a meaning.
fn legibility(glyphs: &[Glyph]) -> (Legibility, Legibility) {
    let mut counts = (Legibility::default(), Legibility::default());
    for glyph in glyphs.iter().filter(|glyph| is_letter(glyph)) {
        let count = if glyph.traits.has(Traits::INVISIBLE) { &mut counts.0 } else { &mut counts.1 };
        let means_nothing =
            glyph.letters == Letters::NONE || glyph.letters.single().is_some_and(is_meaningless);
        *(if means_nothing { &mut count.unknown } else { &mut count.known }) += 1;
    }
    counts
}

/// Which parts of a page have letters, and how large ones.
struct Ground {
    n_columns: usize,
    /// The size of the smallest letters in each square.
    sizes: Vec<f32>,
}

impl Ground {
    fn of(width: f32, height: f32) -> Self {
        let n_cells = |length: f32| ((length / CELL).ceil().max(1.0) as usize).min(MAX_CELLS);
        let (n_columns, n_rows) = (n_cells(width), n_cells(height));
        Self { n_columns, sizes: vec![f32::INFINITY; n_columns * n_rows] }
    }

    fn cover(&mut self, glyph: &Glyph) {
        let n_steps = |length: f32| (length / CELL).ceil().clamp(1.0, 64.0);
        let height = (ABOVE + BELOW) * glyph.size;
        let (down, along) = (n_steps(height), n_steps(glyph.advance));
        for step in 0..=(down as usize) {
            let across = glyph.across - ABOVE * glyph.size + height * step as f32 / down;
            for step in 0..=(along as usize) {
                let along = glyph.along + glyph.advance * step as f32 / along;
                if let Some(size) = self.at(along, across, glyph.angle).and_then(|at| self.sizes.get_mut(at))
                {
                    *size = size.min(glyph.size);
                }
            }
        }
    }

    fn is_under(&self, glyph: &Glyph) -> bool {
        let (along, across) = (glyph.along + glyph.advance / 2.0, glyph.across - 0.3 * glyph.size);
        let size = self.at(along, across, glyph.angle).and_then(|at| self.sizes.get(at));
        size.is_some_and(|size| *size < MOST_LARGER * glyph.size && glyph.size < MOST_LARGER * size)
    }

    /// The square of a place given in the frame of a writing direction.
    fn at(&self, along: f32, across: f32, angle: u16) -> Option<usize> {
        let (x, y) = match angle {
            0 => (along, across),
            _ => {
                let (sine, cosine) = f32::from(angle).to_radians().sin_cos();
                (along * cosine - across * sine, along * sine + across * cosine)
            }
        };
        let (column, row) = ((x / CELL).floor(), (y / CELL).floor());
        let is_inside =
            column >= 0.0 && row >= 0.0 && column < self.n_columns as f32 && row < MAX_CELLS as f32;
        is_inside.then(|| row as usize * self.n_columns + column as usize)
    }
}

/// Words of the glyphs that are wanted, as ranges.
fn words(glyphs: &[Glyph], is_wanted: impl Fn(&Glyph) -> bool) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for (at, glyph) in glyphs.iter().enumerate() {
        let letter = Some(glyph).filter(|glyph| is_wanted(glyph) && is_letter(glyph));
        let goes_on = letter.zip(last).is_some_and(|(glyph, last)| {
            glyph.angle == last.angle
                && (glyph.across - last.across).abs() < 0.5 * glyph.size
                && (glyph.along - last.end()).abs() < 0.5 * glyph.size
        });
        match words.last_mut() {
            Some(word) if goes_on => word.end = at + 1,
            _ => words.extend(letter.map(|_| at..at + 1)),
        }
        last = letter;
    }
    words
}

/// Whether words that lie under nothing are nearly all drawn somewhere.
fn are_copies(glyphs: &[Glyph], left: &[Range<usize>], is_kept: impl Fn(&Glyph) -> bool) -> bool {
    if left.len() < FEWEST_COPIED {
        return false;
    }
    let mut drawn: HashMap<u64, usize> = HashMap::new();
    for word in words(glyphs, is_kept) {
        *drawn.entry(digest(&glyphs[word])).or_default() += 1;
    }
    let is_copy = |word: &&Range<usize>| {
        let count = drawn.get_mut(&digest(&glyphs[(*word).clone()])).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    };
    100 * left.iter().filter(is_copy).count() >= COPIED_PERCENT * left.len()
}

fn digest(word: &[Glyph]) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.iter().for_each(|glyph| glyph.letters.hash(&mut hasher));
    hasher.finish()
}

fn drop_words(glyphs: &mut Vec<Glyph>, words: &[Range<usize>]) {
    let mut is_dropped = vec![false; glyphs.len()];
    for word in words {
        is_dropped[word.clone()].fill(true);
    }
    let mut dropped = is_dropped.into_iter();
    glyphs.retain(|_| !dropped.next().unwrap_or(false));
}

/// Lines of a copy lie within this part of an em of each other: no two lines of a text do.
const COPY: f32 = 0.5;
/// Two lines are one if so much of the shorter, in percent, stands where the other does, it is so much of
/// the other's length, and so many of its letters are the other's.
const SHARED_PERCENT: f32 = 0.8;
const LENGTH_PERCENT: u32 = 70;
const ALIKE_PERCENT: u32 = 80;
/// Lines of fewer letters may stand over each other: marks, fractions.
const FEWEST_LETTERS: u32 = 4;
/// How many lines that start on nearly the same height are compared with each.
const MOST_LEVEL: usize = 40;

/// Some fragments of the stream that make one line.
struct Stretch {
    fragments: Range<usize>,
    angle: u16,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
    n_letters: u32,
}

/// Drops the fragments of lines that stand where an earlier line of nearly the same letters does.
pub(super) fn drop_copies(fragments: &mut Vec<Fragment>, glyphs: &[Glyph]) {
    let mut stretches = stretches(fragments);
    stretches.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut is_dropped = vec![false; fragments.len()];
    for (at, line) in stretches.iter().enumerate() {
        let below = stretches[at + 1..].iter().take(MOST_LEVEL);
        for other in below.take_while(|other| other.baseline - line.baseline < COPY * line.size) {
            let (first, later) =
                if line.fragments.start < other.fragments.start { (line, other) } else { (other, line) };
            if stand_in_one_place(first, later) && are_alike(first, later, fragments, glyphs) {
                is_dropped[later.fragments.clone()].fill(true);
            }
        }
    }
    let mut dropped = is_dropped.into_iter();
    fragments.retain(|_| !dropped.next().unwrap_or(false));
}

fn stretches(fragments: &[Fragment]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (at, fragment) in fragments.iter().enumerate() {
        let Fragment { angle, left, right, baseline, size, n_letters, .. } = *fragment;
        match stretches.last_mut() {
            Some(line)
                if line.angle == angle
                    && (line.baseline - baseline).abs() < 0.1 * size
                    && line.right < left =>
            {
                line.fragments.end = at + 1;
                line.right = right;
                line.n_letters += n_letters;
            }
            _ => {
                stretches.push(Stretch {
                    fragments: at..at + 1,
                    angle,
                    left,
                    right,
                    baseline,
                    size,
                    n_letters,
                });
            }
        }
    }
    stretches
}

fn stand_in_one_place(one: &Stretch, other: &Stretch) -> bool {
    let shared = one.right.min(other.right) - one.left.max(other.left);
    let shorter = (one.right - one.left).min(other.right - other.left);
    let (fewer, more) = (one.n_letters.min(other.n_letters), one.n_letters.max(other.n_letters));
    one.angle == other.angle
        && (one.size - other.size).abs() < 0.3 * one.size
        && shared > SHARED_PERCENT * shorter
        && fewer >= FEWEST_LETTERS
        && 100 * fewer >= LENGTH_PERCENT * more
}

/// Whether most letters of a line are letters of the other.
fn are_alike(one: &Stretch, other: &Stretch, fragments: &[Fragment], glyphs: &[Glyph]) -> bool {
    let letters =
        |line: &Stretch| fragments[line.fragments.clone()].iter().flat_map(|f| f.letters(glyphs)).collect();
    let (mut own, others): (Vec<Letters>, Vec<Letters>) = (letters(one), letters(other));
    let mut n_alike = 0;
    for letter in &others {
        if let Some(at) = own.iter().position(|own| own == letter) {
            own.remove(at);
            n_alike += 1;
        }
    }
    100 * n_alike >= ALIKE_PERCENT * one.n_letters.max(other.n_letters)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    const LINES: [&str; 4] = [
        "Chapter 4  Oil from guild presses",
        "Heading 0409  Wicks of twisted wool",
        "Heading 0410  Shades and other goods",
        "Chapter 5  Glass for lanterns",
    ];

    /// A page of the lines, each with its copy, which the operators before set, shifted by (x, y).
    fn sheet(copies: &[&str], before: &str, (x, y): (f32, f32)) -> Sheet {
        let mut sheet = Sheet::default();
        for ((line, copy), step) in LINES.iter().zip(copies).zip(0u8..) {
            let top = 700.0 - 24.0 * f32::from(step);
            sheet = sheet.text(72.0, top, line).raw("q").raw(before).text(72.0 + x, top - y, copy).raw("Q");
        }
        sheet
    }

    #[track_caller]
    fn check(sheet: Sheet, expected: &[&str]) {
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        let expected = expected.join("\n").replace("  ", " ");
        assert_eq!(shown_pages(&extracted), format!("-- page 1\n{expected}\n"));
    }

    #[test]
    fn a_hidden_layer_is_not_read_beside_the_drawn_one() {
        for shift in [(0.0, 0.0), (0.6, 0.9), (0.6, 3.6), (2.0, -3.0)] {
            check(sheet(&LINES, "3 Tr", shift), &LINES);
        }
    }

    #[test]
    fn a_layer_read_badly_gives_way_to_the_drawn_one() {
        let copies = ["Ch apter 4 0il from gu1ld", "Heading 04O9 Wlcks of", "|", "Chapter S Glass tor"];
        check(sheet(&copies, "3 Tr", (0.6, 3.6)), &LINES);
    }

    #[test]
    fn what_stands_twice_in_one_layer_is_read_once() {
        check(sheet(&LINES, "", (0.8, 3.6)), &LINES);
        let hidden =
            Sheet::default().raw("3 Tr").text(72.0, 400.0, LINES[0]).bold(72.6, 396.4, 10.0, LINES[0]);
        check(hidden, &LINES[..1]);
    }

    #[test]
    fn a_hidden_layer_under_a_stamp_stays() {
        let hidden = |sheet: Sheet| {
            LINES.iter().zip(0u8..).fold(sheet.raw("3 Tr"), |sheet, (line, step)| {
                sheet.text(72.0, 700.0 - 24.0 * f32::from(step), line)
            })
        };
        let sheet = hidden(Sheet::default().text(400.0, 780.0, "Received"));
        check(sheet, &[&["Received"], &LINES[..]].concat());
        let watermark = hidden(Sheet::default().sized(60.0, 640.0, 120.0, "COPY"));
        check(watermark, &[&["COPY"], &LINES[..]].concat());
    }

    #[test]
    fn words_on_end_are_no_copies() {
        let sheet =
            Sheet::default().text(72.0, 700.0, "free").text(72.0, 694.0, "free").text(110.0, 700.0, "free");
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        assert_eq!(shown_pages(&extracted).matches("free").count(), 3);
    }
}
