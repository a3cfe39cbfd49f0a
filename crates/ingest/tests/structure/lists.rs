//! How the items of lists are cited that begin anew, or stand under a heading of their own: no two by the
//! same words.

use expect_test::expect;

use super::labels::check_labels;

#[test]
fn a_second_list_of_a_paragraph_is_cited_with_the_words_that_introduce_it() {
    check_labels(
        "ARTICLE 1\nLamps\n\n1. A maker shall:\n\n(a) keep a register;\n\n(b) mark each lamp.\n\nA keeper shall:\n\n\
         (a) keep the oil;\n\n(b) trim the wick; and\n\n(c) report each fire.\n\n2. It is so.\n\n\
         ARTICLE 2\nOil\n\nOil is pure where:\n\n(a) it is clear.\n\nOil is foul where:\n\n(a) it is dark.\n",
        &expect![[r#"
            art-1 | Article 1 | Lamps
            art-1/1 | Article 1.1 | Lamps
            art-1/1/a | Article 1.1(a) | Lamps
            art-1/1/b | Article 1.1(b) | Lamps
            art-1/1/p1 | Article 1.1, unnumbered para. 1 | Lamps
            art-1/1/a-2 | Article 1.1, unnumbered para. 1(a) | Lamps
            art-1/1/b-2 | Article 1.1, unnumbered para. 1(b) | Lamps
            art-1/1/c | Article 1.1, unnumbered para. 1(c) | Lamps
            art-1/2 | Article 1.2 | Lamps
            art-2 | Article 2 | Oil
            art-2/p1 | Article 2, para. 1 | Oil
            art-2/a | Article 2(a) | Oil
            art-2/p2 | Article 2, para. 2 | Oil
            art-2/a-2 | Article 2, para. 2(a) | Oil
        "#]],
    );
}

#[test]
fn a_list_under_a_heading_is_no_part_of_the_number_before_it() {
    check_labels(
        "REPORT ON LAMPS\n\n1. The guild met in the spring and looked at the lamps of the town.\n\n\
         (I) The lamps of the harbour.\n\n(II) The lamps of the market.\n\nWAYS OPEN TO THE GUILD\n\n\
         It may buy lamps (1) from the makers or\n\n(2) from abroad, where they are cheap and come late.\n\n\
         CONCLUSIONS\n\nThe guild thinks as follows.\n\n1. Lamps from abroad come too late to be of use.\n\n\
         2. The makers should be asked first:\n\n(b) those of the harbour before the others.\n",
        &expect![[r#"
            1 | para. 1 | 
            1/i | para. 1(I) | 
            1/ii | para. 1(II) | 
            2 | (2) | WAYS OPEN TO THE GUILD
            1-2 | Conclusions, para. 1 | CONCLUSIONS
            2-2 | Conclusions, para. 2 | CONCLUSIONS
            2/b | Conclusions, para. 2(b) | CONCLUSIONS
        "#]],
    );
}

#[test]
fn numbers_of_one_list_in_a_text_without_numbers_are_cited_with_its_heading() {
    check_labels(
        "LAMPS OF THE TOWN\n\nLIGHT AND DARK\n\nLamps were lit at dusk for as long as anyone knew.\n\n\
         Oil was dear in the years of the war, and is so again.\n\nThe makers say that wicks are dearer still.\n\n\
         The town pays for both, and asks what it gets.\n\nNobody has answered it so far, and nobody will.\n\n\
         The guild has looked at the books of ten years.\n\nWHAT THE GUILD ADVISES\n\n1. Buy oil in the spring, when it is cheap.\n\n\
         2. Let the makers keep the lamps for a fee.\n\n3. Ask again next year.\n",
        &expect![[r#"
            1 | What the guild advises, para. 1 | WHAT THE GUILD ADVISES
            2 | What the guild advises, para. 2 | WHAT THE GUILD ADVISES
            3 | What the guild advises, para. 3 | WHAT THE GUILD ADVISES
        "#]],
    );
}

#[test]
fn numbers_that_are_printed_are_cited_and_those_that_are_only_counted_are_not() {
    check_labels(
        "LAMPS OF THE TOWN\n\nLIGHT AND DARK\n\nLamps were lit at dusk for as long as anyone knew.\n\n\
         Oil was dear in the years of the war, and is so again.\n\nWHAT THE GUILD ADVISES\n\n\
         1. Buy oil in the spring, when it is cheap.\n\n2. Let the makers keep the lamps for a fee.\n",
        &expect![[r#"
            1 | para. 1 | WHAT THE GUILD ADVISES
            2 | para. 2 | WHAT THE GUILD ADVISES
        "#]],
    );
}

#[test]
fn a_number_that_was_read_wrongly_goes_on_with_its_list() {
    check_labels(
        "ARTICLE 1\nLamps\n\n1. A lamp is:\n\n(j) a torch;\n\n(k) a lantern;\n\n(1) a candle;\n\n(m) a wick.\n\n\
         2. It burns.\n\nARTICLE 2\nOil\n\nOil burns.\n",
        &expect![[r#"
            art-1 | Article 1 | Lamps
            art-1/1 | Article 1.1 | Lamps
            art-1/1/j | Article 1.1(j) | Lamps
            art-1/1/k | Article 1.1(k) | Lamps
            art-1/1/m | Article 1.1(m) | Lamps
            art-1/2 | Article 1.2 | Lamps
            art-2 | Article 2 | Oil
            art-2/p1 | Article 2 | Oil
        "#]],
    );
}

#[test]
fn a_capital_i_in_the_place_of_a_small_l_is_no_point_of_the_item_above() {
    check_labels(
        "ARTICLE 1\nLamps\n\n1. A lamp is:\n\n(j) a torch;\n\n(k) a lantern;\n\n(I) a candle.\n\n2. It burns.\n\n\
         ARTICLE 2\nOil\n\n1. Oil is:\n\n(j) clean;\n\n(k) of these kinds:\n\n(1) whale;\n\n(2) seed.\n",
        &expect![[r#"
            art-1 | Article 1 | Lamps
            art-1/1 | Article 1.1 | Lamps
            art-1/1/j | Article 1.1(j) | Lamps
            art-1/1/k | Article 1.1(k) | Lamps
            art-1/2 | Article 1.2 | Lamps
            art-2 | Article 2 | Oil
            art-2/1 | Article 2.1 | Oil
            art-2/1/j | Article 2.1(j) | Oil
            art-2/1/k | Article 2.1(k) | Oil
            art-2/1/k/1 | Article 2.1(k)(1) | Oil
            art-2/1/k/2 | Article 2.1(k)(2) | Oil
        "#]],
    );
}

#[test]
fn a_decision_with_one_number_does_not_count_the_paragraph_without_one() {
    check_labels(
        "The Lamp Board,\n\nRecalling its decision on wicks,\n\n1. Decides to keep the register;\n\n\
         Requests the Keeper to report.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            op-1 | operative para. 1 | 
            op-1/p1 | operative para. 1, unnumbered para. 1 | 
        "#]],
    );
    check_labels(
        "The Lamp Board,\n\nRecalling its decision on wicks,\n\nRequests the Keeper:\n\n1. to keep the register;\n\n\
         2. to report.\n\nDecides to meet in the spring.\n",
        &expect![[r#"
            pre-1 | preambular para. 1 | 
            op-1 | operative para. 1 | 
            op-2 | operative para. 2 | 
            op-2/p1 | operative para. 2, unnumbered para. 1 | 
        "#]],
    );
}

#[test]
fn paragraphs_of_an_appendix_are_cited_with_it() {
    check_labels(
        "LAMPS OF THE TOWN\n\nThe town has nine lamps.\n\nThe guild keeps them.\n\nAPPENDIX 1\n\n\
         The lamps stand in a row.\n\nThey are lit at dusk.\n",
        &expect![[r#"
            p1 | para. 1 | 
            p2 | para. 2 | 
            appendix-1 | Appendix 1 | 
            appendix-1/p1 | Appendix 1, para. 1 | 
            appendix-1/p2 | Appendix 1, para. 2 | 
        "#]],
    );
    check_labels(
        "ARTICLE 1\nLamps\n\nLamps burn.\n\nARTICLE 2\nOil\n\nOil burns.\n\nANNEX I\n\nA lamp shall have a mark.\n\n\
         It shall have a number.\n\n1. The mark is red.\n\n2. The number is black.\n",
        &expect![[r#"
            art-1 | Article 1 | Lamps
            art-1/p1 | Article 1 | Lamps
            art-2 | Article 2 | Oil
            art-2/p1 | Article 2 | Oil
            annex-i | Annex I | 
            annex-i/p1 | Annex I, unnumbered para. 1 | 
            annex-i/p2 | Annex I, unnumbered para. 2 | 
            annex-i/1 | Annex I, para. 1 | 
            annex-i/2 | Annex I, para. 2 | 
        "#]],
    );
}

#[test]
fn paragraphs_under_a_number_of_its_section_are_cited_by_the_number() {
    check_labels(
        "RELIEFS OF THE GUILD\n\nSection 36\n\nRelief for lamps\n\n36.1 Lamps\n\nRelief is given for each lamp of the town.\n\n\
         A lamp is what burns oil.\n\n36.2 Makers\n\nThe maker must be a member of the guild.\n\nSection 37\n\n\
         Relief for oil\n\n37.1 Oil\n\nRelief is given for clear oil.\n",
        &expect![[r#"
            sec-36 | Section 36 | Relief for lamps
            sec-36/36.1 | 36.1 | Relief for lamps > Lamps
            sec-36/36.1/p1 | 36.1 | Relief for lamps > Lamps
            sec-36/36.1/p2 | 36.1 | Relief for lamps > Lamps
            sec-36/36.2 | 36.2 | Relief for lamps > Makers
            sec-36/36.2/p1 | 36.2 | Relief for lamps > Makers
            sec-37 | Section 37 | Relief for oil
            sec-37/37.1 | 37.1 | Relief for oil > Oil
            sec-37/37.1/p1 | 37.1 | Relief for oil > Oil
        "#]],
    );
}

#[test]
fn heads_that_come_again_in_a_later_protocol_are_no_contents() {
    let article = |number: u32, title: &str| {
        format!(
            "Article {number}\n{title}\n\n1. Makers shall mark each lamp.\n\n2. Nothing else is asked.\n\n"
        )
    };
    let protocol = |name: &str| {
        format!(
            "PROTOCOL ON {name}\n\nPART I\nSCOPE\n\n{}{}PART II\nFAIR TRADE\n\n{}{}",
            article(1, "Words"),
            article(2, "Reach"),
            article(3, "Most Favoured Guild"),
            article(4, "Own Lamps"),
        )
    };
    let text = format!("AGREEMENT\n\n{}{}{}", article(1, "Aim"), protocol("BULBS"), protocol("SHADES"));
    let source = chapeau_ingest::Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
    let reading = chapeau_ingest::read(&source, &chapeau_ingest::Options::default()).expect("a plain text");
    let labels: Vec<&str> =
        reading.documents[0].clauses.iter().filter_map(|clause| clause.label.as_deref()).collect();
    assert!(labels.contains(&"Protocol on Bulbs, Article 3.1"), "{labels:?}");
}

#[test]
fn a_list_that_a_sentence_introduces_is_no_contents() {
    check_labels(
        "PLAN FOR LAMPS\n\n1. The plan has four aims, as follows:\n\nAim 1: Light in every street\n\nAim 2: Clear oil\n\n\
         Aim 3: Short wicks\n\nAim 4: Honest makers.\n\n2. The aims are told below, and each has a number.\n\n\
         Aim 1: Light in every street\n\n3. The town is dark, and this must end.\n\nAim 2: Clear oil\n\n\
         4. The oil is foul, and this must end.\n\nAim 3: Short wicks\n\n5. Wicks smoke, and this must end.\n\n\
         Aim 4: Honest makers.\n\n6. Makers lie.\n",
        &expect![[r#"
            1 | para. 1 | 
            2 | para. 2 | 
            3 | para. 3 | 
            4 | para. 4 | Aim 2: Clear oil
            5 | para. 5 | Aim 2: Clear oil
            6 | para. 6 | Aim 2: Clear oil
        "#]],
    );
}
