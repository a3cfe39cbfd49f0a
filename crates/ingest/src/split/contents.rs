//! Tables of contents: lines with leaders, titles with the numbers of their pages, lists under a
//! title, and heads that come again in the same order with text between them.

mod rows;

use std::collections::HashMap;

use chapeau_document::Level;

use super::openers;
use super::piece::{Form, LONGEST_HEADING, Piece};
use crate::any_of::{AnyOf, Made};
use crate::label::{fold, folded, number_value};
use crate::lists;

/// Marks the pieces of all tables of contents.
pub(super) fn silence(pieces: &mut [Piece<'_>]) {
    silence_lines(pieces);
    silence_page_lists(pieces);
    silence_titled(pieces);
    silence_recurring(pieces);
}

/// Longest title of a table of contents, in bytes: one of letters set apart is twice as long.
const LONGEST_TITLE: usize = 60;

fn is_title(piece: &Piece<'_>) -> bool {
    piece.text.len() <= LONGEST_TITLE && lists::CONTENTS_TITLES.contains(&letters(piece.text).as_str())
}

/// The letters and digits alone, small and without accents.
fn letters(text: &str) -> String {
    if text.is_ascii() {
        let mut letters = Vec::with_capacity(text.len());
        letters.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()));
        return String::from_utf8(letters).unwrap_or_default();
    }
    let mut letters = String::with_capacity(text.len());
    letters.extend(text.chars().map(fold).filter(|c| c.is_alphanumeric()));
    letters
}

/// How many pieces, of one line with a leader to the next, may be the first lines of a long entry.
const LONGEST_GAP: usize = 3;

/// The title of a table of contents, and what stands between two of its lines.
fn silence_lines(pieces: &mut [Piece<'_>]) {
    let mut last: Option<usize> = None;
    for at in 0..pieces.len() {
        if pieces[at].form != Form::Contents {
            continue;
        }
        let from = last.map_or(at.saturating_sub(2), |last| last + 1);
        let gap = from..at;
        let is_between =
            last.is_some() && gap.len() <= LONGEST_GAP && pieces[gap.clone()].iter().all(is_entry);
        for piece in &mut pieces[gap] {
            if is_between || is_title(piece) {
                piece.form = Form::Contents;
            }
        }
        last = Some(at);
    }
}

/// Longest entry that a list under a title can have, in bytes, and most entries.
const LONGEST_ENTRY: usize = 240;
const MOST_ENTRIES: usize = 4000;
/// An entry as short as this may have any verb: "12. Board may forbid wicks."
const SHORT_ENTRY: usize = 70;
/// Fewest entries of a list under a title.
const FEWEST_ENTRIES: usize = 3;

/// Whether a piece may be an entry: a head, or words that are no sentence.
fn is_entry(piece: &Piece<'_>) -> bool {
    let text = piece.text.trim_end();
    let ends_open = text.ends_with([';', ',']) || text.ends_with(':') && text.len() > 20;
    let is_sentence = || text.ends_with('.') && text.len() > 100 || says_shall(text);
    match &piece.form {
        Form::Contents => true,
        Form::Division(_) | Form::Heading => text.len() <= 2 * LONGEST_ENTRY,
        // Entries that were joined to one piece are long, but end as a title does.
        Form::Marked(_) => {
            !ends_open && (text.len() <= LONGEST_ENTRY || !text.ends_with('.')) && !is_sentence()
        }
        Form::Plain => {
            text.len() <= LONGEST_ENTRY
                && !ends_open
                && !text.ends_with('.')
                && !openers::is_recital(text)
                && !openers::names_maker(text)
                && !openers::is_agreement(text)
        }
        _ => false,
    }
}

fn says_shall(text: &str) -> bool {
    static MODALS: Made =
        Made::new(|| AnyOf::new(&[" shall ", " must ", " may ", " doit ", " doivent ", " deberá "]));
    MODALS.is_in(text)
}

/// What an entry and the head that it names have in common.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Division(Level, String),
    Words(String),
}

/// The key of a head; none for what is no head, or says too little to be found again.
fn key(piece: &Piece<'_>) -> Option<Key> {
    match &piece.form {
        Form::Division(division) if !division.label.is_empty() => {
            Some(Key::Division(division.level, letters(division.label)))
        }
        Form::Marked(marker) if marker.is_item() => None,
        Form::Division(_) | Form::Marked(_) | Form::Heading | Form::Plain => {
            let may_recur = piece.text.len() <= LONGEST_HEADING && is_entry(piece);
            let words = may_recur.then(|| letters(without_page(piece.text)))?;
            (words.len() > 3).then_some(Key::Words(words))
        }
        _ => None,
    }
}

