//! Whole files as they come out in the end: metadata and clauses of small PDFs.

use chapeau_document::Document;
use expect_test::{Expect, expect};

use super::writer::{Sheet, pdf};
use crate::{Options, Source, read};

fn document(sheets: &[Sheet]) -> Document {
    let bytes = pdf(sheets);
    let source = Source { path: "t.pdf", bytes: &bytes, given: &[] };
    read(&source, &Options::default()).expect("the file has text").documents.remove(0)
}

/// Title, symbols, date and body; then part, unit, label and first words of each clause.
fn check(sheets: &[Sheet], expected: &Expect) {
    let document = document(sheets);
    let metadata = &document.metadata;
    let symbols: Vec<String> = metadata.symbols.iter().map(|symbol| symbol.value.to_string()).collect();
    let title = metadata.title.as_ref().map_or("-", |title| title.value.as_str());
    let date = metadata.date_adopted.as_ref().or(metadata.date_issued.as_ref());
    let date = date.map_or_else(|| "-".to_owned(), |date| date.value.to_string());
    let body = metadata.body.as_ref().map_or("-", |body| body.value.as_str());
    let mut found = format!("{title} | {} | {date} | {body}\n", symbols.join("; "));
    for clause in &document.clauses {
        let text = document.text_of(clause).replace(['\n', '\t'], " / ");
        let words: String = text.split_whitespace().take(7).collect::<Vec<_>>().join(" ");
        let label = clause.label.as_deref().unwrap_or("-");
        found.push_str(&format!("{} {} | {label} | {words}\n", clause.part, clause.unit));
    }
    expected.assert_eq(&found);
}

/// Lines 14 points apart from `top` down; an empty one leaves a gap.
fn lines(mut sheet: Sheet, top: f32, lines: &[&str]) -> Sheet {
    for (line, step) in lines.iter().zip(0u8..) {
        if !line.is_empty() {
            sheet = sheet.text(72.0, top - 14.0 * f32::from(step), line);
        }
    }
    sheet
}

