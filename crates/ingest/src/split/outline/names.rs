//! The id and the label of each clause, from where it stands.

use chapeau_document::Part;

use super::super::naming::{self, Base, Words};
use super::super::parts::{Place, Shape};
use super::super::slug::slug;
use super::super::union;
use super::{Name, Outline};
use crate::label::Class;
use crate::split::numbering::Open;
use crate::split::piece::Piece;

/// What numbers under no division are called: sections in an act, else paragraphs; those of a
/// decision have a name of their own.
pub(super) fn base(pieces: &[Piece<'_>], places: &[Place], shape: Shape, words: &Words) -> Base {
    let point = if union::is_adopted(pieces, places) { words.point } else { "" };
    if shape != Shape::Main && shape != Shape::Decision {
        return Base { point, ..Base::default() };
    }
    let noun = crate::split::provisions::noun(pieces);
    let are_paragraphs = shape == Shape::Main && !super::running::are_titled(pieces);
    let paragraph = if are_paragraphs { words.paragraph } else { "" };
    Base {
        noun: noun.unwrap_or(paragraph),
        names_headings: noun.is_some(),
        names_dotted: super::running::has_one_prefix(pieces),
        point,
        ..Base::default()
    }
}

/// What notes at the end stand under, folded.
const ENDNOTES: &[&str] = &["endnotes", "end notes", "notes de fin", "notes finales", "notas finales"];

/// The name of the paragraph at this place, from 1.
fn ordinal<'n>(names: &[&'n str], count: u32) -> Option<&'n str> {
    names.get(usize::try_from(count.checked_sub(1)?).ok()?).copied()
}

impl Outline<'_, '_> {
    /// Whether paragraphs are those of a decision, outside any division.
    pub(super) fn is_operative(&self) -> bool {
        self.shape == Shape::Decision && self.part == Part::Operative && self.base.text.is_empty()
    }

    /// The open numbers that a clause is cited by: a number that runs on through all headings says
    /// all that they would say.
    pub(super) fn cited_numbers(&self) -> &[Open<'_>] {
        let open = &self.numbering.open;
        open.iter().position(|level| level.runs).map_or(open, |at| &open[at..])
    }

    /// Whether notes stand together under a heading of their own, not at the foot of their pages.
    pub(super) fn is_among_endnotes(&self) -> bool {
        let heading = self.divisions.steps().pop().and_then(|step| step.title);
        heading.is_some_and(|heading| {
            ENDNOTES.contains(&crate::label::folded(heading.trim_end_matches([':', '.'])).as_str())
        })
    }

    pub(super) fn name_of_marked(&mut self) -> Name {
        let open = self.cited_numbers();
        let own = naming::id_of(open);
        let is_list =
            open.first().is_some_and(|level| !matches!(level.style.class, Class::Number | Class::Dotted(_)));
        let is_introduced = open.first().is_some_and(|level| level.lead.is_some());
        if is_list
            && is_introduced
            && let Some((id, label)) = &self.anchor
        {
            let base = Base { text: label.clone(), ..Base::default() };
            let label = format!("{label}{}", naming::numbers_after(&base, open, self.words));
            return Name { id: self.ids.unique(format!("{id}/{own}")), label: Some(label) };
        }
        if self.is_operative()
            && let Some(heading) = self.list_of_decision()
        {
            return self.name_under_heading(heading, &own);
        }
        let open = self.cited_numbers();
        if self.is_operative() && self.head.is_some() {
            let numbers = naming::numbers_after(&Base::default(), open, self.words);
            let label = self.cited_under_head(numbers.trim_start_matches([',', ' ']));
            return Name { id: self.ids.unique(format!("op-{}", slug(&label))), label: Some(label) };
        }
        if self.is_operative() {
            let label = format!(
                "{}{}",
                self.words.operative,
                naming::numbers_after(&Base::default(), open, self.words).trim_start_matches([',', ' '])
            );
            return Name { id: self.ids.unique(format!("op-{own}")), label: Some(label) };
        }
        let numbers = naming::numbers_after(&self.base, open, self.words);
        let is_bare_item =
            self.shape == Shape::Main && open.last().is_some_and(|level| level.number.is_empty());
        let label = [self.base.text.as_str(), &numbers].concat();
        let label = (!is_bare_item).then(|| label.trim_start_matches([',', ' ']).to_owned());
        Name { id: self.ids.unique(self.scoped(&own)), label }
    }

