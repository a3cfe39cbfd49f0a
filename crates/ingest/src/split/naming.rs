//! What a clause is called: its label as a lawyer writes it, and its id.

use std::collections::HashMap;

use super::numbering::Open;
use super::slug::slug;
use crate::label::Class;

/// The words of labels in one language.
pub(super) struct Words {
    pub(super) operative: &'static str,
    pub(super) preambular: &'static str,
    pub(super) paragraph: &'static str,
    pub(super) item: &'static str,
    pub(super) slide: &'static str,
    pub(super) footnote: &'static str,
    pub(super) unnumbered: &'static str,
}

/// The words of labels in a language; English for those that are not known.
pub(super) fn words(language: &str) -> &'static Words {
    match language {
        "fr" => &Words {
            operative: "dispositif, par. ",
            preambular: "préambule, al. ",
            paragraph: "par. ",
            item: "tiret ",
            slide: "diapositive ",
            footnote: "note ",
            unnumbered: "al. non numéroté ",
        },
        "es" => &Words {
            operative: "parte dispositiva, párr. ",
            preambular: "preámbulo, párr. ",
            paragraph: "párr. ",
            item: "punto ",
            slide: "diapositiva ",
            footnote: "nota ",
            unnumbered: "párr. sin número ",
        },
        _ => &Words {
            operative: "operative para. ",
            preambular: "preambular para. ",
            paragraph: "para. ",
            item: "item ",
            slide: "slide ",
            footnote: "footnote ",
            unnumbered: "unnumbered para. ",
        },
    }
}

/// The numbers of open levels as they follow an article's: "14.3" and "2", "(a)" give ".2(a)".
pub(super) fn numbers_after(base: &str, open: &[Open<'_>], words: &Words) -> String {
    let mut label = String::new();
    for level in open {
        match level.style.class {
            Class::Dash | Class::Bullet => {
                let number = level.count.to_string();
                label.push_str(&[", ", words.item, &number].concat());
            }
            Class::Number if !level.style.opened && label.is_empty() && ends_in_latin(base) => {
                label.push_str(&[", ", words.paragraph, level.number].concat());
            }
            Class::Number
                if !level.style.opened
                    && label.is_empty()
                    && base.ends_with(|c: char| c.is_alphanumeric()) =>
            {
                label.push('.');
                label.push_str(level.number);
            }
            // "1.1" says all that "1" and it would say together.
            Class::Dotted(_) => {
                label.clear();
                let is_whole = base.ends_with(&level.number.split('.').next().unwrap_or_default());
                label.push_str(if base.is_empty() { "" } else { ", " });
                label.push_str(if base.is_empty() || is_whole { "" } else { words.paragraph });
                label.push_str(level.number);
            }
            Class::Number if !level.style.opened && label.is_empty() => label.push_str(level.number),
            Class::Upper if label.is_empty() && !level.style.opened => label.push_str(level.number),
            Class::Number if !level.style.opened => {
                label.push('.');
                label.push_str(level.number);
            }
            _ => {
                label.push('(');
                label.push_str(level.number);
                label.push(')');
            }
        }
    }
    label
}

/// "Article XX bis": a number behind it stands apart.
fn ends_in_latin(base: &str) -> bool {
    base.ends_with(|c: char| c.is_ascii_lowercase()) && base.contains(' ')
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
    if !is_capitals {
        return label.to_owned();
    }
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().collect();
    let word = first + &letters.as_str().to_lowercase();
    if rest.is_empty() { word } else { [&word, " ", &spelled(rest)].concat() }
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
        "BIS" | "TER" | "QUATER" => word.to_lowercase(),
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
