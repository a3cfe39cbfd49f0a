//! Metadata from the masthead, the page heads and the title block, never from running text: a
//! session or a date that a recital mentions is another document's.

mod opening;

use chapeau_document::{Span, Status, Sureness, Symbol};

use super::facts::Facts;
use super::fold::folded;
use super::lines::{
    after_item_number, is_contents, is_labelled, is_own_at, is_spaced, lines_of, matched, never, revision,
    running, without_symbol,
};
use super::reading::{self, Said};
use super::registry::{DRAFTS, Formula, Match, Title, phrase_at};
use super::sheet::{Place, Sheet, SheetLine};
use super::titles::{self, Candidate, Way};
use super::{imprint, parties, title};
use crate::describe::words::Words;

/// What a sheet says: its facts, the candidates for the title, and the chapeau.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) facts: Facts,
    pub(super) candidates: Vec<Candidate>,
    /// Whether it is addressed to somebody: letters have no title, but for their subject.
    pub(super) is_letter: bool,
}

/// Reads a sheet.
pub(super) fn read(sheet: &Sheet) -> Found {
    let mut reader = Reader::default();
    for text in heads(sheet) {
        reader.head(text);
    }
    let first = sheet.lines.iter().filter(|line| line.place == Place::Furniture && line.page == 0);
    first.for_each(|line| reader.head_title(line));
    let lines: Vec<&SheetLine> = sheet.lines.iter().filter(|line| line.place != Place::Furniture).collect();
    reader.body(&lines);
    if reader.found.facts.symbols.is_empty() {
        reader.tail(&sheet.tail);
    }
    if let Some(named) = imprint::of_sheet(sheet) {
        reader.found.facts.body(&named, Sureness::Doubtful);
    }
    reader.found
}

/// Running heads and feet, those of the first page first.
fn heads(sheet: &Sheet) -> impl Iterator<Item = &str> {
    let first =
        sheet.lines.iter().filter(|line| line.place == Place::Furniture).map(|line| line.text.as_str());
    first.chain(sheet.running.iter().map(String::as_str))
}

#[derive(Default)]
struct Reader {
    found: Found,
    /// How many names of items of an agenda may still follow, and the last line of the one before.
    agenda: Option<(usize, Option<SheetLine>)>,
    /// Whether the candidate last begun may go on.
    is_open: bool,
    /// Whether the line before was a session, whose place and days may follow.
    after_session: bool,
}

/// Lines joined to match a formula.
const WINDOW: usize = 4;
/// A running head has no more words than this.
const LONGEST_HEAD: usize = 24;
/// A line of a masthead with a date and something else has no more words than this.
const LONGEST_DATED: usize = 12;

impl Reader {
    /// A running head: what it says is the document's own.
    fn head(&mut self, text: &str) {
        if let Some(named) = imprint::of_copyright(text) {
            self.found.facts.body(&named, Sureness::Doubtful);
            return;
        }
        // "[on the report of the Second Committee (A/99/400, para. 8)]"
        if text.starts_with('[') && text.ends_with(']') {
            return;
        }
        let mut is_dated = false;
        if let Some((formula, found)) = matched(&[text], false)
            && formula.title == Title::Never
            && !formula.agenda
        {
            is_dated = found.date.is_some() && formula.date.is_some();
            self.found.facts.formula(formula, &found);
        }
        let mut said = reading::read(text);
        if is_dated {
            said.date = None;
        }
        if said.n_words > LONGEST_HEAD {
            return;
        }
        if said.is_all() {
            self.found.facts.said(&said, Sureness::Sure);
        } else {
            // The symbol beside the title, the date beside the name of the gazette.
            let partly = Said { bodies: Vec::new(), ..said };
            self.found.facts.said(&partly, Sureness::Likely);
        }
    }

    /// A head of the first page may be all that prints the title.
    fn head_title(&mut self, line: &SheetLine) {
        let said = reading::read(&line.text);
        let is_name =
            said.rest >= 4 && said.symbols.is_empty() && said.date.is_none() && said.n_words <= LONGEST_HEAD;
        let formula = matched(&[&line.text], false).map(|(formula, _)| formula.title);
        let is_name = is_name || said.symbols.is_empty() && formula == Some(Title::Line);
        if is_name && formula != Some(Title::Never) && never(&line.text).is_none() {
            self.begin(Candidate::new(line, Way::Head));
            self.is_open = false;
        }
    }

    fn body(&mut self, lines: &[&SheetLine]) {
        let mut at = 0;
        while at < lines.len() {
            if self.is_opening(lines, at) {
                if lines[at].page > 0 || !self.goes_on_after(lines, at) {
                    return;
                }
                // A disclaimer or a summary on the cover: only what is set large is looked at then.
                at += 1;
                continue;
            }
            at += self.line(lines, at);
        }
    }

