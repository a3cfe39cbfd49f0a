//! A page of a PDF as an image: for people who want to see what was read, and for recognition.

use chapeau_document::FileStatus;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use serde::{Deserialize, Serialize};

use super::super::image;
use super::open;
use crate::{Failure, Options};

/// Pixels for each point: 108 to the inch, at which small print can be read.
const SCALE: f32 = 1.5;
/// Longest side in pixels; a plan of a harbour is drawn smaller.
const LONGEST_SIDE: f32 = 2_400.0;
/// Pixels for each point of a page to be recognised: 300 to the inch, which Tesseract's manual asks
/// for, and its longest side at that: somewhat more than A3.
const SCAN_SCALE: f32 = 300.0 / 72.0;
const LONGEST_SCAN: f32 = 5_200.0;
/// A page without a pixel darker than this is empty.
const INK: u8 = 200;

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

/// A page as an image for recognition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// The image in shades of grey, as PGM; `None` where nothing is drawn on the page.
    pub pgm: Option<Vec<u8>>,
    /// Pixels for each point of the page.
    pub pixels_per_point: f32,
}

/// Draws page `number`, from 1, of a PDF or an image. Decodes fonts and images by code that a file may lead to
/// fail or to take long: for a process of its own.
///
/// # Errors
///
/// The file cannot be opened, has no such page, or none that has an extent.
pub fn draw(bytes: &[u8], number: u32, options: &Options) -> Result<Drawing, Failure> {
    let pdf = open::open(&image::as_pdf(bytes)?, options)?;
    let page = page(&pdf, number)?;
    let (width, height) = page.render_dimensions();
    let drawn = drawn(page, number, scale(page, SCALE, LONGEST_SIDE))?;
    let png = drawn.into_png().map_err(|error| Failure::new(FileStatus::Damaged, error.to_string()))?;
    Ok(Drawing { png, width, height })
}

/// Draws page `number`, from 1, of a PDF or an image for recognition. As with [`draw`], for a process of its own.
///
/// # Errors
///
/// As with [`draw`].
pub fn scan(bytes: &[u8], number: u32, options: &Options) -> Result<Scan, Failure> {
    let pdf = open::open(&image::as_pdf(bytes)?, options)?;
    let page = page(&pdf, number)?;
    let pixels_per_point = scale(page, SCAN_SCALE, LONGEST_SCAN);
    let drawn = drawn(page, number, pixels_per_point)?;
    Ok(Scan { pgm: pgm(&drawn), pixels_per_point })
}

fn page(pdf: &Pdf, number: u32) -> Result<&Page<'_>, Failure> {
    let page = (number as usize).checked_sub(1).and_then(|at| pdf.pages().get(at));
    page.ok_or_else(|| {
        let reason = format!("found {} pages, want page {number}", pdf.pages().len());
        Failure::new(FileStatus::Damaged, reason)
    })
}

fn scale(page: &Page<'_>, wanted: f32, longest_side: f32) -> f32 {
    let (width, height) = page.render_dimensions();
    wanted.min(longest_side / width.max(height))
}

fn drawn(page: &Page<'_>, number: u32, scale: f32) -> Result<Pixmap, Failure> {
    let (width, height) = page.render_dimensions();
    let is_drawable = (width * scale).min(height * scale) >= 1.0;
    if !is_drawable {
        let reason = format!("page {number} measures {width} by {height} points, which cannot be drawn");
        return Err(Failure::new(FileStatus::Damaged, reason));
    }
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let settings = (InterpreterSettings::default(), RenderSettings::default());
    Ok(hayro::render(page, &RenderCache::new(), &settings.0, &settings.1, &pixels))
}

/// The image in shades of grey; `None` where all of it is white, or nearly.
fn pgm(drawn: &Pixmap) -> Option<Vec<u8>> {
    let mut pgm = format!("P5\n{} {}\n255\n", drawn.width(), drawn.height()).into_bytes();
    let start = pgm.len();
    pgm.reserve_exact(drawn.data().len());
    // The weights of ITU-R BT.601, in 256ths.
    let shade = |red: u8, green: u8, blue: u8| {
        ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
    };
    pgm.extend(drawn.data().iter().map(|pixel| shade(pixel.r, pixel.g, pixel.b)));
    let is_inked = pgm[start..].iter().any(|shade| *shade < INK);
    is_inked.then_some(pgm)
}
