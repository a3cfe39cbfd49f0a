//! Rulebooks, guidelines and recommendations: what explains a rule, and numbers that go on behind it.

use chapeau_ingest::{Options, Source, read};
use expect_test::{Expect, expect};

use super::labels::check_labels;

fn check(text: &str, expected: &Expect) {
    check_labels(text, expected);
}

#[test]
fn guidance_hangs_under_its_rule_and_the_rules_go_on() {
    check(
        "LAMP RULEBOOK\n\n1. INTRODUCTION\n\n1.1 Application\n\n1.1.1 This rulebook applies to every lamp maker in the guild.\n\n\
         Guidance\n\n1. A lamp maker is a person who makes lamps for gain.\n\n2. The Board takes the following for gain:\n\n(a) fees; and\n\n(b) gifts.\n\n\
         1.1.2 (1) A lamp maker must keep a ledger.\n\n(2) The ledger must be kept dry.\n\nGuidance\n\nA ledger may be kept in any language. It should be legible.\n\n\
         The Board may ask for a copy.\n\n(3) The ledger must be shown on demand.\n\nExample 2: A maker who shows a copy only has not shown the ledger.\n\n\
         1.1.3 A lamp maker must trim the wick.\n\nGuidance 1.1.3 Wicks are trimmed with shears.\n\n\
         1.2 Fees\n\n1.2.1 A maker must pay the fee in May.\n\nGuidance: The fee is told by the Board each year.\n\n\
         Explanatory notes\n\nThe fee was set in 2050.\n\n1.2.2 A maker must not pay twice.\n\n2. KETTLES\n\n2.1.1 Kettles must whistle.\n\n\
         Guidance\n\n1. Whistles are made of tin.\n\n3. OIL\n\nOil must be clear.\n",
        &expect![[r#"
            1 | 1 | INTRODUCTION
            1.1 | 1.1 | INTRODUCTION > Application
            1.1.1 | 1.1.1 | INTRODUCTION > Application
            1.1.1/guidance | 1.1.1, guidance | INTRODUCTION > Application > Guidance
            1.1.1/guidance/1 | 1.1.1, guidance 1 | INTRODUCTION > Application > Guidance
            1.1.1/guidance/2 | 1.1.1, guidance 2 | INTRODUCTION > Application > Guidance
            1.1.1/guidance/2/a | 1.1.1, guidance 2(a) | INTRODUCTION > Application > Guidance
            1.1.1/guidance/2/b | 1.1.1, guidance 2(b) | INTRODUCTION > Application > Guidance
            1.1.2/1 | 1.1.2(1) | INTRODUCTION > Application
            1.1.2/2 | 1.1.2(2) | INTRODUCTION > Application
            1.1.2/guidance | 1.1.2, guidance | INTRODUCTION > Application > Guidance
            1.1.2/guidance/p1 | 1.1.2, guidance, para. 1 | INTRODUCTION > Application > Guidance
            1.1.2/guidance/p2 | 1.1.2, guidance, para. 2 | INTRODUCTION > Application > Guidance
            1.1.2/3 | 1.1.2(3) | INTRODUCTION > Application
            1.1.2/3/example-2 | 1.1.2(3), Example 2 | INTRODUCTION > Application
            1.1.3 | 1.1.3 | INTRODUCTION > Application
            1.1.3/guidance-1.1.3 | Guidance 1.1.3 | INTRODUCTION > Application > Guidance 1.1.3
            1.1.3/guidance-1.1.3/p1 | Guidance 1.1.3 | INTRODUCTION > Application > Guidance 1.1.3
            1.2 | 1.2 | INTRODUCTION > Fees
            1.2.1 | 1.2.1 | INTRODUCTION > Fees
            1.2.1/guidance | 1.2.1, guidance | INTRODUCTION > Fees > Guidance
            1.2.1/guidance/p1 | 1.2.1, guidance | INTRODUCTION > Fees > Guidance
            1.2.1/explanatory-notes | 1.2.1, explanatory notes | INTRODUCTION > Fees > Explanatory notes
            1.2.1/explanatory-notes/p1 | 1.2.1, explanatory notes | INTRODUCTION > Fees > Explanatory notes
            1.2.2 | 1.2.2 | INTRODUCTION > Fees
            2 | 2 | KETTLES
            2.1.1 | 2.1.1 | KETTLES
            2.1.1/guidance | 2.1.1, guidance | KETTLES > Guidance
            2.1.1/guidance/1 | 2.1.1, guidance 1 | KETTLES > Guidance
            3 | 3 | OIL
        "#]],
    );
}

#[test]
fn what_explains_an_article_is_no_paragraph_of_it() {
    check(
        "AGREEMENT ON LAMPS\n\nThe Parties have agreed as follows:\n\nArticle 1\nLamps\n\n1. Each Party shall keep its lamps dry.\n\n\
         Guidance\n\n1. A lamp is dry where no water stands in it.\n\n2. Water in the oil counts.\n\n2. Each Party shall report once a year.\n\n\
         Article 2\nKettles\n\nEach Party shall fill its kettles.\n\nCommentary\n\n1. A kettle is full at nine parts of ten.\n\n2. Kettles may differ.\n\n\
         Article 3\nOil\n\nThe Parties shall share oil.\n\nExplanatory note: Oil is any oil that burns.\n\nArticle 4\nEntry\n\nThis Agreement enters into force in May.\n",
        &expect![[r#"
            art-1 | Article 1 | Lamps
            art-1/1 | Article 1.1 | Lamps
            art-1/1/guidance | Article 1.1, guidance | Lamps > Guidance
            art-1/1/guidance/1 | Article 1.1, guidance 1 | Lamps > Guidance
            art-1/1/guidance/2 | Article 1.1, guidance 2 | Lamps > Guidance
            art-1/2 | Article 1.2 | Lamps
            art-2 | Article 2 | Kettles
            art-2/p1 | Article 2 | Kettles
            art-2/commentary | Article 2, commentary | Kettles > Commentary
            art-2/commentary/1 | Article 2, commentary 1 | Kettles > Commentary
            art-2/commentary/2 | Article 2, commentary 2 | Kettles > Commentary
            art-3 | Article 3 | Oil
            art-3/p1 | Article 3 | Oil
            art-3/explanatory-note | Article 3, explanatory note | Oil > Explanatory note
            art-3/explanatory-note/p1 | Article 3, explanatory note | Oil > Explanatory note
            art-4 | Article 4 | Entry
            art-4/p1 | Article 4 | Entry
        "#]],
    );
}

#[test]
fn guidance_has_its_words_in_french_and_spanish() {
    check(
        "RÈGLEMENT DES LAMPES\n\n1. Les fabricants tiennent un registre des lampes qu'ils vendent.\n\nOrientations\n\nLe registre peut être tenu dans toutes les langues du pays.\n\n\
         2. Les fabricants montrent le registre à la guilde.\n",
        &expect![[r#"
            1 | par. 1 | 
            1/orientations | par. 1, orientations | Orientations
            1/orientations/p1 | par. 1, orientations | Orientations
            2 | par. 2 | 
        "#]],
    );
    check(
        "REGLAMENTO DE FAROLES\n\n1. Los fabricantes llevan un registro de los faroles que venden.\n\nOrientación\n\nEl registro puede llevarse en todas las lenguas del país.\n\n\
         2. Los fabricantes muestran el registro al gremio.\n",
        &expect![[r#"
            1 | párr. 1 | 
            1/orientacion | párr. 1, orientación | Orientación
            1/orientacion/p1 | párr. 1, orientación | Orientación
            2 | párr. 2 | 
        "#]],
    );
}

#[test]
fn notes_that_no_rule_follows_are_a_section() {
    check(
        "REPORT ON LAMPS\n\n1. Lamps are sold in every town of the country.\n\n2. Fees are paid in May.\n\nExplanatory notes\n\nThe fee was set by the Board in the year before.\n\n\
         Lamps were counted by hand.\n",
        &expect![[r#"
            1 | para. 1 | 
            2 | para. 2 | 
        "#]],
    );
}

#[test]
fn headings_in_capitals_go_on_whatever_lists_stand_in_them() {
    check(
        "GUIDE TO LAMPS\n\n1. LAMPS\n\n1.1. Lids of lamps are made as follows:\n\n1. Lids are cut;\n\n2. Lids are bent.\n\n\
         1.2. Wicks of lamps are wound by hand.\n\n2. KETTLES\n\n2.1. Kettles are filled in this order:\n\n1. Water comes first;\n\n\
         2. Oil comes last.\n\n3. OIL\n\n3.1. Oil is weighed once a year by the Board.\n",
        &expect![[r#"
            1 | 1 | LAMPS
            1.1 | 1.1 | LAMPS
            1.1/1 | 1.1(1) | LAMPS
            1.1/2 | 1.1(2) | LAMPS
            1.2 | 1.2 | LAMPS
            2 | 2 | KETTLES
            2.1 | 2.1 | KETTLES
            2.1/1 | 2.1(1) | KETTLES
            2.1/2 | 2.1(2) | KETTLES
            3 | 3 | OIL
            3.1 | 3.1 | OIL
        "#]],
    );
}

#[test]
fn chapters_go_on_over_one_that_was_repealed_and_hold_the_points_under_their_subheadings() {
    check(
        "1 INTRODUCTION\n\n(1) This code is about lamps.\n\n2 LAMPS\n\n2.1 Section 92 of the Act\n\n(1) Section 92 of the Act says that a lamp is:\n\n\
         \"...a vessel that burns oil.\"\n\n(2) Kettles are none.\n\n4 KETTLES\n\nSection 93 of the Act.\n\n(1) Kettles boil water.\n\n(2) They whistle.\n",
        &expect![[r#"
            1 | 1 | INTRODUCTION
            1/1 | 1(1) | INTRODUCTION
            2 | 2 | LAMPS
            2.1 | 2.1 | LAMPS > Section 92 of the Act
            2.1/1 | 2.1(1) | LAMPS > Section 92 of the Act
            2.1/2 | 2.1(2) | LAMPS > Section 92 of the Act
            4 | 4 | KETTLES
            4/1 | 4(1) | KETTLES > Section 93 of the Act.
            4/2 | 4(2) | KETTLES > Section 93 of the Act.
        "#]],
    );
}

#[test]
fn recommendations_are_no_headings_whatever_stands_below_them() {
    check(
        "REPORT ON LAMPS\n\n1. Introduction\n\nLamps have become common in every house and in every school of the country.\n\n\
         2. Policy recommendations\n\n2.1 Promote safe lamps in schools\n\nChildren read at night.\n\n2.2 Strengthen the test houses\n\n\
         2.2.1 Tests are slow and dear, and few makers wait for them.\n\n2.3 Lower the fees on oil;\n\n3. Conclusion\n\nLamps burn.\n",
        &expect![[r#"
            1 | 1 | Introduction
            2 | 2 | Policy recommendations
            2.1 | 2.1 | Policy recommendations
            2.2 | 2.2 | Policy recommendations > Strengthen the test houses
            2.2.1 | 2.2.1 | Policy recommendations > Strengthen the test houses
            2.3 | 2.3 | Policy recommendations
            3 | 3 | Conclusion
        "#]],
    );
    check(
        "Rapport sur les lampes\n\n1. Introduction\n\nLes lampes sont devenues communes dans les maisons et dans les écoles du pays.\n\n2. Recommandations\n\n\
         2.1 Promouvoir les lampes sûres dans les écoles\n\nLes enfants lisent la nuit.\n\n2.2 Renforcer les maisons d'essai\n\n\
         Les essais sont trop rares et trop lents.\n\n2.3 Encourager les fabricants à partager leurs dessins.\n\n3. Conclusion\n\nLes lampes brûlent.\n",
        &expect![[r#"
            1 | 1 | Introduction
            2 | 2 | Recommandations
            2.1 | 2.1 | Recommandations
            2.2 | 2.2 | Recommandations
            2.3 | 2.3 | Recommandations
            3 | 3 | Conclusion
        "#]],
    );
}

#[test]
fn acts_on_one_line_of_a_numbered_paragraph_are_its_points() {
    check(
        "REPORT OF THE BOARD OF LAMPS\n\n1. The meeting was opened by the Chair.\n\n\
         2. The Board 1) Notes the report of the Office; 2) Requests the Office to publish it; and 3) Decides to meet again in May.\n\n\
         3. The session was closed.\n",
        &expect![[r#"
            1 | para. 1 | 
            2 | para. 2 | 
            2/1 | para. 2(1) | 
            2/2 | para. 2(2) | 
            2/3 | para. 2(3) | 
            3 | para. 3 | 
        "#]],
    );
}

#[track_caller]
fn check_acts(text: &str, expected: &[&str]) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let document = read(&source, &Options::default()).expect("a text").documents.remove(0);
    let acts = document.clauses.iter().flat_map(|clause| clause.acts.iter().map(|act| act.act.to_string()));
    assert_eq!(acts.collect::<Vec<_>>(), expected);
}

#[test]
fn numbered_acts_behind_a_body_have_their_verbs_in_three_languages() {
    check_acts(
        "Decision on lamps\n\nThe Board 1) Notes the report of the Office; 2) Requests the Office to publish it; and 3) Decides to meet in May.\n",
        &["note", "request", "decide"],
    );
    check_acts(
        "Décision sur les lampes\n\nLe Conseil 1) Prend note du rapport du Bureau ; 2) Prie le Bureau de le publier ; et 3) Décide de se réunir en mai.\n",
        &["take note", "request", "decide"],
    );
    check_acts(
        "Acuerdo sobre faroles\n\nLa Junta de Faroles:\n\n1) Toma nota del informe de la Oficina;\n\n2) Pide a la Oficina que lo publique; y\n\n3) Decide reunirse en mayo.\n",
        &["take note", "request", "decide"],
    );
}

#[test]
fn orders_under_recommendations_act() {
    check_acts(
        "The Conference of Lamp Makers,\n\nRecalling its rules,\n\n1. FINDINGS\n\n1.1 Lamps are sold in every town.\n\n2. RECOMMENDATIONS\n\n2.1 Encourage makers to share drawings\n\nDrawings are rare.\n\n2.2 Establish a test house.\n",
        &["recall", "encourage", "establish"],
    );
    check_acts(
        "Manual of the lamp desk\n\n1. First steps\n\n1.1 Request the form at the desk.\n\n1.2 Note the number on it.\n",
        &[],
    );
}

#[test]
fn parts_of_a_code_and_what_is_reserved_in_it_are_divisions() {
    check(
        "PART 7—LAMPS\n\nSubpart A—Makers\n\n§ 7.1 Ledgers.\n\n(a) Each maker keeps a ledger.\n\n(b)(1) The ledger is dry.\n\n(2) It is shown on demand.\n\n\
         § 7.2 [Reserved]\n\nSubpart B—Fees\n\n§ 7.3 Fee.\n\nThe fee is told in May.\n",
        &expect![[r#"
            part-7 | Part 7 | LAMPS
            part-7/sec-a | Subpart A | LAMPS > Makers
            sec-7.1 | § 7.1 | LAMPS > Makers > Ledgers.
            sec-7.1/a | § 7.1(a) | LAMPS > Makers > Ledgers.
            sec-7.1/b/1 | § 7.1(b)(1) | LAMPS > Makers > Ledgers.
            sec-7.1/b/2 | § 7.1(b)(2) | LAMPS > Makers > Ledgers.
            sec-7.2 | § 7.2 | LAMPS > Makers > [Reserved]
            part-7/sec-b | Subpart B | LAMPS > Fees
            sec-7.3 | § 7.3 | LAMPS > Fees > Fee.
            sec-7.3/p1 | § 7.3 | LAMPS > Fees > Fee.
        "#]],
    );
}

#[test]
fn a_second_list_is_named_as_one() {
    check(
        "REPORT ON LAMPS\n\n1. Lamps are sold in every town of the country.\n\n2. Fees are paid in May.\n\n3. Oil is dear.\n\n\
         The fines of the Board were these.\n\n1. A fine of ten crowns is paid by each maker.\n\n2. A second fine is paid in June.\n\n(a) It is ten crowns more.\n",
        &expect![[r#"
            1 | para. 1 | 
            2 | para. 2 | 
            3 | para. 3 | 
            1-2 | list 2, para. 1 | 
            2-2 | list 2, para. 2 | 
            2/a | list 2, para. 2(a) | 
        "#]],
    );
}

#[test]
fn a_resolution_of_one_sentence_adopts_its_annex() {
    check(
        "Resolution adopted by the Lamp Assembly on 3 May 2050\n\nThe Lamp Assembly\n\nAdopts the Programme of Lamps for the next ten years, which is set out in the annex, and calls upon all towns to carry it out.\n\n\
         55th plenary meeting\n\n3 May 2050\n\nAnnex\n\nProgramme of Lamps\n\n1. We light our towns.\n\n2. The Programme has two areas, as follows:\n\nArea 1: Oil\n\nArea 2: Wicks and shades.\n\n\
         3. We meet again in ten years.\n",
        &expect![[r#"
            op-1 | operative para. 1 | Resolution adopted by the Lamp Assembly on 3 May 2050
            annex | Annex | Programme of Lamps
            annex/1 | Annex, para. 1 | Programme of Lamps
            annex/2 | Annex, para. 2 | Programme of Lamps
            annex/2/p1 | Annex, para. 2 | Programme of Lamps
            annex/2/p2 | Annex, para. 2 | Programme of Lamps
            annex/3 | Annex, para. 3 | Programme of Lamps
        "#]],
    );
}

#[test]
fn a_heading_in_capitals_below_the_end_of_a_sentence_is_no_part_of_it() {
    check_lines(
        "NOTE ON THE MEETING\n\nADOPTION OF THE AGENDA\n\nThe agenda was adopted as it had been sent to the members of the board of lamps.\nOTHER BUSINESS\nNothing was raised under it.\n",
        &[
            "NOTE ON THE MEETING",
            "ADOPTION OF THE AGENDA",
            "The agenda was adopted as it had been sent to the members of the board of lamps.",
            "OTHER BUSINESS",
            "Nothing was raised under it.",
        ],
    );
}

#[track_caller]
fn check_lines(text: &str, expected: &[&str]) {
    let source = Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let document = read(&source, &Options::default()).expect("a text").documents.remove(0);
    let found: Vec<&str> = document.clauses.iter().map(|clause| document.text_of(clause)).collect();
    assert_eq!(found, expected);
}

#[test]
fn rules_that_were_put_in_and_those_of_an_appendix_have_letters() {
    check(
        "LAMP RULEBOOK\n\n1.1 Application\n\n1.1.1 This rulebook applies to every lamp maker in the guild.\n\n1.1.1A A maker of kettles is a lamp maker where it makes lids.\n\n\
         1.1.2 (1) A maker of lids must keep a ledger.\n\n(1A) The ledger must be dry.\n\n1.2A Fees\n\n1.2A.1 A fee is due in May.\n\n\
         APP 1 FORMS OF LEDGERS\n\nA1.1 Ledgers\n\nA1.1.1 A ledger has three columns.\n\nA1.1.2 (1) The first column has the lamp.\n",
        &expect![[r#"
            1.1 | 1.1 | Application
            1.1.1 | 1.1.1 | Application
            1.1.1a | 1.1.1A | Application
            1.1.2/1 | 1.1.2(1) | Application
            1.1.2/1a | 1.1.2(1A) | Application
            1.2a | 1.2A | Fees
            1.2a-1 | 1.2A.1 | Fees
            app-1 | App 1 | FORMS OF LEDGERS
            app-1/a1.1 | App 1, A1.1 | FORMS OF LEDGERS > Ledgers
            app-1/a1.1.1 | App 1, A1.1.1 | FORMS OF LEDGERS > Ledgers
            app-1/a1.1.2/1 | App 1, A1.1.2(1) | FORMS OF LEDGERS > Ledgers
        "#]],
    );
}

#[test]
fn rows_between_rules_are_rows_and_the_rules_go_on() {
    let html = "<html lang=\"en\"><body><h1>Lamp Rulebook</h1><h2>1. Fees</h2><p>1.1 A keeper must pay the fee.</p>\
        <table><tr><th>Lamp</th><th>Fee</th></tr><tr><td>Oil</td><td>5 crowns</td></tr></table>\
        <p>1.2 A keeper must post the fee at his door.</p>\
        <table><tr><th>Door</th><th>Size</th></tr><tr><td>Upper</td><td>2 feet</td></tr></table>\
        <p>(1) The post must be dry.</p><p>(2) The door must be shut.</p>\
        <p>1.3 A keeper may ask for a receipt.</p></body></html>";
    let source = Source { path: "t.html", bytes: html.as_bytes(), given: &[] };
    let document = read(&source, &Options::default()).expect("a page").documents.remove(0);
    let shown = document.clauses.iter().map(|clause| {
        let label = clause.label.as_deref().unwrap_or("-");
        format!("{} {label}", clause.unit)
    });
    let expected = [
        "heading -",
        "heading 1",
        "paragraph 1.1",
        "table row -",
        "table row -",
        "paragraph 1.2",
        "table row -",
        "table row -",
        "sub-paragraph 1.2(1)",
        "sub-paragraph 1.2(2)",
        "paragraph 1.3",
    ];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}
