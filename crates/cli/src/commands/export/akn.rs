//! A document as Akoma Ntoso 3.0, the OASIS standard for legislative texts.
//!
//! Treaties and laws become an `act`, all else a `doc`; annexes become attachments. Elements and
//! their order are those of the standard's schema (LegalDocML, part 2), `eId`s those of its naming
//! convention: `art_14__para_3__point_a`.

use std::collections::HashSet;
use std::io;

use chapeau_document::{ClauseRecord, Kind, Level, Part, Step, Unit};
use chapeau_index::DocumentRecord;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::identification::{Work, identification};
use super::tree::{Content, Node, element, is_head, tree};

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// The document as XML.
pub(super) fn akn(document: &DocumentRecord, clauses: &[ClauseRecord]) -> io::Result<Vec<u8>> {
    let mut xml = Xml {
        writer: Writer::new_with_indent(Vec::new(), b' ', 2),
        ids: HashSet::new(),
        kept: clauses.iter().filter_map(|clause| clause.eid.clone()).collect(),
    };
    xml.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.within("akomaNtoso", &[("xmlns", NAMESPACE)], |xml| xml.document(document, &Areas::of(clauses)))?;
    let mut bytes = xml.writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// The clauses by the area of an Akoma Ntoso document that they belong to.
#[derive(Default)]
struct Areas<'a> {
    preface: Vec<&'a ClauseRecord>,
    preamble: Vec<&'a ClauseRecord>,
    body: Vec<&'a ClauseRecord>,
    conclusions: Vec<&'a ClauseRecord>,
    attachments: Vec<Attachment<'a>>,
}

/// An annex with the clauses under its first step.
struct Attachment<'a> {
    head: Option<&'a Step>,
    /// The id of its element in the source, if that has ids.
    eid: Option<&'a str>,
    clauses: Vec<&'a ClauseRecord>,
}

impl<'a> Areas<'a> {
    fn of(clauses: &'a [ClauseRecord]) -> Self {
        let mut areas = Self::default();
        let mut part = Part::FrontMatter;
        for clause in clauses {
            // A footnote stays with the words before it.
            part = if clause.part == Part::Footnote { part } else { clause.part };
            match part {
                Part::FrontMatter => areas.preface.push(clause),
                Part::Preambular => areas.preamble.push(clause),
                Part::Closing => areas.conclusions.push(clause),
                Part::Annex => areas.attach(clause),
                Part::Operative | Part::Main | Part::Footnote => areas.body.push(clause),
            }
        }
        areas
    }

    fn attach(&mut self, clause: &'a ClauseRecord) {
        let head = clause.path.first().filter(|step| step.kind == Level::Annex);
        // What the head says already is not said again.
        if head.is_some_and(|head| clause.path.len() == 1 && is_head(clause, head)) {
            let eid = clause.eid.as_deref();
            return self.attachments.push(Attachment { head, eid, clauses: Vec::new() });
        }
        let is_note = clause.part == Part::Footnote;
        match self.attachments.last_mut() {
            Some(last) if last.head == head || is_note => last.clauses.push(clause),
            _ => self.attachments.push(Attachment { head, eid: None, clauses: vec![clause] }),
        }
    }
}

struct Xml {
    writer: Writer<Vec<u8>>,
    /// The `eId`s given so far: each is given once.
    ids: HashSet<String>,
    /// The ids of the source, which no made one may take.
    kept: HashSet<String>,
}

