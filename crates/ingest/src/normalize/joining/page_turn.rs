//! Whether a paragraph goes on over the end of a page.
//!
//! The space above the first line of a page says nothing, since a running head may have stood there. What
//! tells is how the sentence ends and begins, whether the last line was full, and how far lines are indented:
//! a line that stands where the second lines of paragraphs stand, and not where the first ones do, begins none.

use super::endings::{ends, ends_list_item, hangs, is_conjunction, is_dangling, last_mark, last_word};
use super::{BLANK, CleanLine, Joiner, State};
use crate::Role;
use crate::label;
use crate::letter_case::starts_low;
use crate::split::is_recital;

/// Lines begin at one place if their indents differ by less than so many ems.
const SAME_INDENT: f32 = 0.6;
/// First lines stand further in or out than the others by at least so many ems.
const FIRST_INDENT: f32 = 1.0;

/// How far the first line of a paragraph and its others are indented, in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    first: f32,
    others: f32,
}

impl Setting {
    /// The usual settings of the paragraphs of a text that begin with a mark or number, and of those with
    /// none; `None` where first lines are not told apart. Only lines with places show it.
    pub(super) fn of(lines: &[CleanLine<'_>]) -> (Option<Self>, Option<Self>) {
        let mut indents = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
        for pair in lines.windows(2) {
            let (above, below) = (&pair[0], &pair[1]);
            let is_text = above.cues.role == Role::Body && below.cues.role == Role::Body;
            if !is_text || above.cues.bounds.is_none() || below.space_above >= BLANK {
                continue;
            }
            if !starts_low(&below.text) || ends(&above.text) {
                continue;
            }
            let is_marked = label::marker(&above.text).is_some();
            let is_set_in = above.cues.indent - below.cues.indent >= FIRST_INDENT;
            if is_marked || is_set_in || above.space_above >= BLANK && above.page == below.page {
                let (firsts, others) = &mut indents[usize::from(is_marked)];
                firsts.push(above.cues.indent);
                others.push(below.cues.indent);
            }
        }
        let [unmarked, marked] = indents.map(|(firsts, others)| Self::usual(firsts, others));
        (marked, unmarked)
    }

    fn usual(mut firsts: Vec<f32>, mut others: Vec<f32>) -> Option<Self> {
        let setting = Self { first: median(&mut firsts)?, others: median(&mut others)? };
        ((setting.first - setting.others).abs() >= FIRST_INDENT).then_some(setting)
    }

    /// Whether a line stands where paragraphs begin (`Some(true)`), or where they go on.
    fn begins(self, indent: f32) -> Option<bool> {
        let is_near = |place: f32| (indent - place).abs() < SAME_INDENT;
        match (is_near(self.first), is_near(self.others)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

impl Joiner<'_> {
    /// Whether line `at`, the first of its page and no item or heading, goes on with the block.
    pub(super) fn goes_over_page(&self, at: usize) -> bool {
        let (prev, line) = (&self.lines[at - 1], &self.lines[at]);
        if matches!(self.state, State::BareDivision | State::Title) || super::look_changes(prev, line) {
            return self.is_cut_off(at);
        }
        let begins = self.stands_first(at);
        let is_low = starts_low(&line.text);
        if !is_low && is_conjunction(last_word(&prev.text)) && ends_list_item(&prev.text) {
            return false;
        }
        match last_mark(&prev.text) {
            '.' | '!' | '?' => is_low || begins == Some(false) && self.is_full(at),
            ';' | ':' => is_low && (begins == Some(false) || self.is_full(at)),
            ',' if is_low => true,
            ',' => begins != Some(true) && self.is_full(at) && !is_recital(&line.text),
            _ if is_low || is_dangling(last_word(&prev.text)) => true,
            // Who signed stands alone on a line, at the right margin.
            _ if self.n_lines == 1 && is_name(&prev.text) => false,
            _ => begins != Some(true) && (self.is_full(at) || !line.text.starts_with(char::is_alphabetic)),
        }
    }

    /// Whether line `at` begins in the middle of a sentence, whatever the format says.
    pub(super) fn is_cut_off(&self, at: usize) -> bool {
        self.state == State::Text && starts_low(&self.lines[at].text) && !ends(&self.lines[at - 1].text)
    }

    /// Whether what the format calls an item is the rest of one that the page's end cut.
    pub(super) fn is_item_cut_off(&self, at: usize) -> bool {
        let is_text = matches!(self.lines[at - 1].cues.role, Role::Body | Role::Item { .. });
        let is_open = self.state == State::Text && hangs(&self.lines[at - 1].text) && self.is_full(at);
        is_text && label::marker(&self.lines[at].text).is_none() && (is_open || self.is_cut_off(at))
    }

    /// Whether line `at`, which has no mark, stands where paragraphs have their first lines, or where the block has
    /// its others.
    pub(super) fn stands_first(&self, at: usize) -> Option<bool> {
        let (prev, indent) = (self.lines[at - 1].cues.indent, self.lines[at].cues.indent);
        let marked = self.marked.filter(|_| self.marker.is_some()).and_then(|setting| setting.begins(indent));
        let is_as_before = self.n_lines > 1 && (prev - indent).abs() < SAME_INDENT;
        let begins = self.unmarked.and_then(|setting| setting.begins(indent));
        if marked == Some(false) { Some(false) } else { begins.filter(|begins| !(*begins && is_as_before)) }
    }

    /// Whether the mark or heading that line `at`, the first of its page, seems to begin with is the middle of
    /// a sentence: "19 December 2050" after "the decision of".
    pub(super) fn is_cut_before(&self, at: usize) -> bool {
        let prev = &self.lines[at - 1];
        let is_unfinished = hangs(&prev.text) && self.state == State::Text;
        let word = last_word(&prev.text);
        is_unfinished
            && (is_dangling(word) || self.is_full(at) && prev.text.len() >= super::LONG_ENOUGH_TO_RUN_ON)
    }
}

/// Whether a line may be a name, or two beside one another: a few words, all with a capital.
fn is_name(line: &str) -> bool {
    const MOST: usize = 6;
    let mut n_words = 0;
    line.split_whitespace().all(|word| {
        n_words += 1;
        n_words <= MOST && word.starts_with(char::is_uppercase)
    })
}

fn median(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
