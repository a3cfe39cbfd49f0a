//! The graph of citations: what a text cites, who cites it, and which cited documents the corpus
//! lacks. It is read from the postings of the citations, and stored nowhere.

use std::collections::{BTreeMap, BTreeSet};

use chapeau_document::{Act, ClauseRecord, Date, Symbol};
use chapeau_index::{DocumentRecord, Fields, Searcher};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::{DocAddress, Term};

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
    cited(searcher, &Owners::read(searcher)?, name)
}

fn cited(searcher: &Searcher, owners: &Owners, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    let clauses = match searcher.clause_by_id(name)? {
        Some((_, clause)) => vec![clause],
        None => match owners.find(name) {
            Some(document) => searcher.clauses_of(document)?,
            None => return Ok(None),
        },
    };
    Ok(Some(clauses.iter().flat_map(|clause| references(clause, owners)).collect()))
}

/// The clauses of other documents that cite a document under any of its symbols, a revision or an
/// addendum of it included, by date. A symbol may be one that the corpus lacks; a clause stands for
/// its document. `None` where this is no symbol and nothing has this name.
///
/// # Errors
/// The index is damaged.
pub fn cited_by(searcher: &Searcher, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    citing(searcher, &Owners::read(searcher)?, name)
}

fn citing(searcher: &Searcher, owners: &Owners, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    let clause = searcher.clause_by_id(name)?.map(|(_, clause)| clause.document);
    let document = clause.or_else(|| owners.find(name).map(str::to_owned));
    let mut symbols = document.as_ref().map_or_else(BTreeSet::new, |document| owners.symbols(document));
    symbols.extend(Symbol::parse(name));
    if symbols.is_empty() && document.is_none() {
        return Ok(None);
    }
    let cites = Fields::get().cites;
    let terms = symbols.iter().map(|symbol| Fields::symbol_term(cites, symbol.as_str()));
    let mut found = BTreeSet::new();
    for at in addresses(searcher, terms)? {
        let clause = searcher.clause(at)?;
        if document.as_ref() != Some(&clause.document) {
            let is_meant = |cited: &Symbol| {
                cited.prefixes().iter().any(|prefix| symbols.iter().any(|symbol| symbol.as_str() == *prefix))
            };
            found.extend(
                references(&clause, owners).into_iter().filter(|reference| is_meant(&reference.symbol)),
            );
        }
    }
    Ok(Some(found.into_iter().collect()))
}

