//! The fields of the query language as those of the index.

use std::ops::Bound;

use chapeau_index::{Fields, Searcher};
use tantivy::Term;
use tantivy::query::{AllQuery, Query, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::copies::CopiesQuery;
use crate::plan::Set;
use crate::syntax::ast::{FilterField, RangeField, TextField};

/// What finds the records of a set.
pub(crate) fn query(searcher: &Searcher, set: &Set) -> Box<dyn Query> {
    match set {
        Set::Terms(terms) => match &terms[..] {
            [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
            terms => Box::new(TermSetQuery::new(terms.iter().cloned())),
        },
        Set::Range(field, from, to) => range(searcher, *field, *from, *to),
    }
}

/// The field of the index that holds a text field's words.
pub(crate) fn text_field(field: TextField) -> Field {
    let fields = Fields::get();
    match field {
        TextField::Text => fields.text,
        TextField::Title => fields.title,
        TextField::Heading => fields.heading,
        TextField::LeadIn => fields.lead_in,
    }
}

/// The term of a value.
pub(crate) fn value_term(field: FilterField, value: &str) -> Term {
    let fields = Fields::get();
    let folded = || chapeau_index::fold(value);
    match field {
        FilterField::Kind => Term::from_field_text(fields.kind, value),
        FilterField::Status => Term::from_field_text(fields.status, value),
        FilterField::Part => Term::from_field_text(fields.part, value),
        FilterField::Unit => Term::from_field_text(fields.unit, value),
        FilterField::Act => Term::from_field_text(fields.act, value),
        FilterField::Obligation => Term::from_field_text(fields.obligation, value),
        FilterField::Body => Term::from_field_text(fields.body, &folded()),
        FilterField::Party => Term::from_field_text(fields.party, &folded()),
        FilterField::Language => Term::from_field_text(fields.language, value),
        FilterField::Document => Term::from_field_text(fields.document, value),
    }
}

/// Records between two keys, both included.
fn range(searcher: &Searcher, field: RangeField, from: Option<u64>, to: Option<u64>) -> Box<dyn Query> {
    let fields = Fields::get();
    let field = match field {
        RangeField::Date => fields.date,
        RangeField::Added => fields.added,
        RangeField::Year => fields.year,
        RangeField::Copies => return Box::new(CopiesQuery::new(searcher, from, to)),
    };
    if from.is_none() && to.is_none() {
        return Box::new(AllQuery);
    }
    let bound = |key: Option<u64>| {
        key.map_or(Bound::Unbounded, |key| Bound::Included(Term::from_field_u64(field, key)))
    };
    Box::new(RangeQuery::new(bound(from), bound(to)))
}
