//! What kind a document is by its title's nouns, and by its build where the title does not tell.

use chapeau_document::{Document, Kind, Level, Part, Sureness, Unit};

use super::facts::Fact;
use super::fold::is_folded;
use super::registry::{KIND_NOUNS, REPORTS};
use super::sheet::Sheet;
use crate::any_of::{AnyOf, Made};
use crate::describe::words::Words;
use crate::lists;

/// The kind that the nouns of a title tell: of its first stretch that has one, the last.
pub(super) fn of_title(title: &str) -> Option<Kind> {
    if title.trim_end().ends_with(['?', '!']) {
        return None;
    }
    let words = Words::of(title);
    if is_headline(&words) {
        return None;
    }
    let mut told = None;
    for place in 0..words.len() {
        let ends = lists::TITLE_BREAKS.iter().any(|end| is_folded(words.at(place), end))
            || place > 0 && words.gap(place).contains([':', ';', '—', '(']);
        if ends && told.is_some() {
            return told;
        }
        told = noun_at(&words, place).or(told);
    }
    told
}

/// Whether a title tells what somebody did, as that of news does: "Guild releases report on lamps".
fn is_headline(words: &Words<'_>) -> bool {
    let reports = words.at(0) == "report" && lists::REPORTED.contains(&words.at(1));
    reports
        || (1..words.len().min(MOST_BEFORE_VERB))
            .any(|place| lists::HEADLINE_VERBS.iter().any(|verb| is_folded(words.at(place), verb)))
}

/// The verb of a headline is one of its first words.
const MOST_BEFORE_VERB: usize = 8;

/// The longest noun at a place.
fn noun_at(words: &Words<'_>, place: usize) -> Option<Kind> {
    let stands =
        |noun: &&[&str]| noun.iter().zip(place..).all(|(word, place)| is_folded(words.at(place), word));
    let found = KIND_NOUNS.iter().filter(|(noun, _)| stands(noun));
    found.max_by_key(|(noun, _)| noun.len()).map(|(_, kind)| *kind)
}

/// The kind that the build of a document tells before its words: slides are slides.
pub(super) fn of_slides(document: &Document) -> Option<Kind> {
    let is_deck = |step: &chapeau_document::Step| step.kind == Level::Slide;
    let has = document.clauses.iter().any(|clause| clause.path.iter().any(is_deck));
    has.then_some(Kind::Presentation)
}

/// Whether a text has anything numbered, or words that enact: a leaflet about a law has neither.
pub(super) fn provides(document: &Document) -> bool {
    const LONGEST_LEAFLET: usize = 6_000;
    document.text.len() > LONGEST_LEAFLET
        || document.clauses.iter().any(|clause| {
            matches!(clause.part, Part::Preambular | Part::Operative | Part::Closing)
                || clause.unit == Unit::Chapeau
                || clause.path.iter().any(|step| step.label.is_some())
        })
}

/// The kind that the build tells where neither formula nor title does.
pub(super) fn of_build(document: &Document, sheet: &Sheet) -> Fact<Kind> {
    let likely = |kind| Some((kind, Sureness::Likely));
    if decides(document) {
        return likely(Kind::Decision);
    }
    let counts = Counts::of(document);
    if counts.sections >= 3 {
        return likely(Kind::Law);
    }
    if counts.coded_rows >= 12 && counts.coded_rows * 2 > counts.clauses && counts.sentences < MOST_SENTENCES
    {
        return likely(Kind::Schedule);
    }
    if counts.articles >= 5 {
        return likely(if agrees(document) { Kind::Agreement } else { Kind::Law });
    }
    if document.text.len() >= SHORTEST_BOOK && is_report(sheet) {
        return likely(Kind::Report);
    }
    if advises(&document.text) {
        return likely(Kind::Guidance);
    }
    None
}

/// What the reader of a guide is told that he must and may.
static ADVICE: Made = Made::new(|| AnyOf::new(lists::ADVICE));

/// Whether a text tells its reader what to do, now and again.
fn advises(text: &str) -> bool {
    const FEWEST: usize = 3;
    const RAREST: usize = 3_000;
    let soon = &text[..text.floor_char_boundary(60_000)];
    let n_told = soon.split(['.', '\n']).filter(|sentence| ADVICE.is_in(sentence)).count();
    n_told >= FEWEST && n_told * RAREST >= soon.len()
}

/// Fewest bytes of a book: leaflets have an ISBN as well.
const SHORTEST_BOOK: usize = 6_000;

/// A text with as many paragraphs that are sentences explains its rows, and is no bare schedule.
const MOST_SENTENCES: usize = 8;

#[derive(Default)]
struct Counts {
    clauses: usize,
    sections: usize,
    articles: usize,
    coded_rows: usize,
    sentences: usize,
}

impl Counts {
    fn of(document: &Document) -> Self {
        let mut counts = Self { clauses: document.clauses.len(), ..Self::default() };
        for clause in &document.clauses {
            let label = clause.label.as_deref().unwrap_or_default();
            counts.sections += usize::from(label.starts_with('§'));
            let is_sentence = matches!(clause.unit, Unit::Paragraph | Unit::SubParagraph | Unit::Item)
                && clause.span.len() > 60
                && document.text_of(clause).ends_with(['.', ';', ':']);
            counts.sentences += usize::from(is_sentence);
            let is_article = clause.unit == Unit::Heading && label.starts_with("Art");
            counts.articles += usize::from(is_article);
            // The label has the whole code where a row prints only its last figures.
            let is_coded = || has_code(label) || has_code(document.text_of(clause));
            counts.coded_rows += usize::from(clause.unit == Unit::TableRow && is_coded());
        }
        counts
    }
}

/// Whether a row begins with a code of goods: four figures or more, with dots or spaces.
fn has_code(row: &str) -> bool {
    let first = row.trim_start().split('\t').next().unwrap_or_default();
    let digits = first.bytes().filter(u8::is_ascii_digit).count();
    (4..=12).contains(&digits) && first.bytes().all(|byte| byte.is_ascii_digit() || b". ".contains(&byte))
}

/// Whether a chapeau decides.
fn decides(document: &Document) -> bool {
    let chapeaux = document.clauses.iter().take(40).filter(|clause| clause.unit == Unit::Chapeau);
    chapeaux.map(|clause| document.text_of(clause).to_lowercase()).any(|words| {
        let verbs = ["decides", "décide", "decide"];
        words.split(|c: char| !c.is_alphanumeric()).any(|word| verbs.contains(&word))
    })
}

/// Whether Parties agree in it.
fn agrees(document: &Document) -> bool {
    let first = document.clauses.iter().take(80).map(|clause| document.text_of(clause).to_lowercase());
    first.into_iter().any(|words| {
        [
            "have agreed",
            "hereby agree",
            "agree as follows",
            "sont convenus",
            "sont convenues",
            "han convenido",
            "acuerdan",
        ]
        .iter()
        .any(|verb| words.contains(verb))
    })
}

/// Whether one of the first lines is a head that only reports and books have.
fn is_report(sheet: &Sheet) -> bool {
    sheet.lines.iter().filter(|line| line.text.len() <= 80).any(|line| {
        let words = Words::of(&line.text);
        super::registry::phrase_at(&words, 0, REPORTS)
            .is_some_and(|length| length + 2 >= words.len() || words.at(0) == "isbn")
    })
}
