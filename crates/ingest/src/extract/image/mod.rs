//! Images of pages: a scan that was sent as PNG, JPEG or TIFF instead of PDF.
//!
//! They become a PDF with nothing on its pages but the images, packed as they are found wherever PDF
//! knows the method. Drawing, recognition, limits and the page beside a hit are then those of a scan
//! in a PDF.

mod jpeg;
mod png;
mod tiff;

use std::borrow::Cow;
use std::io::Write;

use chapeau_document::FileStatus;

use super::media_type::{MediaType, Picture};
use crate::Failure;

/// Most pixels of a page: A4 at 800 dots to the inch. The decoders hold a page unpacked.
const MAX_PIXELS: u64 = 64_000_000;
/// Dots to the inch that a scanner may have; other figures are those of a screen, or none.
const DENSITIES: std::ops::RangeInclusive<f32> = 100.0..=1_200.0;
/// Height of A4 in points, which a page without a density is taken to have.
const USUAL_HEIGHT: f32 = 842.0;

/// What stands on a page.
#[derive(Debug, Default, PartialEq)]
struct Sheet<'a> {
    /// In pixels.
    width: u32,
    height: u32,
    /// Dots to the inch, where they are told.
    density: Option<f32>,
    /// Strips or tiles.
    tiles: Vec<Tile<'a>>,
}

/// A part of a page.
#[derive(Debug, Default, PartialEq)]
struct Tile<'a> {
    /// From the upper left corner of the page, in pixels.
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    /// How its data are packed and what they mean: entries of the dictionary of a PDF's image.
    entries: String,
    data: Cow<'a, [u8]>,
}

/// Why there are no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Damaged,
    TooLarge,
    /// A way to pack pixels that is not read.
    Unknown,
}

/// A PDF for the bytes of a page's image; all others as they are.
///
/// # Errors
///
/// The image is damaged, too large, or packed in a way that is not read.
pub(super) fn as_pdf(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Failure> {
    let MediaType::Image(picture) = MediaType::of(bytes) else { return Ok(Cow::Borrowed(bytes)) };
    let sheets = match picture {
        Picture::Png => png::sheet(bytes).map(|sheet| vec![sheet]),
        Picture::Jpeg => jpeg::sheet(bytes).map(|sheet| vec![sheet]),
        Picture::Tiff => tiff::sheets(bytes),
    };
    sheets.map(|sheets| Cow::Owned(pdf(&sheets))).map_err(|fault| failure(fault, picture))
}

fn failure(fault: Fault, picture: Picture) -> Failure {
    let name = MediaType::Image(picture);
    match fault {
        Fault::Damaged => {
            Failure::new(FileStatus::Damaged, format!("found {name} that cannot be decoded; get a new copy"))
        }
        Fault::TooLarge => Failure::new(
            FileStatus::TooLarge,
            format!(
                "found {name} of more than {} million pixels; save it at 300 dots to the inch",
                MAX_PIXELS / 1_000_000
            ),
        ),
        Fault::Unknown => Failure::new(
            FileStatus::Unsupported,
            format!("found {name} packed in a way that is not read; save it as PDF"),
        ),
    }
}

/// Whether a page of so many pixels is read.
fn within_limit(width: u32, height: u32) -> Result<(), Fault> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Fault::Damaged),
        n_pixels if n_pixels > MAX_PIXELS => Err(Fault::TooLarge),
        _ => Ok(()),
    }
}

/// Names of colour spaces by their number of colours.
fn colours(n_colours: u8) -> Result<&'static str, Fault> {
    match n_colours {
        1 => Ok("/DeviceGray"),
        3 => Ok("/DeviceRGB"),
        4 => Ok("/DeviceCMYK"),
        _ => Err(Fault::Unknown),
    }
}

/// The file, object by object: catalog, pages, then for each page itself, its content and its images.
fn pdf(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".to_vec();
    let mut number = 3;
    let mut kids = String::new();
    for sheet in sheets {
        kids.push_str(&format!("{number} 0 R "));
        number = page(&mut out, sheet, number);
    }
    let pages = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", sheets.len());
    object(&mut out, 2, pages.as_bytes(), None);
    // The places of the objects are found without a table of them.
    out.extend_from_slice(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out
}

/// Writes the objects of a page from `number` on, and says which number is free after them.
fn page(out: &mut Vec<u8>, sheet: &Sheet<'_>, number: usize) -> usize {
    let scale = points_per_pixel(sheet);
    let points = |pixels: u32| pixels as f32 * scale;
    let (width, height) = (points(sheet.width), points(sheet.height));
    let (mut content, mut names) = (String::new(), String::new());
    for (tile, at) in sheet.tiles.iter().zip(number + 2..) {
        let bottom = height - points(tile.top) - points(tile.height);
        let (left, wide, high) = (points(tile.left), points(tile.width), points(tile.height));
        content.push_str(&format!("q {wide} 0 0 {high} {left} {bottom} cm /I{at} Do Q\n"));
        names.push_str(&format!("/I{at} {at} 0 R "));
    }
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {} 0 R \
         /Resources << /XObject << {names} >> >> >>",
        number + 1
    );
    object(out, number, page.as_bytes(), None);
    object(out, number + 1, b"", Some(content.as_bytes()));
    for (tile, at) in sheet.tiles.iter().zip(number + 2..) {
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} {}",
            tile.width, tile.height, tile.entries
        );
        object(out, at, entries.as_bytes(), Some(&tile.data));
    }
    number + 2 + sheet.tiles.len()
}

fn points_per_pixel(sheet: &Sheet<'_>) -> f32 {
    let told = sheet.density.filter(|density| DENSITIES.contains(density));
    told.map_or_else(|| USUAL_HEIGHT / sheet.width.max(sheet.height) as f32, |density| 72.0 / density)
}

/// An object: as it is, or with `entries` of a dictionary before the data of a stream.
fn object(out: &mut Vec<u8>, number: usize, entries: &[u8], data: Option<&[u8]>) {
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    match data {
        None => out.extend_from_slice(entries),
        Some(data) => {
            out.extend_from_slice(b"<< ");
            out.extend_from_slice(entries);
            // A vector takes all that is written to it.
            let _ = write!(out, " /Length {} >>\nstream\n", data.len());
            out.extend_from_slice(data);
            out.extend_from_slice(b"\nendstream");
        }
    }
    out.extend_from_slice(b"\nendobj\n");
}

#[cfg(test)]
mod tests;
