//! Pages of EUR-Lex, in all the forms that they were published in: what their classes say.
//!
//! The Official Journal since 2013 (`ti-art`, later `oj-ti-art`), consolidated texts
//! (`title-article-norm`), documents of the Commission (`Titrearticle`), and the marks of amendment
//! that the editors of consolidated texts put between the words.

use chapeau_document::{Date, Level};

use crate::extract::ordinal::is_raised;
use crate::extract::properties::is_celex;
use crate::label;
use crate::{Line, Role};

/// What a class says that a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A line of the act's title; later in a page, the head of an annex.
    Title,
    /// The number of its procedure, which may stand on the cover already.
    Reference,
    /// "Article 1", with its title behind a line break or not at all.
    Article,
    /// The title of the article above.
    ArticleTitle,
    /// "CHAPTER I", "ANNEX II", with its title behind a line break or not at all.
    Division,
    /// The title of the division above.
    DivisionTitle,
    /// A heading without number of this depth.
    Heading(u8),
    /// The date of the issue of the Official Journal.
    IssueDate,
    /// Running heads of the Official Journal, and what editors add.
    Frame,
}

/// The classes; those of today's Official Journal have `oj-` before them.
const CLASSES: &[(&str, Named)] = &[
    ("doc-ti", Named::Title),
    ("title-doc-first", Named::Title),
    ("title-doc-last", Named::Title),
    ("Statut", Named::Title),
    ("Typedudocument", Named::Title),
    ("Titreobjet", Named::Title),
    ("Rfrenceinterinstitutionnelle", Named::Reference),
    ("Typedudocument_cp", Named::Title),
    ("Titreobjet_cp", Named::Title),
    ("ti-art", Named::Article),
    ("title-article-norm", Named::Article),
    ("Titrearticle", Named::Article),
    ("sti-art", Named::ArticleTitle),
    ("stitle-article-norm", Named::ArticleTitle),
    ("ti-section-1", Named::Division),
    ("title-division-1", Named::Division),
    ("title-annex-1", Named::Division),
    ("SectionTitle", Named::Division),
    ("Annexetitre", Named::Division),
    ("ti-section-2", Named::DivisionTitle),
    ("title-division-2", Named::DivisionTitle),
    ("title-annex-2", Named::DivisionTitle),
    ("Exposdesmotifstitre", Named::Heading(2)),
    ("Fichefinanciretitre", Named::Heading(2)),
    ("ManualHeading1", Named::Heading(3)),
    ("ManualHeading2", Named::Heading(4)),
    ("ManualHeading3", Named::Heading(5)),
    ("ManualHeading4", Named::Heading(6)),
    ("ti-grseq-1", Named::Heading(3)),
    ("title-gr-seq-level-1", Named::Heading(3)),
    ("title-gr-seq-level-2", Named::Heading(4)),
    ("title-gr-seq-level-3", Named::Heading(5)),
    ("title-gr-seq-level-4", Named::Heading(6)),
    ("hd-date", Named::IssueDate),
    ("hd-lg", Named::Frame),
    ("hd-ti", Named::Frame),
    ("hd-oj", Named::Frame),
    ("hd-coll", Named::Frame),
    ("hd-uniq", Named::Frame),
    ("doc-end", Named::Frame),
    ("reference", Named::Frame),
    ("disclaimer", Named::Frame),
    ("modref", Named::Frame),
];

/// What the classes of an element say, if they are of EUR-Lex.
pub(super) fn named(classes: &str) -> Option<Named> {
    classes.split_whitespace().find_map(|class| {
        let class = class.strip_prefix("oj-").unwrap_or(class);
        CLASSES.iter().find(|(known, _)| *known == class).map(|(_, named)| *named)
    })
}

impl Named {
    /// Whether a line break within it only parts its number from its title.
    pub(super) fn is_head(self) -> bool {
        !matches!(self, Self::IssueDate | Self::Frame | Self::Reference)
    }
}

/// The classes of a number that stands in a box of its own before its words.
const NUMBERS: &[&str] = &["num", "no-parag", "list-symbol"];

/// Whether an element holds the number of a paragraph.
pub(super) fn is_number(classes: &str) -> bool {
    classes.split_whitespace().any(|class| NUMBERS.contains(&class))
}

/// The classes of boxes that set the mark of a list beside its item: the whole, and its two halves.
pub(super) fn is_grid(classes: &str) -> bool {
    classes.split_whitespace().any(|class| class == "grid-container")
}

pub(super) fn is_column(classes: &str) -> bool {
    classes.split_whitespace().any(|class| class.starts_with("grid-list-column-"))
}