    /// Whether the first page has larger type after this line.
    fn goes_on_after(&self, lines: &[&SheetLine], at: usize) -> bool {
        lines[at..].iter().any(|line| line.page == 0 && line.size >= 1.5 && !line.whole)
    }

    /// Takes the line at `at`, and says how many lines it was.
    fn line(&mut self, lines: &[&SheetLine], at: usize) -> usize {
        let after = self.after_own_symbol(&lines[at].text);
        let Some(after) = after.or_else(|| after_item_number(&lines[at].text)) else {
            return self.bare_line(lines, at);
        };
        let line = SheetLine { text: after, ..lines[at].clone() };
        let mut rest = vec![&line];
        rest.extend(lines[at + 1..].iter().take(WINDOW));
        self.bare_line(&rest, 0)
    }

    /// The words after "2030/12/LA: ", which is the document's own number.
    fn after_own_symbol(&mut self, text: &str) -> Option<String> {
        let (span, symbol, sureness) = reading::first_symbol(text)?;
        let after = text[span.end..].strip_prefix(':')?.trim_start();
        if span.start > 0 || after.len() < 8 {
            return None;
        }
        self.found.facts.symbol(&symbol, sureness.max(Sureness::Likely));
        Some(after.to_owned())
    }

    fn bare_line(&mut self, lines: &[&SheetLine], at: usize) -> usize {
        let line = lines[at];
        if is_labelled(&line.text)
            && !matched(&[&line.text], false).is_some_and(|(formula, _)| formula.title == Title::Rest)
        {
            self.is_open = false;
            return 1;
        }
        if matches!(line.place, Place::Apart) || is_contents(&line.text) || is_spaced(&line.text) {
            self.is_open = false;
            return 1;
        }
        if self.runs_on(line) {
            return 1;
        }
        // Below a symbol the name of a convention is that of the house, not of the text.
        if !self.found.facts.symbols.is_empty() && reading::is_letterhead(&line.text) {
            self.letterhead(line);
            return 1;
        }
        if let Some(named) = imprint::of_copyright(&line.text) {
            self.found.facts.body(&named, Sureness::Doubtful);
            return 1;
        }
        // "COUNCIL" over the title is a body, not the first word of "Council recommendation".
        let stands_alone = !line.text.contains(' ')
            && lines.get(at + 1).is_some_and(|next| next.space_above >= 0.5 || next.whole);
        let window: Vec<&str> = lines[at..]
            .iter()
            .take(if stands_alone { 1 } else { WINDOW })
            .take_while(|next| next.page == line.page)
            .map(|next| next.text.as_str())
            .collect();
        if let Some((formula, found)) = matched(&window, false)
            && self.fits(formula, line)
        {
            return self.formula(formula, &found, lines, at, &window);
        }
        let refers = reading::read(&line.text);
        if refers.is_all()
            && !refers.symbols.is_empty()
            && line.place != Place::Cell
            && !line.text.starts_with('{')
        {
            self.masthead(&refers, Sureness::Sure);
            return 1;
        }
        if let Some(is_sentence) = never(&line.text) {
            self.is_open = false;
            return 1 + if is_sentence { running(&lines[at..]) } else { 0 };
        }
        if reading::is_letterhead(&line.text) {
            self.letterhead(line);
            return 1;
        }
        let mut said = reading::read(&line.text);
        if line.text.ends_with(',')
            || at > 0 && titles::ends_open(&lines[at - 1].text) && line.space_above < 0.3
        {
            // Part of a sentence: what it names is not the document's.
            said.date = None;
        }
        if line.place == Place::Cell {
            // Contact boxes and lists of members name bodies without being theirs.
            said.bodies.retain(|named| named.is_known);
        }
        if said.is_all() && (said.is_something() || said.n_words <= 6) && !self.is_title_like(line, &said) {
            self.masthead(&said, Sureness::Sure);
            return 1;
        }
        if line.place == Place::Cell {
            return self.cell(line);
        }
        // "Lampville" between a session and its days.
        let is_day = |next: &&&SheetLine| {
            let said = reading::read(&next.text);
            said.is_all() && said.date.is_some()
        };
        if self.after_session && said.n_words <= 3 && lines.get(at + 1).as_ref().is_some_and(is_day) {
            return 1;
        }
        if std::mem::take(&mut self.after_session)
            && said.date.is_some()
            && said.rest > 0
            && said.symbols.is_empty()
        {
            self.found.facts.place_of_session(&line.text);
            return 1;
        }
        if said.date.is_some() && said.n_words <= LONGEST_DATED && said.small == 0 && said.rest <= 4 {
            let partly = Said { bodies: Vec::new(), ..said };
            self.masthead(&partly, Sureness::Likely);
            return 1;
        }
        self.words(line);
        1
    }

