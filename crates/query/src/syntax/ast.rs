//! The query as understood: a tree, and its one canonical form.

use std::fmt;

use chapeau_document::Span;

use super::reference::is_reference;

/// A query, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// One word.
    Word(Word),
    /// Words one after the other, each as written.
    Phrase(Vec<Word>),
    /// Two operands close to each other.
    Near(Box<Near>),
    /// An operand looked for in one text field only.
    Within(TextField, Box<Query>),
    /// A restriction by a field's value.
    Filter(Filter),
    /// A symbol: the document's own first, then cited ones.
    Symbol(String, Span),
    /// An article by its number: its own clauses first, then those that cite it.
    Reference(Reference),
    /// Every operand holds.
    And(Vec<Query>),
    /// Some operand holds.
    Or(Vec<Query>),
    /// The operand does not hold.
    Not(Box<Query>),
    /// Operands typed one after the other: clauses with all of them first, then with some.
    Group(Vec<Operand>),
}

/// An article that is asked for by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The number as typed: `19.17`, `XX(b)`.
    pub number: String,
    /// The places that it may name, as [`chapeau_index::named_places`] writes them.
    pub places: Vec<String>,
    /// The words by which others cite it.
    pub cited: Box<Query>,
    /// Where it stands in the query.
    pub span: Span,
}

/// One operand of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Whether it must hold.
    pub occur: Occur,
    /// The operand.
    pub query: Query,
}

/// Whether an operand of a group must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occur {
    /// It counts, and clauses with all such operands come first.
    Should,
    /// It must hold (`+word`, and every restriction by a field).
    Must,
    /// It must not hold (`-word`, `NOT word`).
    MustNot,
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed, without the marks of its form.
    pub text: String,
    /// How it is meant.
    pub form: WordForm,
    /// Where it stands in the query.
    pub span: Span,
}

/// How a word is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordForm {
    /// With all words of the same stem.
    Stem,
    /// As written, but for case and accents (`=word`, and words of a phrase).
    Exact,
    /// With `*` for any letters and `?` for one.
    Wildcard,
    /// With at most so many letters changed (`word~`, `word~2`).
    Fuzzy(u8),
}

/// Two operands and how near they must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The one typed first.
    pub left: Query,
    /// The other.
    pub right: Query,
    /// How near.
    pub distance: Distance,
}

/// How near two operands must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// At most so many words on; `ordered`: the left one first.
    Words {
        /// 1 is next to each other.
        at_most: u32,
        /// Whether the left one must come first.
        ordered: bool,
    },
    /// In one sentence.
    Sentence,
    /// In one clause.
    Clause,
}

/// The fields that hold words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The clause's own words.
    Text,
    /// The title of its document.
    Title,
    /// The headings above it.
    Heading,
    /// The words that it completes.
    LeadIn,
}

/// A restriction by a field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The field has this value.
    Is(FilterField, String),
    /// The field lies between two keys, both included: yyyymmdd for dates, yyyy for years, documents
    /// for copies.
    Range(RangeField, Option<u64>, Option<u64>),
    /// One of the document's own symbols is this or begins with it.
    OwnSymbol(String),
    /// The clause cites this symbol or one that begins with it.
    Cites(String),
    /// The clause has disputed text in brackets, or has none.
    Bracketed(bool),
}

macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is the field of that name")]
        pub enum $name { $($variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The field's name in queries.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

fields! {
    /// The fields of whole values.
    FilterField {
        Kind = "kind", Status = "status", Part = "part", Unit = "unit", Act = "act",
        Obligation = "obligation", Body = "body", Party = "party", Language = "language",
        Document = "document",
    }
}

fields! {
    /// The fields with an order.
    RangeField { Date = "date", Added = "added", Year = "year", Copies = "copies", }
}

impl TextField {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Text, Self::Title, Self::Heading, Self::LeadIn];

    /// The field's name in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::LeadIn => "lead-in",
        }
    }
}

impl Query {
    /// Whether nothing is asked: such a query finds everything.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Group(operands) if operands.is_empty())
    }

    /// Whether this only narrows what other words find; such an operand must hold, sign or not.
    pub fn restricts(&self) -> bool {
        match self {
            Self::Filter(_) | Self::Within(..) => true,
            Self::Or(queries) | Self::And(queries) => queries.iter().all(Self::restricts),
            Self::Not(query) => query.restricts(),
            _ => false,
        }
    }

    /// The words that a clause may be found by, those of a NOT left out.
    pub fn words(&self) -> Vec<&Word> {
        let mut words = Vec::new();
        self.visit_words(&mut words);
        words
    }

    /// Whether its words have places that can be compared.
    pub fn is_placeable(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) => true,
            Self::Near(near) => {
                near.distance != Distance::Clause && near.left.is_placeable() && near.right.is_placeable()
            }
            Self::Or(queries) => queries.iter().all(Self::is_placeable),
            _ => false,
        }
    }

    /// From its first word to its last, in the query as typed.
    pub fn span(&self) -> Span {
        let words = self.words();
        let start = words.iter().map(|word| word.span.start).min().unwrap_or(0);
        Span::new(start, words.iter().map(|word| word.span.end).max().unwrap_or(start))
    }

    /// What it ends with, if that is a word in any of its forms, or the number of an article.
    fn last_loose(&self) -> Option<&str> {
        match self {
            Self::Word(word) if word.form == WordForm::Stem => Some(&word.text),
            Self::Reference(reference) => Some(&reference.number),
            Self::Within(_, query) => query.last_loose(),
            _ => None,
        }
    }

    fn visit_words<'a>(&'a self, words: &mut Vec<&'a Word>) {
        match self {
            Self::Word(word) => words.push(word),
            Self::Phrase(phrase) => words.extend(phrase),
            Self::Near(near) => {
                near.left.visit_words(words);
                near.right.visit_words(words);
            }
            Self::Within(_, query) => query.visit_words(words),
            Self::And(queries) | Self::Or(queries) => {
                queries.iter().for_each(|query| query.visit_words(words));
            }
            Self::Group(operands) => operands
                .iter()
                .filter(|operand| operand.occur != Occur::MustNot)
                .for_each(|operand| operand.query.visit_words(words)),
            Self::Filter(_) | Self::Symbol(..) | Self::Reference(_) | Self::Not(_) => {}
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => word.fmt(out),
            Self::Phrase(words) => write!(out, "\"{}\"", Joined(words, " ", |word| word.text.clone())),
            Self::Near(near) => near.fmt(out),
            Self::Within(field, query) if query.restricts() => write!(out, "{}:({query})", field.as_str()),
            Self::Within(field, query) => write!(out, "{}:{}", field.as_str(), bracketed(query)),
            Self::Filter(filter) => filter.fmt(out),
            Self::Symbol(symbol, _) => out.write_str(symbol),
            Self::Reference(reference) => reference.fmt(out),
            Self::And(queries) => Joined(queries, " AND ", bracketed).fmt(out),
            Self::Or(queries) => Joined(queries, " OR ", bracketed).fmt(out),
            Self::Not(query) => write!(out, "NOT {}", bracketed(query)),
            Self::Group(operands) => group(operands, out),
        }
    }
}

