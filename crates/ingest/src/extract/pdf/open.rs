//! Opens a PDF's bytes and reads its pages as glyphs: passwords, limits, what is missing.

use std::sync::Arc;

use chapeau_document::FileStatus;
use hayro_syntax::object::{Dict, Number};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::{Failure, Options};

use super::content::{self, Reader};
use super::font::Fonts;
use super::glyph::{Alphabet, GlyphPage};
use super::layout::Legend;
use super::structure::Structure;
use super::unpack::{self, Unpacker};
use super::visibility::Layers;

/// Opens a file, with the empty password and then with those given.
///
/// # Errors
///
/// Locked, encrypted in an unknown way, damaged beyond reading, or of too many pages.
pub(super) fn open(bytes: &[u8], options: &Options) -> Result<Pdf, Failure> {
    if !unpack::opens_within(bytes) {
        let reason = format!(
            "its tables of objects unpack to more than {} MB; get another copy of the file",
            unpack::MAX_STREAM_BYTES >> 20
        );
        return Err(Failure::new(FileStatus::TooLarge, reason));
    }
    let data = Arc::new(bytes.to_vec());
    let mut last = LoadPdfError::Invalid;
    for password in std::iter::once("").chain(options.passwords.iter().map(String::as_str)) {
        match Pdf::new_with_password(data.clone(), password) {
            Ok(pdf) => return within_limit(pdf, options),
            Err(error) => last = error,
        }
        if last != LoadPdfError::Decryption(DecryptionError::PasswordProtected) {
            break;
        }
    }
    Err(failure(last, options))
}

fn within_limit(pdf: Pdf, options: &Options) -> Result<Pdf, Failure> {
    let (found, wanted) = (pdf.pages().len(), options.max_pages);
    if found <= wanted {
        return Ok(pdf);
    }
    let reason = format!("found {found} pages, want at most {wanted}; split the file");
    Err(Failure::new(FileStatus::TooLarge, reason))
}

fn failure(error: LoadPdfError, options: &Options) -> Failure {
    let (status, reason) = match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            (FileStatus::Password, locked(options.passwords.len()))
        }
        LoadPdfError::Decryption(_) => (
            FileStatus::Unsupported,
            "the file is encrypted in a way that is not read; save a copy without encryption".to_owned(),
        ),
        LoadPdfError::Invalid => (
            FileStatus::Damaged,
            "found no page that can be read; get a new copy, or open and save it in a PDF viewer".to_owned(),
        ),
    };
    Failure::new(status, reason)
}

fn locked(n_passwords: usize) -> String {
    match n_passwords {
        0 => "the file is locked by a password; give it with --password-file".to_owned(),
        n => format!(
            "the file is locked, and none of {n} passwords opens it; add its own to the password file"
        ),
    }
}

/// A file being read page by page.
pub(super) struct PageReader<'a> {
    pdf: &'a Pdf,
    reader: Reader<'a>,
}

impl<'a> PageReader<'a> {
    /// Ready for the first page.
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        let catalog = catalog(pdf);
        let layers = catalog.as_ref().map(Layers::of).unwrap_or_default();
        let structure = catalog.as_ref().and_then(Structure::of);
        let (alphabet, unpacker) = (Alphabet::default(), Unpacker::default());
        Self { pdf, reader: Reader { fonts: Fonts::new(), alphabet, layers, unpacker, structure } }
    }

    /// The glyphs of page `number`, from 1.
    pub(super) fn page(&mut self, number: u32) -> Option<GlyphPage> {
        let page = self.pdf.pages().get(number.checked_sub(1)? as usize)?;
        Some(content::read_page(&mut self.reader, page, number))
    }

    /// What the glyphs stand for.
    pub(super) fn legend(&self) -> Legend<'_> {
        Legend { alphabet: &self.reader.alphabet, structure: self.reader.structure.as_ref() }
    }

    /// The letters that glyphs stand for.
    pub(super) fn alphabet(&mut self) -> &mut Alphabet {
        &mut self.reader.alphabet
    }
}

/// The file's catalog.
pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// How many pages the file says that it has, where that is more than can be found.
pub(super) fn missing_pages(pdf: &Pdf) -> Option<(usize, usize)> {
    let count = catalog(pdf)?.get::<Dict<'_>>("Pages")?.get::<Number>("Count")?.as_i64();
    let (said, found) = (usize::try_from(count).ok()?, pdf.pages().len());
    (said > found).then_some((said, found))
}
