//! What a package becomes. Packages are assembled here from their parts.

use std::io::{Cursor, Write};

use chapeau_document::FileStatus;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::extract;
use crate::extract::display;
use crate::{Extracted, Failure, Options};

pub(super) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, xml) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(xml.as_bytes()).expect("memory takes all");
    }
    writer.finish().expect("a whole archive").into_inner()
}

fn document(body: &str) -> String {
    format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>")
}

pub(super) fn read(body: &str, parts: &[(&str, &str)]) -> Extracted {
    let document = document(body);
    let parts: Vec<(&str, &str)> =
        [("word/document.xml", document.as_str())].into_iter().chain(parts.iter().copied()).collect();
    extract(&package(&parts), &Options::default()).expect("a small package is read")
}

pub(super) fn check(body: &str, parts: &[(&str, &str)], expected: &Expect) {
    expected.assert_eq(&display(&read(body, parts)));
}

/// A paragraph of plain words.
pub(super) fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

/// A paragraph with properties.
fn pp(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn words_and_letters() {
    check(
        "<w:p><w:r><w:t xml:space='preserve'>Work </w:t></w:r><w:r><w:t>Pro</w:t></w:r><w:r><w:t>gramme</w:t></w:r></w:p>\
         <w:p/><w:p><w:r><w:t>A</w:t><w:tab/><w:t>non</w:t><w:noBreakHyphen/><w:t>tariff co</w:t><w:softHyphen/>\
         <w:t>op &amp; &#233;</w:t><w:br/><w:t>next</w:t><w:br w:type='page'/></w:r></w:p>\
         <w:p><w:hyperlink r:id='x'><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:sym w:font='Wingdings' w:char='F0FC'/>\
         <w:sym w:font='Symbol' w:char='F061'/></w:r><w:r><w:lastRenderedPageBreak/><w:t>m</w:t></w:r>\
         <w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:position w:val='8'/></w:rPr><w:t>3</w:t></w:r></w:p>",
        &[],
        &expect![[r#"
            "Work Programme"
            "A\tnon‑tariff co\u{ad}op & é" +
            "next"
            "link✓αm²³"
        "#]],
    );
}

#[test]
fn fields_give_their_results_and_placeholders_nothing() {
    check(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF _Ref1</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Article 3</w:t></w:r></w:p>\
         <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p></w:sdtContent></w:sdt>\
         <w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>kept</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        &[],
        &expect![[r#"
            "Article 3"
            "kept"
        "#]],
    );
}

const STYLES: &str = "<w:styles xmlns:w='w'><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type='paragraph' w:default='1' w:styleId='N'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Titre1'><w:name w:val='heading 1'/><w:basedOn w:val='N'/>\
    <w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:rPr><w:b/><w:sz w:val='33'/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Ours'><w:basedOn w:val='Titre1'/><w:rPr><w:b w:val='0'/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='T1'><w:name w:val='Título 2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Q'><w:name w:val='Block Text'/></w:style>\
    <w:style w:type='paragraph' w:styleId='TOC1'><w:name w:val='toc 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='L'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='L2'><w:basedOn w:val='L'/></w:style>\
    <w:style w:type='character' w:styleId='Strong'><w:rPr><w:b/></w:rPr></w:style></w:styles>";

#[test]
fn styles_make_headings_and_cues() {
    let long = "The Parties shall, in accordance with their laws, ensure that this long sentence is none.";
    let body = [
        pp("<w:pStyle w:val='Titre1'/>", "One"),
        pp("<w:pStyle w:val='Ours'/>", "Two"),
        pp("<w:pStyle w:val='T1'/>", "Three"),
        pp("<w:pStyle w:val='Titre1'/>", long),
        pp("<w:outlineLvl w:val='3'/>", "Four"),
        pp("<w:pStyle w:val='Titre1'/><w:outlineLvl w:val='9'/>", "no heading"),
        pp("<w:pStyle w:val='Q'/>", "quoted"),
        pp("<w:pStyle w:val='TOC1'/>", "One ... 3"),
        pp(
            "<w:jc w:val='center'/><w:spacing w:before='280'/><w:ind w:left='440' w:hanging='220'/>",
            "centred",
        ),
        "<w:p><w:r><w:rPr><w:rStyle w:val='Strong'/><w:i/></w:rPr><w:t>strong</w:t></w:r></w:p>".to_owned(),
        p(
            "body text of the usual size, long enough to be most of it, longer than all of the headings together by far",
        ),
    ];
    check(
        &body.concat(),
        &[("word/styles.xml", STYLES)],
        &expect![[r#"
            h1 "One"
            h1 "Two"
            h2 "Three"
            [s1.50 bold] "The Parties shall, in accordance with their laws, ensure that this long sentence is none."
            h4 "Four"
            [s1.50 bold] "no heading"
            quotation "quoted"
            furniture "One ... 3"
            [i1 centred] "centred"
            [bold italic] "strong"
            "body text of the usual size, long enough to be most of it, longer than all of the headings together by far"
        "#]],
    );
}

const NUMBERING: &str = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='5'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:pStyle w:val='L'/><w:lvlText w:val='Article %1'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='L2'/><w:isLgl/><w:lvlText w:val='%1.%2'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%3)'/><w:pPr><w:ind w:left='800' w:hanging='400'/></w:pPr></w:lvl>\
    <w:lvl w:ilvl='3'><w:start w:val='4'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%4)'/><w:lvlRestart w:val='0'/><w:suff w:val='nothing'/></w:lvl>\
    <w:lvl w:ilvl='4'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{f0b7}'/><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr></w:lvl>\
    <w:lvl w:ilvl='5'><w:start w:val='1'/><w:numFmt w:val='none'/><w:lvlText w:val=''/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='6'><w:numStyleLink w:val='L'/></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='9'/></w:lvlOverride></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='6'/></w:num>\
    <w:num w:numId='4'><w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
    <w:numFmt w:val='decimal'/><w:lvlText w:val='§ %1'/></w:lvl></w:lvlOverride></w:num></w:numbering>";

fn numbered(list: u8, level: u8, words: &str) -> String {
    pp(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"), words)
}

#[test]
fn automatic_numbers_are_printed() {
    let body = [
        numbered(1, 0, "a"),
        numbered(1, 1, "b"),
        numbered(1, 1, "c"),
        numbered(1, 2, "d"),
        numbered(1, 3, "e"),
        numbered(1, 4, "bullet"),
        numbered(1, 5, "silent"),
        numbered(1, 0, "f"),
        numbered(1, 2, "restarted"),
        numbered(1, 3, "never restarted"),
        numbered(3, 0, "linked, counting on"),
        numbered(2, 0, "own start"),
        numbered(2, 0, "and on"),
        numbered(4, 0, "own level"),
        numbered(7, 0, "no such list"),
        pp("<w:pStyle w:val='L2'/>", "by style"),
        pp("<w:pStyle w:val='L2'/><w:numPr><w:numId w:val='0'/></w:numPr>", "no number"),
        pp("<w:pStyle w:val='Titre1'/><w:numPr><w:numId w:val='1'/></w:numPr>", "Scope"),
    ];
    check(
        &body.concat(),
        &[("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)],
        &expect![[r#"
            "Article I a"
            "1.1 b"
            "1.2 c"
            [i1.8181819] "(a) d"
            "iv) e"
            item5 "bullet"
            "silent"
            "Article II f"
            [i1.8181819] "(a) restarted"
            "v) never restarted"
            "Article III linked, counting on"
            "Article IX own start"
            "Article X and on"
            "§ 11 own level"
            "no such list"
            "11.1 by style"
            "no number"
            h1 "Article XII Scope"
        "#]],
    );
}

#[test]
fn tables_row_by_row() {
    let cell = |content: &str| format!("<w:tc><w:tcPr/>{content}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell(&p("x")), cell(&p("y"))]));
    let deleted = format!("<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{}</w:tr>", cell(&p("gone")));
    let body = format!(
        "<w:tbl><w:tblPr><w:jc w:val='center'/></w:tblPr>{}{}{deleted}{}</w:tbl>",
        row(&[cell(&p("Code")), cell(&p("Rate"))]),
        row(&[cell("<w:p/>"), cell(&(p("5%") + &p("then 0")))]),
        row(&[cell(&p("with")), cell(&inner)]),
    );
    check(
        &body,
        &[],
        &expect![[r#"
            row "Code\tRate"
            row "\t5% then 0"
            row "with\tx y"
        "#]],
    );
}

#[test]
fn notes_stand_at_the_end_with_their_marks() {
    let note = |kind: &str, id: u8, words: &str| format!("<w:{kind} w:id='{id}'>{}</w:{kind}>", p(words));
    let notes = |kind: &str, content: &str| format!("<w:{kind}s xmlns:w='w'>{content}</w:{kind}s>");
    let footnotes = [
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
            .to_owned(),
        note("footnote", 7, "Second."),
        note("footnote", 3, "First."),
        note("footnote", 4, "* Starred."),
        note("footnote", 9, "never referred to"),
    ];
    let reference = |kind: &str, id: u8| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>Text</w:t></w:r>{}<w:r><w:t xml:space='preserve'> more</w:t></w:r><w:r>\
         <w:footnoteReference w:customMarkFollows='1' w:id='4'/><w:t>*</w:t></w:r>{}{}</w:p>{}",
        reference("footnote", 3),
        reference("footnote", 7),
        reference("endnote", 2),
        p("after"),
    );
    check(
        &body,
        &[
            ("word/footnotes.xml", &notes("footnote", &footnotes.concat())),
            ("word/endnotes.xml", &notes("endnote", &note("endnote", 2, "End."))),
        ],
        &expect![[r#"
            "Text¹ more*²ⁱ"
            "after"
            note 1 "First."
            note * "Starred."
            note 2 "Second."
            note i "End."
        "#]],
    );
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = "<w:p><w:ins w:id='1'><w:r><w:t xml:space='preserve'>shall </w:t></w:r></w:ins><w:del><w:r><w:delText>should</w:delText>\
        <w:tab/></w:r></w:del><w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>act</w:t></w:r>\
        <w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id='2'/></w:rPr></w:pPr><w:r><w:t>joined</w:t></w:r></w:p>\
        <w:p><w:pPr><w:jc w:val='center'/><w:pPrChange><w:pPr><w:jc w:val='left'/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>, so</w:t></w:r></w:p>";
    check(
        body,
        &[],
        &expect![[r#"
        "shall act"
        [centred] "joined, so"
    "#]],
    );
    let messages: Vec<String> = read(body, &[]).warnings.into_iter().map(|warning| warning.message).collect();
    assert_eq!(messages, ["tracked changes were read as accepted: 1 insertions kept, 3 deletions dropped"]);
}

#[test]
fn a_deleted_end_joins_within_its_cell_only() {
    let deleted = "<w:rPr><w:del/></w:rPr>";
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let row = cell(&pp(deleted, "left")) + &cell(&p("right"));
    let body = format!(
        "<w:tbl><w:tr>{row}</w:tr></w:tbl>{}{}{}",
        pp(&format!("<w:jc w:val='center'/>{deleted}"), "one"),
        p(" two"),
        pp(deleted, "last"),
    );
    check(
        &body,
        &[],
        &expect![[r#"
        row "left\tright"
        "one two"
        "last"
    "#]],
    );
}

#[test]
fn numbers_cannot_swell_a_text() {
    let long = "%1".repeat(1000);
    let numbering = NUMBERING.replace("Article %1", &long);
    let numbered = document(&numbered(1, 0, "x").repeat(100));
    let bytes = package(&[("word/document.xml", &numbered), ("word/numbering.xml", &numbering)]);
    let options = Options { max_text_bytes: 40_000, ..Options::default() };
    check_failure(&bytes, &options, FileStatus::TooLarge, "limit");
}

#[test]
fn text_boxes_follow_their_paragraph_once() {
    check(
        "<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>\
         </w:txbxContent></wps:txbx><wp:posOffset>123</wp:posOffset></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>\
         </w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t xml:space='preserve'> after</w:t></w:r></w:p>",
        &[],
        &expect![[r#"
            "before after"
            "box"
        "#]],
    );
}

fn check_metadata(core: &str, body: &str, expected: &Expect) {
    let core = format!("<cp:coreProperties>{core}</cp:coreProperties>");
    let found = read(&p(body), &[("docProps/core.xml", &core)]).embedded;
    let values = [
        found.title.map(|title| title.value),
        found.author.map(|author| author.value),
        found.language.map(|language| language.value),
        found.date_issued.map(|date| date.value.to_string()),
    ];
    expected.assert_debug_eq(&values);
}

#[test]
fn what_a_package_says_of_itself_is_believed_if_the_text_bears_it_out() {
    let core = "<dc:title>Work Programme</dc:title><dc:creator>Ana Diaz</dc:creator><dc:language>en-US</dc:language>\
        <dcterms:created>2013-12-11T10:00:00Z</dcterms:created>";
    check_metadata(
        core,
        "WORK PROGRAMME, by Ana Diaz",
        &expect![[r#"
            [
                Some(
                    "Work Programme",
                ),
                Some(
                    "Ana Diaz",
                ),
                Some(
                    "en",
                ),
                None,
            ]
        "#]],
    );
    check_metadata(
        core,
        "Another text",
        &expect![[r#"
            [
                None,
                None,
                Some(
                    "en",
                ),
                None,
            ]
        "#]],
    );
}

fn check_failure(bytes: &[u8], options: &Options, status: FileStatus, words: &str) {
    let failure: Failure = extract(bytes, options).expect_err("it cannot be read");
    assert_eq!(failure.status, status, "{}", failure.reason);
    assert!(failure.reason.contains(words), "{}", failure.reason);
}

#[test]
fn what_cannot_be_read_is_named() {
    let options = Options::default();
    check_failure(
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 EncryptedPackage",
        &options,
        FileStatus::Password,
        "password",
    );
    check_failure(b"PK\x03\x04word/", &options, FileStatus::Damaged, "save it anew");
    check_failure(&package(&[("a", "b")]), &options, FileStatus::Damaged, "word/document.xml");
    check_failure(&package(&[("word/document.xml", "<a><b")]), &options, FileStatus::Damaged, "breaks off");
    let bomb = package(&[("word/document.xml", &" ".repeat(5_000_000))]);
    let small = Options { max_text_bytes: 1_000_000, ..Options::default() };
    check_failure(&bomb, &small, FileStatus::TooLarge, "limit");
}

#[test]
fn a_bomb_that_lies_about_its_size_is_stopped() {
    let mut bomb = package(&[("word/document.xml", &" ".repeat(5_000_000))]);
    let size = 5_000_000_u32.to_le_bytes();
    while let Some(at) = bomb.windows(4).position(|found| found == size) {
        bomb[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    let small = Options { max_text_bytes: 1_000_000, ..Options::default() };
    let failure = extract(&bomb, &small).expect_err("it is too large or damaged");
    assert!(matches!(failure.status, FileStatus::TooLarge | FileStatus::Damaged), "{failure}");
}

#[test]
fn a_text_that_breaks_off_is_read_so_far() {
    let bytes = package(&[(
        "word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t>tw",
    )]);
    let extracted = extract(&bytes, &Options::default()).expect("its beginning is read");
    assert_eq!(display(&extracted), "\"one\"\n\"tw\"\n");
    assert!(extracted.warnings[0].message.contains("breaks off"));
}

#[test]
fn depth_has_no_limit() {
    for (open, close) in
        [("<w:p>", "</w:p>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:sdt>", "</w:sdt>")]
    {
        let body = format!("{}{}{}", open.repeat(20_000), p("deep"), close.repeat(20_000));
        assert_eq!(read(&body, &[]).pages[0].lines.len(), 1, "{open}");
    }
}

proptest! {
    #[test]
    fn no_document_panics(parts in proptest::collection::vec(
        prop_oneof![
            Just("<w:p>"), Just("</w:p>"), Just("<w:pPr>"), Just("</w:pPr>"), Just("<w:rPr>"), Just("</w:rPr>"),
            Just("<w:r>"), Just("</w:r>"), Just("<w:t>"), Just("</w:t>"), Just("é x"), Just("<w:br/>"), Just("<w:del/>"),
            Just("<w:numPr><w:ilvl w:val='8'/><w:numId w:val='1'/></w:numPr>"), Just("<w:tbl>"), Just("</w:tbl>"),
            Just("<w:tr>"), Just("</w:tr>"), Just("<w:tc>"), Just("</w:tc>"), Just("<w:footnote w:id='1'>"),
            Just("</w:footnote>"), Just("<w:footnoteReference w:id='1'/>"), Just("<w:ilvl w:val='-9999999999'/>"),
            Just("<w:outlineLvl w:val='300'/>"), Just("<w:sz w:val='0'/>"), Just("<w:trPr>"), Just("</w:trPr>"),
            Just("&#xFFFF;&nope;"), Just("<w:sym w:char='D800'/>"), Just("<w:ind w:left='2147483647'/>"),
        ], 0..60))
    {
        let xml = parts.concat();
        let bytes = package(&[
            ("word/document.xml", &format!("<w:document>{xml}")),
            ("word/footnotes.xml", &xml),
            ("word/styles.xml", &xml),
            ("word/numbering.xml", NUMBERING),
        ]);
        let _read = extract(&bytes, &Options::default());
    }

    #[test]
    fn no_mutation_panics(place in 0..20_000_usize, byte in any::<u8>(), cut in proptest::option::of(0..20_000_usize)) {
        let document = document(&numbered(1, 1, "words"));
        let mut bytes = package(&[("word/document.xml", &document), ("word/numbering.xml", NUMBERING), ("word/styles.xml", STYLES)]);
        let length = bytes.len();
        bytes[place % length] = byte;
        bytes.truncate(cut.map_or(length, |cut| cut % length));
        let _read = extract(&bytes, &Options::default());
    }
}
