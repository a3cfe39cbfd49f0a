//! Tagged pages: how far the structure tree is believed, and the rows that it makes.
//!
//! A tree may leave out half of a page, be made of lines instead of paragraphs, or say nothing but
//! what a machine guessed. So it orders a page only where it covers it and its order is one in which
//! a reader could go; and its paragraphs and headings count only where they are made of sentences.

use std::collections::{HashMap, HashSet};

use super::fragment::Fragment;
use super::glyph::{GlyphPage, NO_BLOCK};
use super::layout::{Cell, LaidLine, LaidPage};
use super::order::{self, Row};
use super::structure::{Kind, Structure};

/// The tree covers a page if it holds this part, in percent, of the letters that are no artifact.
const COVERED_PERCENT: usize = 90;
/// Blocks are lines, not paragraphs, if this part of them, in percent, end in mid-sentence.
const CUT_PERCENT: usize = 20;
/// Fewest blocks that show it.
const FEWEST_CUT: usize = 5;
/// Headings are none if they hold more than this part, in percent, of all letters.
const HEADING_PERCENT: usize = 40;
/// Longest heading, in letters, and longest one that ends as a sentence does.
const LONGEST_HEADING: usize = 200;
const LONGEST_SENTENCE: usize = 60;
/// A cell of more words, with a stop at its end, is a sentence.
const SENTENCE_WORDS: usize = 5;

/// What the structure tree says of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineBlock {
    /// Lines of one number run on.
    pub(super) number: u32,
    pub(super) kind: Kind,
    /// Whether it is a row of a table, its cells put side by side.
    pub(super) is_row: bool,
}

/// A row as the tree gives it.
#[derive(Debug)]
pub(super) struct TaggedRow {
    pub(super) fragments: Row,
    pub(super) block: Option<LineBlock>,
}

/// Whether the tree covers a page.
pub(super) fn covers(page: &GlyphPage) -> bool {
    let (mut n_tagged, mut n_letters) = (0, 0);
    for glyph in &page.glyphs {
        if !glyph.letters.is_space() && !glyph.traits.has(super::glyph::Traits::ARTIFACT) {
            n_letters += 1;
            n_tagged += usize::from(glyph.block != NO_BLOCK);
        }
    }
    n_tagged > 0 && n_tagged * 100 >= n_letters * COVERED_PERCENT
}

/// Takes the blocks from all glyphs of a page.
pub(super) fn forget(page: &mut GlyphPage) {
    for glyph in &mut page.glyphs {
        glyph.block = NO_BLOCK;
    }
}

/// The rows of a covered page in the tree's order; `None` where no reader would go so.
pub(super) fn rows(fragments: &[Fragment], structure: &Structure) -> Option<Vec<TaggedRow>> {
    let rows = rows_of_groups(fragments, &groups(fragments, structure), structure);
    let order: Vec<Row> = rows.iter().map(|row| row.fragments.clone()).collect();
    order::is_readable(fragments, &order).then_some(rows)
}

/// Fragments that belong together: of one block, or of one row of a table.
struct Group {
    block: u32,
    row: Option<u32>,
    fragments: Vec<u32>,
}

fn groups(fragments: &[Fragment], structure: &Structure) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for at in in_order(fragments, structure) {
        let block = fragments[at as usize].block;
        let row = structure.place(block).map(|place| place.row);
        match groups.last_mut() {
            Some(group) if group.block == block || row.is_some() && group.row == row => {
                group.fragments.push(at);
            }
            _ => groups.push(Group { block, row, fragments: vec![at] }),
        }
    }
    groups
}

