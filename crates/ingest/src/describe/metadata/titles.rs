//! Candidates for the title, and which of them it is.

use chapeau_document::Sureness;

use super::sheet::{Place, SheetLine};
use super::{fold, title, when};
use crate::describe::dates;
use crate::describe::words::Words;
use crate::lists;

/// How a candidate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By a formula that has the title, which goes on over the next lines.
    Act,
    /// By a formula that has the title.
    Line,
    /// By a formula that is the title where nothing better is.
    Else,
    /// The words after a formula.
    Rest,
    /// "78/134. Trade in lamps".
    Numbered,
    /// By its looks or place alone.
    Words,
    /// A running head of the first page.
    Head,
    /// The name of the item of an agenda.
    Agenda,
}

/// Lines that may be the title.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) lines: Vec<SheetLine>,
    pub(super) way: Way,
}

/// Longest title, in bytes; longer ones are prose.
const LONGEST: usize = 900;
/// Most lines of a title.
const MOST_LINES: usize = 12;
/// Two sizes that differ by a smaller share are one.
const SAME_SIZE: f32 = 0.09;
/// More space than this between lines, in line heights, parts two headings.
const APART: f32 = 0.75;

impl Candidate {
    pub(super) fn new(line: &SheetLine, way: Way) -> Self {
        Self { lines: vec![line.clone()], way }
    }

