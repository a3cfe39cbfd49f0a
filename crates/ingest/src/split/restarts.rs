//! Articles whose numbers begin anew in each chapter, or part: their labels say which one, since
//! "Article 8" alone would cite several (as the agreement of ASEAN with Australia and New Zealand has
//! it: "Chapter 3, Article 8.1").

use std::collections::{HashMap, HashSet};

use chapeau_document::{Clause, Level, Step};

use super::naming::cited;

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
    let labels =
        above.iter().filter(|step| levels.contains(&step.kind)).filter_map(|step| step.label.as_deref());
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
