//! Whole files: bytes in, lines out.

use chapeau_document::FileStatus;
use expect_test::{Expect, expect};

use crate::{Extracted, Failure, Options, Role, Source};

use super::writer::{Sheet, pdf, pdf_with};

pub(super) fn read(bytes: &[u8]) -> Result<Extracted, Failure> {
    super::extract(&Source { path: "test.pdf", bytes, given: &[] }, &Options::default())
}

/// A line as tests write it: marked by what it is, cells apart by a bar.
fn shown(line: &crate::Line) -> String {
    let text = line.text.replace('\t', " | ");
    match &line.role {
        Role::Furniture => format!("~ {text}"),
        Role::Footnote { mark } => format!("[{mark}] {text}"),
        Role::TableRow => format!("# {text}"),
        Role::Heading { depth, .. } => format!("{} {text}", "=".repeat(usize::from(*depth))),
        Role::Item { .. } => format!("+ {text}"),
        _ => text,
    }
}

pub(super) fn shown_pages(extracted: &Extracted) -> String {
    let mut out = String::new();
    for page in &extracted.pages {
        let label = page.label.as_deref().map(|label| format!(" ({label})")).unwrap_or_default();
        out.push_str(&format!("-- page {}{label}\n", page.number));
        for line in &page.lines {
            out.push_str(&shown(line));
            out.push('\n');
        }
    }
    out
}

fn check(sheets: &[Sheet], expected: &Expect) {
    let extracted = read(&pdf(sheets)).expect("the file has text");
    expected.assert_eq(&shown_pages(&extracted));
}

/// Lines 12 points apart, from `top` down.
pub(super) fn paragraph(mut sheet: Sheet, x: f32, top: f32, lines: &[&str]) -> Sheet {
    for (line, step) in lines.iter().zip(0u8..) {
        sheet = sheet.text(x, top - 12.0 * f32::from(step), line);
    }
    sheet
}

const LEFT: [&str; 6] = [
    "Members that import seed potatoes by river",
    "shall inspect each barge within two days of",
    "its arrival, and shall tell the owner in plain",
    "words what was found. An owner who objects",
    "may ask for a second inspection, which is",
    "made by somebody else.",
];
const RIGHT: [&str; 6] = [
    "The fee for an inspection covers its cost and",
    "nothing more. It is published every spring,",
    "before the first barges leave the mountains.",
    "Where a lock is closed, the two days count",
    "from the day on which the lock is opened",
    "again, as the harbour master records it.",
];

#[test]
fn lines_keep_the_order_of_the_stream() {
    let sheet = paragraph(paragraph(Sheet::default(), 60.0, 700.0, &LEFT[..2]), 320.0, 700.0, &RIGHT[..2]);
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        Members that import seed potatoes by river
        shall inspect each barge within two days of
        The fee for an inspection covers its cost and
        nothing more. It is published every spring,
    "#]],
    );
}

const TWO_COLUMNS: &str = "\
-- page 1
Members that import seed potatoes by river
shall inspect each barge within two days of
its arrival, and shall tell the owner in plain
words what was found. An owner who objects
may ask for a second inspection, which is
made by somebody else.
The fee for an inspection covers its cost and
nothing more. It is published every spring,
before the first barges leave the mountains.
Where a lock is closed, the two days count
from the day on which the lock is opened
again, as the harbour master records it.
";

#[test]
fn columns_drawn_row_by_row_are_read_one_after_the_other() {
    let mut sheet = Sheet::default();
    for ((left, right), step) in LEFT.iter().zip(RIGHT).zip(0u8..) {
        let y = 700.0 - 12.0 * f32::from(step);
        sheet = sheet.text(60.0, y, left).text(320.0, y, right);
    }
    let extracted = read(&pdf(&[sheet])).expect("the file has text");
    assert_eq!(shown_pages(&extracted), TWO_COLUMNS);
    assert!(extracted.explanation.iter().any(|finding| finding.contains("page 1 put in order by place")));
}

#[test]
fn a_scrambled_page_is_read_by_place() {
    // Multiplying by 5 modulo 12 visits every line once, in no order a reader would follow.
    let mut sheet = Sheet::default();
    for step in (0..12).map(|n| n * 5 % 12) {
        let (lines, x, row) = if step < 6 { (LEFT, 60.0, step) } else { (RIGHT, 320.0, step - 6) };
        sheet = sheet.text(x, 700.0 - 12.0 * row as f32, lines[row]);
    }
    let extracted = read(&pdf(&[sheet])).expect("the file has text");
    assert_eq!(shown_pages(&extracted), TWO_COLUMNS);
}

