//! What pages in the forms of EUR-Lex become, as lines and as clauses.

use expect_test::{Expect, expect};

use super::extract;
use crate::extract::display;
use crate::{Options, Source, read};

fn check(html: &str, expected: &Expect) {
    let extracted = extract(html.as_bytes(), &Options::default()).expect("a small page is read");
    expected.assert_eq(&display(&extracted));
}

/// A list of EUR-Lex: each point a table of one row.
fn points(points: &[(&str, &str)]) -> String {
    let point = |(mark, words): &(&str, &str)| {
        format!("<table><tbody><tr><td><p class=normal>{mark}</p></td><td>{words}</td></tr></tbody></table>")
    };
    points.iter().map(point).collect()
}

fn journal() -> String {
    let recitals = points(&[("(1)", "<p>Kettles boil over.</p>"), ("(2)", "<p>Lids differ.</p>")]);
    let inner = points(&[("(i)", "<p>tin;</p>")]);
    let items = points(&[("(a)", &format!("<p>a lid of:</p>{inner}")), ("(b)", "<p>a spout.</p>")]);
    format!(
        "<html><head><title>L_2040007EN.01000101.xml</title></head><body>\
         <table><tr><td><p class=hd-date>4.6.2040</p></td><td><p class=hd-lg>EN</p></td><td><p class=hd-oj>L 7/1</p></td></tr></table>\
         <p class=oj-doc-ti>REGULATION (EU) 2040/7 OF THE KETTLE COUNCIL</p><p class=oj-doc-ti>of 1 June 2040</p>\
         <p class=oj-doc-ti>on kettle lids</p><p class=oj-doc-ti>(Text with EEA relevance)</p>\
         <p class=oj-normal>Having regard to the Treaty <a href='#ntr1-L' id='ntc1-L'>(<span class=oj-super>1</span>)</a>,</p>\
         <p class=oj-normal>Whereas:</p>{recitals}<p class=oj-normal>HAS ADOPTED THIS REGULATION:</p>\
         <p class=oj-ti-section-1>CHAPTER I</p><p class=oj-ti-section-2><b>Lids</b></p>\
         <p class=oj-ti-art>Article 1</p><p class=oj-sti-art>Fitting of lids</p>\
         <p class=oj-normal>1.&nbsp;&nbsp;&nbsp;Each maker shall fit:</p>{items}<p class=oj-doc-ti>ANNEX</p><p class=oj-doc-ti>Sizes of lids</p>\
         <p class=oj-note><a href='#ntc1-L' id='ntr1-L'>(<span class=oj-super>1</span>)</a>&nbsp;&nbsp;OJ L 3, 4.5.2039.</p></body></html>"
    )
}

