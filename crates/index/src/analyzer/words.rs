//! Words: atoms put together over hyphens, apostrophes, dots and square brackets.

use std::ops::Range;

use chapeau_document::{Span, Symbol};

use super::atoms::atoms;

/// One word of a text, or another form of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// Bytes of the text.
    pub(super) span: Span,
    /// What to make the forms of: the text at `span`, or its letters without what joined them.
    pub(super) letters: &'a str,
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A word at the next position.
    Word,
    /// A symbol at the next position, not to be stemmed; its letters are its normal form.
    Symbol,
    /// A hyphenated word as one, at the position of the word before.
    Joined,
    /// The rest after a prefix, at the position of the word before.
    Part,
}

/// Prefixes that make one word with what follows a hyphen: both spellings are in use
/// (anti-dumping 128 agreements, antidumping 77: domain facts).
const PREFIXES: &[(&str, Rest)] = &[
    ("agri", Rest::Silent),
    ("agro", Rest::Silent),
    ("anti", Rest::Found),
    ("bi", Rest::Silent),
    ("bio", Rest::Silent),
    ("co", Rest::Silent),
    ("counter", Rest::Found),
    ("de", Rest::Silent),
    ("e", Rest::Found),
    ("extra", Rest::Found),
    ("inter", Rest::Found),
    ("intra", Rest::Found),
    ("macro", Rest::Found),
    ("micro", Rest::Found),
    ("multi", Rest::Found),
    ("non", Rest::Found),
    ("over", Rest::Silent),
    ("para", Rest::Silent),
    ("pluri", Rest::Found),
    ("pre", Rest::Found),
    ("quasi", Rest::Found),
    ("re", Rest::Silent),
    ("semi", Rest::Found),
    ("socio", Rest::Found),
    ("sub", Rest::Found),
    ("supra", Rest::Found),
    ("trans", Rest::Silent),
    ("under", Rest::Silent),
];

/// Latin phrases that are also written as two words.
const TWO_WORDS: &[(&str, &str)] =
    &[("inter", "alia"), ("inter", "se"), ("de", "facto"), ("de", "jure"), ("de", "minimis")];

/// Whether what follows a prefix is found by itself too: a search for "discrimination" is to
/// find "non-discrimination", one for "operation" not "co-operation".
#[derive(Clone, Copy, PartialEq)]
enum Rest {
    Found,
    Silent,
}

/// Short words that lose their vowel before an apostrophe. In texts of any language, since
/// names such as "Côte d'Ivoire" stand in all.
const ELIDED: &[&str] = &["l", "d", "qu"];
/// The same, in French only: "m", "s" and "t" are other things elsewhere.
const ELIDED_IN_FRENCH: &[&str] =
    &["c", "j", "jusqu", "lorsqu", "m", "n", "presqu", "puisqu", "quelqu", "quoiqu", "s", "t"];

/// The longest bracketed part of a word, in bytes: at its start (`[R]egulatory`) and at its end
/// (`Part[ies]`). A longer one is a word that lost its space.
const MOST_BRACKETED_FIRST: usize = 2;
const MOST_BRACKETED_LAST: usize = 4;
/// A hyphenated word of more parts is a row of words, not one: "state-of-the-art".
const MOST_JOINED: usize = 3;

/// What stands between two atoms.
#[derive(Clone, Copy, PartialEq)]
enum Joint {
    Hyphen,
    Apostrophe,
    Dot,
    Comma,
    Ampersand,
    Opening,
    Closing,
    None,
}

/// How an atom goes on into the next.
enum Glue {
    /// It does not.
    Not,
    /// As one word, with this between the letters.
    With(&'static str),
    /// The next is the `s` of a genitive, which is dropped and ends the word.
    Genitive,
}

/// A part of a hyphenated word; a range counts bytes of the splitter's letters.
#[derive(Debug)]
struct Part {
    span: Span,
    letters: Range<usize>,
    /// What follows a prefix, if that is to be found by itself.
    rest: Option<(Span, Range<usize>)>,
}

/// Buffers, kept from text to text.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    atoms: Vec<Span>,
    parts: Vec<Part>,
    /// The letters of the parts, one after the other.
    letters: String,
}

