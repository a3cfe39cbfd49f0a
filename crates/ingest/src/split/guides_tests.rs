//! Guides, notices and letters as their clauses come out.

use chapeau_document::{Document, Kind};
use expect_test::{Expect, expect};

use crate::{Options, Source, read};

fn document(path: &str, text: &str) -> Document {
    let source = Source { path, bytes: text.as_bytes(), given: &[] };
    read(&source, &Options::default()).expect("a text").documents.remove(0)
}

/// Unit and label of each clause, its first words, and what it completes.
#[track_caller]
fn check(path: &str, text: &str, expected: &Expect) {
    let document = document(path, text);
    let line = |clause: &chapeau_document::Clause| {
        let words: String = document.text_of(clause).split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let lead = document.lead_in_of(clause).map(|lead| format!(" after «{lead}»")).unwrap_or_default();
        let label = clause.label.clone().unwrap_or_else(|| "-".to_owned());
        format!("{} | {label} | {words}{lead}", clause.unit)
    };
    let lines: Vec<String> = document.clauses.iter().map(line).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn a_guide_with_many_lists_is_no_deck() {
    let text = "# Lighting lamps\n\n## Oil\n\nYou can burn:\n\n- olive oil\n- rape oil\n- whale oil\n\n## Wicks\n\nWicks of these may be sold:\n\n\
                - wool\n- cotton\n- flax\n";
    assert_ne!(document("lamps.md", text).metadata.kind(), Kind::Presentation);
    check(
        "lamps.md",
        text,
        &expect![[r#"
        heading | - | Lighting lamps
        heading | - | Oil
        paragraph | para. 1 | You can burn:
        item | para. 1, item 1 | - olive oil after «You can burn:»
        item | para. 1, item 2 | - rape oil after «You can burn:»
        item | para. 1, item 3 | - whale oil after «You can burn:»
        heading | - | Wicks
        paragraph | para. 2 | Wicks of these may
        item | para. 2, item 1 | - wool after «Wicks of these may be sold:»
        item | para. 2, item 2 | - cotton after «Wicks of these may be sold:»
        item | para. 2, item 3 | - flax after «Wicks of these may be sold:»
    "#]],
    );
}

#[test]
fn what_is_counted_yields_to_what_is_numbered() {
    check(
        "notice.txt",
        "Notice made under the Lamp Rules\n\nUpdated 3 May 2030\n\nThis notice has force of law.\n\n\
         1. Makers of lamps and keepers of lamps: how they are entered in the book of the guild\n\nA maker asks the guild for leave.\n\n\
         The maker then pays the fee.\n",
        &expect![[r#"
            paragraph | - | Notice made under the
            paragraph | - | Updated 3 May 2030
            paragraph | - | This notice has force
            paragraph | para. 1 | 1. Makers of lamps
            paragraph | - | A maker asks the
            paragraph | - | The maker then pays
        "#]],
    );
}

#[test]
fn captions_and_addresses_head_nothing() {
    let document = document(
        "report.md",
        "# Lamps of the town\n\n## www.lamps.example/guild\n\n## Oil\n\nOil is dear in spring.\n\n### Figure 2 - Price of oil\n\n\
         Wicks are cheap in spring.\n",
    );
    let titles = |text: &str| {
        let clause = document.clauses.iter().find(|clause| document.text_of(clause).starts_with(text));
        let path = clause.expect("the clause").path.iter();
        path.filter_map(|step| step.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles("Oil is"), titles("Wicks are"));
    assert!(!titles("Oil is").iter().any(|title| title.contains("www")));
}

#[test]
fn a_headline_tells_no_kind() {
    let kind = |title: &str| {
        document("news.md", &format!("# {title}\n\nLamps burn in the lanes of the town.\n")).metadata.kind()
    };
    assert_ne!(kind("Lamp guild releases annual report on wicks"), Kind::Report);
    assert_ne!(kind("Report goods that burn badly"), Kind::Report);
    assert_eq!(kind("Annual report on wicks"), Kind::Report);
    assert_eq!(kind("Report on wicks"), Kind::Report);
}

#[test]
fn numbers_run_on_through_headings_and_over_a_lost_dot() {
    check(
        "manual.txt",
        "FOREWORD\n\nI. This manual tells how lamps are lit in all the lanes of the town.\n\nII. It binds nobody.\n\n         1.1 Oil\n\n1. Oil is kept in the cellar of the guild.\n\n2. Oil is sold by the jar.\n\n1.2 Wicks\n\n         3 Wicks are trimmed by the keeper.\n\n4. Wicks are sold by the yard.\n\n1.3 Glass\n\n5. Glass is wiped.\n\n         1.4 Loss\n\n6. General\n\n(a) A lamp is lost if it is broken.\n\n(b) A lamp is found if it is seen.\n\n7. Losses are told.\n",
        &expect![[r#"
            heading | - | FOREWORD
            sub-paragraph | para. I | I. This manual tells
            sub-paragraph | para. II | II. It binds nobody.
            heading | 1.1 | 1.1 Oil
            paragraph | para. 1 | 1. Oil is kept
            paragraph | para. 2 | 2. Oil is sold
            heading | 1.2 | 1.2 Wicks
            paragraph | para. 3 | 3 Wicks are trimmed
            paragraph | para. 4 | 4. Wicks are sold
            heading | 1.3 | 1.3 Glass
            paragraph | para. 5 | 5. Glass is wiped.
            heading | 1.4 | 1.4 Loss
            heading | para. 6 | 6. General
            sub-paragraph | para. 6(a) | (a) A lamp is
            sub-paragraph | para. 6(b) | (b) A lamp is
            paragraph | para. 7 | 7. Losses are told.
        "#]],
    );
}

#[test]
fn a_title_on_two_lines_is_the_one_that_the_text_tells() {
    let title = |text: &str| document("leaflet.md", text).metadata.title.map(|title| title.value);
    let leaflet = "The Lantern\n\nLamp Book\n\nThe Lantern Lamp Book tells how lamps are lit in the lanes.\n\n© Lantern Guild, 2030\n\nISBN 978-0-00-000000-0\n";
    assert_eq!(title(leaflet).as_deref(), Some("The Lantern Lamp Book"));
    assert_ne!(document("leaflet.md", leaflet).metadata.kind(), Kind::Report);
    let manual =
        "RULES OF LAMPS\n\nMANUAL\n\nFOREWORD\n\nThe Rules of Lamps Manual tells how lamps are lit.\n";
    assert_eq!(title(manual).as_deref(), Some("Rules of Lamps Manual"));
    let about = "# The Lamp Law\n\nThe Lamp Law makes the lanes bright.\n\n- It is short.\n- It is clear.\n";
    assert_ne!(document("leaflet.md", about).metadata.kind(), Kind::Law);
    let headed = "CRITERIOS DE LAS LÁMPARAS\n\nI. PROBLEMA\n\nLas lámparas no arden.\n";
    assert_eq!(title(headed).as_deref(), Some("Criterios de las Lámparas"));
}

#[test]
fn a_text_that_advises_its_reader_is_guidance() {
    let advice = "# Light your lane\n\nYou must trim the wick each day. You can buy oil in spring.\n\nYou should wipe the glass.\n\nTelephone: 0202 12\n";
    assert_eq!(document("lane.md", advice).metadata.kind(), Kind::Guidance);
    let story = "# A lane at night\n\nThe keeper trims the wick each day. Oil is bought in spring.\n\nThe glass is wiped.\n";
    assert_ne!(document("lane.md", story).metadata.kind(), Kind::Guidance);
}

#[test]
fn what_follows_a_list_does_not_complete_its_lead_in() {
    check(
        "lamps.md",
        "# Lamps\n\nTo sell lamps you must:\n\n1. Ask the guild.\n2. Pay the fee.\n3. Keep a book.\n\nThe guild is in the Long Lane.\n",
        &expect![[r#"
            heading | - | Lamps
            paragraph | - | To sell lamps you
            paragraph | para. 1 | 1. Ask the guild. after «To sell lamps you must:»
            paragraph | para. 2 | 2. Pay the fee. after «To sell lamps you must:»
            paragraph | para. 3 | 3. Keep a book. after «To sell lamps you must:»
            paragraph | - | The guild is in
        "#]],
    );
}
