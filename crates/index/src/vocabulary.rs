//! The words of an index on other machines: lists of terms as records beside the others, and the
//! dictionaries that are made of them here. Nobody there lists the terms of a field.
//!
//! A list holds terms of any fields in order, each with by how many its number of records grew; what
//! several lists say of a term adds up. A list is found by the fields and the beginnings of its terms.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Term;
use tantivy_fst::{Automaton, IntoStreamer, Map, Streamer};

use crate::engine::{Ask, Condition, Engine, First, MOST_RECORDS};
use crate::remote::KEY;
use crate::{Error, Fields};

/// What the record of a list has in the field `record`.
pub(crate) const WORDS_RECORD: &str = "words";
/// Bytes of a list: little is read in vain for the words of one beginning, and few records are made of
/// all words.
const LIST_BYTES: usize = 16 << 10;
/// Letters of a beginning by which lists are found. Words and titles carry a mark before their first
/// letter; symbols begin alike.
const NAMED_LETTERS: usize = 3;
/// See [`NAMED_LETTERS`].
const NAMED_LETTERS_OF_SYMBOLS: usize = 8;
/// Letters that a term may share with the one before: their number is one character.
const MOST_SHARED: usize = 60;
/// Dictionaries of one beginning, before they are made one.
const MOST_PARTS: usize = 8;

/// Terms as they are kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// What it is found by.
    pub(crate) names: Vec<String>,
    /// A line for each term: how many bytes it shares with the one before, as a character from `0` on,
    /// the rest of it, and after a tab its number, where that is not 1.
    pub(crate) text: String,
}

/// All lists.
fn of_words() -> Condition {
    Condition::term(Term::from_field_text(Fields::get().record, WORDS_RECORD))
}

/// How a term of a field stands in a list.
pub(crate) fn keyed(key: &mut String, field: &str, term: &str) {
    key.clear();
    key.push_str(field);
    key.push(':');
    key.push_str(term);
}

/// Lists of terms, which are given in order as [`keyed`] makes them.
pub(crate) fn lists<'a>(terms: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<List> {
    let mut lists = Vec::new();
    let (mut text, mut names, mut before) = (String::new(), BTreeSet::new(), "");
    for (key, n) in terms {
        if text.len() > LIST_BYTES {
            let names = std::mem::take(&mut names).into_iter().map(str::to_owned).collect();
            lists.push(List { names, text: std::mem::take(&mut text) });
            before = "";
        }
        push(&mut text, before, key, n);
        names.extend(names_of(key));
        before = key;
    }
    if !text.is_empty() {
        lists.push(List { names: names.into_iter().map(str::to_owned).collect(), text });
    }
    lists
}

fn push(text: &mut String, before: &str, key: &str, n: u64) {
    let n_same = before.bytes().zip(key.bytes()).take(MOST_SHARED).take_while(|(a, b)| a == b).count();
    let shared = (0..=n_same).rev().find(|at| key.is_char_boundary(*at)).unwrap_or(0);
    text.push(char::from(b'0' + shared as u8));
    text.push_str(&key[shared..]);
    if n != 1 {
        text.push('\t');
        text.push_str(&n.to_string());
    }
    text.push('\n');
}

/// The field, and the beginnings of the term.
fn names_of(key: &str) -> impl Iterator<Item = &str> {
    let from = key.find(':').map_or(0, |colon| colon + 1);
    let ends = key[from..].char_indices().map(move |(at, letter)| from + at + letter.len_utf8());
    std::iter::once(from).chain(ends.take(named_letters(key))).map(|end| &key[..end])
}

fn named_letters(key: &str) -> usize {
    if key.starts_with("symbol:") { NAMED_LETTERS_OF_SYMBOLS } else { NAMED_LETTERS }
}

