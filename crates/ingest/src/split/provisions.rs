//! What the paragraphs of a code or an act stand in: sections that are cited as articles are, and acts
//! whose numbers are sections.

use chapeau_document::Level;

use super::piece::{Form, Piece, Standing};
use crate::label::{Class, folded};

/// Fewest sections with their word that make a text a code; with their sign two do.
const FEWEST_SECTIONS: usize = 8;

/// Marks sections as the provisions of a text that has no articles: "§ 2001.1", "Section 36".
pub(super) fn mark(pieces: &mut [Piece<'_>]) {
    let is_section = |piece: &Piece<'_>| {
        piece.division().is_some_and(|division| {
            division.level == Level::Section && division.number.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let is_signed = |piece: &Piece<'_>| is_section(piece) && piece.text.starts_with('§');
    let n_articles = pieces.iter().filter(|piece| piece.is_article()).count();
    let n_signed = pieces.iter().filter(|piece| is_signed(piece)).count();
    let n_sections = pieces.iter().filter(|piece| is_section(piece)).count();
    let is_code = n_articles == 0 && (n_signed >= 2 || n_sections >= FEWEST_SECTIONS);
    for piece in
        pieces.iter_mut().filter(|piece| is_code && (is_signed(piece) || n_signed < 2 && is_section(piece)))
    {
        if let Form::Division(division) = &mut piece.form {
            division.standing = Standing::Provision;
        }
    }
}

/// What the numbers of an act are called where the act says what they are, or that it is one: by the
/// title of its contents, or by its words of enactment.
pub(super) fn noun(pieces: &[Piece<'_>]) -> Option<&'static str> {
    let is_number = |piece: &&Piece<'_>| matches!(&piece.form, Form::Marked(marker) if marker.style.class == Class::Number && !marker.style.opened);
    if pieces.iter().any(Piece::is_article) || pieces.iter().filter(is_number).take(2).count() < 2 {
        return None;
    }
    let opening =
        || pieces.iter().take(OPENING).map(|piece| folded(&piece.text[..piece.text.floor_char_boundary(80)]));
    let arranged = opening().find_map(|text| {
        let noun = text.strip_prefix("arrangement of ")?.to_owned();
        ARRANGED.iter().find(|(plural, _)| noun.starts_with(plural)).map(|(_, noun)| *noun)
    });
    let enacts = |text: String| ENACTING.iter().any(|words| text.starts_with(words));
    arranged.or_else(|| short_title(pieces)).or_else(|| opening().any(enacts).then_some("Section "))
}

/// What an act calls its numbers by the words that give it its short title, in one of the first of them: "1. These
/// rules may be called the Lamp Rules."
fn short_title(pieces: &[Piece<'_>]) -> Option<&'static str> {
    const FIRST: usize = 3;
    let is_number = |piece: &&Piece<'_>| matches!(&piece.form, Form::Marked(marker) if marker.style.class == Class::Number);
    let firsts = pieces.iter().take(OPENING).filter(is_number).take(FIRST);
    let said = firsts.map(|piece| folded(&piece.text[..piece.text.floor_char_boundary(400)]));
    let noun = |text: String| {
        let kinds = TITLED.iter().filter(|(kind, _)| {
            let called = text.split(kind).nth(1).unwrap_or_default().trim_start_matches([',', ' ']);
            CALLED.iter().any(|words| called.starts_with(words))
        });
        kinds.map(|(_, noun)| *noun).next()
    };
    said.filter_map(noun).next()
}

/// How many pieces of a text may hold its words of enactment: its contents stand before them.
const OPENING: usize = 1500;

/// What an act arranges, and what one of them is called.
const ARRANGED: &[(&str, &str)] = &[
    ("sections", "Section "),
    ("clauses", "Clause "),
    ("regulations", "Regulation "),
    ("rules", "Rule "),
    ("articles", "Article "),
    ("paragraphs", "Paragraph "),
];

/// The words by which parliaments enact, in small letters.
const ENACTING: &[&str] = &[
    "be it enacted",
    "be it therefore enacted",
    "be it further enacted",
    "enacted by",
    "now therefore be it enacted",
    "now, therefore, be it enacted",
    "it is hereby enacted",
];

/// The kinds that give themselves a short title, and what their numbers are called.
const TITLED: &[(&str, &str)] = &[
    ("this act", "Section "),
    ("this ordinance", "Section "),
    ("this law", "Section "),
    ("this code", "Section "),
    ("this decree", "Section "),
    ("these rules", "Rule "),
    ("these regulations", "Regulation "),
    ("this regulation", "Regulation "),
    ("this bill", "Clause "),
];

/// The words by which they do.
const CALLED: &[&str] = &[
    "may be cited",
    "may be called",
    "shall be cited",
    "shall be called",
    "is called",
    "may for all purposes be cited",
];
