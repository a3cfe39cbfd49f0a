//! How texts are cut that look as real ones do: one line a clause, with its part, unit, id and lead-in.
//!
//! `UPDATE_EXPECT=1 cargo test -p chapeau-ingest --test structure` writes what is found; read it before
//! it is kept.

use chapeau_document::Document;
use chapeau_ingest::{Options, Source, read};
use expect_test::{Expect, expect};

fn check(text: &str, expected: &Expect) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let mut reading = read(&source, &Options::default()).expect("a plain text");
    let document = reading.documents.remove(0);
    let lines: Vec<String> = document.clauses.iter().map(|clause| line(&document, clause)).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

fn line(document: &Document, clause: &chapeau_document::Clause) -> String {
    let id = clause.id.split_once('/').map_or("", |(_, id)| id);
    let words: String = document.text_of(clause).split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().take(40).collect();
    let lead = document.lead_in_of(clause).map(|lead| format!(" after «{lead}»")).unwrap_or_default();
    format!("{} {} {id}: {words}{lead}", clause.part, clause.unit)
}

#[test]
fn a_footnote_does_not_end_the_list_that_it_interrupts() {
    check(
        "ARTICLE 1\nScope\n\n1. This Chapter does not apply to:\n\n(a) a measure that is maintained by:\n\n\
         (i) a central level of government 4 of a Party;\n\n4 The Parties understand that this covers agencies.\n\n\
         5 Nothing in this note extends to provinces.\n\n(ii) a local level of government;\n\n(b) its renewal.\n\n\
         ARTICLE 2\nAims\n\nThe aims are these.\n",
        &expect![[r#"
            operative heading art-1: ARTICLE 1 Scope
            operative paragraph art-1/1: 1. This Chapter does not apply to:
            operative sub-paragraph art-1/1/a: (a) a measure that is maintained by: after «1. This Chapter does not apply to:»
            operative sub-paragraph art-1/1/a/i: (i) a central level of government 4 of a after «1. This Chapter does not apply to: ... (a) a measure that is maintained by:»
            footnote footnote fn-4: 4 The Parties understand that this cover
            footnote footnote fn-5: 5 Nothing in this note extends to provin
            operative sub-paragraph art-1/1/a/ii: (ii) a local level of government; after «1. This Chapter does not apply to: ... (a) a measure that is maintained by:»
            operative sub-paragraph art-1/1/b: (b) its renewal. after «1. This Chapter does not apply to:»
            operative heading art-2: ARTICLE 2 Aims
            operative paragraph art-2/p1: The aims are these.
        "#]],
    );
}

#[test]
fn a_dash_needs_no_space() {
    check(
        "ARTICLE 1\n\nLes institutions de la Communauté sont :\n\n-l'Union économique;\n\n-le Parlement de l'Union.\n\n\
         ARTICLE 2\n\nLe Parlement de l'Union siège dans la ville de Bangui.\n",
        &expect![[r#"
            operative heading art-1: ARTICLE 1
            operative paragraph art-1/p1: Les institutions de la Communauté sont :
            operative item art-1/i1: -l'Union économique; after «Les institutions de la Communauté sont :»
            operative item art-1/i2: -le Parlement de l'Union. after «Les institutions de la Communauté sont :»
            operative heading art-2: ARTICLE 2
            operative paragraph art-2/p1: Le Parlement de l'Union siège dans la vi
        "#]],
    );
}

#[test]
fn a_citation_that_is_cut_before_its_number_goes_on() {
    check(
        "ARTICLE 30.7\n\n1. The Depositary shall inform each Party of any notification under Article\n\n\
         30.4.5 (Accession) and of its date.\n\n2. It shall keep the texts.\n\nARTICLE 30.8\n\nThe texts are equal.\n",
        &expect![[r#"
            operative heading art-30.7: ARTICLE 30.7
            operative paragraph art-30.7/1: 1. The Depositary shall inform each Part
            operative paragraph art-30.7/2: 2. It shall keep the texts.
            operative heading art-30.8: ARTICLE 30.8
            operative paragraph art-30.8/p1: The texts are equal.
        "#]],
    );
}

#[test]
fn the_parties_resolved_to_govern_all_recitals() {
    check(
        "TRATADO DE LIBRE COMERCIO\n\nPREÁMBULO\n\nTratado entre Chile y Perú\n\nLa República de Chile y la República \
         del Perú, decididos a:\n\nESTRECHAR los lazos de amistad;\n\nREDUCIR las distorsiones en su comercio,\n\n\
         HAN ACORDADO lo siguiente:\n\nARTÍCULO 1\nObjetivos\n\nLos objetivos son estos.\n\nARTÍCULO 2\nFin\n\nFin de la \
         parte.\n",
        &expect![[r#"
            front matter masthead front-1: TRATADO DE LIBRE COMERCIO
            preambular heading h-1: PREÁMBULO
            preambular masthead front-2: Tratado entre Chile y Perú
            preambular chapeau chapeau-1: La República de Chile y la República del
            preambular recital pre-1: ESTRECHAR los lazos de amistad; after «La República de Chile y la República del Perú, decididos a:»
            preambular recital pre-2: REDUCIR las distorsiones en su comercio, after «La República de Chile y la República del Perú, decididos a:»
            preambular chapeau chapeau-2: HAN ACORDADO lo siguiente:
            operative heading art-1: ARTÍCULO 1 Objetivos
            operative paragraph art-1/p1: Los objetivos son estos.
            operative heading art-2: ARTÍCULO 2 Fin
            operative paragraph art-2/p1: Fin de la parte.
        "#]],
    );
}

#[test]
fn governments_and_plenipotentiaries_are_no_recitals() {
    check(
        "TRAITÉ INSTITUANT LA COMMUNAUTÉ\n\nLe Gouvernement de la République du Cameroun;\n\nLe Gouvernement de la \
         République du Tchad;\n\nConscients de la nécessité de développer leurs ressources;\n\nConviennent de ce qui \
         suit :\n\nARTICLE PREMIER\n\nLa mission de la Communauté est celle-ci.\n\nARTICLE 2\n\nLe siège est à Bangui.\n\n\
         Fait à Ndjamena, le 16 mars 1994\n",
        &expect![[r#"
            front matter masthead front-1: TRAITÉ INSTITUANT LA COMMUNAUTÉ
            preambular chapeau chapeau-1: Le Gouvernement de la République du Came
            preambular chapeau chapeau-2: Le Gouvernement de la République du Tcha
            preambular recital pre-1: Conscients de la nécessité de développer
            preambular chapeau chapeau-3: Conviennent de ce qui suit :
            operative heading art-premier: ARTICLE PREMIER
            operative paragraph art-premier/p1: La mission de la Communauté est celle-ci
            operative heading art-2: ARTICLE 2
            operative paragraph art-2/p1: Le siège est à Bangui.
            closing signature sig-1: Fait à Ndjamena, le 16 mars 1994
        "#]],
    );
    check(
        "THE PRESIDENT OF THE REPUBLIC OF BOTSWANA:\n\nMr A. Man,\n\nMinister of Trade;\n\nDESIRING to trade,\n\nHAVE \
         DECIDED to conclude this Agreement and to this end have designated as their plenipotentiaries:\n\nMr B. Other,\n\n\
         State Secretary,\n\nWHO, having exchanged their full powers,\n\nHAVE AGREED AS FOLLOWS:\n\nARTICLE 1\n\nTrade is \
         free.\n\nARTICLE 2\n\nDuties are abolished.\n",
        &expect![[r#"
            preambular chapeau chapeau-1: THE PRESIDENT OF THE REPUBLIC OF BOTSWAN
            preambular chapeau chapeau-2: Mr A. Man,
            preambular chapeau chapeau-3: Minister of Trade;
            preambular recital pre-1: DESIRING to trade,
            preambular chapeau chapeau-4: HAVE DECIDED to conclude this Agreement 
            preambular chapeau chapeau-5: Mr B. Other,
            preambular chapeau chapeau-6: State Secretary,
            preambular chapeau chapeau-7: WHO, having exchanged their full powers,
            preambular chapeau chapeau-8: HAVE AGREED AS FOLLOWS:
            operative heading art-1: ARTICLE 1
            operative paragraph art-1/p1: Trade is free.
            operative heading art-2: ARTICLE 2
            operative paragraph art-2/p1: Duties are abolished.
        "#]],
    );
}

#[test]
fn arrangements_end_with_signatures_and_go_on_with_what_is_annexed() {
    check(
        "IMPLEMENTING ARRANGEMENT\n\nThe Governments of Australia and New Zealand;\n\nACKNOWLEDGING the breadth of their \
         co-operation;\n\nHAVE REACHED THE FOLLOWING UNDERSTANDINGS:\n\n1. The programme guides their work.\n\n2. They may \
         modify it.\n\nSIGNED at Cha-am, Thailand, this 27th day of February 2009.\n\nFor the Government of Australia:\n\n\
         For the Government of New Zealand:\n\nAGREEMENT ESTABLISHING THE ECONOMIC CO-OPERATION WORK PROGRAMME\n\n\
         INTRODUCTION\n\nThis document is the programme.\n",
        &expect![[r#"
            front matter heading h-1: IMPLEMENTING ARRANGEMENT
            preambular chapeau chapeau-1: The Governments of Australia and New Zea
            preambular recital pre-1: ACKNOWLEDGING the breadth of their co-op after «The Governments of Australia and New Zealand;»
            operative chapeau chapeau-2: HAVE REACHED THE FOLLOWING UNDERSTANDING
            operative paragraph op-1: 1. The programme guides their work. after «The Governments of Australia and New Zealand; ... HAVE REACHED THE FOLLOWING UNDERSTANDINGS:»
            operative paragraph op-2: 2. They may modify it. after «The Governments of Australia and New Zealand; ... HAVE REACHED THE FOLLOWING UNDERSTANDINGS:»
            closing signature sig-1: SIGNED at Cha-am, Thailand, this 27th da
            closing signature sig-2: For the Government of Australia:
            closing signature sig-3: For the Government of New Zealand:
            annex heading h-2: AGREEMENT ESTABLISHING THE ECONOMIC CO-O
            annex heading h-3: INTRODUCTION
            annex paragraph p1: This document is the programme.
        "#]],
    );
}

#[test]
fn a_table_of_contents_needs_no_leaders() {
    check(
        "Report\n\nContents\n\nIntroduction 3\n\nRules of Origin 5\n\nCustoms Procedures and Trade 9\n\nIntellectual \
         Property 12\n\nIntroduction\n\nThis report is about trade, and about what trade does.\n\nRules of Origin\n\nGoods \
         originate where they are grown.\n\nCustoms Procedures and Trade\n\nThey are slow, and getting slower.\n",
        &expect![[r#"
            front matter heading h-1: Report
            front matter masthead front-1: Contents
            front matter masthead front-2: Introduction 3
            front matter masthead front-3: Rules of Origin 5
            front matter masthead front-4: Customs Procedures and Trade 9
            front matter masthead front-5: Intellectual Property 12
            main heading h-2: Introduction
            main paragraph p1: This report is about trade, and about wh
            main heading h-3: Rules of Origin
            main paragraph p2: Goods originate where they are grown.
            main heading h-4: Customs Procedures and Trade
            main paragraph p3: They are slow, and getting slower.
        "#]],
    );
}

#[test]
fn a_heading_parts_what_follows_from_the_number_before_it() {
    check(
        "The Ministerial Conference,\n\nRecalling the work,\n\nDecides:\n\n1. To continue the work.\n\n2. To report.\n\n\
         FINAL REMARKS\n\nThe work is long.\n\n3. To meet again.\n",
        &expect![[r#"
            preambular chapeau chapeau-1: The Ministerial Conference,
            preambular recital pre-1: Recalling the work, after «The Ministerial Conference,»
            operative chapeau chapeau-2: Decides:
            operative paragraph op-1: 1. To continue the work. after «The Ministerial Conference, ... Decides:»
            operative paragraph op-2: 2. To report. after «The Ministerial Conference, ... Decides:»
            operative heading h-1: FINAL REMARKS
            operative paragraph op-p1: The work is long. after «The Ministerial Conference, ... Decides:»
            operative paragraph op-3: 3. To meet again. after «The Ministerial Conference, ... Decides:»
        "#]],
    );
}

#[test]
fn a_paragraph_within_a_list_does_not_end_it() {
    check(
        "ARTICLE 1\n\n2. The Commission may:\n\n(a) adopt decisions to amend the annexes;\n\nEach Party shall implement a \
         decision within the period that the Parties agree.1\n\n(b) establish committees;\n\n(c) give its opinion.\n\nARTICLE \
         2\n\n(d) this is another list.\n\n20-18\n\n(e) and goes on.\n",
        &expect![[r#"
            operative heading art-1: ARTICLE 1
            operative paragraph art-1/2: 2. The Commission may:
            operative sub-paragraph art-1/2/a: (a) adopt decisions to amend the annexes after «2. The Commission may:»
            operative paragraph art-1/2/p1: Each Party shall implement a decision wi
            operative sub-paragraph art-1/2/b: (b) establish committees; after «2. The Commission may:»
            operative sub-paragraph art-1/2/c: (c) give its opinion. after «2. The Commission may:»
            operative heading art-2: ARTICLE 2
            operative sub-paragraph art-2/d: (d) this is another list.
            operative paragraph art-2/d/p1: 20-18
            operative sub-paragraph art-2/e: (e) and goes on.
        "#]],
    );
}

#[test]
fn a_footnote_between_two_halves_of_a_sentence_is_one() {
    check(
        "ARTICLE 1\n\nThe Parties shall:\n\n(a) work together;\n\n(b) exchange what they have and share all of their experience \
         with\n\n8 Brunei Darussalam is not bound before that date.\n\nregulations, policies and enforcement, including:\n\n\
         (i) privacy;\n\n(ii) security;\n\n(c) take part in meetings.\n\nARTICLE 2\n\nTrade is free for the Parties to it.\n",
        &expect![[r#"
            operative heading art-1: ARTICLE 1
            operative paragraph art-1/p1: The Parties shall:
            operative sub-paragraph art-1/a: (a) work together; after «The Parties shall:»
            operative sub-paragraph art-1/b: (b) exchange what they have and share al after «The Parties shall:»
            footnote footnote fn-8: 8 Brunei Darussalam is not bound before 
            operative paragraph art-1/b/p1: regulations, policies and enforcement, i after «The Parties shall:»
            operative sub-paragraph art-1/b/i: (i) privacy; after «The Parties shall: ... regulations, policies and enforcement, including:»
            operative sub-paragraph art-1/b/ii: (ii) security; after «The Parties shall: ... regulations, policies and enforcement, including:»
            operative sub-paragraph art-1/c: (c) take part in meetings. after «The Parties shall:»
            operative heading art-2: ARTICLE 2
            operative paragraph art-2/p1: Trade is free for the Parties to it.
        "#]],
    );
}

#[test]
fn paragraphs_in_small_letters_behind_a_colon_are_items_without_marks() {
    check(
        "ARTICLE 1\nDuties\n\n1. Each Party:\n\nshall publish:\n\nits laws; and\n\nits fees; and\n\n\
         shall notify changes.\n\n2. (a) The Committee shall:\n\nmeet each year;\n\nkeep minutes.\n\n\
         (b) Its rules are public.\n\nThis applies to all.\n\nARTICLE 2\n\nThe texts are equal.\n",
        &expect![[r#"
            operative heading art-1: ARTICLE 1 Duties
            operative paragraph art-1/1: 1. Each Party:
            operative paragraph art-1/1/p1: shall publish: after «1. Each Party:»
            operative paragraph art-1/1/p2: its laws; and after «1. Each Party: ... shall publish:»
            operative paragraph art-1/1/p3: its fees; and after «1. Each Party: ... shall publish:»
            operative paragraph art-1/1/p4: shall notify changes. after «1. Each Party:»
            operative sub-paragraph art-1/2/a: 2. (a) The Committee shall:
            operative paragraph art-1/2/a/p1: meet each year; after «2. (a) The Committee shall:»
            operative paragraph art-1/2/a/p2: keep minutes. after «2. (a) The Committee shall:»
            operative sub-paragraph art-1/2/b: (b) Its rules are public.
            operative paragraph art-1/2/p1: This applies to all.
            operative heading art-2: ARTICLE 2
            operative paragraph art-2/p1: The texts are equal.
        "#]],
    );
}

#[test]
fn lists_of_contents_are_front_matter_however_nested() {
    check(
        "Protocol on Lantern Fees\n\nContents\n\nPart I – General ..... 2\n\nArticle 1 – Terms ..... 2\nParagraph 1. \
         ..... 2 Paragraph 2. ..... 2\n\nArticle 2 – Aims ..... 3\n\nWe, the Members of the Lantern Guild,\n\n\
         RECALLING the market rules of the guild,\n\nHAVE AGREED as follows:\n\nPart I – General\n\nArticle 1 – \
         Terms\n\n1. \"Lantern\" means a lamp that is carried by hand.\n\nArticle 2 – Aims\n\nFees are known to all.\n",
        &expect![[r#"
            front matter masthead front-1: Protocol on Lantern Fees
            front matter masthead front-2: Contents
            front matter masthead front-3: Part I – General ..... 2
            front matter masthead front-4: Article 1 – Terms ..... 2
            front matter masthead front-5: Paragraph 1. ..... 2 Paragraph 2. ..... 
            front matter masthead front-6: Article 2 – Aims ..... 3
            preambular chapeau chapeau-1: We, the Members of the Lantern Guild,
            preambular recital pre-1: RECALLING the market rules of the guild,
            preambular chapeau chapeau-2: HAVE AGREED as follows:
            operative heading part-i: Part I – General
            operative heading art-1: Article 1 – Terms
            operative paragraph art-1/1: 1. "Lantern" means a lamp that is carrie
            operative heading art-2: Article 2 – Aims
            operative paragraph art-2/p1: Fees are known to all.
        "#]],
    );
    check(
        "The Lantern Tariff\n\nPART ONE: Overview\n\nPART TWO: Fees\n\nAnnex I: Table of fees\n\nPART ONE: OVERVIEW\n\n\
         1. This document sets out the fees.\n\nPART TWO: FEES\n\n1. For these fees:\n\n(a) the table is in Annex \
         I;\n\nANNEX I TABLE OF FEES\n\n1. This table sets out the fees.\n",
        &expect![[r#"
            front matter heading h-1: The Lantern Tariff
            front matter masthead front-1: PART ONE: Overview
            front matter masthead front-2: PART TWO: Fees
            front matter masthead front-3: Annex I: Table of fees
            main heading part-one: PART ONE: OVERVIEW
            main paragraph part-one/1: 1. This document sets out the fees.
            main heading part-two: PART TWO: FEES
            main paragraph part-two/1: 1. For these fees:
            main sub-paragraph part-two/1/a: (a) the table is in Annex I; after «1. For these fees:»
            annex heading annex-i: ANNEX I TABLE OF FEES
            annex paragraph annex-i/1: 1. This table sets out the fees.
        "#]],
    );
    check(
        "LANTERN MARKETS ACT\n\nARRANGEMENT OF SECTIONS\n\nSection:\n\nPART I—GUILDS\n\n1. Establishment of the guild\n\n\
         2. Its members\n\nSCHEDULE\n\nAN ACT TO ESTABLISH A GUILD OF LANTERNS; AND FOR RELATED MATTERS.\n\nENACTED by \
         the Parliament of the Islands—\n\nPART I—GUILDS\n\n1. There is established a guild of lanterns in every town.\n\n\
         2.—(1) The guild shall consist of—\n\n(a) the makers ; and\n\n(f ) the traders.\n\n(2) It shall meet once a \
         year.\n\nSCHEDULE\n\n1. Fees are due in spring.\n",
        &expect![[r#"
            front matter heading h-1: LANTERN MARKETS ACT
            front matter masthead front-1: ARRANGEMENT OF SECTIONS
            front matter masthead front-2: Section:
            front matter masthead front-3: PART I—GUILDS
            front matter masthead front-4: 1. Establishment of the guild
            front matter masthead front-5: 2. Its members
            front matter masthead front-6: SCHEDULE
            main paragraph p1: AN ACT TO ESTABLISH A GUILD OF LANTERNS;
            main heading h-2: ENACTED by the Parliament of the Islands
            main heading part-i: PART I—GUILDS
            main paragraph part-i/1: 1. There is established a guild of lante
            main heading part-i/2: 2.—
            main paragraph part-i/2/1: (1) The guild shall consist of—
            main sub-paragraph part-i/2/1/a: (a) the makers ; and after «(1) The guild shall consist of—»
            main sub-paragraph part-i/2/1/f: (f ) the traders. after «(1) The guild shall consist of—»
            main paragraph part-i/2/2: (2) It shall meet once a year.
            annex heading schedule: SCHEDULE
            annex paragraph schedule/1: 1. Fees are due in spring.
        "#]],
    );
}

/// Labels and paths, for texts where they are what matters.
fn check_labels(text: &str, expected: &Expect) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let mut reading = read(&source, &Options::default()).expect("a plain text");
    let document = reading.documents.remove(0);
    let labelled = document.clauses.iter().filter_map(|clause| {
        let id = clause.id.split_once('/').map_or("", |(_, id)| id);
        let path: Vec<&str> = clause.path.iter().filter_map(|step| step.title.as_deref()).collect();
        clause.label.as_ref().map(|label| format!("{id} | {label} | {}", path.join(" > ")))
    });
    expected.assert_eq(&(labelled.collect::<Vec<_>>().join("\n") + "\n"));
}

#[test]
fn a_bracketed_draft_keeps_its_numbers_and_options() {
    check_labels(
        "DRAFT MINISTERIAL DECLARATION\n\nWe, the Ministers, assembled in Geneva,\n\n1. Reaffirm the principles.\n\n\
         2. We [agree] to review them.\n\n[3. Members shall:\n\n(a) [refrain from [such] duties];\n\n\
         (b) [Alt 1: endeavour to cooperate] [Alt 2: cooperate] [...]; and\n\n(c) publish [sic] them.]\n\nThis is new.\n\n\
         Option A\n\n4. [CAN/EU: Members should notify measures.]\n\nOption B\n\n4. [Placeholder]\n\n5. The end is near.\n",
        &expect![[r#"
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            op-3 | operative para. 3 | 
            op-3/a | operative para. 3(a) | 
            op-3/b | operative para. 3(b) | 
            op-3/c | operative para. 3(c) | 
            op-3/p1 | operative para. 3, unnumbered para. 1 | 
            op-4 | Option A, operative para. 4 | Option A
            op-4-2 | Option B, operative para. 4 | Option B
            op-5 | operative para. 5 | 
        "#]],
    );
}

#[test]
fn headings_in_capitals_stand_above_the_numbers_of_a_recommendation() {
    check_labels(
        "RECOMMENDATION ON TRADE\n\nThe General Conference of the Organization, meeting in Paris,\n\nRecalling its aims,\n\n\
         1. Adopts this Recommendation;\n\n2. Recommends that Member States apply it.\n\nI. SCOPE OF APPLICATION\n\n\
         1. This text is about trade.\n\n(a) It covers goods.\n\nII. AIMS\n\n2. It aims high.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            op-1-2 | section I, operative para. 1 | SCOPE OF APPLICATION
            op-1/a | section I, operative para. 1(a) | SCOPE OF APPLICATION
            op-2-2 | section II, operative para. 2 | AIMS
        "#]],
    );
}

#[test]
fn french_and_spanish_ordinals_number_articles_and_paragraphs() {
    check_labels(
        "ACCORD\n\nLes Parties,\n\nSONT CONVENUES de ce qui suit :\n\nTITRE PREMIER\nDISPOSITIONS GÉNÉRALES\n\n\
         Article premier\nObjectifs\n\n1. Le présent Accord a pour objet :\n\na) de libéraliser le commerce.\n\n\
         Section 1re\nDroits\n\nArticle 2 bis\nPortée\n\n1° Les Parties éliminent les droits.\n\n2° Elles se consultent.\n",
        &expect![[r#"
            titre-premier | Titre Premier | DISPOSITIONS GÉNÉRALES
            art-premier | Article premier | DISPOSITIONS GÉNÉRALES > Objectifs
            art-premier/1 | Article premier, par. 1 | DISPOSITIONS GÉNÉRALES > Objectifs
            art-premier/1/a | Article premier, par. 1(a) | DISPOSITIONS GÉNÉRALES > Objectifs
            titre-premier/sec-1re | Section 1re | DISPOSITIONS GÉNÉRALES > Droits
            art-2-bis | Article 2 bis | DISPOSITIONS GÉNÉRALES > Droits > Portée
            art-2-bis/1 | Article 2 bis, par. 1 | DISPOSITIONS GÉNÉRALES > Droits > Portée
            art-2-bis/2 | Article 2 bis, par. 2 | DISPOSITIONS GÉNÉRALES > Droits > Portée
        "#]],
    );
    check_labels(
        "ACUERDO\n\nLas Partes,\n\nCONVIENEN en lo siguiente:\n\nArtículo 1º.- El presente Acuerdo tiene por objetivos:\n\n\
         a) Establecer el marco jurídico;\n\nArtículo 2º.- Las Partes conformarán una zona de libre comercio con todos.\n\n\
         Artículo Transitorio\n\nLas Partes procurarán cooperar.\n\nArtículo 3º bis\n\n1. Ninguna Parte exigirá requisitos.\n",
        &expect![[r#"
            art-1 | Artículo 1º | 
            art-1/p1 | Artículo 1º | 
            art-1/a | Artículo 1º(a) | 
            art-2 | Artículo 2º | 
            art-2/p1 | Artículo 2º | 
            art-transitorio | Artículo Transitorio | 
            art-transitorio/p1 | Artículo Transitorio | 
            art-3-bis | Artículo 3º bis | 
            art-3-bis/1 | Artículo 3º bis, párr. 1 | 
        "#]],
    );
}

#[test]
fn a_note_under_a_heading_and_a_list_of_articles_number_nothing() {
    check(
        "ARTICLE 24.4: Taxation\n\n1 This Article is without prejudice to the classification of goods.\n\n\
         1. Nothing in this Agreement shall apply to taxes.\n\n2. Subject to paragraph 1:\n\n\
         (a) Articles 9.3 (National Treatment) and 9.4 (Favoured Treatment),\n\n10.2 (National Treatment) and 10.3 \
         (Favoured Treatment), and\n\n12.2 (National Treatment) shall apply to taxes.\n\n3. Paragraph 2 is final.\n\n\
         ARTICLE 24.5\n\nThe texts are equal.\n",
        &expect![[r#"
            operative heading art-24.4: ARTICLE 24.4: Taxation
            footnote footnote fn-1: 1 This Article is without prejudice to t
            operative paragraph art-24.4/1: 1. Nothing in this Agreement shall apply
            operative paragraph art-24.4/2: 2. Subject to paragraph 1:
            operative sub-paragraph art-24.4/2/a: (a) Articles 9.3 (National Treatment) an after «2. Subject to paragraph 1:»
            operative paragraph art-24.4/3: 3. Paragraph 2 is final.
            operative heading art-24.5: ARTICLE 24.5
            operative paragraph art-24.5/p1: The texts are equal.
        "#]],
    );
}

#[test]
fn articles_that_begin_anew_in_each_chapter_are_told_by_it() {
    check_labels(
        "AGREEMENT BETWEEN A AND B

CHAPTER 1 GENERAL PROVISIONS

Article 1 Objectives

1. The Parties shall trade.

(a) They shall do so freely.

Article 2 Scope

The Parties shall apply this Agreement.

CHAPTER 2 TRADE IN GOODS

Article 1 Duties

1. The Parties shall lower duties.

Article 3 Review

The Parties shall meet.
",
        &expect![[r#"
            ch-1 | Chapter 1 | GENERAL PROVISIONS
            art-1 | Chapter 1, Article 1 | GENERAL PROVISIONS > Objectives
            art-1/1 | Chapter 1, Article 1.1 | GENERAL PROVISIONS > Objectives
            art-1/1/a | Chapter 1, Article 1.1(a) | GENERAL PROVISIONS > Objectives
            art-2 | Article 2 | GENERAL PROVISIONS > Scope
            art-2/p1 | Article 2 | GENERAL PROVISIONS > Scope
            ch-2 | Chapter 2 | TRADE IN GOODS
            art-1-2 | Chapter 2, Article 1 | TRADE IN GOODS > Duties
            art-1-2/1 | Chapter 2, Article 1.1 | TRADE IN GOODS > Duties
            art-3 | Article 3 | TRADE IN GOODS > Review
            art-3/p1 | Article 3 | TRADE IN GOODS > Review
        "#]],
    );
}

#[test]
fn protocols_and_acts_after_the_first_are_called_by_their_own_names() {
    check_labels(
        "AGREEMENT ON LAMPS\n\nArticle 1\n\nScope\n\nThis Agreement applies to lamps.\n\nArticle 2\n\nEnd\n\nIt ends.\n\n\
         PROTOCOL ON BULBS AND THE\n\nLAMPS OF SHIPS\n\nWE, the makers of bulbs,\n\nRECALLING the Agreement,\n\nHAVE AGREED AS FOLLOWS:\n\n\
         Article 1\n\nScope\n\nThis Protocol applies to bulbs.\n\nANNEX 1\n\nBulbs\n\n1. A bulb is round.\n\nPROTOCOL ON \
         SHADES\n\nArticle 1\n\nScope\n\n1. This Protocol applies to shades.\n\nANNEX 1\n\nShades\n\n1. A shade is flat.\n",
        &expect![[r#"
            art-1 | Article 1 | Scope
            art-1/p1 | Article 1 | Scope
            art-2 | Article 2 | End
            art-2/p1 | Article 2 | End
            protocol-on-bulbs-and-the-lamps-of-ships | Protocol on Bulbs and the Lamps of Ships | ON BULBS AND THE LAMPS OF SHIPS
            protocol-on-bulbs-and-the-lamps-of-ships/pre-1 | Protocol on Bulbs and the Lamps of Ships, preambular para. 1 | ON BULBS AND THE LAMPS OF SHIPS
            protocol-on-bulbs-and-the-lamps-of-ships/art-1 | Protocol on Bulbs and the Lamps of Ships, Article 1 | ON BULBS AND THE LAMPS OF SHIPS > Scope
            protocol-on-bulbs-and-the-lamps-of-ships/art-1/p1 | Protocol on Bulbs and the Lamps of Ships, Article 1 | ON BULBS AND THE LAMPS OF SHIPS > Scope
            protocol-on-bulbs-and-the-lamps-of-ships/annex-1 | Protocol on Bulbs and the Lamps of Ships, Annex 1 | ON BULBS AND THE LAMPS OF SHIPS > Bulbs
            protocol-on-bulbs-and-the-lamps-of-ships/annex-1/1 | Protocol on Bulbs and the Lamps of Ships, Annex 1, para. 1 | ON BULBS AND THE LAMPS OF SHIPS > Bulbs
            protocol-on-shades | Protocol on Shades | ON SHADES
            protocol-on-shades/art-1 | Protocol on Shades, Article 1 | ON SHADES > Scope
            protocol-on-shades/art-1/1 | Protocol on Shades, Article 1.1 | ON SHADES > Scope
            protocol-on-shades/annex-1 | Protocol on Shades, Annex 1 | ON SHADES > Shades
            protocol-on-shades/annex-1/1 | Protocol on Shades, Annex 1, para. 1 | ON SHADES > Shades
        "#]],
    );
    check_labels(
        "JOURNAL DES ÎLES\n\nLoi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes\n\nArticle \
         unique. - La ratification de l'Accord sur les lampes est autorisée.\n\nACCORD PORTANT CRÉATION D'UNE GUILDE\n\n\
         PRÉAMBULE\n\nLes Parties,\n\nConscientes de la nuit,\n\nSONT CONVENUES de ce qui suit :\n\nPREMIÈRE PARTIE. - \
         DÉFINITIONS\n\nArticle premier. - Définitions\n\nUne lampe est une lumière.\n\nArticle 2. - Fin\n\nL'Accord prend \
         fin.\n\nLoi n° 2050-02 du 4 mai 2050 sur les mèches\n\nArticle premier. - Les mèches sont libres de tout droit dans \
         les îles.\n",
        &expect![[r#"
            loi-n-2050-01 | Loi n° 2050-01 | Loi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes
            loi-n-2050-01/art-unique | Loi n° 2050-01, Article unique | Loi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes
            loi-n-2050-01/art-unique/p1 | Loi n° 2050-01, Article unique | Loi n° 2050-01 du 3 mai 2050 autorisant la ratification de l'Accord sur les lampes
            accord-portant-creation-d-une-guilde | Accord portant création d'une guilde | ACCORD PORTANT CRÉATION D'UNE GUILDE
            accord-portant-creation-d-une-guilde/pre-1 | Accord portant création d'une guilde, préambule, al. 1 | ACCORD PORTANT CRÉATION D'UNE GUILDE > PRÉAMBULE
            accord-portant-creation-d-une-guilde/premiere-partie | Première Partie | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS
            accord-portant-creation-d-une-guilde/art-premier | Accord portant création d'une guilde, Article premier | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Définitions
            accord-portant-creation-d-une-guilde/art-premier/p1 | Accord portant création d'une guilde, Article premier | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Définitions
            accord-portant-creation-d-une-guilde/art-2 | Accord portant création d'une guilde, Article 2 | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Fin
            accord-portant-creation-d-une-guilde/art-2/p1 | Accord portant création d'une guilde, Article 2 | ACCORD PORTANT CRÉATION D'UNE GUILDE > DÉFINITIONS > Fin
            loi-n-2050-02 | Loi n° 2050-02 | Loi n° 2050-02 du 4 mai 2050 sur les mèches
            loi-n-2050-02/art-premier | Loi n° 2050-02, Article premier | Loi n° 2050-02 du 4 mai 2050 sur les mèches
            loi-n-2050-02/art-premier/p1 | Loi n° 2050-02, Article premier | Loi n° 2050-02 du 4 mai 2050 sur les mèches
        "#]],
    );
}

#[test]
fn codes_and_acts_are_cited_by_their_sections() {
    check_labels(
        "CHAPTER II—LANTERNS\n\nPART 2101—GUILDS\n\n§ 2101.1 Scope.\n\n(a) This part is about guilds:\n\n(1) old ones;\n\n\
         (2) new ones.\n\n(b)(1) It is not about ships.\n\n(2) Nor about trains.\n\n§ 2101.2 Words.\n\nA guild is a union of \
         makers.\n",
        &expect![[r#"
            ch-ii | Chapter II | LANTERNS
            part-2101 | Part 2101 | GUILDS
            sec-2101.1 | § 2101.1 | GUILDS > Scope.
            sec-2101.1/a | § 2101.1(a) | GUILDS > Scope.
            sec-2101.1/a/1 | § 2101.1(a)(1) | GUILDS > Scope.
            sec-2101.1/a/2 | § 2101.1(a)(2) | GUILDS > Scope.
            sec-2101.1/b/1 | § 2101.1(b)(1) | GUILDS > Scope.
            sec-2101.1/b/2 | § 2101.1(b)(2) | GUILDS > Scope.
            sec-2101.2 | § 2101.2 | GUILDS > Words.
            sec-2101.2/p1 | § 2101.2 | GUILDS > Words.
        "#]],
    );
    check_labels(
        "THE LANTERN ACT\n\nBe it enacted by the Parliament of the Islands as follows:\n\n1. This Act is about lanterns and \
         about lamps.\n\n2.—(1) No lamp shall be sold unlit:\n\n(a) in spring;\n\nPart II\n\n3. The Schedule has the fees of \
         the lamps.\n\nFIRST SCHEDULE\n\n1. Two coins are due for a lamp.\n",
        &expect![[r#"
            1 | Section 1 | 
            2 | Section 2 | 
            2/1 | Section 2(1) | 
            2/1/a | Section 2(1)(a) | 
            part-ii | Part II | 
            part-ii/3 | Section 3 | 
            first-schedule | First Schedule | 
            first-schedule/1 | First Schedule, para. 1 | 
        "#]],
    );
}

#[test]
fn numbers_that_run_on_are_cited_alone_and_those_that_begin_anew_with_their_part() {
    check_labels(
        "Guidelines on lamps\n\n1 Words\n\n1.1 Lamps\n\n1. A lamp is a light that burns.\n\n2. A lantern is a lamp that is \
         carried.\n\n1.2 Makers\n\n3. A maker makes lamps and sells them.\n\n2 Fees\n\n4. A fee is paid in coins of the \
         guild.\n\n2.1 Coins\n\n5. A coin is round, and has a lamp on it.\n",
        &expect![[r#"
            1.1 | 1.1 | Lamps
            1 | para. 1 | Lamps
            2 | para. 2 | Lamps
            1.2 | 1.2 | Makers
            3 | para. 3 | Makers
            4 | para. 4 | 2 Fees > Makers
            2.1 | 2.1 | 2 Fees > Coins
            5 | para. 5 | 2 Fees > Coins
        "#]],
    );
    check_labels(
        "PART ONE: LAMPS\n\n1. A lamp is a light that burns.\n\n2. A lantern is carried.\n\nPART TWO: FEES\n\n1. For fees, \
         these count:\n\n(a) coins;\n\nANNEX I\n\n1. Two coins are due.\n",
        &expect![[r#"
            part-one | Part One | LAMPS
            part-one/1 | Part One, para. 1 | LAMPS
            part-one/2 | Part One, para. 2 | LAMPS
            part-two | Part Two | FEES
            part-two/1 | Part Two, para. 1 | FEES
            part-two/1/a | Part Two, para. 1(a) | FEES
            annex-i | Annex I | 
            annex-i/1 | Annex I, para. 1 | 
        "#]],
    );
    check_labels(
        "1.3 In spring we met. The themes were:\n\n(1) marks; (2) tests; and (3) fees.\n\n1.4 Then we wrote a report.\n\n1.5 \
         We shall meet again.\n",
        &expect![[r#"
            1.3 | para. 1.3 | 
            1.3/1 | para. 1.3(1) | 
            1.4 | para. 1.4 | 
            1.5 | para. 1.5 | 
        "#]],
    );
}

#[test]
fn banners_of_pages_open_no_annex() {
    check_labels(
        "Annex V: Directive\n\nDIRECTIVE ON LAMPS\n\nThe Council of Lamps,\n\nRecalling its rules,\n\nNoting that lamps \
         burn,\n\nHEREBY DIRECTS AS FOLLOWS:\n\n1. Lamps shall burn.\n\n2. Wicks shall be dry.\n\nANNEX 1\n\nLamps\n\n1. A \
         lamp is a light.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            pre-2 | preambular para. 2 | 
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            annex-1 | Annex 1 | Lamps
            annex-1/1 | Annex 1, para. 1 | Lamps
        "#]],
    );
}

fn check_warnings(text: &str, expected: &[&str]) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let reading = read(&source, &Options::default()).expect("a plain text");
    let found: Vec<&str> = reading.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn gaps_in_the_articles_are_said() {
    let articles = |numbers: &[&str]| {
        let article =
            |number: &&str| format!("Article {number}\n\nLamps\n\nLamps of kind {number} shall burn.\n\n");
        numbers.iter().map(article).collect::<String>()
    };
    check_warnings(
        &articles(&["1", "2", "3", "4", "6", "7"]),
        &["found Article 4, then Article 6; Article 5 may be missing"],
    );
    check_warnings(
        &articles(&["I", "II", "III", "IV", "VII"]),
        &["found Article IV, then Article VII; Articles 5 to 6 may be missing"],
    );
    check_warnings(&articles(&["1", "2", "2 bis", "3", "4"]), &[]);
    check_warnings(&articles(&["7", "8", "9"]), &[]);
    check_warnings(
        &articles(&["1", "2", "3"])
            .replace("kind 2 shall burn.", "kind 2 shall burn.\n\n[Article 3 deleted]")
            .replace("Article 3\n", "Article 4\n"),
        &[],
    );
    check_warnings(
        &articles(&["1", "2", "9", "14", "30"]),
        &["the numbers of the articles do not run on: an excerpt, or articles are missing"],
    );
}

#[test]
fn numbers_that_begin_with_that_of_their_text_are_paragraphs() {
    check_labels(
        "Lamp programme\n\nOrientation\n\n13.1 The guild lights the streets of the town and keeps its lamps.\n\n\
         13.2 It will do the following:\n\n(a) Light more lamps;\n\n(b) Sell kettles.\n\n13.3 Wicks are cut short.\n\n\
         13.4 Oil is kept in jars.\n\n13.5 Glass is blown.\n\n13.6 Tin is beaten.\n\n13.7 Lamps cost much.\n\n\
         ** In keeping with the rules of the guild.\n",
        &expect![[r#"
            13.1 | para. 13.1 | Orientation
            13.2 | para. 13.2 | Orientation
            13.2/a | para. 13.2(a) | Orientation
            13.2/b | para. 13.2(b) | Orientation
            13.3 | para. 13.3 | Orientation
            13.4 | para. 13.4 | Orientation
            13.5 | para. 13.5 | Orientation
            13.6 | para. 13.6 | Orientation
            13.7 | para. 13.7 | Orientation
            fn-1 | footnote ** | Orientation
        "#]],
    );
}
