//! Text to clauses: headings, numbering, parts, then a name for each clause.
//!
//! Every block of the normalised text becomes one clause, so that nothing is lost; a label with
//! its paragraph on one line becomes two, a label with its title on the next becomes one.

mod amendments;
mod annexes;
mod bare_numbers;
mod captions;
mod clause_heads;
mod closing;
mod containers;
mod contents;
mod decisions;
#[cfg(test)]
mod decisions_tests;
mod divisions;
mod enacting;
mod gaps;
mod guidance;
#[cfg(test)]
mod guides_tests;
mod headings;
mod instruments;
mod label_words;
mod longest;
mod namesakes;
mod naming;
mod numbered_notes;
mod numbering;
mod one_line;
mod opener_words;
mod openers;
mod outline;
mod parts;
mod piece;
mod preamble_run;
mod provisions;
mod quoted;
mod restarts;
mod rows;
mod run_in;
mod sections;
mod slides;
mod slug;
mod tariff;
mod transitory;
mod union;
mod unmarked;

use chapeau_document::Clause;

use crate::Normalized;

pub(crate) use gaps::gaps;
pub(crate) use openers::is_recital;
pub(crate) use slug::slug;

/// Cuts a text into clauses, with labels in its `language`. Their ids begin with `/`, to go after
/// the id of the document.
pub fn split(normalized: &Normalized, language: &str) -> Vec<Clause> {
    let mut pieces = headings::settle(piece::pieces(normalized), &normalized.text);
    union::settle_notes(&mut pieces);
    let slides = slides::starts(&pieces, normalized);
    let may_be_deck = !slides::are_ruled_out(&pieces, normalized);
    let shape = parts::shape(&pieces, slides.is_some(), may_be_deck);
    if shape == parts::Shape::Decision {
        sections::mark_headings(&mut pieces);
    }
    let slides = slides.filter(|_| shape == parts::Shape::Deck).unwrap_or_default();
    let places = parts::places(&pieces, shape, &slides);
    let words = label_words::words(language);
    let (mut clauses, counted_in) = outline::clauses(&pieces, &places, &slides, shape, words);
    restarts::tell_apart(&mut clauses, words.joins);
    restarts::tell_numbers_apart(&mut clauses, &counted_in, words.joins);
    if shape == parts::Shape::Main {
        restarts::tell_lone_list(&mut clauses, words.paragraph, words.joins);
        restarts::silence_counted(&mut clauses, words.nth);
    }
    numbered_notes::name(&mut clauses, &normalized.text);
    numbered_notes::name_by_heading(&mut clauses, words.paragraph, words.joins);
    if shape == parts::Shape::Main {
        restarts::silence_bare(&mut clauses);
    }
    rows::name(&mut clauses, &normalized.text);
    if shape == parts::Shape::Decision {
        namesakes::tell_apart(&mut clauses, words);
    }
    // Only an act puts words into others: what a guide or a report quotes are words of others.
    if shape != parts::Shape::Main || provisions::noun(&pieces).is_some() {
        quoted::name(&mut clauses, &normalized.text);
    }
    naming::spell_out(&mut clauses, words.article);
    if language.starts_with("fr") {
        naming::mend_firsts(&mut clauses);
    }
    naming::accent(&mut clauses, &pieces, &normalized.text);
    longest::cut(&mut clauses, &normalized.text);
    clauses
}
