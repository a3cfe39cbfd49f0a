//! What a page becomes.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::extract;
use crate::extract::display;
use crate::{Extracted, Failure, Options};

fn read(html: &str) -> Extracted {
    extract(html.as_bytes(), &Options::default()).expect("a small page is read")
}

fn check(html: &str, expected: &Expect) {
    expected.assert_eq(&display(&read(html)));
}

#[test]
fn paragraphs_headings_and_breaks() {
    check(
        "<!DOCTYPE html><html><body><h1>Work <em>Programme</em><br>on Trade</h1><p>The  General\n Council,\
         <p>Decides:<br>To continue</p>tail<div>a<div>b</div></div><pre>x  y\n\n  z</pre>a<br><br>b",
        &expect![[r#"
            h1 "Work Programme on Trade"
            "The General Council,"
            "Decides:"
            "To continue"
            "tail"
            "a"
            "b"
            "x y" +
            [i2] "z"
            "a"
            "b"
        "#]],
    );
}

#[test]
fn lists_print_their_markers() {
    check(
        "<ol start=3 type=a><li>one<li><p>two</p><p>more</p><ul><li>in<ol style='list-style-type: upper-roman'>\
         <li>deep</ol></ul><li value=7>seven</ol><ol><li>(a) own<li>x</ol><ol style='list-style:none'><li>bare</ol>\
         <ol reversed start=2><li>two<li>one</ol>",
        &expect![[r#"
            item1 [i2.5] "c. one"
            item1 [i2.5] "d. two"
            [i2.5] "more"
            item2 [i5] "in"
            item3 [i7.5] "I. deep"
            item1 [i2.5] "g. seven"
            item1 [i2.5] "(a) own"
            item1 [i2.5] "2. x"
            item1 [i2.5] "bare"
            item1 [i2.5] "2. two"
            item1 [i2.5] "1. one"
        "#]],
    );
}

#[test]
fn tables_row_by_row() {
    check(
        "<table><caption>Tariffs</caption><tr><th>Code<th>Rate<tr><td>0101<td><p>5%</p><p>then 0</p>\
         <tr><td><td>free</table><table role=presentation><tr><td>left<td>right</table>\
         <table><tr><td><h2>Title</h2>words<td>side<table><tr><td>a<td>b</table></table>",
        &expect![[r#"
            "Tariffs"
            row [bold] "Code\tRate"
            row "0101\t5% then 0"
            row "\tfree"
            "left"
            "right"
            h2 "Title"
            "words"
            "side"
            row "a\tb"
        "#]],
    );
}

#[test]
fn the_frame_of_a_page_is_furniture() {
    check(
        "<header><a href='/'>Site</a></header><nav><ul><li>Home</ul></nav><main><header><h1>Title</h1></header>\
         text<footer>in text</footer></main><footer>Contact</footer>",
        &expect![[r#"
            furniture "Site"
            furniture [i2.5] "Home"
            h1 "Title"
            "text"
            "in text"
            furniture "Contact"
        "#]],
    );
    check(
        "<aside>Advertisement</aside><main><p>text<aside>in the text</aside></main>",
        &expect![[r#"
            furniture "Advertisement"
            "text"
            "in the text"
        "#]],
    );
    check(
        "<header><h1>Title</h1><p>By us</header><p>x",
        &expect![[r#"
        h1 "Title"
        "By us"
        "x"
    "#]],
    );
}

#[test]
fn a_footer_with_links_is_that_of_the_site() {
    check(
        "<main><p>Lamps<footer>Data: <a href=x>free</a><br>Kept by <a href=y>us</a></footer></main>",
        &expect![[r#"
            "Lamps"
            furniture "Data: free" +
            furniture "Kept by us"
        "#]],
    );
}

#[test]
fn links_to_other_forms_of_a_page_are_its_frame() {
    check(
        "<div><a href=fr>Français</a>&nbsp;<a href=es>Español</a>&nbsp;<p><a href=a.pdf>pdf</a></p><h1>Lamps</h1>\
         <p><a href=b>Wicks</a></p><p>See <a href=c>oil</a></p></div>",
        &expect![[r#"
            furniture "Français\u{a0}Español"
            furniture "pdf"
            h1 "Lamps"
            "Wicks"
            "See oil"
        "#]],
    );
}

#[test]
fn what_is_not_shown_is_not_read() {
    check(
        "a<script>if (a<b) {}</script><style>p{}</style><template>t</template><div hidden>h<b>i</b></div>\
         <p style='display: none'>n</p><!-- c --><noscript><p>s</noscript><svg><title>t</title></svg>b",
        &expect![[r#"
            "a"
            "b"
        "#]],
    );
}

#[test]
fn notes_are_tied_to_their_marks() {
    check(
        "<p>Text<sup><a href='#fn1' id=r1>1</a></sup> goes <a href='#_ftn2' name='_ftnref2'>[2]</a> on m<sup>2</sup>.\
         <p>See <a href='#s1'>1</a>.<aside role=doc-footnote id=x>* star</aside>\
         <section><ol><li id=fn1><p>First note.<a href='#r1' role=doc-backlink>↩</a></p></ol></section>\
         <div id=ftn2><p><a href='#_ftnref2' name='_ftn2'>[2]</a>Second.</p><p>More.</p></div><p>after",
        &expect![[r#"
            "Text¹ goes² on m²."
            "See 1."
            note * "star"
            note 1 [i2.5] "First note."
            note 2 "Second."
            note 2 "More."
            "after"
        "#]],
    );
}

#[test]
fn a_link_may_stand_around_its_raised_mark() {
    check(
        "<p>Text<a href='#n1' id=r1><sup>1</sup></a> and <a href='#s1'>Section</a>.<p id=n1><sup>1</sup> <a href='#r1'>↩</a> \
         See WT/L/843.",
        &expect![[r#"
            "Text¹ and Section."
            note 1 "See WT/L/843."
        "#]],
    );
}

#[test]
fn quotations_and_styles() {
    check(
        "<blockquote><p>Said.</p></blockquote><center>Mid</center><p align=center><b>Bold</b><p style='font-weight:700'>\
         heavy<p><i>slant</i></p><p>caf&eacute; &lt;x&gt; non&nbsp;break &#8212; co&shy;operate",
        &expect![[r#"
            quotation [i2.5] "Said."
            [centred] "Mid"
            [bold centred] "Bold"
            [bold] "heavy"
            [italic] "slant"
            "café <x> non\u{a0}break — co\u{ad}operate"
        "#]],
    );
}

#[test]
fn broken_nesting_loses_no_words() {
    check(
        "</p></div></table><td>a</tr><b><p>b</b>c<li>d</ul><h2>e<h3>f</h1>g<a href=x>h<a href=y>i</x></a></html>j",
        &expect![[r#"
            "a"
            [bold] "b"
            "c"
            item1 "d"
            h2 "e"
            h3 "f"
            "ghij"
        "#]],
    );
}

#[test]
fn xhtml_closes_its_own_elements() {
    check(
        "<?xml version='1.0'?><html xmlns='x'><head><title/><script src='a'/></head><body><p>a<br/>b</p><div hidden='h'/>c",
        &expect![[r#"
            "a"
            "b"
            "c"
        "#]],
    );
}

fn check_metadata(html: &str, expected: &Expect) {
    let found = read(html).embedded;
    let line = |name: &str, value: Option<String>| value.map(|value| format!("{name}: {value}\n"));
    let lines = [
        line("title", found.title.map(|title| title.value)),
        line("author", found.author.map(|author| author.value)),
        line("body", found.body.map(|body| body.value)),
        line("issued", found.date_issued.map(|date| date.value.to_string())),
        line("language", found.language.map(|language| language.value)),
        line("url", found.url.map(|url| url.value)),
    ];
    expected.assert_eq(&lines.into_iter().flatten().collect::<String>());
}

#[test]
fn titles_within_the_text_are_text() {
    check(
        "<html><head><title>Lantern Act 2030</title></head><body><p>Lamps.</p><P1group><Title>Duty of the guild</Title>\
         <p>The guild lights the lamps.</p></P1group></body></html>",
        &expect![[r#"
            "Lamps."
            "Duty of the guild"
            "The guild lights the lamps."
        "#]],
    );
}

#[test]
fn a_page_says_what_it_is() {
    check_metadata(
        "<html lang=en-GB><head><title>WTO | Bali\n Decision</title><meta name=DC.creator content='A B'>\
         <meta name=DC.creator content=C><meta property='article:published_time' content='2013-12-11T10:00'>\
         <link rel=canonical href='https://a.org/b'></head><h1>Bali Decision</h1>x",
        &expect![[r#"
            title: Bali Decision
            author: A B; C
            issued: 2013-12-11
            language: en
            url: https://a.org/b
        "#]],
    );
    check_metadata(
        "<meta property='og:site_name' content='World Trade Organization'>x",
        &expect![[r#"
            body: World Trade Organization
        "#]],
    );
    // The name of a site is no body, but a publisher in a catalogue entry is.
    check_metadata(
        "<meta property='og:site_name' content='Kettle Base'><meta name=DC.publisher content='Kettle Guild'>x",
        &expect![[r#"
            body: Kettle Guild
        "#]],
    );
    check_metadata(
        "<title>index.htm</title><meta name=citation_date content='2013/1'><link rel=canonical href='/b'>x",
        &expect![[""]],
    );
}

#[test]
fn depth_and_size_have_limits() {
    let nested = |open: &str, close: &str, times| format!("{}x{}", open.repeat(times), close.repeat(times));
    let deep = |open: &str, close: &str| nested(open, close, 10_000);
    for html in [
        nested("<div>", "</div>", 100_000),
        deep("<span>", "</div>"),
        deep("<div><p>", "</span>"),
        deep("<ul><li>", "</x>"),
        deep("<table><tr><td>", ""),
        deep("<b><p>", "</b>"),
    ] {
        let extracted = read(&html);
        assert_eq!(extracted.pages[0].lines.len(), 1, "{}", &html[..30]);
    }
    let options = Options { max_text_bytes: 10, ..Options::default() };
    let failure: Failure = extract(b"<p>more than ten letters", &options).expect_err("too much text");
    assert_eq!(failure.status, chapeau_document::FileStatus::TooLarge);
}

proptest! {
    #[test]
    fn no_page_panics(parts in proptest::collection::vec(
        prop_oneof![
            Just("<p>"), Just("</p>"), Just("<table>"), Just("<tr>"), Just("<td>"), Just("</table>"), Just("<li>"),
            Just("<ol start=9999999999 type=i>"), Just("</ol>"), Just("<a href='#fn1'>"), Just("</a>"), Just("1"),
            Just("<p id=fn1>"), Just("<sup>"), Just("</sup>"), Just("é "), Just("<header>"), Just("</header>"),
            Just("<h1>"), Just("<br>"), Just("<a name=fn1>"), Just("<div hidden>"), Just("<title>"), Just("<pre>\n"),
            Just("<aside role=doc-footnote>"), Just("&#x110000;&"), Just("<![CDATA["), Just("<svg>"), Just("\0"),
        ], 0..60))
    {
        read(&parts.concat());
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _read = extract(&bytes, &Options::default());
    }
}
