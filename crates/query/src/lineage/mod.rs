//! Lineage: the same clause in other documents, word for word or in other words.
//!
//! Nothing is stored for it. The digests in the index find clauses of the same words, and the
//! postings of a clause's own words find those that share many; whoever is found is then laid
//! beside the clause, word by word.

pub(crate) mod align;
mod candidates;
mod elsewhere;
#[cfg(test)]
mod tests;
mod usual;
mod versions;

use std::collections::HashSet;
use std::sync::Arc;

use chapeau_document::{ClauseRecord, Date, Span};
use chapeau_index::{Language, Searcher, Token, analyze, fold};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::DocAddress;

use self::align::Words;
pub use self::usual::{Usual, usual};
pub use self::versions::{Versions, versions, versions_of_each};
pub(crate) use self::versions::{versions_of, versions_of_clauses};
use crate::Error;

/// A clause and its versions in other documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineage {
    /// The clause that was asked for.
    pub clause: ClauseRecord,
    /// Its versions, oldest first, those without a date last.
    pub rows: Vec<LineageRow>,
    /// Versions of the same words beyond the limit, which are not among the rows.
    pub n_more: usize,
}

impl Lineage {
    /// Rows before which the clause itself stands in time; where it has no date, after those that
    /// have one.
    pub fn n_earlier(&self) -> usize {
        let own = self.clause.date;
        let is_earlier = |row: &&LineageRow| row.date.is_some_and(|date| own.is_none_or(|own| date < own));
        self.rows.iter().filter(is_earlier).count()
    }

    /// How usual the clause is, in a line: "in 2 other documents: 1 near, 1 reworded".
    pub fn summary(&self) -> String {
        if self.rows.is_empty() {
            return "only here".to_owned();
        }
        let documents: HashSet<&str> = self.rows.iter().map(|row| row.document.as_str()).collect();
        let all = [Relation::Identical, Relation::Near, Relation::Reworded];
        let counts =
            all.map(|relation| (self.rows.iter().filter(|row| row.relation == relation).count(), relation));
        let counts = counts.into_iter().filter(|(n, _)| *n > 0);
        let counts: Vec<String> = counts.map(|(n, relation)| format!("{n} {}", relation.as_str())).collect();
        let many = if documents.len() == 1 { "" } else { "s" };
        let at_least = if self.n_more > 0 { "at least " } else { "" };
        format!("in {at_least}{} other document{many}: {}", documents.len(), counts.join(", "))
    }
}

/// One version of a clause.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LineageRow {
    /// Its id.
    pub id: String,
    /// Its document's id.
    pub document: String,
    /// How it is cited.
    pub citation: String,
    /// Its document's title.
    pub title: Option<String>,
    /// Its document's date.
    pub date: Option<Date>,
    /// 0..=1: twice the words that both have in the same order, over the words of both.
    pub similarity: f32,
    /// What the similarity comes to.
    pub relation: Relation,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// Its words.
    pub text: String,
    /// The stretches of its words that the clause has too, from three words on.
    pub shared: Vec<Span>,
}

/// How a version stands to the clause that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same letters.
    Identical,
    /// The same words but for case, punctuation, spelling and endings, or nearly all of them.
    Near,
    /// The same core in other words.
    Reworded,
}

impl Relation {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Near => "near",
            Self::Reworded => "reworded",
        }
    }
}

/// Words that a re-worded clause has at least: of shorter ones, too many say alike by chance.
const FEWEST_WORDS: usize = 6;
/// From this similarity on, clauses are one. Of the pairs in tests/judged/lineage.tsv, .72 takes in
/// one of 21 others; .68 would take in three and win 5 of 91 versions.
const CERTAIN: f32 = 0.72;
/// Else they share at least these runs of three words, of those that either has, and are at least
/// so similar: a long text with a repeated formula shares many runs. People stop to see the same
/// clause between .32 and .4 (25 pairs of articles on electronic transmissions).
const LEAST_RUNS: f32 = 0.385;
const LEAST_SIMILARITY: f32 = 0.5;
/// The same in documents of one title, that is in a series, where a renewal keeps the core and
/// changes the ending (a moratorium of 2013 renewed in 2024 has .47).
const LEAST_IN_SERIES: f32 = 0.4;
/// Words in one go that a renewal in a series keeps at least.
const LONGEST_IN_SERIES: usize = 5;
/// From this similarity on, two clauses are nearly identical.
const NEARLY: f32 = 0.9;

/// The versions of a clause in other documents; `None` where there is no such clause. At most
/// `limit` versions of the same words are read, the oldest.
///
/// # Errors
/// The index is damaged.
pub fn lineage(searcher: &Searcher, id: &str, limit: usize) -> Result<Option<Lineage>, Error> {
    let Some((at, clause)) = searcher.clause_by_id(id)? else { return Ok(None) };
    let mut rows = Vec::new();
    let mut n_more = 0;
    if is_comparable(&clause) && searcher.is_remote() {
        let (same, total) = elsewhere::of_the_same_words(searcher, &clause, limit.saturating_add(1))?;
        n_more = total.saturating_sub(limit.saturating_add(1));
        let others = same.into_iter().filter(|other| other.document != clause.document);
        rows.extend(others.map(|other| as_same(&clause, other)));
        let words = Words::of(&clause);
        for other in elsewhere::of_shared_words(searcher, &[&clause])?.into_iter().flatten() {
            rows.extend(as_reworded(&clause, &words, other));
        }
    } else if is_comparable(&clause) {
        let same = candidates::of_the_same_words(searcher, &clause)?;
        n_more = read_the_same(searcher, &clause, &same, limit, &mut rows)?;
        rows.extend(reworded(searcher, at, &clause, &addresses(&same))?);
    }
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(Some(Lineage { clause, rows, n_more }))
}

