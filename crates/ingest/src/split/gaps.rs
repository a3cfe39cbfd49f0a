//! Gaps and steps back in the numbers of a text's articles: a sign that something was lost or misread, which is
//! said.

use std::collections::HashSet;

use chapeau_document::{Clause, Document, Level, Unit};

use crate::Warning;
use crate::label::{folded, number_value};
use crate::lists;

/// Most gaps, and most steps back, that are named one by one.
const MOST_NAMED: usize = 3;

/// A larger step is another count: what a text quotes, or adds to another one.
const LARGEST_GAP: u32 = 40;

/// An article of the main text: its number, its name, and which clause heads it.
struct Article<'a> {
    number: u32,
    /// "14" of "Article 14.3".
    chapter: &'a str,
    label: &'a str,
    at: usize,
}

/// What a reader should know of articles that are not there although those around them are, and of those that
/// stand out of their order.
pub(crate) fn gaps(document: &Document) -> Vec<Warning> {
    let articles = articles(&document.clauses);
    let mut said = missing(document, &articles);
    said.extend(articles.windows(3).filter_map(|three| step_back(document, three)).take(MOST_NAMED));
    said
}

/// What is said of three articles whose numbers go on over one that is lower: 13, 4, 14.
fn step_back(document: &Document, three: &[Article<'_>]) -> Option<Warning> {
    let [before, between, after] = three else { return None };
    let is_one_count = before.chapter == between.chapter && between.chapter == after.chapter;
    let goes_on = after.number == before.number + 1 && between.number < before.number;
    let message = format!(
        "found {}, then {}, then {}: {} may be misread, or quoted",
        before.label, between.label, after.label, between.label
    );
    (is_one_count && goes_on).then(|| Warning { page: page_of(document, between.at), message })
}

fn page_of(document: &Document, at: usize) -> Option<u32> {
    let start = document.clauses.get(at).map_or(0, |clause| clause.span.start);
    document.pages.page_at(start).map(|page| page.number)
}

fn missing(document: &Document, articles: &[Article<'_>]) -> Vec<Warning> {
    let numbers: HashSet<(&str, u32)> =
        articles.iter().map(|article| (article.chapter, article.number)).collect();
    let is_gap = |pair: &&[Article<'_>]| {
        let (before, after) = (&pair[0], &pair[1]);
        before.chapter == after.chapter
            && (2..=LARGEST_GAP).contains(&after.number.saturating_sub(before.number))
            && (before.number + 1..after.number).all(|number| !numbers.contains(&(before.chapter, number)))
            && !tells_why(document, before.at, after.at)
    };
    let found: Vec<&[Article<'_>]> = articles.windows(2).filter(is_gap).collect();
    // An excerpt has as many gaps as articles.
    if found.len() * 3 > articles.len() && found.len() > 1 {
        let message = "the numbers of the articles do not run on: an excerpt, or articles are missing";
        return vec![Warning { page: None, message: message.to_owned() }];
    }
    found.into_iter().take(MOST_NAMED).map(|pair| warning(document, pair)).collect()
}

fn warning(document: &Document, pair: &[Article<'_>]) -> Warning {
    let (before, after) = (&pair[0], &pair[1]);
    let word = before.label.split(' ').next().unwrap_or_default();
    // "14." of "Article 14.3", with its separator.
    let printed = before.label.split_once(' ').map_or("", |(_, number)| number);
    let chapter =
        printed.get(..before.chapter.len() + usize::from(!before.chapter.is_empty())).unwrap_or_default();
    let number = |number: u32| format!("{chapter}{number}");
    let plural = if folded(word) == "article" { "s" } else { "" };
    let (first, last) = (number(before.number + 1), number(after.number - 1));
    let missing =
        if first == last { format!("{word} {first}") } else { format!("{word}{plural} {first} to {last}") };
    let message = format!("found {}, then {}; {missing} may be missing", before.label, after.label);
    Warning { page: page_of(document, after.at), message }
}

/// The articles of the main text in their order.
fn articles(clauses: &[Clause]) -> Vec<Article<'_>> {
    clauses.iter().enumerate().filter_map(|(at, clause)| article(at, head(clause)?)).collect()
}

/// The label of the article of the main text that a clause heads.
fn head(clause: &Clause) -> Option<&str> {
    let is_main = clause.unit == Unit::Heading && clause.path.iter().all(|step| step.kind != Level::Annex);
    let step = clause.path.last().filter(|step| is_main && step.kind == Level::Article)?;
    step.label.as_deref()
}

fn article(at: usize, label: &str) -> Option<Article<'_>> {
    let number = label.split_once(' ')?.1;
    let (chapter, own) = number.rsplit_once(['.', '-']).unwrap_or(("", number));
    Some(Article { number: number_value(own)?, chapter, label, at })
}

/// Whether the words between two articles say why there is none: `[Reserved]`, "abrogés".
fn tells_why(document: &Document, from: usize, to: usize) -> bool {
    let says = |clause: &Clause| {
        let text = folded(document.text_of(clause));
        lists::ABSENT.iter().any(|word| text.contains(word))
    };
    document.clauses.get(from..=to).is_none_or(|between| between.iter().any(says))
}
