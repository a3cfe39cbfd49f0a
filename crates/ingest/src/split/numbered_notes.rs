//! Points of numbered notes: what stands as "2.1" under "Note 2" is cited as "Note 2.1", and its sub-paragraphs as
//! "Note 2.1(a)", since "2.1" alone may be a code or a section.

use chapeau_document::{Clause, Unit};

use crate::lists;

/// Puts the word before the labels of points.
pub(super) fn name(clauses: &mut [Clause], text: &str) {
    let mut note: Option<(&str, &str)> = None;
    for clause in clauses {
        if clause.unit == Unit::Heading {
            note = heading(clause.span.of(text)).or(note);
        }
        let Some((word, number)) = note else { continue };
        if let Some(label) = clause.label.take_if(|label| is_point(label, number)) {
            clause.label = Some(format!("{word} {label}"));
        }
    }
}

/// The word and the number of a heading that has nothing else on its last line.
fn heading(text: &str) -> Option<(&str, &str)> {
    let (word, number) = text.lines().next_back()?.trim_end_matches([':', '.']).split_once(' ')?;
    let is_number = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    (lists::NOTES.contains(&word) && is_number).then_some((word, number))
}

/// Whether a label is "2.1" or "2.1(a)" of note 2.
fn is_point(label: &str, number: &str) -> bool {
    label
        .strip_prefix(number)
        .and_then(|rest| rest.strip_prefix('.'))
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use chapeau_document::Clause;

    use crate::{Options, Source};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let source = Source { path: "notes.txt", bytes: text.as_bytes(), given: &[] };
        let reading = crate::read(&source, &Options::default()).expect("the text is readable");
        let document = &reading.documents[0];
        let words = |clause: &Clause| clause.span.of(&document.text).to_owned();
        for (start, label) in expected {
            let clause = document.clauses.iter().find(|clause| words(clause).starts_with(start));
            assert_eq!(clause.map(|clause| clause.label.as_deref()), Some(*label), "{start}");
        }
    }

    #[test]
    fn points_are_cited_with_their_note() {
        check(
            "NOTES ON THE LIST OF LAMPS\n\nNote 1\n\n1.1 The list names each lamp.\n\n\
             1.2 The list binds no guild.\n\nNote 2\n\n2.1: The first column has the code.\n\n\
             2.2: For oil lamps the following are works of a guild:\n\n(a) cutting of wicks;\n\n\
             (b) blowing of shades.\n\nWORKS OF GLASS\n\n2.3: The last column has the rule.\n",
            &[
                ("1.1 The", Some("Note 1.1")),
                ("2.1: The", Some("Note 2.1")),
                ("(b) blowing", Some("Note 2.2(b)")),
                ("2.3: The", Some("Note 2.3")),
            ],
        );
    }

    #[test]
    fn other_numbers_keep_their_labels() {
        check(
            "LAMPS OF THE GUILD\n\nNote 2\n\nThe guild keeps a list of its lamps.\n\n3.1 The list names each lamp.\n\n\
             3.2 The list binds no guild.\n",
            &[("3.1 The", Some("3.1"))],
        );
    }
}
