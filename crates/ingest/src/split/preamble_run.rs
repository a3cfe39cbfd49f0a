//! Preambles printed in one run: who makes the treaty, its recitals and the words of agreement in a single
//! paragraph, "The Government of Lampland, Desiring to ..., Recognising that ..., Have agreed as follows:".

use super::openers;

/// Shortest such paragraph, in bytes: the parties, a recital and the agreement need as much.
const SHORTEST: usize = 100;
/// Longest words of agreement, in bytes.
const LONGEST_AGREEMENT: usize = 120;
/// Words that may join the last recital to the others.
const JOINS: &[&str] = &["and ", "et ", "y ", "e "];

/// Where the recitals and the agreement begin, if a paragraph holds the parties or a recital, and these.
pub(super) fn cuts(text: &str) -> Vec<usize> {
    if text.len() < SHORTEST || !text.starts_with(|c: char| c.is_uppercase()) {
        return Vec::new();
    }
    let end = text.trim_end();
    let opens_recital = openers::is_recital(text);
    let announces = end.ends_with(':') && openers::is_agreement(text);
    if !(announces || opens_recital && end.ends_with([',', ';'])) {
        return Vec::new();
    }
    let mut reader =
        Reader { has_recital: opens_recital, names_maker: openers::names_maker(text), announces };
    let found: Vec<usize> = stops(text).filter(|at| reader.cuts(text, *at)).collect();
    // The parties and their agreement alone, "The Parties, have agreed as follows:", are one line.
    if reader.has_recital { found } else { Vec::new() }
}

/// What the paragraph has had so far.
struct Reader {
    has_recital: bool,
    names_maker: bool,
    /// Whether it ends in the words of agreement.
    announces: bool,
}

impl Reader {
    /// Whether something begins at this place, behind a comma or a semicolon.
    fn cuts(&mut self, text: &str, at: usize) -> bool {
        let words = &text[at..];
        let bare = JOINS.iter().find_map(|join| words.strip_prefix(join)).unwrap_or(words);
        if self.announces && words.len() <= LONGEST_AGREEMENT && openers::begins_agreement(bare) {
            return self.has_recital;
        }
        let is_capital = bare.starts_with(char::is_uppercase);
        let after_semicolon = text[..at].trim_end().ends_with(';');
        // In small letters behind a comma, only the first one is told from what goes on with a recital.
        let may_open = is_capital
            || self.announces && after_semicolon
            || self.names_maker && !self.has_recital && bare.len() == words.len();
        let opens = may_open && openers::opens_recital(bare);
        self.has_recital |= opens;
        opens
    }
}

/// The places behind commas and semicolons, outside brackets.
fn stops(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut depth = 0_usize;
    text.char_indices().filter_map(move |(at, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let after = &text[at + c.len_utf8()..];
        let words = after.trim_start();
        let is_stop = matches!(c, ',' | ';') && depth == 0 && words.len() < after.len() && !words.is_empty();
        is_stop.then(|| text.len() - words.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let starts = cuts(text);
        let begin = |at: &usize| text[*at..].split(' ').next().unwrap_or_default();
        assert_eq!(starts.iter().map(begin).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn recitals_in_one_run_are_told_apart() {
        check(
            "The Government of the Kingdom of Lampland and the Government of Kettlia, Desiring to light lamps, and \
             kettles, Recognising that light is wanted, Have agreed as follows:",
            &["Desiring", "Recognising", "Have"],
        );
        check(
            "Le Gouvernement de la Lampie et le Gouvernement de la Bouillie, ci-après les Parties, désireux \
             d'allumer des lampes, Convaincus que la lumière aide, Sont convenus de ce qui suit :",
            &["désireux", "Convaincus", "Sont"],
        );
        check(
            "La República de Lamparia y la República de Teteria, DESEANDO encender las lámparas; RECONOCIENDO su \
             luz; y convencidos de ello, HAN CONVENIDO lo siguiente:",
            &["DESEANDO", "RECONOCIENDO", "y", "HAN"],
        );
        check(
            "Desiring to promote the lamps of the guild and their trade in all seas; Recognizing that light is \
             wanted; and Having resolved to light them,",
            &["Recognizing", "and"],
        );
    }

    #[test]
    fn a_recital_that_goes_on_and_a_line_of_parties_stay_whole() {
        check(
            "Recalling the rules on lamps, taking into account the lamps that are lit, and noting with concern \
             the kettles that are not,",
            &[],
        );
        check(
            "The Government of the Kingdom of Lampland and the Government of the Republic of Kettlia, have agreed as \
             follows:",
            &[],
        );
        check(
            "The Board shall meet once a year, having regard to the lamps, and shall light them, in order to:",
            &[],
        );
    }
}
