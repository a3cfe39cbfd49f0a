//! What a clause is called: its label as a lawyer writes it, and its id.

use std::collections::HashMap;

use super::instruments;
use super::label_words::PRINTED;
pub(super) use super::label_words::Words;
use super::numbering::Open;
use super::piece::{Piece, Standing, Titled};
use super::slug::slug;
use crate::label::{Class, folded, misread};
use crate::lists;

/// What the numbers of clauses are cited under.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    /// "Article 14.3", "Annex A, Article 2", or nothing.
    pub(super) text: String,
    /// Whether it names an annex: its paragraphs are "para. 2", since "Annex 4.2" may be an annex.
    pub(super) is_annex: bool,
    /// What a number is where nothing is above it: "para. ", "Section ".
    pub(super) noun: &'static str,
    /// What the outermost number in an annex is, where it is not the same as elsewhere: "point ".
    pub(super) point: &'static str,
    /// Whether numbers with a title have the noun too, as the sections of an act do.
    pub(super) names_headings: bool,
    /// Whether numbers of two parts have it: all begin with one number, that of the text itself in the
    /// report that it is of ("13.1" to "13.39").
    pub(super) names_dotted: bool,
}

impl Base {
    fn has_points(&self) -> bool {
        self.is_annex && !self.point.is_empty()
    }
}

