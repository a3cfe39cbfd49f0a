//! Which line goes on with the paragraph before it, and which begins a new one.
//!
//! Lines are joined where a sentence runs on; they are parted at blank lines, before labels, after
//! headings, and where a line ended early although the next word had room. What is decided of two
//! lines with a blank line between them holds without one, so that a text which is normalised
//! already stays as it is.

mod endings;
mod page_turn;

use super::CleanLine;
use crate::Role;
use crate::label::{self, Division};
use crate::letter_case::{is_capitals, is_title_case, starts_low};
use crate::lists;
use endings::{
    begins_with_mark, ends, ends_list_item, ends_sentence, hangs, is_conjunction, is_dangling, is_hyphenated,
    is_last_of_two, is_range, last_mark, last_word, lists_on, mark_before, trailing_number,
};
use page_turn::Setting;

/// How a line joins what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// It begins a block.
    Break,
    /// It goes on after a space.
    Space,
    /// It goes on with a word that the line end hyphenated.
    Hyphen,
    /// It goes on with a word that was cut without a hyphen of its own.
    Word,
}

/// Space above a line that parts paragraphs, in line heights; body text has at most .3 more.
const BLANK: f32 = 0.5;
/// Lines over this many characters are whole paragraphs and say nothing of the width.
const LONGEST_WRAPPED: usize = 140;
/// A text whose lines are that long in one of so many has a paragraph a line.
const UNWRAPPED_SHARE: usize = 5;
/// Narrowest column that text is wrapped to, in characters.
const NARROWEST: f32 = 45.0;
/// Lines before and after that show the width of the column.
const NEIGHBOURS: usize = 8;
/// Share of the width at which a line counts as full in texts that part paragraphs by blank lines.
const LOOSELY_FULL: f32 = 0.8;
/// Share of lines with a blank line above from which on blank lines part the paragraphs.
const BLANKS_PART: f32 = 0.04;
/// A block of at least so many bytes that ends without a mark is a sentence cut off.
const LONG_ENOUGH_TO_RUN_ON: usize = 50;
/// A block of fewer bytes that ends with a citing word may be a heading.
const SHORTEST_THAT_CITES: usize = 24;

pub(super) struct Joiner<'a> {
    lines: &'a [CleanLine<'a>],
    /// Right end of each line, in points where lines have places and in characters elsewhere.
    extents: Vec<f32>,
    /// Width that most wrapped lines of the text keep within, in characters; 0 for lines with places.
    usual_width: f32,
    /// Whether blank lines part the paragraphs of this text.
    blanks_part: bool,
    /// Whether each paragraph is one line, however long.
    is_unwrapped: bool,
    /// Bytes of the block so far, and its lines.
    block_len: usize,
    n_lines: usize,
    state: State,
    /// The mark or number that the block began with.
    marker: Option<label::Marker>,
    /// The number that a block began with last, whatever lists and headings came after it.
    last_number: Option<label::Marker>,
    /// How the text sets paragraphs with a mark, and those without.
    marked: Option<Setting>,
    unmarked: Option<Setting>,
    /// The last number of the last article heading.
    last_article: u32,
}

/// What the block so far is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    /// Only a marker: "(a)", a bullet.
    BareMarker,
    /// A division without its title: "Article 5".
    BareDivision,
    /// The title of a division.
    Title,
}