#[test]
fn spaces_come_from_gaps() {
    let sheet = Sheet::default()
        .raw("BT /F1 10 Tf 60 700 Td [(Each) -300 (Par) -20 (ty) -300 (shall:)] TJ ET")
        .raw("BT /F1 10 Tf 2 Tc 60 680 Td (ANNEX) Tj ET");
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        Each Party shall:
        ANNEX
    "#]],
    );
}

#[test]
fn raised_figures_are_marks_and_small_lines_at_the_foot_are_their_notes() {
    let sheet = paragraph(Sheet::default(), 60.0, 700.0, &LEFT)
        .text(60.0, 500.0, "The committee met twice")
        .raw("BT /F1 6 Tf 170 504 Td (12) Tj /F1 10 Tf 7 -4 Td ( and agreed.) Tj ET")
        .raw("BT /F1 5 Tf 60 103 Td (12) Tj /F1 8 Tf 7 -3 Td (See the minutes of the second) Tj ET")
        .sized(60.0, 90.0, 8.0, "meeting.");
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        Members that import seed potatoes by river
        shall inspect each barge within two days of
        its arrival, and shall tell the owner in plain
        words what was found. An owner who objects
        may ask for a second inspection, which is
        made by somebody else.
        The committee met twice¹² and agreed.
        [12] ¹² See the minutes of the second
        [12] meeting.
    "#]],
    );
}

