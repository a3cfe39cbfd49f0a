//! What people type, and what is understood.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Query, parse};

/// The canonical form, then each warning with the words it concerns.
fn check(query: &str, expected: &Expect) {
    let (parsed, warnings) = parse(query);
    let mut seen = format!("{parsed}\n");
    for warning in warnings {
        seen.push_str(&format!("  `{}`: {}\n", &query[warning.start..warning.end], warning.message));
    }
    expected.assert_eq(&seen);
}

#[test]
fn words_and_phrases() {
    check("customs duties", &expect!["customs duties\n"]);
    check("“customs duties” on", &expect!["\"customs duties\" on\n"]);
    check("\"moratorium\"", &expect!["=moratorium\n"]);
    check("=Members programme*", &expect!["=Members programme*\n"]);
    check("moratorum~ duty~2", &expect!["moratorum~ duty~2\n"]);
}

#[test]
fn operators() {
    check("a AND b OR c", &expect!["(a AND b) OR c\n"]);
    check("a b OR c d", &expect!["a (b OR c) d\n"]);
    check("a AND NOT b", &expect!["a AND (NOT b)\n"]);
    check("a OR, b", &expect!["a OR b\n"]);
    check("+a -b NOT c", &expect!["+a -b -c\n"]);
    check(
        "(a)+21\"b c\"",
        &expect![[r#"
        a +(21) "b c"
    "#]],
    );
    check(
        "a w/370, -(--W/370?)",
        &expect![[r#"
        a
          `w/370,`: a proximity operator without a word on both sides is left out
          `(`: brackets without words are left out
          `-`: an operator without a word after it is left out
          `W/370?`: an operator without a word on both sides is left out
          `)`: an operator without a word after it is left out
    "#]],
    );
    check("-?at -(???:2)", &expect!["-?at -???:2\n"]);
    check("(a OR b) AND c", &expect!["(a OR b) AND c\n"]);
    check("and or not", &expect!["and or not\n"]);
}

#[test]
fn proximity() {
    check("customs NEAR/5 duties", &expect!["customs NEAR/5 duties\n"]);
    check("customs w/5 duties", &expect!["customs NEAR/5 duties\n"]);
    check("customs /5 duties", &expect!["customs NEAR/5 duties\n"]);
    check("customs +5 duties", &expect!["customs +5 duties\n"]);
    check(
        "(customs AND excise) NEAR/3 duties",
        &expect!["(customs NEAR/3 duties) AND (excise NEAR/3 duties)\n"],
    );
    check("duties w/3 (customs excise)", &expect!["(duties NEAR/3 customs) (duties NEAR/3 excise)\n"]);
    check("duties w/3 (customs OR excise)", &expect!["duties NEAR/3 (customs OR excise)\n"]);
    check("customs /s duties /p moratorium", &expect!["(customs /s duties) /p moratorium\n"]);
    check(
        "+5 duties",
        &expect![[r#"
        +(5) duties
    "#]],
    );
}

#[test]
fn fields() {
    check("part:preambular", &expect!["part:preambular\n"]);
    check("duties kind:(decision OR declaration)", &expect!["duties (kind:decision OR kind:declaration)\n"]);
    check("title:(work programme) x", &expect!["title:(work programme) x\n"]);
    check("obligation:\"best endeavour\"", &expect!["obligation:\"best endeavour\"\n"]);
    check("part: preambular", &expect!["part:preambular\n"]);
    check("-status:draft", &expect!["NOT status:draft\n"]);
}

#[test]
fn dates() {
    check("date:2011..2013", &expect!["date:2011-01-01..2013-12-31\n"]);
    check("date:>=2013-12", &expect!["date:2013-12-01..\n"]);
    check("copies:>=20000", &expect!["copies:20000..\n"]);
    check("copies:1 copies:2..5 copies:<3", &expect!["copies:1..1 copies:2..5 copies:..2\n"]);
    check(
        "copies:0 copies:few",
        &expect![[r#"
        0 few
          `0`: unknown number "0", want documents: 1, >=10 or 2..5; searched as words instead
          `few`: unknown number "few", want documents: 1, >=10 or 2..5; searched as words instead
    "#]],
    );
    check("year:2013", &expect!["year:2013..2013\n"]);
    check(
        "date:soon",
        &expect![[r#"
            soon
              `soon`: unknown date "soon", want a year, a month or a day: 2013, 2013-12 or 2013-12-07; searched as words instead
        "#]],
    );
}

#[test]
fn symbols() {
    check("WT/L/274", &expect!["WT/L/274\n"]);
    check("cites:WT/MIN(13)/32", &expect!["cites:WT/MIN(13)/32\n"]);
    check("symbol:wt/min", &expect!["symbol:WT/MIN\n"]);
    check("a/res/78/134", &expect!["A/RES/78/134\n"]);
    check("Regulation (EU) 2016/679", &expect!["Regulation (EU) 2016/679\n"]);
    check("lamps règlement (ue) 2016/679, kettles", &expect!["lamps Regulation (EU) 2016/679 kettles\n"]);
    check("cites:\"resolution 70/1\"", &expect!["cites:A/RES/70/1\n"]);
    check("cites:loi n° 2019-01 lamps", &expect!["cites:\"Loi n° 2019-01\" lamps\n"]);
    check("symbol:Regulation", &expect!["symbol:REGULATION\n"]);
    check(
        "WT/L/274 /5 lamps",
        &expect![[r#"
        WT/L/274 NEAR/5 lamps
    "#]],
    );
    check(
        "GATT XX(b)",
        &expect![[r#"
            GATT XX(b)
        "#]],
    );
}

#[test]
fn what_means_nothing_is_said() {
    check(
        "customs duties\"",
        &expect![[r#"
            customs duties
              `"`: a quote without words is left out
        "#]],
    );
    check(
        "\"customs duties",
        &expect![[r#"
            "customs duties"
              `"customs duties`: the quote is not closed: searched as a phrase up to the end
        "#]],
    );
    check(
        "(customs",
        &expect![[r#"
            customs
              `(`: the bracket is not closed: it is read as closed at the end
        "#]],
    );
    check(
        "customs) duties",
        &expect![[r#"
            customs duties
              `)`: a bracket that closes nothing is left out
        "#]],
    );
    check(
        "AND customs OR",
        &expect![[r#"
            customs
              `AND`: an operator without a word on both sides is left out
              `OR`: an operator without a word on both sides is left out
        "#]],
    );
    check(
        "part:preamble",
        &expect![[r#"
            preamble
              `preamble`: unknown part "preamble", want preambular, operative, annex, footnote, front matter, closing or main; searched as words instead
        "#]],
    );
}

#[test]
fn punctuation_is_no_syntax() {
    check("what is a moratorium?", &expect!["what is a moratorium\n"]);
    check("note: duties", &expect!["note duties\n"]);
    check(
        "\"(a)(i) terms)of\"",
        &expect![[r#"
        "a i terms of"
    "#]],
    );
    check(
        "\"*)!A\"",
        &expect![[r#"
        =A
    "#]],
    );
    check(
        "\"customs * duties\"",
        &expect![[r#"
        "customs duties"
          `"customs * duties"`: a "*" on its own stands for no word: it is left out of the phrase
    "#]],
    );
    check("e-commerce - duties", &expect!["e-commerce duties\n"]);
    assert!(parse(" ").0.is_empty());
}

/// The same tree but for places in the query, which the canonical form does not keep.
fn shape(query: &Query) -> String {
    query.to_string()
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in "\\PC{0,60}") {
        let (query, warnings) = parse(&text);
        let _ = query.to_string();
        prop_assert!(warnings.iter().all(|warning| text.get(warning.start..warning.end).is_some()));
    }

    #[test]
    fn the_canonical_form_reads_back(text in "((AND|OR|NOT|NEAR/3|/s|\\+|-|\\(|\\)|\"|=|title:|kind:|[a-z]{1,3}\\*?|~|WT/L/1) ?){0,14}") {
        let (query, _) = parse(&text);
        let (again, _) = parse(&shape(&query));
        prop_assert_eq!(shape(&again), shape(&query));
    }
}

/// Every example of the reference is understood, with nothing left out.
#[test]
fn the_examples_of_the_reference_hold() {
    let rows = crate::SYNTAX.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let mut n_examples = 0;
    for row in rows {
        let cell = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        let example = cell.trim().trim_matches('`');
        let (parsed, warnings) = parse(example);
        assert_eq!(warnings, [], "{example}");
        assert!(!parsed.is_empty(), "{example}");
        n_examples += 1;
    }
    assert!(n_examples > 20, "found {n_examples} examples");
}

#[test]
fn a_number_that_must_hold_is_no_distance() {
    check(
        "a +(8(b..))",
        &expect![[r#"
            a +(8(b..))
        "#]],
    );
}

#[test]
fn marks_of_another_meaning_part_or_end_the_words_of_a_phrase() {
    check(
        "\"duties?.?\" \"du?ies?\"",
        &expect![[r#"
            =duties du?ies
        "#]],
    );
    check(
        "\"a?b~4\" \"duties~ on\"",
        &expect![[r#"
            "a?b 4" "duties on"
        "#]],
    );
}

#[test]
fn articles_are_known_by_their_numbers() {
    check(
        "USMCA Article 19.17",
        &expect![[r#"
        USMCA article 19.17
    "#]],
    );
    check(
        "art. 5.2 services",
        &expect![[r#"
        article 5.2 services
    "#]],
    );
    check(
        "artículo 7-13",
        &expect![[r#"
        article 7-13
    "#]],
    );
    check(
        "GATT XX(b)",
        &expect![[r#"
            GATT XX(b)
        "#]],
    );
    check(
        "GATT XXIV:5 and XX",
        &expect![[r#"
            GATT XXIV:5 and XX
        "#]],
    );
    check(
        "CAFTA 10.5",
        &expect![[r#"
        CAFTA article 10.5
    "#]],
    );
    check(
        "Article 5 of GATT 1994 article on tariffs",
        &expect![[r#"
        article 5 of GATT 1994 article on tariffs
    "#]],
    );
    check(
        "customs duties 19.17 12:30",
        &expect![[r#"
        customs duties 19.17 12:30
    "#]],
    );
    check(
        "GATT (XX) article(5) +GATT (+XX b)",
        &expect![[r#"
            GATT (XX) article(5) +GATT (+XX b)
        "#]],
    );
    check(
        "GATT XXI (I)",
        &expect![[r#"
            GATT article XXI (I)
        "#]],
    );
    check(
        "\"article 5\" NOT article 6",
        &expect![[r#"
        "article 5" -article 6
    "#]],
    );
}
