//! What is read as a label, and what is not.

use super::*;

fn check_division(line: &str, expected: Option<(Level, &str, &str)>) {
    let found = division(line).map(|division| (division.level, division.label, division.rest));
    assert_eq!(found, expected, "{line}");
}

#[test]
fn numbers_of_divisions_have_values() {
    let check = |number: &str, expected: Option<u32>| assert_eq!(number_value(number), expected, "{number}");
    check("14", Some(14));
    check("14 bis", Some(14));
    check("5a", Some(5));
    check("XIV", Some(14));
    check("1er", Some(1));
    check("FOUR", Some(4));
    check("TWENTY ONE", Some(21));
    check("PREMIER", Some(1));
    check("Deuxième", Some(2));
    check("PRELIMINAIRE", None);
    check("A-1", None);
}

#[test]
fn divisions_name_themselves() {
    check_division("Article 14.3", Some((Level::Article, "Article 14.3", "")));
    check_division("ARTICLE XX bis: Scope", Some((Level::Article, "ARTICLE XX bis", "Scope")));
    check_division("Artículo 1-01. Definiciones", Some((Level::Article, "Artículo 1-01", "Definiciones")));
    check_division("Art. 5 Free Trade Area", Some((Level::Article, "Art. 5", "Free Trade Area")));
    check_division("Article 9 – Scope", Some((Level::Article, "Article 9", "Scope")));
    check_division("Article 1ER", Some((Level::Article, "Article 1ER", "")));
    check_division(
        "CHAPTER TWENTY ONE: EXCEPTIONS",
        Some((Level::Chapter, "CHAPTER TWENTY ONE", "EXCEPTIONS")),
    );
    check_division("TITRE PRELIMINAIRE", Some((Level::Part, "TITRE PRELIMINAIRE", "")));
    check_division("Article premier", Some((Level::Article, "Article premier", "")));
    check_division("Article premier - Objet", Some((Level::Article, "Article premier", "Objet")));
    check_division("Artículo Transitorio", Some((Level::Article, "Artículo Transitorio", "")));
    check_division("Article Ier", Some((Level::Article, "Article Ier", "")));
    check_division("Section 1re", Some((Level::Section, "Section 1re", "")));
    check_division("Section 2e", Some((Level::Section, "Section 2e", "")));
    check_division("SECTION A", Some((Level::Section, "SECTION A", "")));
    check_division("Annex 4-B", Some((Level::Annex, "Annex 4-B", "")));
    check_division("ANNEX", Some((Level::Annex, "ANNEX", "")));
    check_division("§ 2101.3   [Reserved]", Some((Level::Section, "§ 2101.3", "[Reserved]")));
    check_division("Subpart A—Lanterns", Some((Level::Section, "Subpart A", "Lanterns")));
    check_division("§ 2101.4 Lantern fees.", Some((Level::Section, "§ 2101.4", "Lantern fees.")));
    check_division("DEUXIÈME PARTIE. - FRAIS", Some((Level::Part, "DEUXIÈME PARTIE", "FRAIS")));
    check_division("SECOND SCHEDULE", Some((Level::Annex, "SECOND SCHEDULE", "")));
    check_division("Article L. 123-4", Some((Level::Article, "Article L. 123-4", "")));
    check_division("Article R123-4 - Lampes", Some((Level::Article, "Article R123-4", "Lampes")));
    check_division("Paragraph 12", Some((Level::Paragraph, "Paragraph 12", "")));
    check_division("Artikel 3", Some((Level::Article, "Artikel 3", "")));
    check_division("Article 5a", Some((Level::Article, "Article 5a", "")));
    check_division("Article 12b Lamps", Some((Level::Article, "Article 12b", "Lamps")));
}

#[test]
fn citations_are_no_headings() {
    for line in [
        "Article 5 shall apply",
        "Article 92(2) provides",
        "Articles 5 and 6",
        "Article 5, paragraph 2",
        "Part of the goods",
        "Article V of the GATT",
        "Chapter 4 (Rules)",
        "Section 2 applies",
        "Annex to this",
        "§ 4 of the code",
        "First part of the journey",
        "Paragraph 3 of this",
        "Appendix 1: Article 13(6)).",
        "Title to the goods",
        "Article premier de la Convention",
        "Article 5a of the Charter",
        "Article premier du présent Accord",
    ] {
        check_division(line, None);
    }
}

