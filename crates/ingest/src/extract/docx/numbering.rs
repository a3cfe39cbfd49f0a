//! Automatic numbers: what Word prints before a paragraph and writes nowhere in its words.

use std::collections::{HashMap, HashSet};

use super::look::ParagraphLook;
use super::styles::Styles;
use crate::extract::ordinal::{AfterZ, Ordinal, print};
use crate::extract::xml::{Element, Node, walk};

/// The format has nine levels.
const N_LEVELS: usize = 9;

/// Word takes no longer text around a number, in characters; bytes are near enough.
const LONGEST_TEXT: usize = 255;

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: HashMap<String, Pattern>,
    lists: HashMap<String, List>,
    /// Counters by pattern: lists of one pattern count on from one another, as in Word.
    counters: HashMap<String, [Option<i64>; N_LEVELS]>,
    /// Lists whose own starting numbers have been applied.
    begun: HashSet<(String, usize)>,
}

/// An `abstractNum`: how each level counts.
#[derive(Clone, Debug, Default)]
struct Pattern {
    levels: [Level; N_LEVELS],
    /// The style of lists that says how it counts, where it does not itself.
    link: Option<String>,
}

/// A `num`: a pattern in use.
#[derive(Clone, Debug, Default)]
struct List {
    pattern: String,
    levels: [Option<Level>; N_LEVELS],
    starts: [Option<i64>; N_LEVELS],
}

#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: Format,
    /// "%1.%2": each figure stands for the number of that level.
    text: String,
    /// Whether all numbers are printed in figures.
    is_legal: bool,
    /// The level, from 1, after which it starts again; 0 for never; each higher one if unsaid.
    restart: Option<i64>,
    /// The paragraph style that this level belongs to.
    style: Option<String>,
    look: ParagraphLook,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: Format::Number(Ordinal::Decimal),
            text: String::new(),
            is_legal: false,
            restart: None,
            style: None,
            look: ParagraphLook::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Bullet,
    /// No number, though the level counts.
    Silent,
    Number(Ordinal),
}

/// What stands before a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    /// "1.2", "(a)", "Article 3"; empty for a bullet.
    pub(super) label: String,
    /// Level in the list, from 0.
    pub(super) level: usize,
    /// Where the list puts its paragraphs.
    pub(super) left: Option<i64>,
    pub(super) first_line: Option<i64>,
}

impl Numbering {
    /// Reads `numbering.xml`; broken XML gives what stood before the break.
    pub(super) fn read(xml: &str) -> Self {
        let mut reading = Reading::default();
        let _broken = walk(xml, |node| match node {
            Node::Open(element) => reading.open(&element),
            Node::Close(name) => reading.close(name),
            Node::Text(_) => {}
        });
        reading.numbering
    }

    /// Counts a paragraph of this look and gives what Word prints before it.
    pub(super) fn count(&mut self, look: &ParagraphLook, styles: &Styles) -> Option<Number> {
        let list_id = look.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(list_id)?.clone();
        let pattern_id = self.linked(&list.pattern, styles);
        let levels = self.levels(&list, &pattern_id)?;
        let level = look.list_level.unwrap_or_else(|| level_of_style(&levels, look.style.as_deref()));
        self.advance(list_id, &list, &pattern_id, &levels, level);
        let counters = self.counters.get(&pattern_id).copied().unwrap_or_default();
        let at = levels.get(level)?;
        let label = match at.format {
            Format::Bullet => String::new(),
            Format::Silent | Format::Number(_) => label(&levels, level, &counters),
        };
        let is_silent = label.is_empty() && at.format != Format::Bullet;
        let (left, first_line) = (at.look.left, at.look.first_line);
        (!is_silent).then_some(Number { label, level, left, first_line })
    }

    /// A pattern may leave its levels to that of a style of lists.
    fn linked(&self, pattern: &str, styles: &Styles) -> String {
        let link = self.patterns.get(pattern).and_then(|pattern| pattern.link.as_deref());
        let list = link.and_then(|style| styles.of(Some(style)).paragraph.list.as_deref());
        let linked = list.and_then(|list| self.lists.get(list)).map(|list| list.pattern.clone());
        linked.unwrap_or_else(|| pattern.to_owned())
    }

    fn levels(&self, list: &List, pattern: &str) -> Option<[Level; N_LEVELS]> {
        let mut levels = self.patterns.get(pattern)?.levels.clone();
        for (level, own) in levels.iter_mut().zip(&list.levels) {
            if let Some(own) = own {
                *level = own.clone();
            }
        }
        for (level, start) in levels.iter_mut().zip(list.starts) {
            level.start = start.unwrap_or(level.start);
        }
        Some(levels)
    }

    fn advance(
        &mut self,
        list_id: &str,
        list: &List,
        pattern: &str,
        levels: &[Level; N_LEVELS],
        level: usize,
    ) {
        let counters = self.counters.entry(pattern.to_owned()).or_default();
        // A list with a starting number of its own starts there the first time it is used.
        if list.starts[level].is_some() && self.begun.insert((list_id.to_owned(), level)) {
            counters[level] = None;
        }
        let next = counters[level].map_or(levels[level].start, |last| last.saturating_add(1));
        counters[level] = Some(next);
        for deeper in level + 1..N_LEVELS {
            let restarts = levels[deeper].restart.is_none_or(|after| (level as i64) < after);
            if restarts {
                counters[deeper] = None;
            }
        }
    }
}