/// The operands of a group. A word that would be read with the one before it as the number of an
/// article, and was not typed so, stands in parentheses.
fn group(operands: &[Operand], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut before: Option<&str> = None;
    for (at, operand) in operands.iter().enumerate() {
        let word = operand.query.last_loose();
        let joins = before.zip(word).is_some_and(|(before, word)| is_reference(before, word));
        let stands_alone = operand.occur == Occur::Should && matches!(operand.query, Query::Word(_));
        let gap = if at > 0 { " " } else { "" };
        if joins && stands_alone {
            write!(out, "{gap}({operand})")?;
            before = None;
        } else {
            write!(out, "{gap}{operand}")?;
            before = word;
        }
    }
    Ok(())
}

/// A query as an operand of another: in parentheses where it is more than one thing.
fn bracketed(query: &Query) -> String {
    match query {
        Query::And(_) | Query::Or(_) | Query::Not(_) | Query::Group(_) | Query::Near(_) => {
            format!("({query})")
        }
        _ => query.to_string(),
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A number that says itself what it is was typed alone.
        let keyword = if matches!(*self.cited, Query::Word(_)) { "" } else { "article " };
        write!(out, "{keyword}{}", self.number)
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.occur {
            Occur::Should => "",
            Occur::Must if self.query.restricts() => "",
            Occur::Must => "+",
            Occur::MustNot => "-",
        };
        let query = bracketed(&self.query);
        // `a +21 b` asks for b within 21 words of a, and so does `a +21(b)`.
        if sign == "+" && query.starts_with(|first: char| first.is_ascii_digit()) {
            return write!(out, "+({query})");
        }
        write!(out, "{sign}{query}")
    }
}

impl fmt::Display for Word {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            WordForm::Stem | WordForm::Wildcard => out.write_str(&self.text),
            WordForm::Exact => write!(out, "={}", self.text),
            WordForm::Fuzzy(1) => write!(out, "{}~", self.text),
            WordForm::Fuzzy(edits) => write!(out, "{}~{edits}", self.text),
        }
    }
}

impl fmt::Display for Near {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", bracketed(&self.left), self.distance, bracketed(&self.right))
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words { at_most, ordered: false } => write!(out, "NEAR/{at_most}"),
            Self::Words { at_most, ordered: true } => write!(out, "+{at_most}"),
            Self::Sentence => out.write_str("/s"),
            Self::Clause => out.write_str("/p"),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(field, value) => write!(out, "{}:{}", field.as_str(), quoted(value)),
            Self::Range(field, from, to) => write!(out, "{}:{}", field.as_str(), range(*field, *from, *to)),
            Self::OwnSymbol(symbol) => write!(out, "symbol:{}", quoted(symbol)),
            Self::Cites(symbol) => write!(out, "cites:{}", quoted(symbol)),
            Self::Bracketed(yes) => write!(out, "bracketed:{}", if *yes { "yes" } else { "no" }),
        }
    }
}

fn range(field: RangeField, from: Option<u64>, to: Option<u64>) -> String {
    let key = |key: Option<u64>| key.map(|key| key_text(field, key)).unwrap_or_default();
    format!("{}..{}", key(from), key(to))
}

/// `20131207` as `2013-12-07`; a year, as which a date may be given, and a number stay what they are.
fn key_text(field: RangeField, key: u64) -> String {
    if field == RangeField::Copies || key < 10_000 {
        return key.to_string();
    }
    format!("{:04}-{:02}-{:02}", key / 10_000, key / 100 % 100, key % 100)
}

fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Items with a separator between them.
struct Joined<'a, T, F: Fn(&T) -> String>(&'a [T], &'static str, F);

impl<T, F: Fn(&T) -> String> fmt::Display for Joined<'_, T, F> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, item) in self.0.iter().enumerate() {
            if place > 0 {
                out.write_str(self.1)?;
            }
            out.write_str(&(self.2)(item))?;
        }
        Ok(())
    }
}