    /// Whether a line below cannot but go on with it: one paragraph, or words that want another.
    pub(super) fn wants(&self, next: &SheetLine) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let same = last.block.is_some() && last.block == next.block;
        let in_capitals = title::is_capitals(&last.text) && title::is_capitals(&next.text);
        let near = if in_capitals { next.space_above <= 2.0 } else { next.space_above < 0.3 && !next.whole };
        same || ends_open(&last.text) && near
    }

    fn length(&self) -> usize {
        self.lines.iter().map(|line| line.text.len() + 1).sum()
    }

    /// Whether the next line stands so near that it is a part of it, whatever it says.
    pub(super) fn runs_on_to(&self, next: &SheetLine) -> bool {
        let Some(last) = self.lines.last().filter(|_| !begins_list(&next.text)) else { return false };
        let is_near = next.space_above < 0.3 && !next.whole && !last.whole
            || last.block.is_some() && last.block == next.block;
        let near = is_near && self.takes(next) && self.way != Way::Else;
        // "BETWEEN / THE GOVERNMENT OF A / AND": set with space between, and no title by themselves.
        let fits = last.page == next.page && self.length() + next.text.len() <= LONGEST;
        let in_capitals = title::is_capitals(&last.text) && title::is_capitals(&next.text);
        let spread = (ends_open(&last.text) || is_link(&next.text)) && in_capitals && next.space_above <= 2.0;
        if fits && self.names_parties(next) && next.space_above <= 2.0 {
            return true;
        }
        let open_act = self.way == Way::Act && ends_open(&last.text);
        near || fits && (spread && self.way != Way::Else || open_act)
            || self.way == Way::Act && goes_on(&next.text) && self.takes(next)
    }

    /// Whether the next line says between whom an agreement is, in whatever type: "between A, of the one
    /// part," and "and B, of the other part".
    fn names_parties(&self, next: &SheetLine) -> bool {
        let holds = |words: &[&str]| {
            let mut said = self.lines.iter().flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric()));
            said.any(|word| words.contains(&fold::folded(word).as_str()))
        };
        let first = next.text.split(' ').next().unwrap_or_default();
        match first {
            "between" | "entre" => holds(lists::AGREEMENTS) && !holds(&["between", "entre"]),
            "and" | "et" | "y" => holds(lists::AGREEMENTS) && holds(&["between", "entre"]),
            _ => false,
        }
    }

    /// Whether the next line goes on with it.
    pub(super) fn takes(&self, next: &SheetLine) -> bool {
        let Some(last) = self.lines.last().filter(|_| !begins_list(&next.text)) else { return false };
        let fits = self.length() + next.text.len() <= LONGEST
            && self.lines.len() < MOST_LINES
            && last.page == next.page;
        fits && match self.way {
            Way::Act => goes_on(&next.text) || looks_alike(last, next),
            Way::Rest => last.block.is_some() && last.block == next.block,
            _ => looks_alike(last, next),
        }
    }

    /// The title, in one line.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let all_capitals = self.lines.iter().all(|line| title::is_capitals(&line.text));
        for line in &self.lines {
            let words = if all_capitals { line.text.clone() } else { title::plain(&line.text) };
            let is_cut = text.ends_with('-') && words.starts_with(char::is_lowercase);
            text.push_str(if text.is_empty() || is_cut { "" } else { " " });
            text.push_str(&words);
        }
        bare(&if all_capitals { title::plain(&text) } else { text })
    }

    /// The title as it is printed.
    pub(super) fn printed(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// How sure a title found this way is.
    pub(super) fn sureness(&self) -> Sureness {
        match self.way {
            Way::Act | Way::Numbered => Sureness::Sure,
            // The first heading of a web page, against what its browser tab says.
            _ if self.lines.first().is_some_and(|line| line.whole && line.place == Place::Heading(1)) => {
                Sureness::Sure
            }
            _ => Sureness::Likely,
        }
    }

    /// What speaks for it: its size, then how it was found, then how early it stands.
    fn weight(&self, at: usize) -> f32 {
        let Some(first) = self.lines.first() else { return 0.0 };
        let way = match self.way {
            Way::Act => 1.8,
            Way::Numbered => 1.7,
            Way::Line => 1.25,
            Way::Rest => 1.2,
            Way::Words => 1.0,
            Way::Else => 0.7,
            Way::Head => 0.8,
            Way::Agenda => 0.5,
        };
        let heading = match first.place {
            Place::Heading(1) => 1.25,
            Place::Heading(_) => 1.1,
            Place::Cell => 0.8,
            _ => 1.0,
        };
        let looks = if first.bold { 1.06 } else { 1.0 } * if first.centred { 1.05 } else { 1.0 };
        let page = [1.0, 0.72, 0.6].get(first.page).copied().unwrap_or(0.4);
        let place = 1.0 - (at.min(20) as f32) * 0.01;
        // A question below other heads is the head of a part, and "54 signatories" stands on a chart.
        let asks = at > 0 && self.lines.last().is_some_and(|line| line.text.trim_end().ends_with('?'));
        let is_figure = first.text.split(' ').next().is_some_and(|word| {
            (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
        });
        let page = if asks || is_figure && self.way == Way::Words { page * 0.6 } else { page };
        first.size.clamp(0.6, 3.0) * way * heading * looks * page * place
    }

    /// Whether it is set apart from a text: by its looks, or as a short line that is no sentence.
    fn is_set_apart(&self) -> bool {
        let Some(first) = self.lines.first() else { return false };
        let looks =
            first.size >= 1.12 || first.bold || first.centred || matches!(first.place, Place::Heading(_));
        let text = self.text();
        let ends = text.trim_end();
        let printed = self.lines.last().map_or("", |line| line.text.trim_end());
        let is_sentence = printed.ends_with(['.', ',', ';', ':']) && !title::is_capitals(ends);
        let is_prose = self.way == Way::Words
            && !first.bold
            && first.size < 1.12
            && ends.split(". ").skip(1).any(|after| after.starts_with(char::is_uppercase))
            && ends.contains(char::is_lowercase)
            && ends.len() > 60;
        let is_list = is_prose || ends.contains("....") || ends.contains('@') || ends.starts_with("http");
        let has_words = ends.chars().filter(|c| c.is_alphabetic()).count() >= 4;
        let is_date = is_date(ends);
        let begins = ends.chars().next().is_some_and(|c| !c.is_lowercase());
        has_words
            && !is_list
            && !is_date
            && begins
            && (looks || self.way != Way::Words || (!is_sentence && ends.len() <= 300))
    }
}

/// "December 2030": a date without its day, which is no title.
fn is_date(text: &str) -> bool {
    let words = Words::of(text);
    dates::date_at(&words, 0).is_some_and(|date| date.n_words == words.len())
}

/// Whether a line is the first of those with numbers: "I. THE PROBLEM" below a title.
fn begins_list(line: &str) -> bool {
    crate::label::marker(line).is_some_and(|marker| {
        let is_first = marker.value == 1 || marker.roman == Some(1);
        is_first && !marker.is_item() && marker.style.close == b'.' && marker.body < line.len()
    })
}

/// Whether two lines are one heading by their looks.
pub(super) fn looks_alike(above: &SheetLine, below: &SheetLine) -> bool {
    let same = (above.size - below.size).abs() <= SAME_SIZE * above.size.max(below.size)
        && above.bold == below.bold
        && above.page == below.page;
    let same_set = title::is_capitals(&above.text) == title::is_capitals(&below.text)
        || below.text.len() < 30
        || above.text.len() < 30
        || above.block.is_some() && above.block == below.block;
    let near = if above.whole || below.whole {
        above.text.ends_with(':') && below.space_above <= 1.5
    } else {
        below.space_above <= APART
            || title::is_capitals(&above.text) && title::is_capitals(&below.text) && below.space_above <= 1.0
    };
    same && same_set && near && above.place == below.place
}

/// Whether a line ends with a word that wants another: "Former President of the".
pub(super) fn ends_open(line: &str) -> bool {
    let last = line.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    lists::OPEN_LINE_ENDS.contains(&fold::folded(last).as_str())
}

/// Whether a line is nothing but a link: "AND", "BETWEEN".
fn is_link(line: &str) -> bool {
    let links = [
        "and",
        "between",
        "et",
        "entre",
        "y",
        "on",
        "for",
        "relating to",
        "concerning",
        "of",
        "sur",
        "sobre",
        "de",
        "avec",
        "con",
        "with",
    ];
    links.contains(&fold::folded(line.trim()).as_str())
}

/// Whether a line goes on with the title of an act: "of 3 May 2030", "on lamp marks", "(recast)".
fn goes_on(line: &str) -> bool {
    let starts_low = line.trim_start_matches(['—', '–', '-', '(', ' ']).starts_with(char::is_lowercase);
    let first = line.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    // "No 5/2050", the number of an act on a line of its own.
    let number =
        || line.split_whitespace().nth(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_number = ["no", "nr", "n"].contains(&fold::folded(first).as_str()) && number();
    starts_low || is_number || lists::TITLE_LINKS.contains(&fold::folded(first).as_str())
}

/// The best candidate.
pub(super) fn best(candidates: &[Candidate]) -> Option<&Candidate> {
    let apart = candidates.iter().enumerate().filter(|(_, candidate)| candidate.is_set_apart());
    let mut best: Option<(&Candidate, f32)> = None;
    for (at, candidate) in apart {
        let weight = candidate.weight(at);
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((candidate, weight));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// Longest of two lines that may be one title, in bytes, and how much of a text is looked at for both together.
const LONGEST_HALF: usize = 60;
const SOON: usize = 60_000;

/// The title with the line below it or above it, where the text soon says both in one breath: "The Lamp" and
/// "Book", of which "the Lamp Book" tells.
pub(super) fn completed(candidates: &[Candidate], best: &Candidate, text: &str) -> Option<Candidate> {
    let at = candidates.iter().position(|candidate| std::ptr::eq(candidate, best))?;
    let below = candidates.get(at + 1).and_then(|next| joined(best, next));
    let above = || joined(candidates.get(at.checked_sub(1)?)?, best);
    let soon = &text[..text.floor_char_boundary(SOON)];
    let is_said = |both: &Candidate| {
        let said = both.printed().to_ascii_lowercase();
        memchr::memmem::find(soon.to_ascii_lowercase().as_bytes(), said.as_bytes()).is_some()
    };
    below.filter(is_said).or_else(|| above().filter(is_said))
}

/// Two short lines of one page as one title.
fn joined(first: &Candidate, second: &Candidate) -> Option<Candidate> {
    let fits = |half: &Candidate| {
        matches!(half.way, Way::Words | Way::Line | Way::Else)
            && half.lines.len() == 1
            && half.length() <= LONGEST_HALF
    };
    let page = |half: &Candidate| half.lines.first().map(|line| line.page);
    let are_halves = fits(first) && fits(second) && page(first) == page(second);
    let ends = first.printed().ends_with(['.', ':', '?']);
    let lines = || [first.lines.as_slice(), &second.lines].concat();
    (are_halves && !ends).then(|| Candidate { lines: lines(), way: first.way })
}

/// A title without the mark of its footnote, what is said of its publication and a last stop.
fn bare(text: &str) -> String {
    let mut title = text.trim();
    loop {
        let before = title;
        title = title.trim_end_matches([
            '*', '†', '‡', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', ' ', ',', ';', ':',
        ]);
        if let Some(open) = title.rfind('(')
            && title.ends_with(')')
            && (is_note(&title[open..]) || is_mark(&title[open..]))
        {
            title = &title[..open];
        }
        if let Some(cut) = title.strip_suffix('.').filter(|cut| !cut.ends_with(|c: char| c.is_uppercase())) {
            title = cut;
        }
        if title == before {
            return title.to_owned();
        }
    }
}

/// "12 JANVIER 2024. - Arrêté ..." without the date before it.
pub(super) fn undated(title: &str) -> &str {
    if !title.starts_with(|c: char| c.is_ascii_digit()) {
        return title;
    }
    let words = Words::of(title);
    let Some(date) = when::date_at(&words, 0).filter(|date| date.n_words > 0) else { return title };
    let rest = &title[words.span(0, date.n_words - 1).end..];
    let after = rest.trim_start_matches(['.', ' ', '-', '–', '—']);
    let is_parted = rest[..rest.len() - after.len()].contains(['-', '–', '—']);
    if is_parted && after.starts_with(char::is_uppercase) { after } else { title }
}

/// "(1)", the mark of a footnote.
fn is_mark(brackets: &str) -> bool {
    let inside = brackets.trim_matches(['(', ')', ' ']);
    (1..=2).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*')
}

/// "(Text with EEA relevance)".
fn is_note(brackets: &str) -> bool {
    let folded = fold::folded(brackets.trim_matches(['(', ')', ' ']));
    [
        "text with eea relevance",
        "texte presentant de l'interet pour l'eee",
        "texte presentant de l’interet pour l’eee",
        "texto pertinente a efectos del eee",
        "text von bedeutung fur den ewr",
    ]
    .contains(&folded.as_str())
}

/// The words of "78/134. Trade in lamps" after the number, where it is that of a resolution.
pub(super) fn after_number(line: &str) -> Option<&str> {
    let end = line.find(|c: char| {
        !(c.is_ascii_digit() || c == '/' || c.is_ascii_uppercase() || c == '(' || c == ')')
    })?;
    let (number, rest) = line.split_at(end);
    let rest = rest.strip_prefix('.')?.trim_start();
    let is_number = number.contains('/')
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')');
    (is_number && rest.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(rest)
}
