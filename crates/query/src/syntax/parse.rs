//! From tokens to the tree. Total: every text is a query, and what could not be honoured is said.
//!
//! Binding, tightest first: proximity, AND, OR, words side by side. So `a b OR c d` asks for
//! `a`, for `b` or `c`, and for `d`.

use chapeau_document::{Span, Symbol};

use super::ast::{Distance, Filter, Near, Occur, Operand, Query, Word, WordForm};
use super::fields::{self, Field};
use super::reference::reference;
use super::token::{self, Kind, Token};
use crate::QueryWarning;

/// Longest query in bytes. Longer than any that a person types, and short enough that no query
/// costs more than one that is honoured.
pub const MAX_QUERY_BYTES: usize = 8_192;

/// Deepest nesting of parentheses; deeper ones are read as if they were not there.
const MAX_DEPTH: usize = 32;

/// Most pairs of words that brackets beside a proximity operator are taken apart into: more
/// than anyone types, and few enough that no query becomes a costly one.
const MAX_PAIRS: usize = 64;

/// Reads a query.
pub fn parse(text: &str) -> (Query, Vec<QueryWarning>) {
    let mut warnings = Vec::new();
    let text = shortened(text, &mut warnings);
    let tokens = token::tokens(text, &mut warnings);
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0, warnings: &mut warnings };
    let mut operands = parser.operands();
    while parser.at < tokens.len() {
        parser.warn_here("a bracket that closes nothing is left out");
        parser.at += 1;
        operands.extend(parser.operands());
    }
    warnings.sort_by_key(|warning| (warning.start, warning.end));
    (simplest(operands), warnings)
}

/// The longest part of the query that is honoured, cut between words.
fn shortened<'a>(text: &'a str, warnings: &mut Vec<QueryWarning>) -> &'a str {
    if text.len() <= MAX_QUERY_BYTES {
        return text;
    }
    let cut = (0..=MAX_QUERY_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let cut = text[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    let message = format!("the query is longer than {MAX_QUERY_BYTES} bytes: the rest is left out");
    warnings.push(QueryWarning::new(Span::new(cut, text.len()), message));
    &text[..cut]
}

/// A group of one operand is that operand.
pub(crate) fn simplest(mut operands: Vec<Operand>) -> Query {
    if operands.len() != 1 {
        return Query::Group(operands);
    }
    let Operand { occur, query } = operands.remove(0);
    if occur == Occur::MustNot { Query::Not(Box::new(query)) } else { query }
}

struct Parser<'a, 'w> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    warnings: &'w mut Vec<QueryWarning>,
}

