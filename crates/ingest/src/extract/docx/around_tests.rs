//! What becomes of what stands around the text: headers, footers, numbers of pages, cells.

use expect_test::expect;

use super::tests::{check, p, read};

#[test]
fn headers_are_furniture_but_for_the_first_page() {
    let relations = "<Relationships><Relationship Id='a' Type='x/header' Target='h1.xml'/><Relationship Id='b' Type='x/header' Target='/word/h2.xml'/>\
        <Relationship Id='c' Type='x/footer' Target='../word/f.xml'/></Relationships>";
    let story = |words: &str| format!("<w:hdr xmlns:w='w'>{}</w:hdr>", p(words));
    let body = p("text")
        + "<w:sectPr><w:headerReference w:type='default' r:id='a'/><w:headerReference w:type='first' r:id='b'/>\
           <w:footerReference w:type='default' r:id='c'/><w:headerReference w:type='default' r:id='a'/><w:titlePg/></w:sectPr>";
    let parts: [(&str, &str); 4] = [
        ("word/_rels/document.xml.rels", relations),
        ("word/h1.xml", &story("WT/L/907 - 2 -")),
        ("word/h2.xml", &story("11 December 2013")),
        ("word/f.xml", &story("Page")),
    ];
    check(
        &body,
        &parts,
        &expect![[r#"
            "11 December 2013"
            furniture "WT/L/907 - 2 -"
            "text"
            furniture "Page"
        "#]],
    );
}

fn header(body: &str) -> String {
    format!("<w:hdr xmlns:w='w'>{body}</w:hdr>")
}

const RELATIONS: &str = "<Relationships><Relationship Id='a' Type='x/header' Target='h1.xml'/>\
    <Relationship Id='b' Type='x/header' Target='h2.xml'/></Relationships>";

#[test]
fn a_masthead_may_stand_in_a_table() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p(words));
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|words| cell(words)).collect::<String>())
    };
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&["Lamp Guild", "LG/RES/7"]),
        row(&["Lamp Assembly", "3 May 2050"])
    );
    let parts: [(&str, &str); 3] = [
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/h1.xml", &header(&table)),
        ("word/h2.xml", &header(&p("LG/RES/7"))),
    ];
    let references =
        "<w:headerReference w:type='default' r:id='b'/><w:headerReference w:type='first' r:id='a'/>";
    check(
        &format!("{}<w:sectPr>{references}<w:titlePg/></w:sectPr>", p("text")),
        &parts,
        &expect![[r#"
            "Lamp Guild\tLG/RES/7"
            "Lamp Assembly\t3 May 2050"
            furniture "LG/RES/7"
            "text"
        "#]],
    );
    // Without a first page of its own its header is not printed.
    check(
        &format!("{}<w:sectPr>{references}</w:sectPr>", p("text")),
        &parts,
        &expect![[r#"
            furniture "LG/RES/7"
            "text"
        "#]],
    );
}

#[test]
fn numbers_of_pages_are_no_words() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let field = |code: &str, words: &str| {
        let code = format!("<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>");
        [mark("begin"), code, mark("separate"), format!("<w:r><w:t>{words}</w:t></w:r>"), mark("end")]
            .concat()
    };
    let text = |words: &str| format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>");
    let link = field("HYPERLINK \"http://lamps.example\"", "the list");
    let body = [
        format!("<w:p>{}{}{}</w:p>", text("Lamps "), field("PAGE", "2"), text("LG/7")),
        format!("<w:p>{}{link}{}</w:p>", text("See "), text(" of lamps.")),
        format!(
            "<w:p>{}{}</w:p>",
            field("NUMPAGES \\* Arabic", "12"),
            "<w:fldSimple w:instr=' PAGE '><w:r><w:t>3</w:t></w:r></w:fldSimple>"
        ),
        // A field that is never closed takes no more than its paragraph.
        format!(
            "<w:p>{}<w:r><w:instrText>PAGE</w:instrText></w:r>{}{}</w:p>",
            mark("begin"),
            mark("separate"),
            text("9")
        ),
        p("kept"),
    ];
    check(
        &body.concat(),
        &[],
        &expect![[r#"
            "Lamps LG/7"
            "See the list of lamps."
            "kept"
        "#]],
    );
}

#[test]
fn cells_keep_what_breaks_within_them() {
    let broken = |n: usize| {
        format!("<w:p><w:r><w:t>Lamps</w:t>{}</w:r></w:p>", "<w:br/><w:t>of brass</w:t>".repeat(n))
    };
    let many = |n: usize| p("free from a day").repeat(n);
    let heading = "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Kettles</w:t></w:r></w:p>";
    let inner = format!(
        "{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:p/>",
        p("of"),
        p("tin"),
        p("lead")
    );
    let row = |cells: [&str; 2]| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", cells[0], cells[1]);
    let body = format!(
        "<w:tbl>{}{}{}{}{}</w:tbl>",
        row([&p("9405"), &broken(12)]),
        row([&p("9406"), &p("Wicks")]),
        row([&p("9407"), &many(9)]),
        row([&p("9408"), heading]),
        row([&p("9409"), &inner]),
    );
    let texts: Vec<String> = read(&body, &[]).pages[0].lines.iter().map(|line| line.text.clone()).collect();
    let first = format!("9405\tLamps{}", " of brass".repeat(12));
    let third = format!("9407\t{}", ["free from a day"; 9].join(" "));
    assert_eq!(texts, [&first, "9406\tWicks", &third, "9408\tKettles", "9409\tof tin lead"]);
}
