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
pub(super) fn tell_apart(clauses: &mut [Clause], joins: &str) {
    let mut places: HashMap<String, HashSet<String>> = HashMap::new();
    for (above, article) in articles(clauses) {
        places.entry(cited(article)).or_default().insert(named(above, TELLING[2]));
    }
    places.retain(|_, places| places.len() > 1);
    // Numbers that begin anew begin with the first one; others come twice where one was misread, or quoted.
    if !places.keys().any(|article| is_first(article)) {
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
            clause.label = Some([&above, joins, &label].concat());
        }
    }
}

fn is_first(article: &str) -> bool {
    let number = article.split_once(' ').map_or("", |(_, number)| number);
    number.rsplit(['.', '-']).next().is_some_and(super::instruments::is_first)
}

/// The articles of all clauses, each once where its clauses follow one another.
fn articles(clauses: &[Clause]) -> impl Iterator<Item = (&[Step], &str)> {
    let mut last = None;
    let articles = clauses.iter().filter_map(article);
    articles.filter(move |article| last.replace(*article) != Some(*article))
}

/// The steps above the article that a clause stands in, and its label; none within an annex or an instrument of
/// several, whose labels name it.
fn article(clause: &Clause) -> Option<(&[Step], &str)> {
    let at = clause.path.iter().position(|step| step.kind == Level::Article)?;
    let (above, article) = (&clause.path[..at], clause.path[at].label.as_deref()?);
    let is_body = above.iter().all(|step| step.kind != Level::Annex);
    let is_cited_alone = || clause.label.as_ref().is_some_and(|label| label.starts_with(&cited(article)));
    (is_body && is_cited_alone()).then_some((above, article))
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
    for (above, article) in articles(clauses) {
        told.entry(cited(article)).or_default().insert(named(above, levels));
    }
    places.iter().all(|(article, places)| told.get(article).is_some_and(|told| told.len() == places.len()))
}

/// Puts the parts before the labels of paragraphs that stand in no article and whose numbers begin anew
/// in each part: "Part Two, para. 1". `counted_in` says how much of a label names an annex.
pub(super) fn tell_numbers_apart(clauses: &mut [Clause], counted_in: &[Option<usize>], joins: &str) {
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
            clause.label = Some(joined(&[annex, &above, rest.trim_start_matches([',', ' '])], joins));
        }
    }
}

/// Longest heading that is put before labels, in bytes.
const LONGEST_HEADING: usize = 60;

/// How many paragraphs without numbers stand before the first number for each that has one, if the numbers
/// are those of one list.
const FEWEST_TO_ONE: usize = 2;

/// Puts the heading before the labels of numbers that all stand under it, after paragraphs that
/// have none: they are those of a list there, not of the text. A stray number that goes on with none, such as
/// that of a page, is no label then. `noun` is what a number is called.
pub(super) fn tell_lone_list(clauses: &mut [Clause], noun: &str, joins: &str) {
    let number = |clause: &Clause| clause.label.as_ref()?.strip_prefix(noun)?.parse::<u32>().ok();
    let is_numbered = |clause: &Clause| clause.label.as_ref().is_some_and(|label| label.starts_with(noun));
    let is_plain = |clause: &&Clause| clause.unit == Unit::Paragraph && clause.label.is_none();
    let n_plain = clauses.iter().take_while(|clause| !is_numbered(clause)).filter(is_plain).count();
    let Some(first) = clauses.iter().find(|clause| is_numbered(clause)) else { return };
    let Some(title) = heading(first).filter(|_| number(first) == Some(1)).map(str::to_owned) else { return };
    let in_list = |clause: &Clause| heading(clause) == Some(&title);
    let numbers = |is_in: bool| {
        clauses.iter().filter(move |clause| in_list(clause) == is_in).filter_map(number).collect::<Vec<_>>()
    };
    let (listed, strays) = (numbers(true), numbers(false));
    let last = listed.iter().max().copied().unwrap_or_default();
    let is_one = strays.len() * MOST_STRAY <= listed.len()
        && strays.iter().all(|stray| *stray > 1 && *stray != last.saturating_add(1));
    if !is_one || n_plain < listed.len() * FEWEST_TO_ONE || title.len() > LONGEST_HEADING {
        return;
    }
    let name = in_sentence(&title);
    for clause in clauses.iter_mut().filter(|clause| is_numbered(clause)) {
        let label = clause.label.take().filter(|_| heading(clause) == Some(&title));
        clause.label = label.map(|label| joined(&[name.trim_end_matches([':', '.']), &label], joins));
    }
}

