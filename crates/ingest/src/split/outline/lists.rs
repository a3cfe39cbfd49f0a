//! Lists that begin anew where no heading stands between them: their labels say which paragraph
//! introduces the list, since "Article 43.1(a)" alone would cite two.

use chapeau_document::Unit;

use super::super::naming::{self, Base};
use super::super::numbering::{Open, Told};
use super::super::piece::Form;
use super::{Name, Outline};
use crate::label::{Class, Marker};

/// Longest words that name the list that they introduce, in bytes, and most of them.
const LONGEST_NAME: usize = 40;
const MOST_WORDS: usize = 4;

/// Longest heading that tells lists apart, in bytes.
const LONGEST_HEADING: usize = 60;

/// Whether words name the list that they introduce: "Special cases:".
fn is_name(words: &str) -> bool {
    words.len() <= LONGEST_NAME
        && words.split(' ').count() <= MOST_WORDS
        && words.starts_with(char::is_uppercase)
        && words.ends_with(|c: char| c.is_alphanumeric() || c == ':')
}

impl Outline<'_, '_> {
    /// The name of what is numbered, told apart from what has the same numbers in the same division. Where
    /// nothing tells them apart the later one has no label: rather none than a wrong one.
    pub(super) fn told_apart(&mut self, name: Name, unit: Unit) -> Name {
        let Name { id, label } = name;
        if unit == Unit::Heading {
            return Name { id, label };
        }
        let mut label = label.and_then(|label| self.label_told(label));
        let begins = self.numbering.open.last().is_some_and(|open| open.count == 1);
        let first = label.as_ref().and_then(|label| self.given.get(label)).copied();
        if let Some(first) = first.filter(|_| begins) {
            let told = self.introduction(first).map_or(Told::Not, Told::Under);
            if let Some(open) = self.numbering.open.last_mut() {
                open.told = told;
            }
            label = label.and_then(|label| self.label_told(label));
        }
        let label = label.filter(|label| self.given.insert(label.clone(), self.headings).is_none());
        Name { id, label }
    }

    /// The label under the innermost introduction that tells a list apart; as it is where there is none.
    fn label_told(&self, label: String) -> Option<String> {
        let open = &self.numbering.open;
        let Some(at) = open.iter().rposition(|level| level.told != Told::ByNumbers) else {
            return Some(label);
        };
        match &open[at].told {
            Told::Under(text) => Some(self.label_under(text, &open[at..])),
            _ => None,
        }
    }

    fn label_under(&self, text: &str, open: &[Open<'_>]) -> String {
        let base = Base { text: text.to_owned(), is_annex: true, ..Base::default() };
        let numbers = naming::numbers_after(&base, open, self.words);
        let separator =
            if text.ends_with(", ") { numbers.strip_prefix(", ").unwrap_or(&numbers) } else { &numbers };
        [text, separator].concat()
    }

    /// What tells a list from one after which no more than `first` headings stood: the label of the paragraph
    /// right before, if it has no number; a heading since; the words of that paragraph, if they are few.
    fn introduction(&self, first: u32) -> Option<String> {
        let last = self.clauses.iter().rposition(|clause| clause.unit != Unit::Footnote)?;
        let plain = self.last_plain.filter(|plain| *plain == last);
        if let Some(label) = plain.and_then(|plain| self.clauses[plain].label.clone()) {
            return Some(label);
        }
        let heading = self.divisions.heading().filter(|_| self.headings > first);
        let name = match heading.filter(|heading| heading.len() <= LONGEST_HEADING) {
            Some(heading) => naming::in_sentence(heading),
            None => {
                self.pieces.get(plain?).map(|piece| piece.text).filter(|words| is_name(words))?.to_owned()
            }
        };
        let outer = self.numbering.open.split_last().map_or(&[][..], |(_, outer)| outer);
        let numbers = naming::numbers_after(&self.base, outer, self.words);
        let above = [self.base.text.as_str(), &numbers].concat();
        let above = above.trim_start_matches(", ");
        let separator = if above.is_empty() { "" } else { ", " };
        Some([above, separator, name.trim_end_matches([':', '.']), ", "].concat())
    }

    /// Whether a number is misprinted, or was read wrongly: "(k)", "(1)", "(m)".
    pub(super) fn is_misread(&self, at: usize, marker: &Marker) -> bool {
        let next = self.pieces[at + 1..].iter().find(|piece| !matches!(piece.form, Form::Footnote(_)));
        next.is_some_and(
            |next| matches!(&next.form, Form::Marked(next) if self.numbering.skips(marker, next)),
        )
    }

    /// Whether printed numbers follow a division, before the next one.
    pub(super) fn numbers_follow(&self, at: usize) -> bool {
        let within = self.pieces[at + 1..].iter().take_while(|piece| piece.division().is_none());
        within.into_iter().any(|piece| {
            matches!(&piece.form, Form::Marked(marker) if marker.style.class == Class::Number && !marker.style.opened)
        })
    }
}
