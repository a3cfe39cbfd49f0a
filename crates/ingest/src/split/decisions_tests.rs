//! Decisions, resolutions and acts of the European Union as their clauses come out.

use chapeau_document::Document;
use expect_test::{Expect, expect};

use crate::{Options, Source, read};

fn document(text: &str) -> Document {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    read(&source, &Options::default()).expect("a plain text").documents.remove(0)
}

/// Part, unit and label of each clause, its first words, and what it completes.
fn check(text: &str, expected: &Expect) {
    let document = document(text);
    let line = |clause: &chapeau_document::Clause| {
        let words: String = document.text_of(clause).split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let lead = document.lead_in_of(clause).map(|lead| format!(" after «{lead}»")).unwrap_or_default();
        let label = clause.label.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} {} | {label} | {words}{lead}", clause.part, clause.unit)
    };
    let lines: Vec<String> = document.clauses.iter().map(line).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn an_organ_of_which_a_sentence_tells_something_has_no_preamble() {
    check(
        "The Lantern and Wick Council met outside the mill on 5 December 2030. The meeting was led by the keeper of the \
         lamps and by the keeper of the wicks, with the makers of both.\n\nThe Council is a place to talk about light.\n\n\
         1. Decides to meet again;\n\n2. Thanks the keepers of the mill.\n",
        &expect![[r#"
            operative paragraph | unnumbered para. 1 | The Lantern and Wick
            operative paragraph | unnumbered para. 2 | The Council is a
            operative paragraph | operative para. 1 | 1. Decides to meet
            operative paragraph | operative para. 2 | 2. Thanks the keepers
        "#]],
    );
}

#[test]
fn a_recital_is_no_lead_in_of_what_is_decided() {
    check(
        "The Lantern Assembly,\n\nRecalling its resolution on wicks,\n\nReiterating that no maker shall be left in the dark,\n\n\
         1. Takes note of the fee;\n\n2. Encourages the makers to pay it:\n\n(a) in spring;\n\n(b) in autumn;\n",
        &expect![[r#"
            preambular chapeau | - | The Lantern Assembly,
            preambular recital | preambular para. 1 | Recalling its resolution on after «The Lantern Assembly,»
            preambular recital | preambular para. 2 | Reiterating that no maker after «The Lantern Assembly,»
            operative paragraph | operative para. 1 | 1. Takes note of after «The Lantern Assembly,»
            operative paragraph | operative para. 2 | 2. Encourages the makers after «The Lantern Assembly,»
            operative sub-paragraph | operative para. 2(a) | (a) in spring; after «The Lantern Assembly, ... 2. Encourages the makers to pay it:»
            operative sub-paragraph | operative para. 2(b) | (b) in autumn; after «The Lantern Assembly, ... 2. Encourages the makers to pay it:»
        "#]],
    );
}

#[test]
fn recitals_may_have_points_and_openers_of_their_own() {
    check(
        "L'Assemblée des lanternes,\n\nRappelant ses décisions, et notamment:\n\na) celle de mai,\n\nb) celle de juin,\n\n\
         Ranimant sans cesse les mèches de la guilde,\n\n1. Prie les fabricants de payer;\n\n2. Se réjouit de leur zèle.\n",
        &expect![[r#"
            preambular chapeau | - | L'Assemblée des lanternes,
            preambular recital | préambule, al. 1 | Rappelant ses décisions, et after «L'Assemblée des lanternes,»
            preambular sub-paragraph | préambule, al. 1(a) | a) celle de mai, after «L'Assemblée des lanternes, ... Rappelant ses décisions, et notamment:»
            preambular sub-paragraph | préambule, al. 1(b) | b) celle de juin, after «L'Assemblée des lanternes, ... Rappelant ses décisions, et notamment:»
            preambular recital | préambule, al. 2 | Ranimant sans cesse les after «L'Assemblée des lanternes,»
            operative paragraph | dispositif, par. 1 | 1. Prie les fabricants after «L'Assemblée des lanternes,»
            operative paragraph | dispositif, par. 2 | 2. Se réjouit de after «L'Assemblée des lanternes,»
        "#]],
    );
    check(
        "La Asamblea de las Linternas,\n\nRecordando su decisión de mayo,\n\nRenovando cada año las mechas,\n\n\
         1. Toma nota del informe;\n\n2. Deplora que falten mechas;\n",
        &expect![[r#"
            preambular chapeau | - | La Asamblea de las
            preambular recital | preámbulo, párr. 1 | Recordando su decisión de after «La Asamblea de las Linternas,»
            preambular recital | preámbulo, párr. 2 | Renovando cada año las after «La Asamblea de las Linternas,»
            operative paragraph | parte dispositiva, párr. 1 | 1. Toma nota del after «La Asamblea de las Linternas,»
            operative paragraph | parte dispositiva, párr. 2 | 2. Deplora que falten after «La Asamblea de las Linternas,»
        "#]],
    );
}

#[test]
fn short_operative_paragraphs_are_no_headings() {
    check(
        "The Lantern Board,\n\nNoting the work of the Keeper,\n\n1. Takes note of the report;³\n\n2. Thanks the Keeper\n\n\
         Fees are due in spring.\n\n3. Decides to meet.\n",
        &expect![[r#"
            preambular chapeau | - | The Lantern Board,
            preambular recital | preambular para. 1 | Noting the work of after «The Lantern Board,»
            operative paragraph | operative para. 1 | 1. Takes note of after «The Lantern Board,»
            operative paragraph | operative para. 2 | 2. Thanks the Keeper after «The Lantern Board,»
            operative paragraph | operative para. 2, unnumbered para. 1 | Fees are due in after «The Lantern Board,»
            operative paragraph | operative para. 3 | 3. Decides to meet. after «The Lantern Board,»
        "#]],
    );
}

#[test]
fn acts_of_the_union_have_citations_and_numbered_recitals() {
    check(
        "REGULATION (EU) 2051/7 OF THE LAMP PARLIAMENT\n\nof 3 May 2051\n\non wicks\n\nTHE LAMP PARLIAMENT,\n\n\
         Having regard to the Treaty on Lamps,\n\nAfter consulting the guilds (1),\n\nWhereas:\n\n\
         (1) Wicks burn.\n\n(2) They burn in two ways:\n\n(a) slowly;\n\n(b) fast.\n\n(1) OJ L 12, 3.4.2050, p. 5.\n\n\
         HAS ADOPTED THIS REGULATION:\n\nArticle 1\nAims\n\n1. Each wick shall be marked.\n\nArticle 2\nForce\n\n\
         It shall apply from 1 June 2051.\n\nThis Regulation shall be binding in its entirety.\n\nDone at Wickton, 3 May 2051.\n",
        &expect![[r#"
            front matter masthead | - | REGULATION (EU) 2051/7 OF
            front matter masthead | - | of 3 May 2051
            front matter masthead | - | on wicks
            preambular chapeau | - | THE LAMP PARLIAMENT,
            preambular paragraph | - | Having regard to the
            preambular paragraph | - | After consulting the guilds
            preambular chapeau | - | Whereas:
            preambular recital | recital (1) | (1) Wicks burn.
            preambular recital | recital (2) | (2) They burn in
            preambular sub-paragraph | recital (2)(a) | (a) slowly; after «(2) They burn in two ways:»
            preambular sub-paragraph | recital (2)(b) | (b) fast. after «(2) They burn in two ways:»
            footnote footnote | footnote 1 | (1) OJ L 12,
            preambular chapeau | - | HAS ADOPTED THIS REGULATION:
            operative heading | Article 1 | Article 1 Aims
            operative paragraph | Article 1.1 | 1. Each wick shall
            operative heading | Article 2 | Article 2 Force
            operative paragraph | Article 2 | It shall apply from
            closing signature | - | This Regulation shall be
            closing signature | - | Done at Wickton, 3
        "#]],
    );
}

#[test]
fn an_act_with_a_sole_article_has_recitals_too() {
    check(
        "LE CONSEIL DES LAMPES,\n\nvu le traité sur les lampes,\n\nconsidérant ce qui suit:\n\n(1) Les mèches brûlent.\n\n\
         (2) Elles fument.\n\nA ADOPTÉ LA PRÉSENTE DÉCISION:\n\nArticle unique\n\nLes mèches sont coupées.\n",
        &expect![[r#"
            preambular chapeau | - | LE CONSEIL DES LAMPES,
            preambular paragraph | - | vu le traité sur after «LE CONSEIL DES LAMPES,»
            preambular chapeau | - | considérant ce qui suit:
            preambular recital | considérant (1) | (1) Les mèches brûlent. after «LE CONSEIL DES LAMPES,»
            preambular recital | considérant (2) | (2) Elles fument. after «LE CONSEIL DES LAMPES,»
            preambular chapeau | - | A ADOPTÉ LA PRÉSENTE
            operative heading | Article unique | Article unique
            operative paragraph | Article unique | Les mèches sont coupées. after «LE CONSEIL DES LAMPES,»
        "#]],
    );
}

#[test]
fn sections_of_a_resolution_are_headings() {
    check(
        "The Lantern Assembly,\n\nRecalling its wicks,\n\nI\n\nReport of the Board\n\n1. Takes note of it;\n\nII\n\nFees\n\n\
         2. Decides that the fee is two coins.\n\n12th plenary meeting\n\n3 May 2051\n\nAnnex\n\nList of fees\n\n1. Lamps: two coins.\n",
        &expect![[r#"
            preambular chapeau | - | The Lantern Assembly,
            preambular recital | preambular para. 1 | Recalling its wicks, after «The Lantern Assembly,»
            operative heading | - | I Report of the
            operative paragraph | operative para. 1 | 1. Takes note of after «The Lantern Assembly,»
            operative heading | - | II Fees
            operative paragraph | operative para. 2 | 2. Decides that the after «The Lantern Assembly,»
            closing signature | - | 12th plenary meeting
            closing signature | - | 3 May 2051
            annex heading | Annex | Annex List of fees
            annex paragraph | Annex, para. 1 | 1. Lamps: two coins.
        "#]],
    );
}

#[test]
fn a_decision_needs_no_recitals() {
    check(
        "DECISION ON WICKS\n\n1. TAKES NOTE of the report of the Wick Office.\n\n2. FURTHER URGES makers to:\n\n(i) trim wicks; and\n\n\
         (ii) sell them.\n\n3. COMMENDS the guild.\n",
        &expect![[r#"
            front matter heading | - | DECISION ON WICKS
            operative paragraph | operative para. 1 | 1. TAKES NOTE of
            operative paragraph | operative para. 2 | 2. FURTHER URGES makers
            operative sub-paragraph | operative para. 2(i) | (i) trim wicks; and after «2. FURTHER URGES makers to:»
            operative sub-paragraph | operative para. 2(ii) | (ii) sell them. after «2. FURTHER URGES makers to:»
            operative paragraph | operative para. 3 | 3. COMMENDS the guild.
        "#]],
    );
    check(
        "Draft decision\n\nThe Lantern Assembly:\n\n(a) Approves the programme set out below;\n\n(b) Invites the Bureau to print it.\n\n\
         PROGRAMME OF WORK\n\n1. Wicks.\n\n2. Lamps:\n\n(a) large lamps;\n\n(b) small lamps.\n",
        &expect![[r#"
            front matter masthead | - | Draft decision
            preambular chapeau | - | The Lantern Assembly:
            operative sub-paragraph | operative para. (a) | (a) Approves the programme after «The Lantern Assembly:»
            operative sub-paragraph | operative para. (b) | (b) Invites the Bureau after «The Lantern Assembly:»
            operative heading | - | PROGRAMME OF WORK
            operative paragraph | PROGRAMME OF WORK, para. 1 | 1. Wicks. after «The Lantern Assembly:»
            operative paragraph | PROGRAMME OF WORK, para. 2 | 2. Lamps: after «The Lantern Assembly:»
            operative sub-paragraph | PROGRAMME OF WORK, para. 2(a) | (a) large lamps; after «The Lantern Assembly: ... 2. Lamps:»
            operative sub-paragraph | PROGRAMME OF WORK, para. 2(b) | (b) small lamps. after «The Lantern Assembly: ... 2. Lamps:»
        "#]],
    );
}

#[test]
fn decisions_of_one_file_do_not_share_a_preamble() {
    check(
        "DECISION ON WICKS\n\nThe Lantern Council,\n\nRecalling its wicks,\n\n1. Decides to trim them.\n\nDECISION ON LAMPS\n\n\
         The Lantern Council,\n\nNoting the lamps,\n\n1. Agrees to light them.\n\n2. Urges makers to help.\n",
        &expect![[r#"
            front matter heading | - | DECISION ON WICKS
            preambular chapeau | - | The Lantern Council,
            preambular recital | preambular para. 1 | Recalling its wicks, after «The Lantern Council,»
            operative paragraph | operative para. 1 | 1. Decides to trim after «The Lantern Council,»
            operative heading | - | DECISION ON LAMPS
            preambular chapeau | - | The Lantern Council,
            preambular recital | DECISION ON LAMPS, preambular para. 1 | Noting the lamps, after «The Lantern Council,»
            operative paragraph | DECISION ON LAMPS, operative para. 1 | 1. Agrees to light after «The Lantern Council,»
            operative paragraph | DECISION ON LAMPS, operative para. 2 | 2. Urges makers to after «The Lantern Council,»
        "#]],
    );
}

#[test]
fn numbered_recitals_before_the_words_that_direct() {
    check(
        "The Ministers of the Lamp Area:\n\n1. RECALLING the lamp trade;\n\n2. NOTING the Lamp Office;\n\n\
         THE COUNCIL HEREBY DIRECTS AS FOLLOWS:\n\nI. Schedules\n\n3. The schedules in Annex A shall be used.\n\n\
         II. Openness\n\n4. Members shall publish them.\n",
        &expect![[r#"
            preambular chapeau | - | The Ministers of the
            preambular recital | preambular para. 1 | 1. RECALLING the lamp after «The Ministers of the Lamp Area:»
            preambular recital | preambular para. 2 | 2. NOTING the Lamp after «The Ministers of the Lamp Area:»
            operative chapeau | - | THE COUNCIL HEREBY DIRECTS
            operative heading | - | I. Schedules
            operative paragraph | operative para. 3 | 3. The schedules in after «THE COUNCIL HEREBY DIRECTS AS FOLLOWS:»
            operative heading | - | II. Openness
            operative paragraph | operative para. 4 | 4. Members shall publish after «THE COUNCIL HEREBY DIRECTS AS FOLLOWS:»
        "#]],
    );
}

#[test]
fn acts_behind_the_name_of_a_body_on_one_line_are_operative() {
    check(
        "Report of the Lantern Board\n\nThe Board 1) Takes note of the report; 2) Requests the Keeper to pay; and 3) Decides to meet.\n",
        &expect![[r#"
            front matter masthead | - | Report of the Lantern
            preambular chapeau | - | The Board
            operative paragraph | operative para. 1 | 1) Takes note of after «The Board»
            operative paragraph | operative para. 2 | 2) Requests the Keeper after «The Board»
            operative paragraph | operative para. 3 | 3) Decides to meet. after «The Board»
        "#]],
    );
}

#[test]
fn numbered_orders_without_text_below_are_no_headings() {
    check(
        "Guide to lamps\n\n3 Makers\n\n3.1 Makers should light lamps every evening of the year.\n\n3.2 Oil\n\n3.2.1 Promote good oil\n\n\
         3.2.2 Test oil each spring\n\n3.3 Wicks should be cut before they are sold to anybody.\n",
        &expect![[r#"
            front matter masthead | - | Guide to lamps
            main heading | - | 3 Makers
            main paragraph | 3.1 | 3.1 Makers should light
            main heading | 3.2 | 3.2 Oil
            main paragraph | 3.2.1 | 3.2.1 Promote good oil
            main paragraph | 3.2.2 | 3.2.2 Test oil each
            main paragraph | 3.3 | 3.3 Wicks should be
        "#]],
    );
}

#[test]
fn lines_before_the_first_number_of_minutes_are_their_masthead() {
    check(
        "RESTRICTED\n\nLAMP GUILD LG/M/14\n\n17 March 2050\n\n(50-1075)\n\nCommittee on Wicks\n\nNOTE ON THE MEETING\n\n\
         1. The Committee held its fourteenth session on 3 March 2050.\n\n2. The Chairman said that lamps were lit.\n",
        &expect![[r#"
            front matter masthead | - | RESTRICTED
            front matter masthead | - | LAMP GUILD LG/M/14
            front matter masthead | - | 17 March 2050
            front matter masthead | - | (50-1075)
            front matter masthead | - | Committee on Wicks
            main heading | - | NOTE ON THE MEETING
            main paragraph | para. 1 | 1. The Committee held
            main paragraph | para. 2 | 2. The Chairman said
        "#]],
    );
}

#[test]
fn what_an_act_without_reasons_has_regard_to_are_its_recitals() {
    check(
        "The Lamp Board,\n\nHaving regard to the Treaty on Lamps,\n\nHaving regard to the rules of the guild,\n\n\
         HAS ADOPTED THE FOLLOWING GUIDELINES:\n\n1. Wicks should be trimmed.\n\n2. Lamps should be lit.\n",
        &expect![[r#"
            preambular chapeau | - | The Lamp Board,
            preambular recital | preambular para. 1 | Having regard to the after «The Lamp Board,»
            preambular recital | preambular para. 2 | Having regard to the after «The Lamp Board,»
            preambular chapeau | - | HAS ADOPTED THE FOLLOWING
            operative paragraph | operative para. 1 | 1. Wicks should be after «The Lamp Board,»
            operative paragraph | operative para. 2 | 2. Lamps should be after «The Lamp Board,»
        "#]],
    );
}

#[test]
fn a_title_of_its_own_or_a_participle_alone_opens_the_reasons() {
    check(
        "The Guild of Wicks adopts on 12 June 2050 the present Recommendation:\n\nPREAMBLE\n\n\
         1. Considering that wicks serve all,\n\n2. Noting that wax is dear,\n\nRECOMMENDATION\n\n\
         3. Wicks should be cut early.\n\n4. Wax should be bought in summer.\n",
        &expect![[r#"
            preambular chapeau | - | The Guild of Wicks
            preambular heading | - | PREAMBLE
            preambular recital | preambular para. 1 | 1. Considering that wicks after «The Guild of Wicks adopts on 12 June 2050 the present Recommendation:»
            preambular recital | preambular para. 2 | 2. Noting that wax after «The Guild of Wicks adopts on 12 June 2050 the present Recommendation:»
            operative heading | - | RECOMMENDATION
            operative paragraph | operative para. 3 | 3. Wicks should be after «The Guild of Wicks adopts on 12 June 2050 the present Recommendation:»
            operative paragraph | operative para. 4 | 4. Wax should be after «The Guild of Wicks adopts on 12 June 2050 the present Recommendation:»
        "#]],
    );
    check(
        "The Guild,\n\nConsidering:\n\n– that wicks serve all,\n\n– that wax is dear,\n\nRecommends that the makers:\n\n\
         – cut their wicks early,\n\n– buy wax in summer.\n",
        &expect![[r#"
            preambular chapeau | - | The Guild,
            preambular recital | preambular para. 1 | Considering: after «The Guild,»
            preambular recital | preambular para. 2 | – that wicks serve after «The Guild,»
            preambular recital | preambular para. 3 | – that wax is after «The Guild,»
            operative chapeau | - | Recommends that the makers:
            operative item | operative para. item 1 | – cut their wicks after «The Guild, ... Recommends that the makers:»
            operative item | operative para. item 2 | – buy wax in after «The Guild, ... Recommends that the makers:»
        "#]],
    );
}
