//! The one analysis of text: when indexing, when asking and when marking.
//!
//! Words, then one exact form (case and diacritics folded) and one stem (spelling variants
//! joined, then stemmed by language) for each.

mod atoms;
mod fold;
mod forms;
mod sentences;
mod spelling;
mod words;

use std::sync::Arc;

use chapeau_document::Span;

pub use self::fold::fold;
use self::forms::{Former, Forms};
pub use self::sentences::{sentence_ends, sentences};
use self::words::{Role, Word};

/// The languages with a stemmer of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Any other: words are not stemmed.
    Other,
}

impl Language {
    /// All of them: a query word is analysed for each.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Spanish, Self::Other];

    /// The language of an ISO 639-1 code, with or without a region (`en`, `fr-CA`).
    pub fn of_code(code: &str) -> Self {
        match code.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("en") => Self::English,
            Some("fr") => Self::French,
            Some("es") => Self::Spanish,
            _ => Self::Other,
        }
    }

    /// What stands before the stems of this language in the index.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::English => "e:",
            Self::French => "f:",
            Self::Spanish => "s:",
            Self::Other => "o:",
        }
    }
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text that was analysed.
    pub span: Span,
    /// Place among the words of the text, from 0; several forms of one word share it.
    pub position: u32,
    /// The word as written, case and diacritics folded. An acronym in small letters may be meant
    /// by a query word: try its exact form as a stem too ("gats" is stemmed, `GATS` is not).
    pub exact: Arc<str>,
    /// The word with spelling variants joined, stemmed.
    pub stem: Arc<str>,
    /// How it stands to the text.
    pub form: Form,
}

impl Token {
    /// Whether this is a word of the text, not another form of one.
    pub fn is_word(&self) -> bool {
        self.form == Form::Word
    }
}

/// How a token stands to the text. The forms other than [`Form::Word`] are indexed as stems
/// only, so that exact phrases stay exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// A word. A hyphenated word is one word after a prefix such as `non-`, `anti-`, `co-`,
    /// `e-`; otherwise each of its parts is.
    #[default]
    Word,
    /// All parts of a hyphenated word as one ("policymakers" for "policy-makers"), at the
    /// position of the first part. A query may ask for it beside the parts.
    Joined,
    /// What follows the prefix of a hyphenated word ("discrimination" in "non-discrimination"),
    /// so that a search for the part finds the whole. Of no use in a query.
    Part,
}

/// A token that is only looked at: see [`Token`].
#[derive(Clone, Copy, Debug)]
pub struct TokenRef<'a> {
    /// See [`Token::span`].
    pub span: Span,
    /// See [`Token::position`].
    pub position: u32,
    /// See [`Token::exact`].
    pub exact: &'a str,
    /// See [`Token::stem`].
    pub stem: &'a str,
    /// See [`Token::form`].
    pub form: Form,
}

impl TokenRef<'_> {
    /// See [`Token::is_word`].
    pub fn is_word(self) -> bool {
        self.form == Form::Word
    }
}

/// The tokens of a text, in order of position.
pub fn analyze(text: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    each_word(text, language, |span, position, form, forms| {
        let Forms { exact, stem } = forms.clone();
        tokens.push(Token { span, position, exact, stem, form });
    });
    tokens
}

/// As [`analyze`], without the list.
pub fn for_each_token(text: &str, language: Language, mut visit: impl FnMut(TokenRef<'_>)) {
    each_word(text, language, |span, position, form, Forms { exact, stem }| {
        visit(TokenRef { span, position, exact, stem, form });
    });
}

fn each_word(text: &str, language: Language, mut visit: impl FnMut(Span, u32, Form, &Forms)) {
    let in_capitals = is_in_capitals(text);
    let mut next = 0;
    Former::with(|former| {
        let mut splitter = std::mem::take(&mut former.splitter);
        splitter.split(text, language == Language::French, &mut |Word { role, letters, span }| {
            next += u32::from(matches!(role, Role::Word | Role::Symbol));
            let position = next.saturating_sub(1);
            let mut see = |form, forms: &Forms| visit(span, position, form, forms);
            match role {
                Role::Symbol => see(Form::Word, &Forms::of_symbol(letters)),
                Role::Word => see(Form::Word, former.forms(letters, language, in_capitals)),
                Role::Joined => see(Form::Joined, former.forms(letters, language, in_capitals)),
                Role::Part => see(Form::Part, former.forms(letters, language, in_capitals)),
            }
        });
        former.splitter = splitter;
    });
}

/// Whether capitals are the rule in a text, so that they make no acronyms: four of five letters.
fn is_in_capitals(text: &str) -> bool {
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    4 * small < text.bytes().filter(u8::is_ascii_uppercase).count()
}

#[cfg(test)]
mod tests;
