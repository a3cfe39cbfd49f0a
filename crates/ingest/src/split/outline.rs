//! From pieces in their places to clauses: paths, lead-ins, labels and ids.

mod acts;
mod clause;
mod deck;
mod guidance;
mod lists;
mod names;
mod options;
mod running;

use std::collections::HashMap;

use chapeau_document::{Clause, Part, Span, Unit};

use super::divisions::Divisions;
use super::naming::{self, Base, Ids, Words};
use super::numbering::Numbering;
use super::parts::{Place, Shape};
use super::piece::{Form, Piece, Standing, Titled};
use super::unmarked::Unmarked;
use crate::Role;
use crate::label::{Class, Marker, Style};
use crate::letter_case::starts_low;

/// The clauses of a text: one for each piece; and for each how many bytes of its label name the annex
/// that its numbers count in, none where an article stands between.
pub(super) fn clauses<'a>(
    pieces: &'a [Piece<'a>],
    places: &[Place],
    slides: &[bool],
    shape: Shape,
    words: &Words,
) -> (Vec<Clause>, Vec<Option<usize>>) {
    let mut outline = Outline {
        pieces,
        places,
        slides,
        shape,
        words,
        is_numbered: is_numbered(pieces, places, shape),
        ids: Ids::default(),
        divisions: Divisions::default(),
        numbering: Numbering::default(),
        unmarked: Unmarked::default(),
        option: None,
        scope: String::new(),
        base: names::base(pieces, places, shape, words),
        running: running::style(pieces, shape),
        anchor: None,
        first_plain: None,
        last_plain: None,
        has_numbers: false,
        given: HashMap::new(),
        headings: 0,
        organ: None,
        act: None,
        head: None,
        part: Part::FrontMatter,
        recitals: 0,
        operative_style: None,
        operative_heading: None,
        is_suspended: false,
        is_in_chapter: false,
        organ_governs: false,
        slide: 0,
        clauses: Vec::with_capacity(pieces.len()),
        counted_in: Vec::with_capacity(pieces.len()),
    };
    for at in 0..pieces.len() {
        outline.take(at);
    }
    (outline.clauses, outline.counted_in)
}

/// Whether the paragraphs of a text have numbers: those of a decision by the first one that no paragraph
/// introduces, others by more than two markers that are numbers.
fn is_numbered(pieces: &[Piece<'_>], places: &[Place], shape: Shape) -> bool {
    let is_number = |piece: &Piece<'_>| matches!(&piece.form, Form::Marked(marker) if matches!(marker.style.class, Class::Number | Class::Dotted(_)));
    if shape != Shape::Decision {
        return pieces.iter().filter(|piece| is_number(piece)).take(3).count() == 3;
    }
    let introduces = |at: usize| {
        at.checked_sub(1).is_some_and(|before| {
            let is_act = pieces[before].form == Form::Plain && places[before].unit != Some(Unit::Chapeau);
            is_act && places[before].part == Part::Operative && pieces[before].text.ends_with(':')
        })
    };
    let first = (0..pieces.len()).find(|at| places[*at].part == Part::Operative && is_number(&pieces[*at]));
    first.is_some_and(|at| !introduces(at))
}

struct Outline<'a, 'b> {
    pieces: &'a [Piece<'a>],
    places: &'b [Place],
    /// Which pieces begin a slide, where pages are slides.
    slides: &'b [bool],
    shape: Shape,
    words: &'b Words,
    is_numbered: bool,
    ids: Ids,
    divisions: Divisions<'a>,
    numbering: Numbering<'a>,
    unmarked: Unmarked,
    /// The option of a draft that is open: the highest number under the options before it.
    option: Option<u32>,
    /// Start of the ids and of the labels of what stands in the open divisions.
    scope: String,
    base: Base,
    /// The style of numbers that run on through all headings, if there is one.
    running: Option<Style>,
    /// Id and label of the unnumbered paragraph that may introduce a list.
    anchor: Option<(String, String)>,
    /// The first unnumbered paragraph of the article, until a second one comes.
    first_plain: Option<usize>,
    /// The last clause, if it is a paragraph without a number: it may introduce a list.
    last_plain: Option<usize>,
    /// Whether printed numbers follow in the open division, up to the next.
    has_numbers: bool,
    /// The labels of what may be a hit in the open division, how many headings stood before each, and how often
    /// it came.
    given: HashMap<String, (u32, u32)>,
    headings: u32,
    /// The organ that acts, and its act: the lead-in of operative paragraphs.
    organ: Option<Span>,
    act: Option<Span>,
    /// The words alone on their line that head what follows and that it is cited by.
    head: Option<&'a str>,
    /// The part of the piece before.
    part: Part,
    /// Recitals so far, of this preamble.
    recitals: u32,
    /// How the first operative paragraph is numbered, and the last heading among them.
    operative_style: Option<Style>,
    operative_heading: Option<&'a str>,
    /// Whether a heading stands between the open numbers and here: they go on, but hold nothing more.
    is_suspended: bool,
    /// Whether that heading stands within the number, which heads more than it does.
    is_in_chapter: bool,
    /// Whether the organ's words leave a participle to the recitals: "The Parties, resolved to:".
    organ_governs: bool,
    slide: u32,
    clauses: Vec<Clause>,
    counted_in: Vec<Option<usize>>,
}

