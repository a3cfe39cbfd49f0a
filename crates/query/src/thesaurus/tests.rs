//! Format errors, and tables of query words with what they bring in.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// What a query brings in: `words -> concept: first terms of each language`.
fn expand(query: &str) -> Vec<(String, Vec<String>)> {
    let words: Vec<&str> = query.split(' ').collect();
    Thesaurus::built_in()
        .expand(&words)
        .into_iter()
        .map(|found| {
            let added =
                found.added.into_iter().map(|term| format!("{} {}", term.language.as_str(), term.text));
            (words[found.words].join(" "), added.collect())
        })
        .collect()
}

/// The query's words, and terms that must be among what they bring in.
fn check(query: &str, words: &str, wanted: &[&str]) {
    let found = expand(query);
    let (_, added) =
        found.iter().find(|(typed, _)| typed == words).unwrap_or_else(|| panic!("{query}: {found:?}"));
    for term in wanted {
        assert!(added.iter().any(|text| text == term), "{query}: no \"{term}\" in {added:?}");
    }
}

fn check_nothing(query: &str) {
    assert_eq!(expand(query), [], "{query}");
}

fn check_error(text: &str, wanted: &str) {
    let error = Thesaurus::with_own(text).expect_err("the text has an error");
    assert_eq!(error.to_string(), wanted);
}

#[test]
fn acronyms_bring_in_what_they_stand_for() {
    check(
        "LDC",
        "LDC",
        &["en least-developed country", "fr pays les moins avancés", "es país menos adelantado"],
    );
    check("usmca", "usmca", &["en CUSMA", "fr ACEUM", "es T-MEC"]);
    check("TRQs", "TRQs", &["en tariff-rate quota", "es contingente arancelario"]);
    check("MFN", "MFN", &["en most-favoured-nation", "fr NPF", "es NMF"]);
}

#[test]
fn names_bring_in_acronyms() {
    check("special and differential treatment", "special and differential treatment", &["en SDT", "fr TSD"]);
    check("exports of least developed countries", "least developed countries", &["en LDC"]);
    check("Mercosul tariff", "Mercosul", &["en Southern Common Market"]);
}

#[test]
fn desk_words_bring_in_the_wording_of_agreements() {
    check("ratchet clause", "ratchet clause", &["en decrease the conformity of the measure"]);
    check("lesser duty rule", "lesser duty rule", &["en lesser duty would be adequate"]);
    check("red tape at the border", "red tape", &["en trade facilitation"]);
    check("import tax", "import tax", &["en customs duty", "es arancel"]);
    check("spam", "spam", &["en unsolicited commercial electronic messages"]);
}

#[test]
fn spanish_and_french_find_english() {
    check("trato nacional", "trato nacional", &["en national treatment"]);
    check("reglas de origen", "reglas de origen", &["en rules of origin"]);
    check("trinquete cláusula de trinquete", "cláusula de trinquete", &["en ratchet clause"]);
    check("règlement des différends", "règlement des différends", &["en dispute settlement"]);
    check("l’OMC", "l’OMC", &["en World Trade Organization"]);
    check("pays les moins avances", "pays les moins avances", &["en least-developed country"]);
}

#[test]
fn parties_go_by_name_adjective_old_name_and_code() {
    check("Chilean wine", "Chilean", &["en Chile", "fr Chili"]);
    check("Swaziland", "Swaziland", &["en Eswatini"]);
    check("CHL", "CHL", &["en Chile"]);
    check("Cote d'Ivoire", "Cote d'Ivoire", &["en Ivory Coast", "es Costa de Marfil"]);
    check("Birmanie", "Birmanie", &["en Myanmar", "en Burma"]);
    check("Corée", "Corée", &["en South Korea"]);
}

#[test]
fn ambiguous_acronyms_only_in_capitals() {
    check("EU quota", "EU", &["en European Union"]);
    check("WHO guidelines", "WHO", &["en World Health Organization"]);
    check_nothing("who may apply");
    check_nothing("eu");
    check_nothing("ad hoc");
    check_nothing("chl");
    check_nothing("it");
}

#[test]
fn never_into_an_ambiguous_acronym() {
    let added = expand("general council").remove(0).1;
    assert!(!added.iter().any(|term| term.ends_with(" GC")), "{added:?}");
    check("GC", "GC", &["en General Council"]);
}

