//! Two clauses or two whole documents side by side: their clauses matched, then compared.

use std::collections::HashMap;
use std::sync::Arc;

use chapeau_document::{ClauseRecord, Date};
use chapeau_index::{Budget, DocumentRecord, Excess, Meter, Searcher};
use schemars::JsonSchema;
use serde::Serialize;
use thiserror::Error as ThisError;

use crate::Error;
use crate::lineage::align::Words;
use crate::redline::align::in_order;
use crate::redline::{self, Redline, redline};

/// Two clauses or documents, compared.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// The clauses in the order of the second; what was left out stands where it stood in the first.
    pub clauses: Vec<Compared>,
}

impl Comparison {
    /// How many clauses became what, in a line: "3 clauses the same, 4 changed, ...".
    pub fn summary(&self) -> String {
        let count = |matched| self.clauses.iter().filter(|row| row.matched == matched).count();
        format!(
            "{} clauses the same, {} changed, {} moved, {} added, {} dropped",
            count(Matched::Same),
            count(Matched::Changed),
            self.clauses.iter().filter(|row| row.moved).count(),
            count(Matched::Added),
            count(Matched::Dropped)
        )
    }
}

/// One of two things that are compared.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Side {
    /// Id of the clause or the document.
    pub id: String,
    /// How it is cited.
    pub citation: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Date of the document.
    pub date: Option<Date>,
}

/// A clause of either, or one of each that were matched.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Compared {
    /// What became of it.
    pub matched: Matched,
    /// Whether it stands elsewhere among the clauses than it did.
    pub moved: bool,
    /// The clause of the first.
    pub before: Option<Text>,
    /// The clause of the second.
    pub after: Option<Text>,
    /// How the one became the other; none where there is only one.
    pub redline: Option<Redline>,
}

/// A clause in a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Text {
    /// Its id.
    pub id: String,
    /// How it is cited in its document.
    pub label: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Its words.
    pub text: String,
}

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Matched {
    /// No word differs.
    Same,
    /// Words differ.
    Changed,
    /// Only the second has it.
    Added,
    /// Only the first has it.
    Dropped,
}

impl Matched {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Dropped => "dropped",
        }
    }
}

/// Why two things cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
pub enum NotComparable {
    /// The index has nothing under this name.
    #[error("no clause or document \"{0}\"")]
    Missing(String),
    /// One is a clause, the other a document.
    #[error("\"{0}\" is a clause and \"{1}\" a document: compare two clauses or two documents")]
    Different(String, String),
}

/// Least similarity of two clauses for one to have become the other: half of their words.
const LEAST: f32 = 0.5;
/// Clauses that a clause is laid beside at most, those that share the most words.
const MOST_TRIED: usize = 6;
/// What a clause of the same label has before others, which settles equal similarity only.
const SAME_LABEL: f32 = 0.02;

/// Pairs of words that two clauses are compared by in one step: see [`Words::similarity`].
const WORDS_A_STEP: usize = 64;
/// Steps that it takes to note that a clause shares a word.
const SHARING: u64 = 4;

/// Compares two clauses, by id, or two documents, by id or symbol.
///
/// # Errors
/// The index is damaged. The inner error: there is nothing to compare.
pub fn compare(searcher: &Searcher, a: &str, b: &str) -> Result<Result<Comparison, NotComparable>, Error> {
    let missing = |name: &str| Ok(Err(NotComparable::Missing(name.to_owned())));
    let Some(first) = found(searcher, a)? else { return missing(a) };
    let Some(second) = found(searcher, b)? else { return missing(b) };
    Ok(match (first, second) {
        (Found::Clause(first), Found::Clause(second)) => Ok(Comparison {
            a: side_of_clause(&first),
            b: side_of_clause(&second),
            clauses: vec![both(&first, &second, false, searcher.budget())?],
        }),
        (Found::Document(first), Found::Document(second)) => Ok(Comparison {
            a: side_of_document(&first),
            b: side_of_document(&second),
            clauses: matched(
                &searcher.clauses_of(&first.id)?,
                &searcher.clauses_of(&second.id)?,
                searcher.budget(),
            )?,
        }),
        (Found::Clause(_), Found::Document(_)) => Err(NotComparable::Different(a.to_owned(), b.to_owned())),
        (Found::Document(_), Found::Clause(_)) => Err(NotComparable::Different(b.to_owned(), a.to_owned())),
    })
}

enum Found {
    Clause(Box<ClauseRecord>),
    Document(Box<DocumentRecord>),
}

