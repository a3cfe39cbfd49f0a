//! The words that a pattern may begin with, and what may stand behind them: by these most words of a
//! text are passed over.

use crate::registry::pattern::{Element, Field};

/// A first word and what follows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct First {
    /// Empty for a number.
    pub(crate) word: String,
    /// Whether its letters are all capitals and stand as they are.
    pub(crate) exact: bool,
    pub(crate) behind: Behind,
}

/// What may stand behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Behind {
    /// Whether white space may, and whether there may be none.
    pub(crate) spaced: bool,
    pub(crate) joined: bool,
    /// The ASCII characters behind that, as bits of their capitals; all bits where all may.
    pub(crate) characters: u128,
}

impl Behind {
    const ANY: Self = Self { spaced: true, joined: true, characters: u128::MAX };

    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            spaced: self.spaced || other.spaced,
            joined: self.joined || other.joined,
            characters: self.characters | other.characters,
        }
    }

    fn of(characters: impl IntoIterator<Item = char>) -> Self {
        let bit = |c: char| if c.is_ascii() { 1 << u32::from(c.to_ascii_uppercase()) } else { u128::MAX };
        Self {
            spaced: false,
            joined: true,
            characters: characters.into_iter().map(bit).fold(0, |bits, bit| bits | bit),
        }
    }
}

/// All first words of a pattern.
pub(crate) fn firsts(elements: &[Element]) -> Result<Vec<First>, String> {
    let mut found = Vec::new();
    expand(elements, String::new(), true, &mut found)?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// Follows every way through the pattern up to the end of its first word.
fn expand(rest: &[Element], word: String, exact: bool, found: &mut Vec<First>) -> Result<(), String> {
    let Some((first, others)) = rest.split_first() else {
        if word.is_empty() {
            return Err("it has no fixed word".to_owned());
        }
        found.push(First { word, exact, behind: Behind::ANY });
        return Ok(());
    };
    match first {
        Element::Exact(text) | Element::Any(text) if text.starts_with(char::is_alphabetic) => {
            let letters = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
            let exact = exact && matches!(first, Element::Exact(_));
            let word = word + &text[..letters];
            if letters == text.len() {
                return expand(others, word, exact, found);
            }
            found.push(First { word, exact, behind: Behind::of(text[letters..].chars().next()) });
        }
        Element::Optional(inner) => {
            expand(&[inner, others].concat(), word.clone(), exact, found)?;
            expand(others, word, exact, found)?;
        }
        Element::Either(ways) => {
            for way in *ways {
                expand(&[way, others].concat(), word.clone(), exact, found)?;
            }
        }
        Element::Word(choices, _) => {
            for choice in *choices {
                expand(&[choice.written, others].concat(), word.clone(), exact, found)?;
            }
        }
        Element::Field(field, _) if word.is_empty() => {
            let is_number = Behind::of('0'..='9').characters == behind_field(*field).characters;
            if !is_number {
                return Err("it must begin with a word or a number".to_owned());
            }
            found.push(First { word, exact, behind: behind(others) });
        }
        _ if word.is_empty() => return Err("it must begin with a word or a number".to_owned()),
        _ => found.push(First { word, exact, behind: behind(rest) }),
    }
    Ok(())
}

/// What a pattern may begin with, behind a word.
fn behind(rest: &[Element]) -> Behind {
    let Some((first, others)) = rest.split_first() else { return Behind::ANY };
    match first {
        Element::Exact(text) | Element::Any(text) => Behind::of(text.chars().next()),
        Element::Slash => Behind { spaced: true, ..Behind::of(['/']) },
        Element::Hyphen => Behind::of(['-']),
        Element::Apostrophe => Behind::of(['\'']),
        Element::Space => Behind { spaced: true, joined: false, ..behind(others) },
        Element::MaybeSpace => Behind { spaced: true, joined: true, ..behind(others) },
        Element::NumberSign => Behind::of(['N']),
        Element::Field(field, _) => behind_field(*field),
        Element::Optional(inner) => behind(&[inner, others].concat()).or(behind(others)),
        Element::Either(ways) => {
            ways.iter().map(|way| behind(&[way, others].concat())).reduce(Behind::or).unwrap_or(Behind::ANY)
        }
        Element::Word(choices, _) => {
            let each = choices.iter().map(|choice| behind(&[choice.written, others].concat()));
            each.reduce(Behind::or).unwrap_or(Behind::ANY)
        }
    }
}

fn behind_field(field: Field) -> Behind {
    match field {
        Field::Number(..)
        | Field::Year
        | Field::ShortYear
        | Field::Figures
        | Field::Page(..)
        | Field::Section => Behind::of('0'..='9'),
        Field::Special | Field::Roman(..) | Field::Letter | Field::Letters | Field::Code | Field::Place => {
            Behind::of('A'..='Z')
        }
        Field::Session | Field::Path | Field::Tail => Behind::of(('0'..='9').chain('A'..='Z')),
    }
}