/// One stray number for so many of a list.
const MOST_STRAY: usize = 5;

/// Takes away the labels of paragraphs that are only counted where printed numbers have the same.
pub(super) fn silence_counted(clauses: &mut [Clause], noun: &str) {
    let is_counted = |clause: &Clause| {
        let last = clause.id.rsplit('/').next().unwrap_or_default();
        last.strip_prefix('p').is_some_and(|count| count.parse::<u32>().is_ok())
    };
    let is_named = |clause: &&Clause| clause.label.as_ref().is_some_and(|label| label.starts_with(noun));
    let named = || clauses.iter().filter(is_named);
    let counted: HashSet<&str> =
        named().filter(|clause| is_counted(clause)).filter_map(|clause| clause.label.as_deref()).collect();
    let is_taken = |clause: &Clause| clause.label.as_deref().is_some_and(|label| counted.contains(label));
    let is_printed = |clause: &Clause| clause.unit != Unit::Heading && !is_counted(clause);
    if !named().any(|clause| is_printed(clause) && is_taken(clause)) {
        return;
    }
    for clause in clauses.iter_mut().filter(|clause| is_counted(clause)) {
        clause.label.take_if(|label| label.starts_with(noun));
    }
}

/// The innermost heading without a number that a clause stands under.
fn heading(clause: &Clause) -> Option<&str> {
    clause.path.iter().rfind(|step| step.kind == Level::Heading)?.title.as_deref()
}

/// `(a)` of `(a) [2]`.
fn uncounted(label: &str) -> &str {
    label.split_once(" [").map_or(label, |(label, _)| label)
}

/// Takes away labels of lists that several clauses have, and that name nothing around them: "(a)".
pub(super) fn silence_bare(clauses: &mut [Clause]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for label in clauses.iter().filter_map(|clause| clause.label.as_ref()) {
        if label.starts_with('(') {
            *counts.entry(uncounted(label).to_owned()).or_default() += 1;
        }
    }
    for clause in clauses {
        clause.label.take_if(|label| counts.get(uncounted(label)).is_some_and(|count| *count > 1));
    }
}

/// The parts of a label, but for the empty ones, with `joins` between; "(a)" needs nothing before it.
fn joined(parts: &[&str], joins: &str) -> String {
    let mut label = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        label.push_str(if label.is_empty() || part.starts_with('(') { "" } else { joins });
        label.push_str(part);
    }
    label
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, read};

    /// The labels of the paragraphs of a text.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let source = Source { path: "lamps.txt", bytes: text.as_bytes(), given: &[] };
        let reading = read(&source, &Options::default()).expect("a text");
        let clauses = reading.documents[0].clauses.iter();
        let paragraphs = clauses.filter(|clause| clause.unit == chapeau_document::Unit::Paragraph);
        let labels: Vec<&str> = paragraphs.filter_map(|clause| clause.label.as_deref()).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn articles_that_begin_anew_in_each_chapter_are_cited_with_it() {
        check(
            "CHAPTER 1\nLAMPS\n\nArticle 1\nAims\n\nLamps shall be lit.\n\nArticle 2\nWicks\n\nWicks shall be dry.\n\n\
             CHAPTER 2\nOILS\n\nArticle 1\nSales\n\nOil shall be sold.\n\nArticle 2\nFees\n\nFees shall be paid.\n",
            &["Chapter 1, Article 1", "Chapter 1, Article 2", "Chapter 2, Article 1", "Chapter 2, Article 2"],
        );
    }

    #[test]
    fn a_number_that_comes_twice_by_a_slip_leaves_the_others_alone() {
        check(
            "CHAPTER 1\nLAMPS\n\nArticle 1\nAims\n\nLamps shall be lit.\n\nArticle 2\nWicks\n\nWicks shall be dry.\n\n\
             CHAPTER 2\nOILS\n\nArticle 3\nSales\n\nOil shall be sold.\n\nArticle 2\nFees\n\nFees shall be paid.\n",
            &["Article 1", "Article 2", "Article 3", "Article 2"],
        );
    }
}
