//! Whole web pages and Markdown files as they come out in the end.

use expect_test::{Expect, expect};

use crate::{Options, Source, read};

/// Title, date, kind and body; then part, unit, label, obligation and first words of each clause.
fn check(path: &str, text: &str, expected: &Expect) {
    let source = Source { path, bytes: text.as_bytes(), given: &[] };
    let document = read(&source, &Options::default()).expect("the file has text").documents.remove(0);
    let metadata = &document.metadata;
    let title = metadata.title.as_ref().map_or("-", |title| title.value.as_str());
    let date = metadata.date_adopted.as_ref().or(metadata.date_issued.as_ref());
    let date = date.map_or_else(|| "-".to_owned(), |date| date.value.to_string());
    let body = metadata.body.as_ref().map_or("-", |body| body.value.as_str());
    let mut found = format!("{title} | {date} | {} | {body}\n", metadata.kind());
    for clause in &document.clauses {
        let words: String = document.text_of(clause).split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        let label = clause.label.as_deref().unwrap_or("-");
        let (part, unit) = (clause.part, clause.unit);
        found.push_str(&format!("{part} {unit} | {label} | {} | {words}\n", clause.obligation));
    }
    expected.assert_eq(&found);
}

#[test]
fn the_block_before_markdown_tells_title_and_date() {
    check(
        "kettles.md",
        "---\ntitle: Kettle declaration of the guilds\ndate: 2046-11-21T20:55:00UTC\nlayout: post\ntags: [kettles]\n---\n\n\
         # Kettle declaration\n\nWe, the guilds of the kettle towns, met in Kettleham.\n\nWe agree to lower kettle dues.\n",
        &expect![[r#"
            Kettle declaration | 2046-11-21 | declaration | -
            front matter heading | - | none | Kettle declaration
            operative paragraph | operative para. 1 | none | We, the guilds of the kettle
            operative paragraph | operative para. 2 | commitment | We agree to lower kettle dues.
        "#]],
    );
}

#[test]
fn a_title_before_markdown_that_ends_in_the_name_of_a_body_is_one() {
    check(
        "kettles.md",
        "---\ntitle: Joint Statement of the Kettle and Lamp Council\ndate: 2046-11-21\n---\n\n**I. Introduction**\n\n\
         Kettles are hot.\n",
        &expect![[r#"
            Joint Statement of the Kettle and Lamp Council | 2046-11-21 | statement | -
            main heading | I | none | I. Introduction
            main paragraph | para. 1 | none | Kettles are hot.
        "#]],
    );
}

#[test]
fn boxes_of_an_act_on_the_web_are_recitals_and_points() {
    let boxed = |number: &str, text: &str| {
        format!("<table><tbody><tr><td><p>{number}</p></td><td><p>{text}</p></td></tr></tbody></table>")
    };
    let page = [
        "<!DOCTYPE html><html><head><title>L_2050002EN.01000101.xml</title></head><body>",
        "<p class=\"doc-ti\">REGULATION (EU) 2050/21 OF THE KETTLE COUNCIL</p><p class=\"doc-ti\">of 4 June 2050</p>",
        "<p class=\"doc-ti\">on the marking of kettles</p><p class=\"normal\">THE KETTLE COUNCIL,</p>",
        "<p class=\"normal\">Having regard to the Treaty,</p><p class=\"normal\">Whereas:</p>",
        &boxed("(1)", "Kettles are carried over every border."),
        &boxed("(2)", "Their marks differ from town to town."),
        "<p class=\"normal\">HAS ADOPTED THIS REGULATION:</p>",
        "<p class=\"oj-ti-art\">Article 1</p><p class=\"oj-sti-art\">Marks</p>",
        "<p class=\"normal\">1.&nbsp;&nbsp;&nbsp;Each smith shall put on the kettle:</p>",
        &boxed("(a)", "the name of the smith;"),
        &boxed("(b)", "the year."),
        "<p class=\"normal\">2.&nbsp;&nbsp;&nbsp;False marks shall be prohibited.</p></body></html>",
    ]
    .concat();
    check(
        "L_2050002EN.html",
        &page,
        &expect![[r#"
        Regulation (EU) 2050/21 of the Kettle Council of 4 June 2050 on the marking of kettles | 2050-06-04 | law | Kettle Council
        front matter masthead | - | none | REGULATION (EU) 2050/21 OF THE KETTLE
        front matter masthead | - | none | of 4 June 2050
        front matter masthead | - | none | on the marking of kettles
        preambular chapeau | - | none | THE KETTLE COUNCIL,
        preambular paragraph | - | none | Having regard to the Treaty,
        preambular chapeau | - | none | Whereas:
        preambular recital | recital (1) | none | (1) Kettles are carried over every
        preambular recital | recital (2) | none | (2) Their marks differ from town
        preambular chapeau | - | none | HAS ADOPTED THIS REGULATION:
        operative heading | Article 1 | none | Article 1 Marks
        operative paragraph | Article 1.1 | duty | 1. Each smith shall put on
        operative sub-paragraph | Article 1.1(a) | duty | (a) the name of the smith;
        operative sub-paragraph | Article 1.1(b) | duty | (b) the year.
        operative paragraph | Article 1.2 | prohibition | 2. False marks shall be prohibited.
    "#]],
    );
}
