//! The words of an index that fit a pattern or are spelled nearly so.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chapeau_index::{Fields, Searcher};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::Error;
use crate::automaton::{Fuzzy, Glob};
use crate::lexicon::{Test, fits, within};

/// Most words that a pattern stands for, the most frequent ones: more would find nearly
/// everything, at a cost that grows with the corpus.
pub(crate) const MAX_WORDS: usize = 128;

/// Steps that it takes to go on by a byte in a dictionary.
const BYTE: u64 = 7;
/// Pieces of a pattern that are followed in one step.
const PIECES_A_STEP: u64 = 2;
/// Steps that a letter of a word takes which is compared once more.
const LETTER: u64 = 3;
/// Steps that it takes to make the automaton of a word with one and with two letters off, for each of its
/// letters: weighed by what queries of such words took.
const STEPS_A_LETTER: [u64; 2] = [500, 4_000];

/// The words that a test lets pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) words: Vec<String>,
    /// Whether there were more.
    pub(crate) cut: bool,
}

/// Looks up patterns in the dictionaries of an index.
pub(crate) struct Dictionary<'a> {
    searcher: &'a Searcher,
    /// What was looked up: a query may have the same pattern many times.
    known: RefCell<HashMap<(Field, Test), Rc<Found>>>,
}

impl<'a> Dictionary<'a> {
    pub(crate) fn new(searcher: &'a Searcher) -> Self {
        Self { searcher, known: RefCell::default() }
    }

    /// The words of a field that pass, by rising spelling.
    pub(crate) fn passing(&self, field: Field, test: &Test) -> Result<Rc<Found>, Error> {
        let key = (field, test.clone());
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let found = Rc::new(self.look_up(field, test)?);
        self.known.borrow_mut().insert(key, found.clone());
        Ok(found)
    }

    fn look_up(&self, field: Field, test: &Test) -> Result<Found, Error> {
        match test {
            Test::Pattern(pattern) => {
                let typed = pattern.split(['*', '?']).next().unwrap_or_default();
                let steps = BYTE + pattern.len() as u64 / PIECES_A_STEP;
                self.accepted(field, test, typed, (|| Glob::new(pattern), steps))
            }
            Test::Fuzzy(word, edits) => {
                self.searcher.budget().spend(fuzzy_steps(word, *edits))?;
                let fuzzy = Fuzzy::new(word, *edits);
                self.accepted(field, test, "", (|| &fuzzy, BYTE))
            }
            Test::Exact(_) | Test::Stem(..) => Ok(Found::default()),
        }
    }

    fn accepted<A: Automaton>(
        &self,
        field: Field,
        test: &Test,
        beginning: &str,
        automaton: (impl Fn() -> A, u64),
    ) -> Result<Found, Error>
    where
        A::State: Clone,
    {
        let mut frequencies: HashMap<String, u64> = HashMap::new();
        let meter = self.searcher.budget().meter();
        self.searcher.each_term(field, &format!("={beginning}"), usize::MAX, automaton, |term, n| {
            // What an automaton accepts is compared once more.
            meter.spend(term.len() as u64 * LETTER);
            let word = term.strip_prefix('=').filter(|word| passes(test, word));
            let Some(word) = word else { return };
            match frequencies.get_mut(word) {
                Some(known) => *known += n,
                None => drop(frequencies.insert(word.to_owned(), n)),
            }
        })?;
        if self.searcher.is_remote() && frequencies.len() > MAX_WORDS {
            frequencies = self.counted(field, frequencies)?;
        }
        Ok(most_frequent(frequencies, MAX_WORDS))
    }

    /// The exact numbers of those that may be the most frequent words: what another machine lists is
    /// right to a factor of two.
    fn counted(
        &self,
        field: Field,
        frequencies: HashMap<String, u64>,
    ) -> Result<HashMap<String, u64>, Error> {
        let statistics = self.searcher.statistics();
        let likely = most_frequent(frequencies, MAX_WORDS * 2).words;
        statistics.count(likely.iter().map(|word| Fields::exact(field, word)))?;
        let count = |word: String| {
            let n = statistics.doc_freq(&Fields::exact(field, &word))?;
            Ok((word, n))
        };
        likely.into_iter().map(count).collect()
    }
}

/// What it costs to make the automaton of a word that may differ in so many letters.
fn fuzzy_steps(word: &str, edits: u8) -> u64 {
    let [one, two] = STEPS_A_LETTER;
    word.len() as u64 * if edits < 2 { one } else { two }
}

fn passes(test: &Test, word: &str) -> bool {
    match test {
        Test::Pattern(pattern) => fits(pattern, word),
        Test::Fuzzy(typed, edits) => within(typed, word, *edits),
        Test::Exact(_) | Test::Stem(..) => false,
    }
}

fn most_frequent(frequencies: HashMap<String, u64>, most: usize) -> Found {
    let mut words: Vec<(u64, String)> = frequencies.into_iter().map(|(word, n)| (n, word)).collect();
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let cut = words.len() > most;
    words.truncate(most);
    let mut words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
    words.sort_unstable();
    Found { words, cut }
}

#[cfg(test)]
mod tests {
    use chapeau_document::Unit;
    use chapeau_index::Budget;

    use super::*;
    use crate::tests::library::{Library, document};

    #[test]
    fn a_pattern_is_looked_up_once() {
        let library = Library::new(&[document("a", "A", &[(Unit::Paragraph, "lamps and kettles")])], 1);
        let searcher = library.searcher().within(Budget::of(u64::MAX, u64::MAX));
        let dictionary = Dictionary::new(&searcher);
        let look_up = || {
            let found = dictionary.passing(Fields::get().text, &Test::Pattern("*m*".into()));
            (found.expect("a sound index").words.clone(), searcher.budget().spent())
        };
        let first = look_up();
        assert_eq!(first.0, ["lamps"]);
        assert!(first.1 > 0);
        assert_eq!(look_up(), first);
    }
}
