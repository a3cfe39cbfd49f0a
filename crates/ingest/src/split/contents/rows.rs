//! Tables of contents that are tables: rows under a title, with the number of a page in their last cell.

use super::{FEWEST_ENTRIES, LONGEST_ENTRY, MOST_ENTRIES};
use crate::split::piece::{Form, Piece};

/// Longest row or heading between entries, in bytes: "Page", "Annexes".
const LONGEST_GROUP: usize = 60;

/// How many pieces after the title are entries or group them, up to the last entry.
pub(super) fn run(pieces: &[Piece<'_>]) -> usize {
    let (mut last_page, mut n_entries, mut end) = (0, 0, 0);
    for (piece, after) in pieces.iter().take(MOST_ENTRIES).zip(1..) {
        match page(piece) {
            // A Roman number counts pages of its own.
            Some(page) if page == 0 || page >= last_page => {
                (last_page, n_entries, end) = (page.max(last_page), n_entries + 1, after);
            }
            None if groups(piece) => {}
            _ => break,
        }
    }
    if n_entries >= FEWEST_ENTRIES && n_entries * 2 >= end { end } else { 0 }
}

/// The number of the page in the last cell of a row; 0 for a Roman one.
fn page(piece: &Piece<'_>) -> Option<u32> {
    let (title, page) = piece.text.rsplit_once('\t').filter(|_| piece.form == Form::TableRow)?;
    let page = page.trim();
    let is_roman = !page.is_empty() && page.len() <= 6 && page.bytes().all(|byte| b"ivxl".contains(&byte));
    let number = if is_roman { Some(0) } else { page.parse().ok().filter(|_| page.len() <= 4) };
    number.filter(|_| title.len() <= LONGEST_ENTRY && title.contains(char::is_alphabetic))
}

fn groups(piece: &Piece<'_>) -> bool {
    let is_head = matches!(piece.form, Form::TableRow | Form::Plain | Form::Heading | Form::Marked(_));
    is_head
        && piece.text.len() <= LONGEST_GROUP
        && !piece.text.ends_with(['.', ';', ',', ':'])
        && !piece.text.contains('\t')
}

#[cfg(test)]
mod tests {
    use chapeau_document::Unit;

    use crate::{Extracted, ExtractedPage, Line, Options, Role};

    /// The units of pieces; a text with a tab, or after "|", is a row.
    #[track_caller]
    fn check(texts: &[&str], n_contents: usize) {
        let line = |text: &&str| Line {
            text: text.trim_start_matches('|').to_owned(),
            role: if text.contains(['\t', '|']) { Role::TableRow } else { Role::Body },
            whole: true,
            ..Line::default()
        };
        let lines = texts.iter().map(line).collect();
        let page = ExtractedPage { number: 1, label: None, lines };
        let extracted = Extracted { pages: vec![page], ..Extracted::default() };
        let clauses = crate::split(&crate::normalize(&extracted, &Options::default()), "en");
        let n_found = clauses.iter().filter(|clause| clause.unit == Unit::Masthead).count();
        assert_eq!(n_found, n_contents, "{clauses:#?}");
    }

    #[test]
    fn rows_with_pages_are_contents() {
        check(
            &[
                "Contents",
                "|Page",
                "Lamps of the guild\t2",
                "Oil and wicks\t2",
                "|Annexes",
                "List of makers\t11",
                "The guild keeps a book of all lamps that its makers sell.",
                "Lamps\t120",
            ],
            6,
        );
    }

    #[test]
    fn numbered_titles_with_verbs_are_contents() {
        check(
            &[
                "Arrangement of regulations",
                "1. Citation.",
                "2. Meaning of words.",
                "3. Wicks that may be sold.",
                "4. Board may forbid lamps.",
                "THE LAMP REGULATIONS",
                "1. These Regulations may be cited as the Lamp Regulations.",
                "2. The Board may meet at dusk and at dawn, and as often as it sees fit in the winter.",
                "3. Wicks are sold by guilds, and by nobody else.",
                "4. The Board may forbid lamps that smoke or that burn no oil of the guild.",
            ],
            5,
        );
    }

    #[test]
    fn other_rows_are_not() {
        check(&["Contents", "Lamps sold\t120", "Kettles sold\t45", "Wicks sold\t12", "Oil in litres\t3"], 0);
        check(&["Lamps", "Lamps sold\t12", "Kettles sold\t45", "Wicks sold\t120"], 0);
    }
}