impl<'a> Joiner<'a> {
    pub(super) fn new(lines: &'a [CleanLine<'a>]) -> Self {
        let n_blank = lines.iter().filter(|line| line.space_above >= BLANK).count();
        let (marked, unmarked) = Setting::of(lines);
        Self {
            lines,
            extents: lines.iter().map(extent).collect(),
            usual_width: usual_width(lines),
            blanks_part: n_blank as f32 > lines.len() as f32 * BLANKS_PART,
            is_unwrapped: is_unwrapped(lines),
            block_len: 0,
            n_lines: 0,
            state: State::Text,
            marker: None,
            last_number: None,
            marked,
            unmarked,
            last_article: 0,
        }
    }

    /// How line `at` joins the one before; asked once for each line, in order.
    pub(super) fn next(&mut self, at: usize) -> Join {
        let text = &self.lines[at].text;
        let (division, marker) = (label::division(text), label::marker(text));
        let join = self.decide(at, division.as_ref(), marker.as_ref());
        self.note(at, join, division.as_ref(), marker);
        join
    }

    fn decide(&self, at: usize, division: Option<&Division<'_>>, marker: Option<&label::Marker>) -> Join {
        let Some(before) = at.checked_sub(1) else { return Join::Break };
        let (prev, line) = (&self.lines[before], &self.lines[at]);
        if self.cites_on(prev, line) {
            return Join::Space;
        }
        let by_format = told_by_format(prev, line);
        if by_format == Some(true) && matches!(line.cues.role, Role::Heading { .. }) {
            return if is_hyphenated(&prev.text, &line.text) { Join::Hyphen } else { Join::Space };
        }
        let is_next_page = line.page != prev.page;
        if is_next_page && matches!(line.cues.role, Role::Item { .. }) && self.is_item_cut_off(at) {
            return if is_hyphenated(&prev.text, &line.text) { Join::Hyphen } else { Join::Space };
        }
        if is_parted_by_format(prev, line) {
            return Join::Break;
        }
        // The lines of one note, whatever they begin with.
        if matches!(line.cues.role, Role::Footnote { .. }) && !self.is_blank(at) {
            return if is_hyphenated(&prev.text, &line.text) { Join::Hyphen } else { Join::Space };
        }
        if self.state == State::BareMarker && marker.is_none() && division.is_none() {
            return Join::Space;
        }
        let is_blank = self.is_blank(at);
        if !is_blank && prev.is_cut && line.text.starts_with(char::is_alphanumeric) {
            return Join::Word;
        }
        if !is_blank
            && is_hyphenated(&prev.text, &line.text)
            && (marker.is_none() || is_range(&prev.text, &line.text))
        {
            return Join::Hyphen;
        }
        let starts_block = match (division, marker) {
            (Some(division), _) => self.opens_division(at, division),
            (None, Some(marker)) => self.opens_item(at, marker),
            (None, None) => false,
        };
        if starts_block {
            return Join::Break;
        }
        let is_over_page = line.page != prev.page && is_text(prev) && is_text(line);
        let goes_on = match by_format {
            Some(true) => self.goes_on_in_block(at) || self.runs_over_blank(at),
            Some(false) if is_over_page => !ends(&prev.text) && self.goes_over_page(at),
            Some(false) => self.runs_over_blank(at),
            None if is_over_page => self.goes_over_page(at),
            None => !is_blank && self.goes_on(at) || self.runs_over_blank(at),
        };
        if goes_on { Join::Space } else { Join::Break }
    }

    /// Whether there is empty space above line `at`. Below a running head there always is, and it says nothing.
    fn is_blank(&self, at: usize) -> bool {
        let is_next_page =
            at.checked_sub(1).is_some_and(|before| self.lines[before].page != self.lines[at].page);
        self.lines[at].space_above >= BLANK && !is_next_page
    }

    /// Whether a citation is cut off before its number: "in accordance with Article" and "30.4.5
    /// (Accession)". No paragraph ends so, whatever the format says.
    fn cites_on(&self, prev: &CleanLine<'_>, line: &CleanLine<'_>) -> bool {
        let is_text = prev.cues.role == Role::Body && line.cues.role == Role::Body;
        let is_number = line.text.starts_with(|c: char| c.is_ascii_digit());
        if !is_text || !is_number {
            return false;
        }
        let last = prev.text.rsplit(' ').next().unwrap_or_default();
        lists_on(&prev.text, &line.text)
            || self.state == State::Text
                && self.block_len >= SHORTEST_THAT_CITES
                && !is_capitals(last)
                && lists::CITING_WORDS.contains(&last.to_lowercase().as_str())
    }

    /// Whether the sentence before is so plainly cut off that not even a blank line ends it.
    fn runs_over_blank(&self, at: usize) -> bool {
        let (prev, line) = (&self.lines[at - 1].text, &self.lines[at].text);
        if self.state == State::BareDivision || !hangs(prev) {
            return false;
        }
        let word = last_word(prev);
        if is_conjunction(word) {
            return starts_low(line) && !ends_list_item(prev);
        }
        is_dangling(word) || (starts_low(line) && self.block_len >= LONG_ENOUGH_TO_RUN_ON)
    }

    /// Whether a line without a blank line above it goes on with the block.
    fn goes_on(&self, at: usize) -> bool {
        let (prev, line) = (&self.lines[at - 1], &self.lines[at]);
        match self.state {
            State::BareDivision => return false,
            State::Title => return self.goes_on_with_title(at),
            State::Text | State::BareMarker => {}
        }
        let is_low = starts_low(&line.text);
        if !is_low && look_changes(prev, line) {
            return false;
        }
        let begins_another = is_conjunction(last_word(&prev.text)) && ends_list_item(&prev.text)
            || !hangs(&prev.text) && self.stands_first(at) == Some(true);
        if !is_low && begins_another || is_heading_below(&prev.text, &line.text) {
            return false;
        }
        match last_mark(&prev.text) {
            '.' | '!' | '?' => {
                let is_set_in = line.cues.indent > prev.cues.indent + 1.5;
                // "OTHER BUSINESS" below the end of a sentence is the heading of what follows.
                let heads = line.text.contains(' ')
                    && line.text.ends_with(char::is_alphanumeric)
                    && is_capitals(&line.text)
                    && !is_capitals(&prev.text);
                !heads && self.is_full(at) && (!is_set_in || self.stands_first(at) == Some(false))
            }
            ';' | ':' => is_low && self.is_full(at),
            ',' if is_low => {
                self.is_loosely_full(at) || self.blanks_part && is_last_of_two(&prev.text, &line.text)
            }
            ',' => self.is_full(at) && self.blanks_part,
            _ => is_low || self.is_full(at),
        }
    }

    /// Whether a line goes on with the one before in a paragraph that the format tells: unless it was
    /// broken off there by hand.
    fn goes_on_in_block(&self, at: usize) -> bool {
        let (prev, line) = (&self.lines[at - 1], &self.lines[at]);
        let is_apart = line.space_above >= BLANK && line.page == prev.page;
        !is_apart && (starts_low(&line.text) || self.is_loosely_full(at) || line.page != prev.page)
    }

    fn goes_on_with_title(&self, at: usize) -> bool {
        let (prev, line) = (&self.lines[at - 1], &self.lines[at]);
        // A title that is wrapped has its longer line first; "PREAMBLE" is one of its own.
        let is_wrapped = line.text.contains(' ') && line.text.len() * 7 <= prev.text.len() * 10;
        let is_centred = prev.cues.centred && line.cues.centred && is_wrapped && !look_changes(prev, line);
        if self.n_lines == 1 && hangs(&prev.text) && !look_changes(prev, line) && self.begins_sentence(at) {
            return true;
        }
        let (prev, line) = (&prev.text, &line.text);
        if !(hangs(prev) || last_mark(prev) == ',') || !self.is_loosely_full(at) && !is_centred {
            return false;
        }
        starts_low(line) || (is_capitals(prev) && is_capitals(line)) || (is_title_case(line) && hangs(line))
    }

    /// Whether a sentence, and no title, begins on the line of a label and fills it: "Article 5. Where makers send
    /// to the Lamp" goes on with "Board", capital or not.
    fn begins_sentence(&self, at: usize) -> bool {
        const SHORTEST: usize = 8;
        let label = label::division(&self.lines[at - 1].text);
        label.is_some_and(|label| label.rest.split(' ').count() >= SHORTEST && !is_title_case(label.rest))
            && self.lines[at].cues.bounds.is_some()
            && self.fills(at, 1.0)
    }

    /// Whether a line of the shape of a heading is one, and not the wrapped end of a citation.
    fn opens_division(&self, at: usize, division: &Division<'_>) -> bool {
        let is_next_page = self.lines[at - 1].page != self.lines[at].page;
        if !self.runs_into(at) || is_next_page && !self.is_cut_before(at) {
            return true;
        }
        let follows = Some(trailing_number(division.number)) == self.last_article.checked_add(1);
        let is_set_off = division.rest.is_empty() || division.separated;
        follows && is_set_off && !is_dangling(last_word(&self.lines[at - 1].text))
    }

    fn opens_item(&self, at: usize, marker: &label::Marker) -> bool {
        if marker.style.class == label::Class::Bullet || self.is_blank(at) {
            return true;
        }
        if self.lists_within(at, marker) {
            return false;
        }
        if self.marker.iter().chain(&self.last_number).any(|last| is_next(last, marker)) {
            return true;
        }
        let (prev, line) = (&self.lines[at - 1].text, &self.lines[at].text);
        let word = last_word(prev);
        let is_bare_number = marker.style.close == b' ' && !marker.is_item();
        if is_conjunction(word) {
            let after = line[marker.body..].split(' ').next().unwrap_or_default();
            // "on 22 and" and "23 September" are dates.
            return ends_list_item(prev) || !is_bare_number && !lists::REFERENCE_WORDS.contains(&after);
        }
        !(self.runs_into(at) || is_bare_number && self.is_full(at) && !ends_sentence(prev))
    }

    /// Whether an entry goes on with a list that runs within the paragraph: "(a) lamps," stands amid its lines, and
    /// "(b) wicks" had no room behind it.
    fn lists_within(&self, at: usize, marker: &label::Marker) -> bool {
        let Some(before) = mark_before(marker) else { return false };
        let block = &self.lines[at.saturating_sub(self.n_lines)..at];
        let (prev, line) = (&self.lines[at - 1], &self.lines[at]);
        let is_set_in = self.n_lines > 1 && line.cues.indent > prev.cues.indent + 1.0;
        !is_set_in
            && !matches!(self.state, State::BareDivision | State::Title)
            && self.fills(at, 1.0)
            && block.iter().any(|line| line.text.find(&before).is_some_and(|place| place > 0))
    }

    /// Whether the line before, without a mark at its end, runs on into this one.
    fn runs_into(&self, at: usize) -> bool {
        let prev = &self.lines[at - 1].text;
        !self.is_blank(at)
            && hangs(prev)
            && !matches!(self.state, State::BareDivision | State::Title)
            && (self.is_full(at) || is_dangling(last_word(prev)))
    }

    /// Whether the first word of line `at` had no room on the line before.
    fn is_full(&self, at: usize) -> bool {
        let share = if self.blanks_part { LOOSELY_FULL } else { 1.0 };
        self.fills(at, share)
    }

    fn is_loosely_full(&self, at: usize) -> bool {
        self.fills(at, LOOSELY_FULL)
    }

    fn fills(&self, at: usize, share: f32) -> bool {
        let prev = &self.lines[at - 1];
        if prev.cues.bounds.is_none() && (self.is_unwrapped || prev.text.len() > LONGEST_WRAPPED) {
            return false;
        }
        let line = &self.lines[at];
        let word = line.text.split(' ').next().unwrap_or_default();
        let needed = (word.chars().count() + 1) as f32 * letter_width(line);
        self.extents[at - 1] + needed > self.width(at) * share
    }

    /// The width of the column that line `at` would go on in: its second longest line, since the longest
    /// may be no wrapped line at all.
    fn width(&self, at: usize) -> f32 {
        let from = at.saturating_sub(NEIGHBOURS);
        let to = (at + NEIGHBOURS).min(self.lines.len());
        let (mut longest, mut second) = (0.0_f32, 0.0_f32);
        for index in from..to {
            let line = &self.lines[index];
            let is_wrapped = line.cues.bounds.is_some() || line.text.len() <= LONGEST_WRAPPED;
            if !is_wrapped || !share_column(line, &self.lines[at - 1]) {
                continue;
            }
            let extent = self.extents[index];
            second = second.max(extent.min(longest));
            longest = longest.max(extent);
        }
        let narrowest = NARROWEST * letter_width(&self.lines[at]);
        second.max(narrowest).max(self.usual_width)
    }

    fn note(
        &mut self,
        at: usize,
        join: Join,
        division: Option<&Division<'_>>,
        marker: Option<label::Marker>,
    ) {
        let text = &self.lines[at].text;
        if join != Join::Break {
            self.block_len += text.len() + 1;
            self.n_lines += 1;
            if self.state != State::Title {
                self.state = State::Text;
            }
            return;
        }
        self.block_len = text.len();
        self.n_lines = 1;
        self.marker = marker;
        self.last_number =
            self.marker.filter(|marker| marker.style.class == label::Class::Number).or(self.last_number);
        self.state = match division {
            Some(division) => {
                if division.level == chapeau_document::Level::Article {
                    self.last_article = trailing_number(division.number);
                }
                if division.rest.is_empty() { State::BareDivision } else { State::Title }
            }
            None if self.state == State::BareDivision && is_title_case(text) && hangs(text) => State::Title,
            None if marker.is_some_and(|marker| marker.body == text.len()) => State::BareMarker,
            None => State::Text,
        };
    }
}

