//! The divisions and headings that are open at a place of the text.

use chapeau_document::{Level, Step};

use super::naming::{cited, named};
use super::piece::{Standing, Titled};
use super::slug::slug;
use crate::label::is_paragrafo;

/// An open division or heading.
#[derive(Clone, Debug)]
struct Entry<'a> {
    rank: u8,
    level: Level,
    label: &'a str,
    /// What clauses in it are cited under, where they are.
    name: Option<String>,
    title: Option<&'a str>,
    /// Whether articles stand in it directly.
    holds_articles: bool,
}

/// The stack of open divisions, with the names that their clauses share.
#[derive(Clone, Debug, Default)]
pub(super) struct Divisions<'a> {
    entries: Vec<Entry<'a>>,
}

/// Headings that group articles stand above them, others within.
const GROUP_RANK: u8 = 5;
const HEADING_RANK: u8 = 7;
/// An annex of an annex.
const NESTED_RANK: u8 = 1;
const OPTION_RANK: u8 = u8::MAX;

fn rank(level: Level) -> u8 {
    match level {
        Level::Annex => 0,
        Level::Part => 2,
        Level::Chapter => 3,
        Level::Section => 4,
        Level::Article => 6,
        Level::Slide => HEADING_RANK,
        _ => HEADING_RANK + 1,
    }
}

/// What the clauses of a division are cited under, if they are: articles and annexes by their
/// labels, protocols by their titles.
fn name(division: &Titled<'_>) -> Option<String> {
    match (division.standing, division.level) {
        (Standing::Named | Standing::Instrument, _) => Some(named(division)),
        (Standing::Code, _) => None,
        (Standing::Transitory, _) => Some(cited(division.label)),
        (Standing::Provision, _) | (_, Level::Annex | Level::Article) => Some(cited(division.label)),
        (_, Level::Paragraph) if is_paragrafo(division.label) => Some(paragrafo(division.label)),
        (_, Level::Paragraph) => Some(cited(division.label).replace("Paragraph ", "para. ")),
        _ => None,
    }
}

/// "PARÁGRAFO 1º" as it is cited behind its article: "parágrafo 1".
fn paragrafo(label: &str) -> String {
    cited(label).to_lowercase().trim_end_matches(['º', '°', '.', ':', '-', ' ']).to_owned()
}

impl<'a> Divisions<'a> {
    /// Opens a division; those of its rank and below close.
    pub(super) fn open(&mut self, division: &Titled<'a>, holds_articles: bool) {
        let Titled { level, label, title, standing, .. } = *division;
        if standing == Standing::Resumes {
            self.entries.retain(|entry| rank(entry.level) < rank(level) && entry.level != Level::Annex);
        }
        if standing == Standing::Unplaced {
            let own = rank(level);
            let is_inner = |entry: &Entry<'_>| entry.rank > NESTED_RANK && entry.rank < own;
            // Only the innermost is known not to hold it.
            let outer = self.entries.iter().rposition(is_inner);
            self.entries.truncate(outer.unwrap_or(self.entries.len()));
        }
        let level = if label.is_empty() && level == Level::Article { Level::Heading } else { level };
        let rank = match standing {
            Standing::Provision => rank(Level::Article),
            Standing::Nested | Standing::Transitory => NESTED_RANK,
            _ => rank(level),
        };
        let name = name(division).filter(|_| !label.is_empty());
        let (level, label, title) = match standing {
            Standing::Instrument | Standing::Code => (Level::Heading, "", Some(label)),
            _ => (level, label, title),
        };
        self.push(Entry { rank, level, label, name, title, holds_articles });
    }

    /// Opens an unnumbered heading of `depth`; one that groups articles stands above them.
    pub(super) fn open_heading(&mut self, title: &'a str, depth: u8, groups: bool) {
        let rank = if groups { GROUP_RANK } else { HEADING_RANK.saturating_add(depth) };
        self.push(Entry {
            rank,
            level: Level::Heading,
            label: "",
            name: None,
            title: Some(title),
            holds_articles: false,
        });
    }

    /// Opens an option of a draft, within all headings.
    pub(super) fn open_option(&mut self, title: &'a str) {
        let level = Level::Heading;
        self.push(Entry {
            rank: OPTION_RANK,
            level,
            label: "",
            name: None,
            title: Some(title),
            holds_articles: false,
        });
    }

    /// Closes the innermost division if it is a heading without a number.
    pub(super) fn close_heading(&mut self) {
        self.entries.pop_if(|entry| entry.level == Level::Heading);
    }

    pub(super) fn close_option(&mut self) {
        self.entries.retain(|entry| entry.rank != OPTION_RANK);
    }