/// Whether a clause can have versions: headings and what says nothing have none.
fn is_comparable(clause: &ClauseRecord) -> bool {
    clause.unit.is_hit() && !clause.text.trim().is_empty()
}

fn order(row: &LineageRow) -> (bool, Option<Date>, &str) {
    (row.date.is_none(), row.date, &row.id)
}

/// Reads the clauses of the same words; how many the limit left out.
fn read_the_same(
    searcher: &Searcher,
    clause: &ClauseRecord,
    same: &[(Option<u64>, DocAddress)],
    limit: usize,
    rows: &mut Vec<LineageRow>,
) -> Result<usize, Error> {
    // One more, since the clause itself is among them.
    for (_, at) in same.iter().take(limit.saturating_add(1)) {
        let other = searcher.clause(*at)?;
        if other.document != clause.document {
            rows.push(as_same(clause, other));
        }
    }
    Ok(same.len().saturating_sub(limit.saturating_add(1)))
}

fn addresses(same: &[(Option<u64>, DocAddress)]) -> HashSet<DocAddress> {
    same.iter().map(|(_, at)| *at).collect()
}

/// Steps that a candidate takes to read and analyse.
const STEPS_A_CANDIDATE: u64 = 2_000;
/// Bytes of a candidate that are compared with one word in a step.
const BYTES_A_STEP: u64 = 100;

/// The versions in other words, of other documents.
fn reworded(
    searcher: &Searcher,
    at: DocAddress,
    clause: &ClauseRecord,
    known: &HashSet<DocAddress>,
) -> Result<Vec<LineageRow>, Error> {
    let mut rows = Vec::new();
    let words = Words::of(clause);
    if words.len() < FEWEST_WORDS {
        return Ok(rows);
    }
    for at in candidates::of_shared_words(searcher, at, clause, known)? {
        let other = searcher.clause(at)?;
        searcher
            .budget()
            .spend(STEPS_A_CANDIDATE + words.len() as u64 * other.text.len() as u64 / BYTES_A_STEP)?;
        rows.extend(as_reworded(clause, &words, other));
    }
    Ok(rows)
}

fn as_same(clause: &ClauseRecord, other: ClauseRecord) -> LineageRow {
    let relation = if other.text == clause.text { Relation::Identical } else { Relation::Near };
    let shared = vec![Span::new(0, other.text.len()).trimmed(&other.text)];
    row(other, 1.0, relation, shared)
}

/// A clause with other words as a version, where it is one.
fn as_reworded(clause: &ClauseRecord, words: &Words, other: ClauseRecord) -> Option<LineageRow> {
    if words.len() < FEWEST_WORDS || other.document == clause.document || other.language != clause.language {
        return None;
    }
    let (similarity, relation) = relation(clause, words, &other)?;
    let shared = words.shared_with(&other.text, &other.language);
    Some(row(other, similarity, relation, shared))
}

/// Whether a clause is a version of another, and how near.
fn relation(clause: &ClauseRecord, words: &Words, other: &ClauseRecord) -> Option<(f32, Relation)> {
    let others = Words::of(other);
    if others.len() < FEWEST_WORDS {
        return None;
    }
    let similarity = words.similarity(&others);
    let is_one =
        similarity >= CERTAIN || similarity >= LEAST_SIMILARITY && words.shared_runs(&others) >= LEAST_RUNS;
    let is_renewed = || {
        similarity >= LEAST_IN_SERIES
            && are_in_series(clause, other)
            && words.longest_run(&others) >= LONGEST_IN_SERIES
    };
    if !is_one && !is_renewed() {
        return None;
    }
    Some((similarity, if similarity >= NEARLY { Relation::Near } else { Relation::Reworded }))
}

/// Whether two clauses stand in the same part of documents of one title.
fn are_in_series(a: &ClauseRecord, b: &ClauseRecord) -> bool {
    let same_title = match (&a.title, &b.title) {
        (Some(a), Some(b)) => fold(a) == fold(b),
        _ => false,
    };
    same_title && a.part == b.part
}

fn row(clause: ClauseRecord, similarity: f32, relation: Relation, shared: Vec<Span>) -> LineageRow {
    LineageRow {
        id: clause.id,
        document: clause.document,
        citation: clause.citation,
        title: clause.title,
        date: clause.date,
        similarity,
        relation,
        language: clause.language,
        text: clause.text,
        shared,
    }
}

/// The words of a text as written, folded.
fn words_of(text: &str, language: &str) -> Vec<Arc<str>> {
    word_tokens(text, language).into_iter().map(|token| token.exact).collect()
}

fn word_tokens(text: &str, language: &str) -> Vec<Token> {
    analyze(text, Language::of_code(language)).into_iter().filter(Token::is_word).collect()
}
