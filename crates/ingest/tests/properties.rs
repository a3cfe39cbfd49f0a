//! Properties that hold for every text: nothing is lost, nothing is cut twice, nothing panics.

use chapeau_document::Document;
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
        1 => "[A-Za-z ]{3,30} \\.{5,20} [0-9]{1,3}",
        2 => "",
        1 => "\\PC{0,30}",
        1 => "\u{c}",
    ]
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
}
