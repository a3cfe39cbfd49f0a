//! Whether a clause passes a restriction: what the index answers by its filter fields, said of the
//! clause itself.
//!
//! How many documents have a clause is known to the index alone, which has seen to it before.

use chapeau_document::{ClauseRecord, Symbol};
use chapeau_index::{date_key, fold};

use crate::syntax::ast::{Filter, FilterField, RangeField};

/// Whether `clause` passes `filter`.
pub(crate) fn holds(filter: &Filter, clause: &ClauseRecord) -> bool {
    match filter {
        Filter::Is(field, value) => has_value(*field, value, clause),
        Filter::Range(field, from, to) => {
            let within = |key: u64| from.is_none_or(|from| from <= key) && to.is_none_or(|to| key <= to);
            let is_open = from.is_none() && to.is_none();
            is_open || *field == RangeField::Copies || key(*field, clause).is_some_and(within)
        }
        Filter::OwnSymbol(symbol) => clause.symbols.iter().any(|own| begins_with(own, symbol)),
        Filter::Cites(symbol) => {
            let mut cited = clause.cites.iter().filter_map(|cite| cite.symbol.as_ref());
            cited.any(|cited| begins_with(cited, symbol))
        }
        Filter::Bracketed(yes) => clause.bracketed.is_empty() != *yes,
    }
}

/// Whether a symbol is this one, or begins with it at one of its slashes.
pub(crate) fn begins_with(symbol: &Symbol, beginning: &str) -> bool {
    symbol.prefixes().iter().any(|prefix| prefix.eq_ignore_ascii_case(beginning))
}

fn has_value(field: FilterField, value: &str, clause: &ClauseRecord) -> bool {
    let named = |name: &String| fold(name) == fold(value);
    match field {
        FilterField::Kind => clause.kind.as_str() == value,
        FilterField::Status => clause.status.as_str() == value,
        FilterField::Part => clause.part.as_str() == value,
        FilterField::Unit => clause.unit.as_str() == value,
        FilterField::Act => clause.acts.iter().any(|act| act.act.as_str() == value),
        FilterField::Obligation => clause.obligation.as_str() == value,
        FilterField::Body => clause.body.as_ref().is_some_and(named),
        FilterField::Party => clause.parties.iter().any(named),
        FilterField::Language => clause.language == value,
        FilterField::Document => clause.document == value,
    }
}

fn key(field: RangeField, clause: &ClauseRecord) -> Option<u64> {
    match field {
        RangeField::Date => clause.date.map(date_key),
        RangeField::Added => clause.added.map(date_key),
        RangeField::Year => clause.date.map(|date| u64::from(date.year().unsigned_abs())),
        RangeField::Copies => None,
    }
}
