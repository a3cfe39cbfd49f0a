//! `changes`: what is new, changed or removed since a day or a run, for people, programs and mails.

mod queries;
mod text;

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use chapeau_index::Searcher;
use chapeau_query::{Changes, Moment, Period, Request, Section, Sieve};

use self::queries::Saved;
use crate::args::{self, ChangesFormat};
use crate::print::{self, Output, Style};
use crate::{Exit, commands};

/// Clauses of a document that people are shown.
const SHOWN: usize = 20;

/// Runs the command.
pub(crate) fn run(args: &args::Changes) -> anyhow::Result<Exit> {
    let saved = args.queries.as_deref().map(queries::read).transpose()?;
    let until = args.until.as_deref().map(moment).transpose()?;
    let Some(since) = since(args)? else { return begin(args) };
    let searcher = commands::open(&args.index)?;
    let period = Period { until, read_anew: args.read_anew, ..Period::since(since) };
    let changes = chapeau_query::changes(&searcher, &period, None)?;
    let section = Section {
        since: since.to_string(),
        until: until.map(|until| until.to_string()),
        ..Section::default()
    };
    let sections = match &saved {
        Some(saved) => sections(args, &searcher, &changes, &section, saved)?,
        None => vec![sifted(
            args,
            &searcher,
            &changes,
            &Section { query: args.query.join(" "), ..section },
            None,
        )?],
    };
    let is_empty = sections.iter().all(|section| section.changes.is_empty());
    if args.output.is_none() || !is_empty {
        write(args, &sections, saved.is_some())?;
    }
    remember(args, changes.last_run)?;
    Ok(if is_empty { Exit::NothingFound } else { Exit::Done })
}

/// Where to begin; `None` where a bookmark is to be made that begins now.
fn since(args: &args::Changes) -> anyhow::Result<Option<Moment>> {
    if let Some(run) = args.bookmark.as_deref().map(remembered).transpose()?.flatten() {
        return Ok(Some(Moment::Run(run)));
    }
    args.since.as_deref().map(moment).transpose()
}

fn moment(given: &str) -> anyhow::Result<Moment> {
    Moment::parse(given, commands::today()).map_err(anyhow::Error::msg)
}

/// The run that a bookmark remembers; none where it is not there.
fn remembered(bookmark: &Path) -> anyhow::Result<Option<u64>> {
    let name = bookmark.display();
    match fs::read_to_string(bookmark) {
        Ok(text) => {
            let run = text.trim().strip_prefix("run:").and_then(|run| run.parse().ok());
            Ok(Some(run.with_context(|| format!("{name} is no bookmark of ours, want run:12 in it"))?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read the bookmark {name}")),
    }
}

/// Makes a bookmark that begins now.
fn begin(args: &args::Changes) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    let last_run = searcher.last_run()?;
    remember(args, last_run)?;
    print::note(&format!("nothing is remembered yet: changes after run {last_run} will be told"));
    Ok(Exit::NothingFound)
}

/// Lets the bookmark, if there is one, remember a run: last, when all is written.
fn remember(args: &args::Changes, run: u64) -> anyhow::Result<()> {
    args.bookmark.as_ref().map_or(Ok(()), |bookmark| replace(bookmark, format!("run:{run}\n").as_bytes()))
}

/// Writes a file in place of the one before, at once.
fn replace(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, content)
        .and_then(|()| fs::rename(&beside, path))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn sections(
    args: &args::Changes,
    searcher: &Searcher,
    changes: &Changes,
    section: &Section,
    saved: &[Saved],
) -> anyhow::Result<Vec<Section>> {
    let one = |saved: &Saved| {
        let section =
            Section { name: Some(saved.name.clone()), query: saved.query.clone(), ..section.clone() };
        sifted(args, searcher, changes, &section, Some(&saved.place))
    };
    saved.iter().map(one).collect()
}

/// What of the changes a section's query and the filters let through.
fn sifted(
    args: &args::Changes,
    searcher: &Searcher,
    changes: &Changes,
    section: &Section,
    place: Option<&str>,
) -> anyhow::Result<Section> {
    let thesaurus = commands::wanted_thesaurus(&args.synonyms)?;
    let query = section.query.clone();
    let request = Request { query, filters: args.filters.pairs(), thesaurus, ..Request::default() };
    let sieve = Sieve::of(searcher, &request)?;
    for warning in &sieve.warnings {
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        print::warning(&format!("{place}{}", warning.message));
    }
    let changes = if sieve.is_open() { changes.clone() } else { changes.through(&sieve)? };
    Ok(Section { warnings: sieve.warnings, changes, ..section.clone() })
}

fn write(args: &args::Changes, sections: &[Section], is_saved: bool) -> anyhow::Result<()> {
    let Some(to) = &args.output else {
        return to_stdout(args, sections, is_saved);
    };
    if to.is_dir() || to.as_os_str().to_string_lossy().ends_with('/') {
        fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
        for (format, name) in [
            (ChangesFormat::Text, "changes.txt"),
            (ChangesFormat::Html, "changes.html"),
            (ChangesFormat::Atom, "changes.atom"),
            (ChangesFormat::Json, "changes.json"),
        ] {
            replace(&to.join(name), written(args, format, sections, is_saved, Style::plain())?.as_bytes())?;
        }
        return Ok(());
    }
    if !to.parent().is_none_or(|parent| parent.as_os_str().is_empty() || parent.is_dir()) {
        bail!("cannot write {}: its folder is not there", to.display());
    }
    replace(to, written(args, args.format, sections, is_saved, Style::plain())?.as_bytes())
}

fn to_stdout(args: &args::Changes, sections: &[Section], is_saved: bool) -> anyhow::Result<()> {
    let mut out = Output::stdout();
    let style = out.style;
    out.bytes(written(args, args.format, sections, is_saved, style)?.as_bytes())?;
    Ok(out.finish()?)
}

fn written(
    args: &args::Changes,
    format: ChangesFormat,
    sections: &[Section],
    is_saved: bool,
    style: Style,
) -> anyhow::Result<String> {
    let limit = args.limit.unwrap_or(if format == ChangesFormat::Json { usize::MAX } else { SHOWN });
    let cut = |section: &Section| Section { changes: section.changes.clone().cut(limit), ..section.clone() };
    let sections: Vec<Section> = sections.iter().map(cut).collect();
    let site = args.site.as_deref();
    Ok(match format {
        ChangesFormat::Text => in_words(&sections, style),
        ChangesFormat::Html => chapeau_web::changes_page(&sections, site),
        ChangesFormat::Atom => chapeau_web::changes_feed(&sections, site),
        ChangesFormat::Json if is_saved => print::json_line(&sections)?,
        ChangesFormat::Json => print::json_line(&sections[0])?,
    })
}

/// Sections of queries that were saved and that nothing was found for are not told of.
fn in_words(sections: &[Section], style: Style) -> String {
    let only = sections.len() == 1;
    let told = sections.iter().filter(|section| only || !section.changes.is_empty());
    let sections: Vec<String> = told.map(|section| text::lines(section, style).join("\n") + "\n").collect();
    sections.join("\n\n")
}
