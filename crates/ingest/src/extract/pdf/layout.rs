//! A page of glyphs -> its lines, with the cues that only a page shows: place, size, weight.

use chapeau_document::Bounds;

use super::fragment::{self, Fragment};
use super::glyph::{Alphabet, Glyph, GlyphPage, Traits};
use super::order::{self, Row};
use super::words;

/// A line as laid out, before the document as a whole says what is body and what is furniture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LaidLine {
    /// Its words; a tab where a wide gap stands between two pieces.
    pub(super) text: String,
    /// Where it starts along its direction, in points.
    pub(super) left: f32,
    /// Where it ends.
    pub(super) right: f32,
    /// Its baseline; grows downwards for upright text.
    pub(super) baseline: f32,
    /// Writing direction in degrees.
    pub(super) angle: u16,
    /// Size of its letters in points.
    pub(super) size: f32,
    /// Letters other than spaces.
    pub(super) n_letters: u32,
    /// Whether most of it is bold.
    pub(super) bold: bool,
    /// Whether most of it is italic.
    pub(super) italic: bool,
    /// Whether the file calls it an artifact.
    pub(super) artifact: bool,
    /// Left and right edges of its pieces, where wide gaps set them apart.
    pub(super) cells: Vec<(f32, f32)>,
    /// Whether it begins with a raised mark.
    pub(super) raised_start: bool,
    /// Where it stands on the page as shown.
    pub(super) bounds: Bounds,
}

/// A page as laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct LaidPage {
    /// Place in the file, from 1.
    pub(super) number: u32,
    /// Height as shown, in points.
    pub(super) height: f32,
    /// Its lines in reading order.
    pub(super) lines: Vec<LaidLine>,
    /// Whether geometry overruled the order of the content stream.
    pub(super) reordered: bool,
}

/// How far letters reach above and below their baseline, in ems, near enough for a box.
const ASCENT: f32 = 0.8;
const DESCENT: f32 = 0.22;

/// Lays out one page.
pub(super) fn lay_out(page: &mut GlyphPage, alphabet: &Alphabet) -> LaidPage {
    fragment::clean(&mut page.glyphs, page.width, page.height);
    let fragments = fragment::fragments(&page.glyphs);
    let (rows, reordered) = order::rows(&fragments);
    let lines = rows.iter().filter_map(|row| line(row, &fragments, &page.glyphs, alphabet));
    LaidPage { number: page.number, height: page.height, lines: lines.collect(), reordered }
}

fn line(row: &Row, fragments: &[Fragment], glyphs: &[Glyph], alphabet: &Alphabet) -> Option<LaidLine> {
    let pieces: Vec<&Fragment> = row.iter().filter_map(|&at| fragments.get(at as usize)).collect();
    let largest = pieces.iter().max_by_key(|piece| piece.n_letters)?;
    let mut line = LaidLine {
        left: pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min),
        right: pieces.iter().map(|piece| piece.right).fold(f32::NEG_INFINITY, f32::max),
        baseline: largest.baseline,
        angle: largest.angle,
        size: largest.size,
        n_letters: pieces.iter().map(|piece| piece.n_letters).sum(),
        ..LaidLine::default()
    };
    write(&mut line, &pieces, glyphs, alphabet);
    let most = largest.glyphs(glyphs);
    line.bold = fragment::mostly(most, Traits::BOLD);
    line.italic = fragment::mostly(most, Traits::ITALIC);
    line.artifact = fragment::mostly(most, Traits::ARTIFACT);
    line.raised_start = starts_raised(pieces.first()?, glyphs);
    line.bounds = bounds(&line);
    (!line.text.is_empty()).then_some(line)
}

fn write(line: &mut LaidLine, pieces: &[&Fragment], glyphs: &[Glyph], alphabet: &Alphabet) {
    let mut last: Option<&Fragment> = None;
    for piece in pieces {
        match last {
            Some(last) if order::is_wide_gap(last, piece) => {
                line.text.push('\t');
                line.cells.push((piece.left, piece.right));
            }
            Some(last) if words::is_space_between(last, piece) || ends_in_space(last, glyphs) => {
                line.text.push(' ');
            }
            Some(_) => {}
            None => line.cells.push((piece.left, piece.right)),
        }
        words::write(piece, glyphs, alphabet, &mut line.text);
        if let Some((_, right)) = line.cells.last_mut() {
            *right = right.max(piece.right);
        }
        last = Some(piece);
    }
}

/// Whether the glyph after a fragment is a space, which fragments leave out.
fn ends_in_space(fragment: &Fragment, glyphs: &[Glyph]) -> bool {
    glyphs.get(fragment.end as usize).is_some_and(|glyph| glyph.letters.is_space())
}

fn starts_raised(piece: &Fragment, glyphs: &[Glyph]) -> bool {
    piece.glyphs(glyphs).first().is_some_and(|glyph| words::is_mark(piece, glyph))
}

/// The box of a line on the page as shown, whatever its direction.
fn bounds(line: &LaidLine) -> Bounds {
    let (sine, cosine) = f32::from(line.angle).to_radians().sin_cos();
    let (above, below) = (line.baseline - ASCENT * line.size, line.baseline + DESCENT * line.size);
    let corners = [(line.left, above), (line.right, above), (line.left, below), (line.right, below)];
    let xs = corners.map(|(along, across)| along * cosine - across * sine);
    let ys = corners.map(|(along, across)| along * sine + across * cosine);
    let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    Bounds { left: least(xs), top: least(ys), right: most(xs), bottom: most(ys) }
}
