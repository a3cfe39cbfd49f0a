//! The one entry: a question in, an answer out.

use std::cmp::Ordering;

use chapeau_document::ClauseRecord;
use chapeau_index::{Language, Searcher};
use tantivy::DocAddress;

use crate::matcher::{self, Marks};
use crate::plan::{self, Plan, plan};
use crate::results::{Fold, Hit, Request, Results, Searched, Sort};
use crate::scan::{Candidate, Scanned, scan};
use crate::synonyms::{self, Synonyms};
use crate::syntax::{self, Query};
use crate::{Error, facets, nearness, passage, rank};

/// Answers a question.
///
/// # Errors
/// The index cannot be read, or a restriction given beside the query makes no sense. The query
/// itself is never an error.
pub fn search(searcher: &Searcher, request: &Request) -> Result<Results, Error> {
    let (query, mut warnings) = syntax::parse(&request.query);
    let restrictions = syntax::filters(&request.filters).map_err(Error::Restriction)?;
    let languages = plan::languages(searcher)?;
    let synonyms = request.thesaurus.as_deref().map(|thesaurus| synonyms::of(&query, thesaurus, &languages));
    let synonyms = synonyms.unwrap_or_default();
    let mut plan = plan(&query, &synonyms, &restrictions, searcher)?;
    let keep = rank::CANDIDATES.max((request.offset + request.limit) * 2);
    let mut scanned = scan(&plan, searcher, request.sort, keep)?;
    warnings.append(&mut plan.warnings);
    let asked = Asked { query: &query, synonyms: &synonyms, languages: &languages };
    let hits = hits(searcher, request, &asked, &plan, &mut scanned)?;
    let counted = if scanned.total > 0 { &scanned.all } else { &scanned.any };
    Ok(Results {
        query: request.query.clone(),
        parsed: query.to_string(),
        warnings,
        expansions: plan.expansions,
        total: scanned.total,
        total_any: scanned.total_any,
        limit: request.limit,
        offset: request.offset,
        hits,
        facets: if request.facets { facets::count(searcher, counted)? } else { Default::default() },
        searched: searched(searcher)?,
    })
}

/// What hits are marked by.
struct Asked<'a> {
    query: &'a Query,
    synonyms: &'a [Synonyms],
    languages: &'a [Language],
}

fn searched(searcher: &Searcher) -> Result<Searched, Error> {
    let totals = searcher.totals()?;
    Ok(Searched {
        documents: totals.documents,
        clauses: totals.clauses,
        from: totals.from,
        to: totals.to,
        languages: totals.languages,
        unreadable: totals.unreadable,
    })
}

fn hits(
    searcher: &Searcher,
    request: &Request,
    asked: &Asked<'_>,
    plan: &Plan,
    scanned: &mut Scanned,
) -> Result<Vec<Hit>, Error> {
    let wanted = request.offset + request.limit;
    let mut page = Page::new(request);
    for candidates in [&mut scanned.best, &mut scanned.lacking] {
        if page.seen >= wanted && request.fold == Fold::No {
            break;
        }
        if request.sort == Sort::Relevance {
            nearness::add(plan, searcher, candidates)?;
        }
        for (candidate, clause) in ordered(searcher, candidates, wanted)? {
            page.take(&candidate, clause, plan);
        }
    }
    if request.passages {
        for hit in &mut page.hits {
            mark(hit, asked);
        }
    }
    Ok(page.hits)
}

/// The candidates in their final order, with their clauses, as far as a page can need them.
fn ordered(
    searcher: &Searcher,
    candidates: &mut [Candidate],
    wanted: usize,
) -> Result<Vec<(Candidate, ClauseRecord)>, Error> {
    candidates.sort_unstable_by(|a, b| b.key.total_cmp(&a.key));
    // Folding may use up more than a page; ties at the end are settled by id, so all of them are read.
    let enough = candidates.len().min(wanted * 2);
    let last = enough.checked_sub(1).map_or(f64::INFINITY, |at| candidates[at].key);
    let read = candidates.iter().take_while(|candidate| candidate.key >= last);
    let mut read: Vec<(Candidate, ClauseRecord)> = read
        .map(|candidate| {
            Ok((*candidate, searcher.clause(DocAddress::new(candidate.segment, candidate.doc))?))
        })
        .collect::<Result<_, Error>>()?;
    read.sort_by(|a, b| match b.0.key.total_cmp(&a.0.key) {
        Ordering::Equal => a.1.id.cmp(&b.1.id),
        unequal => unequal,
    });
    Ok(read)
}

/// The page of hits that is asked for, filled in order.
struct Page<'a> {
    request: &'a Request,
    /// Hits before and on the page so far.
    seen: usize,
    hits: Vec<Hit>,
    /// The text of each hit seen, and its place on the page.
    texts: Vec<(String, Option<usize>)>,
}

impl<'a> Page<'a> {
    fn new(request: &'a Request) -> Self {
        Self { request, seen: 0, hits: Vec::new(), texts: Vec::new() }
    }

    fn take(&mut self, candidate: &Candidate, clause: ClauseRecord, plan: &Plan) {
        if self.request.fold == Fold::Same
            && let Some((_, place)) = self.texts.iter().find(|(text, _)| *text == clause.text)
        {
            if let Some(hit) = place.and_then(|place| self.hits.get_mut(place)) {
                hit.folded += 1;
            }
            return;
        }
        let on_page = self.seen >= self.request.offset && self.hits.len() < self.request.limit;
        self.seen += 1;
        let place = on_page.then_some(self.hits.len());
        if self.request.fold == Fold::Same {
            self.texts.push((clause.text.clone(), place));
        }
        if on_page {
            self.hits.push(hit(candidate, clause, plan));
        }
    }
}

fn hit(candidate: &Candidate, clause: ClauseRecord, plan: &Plan) -> Hit {
    let has = |leaf: usize| leaf >= 64 || candidate.leaves >> leaf & 1 == 1;
    let stood_in = |leaf: usize| plan.stand_ins.iter().any(|(typed, by)| *typed == leaf && has(*by));
    let lacks = |leaf: &&usize| !has(**leaf) && !stood_in(**leaf);
    Hit {
        clause,
        score: candidate.words * candidate.prior,
        missing: plan.wanted.iter().filter(lacks).map(|leaf| plan.leaves[*leaf].label.clone()).collect(),
        folded: 0,
        passages: Vec::new(),
        title_marks: Vec::new(),
        path_marks: Vec::new(),
        symbol_marks: Vec::new(),
    }
}

fn mark(hit: &mut Hit, asked: &Asked<'_>) {
    let Asked { query, synonyms, languages } = asked;
    let Marks { text, title, path, symbols } = matcher::marks(query, synonyms, &hit.clause, languages);
    hit.passages = passage::passages(&hit.clause.text, &text);
    (hit.title_marks, hit.path_marks, hit.symbol_marks) = (title, path, symbols);
}
