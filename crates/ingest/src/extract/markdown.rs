//! Markdown, and texts with leftovers of it: headings, lists, quotations, tables, emphasis and
//! links become cues; the marks themselves go.

use std::collections::HashMap;

use super::dialects;
use super::endnotes;
use super::entities;
use super::front_matter;
use super::inline;
use super::stray_marks;
use super::text::{indent, lines};
use crate::label::Class;
use crate::{Extracted, ExtractedPage, Line, Role};
use chapeau_document::Level;

/// Whether a text carries marks that a person does not type by chance.
pub(super) fn has_marks(text: &str) -> bool {
    lines(text).any(|line| {
        let line = line.trim_start();
        let bold = line.match_indices("**").any(|(at, mark)| {
            let inside = &line[at + mark.len()..];
            inside.starts_with(|c: char| !c.is_whitespace() && c != '*')
        });
        atx_heading(line).is_some() || line.starts_with("```") || bold || inline::has_link(line)
    })
}

/// The lines of a Markdown text, without marks.
pub(super) fn extract(text: &str) -> Extracted {
    let (block, text) = front_matter::split(text).unwrap_or(("", text));
    let mut blocks = Blocks::default();
    for printed in lines(text) {
        blocks.take(printed);
    }
    blocks.end_paragraph();
    endnotes::settle(&mut blocks.lines);
    leave_out_menus(&mut blocks.lines);
    let embedded = front_matter::metadata(block, text);
    let page = ExtractedPage { number: 1, label: None, lines: blocks.lines };
    Extracted { pages: vec![page], embedded, ..Extracted::default() }
}

/// Makes furniture of menus of a page of the web, "[Compare: lamps | wicks]", that come again and again.
fn leave_out_menus(lines: &mut [Line]) {
    const LONGEST: usize = 80;
    const FEWEST: usize = 3;
    let is_menu = |text: &str| text.len() <= LONGEST && text.contains(" | ");
    let mut times: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| is_menu(&line.text) && line.role != Role::TableRow) {
        *times.entry(line.text.clone()).or_default() += 1;
    }
    for line in lines.iter_mut().filter(|line| line.role != Role::TableRow) {
        if times.get(&line.text).is_some_and(|times| *times >= FEWEST) {
            line.role = Role::Furniture;
        }
    }
}

/// The blocks of a text, built line by line. Marks may open on one line of a paragraph and
/// close on another, so a paragraph is cleaned as a whole.
#[derive(Default)]
struct Blocks {
    lines: Vec<Line>,
    paragraph: Vec<Line>,
    space_above: f32,
    in_fence: bool,
}

impl Blocks {
    fn take(&mut self, printed: &str) {
        let words = printed.trim();
        let words = if self.in_fence { words } else { dialects::read(words) };
        if words.is_empty() {
            self.end_paragraph();
            self.space_above += 1.0;
        } else if words.starts_with("```") || words.starts_with("~~~") {
            self.end_paragraph();
            self.in_fence = !self.in_fence;
        } else if self.in_fence {
            self.push(printed, words, Role::Body);
        } else if let Some((depth, title)) = atx_heading(words) {
            self.end_paragraph();
            self.heading(printed, depth, title);
        } else if is_rule(words) {
            self.rule(words);
        } else {
            self.block_line(printed, words);
        }
    }

    /// Converters of codes set the number alone as the heading, below the line that has the title too:
    /// that line is the heading then.
    fn heading(&mut self, printed: &str, depth: u8, words: &str) {
        let number = words.strip_prefix("§ §").map(|rest| ["§", rest].concat());
        let number = number.as_deref().unwrap_or(words);
        if let Some(above) = self.lines.last_mut().filter(|above| above.role == Role::Body)
            && begins_with_number(&above.text, number)
        {
            above.role = heading(depth);
            above.whole = true;
            above.indent = 0.0;
            return;
        }
        self.push(printed, number, heading(depth));
        self.end_paragraph();
    }

