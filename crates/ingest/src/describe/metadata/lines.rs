//! Whether lines are formulas, never titles, headings, prose: what the reader of mastheads asks of
//! one line and its neighbours.

use super::bodies;
use super::fold::is_folded;
use super::reading;
use super::registry::{self, Formula, Lines, Match, NEVER, Token};
use super::sheet::{Place, SheetLine};
use super::title;
use super::titles::looks_alike;
use crate::describe::words::Words;
use crate::lists;

/// The formula that lines begin with.
pub(super) fn matched(window: &[&str], closing: bool) -> Option<(&'static Formula, Match)> {
    let joined = window.join("\n");
    let words = Words::of(&joined);
    let ends = line_ends(&joined, &words);
    registry::formula(&Lines { words: &words, ends: &ends }, closing)
}

/// The closing formula that a paragraph begins with.
pub(super) fn closing(text: &str) -> Option<(&'static Formula, Match)> {
    matched(&[text], true)
}

/// One past the last word of each line.
pub(super) fn line_ends(joined: &str, words: &Words<'_>) -> Vec<usize> {
    let mut ends = Vec::new();
    for place in 1..words.len() {
        if words.gap(place).contains('\n') {
            ends.push(place);
        }
    }
    ends.push(words.len());
    debug_assert!(joined.len() >= words.len());
    ends
}

/// How many lines the first `end` words take up, at least in part.
pub(super) fn lines_of(joined: &str, end: usize) -> usize {
    let words = Words::of(joined);
    let last = words.span(end.saturating_sub(1), end.saturating_sub(1)).end;
    joined[..last].matches('\n').count() + 1
}

/// Whether a line is never a title; and whether the pattern only begins it, so that lines that
/// run on with it go too.
pub(super) fn never(line: &str) -> Option<bool> {
    let words = Words::of(line);
    let ends = [words.len()];
    let lines = Lines { words: &words, ends: &ends };
    let found = NEVER.iter().filter(|pattern| lines.matched(pattern).is_some());
    let open =
        found.map(|pattern| !matches!(pattern.last(), Some(Token::End))).reduce(|one, other| one && other);
    open.or(words.is_empty().then_some(false))
}

/// How many lines below the first run on with it.
pub(super) fn running(lines: &[&SheetLine]) -> usize {
    lines
        .windows(2)
        .take(4)
        .take_while(|pair| pair[1].space_above < 0.3 && !pair[1].whole && looks_alike(pair[0], pair[1]))
        .count()
}

/// A line of a contents list: dots, or a number at its end after more than a space.
pub(super) fn is_contents(text: &str) -> bool {
    text.contains("....") || text.contains(". . .") || text.contains("… …") || text.contains("PAGEREF")
}

/// "J O U R N A L": letters set apart.
pub(super) fn is_spaced(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let single = words.iter().filter(|word| word.chars().count() == 1).count();
    words.len() >= 5 && single * 10 >= words.len() * 7
}

/// A line without the symbol that stands before or after its words.
pub(super) fn without_symbol(line: &str) -> &str {
    let Some((span, _, _)) = reading::first_symbol(line) else { return line };
    let (before, after) =
        (line[..span.start].trim(), line[span.end..].trim_start_matches([' ', ':', '—', '–', '-']));
    let many = |text: &str| text.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count();
    match (many(before) >= 2, many(after)) {
        (true, 0..=2) => before,
        (false, 3..) if before.is_empty() && after.starts_with(char::is_uppercase) => after,
        _ => line,
    }
}

pub(super) fn is_heading(line: &SheetLine) -> bool {
    matches!(line.place, Place::Heading(_)) || line.size >= 1.12
}

/// "1. The Committee on Lamps held its ...".
pub(super) fn is_numbered(line: &SheetLine, words: &Words<'_>) -> bool {
    let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let marked = digits > 0
        && digits <= 3
        && line.text[digits..].starts_with(['.', ')'])
        && line.text[digits + 1..].starts_with(' ');
    marked && words.len() >= 6 && !is_heading(line) && !line.bold
}

