//! Terms as lists: compact, read in order, and found by what their terms begin with.

use std::collections::BTreeSet;

use crate::Error;

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
/// Terms as they are kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// What it is found by.
    pub(crate) names: Vec<String>,
    /// A line for each term: how many bytes it shares with the one before, as a character from `0` on,
    /// the rest of it, and after a tab its number, where that is not 1.
    pub(crate) text: String,
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
pub(super) fn names_of(key: &str) -> impl Iterator<Item = &str> {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

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
}
