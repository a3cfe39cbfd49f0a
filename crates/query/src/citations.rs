//! The graph of citations: what a text cites, who cites it, and which cited documents the corpus
//! lacks. It is read from the clauses that cite, and stored nowhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chapeau_document::{Act, ClauseRecord, Date, Symbol};
use chapeau_index::{Condition, Fields, Searcher};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Error;

/// One clause that cites one document by its symbol.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Reference {
    /// Date of the document that cites.
    pub date: Option<Date>,
    /// How the citing clause is cited.
    pub citation: String,
    /// Id of the citing clause.
    pub clause: String,
    /// Id of its document.
    pub source: String,
    /// Whether the clause recalls what it cites.
    pub recalls: bool,
    /// The symbol that it cites.
    pub symbol: Symbol,
    /// Id of the cited document; none where the corpus lacks it.
    pub document: Option<String>,
}

/// A document that is cited and that the corpus lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lacking {
    /// Its symbol.
    pub symbol: Symbol,
    /// Clauses that cite it.
    pub clauses: usize,
    /// Documents that cite it.
    pub documents: usize,
}

/// What a clause or a document cites by symbol, in reading order; `None` where nothing has this
/// name.
///
/// # Errors
/// The index is damaged.
pub fn cites(searcher: &Searcher, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    Citations::of(searcher).cited(name)
}

/// The clauses of other documents that cite a document under any of its symbols, a revision or an
/// addendum of it included, by date. A symbol may be one that the corpus lacks; a clause stands for
/// its document. `None` where this is no symbol and nothing has this name.
///
/// # Errors
/// The index is damaged.
pub fn cited_by(searcher: &Searcher, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    Citations::of(searcher).citing(name)
}

/// What a document recalls, what that recalls, and so on, and likewise who recalls it, by date: the
/// chain in which a mandate was handed on. A clause stands for its document. `None` where nothing
/// has this name.
///
/// # Errors
/// The index is damaged.
pub fn chain(searcher: &Searcher, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    Ok(Citations::of(searcher).chain(name)?.map(|links| links.into_iter().collect()))
}

/// All that a document stands among: what it cites, who cites it, and its chain, by date; `None` where
/// nothing has this name.
///
/// # Errors
/// The index is damaged.
pub fn around(searcher: &Searcher, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    let mut citations = Citations::of(searcher);
    let Some(mut links) = citations.chain(name)? else { return Ok(None) };
    links.extend(citations.cited(name)?.unwrap_or_default());
    links.extend(citations.citing(name)?.unwrap_or_default());
    Ok(Some(links.into_iter().collect()))
}

/// The cited documents that the corpus lacks, the most cited first.
///
/// # Errors
/// The index is damaged.
pub fn lacking(searcher: &Searcher) -> Result<Vec<Lacking>, Error> {
    let mut citing: BTreeMap<Symbol, (usize, BTreeSet<String>)> = BTreeMap::new();
    searcher.each_clause(&Condition::Has("cites"), |clause| {
        for symbol in symbols(&clause) {
            let (n_clauses, documents) = citing.entry(symbol.clone()).or_default();
            *n_clauses += 1;
            documents.insert(clause.document.clone());
        }
        Ok::<(), Error>(())
    })?;
    let owned = searcher.owners(&citing.keys().cloned().collect())?;
    let counts = citing.into_iter().filter(|(symbol, _)| !owned.contains_key(symbol));
    let lacking = |(symbol, (clauses, documents)): (Symbol, (usize, BTreeSet<String>))| Lacking {
        symbol,
        clauses,
        documents: documents.len(),
    };
    let mut all: Vec<Lacking> = counts.map(lacking).collect();
    all.sort_by(|a, b| (b.documents, b.clauses, &a.symbol).cmp(&(a.documents, a.clauses, &b.symbol)));
    Ok(all)
}

/// Links of a chain, and the names with which it goes on.
type Links = Option<(Vec<Reference>, Vec<String>)>;

/// The citations of an index. What was looked up is kept: whose the symbols are, and what a document
/// cites, since its clauses are all read for that.
struct Citations<'a> {
    searcher: &'a Searcher,
    owners: HashMap<Symbol, Option<String>>,
    cited: HashMap<String, Option<Vec<Reference>>>,
}

impl<'a> Citations<'a> {
    fn of(searcher: &'a Searcher) -> Self {
        Self { searcher, owners: HashMap::new(), cited: HashMap::new() }
    }

    /// What was recalled from a name on, in both directions.
    fn chain(&mut self, name: &str) -> Result<Option<BTreeSet<Reference>>, Error> {
        let mut links = BTreeSet::new();
        for follow in [Self::back, Self::forth] {
            let mut next = vec![name.to_owned()];
            let mut seen = BTreeSet::new();
            while let Some(name) = next.pop() {
                let Some((found, further)) = follow(self, &name)? else {
                    // A symbol that the corpus lacks recalls nothing; but a first name must be known.
                    if seen.is_empty() && Symbol::parse(&name).is_none() {
                        return Ok(None);
                    }
                    continue;
                };
                links.extend(found);
                next.extend(further.into_iter().filter(|name| seen.insert(name.clone())));
            }
        }
        Ok(Some(links))
    }