    /// Adds a line to the title that it plainly is a part of.
    fn runs_on(&mut self, line: &SheetLine) -> bool {
        let Some(last) = self.found.candidates.last_mut().filter(|_| self.is_open) else { return false };
        let is_bracketed = line.text.starts_with(['(', '[', '{']);
        if !last.runs_on_to(line) || (is_bracketed || !last.wants(line)) && never(&line.text).is_some() {
            return false;
        }
        let said = reading::read(&line.text);
        // "14 September 2030, Lampville": the place and day of a meeting below its name.
        let is_place = said.date.is_some()
            && said.rest <= 4
            && said.small == 0
            && last.way != Way::Act
            && line.text.starts_with(|c: char| c.is_ascii_digit())
            && last.lines.last().is_some_and(|above| !titles::ends_open(&above.text));
        let is_masthead = is_place
            || said.is_all()
                && (!said.symbols.is_empty()
                    || said.number.is_some()
                    || said.date.is_some() && last.way != Way::Act);
        if is_masthead
            || matched(&[&line.text], false).is_some_and(|(formula, _)| {
                [Title::Never, Title::Rest].contains(&formula.title) && !formula.agenda
            })
        {
            return false;
        }
        last.lines.push(line.clone());
        self.drafts(line);
        true
    }

    /// "DRAFT CONSOLIDATED TEXT" on a line of its own within a title.
    fn drafts(&mut self, line: &SheetLine) {
        let is_draft = || phrase_at(&Words::of(&line.text), 0, DRAFTS).is_some();
        self.found.facts.is_draft |= title::is_capitals(&line.text) && is_draft();
    }

    /// Formulas for titles in cells are those of other documents, unless they are acts.
    fn fits(&self, formula: &Formula, line: &SheetLine) -> bool {
        line.place != Place::Cell || formula.title != Title::Line && formula.title != Title::Else
    }

    /// Whether a line that is a body's name by its shape goes on with the title above it.
    fn is_title_like(&self, line: &SheetLine, said: &Said) -> bool {
        let by_shape = said.bodies.iter().all(|named| !named.is_known)
            && said.symbols.is_empty()
            && said.date.is_none()
            && said.session.is_none();
        let goes_on = self.is_open
            && self.found.candidates.last().is_some_and(|last| {
                last.takes(line)
                    && last.lines.last().is_some_and(|above| {
                        (above.block.is_some() && above.block == line.block) || line.space_above < 0.3
                    })
            });
        goes_on && (by_shape || said.date.is_none() && said.symbols.is_empty() && said.session.is_none())
    }

    /// The cell of a table that is no masthead: symbols alone in a corner count.
    fn cell(&mut self, line: &SheetLine) -> usize {
        let said = reading::read(&line.text);
        if said.rest == 0 {
            self.found.facts.said(&Said { date: None, bodies: Vec::new(), ..said }, Sureness::Likely);
        }
        1
    }

    fn letterhead(&mut self, line: &SheetLine) {
        self.is_open = false;
        let mut said = reading::read(&line.text);
        said.bodies.iter_mut().for_each(|named| named.is_house = true);
        self.found.facts.said(&said, Sureness::Sure);
    }

    fn masthead(&mut self, said: &Said, sureness: Sureness) {
        self.is_open = false;
        self.after_session = said.session.is_some();
        self.found.facts.said(said, sureness);
    }

    fn formula(
        &mut self,
        formula: &'static Formula,
        found: &Match,
        lines: &[&SheetLine],
        at: usize,
        window: &[&str],
    ) -> usize {
        if ![Title::Act, Title::Line].contains(&formula.title) {
            self.found.facts.formula(formula, found);
        }
        let joined = window.join("\n");
        let taken = lines_of(&joined, found.end).max(1);
        if formula.agenda {
            let several = joined
                .lines()
                .next()
                .is_some_and(|line| folded(line).contains("items ") || folded(line).contains("points "));
            self.agenda = Some((if several { 2 } else { 1 }, None));
            self.is_open = false;
            return taken;
        }
        self.agenda = None;
        let way = match formula.title {
            Title::Act => Way::Act,
            Title::Line => Way::Line,
            Title::Else => Way::Else,
            Title::Rest => return self.rest(lines[at], &joined, found),
            Title::Never => {
                self.is_open = false;
                self.found.facts.parties.extend(parties::of_communication(&lines[at].text));
                self.own_of(&joined, taken, false, formula.date.is_none());
                return taken;
            }
        };
        self.own_of(&joined, taken, true, false);
        if way == Way::Else {
            let mut candidate = Candidate::new(lines[at], way);
            candidate.lines.extend(lines[at + 1..at + taken].iter().map(|line| (*line).clone()));
            self.begin(candidate);
            self.is_open = false;
            return taken;
        }
        self.begin(Candidate::new(lines[at], way));
        1
    }