/// The role of a line, and its words. `head_end`: where its first line broke. `None`: it was the
/// title of the heading above, which has taken it.
pub(super) fn settled(
    named: Named,
    text: &str,
    head_end: Option<usize>,
    lines: &mut [Line],
) -> Option<(Role, String)> {
    let role = match named {
        Named::IssueDate | Named::Frame => Role::Furniture,
        Named::Reference if lines.iter().any(|line| same_letters(&line.text, text)) => Role::Furniture,
        Named::Reference => Role::Body,
        Named::Heading(depth) => heading(depth),
        Named::Article => divided(Level::Article, text, head_end),
        Named::Division => match label::division(&spaced(text)).map(|division| division.level) {
            Some(level) => divided(level, text, head_end),
            None if entitle(lines, text, true) => return None,
            None => heading(2),
        },
        Named::Title => match label::division(&spaced(text)).map(|division| division.level) {
            Some(Level::Annex) => divided(Level::Annex, text, head_end),
            _ if heads_annex(lines) && entitle(lines, text, true) => return None,
            _ => heading(1),
        },
        Named::ArticleTitle if entitle(lines, text, false) => return None,
        Named::DivisionTitle if entitle(lines, text, true) => return None,
        Named::ArticleTitle | Named::DivisionTitle => heading(3),
    };
    Some((role, text.to_owned()))
}

/// Whether two texts differ by space alone: "2030/12(NLE)", "2030/12 (NLE)".
fn same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> { text.chars().filter(|c| !c.is_whitespace()).collect() };
    one.len().abs_diff(other.len()) <= 4 && letters(one) == letters(other)
}

fn heading(depth: u8) -> Role {
    Role::Heading { level: Level::Heading, depth, label: None, title: None }
}

/// The head of a division: its number, and its title where that stands behind it.
fn divided(level: Level, text: &str, head_end: Option<usize>) -> Role {
    let (head, rest) = head_end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
    let head = spaced(head);
    let label = label::division(&head).map_or(head.as_str(), |division| division.label).trim();
    let behind = head[label.len()..].trim_start_matches([' ', '-', '–', '—', ':', '.']);
    let title = spaced(&[behind, " ", rest].concat());
    let title = (!title.is_empty()).then_some(title);
    Role::Heading { level, depth: depth(level), label: Some(label.to_owned()), title }
}

/// Words with plain spaces between them: pages set "Article 1" with one that does not break.
fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn depth(level: Level) -> u8 {
    match level {
        Level::Annex | Level::Part => 2,
        Level::Chapter => 3,
        Level::Section => 4,
        _ => 5,
    }
}

/// Gives the heading right above a title, or more of it; tells whether there is such a heading.
fn entitle(lines: &mut [Line], words: &str, is_division: bool) -> bool {
    let Some(line) = lines.last_mut() else { return false };
    let Role::Heading { level, title, label: Some(_), .. } = &mut line.role else { return false };
    if *level == Level::Heading || (*level == Level::Article) == is_division {
        return false;
    }
    let longer = title.take().map_or_else(|| words.to_owned(), |title| [&title, " ", words].concat());
    *title = Some(longer);
    line.text = [line.text.as_str(), " ", words].concat();
    true
}

fn heads_annex(lines: &[Line]) -> bool {
    matches!(lines.last(), Some(Line { role: Role::Heading { level: Level::Annex, .. }, .. }))
}

