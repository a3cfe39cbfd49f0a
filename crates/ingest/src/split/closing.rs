//! The lines that close a decision: "49th plenary meeting", "3 May 2030", "Geneva, 10.30 a.m.".

use chapeau_document::Level;

use super::piece::{Form, Piece};
use crate::label::folded;

/// Longest such line, in bytes.
const LONGEST: usize = 90;
const MEETINGS: &[&str] = &["meeting", "seance", "sesion"];

/// Where the closing lines begin: behind them only footnotes and annexes follow.
pub(super) fn start(pieces: &[Piece<'_>]) -> usize {
    let is_annex =
        |piece: &Piece<'_>| matches!(&piece.form, Form::Division(division) if division.level == Level::Annex);
    // The annex of a cover, or one that is only named, comes before all numbers.
    let first = pieces.iter().position(|piece| matches!(piece.form, Form::Marked(_))).unwrap_or(0);
    // One behind the line of the meeting is where the decision ends, numbered or not.
    let is_behind = |at: &usize| {
        let before = &pieces[at.saturating_sub(3)..*at];
        is_annex(&pieces[*at])
            && before.iter().any(|piece| {
                is_line(piece) && (names_meeting(piece.text) || names_meeting_and_day(piece.text))
            })
    };
    let behind = (0..first).find(is_behind);
    let end = behind.or_else(|| Some(first + pieces[first..].iter().position(is_annex)?));
    let end = end.unwrap_or(pieces.len());
    let closes = |piece: &&Piece<'_>| {
        matches!(piece.form, Form::Footnote(_)) || piece.is_bare_number() || is_line(piece)
    };
    let n_closing = pieces[..end].iter().rev().take_while(closes).count();
    let from = end - n_closing;
    pieces[from..end].iter().position(|piece| is_line(piece)).map_or(end, |offset| from + offset)
}

fn is_line(piece: &Piece<'_>) -> bool {
    matches!(piece.form, Form::Plain | Form::Heading) && is_closing_line(piece.text)
}

/// Whether a line says which meeting it was, or only where and when.
pub(super) fn is_closing_line(text: &str) -> bool {
    text.len() <= LONGEST
        && !text.ends_with([';', ':'])
        && (names_meeting(text) || names_meeting_and_day(text) || dates(text))
}

/// "49th plenary meeting", "Adopted at the 1234th meeting", "82e séance plénière".
fn names_meeting(text: &str) -> bool {
    let has_number = || text.bytes().any(|byte| byte.is_ascii_digit());
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let last = words().rev().take(2).any(|word| MEETINGS.contains(&folded(word).as_str()));
    last && has_number()
        && words().count() <= 7
        && text.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
}

/// "Ninth plenary meeting 3 May 2050": both lines in one, as files that part no lines have them.
fn names_meeting_and_day(text: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let names = |said: &str| said.rsplit(' ').take(2).any(|word| MEETINGS.contains(&folded(word).as_str()));
    let mut ends = text.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    text.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
        && ends.any(|end| names(&text[..end]) && dates(&text[end..]))
}

/// A date with nothing but a place and a time: names, numbers, months and the words between them.
fn dates(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "of", "de", "del", "du", "le", "la", "the", "on", "at", "and", "et", "y", "a", "am", "pm", "h",
        "hours", "en", "in",
    ];
    let mut has_date = false;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | '/')) {
        let word = word.trim_matches(['.', '(', ')']);
        let lower = folded(word).replace('.', "");
        let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        has_date |= is_year || crate::describe::is_month(&lower);
        let is_named = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !(is_named
            || word.is_empty()
            || crate::describe::is_month(&lower)
            || SMALL.contains(&lower.as_str()))
        {
            return false;
        }
    }
    has_date && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a line says where and when an act was made: "Lanternburg, le 3 mai 2050."
pub(super) fn says_where_and_when(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    let Some((place, date)) = text.split_once(',') else { return false };
    let is_place = place.starts_with(char::is_uppercase)
        && !place.bytes().any(|byte| byte.is_ascii_digit())
        && place.split(' ').count() <= 4;
    text.len() <= LONGEST && is_place && dates(date) && !crate::describe::is_month(&folded(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_say_which_meeting_and_when() {
        for line in [
            "49th meeting",
            "49th plenary meeting",
            "Adopted at the 1203rd meeting",
            "82e séance plénière",
            "Novena sesión plenaria 3 de mayo de 2050",
            "49th meeting 3 May 2050",
            "82e séance plénière 3 mai 2050",
            "3 May 2050",
            "Lanternburg, 3 May 2050",
            "le 3 mai 2050",
            "Done in Wickton, 15-16 February 2050",
        ] {
            assert!(is_closing_line(line), "{line}");
        }
        for line in [
            "Decides to hold its next meeting in 2051;",
            "The guild notes the fee of 2050",
            "Fees",
            "The next meeting",
            "The meeting of 2050 was of use",
            "Lamps and kettles:",
        ] {
            assert!(!is_closing_line(line), "{line}");
        }
    }
}
