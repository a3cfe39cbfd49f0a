//! TIFF, also of many pages: its strips and tiles, packed by methods that PDF has taken from it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Fault, Sheet, Tile, colours, jpeg, within_limit};

/// Most strips or tiles of a file.
const MAX_TILES: usize = 100_000;
/// Most entries of one directory, and values of one entry that are read.
const MAX_ENTRIES: usize = 1_000;
const MAX_VALUES: usize = MAX_TILES;

// Tags of TIFF 6.0.
const SUBFILE: u16 = 254;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const FILL_ORDER: u16 = 266;
const STRIPS: u16 = 273;
const SAMPLES: u16 = 277;
const STRIP_ROWS: u16 = 278;
const STRIP_BYTES: u16 = 279;
const DENSITY: u16 = 282;
const PLANES: u16 = 284;
const T4_OPTIONS: u16 = 292;
const DENSITY_UNIT: u16 = 296;
const PREDICTOR: u16 = 317;
const PALETTE: u16 = 320;
const TILE_WIDTH: u16 = 322;
const TILE_HEIGHT: u16 = 323;
const TILES: u16 = 324;
const TILE_BYTES: u16 = 325;
const JPEG_TABLES: u16 = 347;

/// The pages of a TIFF.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet<'_>>, Fault> {
    let file = File { bytes, is_little: bytes.starts_with(b"II") };
    let mut next = file.long(4).ok_or(Fault::Damaged)?;
    let (mut sheets, mut seen, mut n_tiles) = (Vec::new(), HashSet::new(), 0);
    while next != 0 && seen.insert(next) {
        // What follows a directory cut off is lost, and what came before it is not.
        let Some((directory, after)) = file.directory(next as usize) else { break };
        next = after;
        let is_preview = directory.first(SUBFILE).is_some_and(|kind| kind & 1 == 1);
        if is_preview {
            continue;
        }
        let sheet = directory.sheet(&file)?;
        n_tiles += sheet.tiles.len();
        if n_tiles > MAX_TILES {
            return Err(Fault::TooLarge);
        }
        sheets.push(sheet);
    }
    if sheets.is_empty() { Err(Fault::Damaged) } else { Ok(sheets) }
}

/// The bytes of a file, and their order in numbers.
struct File<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

impl<'a> File<'a> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn slice(&self, at: u32, length: u32) -> Option<&'a [u8]> {
        let start = at as usize;
        self.bytes.get(start..start.checked_add(length as usize)?)
    }

    /// The directory at an offset, and the offset of the next.
    fn directory(&self, at: usize) -> Option<(Directory, u32)> {
        let n_entries = usize::from(self.short(at)?);
        let mut entries = HashMap::new();
        for entry in (0..n_entries.min(MAX_ENTRIES)).map(|entry| at + 2 + 12 * entry) {
            entries.insert(self.short(entry)?, self.values(entry).unwrap_or_default());
        }
        Some((Directory { entries }, self.long(at + 2 + 12 * n_entries).unwrap_or(0)))
    }

    /// The values of an entry; of fractions, the whole part.
    fn values(&self, entry: usize) -> Option<Vec<u32>> {
        let (kind, count) = (self.short(entry + 2)?, self.long(entry + 4)? as usize);
        let size = match kind {
            1 | 7 => 1,
            3 => 2,
            4 => 4,
            5 => 8,
            _ => return None,
        };
        let start = if size * count <= 4 { entry + 8 } else { self.long(entry + 8)? as usize };
        (0..count.min(MAX_VALUES)).map(|number| self.value(kind, start + size * number)).collect()
    }

    fn value(&self, kind: u16, at: usize) -> Option<u32> {
        match kind {
            1 | 7 => self.bytes.get(at).map(|&byte| u32::from(byte)),
            3 => self.short(at).map(u32::from),
            4 => self.long(at),
            _ => self.long(at)?.checked_div(self.long(at + 4)?),
        }
    }
}

/// What is said of one page.
struct Directory {
    entries: HashMap<u16, Vec<u32>>,
}

impl Directory {
    fn all(&self, tag: u16) -> &[u32] {
        self.entries.get(&tag).map_or(&[], Vec::as_slice)
    }

    fn first(&self, tag: u16) -> Option<u32> {
        self.all(tag).first().copied()
    }

