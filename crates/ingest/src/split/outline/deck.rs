//! The clauses of decks: slides, what heads them and what stands on them.

use chapeau_document::{Level, Part, Step, Unit};

use super::{Name, Outline};
use crate::split::piece::Form;

impl Outline<'_, '_> {
    pub(super) fn slide(&mut self, at: usize, part: Part) {
        self.slide += 1;
        self.divisions.open_slide(Some(self.pieces[at].text));
        let name = Name {
            id: format!("s{}", self.slide),
            label: Some(format!("{}{}", self.words.slide, self.slide)),
        };
        let name = Name { id: self.ids.unique(name.id), ..name };
        let path = self.slide_path();
        self.push(at, part, Unit::Heading, name, path);
    }

    pub(super) fn on_slide(&mut self, at: usize, part: Part) {
        let starts_closing =
            part == Part::Closing && self.clauses.last().is_some_and(|before| before.part != part);
        let starts_page = self.slides.get(at) == Some(&true);
        if self.slide == 0 || starts_closing || starts_page {
            self.slide += 1;
            self.divisions.open_slide(None);
        }
        let is_item = matches!(self.pieces[at].form, Form::Marked(_));
        let key = format!("s{}{}", self.slide, if is_item { "-" } else { "-p" });
        let count = self.ids.count(&key);
        let slide = format!("{}{}", self.words.slide, self.slide);
        let label = if is_item { format!("{slide}, {}{count}", self.words.item) } else { slide };
        let name = Name { id: self.ids.unique(format!("{key}{count}")), label: Some(label) };
        let path = self.slide_path();
        self.push(at, part, if is_item { Unit::Item } else { Unit::Paragraph }, name, path);
    }

    fn slide_path(&self) -> Vec<Step> {
        let mut path = self.divisions.steps();
        for step in path.iter_mut().filter(|step| step.kind == Level::Slide) {
            step.label = Some(format!("{}{}", self.words.slide, self.slide));
        }
        path
    }
}
