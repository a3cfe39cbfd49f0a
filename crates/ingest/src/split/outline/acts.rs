//! The clauses of decisions and of acts of the European Union: recitals, and what numbered paragraphs
//! head.

use chapeau_document::{Part, Unit};

use super::super::clause_heads;
use super::super::naming;
use super::super::openers;
use super::super::parts::Shape;
use super::super::piece::{Form, Piece};
use super::{Name, Outline};
use crate::Role;
use crate::label::{Class, Marker};
use crate::letter_case::is_capitals;
use crate::recommendations;

/// How far behind a number the next one is looked for, in pieces.
const LOOKAHEAD: usize = 40;

impl<'a> Outline<'a, '_> {
    pub(super) fn recital(&mut self, at: usize) {
        self.recitals += 1;
        let piece = &self.pieces[at];
        // "(8) ..." has the number that it is cited by.
        let number = match &piece.form {
            Form::Marked(marker) if marker.style.class == Class::Number && marker.style.opened => {
                Some(&piece.text[..marker.len])
            }
            _ => None,
        };
        // A preamble stands above the titles of its text, but within the instrument that it opens.
        let is_inner = self.divisions.is_annex();
        let key = if is_inner { self.scoped("pre") } else { "pre".to_owned() };
        let above = if is_inner { [&self.base.text, ", "].concat() } else { String::new() };
        let count = self.recitals.to_string();
        let label = match number {
            _ if self.head.is_some() => self.cited_under_head(marker_of(piece)),
            Some(number) => [&above, self.words.recital, number].concat(),
            None => [&above, self.words.preambular, &count].concat(),
        };
        let own = number.map_or(&*count, |number| number.trim_matches(['(', ')']));
        let name = Name { id: self.ids.unique(format!("{key}-{own}")), label: Some(label) };
        self.numbering.clear();
        self.anchor = name.label.clone().map(|label| (name.id.clone(), label));
        let path = self.divisions.steps();
        self.push(at, Part::Preambular, Unit::Recital, name, path);
    }

    /// Whether a chapeau is the head by which what follows is cited; numbers begin anew under it.
    pub(super) fn opens_head(&mut self, piece: &Piece<'a>) -> bool {
        self.head = clause_heads::part_of(piece).map(|_| piece.text);
        if self.head.is_some() {
            self.numbering.clear();
            self.anchor = None;
        }
        self.head.is_some()
    }

    /// "considering a)": the head and the number under it; the head alone where there is none.
    pub(super) fn cited_under_head(&self, number: &str) -> String {
        let label = [self.head.unwrap_or_default(), " ", number.trim()].concat();
        label.trim_end().to_owned()
    }

    /// The part of the clause before, but for footnotes.
    pub(super) fn before_part(&self) -> Option<Part> {
        self.clauses.iter().rev().map(|clause| clause.part).find(|part| *part != Part::Footnote)
    }

    /// Numbers that begin anew under a heading are not within the letters before it.
    pub(super) fn leaves_letters(&self, marker: &Marker) -> bool {
        let is_letter = self.numbering.open.first().is_some_and(|open| open.style.class == Class::Lower);
        self.is_suspended && is_letter && marker.style.class == Class::Number && marker.value == 1
    }

    /// Whether a heading without a number stands within the open one: it follows the line of the number, or
    /// is not in capitals as that is ("3 FEES", then "Lamps").
    pub(super) fn stands_in_chapter(&self, heading: &Piece<'_>) -> bool {
        let chapter = self.numbering.open.first().filter(|open| open.style.class == Class::Number);
        let Some(title) = chapter.and_then(|open| open.title) else { return false };
        let is_below =
            || self.clauses.last().is_some_and(|last| last.unit == Unit::Heading && !self.is_suspended);
        self.shape == Shape::Main && (is_below() || is_capitals(title) && !is_capitals(heading.text))
    }

    /// Whether words introduce the list that is open.
    pub(super) fn is_introduced(&self) -> bool {
        self.numbering.open.last().is_some_and(|open| open.lead.is_some())
    }

    /// A short numbered line with text or deeper numbers under it.
    pub(super) fn is_heading(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        piece.is_numbered_heading()
            && self.pieces.get(at + 1).is_some()
            && !self.acts(piece)
            && !self.is_cut(piece)
            && !self.is_parted(at)
            && !self.is_recommended(at)
            && (is_marked_up(piece) || !self.goes_on_with_its_kind(at))
    }

    /// Whether a paragraph of a decision begins with what it does: "4. Takes note of the report".
    fn acts(&self, piece: &Piece<'_>) -> bool {
        self.shape == Shape::Decision
            && matches!(self.part, Part::Operative | Part::Annex)
            && openers::is_operative(piece.words())
    }

    /// Whether the next piece stands on the same line: "14. The Board" before "1) Notes".
    fn is_parted(&self, at: usize) -> bool {
        self.pieces.get(at + 1).is_some_and(|next| std::ptr::eq(next.block, self.pieces[at].block))
    }

    /// Whether a numbered line is what a text recommends, "3.2.1 Promote lamps", whatever stands below it: a
    /// section of recommendations has it, and no deeper number follows that it would head.
    fn is_recommended(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let Form::Marked(marker) = &piece.form else { return false };
        recommendations::commands(piece.words())
            && !self.heads_deeper(at, marker)
            && (self.numbering.open.iter().any(|open| open.title.is_some_and(recommendations::is_heading))
                || self.divisions.titles().any(recommendations::is_heading))
    }

    /// Whether the next number stands a level below this one.
    fn heads_deeper(&self, at: usize, marker: &Marker) -> bool {
        let depth = |class: Class| match class {
            Class::Dotted(depth) => depth,
            Class::Number => 1,
            _ => 0,
        };
        let own = depth(marker.style.class);
        let after = self.pieces[at + 1..].iter().take(LOOKAHEAD);
        let next = after.into_iter().find_map(|piece| match &piece.form {
            Form::Marked(next) => Some(depth(next.style.class)).filter(|depth| *depth > 0),
            _ => None,
        });
        next.is_some_and(|next| next > own)
    }

    /// Whether a line of a decision is too long for a heading: a paragraph without its end, which stands
    /// on the next page.
    fn is_cut(&self, piece: &Piece<'_>) -> bool {
        const LONGEST: usize = 14;
        self.shape == Shape::Decision
            && self.part == Part::Operative
            && !piece.block.bold
            && piece.words().split(' ').count() > LONGEST
    }

    /// Whether the next number stands right behind, or one above it: then there is nothing under this
    /// one, and it is no heading, however short: "3.2.1 Promote lamps", "3.2.2 Lower fees".
    fn goes_on_with_its_kind(&self, at: usize) -> bool {
        let marked = |piece: &Piece<'a>| match piece.form {
            Form::Marked(marker) => Some(marker),
            _ => None,
        };
        let Some((this, next)) = marked(&self.pieces[at]).zip(self.pieces.get(at + 1).and_then(marked))
        else {
            return false;
        };
        match (this.style.class, next.style.class) {
            (Class::Number, Class::Number) => {
                this.style == next.style && this.value.checked_add(1) == Some(next.value)
            }
            (Class::Dotted(depth), Class::Dotted(next_depth)) => next_depth <= depth,
            _ => false,
        }
    }

    /// Takes the style of the first operative paragraph; tells the heading of a list among them that
    /// is numbered otherwise: "Programme of work, para. 1" behind paragraphs (a) and (b).
    pub(super) fn list_of_decision(&mut self) -> Option<&'a str> {
        let style = self.numbering.open.first()?.style;
        let own = *self.operative_style.get_or_insert(style);
        let is_other = own.class == Class::Lower && style.class == Class::Number;
        let heading = self.operative_heading.filter(|_| is_other)?;
        Some(heading.trim_end_matches(|c: char| c.is_numeric() || matches!(c, '*' | ' ' | ':')))
    }

    /// The name of an item of a list that is no operative paragraph itself.
    pub(super) fn name_under_heading(&mut self, heading: &str, own: &str) -> Name {
        let numbers = naming::numbers_after(&naming::Base::default(), &self.numbering.open, self.words);
        let label = [heading, ", ", self.words.paragraph, &numbers].concat();
        let slug = super::super::slug::slug(heading);
        Name { id: self.ids.unique([&slug, "/", own].concat()), label: Some(label) }
    }
}

/// The marker that a piece begins with, as printed.
fn marker_of<'a>(piece: &Piece<'a>) -> &'a str {
    match &piece.form {
        Form::Marked(marker) => &piece.text[..marker.len],
        _ => "",
    }
}

/// Whether the format, or its weight, says that a line is a heading.
fn is_marked_up(piece: &Piece<'_>) -> bool {
    piece.block.bold || piece.block.size > 1.12 || matches!(piece.block.role, Role::Heading { .. })
}