    fn sheet<'a>(&self, file: &File<'a>) -> Result<Sheet<'a>, Fault> {
        let (width, height) = self.first(WIDTH).zip(self.first(HEIGHT)).ok_or(Fault::Damaged)?;
        within_limit(width, height)?;
        let is_tiled = self.entries.contains_key(&TILES);
        let (offsets, lengths) = if is_tiled {
            (self.all(TILES), self.all(TILE_BYTES))
        } else {
            (self.all(STRIPS), self.all(STRIP_BYTES))
        };
        let wide = if is_tiled { self.first(TILE_WIDTH).ok_or(Fault::Damaged)? } else { width };
        let rows = if is_tiled { self.first(TILE_HEIGHT) } else { self.first(STRIP_ROWS) };
        let rows = rows.unwrap_or(height).clamp(1, if is_tiled { u32::MAX } else { height });
        within_limit(wide, rows)?;
        let n_across = width.div_ceil(wide);
        let mut tiles = Vec::with_capacity(offsets.len());
        for (number, (&offset, &length)) in (0_u32..).zip(offsets.iter().zip(lengths)) {
            let (left, top) = ((number % n_across) * wide, (number / n_across).saturating_mul(rows));
            // Pixels of a page that is cut off are lost, and its others are not.
            let Some(data) = file.slice(offset, length).filter(|_| top < height) else { break };
            let high = if is_tiled { rows } else { rows.min(height - top) };
            let tile = self.tile(data, wide, high)?;
            tiles.push(Tile { left, top, ..tile });
        }
        if tiles.is_empty() {
            return Err(Fault::Damaged);
        }
        Ok(Sheet { width, height, density: self.density(), tiles })
    }

    /// Dots to the inch.
    fn density(&self) -> Option<f32> {
        let dots = self.first(DENSITY)? as f32;
        if self.first(DENSITY_UNIT) == Some(3) { Some(dots * 2.54) } else { Some(dots) }
    }

    fn tile<'a>(&self, data: &'a [u8], width: u32, height: u32) -> Result<Tile<'a>, Fault> {
        let compression = self.first(COMPRESSION).unwrap_or(1);
        let data = match self.first(FILL_ORDER) {
            Some(2) => Cow::Owned(data.iter().map(|byte| byte.reverse_bits()).collect()),
            _ => Cow::Borrowed(data),
        };
        if compression == 7 {
            return self.jpeg(data);
        }
        let data = if compression == 32_773 { ended(data) } else { data };
        let (bits, n_samples) = (self.first(BITS).unwrap_or(1), self.first(SAMPLES).unwrap_or(1));
        let filter = self.filter(compression, width, height, bits, n_samples)?;
        let entries =
            format!("{} /BitsPerComponent {bits} {filter}", self.colour_space(compression, bits, n_samples)?);
        Ok(Tile { left: 0, top: 0, width, height, entries, data })
    }

    /// What the numbers of a pixel mean.
    fn colour_space(&self, compression: u32, bits: u32, n_samples: u32) -> Result<String, Fault> {
        let is_fax = matches!(compression, 2..=4);
        let is_read =
            matches!(bits, 1 | 2 | 4 | 8 | 16) && (n_samples == 1 || self.first(PLANES).unwrap_or(1) == 1);
        match (self.first(PHOTOMETRIC).unwrap_or(0), n_samples) {
            _ if !is_read => Err(Fault::Unknown),
            // Black is told to the decoder of a fax.
            (0 | 1, 1) if is_fax => Ok("/ColorSpace /DeviceGray".to_owned()),
            (0, 1) => Ok("/ColorSpace /DeviceGray /Decode [1 0]".to_owned()),
            (1, 1) | (2, 3) | (5, 4) => Ok(format!("/ColorSpace {}", colours(n_samples as u8)?)),
            (3, 1) if bits <= 8 => Ok(self.palette(bits)),
            _ => Err(Fault::Unknown),
        }
    }

    fn palette(&self, bits: u32) -> String {
        let entries = self.all(PALETTE);
        let n_colours = 1_usize << bits;
        let shade = |plane: usize, colour: usize| {
            entries.get(plane * n_colours + colour).map_or(0, |shade| shade >> 8)
        };
        let colours: String = (0..n_colours)
            .flat_map(|colour| (0..3).map(move |plane| (plane, colour)))
            .map(|(plane, colour)| format!("{:02x}", shade(plane, colour) & 0xFF))
            .collect();
        format!("/ColorSpace [/Indexed /DeviceRGB {} <{colours}>]", n_colours - 1)
    }

    /// How the data are packed, in the words of PDF.
    fn filter(
        &self,
        compression: u32,
        width: u32,
        height: u32,
        bits: u32,
        n_samples: u32,
    ) -> Result<String, Fault> {
        let fax = |method: i32, more: &str| {
            let is_black_one = self.first(PHOTOMETRIC) == Some(1);
            format!(
                "/Filter /CCITTFaxDecode /DecodeParms << /K {method} /Columns {width} /Rows {height} \
                 /BlackIs1 {is_black_one} /EndOfBlock false {more} >>"
            )
        };
        let predicted = |name: &str| match self.first(PREDICTOR) {
            Some(2) => format!(
                "/Filter /{name} /DecodeParms << /Predictor 2 /Columns {width} /Colors {n_samples} /BitsPerComponent {bits} >>"
            ),
            _ => format!("/Filter /{name}"),
        };
        match compression {
            1 => Ok(String::new()),
            2 => Ok(fax(0, "/EncodedByteAlign true")),
            3 => Ok(fax((self.first(T4_OPTIONS).unwrap_or(0) & 1) as i32, "")),
            4 => Ok(fax(-1, "")),
            5 => Ok(predicted("LZWDecode")),
            8 | 32_946 => Ok(predicted("FlateDecode")),
            32_773 => Ok("/Filter /RunLengthDecode".to_owned()),
            _ => Err(Fault::Unknown),
        }
    }

    /// A JPEG, whose tables may be those of the whole page.
    fn jpeg<'a>(&self, data: Cow<'a, [u8]>) -> Result<Tile<'a>, Fault> {
        let tables: Vec<u8> = self.all(JPEG_TABLES).iter().map(|&byte| byte as u8).collect();
        let own = data.strip_prefix(b"\xFF\xD8").ok_or(Fault::Damaged)?;
        let data = match tables.strip_suffix(b"\xFF\xD9") {
            Some(tables) => Cow::Owned([tables, own].concat()),
            None => data,
        };
        let head = jpeg::head(&data).ok_or(Fault::Damaged)?;
        within_limit(head.width, head.height)?;
        let is_rgb = self.first(PHOTOMETRIC) == Some(2);
        jpeg::tile(head, data, if is_rgb { "/DecodeParms << /ColorTransform 0 >>" } else { "" })
    }
}

/// Runs with the mark of their end, which PDF wants and TIFF does not have.
fn ended(runs: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let mut runs = runs.into_owned();
    runs.push(128);
    Cow::Owned(runs)
}
