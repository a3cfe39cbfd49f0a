//! Text that is only drawn, read by Tesseract where it is installed (`--ocr`).
//!
//! A worker draws the page, and Tesseract reads the image in a private folder, bounded like every
//! program of others. What it found is kept beside the index: reading a page takes seconds, and must
//! not be done again because the index is built anew.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{fs, io};

use anyhow::{Context, bail};
use chapeau_ingest::{Failure, Options, Reading, Recognised, Source, Warning};
use rayon::prelude::*;

use crate::print;
use crate::worker::Pool;
use crate::worker::helper::{self, HelperFault};

/// The program.
const TESSERACT: &str = "tesseract";
/// Languages that are asked for where nobody says which: those of the documents we know, as far as
/// they are installed.
const USUAL: &[&str] = &["eng", "fra", "spa"];
/// Tesseract's names of the languages that we tell apart.
const NAMES: &[(&str, &str)] = &[("en", "eng"), ("fr", "fra"), ("es", "spa")];
/// Pages that are read in all languages to learn which it is, and bytes of text that tell it.
const FIRST_PAGES: usize = 3;
const ENOUGH_TEXT: usize = 100;
/// A page that is less sure than this in one language is read in all: it may be in another. Clean scans
/// of 200 dots to the inch are .95 sure in their own language.
const SURE: f32 = 0.85;
/// Finds columns, and turns pages that lie on their side.
const LAYOUT: &str = "1";
/// Pages between which what was recognised is kept.
const PAGES_AT_A_TIME: usize = 40;
/// Most pages of one source that are recognised in one run, and the time after which no more are begun:
/// a source of a thousand pages takes about an hour on four processors, and others wait for it.
const PAGES_IN_A_RUN: usize = 1_000;
const TIME_IN_A_RUN: Duration = Duration::from_secs(3_600);
/// Names in the private folder.
const IMAGE: &str = "page.pgm";
const TABLE: &str = "page";

/// What reads drawn text, and what was read before.
#[derive(Debug, Default)]
pub(crate) struct Recognition {
    /// `None` without `--ocr`, and where Tesseract is not installed.
    tesseract: Option<Tesseract>,
    store: Option<Store>,
}

#[derive(Clone, Debug)]
struct Tesseract {
    program: PathBuf,
    /// "eng", "fra".
    languages: Vec<String>,
}

impl Recognition {
    /// Tesseract, if it is asked for and installed; that it is not is said.
    ///
    /// # Errors
    ///
    /// A language that is asked for is not installed.
    pub(crate) fn wanted(is_wanted: bool, languages: &[String]) -> anyhow::Result<Self> {
        if !is_wanted {
            return Ok(Self::default());
        }
        let Some(program) = helper::find(&[TESSERACT]) else {
            print::warning(
                "Tesseract is not installed, so --ocr reads nothing: apt install tesseract-ocr-eng \
                 tesseract-ocr-fra tesseract-ocr-spa",
            );
            return Ok(Self::default());
        };
        let languages = chosen(languages, &installed(&program)?)?;
        Ok(Self { tesseract: Some(Tesseract { program, languages }), store: None })
    }

    /// Keeps what is read in this folder, and looks there first.
    pub(crate) fn kept_in(self, folder: PathBuf) -> Self {
        Self { store: Some(Store { folder }), ..self }
    }

    /// Whether a page can be recognised at all.
    pub(crate) fn is_able(&self) -> bool {
        self.tesseract.is_some()
    }

    /// Reads a source by `read`; where some of its text is only drawn, has that recognised first.
    /// What is recognised is kept under the digest of `found`, the bytes of the file.
    pub(crate) fn read(
        &self,
        source: &Source<'_>,
        found: &[u8],
        options: &Options,
        read: impl Fn(&Options) -> Result<Reading, Failure>,
    ) -> Result<Reading, Failure> {
        let key = self.store.as_ref().map(|_| blake3::hash(found).to_hex());
        let kept = self.store.as_ref().zip(key.as_ref()).map(|(store, key)| store.get(key));
        let mut options = Options {
            can_recognise: self.is_able(),
            recognised: kept.unwrap_or_default(),
            ..options.clone()
        };
        let reading = read(&options)?;
        let Some(tesseract) = self.tesseract.as_ref().filter(|_| !reading.unread.is_empty()) else {
            return Ok(reading);
        };
        options.can_recognise = false;
        let started = Instant::now();
        let mut n_read = 0;
        // Kept as it comes: a run may be killed in the middle of a volume.
        for pages in reading.unread.chunks(PAGES_AT_A_TIME) {
            if n_read >= PAGES_IN_A_RUN || started.elapsed() > TIME_IN_A_RUN {
                break;
            }
            n_read += pages.len();
            options.recognised.extend(tesseract.all_recognised(source, pages, &options.passwords));
            if let Some((store, key)) = self.store.as_ref().zip(key.as_ref()) {
                store.put(key, &options.recognised);
            }
        }
        let left = reading.unread.get(n_read..).unwrap_or_default();
        read(&options).map(|reading| with_left(reading, left)).map_err(|failure| without(failure, left))
    }
}

