//! Where the front of a document ends and its text begins.

use chapeau_document::Sureness;

use super::Reader;
use crate::describe::metadata::bodies;
use crate::describe::metadata::lines::{
    after_item_number, is_heading, is_numbered, is_prose, is_speaker_line, matched, speaker,
};
use crate::describe::metadata::registry::{OPENINGS, Title, phrase_at};
use crate::describe::metadata::sheet::SheetLine;
use crate::describe::metadata::titles;
use crate::describe::words::Words;
use crate::lists;

impl Reader {
    /// Whether the text itself begins here: a chapeau, a recital, a numbered paragraph, prose.
    pub(super) fn is_opening(&mut self, lines: &[&SheetLine], at: usize) -> bool {
        let line = lines[at];
        let words = Words::of(&line.text);
        let is_letter = lists::LETTER_OPENINGS.contains(&words.at(0));
        self.found.is_letter |= is_letter && line.text.len() < 120;
        if let Some(named) = speaker(lines, at) {
            self.found.facts.body(&named, Sureness::Likely);
            return true;
        }
        if let Some(named) = bodies::of_we(&line.text) {
            self.found.facts.body(&named, Sureness::Likely);
            return true;
        }
        if phrase_at(&words, 0, OPENINGS).is_some() {
            self.enacted(&line.text);
            return !is_heading(line) || words.len() > 12;
        }
        let chapeau = line.text.ends_with([',', ':', '—', '–', '-']) && words.len() <= 16;
        if chapeau
            && titles::after_number(&line.text).is_none()
            && let Some(named) = bodies::of_chapeau(&line.text)
        {
            self.found.facts.body(&named, Sureness::Likely);
            return true;
        }
        if matched(&[&line.text], true)
            .is_some_and(|(formula, found)| formula.status.is_some() && found.body.is_some())
        {
            return true;
        }
        let is_titled = |text: &str| {
            matched(&[text], false)
                .is_some_and(|(formula, _)| [Title::Act, Title::Line].contains(&formula.title))
        };
        if is_titled(&line.text) && words.len() < 80 || after_item_number(&line.text).is_some() {
            return false;
        }
        let next = lines.get(at + 1).copied();
        is_speaker_line(&line.text) || is_numbered(line, &words) || is_prose(line, &words, next)
    }

    /// "ENACTED by the National Assembly".
    fn enacted(&mut self, text: &str) {
        if let Some((formula, found)) = matched(&[text], false)
            && formula.title == Title::Never
        {
            self.found.facts.formula(formula, &found);
        }
    }
}