impl<'a> Parser<'a, '_> {
    fn peek(&self) -> Option<&'a Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn take(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    fn take_if(&mut self, kind: &Kind) -> bool {
        let found = self.peek() == Some(kind);
        self.at += usize::from(found);
        found
    }

    fn warn(&mut self, span: Span, message: impl Into<String>) {
        self.warnings.push(QueryWarning::new(span, message));
    }

    fn warn_here(&mut self, message: &str) {
        let end = Span::new(self.text.len(), self.text.len());
        let span = self.tokens.get(self.at).map_or(end, |token| token.span);
        self.warn(span, message);
    }

    /// Operands side by side, up to a closing bracket or the end.
    fn operands(&mut self) -> Vec<Operand> {
        let mut operands = Vec::new();
        while let Some(kind) = self.peek() {
            let occur = match kind {
                Kind::Close => break,
                Kind::Plus => Occur::Must,
                Kind::Minus | Kind::Not => Occur::MustNot,
                _ => Occur::Should,
            };
            self.at += usize::from(occur != Occur::Should);
            match self.or() {
                Some(query) => operands.push(operand(occur, query)),
                None => self.skip_lone_operator(occur),
            }
        }
        operands
    }

    /// Leaves out an operator without an operand: the one just taken, or the one that stands here.
    fn skip_lone_operator(&mut self, taken: Occur) {
        let here = matches!(self.peek(), Some(Kind::And | Kind::Or | Kind::Near(_)));
        if taken != Occur::Should {
            self.at -= 1;
            self.warn_here("an operator without a word after it is left out");
            self.at += 1;
        } else if here {
            self.warn_here("an operator without a word on both sides is left out");
            self.at += 1;
        }
    }

    fn or(&mut self) -> Option<Query> {
        self.joined(&Kind::Or, Self::and, Query::Or)
    }

    fn and(&mut self) -> Option<Query> {
        self.joined(&Kind::And, Self::negatable, Query::And)
    }

    /// Operands with one operator between them.
    fn joined(
        &mut self,
        operator: &Kind,
        operand: fn(&mut Self) -> Option<Query>,
        join: fn(Vec<Query>) -> Query,
    ) -> Option<Query> {
        let mut queries = vec![operand(self)?];
        while self.peek() == Some(operator) {
            self.at += 1;
            match operand(self) {
                Some(query) => queries.push(query),
                None => {
                    self.at -= 1;
                    self.warn_here("an operator without a word on both sides is left out");
                    self.at += 1;
                }
            }
        }
        Some(if queries.len() == 1 { queries.remove(0) } else { join(queries) })
    }

    /// An operand of AND, which may be negated: `a AND NOT b`.
    fn negatable(&mut self) -> Option<Query> {
        let after_and = self.at > 0 && self.tokens[self.at - 1].kind == Kind::And;
        if after_and && self.take_if(&Kind::Not) {
            return self.near().map(|query| Query::Not(Box::new(query)));
        }
        self.near()
    }

    fn near(&mut self) -> Option<Query> {
        let mut query = self.primary()?;
        while let Some(Kind::Near(distance)) = self.peek() {
            self.at += 1;
            match self.primary() {
                Some(right) => query = near(query, right, *distance),
                None => {
                    self.at -= 1;
                    self.warn_here("a proximity operator without a word on both sides is left out");
                    self.at += 1;
                }
            }
        }
        Some(query)
    }

    fn primary(&mut self) -> Option<Query> {
        let token = self.tokens.get(self.at)?;
        if let Some((query, n_tokens)) = reference(self.tokens, self.at) {
            self.at += n_tokens;
            return Some(query);
        }
        match &token.kind {
            Kind::Word(word) => self.taking(Query::Word(word.clone())),
            Kind::Symbol(symbol) => self.taking(Query::Symbol(symbol.clone(), token.span)),
            Kind::Quoted(words) => self.quoted(words, token.span),
            Kind::Open => self.bracketed(),
            Kind::Field(name) => self.field(name, token.span),
            _ => None,
        }
    }

    fn taking(&mut self, query: Query) -> Option<Query> {
        self.at += 1;
        Some(query)
    }

    fn quoted(&mut self, text: &str, span: Span) -> Option<Query> {
        let is_wild = |word: &str| word.contains('*') && !word.contains(char::is_alphanumeric);
        if text.split_whitespace().any(is_wild) {
            self.warn(span, "a \"*\" on its own stands for no word: it is left out of the phrase");
        }
        self.taking(phrase(text, span))
    }

    fn bracketed(&mut self) -> Option<Query> {
        let open = self.take()?.span;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.warn(open, format!("brackets deeper than {MAX_DEPTH} are left out"));
            self.depth -= 1;
            return self.or();
        }
        let operands = self.operands();
        self.depth -= 1;
        if !self.take_if(&Kind::Close) {
            self.warn(open, "the bracket is not closed: it is read as closed at the end");
        }
        if operands.is_empty() {
            self.warn(open, "brackets without words are left out");
            return self.or();
        }
        Some(simplest(operands))
    }

    /// `name:value`, `name:"two words"`, `name:(a OR b)`.
    fn field(&mut self, name: &str, span: Span) -> Option<Query> {
        self.at += 1;
        let field = fields::field(name)?;
        let query = match self.peek() {
            Some(Kind::Open) if matches!(field, Field::Text(_)) => self.bracketed(),
            Some(Kind::Open) => self.values(field),
            _ => self.value(field),
        };
        if query.is_none() {
            self.warn(span, format!("{name}: without a value is left out"));
            return self.or();
        }
        match (field, query?) {
            (Field::Text(field), query) => Some(Query::Within(field, Box::new(query))),
            (_, query) => Some(query),
        }
    }

    /// The values in brackets: any of them, whatever stands between.
    fn values(&mut self, field: Field) -> Option<Query> {
        self.take();
        let mut values = Vec::new();
        while self.peek().is_some_and(|kind| *kind != Kind::Close) {
            let negative = self.take_if(&Kind::Not) || self.take_if(&Kind::Minus);
            if matches!(self.peek(), Some(Kind::Word(_) | Kind::Symbol(_) | Kind::Quoted(_))) {
                let value = self.value(field);
                values.extend(value.map(|value| if negative { Query::Not(Box::new(value)) } else { value }));
            } else if self.take().is_none() {
                break;
            }
        }
        self.take_if(&Kind::Close);
        match values.len() {
            0 => None,
            1 => values.pop(),
            _ if values.iter().any(|value| matches!(value, Query::Not(_))) => Some(Query::And(values)),
            _ => Some(Query::Or(values)),
        }
    }

    /// One value of a field, as written. A value that the field cannot have is looked for as
    /// words instead.
    fn value(&mut self, field: Field) -> Option<Query> {
        let token = self.take()?;
        let words = match &token.kind {
            Kind::Word(_) | Kind::Symbol(_) | Kind::Quoted(_) => self.primary_at(self.at - 1)?,
            _ => {
                self.at -= 1;
                return None;
            }
        };
        if matches!(field, Field::Text(_)) {
            return Some(words);
        }
        let raw = token.span.of(self.text);
        let value = raw.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»')).trim();
        match fields::filter(field, value) {
            Ok(filter) => Some(Query::Filter(filter)),
            Err(message) => {
                self.warn(token.span, format!("{message}; searched as words instead"));
                Some(words)
            }
        }
    }

    fn primary_at(&mut self, at: usize) -> Option<Query> {
        self.at = at;
        self.primary()
    }
}

