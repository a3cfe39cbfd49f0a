//! Numbering as a grammar: which level a marker belongs to, given the levels that are open.

mod blocks;

use chapeau_document::Span;

use crate::label::{Class, Marker, Style, misread};
use crate::letter_case::is_capitals;

/// A level of numbering that is open: its list, and where in the list we are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open<'a> {
    pub(super) style: Style,
    /// Whether its letters count as roman numerals.
    pub(super) is_roman: bool,
    value: u32,
    /// The marker as printed, without brackets and dots: "4.5", "a", "iv"; empty for bullets.
    pub(super) number: &'a str,
    /// Items since the list began, for lists without numbers.
    pub(super) count: u32,
    /// The words that introduce the list.
    pub(super) lead: Option<Span>,
    /// The heading of the numbered unit, where its marker has one.
    pub(super) title: Option<&'a str>,
    pub(super) told: Told,
    /// Whether it is one of the numbers that run on through the whole text.
    pub(super) runs: bool,
}

/// How the items of a list are told from those of another list with the same numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Told {
    /// There is no other, or nothing tells them apart.
    #[default]
    ByNumbers,
    /// By the label of the paragraph that introduces it.
    Under(String),
}

impl Open<'_> {
    /// Whether it is the first of its list by its number.
    pub(super) fn is_first(&self) -> bool {
        self.value == 1
    }

    /// "2" of a numbered paragraph in a block, "(a)" of a point.
    pub(super) fn number_in_block(&self) -> String {
        match self.style.class {
            Class::Number if !self.style.opened => self.number.to_owned(),
            _ => ["(", self.number, ")"].concat(),
        }
    }

    /// Whether the marker is the next of this list.
    fn is_before(&self, marker: &Marker) -> bool {
        let next = self.value.checked_add(1);
        let is_next = |reading: &Reading| {
            let follows = Some(reading.value) == next || marker.is_inserted && reading.value == self.value;
            reading.is_roman == self.is_roman && follows
        };
        self.style == marker.style && readings(marker).iter().flatten().any(is_next)
    }
}

/// The levels that are open, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering<'a> {
    pub(super) open: Vec<Open<'a>>,
    /// The lists that the last paragraph without a number closed: their next item opens them again.
    closed: Vec<Open<'a>>,
    /// The lists of a rule that go on behind the block that explains it.
    waiting: Vec<Open<'a>>,
    /// The last of the numbers that run on through the whole text.
    last_running: u32,
}

/// How a marker that stands for two values is read.
#[derive(Clone, Copy)]
struct Reading {
    is_roman: bool,
    value: u32,
}

impl<'a> Numbering<'a> {
    /// Opens or continues the level of a marker; everything deeper closes. `next` is the marker
    /// after it in the same style, `lead` the words before it that introduce a list.
    pub(super) fn place(
        &mut self,
        marker: &Marker,
        text: &'a str,
        next: Option<&Marker>,
        lead: Option<Span>,
    ) {
        let number = printed(text, marker);
        self.leave_block_for(marker);
        match marker.style.class {
            Class::Dotted(_) => self.place_dotted(marker, number, lead),
            Class::Dash | Class::Bullet => self.place_item(marker, lead),
            _ => match self.heading_before(marker, &text[marker.body..]) {
                Some(depth) => self.go_on(depth, Reading { is_roman: false, value: marker.value }, number),
                None => self.place_counted(marker, number, next, lead),
            },
        }
    }

    /// The level of headings in capitals that another one goes on with, whatever lists with the same marks
    /// stand in it: "3. LAMPS" after "2. OIL" and its points 1. and 2.
    fn heading_before(&self, marker: &Marker, words: &str) -> Option<usize> {
        let heads =
            |open: &Open<'_>| open.title.is_some_and(is_capitals) && open.is_before(marker) && !open.is_roman;
        self.open.iter().position(heads).filter(|_| is_capitals(words))
    }

