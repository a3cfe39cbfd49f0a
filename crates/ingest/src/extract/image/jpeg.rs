//! JPEG: its size and colours from its headers; PDF takes its data as they are.

use std::borrow::Cow;

use super::{Fault, Sheet, Tile, colours, within_limit};

/// What the headers of a JPEG say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Head {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) n_colours: u8,
    /// Whether it says that Adobe's programs made it: four colours are then upside down.
    is_adobe: bool,
    /// Dots to the inch.
    density: Option<f32>,
}

/// The page of a JPEG.
pub(super) fn sheet(bytes: &[u8]) -> Result<Sheet<'_>, Fault> {
    let head = head(bytes).ok_or(Fault::Damaged)?;
    within_limit(head.width, head.height)?;
    let tile = tile(head, Cow::Borrowed(bytes), "")?;
    Ok(Sheet { width: head.width, height: head.height, density: head.density, tiles: vec![tile] })
}

/// A JPEG as a tile at the upper left corner. `parameters` go to its decoder.
pub(super) fn tile<'a>(head: Head, data: Cow<'a, [u8]>, parameters: &str) -> Result<Tile<'a>, Fault> {
    let decode = if head.n_colours == 4 && head.is_adobe { "/Decode [1 0 1 0 1 0 1 0]" } else { "" };
    let entries = format!(
        "/ColorSpace {} /BitsPerComponent 8 /Filter /DCTDecode {parameters} {decode}",
        colours(head.n_colours)?
    );
    Ok(Tile { left: 0, top: 0, width: head.width, height: head.height, entries, data })
}

/// Reads the headers up to the one with the size.
pub(super) fn head(bytes: &[u8]) -> Option<Head> {
    let mut head = Head::default();
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    loop {
        let start = rest.iter().position(|&byte| byte != 0xFF)?;
        let (kind, after) = (*rest.get(start)?, rest.get(start + 1..)?);
        // A mark stands behind at least one byte that fills; these have no content.
        if start == 0 {
            return None;
        }
        if matches!(kind, 0x01 | 0xD0..=0xD8) {
            rest = after;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let content = after.get(2..length)?;
        rest = after.get(length..)?;
        match kind {
            // Sizes stand in every frame's header, of whatever method (ITU-T T.81, B.1.1.3).
            0xC0..=0xCF if !matches!(kind, 0xC4 | 0xC8 | 0xCC) => {
                let [_, h1, h0, w1, w0, n_colours, ..] = *content else { return None };
                head.height = u32::from(u16::from_be_bytes([h1, h0]));
                head.width = u32::from(u16::from_be_bytes([w1, w0]));
                head.n_colours = n_colours;
                return Some(head);
            }
            0xE0 if content.starts_with(b"JFIF\0") => head.density = density(content),
            0xEE if content.starts_with(b"Adobe") => head.is_adobe = true,
            0xD9 | 0xDA => return None,
            _ => {}
        }
    }
}

/// Dots to the inch that a JFIF header tells.
fn density(content: &[u8]) -> Option<f32> {
    let [unit, x1, x0] = *content.get(7..10)? else { return None };
    let dots = f32::from(u16::from_be_bytes([x1, x0]));
    match unit {
        1 => Some(dots),
        2 => Some(dots * 2.54),
        _ => None,
    }
}