/// Says which pages one run left, if any.
fn with_left(mut reading: Reading, left: &[u32]) -> Reading {
    reading.warnings.extend(left_over(left).map(|message| Warning { page: left.first().copied(), message }));
    reading
}

fn without(failure: Failure, left: &[u32]) -> Failure {
    let Some(message) = left_over(left) else { return failure };
    Failure { reason: format!("{}; {message}", failure.reason), ..failure }
}

fn left_over(left: &[u32]) -> Option<String> {
    let minutes = TIME_IN_A_RUN.as_secs() / 60;
    (!left.is_empty()).then(|| {
        format!(
            "{} pages not recognised yet, as one run reads at most {PAGES_IN_A_RUN} of a file and begins none \
             after {minutes} minutes; the next run with --ocr goes on",
            left.len()
        )
    })
}

impl Tesseract {
    /// These pages, read on all processors.
    fn all_recognised(&self, source: &Source<'_>, pages: &[u32], passwords: &[String]) -> Vec<Recognised> {
        let pool = Pool::default();
        let options = Options { passwords: passwords.to_vec(), ..Options::default() };
        let in_all = |page: u32| self.recognised(source, page, &options, &pool);
        // Letters of one language are told apart better than those of several, and faster.
        let Some(in_one) = self.in_language_of(source, pages, in_all) else {
            return pages.par_iter().map(|&page| in_all(page)).collect();
        };
        let read = |&page: &u32| {
            let one = in_one.recognised(source, page, &options, &pool);
            if is_sure(&one) { one } else { surer(one, in_all(page)) }
        };
        pages.par_iter().map(read).collect()
    }

    /// The same with the source's language alone, if it may be in several: as it is told, else as the first
    /// pages that have words show.
    fn in_language_of(
        &self,
        source: &Source<'_>,
        pages: &[u32],
        recognised: impl Fn(u32) -> Recognised,
    ) -> Option<Self> {
        if self.languages.len() < 2 {
            return None;
        }
        let told = source.given.iter().find(|(field, value)| field == "language" && !value.is_empty());
        let shown = || {
            let mut texts = pages.iter().take(FIRST_PAGES).map(|&page| recognised(page).words().0);
            texts.find(|text| text.len() > ENOUGH_TEXT).map(|text| chapeau_ingest::language_of(&text))
        };
        let language = told.map(|(_, language)| language.clone()).or_else(shown)?;
        let (_, name) = NAMES.iter().find(|(known, _)| *known == language)?;
        let is_wanted = self.languages.iter().any(|wanted| wanted == name);
        is_wanted.then(|| Self { languages: vec![(*name).to_owned()], ..self.clone() })
    }

    /// A page as recognised, or why it could not be.
    fn recognised(&self, source: &Source<'_>, page: u32, options: &Options, pool: &Pool) -> Recognised {
        let nothing = Recognised { page, pixels_per_point: 1.0, table: String::new(), fault: None };
        let scan = match pool.scan(source, page, options) {
            Ok(scan) => scan,
            Err(failure) => return Recognised { fault: Some(failure.reason), ..nothing },
        };
        let Some(pgm) = scan.pgm else { return nothing };
        let recognised = Recognised { pixels_per_point: scan.pixels_per_point, ..nothing };
        match self.table(&pgm, scan.pixels_per_point) {
            Ok(table) => Recognised { table, ..recognised },
            Err(fault) => Recognised { fault: Some(fault), ..recognised },
        }
    }

    /// The table of words in an image.
    fn table(&self, pgm: &[u8], pixels_per_point: f32) -> Result<String, String> {
        let no_folder = |error: io::Error| format!("no private folder to read the page in: {error}");
        let folder = tempfile::tempdir().map_err(no_folder)?;
        fs::write(folder.path().join(IMAGE), pgm).map_err(no_folder)?;
        helper::run(&self.program, &self.arguments(pixels_per_point), folder.path()).map_err(|fault| {
            match fault {
                HelperFault::NotStarted => "Tesseract could not be started".to_owned(),
                HelperFault::TimedOut(seconds) => format!("Tesseract took longer than {seconds} seconds"),
            }
        })?;
        let table = helper::made_in(folder.path(), &PathBuf::from(TABLE).with_extension("tsv"));
        let table = table.and_then(|bytes| String::from_utf8(bytes).ok());
        table.ok_or_else(|| "Tesseract makes nothing of its image".to_owned())
    }

