//! For tests: pages whose text runs on from one to the next, with what stands between and beside it.

use super::tests::{paragraph, read};
use super::writer::{Sheet, pdf};
use crate::{Options, normalize};

/// The blocks of the text that pages make, one a line.
fn blocks(sheets: &[Sheet]) -> String {
    let extracted = read(&pdf(sheets)).expect("the file has text");
    normalize(&extracted, &Options::default()).text.replace("\n\n", "\n")
}

#[track_caller]
fn check(sheets: &[Sheet], expected: &[&str]) {
    assert_eq!(blocks(sheets), expected.join("\n"));
}

const LAMP: [&str; 3] = [
    "1. Each Party shall oil every lamp that is brought to its yard before the third",
    "market of the season, and shall keep the ledger of its lamps open to any trader",
    "who asks to see it.",
];

fn lamp() -> String {
    LAMP.join(" ")
}

#[test]
fn headings_at_page_tops_are_text() {
    let page = |number: usize, article: usize, title: &str| {
        let sheet = Sheet::default()
            .bold(275.0, 760.0, 10.0, &format!("Article {article}"))
            .bold(280.0, 748.0, 10.0, title);
        paragraph(sheet, 60.0, 600.0, &LAMP).text(297.0, 30.0, &number.to_string())
    };
    let sheets = [page(1, 3, "Scope"), page(2, 5, "Fees"), page(3, 6, "Wax"), page(4, 8, "Exit")];
    let expected = ["Article 3", "Scope", &lamp(), "Article 5", "Fees", &lamp(), "Article 6", "Wax", &lamp()];
    check(&sheets, &[&expected[..], &["Article 8", "Exit", &lamp()]].concat());
}

#[test]
fn a_title_that_is_the_running_head_too_stays_once() {
    let page =
        |line: &str| Sheet::default().bold(60.0, 770.0, 12.0, "Protocol on Lamp Oil").text(60.0, 600.0, line);
    check(
        &[page("The Guild agrees."), page("It parts.")],
        &["Protocol on Lamp Oil", "The Guild agrees.", "It parts."],
    );
}

#[test]
fn what_is_all_that_pages_say_stays() {
    let words = "Members shall oil the lamps.";
    let sheet = || Sheet::default().text(60.0, 770.0, words);
    check(&[sheet(), sheet()], &[words, words]);
}

#[test]
fn numbered_sentences_that_come_again_stay() {
    let (first, second) = ("1. Members shall oil the lamps.", "2. The Council shall look at them.");
    let sheet = || Sheet::default().text(60.0, 770.0, first).text(60.0, 750.0, second);
    check(&[sheet(), sheet(), sheet()], &[first, second].repeat(3));
}

#[test]
fn a_recital_goes_on_behind_the_notes_of_its_page() {
    let first = Sheet::default()
        .text(60.0, 757.0, "The Guild of Lamps,")
        .text(78.0, 735.0, "Recalling its rules on wax,")
        .text(78.0, 720.0, "Noting that lamps were lit in each of the markets of the hill towns and of the")
        .text(60.0, 705.0, "coast, and that half of the makers sold their wax outside their own market on")
        .text(60.0, 90.0, "__________________")
        .raw("BT /F1 5 Tf 60 83 Td (1) Tj /F1 8 Tf 4 -3 Td (Wax Papers, part two, and the other papers that are) Tj ET");
    let second = Sheet::default()
        .text(60.0, 757.0, "12 May of the year before,")
        .text(78.0, 735.0, "1. Takes note of the report of the keepers;")
        .sized(60.0, 80.0, 8.0, "named in them.");
    check(
        &[first, second],
        &[
            "The Guild of Lamps,",
            "Recalling its rules on wax,",
            "\u{b9} Wax Papers, part two, and the other papers that are named in them.",
            "Noting that lamps were lit in each of the markets of the hill towns and of the coast, and that half of the \
             makers sold their wax outside their own market on 12 May of the year before,",
            "1. Takes note of the report of the keepers;",
        ],
    );
}

#[test]
fn numbers_of_lines_are_no_text() {
    let mut sheet = Sheet::default();
    for (at, line) in LAMP.iter().chain(&LAMP).enumerate() {
        let y = 720.0 - 14.0 * at as f32;
        sheet = sheet.text(40.0, y, &(at + 1).to_string()).text(70.0, y, line);
    }
    check(&[sheet], &[&lamp(), &lamp()]);
}

#[test]
fn words_up_the_margin_are_no_text() {
    let sheet = Sheet::default().raw("BT /F1 8 Tf 0 1 -1 0 30 300 Tm (GUILD OF LAMPS, NUMBER 77) Tj ET");
    check(&[paragraph(sheet, 60.0, 720.0, &LAMP)], &[&lamp()]);
}

#[test]
fn letters_set_apart_make_words() {
    let sheet = Sheet::default().text(60.0, 720.0, "M e m b e r s  l i g h t  l a m p s").text(
        60.0,
        702.0,
        "1. Each Member oils its lamps.",
    );
    check(&[sheet], &["Members light lamps", "1. Each Member oils its lamps."]);
}

#[test]
fn short_paragraphs_are_parted_by_more_than_the_pitch_of_their_lines() {
    let lines = [
        (720.0, "The Guild of Lamps,"),
        (702.0, "Recalling its resolutions of the last three seasons on lamps and on wax,"),
        (684.0, "Noting the work of its keepers,"),
        (666.0, "1. Takes note of their report;"),
        (648.0, "2. Encourages its members to keep their ledgers open to every trader who"),
        (636.0, "comes to the market;"),
        (618.0, "3. Asks its keepers to report again."),
    ];
    let sheet = lines.iter().fold(Sheet::default(), |sheet, (y, line)| sheet.text(60.0, *y, line));
    let mut expected: Vec<String> = lines.iter().map(|(_, line)| (*line).to_owned()).collect();
    let rest = expected.remove(5);
    expected[4].push_str(&format!(" {rest}"));
    check(&[sheet], &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_drop_cap_belongs_to_its_word() {
    let sheet = Sheet::default()
        .sized(60.0, 708.0, 28.0, "E")
        .text(80.0, 720.0, "ach Party shall oil every lamp that is brought to its yard")
        .text(80.0, 708.0, "before the third market of the season.");
    check(
        &[sheet],
        &[
            "Each Party shall oil every lamp that is brought to its yard before the third market of the season.",
        ],
    );
}
