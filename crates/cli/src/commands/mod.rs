//! One module per command.

pub(crate) mod changes;
pub(crate) mod cites;
pub(crate) mod compare;
pub(crate) mod export;
pub(crate) mod help;
pub(crate) mod index;
pub(crate) mod inspect;
pub(crate) mod lineage;
pub(crate) mod list;
pub(crate) mod mandates;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod suggest;
pub(crate) mod verify;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use chapeau_document::{Date, Furniture, Step};
use chapeau_index::{Error, Searcher};
use chapeau_query::thesaurus::Thesaurus;
use jiff::ToSpan;

use crate::args::{DEFAULT_CORPUS, IndexDir, OwnThesaurus, Synonyms};

/// Opens the index. Where nobody named one and there is none yet, it is built from the corpus:
/// the first search on a fresh machine then answers.
pub(crate) fn open(named: &IndexDir) -> anyhow::Result<Searcher> {
    let dir = named.resolved();
    match Searcher::open(&dir) {
        Err(Error::Missing(_)) if named.is_default() && Path::new(DEFAULT_CORPUS).is_dir() => {
            index::build_default(&dir)?;
            Ok(Searcher::open(&dir)?)
        }
        opened => Ok(opened?),
    }
}

/// Where synonyms come from, if they are wanted.
pub(crate) fn wanted_thesaurus(synonyms: &Synonyms) -> anyhow::Result<Option<Arc<Thesaurus>>> {
    (!synonyms.no_synonyms).then(|| thesaurus(&synonyms.thesaurus)).transpose()
}

/// The built-in concepts, and those of a file of one's own.
pub(crate) fn thesaurus(own: &OwnThesaurus) -> anyhow::Result<Arc<Thesaurus>> {
    let Some(file) = &own.file else { return Ok(Arc::default()) };
    let name = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read the thesaurus {name}"))?;
    let read = Thesaurus::with_own(&text).with_context(|| format!("cannot use the thesaurus {name}"))?;
    Ok(Arc::new(read))
}

/// A clause's path on one line; `None` where it has none.
pub(crate) fn path_line(path: &[Step]) -> Option<String> {
    let step = |step: &Step| match (&step.label, &step.title) {
        (Some(label), Some(title)) => format!("{label} {title}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    let steps: Vec<String> = path.iter().map(step).filter(|step| !step.is_empty()).collect();
    (!steps.is_empty()).then(|| steps.join(" > "))
}

/// A line that was taken away, with where it stands.
pub(crate) fn furniture_line(line: &Furniture) -> String {
    let pages = format!("on {} page{}", line.pages, if line.pages == 1 { "" } else { "s" });
    let first = line.page.map_or_else(String::new, |page| format!(", the first page {page}"));
    format!("\"{}\" ({pages}{first})", line.text)
}

/// The day in universal time, so that an office that moves does not date clauses twice.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A day as given to `--since`, or so many days ago: `7d`.
pub(crate) fn day(given: &str) -> anyhow::Result<Date> {
    let days = given.strip_suffix('d').and_then(|days| days.parse::<u16>().ok());
    match days {
        Some(days) => {
            today().checked_sub(i64::from(days).days()).context("so many days ago there was no date")
        }
        None => given
            .parse()
            .with_context(|| format!("found --since {given}, want a date (2013-12-07) or days (7d)")),
    }
}