/// The name of a clause.
struct Name {
    id: String,
    label: Option<String>,
}

impl<'a> Outline<'a, '_> {
    fn take(&mut self, at: usize) {
        let piece = &self.pieces[at];
        let Place { part, unit } = self.places[at];
        if self.is_option(at) {
            return self.option(at, part);
        }
        if matches!(part, Part::Closing | Part::Annex | Part::Operative) && self.part != part {
            self.numbering.clear();
            self.anchor = None;
        }
        if part == Part::Closing && self.part != part {
            self.leave_article();
        }
        // A footnote between two items does not end their list.
        if part != Part::Footnote {
            self.part = part;
        }
        if let Form::Division(division) = &piece.form {
            return self.division(at, division, part);
        }
        if let Form::Guidance(head) = piece.form
            && unit == Some(Unit::Heading)
        {
            return self.guidance(at, head, part);
        }
        let unit = unit.or_else(|| self.heading_by_neighbours(at));
        if unit.is_none() && self.groups_articles(at) {
            return self.heading(at, part);
        }
        match unit {
            Some(Unit::Heading) if !matches!(piece.form, Form::Marked(_)) => self.heading(at, part),
            Some(Unit::Masthead) => self.plain(at, part, Unit::Masthead, "front"),
            Some(Unit::Signature) => self.plain(at, part, Unit::Signature, "sig"),
            Some(Unit::Chapeau) => self.chapeau(at, part),
            Some(Unit::Recital) => self.recital(at),
            Some(Unit::Footnote) => self.footnote(at),
            Some(Unit::TableRow) => self.plain(at, part, Unit::TableRow, "row"),
            Some(Unit::Quotation) => self.plain(at, part, Unit::Quotation, "q"),
            _ if self.shape == Shape::Deck => self.on_slide(at, part),
            _ => match &piece.form {
                Form::Marked(marker) => self.marked(at, marker, part),
                _ => self.paragraph(at, part),
            },
        }
    }

    /// What stands behind the closing words is in no article.
    fn leave_article(&mut self) {
        self.divisions.close_article();
        self.base.text = self.divisions.cited(self.words.joins);
        self.base.is_annex = self.divisions.is_annex();
        self.scope = self.divisions.scope();
        self.first_plain = None;
    }

    /// Words in capitals or bold right before a division group what follows.
    fn heading_by_neighbours(&self, at: usize) -> Option<Unit> {
        let piece = &self.pieces[at];
        let next = self.pieces.get(at + 1);
        let is_set_off = self.shape == Shape::Treaty && piece.form == Form::Plain && piece.is_set_off();
        let heads = is_set_off
            && next.is_some_and(|next| {
                matches!(next.form, Form::Division(_)) || piece.block.bold || piece.block.size > 1.12
            });
        heads.then_some(Unit::Heading)
    }

    /// "2. - Origin of goods" right before an article heads the articles that follow, and is no paragraph of
    /// the one before.
    fn groups_articles(&self, at: usize) -> bool {
        let Form::Marked(marker) = &self.pieces[at].form else { return false };
        let next = self.pieces.get(at + 1);
        let goes_on = self.numbering.open.iter().any(|open| open.style == marker.style);
        self.shape == Shape::Treaty
            && self.part == Part::Operative
            && !goes_on
            && self.pieces[at].is_numbered_heading()
            && next.is_some_and(Piece::is_article)
    }

    // ---- what heads others

    fn division(&mut self, at: usize, division: &Titled<'a>, part: Part) {
        // "Annex V" on the cover of a decision says where the whole of it is attached.
        if self.shape == Shape::Decision && part == Part::FrontMatter {
            return self.heading(at, part);
        }
        let next = self.pieces[at + 1..].iter().find_map(|piece| match &piece.form {
            Form::Division(_) => Some(piece.is_article()),
            _ => None,
        });
        let holds_articles = self.shape == Shape::Treaty && next == Some(true);
        if matches!(division.standing, Standing::Named | Standing::Instrument | Standing::Code) {
            (self.organ, self.act, self.organ_governs) = (None, None, false);
        }
        self.divisions.open(division, holds_articles);
        if self.divisions.is_annex() {
            self.recitals = 0;
        }
        self.numbering.clear();
        self.operative_heading = None;
        (self.is_suspended, self.is_in_chapter) = (false, false);
        self.first_plain = None;
        self.anchor = None;
        self.given.clear();
        self.has_numbers = self.numbers_follow(at);
        self.base.text = self.divisions.cited(self.words.joins);
        self.base.is_annex = self.divisions.is_annex();
        let label = (!division.label.is_empty()).then(|| match division.level {
            _ if self.divisions.is_cited() => self.base.text.clone(),
            // A numeral alone is the number of a section, which nobody cites by it.
            _ => naming::cited(division.label),
        });
        let label = label.filter(|_| division.label.len() > division.number.len());
        let id = match division.label {
            "" => self.counted("h"),
            _ => self.ids.unique(self.divisions.scope()),
        };
        let name = Name { id, label };
        // What stands in a division that comes a second time keeps apart from the first.
        self.scope.clone_from(&name.id);
        let path = self.divisions.steps();
        self.push(at, part, Unit::Heading, name, path);
    }

    fn heading(&mut self, at: usize, part: Part) {
        let piece = &self.pieces[at];
        if self.shape == Shape::Deck {
            return self.slide(at, part);
        }
        let is_step = (part != Part::FrontMatter || super::openers::is_decision_line(piece.text))
            && !super::captions::is_caption(piece.text);
        let next_divides = self.pieces.get(at + 1).is_some_and(|next| matches!(next.form, Form::Division(_)));
        if is_step {
            self.leave_block();
            let depth = match piece.block.role {
                Role::Heading { depth, .. } if part != Part::FrontMatter => depth,
                _ => 0,
            };
            let groups = next_divides || part == Part::FrontMatter;
            self.divisions.open_heading(piece.text, depth, groups);
            self.is_in_chapter = self.stands_in_chapter(piece);
            self.numbering.keep_outermost();
            self.is_suspended = true;
            self.anchor = None;
            self.headings += 1;
            // Sections of decisions are told apart by their own rule.
            if self.shape == Shape::Decision {
                self.given.clear();
            }
            self.operative_heading = Some(piece.text);
        }
        let id = self.counted("h");
        let path = if is_step { self.path() } else { self.divisions.steps() };
        self.push(at, part, Unit::Heading, Name { id, label: None }, path);
    }

    fn chapeau(&mut self, at: usize, part: Part) {
        let piece = &self.pieces[at];
        if super::openers::is_whereas(piece.text) || super::openers::is_adoption(piece.text) {
            return self.plain(at, part, Unit::Chapeau, "chapeau");
        }
        if self.opens_head(piece) {
            self.act = Some(piece.span);
        } else if part == Part::Operative {
            self.act = Some(piece.span);
            // "The Conference decides as follows:" names the organ again.
            if super::openers::is_organ(piece.text) && piece.text.len() > 24 {
                self.organ = None;
            }
        } else {
            if matches!(self.before_part(), Some(Part::Operative | Part::Closing | Part::Annex)) {
                (self.recitals, self.act) = (0, None);
            }
            self.organ = Some(piece.span);
            self.organ_governs = super::openers::governs_recitals(piece.text);
        }
        self.plain(at, part, Unit::Chapeau, "chapeau");
    }

    // ---- paragraphs

    fn footnote(&mut self, at: usize) {
        let mark = match self.pieces[at].form {
            Form::Footnote(mark) => mark,
            _ => "",
        };
        let slug = super::slug::slug(mark);
        let id = if slug.is_empty() { self.counted("fn") } else { self.ids.unique(format!("fn-{slug}")) };
        let noun = if self.is_among_endnotes() { self.words.endnote } else { self.words.footnote };
        let label = (!mark.is_empty()).then(|| format!("{noun}{mark}"));
        let path = self.divisions.steps();
        self.push(at, Part::Footnote, Unit::Footnote, Name { id, label }, path);
    }

    /// A clause that is only counted: masthead, chapeau, signature, table row, quotation.
    fn plain(&mut self, at: usize, part: Part, unit: Unit, key: &str) {
        let id = self.counted(key);
        let path = self.path();
        self.push(at, part, unit, Name { id, label: None }, path);
    }

    fn marked(&mut self, at: usize, marker: &Marker, part: Part) {
        let text = self.pieces[at].text;
        let lead = self.lead_of_list(at).filter(|_| self.may_lead(at, marker));
        // "(2)" under a heading is no item of the number before the heading.
        let is_inner =
            marker.style.opened || matches!(marker.style.class, Class::Lower | Class::Dash | Class::Bullet);
        let is_new = self.numbering.open.iter().all(|open| open.style != marker.style);
        let is_list = self.numbering.open.first().is_some_and(|open| open.style.opened);
        let is_away = self.is_suspended && (!self.is_in_chapter || marker.is_item());
        if is_away && (is_inner || is_list) && is_new && !self.numbering.goes_on_with(marker) {
            self.numbering.clear();
        }
        if self.leaves_letters(marker) {
            self.numbering.clear();
        }
        self.is_suspended = false;
        let is_misread = self.is_misread(at, marker);
        if is_misread {
            self.numbering.go_on_misread();
        } else {
            self.numbering.place(marker, text, self.next_marker(at, marker), lead);
            self.second_marker(at, marker);
        }
        let is_said = matches!(self.pieces[at].block.role, Role::Heading { .. });
        let may_head = self.shape != Shape::Treaty || is_said && part == Part::Main;
        let is_heading = may_head && self.is_heading(at) || self.pieces[at].is_number_alone();
        let is_titled = is_heading && !self.pieces[at].is_number_alone();
        let title = is_titled.then(|| &text[marker.body..]);
        self.numbering.set_title(title, self.running);
        if is_heading && self.is_in_chapter && self.numbering.open.len() == 1 {
            self.is_in_chapter = false;
            self.divisions.close_heading();
        }
        self.leave_option();
        let is_top = self.numbering.open.len() == 1;
        if is_top && self.numbering.open[0].count == 1 && lead.is_none() {
            self.anchor = None;
        }
        let unit = match marker.style.class {
            _ if is_heading => Unit::Heading,
            Class::Dash | Class::Bullet => Unit::Item,
            Class::Dotted(_) => Unit::Paragraph,
            // Definitions (1), (2) ... behind the words that introduce them are points.
            Class::Number if marker.style.opened && self.is_introduced() => Unit::SubParagraph,
            Class::Number if self.numbering.is_outermost_text() => Unit::Paragraph,
            Class::Number if self.shape == Shape::Main => Unit::Paragraph,
            _ => Unit::SubParagraph,
        };
        if title.is_some() {
            self.first_plain = None;
        }
        let name = self.name_of_marked();
        let name = if is_misread { Name { label: None, ..name } } else { self.told_apart(name, unit) };
        let path = self.path();
        self.push(at, part, unit, name, path);
    }

    /// "1. (a) The Parties ..." begins two lists.
    fn second_marker(&mut self, at: usize, first: &Marker) {
        let words = self.pieces[at].words();
        let is_number = matches!(first.style.class, Class::Number | Class::Dotted(_));
        let second = crate::label::marker(words).filter(|second| {
            let begins = second.value == 1 || second.roman == Some(1);
            let is_letter = is_number && second.style.class == Class::Lower && second.style.close == b')';
            let is_second = (is_number || first.style.opened) && second.style.opened || is_letter;
            is_second && begins && second.body < words.len()
        });
        if let Some(second) = second {
            self.numbering.place(&second, words, None, None);
        }
    }

    fn next_marker(&self, at: usize, marker: &Marker) -> Option<&'a Marker> {
        const LOOKAHEAD: usize = 12;
        let markers = self.pieces[at + 1..].iter().take(LOOKAHEAD).filter_map(|piece| match &piece.form {
            Form::Marked(marker) => Some(marker),
            _ => None,
        });
        markers.into_iter().find(|next| next.style == marker.style)
    }

    /// The piece before, but for footnotes and numbers of pages.
    pub(super) fn before(&self, at: usize) -> Option<&'a Piece<'a>> {
        let is_text =
            |piece: &&Piece<'_>| !matches!(piece.form, Form::Footnote(_)) && !piece.is_bare_number();
        self.pieces[..at].iter().rev().find(is_text)
    }

    /// Whether the sentence of the piece before is cut off, by the end of its page.
    fn goes_on(&self, at: usize) -> bool {
        let is_cut = |before: &Piece<'_>| before.text.ends_with(char::is_alphabetic) && !before.is_set_off();
        starts_low(self.pieces[at].text) && self.before(at).is_some_and(is_cut)
    }

    /// The clause right before, if its words introduce a list.
    fn lead_of_list(&self, at: usize) -> Option<Span> {
        let before = self.before(at)?;
        let last = self.clauses.iter().rev().find(|clause| clause.unit != Unit::Footnote)?;
        // The last recital ends as a lead-in does, with a comma, but what is decided completes the
        // organ's name.
        let governs = last.part == self.part
            && !matches!(last.unit, Unit::Heading | Unit::Masthead | Unit::Chapeau)
            && !matches!(before.form, Form::Division(_) | Form::Heading | Form::Guidance(_));
        // The mark of a footnote may stand behind the stop: "agreed by the Parties.1".
        let words = before.text.trim_end_matches(|c: char| c.is_ascii_digit());
        let ends_open = !words.ends_with(['.', ';', '!', '?']);
        (governs && ends_open).then_some(before.span)
    }

    fn paragraph(&mut self, at: usize, part: Part) {
        let is_item = self.is_unmarked_item(at);
        let keeps_lists = self.pieces[at].is_bare_number() || is_item || self.goes_on(at);
        if self.is_open_number() && !keeps_lists {
            self.numbering.close_lists(starts_low(self.pieces[at].text));
        }
        let name = match self.shape {
            _ if self.numbering.is_in_block() => self.name_in_block(),
            _ if part == Part::Preambular => Name { id: self.counted("cit"), label: None },
            _ if self.is_open_number() => self.name_of_continuation(is_item),
            Shape::Decision if self.is_operative() => self.name_of_operative(),
            Shape::Treaty => self.name_in_article(),
            Shape::Decision if self.divisions.in_article() => self.name_in_article(),
            // "Paragraph 12" heads the text of one paragraph.
            _ if self.divisions.is_paragraph() => self.name_in_article(),
            _ => self.name_of_prose(),
        };
        let name = self.name_of_example(at).unwrap_or(name);
        let path = self.path();
        self.last_plain = Some(self.clauses.len());
        self.push(at, part, Unit::Paragraph, name, path);
    }

    /// Whether it is an item of a list without marks.
    fn is_unmarked_item(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        // A line that begins with a capital is an item within a number only.
        let may_be = starts_low(self.pieces[at].text) || self.is_open_number();
        let governs = may_be && self.lead_of_list(at).is_some();
        let piece = &self.pieces[at];
        self.unmarked.take(piece.span, piece.text, (before.span, before.text), governs)
    }
}
