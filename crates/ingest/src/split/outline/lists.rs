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

/// "1." and "1.1", not "(1)".
fn is_plain_number(open: &Open<'_>) -> bool {
    matches!(open.style.class, Class::Number | Class::Dotted(_)) && !open.style.opened
}

fn is_telling(heading: &str) -> bool {
    heading.len() <= LONGEST_HEADING && heading.starts_with(char::is_alphanumeric)
}

impl Outline<'_, '_> {
    /// The name of what is numbered, told apart from what has the same numbers in the same division. Where
    /// nothing else tells them apart the count does: `para. 37 [2]` is the second of that number.
    pub(super) fn told_apart(&mut self, name: Name, unit: Unit) -> Name {
        let Name { id, label } = name;
        if unit == Unit::Heading {
            return Name { id, label };
        }
        let Some(mut label) = label.map(|label| self.label_told(label)) else {
            return Name { id, label: None };
        };
        if self.numbering.open.last().is_some_and(|open| open.count == 1) {
            if let Some((headings, _)) = self.given.get(&label).copied() {
                label = self.told_by(self.introduction(headings), label);
            }
            if self.given.contains_key(&label) {
                let nth = self.nth_list(&label);
                label = self.told_by(nth, label);
            }
        }
        Name { id, label: self.once(label) }
    }

    /// The label under what tells the innermost list, if anything does.
    fn told_by(&mut self, text: Option<String>, label: String) -> String {
        let Some((text, open)) = text.zip(self.numbering.open.last_mut()) else { return label };
        open.told = Told::Under(text);
        self.label_told(label)
    }

    /// A label that was not given before in the division: the second of a number is told by its count, and a
    /// letter that comes again in its list by nothing.
    fn once(&mut self, label: String) -> Option<String> {
        let Some((_, count)) = self.given.get_mut(&label) else {
            self.give(&label);
            return Some(label);
        };
        *count += 1;
        let is_number = self.numbering.open.last().is_some_and(is_plain_number);
        is_number.then(|| format!("{label} [{count}]"))
    }

    /// Keeps a label of what may be a hit.
    pub(super) fn give(&mut self, label: &str) {
        self.given.insert(label.to_owned(), (self.headings, 1));
    }

    /// The label under the innermost introduction that tells a list apart; as it is where there is none.
    fn label_told(&self, label: String) -> String {
        let open = &self.numbering.open;
        let told = open.iter().enumerate().rev().find_map(|(at, level)| match &level.told {
            Told::Under(text) => Some(self.label_under(text, &open[at..])),
            Told::ByNumbers => None,
        });
        told.unwrap_or(label)
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
        let name = match heading.filter(|heading| is_telling(heading)) {
            Some(heading) => naming::in_sentence(heading),
            None => {
                self.pieces.get(plain?).map(|piece| piece.text).filter(|words| is_name(words))?.to_owned()
            }
        };
        let above = self.above_list();
        let separator = if above.is_empty() { "" } else { ", " };
        Some([&above, separator, name.trim_end_matches([':', '.']), ", "].concat())
    }

    /// "4.4, list 2, ": a list of letters by its place among those whose first label is this; a number that
    /// comes again is no other list for that.
    fn nth_list(&mut self, label: &str) -> Option<String> {
        let open = self.numbering.open.last()?;
        let above = match &open.told {
            Told::Under(text) => text.trim_end_matches(", ").to_owned(),
            Told::ByNumbers => self.above_list(),
        };
        let is_restart =
            is_plain_number(open) && open.is_first() && !matches!(open.style.class, Class::Dotted(_));
        if !is_restart && (is_plain_number(open) || above.is_empty()) {
            return None;
        }
        let (_, count) = self.given.get_mut(label)?;
        *count += 1;
        let separator = if above.is_empty() { "" } else { ", " };
        Some(format!("{above}{separator}{}{count}, ", self.words.list))
    }

    /// What the items of the innermost list stand under.
    fn above_list(&self) -> String {
        let outer = self.numbering.open.split_last().map_or(&[][..], |(_, outer)| outer);
        let numbers = naming::numbers_after(&self.base, outer, self.words);
        [self.base.text.as_str(), &numbers].concat().trim_start_matches(", ").to_owned()
    }

    /// Whether a number is misprinted, or was read wrongly: "(k)", "(1)", "(m)".
    pub(super) fn is_misread(&self, at: usize, marker: &Marker) -> bool {
        let next = self.pieces[at + 1..].iter().find(|piece| !matches!(piece.form, Form::Footnote(_)));
        let next = next.and_then(|next| if let Form::Marked(next) = &next.form { Some(next) } else { None });
        // "(1)" and "(2)" are points of "(k)".
        let begins =
            next.is_some_and(|next| next.style == marker.style && next.value == marker.value.wrapping_add(1));
        next.is_some_and(|next| self.numbering.skips(marker, next))
            || !begins && self.numbering.looks_like_next(self.pieces[at].text)
    }

    /// Whether a paragraph introduces this marker: a plain number that goes on after others, as "40." behind the
    /// words of a drawing, only by a colon.
    pub(super) fn may_lead(&self, at: usize, marker: &Marker) -> bool {
        let is_first = marker.value == 1 || marker.style.class != Class::Number || marker.style.opened;
        is_first || self.before(at).is_some_and(|before| before.text.ends_with([':', '-', '—']))
    }

    /// Whether what has no number of its own stands within an open one.
    pub(super) fn is_open_number(&self) -> bool {
        !self.is_suspended && !self.numbering.open.is_empty()
    }

    /// Whether printed numbers follow a division, before the next one.
    pub(super) fn numbers_follow(&self, at: usize) -> bool {
        let within = self.pieces[at + 1..].iter().take_while(|piece| piece.division().is_none());
        within.into_iter().any(|piece| piece.plain_number().is_some())
    }
}