impl Xml {
    fn within(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        write: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))?;
        write(self)?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with words and nothing else.
    fn words(&mut self, name: &str, attributes: &[(&str, &str)], words: &str) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))?;
        self.writer.write_event(Event::Text(BytesText::new(&printable(words))))?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Empty(start))
    }

    fn document(&mut self, document: &DocumentRecord, areas: &Areas<'_>) -> io::Result<()> {
        let kind = document.metadata.kind();
        let is_act = matches!(kind, Kind::Agreement | Kind::Protocol | Kind::Law);
        let (root, body) = if is_act { ("act", "body") } else { ("doc", "mainBody") };
        let work = Work::of(document, root);
        self.within(root, &[("name", kind.as_str())], |xml| {
            xml.meta(&work)?;
            xml.area("preface", &areas.preface)?;
            xml.preamble(&areas.preamble)?;
            xml.body(body, &areas.body, 0, "")?;
            xml.area("conclusions", &areas.conclusions)?;
            xml.attachments(&work, &areas.attachments)
        })
    }

    fn meta(&mut self, work: &Work) -> io::Result<()> {
        let source = format!("#{}", work.software);
        self.within("meta", &[], |xml| {
            xml.within("identification", &[("source", &source)], |xml| {
                for level in identification(work) {
                    xml.within(level.name, &[], |xml| {
                        level.properties.iter().try_for_each(|(name, attributes)| {
                            let attributes: Vec<(&str, &str)> =
                                attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
                            xml.empty(name, &attributes)
                        })
                    })?;
                }
                Ok(())
            })?;
            xml.within("references", &[("source", &source)], |xml| {
                let software = [
                    ("eId", work.software.as_str()),
                    ("href", "/akn/ontology/organization/chapeau"),
                    ("showAs", "Chapeau"),
                ];
                xml.empty("TLCOrganization", &software)
            })
        })
    }

    /// An area that holds paragraphs and nothing else.
    fn area(&mut self, name: &str, clauses: &[&ClauseRecord]) -> io::Result<()> {
        if clauses.is_empty() {
            return Ok(());
        }
        self.within(name, &[], |xml| {
            clauses.iter().try_for_each(|clause| xml.paragraphs(clause, &clause.text))
        })
    }

    fn preamble(&mut self, clauses: &[&ClauseRecord]) -> io::Result<()> {
        if clauses.is_empty() {
            return Ok(());
        }
        let runs = clauses.chunk_by(|a, b| (a.unit == Unit::Recital) == (b.unit == Unit::Recital));
        self.within("preamble", &[], |xml| {
            for run in runs {
                if run[0].unit == Unit::Recital {
                    xml.recitals(run)?;
                } else {
                    run.iter().try_for_each(|clause| xml.paragraphs(clause, &clause.text))?;
                }
            }
            Ok(())
        })
    }

    fn recitals(&mut self, run: &[&ClauseRecord]) -> io::Result<()> {
        let outer = self.unique("recs");
        self.within("recitals", &[("eId", &outer)], |xml| {
            for (n, clause) in (1..).zip(run) {
                let id = xml.own(clause.eid.as_deref());
                let id = id.unwrap_or_else(|| xml.unique(&format!("{outer}__rec_{n}")));
                let (number, words) = split_number(&clause.text);
                xml.within("recital", &[("eId", &id)], |xml| {
                    number.map_or(Ok(()), |number| xml.words("num", &[], number))?;
                    xml.paragraphs(clause, words)
                })?;
            }
            Ok(())
        })
    }

    /// The body; the schema wants something in it even where there is nothing.
    fn body(&mut self, name: &str, clauses: &[&ClauseRecord], depth: usize, id: &str) -> io::Result<()> {
        let content = tree(clauses, depth);
        self.within(name, &[], |xml| {
            if content.is_empty() { xml.container(&[], id) } else { xml.runs(&content, id) }
        })
    }

    /// Units one after the other, each run of words between them in a container.
    fn runs(&mut self, content: &[Content<'_>], id: &str) -> io::Result<()> {
        for run in content.chunk_by(|a, b| a.is_words() && b.is_words()) {
            match run {
                [Content::Node(node)] => self.node(node, id)?,
                words => self.container(words, id)?,
            }
        }
        Ok(())
    }

    fn container(&mut self, run: &[Content<'_>], id: &str) -> io::Result<()> {
        let id = self.unique(&format!("{id}hcontainer_{}", self.ids.len()));
        self.within("hcontainer", &[("eId", &id), ("name", "text")], |xml| xml.content("content", run, ""))
    }

    fn node(&mut self, node: &Node<'_>, outer: &str) -> io::Result<()> {
        let (name, prefix) = element(node.step.kind);
        let number = node.step.label.as_deref().unwrap_or_default();
        let made = format!("{outer}{prefix}_{}", id_of_number(number, self.ids.len()));
        let id = self.own(node.eid).unwrap_or_else(|| self.unique(&made));
        let mut attributes = vec![("eId", id.as_str())];
        attributes.extend((name == "hcontainer").then_some(("name", name_of(node.step.kind))));
        self.within(name, &attributes, |xml| {
            let own = number_as_printed(number, &node.content);
            node.step.label.iter().try_for_each(|_| xml.words("num", &[], own))?;
            node.step.title.iter().try_for_each(|title| xml.words("heading", &[], title))?;
            let n_intro = node.content.iter().take_while(|content| content.is_words()).count();
            let (intro, rest) = node.content.split_at(n_intro);
            match (intro, rest) {
                (_, []) => xml.content("content", intro, own),
                ([], _) => xml.runs(rest, &format!("{id}__")),
                _ => {
                    xml.content("intro", intro, own)?;
                    xml.runs(rest, &format!("{id}__"))
                }
            }
        })
    }

    /// Words in an element of that name, the first without the number that stands apart already.
    fn content(&mut self, name: &str, run: &[Content<'_>], number: &str) -> io::Result<()> {
        let clauses: Vec<&ClauseRecord> = run.iter().filter_map(Content::words).collect();
        self.within(name, &[], |xml| {
            if clauses.is_empty() {
                return xml.empty("p", &[]);
            }
            let mut number = Some(number);
            for rows in clauses.chunk_by(|a, b| a.unit == Unit::TableRow && b.unit == Unit::TableRow) {
                let number = number.take().unwrap_or_default();
                if rows[0].unit == Unit::TableRow {
                    xml.table(rows)?;
                } else {
                    let words = &rows[0].text;
                    xml.paragraphs(rows[0], words.strip_prefix(number).unwrap_or(words))?;
                }
            }
            Ok(())
        })
    }

    fn table(&mut self, rows: &[&ClauseRecord]) -> io::Result<()> {
        self.within("table", &[], |xml| {
            rows.iter().try_for_each(|row| {
                xml.within("tr", &[], |xml| {
                    row.text
                        .split('\t')
                        .try_for_each(|cell| xml.within("td", &[], |xml| xml.words("p", &[], cell.trim())))
                })
            })
        })
    }

    /// The lines of a clause, each a paragraph.
    fn paragraphs(&mut self, clause: &ClauseRecord, words: &str) -> io::Result<()> {
        let class = [("class", clause.unit.as_str())];
        let is_plain = !matches!(clause.unit, Unit::Footnote | Unit::Quotation | Unit::Heading);
        let attributes = if is_plain { &class[..0] } else { &class[..] };
        let mut lines = words.split('\n').map(str::trim).filter(|line| !line.is_empty()).peekable();
        if lines.peek().is_none() {
            return self.empty("p", attributes);
        }
        lines.try_for_each(|line| self.words("p", attributes, line))
    }

    fn attachments(&mut self, work: &Work, attachments: &[Attachment<'_>]) -> io::Result<()> {
        if attachments.is_empty() {
            return Ok(());
        }
        self.within("attachments", &[], |xml| {
            for (n, Attachment { head, eid, clauses }) in (1..).zip(attachments) {
                let id = xml.own(*eid).unwrap_or_else(|| xml.unique(&format!("att_{n}")));
                xml.within("attachment", &[("eId", &id)], |xml| {
                    if let Some(head) = head {
                        head.label.iter().try_for_each(|label| xml.words("num", &[], label))?;
                        head.title.iter().try_for_each(|title| xml.words("heading", &[], title))?;
                    }
                    xml.within("doc", &[("name", "annex")], |xml| {
                        xml.meta(&work.attached(n))?;
                        xml.body("mainBody", clauses, usize::from(head.is_some()), &format!("{id}__"))
                    })
                })?;
            }
            Ok(())
        })
    }

    /// The id that an element had in its source, unless another has it.
    fn own(&mut self, eid: Option<&str>) -> Option<String> {
        let is_id = |eid: &&str| !eid.contains(char::is_whitespace) && printable(eid) == **eid;
        eid.filter(is_id).filter(|eid| self.ids.insert((*eid).to_owned())).map(str::to_owned)
    }

    /// An `eId` that no other element has.
    fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let mut n = 1;
        while self.kept.contains(&id) || !self.ids.insert(id.clone()) {
            n += 1;
            id = format!("{wanted}-{n}");
        }
        id
    }
}

/// The number of a unit as its first words print it, with the dot or bracket behind: "1." of
/// "1. Each Party"; the label where they do not begin with it.
fn number_as_printed<'a>(label: &'a str, content: &'a [Content<'_>]) -> &'a str {
    let words = content.first().and_then(Content::words).map_or("", |clause| clause.text.as_str());
    let bare = label.trim_start_matches('(').trim_end_matches([')', '.']);
    let Some(start) = words.find(bare).filter(|start| !bare.is_empty() && *start <= 1) else { return label };
    let end = start + bare.len();
    let behind = words[end..].bytes().take_while(|byte| matches!(byte, b'.' | b')' | b':')).count();
    let is_whole = words[end + behind..].starts_with(char::is_whitespace);
    if is_whole { &words[..end + behind] } else { label }
}

/// A leading "(8)" or "8." of a recital, and the words behind it.
fn split_number(text: &str) -> (Option<&str>, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(0);
    let (number, words) = text.split_at(end);
    let digits = number.trim_start_matches('(').trim_end_matches([')', '.']);
    let is_number =
        digits.len() < number.len() && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { (Some(number), words.trim_start()) } else { (None, text) }
}

/// The number of a label as an `eId` takes it: small letters, figures and hyphens.
fn id_of_number(label: &str, otherwise: usize) -> String {
    let number = label.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let plain: String = number.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { otherwise.to_string() } else { plain.to_owned() }
}

/// What a container without an element of its own is named.
fn name_of(level: Level) -> &'static str {
    match level {
        Level::Annex => "annex",
        Level::Slide => "slide",
        _ => "heading",
    }
}

/// The characters that XML may hold.
fn printable(words: &str) -> String {
    let may_stand =
        |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    words.chars().filter(may_stand).collect()
}