fn found(searcher: &Searcher, name: &str) -> Result<Option<Found>, Error> {
    if let Some((_, clause)) = searcher.clause_by_id(name)? {
        return Ok(Some(Found::Clause(Box::new(clause))));
    }
    Ok(searcher.document_named(name)?.map(|document| Found::Document(Box::new(document))))
}

fn side_of_clause(clause: &ClauseRecord) -> Side {
    Side {
        id: clause.id.clone(),
        citation: clause.citation.clone(),
        title: clause.title.clone(),
        date: clause.date,
    }
}

fn side_of_document(document: &DocumentRecord) -> Side {
    let metadata = &document.metadata;
    let title = metadata.title.as_ref().map(|title| title.value.clone());
    let symbol = metadata.symbols.first().map(|symbol| symbol.value.to_string());
    let citation = symbol.or_else(|| title.clone()).unwrap_or_else(|| document.id.clone());
    Side { id: document.id.clone(), citation, title, date: metadata.date() }
}

/// The clauses of two documents, in reading order.
fn matched(a: &[ClauseRecord], b: &[ClauseRecord], budget: &Budget) -> Result<Vec<Compared>, Excess> {
    let pairs = pairs(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>(), budget)?;
    let still: HashMap<usize, usize> = in_order(&pairs).into_iter().collect();
    let of_b: HashMap<usize, usize> = pairs.iter().map(|(i, j)| (*j, *i)).collect();
    let is_paired: HashMap<usize, usize> = pairs.into_iter().collect();
    let mut rows = Vec::with_capacity(a.len().max(b.len()));
    let mut next = 0;
    for (j, after) in b.iter().enumerate() {
        let before = of_b.get(&j).copied();
        if let Some(i) = before.filter(|i| still.contains_key(i)) {
            rows.extend((next..i).filter(|i| !is_paired.contains_key(i)).map(|i| dropped(&a[i])));
            next = i + 1;
        }
        rows.push(match before {
            Some(i) => both(&a[i], after, !still.contains_key(&i), budget)?,
            None => added(after),
        });
    }
    rows.extend((next..a.len()).filter(|i| !is_paired.contains_key(i)).map(|i| dropped(&a[i])));
    Ok(rows)
}

