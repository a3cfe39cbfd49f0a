//! What costly queries cost, and what is said when they cost too much.

use chapeau_document::Unit;
use chapeau_index::{Budget, Excess};

use super::library::{Library, document};
use crate::{Error, Request, Results, search};

/// A library of one long clause of the same two words, and a short one.
fn library() -> Library {
    let long = "lamps and kettles ".repeat(2_000);
    let clauses = [(Unit::Paragraph, long.as_str()), (Unit::Paragraph, "Lamps are lit at dusk.")];
    Library::new(&[document("guild", "Guild", &clauses)], 1)
}

fn request(query: &str) -> Request {
    Request { query: query.to_owned(), thesaurus: None, ..Request::default() }
}

fn ask(library: &Library, query: &str, budget: &Budget) -> Result<Results, Error> {
    search(&library.searcher().within(budget.clone()), &request(query))
}

/// The query is answered within so many steps.
#[track_caller]
fn check_cost(query: &str, most_steps: u64) {
    let budget = Budget::of(u64::MAX, u64::MAX);
    ask(&library(), query, &budget).expect("an answer");
    assert!(budget.spent() <= most_steps, "{} steps", budget.spent());
}

#[test]
fn operands_are_looked_at_once() {
    let nested = (0..30).fold("lamps".to_owned(), |query, _| format!("lamps +({query})"));
    check_cost(&nested, 2_000_000);
}

#[test]
fn places_near_each_other_are_bounded() {
    check_cost(&["lamps"; 6].join(" NEAR/500 "), 40_000_000);
    check_cost(&["lamps"; 6].join(" /s "), 40_000_000);
    let any = format!("({})", ["lamps"; 20].join(" OR "));
    check_cost(&[any.as_str(); 3].join(" NEAR/500 "), 40_000_000);
}

#[test]
fn marks_that_are_given_up_are_told_of() {
    let found = ask(&library(), "lamps NEAR/500 kettles NEAR/500 lamps", &Budget::unlimited());
    let warnings = found.expect("an answer").warnings;
    let told: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(told, ["the query fits in so many places of one hit that not all of them are marked"]);
    let found = ask(&library(), "lamps NEAR/2 kettles", &Budget::unlimited()).expect("an answer");
    assert!(found.warnings.is_empty(), "{:?}", found.warnings);
}

#[test]
fn what_costs_too_much_is_refused() {
    let check = |query: &str, budget: &Budget, expected: Excess| {
        let refused = ask(&library(), query, budget);
        assert!(matches!(refused, Err(Error::Excess(excess)) if excess == expected), "{query}");
    };
    check("lamps kettles", &Budget::of(10, u64::MAX), Excess::Steps);
    check("la* ke* du*", &Budget::of(u64::MAX, 10), Excess::Bytes);
    let cancelled = Budget::of(u64::MAX, u64::MAX);
    cancelled.cancel();
    check("lamps", &cancelled, Excess::Cancelled);
}
