//! How texts are cut that look as real ones do: one line a clause, with its part, unit, id and lead-in.
//!
//! `UPDATE_EXPECT=1 cargo test -p chapeau-ingest --test structure` writes what is found; read it before
//! it is kept.

use chapeau_document::Document;
use chapeau_ingest::{Options, Source, read};
use expect_test::{Expect, expect};

mod labels;
mod laws;
mod lists;
mod rulebooks;
mod union;

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