/// Numbers of the fragments by block, notes last; what has no block stays behind what it follows in
/// the stream, but what stands above all blocks, as a masthead does, comes first.
fn in_order(fragments: &[Fragment], structure: &Structure) -> Vec<u32> {
    let tagged = fragments.iter().filter(|fragment| fragment.block != NO_BLOCK);
    let top = tagged.map(|fragment| fragment.baseline).fold(f32::INFINITY, f32::min);
    let mut last = Some((false, 0));
    let mut keyed = Vec::with_capacity(fragments.len());
    for (fragment, at) in fragments.iter().zip(0..) {
        let is_outside = fragment.block == NO_BLOCK;
        if !is_outside {
            let is_note = matches!(structure.block(fragment.block).kind, Kind::Note(_));
            last = Some((is_note, fragment.block));
        }
        let is_above = is_outside && fragment.baseline + fragment.size < top;
        keyed.push((last.filter(|_| !is_above), is_outside, at));
    }
    keyed.sort();
    keyed.into_iter().map(|(_, _, at)| at).collect()
}

fn rows_of_groups(fragments: &[Fragment], groups: &[Group], structure: &Structure) -> Vec<TaggedRow> {
    let mut rows: Vec<TaggedRow> = Vec::new();
    // Whether the last group is a single row, which the next may stand beside.
    let mut is_single = false;
    for group in groups {
        let kind = structure.block(group.block).kind;
        let block = LineBlock { number: group.block, kind, is_row: group.row.is_some() };
        let block = (group.block != NO_BLOCK).then_some(block);
        if group.row.is_some() {
            rows.push(TaggedRow { fragments: group.fragments.clone(), block });
            is_single = false;
            continue;
        }
        let mut own = order::stream_rows(fragments, &group.fragments);
        let was_single = std::mem::replace(&mut is_single, own.len() == 1);
        if let (true, true, Some(last)) = (is_single, was_single, rows.last_mut())
            && order::stands_beside(fragments, &last.fragments, &own[0], 0.0)
        {
            last.fragments.append(&mut own[0]);
            continue;
        }
        rows.extend(own.into_iter().map(|fragments| TaggedRow { fragments, block }));
    }
    rows
}

/// The fragments of a row of a table, cell by cell.
pub(super) fn cells(row: &Row, fragments: &[Fragment], structure: &Structure) -> Vec<Row> {
    let mut cells: Vec<(Option<u16>, Row)> = Vec::new();
    for &at in row {
        let cell = structure.place(fragments[at as usize].block).map(|place| place.cell);
        match cells.last_mut() {
            Some((last, cells)) if *last == cell => cells.push(at),
            _ => cells.push((cell, vec![at])),
        }
    }
    cells.into_iter().map(|(_, row)| row).collect()
}

/// A sentence with its number in a cell of its own is a paragraph, though its maker laid it out as a row.
pub(super) fn unless_numbered(line: LaidLine) -> LaidLine {
    let is_number = |cell: &str| {
        let bare = cell.trim_start_matches('(');
        let inner = bare.trim_end_matches(['.', ')']);
        inner.len() < bare.len()
            && (1..=4).contains(&inner.len())
            && inner.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let is_sentence = |cell: &str| {
        cell.split(' ').count() > SENTENCE_WORDS
            && cell.ends_with(['.', ';', ',', ':'])
            && !cell.contains('\t')
    };
    let is_paragraph =
        line.text.split_once('\t').is_some_and(|(first, rest)| is_number(first) && is_sentence(rest));
    if !(line.is_row && is_paragraph) {
        return line;
    }
    let block = line.block.map(|block| LineBlock { is_row: false, ..block });
    let cells = vec![Cell { left: line.left, right: line.right, is_wide: false }];
    LaidLine { is_row: false, text: line.text.replace('\t', " "), cells, block, ..line }
}

/// Leaves of the tree only what is to be believed: all of it, or not its headings, or nothing.
/// Says what was found, if there are tagged pages at all.
pub(super) fn settle(pages: &mut [LaidPage]) -> Option<&'static str> {
    let blocks = blocks(pages);
    if blocks.is_empty() {
        return None;
    }
    if are_lines(&blocks) {
        each_block(pages, |block| *block = None);
        return Some("its paragraphs end in mid-sentence and are not used");
    }
    let n_letters: usize = blocks.iter().map(|block| block.n_letters).sum();
    let in_headings: usize =
        blocks.iter().filter(|block| is_heading(block.kind)).map(|block| block.n_letters).sum();
    let all_are_headings = in_headings * 100 > n_letters * HEADING_PERCENT;
    let none: HashMap<u32, bool> = blocks.iter().map(|block| (block.number, !block.heads())).collect();
    each_block(pages, |block| {
        if let Some(block) = block.as_mut().filter(|block| is_heading(block.kind))
            && (all_are_headings || none.get(&block.number).copied().unwrap_or(false))
        {
            block.kind = Kind::Text;
        }
    });
    go_on_over_pages(pages);
    Some(if all_are_headings {
        "most of it is called a heading, so none is"
    } else {
        "its paragraphs are used"
    })
}

