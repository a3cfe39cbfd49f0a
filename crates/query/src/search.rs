//! The one entry: a question in, an answer out.

use chapeau_document::ClauseRecord;
use chapeau_index::{Language, Searcher};
use tantivy::DocAddress;

use crate::lexicon;
use crate::matcher::{self, Marks};
use crate::plan::{Plan, plan};
use crate::results::{Fold, Hit, Request, Results, Searched, Sort};
use crate::scan::{Candidate, Scanned, scan};
use crate::synonyms::{self, Synonyms};
use crate::syntax::{self, Query};
use crate::{Error, absent, facets, nearness, order, passage, rank};

/// By how much the candidates grow where folding used them up.
const MORE_CANDIDATES: usize = 4;

/// Candidates after the page that are looked at for clauses to fold under its hits: the same words
/// score alike, so most of them come next to each other.
const LOOK_ON: usize = 10;

/// Answers a question.
///
/// # Errors
/// The index cannot be read, or a restriction given beside the query makes no sense. The query
/// itself is never an error.
pub fn search(searcher: &Searcher, request: &Request) -> Result<Results, Error> {
    let (query, mut warnings) = syntax::parse(&request.query);
    let restrictions = syntax::filters(&request.filters).map_err(Error::Restriction)?;
    let languages = lexicon::languages(searcher)?;
    let synonyms = request.thesaurus.as_deref().map(|thesaurus| synonyms::of(&query, thesaurus, &languages));
    let synonyms = synonyms.unwrap_or_default();
    let mut plan = plan(&query, &synonyms, &restrictions, searcher)?;
    warnings.append(&mut plan.warnings);
    warnings.extend(absent::symbols(&query, searcher)?);
    let asked = Asked { query: &query, synonyms: &synonyms, languages: &languages };
    let (scanned, hits) = scanned_hits(searcher, request, &asked, &plan)?;
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

/// Scans, and again with more candidates where folding used them up before the page was full.
fn scanned_hits(
    searcher: &Searcher,
    request: &Request,
    asked: &Asked<'_>,
    plan: &Plan,
) -> Result<(Scanned, Vec<Hit>), Error> {
    let mut keep = rank::CANDIDATES.max((request.offset + request.limit) * 2);
    loop {
        let mut scanned = scan(plan, searcher, request.sort, keep)?;
        if let Some(hits) = hits(searcher, request, asked, plan, &mut scanned)? {
            return Ok((scanned, hits));
        }
        keep *= MORE_CANDIDATES;
    }
}

/// The hits of the page; `None` where candidates ran out before the page was full, though the
/// index has more.
fn hits(
    searcher: &Searcher,
    request: &Request,
    asked: &Asked<'_>,
    plan: &Plan,
    scanned: &mut Scanned,
) -> Result<Option<Vec<Hit>>, Error> {
    let n_lacking = scanned.total_any - scanned.total;
    let mut page = Page::new(request);
    for (candidates, n_all) in [(&mut scanned.best, scanned.total), (&mut scanned.lacking, n_lacking)] {
        if page.is_full() {
            break;
        }
        if request.sort == Sort::Relevance {
            nearness::add(plan, searcher, candidates)?;
            order::sort(searcher, candidates)?;
        }
        page.fill(candidates, plan, searcher)?;
        if !page.is_full() && (candidates.len() as u64) < n_all {
            return Ok(None);
        }
    }
    if request.passages {
        for hit in &mut page.hits {
            mark(hit, asked);
        }
    }
    Ok(Some(page.hits))
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

    fn is_full(&self) -> bool {
        self.seen >= self.request.offset + self.request.limit
    }

    /// Takes candidates in order until the page is full, then looks on for others to fold.
    fn fill(&mut self, candidates: &[Candidate], plan: &Plan, searcher: &Searcher) -> Result<(), Error> {
        let mut looked_on = 0;
        for candidate in candidates {
            if self.is_full() {
                looked_on += 1;
                if self.request.fold == Fold::No || looked_on > LOOK_ON {
                    break;
                }
            }
            let clause = searcher.clause(DocAddress::new(candidate.segment, candidate.doc))?;
            self.take(candidate, clause, plan);
        }
        Ok(())
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
        lead_in_marks: Vec::new(),
        path_marks: Vec::new(),
        symbol_marks: Vec::new(),
    }
}

fn mark(hit: &mut Hit, asked: &Asked<'_>) {
    let Asked { query, synonyms, languages } = asked;
    let Marks { text, title, lead_in, path, symbols } =
        matcher::marks(query, synonyms, &hit.clause, languages);
    hit.passages = passage::passages(&hit.clause.text, &text);
    (hit.title_marks, hit.lead_in_marks) = (title, lead_in);
    (hit.path_marks, hit.symbol_marks) = (path, symbols);
}
