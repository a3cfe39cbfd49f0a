//! Laws whose elements are their divisions: Akoma Ntoso 3 and USLM, which share most of their names.

use chapeau_document::Level;

use super::tree::{Element, Part, Tree};
use super::writer::{Head, Writer};
use crate::label;
use crate::letter_case::starts_low;

/// What an element does to the words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Says something of the document and prints nothing.
    Nothing,
    /// Begins and ends a paragraph.
    Paragraph,
    /// Holds others that are headed by its number and title.
    Division(Level),
    /// The same if it holds articles; else it is what is cited by its number.
    Section,
    /// Cited by its number.
    Article,
    /// A numbered paragraph, or part of one.
    Numbered,
    /// A number that stands beside words.
    Number,
    /// A heading of its own.
    Heading,
    Note,
    /// A note in the margin, which no mark leads to.
    Aside,
    Table,
    Row,
    Cell,
    /// Provisions of another act.
    Quoted,
    /// A table of contents and its like.
    Frame,
}

/// Names of both vocabularies; what is not named is words of the paragraph that it stands in
/// (Akoma Ntoso 1.0, part 2, 4 to 6; USLM user guide, 4 to 9).
const ELEMENTS: &[(&str, Does)] = &[
    ("meta", Does::Nothing),
    ("metadata", Does::Nothing),
    ("del", Does::Nothing),
    ("img", Does::Nothing),
    ("page", Does::Nothing),
    ("endMarker", Does::Nothing),
    ("sidenote", Does::Aside),
    ("legislativeHistory", Does::Aside),
    ("toc", Does::Frame),
    ("coverPage", Does::Frame),
    ("p", Does::Paragraph),
    ("content", Does::Paragraph),
    ("intro", Does::Paragraph),
    ("wrapUp", Does::Paragraph),
    ("wrap", Does::Paragraph),
    ("block", Does::Paragraph),
    ("blockContainer", Does::Paragraph),
    ("listIntroduction", Does::Paragraph),
    ("listWrapUp", Does::Paragraph),
    ("longTitle", Does::Paragraph),
    ("formula", Does::Paragraph),
    ("citation", Does::Numbered),
    ("recital", Does::Numbered),
    ("chapeau", Does::Paragraph),
    ("continuation", Does::Paragraph),
    ("officialTitle", Does::Paragraph),
    ("enactingFormula", Does::Paragraph),
    ("sourceCredit", Does::Paragraph),
    ("signature", Does::Paragraph),
    ("action", Does::Paragraph),
    ("proviso", Does::Paragraph),
    ("text", Does::Paragraph),
    ("from", Does::Paragraph),
    ("li", Does::Paragraph),
    ("tocItem", Does::Paragraph),
    ("caption", Does::Paragraph),
    ("book", Does::Division(Level::Part)),
    ("tome", Does::Division(Level::Part)),
    ("title", Does::Division(Level::Part)),
    ("subtitle", Does::Division(Level::Part)),
    ("part", Does::Division(Level::Part)),
    ("subpart", Does::Division(Level::Part)),
    ("division", Does::Division(Level::Part)),
    ("subdivision", Does::Division(Level::Section)),
    ("chapter", Does::Division(Level::Chapter)),
    ("subchapter", Does::Division(Level::Section)),
    ("appendix", Does::Division(Level::Annex)),
    ("schedule", Does::Division(Level::Annex)),
    ("attachment", Does::Division(Level::Annex)),
    ("component", Does::Division(Level::Annex)),
    ("hcontainer", Does::Division(Level::Heading)),
    ("debateSection", Does::Division(Level::Heading)),
    ("note", Does::Division(Level::Heading)),
    ("section", Does::Section),
    ("article", Does::Article),
    ("rule", Does::Article),
    ("subsection", Does::Numbered),
    ("paragraph", Does::Numbered),
    ("subparagraph", Does::Numbered),
    ("clause", Does::Numbered),
    ("subclause", Does::Numbered),
    ("item", Does::Numbered),
    ("subitem", Does::Numbered),
    ("subsubitem", Does::Numbered),
    ("point", Does::Numbered),
    ("indent", Does::Numbered),
    ("alinea", Does::Numbered),
    ("subrule", Does::Numbered),
    ("level", Does::Numbered),
    ("num", Does::Number),
    ("enum", Does::Number),
    ("heading", Does::Heading),
    ("header", Does::Heading),
    ("subheading", Does::Heading),
    ("crossHeading", Does::Heading),
    ("crossheading", Does::Heading),
    ("authorialNote", Does::Note),
    ("footnote", Does::Note),
    ("table", Does::Table),
    ("tr", Does::Row),
    ("td", Does::Cell),
    ("th", Does::Cell),
    ("quotedStructure", Does::Quoted),
    ("quotedContent", Does::Quoted),
    ("quoted-block", Does::Quoted),
];

/// Names of elements that hold the number of the one around them, and its title.
const NUMBERS: &[&str] = &["num", "enum"];
const NOTES: &[&str] = &["authorialNote", "footnote"];
const TITLES: &[&str] = &["heading", "header", "subheading"];