/// An item that goes on on the next page begins none there.
fn go_on_over_pages(pages: &mut [LaidPage]) {
    let mut seen: HashSet<u32> = HashSet::new();
    for page in pages {
        let blocks = || page.lines.iter().filter_map(|line| line.block);
        let items: Vec<u32> =
            blocks().filter(|block| matches!(block.kind, Kind::Item(_))).map(|block| block.number).collect();
        for block in page.lines.iter_mut().filter_map(|line| line.block.as_mut()) {
            if matches!(block.kind, Kind::Item(_)) && seen.contains(&block.number) {
                block.kind = Kind::Text;
            }
        }
        seen.extend(items);
    }
}

fn each_block(pages: &mut [LaidPage], change: impl Fn(&mut Option<LineBlock>)) {
    pages.iter_mut().flat_map(|page| &mut page.lines).for_each(|line| change(&mut line.block));
}

/// A block with all its lines, on whatever pages.
struct WholeBlock<'a> {
    number: u32,
    kind: Kind,
    first: &'a str,
    last: &'a str,
    n_letters: usize,
}

impl WholeBlock<'_> {
    /// Whether it can be a heading, if it is called one.
    fn heads(&self) -> bool {
        let ends_sentence = self.last.trim_end().ends_with(['.', ';', ':', ',']);
        self.n_letters <= if ends_sentence { LONGEST_SENTENCE } else { LONGEST_HEADING }
    }
}

fn is_heading(kind: Kind) -> bool {
    matches!(kind, Kind::Heading(_))
}

/// The blocks of text, in order.
fn blocks(pages: &[LaidPage]) -> Vec<WholeBlock<'_>> {
    let mut blocks: Vec<WholeBlock<'_>> = Vec::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        let Some(LineBlock { number, kind, is_row: false }) = line.block else { continue };
        let (text, n_letters) = (line.text.as_str(), line.n_letters as usize);
        match blocks.last_mut() {
            Some(block) if block.number == number => {
                block.last = text;
                block.n_letters += n_letters;
            }
            _ => blocks.push(WholeBlock { number, kind, first: text, last: text, n_letters }),
        }
    }
    blocks
}

