//! Numbered notes: what stands as "1." under "Additional notes" is cited as "Additional note 1".
//!
//! Of their points, what stands as "2.1" under "Note 2" is cited as "Note 2.1", and its sub-paragraphs as
//! "Note 2.1(a)", since "2.1" alone may be a code or a section.

use std::collections::{HashMap, HashSet};

use chapeau_document::{Clause, Level, Step, Unit};

use super::naming::cited;
use super::piece::{Form, Piece};
use crate::label::folded;
use crate::letter_case::with_capital;
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

/// Makes headings of lines that head notes, though they look like text: "Additional notes" above "1.".
pub(super) fn mark_headings(pieces: &mut [Piece<'_>]) {
    for at in 1..pieces.len() {
        let is_first =
            matches!(&pieces[at].form, Form::Marked(marker) if marker.value == 1 && !marker.is_item());
        let above = &mut pieces[at - 1];
        if is_first && above.form == Form::Plain && titles_notes(above.text) {
            above.form = Form::Heading;
        }
    }
}

/// Whether a step of a path is a heading of notes, or of a division that has nothing but notes.
pub(super) fn heads_notes(step: &Step) -> bool {
    let title = step.title.as_deref();
    title.is_some_and(|title| titles_notes(title) || heading(title).is_some())
}

fn titles_notes(title: &str) -> bool {
    const LONGEST: usize = 40;
    title.len() <= LONGEST
        && lists::NOTE_HEADINGS.contains(&folded(title.trim_end_matches(['.', ':', ' '])).as_str())
}

/// Names the paragraphs under a heading of notes by its words; `noun` is what a numbered paragraph is called. Where
/// several divisions have such notes, theirs is named as well.
pub(super) fn name_by_heading(clauses: &mut [Clause], noun: &str, joins: &str) {
    let mut notes: Vec<(usize, String, String)> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let number = clause.label.as_deref().and_then(|label| number(label, noun));
        if let Some((number, heading)) = number.zip(note_heading(clause)) {
            notes.push((at, format!("{} {number}", one_of(heading)), division(clause)));
        }
    }
    let mut divisions: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (_, label, division) in &notes {
        divisions.entry(label).or_default().insert(division);
    }
    let is_shared = |label: &str| divisions.get(label).is_some_and(|divisions| divisions.len() > 1);
    let labels: Vec<(usize, String)> = notes
        .iter()
        .map(|(at, label, division)| {
            let is_named = is_shared(label) && !division.is_empty();
            (*at, if is_named { [division, joins, &in_small(label)].concat() } else { label.clone() })
        })
        .collect();
    for (at, label) in labels {
        clauses[at].label = Some(label);
    }
}

/// "1(a)" of "para. 1(a)" and "Additional notes, para. 1(a)".
fn number<'l>(label: &'l str, noun: &str) -> Option<&'l str> {
    let number = label.rsplit_once(noun).map(|(_, number)| number)?;
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(number)
}

/// The innermost heading of a clause, if it heads notes.
fn note_heading(clause: &Clause) -> Option<&str> {
    let heading = clause.path.iter().rfind(|step| step.kind == Level::Heading)?;
    let title = heading.title.as_deref().filter(|title| titles_notes(title))?;
    Some(title.trim_end_matches(['.', ':', ' ']))
}

/// One of what a heading names: "Additional note" of "Additional notes".
fn one_of(heading: &str) -> String {
    let one =
        |word: &str| word.strip_suffix(['s', 'S']).filter(|one| one.len() > 2).unwrap_or(word).to_owned();
    with_capital(&heading.split(' ').map(one).collect::<Vec<_>>().join(" ").to_lowercase())
}

/// The chapter or section that a clause stands in, as it is cited.
fn division(clause: &Clause) -> String {
    const TELLING: [Level; 3] = [Level::Chapter, Level::Section, Level::Part];
    let step = clause.path.iter().rfind(|step| TELLING.contains(&step.kind));
    step.and_then(|step| step.label.as_deref()).map(cited).unwrap_or_default()
}

fn in_small(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
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
    fn notes_are_named_by_their_heading() {
        check(
            "CHAPTER 94\n\nLAMPS AND THEIR PARTS\n\nNotes.\n\n1.- This chapter does not cover lanterns of ice.\n\n\
             2.- In this chapter a wick is any cord that draws oil.\n\nAdditional notes\n\n\
             1. A shade goes with its lamp.\n\n2. Lamps of the guild are those that the guild has marked.\n",
            &[
                ("1.- This", Some("Note 1")),
                ("2.- In", Some("Note 2")),
                ("1. A shade", Some("Additional note 1")),
                ("2. Lamps", Some("Additional note 2")),
            ],
        );
    }

    #[test]
    fn notes_of_several_chapters_name_theirs() {
        check(
            "CHAPTER 94\n\nLAMPS\n\nNotes.\n\n1. This chapter does not cover lanterns of ice.\n\n\
             2. In this chapter a wick is any cord that draws oil.\n\nCHAPTER 95\n\nKETTLES\n\nNotes.\n\n\
             1. This chapter does not cover kettles of ice.\n\n2. In this chapter a lid is what covers a pot.\n",
            &[
                ("1. This chapter does not cover l", Some("Chapter 94, note 1")),
                ("2. In this chapter a lid", Some("Chapter 95, note 2")),
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
