//! Words that stand alone and head the clauses below them, as resolutions of the ITU are set:
//! "considering", then "a) that ..."; "instructs the Secretary-General", then "1 to report ...".
//!
//! A clause under such words completes them and is cited by them: "considering a)", "resolves 2".

use chapeau_document::Part;

use super::openers;
use super::piece::{Form, Piece};
use crate::letter_case::starts_low;

/// Longest of such heads, in bytes: "instructs the Secretary-General, in collaboration with the Directors
/// of the Bureaux" has 90.
const LONGEST: usize = 180;
/// A text is set that way if it has so many: one may be a line that was cut.
const FEWEST: usize = 2;

/// The part that a piece opens if it is such a head: small letters, an opener, and no stop at its end.
pub(super) fn part_of(piece: &Piece<'_>) -> Option<Part> {
    let text = piece.text.trim_end();
    let stands_alone = text.len() <= LONGEST && text.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    if piece.form != Form::Plain || !stands_alone || !starts_low(text) {
        return None;
    }
    match () {
        () if openers::is_recital(text) => Some(Part::Preambular),
        () if openers::is_operative(text) => Some(Part::Operative),
        () => None,
    }
}

/// Whether a text is set that way.
pub(super) fn are_used(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().filter(|piece| part_of(piece).is_some()).take(FEWEST).count() == FEWEST
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, read};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let source = Source { path: "lamps.txt", bytes: text.as_bytes(), given: &[] };
        let reading = read(&source, &Options::default()).expect("a text");
        let document = &reading.documents[0];
        let labelled = document.clauses.iter().filter_map(|clause| {
            let act = clause.acts.first().map_or("", |act| act.act.as_str());
            Some((clause.label.clone()?, act))
        });
        let labelled: Vec<(String, &str)> = labelled.collect();
        let labelled: Vec<(&str, &str)> =
            labelled.iter().map(|(label, act)| (label.as_str(), *act)).collect();
        assert_eq!(labelled, expected);
    }

    #[test]
    fn what_stands_under_a_head_completes_it_and_is_cited_by_it() {
        check(
            "RESOLUTION 9 (LAMPTON, 2030)\n\nThe Lamp Conference of the Guild (Lampton, 2030),\n\n\
             considering\n\na) that lamps go out at dawn;\n\nb) the report of the Lamp Office,\n\n\
             considering further\n\nthat oil is dear,\n\nresolves\n\n1 to hold a lamp fair each year;\n\n\
             2 that the fair shall not be closed to any maker,\n\ninstructs the Lamp Office\n\n\
             to report on the fair.\n",
            &[
                ("considering a)", "consider"),
                ("considering b)", "consider"),
                ("considering further", "consider"),
                ("resolves 1", "resolve"),
                ("resolves 2", "resolve"),
                ("instructs the Lamp Office", "instruct"),
            ],
        );
    }

    #[test]
    fn one_line_without_a_stop_heads_nothing() {
        check(
            "The Lamp Council,\n\nRecalling the report,\n\n1. Decides to keep the register;\n\n\
             requests the Office\n\n2. Takes note of the fair;\n\n3. Thanks the makers.\n",
            &[
                ("preambular para. 1", "recall"),
                ("operative para. 1", "decide"),
                ("unnumbered para. 1", "request"),
                ("operative para. 2", "take note"),
                ("operative para. 3", "express"),
            ],
        );
    }
}
