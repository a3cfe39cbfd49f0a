//! From the characters of a query to its tokens. Never fails: what means nothing is a word or
//! is left out with a warning.

use chapeau_document::{Span, Symbol};

use super::ast::{Distance, Word, WordForm};
use crate::QueryWarning;

/// A piece of a query with its place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What a piece of a query is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Word),
    Symbol(String),
    /// The words between two quotes.
    Quoted(String),
    Open,
    Close,
    And,
    Or,
    Not,
    Plus,
    Minus,
    Near(Distance),
    /// The name before a colon.
    Field(String),
}

/// The tokens of `query`, whose names before a colon are fields where `is_field` says so.
pub(super) fn tokens(query: &str, warnings: &mut Vec<QueryWarning>) -> Vec<Token> {
    let mut lexer = Lexer { query, at: 0, tokens: Vec::new(), warnings };
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
    tokens: Vec<Token>,
    warnings: &'a mut Vec<QueryWarning>,
}

impl<'a> Lexer<'a> {
    /// Reads one token; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let starts_word = self.starts_word();
        match first {
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            _ if closing_quote(first).is_some() => self.quoted(first),
            '(' => self.push(Kind::Open, 1),
            ')' => self.push(Kind::Close, 1),
            '+' | '-' if starts_word && sign_applies(rest) => self.sign(first),
            '/' if starts_word && distance(rest).is_some() => self.near(),
            '=' => self.word(),
            '<' | '>' | '.' if self.after_field() => self.word(),
            _ if starts_word_text(first) => self.word(),
            // Signs that mean nothing here.
            _ => self.at += first.len_utf8(),
        }
        true
    }

    fn rest(&self) -> &'a str {
        &self.query[self.at..]
    }

    /// Whether a new word begins here: after white space, a bracket, a sign or a colon.
    fn starts_word(&self) -> bool {
        self.query[..self.at]
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '+' | '-' | ':' | '"'))
    }

    fn after_field(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: Kind::Field(_), .. }))
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    fn warn(&mut self, length: usize, message: &str) {
        self.warnings.push(QueryWarning::new(Span::new(self.at, self.at + length), message));
    }

    fn sign(&mut self, sign: char) {
        match distance(self.rest()) {
            Some((distance, length)) if !self.tokens.is_empty() => self.push(Kind::Near(distance), length),
            _ => self.push(if sign == '+' { Kind::Plus } else { Kind::Minus }, 1),
        }
    }

    fn near(&mut self) {
        if let Some((distance, length)) = distance(self.rest()) {
            self.push(Kind::Near(distance), length);
        }
    }

    /// A phrase. One that is not closed goes on to the end; a quote with nothing after it is
    /// left out.
    fn quoted(&mut self, quote: char) {
        let inner = &self.rest()[quote.len_utf8()..];
        let closes = |c: char| c == '"' || closing_quote(quote) == Some(c) || matches!(c, '”' | '»');
        let end = inner.find(closes);
        let words = &inner[..end.unwrap_or(inner.len())];
        let closing = end.and_then(|end| inner[end..].chars().next()).map_or(0, char::len_utf8);
        let length = quote.len_utf8() + words.len() + closing;
        match (end, !words.contains(char::is_alphanumeric)) {
            (_, true) => {
                self.warn(length, "a quote without words is left out");
                self.at += length;
                return;
            }
            (None, _) => self.warn(length, "the quote is not closed: searched as a phrase up to the end"),
            _ => {}
        }
        self.push(Kind::Quoted(words.trim().to_owned()), length);
    }

    /// The symbol that begins here, of one word or of several ("Regulation (EU) 2016/679"), and its
    /// length. Of a field only the two that have symbols take several words.
    fn symbol(&self, raw: &str, length: usize) -> Option<(Symbol, usize)> {
        let one = Symbol::parse(raw.trim_end_matches(PUNCTUATION)).map(|symbol| (symbol, length));
        let takes_words = match self.tokens.last() {
            Some(Token { kind: Kind::Field(name), .. }) if self.query[..self.at].ends_with(':') => {
                matches!(name.as_str(), "symbol" | "cites")
            }
            _ => true,
        };
        let several =
            Symbol::typed(self.rest()).filter(|(end, _)| takes_words && self.is_whole(length, *end));
        several.map(|(end, symbol)| (symbol, end)).or(one)
    }

    /// Whether a symbol that ends at `end` goes on behind the word of this length, not with an
    /// operator such as "/5", and whether nothing is glued to it.
    fn is_whole(&self, length: usize, end: usize) -> bool {
        let rest = self.rest();
        let after = rest[end..].trim_start_matches(PUNCTUATION);
        let goes_on =
            rest.get(length..end).is_some_and(|more| !more.trim_start().starts_with(['/', '+', '-']));
        end > length && goes_on && after.chars().next().is_none_or(|c| c.is_whitespace() || c == ')')
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = word_length(rest);
        let raw = &rest[..length];
        let bare = raw.trim_end_matches(PUNCTUATION);
        if let Some(kind) = operator(raw).or_else(|| operator(bare)) {
            return self.push(kind, length);
        }
        if let Some((distance, _)) = distance(bare).filter(|(_, used)| *used == bare.len()) {
            return self.push(Kind::Near(distance), length);
        }
        if let Some(name) = field_name(raw) {
            return self.push(Kind::Field(name.to_ascii_lowercase()), name.len() + 1);
        }
        if let Some((symbol, length)) = self.symbol(raw, length) {
            return self.push(Kind::Symbol(symbol.to_string()), length);
        }
        let span = Span::new(self.at, self.at + length);
        match word(raw, span) {
            Some(word) => self.push(Kind::Word(word), length),
            None => {
                if raw.contains(['*', '?', '~', '=', '+']) {
                    self.warn(length, "a sign without a word is left out");
                }
                self.at += length;
            }
        }
    }
}