    /// Closes the article that is open, and all above it but the instrument.
    pub(super) fn close_article(&mut self) {
        self.entries.retain(|entry| entry.rank <= NESTED_RANK);
    }

    /// Opens a slide.
    pub(super) fn open_slide(&mut self, title: Option<&'a str>) {
        self.entries.clear();
        self.push(Entry {
            rank: HEADING_RANK,
            level: Level::Slide,
            label: "",
            name: None,
            title,
            holds_articles: false,
        });
    }

    fn push(&mut self, entry: Entry<'a>) {
        let depth =
            self.entries.iter().position(|open| open.rank >= entry.rank).unwrap_or(self.entries.len());
        self.entries.truncate(depth);
        self.entries.push(entry);
    }

    /// What a clause is cited under: "Article 14.3", "Annex A, Article 2", or nothing;
    /// `joins` stands between.
    pub(super) fn cited(&self, joins: &str) -> String {
        self.entries.iter().filter_map(|entry| entry.name.as_deref()).collect::<Vec<_>>().join(joins)
    }

    /// Whether what clauses are cited under ends with an annex or an instrument.
    pub(super) fn is_annex(&self) -> bool {
        self.entries.iter().rfind(|entry| entry.name.is_some()).is_some_and(|entry| entry.rank <= NESTED_RANK)
    }

    /// Whether the innermost division has a name of its own in what its clauses are cited under.
    pub(super) fn is_cited(&self) -> bool {
        self.entries.last().is_some_and(|entry| entry.name.is_some())
    }

    /// The innermost heading without a number.
    pub(super) fn heading(&self) -> Option<&'a str> {
        self.entries.iter().rfind(|entry| entry.level == Level::Heading).and_then(|entry| entry.title)
    }

    /// The titles of all open divisions.
    pub(super) fn titles(&self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().filter_map(|entry| entry.title)
    }

    /// Whether the innermost division is a section of this number: "36" of "Section 36".
    pub(super) fn is_section(&self, number: &str) -> bool {
        let section = self.entries.iter().rfind(|entry| entry.level == Level::Section);
        section.is_some_and(|entry| entry.label.rsplit(' ').next() == Some(number))
    }

    /// Whether the innermost division is a paragraph with its word: "Paragraph 12".
    pub(super) fn is_paragraph(&self) -> bool {
        self.entries.last().is_some_and(|entry| entry.level == Level::Paragraph)
    }

    /// Whether what stands here stands in an article.
    pub(super) fn in_article(&self) -> bool {
        self.entries.iter().any(|entry| entry.level == Level::Article)
    }

    /// The start of the ids of what stands here: `art-14.3`, `annex-a/art-2`, `ch-14/sec-a`.
    /// Articles are numbered through a treaty, so their chapters are left out.
    pub(super) fn scope(&self) -> String {
        let in_article = self.entries.iter().any(|entry| entry.rank == rank(Level::Article));
        let counts = |entry: &&Entry<'_>| entry.name.is_some() || !entry.label.is_empty() && !in_article;
        self.entries.iter().filter(counts).map(id_part).collect::<Vec<_>>().join("/")
    }

    /// The steps of a path. Where a treaty has no chapters, the title, part or section that its
    /// articles stand in directly is its chapter, whatever it is called there.
    pub(super) fn steps(&self) -> Vec<Step> {
        let has_chapter = self.entries.iter().any(|entry| entry.level == Level::Chapter);
        let is_division = |entry: &Entry<'_>| matches!(entry.level, Level::Part | Level::Section);
        let stand_in =
            self.entries.iter().rposition(|entry| is_division(entry) && !has_chapter && entry.holds_articles);
        let step = |(at, entry): (usize, &Entry<'_>)| Step {
            kind: if Some(at) == stand_in { Level::Chapter } else { entry.level },
            label: (!entry.label.is_empty()).then(|| entry.label.to_owned()),
            title: entry.title.map(str::to_owned),
        };
        self.entries.iter().enumerate().map(step).collect()
    }
}

fn id_part(entry: &Entry<'_>) -> String {
    let name = slug(entry.name.as_deref().unwrap_or(&cited(entry.label)));
    // "II", the numeral of a section without its word.
    let is_numeral = entry.level == Level::Section && !entry.label.contains(' ');
    let (word, number) = if is_numeral { ("", &*name) } else { name.split_once('-').unwrap_or((&name, "")) };
    let short = match entry.level {
        Level::Article => "art",
        Level::Chapter => "ch",
        Level::Section if !number.is_empty() => "sec",
        _ => word,
    };
    // "§ 2001.1" has no word.
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return ["sec-", &name].concat();
    }
    if number.is_empty() { short.to_owned() } else { [short, "-", number].concat() }
}