/// The document.
pub(super) fn write(tree: &Tree, writer: &mut Writer, language: &str) {
    if let Some(root) = tree.root() {
        Walk { writer, language }.element(root, 1);
    }
}

struct Walk<'w> {
    writer: &'w mut Writer,
    language: &'w str,
}

impl Walk<'_> {
    fn contents(&mut self, of: Element<'_>, depth: u8) {
        for part in of.parts() {
            match part {
                Part::Words(words) => self.writer.push(words),
                Part::Element(child) => self.element(child, depth),
            }
        }
    }

    /// What stands in an element beside its number and title.
    fn body(&mut self, of: Element<'_>, depth: u8) {
        for part in of.parts() {
            match part {
                Part::Words(words) => self.writer.push(words),
                Part::Element(child) if is_head(child) => {}
                Part::Element(child) => self.element(child, depth.saturating_add(1).min(9)),
            }
        }
    }

    fn element(&mut self, found: Element<'_>, depth: u8) {
        let Some(does) = does(found) else { return self.contents(found, depth) };
        match id(found).filter(|_| does.has_lines()) {
            Some(id) => {
                self.writer.begin(id, does != Does::Paragraph);
                self.write(found, does, depth);
                self.writer.end(id);
            }
            None => self.write(found, does, depth),
        }
    }

    fn write(&mut self, found: Element<'_>, does: Does, depth: u8) {
        match does {
            Does::Nothing => {}
            Does::Paragraph => {
                self.writer.flush();
                self.contents(found, depth);
                self.writer.flush();
            }
            Does::Division(level) => self.division(found, level, depth),
            Does::Section if found.holds("article") => self.division(found, Level::Section, depth),
            Does::Section => self.article(found, "section", depth),
            Does::Article => self.article(found, "article", depth),
            Does::Numbered => self.numbered(found, depth),
            Does::Number => self.writer.number(&found.words()),
            Does::Heading => {
                self.heading(Level::Heading, depth, &Head { title: found.words(), ..Head::default() });
            }
            Does::Note => self.note(found),
            Does::Aside => {
                let paragraphs: Vec<String> = found.children().map(Element::words).collect();
                self.writer.note_of_heading("", paragraphs, None);
            }
            Does::Table | Does::Row | Does::Cell => self.table(found, does, depth),
            Does::Quoted => {
                self.writer.quote(true);
                self.contents(found, depth);
                self.writer.quote(false);
                self.writer.close_quotation();
            }
            Does::Frame => {
                self.writer.furniture(true);
                self.contents(found, depth);
                self.writer.furniture(false);
            }
        }
    }

    fn table(&mut self, found: Element<'_>, does: Does, depth: u8) {
        match does {
            Does::Table => self.writer.open_table(),
            Does::Cell => self.writer.cell(),
            _ => {}
        }
        self.contents(found, depth);
        match does {
            Does::Table => self.writer.close_table(),
            Does::Row => self.writer.end_row(),
            _ => {}
        }
    }

    fn heading(&mut self, level: Level, depth: u8, head: &Head) {
        self.writer.heading(level, depth, head);
    }

    /// What groups others: its head says what it is called, and so which level it has.
    fn division(&mut self, found: Element<'_>, level: Level, depth: u8) {
        let (number, title) = head(found);
        let printed = if number.is_empty() { &title } else { &number };
        let named = label::division(printed)
            .map(|named| (named.level, named.label.to_owned(), named.rest.to_owned()));
        let head = match named {
            Some((_, label, rest)) if number.is_empty() => Head { number: label, title: rest, label: None },
            Some(_) => Head { number, title, label: None },
            None => Head { label: self.label(&number, found.name()), number, title },
        };
        if head.number.is_empty() && starts_low(&head.title) {
            // "decides", "instructs the Council": words that govern what follows, and no title.
            self.writer.flush_number();
            self.writer.push(&head.title);
            self.writer.flush();
            return self.body(found, depth);
        }
        let level = match named_level(&head) {
            Some(named) => named,
            None if head.number.is_empty() => Level::Heading,
            None => level,
        };
        self.heading(level, depth, &head);
        self.notes_of_head(found);
        self.body(found, depth);
        self.writer.flush_number();
    }

    /// What is cited by its number and "Article", or "Section" in the laws of some countries.
    fn article(&mut self, found: Element<'_>, name: &str, depth: u8) {
        let (number, title) = head(found);
        let label = self.label(&number, name);
        let is_untitled = title.is_empty();
        self.heading(Level::Article, depth, &Head { label, number, title });
        self.notes_of_head(found);
        if is_untitled {
            self.writer.behind_label();
        }
        self.body(found, depth);
        self.writer.flush_number();
    }

    /// "12." in `<section>` is "Section 12"; a number that names itself needs nothing.
    fn label(&self, number: &str, name: &str) -> Option<String> {
        let bare = number.trim_matches(|c: char| !c.is_alphanumeric());
        let is_bare = !number.starts_with('§') && !bare.is_empty() && !bare.contains(' ') && !is_word(bare);
        let word = match (name, self.language) {
            ("article", "es") => "Artículo",
            ("article", _) => "Article",
            ("section", "es") => "Sección",
            ("section", _) => "Section",
            ("chapter", "fr") => "Chapitre",
            ("chapter", "es") => "Capítulo",
            ("chapter", _) => "Chapter",
            ("part", "fr") => "Partie",
            ("part", "es") => "Parte",
            ("part", _) => "Part",
            ("title", "fr") => "Titre",
            ("title", "es") => "Título",
            ("title", _) => "Title",
            _ => return None,
        };
        is_bare.then(|| format!("{word} {bare}"))
    }

    /// A numbered paragraph: number, title and words stand on one line, as in print.
    fn numbered(&mut self, found: Element<'_>, depth: u8) {
        let (number, title) = head(found);
        self.writer.number(&number);
        self.writer.push(&title);
        if !title.is_empty() && !title.ends_with(['.', '—', '–', ':', ';', '-']) {
            self.writer.push(".");
        }
        if !title.is_empty() {
            self.writer.push(" ");
            self.joined(found, depth);
        } else {
            self.body(found, depth);
        }
        self.writer.flush_number();
    }

    /// The words right behind a title go on with its line.
    fn joined(&mut self, found: Element<'_>, depth: u8) {
        let mut is_first = true;
        for child in found.children().filter(|child| !is_head(*child)) {
            let goes_on = matches!(child.name(), "content" | "chapeau" | "text" | "intro");
            if std::mem::take(&mut is_first) && goes_on {
                self.first_words(child, depth);
            } else {
                self.element(child, depth);
            }
        }
    }

    fn first_words(&mut self, found: Element<'_>, depth: u8) {
        let mut is_first = true;
        for part in found.parts() {
            match part {
                Part::Words(words) => self.writer.push(words),
                Part::Element(child) if child.name() == "p" && std::mem::take(&mut is_first) => {
                    self.contents(child, depth);
                    self.writer.flush();
                }
                Part::Element(child) => self.element(child, depth),
            }
        }
        self.writer.flush();
    }

    /// A footnote with the mark that it says, else the next number.
    fn note(&mut self, found: Element<'_>) {
        let (mark, paragraphs) = self.read_note(found);
        self.writer.note(&mark, paragraphs, id(found));
    }

    /// The notes to the head of an element, behind it.
    fn notes_of_head(&mut self, found: Element<'_>) {
        for head in found.children().filter(|child| is_head(*child)) {
            for note in head.children().filter(|child| NOTES.contains(&child.name())) {
                let (mark, paragraphs) = self.read_note(note);
                self.writer.note_of_heading(&mark, paragraphs, id(note));
            }
        }
    }

    fn read_note(&self, found: Element<'_>) -> (String, Vec<String>) {
        let number = found.children().find(|child| NUMBERS.contains(&child.name())).map(Element::words);
        let said = found.attribute("marker").map(str::to_owned).or(number);
        let mark = said.map(|mark| mark.trim_matches(|c: char| "()[] .".contains(c)).to_owned());
        let mark =
            mark.filter(|mark| !mark.is_empty()).unwrap_or_else(|| (self.writer.n_notes() + 1).to_string());
        let paragraphs: Vec<String> =
            found.children().filter(|child| child.name() == "p").map(Element::words).collect();
        let all = || vec![found.words_but(NUMBERS)];
        let paragraphs = if paragraphs.is_empty() { all() } else { paragraphs };
        (mark, paragraphs)
    }
}