/// The numbers of open levels as they follow an article's: "14.3" and "2", "(a)" give ".2(a)".
pub(super) fn numbers_after(base: &Base, open: &[Open<'_>], words: &Words) -> String {
    if let Some(levels) = &words.levels {
        return levels.named_after(base, open, words.item);
    }
    let mut label = String::new();
    let (mut above, mut is_by_degrees) = (None, false);
    for level in open {
        let number = level.number;
        let above = above.replace(level.style.class);
        let is_in_block = above == Some(Class::Block);
        // "1.1.2" would be a section, not point 2 of "1.1".
        let is_point = level.style.close == b')' || matches!(above, Some(Class::Dotted(_)));
        if level.style.is_degree() && !base.text.is_empty() && !base.has_points() {
            label.push_str(&[", ", number, "°"].concat());
            is_by_degrees = true;
            continue;
        }
        match level.style.class {
            Class::Lower if is_by_degrees => label.push_str(&[", ", number, ")"].concat()),
            Class::Dash | Class::Bullet => {
                let count = level.count.to_string();
                label.push_str(&[", ", words.item, &count].concat());
            }
            // "Guidance 3.2.1" is cited by its own number.
            Class::Block if number.ends_with(|c: char| c.is_ascii_digit()) => {
                label = [", ", &cited(number)].concat();
            }
            Class::Block => label.push_str(&[", ", &number.to_lowercase()].concat()),
            Class::Number | Class::Lower if is_in_block => {
                label.push_str(&[" ", &level.number_in_block()].concat());
            }
            // "1.1" says all that "1" and it would say together.
            Class::Dotted(2) if base.text.is_empty() && base.names_dotted && level.title.is_none() => {
                label = [base.noun, number].concat();
            }
            Class::Dotted(_) => label = dotted_after(base, number, words),
            Class::Number if !level.style.opened && label.is_empty() => {
                label = first_after(base, level, words);
            }
            // "IV. The manual is ...": a paragraph, and no section.
            Class::Upper
                if label.is_empty()
                    && level.is_roman
                    && level.title.is_none()
                    && base.text.is_empty()
                    && base.noun == words.paragraph =>
            {
                label = [base.noun, number].concat();
            }
            Class::Upper if label.is_empty() && !level.style.opened => {
                label.push_str(if base.text.is_empty() { "" } else { ", " });
                label.push_str(number);
            }
            Class::Number if !level.style.opened && !is_point => label.push_str(&[".", number].concat()),
            Class::Number | Class::Lower if label.is_empty() && base.has_points() => {
                label = [", ", base.point, "(", number, ")"].concat();
            }
            _ if label.is_empty() && base.is_annex && !ends_in_number(&base.text) => {
                label.push_str(&[", (", number, ")"].concat());
            }
            _ => label.push_str(&["(", number, ")"].concat()),
        }
    }
    label
}

/// The outermost number under a base.
fn first_after(base: &Base, level: &Open<'_>, words: &Words) -> String {
    let is_named = base.names_headings || level.title.is_none() || level.runs;
    match base.text.as_str() {
        // "Transitorios, Primero".
        text if !text.is_empty() && level.number.starts_with(char::is_alphabetic) => {
            [", ", &cited(level.number)].concat()
        }
        // "1)" numbers a point.
        "" if level.style.close == b')' && !base.names_headings => level.number.to_owned(),
        "" if is_named => [base.noun, level.number].concat(),
        "" => level.number.to_owned(),
        _ if base.has_points() => [", ", base.point, level.number].concat(),
        text if base.is_annex || ends_in_latin(text) => [", ", words.paragraph, level.number].concat(),
        text if text.ends_with(|c: char| c.is_alphanumeric()) => [".", level.number].concat(),
        _ => level.number.to_owned(),
    }
}

fn dotted_after(base: &Base, number: &str, words: &Words) -> String {
    let first = number.split('.').next().unwrap_or_default();
    let is_whole = !base.is_annex && base.text.rsplit(' ').next() == Some(first);
    match () {
        () if base.text.is_empty() => number.to_owned(),
        // "36.1" in Section 36 is Section 36.1.
        () if is_whole => number[first.len()..].to_owned(),
        () if base.has_points() => [", ", base.point, number].concat(),
        // "A1.2" is the appendix's own number.
        () if number.starts_with(|c: char| c.is_ascii_uppercase()) => [", ", number].concat(),
        () => [", ", words.paragraph, number].concat(),
    }
}

/// "Annex I" and "Annex 4-B", not "Annex" and "Protocol on Bulbs".
fn ends_in_number(base: &str) -> bool {
    let last = base.rsplit(' ').next().unwrap_or_default();
    base.contains(' ') && !last.contains(char::is_lowercase)
}

/// "Article XX bis": a number behind it stands apart.
pub(super) fn ends_in_latin(base: &str) -> bool {
    let last = base.rsplit(' ').next().unwrap_or_default();
    last.ends_with(|c: char| c.is_ascii_lowercase())
        && last.starts_with(|c: char| !c.is_ascii_digit())
        && base.contains(' ')
}

/// The ids of open levels: `2/a`, bullets counted as `i3`.
pub(super) fn id_of(open: &[Open<'_>]) -> String {
    let mut id = String::new();
    for (depth, level) in open.iter().enumerate() {
        // "4.5.1" holds the numbers of the levels around it.
        let is_held = open.get(depth + 1).is_some_and(|inner| {
            matches!(inner.style.class, Class::Dotted(_)) && inner.number.starts_with(level.number)
        });
        if is_held && !level.number.is_empty() {
            continue;
        }
        if !id.is_empty() {
            id.push('/');
        }
        match level.number {
            "" => id.push_str(&["i", &level.count.to_string()].concat()),
            number => id.push_str(&slug(number)),
        }
    }
    id
}

/// "ARTICLE 14.3" as a lawyer cites it: "Article 14.3".
pub(super) fn cited(label: &str) -> String {
    let (word, rest) = label.split_once(' ').unwrap_or((label, ""));
    let is_capitals = word.len() > 2 && !word.chars().any(char::is_lowercase);
    if !is_capitals || word == "SEC." {
        return label.replace("SEC. ", "Sec. ");
    }
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().collect();
    let word = first + &letters.as_str().to_lowercase();
    if rest.is_empty() { word } else { [&word, " ", &spelled(rest)].concat() }
}

/// Writes the word of articles as it is cited, however it is printed: "Art. 5", "Articulo 5".
pub(super) fn spell_out(clauses: &mut [chapeau_document::Clause], word: &str) {
    for label in clauses.iter_mut().filter_map(|clause| clause.label.as_mut()) {
        let mut starts =
            std::iter::once(0).chain(label.match_indices(", ").map(|(at, mark)| at + mark.len()));
        let printed = starts.find_map(|at| {
            let printed = PRINTED.iter().find(|printed| label[at..].starts_with(**printed));
            let misread = || misread::printed(&label[at..]).map(|len| (len + 1).min(label.len() - at));
            Some((at, printed.map(|printed| printed.len()).or_else(misread)?))
        });
        if let Some((at, len)) = printed {
            label.replace_range(at..at + len, word);
        }
    }
}

/// Writes the French first as it is cited, however it was read: "Article ler", "Article 1 er".
pub(super) fn mend_firsts(clauses: &mut [chapeau_document::Clause]) {
    for label in clauses.iter_mut().filter_map(|clause| clause.label.as_mut()) {
        if let Some(at) = label.find(" ler").filter(|at| !label[at + 4..].starts_with(char::is_alphanumeric))
        {
            label.replace_range(at..at + 4, " 1er");
        }
        if let Some(at) = label.find(" 1 er") {
            label.replace_range(at..at + 5, " 1er");
        }
    }
}

/// Most names that get their accents, since each is looked for in the text.
const MOST_ACCENTED: usize = 24;

/// Puts the accents into the names of instruments that are printed in capitals without them.
pub(super) fn accent(clauses: &mut [chapeau_document::Clause], pieces: &[Piece<'_>], text: &str) {
    let divisions = pieces.iter().filter_map(Piece::division);
    let named_divisions =
        divisions.filter(|division| matches!(division.standing, Standing::Named | Standing::Instrument));
    let is_bare = |division: &&Titled<'_>| crate::accents::may_lack(division.title.unwrap_or(division.label));
    let names: Vec<(String, String)> = named_divisions
        .filter(is_bare)
        .take(MOST_ACCENTED)
        .map(|division| {
            let name = named(division);
            let printed = division.title.unwrap_or(division.label);
            let accented = crate::accents::restored(printed, &name, text);
            (name, accented)
        })
        .filter(|(name, accented)| name != accented)
        .collect();
    for label in clauses.iter_mut().filter_map(|clause| clause.label.as_mut()) {
        if let Some((name, accented)) = names.iter().find(|(name, _)| label.starts_with(name.as_str())) {
            label.replace_range(..name.len(), accented);
        }
    }
}

/// Longest name that is made of a title, in bytes.
const LONGEST_NAME: usize = 120;

/// What an annex or an instrument is called that is known by its title: "Protocol on Bulbs", "Annex
/// (Fees)"; by its kind and number where it has one: "Loi n° 2050-01".
pub(super) fn named(division: &Titled<'_>) -> String {
    let Some(title) = division.title else { return name_of_act(division.label) };
    let words: Vec<&str> = title.split_whitespace().collect();
    let title = in_small(without_preamble(&words), &folded(division.label));
    let title = shortened(&title);
    let goes_on = words.first().is_some_and(|word| joins_title(word));
    match cited(division.label) {
        label if goes_on => [&label, " ", title].concat(),
        label => [&label, " (", title, ")"].concat(),
    }
}

/// "Loi n° 2050-01", "Act No. 7 of 2050" out of a whole title; the title itself for a treaty.
fn name_of_act(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let words = without_preamble(&words);
    let is_number = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let number = words.iter().take(instruments::NUMBER_REACH + 2).position(is_number);
    let sign = number.and_then(|at| sign_of(&words[..=at]));
    match number.zip(sign) {
        // The office that makes an order stands between its kind and its number: "Arrêté du ministre ... n° 9-50".
        Some((at, sign)) => {
            let kind = words[1..sign].iter().take_while(|word| !joins_title(word)).count();
            let office = if sign > 4 { kind } else { sign - 1 };
            let name = [in_small(&words[..=office], ""), in_small(&words[sign..=at], "")].join(" ");
            spaced_sign(name.trim_end_matches([',', '.', ':']))
        }
        None => shortened(&in_small(words, &folded(words.first().unwrap_or(&"")))).to_owned(),
    }
}

/// "Loi n° 9" for "Loi n°9".
fn spaced_sign(name: &str) -> String {
    let sign = name.find(['°', 'º']).and_then(|at| Some((at, name[at..].chars().next()?.len_utf8())));
    match sign.map(|(at, len)| name.split_at(at + len)) {
        Some((sign, number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            [sign, " ", number].concat()
        }
        _ => name.to_owned(),
    }
}

/// Where the sign of the number stands with which words end.
fn sign_of(words: &[&str]) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    if instruments::is_signed(words[last]) {
        return Some(last);
    }
    words[..last].iter().rposition(|word| instruments::is_number_sign(word)).filter(|sign| *sign > 0)
}

fn without_preamble<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() && super::openers::is_preamble_title(last) => rest,
        _ => words,
    }
}

fn shortened(name: &str) -> &str {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let cut = &name[..name.floor_char_boundary(LONGEST_NAME)];
    cut.rfind(' ').map_or(cut, |end| &cut[..end])
}

/// Whether a title that begins with this word goes on with the word before it: "PROTOCOL on ...".
pub(super) fn joins_title(word: &str) -> bool {
    lists::TITLE_JOINERS.contains(&folded(word).as_str())
}

/// A title as it is written in a sentence.
pub(super) fn in_sentence(title: &str) -> String {
    in_small(&title.split_whitespace().collect::<Vec<_>>(), "")
}

/// Words in capitals as they are written in a sentence: with capitals where English titles have them,
/// small in languages that have none. `kind` is the word that the title follows.
fn in_small(words: &[&str], kind: &str) -> String {
    const ENGLISH: &[&str] =
        &["protocol", "annex", "appendix", "schedule", "attachment", "agreement", "treaty"];
    let text = words.join(" ");
    if !crate::letter_case::is_capitals(&text) {
        return text;
    }
    let is_english = ENGLISH.contains(&kind);
    let written = |(at, word): (usize, &&str)| {
        let is_first = at == 0 && (kind.is_empty() || folded(word) == kind);
        let rises = is_first || is_english && !joins_title(word);
        if rises { risen(word) } else { word.to_lowercase() }
    };
    words.iter().enumerate().map(written).collect::<Vec<_>>().join(" ")
}

/// "LIBRE-ÉCHANGE" as "Libre-Échange".
fn risen(word: &str) -> String {
    let mut is_start = true;
    let mut risen = String::with_capacity(word.len());
    for c in word.chars() {
        if is_start {
            risen.push(c);
        } else {
            risen.extend(c.to_lowercase());
        }
        is_start = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    risen
}

/// "TWENTY ONE" as "Twenty One"; numerals as they are.
fn spelled(number: &str) -> String {
    let is_word = |word: &str| {
        word.len() > 2
            && word.chars().all(char::is_uppercase)
            && crate::label::roman(word.as_bytes()).is_none()
    };
    let small = |word: &str| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().collect();
        first + &letters.as_str().to_lowercase()
    };
    let printed = |word: &str| match word {
        _ if crate::label::is_latin(word) => word.to_lowercase(),
        _ if is_word(word) => small(word),
        _ => word.to_owned(),
    };
    let words = number.split(' ').map(printed);
    words.collect::<Vec<_>>().join(" ")
}

/// Ids given so far, so that none is given twice.
#[derive(Default)]
pub(super) struct Ids {
    given: HashMap<String, u32>,
    counts: HashMap<String, u32>,
}

impl Ids {
    /// The next number among the unnumbered siblings under `key`.
    pub(super) fn count(&mut self, key: &str) -> u32 {
        if let Some(count) = self.counts.get_mut(key) {
            *count += 1;
            return *count;
        }
        self.counts.insert(key.to_owned(), 1);
        1
    }

    /// `id`, with a number behind it if it was given before.
    pub(super) fn unique(&mut self, id: String) -> String {
        let Some(count) = self.given.get_mut(&id) else {
            self.given.insert(id.clone(), 1);
            return id;
        };
        let mut number = *count + 1;
        let mut other = format!("{id}-{number}");
        *count = number;
        while self.given.contains_key(&other) {
            number += 1;
            other = format!("{id}-{number}");
        }
        self.given.insert(other.clone(), 1);
        other
    }
}