/// Shows the terms of a list with their numbers.
pub(crate) fn read(list: &str, mut see: impl FnMut(&str, u64)) -> Result<(), Error> {
    let damaged = || Error::Record { reason: "a list of words is damaged".to_owned() };
    let mut key = String::new();
    for line in list.lines() {
        let (word, n) = line.split_once('\t').unwrap_or((line, "1"));
        let shared = word.bytes().next().and_then(|byte| byte.checked_sub(b'0')).ok_or_else(damaged)?;
        let rest = word.get(1..).ok_or_else(damaged)?;
        if !key.is_char_boundary(shared.into()) {
            return Err(damaged());
        }
        key.truncate(shared.into());
        key.push_str(rest);
        see(&key, n.parse().map_err(|_| damaged())?);
    }
    Ok(())
}

/// The dictionaries of one state of an index, each loaded when it is first asked for.
#[derive(Default)]
pub(crate) struct Vocabulary {
    loaded: Mutex<HashMap<String, Arc<Terms>>>,
    /// Those of the states before: what they were made of stays.
    before: HashMap<String, Arc<Terms>>,
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Vocabulary").finish_non_exhaustive()
    }
}

impl Vocabulary {
    /// That of the state after this one.
    pub(crate) fn next(&self) -> Self {
        let mut before = self.before.clone();
        before.extend(self.loaded.lock().unwrap_or_else(PoisonError::into_inner).clone());
        Self { loaded: Mutex::default(), before }
    }

    /// The terms of a field that begin as wanted, and others.
    pub(crate) fn terms(&self, engine: &dyn Engine, field: &str, prefix: &str) -> Result<Arc<Terms>, Error> {
        let mut key = String::new();
        keyed(&mut key, field, prefix);
        let mut names: Vec<&str> = names_of(&key).collect();
        names.reverse();
        let of = |known: &HashMap<String, Arc<Terms>>| {
            names.iter().find_map(|name| Some((*name, known.get(*name)?.clone())))
        };
        if let Some((_, terms)) = of(&self.loaded.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(terms);
        }
        let longest = names.first().copied().unwrap_or_default();
        let (name, before) = of(&self.before).unwrap_or((longest, Arc::default()));
        let terms = Arc::new(Terms::clone(&before).load(engine, field, name)?);
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.insert(name.to_owned(), terms.clone());
        Ok(terms)
    }
}

/// Terms of a field that begin alike.
#[derive(Clone, Default)]
pub(crate) struct Terms {
    /// Of some lists each: what they say of a term adds up.
    parts: Vec<Arc<Map<Vec<u8>>>>,
    /// The lists.
    keys: Vec<u64>,
}

