//! The words of an index on other machines: lists of terms as records beside the others, and the
//! dictionaries that are made of them here. Nobody there lists the terms of a field.
//!
//! A list holds terms of any fields in order, each with by how many its number of records grew; what
//! several lists say of a term adds up.

mod lists;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Term;
use tantivy_fst::{Automaton, IntoStreamer, Map, Streamer};

use self::lists::names_of;
pub(crate) use self::lists::{List, keyed, lists, read};
use crate::engine::{Ask, Condition, Engine};
use crate::remote::{KEY, each_record};
use crate::{Error, Fields};

/// What the record of a list has in the field `record`.
pub(crate) const WORDS_RECORD: &str = "words";
/// Dictionaries of one beginning, before they are made one.
const MOST_PARTS: usize = 8;

/// Numbers of records by term.
pub(crate) type Numbers = BTreeMap<String, u64>;

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
        if !self.are_all_there(engine)? {
            self = Self::default();
        }
        let mut counts: Numbers = BTreeMap::new();
        let named = Condition::OneOf("id", vec![name.to_owned()]);
        let known = Condition::OneOf(KEY, self.keys.iter().map(u64::to_string).collect());
        let wanted = Condition::All(vec![of_words(), named, Condition::none_of(known)]);
        each_record(engine, &wanted, |list| {
            self.keys.push(list.key);
            read(&list.stored, |key, n| {
                let term = key.strip_prefix(field).and_then(|key| key.strip_prefix(':'));
                if let Some(term) = term.filter(|_| key.starts_with(name)) {
                    add(&mut counts, term, n);
                }
            })
        })?;
        self.add(counts)?;
        Ok(self)
    }

    /// Whether the lists that these were made of are in force: they may have been made one with others.
    fn are_all_there(&self, engine: &dyn Engine) -> Result<bool, Error> {
        if self.keys.is_empty() {
            return Ok(true);
        }
        let known = Condition::OneOf(KEY, self.keys.iter().map(u64::to_string).collect());
        let found = engine.find(&[Ask::count(Condition::All(vec![of_words(), known]))])?;
        Ok(found.first().is_some_and(|found| found.total == self.keys.len() as u64))
    }

    fn add(&mut self, mut counts: Numbers) -> Result<(), Error> {
        if counts.is_empty() {
            return Ok(());
        }
        if self.parts.len() == MOST_PARTS {
            for part in std::mem::take(&mut self.parts) {
                let mut stream = part.stream();
                while let Some((term, n)) = stream.next() {
                    add(&mut counts, &String::from_utf8_lossy(term), n);
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

/// The records that are lists.
pub(crate) fn of_words() -> Condition {
    Condition::term(Term::from_field_text(Fields::get().record, WORDS_RECORD))
}

/// What all lists say together, as [`keyed`] terms.
pub(crate) fn all(engine: &dyn Engine) -> Result<Numbers, Error> {
    let mut counts = Numbers::new();
    each_record(engine, &of_words(), |list| read(&list.stored, |key, n| add(&mut counts, key, n)))?;
    Ok(counts)
}

pub(crate) fn add(counts: &mut Numbers, term: &str, n: u64) {
    match counts.get_mut(term) {
        Some(count) => *count += n,
        None => drop(counts.insert(term.to_owned(), n)),
    }
}

#[cfg(test)]
mod tests {
    use tantivy_fst::automaton::AlwaysMatch;

    use super::*;
    use crate::engine::{Answer, Record};
    use crate::generation::Payload;

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

        fn dates(&self) -> Result<Option<(u64, u64)>, Error> {
            Ok(None)
        }

        fn reload(&self) -> Result<Option<Arc<dyn Engine>>, Error> {
            Ok(None)
        }

        fn find(&self, asks: &[Ask]) -> Result<Vec<Answer>, Error> {
            let found = |ask: &Ask| {
                let met = (0..self.lists.len()).filter(|at| self.meets(*at, &ask.condition));
                let total = met.clone().count() as u64;
                let met = met.take(ask.limit);
                let record = |at: usize| Record { stored: self.lists[at].text.clone(), key: at as u64 };
                Answer { total, records: met.map(record).collect(), ..Answer::default() }
            };
            let answers: Vec<Answer> = asks.iter().map(found).collect();
            *self.n_read.lock().expect("no thread died") += answers[0].records.len();
            Ok(answers)
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
        assert_eq!(all(&engine).expect("sound lists")["text:=duties"], 7);
        *engine.n_read.lock().expect("no thread died") = 2;
        let all = [("=dumping", 1), ("=duties", 7), ("=tariff", 2), ("=tariffs", 1)];
        check(&next, &engine, "=", &all, 5);
        check(&next.next(), &engine, "=tariff", &all[2..], 5);
        // Made one with others.
        engine.lists.clear();
        engine.add(&[("text:=duties", 7)]);
        check(&next.next(), &engine, "=d", &[("=duties", 7)], 6);
    }
}