    /// "RE: the classification of a lamp".
    fn rest(&mut self, line: &SheetLine, joined: &str, found: &Match) -> usize {
        let words = Words::of(joined);
        let first = joined.lines().next().unwrap_or_default();
        let start = words.span(found.end, found.end).start;
        if words.gap(found.end).contains(':') && start < first.len() {
            let line = SheetLine { text: first[start..].to_owned(), ..line.clone() };
            self.begin(Candidate::new(&line, Way::Rest));
        } else {
            self.words(line);
        }
        1
    }

    /// The symbol by which a formula begins is the document's own; others in it are cited.
    fn own_of(&mut self, joined: &str, taken: usize, is_title: bool, is_dated: bool) {
        for line in joined.lines().take(taken) {
            let said = reading::read(line);
            let begins = |symbol: &Symbol| {
                let found = Symbol::find_all(line);
                let own = |(span, first): &(Span, Symbol)| first == symbol && is_own_at(&line[..span.start]);
                found.is_empty() || found.first().is_some_and(own)
            };
            if let Some((symbol, sureness)) =
                said.symbols.first().filter(|(symbol, _)| !is_title || begins(symbol))
            {
                self.found.facts.symbol(symbol, *sureness);
            }
            if let Some(date) =
                said.date.filter(|_| is_dated && !is_title && self.found.facts.adopted.is_none())
            {
                self.found.facts.issued(date, Sureness::Likely);
            }
            if let Some(session) = said.session.filter(|_| !is_title) {
                self.found.facts.session(session, Sureness::Sure);
            }
        }
    }

    /// The Members that a communication comes from.
    fn begin(&mut self, candidate: Candidate) {
        let text = candidate.lines.first().map(|line| folded(&line.text)).unwrap_or_default();
        let words = Words::of(&text);
        self.found.facts.is_draft |= phrase_at(&words, 0, DRAFTS).is_some() && !text.ends_with(':');
        self.found.candidates.push(candidate);
        self.is_open = true;
    }

    /// A line that may be a title, or a part of one.
    fn words(&mut self, line: &SheetLine) {
        if self.is_open && self.found.candidates.last().is_some_and(|last| last.takes(line)) {
            if let Some(last) = self.found.candidates.last_mut() {
                last.lines.push(line.clone());
            }
            return self.drafts(line);
        }
        if let Some((left, last)) = self.agenda.take()
            && left > 0
        {
            // Of several items the further ones follow at once; what stands apart is the title.
            let is_apart = last.is_some_and(|last| line.space_above > 0.9 || line.size > last.size * 1.09);
            if !is_apart {
                self.agenda = Some((left - 1, Some(line.clone())));
                self.begin(Candidate::new(line, Way::Agenda));
                return;
            }
        }
        if crate::label::division(&line.text).is_some() && titles::after_number(&line.text).is_none() {
            self.is_open = false;
            return;
        }
        let bare = without_symbol(&line.text);
        let line = &SheetLine { text: bare.to_owned(), ..line.clone() };
        if let Some(rest) = titles::after_number(&line.text) {
            let line = SheetLine { text: rest.to_owned(), ..line.clone() };
            return self.begin(Candidate::new(&line, Way::Numbered));
        }
        if revision(&line.text) {
            let facts = &mut self.found.facts;
            facts.revision = facts.revision.take().or_else(|| Some(title::plain(&line.text)));
            return;
        }
        self.begin(Candidate::new(line, Way::Words));
    }

    /// Headers of a Word file saved as text stand after its last line.
    fn tail(&mut self, tail: &[String]) {
        let read: Vec<Said> = tail.iter().map(|line| reading::read(line)).collect();
        let alone = |said: &&Said| said.is_all() && said.is_something() && said.n_words <= LONGEST_DATED * 2;
        let Some(first) = read.iter().position(|said| alone(&said) && !said.symbols.is_empty()) else {
            return;
        };
        for said in read[first..].iter().filter(alone) {
            self.found.facts.said(said, Sureness::Likely);
        }
    }
}

/// Whether the facts call the text a draft.
pub(super) fn is_draft(facts: &Facts) -> bool {
    facts.is_draft || facts.status.is_some_and(|(status, _)| status == Status::Draft)
}
