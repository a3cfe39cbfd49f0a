//! The vocabulary of the desk: which other words a query's words stand for.
//!
//! The built-in concepts are text in the binary and a table of hashes made when it was built, so
//! that loading costs nothing and a lookup parses only the few concepts that the query names. A
//! user's own file is read whole and goes before them.

mod format;
mod key;

use std::collections::HashMap;
use std::ops::Range;

pub use format::{Class, Concept, FormatError, FormatReason, KINDS, Language, Term, parse};
use key::Piece;

/// Names and acronyms that one concept brings in for one language, at most: each alternative costs
/// a phrase in the engine, and those beyond are the last, least telling ones of the file.
pub const MAX_NAMES: usize = 5;

/// The same for wordings of agreements, which are long and so the dearest to search.
pub const MAX_WORDINGS: usize = 3;

/// The same for desk words, which texts rarely use.
pub const MAX_DESK_WORDS: usize = 1;

/// Words of the longest term that is looked for: the full names of some organizations have twelve.
const MAX_TERM_WORDS: usize = 14;

/// How a file of concepts is written: the remarks at the head of the built-in one.
pub fn format_help() -> String {
    let lines = CONCEPTS.lines().map_while(|line| line.strip_prefix('#'));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

static CONCEPTS: &str = include_str!("../../thesaurus/concepts.txt");

/// Entries of a hash (8 bytes) and the offset of a concept (4), little-endian, sorted.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/concepts.table"));
const ENTRY_BYTES: usize = 12;

/// The concepts that queries are expanded with.
///
/// ```
/// use chapeau_query::thesaurus::Thesaurus;
///
/// let found = Thesaurus::built_in().expand(&["LDC", "exports"]);
/// assert_eq!(found[0].words, 0..1);
/// assert!(found[0].added.iter().any(|term| term.text == "least-developed country"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Thesaurus {
    own: Vec<Concept>,
    own_keys: HashMap<String, usize>,
}

/// Words of a query that name a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which words of the query, as a range of their positions.
    pub words: Range<usize>,
    /// The concept's preferred term.
    pub concept: String,
    /// The other terms to search for, the more telling ones of a language first. Those of several
    /// words are meant as phrases.
    pub added: Vec<Term>,
}

impl Thesaurus {
    /// A name of the concepts that were added to the built-in ones, another for others: for caches.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for concept in &self.own {
            hasher.update(format!("{concept:?}").as_bytes());
        }
        hasher.finalize().to_hex()[..8].to_owned()
    }

    /// The concepts that come with the program.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// The built-in concepts and a user's own, in the same format. Where both answer for a term the
    /// user's concept does; where it has a built-in concept's preferred term, it adds to that one.
    ///
    /// # Errors
    ///
    /// The first line that is not understood, or a term that stands in two of the user's concepts.
    pub fn with_own(text: &str) -> Result<Self, FormatError> {
        let own = parse(text)?;
        format::check_unique(&own)?;
        let mut own_keys = HashMap::new();
        for (idx, concept) in own.iter().enumerate() {
            for term in concept.terms.iter().filter(|term| term.looked_up) {
                own_keys.insert(term.key(), idx);
            }
        }
        Ok(Self { own, own_keys })
    }

    /// Finds the concepts that a query's words name: the longest term at each place, from the left,
    /// none overlapping. `words` are as typed, without the marks of the query language.
    pub fn expand(&self, words: &[&str]) -> Vec<Found> {
        let typed = typed_pieces(words);
        let mut found = Vec::new();
        let mut from = 0;
        while from < typed.len() {
            match self.longest(&typed[from..]) {
                Some((n_pieces, concept)) => {
                    let pieces = &typed[from..from + n_pieces];
                    found.extend(self::found(pieces, concept));
                    from += n_pieces;
                }
                None => from += 1,
            }
        }
        found
    }

    fn longest(&self, typed: &[TypedPiece]) -> Option<(usize, Concept)> {
        if !typed[0].piece.opens {
            return None;
        }
        let longest = typed.len().min(MAX_TERM_WORDS);
        (1..=longest).rev().filter(|&n| typed[n - 1].closes).find_map(|n| {
            let pieces: Vec<Piece> = typed[..n].iter().map(|typed| typed.piece.clone()).collect();
            self.concept_of(&pieces).map(|concept| (n, concept))
        })
    }

    /// Terms in which case counts go first: "AD" before a word "ad".
    fn concept_of(&self, pieces: &[Piece]) -> Option<Concept> {
        let cased = format!("^{}", key::cased(pieces));
        self.concept_with(&cased).or_else(|| self.concept_with(&key::join_keys(pieces)))
    }

    fn concept_with(&self, key: &str) -> Option<Concept> {
        if let Some(&idx) = self.own_keys.get(key) {
            let own = self.own[idx].clone();
            let built_in =
                built_in_with(&preferred_key(&own)).filter(|known| known.preferred == own.preferred);
            return Some(merged(own, built_in));
        }
        let built_in = built_in_with(key)?;
        let own = self.own.iter().find(|own| own.preferred == built_in.preferred).cloned();
        Some(match own {
            Some(own) => merged(own, Some(built_in)),
            None => built_in,
        })
    }
}

