//! Numbers of paragraphs that run on through a whole text, whatever headings stand between them, as
//! in guidelines and minutes: "para. 16" under "3.1.1" is cited by its number alone.

use chapeau_document::Level;

use crate::label::{Class, Style};
use crate::split::parts::{Shape, is_division};
use crate::split::piece::{Form, Piece};

/// Fewest headings over which numbers must run on, and the share of those over which they do that
/// is enough, in percent.
const FEWEST: usize = 2;
const LEAST_SHARE: usize = 70;

/// Fewest numbers of two parts that show by their first part whose paragraphs they are.
const FEWEST_DOTTED: usize = 6;

/// The style of the numbers that run on, if there is one; those of articles begin anew in each.
pub(super) fn style(pieces: &[Piece<'_>], shape: Shape) -> Option<Style> {
    if shape == Shape::Treaty {
        return None;
    }
    [b'.', b' ', b')']
        .map(|close| Style { class: Class::Number, opened: false, close })
        .into_iter()
        .find(|style| runs_on(*style, pieces))
}

/// Whether all numbers of two parts begin with one number, as the paragraphs of one section of a larger
/// report do: "13.1" to "13.39".
pub(super) fn has_one_prefix(pieces: &[Piece<'_>]) -> bool {
    let mut dotted = pieces.iter().filter_map(|piece| match &piece.form {
        Form::Marked(marker) if marker.style.class == Class::Dotted(2) => piece.text.split('.').next(),
        _ => None,
    });
    let Some(first) = dotted.next() else { return false };
    let mut n_more = 0;
    dotted.all(|next| {
        n_more += 1;
        next == first
    }) && n_more >= FEWEST_DOTTED
}

/// Whether most plain numbers of a text head what stands below them, as the rules of a rulebook do: then those
/// without a title are rules as well, and no paragraphs.
pub(super) fn are_titled(pieces: &[Piece<'_>]) -> bool {
    let end = pieces.iter().position(|piece| is_division(piece, Level::Annex)).unwrap_or(pieces.len());
    let (mut n_titled, mut n_numbers) = (0, 0);
    for pair in pieces[..end].windows(2) {
        let Some(style) = pair[0].plain_number() else { continue };
        n_numbers += 1;
        n_titled += usize::from(pair[0].is_numbered_heading() && pair[1].plain_number() != Some(style));
    }
    n_titled >= FEWEST_DOTTED && n_titled * 2 > n_numbers
}

/// Whether the first number of this style after a numbered heading is mostly the next one.
fn runs_on(style: Style, pieces: &[Piece<'_>]) -> bool {
    let (mut last, mut is_after_heading) = (0, false);
    let (mut n_headings, mut n_run_on) = (0, 0);
    for piece in pieces {
        let Form::Marked(marker) = &piece.form else { continue };
        let goes_on = marker.style == style && last > 0 && marker.value == last + 1;
        if piece.is_numbered_heading() && goes_on {
            // "179. General" is one of them.
            last = marker.value;
        } else if piece.is_numbered_heading() {
            is_after_heading = last > 0;
        } else if marker.style == style {
            n_headings += usize::from(is_after_heading);
            n_run_on += usize::from(is_after_heading && marker.value == last + 1);
            is_after_heading = false;
            last = marker.value;
        }
    }
    n_run_on >= FEWEST && n_run_on * 100 >= n_headings * LEAST_SHARE
}
