//! The greatest size of a clause: a text without any sign of its parts is cut at sentences, so that no
//! clause is too long to be read, marked or compared.

use chapeau_document::{Clause, Span};

/// Bytes that a clause has at most. Of the 230,000 clauses of 390 agreements the longest has 14,000.
const MOST_BYTES: usize = 32 << 10;
/// The part of it, from its end, in which the end of a sentence is looked for.
const ROOM: usize = MOST_BYTES / 4;

/// Cuts what is longer. The parts that follow go on with the label, the path and the lead-in of the first:
/// they are the same provision.
pub(super) fn cut(clauses: &mut Vec<Clause>, text: &str) {
    if clauses.iter().all(|clause| clause.span.len() <= MOST_BYTES) {
        return;
    }
    let whole = std::mem::take(clauses);
    for clause in whole {
        for (span, number) in parts(text, clause.span).into_iter().zip(1..) {
            let id = if number == 1 { clause.id.clone() } else { format!("{}-part-{number}", clause.id) };
            clauses.push(Clause { id, span, ..clause.clone() });
        }
    }
}

fn parts(text: &str, whole: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = whole.start;
    while whole.end - start > MOST_BYTES {
        let end = end_of_part(text, start);
        parts.push(Span::new(start, end).trimmed(text));
        start = end;
    }
    let last = Span::new(start, whole.end).trimmed(text);
    if !last.is_empty() {
        parts.push(last);
    }
    parts
}

/// Where a part that begins here ends: behind the last sentence that fits, else behind the last word, else
/// wherever a letter ends.
fn end_of_part(text: &str, start: usize) -> usize {
    let end = text.floor_char_boundary(start + MOST_BYTES);
    let from = text.floor_char_boundary(end - ROOM);
    let room = &text[from..end];
    let sentence = [". ", ".\n", "; ", ";\n", "? ", "! "].iter().filter_map(|mark| room.rfind(mark)).max();
    let word = || room.rfind(char::is_whitespace);
    sentence.map(|at| at + 1).or_else(word).map_or(end, |at| from + at)
}

#[cfg(test)]
mod tests {
    use chapeau_document::{Part, Unit};

    use super::*;

    /// The lengths of the parts, and how each begins.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let label = Some("para. 1".to_owned());
        let whole = Clause::new("/1".to_owned(), Span::new(0, text.len()), Unit::Paragraph, Part::Main);
        let mut clauses = vec![Clause { label, ..whole }];
        cut(&mut clauses, text);
        let begins: Vec<String> = clauses
            .iter()
            .map(|clause| {
                format!("{} {}", clause.id, clause.span.of(text).chars().take(5).collect::<String>())
            })
            .collect();
        assert_eq!(begins, expected);
        assert!(clauses.iter().all(|clause| clause.span.len() <= MOST_BYTES && clause.label.is_some()));
        let covered: usize = clauses.iter().map(|clause| clause.span.len()).sum();
        assert!(text.len() - covered <= clauses.len(), "{covered} of {}", text.len());
    }

    #[test]
    fn long_clauses_are_cut_at_sentences() {
        check("Lamps are lit.", &["/1 Lamps"]);
        check(
            &format!("{}Wax. {}", "lamp ".repeat(6_000), "oil ".repeat(4_000)),
            &["/1 lamp ", "/1-part-2 oil o"],
        );
    }

    #[test]
    fn where_no_sentence_ends_words_and_letters_are_kept_whole() {
        check(&"lamp ".repeat(7_000), &["/1 lamp ", "/1-part-2 lamp "]);
        check(&"é".repeat(17_000), &["/1 ééééé", "/1-part-2 ééééé"]);
    }
}
