//! Clauses as a Word document: the least that Word and LibreOffice open without a complaint.

use std::io::{Cursor, Write};

use chapeau_document::ClauseRecord;
use maud::Escaper;
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use crate::page::clause::cited;
use crate::page::text::shown;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const FOOT: &str = "</w:body></w:document>";

/// The document.
pub(crate) fn of(clauses: &[ClauseRecord]) -> ZipResult<Vec<u8>> {
    let mut body = String::from(HEAD);
    for clause in clauses {
        let lines = clause.lead_in.iter().flat_map(|words| words.lines());
        lines.for_each(|line| paragraph(&mut body, line, "<w:i/><w:color w:val=\"595959\"/>", 720, 0));
        clause.text.lines().for_each(|line| paragraph(&mut body, line, "", 720, 0));
        paragraph(&mut body, &cited(clause), "<w:sz w:val=\"20\"/>", 0, 360);
    }
    body.push_str(FOOT);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", body.as_str())]
    {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A paragraph of one run. Indent and space below count twentieths of a point.
fn paragraph(body: &mut String, words: &str, run: &str, indent: u32, below: u32) {
    use std::fmt::Write as _;
    let mut escaped = String::new();
    // A page break is no character of XML.
    let _ = Escaper::new(&mut escaped).write_str(&shown(words).replace('\u{C}', " "));
    let _ = write!(
        body,
        "<w:p><w:pPr><w:spacing w:after=\"{below}\"/><w:ind w:left=\"{indent}\"/></w:pPr><w:r><w:rPr>{run}</w:rPr>\
         <w:t xml:space=\"preserve\">{escaped}</w:t></w:r></w:p>"
    );
}
