//! Words that stand alone and head the clauses below them, as resolutions of the ITU are set:
//! "considering", then "a) that ..."; "instructs the Secretary-General", then "1 to report ...".
//!
//! A clause under such words completes them and is cited by them: "considering a)", "resolves 2".

use chapeau_document::{Part, Span};

use super::openers;
use super::piece::{Form, Piece};
use crate::label::{Class, Marker, Style};
use crate::letter_case::starts_low;

/// Longest of such heads, in bytes: "instructs the Secretary-General, in collaboration with the Directors
/// of the Bureaux" has 90.
const LONGEST: usize = 180;
/// A text is set that way if it has so many: one may be a line that was cut.
const FEWEST: usize = 2;

/// The part that a piece opens if it is such a head: small letters, an opener, and no stop at its end.
pub(super) fn part_of(piece: &Piece<'_>) -> Option<Part> {
    let text = piece.text.trim_end();
    let stands_alone = text.len() <= LONGEST && text.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    if piece.form != Form::Plain || !stands_alone || !starts_low(text) {
        return None;
    }
    match () {
        () if openers::is_recital(text) => Some(Part::Preambular),
        () if openers::is_operative(text) => Some(Part::Operative),
        () => None,
    }
}

/// Whether a text is set that way.
pub(super) fn are_used(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().filter(|piece| part_of(piece).is_some()).take(FEWEST).count() == FEWEST
}

/// The pieces of such a text with what converters left on one line parted: the next number behind a stop,
/// and a head at the end of the paragraph before it.
pub(super) fn parted(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    if !are_used(&pieces) {
        return pieces;
    }
    let mut found: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut numbers = Numbers::default();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let cuts = numbers.cuts(&piece, pieces.peek());
        let ends = cuts.iter().skip(1).map(|(at, _)| *at).chain([piece.text.len()]);
        for ((start, form), end) in cuts.iter().zip(ends) {
            let text = piece.text[*start..end].trim_end();
            let from = piece.span.start + start;
            let span = Span::new(from, from + text.len());
            found.push(Piece { span, text, block: piece.block, form: form.clone() });
        }
    }
    found
}

/// The numbers under the last head: "4", and within it "4.1".
#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    last: u32,
    within: u32,
}

impl Numbers {
    /// Where the paragraphs of a piece begin, and their forms.
    fn cuts<'a>(&mut self, piece: &Piece<'a>, next: Option<&Piece<'a>>) -> Vec<(usize, Form<'a>)> {
        let mut cuts = vec![(0, self.form(piece))];
        if !matches!(piece.form, Form::Plain | Form::Marked(_)) {
            return cuts;
        }
        for stop in memchr::memchr2_iter(b';', b':', piece.text.as_bytes()) {
            let words = piece.text[stop + 1..].strip_prefix(' ').unwrap_or_default();
            cuts.extend(self.next(words).map(|marker| (stop + 2, Form::Marked(marker))));
        }
        let head = next.filter(|next| begins_anew(next)).and_then(|_| glued_head(piece.text));
        if let Some(at) = head {
            *self = Self::default();
            cuts.push((at, Form::Plain));
        }
        cuts
    }

    /// The form of a piece, which may begin with a number within the last one: "4.1 fees of makers".
    fn form<'a>(&mut self, piece: &Piece<'a>) -> Form<'a> {
        match piece.form {
            Form::Plain if part_of(piece).is_some() => *self = Self::default(),
            Form::Plain => return self.within(piece.text).map_or(Form::Plain, Form::Marked),
            Form::Marked(marker) if marker.style.class == Class::Number && !marker.style.opened => {
                *self = Self { last: marker.value, within: 0 };
            }
            _ => {}
        }
        piece.form.clone()
    }

    /// The marker of words that begin with the next number and what it asks for, or with one within.
    fn next(&mut self, words: &str) -> Option<Marker> {
        let value = self.last.checked_add(1)?;
        let number = value.to_string();
        let rest = words.strip_prefix(number.as_str());
        if !rest.is_some_and(|rest| rest.starts_with(" that ") || rest.starts_with(" to ")) {
            return self.within(words);
        }
        *self = Self { last: value, within: 0 };
        Some(bare(number.len(), Class::Number, value))
    }

    fn within(&mut self, words: &str) -> Option<Marker> {
        if self.last == 0 || !words.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let value = self.within.checked_add(1)?;
        let number = [self.last.to_string(), value.to_string()].join(".");
        let rest = words.strip_prefix(number.as_str())?.strip_prefix(' ')?;
        if !rest.starts_with(char::is_alphabetic) {
            return None;
        }
        self.within = value;
        Some(bare(number.len(), Class::Dotted(2), value))
    }
}

