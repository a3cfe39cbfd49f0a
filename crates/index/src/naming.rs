//! Documents by the names that people and other documents give them.

use std::collections::{BTreeMap, BTreeSet};

use chapeau_document::{ClauseRecord, Symbol};
use tantivy::{DocAddress, Term};

use crate::{DocumentRecord, Error, Fields, Searcher, TitleOf, fold, remote};

impl Searcher {
    /// A document by its id or by one of its symbols, as people name it.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn document_named(&self, name: &str) -> Result<Option<DocumentRecord>, Error> {
        if let Some(document) = self.document_by_id(name)? {
            return Ok(Some(document));
        }
        let Some(symbol) = Symbol::parse(name) else { return Ok(None) };
        if let Some(document) = self.document_of_symbol(&symbol)? {
            return Ok(Some(document));
        }
        if self.is_remote() {
            return Ok(None);
        }
        // One whose clauses are all headings is found by none of them.
        Ok(self.documents()?.into_iter().find(|document| has_symbol(document, &symbol)))
    }

    /// The document with a symbol, found by its clauses: for whoever looks for many.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn document_of_symbol(&self, symbol: &Symbol) -> Result<Option<DocumentRecord>, Error> {
        for id in self.documents_with(&Fields::symbol_term(Fields::get().symbol, symbol.as_str()))? {
            let document = self.document_by_id(&id)?;
            if let Some(document) = document.filter(|document| has_symbol(document, symbol)) {
                return Ok(Some(document));
            }
        }
        Ok(None)
    }

    /// The ids of the documents with these symbols, as [`Searcher::document_of_symbol`] finds them, of an
    /// index elsewhere all at once.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached.
    pub fn owners(&self, symbols: &BTreeSet<Symbol>) -> Result<BTreeMap<Symbol, String>, Error> {
        let mut owners = BTreeMap::new();
        let Some(engine) = self.engine() else {
            for symbol in symbols {
                let document = self.document_of_symbol(symbol)?;
                owners.extend(document.map(|document| (symbol.clone(), document.id)));
            }
            return Ok(owners);
        };
        let term = |symbol: &Symbol| Fields::symbol_term(Fields::get().symbol, symbol.as_str());
        let having = remote::documents_with(engine, &symbols.iter().map(term).collect::<Vec<_>>())?;
        let known = self.documents_by_ids(having.iter().flatten().cloned().collect())?;
        for (symbol, ids) in symbols.iter().zip(having) {
            let owner = ids.into_iter().find(|id| known.get(id).is_some_and(|own| has_symbol(own, symbol)));
            owners.extend(owner.map(|id| (symbol.clone(), id)));
        }
        Ok(owners)
    }

    /// Documents by their ids, those that are there.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached.
    pub fn documents_by_ids(&self, ids: BTreeSet<String>) -> Result<BTreeMap<String, DocumentRecord>, Error> {
        if let Some(engine) = self.engine() {
            let found = remote::documents_by_ids(engine, &ids.into_iter().collect::<Vec<_>>())?;
            return Ok(found.into_iter().map(|document| (document.id.clone(), document)).collect());
        }
        let mut documents = BTreeMap::new();
        for id in ids {
            documents.extend(self.document_by_id(&id)?.map(|document| (id, document)));
        }
        Ok(documents)
    }

    /// Clauses by their ids, those that are there, in the order of the ids.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached.
    pub fn clauses_by_ids(&self, ids: &[String]) -> Result<Vec<ClauseRecord>, Error> {
        let mut clauses = Vec::new();
        if let Some(engine) = self.engine() {
            let found = remote::clauses_by_ids(engine, ids)?;
            let found: BTreeMap<&String, &ClauseRecord> =
                found.iter().map(|clause| (&clause.id, clause)).collect();
            clauses.extend(ids.iter().filter_map(|id| found.get(id).copied().cloned()));
            return Ok(clauses);
        }
        for id in ids {
            clauses.extend(self.clause_by_id(id)?.map(|(_, clause)| clause));
        }
        Ok(clauses)
    }

    /// What tells the document of a record from others without reading its name: its segment, since a
    /// document's clauses lie in one, and the name's number there.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn document_number(&self, at: DocAddress) -> Result<Option<(u32, u64)>, Error> {
        let names = self.names(at.segment_ord, "document")?;
        Ok(names.and_then(|names| names.ords().first(at.doc_id)).map(|number| (at.segment_ord, number)))
    }

    /// The ids of the documents that have clauses with a term, in order.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn documents_with(&self, term: &Term) -> Result<Vec<String>, Error> {
        if let Some(engine) = self.engine() {
            let found = remote::documents_with(engine, std::slice::from_ref(term))?;
            return Ok(found.into_iter().flatten().collect());
        }
        let mut documents = BTreeSet::new();
        for at in self.addresses(term)? {
            documents.extend(self.document_number(at)?);
        }
        let mut ids = BTreeSet::new();
        for (segment, ord) in documents {
            if let Some(names) = self.names(segment, "document")? {
                let all = names.names().map_err(|source| self.failed(source.into()))?;
                ids.extend(all.get(ord as usize).map(ToString::to_string));
            }
        }
        Ok(ids.into_iter().collect())
    }

    /// The ids of the documents of a title, in any case, in order.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn documents_titled(&self, title: &str) -> Result<Vec<String>, Error> {
        let field = Fields::get().titles;
        let Some(whole) = TitleOf::Document.whole(title) else { return Ok(Vec::new()) };
        if let Some(engine) = self.engine() {
            let has_it = |document: &DocumentRecord| {
                document.metadata.title.as_ref().is_some_and(|own| fold(&own.value) == fold(title))
            };
            let ids = remote::documents_with_title(engine, title)?.into_iter().collect();
            let found = self.documents_by_ids(ids)?.into_values();
            return Ok(found.filter(has_it).map(|document| document.id).collect());
        }
        let mut terms = BTreeSet::new();
        for segment in self.tantivy()?.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(|source| self.failed(source))?;
            let stream = inverted.terms().range().ge(&whole).into_stream();
            let mut stream = stream.map_err(|source| self.failed(source.into()))?;
            while stream.advance() && stream.key().starts_with(whole.as_bytes()) {
                let term = str::from_utf8(stream.key()).ok();
                terms.extend(term.map(|term| Term::from_field_text(field, term)));
            }
        }
        let mut ids = BTreeSet::new();
        for term in terms {
            ids.extend(self.documents_with(&term)?);
        }
        Ok(ids.into_iter().collect())
    }
}

fn has_symbol(document: &DocumentRecord, symbol: &Symbol) -> bool {
    document.metadata.symbols.iter().any(|own| own.value == *symbol)
}