    /// "4.5.1" belongs under "4.5" or "4".
    fn place_dotted(&mut self, marker: &Marker, number: &'a str, lead: Option<Span>) {
        // "(1)" in "1.3" numbers an item, not a chapter of "1.4".
        let is_under = |open: &Open<'_>| {
            !open.number.is_empty()
                && !open.style.opened
                && open.style.close != b')'
                && number.strip_prefix(open.number).is_some_and(|rest| rest.starts_with('.'))
        };
        // "2.6" goes on with "2.5", not with the point "2." in it.
        let is_beside = |open: &Open<'_>| {
            matches!(open.style.class, Class::Dotted(_))
                && above(open.number) == above(number)
                && open.value < marker.value
        };
        let beside = self.open.iter().rposition(is_beside);
        let under = self.open.iter().rposition(is_under).map(|at| at + 1);
        let depth = beside.or(under).unwrap_or(0);
        // What comes before a sibling does not introduce it.
        let lead = lead.filter(|_| depth == self.open.len());
        self.open.truncate(depth);
        self.push(marker.style, Reading { is_roman: false, value: marker.value }, number, lead);
    }

    fn place_item(&mut self, marker: &Marker, lead: Option<Span>) {
        if let Some(depth) = self.open.iter().rposition(|open| open.style == marker.style) {
            self.open.truncate(depth + 1);
            if let Some(open) = self.open.last_mut() {
                open.count += 1;
            }
            return;
        }
        self.push(marker.style, Reading { is_roman: false, value: 0 }, "", lead);
    }

    fn place_counted(&mut self, marker: &Marker, number: &'a str, next: Option<&Marker>, lead: Option<Span>) {
        self.reopen(marker);
        let own = |open: &Open<'_>| open.style == marker.style && open.value == marker.value;
        if let Some(depth) = self.open.iter().rposition(own).filter(|_| marker.is_inserted) {
            return self.go_on(depth, Reading { is_roman: false, value: marker.value }, number);
        }
        let continued = self.continued(marker, next);
        if let Some((depth, reading)) = continued {
            return self.go_on(depth, reading, number);
        }
        let readings = readings(marker);
        let starts = readings.iter().flatten().find(|reading| reading.value == 1).copied();
        let same = self.open.iter().rposition(|open| {
            open.style == marker.style && starts.is_none_or(|start| start.is_roman == open.is_roman)
        });
        let same = same.filter(|_| !self.begins_in_block(same, starts));
        match (starts, same) {
            // A list that starts anew: within another where words introduce it, else in its place.
            (Some(reading), Some(depth)) if lead.is_none() || depth + 1 == self.open.len() => {
                self.open.truncate(depth);
                self.push(marker.style, reading, number, lead);
            }
            (Some(reading), _) => self.push(marker.style, reading, number, lead),
            (None, Some(depth)) => {
                let is_roman = self.open[depth].is_roman && marker.roman.is_some();
                let value = if is_roman { marker.roman.unwrap_or(marker.value) } else { marker.value };
                self.go_on(depth, Reading { is_roman, value }, number);
            }
            (None, None) => {
                let reading = readings.into_iter().flatten().next();
                let reading = reading.unwrap_or(Reading { is_roman: false, value: marker.value });
                self.close_for(marker.style);
                self.push(marker.style, reading, number, lead);
            }
        }
    }

    /// A list that begins in its middle stands beside what is open at its own rank: numbers are
    /// never inside letters without a reason.
    fn close_for(&mut self, style: Style) {
        if style.class == Class::Number {
            let is_inner = |open: &Open<'_>| {
                matches!(open.style.class, Class::Lower | Class::Dash | Class::Bullet)
                    || open.style.opened && !style.opened
            };
            let depth = self.open.iter().position(is_inner).unwrap_or(self.open.len());
            self.open.truncate(depth);
        }
    }

    /// The level that the marker is the next of, innermost first.
    fn continued(&self, marker: &Marker, next: Option<&Marker>) -> Option<(usize, Reading)> {
        let found = self.open.iter().enumerate().rev().find_map(|(depth, open)| {
            let is_next = |reading: &Reading| {
                open.style == marker.style
                    && open.is_roman == reading.is_roman
                    && Some(reading.value) == open.value.checked_add(1)
            };
            let reading = readings(marker).into_iter().flatten().find(is_next)?;
            Some((depth, reading))
        })?;
        // "(i)" after "(h)" is a letter unless "(ii)" comes next.
        let starts_roman = !found.1.is_roman && marker.roman == Some(1);
        let roman_follows = next.is_some_and(|next| next.roman == Some(2));
        (!(starts_roman && roman_follows)).then_some(found)
    }

    /// Counts an item whose printed number is not the one that is due.
    pub(super) fn go_on_misread(&mut self) {
        if let Some(open) = self.open.last_mut() {
            (open.value, open.count, open.title) = (open.value.saturating_add(1), open.count + 1, None);
        }
    }

    /// Whether the letters of a marker look like those of the next item: "(I)" or "(1)" for "(l)" behind "(k)".
    pub(super) fn looks_like_next(&self, text: &str) -> bool {
        let is_letter =
            |open: &&Open<'_>| open.style.class == Class::Lower && open.style.opened && !open.is_roman;
        let Some(open) = self.open.last().filter(is_letter) else { return false };
        let next = (b'a'..=b'z').nth(open.value as usize);
        let printed =
            text.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(printed, _)| printed);
        matches!((next, printed), (Some(b'l'), Some("I" | "1")) | (Some(b'i'), Some("1")))
    }

    /// Whether `next` comes two behind the innermost item, and `marker` is not the one between: its
    /// number is misprinted, or was read wrongly.
    pub(super) fn skips(&self, marker: &Marker, next: &Marker) -> bool {
        let Some(open) = self.open.last() else { return false };
        let is_at = |marker: &Marker, value: Option<u32>| {
            let has_value =
                |reading: &Reading| reading.is_roman == open.is_roman && Some(reading.value) == value;
            marker.style == open.style && readings(marker).iter().flatten().any(has_value)
        };
        !marker.is_inserted
            && is_at(next, open.value.checked_add(2))
            && !is_at(marker, open.value.checked_add(1))
    }

    /// Gives the innermost level its title, and says whether it runs on: a heading does where it is the next of the
    /// numbers that do ("179. General").
    pub(super) fn set_title(&mut self, title: Option<&'a str>, running: Option<Style>) {
        let Some((open, outer)) = self.open.split_last_mut() else { return };
        open.title = title;
        for outer in outer.iter_mut().filter(|outer| Some(outer.style) == running && outer.title.is_none()) {
            (outer.runs, self.last_running) = (true, outer.value);
        }
        open.runs = Some(open.style) == running && (title.is_none() || open.value == self.last_running + 1);
        self.last_running = if open.runs { open.value } else { self.last_running };
    }

    /// The number of the outermost level.
    pub(super) fn outermost(&self) -> Option<u32> {
        self.open.first().map(|open| open.value)
    }

    /// Whether the innermost level stands in headings only.
    pub(super) fn is_outermost_text(&self) -> bool {
        self.open.iter().rev().skip(1).all(|open| open.title.is_some())
    }

    /// Closes all levels for good.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.closed.clear();
        self.waiting.clear();
    }

    /// Closes all levels but the outermost, for a heading; it ends a list of bullets.
    pub(super) fn keep_outermost(&mut self) {
        let is_list =
            |open: &Open<'_>| matches!(open.style.class, Class::Dash | Class::Bullet) && !open.style.opened;
        if self.open.first().is_some_and(is_list) {
            return self.clear();
        }
        if self.open.len() > 1 {
            let closed = self.open.split_off(1);
            self.close(closed);
        }
    }

    /// Keeps levels that were closed, outermost first, before those that were closed earlier.
    fn close(&mut self, levels: Vec<Open<'a>>) {
        let earlier = std::mem::replace(&mut self.closed, levels);
        self.closed.extend(earlier);
    }

    /// Whether a marker is the next of a list that was closed: a heading between was none, or stood
    /// within the list.
    pub(super) fn goes_on_with(&self, marker: &Marker) -> bool {
        self.closed.iter().any(|open| open.is_before(marker))
    }

    /// "(b)" after a paragraph that followed "(a)" goes on with the list of "(a)".
    fn reopen(&mut self, marker: &Marker) {
        let closed = std::mem::take(&mut self.closed);
        if let Some(depth) = closed.iter().rposition(|open| open.is_before(marker)) {
            self.open.extend(closed.into_iter().take(depth + 1));
        }
    }

    fn go_on(&mut self, depth: usize, reading: Reading, number: &'a str) {
        self.open.truncate(depth + 1);
        if let Some(open) = self.open.last_mut() {
            open.value = reading.value;
            open.number = number;
            open.count += 1;
            open.title = None;
        }
    }

    fn push(&mut self, style: Style, reading: Reading, number: &'a str, lead: Option<Span>) {
        let Reading { is_roman, value } = reading;
        self.open.push(Open {
            style,
            is_roman,
            value,
            number,
            count: 1,
            lead,
            title: None,
            told: Told::ByNumbers,
            runs: false,
        });
    }

    /// Closes the lists that words without a marker stand after: closing words in small letters
    /// end the innermost list, a new paragraph all lists within the outermost number.
    pub(super) fn close_lists(&mut self, is_low: bool) {
        if self.is_in_block() {
            return;
        }
        if is_low {
            let closed = self.open.pop().into_iter().collect();
            return self.close(closed);
        }
        let is_number =
            |open: &Open<'_>| matches!(open.style.class, Class::Number | Class::Dotted(_) | Class::Block);
        let depth = self.open.iter().rposition(is_number).map_or(0, |at| at + 1);
        let closed = self.open.split_off(depth);
        self.close(closed);
    }
}

