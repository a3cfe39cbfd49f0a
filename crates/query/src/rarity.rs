//! How rare what is looked for is: one number for all fields of a word, so that a word that is
//! rare in titles does not weigh more than the word itself does.

use chapeau_index::Searcher;
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;

use crate::plan::{Form, Places};
use crate::{Error, rank};

/// Steps that it takes to look a term up in the dictionaries of an index.
const LOOKING_UP: u64 = 60;

/// The weight of a leaf: that of its words together, where it has several.
pub(crate) fn of(form: &Form, searcher: &Searcher) -> Result<f32, Error> {
    match form {
        Form::Terms(_) => Ok(of_count(searcher, clauses(form, searcher)?.unwrap_or(0))),
        Form::Places(fields) => fields.first().map_or(Ok(0.0), |(_, places)| of_places(searcher, places)),
        // They have weights of their own in place of rarity.
        Form::Weighted(_) => Ok(1.0),
    }
}

/// In how many clauses a word stands, in the field where it is most frequent; `None` for what stands
/// at places, which would have to be looked for.
pub(crate) fn clauses(form: &Form, searcher: &Searcher) -> Result<Option<u64>, Error> {
    let mut most = 0;
    match form {
        Form::Terms(fields) => {
            for (_, terms) in fields {
                most = most.max(n_having(searcher, terms)?);
            }
        }
        Form::Weighted(terms) => {
            for (_, term) in terms {
                most = most.max(n_having(searcher, std::slice::from_ref(term))?);
            }
        }
        Form::Places(_) => return Ok(None),
    }
    Ok(Some(most))
}

/// Whether no clause has any of it.
pub(crate) fn is_absent(form: &Form, searcher: &Searcher) -> Result<bool, Error> {
    let terms: Vec<&Term> = match form {
        Form::Terms(fields) => fields.iter().flat_map(|(_, terms)| terms).collect(),
        Form::Weighted(terms) => terms.iter().map(|(_, term)| term).collect(),
        // Their words may be there, only not in their places.
        Form::Places(_) => return Ok(false),
    };
    for term in terms {
        if searcher.statistics().doc_freq(term)? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn of_places(searcher: &Searcher, places: &Places) -> Result<f32, Error> {
    let each = |parts: &[Places]| {
        parts.iter().map(|part| of_places(searcher, part)).collect::<Result<Vec<f32>, Error>>()
    };
    Ok(match places {
        Places::Terms(terms) => of_count(searcher, n_having(searcher, terms)?),
        Places::Any(any) => each(any)?.into_iter().reduce(f32::min).unwrap_or(0.0),
        Places::Sequence(sequence) => each(sequence)?.into_iter().sum(),
        Places::Near(pair, ..) | Places::Sentence(pair, _) => {
            of_places(searcher, &pair.0)? + of_places(searcher, &pair.1)?
        }
    })
}

/// Records that have one of the terms; those that have two count twice.
pub(crate) fn n_having(searcher: &Searcher, terms: &[Term]) -> Result<u64, Error> {
    let mut having = 0;
    searcher.budget().spend(terms.len() as u64 * LOOKING_UP)?;
    for term in terms {
        having += searcher.statistics().doc_freq(term)?;
    }
    Ok(having)
}

/// The weight of what `having` clauses have.
pub(crate) fn of_count(searcher: &Searcher, having: u64) -> f32 {
    rank::idf(having, searcher.statistics().counts().clauses)
}