/// Restrictions must hold, wherever they stand; a negated operand must not.
fn operand(occur: Occur, query: Query) -> Operand {
    let restricts = query.restricts();
    match (occur, query) {
        (Occur::Should, Query::Not(query)) => Operand { occur: Occur::MustNot, query: *query },
        (Occur::Should, query) if restricts => Operand { occur: Occur::Must, query },
        (occur, query) => Operand { occur, query },
    }
}

/// Two operands near each other. Of several words in brackets each is asked for near the other
/// operand: `(a AND b) NEAR/5 c` is `(a NEAR/5 c) AND (b NEAR/5 c)`.
fn near(left: Query, right: Query, distance: Distance) -> Query {
    let n_pairs = left.words().len() * right.words().len();
    if distance != Distance::Clause && n_pairs <= MAX_PAIRS && spreads(&left) && spreads(&right) {
        return spread(left, &|left| spread(right.clone(), &|right| pair(left.clone(), right, distance)));
    }
    pair(left, right, distance)
}

fn pair(left: Query, right: Query, distance: Distance) -> Query {
    Query::Near(Box::new(Near { left, right, distance }))
}

/// Whether each of its parts has places of its own.
fn spreads(query: &Query) -> bool {
    match query {
        Query::And(queries) => queries.iter().all(spreads),
        Query::Group(operands) => {
            operands.iter().all(|operand| operand.occur == Occur::Should && spreads(&operand.query))
        }
        query => query.is_placeable(),
    }
}

/// The same joined by AND, or side by side, of what each part becomes.
fn spread(query: Query, each: &dyn Fn(Query) -> Query) -> Query {
    match query {
        Query::And(queries) => Query::And(queries.into_iter().map(|query| spread(query, each)).collect()),
        Query::Group(operands) => {
            let spread = |operand: Operand| Operand { query: spread(operand.query, each), ..operand };
            Query::Group(operands.into_iter().map(spread).collect())
        }
        query => each(query),
    }
}

/// The words between quotes, each as written; a single one is an exact word, or a symbol.
fn phrase(text: &str, span: Span) -> Query {
    // A phrase has no fuzzy words: a tilde parts them, as it does in texts.
    let mut words: Vec<Word> = text
        .split(|c: char| c.is_whitespace() || c == '~')
        .flat_map(parts)
        .map(|word| Word { text: bare(word).to_owned(), form: phrase_form(bare(word)), span })
        .collect();
    if words.len() != 1 {
        return Query::Phrase(words);
    }
    let word = words.remove(0);
    Symbol::parse(&word.text).map_or(Query::Word(word), |symbol| Query::Symbol(symbol.to_string(), span))
}

/// The words that stand together without a space: `(a)(i)` is two.
fn parts(run: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = run;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || c == '*') {
        let length = token::word_length(&rest[start..]);
        let next = rest[start..].chars().next().map_or(0, char::len_utf8);
        let end = start + length.max(next);
        let part = &rest[start..end];
        if part.contains(char::is_alphanumeric) {
            parts.push(part);
        }
        rest = &rest[end..];
    }
    parts
}

/// A word of a phrase without the punctuation around it, which a question mark at its end is too.
fn bare(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '*');
    let word = &word[..token::word_length(word)];
    let closes_own = word.contains('(');
    word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*' && !(c == ')' && closes_own))
}

/// Wildcards hold in a phrase too.
fn phrase_form(word: &str) -> WordForm {
    if word.contains(['*', '?']) { WordForm::Wildcard } else { WordForm::Exact }
}

/// The filters given beside a query, one field's values OR-ed, as operands that must hold.
///
/// # Errors
/// A field is unknown, or cannot have the value: the message says what was wanted.
pub fn filters(given: &[(String, String)]) -> Result<Vec<Restriction>, String> {
    let mut by_field: Vec<Restriction> = Vec::new();
    for (name, value) in given {
        let unknown = || format!("unknown field \"{name}\", want {}", fields::NAMES);
        let field = fields::field(name).ok_or_else(unknown)?;
        let filter = fields::filter(field, value)?;
        match by_field.iter_mut().find(|known| known.name == *name) {
            Some(known) => known.any_of.push(filter),
            None => by_field.push(Restriction { name: name.clone(), any_of: vec![filter] }),
        }
    }
    Ok(by_field)
}

/// Values of one field, any of which will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// The field as named by the caller.
    pub name: String,
    /// The values.
    pub any_of: Vec<Filter>,
}
