//! Scores that are explained.

use std::sync::Arc;

use super::few;
use super::library::Library;
use crate::thesaurus::Thesaurus;
use crate::{Explanation, Request, rank};

fn explained(library: &Library, query: &str) -> Vec<(Explanation, f32)> {
    let own = Thesaurus::with_own("[sea] term\nen: ocean\n").expect("a sound concept");
    let thesaurus = Some(Arc::new(own));
    let results = library.ask(&Request { explain: true, thesaurus, ..Request::default_of(query) });
    let explained = results.hits.into_iter().map(|hit| (hit.explanation.expect("as asked"), hit.score));
    explained.collect()
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    let library = Library::new(&few(), 1);
    for query in [
        "customs duties",
        "\"customs duties\" goods",
        "custom* electronic",
        "ocean",
        "ocean customs",
        "duties -goods",
    ] {
        for (explanation, score) in explained(&library, query) {
            let words: f32 = explanation.words.iter().map(|word| word.score).sum();
            let factors: f32 = explanation.factors.iter().map(|factor| factor.factor).product();
            let sum = (words + explanation.nearness) * factors.min(rank::MOST_PRIOR);
            assert!((sum - score).abs() < 1e-4, "{query}: {explanation:?} is {sum}, not {score}");
        }
    }
}

#[test]
fn a_word_says_how_rare_it_is_and_whether_a_synonym_stood_in() {
    let explanation = explained(&Library::new(&few(), 9), "ocean").remove(0).0;
    let words: Vec<(&str, bool)> =
        explanation.words.iter().map(|share| (share.word.as_str(), share.synonym)).collect();
    assert_eq!(words, [("ocean", true)]);
    let explanation = explained(&Library::new(&few(), 9), "sea").remove(0).0;
    assert_eq!(explanation.words[0].clauses, Some(1));
}
