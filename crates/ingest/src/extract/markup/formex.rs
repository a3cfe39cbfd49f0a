//! Formex 4: the XML in which the Publications Office of the EU keeps acts, as adopted (`ACT`) and as
//! consolidated (`CONS.ACT`).

use chapeau_document::{Date, Kind, Level, Metadata, Origin, Sourced, Symbol};

use super::tree::{Element, Part, Tree};
use super::writer::{Head, Writer};
use crate::extract::properties::embedded;
use crate::label;

/// Elements that say what the document is and print nothing.
const UNPRINTED: &[&str] = &[
    "BIB.INSTANCE",
    "BIB.DATA",
    "BIB.DOC",
    "BIB.OJ",
    "BIB.VOLUME",
    "FAM.COMP",
    "FAM.COMP.CL",
    "INFO.CONSLEG",
    "INFO.PROD",
    "DOCUMENT.REF",
    "DOCUMENT.REF.CONS",
    "INCL.ELEMENT",
    "PAPER",
    "TOC",
];
/// Elements that begin and end a paragraph.
const PARAGRAPHS: &[&str] = &[
    "P",
    "TXT",
    "ALINEA",
    "VISA",
    "CONSID",
    "GR.CONSID.INIT",
    "PREAMBLE.INIT",
    "PREAMBLE.FINAL",
    "NP",
    "ITEM",
    "PARAG",
    "SUBDIV",
    "DLIST.ITEM",
    "PL.DATE",
    "SIGNATORY",
    "COMMENT",
    "INTRO",
    "NOTE.TBL",
    "FORMULA",
    "LV",
    "KEYWORD",
];

/// The act.
pub(super) fn write(tree: &Tree, writer: &mut Writer) {
    let Some(root) = tree.root() else { return };
    element(root, 1, writer);
}

fn contents(of: Element<'_>, depth: u8, writer: &mut Writer) {
    for part in of.parts() {
        match part {
            Part::Words(words) => writer.push(words),
            Part::Element(child) => element(child, depth, writer),
        }
    }
}

fn element(found: Element<'_>, depth: u8, writer: &mut Writer) {
    match found.name() {
        name if UNPRINTED.contains(&name) => {}
        "TITLE" | "TI.CJT" => title(found, writer),
        "DIVISION" | "GR.SEQ" | "ANNEX" | "CONS.ANNEX" => division(found, depth, writer),
        "ARTICLE" | "SUBDIV.ARTICLE" => article(found, writer),
        "NO.PARAG" | "NO.P" | "NO.SUBDIV" | "TERM" => writer.number(&found.words()),
        "NOTE" => note(found, writer),
        "QUOT.START" | "QUOT.END" => writer.push(&quotation_mark(found)),
        "QUOT.S" if found.holds("ARTICLE") || found.holds("PARAG") || found.holds("P") => {
            writer.quote(true);
            contents(found, depth, writer);
            writer.quote(false);
        }
        "TBL" => {
            writer.open_table();
            contents(found, depth, writer);
            writer.close_table();
        }
        "ROW" => {
            contents(found, depth, writer);
            writer.end_row();
        }
        "CELL" => {
            writer.cell();
            contents(found, depth, writer);
        }
        "IE" | "BR" => writer.push(" "),
        "DATE" | "REF.DOC.OJ" | "REF.DOC" => spaced(found, depth, writer),
        "HT" if found.attribute("TYPE") == Some("UC") => spaced(found, depth, writer),
        name if PARAGRAPHS.contains(&name) => {
            writer.flush();
            contents(found, depth, writer);
            writer.flush();
        }
        _ => contents(found, depth, writer),
    }
}

/// Some writers part these from the words beside them by the element alone: "vom<DATE>15. Mai</DATE>".
fn spaced(found: Element<'_>, depth: u8, writer: &mut Writer) {
    writer.part_from(&found.words());
    contents(found, depth, writer);
    writer.part_next();
}

/// The title of an act, or of a table: a line for each of its paragraphs.
fn title(found: Element<'_>, writer: &mut Writer) {
    for line in title_lines(found) {
        writer.heading(Level::Heading, 1, &Head { title: line, ..Head::default() });
    }
    notes_of_heading(found, writer);
}