/// The title of an act of these lines, without remarks in brackets.
pub(super) fn title(lines: &[String]) -> Option<String> {
    let is_remark = |line: &&String| line.starts_with('(') && line.ends_with(')');
    let words: Vec<&str> = lines.iter().filter(|line| !is_remark(line)).map(String::as_str).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// "27.6.2013".
pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.trim().splitn(3, '.');
    let mut next = || parts.next()?.trim().parse::<i16>().ok();
    let (day, month, year) = (next()?, next()?, next()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A page without its marks of amendment: "►M2 words ◄", and "▼B" on a line of its own, which is no
/// text. Where pictures stood, the oldest pages say so between angle brackets.
pub(super) fn without_marks(lines: &mut [Line]) {
    for line in lines {
        if line.text.contains(['►', '▼', '◄']) {
            line.text = plain(&line.text);
        }
        if line.text.contains('(') {
            unwrap_marks(&mut line.text);
        }
        let is_place = line.text.starts_with('>') && line.text.ends_with('>');
        if is_place || is_mark(&line.text) || is_reference(&line.text) || is_imprint(&line.text) {
            line.role = Role::Furniture;
        }
    }
}

/// "the lamps (¹)" is "the lamps¹": brackets around a raised mark only set it apart.
fn unwrap_marks(text: &mut String) {
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        let mark = text[open + 1..].trim_start_matches(is_raised);
        let length = text.len() - open - 1 - mark.len();
        from = open + 1;
        if length > 0 && mark.starts_with(')') {
            text.remove(open + 1 + length);
            let start = text[..open].trim_end().len();
            text.replace_range(start..=open, "");
            from = start;
        }
    }
}

/// The head of a consolidated text: "02030R0012 — EN — 01.01.2031 — 001.001".
fn is_reference(text: &str) -> bool {
    let mut parts = text.split('—').map(str::trim);
    let number = parts.next().unwrap_or_default();
    // Before 2004 the number had no sector.
    parts.count() >= 2 && (is_celex(number) || is_celex(&["0", number].concat()))
}

/// `ELI: http://data.europa.eu/...`, "ISSN 1234-5678 (electronic edition)": the foot of an issue.
fn is_imprint(text: &str) -> bool {
    let is_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() < 60;
    text.starts_with("ELI: http") || text.strip_prefix("ISSN ").is_some_and(is_number)
}

/// A mark of amendment and nothing else, or with the dashes of what was deleted.
fn is_mark(text: &str) -> bool {
    let rest = text.strip_prefix('▼').and_then(after_mark);
    rest.is_some_and(|rest| rest.trim_matches(is_dash).is_empty())
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '—' | '–' | '-' | '_') || letter.is_whitespace()
}

/// What follows the name of an amending act: "B", "M2", "C1".
fn after_mark(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|letter: char| letter.is_ascii_uppercase())?;
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// Words without the marks that open and close an amendment; arrows that are none stay.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_open = false;
    let mut rest = text;
    while let Some(at) = rest.find(['►', '◄']) {
        plain.push_str(&rest[..at]);
        let arrow = &rest[at..];
        rest = &arrow['►'.len_utf8()..];
        let after = if arrow.starts_with('►') { after_mark(rest) } else { None };
        if let Some(after) = after {
            is_open = true;
            rest = after.trim_start();
        } else if arrow.starts_with('◄') && (is_open || rest.trim().is_empty() && !text.contains('►')) {
            plain.truncate(plain.trim_end().len());
        } else {
            plain.push_str(&arrow[..'►'.len_utf8()]);
        }
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_amendment_are_no_words() {
        assert_eq!(plain("Lamps ►M2  of brass ◄ shine."), "Lamps of brass shine.");
        assert_eq!(plain("► WICKS and ►LG ◄"), "► WICKS and ►LG ◄");
        assert_eq!(plain("on lamps of brass ◄"), "on lamps of brass");
        for text in ["▼B", "▼M12", "▼M1 —————"] {
            assert!(is_mark(text), "{text}");
        }
        for text in ["▼B Lamps", "B", "—————", ""] {
            assert!(!is_mark(text), "{text}");
        }
        assert!(is_reference("2030R0012 — EN — 01.01.2031 — 001.001"));
        assert!(!is_reference("2030 — EN — lamps"));
        assert!(is_imprint("ISSN 1234-5678 (electronic edition)"));
        assert!(!is_imprint("ISSN numbers of lamps"));
    }

    #[test]
    fn raised_marks_need_no_brackets() {
        let mut text = "lamps (¹), (2) wicks(¹²) and (oil³)".to_owned();
        unwrap_marks(&mut text);
        assert_eq!(text, "lamps¹, (2) wicks¹² and (oil³)");
    }

    #[test]
    fn heads_part_from_their_titles() {
        let check = |text: &str, head_end, expected: (&str, Option<&str>)| {
            let Role::Heading { label, title, .. } = divided(Level::Article, text, head_end) else {
                unreachable!("a head is a heading")
            };
            assert_eq!((label.as_deref(), title.as_deref()), (Some(expected.0), expected.1));
        };
        check("Article 1", None, ("Article 1", None));
        check("Artikel\u{a0}2 \u{a0}Deckel", Some(10), ("Artikel 2", Some("Deckel")));
        check("Article 2 Marks", Some(9), ("Article 2", Some("Marks")));
        check("ANNEX II – Kettles", None, ("ANNEX II", Some("Kettles")));
        check("Artykuł 3 Lampy", Some("Artykuł 3".len()), ("Artykuł 3", Some("Lampy")));
    }

    #[test]
    fn issues_are_dated() {
        assert_eq!(date("3.5.2030").map(|date| date.to_string()).as_deref(), Some("2030-05-03"));
        assert_eq!(date("31.2.2030"), None);
        assert_eq!(date("May"), None);
    }
}
