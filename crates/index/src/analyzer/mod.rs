//! The one analysis of text: when indexing, when asking and when marking.
//!
//! Words, then one exact form (case and diacritics folded) and one stem (spelling variants
//! joined, then stemmed by language) for each.

use std::sync::Arc;

use chapeau_document::Span;

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

    /// The letter before the stems of this language in the index.
    pub fn letter(self) -> char {
        match self {
            Self::English => 'e',
            Self::French => 'f',
            Self::Spanish => 's',
            Self::Other => 'o',
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

/// The tokens of a text, in order of position.
pub fn analyze(text: &str, language: Language) -> Vec<Token> {
    let mut tokens = Vec::new();
    for_each_token(text, language, |token| tokens.push(token.clone()));
    tokens
}

/// As [`analyze`], without the list.
pub fn for_each_token(text: &str, _language: Language, mut visit: impl FnMut(&Token)) {
    let mut start = 0;
    for (position, word) in (0..).zip(text.split(' ')) {
        let exact: Arc<str> = fold(word).into();
        let span = Span::new(start, start + word.len());
        start = span.end + 1;
        visit(&Token { span, position, stem: exact.clone(), exact, form: Form::Word });
    }
}

/// Case and diacritics folded, as names are compared (`body:`, `party:`).
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}