/// Letters that are a roman numeral first as the numeral, since most lists that start with "(i)"
/// are roman.
fn readings(marker: &Marker) -> [Option<Reading>; 2] {
    let roman = marker.roman.map(|value| Reading { is_roman: true, value });
    let plain = (marker.value != u32::MAX).then_some(Reading { is_roman: false, value: marker.value });
    let is_likely_roman = marker.roman == Some(1) || plain.is_none();
    if is_likely_roman { [roman, plain] } else { [plain, roman] }
}

/// "4.5" of "4.5.1".
fn above(number: &str) -> Option<&str> {
    number.rsplit_once('.').map(|(above, _)| above)
}

/// The marker without brackets and dots.
fn printed<'a>(text: &'a str, marker: &Marker) -> &'a str {
    if marker.is_item() {
        return "";
    }
    let is_sign = |c: char| "()[].:°º -¹²³⁰⁴⁵⁶⁷⁸⁹".contains(c);
    let number = text[..marker.len].trim_matches(is_sign);
    misread::numeral(number).filter(|_| marker.style.class == Class::Upper).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::marker;

    /// Each marker with the numbers of the levels it stands in.
    fn check(markers: &str, expected: &str) {
        let texts: Vec<String> = markers.split(' ').map(|text| format!("{text} Words")).collect();
        let read: Vec<Marker> = texts.iter().map(|text| marker(text).expect("a marker")).collect();
        let mut numbering = Numbering::default();
        let mut found = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let next = read[at + 1..].iter().find(|next| next.style == read[at].style);
            numbering.place(&read[at], text, next, None);
            let numbers: Vec<&str> = numbering.open.iter().map(|open| open.number).collect();
            found.push(numbers.join("/"));
        }
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn levels_follow_from_what_is_open() {
        check("1. (a) (i) (ii) (b) 2.", "1 1/a 1/a/i 1/a/ii 1/b 2");
        check("(g) (h) (i) (j)", "g h i j");
        check("(g) (h) (i) (ii) (i) (ii)", "g h h/i h/ii h/i h/ii");
        check("1. 1.1 1.2 2. 2.1", "1 1/1.1 1/1.2 2 2/2.1");
        check("1.3 (1) (2) 1.4 1) 2) 2.1", "1.3 1.3/1 1.3/2 1.4 1.4/1 1.4/2 2.1");
        check("4.5 4.5.1 (1) (a) 4.5.2 4.6", "4.5 4.5/4.5.1 4.5/4.5.1/1 4.5/4.5.1/1/a 4.5/4.5.2 4.6");
        check("A. 1. 2. B. 3. (a) 4.", "A A/1 A/2 B B/3 B/3/a B/4");
        check("a) b) i) ii) c)", "a b b/i b/ii c");
        check("(x) (y) (z) (aa) (bb)", "x y z aa bb");
        check("1. (iv) (v) 2.", "1 1/iv 1/v 2");
        check("2. 2.5 2.6 2.6.1 2.7", "2 2/2.5 2/2.6 2/2.6/2.6.1 2/2.7");
        check("1. 1a. (a) (aa) (b) 1b. 2.", "1 1a 1a/a 1a/aa 1a/b 1b 2");
    }
}
