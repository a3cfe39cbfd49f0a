//! The clause itself: its path, what leads into it, and its record.

use chapeau_document::{Clause, Level, Part, Span, Step, Unit};

use super::super::parts::Shape;
use super::{Name, Outline};
use crate::label::Class;

impl Outline<'_, '_> {
    pub(super) fn path(&self) -> Vec<Step> {
        let mut path = self.divisions.steps();
        let numbers = if self.is_suspended { &[][..] } else { &self.numbering.open[..] };
        for (depth, open) in numbers.iter().enumerate() {
            let kind = match open.style.class {
                Class::Dash | Class::Bullet => Level::Item,
                Class::Number if depth == 0 && self.base.names_headings && !self.base.is_annex => {
                    Level::Section
                }
                Class::Number | Class::Dotted(_) if depth == 0 || open.title.is_some() => Level::Paragraph,
                Class::Dotted(_) => Level::Paragraph,
                _ => Level::SubParagraph,
            };
            if kind == Level::Item {
                continue;
            }
            let label = match open.style.class {
                Class::Number | Class::Dotted(_) if !open.style.opened => open.number.to_owned(),
                _ => ["(", open.number, ")"].concat(),
            };
            path.push(Step { kind, label: Some(label), title: open.title.map(str::to_owned) });
        }
        path
    }

    fn lead_in(&self, span: Span, part: Part, unit: Unit) -> Vec<Span> {
        if matches!(unit, Unit::Heading | Unit::Masthead | Unit::Signature | Unit::Footnote) {
            return Vec::new();
        }
        let is_decision = self.shape == Shape::Decision;
        let mut spans: Vec<Span> = Vec::new();
        if self.shape == Shape::Treaty && unit == Unit::Recital {
            spans.extend(self.organ.filter(|_| self.organ_governs));
        }
        if is_decision && matches!(part, Part::Preambular | Part::Operative) && unit != Unit::Chapeau {
            spans.extend(self.organ);
        }
        let completes_act = part == Part::Operative || part == Part::Preambular && self.head.is_some();
        if is_decision && completes_act && unit != Unit::Chapeau {
            spans.extend(self.act);
        }
        if unit != Unit::Recital && unit != Unit::Chapeau && !self.is_suspended {
            spans.extend(self.numbering.open.iter().filter_map(|open| open.lead));
        }
        spans.extend(self.unmarked.leads(span));
        spans
    }

    pub(super) fn push(&mut self, at: usize, part: Part, unit: Unit, name: Name, path: Vec<Step>) {
        let lead_in = self.lead_in(self.pieces[at].span, part, unit);
        let base = &self.base.text;
        // The sections of an act run on through its parts.
        let is_counted = self.base.is_annex || base.is_empty() && !self.base.names_headings;
        let in_annex = name.label.as_ref().is_some_and(|label| label.starts_with(base.as_str()));
        let is_text = !matches!(unit, Unit::Heading | Unit::Masthead | Unit::Footnote | Unit::Recital);
        // What is decided has its own way to tell sections apart.
        let is_decided = self.shape == Shape::Decision && matches!(part, Part::Preambular | Part::Operative);
        self.counted_in.push((is_counted && is_text && !is_decided).then_some(if in_annex {
            base.len()
        } else {
            0
        }));
        self.clauses.push(Clause {
            label: name.label,
            path,
            lead_in,
            eid: self.pieces[at].eid(),
            ..Clause::new(["/", &name.id].concat(), self.pieces[at].span, unit, part)
        });
    }
}
