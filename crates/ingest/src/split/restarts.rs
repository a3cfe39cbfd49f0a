//! Articles and paragraphs whose numbers begin anew in each chapter, or part: their labels say which
//! one, since "Article 8" alone would cite several (as the agreement of ASEAN with Australia and New Zealand has
//! it: "Chapter 3, Article 8.1").

use std::collections::{HashMap, HashSet};

use chapeau_document::{Clause, Level, Step, Unit};

use super::naming::{cited, in_sentence};

/// The divisions above an article that may tell it from others of its number, the fewest first.
const TELLING: [&[Level]; 3] =
    [&[Level::Chapter], &[Level::Part, Level::Chapter], &[Level::Part, Level::Chapter, Level::Section]];

/// Puts the divisions before the labels of articles that others share.
pub(super) fn tell_apart(clauses: &mut [Clause]) {
    let mut places: HashMap<String, HashSet<String>> = HashMap::new();
    for clause in &*clauses {
        if let Some((above, article)) = article(clause) {
            places.entry(cited(article)).or_default().insert(named(above, TELLING[2]));
        }
    }
    places.retain(|_, places| places.len() > 1);
    if places.is_empty() {
        return;
    }
    let telling = TELLING.into_iter().find(|levels| tells_all(clauses, levels, &places));
    let telling = telling.unwrap_or(TELLING[2]);
    for clause in clauses {
        let Some((above, article)) = article(clause) else { continue };
        let (above, article) = (named(above, telling), cited(article));
        let label = clause.label.take_if(|label| {
            places.contains_key(&article) && !above.is_empty() && label.starts_with(&article)
        });
        if let Some(label) = label {
            clause.label = Some(format!("{above}, {label}"));
        }
    }
}

/// The steps above the article that a clause stands in, and its label; none within an annex, whose
/// labels name it.
fn article(clause: &Clause) -> Option<(&[Step], &str)> {
    let at = clause.path.iter().position(|step| step.kind == Level::Article)?;
    let above = &clause.path[..at];
    let is_body = above.iter().all(|step| step.kind != Level::Annex);
    Some((above, clause.path[at].label.as_deref()?)).filter(|_| is_body)
}

/// "Part II, Chapter 3": the labels of the steps of these levels.
fn named(above: &[Step], levels: &[Level]) -> String {
    // The sections of an act are numbers, and stand in the label.
    let is_named = |label: &&str| !label.starts_with(|c: char| c.is_ascii_digit());
    let steps = above.iter().filter(|step| levels.contains(&step.kind));
    let labels = steps.filter_map(|step| step.label.as_deref()).filter(is_named);
    labels.map(cited).collect::<Vec<_>>().join(", ")
}

/// Whether these levels tell all places of each article apart.
fn tells_all(clauses: &[Clause], levels: &[Level], places: &HashMap<String, HashSet<String>>) -> bool {
    let mut told: HashMap<String, HashSet<String>> = HashMap::new();
    for clause in clauses {
        if let Some((above, article)) = article(clause) {
            told.entry(cited(article)).or_default().insert(named(above, levels));
        }
    }
    places.iter().all(|(article, places)| told.get(article).is_some_and(|told| told.len() == places.len()))
}

/// Puts the parts before the labels of paragraphs that stand in no article and whose numbers begin anew
/// in each part: "Part Two, para. 1". `counted_in` says how much of a label names an annex.
pub(super) fn tell_numbers_apart(clauses: &mut [Clause], counted_in: &[Option<usize>]) {
    let mut places: HashMap<(&str, &str), HashSet<String>> = HashMap::new();
    for (clause, annex) in clauses.iter().zip(counted_in) {
        if let (Some(label), Some(annex)) = (&clause.label, annex) {
            places.entry(label.split_at(*annex)).or_default().insert(named(&clause.path, TELLING[2]));
        }
    }
    let begin_anew: HashSet<String> = places
        .into_iter()
        .filter_map(|((annex, _), places)| (places.len() > 1).then(|| annex.to_owned()))
        .collect();
    for (clause, annex) in clauses.iter_mut().zip(counted_in) {
        let (Some(label), Some(annex)) = (&clause.label, annex) else { continue };
        let (annex, rest) = label.split_at(*annex);
        let above = named(&clause.path, TELLING[2]);
        if !above.is_empty() && begin_anew.contains(annex) {
            clause.label = Some(joined(&[annex, &above, rest.trim_start_matches(", ")]));
        }
    }
}

/// Longest heading that tells paragraphs apart, in bytes.
const LONGEST_TELLING: usize = 60;

/// Puts the heading before the labels of paragraphs whose numbers begin anew under it, where no part
/// tells them from those before: "Conclusions, para. 1".
pub(super) fn tell_by_headings(clauses: &mut [Clause], counted_in: &[Option<usize>]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let (mut heading, mut telling) = (0, false);
    for (clause, annex) in clauses.iter_mut().zip(counted_in) {
        if clause.unit == Unit::Heading && clause.label.is_none() {
            heading += 1;
            telling = false;
        }
        let (Some(label), Some(annex)) = (&clause.label, annex) else { continue };
        let (above, rest) = label.split_at(*annex);
        let begins = rest.ends_with(" 1");
        telling |= begins && *seen.entry(label.clone()).or_insert(heading) != heading;
        let title = clause
            .path
            .iter()
            .rfind(|step| step.kind == Level::Heading)
            .and_then(|step| step.title.as_deref());
        let title = title.filter(|title| telling && title.len() <= LONGEST_TELLING);
        if let Some(title) = title {
            let title = in_sentence(title);
            clause.label =
                Some(joined(&[above, title.trim_end_matches([':', '.']), rest.trim_start_matches(", ")]));
        }
    }
}

/// The parts of a label, but for the empty ones; "(a)" needs no comma before it.
fn joined(parts: &[&str]) -> String {
    let mut label = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        label.push_str(if label.is_empty() || part.starts_with('(') { "" } else { ", " });
        label.push_str(part);
    }
    label
}
