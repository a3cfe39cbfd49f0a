//! What is read as a citation, and what is not.

use super::*;

fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = citations(&Words::of(text))
        .iter()
        .map(|citation| {
            let what = citation.symbol.as_ref().map(ToString::to_string).or(citation.provision.clone());
            let agreement = citation.agreement.as_ref().map(|name| format!(" @ {name}")).unwrap_or_default();
            assert!(!citation.span.of(text).is_empty());
            format!("{}{agreement}", what.unwrap_or_default())
        })
        .collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn documents_are_cited_by_symbol() {
    check("adopted in 1998 (WT/L/274), and WT/L/782", &["WT/L/274", "WT/L/782"]);
}

#[test]
fn references_mean_the_document_that_has_the_number() {
    check("Recalling its resolution 77/151 of 14 December 2022", &["A/RES/77/151"]);
    check(
        "resolutions 70/1 of 25 September 2015, 71/15 of 1 May 2016 and 72/3, and the lamp code",
        &["A/RES/70/1", "A/RES/71/15", "A/RES/72/3"],
    );
    check("Rappelant ses résolutions 70/1 du 25 septembre 2015 et 71/15", &["A/RES/70/1", "A/RES/71/15"]);
    check("Recordando su resolución 70/1, de 25 de septiembre de 2015", &["A/RES/70/1"]);
    check(
        "RECALLING Decision Assembly/AU/Dec.854(XXXVI), and Decision EX.CL/Dec. 1200 (XL)",
        &["Assembly/AU/Dec.854(XXXVI)", "EX.CL/Dec.1200(XL)"],
    );
    check(
        "Regulations (EU) No 167/2013, (EU) No 168/2013 and (EC) No 300/2008 on lamps",
        &["Regulation (EU) No 167/2013", "Regulation (EU) No 168/2013", "Regulation (EC) No 300/2008"],
    );
    check("règlement (UE) 2016/679 du Parlement européen", &["Regulation (EU) 2016/679"]);
    check("see decision 1/CP.21, annex", &["Decision 1/CP.21"]);
    check("Security Council resolution 1325 (2000) of 31 October 2000", &["S/RES/1325(2000)"]);
}

#[test]
fn provisions_belong_to_the_act_behind_them() {
    check(
        "Article 6(1) of Regulation (EU) 2016/679 applies",
        &["Article 6(1) @ Regulation (EU) 2016/679", "Regulation (EU) 2016/679"],
    );
    check(
        "de l'article 5 de la directive 2014/65/UE",
        &["article 5 @ Directive 2014/65/EU", "Directive 2014/65/EU"],
    );
    check("Article 5. Regulation (EU) 2016/679", &["Article 5", "Regulation (EU) 2016/679"]);
    check("the Protocol A/P1/7/93 on lamps", &["A/P1/7/93"]);
}

#[test]
fn words_and_numbers_are_no_symbols() {
    for text in [
        "resolution 12/4 of the lamp assembly",
        "a resolution of 70/1 pixels",
        "decisions 5 and 6",
        "and/or 2016/17, N/A, A/C, E/W, 24/7",
        "the act of 2019",
        "No 5/2019",
        "3 fr 5",
        "regulation 5 of the ledger",
        "10 C 2019",
        "S/he has 2/3",
        "lot A/5 and room C/12/B",
        "the law no longer 2020",
        "ley de 2019",
    ] {
        check(text, &[]);
    }
}

#[test]
fn provisions_are_cited_with_their_agreement() {
    check("under Article XX of the GATT 1994, mutatis", &["Article XX @ GATT 1994"]);
    check(
        "Article 2 of the Agreement on the Application of Sanitary Measures shall",
        &["Article 2 @ Agreement on the Application of Sanitary Measures"],
    );
    check("Articles XXII and XXIII of GATT 1994 apply", &["Articles XXII and XXIII @ GATT 1994"]);
    check("del artículo 3 del Acuerdo sobre la OMC", &["artículo 3 @ Acuerdo sobre la OMC"]);
}

#[test]
fn references_within_the_text_have_no_agreement() {
    check("paragraph 2 of Article 5 of this Agreement", &["paragraph 2 of Article 5"]);
    check("subject to paragraphs 1, 2 and 3(a), a Party", &["paragraphs 1, 2 and 3(a)"]);
    check("Article 14.3.2(a)(ii) applies", &["Article 14.3.2(a)(ii)"]);
    check("Articles 10.4, 10.7, and 10.8 shall not apply", &["Articles 10.4, 10.7, and 10.8"]);
    check("Article 5 and Chapter 4", &["Article 5", "Chapter 4"]);
    check("en el artículo 1-01 y el párrafo 2 (b)", &["artículo 1-01", "párrafo 2 (b)"]);
    check("pursuant to Annex A or subparagraph (b)", &["Annex A", "subparagraph (b)"]);
}

#[test]
fn french_and_spanish_refer_from_the_article_inwards_too() {
    check("l'article 5, paragraphe 2, est applicable", &["article 5, paragraphe 2"]);
    check(
        "L'article 91, paragraphe 3, et l'article 92, paragraphes 2 et 4,",
        &["article 91, paragraphe 3", "article 92, paragraphes 2 et 4"],
    );
    check("au paragraphe 2 de l'article 5", &["paragraphe 2 de l'article 5"]);
    check("l'article 76 paragraphes a) et b) du présent Traité", &["article 76 paragraphes a) et b)"]);
    check(
        "artículo 5, párrafo 2, del Acuerdo sobre la OMC",
        &["artículo 5, párrafo 2 @ Acuerdo sobre la OMC"],
    );
    check("Article 5, paragraph 2(a), of the GATT 1994", &["Article 5, paragraph 2(a) @ GATT 1994"]);
    check("the second paragraph of Article 3", &["Article 3"]);
    check("de l'article premier", &["article premier"]);
    check("Articles 5, 6 and 7", &["Articles 5, 6 and 7"]);
    check("Article 5, Chapter 4", &["Article 5", "Chapter 4"]);
}

#[test]
fn words_without_a_number_cite_nothing() {
    check("this Article and the annexes of the Agreement", &[]);
    check("a section in which I live", &[]);
}

#[test]
fn french_and_spanish_points_and_agreements_are_cited_whole() {
    check("l'article 2, paragraphe 1, point a)", &["article 2, paragraphe 1, point a)"]);
    check("el Artículo 1º, literal b)", &["Artículo 1º, literal b)"]);
    check(
        "conformément à l'article XXIV de l'Accord général sur les tarifs douaniers et le commerce de 1994 (ci-après)",
        &["article XXIV @ Accord général sur les tarifs douaniers et le commerce de 1994"],
    );
    check(
        "del artículo 5 del Acuerdo sobre Obstáculos Técnicos al Comercio",
        &["artículo 5 @ Acuerdo sobre Obstáculos Técnicos al Comercio"],
    );
    check("Article 5, point (a), of the Code", &["Article 5, point (a) @ Code"]);
}
