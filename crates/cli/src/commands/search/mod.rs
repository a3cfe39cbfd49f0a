//! `search`: one query for people or programs, or a file of them.

mod answer;
mod batch;
mod found;
mod text;

use anyhow::bail;
use chapeau_index::Searcher;
use chapeau_query::{DocumentHit, Hit, Request};

use self::answer::Answer;
use self::found::Found;
use crate::Exit;
use crate::args::{self, Fold, Scope, SearchFormat, Sort};
use crate::print::{self, Output};

/// Runs the command.
pub(crate) fn run(args: &args::Search) -> anyhow::Result<Exit> {
    let request = request(args)?;
    if args.batch.is_none() && request.query.trim().is_empty() && request.filters.is_empty() {
        bail!("nothing to look for: give a query or a filter (`chapeau help search` has examples)");
    }
    let searcher = super::open(&args.index)?;
    match args.scope {
        Scope::Clause => answer::<Hit>(&searcher, &request, args),
        Scope::Document => answer::<DocumentHit>(&searcher, &request, args),
    }
}

fn answer<H: Found>(searcher: &Searcher, request: &Request, args: &args::Search) -> anyhow::Result<Exit> {
    if let Some(file) = &args.batch {
        return batch::run::<H>(file, searcher, request, args.format);
    }
    let answer = Answer::<H>::to(searcher, request)?;
    for warning in &answer.results.warnings {
        print::warning(&warning.message);
    }
    print_answer(&answer, args)?;
    Ok(if answer.results.total_any == 0 { Exit::NothingFound } else { Exit::Done })
}

fn print_answer<H: Found>(answer: &Answer<H>, args: &args::Search) -> anyhow::Result<()> {
    let mut out = Output::stdout();
    match args.format {
        SearchFormat::Json => out.json(&answer.wire(None))?,
        SearchFormat::Csv => out.bytes(&answer.csv()?)?,
        SearchFormat::Trec => bail!("trec is a format of --batch, want text, json or csv here"),
        SearchFormat::Text => text::write(&mut out, &answer.results, args.explain)?,
    }
    Ok(out.finish()?)
}

/// What is asked, but for the words of a batch.
fn request(args: &args::Search) -> anyhow::Result<Request> {
    let shown = args.format != SearchFormat::Trec;
    Ok(Request {
        query: args.query.join(" "),
        filters: filters(args)?,
        limit: args.limit,
        offset: args.offset,
        sort: match args.sort {
            Sort::Relevance => chapeau_query::Sort::Relevance,
            Sort::Date => chapeau_query::Sort::Date,
            Sort::NewestFirst => chapeau_query::Sort::DateDescending,
            Sort::Copies => chapeau_query::Sort::Copies,
            Sort::MostCopies => chapeau_query::Sort::CopiesDescending,
        },
        fold: match args.fold {
            // A run names every clause that was found: what it folds away would count as missed.
            Fold::Same if args.format != SearchFormat::Trec => chapeau_query::Fold::Same,
            Fold::Near if args.format != SearchFormat::Trec => chapeau_query::Fold::Near,
            Fold::Same | Fold::Near | Fold::No => chapeau_query::Fold::No,
        },
        // Text shows no facets and trec nothing but ids: what is not shown is not counted.
        facets: args.format == SearchFormat::Json,
        explain: args.explain,
        versions: args.versions || args.batch.is_none() && args.format == SearchFormat::Text,
        passages: shown,
        thesaurus: super::wanted_thesaurus(&args.synonyms)?,
        as_typed: Vec::new(),
    })
}

fn filters(args: &args::Search) -> anyhow::Result<Vec<(String, String)>> {
    let mut filters = args.filters.pairs();
    filters.extend(args.copies.iter().map(|copies| ("copies".to_owned(), copies.clone())));
    if let Some(since) = &args.since {
        filters.push(("added".to_owned(), format!(">={}", super::day(since)?)));
    }
    Ok(filters)
}