impl Does {
    /// Whether its words are lines of their own, which its id can name.
    fn has_lines(self) -> bool {
        matches!(self, Self::Paragraph | Self::Division(_) | Self::Section | Self::Article | Self::Numbered)
    }
}

/// The id of an element: the `eId` of Akoma Ntoso, the `identifier` of USLM.
fn id(found: Element<'_>) -> Option<&str> {
    let id = found.attribute("eId").or_else(|| found.attribute("identifier"));
    id.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace))
}

fn does(found: Element<'_>) -> Option<Does> {
    let does = ELEMENTS.iter().find(|(name, _)| *name == found.name()).map(|(_, does)| *does)?;
    // A note that is only words of its section is no division of it.
    let is_headed = || found.children().any(is_head);
    match does {
        Does::Division(Level::Heading) if !is_headed() => Some(Does::Paragraph),
        _ => Some(does),
    }
}

fn is_head(found: Element<'_>) -> bool {
    NUMBERS.contains(&found.name()) || TITLES.contains(&found.name())
}

/// Number and title of an element, without the notes to them.
fn head(found: Element<'_>) -> (String, String) {
    let of = |names: &[&str]| {
        let parts = found.children().filter(|child| names.contains(&child.name()));
        parts
            .map(|part| part.words_but(NOTES))
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    (of(NUMBERS), of(TITLES))
}

/// The level that a head names itself.
fn named_level(head: &Head) -> Option<Level> {
    label::division(&head.number).map(|named| named.level)
}

/// Whether it is a word and no number: "Preliminary". Roman numerals and letters are numbers.
fn is_word(text: &str) -> bool {
    text.len() > 2
        && text.chars().all(char::is_alphabetic)
        && !text.bytes().all(|byte| b"ivxlcdmIVXLCDM".contains(&byte))
}