/// Whether a line of capitals follows a sentence that has none: "OTHER BUSINESS" in minutes.
fn is_heading_below(prev: &str, line: &str) -> bool {
    matches!(last_mark(prev), '.' | '!' | '?')
        && line.contains(' ')
        && is_capitals(line)
        && !is_capitals(prev)
}

/// Whether a marker comes right after another in one list: "23." after "22.".
fn is_next(last: &label::Marker, marker: &label::Marker) -> bool {
    let is_sure = marker.style.close != b' ' && !marker.is_item();
    let follows = last.value.checked_add(1) == Some(marker.value);
    is_sure && last.style == marker.style && (follows || marker.is_inserted && last.value == marker.value)
}

fn is_text(line: &CleanLine<'_>) -> bool {
    line.cues.role == Role::Body
}

/// Whether two lines are of one paragraph, where the format tells paragraphs.
fn told_by_format(prev: &CleanLine<'_>, line: &CleanLine<'_>) -> Option<bool> {
    Some(prev.cues.block? == line.cues.block?)
}

/// Whether roles or whole paragraphs part two lines, whatever their words.
fn is_parted_by_format(prev: &CleanLine<'_>, line: &CleanLine<'_>) -> bool {
    let opens = match &line.cues.role {
        Role::Heading { .. } | Role::Item { .. } | Role::TableRow => true,
        // The lines of one note bear one mark; where notes are counted anew on each page, so do several notes.
        Role::Footnote { mark } if mark.is_empty() && told_by_format(prev, line) == Some(false) => true,
        Role::Footnote { mark } => prev.cues.role != line.cues.role || begins_with_mark(&line.text, mark),
        Role::Furniture => prev.cues.role != Role::Furniture,
        Role::Quotation => prev.cues.role != Role::Quotation,
        Role::Body => matches!(prev.cues.role, Role::Footnote { .. }),
    };
    let closes = matches!(prev.cues.role, Role::Heading { .. } | Role::TableRow)
        || (prev.cues.role == Role::Furniture && line.cues.role != Role::Furniture);
    opens || closes || prev.cues.whole
}