/// Whether the blocks are cut without regard for sentences.
fn are_lines(blocks: &[WholeBlock<'_>]) -> bool {
    let is_text = |block: &&WholeBlock<'_>| matches!(block.kind, Kind::Text);
    let texts: Vec<&WholeBlock<'_>> = blocks.iter().filter(is_text).collect();
    let is_cut = |pair: &&[&WholeBlock<'_>]| {
        let ends_small = pair[0].last.trim_end().ends_with(char::is_lowercase);
        ends_small && pair[1].first.starts_with(char::is_lowercase)
    };
    let n_cut = texts.windows(2).filter(is_cut).count();
    n_cut >= FEWEST_CUT && n_cut * 100 >= texts.len() * CUT_PERCENT
}

/// The number of the block that a line belongs to, for its paragraph to be told by.
pub(super) fn paragraph(line: &LaidLine) -> Option<u32> {
    line.block.filter(|block| !block.is_row).map(|block| block.number)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, tagged};

    #[track_caller]
    fn check(sheet: Sheet, tree: &str, expected: &Expect) {
        let extracted = read(&tagged(&[sheet], tree)).expect("the page has text");
        expected.assert_eq(&shown_pages(&extracted));
    }

    fn elements(kinds: &[&str]) -> String {
        let element = |(kind, at): (&&str, usize)| format!("<< /S /{kind} /Pg 6 0 R /K {at} >>");
        format!("/K [{}]", kinds.iter().zip(0..).map(element).collect::<Vec<_>>().join(" "))
    }

    /// A line for each piece of marked content, from the top down.
    fn lines(texts: &[&str]) -> Sheet {
        texts.iter().zip(0u8..).fold(Sheet::default(), |sheet, (text, at)| {
            sheet.marked(u32::from(at), 60.0, 700.0 - 14.0 * f32::from(at), text)
        })
    }

    #[test]
    fn the_tree_tells_order_headings_and_notes() {
        let sheet = Sheet::default()
            .marked(2, 60.0, 640.0, "Members publish their fees.")
            .marked(1, 60.0, 660.0, "Members agree\u{b9} on fees.")
            .marked(3, 60.0, 620.0, "1 In part.")
            .marked(0, 60.0, 680.0, "Fees");
        let tree = "/RoleMap << /Titre /H2 >> /K << /S /Document /Pg 6 0 R /K [<< /S /Titre /K 0 >> \
                    << /S /P /K [<< /Type /MCR /MCID 1 >> << /S /Note /K 3 >>] >> << /S /P /K 2 >>] >>";
        check(
            sheet,
            tree,
            &expect![[r#"
            -- page 1
            == Fees
            Members agree¹ on fees.
            Members publish their fees.
            [1] 1 In part.
        "#]],
        );
    }

    #[test]
    fn a_masthead_outside_the_tree_comes_first() {
        let sheet = lines(&["The lamps of all guilds are", "measured once a year by"])
            .marked(9, 60.0, 660.0, "the Board of Kettles.")
            .raw("/Artifact BMC")
            .text(60.0, 760.0, "Journal of Lamps 12.7.2050")
            .raw("EMC");
        let tree = "/K [<< /S /P /Pg 6 0 R /K [0 1 9] >>]";
        check(
            sheet,
            tree,
            &expect![[r#"
            -- page 1
            ~ Journal of Lamps 12.7.2050
            The lamps of all guilds are
            measured once a year by
            the Board of Kettles.
        "#]],
        );
    }

    #[test]
    fn a_row_is_read_cell_by_cell() {
        let sheet = Sheet::default()
            .marked(0, 60.0, 700.0, "Upper")
            .marked(1, 160.0, 700.0, "Twelve crowns, or")
            .marked(0, 60.0, 688.0, "Lock")
            .marked(1, 160.0, 688.0, "eleven on Sun-")
            .marked(1, 160.0, 676.0, "days");
        let cells = "<< /S /TD /K 0 >> << /S /TD /K << /S /P /K 1 >> >>";
        let tree = format!("/K << /S /Table /Pg 6 0 R /K << /S /TR /K [{cells}] >> >>");
        check(
            sheet,
            &tree,
            &expect![[r#"
                -- page 1
                # Upper Lock | Twelve crowns, or eleven on Sundays
            "#]],
        );
    }

    #[test]
    fn a_sentence_beside_its_number_is_a_paragraph() {
        let sheet = Sheet::default()
            .marked(0, 60.0, 700.0, "3.")
            .marked(1, 90.0, 700.0, "The guild shall keep a book of all")
            .marked(1, 90.0, 688.0, "lamps that its makers sell.")
            .marked(2, 60.0, 660.0, "4.")
            .marked(3, 90.0, 660.0, "Upper Lock");
        let row = |first: u8| {
            format!("<< /S /TR /K [<< /S /TD /K {first} >> << /S /TD /K << /S /P /K {} >> >>] >>", first + 1)
        };
        check(
            sheet,
            &format!("/K << /S /Table /Pg 6 0 R /K [{} {}] >>", row(0), row(2)),
            &expect![[r#"
            -- page 1
            3. The guild shall keep a book of all lamps that its makers sell.
            # 4. | Upper Lock
        "#]],
        );
    }

    #[test]
    fn a_note_of_a_cell_stands_below_the_table() {
        let sheet = Sheet::default()
            .marked(0, 60.0, 700.0, "Upper Lock")
            .marked(1, 160.0, 700.0, "Twelve\u{b9}")
            .marked(2, 60.0, 100.0, "1 In spring.");
        let cells = "<< /S /TD /K 0 >> << /S /TD /K << /S /P /K [1 << /S /Note /K 2 >>] >> >>";
        check(
            sheet,
            &format!("/K << /S /Table /Pg 6 0 R /K << /S /TR /K [{cells}] >> >>"),
            &expect![[r#"
            -- page 1
            # Upper Lock | Twelve¹
            [1] 1 In spring.
        "#]],
        );
    }

    #[test]
    fn a_tree_that_leaves_out_much_of_a_page_is_not_followed() {
        let sheet = lines(&["Fees"]).text(60.0, 600.0, "Members publish their fees before the first flood.");
        check(
            sheet,
            &elements(&["H1"]),
            &expect![[r#"
            -- page 1
            Fees
            Members publish their fees before the first flood.
        "#]],
        );
    }

    #[test]
    fn text_that_is_all_headings_has_none() {
        let texts = ["Members publish their fees", "No fee is due on a Sunday", "Fees are paid in spring"];
        check(
            lines(&texts),
            &elements(&["H1", "H2", "H2"]),
            &expect![[r#"
            -- page 1
            Members publish their fees
            No fee is due on a Sunday
            Fees are paid in spring
        "#]],
        );
    }

    #[test]
    fn an_item_begins_once_and_its_label_belongs_to_it() {
        let tree = "/K << /S /L /Pg 6 0 R /K << /S /LI /K [<< /S /Lbl /K 0 >> << /S /LBody /K << /S /P /K [1 2] >> >>] >> >>";
        let sheet = Sheet::default()
            .marked(0, 60.0, 700.0, "1.")
            .marked(1, 80.0, 700.0, "Members publish")
            .marked(2, 80.0, 688.0, "their fees.");
        check(
            sheet,
            tree,
            &expect![[r#"
            -- page 1
            + 1. Members publish
            their fees.
        "#]],
        );
    }

    #[test]
    fn replacement_text_of_an_element_stands_for_its_letters() {
        let tree = "/K [<< /S /P /Pg 6 0 R /K [0 << /S /Span /ActualText (fi) /K 1 >> 2] >>]";
        let sheet = Sheet::default()
            .marked(0, 60.0, 700.0, "The ")
            .marked(1, 80.0, 700.0, "XX")
            .marked(2, 93.5, 700.0, "sh.");
        check(
            sheet,
            tree,
            &expect![[r#"
            -- page 1
            The fish.
        "#]],
        );
    }

    #[test]
    fn a_tree_without_an_end_is_left() {
        let tree = "/K [6 0 R << /S /P /Pg 6 0 R /K [0 1 0 << /S /P /K 1 0 R >>] >>]";
        let extracted = read(&tagged(&[lines(&["Members agree.", "They do."])], tree)).expect("it has text");
        assert_eq!(extracted.pages[0].lines.len(), 2);
    }

    #[test]
    fn lines_called_paragraphs_still_run_on() {
        let texts = [
            "The Conference of Barge Harbours, in view of the",
            "long time that a barge has to wait at the gates of",
            "harbours in spring, when the water is high and the",
            "keepers are few, and of the fees that are taken at",
            "every lock although nobody has seen a list of them",
            "since the first conference, which was held in the",
            "town hall, asks its members to print such a list.",
        ];
        let bytes = tagged(&[lines(&texts)], &elements(&["P"; 7]));
        let source = crate::Source { path: "a.pdf", bytes: &bytes, given: &[] };
        let options = crate::Options { text_only: true, ..crate::Options::default() };
        let reading = crate::read(&source, &options).expect("it has text");
        assert_eq!(reading.documents[0].text, texts.join(" "));
        assert!(reading.explanation.iter().any(|said| said.contains("end in mid-sentence")));
    }
}