fn check_marker(line: &str, expected: Option<(&str, &str, u32, Option<u32>)>) {
    let found = marker(line).map(|found| (&line[..found.len], &line[found.body..], found.value, found.roman));
    assert_eq!(found, expected, "{line}");
}

#[test]
fn markers_are_read_with_their_values() {
    check_marker("1. The Parties", Some(("1.", "The Parties", 1, None)));
    check_marker("1.1 This Agreement", Some(("1.1", "This Agreement", 1, None)));
    check_marker("4.5.12. Words", Some(("4.5.12.", "Words", 12, None)));
    check_marker("2.1: The columns", Some(("2.1:", "The columns", 1, None)));
    check_marker("(i) to promote", Some(("(i)", "to promote", 9, Some(1))));
    check_marker("iv) de", Some(("iv)", "de", u32::MAX, Some(4))));
    check_marker("(aa) goods", Some(("(aa)", "goods", 27, None)));
    check_marker("a)to", Some(("a)", "to", 1, None)));
    check_marker("3 The Parties", Some(("3", "The Parties", 3, None)));
    check_marker("• bullet", Some(("•", "bullet", 0, None)));
    check_marker(
        "\u{FFFD} bullet of an unknown font",
        Some(("\u{FFFD}", "bullet of an unknown font", 0, None)),
    );
    check_marker("– dash", Some(("–", "dash", 0, None)));
    check_marker("-le Parlement de la Communauté", Some(("-", "le Parlement de la Communauté", 0, None)));
    check_marker("C. GENERAL", Some(("C.", "GENERAL", 3, None)));
    check_marker("1° Les Parties", Some(("1°", "Les Parties", 1, None)));
    check_marker("2° bis- Les lampes", Some(("2° bis-", "Les lampes", 2, None)));
    check_marker("2° bis) Par dérogation", Some(("2° bis)", "Par dérogation", 2, None)));
    check_marker("b)-les lampes", Some(("b)-", "les lampes", 2, None)));
    check_marker("b)- Lampes", Some(("b)-", "Lampes", 2, None)));
    check_marker("4.3.1A The lamps", Some(("4.3.1A", "The lamps", 1, None)));
    check_marker("2A.1 Lamps", Some(("2A.1", "Lamps", 1, None)));
    check_marker("A1.2 Lamps", Some(("A1.2", "Lamps", 2, None)));
    check_marker("1.- Las lámparas", Some(("1.-", "Las lámparas", 1, None)));
    check_marker("2º.- Las Partes", Some(("2º.", "- Las Partes", 2, None)));
    check_marker("[3. Members shall", Some(("[3.", "Members shall", 3, None)));
    check_marker("[[(a) refrain]", Some(("[[(a)", "refrain]", 1, None)));
    check_marker("(b)", Some(("(b)", "", 2, None)));
    check_marker("(f ) lamps", Some(("(f )", "lamps", 6, None)));
    check_marker("7.—(1) There is", Some(("7.", "—(1) There is", 7, None)));
    check_marker("2a. Lamps", Some(("2a.", "Lamps", 2, None)));
    check_marker("(1A) Lamps", Some(("(1A)", "Lamps", 1, None)));
    check_marker("3 bis. Les lampes", Some(("3 bis.", "Les lampes", 3, None)));
}

#[test]
fn words_and_quantities_are_no_markers() {
    for line in [
        "1998",
        "3 per cent",
        "the goods",
        "a good",
        "1.5 million",
        "2.5A fuses",
        "1.5V Batteries",
        "A4 Paper",
        "I agree",
        "(Members) reaffirm",
        "-5",
        "-5 per cent",
        "-tariff",
        "2013. It",
        "e.g. this",
        "U.S. law",
        "30°C",
        "[1] See the note",
        "[3 Members",
        "[E. BENITO",
        "[...] and",
        "p. 176).",
        "10a. m.",
    ] {
        check_marker(line, None);
    }
}

#[test]
fn roman_numerals_are_canonical() {
    let values: Vec<_> =
        ["i", "iv", "ix", "xl", "iiii", "vx", "c", ""].map(|text| roman(text.as_bytes())).into();
    assert_eq!(values, [Some(1), Some(4), Some(9), Some(40), None, None, None, None]);
}
