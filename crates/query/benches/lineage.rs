//! The lineage of a thousand clauses drawn evenly from a real index: how long each takes.
//!
//! `CHAPEAU_BENCH_INDEX=folder cargo bench -p chapeau-query --bench lineage`

#![expect(clippy::print_stdout, reason = "its figures are what it is run for")]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use chapeau_index::Searcher;
use chapeau_query::lineage;

/// Clauses whose lineage is asked for.
const DRAWN: usize = 1000;
/// Versions of the same words that are read: as on the command line.
const LIMIT: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(dir) = std::env::var_os("CHAPEAU_BENCH_INDEX") else {
        println!("left out: CHAPEAU_BENCH_INDEX names no index");
        return Ok(());
    };
    let searcher = Searcher::open(Path::new(&dir))?;
    let mut ids = Vec::new();
    for document in searcher.document_ids()? {
        let clauses = searcher.clauses_of(&document)?;
        ids.extend(clauses.into_iter().filter(|clause| clause.unit.is_hit()).map(|clause| clause.id));
    }
    let drawn: Vec<&String> = ids.iter().step_by((ids.len() / DRAWN).max(1)).take(DRAWN).collect();
    let mut times = Vec::new();
    let mut n_versions = Vec::new();
    for id in drawn {
        let started = Instant::now();
        let found = lineage(&searcher, id, LIMIT)?.ok_or("a clause of the index")?;
        times.push((started.elapsed(), id));
        n_versions.push(found.rows.len() + found.n_more);
    }
    times.sort_unstable();
    n_versions.sort_unstable();
    let place = |share: usize| (times.len() - 1) * share / 1000;
    for share in [500, 950, 990, 999] {
        let (time, id) = &times[place(share)];
        println!("{:>5.1} % within {:6.2} ms ({id})", share as f64 / 10.0, time.as_secs_f64() * 1e3);
    }
    let at = |share| n_versions[place(share)];
    println!("versions: median {}, 90 % within {}, most {}", at(500), at(900), at(1000));
    Ok(())
}
