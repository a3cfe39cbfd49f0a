//! The one entry: a question in, an answer out.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};

use chapeau_document::{ClauseRecord, Span};
use chapeau_index::{Budget, Language, Searcher};
use tantivy::DocAddress;

use crate::advice::Advice;
use crate::lexicon;
use crate::lineage::versions_of;
use crate::marks::Marks;
use crate::matcher;
use crate::plan::{Plan, plan};
use crate::results::{DocumentHit, FacetCount, Fold, Hit, Mark, Request, Results, Sort};
use crate::scan::{Candidate, Scanned, Tier, scan};
use crate::synonyms::{self, Synonyms};
use crate::syntax::{self, Query, Restriction};
use crate::{
    Error, QueryWarning, absent, documents, explain, facets, nearness, order, passage, rank, remote,
};

/// By how much the candidates grow where folding used them up.
pub(crate) const MORE_CANDIDATES: usize = 4;

/// Answers a question.
///
/// # Errors
/// The index cannot be read, or a restriction given beside the query makes no sense. The query
/// itself is never an error.
pub fn search(searcher: &Searcher, request: &Request) -> Result<Results, Error> {
    let question = Question::of(searcher, request)?;
    if searcher.is_remote() {
        let found = remote::find(searcher, &question)?;
        let advice = question.advice(searcher, found.totals)?;
        return question.answered(searcher, found.totals, found.hits, found.facets, advice);
    }
    let (scanned, hits) = scanned_hits(searcher, &question)?;
    let counted = if scanned.total > 0 { &scanned.all } else { &scanned.any };
    let facets = if request.facets { facets::count(searcher, counted)? } else { BTreeMap::new() };
    let totals = (scanned.total, scanned.total_any);
    let advice = question.advice(searcher, totals)?;
    question.answered(searcher, totals, hits, facets, advice)
}

/// Answers a question with documents, each with its best clauses: a document has all words where
/// each stands in some of its clauses.
///
/// # Errors
/// As [`search()`].
pub fn search_documents(searcher: &Searcher, request: &Request) -> Result<Results<DocumentHit>, Error> {
    let by_copies = matches!(request.sort, Sort::Copies | Sort::CopiesDescending);
    let by_relevance;
    let request = if by_copies {
        by_relevance = Request { sort: Sort::Relevance, ..request.clone() };
        &by_relevance
    } else {
        request
    };
    let mut question = Question::of(searcher, request)?;
    if searcher.is_remote() {
        return Err(Error::NotThere("documents as hits (--scope document)"));
    }
    if by_copies {
        let message = "only clauses are sorted by how usual they are: sorted by relevance";
        question.warnings.push(QueryWarning::new(Span::new(0, 0), message));
    }
    let mut found = documents::find(&mut question.plan, searcher, request)?;
    if request.passages {
        found.hits.iter_mut().flat_map(|hit| &mut hit.best).for_each(|hit| question.mark(hit));
    }
    let facets =
        if request.facets { facets::count_documents(searcher, &found.one_each)? } else { BTreeMap::new() };
    let advice = question.advice(searcher, found.clauses)?;
    question.answered(searcher, (found.total, found.total_any), found.hits, facets, advice)
}

/// A question as understood, and how it is looked for.
pub(crate) struct Question<'a> {
    pub(crate) request: &'a Request,
    query: Query,
    warnings: Vec<QueryWarning>,
    restrictions: Vec<Restriction>,
    languages: Vec<Language>,
    synonyms: Vec<Synonyms>,
    budget: Budget,
    /// Hits of which not all that matched is marked.
    n_cut: Cell<usize>,
    pub(crate) plan: Plan,
}

impl<'a> Question<'a> {
    fn of(searcher: &Searcher, request: &'a Request) -> Result<Self, Error> {
        let (query, mut warnings) = syntax::parse(&request.query);
        let restrictions = syntax::filters(&request.filters).map_err(Error::Restriction)?;
        let languages = lexicon::languages(searcher)?;
        let synonyms = wanted_synonyms(&query, request, &languages);
        if searcher.is_remote() {
            // Once for what it asks of the index, which is then asked all at once.
            let gathering = searcher.gathering();
            plan(&query, &synonyms, &restrictions, &gathering)?;
            gathering.count_gathered()?;
        }
        let mut plan = plan(&query, &synonyms, &restrictions, searcher)?;
        warnings.append(&mut plan.warnings);
        warnings.extend(absent::symbols(&query, searcher)?);
        let (budget, n_cut) = (searcher.budget().clone(), Cell::new(0));
        Ok(Self { request, query, warnings, restrictions, languages, synonyms, budget, n_cut, plan })
    }

    /// Comes with the first page of what people read; a run that needs ids alone goes without.
    fn advice(&self, searcher: &Searcher, n_clauses: (u64, u64)) -> Result<Advice, Error> {
        if self.request.offset > 0 || !self.request.passages {
            return Ok(Advice::default());
        }
        Advice::of(&self.query, &self.restrictions, self.request, searcher, &self.plan, n_clauses)
    }