    /// The name of what has no number within an open one; items without marks are cited by that alone.
    pub(super) fn name_of_continuation(&mut self, is_item: bool) -> Name {
        let is_operative = self.is_operative();
        let own = naming::id_of(self.cited_numbers());
        let own = if is_operative { format!("op-{own}") } else { self.scoped(&own) };
        let key = own + "/p";
        let count = self.ids.count(&key);
        let id = self.ids.unique(format!("{key}{count}"));
        if let Some(provision) = self.provision().filter(|_| self.shape == Shape::Main).map(str::to_owned) {
            // Guides count the paragraphs of their sections no further.
            return Name { id, label: Some(provision) };
        }
        let base = if is_operative { &Base::default() } else { &self.base };
        let numbers = naming::numbers_after(base, self.cited_numbers(), self.words);
        let base = if is_operative { self.words.operative } else { &self.base.text };
        let numbers =
            if is_operative || base.is_empty() { numbers.trim_start_matches([',', ' ']) } else { &numbers };
        let names = if self.is_in_union_article() { self.words.subparagraphs } else { &[] };
        let label = match (&self.words.levels, ordinal(names, count)) {
            _ if is_item => format!("{base}{numbers}"),
            (Some(levels), _) => format!("{base}{numbers} {}{}", levels.subparagraph, count + 1),
            (None, Some(ordinal)) => format!("{base}{numbers}, {ordinal}"),
            (None, None) => format!("{base}{numbers}, {}{count}", self.words.unnumbered),
        };
        Name { id, label: (self.shape != Shape::Main).then_some(label) }
    }

    pub(super) fn name_of_operative(&mut self) -> Name {
        let count = self.ids.count("op");
        let key = if self.is_numbered { "op-p" } else { "op-" };
        let id = self.ids.unique(format!("{key}{count}"));
        let kind = if self.is_numbered { self.words.unnumbered } else { self.words.operative };
        let label = match self.head {
            Some(head) => {
                let nth = self.ids.count(head);
                let nth = if nth > 1 { format!(", {}{nth}", self.words.unnumbered) } else { String::new() };
                self.cited_under_head("") + &nth
            }
            None => format!("{kind}{count}"),
        };
        self.anchor = Some((id.clone(), label.clone()));
        Name { id, label: Some(label) }
    }

    /// The only unnumbered paragraph of an article is cited by the article alone.
    pub(super) fn name_in_article(&mut self) -> Name {
        let key = self.scoped("p");
        if self.base.text.is_empty() {
            let count = self.ids.count(&key);
            return Name { id: self.ids.unique(format!("{key}{count}")), label: None };
        }
        // "Annex I, para. 1" has that number on it.
        let is_taken = self.has_numbers && (self.base.is_annex || naming::ends_in_latin(&self.base.text));
        let noun = if is_taken { self.words.unnumbered } else { self.words.nth };
        self.name_in(&self.base.text.clone(), &key, noun)
    }

    /// A paragraph of a provision with this label: the only one is cited by it alone.
    pub(super) fn name_in(&mut self, provision: &str, key: &str, noun: &str) -> Name {
        let count = self.ids.count(key);
        let id = self.ids.unique(format!("{key}{count}"));
        let (joins, names) =
            (self.words.joins, if self.is_in_union_article() { self.words.nths } else { &[] });
        let nth = |count: u32| match ordinal(names, count) {
            Some(ordinal) => [provision, joins, ordinal].concat(),
            None => format!("{provision}{joins}{noun}{count}"),
        };
        if let Some(first) = self.first_plain.take()
            && let Some(clause) = self.clauses.get_mut(first)
        {
            clause.label = Some(nth(1));
        }
        let label = if count == 1 { provision.to_owned() } else { nth(count) };
        if count == 1 {
            self.first_plain = Some(self.clauses.len());
        }
        Name { id, label: Some(label) }
    }

    /// Whether this is an article of an act of the European Union, whose paragraphs without numbers have
    /// names by their places.
    fn is_in_union_article(&self) -> bool {
        !self.base.point.is_empty() && !self.base.is_annex && !self.base.text.is_empty()
    }

    /// The number that heads a paragraph without one, where it is the provision of a section: "36.1" in
    /// Section 36.
    fn provision(&self) -> Option<&str> {
        let open = self.numbering.open.last().filter(|open| open.title.is_some())?;
        let section = open.number.split_once('.')?.0;
        self.divisions.is_section(section).then_some(open.number)
    }

    pub(super) fn name_of_prose(&mut self) -> Name {
        let key = self.scoped("p");
        let count = self.ids.count(&key);
        let id = self.ids.unique(format!("{key}{count}"));
        if self.is_numbered {
            self.anchor = None;
            return Name { id, label: None };
        }
        let separator = if self.base.text.is_empty() { "" } else { self.words.joins };
        let label = [&self.base.text, separator, self.words.nth, &count.to_string()].concat();
        self.anchor = Some((id.clone(), label.clone()));
        Name { id, label: Some(label) }
    }

    pub(super) fn scoped(&self, own: &str) -> String {
        if self.scope.is_empty() { own.to_owned() } else { [&self.scope, "/", own].concat() }
    }

    pub(super) fn counted(&mut self, key: &str) -> String {
        let count = self.ids.count(key);
        self.ids.unique(format!("{key}-{count}"))
    }
}
