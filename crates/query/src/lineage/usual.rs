//! The usual wording of a clause: that from which the others of its family differ the least.

use std::collections::BTreeMap;

use chapeau_index::Searcher;

use super::align::Words;
use super::lineage;
use crate::Error;

/// Versions of the same words that count: more do not change which is the most usual.
const MOST_SAME: usize = 500;
/// Wordings that are laid beside each other, the most frequent: comparing all pairs of these costs
/// some 10 ms.
const MOST_WORDINGS: usize = 40;

/// The usual wording of a clause's family.
#[derive(Clone, Debug, PartialEq)]
pub struct Usual {
    /// Id of the oldest clause that has it; the clause asked for, where that has it.
    pub id: String,
    /// Clauses of the family that have it.
    pub n_having: usize,
    /// Clauses of the family, the one asked for among them.
    pub n_family: usize,
}

impl Usual {
    /// In a sentence, said of the clause `id` that was asked for.
    pub fn in_words(&self, id: &str) -> String {
        let Self { n_having, n_family, .. } = self;
        let whose = if self.id == id { "The clause itself" } else { "A" };
        if *n_having == 1 {
            return format!(
                "No two of the {n_family} clauses of this family have the same words. {whose} has those from which \
                 the others differ the least."
            );
        }
        format!("{whose} has the usual wording: that of {n_having} of the {n_family} clauses of this family.")
    }
}

/// The usual wording of a clause, from its versions and itself; `None` where there is no such
/// clause, or it stands only here.
///
/// # Errors
/// The index is damaged.
pub fn usual(searcher: &Searcher, id: &str) -> Result<Option<Usual>, Error> {
    let Some(found) = lineage(searcher, id, MOST_SAME)? else { return Ok(None) };
    if found.rows.is_empty() {
        return Ok(None);
    }
    let n_family = found.rows.len() + found.n_more + 1;
    let mut wordings: BTreeMap<Words, (String, usize)> = BTreeMap::new();
    let own = (&found.clause.id, &found.clause.text, &found.clause.language);
    let others = found.rows.iter().map(|row| (&row.id, &row.text, &row.language));
    // The clause itself comes first, so that it stands for its own wording.
    for (id, text, language) in std::iter::once(own).chain(others) {
        wordings.entry(Words::of_text(text, language)).or_insert_with(|| (id.clone(), 0)).1 += 1;
    }
    let wording = |(words, (id, n_having))| Wording { id, words, n_having };
    let mut wordings: Vec<Wording> = wordings.into_iter().map(wording).collect();
    wordings.sort_by(|a, b| (b.n_having, &a.id).cmp(&(a.n_having, &b.id)));
    wordings.truncate(MOST_WORDINGS);
    let likeness = |one: &Wording| {
        let to_other =
            |other: &Wording| f64::from(one.words.similarity(&other.words)) * other.n_having as f64;
        wordings.iter().map(to_other).sum::<f64>()
    };
    // Of equals, the first: the more frequent one.
    let best = wordings.iter().map(|one| (likeness(one), one)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    Ok(best.map(|(_, one)| Usual { id: one.id.clone(), n_having: one.n_having, n_family }))
}

struct Wording {
    id: String,
    words: Words,
    n_having: usize,
}