/// A number without a stop before its words.
fn bare(len: usize, class: Class, value: u32) -> Marker {
    let style = Style { class, opened: false, close: b' ' };
    Marker { len, body: len + 1, style, value, roman: None, is_inserted: false }
}

/// Whether a piece is the first under a head.
fn begins_anew(piece: &Piece<'_>) -> bool {
    match &piece.form {
        Form::Marked(marker) => marker.value == 1,
        _ => piece.text.starts_with("to "),
    }
}

/// Where a head begins at the end of a paragraph: "... of the guild, instructs the Keeper".
fn glued_head(text: &str) -> Option<usize> {
    if !text.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
        return None;
    }
    let from = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    let commas = memchr::memmem::find_iter(&text.as_bytes()[from..], ", ").map(|at| from + at + 2);
    commas.into_iter().find(|at| starts_low(&text[*at..]) && openers::is_operative(&text[*at..]))
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, read};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let source = Source { path: "lamps.txt", bytes: text.as_bytes(), given: &[] };
        let reading = read(&source, &Options::default()).expect("a text");
        let document = &reading.documents[0];
        let labelled = document.clauses.iter().filter_map(|clause| {
            let act = clause.acts.first().map_or("", |act| act.act.as_str());
            Some((clause.label.clone()?, act))
        });
        let labelled: Vec<(String, &str)> = labelled.collect();
        let labelled: Vec<(&str, &str)> =
            labelled.iter().map(|(label, act)| (label.as_str(), *act)).collect();
        assert_eq!(labelled, expected);
    }

    #[test]
    fn what_stands_under_a_head_completes_it_and_is_cited_by_it() {
        check(
            "RESOLUTION 9 (LAMPTON, 2030)\n\nThe Lamp Conference of the Guild (Lampton, 2030),\n\n\
             considering\n\na) that lamps go out at dawn;\n\nb) the report of the Lamp Office,\n\n\
             considering further\n\nthat oil is dear,\n\nresolves\n\n1 to hold a lamp fair each year;\n\n\
             2 that the fair shall not be closed to any maker,\n\ninstructs the Lamp Office\n\n\
             to report on the fair.\n",
            &[
                ("considering a)", "consider"),
                ("considering b)", "consider"),
                ("considering further", "consider"),
                ("resolves 1", "resolve"),
                ("resolves 2", "resolve"),
                ("instructs the Lamp Office", "instruct"),
            ],
        );
    }

    #[test]
    fn one_line_without_a_stop_heads_nothing() {
        check(
            "The Lamp Council,\n\nRecalling the report,\n\n1. Decides to keep the register;\n\n\
             requests the Office\n\n2. Takes note of the fair;\n\n3. Thanks the makers.\n",
            &[
                ("preambular para. 1", "recall"),
                ("operative para. 1", "decide"),
                ("unnumbered para. 1", "request"),
                ("operative para. 2", "take note"),
                ("operative para. 3", "express"),
            ],
        );
    }

    #[test]
    fn what_converters_left_on_one_line_is_parted() {
        check(
            "RESOLUTION 9 (LAMPTON, 2030)\n\nThe Lamp Conference of the Guild (Lampton, 2030),\n\n\
             considering\n\nthat lamps go out at dawn,\n\nresolves\n\n\
             1 to hold a lamp fair each year: 1.1 that lasts a day; 1.2 that is free;\n\n\
             2 to look at the following fees:\n\n2.1 fees of makers;\n\n2.2 fees of guests;\n\n\
             3 that the fair shall be open; 4 that guests may come, instructs the Keeper, with his clerks\n\n\
             1 to count the guests;\n\n2 to report.\n",
            &[
                ("considering", "consider"),
                ("resolves 1", "resolve"),
                ("resolves 1.1", ""),
                ("resolves 1.2", "resolve"),
                ("resolves 2", "resolve"),
                ("resolves 2.1", ""),
                ("resolves 2.2", "resolve"),
                ("resolves 3", "resolve"),
                ("resolves 4", "resolve"),
                ("instructs the Keeper, with his clerks 1", "instruct"),
                ("instructs the Keeper, with his clerks 2", "instruct"),
            ],
        );
    }
}
