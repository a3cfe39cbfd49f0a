//! A page of a PDF as an image, for people who want to see what was read.

use chapeau_document::FileStatus;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use serde::{Deserialize, Serialize};

use super::open;
use crate::{Failure, Options};

/// Pixels for each point: 108 to the inch, at which small print can be read.
const SCALE: f32 = 1.5;
/// Longest side in pixels; a plan of a harbour is drawn smaller.
const LONGEST_SIDE: f32 = 2_400.0;

/// A page as an image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// The image, as PNG.
    pub png: Vec<u8>,
    /// Width of the page in points, in which the places of lines are told too.
    pub width: f32,
    /// Height of the page in points.
    pub height: f32,
}

/// Draws page `number`, from 1, of a PDF. Decodes fonts and images by code that a file may lead to
/// fail or to take long: for a process of its own.
///
/// # Errors
///
/// The file cannot be opened, has no such page, or none that has an extent.
pub fn draw(bytes: &[u8], number: u32, options: &Options) -> Result<Drawing, Failure> {
    let pdf = open::open(bytes, options)?;
    let page = (number as usize).checked_sub(1).and_then(|at| pdf.pages().get(at));
    let page = page.ok_or_else(|| {
        let reason = format!("found {} pages, want page {number}", pdf.pages().len());
        Failure::new(FileStatus::Damaged, reason)
    })?;
    let (width, height) = page.render_dimensions();
    let scale = SCALE.min(LONGEST_SIDE / width.max(height));
    let is_drawable = (width * scale).min(height * scale) >= 1.0;
    if !is_drawable {
        let reason = format!("page {number} measures {width} by {height} points, which cannot be drawn");
        return Err(Failure::new(FileStatus::Damaged, reason));
    }
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let settings = (InterpreterSettings::default(), RenderSettings::default());
    let drawn = hayro::render(page, &RenderCache::new(), &settings.0, &settings.1, &pixels);
    let png = drawn.into_png().map_err(|error| Failure::new(FileStatus::Damaged, error.to_string()))?;
    Ok(Drawing { png, width, height })
}
