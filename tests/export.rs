// `export`: a document as Akoma Ntoso keeps every word, number and place.

use std::collections::HashSet;

use crate::drive::Place;

const TREATY: &str = "AGREEMENT ON LAMPS\n\nThe Parties,\n\nRecalling the Lantern Charter & its rules,\n\n\
    Have agreed as follows:\n\nCHAPTER I\nGENERAL\n\nArticle 1\nAims\n\n1. Each Party shall:\n\n\
    (a) exempt every lamp < 5 crowns;\n\n(b) keep a register.\n\n2. No Party shall tax oil.\n\n\
    Article 2\nScope\n\nThis Agreement applies to lamps.\n\nAnnex I\nFees\n\n1. The fee is one crown.\n";

fn exported(text: &str) -> String {
    let place = Place::new();
    place.write("corpus/lamps.txt", text);
    place.chapeau("index").ended(0);
    place.chapeau("export --format akn lamps").ended(0)
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let xml = exported(text);
    let flat: String = xml.lines().map(str::trim).collect();
    for wanted in wanted {
        assert!(flat.contains(wanted), "no {wanted} in\n{xml}");
    }
}

#[test]
fn a_treaty_is_an_act_with_its_units_numbered_and_named() {
    check(
        TREATY,
        &[
            "<act name=\"agreement\">",
            "<recital eId=\"recs__rec_1\"><p>Recalling the Lantern Charter &amp; its rules,</p></recital>",
            "<chapter eId=\"chp_i\"><num>CHAPTER I</num><heading>GENERAL</heading>\
             <article eId=\"chp_i__art_1\"><num>Article 1</num><heading>Aims</heading>\
             <paragraph eId=\"chp_i__art_1__para_1\"><num>1.</num><intro><p>Each Party shall:</p></intro>\
             <point eId=\"chp_i__art_1__para_1__point_a\"><num>(a)</num>\
             <content><p>exempt every lamp &lt; 5 crowns;</p></content></point>",
            "<article eId=\"chp_i__art_2\"><num>Article 2</num><heading>Scope</heading>\
             <content><p>This Agreement applies to lamps.</p></content></article>",
            "<attachment eId=\"att_1\"><num>Annex I</num><heading>Fees</heading><doc name=\"annex\">",
            "<paragraph eId=\"att_1__para_1\"><num>1.</num><content><p>The fee is one crown.</p></content>",
        ],
    );
}

#[test]
fn a_decision_is_a_doc_and_rows_are_a_table() {
    check(
        "DECISION ON LAMPS\n\nThe Lamp Council,\n\nDecides:\n\n1. To meet again.\n\n2. To keep a register.\n",
        &[
            "<doc name=\"decision\">",
            "<mainBody>",
            "<num>2.</num><content><p>To keep a register.</p></content>",
        ],
    );
}

#[test]
fn no_word_is_lost_and_no_id_given_twice() {
    let text = format!("{TREATY}\nAnnex I\nFees\n\n1. The fee is one crown.\n\n1. The fee is two crowns.\n");
    let xml = exported(&text);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let words: String =
        xml.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, words)| words).collect();
    assert!(letters(&words) >= letters(&text), "{xml}");
    let ids: Vec<&str> = xml.split("eId=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{xml}");
}

const LAW: &str = "<?xml version='1.0' encoding='UTF-8'?>\n\
    <akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><act name='act'><body>\
    <section eId='part_A__sec_1'><num>1.</num><heading>Lamps</heading>\
    <subsection eId='part_A__sec_1__subsec_1'><num>(1)</num><content><p>Every lamp shall have a lid.</p></content></subsection>\
    <subsection eId='part_A__sec_1__subsec_1a'><num>(1A)</num><content><p>Every lid shall be round.</p></content></subsection></section>\
    <section eId='part_A__sec_2'><num>2.</num><heading>Kettles</heading><content><p>No kettle shall have a lid.</p></content></section>\
    </body></act></akomaNtoso>";

#[test]
fn the_ids_of_a_source_in_akoma_ntoso_are_kept() {
    let place = Place::new();
    place.write("corpus/lamps.xml", LAW);
    place.chapeau("index").ended(0);
    let found = place.chapeau("search round --format json").ended(0);
    assert!(
        found.contains("\"eid\":\"part_A__sec_1__subsec_1a\"")
            || found.contains("\"eid\": \"part_A__sec_1__subsec_1a\""),
        "{found}"
    );
    let xml = place.chapeau("export --format akn lamps").ended(0);
    for id in ["part_A__sec_1", "part_A__sec_1__subsec_1", "part_A__sec_1__subsec_1a", "part_A__sec_2"] {
        assert!(xml.contains(&format!("eId=\"{id}\"")), "no {id} in\n{xml}");
    }
}

#[test]
fn one_document_is_wanted() {
    let place = Place::new();
    place.write("corpus/lamps.txt", TREATY);
    place.chapeau("index").ended(0);
    let said = place.chapeau("export --format akn");
    assert_eq!(said.code, Some(2));
    assert!(said.stderr.contains("found 0 documents, want one"), "{}", said.stderr);
    let said = place.chapeau("export nowhere");
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("no document \"nowhere\""), "{}", said.stderr);
    assert!(place.chapeau("export lamps").ended(0).lines().count() > 8);
}
