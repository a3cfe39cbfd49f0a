//! Paragraphs of decisions whose numbers begin anew: in each section of a resolution, or in each
//! decision of one file. Their labels say which, since "para. 1" alone would cite several.

use std::collections::{HashMap, HashSet};

use chapeau_document::{Clause, Level, Part};

use super::naming::Words;

/// Longest title that is put before a label, in bytes.
const LONGEST_TITLE: usize = 120;

/// Puts the section, or the title of the decision, before the labels in all those that share one.
pub(super) fn tell_apart(clauses: &mut [Clause], words: &Words) {
    let mut places: HashMap<&str, HashSet<Option<String>>> = HashMap::new();
    for clause in clauses.iter().filter(|clause| counts(clause)) {
        if let Some(label) = &clause.label {
            places.entry(label).or_default().insert(place(clause, words));
        }
    }
    let shared = places.into_values().filter(|places| places.len() > 1).flatten();
    let shared: HashSet<String> = shared.flatten().collect();
    for clause in clauses.iter_mut().filter(|clause| counts(clause)) {
        let Some(place) = place(clause, words).filter(|place| shared.contains(place)) else { continue };
        clause.label = clause.label.take().map(|label| [&place, ", ", &label].concat());
    }
}

fn counts(clause: &Clause) -> bool {
    matches!(clause.part, Part::Preambular | Part::Operative)
}

/// "section II", or the innermost heading above a paragraph.
fn place(clause: &Clause, words: &Words) -> Option<String> {
    let heads =
        |level: Level| matches!(level, Level::Part | Level::Chapter | Level::Section | Level::Heading);
    let step = clause.path.iter().rev().find(|step| heads(step.kind))?;
    match (&step.label, &step.title) {
        (Some(label), _) if label.contains(' ') => Some(label.clone()),
        (Some(label), _) => Some([words.section, label].concat()),
        (None, title) => title.clone().filter(|title| title.len() <= LONGEST_TITLE),
    }
}
