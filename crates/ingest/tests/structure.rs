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
            main paragraph p1: Report
            main heading h-1: Contents
            front matter masthead front-1: Introduction 3
            front matter masthead front-2: Rules of Origin 5
            front matter masthead front-3: Customs Procedures and Trade 9
            front matter masthead front-4: Intellectual Property 12
            main heading h-2: Introduction
            main paragraph p2: This report is about trade, and about wh
            main heading h-3: Rules of Origin
            main paragraph p3: Goods originate where they are grown.
            main heading h-4: Customs Procedures and Trade
            main paragraph p4: They are slow, and getting slower.
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
            operative paragraph art-1/2: 2. (a) The Committee shall:
            operative paragraph art-1/2/p1: meet each year; after «2. (a) The Committee shall:»
            operative paragraph art-1/2/p2: keep minutes. after «2. (a) The Committee shall:»
            operative sub-paragraph art-1/2/b: (b) Its rules are public.
            operative paragraph art-1/2/p3: This applies to all.
            operative heading art-2: ARTICLE 2
            operative paragraph art-2/p1: The texts are equal.
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
            op-4 | operative para. 4 | Option A
            op-4-2 | operative para. 4 | Option B
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
            op-i | operative para. I | SCOPE OF APPLICATION
            op-i/1 | operative para. I.1 | SCOPE OF APPLICATION
            op-i/1/a | operative para. I.1(a) | SCOPE OF APPLICATION
            op-ii | operative para. II | AIMS
            op-ii/2 | operative para. II.2 | AIMS
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
