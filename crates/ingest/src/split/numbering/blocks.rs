//! Blocks with a heading of their own within a list of rules: what is numbered in them counts by itself, and
//! the rules go on behind them.

use super::{Class, Marker, Numbering, Open, Reading, Style, Told};

impl<'a> Numbering<'a> {
    /// Opens a block with this label behind the innermost rule, whose lists wait until it ends; `is_whole`
    /// says that it explains all of the division, not one number.
    pub(in crate::split) fn open_block(&mut self, label: &'a str, is_whole: bool) {
        self.leave_block();
        let depth = if is_whole { 0 } else { self.rule().map_or(0, |at| at + 1) };
        self.waiting = self.open.split_off(depth);
        self.closed.clear();
        let style = Style { class: Class::Block, opened: false, close: b' ' };
        self.open.push(Open {
            style,
            is_roman: false,
            value: 0,
            number: label,
            count: 1,
            lead: None,
            title: Some(label),
            told: Told::ByNumbers,
            runs: false,
        });
    }

    /// Closes the block that is open, with all in it; says whether one was.
    pub(in crate::split) fn leave_block(&mut self) -> bool {
        let Some(block) = self.block() else { return false };
        self.open.truncate(block);
        self.closed.clear();
        self.open.append(&mut self.waiting);
        true
    }

    /// Where the open block is.
    pub(super) fn block(&self) -> Option<usize> {
        self.open.iter().position(|open| open.style.class == Class::Block)
    }

    /// Whether a block is open, and no number in it.
    pub(in crate::split) fn is_in_block(&self) -> bool {
        self.open.last().is_some_and(|open| open.style.class == Class::Block)
    }

    /// Whether a block is open.
    pub(in crate::split) fn has_block(&self) -> bool {
        self.block().is_some()
    }

    /// The innermost number that is a rule: "4.3.1" or "7.", not "(2)".
    fn rule(&self) -> Option<usize> {
        self.open.iter().rposition(|open| {
            matches!(open.style.class, Class::Number | Class::Dotted(_)) && !open.style.opened
        })
    }

    /// Whether a marker is the next of the rules that are open, or of their lists.
    pub(in crate::split) fn is_next_rule(&self, marker: &Marker) -> bool {
        self.open.iter().chain(&self.waiting).any(|open| open.is_before(marker))
    }

    /// Leaves the block where the rules before it go on: no list in it has this marker as its next.
    pub(super) fn leave_block_for(&mut self, marker: &Marker) {
        let Some(block) = self.block() else { return };
        let (outer, inner) = self.open.split_at(block);
        let goes_on = |levels: &[Open<'_>]| levels.iter().any(|open| open.is_before(marker));
        if !goes_on(inner) && (goes_on(outer) || goes_on(&self.waiting)) {
            self.leave_block();
        }
    }

    /// The list that begins with a marker in a block is within it.
    pub(super) fn begins_in_block(&self, same: Option<usize>, starts: Option<Reading>) -> bool {
        starts.is_some() && self.block().is_some_and(|block| same.is_none_or(|same| same < block))
    }
}