    fn block_line(&mut self, printed: &str, words: &str) {
        let depth = (indent(printed) / 2.0).min(7.0) as u8 + 1;
        if is_item(words) {
            self.end_paragraph();
            match numbered(words) {
                Some(paragraph) => {
                    // A number is an item of its own, whatever the one above ends with.
                    if let Some(above) = self.lines.last_mut().filter(|above| above.role == Role::Body) {
                        above.whole = true;
                    }
                    self.push(printed, paragraph, Role::Body);
                }
                None => self.push(printed, words, Role::Item { depth }),
            }
        } else if let Some(quoted) = words.strip_prefix('>') {
            self.push(printed, quoted.trim_start(), Role::Quotation);
        } else if let Some(cells) = table_row(words) {
            self.end_paragraph();
            self.push(printed, &cells, Role::TableRow);
        } else if let Some((mark, note)) = footnote(words) {
            self.end_paragraph();
            self.push(printed, note, Role::Footnote { mark: mark.to_owned() });
        } else {
            self.push(printed, words, Role::Body);
        }
    }

    /// Two or more spaces or a backslash at the end of a line break it for good.
    fn push(&mut self, printed: &str, words: &str, role: Role) {
        let is_heading = matches!(role, Role::Heading { .. });
        let breaks = printed.ends_with("  ") || words.ends_with('\\');
        let mut text = words.strip_suffix('\\').unwrap_or(words).to_owned();
        // An empty cell row or quotation line is white space, not a line.
        text.truncate(text.trim_end().len());
        let (space_above, indent) = (self.space_above, indent(printed));
        let whole = is_heading || breaks;
        self.paragraph.push(Line { text, role, space_above, indent, size: 1.0, whole, ..Line::default() });
        self.space_above = 0.0;
    }

    /// A line of dashes under one line of words makes them a heading; elsewhere it only parts.
    fn rule(&mut self, words: &str) {
        let depth = match words.as_bytes().first() {
            Some(b'=') => 1,
            _ => 2,
        };
        if let [line] = self.paragraph.as_mut_slice()
            && line.role == Role::Body
            && matches!(words.as_bytes().first(), Some(b'=' | b'-'))
        {
            line.role = heading(depth);
            line.whole = true;
        }
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let from = self.lines.len();
        let texts: Vec<&str> = self.paragraph.iter().map(|line| line.text.as_str()).collect();
        let cleaned = inline::clean(&texts.join("\n"));
        for (mut line, styled) in self.paragraph.drain(..).zip(cleaned) {
            line.bold = styled.is_bold();
            line.italic = styled.is_italic();
            line.text = stray_marks::cleaned(&entities::decoded(&styled.text));
            if !line.text.trim().is_empty() {
                self.lines.push(line);
            }
        }
        self.join_wrapped(from);
    }

    /// Lines that were wrapped to a width are one paragraph, wherever a word of the next had room: only a blank
    /// line parts paragraphs. Lines that are shorter may be those of a masthead or an address, and stay.
    fn join_wrapped(&mut self, from: usize) {
        if !is_wrapped(&self.lines[from..]) {
            return;
        }
        let rest: Vec<Line> = self.lines.drain(from + 1..).collect();
        if let Some(first) = self.lines.last_mut() {
            for line in rest {
                first.text.truncate(first.text.trim_end().len());
                first.text.push(' ');
                first.text.push_str(line.text.trim_start());
                first.whole |= line.whole;
            }
        }
    }
}

/// Lines of a wrapped paragraph are so long at most, in bytes, and most of them so long at least; of two lines
/// the first is longer.
const WIDEST: usize = 110;
const NARROWEST: usize = 50;
const NARROWEST_OF_TWO: usize = 60;

/// Of so many lines of a wrapped paragraph one may end with a semicolon: in lists more do.
const MOST_PARTED: usize = 3;