/// A sentence, or a line of a paragraph of several.
pub(super) fn is_prose(line: &SheetLine, words: &Words<'_>, next: Option<&SheetLine>) -> bool {
    if is_heading(line)
        || line.bold
        || line.centred
        || title::is_capitals(&line.text)
        || line.place != Place::Text
        || line.size < 0.9
    {
        return false;
    }
    let small =
        (0..words.len()).filter(|place| words.printed(*place).starts_with(char::is_lowercase)).count();
    let is_sentence = words.len() >= 12 && small * 2 > words.len() && line.text.ends_with(['.', ';', ':']);
    let is_long = words.len() >= 45 && small * 2 > words.len();
    let runs_on = words.len() >= 9
        && small * 5 > words.len() * 3
        && next.is_some_and(|next| {
            let many = Words::of(&next.text);
            let low =
                (0..many.len()).filter(|place| many.printed(*place).starts_with(char::is_lowercase)).count();
            next.space_above < 0.4 && many.len() >= 7 && low * 2 > many.len() && looks_alike(line, next)
        });
    is_sentence || is_long || runs_on && line.size <= 1.1
}

/// "Revision", "Rev. 2".
pub(super) fn revision(line: &str) -> bool {
    let words = Words::of(line);
    let names = ["revision", "révision", "revisión", "rev", "revised"];
    words.len() <= 3 && (0..words.len()).any(|place| names.contains(&words.at(place)))
}

/// Whether a title that a file carries is none: a letterhead, a gazette's name, a number.
pub(super) fn is_no_title(title: &str) -> bool {
    let said = reading::read(title);
    // "Joint Statement of the Trade Council" may be the name of a body by its shape.
    let is_body_alone = said.symbols.is_empty() && said.number.is_none() && said.date.is_none();
    let is_act = || matched(&[title], false).is_some_and(|(formula, _)| formula.kind.is_some());
    let is_symbol = said.is_all() && !(is_body_alone && is_act());
    is_symbol || never(title).is_some() || reading::is_letterhead(title)
}

/// "8447 Ley 7/2030, de 20 de mayo": the act after its number in the gazette.
pub(super) fn after_item_number(line: &str) -> Option<String> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.get(digits..)?.trim_start();
    let is_number = (3..=6).contains(&digits) && line[digits..].starts_with(' ');
    let is_act =
        || matched(&[after], false).is_some_and(|(formula, _)| formula.title == registry::Title::Act);
    (is_number && is_act()).then(|| after.to_owned())
}

/// "From: the Secretariat": a line of a form.
pub(super) fn is_labelled(line: &str) -> bool {
    let words = Words::of(line);
    registry::phrase_at(&words, 0, registry::LABELS).is_some_and(|length| words.gap(length).contains(':'))
}

/// Whether nothing but words of kinds and bodies stands before a symbol, so that the line begins
/// with it: "COMMISSION IMPLEMENTING REGULATION (EU) 2030/12".
pub(super) fn is_own_at(before: &str) -> bool {
    let words = Words::of(before);
    let is_one = |place: usize| lists::BEFORE_OWN_SYMBOL.iter().any(|word| is_folded(words.at(place), word));
    words.len() <= 4 && (0..words.len()).all(is_one)
}

/// "LE CONSEIL DES MINISTRES" without a comma, above "Vu le Traité".
pub(super) fn speaker(lines: &[&SheetLine], at: usize) -> Option<bodies::Named> {
    let next = lines.get(at + 1)?;
    let opens = registry::phrase_at(&Words::of(&next.text), 0, registry::OPENINGS).is_some();
    let text = &lines[at].text;
    let has_article = bodies::without_article(text).len() < text.len();
    if opens && has_article { bodies::known(text).or_else(|| bodies::by_shape(text)) } else { None }
}

/// "THE HIGH CONTRACTING PARTIES,", "THE GOVERNMENTS OF THE MEMBER STATES:": in capitals, with an article,
/// and a sentence that goes on.
pub(super) fn is_speaker_line(line: &str) -> bool {
    let is_short = line.ends_with([',', ':']) && line.split(' ').count() <= 12;
    is_short && title::is_capitals(line) && bodies::without_article(line).len() < line.len()
}