impl Splitter {
    /// Visits the words of `text` in order.
    pub(super) fn split(&mut self, text: &str, french: bool, visit: &mut impl FnMut(Word<'_>)) {
        let mut spans = std::mem::take(&mut self.atoms);
        spans.clear();
        atoms(text, &mut spans);
        let has_slash = text.contains(['/', '\u{2044}', '\u{2215}']);
        let symbols = if has_slash { Symbol::find_compact(text) } else { Vec::new() };
        let mut at = 0;
        for (span, symbol) in symbols {
            let before = at + spans[at..].partition_point(|atom| atom.end <= span.start);
            self.run(text, &spans[at..before], french, visit);
            visit(Word { span, letters: symbol.as_str(), role: Role::Symbol });
            at = before + spans[before..].partition_point(|atom| atom.start < span.end);
        }
        self.run(text, &spans[at..], french, visit);
        self.atoms = spans;
    }

    /// Visits the words of a run of atoms without a symbol.
    fn run(&mut self, text: &str, atoms: &[Span], french: bool, visit: &mut impl FnMut(Word<'_>)) {
        let mut at = 0;
        while at < atoms.len() {
            if joint(text, atoms, at) == Joint::None {
                visit(Word { span: atoms[at], letters: atoms[at].of(text), role: Role::Word });
                at += 1;
            } else if is_elided(text, atoms, at, french) {
                at += 1;
            } else {
                at = self.compound(text, atoms, at);
                self.visit_parts(visit);
            }
        }
    }

    /// Reads the parts of a hyphenated word; which atom comes next.
    fn compound(&mut self, text: &str, atoms: &[Span], first: usize) -> usize {
        self.parts.clear();
        self.letters.clear();
        let mut at = first;
        loop {
            let (mut part, mut next) = self.part(text, atoms, at);
            if let Some(rest) = self.prefix(text, atoms, &part, next) {
                let (after, end) = self.part(text, atoms, next);
                part.span.end = after.span.end;
                part.letters.end = after.letters.end;
                part.rest = (rest == Rest::Found).then_some((after.span, after.letters));
                next = end;
            }
            self.parts.push(part);
            if joint(text, atoms, next - 1) != Joint::Hyphen {
                return next;
            }
            at = next;
        }
    }

    /// Reads the atoms up to a hyphen or the end of the word; which atom comes next.
    fn part(&mut self, text: &str, atoms: &[Span], first: usize) -> (Part, usize) {
        let start = self.letters.len();
        let mut span = atoms[first];
        let mut next = first + 1;
        self.letters.push_str(span.of(text));
        while next < atoms.len() {
            let after = atoms[next];
            match glue(text, atoms, next - 1) {
                Glue::Not => break,
                Glue::With(mark) => self.letters.push_str(mark),
                Glue::Genitive => {
                    span.end = after.end;
                    next += 1;
                    break;
                }
            }
            self.letters.push_str(after.of(text));
            span.end = after.end;
            next += 1;
        }
        let span = if next > first + 1 { with_brackets(text, span) } else { span };
        (Part { span, letters: start..self.letters.len(), rest: None }, next)
    }

    /// Whether a part is a prefix of the atom after its hyphen.
    fn prefix(&self, text: &str, atoms: &[Span], part: &Part, next: usize) -> Option<Rest> {
        if next >= atoms.len() || joint(text, atoms, next - 1) != Joint::Hyphen {
            return None;
        }
        let letters = &self.letters[part.letters.clone()];
        let (prefix, rest) = PREFIXES.iter().find(|(prefix, _)| prefix.eq_ignore_ascii_case(letters))?;
        let after = atoms[next].of(text);
        let two_words =
            TWO_WORDS.iter().any(|(first, second)| first == prefix && second.eq_ignore_ascii_case(after));
        (!two_words && after.len() > 1 && is_letters(after)).then_some(*rest)
    }

    fn visit_parts(&self, visit: &mut impl FnMut(Word<'_>)) {
        for (at, part) in self.parts.iter().enumerate() {
            visit(Word { span: part.span, letters: &self.letters[part.letters.clone()], role: Role::Word });
            if at == 0 && self.is_one_word() {
                let end = self.parts.last().map_or(part.span.end, |last| last.span.end);
                let span = Span::new(part.span.start, end);
                visit(Word { span, letters: &self.letters, role: Role::Joined });
            }
            if let Some((span, letters)) = &part.rest {
                visit(Word { span: *span, letters: &self.letters[letters.clone()], role: Role::Part });
            }
            let letters = &self.letters[part.letters.clone()];
            for subheading in subheadings(letters) {
                visit(Word { span: part.span, letters: subheading, role: Role::Part });
            }
        }
    }

    /// Whether the hyphenated word may also be written as one.
    fn is_one_word(&self) -> bool {
        (2..=MOST_JOINED).contains(&self.parts.len())
            && self.parts.iter().all(|part| part.letters.len() > 1)
            && is_letters(&self.letters)
    }
}

/// Figures of a heading and of a subheading of the Harmonized System.
const HEADING: usize = 4;
const SUBHEADING: usize = 6;

/// Whether a word is a code of the Harmonized System or of a tariff made of it: "0102.29.10".
pub(super) fn is_tariff_code(word: &str) -> bool {
    let mut groups = word.split('.');
    let is_group = |group: &str, lengths: &[usize]| lengths.contains(&group.len()) && is_digits(group);
    groups.next().is_some_and(|heading| is_group(heading, &[HEADING]))
        && word.len() > HEADING
        && groups.all(|group| is_group(group, &[2, 4]))
}

/// What a code is a part of, down to its subheading: "0102.29" of "0102.29.10".
fn subheadings(word: &str) -> impl Iterator<Item = &str> {
    let is_code = word.len() > SUBHEADING + 1 && is_tariff_code(word);
    let cuts = word.match_indices('.').map(|(at, _)| at).filter(move |at| is_code && *at > SUBHEADING);
    cuts.filter_map(|at| word.get(..at))
}

/// What stands between an atom and the next.
fn joint(text: &str, atoms: &[Span], at: usize) -> Joint {
    let Some(next) = atoms.get(at + 1) else { return Joint::None };
    match &text.as_bytes()[atoms[at].end..next.start] {
        b"-" | b"\xe2\x80\x90" | b"\xe2\x80\x91" => Joint::Hyphen,
        b"'" | b"\xe2\x80\x99" => Joint::Apostrophe,
        b"." => Joint::Dot,
        b"," => Joint::Comma,
        b"&" => Joint::Ampersand,
        b"[" => Joint::Opening,
        b"]" => Joint::Closing,
        _ => Joint::None,
    }
}

/// Whether an atom is a short word before an apostrophe: "l'accord".
fn is_elided(text: &str, atoms: &[Span], at: usize, french: bool) -> bool {
    let word = atoms[at].of(text);
    let is_one_of = |words: &[&str]| words.iter().any(|elided| elided.eq_ignore_ascii_case(word));
    joint(text, atoms, at) == Joint::Apostrophe
        && atoms[at + 1].len() > 1
        && (is_one_of(ELIDED) || (french && is_one_of(ELIDED_IN_FRENCH)))
}

/// How atom `at` goes on into the next one.
fn glue(text: &str, atoms: &[Span], at: usize) -> Glue {
    let bytes = text.as_bytes();
    let (before, after) = (atoms[at].of(text), atoms[at + 1].of(text));
    let between_digits =
        bytes[atoms[at].end - 1].is_ascii_digit() && bytes[atoms[at + 1].start].is_ascii_digit();
    let letters = is_letters(before) && is_letters(after);
    let fits = match joint(text, atoms, at) {
        Joint::Dot if between_digits => return Glue::With("."),
        Joint::Dot => letters && before.chars().count() == 1 && after.chars().count() == 1,
        Joint::Comma => between_digits && after.len() == 3 && is_digits(after),
        Joint::Ampersand if is_initials(before) && is_initials(after) => return Glue::With("&"),
        Joint::Apostrophe if after.eq_ignore_ascii_case("s") => return Glue::Genitive,
        Joint::Apostrophe => letters,
        Joint::Opening => {
            letters && after.len() <= MOST_BRACKETED_LAST && bytes.get(atoms[at + 1].end) == Some(&b']')
        }
        Joint::Closing => letters && before.len() <= MOST_BRACKETED_FIRST && is_opened(text, atoms[at].start),
        Joint::Ampersand | Joint::Hyphen | Joint::None => false,
    };
    if fits { Glue::With("") } else { Glue::Not }
}

/// The span with a square bracket that opens or closes inside it.
fn with_brackets(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start - usize::from(inside.contains(']') && is_opened(text, span.start));
    let closed = inside.contains('[') && text.as_bytes().get(span.end) == Some(&b']');
    Span::new(start, span.end + usize::from(closed))
}

/// Whether an opening square bracket stands right before this place.
fn is_opened(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].last() == Some(&b'[')
}

fn is_letters(atom: &str) -> bool {
    atom.chars().all(char::is_alphabetic)
}

fn is_digits(atom: &str) -> bool {
    atom.bytes().all(|byte| byte.is_ascii_digit())
}

/// One or two capitals: "R&D".
fn is_initials(atom: &str) -> bool {
    atom.len() <= 2 && atom.bytes().all(|byte| byte.is_ascii_uppercase())
}
