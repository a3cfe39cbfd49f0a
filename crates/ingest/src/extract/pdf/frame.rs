//! Where a string of glyphs stands: from the text's own space to points along and across its line.

use super::content::State;
use super::glyph::{Glyph, Letters, NO_BLOCK, Traits};
use super::matrix::Matrix;

/// Glyphs further than this from the page's corner, in points, are not on any page.
const FAR: f64 = 100_000.0;

/// Where a string of glyphs begins and how they follow each other, worked out once per string.
pub(super) struct Frame {
    along: f64,
    across: f64,
    /// Points along the line per unit of text space.
    scale: f64,
    stretch: f64,
    size: f32,
    angle: u16,
}

impl Frame {
    /// `None` where nothing could be seen or placed.
    pub(super) fn of(state: &State, text: Matrix, horizontal: bool, em: f64) -> Option<Self> {
        let placed = text.then(state.matrix);
        let [a, b, c, d, ..] = placed.0;
        let (x, y) = placed.apply(0.0, state.rise);
        // Text space grows upwards, so vertical writing goes against its second axis.
        let direction = if horizontal { (a, b) } else { (-c, -d) };
        // A negative size turns the letters around.
        let turned = if state.size < 0.0 { -1.0 } else { 1.0 };
        let scale = direction.0.hypot(direction.1);
        let height = if c == 0.0 && d == 0.0 { scale } else { c.hypot(d) };
        let size = height * state.size.abs() * em;
        let seen = scale > 0.0 && size > 0.0 && size.is_finite() && x.abs() < FAR && y.abs() < FAR;
        if !seen {
            return None;
        }
        let angle = round_angle((direction.1 * turned).atan2(direction.0 * turned).to_degrees());
        let (sine, cosine) = f64::from(angle).to_radians().sin_cos();
        let sign = if horizontal { turned } else { -1.0 };
        Some(Self {
            along: x * cosine + y * sine,
            across: y * cosine - x * sine,
            scale: scale * sign,
            stretch: if horizontal { state.stretch } else { 1.0 },
            size: size as f32,
            angle,
        })
    }

    /// The glyph that stands `moved` units of text space from the start.
    pub(super) fn glyph(&self, letters: Letters, moved: f64, advance: f64, traits: Traits) -> Option<Glyph> {
        let along = self.along + moved * self.scale;
        let advance = (advance * self.stretch * self.scale).max(0.0);
        (along.abs() < FAR && advance < FAR).then_some(Glyph {
            letters,
            along: along as f32,
            across: self.across as f32,
            advance: advance as f32,
            size: self.size,
            angle: self.angle,
            traits,
            block: NO_BLOCK,
        })
    }
}

/// Scanners and typesetters miss a right angle by a little; lines would then be told apart.
const NEARLY_RIGHT_DEGREES: f64 = 3.0;

fn round_angle(degrees: f64) -> u16 {
    let right = (degrees / 90.0).round() * 90.0;
    let rounded = if (degrees - right).abs() < NEARLY_RIGHT_DEGREES { right } else { degrees.round() };
    rounded.rem_euclid(360.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_near_a_right_angle_are_right() {
        assert_eq!(round_angle(-0.4), 0);
        assert_eq!(round_angle(88.0), 90);
        assert_eq!(round_angle(-90.0), 270);
        assert_eq!(round_angle(45.3), 45);
    }
}
