//! Redlines of small texts, and what holds for all.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Change, redline};

/// A redline in letters: `[-gone-]`, `{+come+}`, a number in front of what moved, `<quiet>`.
fn shown(before: &str, after: &str) -> String {
    let mut shown = String::new();
    for piece in redline(before, after).pieces {
        let words = piece.after.map(|span| span.of(after)).or(piece.before.map(|span| span.of(before)));
        let words = words.unwrap_or_default();
        let moved = piece.moved.map_or_else(String::new, |number| format!("{number}:"));
        shown += &match piece.change {
            Change::Kept => words.to_owned(),
            Change::Quiet => format!("<{words}>"),
            Change::Removed => format!("[-{moved}{words}-]"),
            Change::Added => format!("{{+{moved}{words}+}}"),
        };
    }
    shown
}

#[track_caller]
fn check(before: &str, after: &str, expected: &Expect) {
    expected.assert_eq(&shown(before, after));
}

#[test]
fn words_go_and_come() {
    check(
        "until our session in 2013.",
        "until our session in 2015.",
        &expect!["until our session in [-2013-]{+2015+}."],
    );
    check("Members shall act", "Members may act", &expect!["Members [-shall -]{+may +}act"]);
    check("", "new", &expect!["{+new+}"]);
    check("old", "", &expect!["[-old-]"]);
    check("", "", &expect![""]);
}

#[test]
fn one_phrase_replaces_another_as_a_whole() {
    check(
        "to be held in July and December 2012, based on reports",
        "to be held in sessions of 2014 and July 2015, based on reports",
        &expect![
            "to be held in [-July -]{+sessions of 2014 +}and [-December 2012-]{+July 2015+}, based on reports"
        ],
    );
}

#[test]
fn case_quotes_and_numbers_are_quiet() {
    check(
        "1. The “Work Programme”",
        "(b) the \"Work Programme\"",
        &expect![[r#"<1. ><(b) ><the ">Work Programme<">"#]],
    );
    check("(a) to act", "to act", &expect!["<(a) >to act"]);
    check("co\u{2011}operation", "co-operation", &expect!["<co-operation>"]);
}

#[test]
fn a_passage_that_moved_is_one_move() {
    check(
        "Each Party shall, subject to its domestic law, publish all measures without delay.",
        "Subject to its domestic law, each Party shall publish all measures without delay.",
        &expect![
            "[-Each Party shall, -]<Subject >to its domestic law, {+each Party shall +}publish all measures without delay."
        ],
    );
}

proptest! {
    #[test]
    fn applying_a_redline_yields_the_later_text(a in "[ab(). éB“\n]{0,60}", b in "[ab(). éB“\n]{0,60}") {
        let found = redline(&a, &b);
        let after: String = found.after(&b).collect();
        prop_assert_eq!(after, b.clone());
        let before: String = found.pieces.iter().filter_map(|piece| Some(piece.before?.of(&a))).collect();
        prop_assert_eq!(before, a);
        prop_assert!((0.0..=1.0).contains(&found.similarity));
    }

    #[test]
    fn any_text_can_be_compared(a in any::<String>(), b in any::<String>()) {
        let found = redline(&a, &b);
        prop_assert_eq!(found.after(&b).collect::<String>(), b.clone());
    }

    #[test]
    fn the_distance_is_the_least(a in "([abcd] ){0,40}", b in "([abcd] ){0,40}") {
        let found = redline(&a, &b);
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
        let kept = found.similarity * (a.len() + b.len()) as f32 / 2.0;
        if a.len() + b.len() > 0 {
            prop_assert!((kept - longest(&a, &b) as f32).abs() < 0.01);
        }
    }
}

/// Length of the longest common subsequence, by the book.
fn longest(a: &[&str], b: &[&str]) -> usize {
    let mut before = vec![0; b.len() + 1];
    for x in a {
        let mut here = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            here[j + 1] = if x == y { before[j] + 1 } else { here[j].max(before[j + 1]) };
        }
        before = here;
    }
    before[b.len()]
}