struct TypedPiece {
    piece: Piece,
    words: Range<usize>,
    /// Whether a term may end here: at the end of a typed word.
    closes: bool,
}

fn typed_pieces(words: &[&str]) -> Vec<TypedPiece> {
    let mut typed: Vec<TypedPiece> = Vec::new();
    for (idx, word) in words.iter().enumerate() {
        for piece in key::pieces(word) {
            match typed.last_mut() {
                Some(last) if key::is_joined_prefix(&last.piece) => {
                    key::append(&mut last.piece, &piece.raw, &piece.key);
                    last.words.end = idx + 1;
                }
                _ => typed.push(TypedPiece { piece, words: idx..idx + 1, closes: false }),
            }
        }
        if let Some(last) = typed.last_mut() {
            last.closes = true;
        }
    }
    typed
}

fn found(typed: &[TypedPiece], concept: Concept) -> Option<Found> {
    let pieces: Vec<Piece> = typed.iter().map(|typed| typed.piece.clone()).collect();
    let added = added(&concept, &key::join_keys(&pieces));
    let words = typed.first()?.words.start..typed.last()?.words.end;
    (!added.is_empty()).then_some(Found { words, concept: concept.preferred, added })
}

/// The terms to search for beside what was typed, each once a language. A term that contains what
/// was typed is left out: it finds nothing that the typed words do not find.
fn added(concept: &Concept, typed_key: &str) -> Vec<Term> {
    let mut added: Vec<Term> = Vec::new();
    for language in Language::ALL {
        let mut keys: Vec<String> = Vec::new();
        let mut left = Left { names: MAX_NAMES, wordings: MAX_WORDINGS, desk: MAX_DESK_WORDS };
        for term in concept.terms.iter().filter(|term| term.language == language && term.added) {
            let key = key::join_keys(&key::pieces(&term.text));
            if !contains_words(&key, typed_key) && !keys.contains(&key) && left.take(term.class) {
                keys.push(key);
                added.push(term.clone());
            }
        }
    }
    added
}

/// How many terms of each class may still be added.
struct Left {
    names: usize,
    wordings: usize,
    desk: usize,
}

impl Left {
    fn take(&mut self, class: Class) -> bool {
        let left = match class {
            Class::Name | Class::Acronym => &mut self.names,
            Class::Wording => &mut self.wordings,
            Class::Desk => &mut self.desk,
        };
        let some = *left > 0;
        *left = left.saturating_sub(1);
        some
    }
}

fn contains_words(key: &str, typed_key: &str) -> bool {
    format!(" {key} ").contains(&format!(" {typed_key} "))
}

fn preferred_key(concept: &Concept) -> String {
    key::join_keys(&key::pieces(&concept.preferred))
}

fn merged(mut own: Concept, built_in: Option<Concept>) -> Concept {
    own.terms.extend(built_in.into_iter().flat_map(|concept| concept.terms));
    own
}

fn built_in_with(key: &str) -> Option<Concept> {
    let wanted = key::hash(key);
    let (mut low, mut high) = (0, TABLE.len() / ENTRY_BYTES);
    while low < high {
        let middle = low.midpoint(high);
        let (hash, offset) = entry(middle)?;
        match hash.cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return concept_at(offset, key),
        }
    }
    None
}

fn entry(idx: usize) -> Option<(u64, usize)> {
    let bytes = TABLE.get(idx * ENTRY_BYTES..(idx + 1) * ENTRY_BYTES)?;
    let (hash, offset) = bytes.split_first_chunk::<8>()?;
    let offset = u32::from_le_bytes(*offset.first_chunk::<4>()?);
    Some((u64::from_le_bytes(*hash), offset as usize))
}

/// The hash of other words can be the same, so the concept must really have the term.
fn concept_at(offset: usize, key: &str) -> Option<Concept> {
    let concept = format::parse_first(CONCEPTS.get(offset..)?)?;
    concept.terms.iter().any(|term| term.looked_up && term.key() == key).then_some(concept)
}

#[cfg(test)]
mod tests;
