//! Properties that hold for every text: nothing is lost, nothing is cut twice, nothing panics.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chapeau_document::{Clause, Document};
use chapeau_ingest::{MediaType, Options, Source, extract, normalize, read};
use proptest::prelude::*;

fn source(text: &str) -> Source<'_> {
    Source { path: "soup.txt", bytes: text.as_bytes(), given: &[] }
}

fn document(text: &str) -> Option<Document> {
    read(&source(text), &Options::default()).ok().and_then(|mut reading| reading.documents.pop())
}

/// The text of a plain text. Markdown is another matter: two spaces at a line end break it once, and
/// are then gone.
fn normalised(text: &str) -> Option<String> {
    let is_plain = MediaType::of(text.as_bytes()) == MediaType::PlainText;
    let extracted = extract(&source(text), &Options::default()).ok().filter(|_| is_plain)?;
    Some(normalize(&extracted, &Options::default()).text)
}

/// Lines as legal texts have them, and lines that are nearly such.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "(Article|ARTICLE|Art\\.|Artículo|CHAPTER|Title|SECTION|ANNEX|Part) ?([0-9]{1,3}|[IVX]{1,4}|A|ONE)?([.:–-] ?[A-Z][a-z]{2,8}( [a-zA-Z]{2,9}){0,4})?",
        4 => "(\\(?([0-9]{1,3}|[a-z]{1,2}|[ivxl]{1,5}|[A-Z])[).]|[0-9]\\.[0-9]{1,2}|•|-|–|\\*) ?([A-Za-z]{1,9} ){0,9}[a-z]{1,8}[.;:,]?",
        4 => "(Recalling|Decides:|The Ministerial Conference,|We agree|HAVE AGREED as follows:|Done at|Considérant que|CONTENTS|PREAMBLE) ?([a-z]{1,8} ){0,6}[,.:;]?",
        4 => "([A-Za-z]{1,10} ){3,16}[a-z]{1,9}[.,;:-]?",
        1 => "[A-Z ]{4,40}",
        2 => "\\[{0,2}(Option [A-C]|Alt [1-3]:|US:|[1-9]\\.|\\([a-c]\\))? ?(Members \\[?(shall|should|may)\\]? )?([a-z]{1,8} ){0,6}\\]{0,2}[.;:]?",
        1 => "(Article premier|Section 1re|Artículo [1-9]º\\.-|[1-9]° ?|[1-9]º\\.)( [A-Z][a-z]{2,8})?( [a-z]{2,9}){0,8}[.;:]?",
        1 => "[A-Za-z ]{3,30} \\.{5,20} [0-9]{1,3}",
        2 => "",
        1 => "\\PC{0,30}",
        1 => "\u{c}",
    ]
}

/// A treaty of numbered articles, paragraphs and items, as many as said.
fn treaty(articles: &[Vec<u8>]) -> String {
    let mut text = String::from("AGREEMENT\n\nThe Parties,\n\nHAVE AGREED as follows:\n\n");
    for (article, paragraphs) in (1..).zip(articles) {
        write!(text, "Article {article}\nMatters of Kind {article}\n\n").expect("a string takes all");
        for (paragraph, n_items) in (1..).zip(paragraphs) {
            let end = if *n_items > 0 { ":" } else { "." };
            write!(text, "{paragraph}. Each Party shall, in case {article}.{paragraph}, act{end}\n\n")
                .expect("a string takes all");
            for item in 0..*n_items {
                let letter = char::from(b'a' + item);
                write!(text, "({letter}) on thing {letter} of {article}.{paragraph};\n\n")
                    .expect("a string takes all");
            }
        }
    }
    text
}

/// The words of each clause of an article by its id, without the document's.
fn by_id(document: &Document) -> BTreeMap<String, String> {
    let local = |id: &str| id.split_once('/').map_or(String::new(), |(_, id)| id.to_owned());
    let clauses = document.clauses.iter();
    clauses.map(|clause| (local(&clause.id), document.text_of(clause).to_owned())).collect()
}

