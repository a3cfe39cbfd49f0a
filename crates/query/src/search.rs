//! The one entry: a question in, an answer out.

use std::collections::HashSet;

use chapeau_document::ClauseRecord;
use chapeau_index::{Language, Searcher};
use tantivy::DocAddress;

use crate::advice::Advice;
use crate::lexicon;
use crate::matcher::{self, Marks};
use crate::plan::{Plan, plan};
use crate::results::{Fold, Hit, Mark, Request, Results, Searched, Sort};
use crate::scan::{Candidate, Scanned, Tier, scan};
use crate::synonyms::{self, Synonyms};
use crate::syntax::{self, Query};
use crate::{Error, absent, facets, nearness, order, passage, rank};

/// By how much the candidates grow where folding used them up.
const MORE_CANDIDATES: usize = 4;

/// Answers a question.
///
/// # Errors
/// The index cannot be read, or a restriction given beside the query makes no sense. The query
/// itself is never an error.
pub fn search(searcher: &Searcher, request: &Request) -> Result<Results, Error> {
    let (query, mut warnings) = syntax::parse(&request.query);
    let restrictions = syntax::filters(&request.filters).map_err(Error::Restriction)?;
    let languages = lexicon::languages(searcher)?;
    let synonyms = wanted_synonyms(&query, request, &languages);
    let mut plan = plan(&query, &synonyms, &restrictions, searcher)?;
    warnings.append(&mut plan.warnings);
    warnings.extend(absent::symbols(&query, searcher)?);
    let asked = Asked { query: &query, synonyms: &synonyms, languages: &languages };
    let (scanned, hits) = scanned_hits(searcher, request, &asked, &plan)?;
    // With the first page of what people read; a run that needs ids alone goes without.
    let advice = if request.offset == 0 && request.passages {
        Advice::of(&query, &restrictions, request, searcher, &plan, &scanned)?
    } else {
        Advice::default()
    };
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
        did_you_mean: advice.did_you_mean,
        nearest: advice.nearest,
        absent: advice.absent,
        searched: searched(searcher)?,
    })
}

/// The marks that a question leaves in the text of each of these clauses, hits of it or not: for a
/// document that is shown whole.
///
/// # Errors
/// The index cannot be read.
pub fn marks(
    searcher: &Searcher,
    request: &Request,
    clauses: &[ClauseRecord],
) -> Result<Vec<Vec<Mark>>, Error> {
    let (query, _) = syntax::parse(&request.query);
    let languages = lexicon::languages(searcher)?;
    let synonyms = wanted_synonyms(&query, request, &languages);
    Ok(clauses.iter().map(|clause| matcher::marks(&query, &synonyms, clause, &languages).text).collect())
}

/// The synonyms of the query's words, but of those that are to be taken as typed.
fn wanted_synonyms(query: &Query, request: &Request, languages: &[Language]) -> Vec<Synonyms> {
    let Some(thesaurus) = request.thesaurus.as_deref() else { return Vec::new() };
    let mut synonyms = synonyms::of(query, thesaurus, languages);
    synonyms.retain(|synonyms| !request.as_typed.contains(&synonyms.typed));
    synonyms
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
        let tier = if is_question(plan) { Tier::Any } else { Tier::All };
        let mut scanned = scan(plan, searcher, request.sort, tier, keep)?;
        if let Some(mut hits) = hits(searcher, request, plan, &mut scanned, keep)? {
            if request.passages {
                hits.iter_mut().for_each(|hit| mark(hit, asked));
            }
            return Ok((scanned, hits));
        }
        keep *= MORE_CANDIDATES;
    }
}

/// Whether so many words are asked for that a clause with all of them is one by its length.
fn is_question(plan: &Plan) -> bool {
    plan.wanted.len() > rank::MOST_WANTED
}

/// The hits of the page; `None` where candidates ran out before the page was full, though the
/// index has more.
fn hits(
    searcher: &Searcher,
    request: &Request,
    plan: &Plan,
    scanned: &mut Scanned,
    keep: usize,
) -> Result<Option<Vec<Hit>>, Error> {
    let mut page = Page { request, plan, searcher, seen: 0, folded: HashSet::new(), hits: Vec::new() };
    let mut best = std::mem::take(&mut scanned.best);
    page.fill(&mut best, scanned)?;
    let n_first = if is_question(plan) { scanned.total_any } else { scanned.total };
    let mut ran_out = (best.len() as u64) < n_first;
    let n_lacking = scanned.total_any - n_first;
    if !page.is_full() && !ran_out && n_lacking > 0 {
        // Only now are they scored that lack a word: most pages are full without them.
        best = scan(plan, searcher, request.sort, Tier::Lacking, keep)?.best;
        page.fill(&mut best, scanned)?;
        ran_out = (best.len() as u64) < n_lacking;
    }
    if ran_out && !page.is_full() {
        return Ok(None);
    }
    Ok(Some(page.hits))
}

/// The page of hits that is asked for, filled in order.
struct Page<'a> {
    request: &'a Request,
    plan: &'a Plan,
    searcher: &'a Searcher,
    /// Hits before and on the page so far.
    seen: usize,
    /// Clauses with the same text as a hit seen.
    folded: HashSet<DocAddress>,
    hits: Vec<Hit>,
}

impl Page<'_> {
    fn is_full(&self) -> bool {
        self.seen >= self.request.offset + self.request.limit
    }

    /// Takes candidates in order until the page is full.
    fn fill(&mut self, candidates: &mut [Candidate], scanned: &Scanned) -> Result<(), Error> {
        if self.request.sort == Sort::Relevance {
            nearness::add(self.plan, self.searcher, candidates)?;
            order::by_key(candidates);
        }
        for equals in candidates.chunk_by_mut(|a, b| a.key == b.key) {
            order::by_id(self.searcher, equals)?;
            for candidate in &*equals {
                if self.is_full() {
                    return Ok(());
                }
                self.take(candidate, scanned)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, candidate: &Candidate, scanned: &Scanned) -> Result<(), Error> {
        let at = DocAddress::new(candidate.segment, candidate.doc);
        if self.folded.contains(&at) {
            return Ok(());
        }
        let clause = self.searcher.clause(at)?;
        let mut n_folded = 0;
        if self.request.fold == Fold::Same {
            let same = self.searcher.same_text(&clause.text)?;
            n_folded = same.iter().filter(|other| **other != at && scanned.found(**other)).count() as u64;
            self.folded.extend(same);
        }
        if self.seen >= self.request.offset {
            self.hits.push(hit(candidate, clause, n_folded, self.plan));
        }
        self.seen += 1;
        Ok(())
    }
}

fn hit(candidate: &Candidate, clause: ClauseRecord, folded: u64, plan: &Plan) -> Hit {
    let has = |leaf: usize| leaf >= 64 || candidate.leaves >> leaf & 1 == 1;
    let stood_in = |leaf: usize| plan.stand_ins.iter().any(|(typed, by)| *typed == leaf && has(*by));
    let lacks = |leaf: &&usize| !has(**leaf) && !stood_in(**leaf);
    Hit {
        clause,
        score: candidate.words * candidate.prior,
        missing: plan.wanted.iter().filter(lacks).map(|leaf| plan.leaves[*leaf].label.clone()).collect(),
        folded,
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