#[test]
fn a_small_table_is_read_by_rows() {
    let mut sheet = lines(
        Sheet::default(),
        760.0,
        &[
            "Kettle trade in June",
            "",
            "Members sold more kettles in June than in May. The guild bought fewer wicks.",
        ],
    );
    for (row, step) in [
        ["Line", "Item", "May", "June"],
        ["1", "Kettles sold", "220", "231"],
        ["2", "Wicks bought", "55", "50"],
        ["3", "Oil carried", "22", "29"],
    ]
    .iter()
    .zip(0u8..)
    {
        for (cell, x) in row.iter().zip([72.0, 130.0, 300.0, 380.0]) {
            sheet = sheet.text(x, 690.0 - 16.0 * f32::from(step), cell);
        }
    }
    check(
        &[sheet],
        &expect![[r#"
        Kettle trade in June |  | - | -
        front matter heading | - | Kettle trade in June
        main paragraph | para. 1 | Members sold more kettles in June than
        main table row | - | Line / Item / May / June
        main table row | - | 1 / Kettles sold / 220 /
        main table row | - | 2 / Wicks bought / 55 /
        main table row | - | 3 / Oil carried / 22 /
    "#]],
    );
}

#[test]
fn nested_contents_are_no_articles() {
    let dots = "........................................";
    let entry = |words: &str, page: u8| format!("{words} {dots} {page}");
    let contents = [
        "Protocol on Kettle Dues".to_owned(),
        String::new(),
        "Contents".to_owned(),
        entry("Article 1 - Terms", 2),
        entry("Article 2 - Aims", 2),
        entry("    Paragraph 1.", 2),
        entry("    Paragraph 2.", 2),
        entry("Article 3 - Dues", 2),
    ];
    let contents: Vec<&str> = contents.iter().map(String::as_str).collect();
    let text = [
        "Protocol on Kettle Dues",
        "",
        "We, the Members of the Kettle Guild,",
        "",
        "RECALLING the market rules of the guild,",
        "",
        "HAVE AGREED as follows:",
        "",
        "Article 1 - Terms",
        "",
        "1. A kettle is a vessel.",
        "",
        "2. A due is a fee.",
        "",
        "Article 2 - Aims",
        "",
        "1. Each Member shall lower its dues.",
        "",
        "2. A Member may ask for more time.",
        "",
        "Article 3 - Dues",
        "",
        "1. No due shall exceed one coin.",
    ];
    check(
        &[lines(Sheet::default(), 760.0, &contents), lines(Sheet::default(), 760.0, &text)],
        &expect![[r#"
            Protocol on Kettle Dues |  | - | Members of the Kettle Guild
            front matter masthead | - | Protocol on Kettle Dues
            front matter masthead | - | Contents
            front matter masthead | - | Article 1 - Terms ........................................ 2
            front matter masthead | - | Article 2 - Aims ........................................ 2
            front matter masthead | - | Paragraph 1. ........................................ 2
            front matter masthead | - | Paragraph 2. ........................................ 2
            front matter masthead | - | Article 3 - Dues ........................................ 2
            preambular chapeau | - | We, the Members of the Kettle Guild,
            preambular recital | preambular para. 1 | RECALLING the market rules of the guild,
            preambular chapeau | - | HAVE AGREED as follows:
            operative heading | Article 1 | Article 1 - Terms
            operative paragraph | Article 1.1 | 1. A kettle is a vessel.
            operative paragraph | Article 1.2 | 2. A due is a fee.
            operative heading | Article 2 | Article 2 - Aims
            operative paragraph | Article 2.1 | 1. Each Member shall lower its dues.
            operative paragraph | Article 2.2 | 2. A Member may ask for more
            operative heading | Article 3 | Article 3 - Dues
            operative paragraph | Article 3.1 | 1. No due shall exceed one coin.
        "#]],
    );
}

#[test]
fn what_is_decided_stays_a_paragraph_before_the_mark_of_a_note() {
    let sheet = lines(
        Sheet::default(),
        760.0,
        &[
            "The Kettle Assembly,",
            "",
            "Recalling its resolutions of the last two winters on kettles and their handles,",
            "",
        ],
    )
    .text(72.0, 704.0, "1. Takes note of the report of the Board of Kettles;")
    .sized(348.0, 708.0, 7.0, "1")
    .text(72.0, 676.0, "2. Encourages all members to mend their kettles before the winter;")
    .text(72.0, 648.0, "3. Requests the Keeper to report to the Assembly.")
    .sized(72.0, 90.0, 7.0, "1")
    .sized(78.0, 86.0, 9.0, "Kettle Papers, volume two, part six.");
    check(
        &[sheet],
        &expect![[r#"
        - |  | - | Kettle Assembly
        preambular chapeau | - | The Kettle Assembly,
        preambular recital | preambular para. 1 | Recalling its resolutions of the last two
        operative paragraph | operative para. 1 | 1. Takes note of the report of
        operative paragraph | operative para. 2 | 2. Encourages all members to mend their
        operative paragraph | operative para. 3 | 3. Requests the Keeper to report to
        footnote footnote | footnote 1 | ¹ Kettle Papers, volume two, part six.
    "#]],
    );
}

#[test]
fn heads_of_pages_tell_what_a_document_is() {
    let head = |sheet: Sheet| {
        sheet.sized(72.0, 800.0, 9.0, "Assembly/LU/Dec.912(XXXVIII)").sized(
            400.0,
            800.0,
            9.0,
            "16 February 2050",
        )
    };
    let long = "of the kettles that are carried over the border in summer and in winter";
    let page = |first: &[&str], number: u8| {
        let mut text: Vec<String> = first.iter().map(|line| (*line).to_owned()).collect();
        for place in 0..10 {
            text.push(format!("{}. TAKES NOTE of the report on the dues of the guild and", number + place));
            text.push(format!("{long},"));
            text.push("as they were told to the Keeper.".to_owned());
            text.push(String::new());
        }
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        lines(head(Sheet::default()), 740.0, &text)
    };
    let first = page(&["DECISION ON THE KETTLE AREA", "", "The Assembly,", ""], 1);
    let (second, third) = (page(&[], 11), page(&[], 21));
    check(
        &[first, second, third],
        &expect![[r#"
            Decision on the Kettle Area | Assembly/LU/Dec.912(XXXVIII) | 2050-02-16 | Assembly
            front matter heading | - | DECISION ON THE KETTLE AREA
            preambular chapeau | - | The Assembly,
            operative paragraph | operative para. 1 | 1. TAKES NOTE of the report on
            operative paragraph | operative para. 2 | 2. TAKES NOTE of the report on
            operative paragraph | operative para. 3 | 3. TAKES NOTE of the report on
            operative paragraph | operative para. 4 | 4. TAKES NOTE of the report on
            operative paragraph | operative para. 5 | 5. TAKES NOTE of the report on
            operative paragraph | operative para. 6 | 6. TAKES NOTE of the report on
            operative paragraph | operative para. 7 | 7. TAKES NOTE of the report on
            operative paragraph | operative para. 8 | 8. TAKES NOTE of the report on
            operative paragraph | operative para. 9 | 9. TAKES NOTE of the report on
            operative paragraph | operative para. 10 | 10. TAKES NOTE of the report on
            operative paragraph | operative para. 11 | 11. TAKES NOTE of the report on
            operative paragraph | operative para. 12 | 12. TAKES NOTE of the report on
            operative paragraph | operative para. 13 | 13. TAKES NOTE of the report on
            operative paragraph | operative para. 14 | 14. TAKES NOTE of the report on
            operative paragraph | operative para. 15 | 15. TAKES NOTE of the report on
            operative paragraph | operative para. 16 | 16. TAKES NOTE of the report on
            operative paragraph | operative para. 17 | 17. TAKES NOTE of the report on
            operative paragraph | operative para. 18 | 18. TAKES NOTE of the report on
            operative paragraph | operative para. 19 | 19. TAKES NOTE of the report on
            operative paragraph | operative para. 20 | 20. TAKES NOTE of the report on
            operative paragraph | operative para. 21 | 21. TAKES NOTE of the report on
            operative paragraph | operative para. 22 | 22. TAKES NOTE of the report on
            operative paragraph | operative para. 23 | 23. TAKES NOTE of the report on
            operative paragraph | operative para. 24 | 24. TAKES NOTE of the report on
            operative paragraph | operative para. 25 | 25. TAKES NOTE of the report on
            operative paragraph | operative para. 26 | 26. TAKES NOTE of the report on
            operative paragraph | operative para. 27 | 27. TAKES NOTE of the report on
            operative paragraph | operative para. 28 | 28. TAKES NOTE of the report on
            operative paragraph | operative para. 29 | 29. TAKES NOTE of the report on
            operative paragraph | operative para. 30 | 30. TAKES NOTE of the report on
        "#]],
    );
}

#[test]
fn a_list_within_a_paragraph_begins_no_paragraphs() {
    let sheet = lines(
        Sheet::default(),
        760.0,
        &[
            "The Kettle Assembly,",
            "",
            "1. Calls upon all keepers of kettles and on all their guilds, old ones and new ones, to",
            "mend what they have in its parts, that is to say (a) the spouts of the larger kettles,",
            "(b) the lids of the larger kettles and of all the urns, (c) the feet of all the kettles,",
            "(d) the bails;",
            "",
            "2. Asks the Keeper to:",
            "(a) count the kettles;",
            "(b) count the lids.",
        ],
    );
    check(
        &[sheet],
        &expect![[r#"
            - |  | - | Kettle Assembly
            preambular chapeau | - | The Kettle Assembly,
            operative paragraph | operative para. 1 | 1. Calls upon all keepers of kettles
            operative paragraph | operative para. 2 | 2. Asks the Keeper to:
            operative sub-paragraph | operative para. 2(a) | (a) count the kettles;
            operative sub-paragraph | operative para. 2(b) | (b) count the lids.
        "#]],
    );
}