/// Every span that describing gives, each within the clause or its lead-in.
fn described(document: &Document, clause: &Clause) -> Result<(), TestCaseError> {
    let own = clause.cites.iter().map(|cite| cite.span).chain(clause.bracketed.iter().copied());
    for span in own.chain(clause.defined_terms.iter().copied()).chain(clause.carve_outs.iter().copied()) {
        prop_assert!(clause.span.start <= span.start && span.end <= clause.span.end, "{span:?}");
        prop_assert!(document.text.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
    }
    if let Some(span) = clause.obligation_words {
        let lead_in = clause.lead_in.iter().chain([&clause.span]);
        prop_assert!(lead_in.into_iter().any(|whole| whole.start <= span.start && span.end <= whole.end));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clauses_cover_the_text_once(lines in prop::collection::vec(line(), 0..40)) {
        let Some(document) = document(&lines.join("\n")) else { return Ok(()) };
        prop_assert_eq!(document.uncovered(), []);
        let mut ends = 0;
        for clause in &document.clauses {
            prop_assert!(document.text.get(clause.span.start..clause.span.end).is_some_and(|words| !words.is_empty()));
            prop_assert!(clause.span.start >= ends, "clauses do not overlap");
            ends = clause.span.end;
            for lead in &clause.lead_in {
                prop_assert!(document.text.get(lead.start..lead.end).is_some());
            }
        }
        for clause in &document.clauses {
            described(&document, clause)?;
        }
        let mut ids: Vec<&str> = document.clauses.iter().map(|clause| clause.id.as_str()).collect();
        ids.sort_unstable();
        prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "ids are unique: {ids:?}");
    }

    #[test]
    fn normalising_twice_is_normalising_once(lines in prop::collection::vec(line(), 0..30)) {
        let Some(once) = normalised(&lines.join("\n")) else { return Ok(()) };
        let Some(twice) = normalised(&once) else { return Ok(()) };
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn every_letter_is_kept(lines in prop::collection::vec("[a-zA-Z0-9.,;: ()•-]{0,60}", 0..30)) {
        let text = lines.join("\n");
        let Some(document) = document(&text) else { return Ok(()) };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&document.text), letters(&text));
    }

    #[test]
    fn numbered_units_are_cited_by_their_numbers(
        articles in prop::collection::vec(prop::collection::vec(0_u8..9, 1..6), 2..8),
    ) {
        let document = document(&treaty(&articles)).expect("a plain text");
        let labels: Vec<&str> =
            document.clauses.iter().filter_map(|clause| clause.label.as_deref()).collect();
        let mut expected = Vec::new();
        for (article, paragraphs) in (1..).zip(&articles) {
            expected.push(format!("Article {article}"));
            for (paragraph, n_items) in (1..).zip(paragraphs) {
                expected.push(format!("Article {article}.{paragraph}"));
                let letters = (b'a'..b'a' + n_items).map(char::from);
                expected.extend(letters.map(|letter| format!("Article {article}.{paragraph}({letter})")));
            }
        }
        prop_assert_eq!(labels, expected);
    }

    #[test]
    fn an_insertion_leaves_the_ids_of_other_articles(
        articles in prop::collection::vec(prop::collection::vec(0_u8..5, 1..5), 3..7),
        at in any::<prop::sample::Index>(),
        words in "[a-z]{2,9}( [a-z]{2,9}){3,9}",
    ) {
        let text = treaty(&articles);
        let changed = at.index(articles.len()) + 1;
        let head = format!("Matters of Kind {changed}\n\n");
        let inserted = text.replace(&head, &format!("{head}Whatever {words}.\n\n"));
        let (before, after) = (document(&text), document(&inserted));
        let (before, after) =
            (by_id(&before.expect("a plain text")), by_id(&after.expect("a plain text")));
        let others = before.iter().filter(|(id, _)| !id.starts_with(&format!("art-{changed}")));
        for (id, words) in others {
            prop_assert_eq!(after.get(id), Some(words), "{}", id);
        }
    }
}