#[test]
fn the_longest_term_wins_and_none_overlap() {
    let words: Vec<String> = expand("USMCA rules of origin").into_iter().map(|(words, _)| words).collect();
    assert_eq!(words, ["USMCA", "rules of origin"]);
    let words: Vec<String> = expand("e commerce moratorium").into_iter().map(|(words, _)| words).collect();
    assert_eq!(words, ["e commerce moratorium"]);
}

#[test]
fn terms_that_contain_the_typed_words_are_not_added() {
    let added = expand("safeguards").remove(0).1;
    assert!(!added.iter().any(|term| term.contains("safeguard")), "{added:?}");
}

#[test]
fn terms_do_not_begin_or_end_within_a_word() {
    check_nothing("pre-LDC-era");
    check_nothing("");
    check_nothing("... -");
}

#[test]
fn a_users_own_concepts_go_first_and_add() {
    let own = "[tariff] measure\nen desk: border fee\n\n[ratchet clause] rule\nes: cerrojo\n";
    let thesaurus = Thesaurus::with_own(own).expect("well formed");
    assert_eq!(thesaurus.expand(&["tariff"])[0].added[0].text, "border fee");
    let added: Vec<String> =
        thesaurus.expand(&["cerrojo"]).remove(0).added.into_iter().map(|term| term.text).collect();
    assert!(
        added.contains(&"ratchet clause".to_owned()) && added.contains(&"clause de cliquet".to_owned())
            || added.contains(&"effet de cliquet".to_owned()),
        "{added:?}"
    );
    assert!(thesaurus.expand(&["ratchet"])[0].added.iter().any(|term| term.text == "cerrojo"));
}

#[test]
fn errors_name_line_found_and_wanted() {
    check_error("en: tariff", "line 1: terms before the first \"[term] kind\"");
    check_error(
        "[tariff] measure\nen duty",
        "line 2: found \"en duty\", want \"[term] kind\" or \"en: term; term\"",
    );
    check_error(
        "[tariff] measure\nde: Zoll",
        "line 2: unknown key \"de\", want en, fr or es, alone or followed by text or desk",
    );
    check_error(
        "[tariff] measure\nen slang: fee",
        "line 2: unknown key \"en slang\", want en, fr or es, alone or followed by text or desk",
    );
    check_error("[tariff] measure\nen: duty;; fee", "line 2: an empty term");
    check_error("[tariff] measure\nen: duty\nen: fee", "line 3: a second line \"en\" in one concept");
    check_error("[tariff] measure\n", "line 1: \"tariff\" has no second term");
    check_error(
        "[tariff] measure\nen: ~>duty",
        "line 2: \"duty\" is marked both \"~\" and \">\", so it would never be used",
    );
    check_error(
        "[tariff] measure\nen: duty\n[excise] measure\nen: duties",
        "line 3: \"duties\" stands on line 1 already; mark one of them \"~\"",
    );
}

#[test]
fn unknown_kinds_are_refused() {
    let error = parse("[tariff] thing\nen: duty").expect_err("no such kind");
    assert_eq!(error.line, 1);
    assert_eq!(error.reason, FormatReason::Kind("thing".to_owned()));
}

#[test]
fn the_built_in_concepts_are_whole() {
    let concepts = parse(CONCEPTS).expect("the build script has read it");
    format::check_unique(&concepts).expect("the build script has read it");
    assert!(concepts.len() >= 600, "{}", concepts.len());
    let preferred: HashSet<&str> = concepts.iter().map(|concept| concept.preferred.as_str()).collect();
    assert_eq!(preferred.len(), concepts.len());
    for concept in &concepts {
        let keys: HashSet<String> = concept.terms.iter().map(Term::key).collect();
        assert!(keys.len() >= 2, "{} has one term only", concept.preferred);
    }
}

#[test]
fn every_term_that_is_looked_up_is_found() {
    for concept in parse(CONCEPTS).expect("the build script has read it") {
        for term in concept.terms.iter().filter(|term| term.looked_up) {
            let found = built_in_with(&term.key()).unwrap_or_else(|| panic!("no {}", term.text));
            assert_eq!(found.preferred, concept.preferred, "{}", term.text);
        }
    }
}

proptest! {
    #[test]
    fn ranges_lie_inside_the_query_in_order(words in proptest::collection::vec("\\PC{0,12}", 0..8)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut from = 0;
        for found in Thesaurus::built_in().expand(&words) {
            prop_assert!(from <= found.words.start && found.words.start < found.words.end && found.words.end <= words.len());
            from = found.words.end;
            prop_assert!(!found.added.is_empty());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(\\[|en: |;|~|\\^|\\n|] rule|\\PC){0,40}") {
        let _ = Thesaurus::with_own(&text);
    }
}
