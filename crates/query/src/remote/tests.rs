//! What is weighed here against what an index here weighs, and conditions as they are asked.

use chapeau_document::Unit;
use chapeau_index::{Condition, Searcher};
use expect_test::{Expect, expect};

use super::lower::Lowered;
use super::weigh::Scale;
use crate::plan::plan;
use crate::tests::library::{Library, document, step};
use crate::{Fold, Request, Sort, search, syntax};

fn library() -> Library {
    let paragraph = |words| (Unit::Paragraph, words);
    let mut first = document(
        "a",
        "Customs duties of the Parties",
        &[
            paragraph("Members will not impose customs duties on electronic transmissions. Duties expire."),
            paragraph(
                "Each Party's policy-makers shall consult. Customs offices open early; duties are due.",
            ),
            (Unit::Item, "The customs union and its duties: a custom of the sea, and of customs."),
        ],
    );
    first.clauses[1].path = vec![step("Electronic duties"), step("commerce")];
    let second = document(
        "b",
        "",
        &[
            paragraph("Duties on goods."),
            paragraph("Article XX(b) of the GATT 1994 shall apply to customs duties."),
        ],
    );
    Library::new(&[first, second], 1)
}

const QUERIES: [&str; 17] = [
    "customs duties",
    "customs duties electronic transmissions",
    "\"customs duties\"",
    "duties NEAR/3 customs",
    "customs SAME duties",
    "policy-makers consult",
    "policymakers",
    "=customs sea",
    "title:customs duties",
    "duties duties transmissions",
    "customs OR goods",
    "+duties -goods",
    "GATT XX(b)",
    "\"=customs duties\" OR expire",
    "cust* duties",
    "dutys~ goods",
    "\"custom* duties\" transmitions~2",
];

#[test]
fn a_clause_weighs_what_an_index_here_says() {
    let searcher = library().searcher();
    for query in QUERIES {
        let request =
            Request { query: query.to_owned(), fold: Fold::No, passages: false, ..Request::default() };
        let results = search(&searcher, &request).expect("a sound index");
        assert!(!results.hits.is_empty(), "{query} finds nothing");
        let plan = plan_of(query, &request, &searcher);
        let scale = Scale::new(&plan, &searcher, Sort::Relevance);
        for hit in results.hits {
            let mut weighed = scale.weigh(hit.clause.clone());
            weighed.add_nearness();
            let score = weighed.words * weighed.prior;
            assert_eq!(score.to_bits(), hit.score.to_bits(), "{query}: {} for {}", score, hit.score);
            assert_eq!(plan.missing(|leaf| weighed.has(leaf)), hit.missing, "{query}");
        }
    }
}

fn plan_of(query: &str, request: &Request, searcher: &Searcher) -> crate::plan::Plan {
    let (query, _) = syntax::parse(query);
    let languages = crate::lexicon::languages(searcher).expect("a sound index");
    let thesaurus = request.thesaurus.as_deref().expect("the built-in one");
    let synonyms = crate::synonyms::of(&query, thesaurus, &languages);
    plan(&query, &synonyms, &[], searcher).expect("a sound index")
}

fn check(query: &str, expected: &Expect) {
    let searcher = library().searcher();
    let (query, _) = syntax::parse(query);
    let plan = plan(&query, &[], &[], &searcher).expect("a sound index");
    let lowered = Lowered::of(&plan, &searcher).expect("nothing to be asked");
    let (all, any) = (lowered.all(&plan.tree), lowered.any(&plan.tree));
    expected.assert_eq(&format!("all {}\nany {}", told(&all), told(&any)));
}

/// A condition in few words, the text field alone.
fn told(condition: &Condition) -> String {
    let each = |all: &[Condition], between: &str| {
        let each: Vec<String> = all.iter().map(told).filter(|part| !part.is_empty()).collect();
        if each.len() == 1 { each.concat() } else { format!("({})", each.join(between)) }
    };
    let text = chapeau_index::Fields::get().text;
    let word = |term: &tantivy::Term| term.value().as_str().unwrap_or_default().to_owned();
    match condition {
        Condition::Everything => "*".to_owned(),
        Condition::Term(term, _) if term.field() == text => word(term),
        Condition::Phrase(terms, _) if terms[0].field() == text => {
            format!("\"{}\"", terms.iter().map(word).collect::<Vec<_>>().join(" "))
        }
        Condition::Term(..) | Condition::Phrase(..) => String::new(),
        Condition::OneOf(field, values) => format!("{field}:{values:?}"),
        Condition::Range(field, from, to) => format!("{field}:{from:?}..{to:?}"),
        Condition::All(all) => each(all, " & "),
        Condition::Any(any) => each(any, " | "),
        Condition::Not(not) => format!("!{}", told(not)),
        Condition::Has(field) => format!("{field}:*"),
        Condition::Preferring(of, first) => format!("{} ^ {}", told(of), told(first)),
    }
}

#[test]
fn a_query_becomes_conditions() {
    check(
        "transmissions goods",
        &expect![[r#"
        all ((e:transmiss | e:transmissions) & (e:good | e:goods))
        any ((e:transmiss | e:transmissions) | (e:good | e:goods))"#]],
    );
    check(
        "\"customs duties\" -goods",
        &expect![[r#"
        all ("=customs =duties" & !(e:good | e:goods))
        any ("=customs =duties" & !(e:good | e:goods))"#]],
    );
    check(
        "expire AND (goods OR moratorium)",
        &expect![[r#"
        all ((e:expir | e:expire) & ((e:good | e:goods) | e:moratorium))
        any ((e:expir | e:expire) & ((e:good | e:goods) | e:moratorium))"#]],
    );
    check(
        "cust* -expired~",
        &expect![[r#"
        all ((=custom | =customs) & !=expire)
        any ((=custom | =customs) & !=expire)"#]],
    );
    check(
        "\"electronic trans*\"",
        &expect![[r#"
        all ("=electronic =transmissions" | () | () | ())
        any ("=electronic =transmissions" | () | () | ())"#]],
    );
}