/// What a document recalls, what that recalls, and so on, and likewise who recalls it, by date: the
/// chain in which a mandate was handed on. A clause stands for its document. `None` where nothing
/// has this name.
///
/// # Errors
/// The index is damaged.
pub fn chain(searcher: &Searcher, name: &str) -> Result<Option<Vec<Reference>>, Error> {
    let owners = Owners::read(searcher)?;
    let mut links = BTreeSet::new();
    for follow in [back, forth] {
        let mut next = vec![name.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(name) = next.pop() {
            let Some((found, further)) = follow(searcher, &owners, &name)? else {
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
    Ok(Some(links.into_iter().collect()))
}

/// Links of a chain, and the names with which it goes on.
type Links = Option<(Vec<Reference>, Vec<String>)>;

fn back(searcher: &Searcher, owners: &Owners, name: &str) -> Result<Links, Error> {
    let document = searcher.clause_by_id(name)?.map(|(_, clause)| clause.document);
    let found = cited(searcher, owners, document.as_deref().unwrap_or(name))?;
    Ok(found.map(|found| {
        let found: Vec<Reference> = found.into_iter().filter(|reference| reference.recalls).collect();
        let further = found.iter().filter_map(|reference| reference.document.clone()).collect();
        (found, further)
    }))
}

fn forth(searcher: &Searcher, owners: &Owners, name: &str) -> Result<Links, Error> {
    Ok(citing(searcher, owners, name)?.map(|found| {
        let found: Vec<Reference> = found.into_iter().filter(|reference| reference.recalls).collect();
        let further = found.iter().map(|reference| reference.source.clone()).collect();
        (found, further)
    }))
}

/// The cited documents that the corpus lacks, the most cited first.
///
/// # Errors
/// The index is damaged.
pub fn lacking(searcher: &Searcher) -> Result<Vec<Lacking>, Error> {
    let owners = Owners::read(searcher)?;
    let mut counts: BTreeMap<Symbol, (usize, BTreeSet<String>)> = BTreeMap::new();
    for at in addresses(searcher, all_terms(searcher)?)? {
        let clause = searcher.clause(at)?;
        let symbols: BTreeSet<Symbol> = references(&clause, &owners)
            .into_iter()
            .filter(|cited| cited.document.is_none())
            .map(|cited| cited.symbol)
            .collect();
        for symbol in symbols {
            let (n_clauses, documents) = counts.entry(symbol).or_default();
            *n_clauses += 1;
            documents.insert(clause.document.clone());
        }
    }
    let lacking = |(symbol, (clauses, documents)): (Symbol, (usize, BTreeSet<String>))| Lacking {
        symbol,
        clauses,
        documents: documents.len(),
    };
    let mut all: Vec<Lacking> = counts.into_iter().map(lacking).collect();
    all.sort_by(|a, b| (b.documents, b.clauses, &a.symbol).cmp(&(a.documents, a.clauses, &b.symbol)));
    Ok(all)
}

fn references(clause: &ClauseRecord, owners: &Owners) -> Vec<Reference> {
    let recalls = clause.acts.iter().any(|act| act.act == Act::Recall);
    let reference = |symbol: &Symbol| Reference {
        date: clause.date,
        citation: clause.citation.clone(),
        clause: clause.id.clone(),
        source: clause.document.clone(),
        recalls,
        symbol: symbol.clone(),
        document: owners.find(symbol.as_str()).map(str::to_owned),
    };
    let mut seen = BTreeSet::new();
    let symbols = clause.cites.iter().filter_map(|cite| cite.symbol.as_ref());
    symbols.filter(|symbol| seen.insert((*symbol).clone())).map(reference).collect()
}

/// Whose the symbols are: a document may have two.
struct Owners {
    by_symbol: BTreeMap<Symbol, String>,
    ids: BTreeSet<String>,
}

impl Owners {
    fn read(searcher: &Searcher) -> Result<Self, Error> {
        let mut owners = Self { by_symbol: BTreeMap::new(), ids: BTreeSet::new() };
        for DocumentRecord { id, metadata, .. } in searcher.documents()? {
            for symbol in metadata.symbols {
                owners.by_symbol.insert(symbol.value, id.clone());
            }
            owners.ids.insert(id);
        }
        Ok(owners)
    }

    /// The document with this id or symbol.
    fn find(&self, name: &str) -> Option<&str> {
        let by_symbol = || self.by_symbol.get(&Symbol::parse(name)?);
        self.ids.get(name).or_else(by_symbol).map(String::as_str)
    }

    fn symbols(&self, document: &str) -> BTreeSet<Symbol> {
        let own = self.by_symbol.iter().filter(|(_, owner)| *owner == document);
        own.map(|(symbol, _)| symbol.clone()).collect()
    }
}

/// All terms of the citations.
fn all_terms(searcher: &Searcher) -> Result<BTreeSet<Term>, Error> {
    let field = Fields::get().cites;
    let mut terms = BTreeSet::new();
    for segment in searcher.tantivy()?.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().stream()?;
        while stream.advance() {
            terms.extend(str::from_utf8(stream.key()).ok().map(|term| Term::from_field_text(field, term)));
        }
    }
    Ok(terms)
}

/// Where the live clauses are that have one of these terms.
fn addresses(
    searcher: &Searcher,
    terms: impl IntoIterator<Item = Term>,
) -> Result<BTreeSet<DocAddress>, Error> {
    let mut found = BTreeSet::new();
    for term in terms {
        found.extend(searcher.addresses(&term)?);
    }
    Ok(found)
}
