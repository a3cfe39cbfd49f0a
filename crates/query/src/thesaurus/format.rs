//! The thesaurus file: blocks of lines that a librarian edits, read with an error for each line
//! that is not understood. `concepts.txt` explains the format at its top.
//!
//! It uses no other part of the crate than `key`, since the build script shares it.

use thiserror::Error;

use super::key;

/// The languages that terms are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl Language {
    /// Every language, in the order in which alternatives are given.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Es];

    /// ISO 639-1 code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }
}

/// What a term is to its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A name or term of art.
    Name,
    /// Initials or a code, mostly in capitals.
    Acronym,
    /// The wording in which agreements and decisions put it.
    Wording,
    /// What officers call it among themselves.
    Desk,
}

/// One way of saying a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As written in the file, without its mark.
    pub text: String,
    /// The language it belongs to.
    pub language: Language,
    /// What it is to its concept.
    pub class: Class,
    /// `^`: found in a query only where the letters have the same case.
    pub cased: bool,
    /// Whether a query that has it is expanded; `~` says no.
    pub looked_up: bool,
    /// Whether other terms of the concept bring it in; `>` says no.
    pub added: bool,
}

impl Term {
    /// What the lookup table holds for it: terms in which case counts are apart from the others.
    pub(crate) fn key(&self) -> String {
        let pieces = key::pieces(&self.text);
        if self.cased { format!("^{}", key::cased(&pieces)) } else { key::join_keys(&pieces) }
    }
}

/// One thing with all its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The term that stands for it, also its first term.
    pub preferred: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// All terms, in the order of the file: the more telling ones first.
    pub terms: Vec<Term>,
    /// Line of its heading, from 1.
    pub line: usize,
    /// Byte at which its heading begins.
    pub offset: usize,
}

/// What a concept can be.
pub const KINDS: &[&str] = &[
    "agreement",
    "organization",
    "group",
    "party",
    "body",
    "negotiation",
    "law",
    "rule",
    "measure",
    "procedure",
    "subject",
    "actor",
    "sector",
    "term",
];

/// A line of a thesaurus file that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct FormatError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: FormatReason,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormatReason {
    /// A line that is neither comment, heading nor `key: terms`.
    #[error("found \"{0}\", want \"[term] kind\" or \"en: term; term\"")]
    Line(String),
    /// Terms before the first heading.
    #[error("terms before the first \"[term] kind\"")]
    NoConcept,
    /// A kind that is none of [`KINDS`].
    #[error("unknown kind \"{0}\", want one of {list}", list = KINDS.join(", "))]
    Kind(String),
    /// A key other than a language, with or without a class.
    #[error("unknown key \"{0}\", want en, fr or es, alone or followed by text or desk")]
    Key(String),
    /// The same key a second time in one concept.
    #[error("a second line \"{0}\" in one concept")]
    KeyTwice(String),
    /// Nothing between two semicolons.
    #[error("an empty term")]
    Empty,
    /// A term that is both never looked up and never added.
    #[error("\"{0}\" is marked both \"~\" and \">\", so it would never be used")]
    Useless(String),
    /// A term that another concept, or this one, already has.
    #[error("\"{term}\" stands on line {first} already; mark one of them \"~\"")]
    Twice {
        /// The term.
        term: String,
        /// Line of the other concept's heading.
        first: usize,
    },
    /// A concept with one term only.
    #[error("\"{0}\" has no second term")]
    Alone(String),
}

/// Reads a whole file, in order.
pub fn parse(text: &str) -> Result<Vec<Concept>, FormatError> {
    let mut concepts = Vec::new();
    let mut reader = Reader::default();
    for (line, offset, content) in lines(text) {
        if let Some(done) =
            reader.read(line, offset, content).map_err(|reason| FormatError { line, reason })?
        {
            concepts.push(done.whole()?);
        }
    }
    if let Some(last) = reader.concept {
        concepts.push(last.whole()?);
    }
    Ok(concepts)
}

/// Reads the one concept whose heading begins the text.
pub(crate) fn parse_first(text: &str) -> Option<Concept> {
    let mut reader = Reader::default();
    for (line, offset, content) in lines(text) {
        match reader.read(line, offset, content) {
            Ok(Some(concept)) => return Some(concept),
            Ok(None) => {}
            Err(_) => return None,
        }
    }
    reader.concept
}

