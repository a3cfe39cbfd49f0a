//! PNG: decoded, since PDF has no way to show what shines through as paper.

use std::borrow::Cow;
use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations, Unit};

use super::{Fault, MAX_PIXELS, Sheet, Tile, colours, within_limit};

/// Most bytes that the decoder may take besides the pixels: those of its texts and profiles.
const MAX_EXTRA_BYTES: usize = 64 << 20;
/// Inches of a metre.
const INCHES: f32 = 39.37;

/// The page of a PNG.
pub(super) fn sheet(bytes: &[u8]) -> Result<Sheet<'static>, Fault> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_limits(Limits { bytes: MAX_EXTRA_BYTES + 4 * MAX_PIXELS as usize });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let head = decoder.read_header_info().map_err(|_| Fault::Damaged)?;
    let (width, height) = (head.width, head.height);
    within_limit(width, height)?;
    let mut reader = decoder.read_info().map_err(|_| Fault::Damaged)?;
    let density = reader.info().pixel_dims.filter(|dims| dims.unit == Unit::Meter);
    let density = density.map(|dims| dims.xppu as f32 / INCHES);
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(Fault::TooLarge)?];
    let frame = reader.next_frame(&mut pixels).map_err(|_| Fault::Damaged)?;
    pixels.truncate(frame.buffer_size());
    let (n_colours, data) = match frame.color_type {
        ColorType::Grayscale => (1, pixels),
        ColorType::Rgb => (3, pixels),
        ColorType::GrayscaleAlpha => (1, on_paper::<2>(&pixels)),
        ColorType::Rgba => (3, on_paper::<4>(&pixels)),
        ColorType::Indexed => return Err(Fault::Unknown),
    };
    let entries = format!("/ColorSpace {} /BitsPerComponent 8", colours(n_colours)?);
    let tile = Tile { left: 0, top: 0, width, height, entries, data: Cow::Owned(data) };
    Ok(Sheet { width, height, density, tiles: vec![tile] })
}

/// The colours of pixels, the last of whose bytes says how much they cover white paper.
fn on_paper<const N: usize>(pixels: &[u8]) -> Vec<u8> {
    let mut colours = Vec::with_capacity(pixels.len() / N * (N - 1));
    for pixel in pixels.chunks_exact(N) {
        let cover = u32::from(pixel[N - 1]);
        let on_white = |colour: &u8| ((u32::from(*colour) * cover + 255 * (255 - cover)) / 255) as u8;
        colours.extend(pixel[..N - 1].iter().map(on_white));
    }
    colours
}