fn is_wrapped(lines: &[Line]) -> bool {
    let Some((last, full)) = lines.split_last().filter(|(_, full)| !full.is_empty()) else { return false };
    let narrowest = if full.len() == 1 { NARROWEST_OF_TWO } else { NARROWEST };
    let n_wide = full.iter().filter(|line| line.text.len() >= narrowest).count();
    let is_plain = |line: &Line| !line.whole && line.text.len() <= WIDEST;
    let begins = |line: &Line| {
        line.role != Role::Body
            || line.text.starts_with('[')
            || crate::label::division(&line.text).is_some()
            || crate::label::marker(&line.text).is_some_and(|marker| marker.style.close != b' ')
    };
    matches!(lines[0].role, Role::Body | Role::Item { .. } | Role::Footnote { .. })
        && n_wide * 4 >= full.len() * 3
        && full.iter().all(is_plain)
        && last.text.len() <= WIDEST
        && !lines[1..].iter().any(begins)
        && !full.iter().any(|line| line.text.ends_with(['-', ':']))
        && full.iter().filter(|line| line.text.ends_with(';')).count() * MOST_PARTED <= full.len()
        && lines.windows(2).all(|pair| !pair[0].bold && !pair[1].bold)
}

/// Longest line that is a heading with its number, in bytes.
const LONGEST_HEAD: usize = 300;

/// Whether a line begins with a number as the heading below it has it: "PART 7—LAMPS" and "Part 7".
fn begins_with_number(line: &str, number: &str) -> bool {
    let has_figure = number.contains(|c: char| c.is_ascii_digit()) || number.split(' ').count() == 2;
    let begin = line.get(..number.len());
    let rest = line.get(number.len()..).unwrap_or_default();
    has_figure
        && line.len() <= LONGEST_HEAD
        && begin.is_some_and(|begin| begin.eq_ignore_ascii_case(number))
        && rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | ':' | '.'))
}

fn heading(depth: u8) -> Role {
    Role::Heading { level: Level::Heading, depth, label: None, title: None }
}

/// `## Words ##`: its depth and its words.
fn atx_heading(line: &str) -> Option<(u8, &str)> {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[depth..];
    // Older converters set no space behind the marks.
    let is_glued = depth >= 2 && rest.starts_with(char::is_uppercase);
    let words = if is_glued { rest } else { rest.strip_prefix([' ', '\t'])? };
    let words = words.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&depth) && !words.is_empty()).then_some((depth as u8, words))
}

/// `---`, `***`, `===`: three or more of one mark and nothing else.
fn is_rule(words: &str) -> bool {
    let mut marks = words.bytes().filter(|byte| *byte != b' ');
    let Some(mark @ (b'-' | b'=' | b'*' | b'_')) = marks.next() else { return false };
    let rest = marks.filter(|byte| *byte == mark).count();
    rest >= 2 && words.bytes().all(|byte| byte == mark || byte == b' ')
}

fn is_item(words: &str) -> bool {
    words.starts_with(['-', '*', '+', '•']) && words.chars().nth(1).is_some_and(char::is_whitespace)
}

/// The words behind the bullet that a converter put before a paragraph with a number of its own:
/// "- (a) ...", "- 12. ...".
fn numbered(words: &str) -> Option<&str> {
    let paragraph = words.trim_start_matches(['-', '*', '+', '•']).trim_start();
    let marker = crate::label::marker(paragraph).filter(|marker| !marker.is_item())?;
    let is_letter_of_a_name = marker.style.class == Class::Upper && !marker.style.opened;
    let is_number = marker.style.close != b' ' && !is_letter_of_a_name;
    (is_number && marker.body < paragraph.len()).then_some(paragraph)
}

/// `| a | b |` as cells parted by tabs; the line of dashes under a table's head is empty.
fn table_row(words: &str) -> Option<String> {
    let inner = words.strip_prefix('|')?.strip_suffix('|')?;
    if inner.bytes().all(|byte| matches!(byte, b'-' | b':' | b'|' | b' ')) {
        return Some(String::new());
    }
    Some(inner.split('|').map(str::trim).collect::<Vec<_>>().join("\t"))
}