#[test]
fn turned_pages_and_turned_text_are_read_upright() {
    let page = Sheet::default().raw("BT /F1 10 Tf 0 1 -1 0 200 60 Tm (A landscape page) Tj ET").turned(90);
    let text = Sheet::default()
        .raw("BT /F1 10 Tf 0 1 -1 0 200 60 Tm (A landscape table,) Tj ET")
        .raw("BT /F1 10 Tf 0 1 -1 0 212 60 Tm (row by row) Tj ET");
    let pages = [page, text];
    check(
        &pages,
        &expect![[r#"
        -- page 1
        A landscape page
        -- page 2
        A landscape table,
        row by row
    "#]],
    );
    let extracted = read(&pdf(&pages)).expect("the file has text");
    let bounds = extracted.pages[0].lines[0].bounds.expect("a PDF says where its lines are");
    // Shown, the page is 800 wide; the text starts 60 points from its left and 200 from its top.
    assert!((bounds.left - 60.0).abs() < 0.1 && bounds.right > 120.0, "{bounds:?}");
    assert!(bounds.top > 190.0 && bounds.bottom < 204.0, "{bounds:?}");
}

#[test]
fn running_heads_and_page_numbers_are_furniture() {
    let page = |number: u8, line: &str| {
        Sheet::default().text(60.0, 770.0, "Treaty on River Barges").text(60.0, 500.0, line).text(
            290.0,
            30.0,
            &format!("- {number} -"),
        )
    };
    check(
        &[page(7, "Members agree."), page(8, "They note it."), page(9, "They part.")],
        &expect![[r#"
        -- page 1 (7)
        ~ Treaty on River Barges
        Members agree.
        ~ - 7 -
        -- page 2 (8)
        ~ Treaty on River Barges
        They note it.
        ~ - 8 -
        -- page 3 (9)
        ~ Treaty on River Barges
        They part.
        ~ - 9 -
    "#]],
    );
}

#[test]
fn artifacts_at_the_edge_are_furniture() {
    let sheet = Sheet::default()
        .raw("/Artifact <</Type /Pagination>> BDC")
        .text(60.0, 770.0, "Printed on Monday")
        .raw("EMC")
        .text(60.0, 700.0, "Members agree.");
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        ~ Printed on Monday
        Members agree.
    "#]],
    );
}

#[test]
fn tables_keep_their_rows_and_cells() {
    let mut sheet = Sheet::default().text(60.0, 700.0, "Duties by year");
    for (row, step) in [["Product", "2011", "2013"], ["Seed potatoes", "12.5", "10"], ["Barges", "3", "free"]]
        .iter()
        .zip(1u8..)
    {
        for (cell, x) in row.iter().zip([60.0, 200.0, 260.0]) {
            sheet = sheet.text(x, 700.0 - 14.0 * f32::from(step), cell);
        }
    }
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        Duties by year
        # Product | 2011 | 2013
        # Seed potatoes | 12.5 | 10
        # Barges | 3 | free
    "#]],
    );
}

#[test]
fn words_printed_twice_are_read_once() {
    let sheet = Sheet::default().text(60.0, 700.0, "Article 1").text(60.3, 700.0, "Article 1").raw(
        "BT /F1 10 Tf 60 680 Td (S) Tj 0.4 0 Td (S) Tj 6.3 0 Td (c) Tj 0.4 0 Td (c) Tj 4.7 0 Td (ope) Tj ET",
    );
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        Article 1
        Scope
    "#]],
    );
}

#[test]
fn replacement_text_replaces() {
    let sheet = Sheet::default()
        .raw("BT /F1 10 Tf 60 700 Td (The o) Tj /Span <</ActualText (ffi)>> BDC (#) Tj EMC (ce opens) Tj ET");
    check(
        &[sheet],
        &expect![[r#"
        -- page 1
        The office opens
    "#]],
    );
}

#[test]
fn cues_are_measured_against_the_body() {
    let sheet = paragraph(Sheet::default().bold(250.0, 740.0, 14.0, "Article 1"), 60.0, 700.0, &LEFT).text(
        80.0,
        604.0,
        "An indented line",
    );
    let extracted = read(&pdf(&[sheet])).expect("the file has text");
    let lines = &extracted.pages[0].lines;
    let (heading, body, last) = (&lines[0], &lines[1], &lines[7]);
    assert!(heading.bold && !body.bold);
    assert!((heading.size - 1.4).abs() < 0.01 && (body.size - 1.0).abs() < 0.01);
    assert!(body.space_above > 0.9 && lines[2].space_above == 0.0);
    assert!((last.indent - 2.0).abs() < 0.1 && last.space_above >= 1.0, "{last:?}");
}

#[test]
fn a_title_is_taken_where_the_page_prints_it() {
    let sheet = Sheet::default().text(60.0, 700.0, "A Treaty on River Barges");
    let title = |information: &str| {
        let extracted =
            read(&pdf_with(std::slice::from_ref(&sheet), information)).expect("the file has text");
        extracted.embedded.title.map(|title| title.value)
    };
    assert_eq!(title("/Title (A Treaty on River Barges)"), Some("A Treaty on River Barges".into()));
    assert_eq!(title("/Title (Microsoft Word - barges.doc)"), None);
}

#[test]
fn failures_say_what_to_do() {
    let failure = |bytes: &[u8]| read(bytes).expect_err("nothing to read");
    assert_eq!(failure(b"%PDF-1.7\nnothing else").status, FileStatus::Damaged);
    assert_eq!(failure(&pdf(&[Sheet::default()])).status, FileStatus::NoText);
    let scan = Sheet::default().raw("BI /W 1 /H 1 /BPC 8 /CS /G ID \u{7f} EI");
    assert_eq!(
        failure(&pdf(&[scan])).to_string(),
        format!("no text: found 1 page, all images without text; {}", super::verdict::OCR_HINT)
    );
}

#[test]
fn limits_are_kept() {
    let bytes = pdf(&vec![Sheet::default().text(60.0, 700.0, "Members agree."); 3]);
    let status = |options: Options| {
        super::extract(&Source { path: "test.pdf", bytes: &bytes, given: &[] }, &options)
            .map_err(|failure| failure.status)
            .err()
    };
    assert_eq!(status(Options { max_pages: 2, ..Options::default() }), Some(FileStatus::TooLarge));
    assert_eq!(status(Options { max_text_bytes: 20, ..Options::default() }), Some(FileStatus::TooLarge));
    assert_eq!(status(Options { max_pages: 3, ..Options::default() }), None);
}

#[test]
fn a_form_that_draws_itself_ends() {
    let looping =
        String::from_utf8(pdf(&[Sheet::default().text(60.0, 700.0, "Members agree.").raw("/X Do")]))
            .expect("all ASCII");
    let looping = looping.replace("/Font <<", "/XObject << /X 8 0 R >> /Font <<");
    let form = "8 0 obj\n<< /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 8 0 R >> >> /Length 12 >>\nstream\n/X Do /X Do \nendstream\nendobj\nxref";
    let extracted = read(looping.replace("xref", form).as_bytes()).expect("the page has text");
    assert_eq!(extracted.pages[0].lines[0].text, "Members agree.");
}