/// Refuses terms that two concepts would answer for.
pub(crate) fn check_unique(concepts: &[Concept]) -> Result<(), FormatError> {
    let mut first_lines = std::collections::HashMap::new();
    for concept in concepts {
        for term in concept.terms.iter().filter(|term| term.looked_up) {
            if let Some(first) =
                first_lines.insert(term.key(), concept.line).filter(|&first| first != concept.line)
            {
                let reason = FormatReason::Twice { term: term.text.clone(), first };
                return Err(FormatError { line: concept.line, reason });
            }
        }
    }
    Ok(())
}

fn lines(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut offset = 0;
    text.split_inclusive('\n').enumerate().map(move |(idx, line)| {
        let start = offset;
        offset += line.len();
        (idx + 1, start, line.trim())
    })
}

#[derive(Default)]
struct Reader {
    concept: Option<Concept>,
    keys: Vec<(Language, Option<Class>)>,
}

impl Reader {
    /// Takes one line, and gives the concept that it ends, if any.
    fn read(&mut self, line: usize, offset: usize, content: &str) -> Result<Option<Concept>, FormatReason> {
        if content.is_empty() || content.starts_with('#') {
            return Ok(None);
        }
        if content.starts_with('[') {
            let next = heading(line, offset, content)?;
            self.keys.clear();
            return Ok(self.concept.replace(next));
        }
        let (key, terms) = content.split_once(':').ok_or_else(|| FormatReason::Line(content.to_owned()))?;
        let (language, class) = language_and_class(key.trim())?;
        let concept = self.concept.as_mut().ok_or(FormatReason::NoConcept)?;
        if self.keys.contains(&(language, class)) {
            return Err(FormatReason::KeyTwice(key.trim().to_owned()));
        }
        self.keys.push((language, class));
        for written in terms.split(';') {
            add(concept, term(written.trim(), language, class)?)?;
        }
        Ok(None)
    }
}

fn heading(line: usize, offset: usize, content: &str) -> Result<Concept, FormatReason> {
    let (preferred, kind) =
        content[1..].split_once(']').ok_or_else(|| FormatReason::Line(content.to_owned()))?;
    let kind = kind.trim();
    if !KINDS.contains(&kind) {
        return Err(FormatReason::Kind(kind.to_owned()));
    }
    let first = term(preferred.trim(), Language::En, None)?;
    Ok(Concept { preferred: first.text.clone(), kind: kind.to_owned(), terms: vec![first], line, offset })
}

fn language_and_class(key: &str) -> Result<(Language, Option<Class>), FormatReason> {
    let (language, class) = key.split_once(' ').unwrap_or((key, ""));
    let unknown = || FormatReason::Key(key.to_owned());
    let language = Language::ALL.into_iter().find(|known| known.as_str() == language).ok_or_else(unknown)?;
    let class = match class.trim() {
        "" => None,
        "text" => Some(Class::Wording),
        "desk" => Some(Class::Desk),
        _ => return Err(unknown()),
    };
    Ok((language, class))
}

fn term(written: &str, language: Language, class: Option<Class>) -> Result<Term, FormatReason> {
    let text = written.trim_start_matches(['^', '~', '>']);
    let marks = &written[..written.len() - text.len()];
    if !text.contains(char::is_alphanumeric) {
        return Err(FormatReason::Empty);
    }
    let (looked_up, added) = (!marks.contains('~'), !marks.contains('>'));
    if !looked_up && !added {
        return Err(FormatReason::Useless(text.to_owned()));
    }
    let class = class.unwrap_or(if is_acronym(text) { Class::Acronym } else { Class::Name });
    Ok(Term { text: text.to_owned(), language, class, cased: marks.contains('^'), looked_up, added })
}

/// One word of which at least half the letters are capitals: `TRIPS`, `AfCFTA`, `T-MEC`, `LDCs`.
fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && capitals * 2 >= letters && !text.contains(' ')
}

/// The same name serves several languages ("Mercosur"), but twice in one is a slip.
fn add(concept: &mut Concept, term: Term) -> Result<(), FormatReason> {
    let same = |other: &Term| {
        other.language == term.language && other.cased == term.cased && other.text == term.text
    };
    if concept.terms.iter().any(same) {
        return Err(FormatReason::Twice { term: term.text, first: concept.line });
    }
    concept.terms.push(term);
    Ok(())
}

impl Concept {
    fn whole(self) -> Result<Self, FormatError> {
        if self.terms.len() < 2 {
            return Err(FormatError { line: self.line, reason: FormatReason::Alone(self.preferred) });
        }
        Ok(self)
    }
}
