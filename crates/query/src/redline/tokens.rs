//! The words and marks of a text as a redline compares them: together they are the whole text.

use chapeau_document::Span;
use chapeau_index::fold;

/// A word or a mark, with the white space after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// Its bytes, white space included.
    pub(super) span: Span,
    /// Itself as written.
    pub(super) letters: &'a str,
    /// What it is compared by: case folded, one mark for all quotation marks.
    pub(super) key: String,
    /// Whether it belongs to the number in front of the text.
    pub(super) is_number: bool,
}

/// The tokens of a text. White space in front of it belongs to the first.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at + text[at..].len() - text[at..].trim_start().len();
        let end = start + word_length(&text[start..]);
        let next = text.len() - text[end..].trim_start().len();
        let letters = &text[start..end];
        tokens.push(Token { span: Span::new(at, next), letters, key: key(letters), is_number: false });
        at = next;
    }
    let n_number = number_length(&tokens);
    tokens[..n_number].iter_mut().for_each(|token| token.is_number = true);
    tokens
}

/// Bytes of the word or the mark that a text starts with.
fn word_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let Some((_, first)) = letters.next() else { return 0 };
    if !first.is_alphanumeric() {
        return first.len_utf8();
    }
    let mut end = first.len_utf8();
    while let Some((at, letter)) = letters.next() {
        let goes_on = letter.is_alphanumeric()
            || is_joint(letter) && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !goes_on {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// What stands within a word: an apostrophe, a hyphen, the slash and the dot of symbols and numbers.
fn is_joint(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '-' | '‑' | '/' | '.' | ',')
}

fn key(letters: &str) -> String {
    match letters.chars().next() {
        Some('"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '‚') => "\"".to_owned(),
        Some('–' | '—' | '‐' | '‑' | '-') => "-".to_owned(),
        _ => fold(letters).replace('’', "'").replace(['‐', '‑'], "-"),
    }
}

/// Tokens of the number or the bullet in front of a text: `1.`, `(a)`, `14.3`, `•`.
fn number_length(tokens: &[Token]) -> usize {
    let is = |at: usize, marks: &[&str]| tokens.get(at).is_some_and(|token| marks.contains(&token.letters));
    let is_counter = |at: usize| tokens.get(at).is_some_and(|token| is_counter(token.letters));
    match tokens {
        _ if is(0, &["•", "·", "▪", "*"]) => 1,
        _ if is(0, &["-", "–", "—"]) => 1,
        _ if is(0, &["("]) && is_counter(1) && is(2, &[")"]) => 3,
        _ if is_counter(0) && is(1, &[".", ")"]) => 2,
        _ => 0,
    }
}

/// `1`, `14.3`, `a`, `iv`: at most two letters that are no word, or a roman numeral.
fn is_counter(letters: &str) -> bool {
    let is_decimal = letters.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    let is_roman = letters.chars().all(|letter| "ivxlIVXL".contains(letter));
    is_decimal && letters.len() <= 7 || is_roman && letters.len() <= 6 || letters.chars().count() == 1
}