/// Whether letters change in size or weight, or the line in its setting.
fn look_changes(prev: &CleanLine<'_>, line: &CleanLine<'_>) -> bool {
    let (a, b) = (prev.cues, line.cues);
    a.bold != b.bold || a.centred != b.centred || (a.size - b.size).abs() > 0.12
}

/// The length that nine in ten lines keep within. Pages with columns have several widths, and
/// places to tell them by.
fn usual_width(lines: &[CleanLine<'_>]) -> f32 {
    let is_wrapped = |line: &&CleanLine<'_>| line.cues.bounds.is_none() && line.text.len() <= LONGEST_WRAPPED;
    let mut lengths: Vec<usize> =
        lines.iter().filter(is_wrapped).map(|line| line.text.chars().count()).collect();
    let place = lengths.len() * 9 / 10;
    if place >= lengths.len() {
        return 0.0;
    }
    *lengths.select_nth_unstable(place).1 as f32
}

/// Whether so many lines are longer than any that is wrapped that none is.
fn is_unwrapped(lines: &[CleanLine<'_>]) -> bool {
    let n_long =
        lines.iter().filter(|line| line.text.len() > LONGEST_WRAPPED && line.cues.bounds.is_none()).count();
    n_long * UNWRAPPED_SHARE > lines.len()
}

fn extent(line: &CleanLine<'_>) -> f32 {
    line.cues
        .bounds
        .map_or_else(|| line.cues.indent + line.text.chars().count() as f32, |bounds| bounds.right)
}

/// Whether two lines have some of the page's width in common, as far as they have places.
fn share_column(one: &CleanLine<'_>, other: &CleanLine<'_>) -> bool {
    let (Some(one), Some(other)) = (one.cues.bounds, other.cues.bounds) else { return true };
    one.left < other.right && other.left < one.right
}

/// Average width of a letter, in the unit of [`extent`].
fn letter_width(line: &CleanLine<'_>) -> f32 {
    line.cues
        .bounds
        .map_or(1.0, |bounds| (bounds.right - bounds.left) / line.text.chars().count().max(1) as f32)
}