    fn arguments(&self, pixels_per_point: f32) -> Vec<OsString> {
        let resolution = format!("{:.0}", 72.0 * pixels_per_point);
        let languages = self.languages.join("+");
        let arguments = [IMAGE, TABLE, "-l", &languages, "--psm", LAYOUT, "--dpi", &resolution, "tsv"];
        arguments.map(OsString::from).to_vec()
    }
}

/// Whether a page can stay as it was read in one language.
fn is_sure(page: &Recognised) -> bool {
    page.fault.is_none() && page.words().1.is_none_or(|confidence| confidence >= SURE)
}

fn surer(one: Recognised, other: Recognised) -> Recognised {
    let confidence =
        |page: &Recognised| if page.fault.is_some() { -1.0 } else { page.words().1.unwrap_or(0.0) };
    if confidence(&other) > confidence(&one) { other } else { one }
}

/// The languages that Tesseract has been installed with.
fn installed(program: &PathBuf) -> anyhow::Result<Vec<String>> {
    let listed = Command::new(program).arg("--list-langs").output();
    let listed = listed.with_context(|| format!("cannot ask {} for its languages", program.display()))?;
    // Former versions print the list on the error stream.
    let text = [listed.stdout, listed.stderr].concat();
    let lines = String::from_utf8_lossy(&text).lines().skip(1).map(|line| line.trim().to_owned()).collect();
    Ok(lines)
}

/// What Tesseract is told: the languages asked for, or the usual ones that it has.
fn chosen(wanted: &[String], installed: &[String]) -> anyhow::Result<Vec<String>> {
    let is_installed = |language: &str| installed.iter().any(|known| known == language);
    if let Some(language) = wanted.iter().find(|language| !is_installed(language)) {
        bail!(
            "Tesseract has no language {language:?}, want one of {}: more come with apt install tesseract-ocr-LANG",
            installed.join(", ")
        );
    }
    let usual =
        || USUAL.iter().filter(|language| is_installed(language)).map(|language| (*language).to_owned());
    let languages: Vec<String> = if wanted.is_empty() { usual().collect() } else { wanted.to_vec() };
    if languages.is_empty() {
        bail!("Tesseract has none of the languages {}: apt install tesseract-ocr-eng", USUAL.join(", "));
    }
    Ok(languages)
}

/// What was recognised of sources, by the digests of their bytes.
#[derive(Debug)]
struct Store {
    folder: PathBuf,
}

impl Store {
    /// The pages of a source that were recognised before.
    fn get(&self, key: &str) -> Vec<Recognised> {
        // What cannot be read is recognised again.
        let kept = fs::read(self.folder.join(key)).ok();
        kept.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps pages of a source, but for those that could not be recognised this time.
    fn put(&self, key: &str, pages: &[Recognised]) {
        let pages: Vec<&Recognised> = pages.iter().filter(|page| page.fault.is_none()).collect();
        let Ok(bytes) = postcard::to_stdvec(&pages) else { return };
        // Whole or not at all: a run may be killed at any time. What is not kept is recognised again.
        let beside = self.folder.join(format!("{key}.{}", std::process::id()));
        let _ = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&beside, bytes))
            .and_then(|()| fs::rename(&beside, self.folder.join(key)));
    }
}

/// Removes what was recognised of sources that have none of these digests.
pub(crate) fn forget_others(folder: &std::path::Path, is_known: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(&is_known) {
            // The next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &[&str], expected: &str) {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        let chosen = chosen(&owned(wanted), &owned(&["deu", "eng", "osd", "spa"]));
        assert_eq!(chosen.map_or_else(|error| error.to_string(), |languages| languages.join("+")), expected);
    }

    #[test]
    fn the_usual_languages_are_read_where_none_is_asked_for() {
        check(&[], "eng+spa");
        check(&["deu"], "deu");
        check(&["spa", "deu"], "spa+deu");
        check(
            &["eng", "-c x"],
            "Tesseract has no language \"-c x\", want one of deu, eng, osd, spa: more come with apt install \
             tesseract-ocr-LANG",
        );
    }

    #[test]
    fn what_was_recognised_is_kept_but_for_failures() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = Store { folder: folder.path().join("deep") };
        let page = |page, fault: Option<&str>| Recognised {
            page,
            pixels_per_point: 2.0,
            table: "words".into(),
            fault: fault.map(str::to_owned),
        };
        assert_eq!(store.get("abc"), []);
        store.put("abc", &[page(1, None), page(2, Some("it hung"))]);
        assert_eq!(store.get("abc"), [page(1, None)]);
        fs::write(store.folder.join("abc"), [0xff; 9]).expect("files can be written");
        assert_eq!(store.get("abc"), []);
        forget_others(&store.folder, |key| key == "abd");
        assert_eq!(fs::read_dir(&store.folder).expect("it is there").count(), 0);
    }
}