fn without_page(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches([' ', '.', '\t'])
}

/// How many of the first entries tell by coming again that the list has ended.
const TELLING: usize = 3;

/// A title of contents and its entries, up to where the first of them come again or prose begins.
fn silence_titled(pieces: &mut [Piece<'_>]) {
    let mut at = 0;
    let mut n_looked_at = 0;
    while at < pieces.len() && n_looked_at < MOST_PAGE_LISTS {
        let is_title = is_title(&pieces[at]);
        n_looked_at += usize::from(is_title);
        let entries = &pieces[at + 1..];
        let run = if is_title { titled_run(entries).max(rows::run(entries)) } else { 0 };
        if run >= FEWEST_ENTRIES {
            pieces[at..=at + run].iter_mut().for_each(|piece| piece.form = Form::Contents);
        }
        at += run + 1;
    }
}

/// How many pieces after a title of contents are its entries.
fn titled_run(pieces: &[Piece<'_>]) -> usize {
    let mut first: Vec<Key> = Vec::new();
    let mut last = 0;
    let end = pieces.iter().take(MOST_ENTRIES).position(|piece| {
        let key = key(piece);
        let comes_again = key.as_ref().is_some_and(|key| first.contains(key));
        let tells = first.len() < TELLING && !comes_again && !is_caption(piece);
        first.extend(key.filter(|_| tells));
        let number = number(piece);
        let begins_anew = number == Some(1) && last >= FEWEST_ENTRIES as u32;
        // A long title with a stop is an entry where the numbers go on.
        let goes_on = number.is_some_and(|number| number == last || number == last.saturating_add(1))
            && piece.text.len() <= LONGEST_ENTRY
            && (piece.text.len() <= SHORT_ENTRY || !says_shall(piece.text));
        last = number.unwrap_or(last);
        comes_again || begins_anew || !goes_on && !is_entry(piece)
    });
    // A list that never ends is the text itself.
    let Some(end) = end else { return 0 };
    if let Some(end) = numbered_run(&pieces[..end]) {
        return end;
    }
    let lines = || pieces[..end].iter().filter(|piece| is_contents_line(piece));
    if lines().count() * 2 >= end {
        return pieces[..end].iter().rposition(is_contents_line).map_or(0, |last| last + 1);
    }
    // The head of the prose that begins here is no entry, unless it comes again as well.
    let last = end.checked_sub(1).map(|last| &pieces[last]);
    let comes_again = || {
        last.and_then(key)
            .is_some_and(|last| pieces[end..].iter().any(|piece| key(piece).as_ref() == Some(&last)))
    };
    // Where the numbers begin anew the last entry is no head of what follows.
    let begins_anew = number(&pieces[end]) == Some(1);
    if begins_anew || is_entry(&pieces[end]) || comes_again() { end } else { end.saturating_sub(1) }
}

/// The number before a piece: "12." or "12A.".
fn number(piece: &Piece<'_>) -> Option<u32> {
    match &piece.form {
        Form::Marked(marker) => piece.plain_number().map(|_| marker.value),
        _ => None,
    }
}

/// Where entries end that count from 1 without a gap: what follows has no number of theirs.
fn numbered_run(pieces: &[Piece<'_>]) -> Option<usize> {
    let mut next = 1;
    let mut end = 0;
    for (at, piece) in pieces.iter().enumerate() {
        if number(piece) == Some(next) {
            next += 1;
            end = at + 1;
        }
    }
    // A number that was lost ends no list whose numbers go on behind it.
    let goes_on = pieces[end..].iter().filter_map(number).any(|number| number > next);
    (next > FEWEST_ENTRIES as u32 && end <= 2 * next as usize && !goes_on).then_some(end)
}

/// Whether a piece stands over a column of numbers, on each page of a list anew.
fn is_caption(piece: &Piece<'_>) -> bool {
    const CAPTIONS: &[&str] = &[
        "section",
        "sections",
        "article",
        "articles",
        "clause",
        "clauses",
        "rule",
        "rules",
        "regulation",
        "regulations",
    ];
    CAPTIONS.contains(&letters(piece.text).as_str())
}

fn is_contents_line(piece: &Piece<'_>) -> bool {
    // "Article 1" alone is no title with a page.
    let is_bare = matches!(&piece.form, Form::Division(division) if division.title.is_none());
    piece.form == Form::Contents || !is_bare && title_of_entry(piece.text).is_some()
}

/// Heads that come again in the same order, with text between them there and none here.
fn silence_recurring(pieces: &mut [Piece<'_>]) {
    let (again, heads) = next_of_their_key(pieces);
    let mut at = 0;
    while at < pieces.len() {
        let Some(end) = again[at] else {
            at += 1;
            continue;
        };
        let run = at..at + heads[at..end].iter().take_while(|is_head| **is_head).count();
        // What a sentence introduces is its list, not that of the contents.
        let is_introduced = at.checked_sub(1).is_some_and(|before| introduces(&pieces[before]));
        if !is_introduced
            && n_entries(&pieces[run.clone()]) >= FEWEST_ENTRIES
            && is_list_of(&again[run.clone()], run.end, &heads)
            && titles_come_again(&pieces[run.clone()], &again[run.clone()], run.end)
        {
            pieces[run.clone()].iter_mut().for_each(|piece| piece.form = Form::Contents);
        }
        at = run.end.max(at + 1);
    }
}

/// Whether a sentence ends in a colon.
fn introduces(piece: &Piece<'_>) -> bool {
    const SHORTEST: usize = 4;
    piece.text.ends_with(':') && piece.text.split(' ').nth(SHORTEST - 1).is_some()
}

/// How many entries a run of heads may be: where divisions stand in it their titles are no entries of
/// their own ("Part II", "Article 4" and a title each head one text).
fn n_entries(run: &[Piece<'_>]) -> usize {
    match run.iter().filter(|piece| piece.division().is_some()).count() {
        0 => run.len(),
        n_divisions => n_divisions,
    }
}

/// Whether a piece that has a key is a head.
fn is_head(piece: &Piece<'_>) -> bool {
    let is_item = matches!(&piece.form, Form::Marked(_)) && !piece.is_numbered_heading();
    !is_item && is_entry(piece)
}

/// For each piece the next one with its key, and whether it is a head.
fn next_of_their_key(pieces: &[Piece<'_>]) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut again = vec![None; pieces.len()];
    let mut heads = vec![false; pieces.len()];
    for (at, piece) in pieces.iter().enumerate().rev() {
        if let Some(key) = key(piece) {
            heads[at] = is_head(piece);
            again[at] = places.insert(key, at);
        }
    }
    (again, heads)
}

/// Whether most titles that stand below the divisions of a run come again after it: "Chapter II" and "Section I"
/// do in any law, with other titles.
fn titles_come_again(run: &[Piece<'_>], again: &[Option<usize>], end: usize) -> bool {
    let is_title = |piece: &Piece<'_>| piece.division().is_none() && piece.form != Form::Contents;
    let titles = || run.iter().zip(again).filter(|(piece, _)| is_title(piece));
    let n_again = titles().filter(|(_, again)| again.is_some_and(|again| again >= end)).count();
    let n_titles = titles().count();
    n_titles == 0 || n_titles == run.len() || n_again * 2 > n_titles
}

/// Whether heads that end at `end` are a list of those at the places `again`: most come again
/// after it, in order, and more than heads stands between them.
fn is_list_of(again: &[Option<usize>], end: usize, heads: &[bool]) -> bool {
    let mut places: Vec<usize> = Vec::new();
    for place in again.iter().flatten().copied().filter(|place| *place >= end) {
        if places.last().is_none_or(|last| *last < place) {
            places.push(place);
        }
    }
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return false };
    let n_texts = heads[*first..=*last].iter().filter(|is_head| !**is_head).count();
    places.len() >= FEWEST_ENTRIES && places.len() * 5 >= again.len() * 3 && n_texts * 2 >= places.len()
}

/// Fewest lines of a table of contents without leaders.
const SHORTEST_PAGE_LIST: usize = 4;

/// Most such tables that are looked for, since each is compared with the whole text.
const MOST_PAGE_LISTS: usize = 8;

/// How many lines, of one line of such a table to the next, may be the first lines of a long entry.
const LINES_OF_ENTRY: usize = 2;

/// Tables of contents without leaders: titles with the numbers of their pages, which grow, and of
/// which most come again as lines of the text itself.
fn silence_page_lists(pieces: &mut [Piece<'_>]) {
    let mut from = 0;
    let mut n_looked_at = 0;
    while from < pieces.len() && n_looked_at < MOST_PAGE_LISTS {
        let entries = page_list(&pieces[from..]);
        if entries.len() < SHORTEST_PAGE_LIST {
            from += entries.last().map_or(1, |last| last + 1);
            continue;
        }
        let end = from + entries.last().map_or(1, |last| last + 1);
        n_looked_at += 1;
        let comes_again = |entry: &&usize| {
            let title = title_of_entry(pieces[from + **entry].text).map_or("", |(title, _)| title);
            pieces[end..]
                .iter()
                .any(|piece| piece.text.ends_with(title) && piece.text.len() < title.len() + 60)
        };
        let n_again = entries.iter().filter(comes_again).count();
        if n_again * 2 >= entries.len() {
            pieces[from..end].iter_mut().for_each(|piece| piece.form = Form::Contents);
        }
        from = end;
    }
}

/// The places of the entries of a table that begins with the first piece.
fn page_list(pieces: &[Piece<'_>]) -> Vec<usize> {
    let mut entries: Vec<usize> = Vec::new();
    let mut page = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let entry = title_of_entry(piece.text).filter(|(_, number)| *number >= page);
        match entry {
            Some((_, number)) => {
                page = number;
                entries.push(at);
            }
            None if entries.is_empty() => break,
            None if at - entries.last().copied().unwrap_or(at) > LINES_OF_ENTRY || !piece.is_title_like() => {
                break;
            }
            None => {}
        }
    }
    entries
}

/// "Component 4 – Services 12": the title and the page. A number in the title is its label.
fn title_of_entry(text: &str) -> Option<(&str, u32)> {
    let (title, page) = text.rsplit_once([' ', '\t'])?;
    let is_title = title.len() <= LONGEST_HEADING
        && title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && title.ends_with(|c: char| c.is_alphabetic() || c == ')')
        && title.contains(char::is_lowercase);
    let is_page = page.len() <= 3 && page.bytes().all(|byte| byte.is_ascii_digit());
    if is_title && is_page { Some((title.trim_end(), page.parse().ok()?)) } else { None }
}

/// A list of articles has heading after heading and no words of theirs.
const SHORTEST_LIST: usize = 4;

/// Lists of articles without page numbers: headings with nothing under them, one after another.
pub(super) fn silence_lists(pieces: &mut [Piece<'_>]) {
    let mut from = 0;
    while from < pieces.len() {
        let run = pieces[from..].iter().take_while(|piece| heads_nothing_else(piece)).count();
        let is_article = |piece: &&Piece<'_>| matches!(&piece.form, Form::Division(division) if division.level == Level::Article);
        let n_articles = pieces[from..from + run].iter().filter(is_article).count();
        if n_articles >= SHORTEST_LIST && !goes_on(&pieces[..from], &pieces[from..from + run]) {
            // The last heading of the run may be the first of the text itself.
            let keep = usize::from(pieces.len() > from + run);
            let end = last_of_list(&pieces[from..from + run]).min(run - keep);
            for piece in &mut pieces[from..from + end] {
                piece.form = Form::Contents;
            }
        }
        from += run.max(1);
    }
}

/// Whether the articles of a run go on with the numbers of those before it: they are no list of what
/// comes, but provisions of one line each.
fn goes_on(before: &[Piece<'_>], run: &[Piece<'_>]) -> bool {
    let number = |piece: &Piece<'_>| {
        let division = piece.division().filter(|division| division.level == Level::Article)?;
        number_value(division.number)
    };
    let last = before.iter().rev().find_map(number);
    last.is_some_and(|last| last.checked_add(1) == run.iter().find_map(number))
}

fn heads_nothing_else(piece: &Piece<'_>) -> bool {
    matches!(piece.form, Form::Division(_) | Form::Contents) && piece.block.role == crate::Role::Body
}

/// How many pieces of a run of headings are a list: up to where its first division comes again.
fn last_of_list(run: &[Piece<'_>]) -> usize {
    let label = |piece: &Piece<'_>| match &piece.form {
        Form::Division(division) => Some(folded(division.label)),
        _ => None,
    };
    let Some((first, name)) = run.iter().enumerate().find_map(|(at, piece)| Some((at, label(piece)?))) else {
        return run.len();
    };
    let again = run.iter().skip(first + 1).position(|piece| label(piece).as_ref() == Some(&name));
    again.map_or(run.len(), |offset| first + 1 + offset)
}
