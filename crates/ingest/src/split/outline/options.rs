//! Options of drafts: "Option A" and "Option B" above paragraphs of the same number.

use chapeau_document::{Part, Unit};

use super::{Name, Outline};
use crate::label::Class;
use crate::split::piece::Form;

impl Outline<'_, '_> {
    /// "Option A", "[Alt. 2:]", "Variante 1" alone above a numbered paragraph.
    pub(super) fn is_option(&self, at: usize) -> bool {
        const WORDS: &[&str] = &["option", "alternative", "alt", "alt.", "variante", "opcion", "alternativa"];
        const LONGEST: usize = 20;
        let piece = &self.pieces[at];
        if piece.form != Form::Plain || piece.text.len() > LONGEST {
            return false;
        }
        let words = piece.text.trim_matches(['[', ']', ':', '.']);
        let Some((word, number)) = words.split_once(' ') else { return false };
        let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let heads = self.pieces.get(at + 1).is_some_and(|next| {
            matches!(&next.form, Form::Marked(marker) if matches!(marker.style.class, Class::Number | Class::Dotted(_)))
        });
        is_number && heads && WORDS.contains(&crate::label::folded(word).as_str())
    }

    /// Opens an option; its numbers go on with those before it, or repeat them.
    pub(super) fn option(&mut self, at: usize, part: Part) {
        let is_first = self.option.is_none();
        let highest = self.numbering.outermost().unwrap_or_default();
        self.option = Some(if is_first { u32::MAX } else { highest });
        self.divisions.open_option(self.pieces[at].text);
        self.numbering.keep_outermost();
        self.given.clear();
        self.is_suspended = true;
        self.anchor = None;
        let id = self.counted("h");
        let path = self.divisions.steps();
        self.push(at, part, Unit::Heading, Name { id, label: None }, path);
    }

    /// A number higher than those of the options before follows all of them.
    pub(super) fn leave_option(&mut self) {
        let number = self.numbering.outermost().unwrap_or_default();
        if self.option.is_some_and(|highest| number > highest) {
            self.divisions.close_option();
            self.option = None;
        }
    }
}
