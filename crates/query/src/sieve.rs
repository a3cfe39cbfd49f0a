//! Whether a clause is what a question asks for: said of the clause itself, so that it can be asked of
//! clauses that are in the index no longer.

use chapeau_document::{ClauseRecord, Span};
use chapeau_index::{Budget, Condition, Language, Searcher};

use crate::plan::plan;
use crate::search::wanted_synonyms;
use crate::synonyms::Synonyms;
use crate::syntax::{self, Query, Restriction};
use crate::{Error, QueryWarning, Request, lexicon, matcher, remote, restriction};

/// A question, to be held against clauses.
#[derive(Debug)]
pub struct Sieve {
    query: Query,
    restrictions: Vec<Restriction>,
    languages: Vec<Language>,
    synonyms: Vec<Synonyms>,
    asks_nothing: bool,
    budget: Budget,
    /// What of the query could not be honoured.
    pub warnings: Vec<QueryWarning>,
}

impl Sieve {
    /// The query and the restrictions of a request, in the languages of an index.
    ///
    /// # Errors
    /// The index cannot be read, or a restriction makes no sense.
    pub fn of(searcher: &Searcher, request: &Request) -> Result<Self, Error> {
        let (query, mut warnings) = syntax::parse(&request.query);
        // How many documents have a clause says nothing of one that is gone.
        let mut words = query.to_string();
        words.retain(|letter| letter != '(' && letter != '-');
        if words.split_whitespace().any(|word| word.starts_with("copies:")) {
            let span = Span::new(0, request.query.len());
            warnings.push(QueryWarning::new(span, "copies: is passed over here, it is for searches alone"));
        }
        let restrictions = syntax::filters(&request.filters).map_err(Error::Restriction)?;
        let languages = lexicon::languages(searcher)?;
        let synonyms = wanted_synonyms(&query, request, &languages);
        let asks_nothing = request.query.trim().is_empty();
        let budget = searcher.budget().clone();
        Ok(Self { query, restrictions, languages, synonyms, asks_nothing, budget, warnings })
    }

    /// Whether every clause passes.
    pub fn is_open(&self) -> bool {
        self.asks_nothing && self.restrictions.is_empty()
    }

    /// A condition that the clauses in an index which pass meet, and others may.
    pub(crate) fn at_least(&self, searcher: &Searcher) -> Result<Condition, Error> {
        if self.is_open() {
            return Ok(Condition::Everything);
        }
        // Nobody asks how rare a word is.
        let searcher = searcher.gathering();
        let plan = plan(&self.query, &self.synonyms, &self.restrictions, &searcher)?;
        remote::at_least(&plan, &searcher)
    }

    /// Whether a clause has all words of the query, or synonyms in their place, and passes each
    /// restriction.
    ///
    /// # Errors
    /// It takes too long to tell.
    pub fn passes(&self, clause: &ClauseRecord) -> Result<bool, Error> {
        let passes_one = |restriction: &Restriction| {
            restriction.any_of.iter().any(|filter| restriction::holds(filter, clause))
        };
        if !self.restrictions.iter().all(passes_one) {
            return Ok(false);
        }
        Ok(self.asks_nothing || self.holds(clause)?)
    }

    fn holds(&self, clause: &ClauseRecord) -> Result<bool, Error> {
        Ok(matcher::holds(&self.query, &self.synonyms, clause, &self.languages, &self.budget)?)
    }
}
