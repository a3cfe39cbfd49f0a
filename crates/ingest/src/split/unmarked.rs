//! Lists whose items have no marks: paragraphs in small letters behind a colon, up to a full stop.

use chapeau_document::Span;

use crate::letter_case::starts_low;

/// The lists that are open.
#[derive(Default)]
pub(super) struct Unmarked {
    /// Outermost first.
    lists: Vec<List>,
    /// The item that was taken last.
    last: Option<Span>,
    /// Whether the items are lines that begin with capitals.
    of_lines: bool,
}

/// Longest item that is a line of its own, in bytes.
const LONGEST_LINE: usize = 200;

struct List {
    /// The words that introduce it.
    lead: Span,
    /// Whether its last item has come, behind "and" or "or".
    is_complete: bool,
}

impl Unmarked {
    /// Takes a paragraph, given the text before it, and whether that may introduce a list; tells
    /// whether the paragraph is an item.
    pub(super) fn take(&mut self, span: Span, text: &str, before: (Span, &str), governs: bool) -> bool {
        let (lead, words) = (before.0, before.1.trim_end());
        let goes_on = self.last == Some(lead);
        if !starts_low(text) {
            let is_item = self.takes_line(lead, (words, text), goes_on, governs);
            self.last = is_item.then_some(span);
            return is_item;
        }
        if !goes_on || self.of_lines {
            self.lists.clear();
        }
        self.of_lines = false;
        if governs && words.ends_with(':') {
            self.lists.push(List { lead, is_complete: false });
        } else {
            self.go_on(words);
        }
        let is_item = !self.lists.is_empty();
        self.last = is_item.then_some(span);
        is_item
    }

    /// Takes a line that begins with a capital: an item behind a colon, and behind such an item, up to a stop.
    fn takes_line(&mut self, lead: Span, (before, text): (&str, &str), goes_on: bool, governs: bool) -> bool {
        let is_open =
            |line: &str| line.len() <= LONGEST_LINE && line.ends_with(|c: char| c.is_alphanumeric());
        let begins = governs && before.ends_with(':') && is_open(text);
        let follows = goes_on && self.of_lines && is_open(before) && text.len() <= LONGEST_LINE;
        if !follows {
            self.lists.clear();
        }
        if begins && !follows {
            self.lists.push(List { lead, is_complete: false });
        }
        self.of_lines = begins || follows;
        self.of_lines
    }

    /// Closes the lists that the item before, with these words, was the last of.
    fn go_on(&mut self, words: &str) {
        let joins = joins(words);
        if !joins && !words.ends_with([';', ',']) {
            return self.lists.clear();
        }
        while self.lists.last().is_some_and(|list| list.is_complete) {
            self.lists.pop();
        }
        if let Some(list) = self.lists.last_mut() {
            list.is_complete = joins;
        }
    }

    /// What introduces the lists that the item is in, outermost first.
    pub(super) fn leads(&self, item: Span) -> impl Iterator<Item = Span> {
        let lists = if self.last == Some(item) { &self.lists[..] } else { &[] };
        lists.iter().map(|list| list.lead)
    }
}

/// Whether the words announce one more item, the last.
fn joins(words: &str) -> bool {
    const WORDS: &[&str] =
        &["and", "or", "nor", "and/or", "y", "e", "o", "u", "ni", "y/o", "et", "ou", "et/ou"];
    words.rsplit(' ').next().is_some_and(|word| WORDS.contains(&word.trim_end_matches(',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line with how many lists it stands in.
    fn check(lines: &[&str], expected: &[usize]) {
        let mut unmarked = Unmarked::default();
        let span = |at: usize| Span::new(at, at + 1);
        let depth = |at: usize| {
            let before = if at == 0 { (Span::default(), "") } else { (span(at - 1), lines[at - 1]) };
            unmarked.take(span(at), lines[at], before, at > 0);
            unmarked.leads(span(at)).count()
        };
        let depths: Vec<usize> = (0..lines.len()).map(depth).collect();
        assert_eq!(depths, expected);
    }

    #[test]
    fn small_letters_behind_a_colon_are_items() {
        check(
            &["Each Party shall:", "publish it;", "notify it; and", "keep it.", "it may"],
            &[0, 1, 1, 1, 0],
        );
        check(&["This means:", "Goods;", "services;"], &[0, 0, 0]);
        check(&["The aims are as follows:", "Aim 1: Oil", "Aim 2: Wicks.", "They are old."], &[0, 1, 1, 0]);
        check(&["The Parties,", "desiring peace,"], &[0, 0]);
    }

    #[test]
    fn a_list_within_a_list_ends_behind_its_last_item() {
        check(
            &["It shall:", "ask:", "one; or", "two;", "tell; and", "keep:", "three; and", "four."],
            &[0, 1, 2, 2, 1, 1, 2, 2],
        );
        check(&["Nada:", "obligará a; ni", "impedirá:", "una; o", "dos."], &[0, 1, 1, 2, 2]);
    }
}