    pub(crate) fn mark(&self, hit: &mut Hit) {
        let Marks { text, title, lead_in, path, symbols, is_cut } =
            matcher::marks(&self.query, &self.synonyms, &hit.clause, &self.languages, &self.budget);
        self.n_cut.set(self.n_cut.get() + usize::from(is_cut));
        hit.passages = passage::passages(&hit.clause.text, &text);
        (hit.title_marks, hit.lead_in_marks) = (title, lead_in);
        (hit.path_marks, hit.symbol_marks) = (path, symbols);
    }

    fn not_all_marked(&self) -> Option<QueryWarning> {
        let message = match self.n_cut.get() {
            0 => return None,
            1 => "the query fits in so many places of one hit that not all of them are marked".to_owned(),
            n => format!("the query fits in so many places of {n} hits that not all of them are marked"),
        };
        Some(QueryWarning::new(Span::new(0, self.request.query.len()), message))
    }

    fn answered<H>(
        mut self,
        searcher: &Searcher,
        (total, total_any): (u64, u64),
        hits: Vec<H>,
        facets: BTreeMap<&'static str, Vec<FacetCount>>,
        advice: Advice,
    ) -> Result<Results<H>, Error> {
        self.warnings.extend(self.not_all_marked());
        Ok(Results {
            query: self.request.query.clone(),
            parsed: self.query.to_string(),
            warnings: self.warnings,
            expansions: self.plan.expansions,
            total,
            total_any,
            limit: self.request.limit,
            offset: self.request.offset,
            hits,
            facets,
            did_you_mean: advice.did_you_mean,
            nearest: advice.nearest,
            absent: advice.absent,
            searched: searcher.totals()?,
        })
    }
}

/// The marks that a question leaves in the text of each of these clauses, hits of it or not: for a
/// document that is shown whole. Not all that matched is marked where the budget does not reach.
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
    let budget = searcher.budget();
    let marks = |clause| matcher::marks(&query, &synonyms, clause, &languages, budget).text;
    Ok(clauses.iter().map(marks).collect())
}

/// The synonyms of the query's words, but of those that are to be taken as typed.
pub(crate) fn wanted_synonyms(query: &Query, request: &Request, languages: &[Language]) -> Vec<Synonyms> {
    let Some(thesaurus) = request.thesaurus.as_deref() else { return Vec::new() };
    let mut synonyms = synonyms::of(query, thesaurus, languages);
    synonyms.retain(|synonyms| !request.as_typed.contains(&synonyms.typed));
    synonyms
}

/// Scans, and again with more candidates where folding used them up before the page was full.
fn scanned_hits(searcher: &Searcher, question: &Question<'_>) -> Result<(Scanned, Vec<Hit>), Error> {
    let Question { request, plan, .. } = question;
    let mut keep = rank::CANDIDATES.max((request.offset + request.limit) * 2);
    loop {
        let tier = if is_question(plan) { Tier::Any } else { Tier::All };
        let mut scanned = scan(plan, searcher, request.sort, tier, keep)?;
        if let Some(mut hits) = hits(searcher, request, plan, &mut scanned, keep)? {
            if request.passages {
                hits.iter_mut().for_each(|hit| question.mark(hit));
            }
            return Ok((scanned, hits));
        }
        keep *= MORE_CANDIDATES;
    }
}

/// Whether so many words are asked for that a clause with all of them is one by its length.
pub(crate) fn is_question(plan: &Plan) -> bool {
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
        let same = self.same(&clause)?;
        let others = same.iter().filter(|other| **other != at && scanned.found(**other));
        let n_folded = others.count() as u64;
        self.folded.extend(same);
        if self.seen >= self.request.offset {
            let explain = || explain::explain(candidate, &clause, self.plan, self.searcher);
            let explanation = self.request.explain.then(explain).transpose()?;
            let versions = || versions_of(self.searcher, at, &clause);
            let versions = self.request.versions.then(versions).transpose()?;
            self.hits.push(Hit { explanation, versions, ..hit(candidate, clause, n_folded, self.plan) });
        }
        self.seen += 1;
        Ok(())
    }

    /// The clauses that are folded under this one, itself among them.
    fn same(&self, clause: &ClauseRecord) -> Result<Vec<DocAddress>, Error> {
        Ok(match self.request.fold {
            Fold::Same => self.searcher.same_text(&clause.text)?,
            Fold::Near => self.searcher.same_words(&clause.text, Language::of_code(&clause.language))?,
            Fold::No => Vec::new(),
        })
    }
}

/// A candidate as a hit, without marks.
pub(crate) fn hit(candidate: &Candidate, clause: ClauseRecord, folded: u64, plan: &Plan) -> Hit {
    let missing = plan.missing(|leaf| candidate.has(leaf));
    Hit::plain(clause, candidate.words * candidate.prior, missing, folded, None)
}
