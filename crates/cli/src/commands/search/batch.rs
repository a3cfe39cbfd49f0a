//! `search --batch`: many queries on all processors, answers in the order of the file.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use chapeau_index::Searcher;
use chapeau_query::Request;
use rayon::prelude::*;

use super::answer::Answer;
use super::found::Found;
use crate::Exit;
use crate::args::SearchFormat;
use crate::print::{self, Output};

/// Queries that are answered before any of them is printed: bounds what waits in memory.
const AT_A_TIME: usize = 256;

/// Runs all queries of a file, `id<TAB>query` a line; the rest of the request is the same for all.
pub(super) fn run<H: Found>(
    file: &Path,
    searcher: &Searcher,
    request: &Request,
    format: SearchFormat,
) -> anyhow::Result<Exit> {
    if !matches!(format, SearchFormat::Json | SearchFormat::Trec) {
        bail!("--batch writes json or trec, choose one with --format");
    }
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read queries from {}", file.display()))?;
    let queries = queries(&text, file);
    let answer = |query: &str| Answer::to(searcher, &Request { query: query.to_owned(), ..request.clone() });
    let mut out = Output::stdout();
    for some in queries.chunks(AT_A_TIME) {
        let answers: Vec<anyhow::Result<Answer<H>>> =
            some.par_iter().map(|(_, query)| answer(query)).collect();
        for ((id, _), answer) in some.iter().zip(answers) {
            write(&mut out, id, &answer.with_context(|| format!("query {id}"))?, format)?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn queries<'t>(text: &'t str, file: &Path) -> Vec<(&'t str, &'t str)> {
    let mut queries = Vec::new();
    for (n, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match line.split_once('\t') {
            Some((id, query)) => queries.push((id.trim(), query)),
            None => {
                let name = file.display();
                print::warning(&format!("{name}: line {n} has no tab, want id<TAB>query: left out"));
            }
        }
    }
    queries
}

fn write<H: Found>(
    out: &mut Output,
    id: &str,
    answer: &Answer<H>,
    format: SearchFormat,
) -> anyhow::Result<()> {
    if format == SearchFormat::Json {
        return out.json(&answer.wire(Some(id)));
    }
    for (place, hit) in answer.results.hits.iter().enumerate() {
        let rank = answer.results.offset + place + 1;
        // Tools order a run by its score column, and a clause with all words stands before one
        // that lacks a word whatever their scores: the column falls with the rank.
        let score = 1.0 / rank as f32;
        out.line(&format!("{id} Q0 {} {rank} {score:.6} chapeau", hit.id()))?;
    }
    Ok(())
}
