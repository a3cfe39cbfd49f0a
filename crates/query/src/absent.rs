//! Documents that are asked for by their symbol and are not in the corpus, though it cites them.

use chapeau_document::Span;
use chapeau_index::{Fields, Searcher};
use tantivy::query::Bm25StatisticsProvider;

use crate::syntax::Query;
use crate::syntax::ast::Filter;
use crate::{Error, QueryWarning};

/// A warning for each symbol that no document of the corpus has.
pub(crate) fn symbols(query: &Query, searcher: &Searcher) -> Result<Vec<QueryWarning>, Error> {
    let fields = Fields::get();
    let count = |field, symbol: &str| searcher.statistics().doc_freq(&Fields::symbol_term(field, symbol));
    let mut warnings = Vec::new();
    for symbol in asked(query) {
        if count(fields.symbol, symbol)? == 0 {
            let message = match count(fields.cites, symbol)? {
                0 => format!("{symbol} is not in the corpus, and nothing cites it"),
                1 => format!("{symbol} is not in the corpus, but 1 clause cites it: cites:{symbol}"),
                n => format!("{symbol} is not in the corpus, but {n} clauses cite it: cites:{symbol}"),
            };
            warnings.push(QueryWarning::new(Span::default(), message));
        }
    }
    Ok(warnings)
}

/// The symbols that documents are asked for by.
fn asked(query: &Query) -> Vec<&str> {
    match query {
        Query::Filter(Filter::OwnSymbol(symbol)) | Query::Symbol(symbol, _) => vec![symbol],
        Query::And(queries) | Query::Or(queries) => queries.iter().flat_map(asked).collect(),
        Query::Group(operands) => operands.iter().flat_map(|operand| asked(&operand.query)).collect(),
        _ => Vec::new(),
    }
}