/// Which clause became which, in the order of the first document: the most alike first.
///
/// # Errors
/// The budget is spent.
pub(crate) fn pairs(
    a: &[&ClauseRecord],
    b: &[&ClauseRecord],
    budget: &Budget,
) -> Result<Vec<(usize, usize)>, Excess> {
    let meter = budget.meter();
    let words = |clauses: &[&ClauseRecord]| clauses.iter().map(|clause| Words::of(clause)).collect();
    let (old, new): (Vec<Words>, Vec<Words>) = (words(a), words(b));
    let mut alike: Vec<(f32, usize, usize, usize)> = Vec::new();
    let having = having(&new);
    for (i, words) in old.iter().enumerate() {
        for j in sharing(words, &having, &new, &meter) {
            meter.spend((words.len() * new[j].len() / WORDS_A_STEP + words.len() + new[j].len()) as u64);
            let similarity = words.similarity(&new[j]);
            if similarity >= LEAST && a[i].unit.is_hit() == b[j].unit.is_hit() {
                let same_label = a[i].label.is_some() && a[i].label == b[j].label;
                let bonus = if same_label { SAME_LABEL } else { 0.0 };
                alike.push((similarity + bonus, distance((i, a.len()), (j, b.len())), i, j));
            }
        }
        budget.check()?;
    }
    alike.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2, x.3).cmp(&(y.1, y.2, y.3))));
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut pairs = Vec::new();
    for (_, _, i, j) in alike {
        if !taken_a[i] && !taken_b[j] {
            (taken_a[i], taken_b[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    Ok(pairs)
}

/// How far apart two places are, in thousandths of their documents.
fn distance((i, n_old): (usize, usize), (j, n_new): (usize, usize)) -> usize {
    (1000 * i / n_old.max(1)).abs_diff(1000 * j / n_new.max(1))
}

/// Which clauses have a word.
fn having(clauses: &[Words]) -> HashMap<Arc<str>, Vec<usize>> {
    let mut having: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
    for (at, words) in clauses.iter().enumerate() {
        for word in words.distinct() {
            having.entry(word).or_default().push(at);
        }
    }
    having
}

/// The clauses that share the most words with one, a rare word counting for more.
fn sharing(
    words: &Words,
    having: &HashMap<Arc<str>, Vec<usize>>,
    clauses: &[Words],
    meter: &Meter,
) -> Vec<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for word in words.distinct() {
        let with = having.get(&word).map_or(&[][..], Vec::as_slice);
        // In thousandths, so that equal sums are equal.
        let weight = 1000 / with.len().max(1) + 100;
        if !meter.spend(SHARING * with.len() as u64) {
            break;
        }
        for at in with {
            *shared.entry(*at).or_default() += weight;
        }
    }
    let likeness =
        |(at, weight): (usize, usize)| (1000 * weight / (words.len() + clauses[at].len()).max(1), at);
    let mut best: Vec<(usize, usize)> = shared.into_iter().map(likeness).collect();
    best.sort_unstable_by_key(|(likeness, at)| (std::cmp::Reverse(*likeness), *at));
    best.into_iter().take(MOST_TRIED).map(|(_, at)| at).collect()
}

fn both(
    before: &ClauseRecord,
    after: &ClauseRecord,
    moved: bool,
    budget: &Budget,
) -> Result<Compared, Excess> {
    budget.spend(redline::steps(&before.text, &after.text))?;
    let redline = redline(&before.text, &after.text);
    let matched = if redline.is_quiet() { Matched::Same } else { Matched::Changed };
    let (before, after) = (Some(text(before)), Some(text(after)));
    Ok(Compared { matched, moved, before, after, redline: Some(redline) })
}

fn added(clause: &ClauseRecord) -> Compared {
    Compared { matched: Matched::Added, moved: false, before: None, after: Some(text(clause)), redline: None }
}

fn dropped(clause: &ClauseRecord) -> Compared {
    Compared {
        matched: Matched::Dropped,
        moved: false,
        before: Some(text(clause)),
        after: None,
        redline: None,
    }
}

fn text(clause: &ClauseRecord) -> Text {
    Text {
        id: clause.id.clone(),
        label: clause.label.clone(),
        language: clause.language.clone(),
        text: clause.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use chapeau_document::Unit;

    use super::*;
    use crate::tests::library::{Library, document};

    /// The rows of a comparison: what became of each clause, its words, and whether it moved.
    #[track_caller]
    fn check(a: &[&str], b: &[&str], expected: &[&str]) {
        let clauses = |texts: &[&'static str]| -> Vec<(Unit, &'static str)> {
            texts.iter().map(|text| (Unit::Paragraph, *text)).collect()
        };
        let leak = |texts: &[&str]| -> Vec<&'static str> {
            texts.iter().map(|text| &*Box::leak((*text).to_owned().into_boxed_str())).collect()
        };
        let documents = [document("a", "A", &clauses(&leak(a))), document("b", "B", &clauses(&leak(b)))];
        let searcher = Library::new(&documents, 9).searcher();
        let found = compare(&searcher, "a", "b").expect("a sound index").expect("two documents");
        let row = |row: &Compared| {
            let text = row.after.as_ref().or(row.before.as_ref()).expect("one of the two");
            let moved = if row.moved { " moved" } else { "" };
            format!("{:?}{moved}: {}", row.matched, text.text).to_lowercase()
        };
        assert_eq!(found.clauses.iter().map(row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn clauses_are_matched_added_dropped_and_moved() {
        check(
            &["the parties shall meet once a year", "each party shall publish its laws", "tariffs are bound"],
            &[
                "tariffs are bound",
                "the parties shall meet twice a year",
                "nobody may be asked",
                "each party shall publish its laws",
            ],
            &[
                "same moved: tariffs are bound",
                "changed: the parties shall meet twice a year",
                "added: nobody may be asked",
                "same: each party shall publish its laws",
            ],
        );
        check(
            &["one thing here"],
            &["another matter there"],
            &["added: another matter there", "dropped: one thing here"],
        );
        check(&["x y"], &[], &["dropped: x y"]);
    }

    #[test]
    fn only_like_is_compared_with_like() {
        let documents = [document("a", "A", &[(Unit::Paragraph, "words")])];
        let searcher = Library::new(&documents, 9).searcher();
        let ask = |a, b| compare(&searcher, a, b).expect("a sound index").map(|_| ());
        assert_eq!(ask("a/1", "a/1"), Ok(()));
        assert_eq!(ask("a", "a/1"), Err(NotComparable::Different("a/1".into(), "a".into())));
        assert_eq!(ask("a", "WT/L/1"), Err(NotComparable::Missing("WT/L/1".into())));
    }
}