impl Terms {
    /// With what is there by now.
    fn load(mut self, engine: &dyn Engine, field: &str, name: &str) -> Result<Self, Error> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let named = Condition::OneOf("id", vec![name.to_owned()]);
        let known = Condition::OneOf(KEY, self.keys.iter().map(u64::to_string).collect());
        let mut from = 0;
        loop {
            let rest = Condition::Range(KEY, Some(from), None);
            let wanted = vec![of_words(), named.clone(), Condition::none_of(known.clone()), rest];
            let ask = Ask::first(Condition::All(wanted), MOST_RECORDS, First::Lowest(KEY));
            let records = engine.find(&[ask])?.pop().unwrap_or_default().records;
            for record in &records {
                read(&record.stored, |key, n| {
                    let term = key.strip_prefix(field).and_then(|key| key.strip_prefix(':'));
                    let Some(term) = term.filter(|_| key.starts_with(name)) else { return };
                    match counts.get_mut(term) {
                        Some(count) => *count += n,
                        None => drop(counts.insert(term.to_owned(), n)),
                    }
                })?;
                self.keys.push(record.key);
            }
            match records.last() {
                Some(last) if records.len() == MOST_RECORDS => from = last.key.saturating_add(1),
                _ => break,
            }
        }
        self.add(counts)?;
        Ok(self)
    }

    fn add(&mut self, mut counts: BTreeMap<String, u64>) -> Result<(), Error> {
        if counts.is_empty() {
            return Ok(());
        }
        if self.parts.len() == MOST_PARTS {
            for part in std::mem::take(&mut self.parts) {
                let mut stream = part.stream();
                while let Some((term, n)) = stream.next() {
                    *counts.entry(String::from_utf8_lossy(term).into_owned()).or_default() += n;
                }
            }
        }
        let failed = |error: tantivy_fst::Error| Error::Record { reason: error.to_string() };
        self.parts.push(Arc::new(Map::from_iter(counts).map_err(failed)?));
        Ok(())
    }

    /// Shows those that begin as wanted and are accepted, at most so many of each part.
    pub(crate) fn each<A: Automaton>(
        &self,
        prefix: &str,
        most: usize,
        automaton: impl Fn() -> A,
        mut see: impl FnMut(&str, u64),
    ) {
        for part in &self.parts {
            let mut stream = part.search(automaton()).ge(prefix).into_stream();
            let mut n_seen = 0;
            while let Some((term, n)) = stream.next() {
                if n_seen == most || !term.starts_with(prefix.as_bytes()) {
                    break;
                }
                n_seen += 1;
                if let Ok(term) = str::from_utf8(term) {
                    see(term, n);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use tantivy_fst::automaton::AlwaysMatch;

    use super::*;
    use crate::engine::{Answer, Record, Recorder};
    use crate::generation::Payload;

    #[test]
    fn a_list_shares_what_terms_begin_with() {
        let terms = [("text:=tarif", 2), ("text:=tariff", 41), ("text:=té", 1), ("text:=tê", 1)];
        let lists = lists(terms);
        assert_eq!(lists.len(), 1);
        assert_eq!(lists[0].text, "0text:=tarif\t2\n;f\t41\n7é\n7ê\n");
        assert_eq!(lists[0].names, ["text:", "text:=", "text:=t", "text:=ta", "text:=té", "text:=tê"]);
    }

    #[test]
    fn a_damaged_list_is_told() {
        for list in ["9a\n", "\n", "é\n", "0a\tmany\n", "0é\n1a\n", "/a\n"] {
            assert!(read(list, |_, _| ()).is_err(), "{list:?}");
        }
    }

    /// Terms of two fields, in order, with many that begin alike.
    fn terms() -> impl Strategy<Value = BTreeMap<String, u64>> {
        let key = "(text:=|titles:d)[abé]{0,3}(xy{60,70})?[a-c]{0,4}";
        prop::collection::btree_map(key, 1_u64..2_000, 0..2_500)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn what_is_listed_is_read_back(terms in terms()) {
            let mut found = BTreeMap::new();
            for list in lists(terms.iter().map(|(key, n)| (key.as_str(), *n))) {
                prop_assert!(list.text.len() <= LIST_BYTES + 160);
                read(&list.text, |key, n| assert_eq!(found.insert(key.to_owned(), n), None))?;
            }
            prop_assert_eq!(found, terms);
        }

        #[test]
        fn a_term_is_in_a_list_of_each_of_its_beginnings(terms in terms()) {
            for list in lists(terms.iter().map(|(key, n)| (key.as_str(), *n))) {
                read(&list.text, |key, _| {
                    let key = key.to_owned();
                    assert!(names_of(&key).all(|name| list.names.iter().any(|known| known == name)));
                })?;
            }
        }
    }

    fn shown(terms: &Terms, prefix: &str) -> BTreeMap<String, u64> {
        let mut shown = BTreeMap::new();
        terms.each(
            prefix,
            usize::MAX,
            || AlwaysMatch,
            |term, n| *shown.entry(term.to_owned()).or_default() += n,
        );
        shown
    }

    #[test]
    fn what_lists_say_adds_up() {
        let mut terms = Terms::default();
        for n in 0..2 * MOST_PARTS as u64 {
            let counts = [("=tarif".to_owned(), 1), (format!("=tariff{n:02}"), n)];
            terms.add(counts.into()).expect("terms in order");
        }
        assert!(terms.parts.len() <= MOST_PARTS);
        assert_eq!(shown(&terms, "=tarif")["=tarif"], 2 * MOST_PARTS as u64);
        assert_eq!(shown(&terms, "=tariff0").len(), 10);
    }

    /// An engine that has lists, and counts how many of them it gave.
    #[derive(Debug, Default)]
    struct Lists {
        lists: Vec<List>,
        payload: Payload,
        n_read: Mutex<usize>,
    }

    impl Lists {
        fn add(&mut self, terms: &[(&str, u64)]) {
            self.lists.extend(lists(terms.iter().copied()));
        }

        fn meets(&self, at: usize, condition: &Condition) -> bool {
            match condition {
                Condition::All(all) => all.iter().all(|part| self.meets(at, part)),
                Condition::Not(not) => !self.meets(at, not),
                Condition::OneOf(KEY, keys) => keys.contains(&at.to_string()),
                Condition::OneOf(_, names) => names.iter().any(|name| self.lists[at].names.contains(name)),
                Condition::Range(_, from, _) => from.is_none_or(|from| at as u64 >= from),
                condition => *condition == of_words(),
            }
        }
    }

    impl Engine for Lists {
        fn version(&self) -> String {
            self.lists.len().to_string()
        }

        fn payload(&self) -> &Payload {
            &self.payload
        }

        fn dates(&self) -> Option<(u64, u64)> {
            None
        }

        fn reload(&self) -> Result<Option<Arc<dyn Engine>>, Error> {
            Ok(None)
        }

        fn find(&self, asks: &[Ask]) -> Result<Vec<Answer>, Error> {
            let found = |ask: &Ask| {
                let met = (0..self.lists.len()).filter(|at| self.meets(*at, &ask.condition)).take(ask.limit);
                let record = |at: usize| Record { stored: self.lists[at].text.clone(), key: at as u64 };
                Answer { records: met.map(record).collect(), ..Answer::default() }
            };
            let answers: Vec<Answer> = asks.iter().map(found).collect();
            *self.n_read.lock().expect("no thread died") += answers[0].records.len();
            Ok(answers)
        }

        fn recorder(&self) -> Result<Box<dyn Recorder>, Error> {
            Err(Error::Unsupported { what: "writing" })
        }
    }

    #[test]
    fn a_list_is_read_once_and_where_it_is_wanted() {
        let mut engine = Lists::default();
        engine.add(&[("text:=duties", 3), ("text:=dumping", 1)]);
        engine.add(&[("text:=tariff", 2), ("title:=duties", 7)]);
        let vocabulary = Vocabulary::default();
        let check =
            |vocabulary: &Vocabulary, engine: &Lists, prefix: &str, expected: &[(&str, u64)], n_read| {
                let terms = vocabulary.terms(engine, "text", prefix).expect("sound lists");
                let expected: BTreeMap<String, u64> =
                    expected.iter().map(|(term, n)| ((*term).to_owned(), *n)).collect();
                assert_eq!(shown(&terms, prefix), expected, "{prefix}");
                assert_eq!(*engine.n_read.lock().expect("no thread died"), n_read, "{prefix}");
            };
        check(&vocabulary, &engine, "=dutie", &[("=duties", 3)], 1);
        check(&vocabulary, &engine, "=duti", &[("=duties", 3)], 1);
        check(&vocabulary, &engine, "=zebra", &[], 1);
        let next = vocabulary.next();
        engine.add(&[("text:=duties", 4), ("text:=tariffs", 1)]);
        check(&next, &engine, "=duti", &[("=duties", 7)], 2);
        check(&vocabulary, &engine, "=duti", &[("=duties", 3)], 2);
        let all = [("=dumping", 1), ("=duties", 7), ("=tariff", 2), ("=tariffs", 1)];
        check(&next, &engine, "=", &all, 5);
        check(&next.next(), &engine, "=tariff", &all[2..], 5);
    }
}