/// `[^1]: words`, `<sup>1</sup> words`.
fn footnote(words: &str) -> Option<(&str, &str)> {
    if let Some((mark, note)) = words.strip_prefix("<sup>").and_then(|rest| rest.split_once("</sup>")) {
        let mark = mark.trim();
        let is_mark = (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
        return (is_mark && !note.trim().is_empty()).then_some((mark, note.trim_start()));
    }
    let (mark, note) = words.strip_prefix("[^")?.split_once("]:")?;
    (!mark.contains(']')).then(|| (mark, note.trim_start()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    use super::*;

    fn check(text: &str, expected: &Expect) {
        let mut found = String::new();
        for line in extract(text).pages.iter().flat_map(|page| &page.lines) {
            let role = match &line.role {
                Role::Body => String::new(),
                Role::Heading { depth, .. } => format!("h{depth} "),
                Role::Item { depth } => format!("item{depth} "),
                Role::Footnote { mark } => format!("note{mark} "),
                other => format!("{other:?} "),
            };
            let cues = [(line.bold, "bold "), (line.italic, "italic "), (line.whole, "whole ")];
            let cues: String = cues.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
            writeln!(found, "{role}{cues}{:?}", line.text).expect("a string takes all");
        }
        expected.assert_eq(&found);
    }

    #[test]
    fn marks_become_cues() {
        check(
            "# ORGANIZATION\n\nA/1  \n19 May\n\n*Decides:*\n\nTo do, *inter alia*, [WT/L/274](#) work",
            &expect![[r#"
                h1 whole "ORGANIZATION"
                whole "A/1"
                "19 May"
                italic "Decides:"
                "To do, inter alia, WT/L/274 work"
            "#]],
        );
        check(
            "**Conference\nNinth Session\nBali**\n\nTitle\n=====\n\n- **Lead:** much more than the lead\n  - b\n> said",
            &expect![[r#"
                bold "Conference"
                bold "Ninth Session"
                bold "Bali"
                h1 whole "Title"
                item1 "- Lead: much more than the lead"
                item2 "- b"
                Quotation "said"
            "#]],
        );
        check(
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n[^2]: A note.\n\n---\n\n```\n# code\n```\n",
            &expect![[r##"
                TableRow "a\tb"
                TableRow "1\t2"
                note2 "A note."
                "# code"
            "##]],
        );
    }

    #[test]
    fn emphasis_over_paragraphs_leaves_no_marks() {
        check(
            "Lamps [1] shine [2].\n\n _1 Of brass.\n\n2 By night &amp; day&#46;\n\n_\n\n _[LG: 7]_",
            &expect![[r#"
                "Lamps [1] shine [2]."
                note1 "Of brass."
                note2 "By night & day."
                italic "[LG: 7]"
            "#]],
        );
    }

    #[test]
    fn menus_that_come_again_are_furniture() {
        let article =
            |number: u8| format!("## Article {number}\n\n[Compare: Guild | Town]\n\nLamps burn.\n\n");
        let text: String = (1..=3).map(article).collect();
        let lines = extract(&text).pages.into_iter().flat_map(|page| page.lines);
        let n_menus = lines.filter(|line| line.role == Role::Furniture).count();
        assert_eq!(n_menus, 3);
    }

    #[test]
    fn notes_are_raised_and_numbers_are_paragraphs_of_their_own() {
        check(
            "Lamps<sup>1</sup> burn.\n\n<sup>1 </sup>Those of brass.\n\n- 4. (1) The guild lights lamps.\n- (2) It trims wicks of-\n- (a) wool.\n",
            &expect![[r#"
                "Lamps¹ burn."
                note1 "Those of brass."
                whole "4. (1) The guild lights lamps."
                whole "(2) It trims wicks of-"
                "(a) wool."
            "#]],
        );
    }

    #[test]
    fn lines_of_a_wrapped_paragraph_are_one() {
        check(
            "1\\. The guild of lamps and the guild of wicks have agreed on the light of\nthe lanes, of the\n\
             Lamp Court and of the mills, which shall be lit before the dusk of\neach day.\n\nGuild of Lamps\nWick Lane 7\nLanternburg\n",
            &expect![[r#"
                "1. The guild of lamps and the guild of wicks have agreed on the light of"
                "the lanes, of the"
                "Lamp Court and of the mills, which shall be lit before the dusk of"
                "each day."
                "Guild of Lamps"
                "Wick Lane 7"
                "Lanternburg"
            "#]],
        );
        check(
            "Noting that the guild of lamps and the guild of wicks, which met at the\nmill on the day before the market; that of \
             oil; and that of those who keep\nthe wax, of whom nobody was there on either day of the two markets;\nhave said what \
             they want of it;\n",
            &expect![[r#"
                "Noting that the guild of lamps and the guild of wicks, which met at the mill on the day before the market; that of oil; and that of those who keep the wax, of whom nobody was there on either day of the two markets; have said what they want of it;"
            "#]],
        );
        check(
            "- Lamps burn, and the guild sees to it that they burn all through the\n  Long Night.\n- Wicks\n",
            &expect![[r#"
                item1 "- Lamps burn, and the guild sees to it that they burn all through the Long Night."
                item1 "- Wicks"
            "#]],
        );
        check(
            "The guild of lamps and the guild of wicks have agreed on light for all, and\nBright Lanes\n\
             (“the Lamp Accord”). This accord puts the light of the lanes and of the mills\nbefore the guilds of \
             the city and of the towns, which keep the lamps, and it is\nopen to all.\n",
            &expect![[r#"
                "The guild of lamps and the guild of wicks have agreed on light for all, and Bright Lanes (“the Lamp Accord”). This accord puts the light of the lanes and of the mills before the guilds of the city and of the towns, which keep the lamps, and it is open to all."
            "#]],
        );
    }

    #[test]
    fn a_heading_of_its_number_alone_has_its_title_above() {
        check(
            "---\ntitle: Lamps\n---\n  PART 7—LAMPS\n\n### Part 7\n\n    § 7.1   Oil of lamps.\n\n#### § § 7.1\n\n    (a) Oil is clean.\n\n\
             #### § 7.2\n\nLamps shine.\n\n### Part 8\n",
            &expect![[r#"
                h3 whole "PART 7—LAMPS"
                h4 whole "§ 7.1   Oil of lamps."
                "(a) Oil is clean."
                h4 whole "§ 7.2"
                "Lamps shine."
                h3 whole "Part 8"
            "#]],
        );
    }

    #[test]
    fn bullets_before_numbers_of_their_own_go() {
        let lines = |text: &str| -> Vec<(String, bool)> {
            let pages = extract(text).pages;
            let lines = pages.into_iter().flat_map(|page| page.lines);
            lines.map(|line| (line.text, line.role == Role::Body)).collect()
        };
        let found = lines(
            "<meta charset='utf-8' />\n\n##Lamp Act\n\n- 1. Lamps burn.\n- (a) Wicks\n- oil\n- A. Wick",
        );
        let expected = [
            ("Lamp Act", false),
            ("1. Lamps burn.", true),
            ("(a) Wicks", true),
            ("- oil", false),
            ("- A. Wick", false),
        ];
        assert_eq!(found, expected.map(|(text, is_body)| (text.to_owned(), is_body)));
    }

    #[test]
    fn only_marks_make_a_text_markdown() {
        assert!(has_marks("x\n## Heading") && has_marks("**Bold** words"));
        assert!(!has_marks("# \n#hash\n* item\n5 ** 2\n[shall](a) [sic]"));
        assert!(!has_marks("• bullet"));
    }
}