/// What may follow a word without belonging to it.
const PUNCTUATION: &[char] = &['.', ',', ';', ':', '!', '?'];

/// The quote that closes this one; `None` for what opens none.
fn closing_quote(quote: char) -> Option<char> {
    match quote {
        '"' | '\u{ff02}' => Some(quote),
        '“' | '”' | '„' => Some('”'),
        '«' | '»' => Some('»'),
        _ => None,
    }
}

/// Whether a `+` or `-` is a sign of what follows and no dash.
fn sign_applies(rest: &str) -> bool {
    rest[1..]
        .chars()
        .next()
        .is_some_and(|c| starts_word_text(c) || matches!(c, '(' | '=' | '"' | '“' | '„' | '«'))
}

/// Bytes up to the end of a word: white space, a quote, or a bracket that it has not opened
/// itself (`WT/MIN(13)/32` and `XX(b)` are one word each).
pub(super) fn word_length(rest: &str) -> usize {
    let mut open = 0_u32;
    for (at, c) in rest.char_indices() {
        let ends = match c {
            '(' if goes_on(&rest[..at]) && closes_in_word(&rest[at + 1..]) => {
                open += 1;
                false
            }
            '(' => true,
            ')' if open > 0 => {
                open -= 1;
                false
            }
            ')' => true,
            // A field's value is a token of its own.
            _ if at > 0 && rest[..at].ends_with(':') && field_name(&rest[..at]).is_some() => true,
            _ => c.is_whitespace() || (closing_quote(c).is_some()),
        };
        if ends {
            return at.max(1);
        }
    }
    rest.len()
}

/// Whether a bracket after this belongs to the word: `XX(b)` and `5(2)(a)`, not `=(a)`.
fn goes_on(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphanumeric() || c == ')')
}

fn closes_in_word(rest: &str) -> bool {
    let end = rest.find(|c: char| matches!(c, ')' | '(') || c.is_whitespace() || closing_quote(c).is_some());
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(')'))
}

fn operator(raw: &str) -> Option<Kind> {
    match raw {
        "AND" | "&&" => Some(Kind::And),
        "OR" | "||" => Some(Kind::Or),
        "NOT" => Some(Kind::Not),
        _ => None,
    }
}

/// A proximity operator at the start of `text`, and its length: `NEAR/5`, `w/5`, `/5`, `+5`,
/// `/s`, `/p`. `NEAR` alone means within ten words, as in most engines that have it.
fn distance(text: &str) -> Option<(Distance, usize)> {
    let end = text.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(text.len());
    let raw = &text[..end];
    let words = |digits: &str, ordered| {
        let at_most = digits.parse().ok().filter(|at_most| *at_most > 0)?;
        Some((Distance::Words { at_most, ordered }, end))
    };
    match raw {
        "NEAR" => return words("10", false),
        "/s" | "/S" | "w/s" | "W/s" => return Some((Distance::Sentence, end)),
        "/p" | "/P" | "w/p" | "W/p" => return Some((Distance::Clause, end)),
        _ => {}
    }
    if let Some(digits) = raw.strip_prefix('+') {
        return words(digits, true);
    }
    let prefixes = ["NEAR/", "w/", "W/", "/"];
    prefixes.iter().find_map(|prefix| raw.strip_prefix(prefix)).and_then(|digits| words(digits, false))
}

/// The name in `name:value`, if it looks like a field's: letters and hyphens only.
fn field_name(raw: &str) -> Option<&str> {
    let (name, _) = raw.split_once(':')?;
    let named = super::fields::is_field(&name.to_ascii_lowercase());
    named.then_some(name)
}

/// The word and its form; `None` if no letter or digit is in it.
fn word(raw: &str, span: Span) -> Option<Word> {
    let exact = raw.strip_prefix('=');
    let text = without_signs(exact.unwrap_or(raw));
    let (text, form) = match (exact, fuzzy(text)) {
        (Some(_), _) => (text, WordForm::Exact),
        (None, Some((text, edits))) => (text, WordForm::Fuzzy(edits)),
        (None, None) if text.contains(['*', '?']) => (text, WordForm::Wildcard),
        (None, None) => (text, WordForm::Stem),
    };
    text.contains(char::is_alphanumeric).then(|| Word { text: text.to_owned(), form, span })
}

/// A word without the punctuation after it and the signs before it.
fn without_signs(raw: &str) -> &str {
    raw.trim_end_matches(PUNCTUATION).trim_start_matches(|c| !starts_word_text(c))
}

fn starts_word_text(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '*' | '?' | '[')
}

/// `word~` and `word~2`: the word, and how many letters may differ (at most 2, beyond which
/// nearly every short word matches).
fn fuzzy(text: &str) -> Option<(&str, u8)> {
    let (word, edits) = text.rsplit_once('~')?;
    match edits {
        "" | "1" => Some((word, 1)),
        _ if edits.bytes().all(|byte| byte.is_ascii_digit()) => Some((word, 2)),
        _ => None,
    }
}
