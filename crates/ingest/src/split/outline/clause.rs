//! The clause itself: its path, what leads into it, and its record.

use chapeau_document::{Clause, Level, Part, Span, Step, Unit};

use super::super::numbering::Open;
use super::super::parts::Shape;
use super::super::piece::Form;
use super::{Name, Outline};
use crate::label::Class;
use crate::letter_case::starts_low;

impl Outline<'_, '_> {
    pub(super) fn path(&self) -> Vec<Step> {
        let mut path = self.divisions.steps();
        let is_within = self.is_in_chapter && path.last().is_some_and(|step| step.kind == Level::Heading);
        let numbers = match () {
            () if !self.is_suspended => &self.numbering.open[..],
            () if is_within => self.numbering.open.get(..1).unwrap_or_default(),
            () => &[],
        };
        let steps = numbers.iter().enumerate().filter_map(|(depth, open)| self.step(depth, open));
        // A heading within a chapter stands behind it.
        let at = path.len();
        path.extend(steps);
        if is_within && path.len() > at {
            path.swap(at - 1, at);
        }
        path
    }

    /// The step of an open number; bullets have none.
    fn step(&self, depth: usize, open: &Open<'_>) -> Option<Step> {
        let kind = match open.style.class {
            Class::Dash | Class::Bullet => return None,
            Class::Block => Level::Heading,
            Class::Number if depth == 0 && self.base.names_headings && !self.base.is_annex => Level::Section,
            Class::Number if depth == 0 || open.title.is_some() => Level::Paragraph,
            Class::Dotted(_) => Level::Paragraph,
            _ => Level::SubParagraph,
        };
        let label = match open.style.class {
            Class::Block => None,
            Class::Number | Class::Dotted(_) if !open.style.opened => Some(open.number.to_owned()),
            _ => Some(["(", open.number, ")"].concat()),
        };
        Some(Step { kind, label, title: open.title.map(str::to_owned) })
    }

    fn lead_in(&self, at: usize, part: Part, unit: Unit) -> Vec<Span> {
        let piece = &self.pieces[at];
        let span = piece.span;
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
        // In a guide a paragraph of its own behind the items of a list completes nothing.
        let stands_alone = self.shape == Shape::Main && piece.form == Form::Plain && !starts_low(piece.text);
        if unit != Unit::Recital && unit != Unit::Chapeau && !self.is_suspended && !stands_alone {
            spans.extend(self.numbering.open.iter().filter_map(|open| open.lead));
        }
        spans.extend(self.unmarked.leads(span));
        spans
    }

    pub(super) fn push(&mut self, at: usize, part: Part, unit: Unit, name: Name, path: Vec<Step>) {
        // What explains a rule is none.
        let is_rule = part == Part::Operative && !self.numbering.has_block();
        let part = if part == Part::Operative && !is_rule { Part::Main } else { part };
        let lead_in = self.lead_in(at, part, unit);
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