    fn cited(&mut self, name: &str) -> Result<Option<Vec<Reference>>, Error> {
        if let Some(known) = self.cited.get(name) {
            return Ok(known.clone());
        }
        let found = self.read_cited(name)?;
        self.cited.insert(name.to_owned(), found.clone());
        Ok(found)
    }

    fn read_cited(&mut self, name: &str) -> Result<Option<Vec<Reference>>, Error> {
        let clauses = match self.searcher.clause_by_id(name)? {
            Some((_, clause)) => vec![clause],
            None => match self.searcher.document_named(name)? {
                Some(document) => self.searcher.clauses_of(&document.id)?,
                None => return Ok(None),
            },
        };
        self.references(&clauses).map(Some)
    }

    fn citing(&mut self, name: &str) -> Result<Option<Vec<Reference>>, Error> {
        let clause = self.searcher.clause_by_id(name)?.map(|(_, clause)| clause.document);
        let document = self.searcher.document_named(clause.as_deref().unwrap_or(name))?;
        let own = document.iter().flat_map(|document| &document.metadata.symbols);
        let mut symbols: BTreeSet<Symbol> = own.map(|symbol| symbol.value.clone()).collect();
        symbols.extend(Symbol::parse(name));
        if symbols.is_empty() && document.is_none() {
            return Ok(None);
        }
        let cites = Fields::get().cites;
        let terms = symbols.iter().map(|symbol| Fields::symbol_term(cites, symbol.as_str()));
        let is_meant = |cited: &Symbol| {
            cited.prefixes().iter().any(|prefix| symbols.iter().any(|symbol| symbol.as_str() == *prefix))
        };
        let mut clauses = self.searcher.clauses_with(terms)?;
        clauses.retain(|clause| document.as_ref().is_none_or(|document| document.id != clause.document));
        let found = self.references(&clauses)?.into_iter().filter(|reference| is_meant(&reference.symbol));
        Ok(Some(found.collect::<BTreeSet<_>>().into_iter().collect()))
    }

    fn back(&mut self, name: &str) -> Result<Links, Error> {
        let document = self.searcher.clause_by_id(name)?.map(|(_, clause)| clause.document);
        let found = self.cited(document.as_deref().unwrap_or(name))?;
        Ok(found.map(|found| {
            let found: Vec<Reference> = found.into_iter().filter(|reference| reference.recalls).collect();
            let further = found.iter().filter_map(|reference| reference.document.clone()).collect();
            (found, further)
        }))
    }

    fn forth(&mut self, name: &str) -> Result<Links, Error> {
        Ok(self.citing(name)?.map(|found| {
            let found: Vec<Reference> = found.into_iter().filter(|reference| reference.recalls).collect();
            let further = found.iter().map(|reference| reference.source.clone()).collect();
            (found, further)
        }))
    }

    /// What clauses cite, each of them each symbol once.
    fn references(&mut self, clauses: &[ClauseRecord]) -> Result<Vec<Reference>, Error> {
        self.find_owners(clauses.iter().flat_map(symbols))?;
        let reference = |clause: &ClauseRecord, symbol: &Symbol| Reference {
            date: clause.date,
            citation: clause.citation.clone(),
            clause: clause.id.clone(),
            source: clause.document.clone(),
            recalls: clause.acts.iter().any(|act| act.act == Act::Recall),
            symbol: symbol.clone(),
            document: self.owners.get(symbol).cloned().flatten(),
        };
        let of_clause = |clause| symbols(clause).into_iter().map(move |symbol| reference(clause, symbol));
        Ok(clauses.iter().flat_map(of_clause).collect())
    }

    /// Looks up the documents with these symbols, as far as they are not known.
    fn find_owners<'s>(&mut self, symbols: impl Iterator<Item = &'s Symbol>) -> Result<(), Error> {
        let unknown: BTreeSet<Symbol> =
            symbols.filter(|symbol| !self.owners.contains_key(*symbol)).cloned().collect();
        let mut found = self.searcher.owners(&unknown)?;
        self.owners.extend(unknown.into_iter().map(|symbol| {
            let owner = found.remove(&symbol);
            (symbol, owner)
        }));
        Ok(())
    }
}

/// The symbols that a clause cites, each once, in the order of the text.
fn symbols(clause: &ClauseRecord) -> Vec<&Symbol> {
    let mut seen = BTreeSet::new();
    let all = clause.cites.iter().filter_map(|cite| cite.symbol.as_ref());
    all.filter(|symbol| seen.insert(*symbol)).collect()
}