#[test]
fn points_in_tables_are_paragraphs_with_their_numbers() {
    check(
        &journal(),
        &expect![[r#"
            furniture "4.6.2040"
            furniture "EN"
            furniture "L 7/1"
            h1 "REGULATION (EU) 2040/7 OF THE KETTLE COUNCIL"
            h1 "of 1 June 2040"
            h1 "on kettle lids"
            h1 "(Text with EEA relevance)"
            "Having regard to the Treaty¹,"
            "Whereas:"
            "(1) Kettles boil over."
            "(2) Lids differ."
            "HAS ADOPTED THIS REGULATION:"
            h3 "CHAPTER I Lids"
            h5 "Article 1 Fitting of lids"
            "1.\u{a0}\u{a0}\u{a0}Each maker shall fit:"
            "(a) a lid of:"
            "(i) tin;"
            "(b) a spout."
            h2 "ANNEX Sizes of lids"
            note 1 "OJ L 3, 4.5.2039."
        "#]],
    );
    let embedded = extract(journal().as_bytes(), &Options::default()).expect("it is read").embedded;
    let title = "REGULATION (EU) 2040/7 OF THE KETTLE COUNCIL of 1 June 2040 on kettle lids";
    assert_eq!(embedded.title.map(|title| title.value).as_deref(), Some(title));
    assert_eq!(embedded.date_issued.map(|date| date.value.to_string()).as_deref(), Some("2040-06-04"));
}

#[test]
fn consolidated_pages_set_numbers_in_boxes() {
    let point = |mark: &str, words: &str| {
        format!(
            "<div class='grid-container grid-list'><div class='list grid-list-column-1'><span>{mark} </span></div>\
             <div class=grid-list-column-2>{words}</div></div>"
        )
    };
    let inner = point("(i)", "<p class=norm>of tin;</p>");
    let items = [
        point("(a)", &format!("<p class=norm>a lid:</p>{inner}")),
        point("(b)", "<p class=norm>a spout.</p>"),
    ];
    check(
        &format!(
            "<title>Consolidated TEXT: 32040R0007 - EN - 01.01.2041</title><p class=reference>02040R0007 — EN</p>\
             <p class=title-doc-first>REGULATION (EU) 2040/7</p><p class=modref>▼B</p>\
             <p class=title-article-norm>Article 1</p><div class=eli-title><p class=stitle-article-norm>Lids</p></div>\
             <div class=norm><span class=no-parag>1.&nbsp;&nbsp;</span><div class='norm inline-element'>Makers shall ►M1 fit ◄ lids.</div></div>\
             <p class=modref>▼M1</p><div class=norm><span class=no-parag>2.  </span><div class='norm inline-element'>\
             <p class=norm>Makers shall keep:</p>{}</div></div>",
            items.concat()
        ),
        &expect![[r#"
            furniture "02040R0007 — EN"
            h1 "REGULATION (EU) 2040/7"
            furniture "▼B"
            h5 "Article 1 Lids"
            "1.\u{a0}\u{a0} Makers shall fit lids."
            furniture "▼M1"
            "2. Makers shall keep:"
            "(a) a lid:"
            "(i) of tin;"
            "(b) a spout."
        "#]],
    );
}

#[test]
fn proposals_set_numbers_apart_without_a_space() {
    check(
        "<p class=Statut>Proposal for a</p><p class=Typedudocument_cp>REGULATION OF THE KETTLE COUNCIL</p>\
         <p class=Titreobjet_cp>on lids</p><p class='li ManualConsidrant'><span class=num><span>(1)</span></span><span>Kettles boil.</span></p>\
         <p class=SectionTitle>TITLE I</p><p class=SectionTitle>GENERAL</p><p class=Titrearticle><span>Article 2</span><span><br>Lids</span></p>\
         <p class='li Point0'><span class=num><span>(a)</span></span><span>tin</span><span class=FootnoteReference><a class=footnoteRef \
         id=footnoteref2 href='#footnote2'>1</a></span><span>;</span></p><p class=Annexetitre><span>ANNEX II</span><span><br>LISTS</span></p>\
         <dl><dd id=footnote2><span class=num><a class=footnote href='#footnoteref2'>(1)</a></span><span> Soft.</span></dd></dl>",
        &expect![[r#"
            h1 "Proposal for a"
            h1 "REGULATION OF THE KETTLE COUNCIL"
            h1 "on lids"
            "(1) Kettles boil."
            h2 "TITLE I GENERAL"
            h5 "Article 2 Lids"
            "(a) tin¹;"
            h2 "ANNEX II LISTS"
            note 1 "Soft."
        "#]],
    );
}

#[test]
fn the_oldest_pages_have_paragraphs_only() {
    check(
        "<html><body><div id=banner><p>Legal notice</p></div><h1>32002F0584</h1><div id=TexteOnly><p><txt_te><p>Council Decision</p>\
         <p>On a proposal(1),</p><p>(1) Lamps shine.</p><p>&gt;PIC FILE= \"L.TIF\"&gt;</p><p>Done at Lampville, 3 May 2002.</p>\
         <p>(1) OJ C 1.</p></txt_te></p></div>",
        &expect![[r#"
            furniture "Legal notice"
            furniture "32002F0584"
            "Council Decision"
            "On a proposal¹,"
            "(1) Lamps shine."
            furniture ">PIC FILE= \"L.TIF\">"
            "Done at Lampville, 3 May 2002."
            note 1 "OJ C 1."
        "#]],
    );
    check(
        "<p>lamps<a name='src.E1'></a> (<a href='#E1'><span style='font-size: 6pt; vertical-align: middle'>1</span></a>)</p>\
         <table><tr><td><p><a>►B</a></p></td><td><p align=center>DECISION</p><p>of 3 May</p></td></tr></table><p>▼M1 —————</p>\
         <a name=E1></a><p>(<a href='#src.E1'><span style='font-size: 6pt; vertical-align: middle'>1</span></a>) OJ L 344.</p>",
        &expect![[r#"
            "lamps¹"
            [centred] "DECISION"
            "of 3 May"
            furniture "▼M1 —————"
            note 1 "OJ L 344."
        "#]],
    );
}

/// Labels, units and first words of the clauses of a page.
fn clauses(html: &str) -> Vec<String> {
    let source = Source { path: "page.html", bytes: html.as_bytes(), given: &[] };
    let reading = read(&source, &Options::default()).expect("a page");
    let document = &reading.documents[0];
    let shown = document.clauses.iter().map(|clause| {
        let text: String = document.text_of(clause).chars().take(24).collect();
        format!("{} | {} | {text}", clause.label.as_deref().unwrap_or("-"), clause.unit)
    });
    shown.collect()
}

#[test]
fn points_are_cited_within_their_article() {
    let found = clauses(&journal());
    for clause in
        ["Article 1.1(a) | sub-paragraph | (a) a lid of:", "Article 1.1(a)(i) | sub-paragraph | (i) tin;"]
    {
        assert!(found.iter().any(|line| line == clause), "{clause}: {found:#?}");
    }
}

#[test]
fn german_acts_have_recitals_too() {
    let found = clauses(
        "<html lang=de><p>Verordnung des Kesselrats</p><p>DER KESSELRAT,</p><p>gestützt auf den Vertrag,</p>\
         <p>in Erwägung nachstehender Gründe:</p><p>(1) Kessel kochen über.</p><p>(2) Deckel sind verschieden.</p>\
         <p>HAT FOLGENDE VERORDNUNG ERLASSEN:</p><p>Artikel 1</p><p>Deckel</p><p>(1) Jeder Kessel hat einen Deckel.</p>\
         <p>Artikel 2</p><p>Diese Verordnung tritt morgen in Kraft.</p><p>Geschehen zu Kesselstadt am 3. Mai 2030.</p>",
    );
    for clause in [
        "Erwägungsgrund (2) | recital | (2) Deckel sind verschie",
        "Artikel 1 Absatz 1 | paragraph | (1) Jeder Kessel hat ein",
        "Artikel 2 | paragraph | Diese Verordnung tritt m",
    ] {
        assert!(found.iter().any(|line| line == clause), "{clause}: {found:#?}");
    }
}

#[test]
fn a_proposal_has_a_memorandum_with_headings_before_the_act() {
    let words =
        "This memorandum says at length why lamps and kettles need a common lid in all towns of the guild. "
            .repeat(3);
    let page = format!(
        "<p class='Rfrenceinterinstitutionnelle'>2050/0012(NLE)</p><p class='Statut'>Proposal for a</p>\
         <p class='Typedudocument_cp'>COUNCIL DECISION</p><p class='Titreobjet_cp'>on lids</p>\
         <p class='Exposdesmotifstitre'>EXPLANATORY MEMORANDUM</p>\
         <p class='li ManualHeading1'><span class='num'><span>1.</span></span><span>Subject matter of the proposal</span></p><p>{words}</p>\
         <p class='li ManualHeading1'><span class='num'><span>2.</span></span><span>Context of the proposal</span></p>\
         <p class='li ManualHeading2'><span class='num'><span>2.1.</span></span><span>The Lid Office</span></p><p>{words}</p><p>{words}</p>\
         <p class='li ManualHeading1'><span class='num'><span>3.</span></span><span>Legal basis</span></p><p>{words}</p><p>{words}</p>\
         <p class='Rfrenceinterinstitutionnelle'>2050/0012 (NLE)</p><p class='Statut'>Proposal for a</p>\
         <p class='Typedudocument'>COUNCIL DECISION</p><p class='Titreobjet'>on lids</p>\
         <p class='Institutionquiagit'>THE KETTLE COUNCIL,</p><p>Having regard to the Treaty,</p><p>Whereas:</p>\
         <p class='li ManualConsidrant'><span class='num'><span>(1)</span></span><span>Lids get lost.</span></p>\
         <p class='Formuledadoption'>HAS ADOPTED THIS DECISION:</p><p class='Titrearticle'>Article 1</p><p>Lids shall be tied.</p>\
         <p>Knots shall be small.</p><p class='Titrearticle'>Article 2</p><p>This Decision is addressed to makers.</p>"
    );
    let found = clauses(&page);
    let shown: Vec<&str> =
        found.iter().map(String::as_str).filter(|line| !line.contains("This memorandum")).collect();
    assert_eq!(
        shown,
        [
            "- | masthead | 2050/0012(NLE)",
            "- | masthead | Proposal for a",
            "- | masthead | COUNCIL DECISION",
            "- | masthead | on lids",
            "- | masthead | EXPLANATORY MEMORANDUM",
            "1 | heading | 1. Subject matter of the",
            "2 | heading | 2. Context of the propos",
            "2.1 | heading | 2.1. The Lid Office",
            "3 | heading | 3. Legal basis",
            "- | heading | Proposal for a",
            "- | heading | COUNCIL DECISION",
            "- | heading | on lids",
            "- | chapeau | THE KETTLE COUNCIL,",
            "- | paragraph | Having regard to the Tre",
            "- | chapeau | Whereas:",
            "recital (1) | recital | (1) Lids get lost.",
            "- | chapeau | HAS ADOPTED THIS DECISIO",
            "Article 1 | heading | Article 1",
            "Article 1, first paragraph | paragraph | Lids shall be tied.",
            "Article 1, second paragraph | paragraph | Knots shall be small.",
            "Article 2 | heading | Article 2",
            "Article 2 | paragraph | This Decision is address",
        ]
    );
}
