//! The divisions and headings that are open at a place of the text.

use chapeau_document::{Level, Step};

use super::naming::cited;
use super::piece::Titled;
use super::slug::slug;

/// An open division or heading.
#[derive(Clone, Debug)]
struct Entry<'a> {
    rank: u8,
    level: Level,
    label: &'a str,
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
const GROUP_RANK: u8 = 4;
const HEADING_RANK: u8 = 6;
const OPTION_RANK: u8 = u8::MAX;

fn rank(level: Level) -> u8 {
    match level {
        Level::Annex => 0,
        Level::Part => 1,
        Level::Chapter => 2,
        Level::Section => 3,
        Level::Article => 5,
        Level::Slide => HEADING_RANK,
        _ => HEADING_RANK + 1,
    }
}

impl<'a> Divisions<'a> {
    /// Opens a division; those of its rank and below close.
    pub(super) fn open(&mut self, division: &Titled<'a>, holds_articles: bool) {
        let Titled { level, label, title, resumes, .. } = *division;
        if resumes {
            self.entries.retain(|entry| rank(entry.level) < rank(level) && entry.level != Level::Annex);
        }
        let level = if label.is_empty() && level == Level::Article { Level::Heading } else { level };
        self.push(Entry { rank: rank(level), level, label, title, holds_articles });
    }

    /// Opens an unnumbered heading of `depth`; one that groups articles stands above them.
    pub(super) fn open_heading(&mut self, title: &'a str, depth: u8, groups: bool) {
        let rank = if groups { GROUP_RANK } else { HEADING_RANK.saturating_add(depth) };
        self.push(Entry {
            rank,
            level: Level::Heading,
            label: "",
            title: Some(title),
            holds_articles: false,
        });
    }

    /// Opens an option of a draft, within all headings.
    pub(super) fn open_option(&mut self, title: &'a str) {
        let level = Level::Heading;
        self.push(Entry { rank: OPTION_RANK, level, label: "", title: Some(title), holds_articles: false });
    }

    pub(super) fn close_option(&mut self) {
        self.entries.retain(|entry| entry.rank != OPTION_RANK);
    }

    /// Opens a slide.
    pub(super) fn open_slide(&mut self, title: Option<&'a str>) {
        self.entries.clear();
        self.push(Entry { rank: HEADING_RANK, level: Level::Slide, label: "", title, holds_articles: false });
    }

    fn push(&mut self, entry: Entry<'a>) {
        let depth =
            self.entries.iter().position(|open| open.rank >= entry.rank).unwrap_or(self.entries.len());
        self.entries.truncate(depth);
        self.entries.push(entry);
    }

    /// What a clause is cited under: "Article 14.3", "Annex A, Article 2", or nothing.
    pub(super) fn cited(&self) -> String {
        let cited_levels = [Level::Annex, Level::Article];
        let named = self
            .entries
            .iter()
            .filter(|entry| cited_levels.contains(&entry.level) && !entry.label.is_empty());
        named.map(|entry| cited(entry.label)).collect::<Vec<_>>().join(", ")
    }

    /// The start of the ids of what stands here: `art-14.3`, `annex-a/art-2`, `ch-14/sec-a`.
    /// Articles are numbered through a treaty, so their chapters are left out.
    pub(super) fn scope(&self) -> String {
        let in_article = self.entries.iter().any(|entry| entry.level == Level::Article);
        let counts = |entry: &&Entry<'_>| {
            !entry.label.is_empty() && (!in_article || matches!(entry.level, Level::Annex | Level::Article))
        };
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
    let name = slug(&cited(entry.label));
    let (word, number) = name.split_once('-').unwrap_or((&name, ""));
    let short = match entry.level {
        Level::Article => "art",
        Level::Chapter => "ch",
        Level::Section => "sec",
        _ => word,
    };
    if number.is_empty() { short.to_owned() } else { [short, "-", number].concat() }
}