fn title_lines(found: Element<'_>) -> Vec<String> {
    let heads = found.children().filter(|child| matches!(child.name(), "TI" | "STI" | "SSTI"));
    let lines = heads.flat_map(|head| {
        let paragraphs: Vec<String> =
            head.children().filter(|child| child.name() == "P").map(printed).collect();
        if paragraphs.is_empty() { vec![printed(head)] } else { paragraphs }
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// The words of a heading, without the notes to them.
fn printed(found: Element<'_>) -> String {
    let mut writer = Writer::default();
    for part in found.parts() {
        match part {
            Part::Words(words) => writer.push(words),
            Part::Element(child) if child.name() != "NOTE" => element(child, 1, &mut writer),
            Part::Element(_) => {}
        }
    }
    let lines: Vec<String> = writer.finish().into_iter().map(|line| line.text).collect();
    lines.join(" ")
}

/// A part, chapter, section or annex: its number and its title head what it holds.
fn division(found: Element<'_>, depth: u8, writer: &mut Writer) {
    let lines = found.child("TITLE").map(title_lines).unwrap_or_default();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    if let [first, rest @ ..] = lines.as_slice() {
        let named = label::division(first);
        let is_annex = matches!(found.name(), "ANNEX" | "CONS.ANNEX");
        let level = named.map_or(if is_annex { Level::Annex } else { Level::Heading }, |named| named.level);
        let (number, title) = match named {
            Some(named) => (named.label, [&[named.rest][..], rest].concat().join(" ")),
            None if is_annex => (*first, rest.join(" ")),
            None => ("", lines.join(" ")),
        };
        let head = Head { number: number.to_owned(), title: title.trim().to_owned(), label: None };
        writer.heading(level, depth + 1, &head);
    }
    found.child("TITLE").into_iter().for_each(|title| notes_of_heading(title, writer));
    for child in found.children().filter(|child| child.name() != "TITLE") {
        element(child, depth.saturating_add(1).min(7), writer);
    }
    writer.flush_number();
}

fn article(found: Element<'_>, writer: &mut Writer) {
    let of = |name: &str| found.child(name).map(printed).unwrap_or_default();
    let head = Head { number: of("TI.ART"), title: of("STI.ART"), label: None };
    writer.heading(Level::Article, 5, &head);
    ["TI.ART", "STI.ART"]
        .iter()
        .filter_map(|name| found.child(name))
        .for_each(|head| notes_of_heading(head, writer));
    for child in found.children().filter(|child| !matches!(child.name(), "TI.ART" | "STI.ART")) {
        element(child, 5, writer);
    }
    writer.flush_number();
}

/// A footnote, with its number in the document; one that refers to another has no words.
fn note(found: Element<'_>, writer: &mut Writer) {
    if found.attribute("NOTE.REF").is_none() {
        let (mark, paragraphs) = read_note(found, writer);
        writer.note(&mark, paragraphs, None);
    }
}

/// The notes to a heading, behind it.
fn notes_of_heading(found: Element<'_>, writer: &mut Writer) {
    for child in found.children() {
        if child.name() == "NOTE" {
            let (mark, paragraphs) = read_note(child, writer);
            writer.note_of_heading(&mark, paragraphs, None);
        } else {
            notes_of_heading(child, writer);
        }
    }
}

fn read_note(found: Element<'_>, writer: &Writer) -> (String, Vec<String>) {
    let paragraphs: Vec<String> = found.children().filter(|child| child.name() == "P").map(printed).collect();
    let paragraphs = if paragraphs.is_empty() { vec![printed(found)] } else { paragraphs };
    ((writer.n_notes() + 1).to_string(), paragraphs)
}

/// The code of a quotation mark is its number in Unicode.
fn quotation_mark(found: Element<'_>) -> String {
    let code = found.attribute("CODE").and_then(|code| u32::from_str_radix(code, 16).ok());
    code.and_then(char::from_u32).map(String::from).unwrap_or_default()
}

// ---- what the document is

/// What a document says of itself.
pub(super) fn metadata(tree: &Tree) -> Metadata {
    // A consolidated act says of the act itself what it is; the file's own date is that of the text.
    let act = tree.find("FAM.COMP").or_else(|| tree.root());
    let instance = act.and_then(|act| act.find("BIB.INSTANCE.CONS").or_else(|| act.find("BIB.INSTANCE")));
    let title = act.and_then(|act| act.find("TITLE")).map(title_lines).unwrap_or_default();
    let is_remark = |line: &&String| line.starts_with('(') && line.ends_with(')');
    let printed: Vec<&str> = title.iter().filter(|line| !is_remark(line)).map(String::as_str).collect();
    let symbols = title.iter().take(1).flat_map(|line| Symbol::find_all(line)).map(|(_, symbol)| symbol);
    let symbol = symbols.take(1).map(|symbol| Sourced::new(symbol, Origin::Embedded));
    let language = tree.find("LG.DOC").map(|found| found.words().to_lowercase());
    Metadata {
        title: Some(printed.join(" ")).filter(|title| !title.is_empty()).and_then(embedded),
        symbols: symbol.collect(),
        date_adopted: act.and_then(adopted).and_then(embedded),
        kind: act.and_then(|act| kind(act, &title)).and_then(embedded),
        language: language.filter(|code| code.len() == 2).and_then(embedded),
        document_number: instance.and_then(number).and_then(embedded),
        ..Metadata::default()
    }
}

/// The date in the title of the act, else the one beside it.
fn adopted(act: Element<'_>) -> Option<Date> {
    let in_title = act.find("TITLE").and_then(|title| title.find("DATE"));
    let beside = || act.find("BIB.DATA").and_then(|data| data.child("DATE"));
    let said = in_title.or_else(beside).or_else(|| act.find("BIB.INSTANCE")?.child("DATE"))?;
    date(said.attribute("ISO")?)
}

/// "20300503".
fn date(iso: &str) -> Option<Date> {
    let number = |range: std::ops::Range<usize>| iso.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The reference of the act in the Official Journal: "OJ L 119".
fn number(instance: Element<'_>) -> Option<String> {
    let reference = instance.children().find(|child| child.name().starts_with("DOCUMENT.REF"))?;
    let of = |name: &str| reference.child(name).map(Element::words).filter(|words| !words.is_empty());
    let issue = of("NO.OJ")?;
    Some(format!("OJ {} {}", of("COLL")?, issue.trim_start_matches('0')))
}

/// What `LEG.VAL` calls an act, else its title.
fn kind(act: Element<'_>, title: &[String]) -> Option<Kind> {
    let said = act.attribute("LEG.VAL").unwrap_or_default();
    let first = title.first().map(|line| line.to_lowercase()).unwrap_or_default();
    let begins = |words: &[&str]| {
        words.iter().any(|word| first.starts_with(word) || first.contains(&[" ", word].concat()))
    };
    match said {
        "REG" | "DIR" => Some(Kind::Law),
        "DEC" => Some(Kind::Decision),
        "REC" => Some(Kind::Recommendation),
        _ if begins(&["regulation", "directive", "règlement", "reglamento", "directiva"]) => Some(Kind::Law),
        _ if first.starts_with("verordnung") || first.starts_with("richtlinie") => Some(Kind::Law),
        _ => None,
    }
}