fn level_of_style(levels: &[Level; N_LEVELS], style: Option<&str>) -> usize {
    levels.iter().position(|level| style.is_some() && level.style.as_deref() == style).unwrap_or(0)
}

fn label(levels: &[Level; N_LEVELS], level: usize, counters: &[Option<i64>; N_LEVELS]) -> String {
    let mut printed = String::new();
    let mut rest = levels[level].text.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        printed.push_str(before);
        let place = after.chars().next().and_then(|figure| figure.to_digit(10)).unwrap_or(0) as usize;
        if (1..=N_LEVELS).contains(&place) {
            printed.push_str(&number(&levels[place - 1], counters[place - 1], levels[level].is_legal));
            rest = &after[1..];
        } else {
            printed.push('%');
            rest = after;
        }
    }
    printed.push_str(rest);
    printed.trim().to_owned()
}

fn number(level: &Level, counter: Option<i64>, is_legal: bool) -> String {
    let value = counter.unwrap_or(level.start);
    match level.format {
        Format::Number(_) if is_legal => print(value, Ordinal::Decimal, AfterZ::Repeat),
        Format::Number(ordinal) => print(value, ordinal, AfterZ::Repeat),
        Format::Bullet | Format::Silent => String::new(),
    }
}

/// The format's names of ways to count. Others (words, other scripts) are printed in figures.
fn format(name: &str) -> Format {
    match name {
        "bullet" => Format::Bullet,
        "none" => Format::Silent,
        "decimalZero" => Format::Number(Ordinal::DecimalZero),
        "lowerLetter" => Format::Number(Ordinal::LowerLetter),
        "upperLetter" => Format::Number(Ordinal::UpperLetter),
        "lowerRoman" => Format::Number(Ordinal::LowerRoman),
        "upperRoman" => Format::Number(Ordinal::UpperRoman),
        _ => Format::Number(Ordinal::Decimal),
    }
}

/// How the marks of notes count.
pub(super) fn note_ordinal(name: &str) -> Ordinal {
    match format(name) {
        Format::Number(ordinal) => ordinal,
        Format::Bullet | Format::Silent => Ordinal::Decimal,
    }
}

#[derive(Default)]
struct Reading {
    numbering: Numbering,
    pattern: Option<(String, Pattern)>,
    list: Option<(String, List)>,
    /// The level that an override is for.
    overridden: usize,
    level: Option<(usize, Level)>,
    /// Inside what repeats or formats and must not be taken for the level's own.
    n_skipped: usize,
}

impl Reading {
    fn open(&mut self, element: &Element<'_>) {
        if self.n_skipped > 0 || matches!(element.name, "rPr" | "Fallback") {
            self.n_skipped += 1;
            return;
        }
        let id = |name: &str| element.attribute(name).unwrap_or_default();
        match element.name {
            "abstractNum" => self.pattern = Some((id("abstractNumId"), Pattern::default())),
            "num" => self.list = Some((id("numId"), List::default())),
            "lvlOverride" => self.overridden = level_number(element),
            "lvl" => self.level = Some((level_number(element), Level::default())),
            _ => self.property(element),
        }
    }

    fn property(&mut self, element: &Element<'_>) {
        if let Some((_, level)) = &mut self.level {
            level.take(element);
        } else if let Some((_, list)) = &mut self.list {
            match element.name {
                "abstractNumId" => list.pattern = element.value().unwrap_or_default(),
                "startOverride" => list.starts[self.overridden] = element.number("val"),
                _ => {}
            }
        } else if let Some((_, pattern)) = &mut self.pattern
            && element.name == "numStyleLink"
        {
            pattern.link = element.value();
        }
    }

    fn close(&mut self, name: &str) {
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
            return;
        }
        match name {
            "abstractNum" => self.numbering.patterns.extend(self.pattern.take()),
            "num" => self.numbering.lists.extend(self.list.take()),
            "lvl" => self.end_level(),
            _ => {}
        }
    }

    fn end_level(&mut self) {
        let Some((place, level)) = self.level.take() else { return };
        if let Some((_, list)) = &mut self.list {
            list.levels[self.overridden] = Some(level);
        } else if let Some((_, pattern)) = &mut self.pattern {
            pattern.levels[place] = level;
        }
    }
}

impl Level {
    fn take(&mut self, element: &Element<'_>) {
        match element.name {
            "start" => self.start = element.number("val").unwrap_or(0),
            "numFmt" => self.format = format(&element.value().unwrap_or_default()),
            "lvlText" => {
                self.text = element.value().unwrap_or_default();
                self.text.truncate(self.text.floor_char_boundary(LONGEST_TEXT));
            }
            "isLgl" => self.is_legal = element.is_on(),
            "lvlRestart" => self.restart = element.number("val"),
            "pStyle" => self.style = element.value(),
            _ => self.look.take(element),
        }
    }
}

fn level_number(element: &Element<'_>) -> usize {
    element.number("ilvl").unwrap_or(0).clamp(0, N_LEVELS as i64 - 1) as usize
}
