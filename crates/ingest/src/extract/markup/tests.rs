//! What XML of each vocabulary becomes, as lines and as clauses.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Vocabulary, extract, root, vocabulary};
use crate::extract::display;
use crate::{Extracted, Options, Role, Source, read};

fn check(xml: &str, expected: &Expect) {
    let known = vocabulary(xml, xml.as_bytes()).expect("it is XML");
    expected.assert_eq(&display(&extract(xml, known)));
}

fn said(extracted: &Extracted) -> String {
    let metadata = &extracted.embedded;
    let values = [
        metadata.title.as_ref().map(|title| title.value.clone()),
        metadata.date_adopted.as_ref().map(|date| date.value.to_string()),
        metadata.document_number.as_ref().map(|number| number.value.clone()),
        metadata.kind.as_ref().map(|kind| kind.value.to_string()),
        metadata.body.as_ref().map(|body| body.value.clone()),
        metadata.language.as_ref().map(|language| language.value.clone()),
    ];
    values.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

#[test]
fn roots_tell_vocabularies() {
    let check = |xml: &str, expected| assert_eq!(vocabulary(xml, xml.as_bytes()), expected, "{xml}");
    check("<?xml version='1.0'?><!-- a > b --><akomaNtoso xmlns='x'>", Some(Vocabulary::AkomaNtoso));
    check("<an:akomaNtoso xmlns:an='x'/>", Some(Vocabulary::AkomaNtoso));
    check("<LEXP.ROOT>\n<ACT>", Some(Vocabulary::Formex));
    check("<!DOCTYPE ACT [<!ENTITY a 'b'>]><ACT><TITLE>", Some(Vocabulary::Formex));
    check("<bill><lamp>2</lamp></bill>", Some(Vocabulary::Unknown));
    check("<bill xmlns='http://schemas.gpo.gov/xml/uslm'>", Some(Vocabulary::Uslm));
    check("<uscDoc xmlns='http://xml.house.gov/schemas/uslm/1.0'>", Some(Vocabulary::Uslm));
    check("<?xml version='1.0'?><rss/>", Some(Vocabulary::Unknown));
    check("<lamps><lamp/></lamps>\n", Some(Vocabulary::Unknown));
    check("<Draft> of the <working party", None);
    check("<p>Lamps shine", None);
    check("lamps", None);
    assert_eq!(root("<a:b.c d>"), Some("b.c"));
    for start in ["<", "<?xml", "<!--", "<!DOCTYPE [", "< a>", "<1>"] {
        assert_eq!(root(start), None, "{start}");
    }
}

const ACT: &str = "<LEXP.ROOT><ACT>\
    <BIB.INSTANCE><DOCUMENT.REF><COLL>L</COLL><NO.OJ>007</NO.OJ></DOCUMENT.REF><DATE ISO='20400604'>20400604</DATE><LG.DOC>EN</LG.DOC></BIB.INSTANCE>\
    <TITLE><TI><P><HT TYPE='UC'>Regulation</HT> (EU) 2040/7 <HT TYPE='UC'>of the Kettle Council</HT></P><P>of <DATE ISO='20400601'>1 June 2040</DATE></P>\
    <P>on kettle lids</P><P>(Text with EEA relevance)</P></TI></TITLE>\
    <PREAMBLE><PREAMBLE.INIT>THE KETTLE COUNCIL,</PREAMBLE.INIT><GR.VISA><VISA>Having regard to the Treaty<NOTE NOTE.ID='E1'><P>OJ C 1.</P></NOTE>,</VISA></GR.VISA>\
    <GR.CONSID><GR.CONSID.INIT>Whereas:</GR.CONSID.INIT><CONSID><NP><NO.P>(1)</NO.P><TXT>Kettles boil over.</TXT></NP></CONSID></GR.CONSID>\
    <PREAMBLE.FINAL>HAS ADOPTED THIS REGULATION:</PREAMBLE.FINAL></PREAMBLE>\
    <ENACTING.TERMS><DIVISION><TITLE><TI><P>CHAPTER I</P></TI><STI><P><HT TYPE='BOLD'>Lids</HT></P></STI></TITLE>\
    <ARTICLE IDENTIFIER='001'><TI.ART>Article 1</TI.ART><STI.ART>Fitting</STI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA><P>Each maker shall fit:</P>\
    <LIST TYPE='alpha'><ITEM><NP><NO.P>(a)</NO.P><TXT>a <QUOT.START CODE='2018'/>lid<QUOT.END CODE='2019'/>;</TXT></NP></ITEM>\
    <ITEM><NP><NO.P>(b)</NO.P><TXT>a spout.</TXT></NP></ITEM></LIST></ALINEA></PARAG><PARAG><NO.PARAG>2.</NO.PARAG><ALINEA>Lids are due by<DATE ISO='20410101'>1 January 2041</DATE>.</ALINEA>\
    <ALINEA>None is late.</ALINEA></PARAG></ARTICLE></DIVISION><ARTICLE><TI.ART>Article 2</TI.ART><ALINEA>In Regulation 3, Article 4 is replaced by:\
    <QUOT.S><ARTICLE><TI.ART>Article 4</TI.ART><ALINEA>Pots have lids.</ALINEA></ARTICLE></QUOT.S></ALINEA></ARTICLE></ENACTING.TERMS>\
    <FINAL><SIGNATURE><PL.DATE><P>Done at Lampville, 1 June 2040.</P></PL.DATE></SIGNATURE></FINAL></ACT>\
    <ANNEX><TITLE><TI><P>ANNEX I</P></TI><STI><P>Sizes</P></STI></TITLE><CONTENTS><TBL><CORPUS><ROW><CELL>Pot</CELL><CELL>2 l</CELL></ROW></CORPUS></TBL></CONTENTS></ANNEX></LEXP.ROOT>";

#[test]
fn an_act_in_formex() {
    check(
        ACT,
        &expect![[r#"
            h1 "Regulation (EU) 2040/7 of the Kettle Council"
            h1 "of 1 June 2040"
            h1 "on kettle lids"
            h1 "(Text with EEA relevance)"
            "THE KETTLE COUNCIL,"
            "Having regard to the Treaty¹,"
            "Whereas:"
            "(1) Kettles boil over."
            "HAS ADOPTED THIS REGULATION:"
            h2 "CHAPTER I Lids"
            h5 "Article 1 Fitting"
            "1. Each maker shall fit:"
            "(a) a ‘lid’;"
            "(b) a spout."
            "2. Lids are due by 1 January 2041."
            "None is late."
            h5 "Article 2"
            "In Regulation 3, Article 4 is replaced by:"
            quotation "Article 4"
            quotation "Pots have lids."
            "Done at Lampville, 1 June 2040."
            h2 "ANNEX I Sizes"
            row "Pot\t2 l"
            note 1 "OJ C 1."
        "#]],
    );
    let title = "Regulation (EU) 2040/7 of the Kettle Council of 1 June 2040 on kettle lids";
    let found = said(&extract(ACT, Vocabulary::Formex));
    assert_eq!(found, format!("{title} | 2040-06-01 | OJ L 7 | law | en"));
}

const RESOLUTION: &str = "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><statement name='resolution'>\
    <meta><identification source='#guild'><FRBRWork><FRBRdate date='2040-05-03' name='adoption'/><FRBRauthor href='#assembly'/>\
    <FRBRnumber value='res-7' showAs='RESOLUTION 7'/></FRBRWork><FRBRExpression><FRBRlanguage language='eng'/></FRBRExpression></identification>\
    <references><TLCOrganization eId='assembly' showAs='Lamp Assembly'/></references></meta>\
    <preface><longTitle><p><docType>RESOLUTION</docType> <docNumber>7</docNumber></p></longTitle><container name='title'><p>Wicks of lamps</p></container></preface>\
    <preamble><formula name='enactingFormula'><p>The Lamp Assembly,</p></formula><recitals><intro><p><i>considering</i></p></intro>\
    <recital eId='rec_1'><num>a)</num><p>that wicks smoke<authorialNote marker='1'><p>All of them.</p></authorialNote>;</p></recital></recitals></preamble>\
    <mainBody><hcontainer name='decides'><heading>decides</heading><paragraph eId='para_1'><num>1</num><content><p>that wicks shall be trimmed:</p></content>\
    <list><point><num>a)</num><content><p>daily;</p></content></point></list></paragraph></hcontainer></mainBody></statement></akomaNtoso>";

#[test]
fn a_resolution_in_akoma_ntoso() {
    check(
        RESOLUTION,
        &expect![[r#"
            "RESOLUTION 7"
            "Wicks of lamps"
            "The Lamp Assembly,"
            "considering"
            "a) that wicks smoke¹;"
            "decides"
            "1 that wicks shall be trimmed:"
            "a) daily;"
            note 1 "All of them."
        "#]],
    );
    let found = said(&extract(RESOLUTION, Vocabulary::AkomaNtoso));
    assert_eq!(found, "Wicks of lamps | 2040-05-03 | RESOLUTION 7 | resolution | Lamp Assembly | en");
}

#[test]
fn an_act_in_akoma_ntoso() {
    check(
        "<akomaNtoso><act name='act'><meta/><preface><p><docTitle>Lamps Act</docTitle></p></preface><toc><tocItem>Part I</tocItem></toc><body>\
         <part><num>Part I</num><heading>Lamps</heading><section eId='s1'><num>1.</num><heading>Oil</heading><subsection><num>(1)</num><content><p>Oil is clean.</p></content></subsection>\
         <subsection><num>(2)</num><intro><p>A keeper may not—</p></intro><paragraph><num>(a)</num><heading>Water</heading><content><p>use water;</p></content></paragraph>\
         <wrapUp><p>in a lamp.</p></wrapUp></subsection></section></part><part><num>2</num><chapter><num>I</num><heading>Wicks</heading><article><num>Art. 2</num><paragraph><content><p>Wicks are long.</p></content></paragraph></article></chapter></part></body>\
         <attachments><attachment><heading>Schedule 1</heading><subheading>Fees</subheading><doc name='schedule'><meta/><mainBody><table><tr><td>Oil</td><td>1</td></tr></table></mainBody></doc></attachment></attachments></act></akomaNtoso>",
        &expect![[r#"
            "Lamps Act"
            furniture "Part I"
            h1 "Part I Lamps"
            h2 "1. Oil"
            "(1) Oil is clean."
            "(2) A keeper may not—"
            "(a) Water. use water;"
            "in a lamp."
            h1 "2"
            h2 "I Wicks"
            h3 "Art. 2"
            "Wicks are long."
            h1 "Schedule 1 Fees"
            row "Oil\t1"
        "#]],
    );
}

#[test]
fn a_public_law_in_uslm() {
    let xml = "<pLaw xmlns='http://schemas.gpo.gov/xml/uslm' xmlns:dc='x'><meta><dc:title>Public Law 99–1: To light lamps.</dc:title></meta>\
        <main><longTitle><officialTitle>To light lamps.<sidenote><p>Jan. 3, 2050</p></sidenote></officialTitle></longTitle>\
        <section><num>SEC. 1. </num><heading>LAMPS.</heading><content>The Lamp Act is amended by adding:<quotedContent><paragraph>\
        <num>“(3) </num><content>Lamps are lit.”</content></paragraph></quotedContent>; and</content></section>\
        <legislativeHistory><heading>HISTORY—S. 9:</heading></legislativeHistory><endMarker>○</endMarker></main></pLaw>";
    check(
        xml,
        &expect![[r#"
        "To light lamps."
        h1 "SEC. 1. LAMPS."
        "The Lamp Act is amended by adding:"
        quotation "“(3) Lamps are lit.”; and"
        note  "Jan. 3, 2050"
        note  "HISTORY—S. 9:"
    "#]],
    );
    assert_eq!(said(&extract(xml, Vocabulary::Uslm)), "To light lamps. | law");
}

#[test]
fn a_title_in_uslm() {
    let xml = "<uscDoc xmlns='http://xml.house.gov/schemas/uslm/1.0' xmlns:dc='x'><meta><dc:title>Title 99—Lamps</dc:title><docNumber>99</docNumber></meta>\
        <main><title><num value='99'>Title 99—</num><heading>LAMPS</heading><chapter><num>CHAPTER 1—</num><heading>OIL</heading>\
        <section><num value='101'>§ 101.</num><heading> Clean oil</heading><subsection><num>(a)</num><heading> In general.—</heading><chapeau>A keeper shall use—</chapeau>\
        <paragraph><num>(1)</num><content>clean oil; and</content></paragraph><continuation>in every lamp.</continuation></subsection>\
        <sourceCredit>(Lamp Act, § 1.)</sourceCredit></section></chapter></title></main></uscDoc>";
    check(
        xml,
        &expect![[r#"
            h1 "Title 99— LAMPS"
            h2 "CHAPTER 1— OIL"
            h3 "§ 101. Clean oil"
            "(a) In general.— A keeper shall use—"
            "(1) clean oil; and"
            "in every lamp."
            "(Lamp Act, § 1.)"
        "#]],
    );
    assert_eq!(said(&extract(xml, Vocabulary::Uslm)), "Title 99—Lamps | 99 | law");
}

#[test]
fn of_any_other_xml_the_words_are_read() {
    check(
        "<?xml version='1.0'?><lamps><lamp id='1'><name>Wick &amp; oil</name><text>It <b>shines</b>\n brightly.</text></lamp><empty/></lamps>",
        &expect![[r#"
            "Wick & oil"
            "It shines brightly."
        "#]],
    );
}

/// Labels and first words of the clauses of a file.
fn clauses(xml: &str) -> Vec<String> {
    let reading = read(&Source { path: "act.xml", bytes: xml.as_bytes(), given: &[] }, &Options::default());
    let reading = reading.expect("an XML file");
    let document = &reading.documents[0];
    let shown = document.clauses.iter().map(|clause| {
        let text: String = document.text_of(clause).chars().take(20).collect();
        format!("{} | {text}", clause.label.as_deref().unwrap_or("-"))
    });
    shown.collect()
}

#[test]
fn a_note_below_a_rule_within_a_paragraph_is_a_note() {
    check(
        "<akomaNtoso><doc><mainBody><paragraph><num>1</num><content><p>Trim wicks; ____________________ 1 Daily.</p></content></paragraph></mainBody></doc></akomaNtoso>",
        &expect![[r#"
            "1 Trim wicks;"
            note 1 "Daily."
        "#]],
    );
}

#[test]
fn provisions_are_cited_by_their_elements() {
    let found = clauses(ACT);
    for clause in ["Article 1.1(a) | (a) a ‘lid’;", "Article 1.2 | 2. Lids are due by 1"] {
        assert!(found.iter().any(|line| line == clause), "{clause}: {found:#?}");
    }
    assert!(!found.iter().any(|line| line.starts_with("Article 4")), "{found:#?}");
}

#[test]
fn xml_that_breaks_off_or_nests_without_end_is_read_so_far() {
    let broken = extract("<ACT><ARTICLE><TI.ART>Article 1</TI.ART><ALINEA>Lamps", Vocabulary::Formex);
    assert_eq!(broken.pages[0].lines.len(), 2);
    assert_eq!(broken.warnings.len(), 1);
    let deep = format!(
        "<akomaNtoso>{}lamps{}</akomaNtoso>",
        "<section>".repeat(50_000),
        "</section>".repeat(50_000)
    );
    let lines = extract(&deep, Vocabulary::AkomaNtoso).pages.remove(0).lines;
    assert!(lines.iter().any(|line| line.text == "lamps"), "{lines:?}");
    let bomb = "<!DOCTYPE ACT [<!ENTITY a 'lamps'><!ENTITY b '&a;&a;&a;&a;'>]><ACT><P>&b;oil</P></ACT>";
    assert_eq!(extract(bomb, Vocabulary::Formex).pages[0].lines[0].text, "&b;oil");
}

proptest! {
    #[test]
    fn no_xml_panics(parts in proptest::collection::vec(
        prop_oneof![
            Just("<section>"), Just("</section>"), Just("<num>"), Just("</num>"), Just("1 é"), Just("<table>"), Just("<tr>"),
            Just("<td>"), Just("</td>"), Just("</tr>"), Just("</table>"), Just("<heading>"), Just("</heading>"), Just("<p>"),
            Just("</p>"), Just("<authorialNote>"), Just("</authorialNote>"), Just("&#x110000;&x;"), Just("<DATE ISO='é'/>"),
            Just("<ARTICLE>"), Just("</ARTICLE>"), Just("<TITLE><TI>"), Just("</TI></TITLE>"), Just("<QUOT.S>"), Just("<CELL>"),
        ], 0..40))
    {
        let xml = parts.concat();
        for known in [Vocabulary::Formex, Vocabulary::AkomaNtoso, Vocabulary::Uslm, Vocabulary::Unknown] {
            let lines = extract(&format!("<a>{xml}"), known).pages.remove(0).lines;
            prop_assert!(lines.iter().all(|line| line.role != Role::Furniture || !line.text.is_empty()));
        }
    }
}

/// The lines with the ids of their elements.
#[track_caller]
fn check_ids(xml: &str, expected: &[(&str, &str)]) {
    let known = vocabulary(xml, xml.as_bytes()).expect("it is XML");
    let extracted = extract(xml, known);
    let lines = extracted.pages.iter().flat_map(|page| &page.lines);
    let found: Vec<_> =
        lines.map(|line| (line.eid.as_deref().unwrap_or_default(), line.text.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn lines_keep_the_ids_of_what_begins_with_them() {
    check_ids(
        "<akomaNtoso><act><preamble><recitals eId='recs'><recital eId='rec_1'><num>(1)</num><p eId='rec_1__p_1'>Lamps go out.</p>\
         <p eId='rec_1__p_2'>Kettles boil.</p></recital></recitals></preamble><body><article eId='art_1'><num>Article 1</num>\
         <heading eId='art_1__heading'>Lids</heading><paragraph eId='art_1__para_1'><num>1.</num><list eId='art_1__para_1__list_1'>\
         <intro><p>Lids are:<authorialNote eId='fn_1' marker='1'><p>Not hats.</p></authorialNote></p></intro>\
         <point eId='art_1__para_1__point_a'><num>(a)</num><content><p>round;</p></content></point>\
         <point><num>(b)</num><content><p>flat.</p></content></point></list></paragraph>\
         <paragraph eId='empty'/><paragraph eId='art 1 para 2'><num>2.</num><content><p>Lids close.</p></content></paragraph>\
         </article></body></act></akomaNtoso>",
        &[
            ("rec_1", "(1) Lamps go out."),
            ("rec_1__p_2", "Kettles boil."),
            ("art_1", "Article 1 Lids"),
            ("art_1__para_1", "1. Lids are:¹"),
            ("art_1__para_1__point_a", "(a) round;"),
            ("", "(b) flat."),
            ("", "2. Lids close."),
            ("fn_1", "Not hats."),
        ],
    );
    check_ids(
        "<lawDoc xmlns='http://schemas.gpo.gov/xml/uslm'><main><section identifier='/us/lamps/s1'><num>§ 1.</num><heading>Lids</heading>\
         <subsection identifier='/us/lamps/s1/a'><num>(a)</num><content>Lamps have lids.</content></subsection></section></main></lawDoc>",
        &[("/us/lamps/s1", "§ 1. Lids"), ("/us/lamps/s1/a", "(a) Lamps have lids.")],
    );
}
