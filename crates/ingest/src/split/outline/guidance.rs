//! What explains a rule: where the block hangs, and how it is cited.

use chapeau_document::{Part, Unit};

use super::{Name, Outline};
use crate::label::Class;
use crate::split::guidance::{Explains, example};
use crate::split::naming;
use crate::split::parts::Shape;
use crate::split::piece::Form;

/// How far behind the head of a block the next rule may stand, in pieces.
const REACH: usize = 60;

impl<'a> Outline<'a, '_> {
    /// Opens a block under the rule before it; where there is none it is a section like others.
    pub(super) fn guidance(&mut self, at: usize, head: Explains<'a>, part: Part) {
        let is_text = matches!(part, Part::Main | Part::Operative | Part::Annex);
        let may_stand = is_text && matches!(self.shape, Shape::Main | Shape::Treaty);
        if !may_stand || !self.explains_rule(at, head) {
            return self.heading(at, part);
        }
        let is_whole = self.is_of_article(at);
        self.numbering.open_block(head.label, is_whole);
        self.is_suspended = false;
        (self.anchor, self.first_plain) = (None, None);
        let label = self.label_of_block();
        let id = self.scoped(&naming::id_of(&self.numbering.open));
        let name = Name { id: self.ids.unique(id), label: Some(label) };
        let path = self.path();
        self.push(at, part, Unit::Heading, name, path);
    }

    /// Whether a rule stands open, and the rules go on behind the block, or have several.
    fn explains_rule(&self, at: usize, head: Explains<'a>) -> bool {
        let has_rule = self.is_open_number() || !self.base.text.is_empty();
        let after = self.pieces[at + 1..].iter().take(REACH);
        let is_rule = |form: &Form<'_>| match form {
            Form::Division(division) => !division.label.is_empty(),
            Form::Marked(marker) => {
                matches!(marker.style.class, Class::Dotted(_)) || self.numbering.is_next_rule(marker)
            }
            _ => false,
        };
        let is_other = |form: &Form<'_>| matches!(form, Form::Guidance(other) if !other.is_note);
        let follows = || after.clone().any(|piece| is_rule(&piece.form));
        let comes_again = || {
            let before = self.pieces[..at].iter().rev().take(REACH);
            before.chain(after.clone()).any(|piece| is_other(&piece.form))
        };
        has_rule && (follows() || !head.is_note && comes_again())
    }

    /// Whether a block explains the whole of an article: none of its numbers comes behind.
    fn is_of_article(&self, at: usize) -> bool {
        let rest = self.pieces[at + 1..].iter().take(REACH).take_while(|piece| piece.division().is_none());
        self.divisions.in_article()
            && !rest.into_iter().any(
                |piece| matches!(&piece.form, Form::Marked(marker) if self.numbering.is_next_rule(marker)),
            )
    }

    /// "4.3.1, guidance", "Article 5, guidance".
    fn label_of_block(&self) -> String {
        let numbers = naming::numbers_after(&self.base, self.cited_numbers(), self.words);
        [self.base.text.as_str(), &numbers].concat().trim_start_matches(", ").to_owned()
    }

    /// The name of a paragraph without a number in a block: the only one is cited by the block alone.
    pub(super) fn name_in_block(&mut self) -> Name {
        let label = self.label_of_block();
        let key = self.scoped(&naming::id_of(&self.numbering.open)) + "/p";
        self.name_in(&label, &key, self.words.nth)
    }

    /// Leaves an open block before a heading.
    pub(super) fn leave_block(&mut self) {
        if self.numbering.leave_block() {
            self.first_plain = None;
        }
    }

    /// The name of an example with a number: "4.3.1, Example 3".
    pub(super) fn name_of_example(&mut self, at: usize) -> Option<Name> {
        let label = example(self.pieces[at].text)?;
        let is_ruled = self.is_open_number() || self.divisions.in_article();
        if !is_ruled || !matches!(self.shape, Shape::Main | Shape::Treaty) {
            return None;
        }
        let rule = self.label_of_block();
        let id = [&naming::id_of(self.cited_numbers()), "/", &crate::split::slug(label)].concat();
        let id = self.ids.unique(self.scoped(id.trim_start_matches('/')));
        Some(Name { id, label: Some([&rule, self.words.joins, label].concat()) })
    }
}
