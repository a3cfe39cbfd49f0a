//! Words whose letters are set apart by spaces, "M e m b e r s  s h a l l": put together, they are words again.

/// Fewest letters that stand alone.
const FEWEST: usize = 5;
/// This part of all pieces, in percent, must be letters that stand alone.
const ALONE_PERCENT: usize = 80;

/// The line with its letters put together; `None` if they are not set apart.
pub(crate) fn closed_up(line: &str) -> Option<String> {
    let pieces: Vec<&str> = line.split_whitespace().collect();
    let alone: Vec<char> = pieces.iter().filter_map(|piece| lone_letter(piece)).collect();
    if alone.len() < FEWEST || alone.len() * 100 < pieces.len() * ALONE_PERCENT {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    let mut n_spaces = 2;
    for piece in line.trim().split(char::is_whitespace) {
        // Between two spaces stands an empty piece.
        if piece.is_empty() {
            n_spaces += 1;
            continue;
        }
        match words.last_mut() {
            Some(word) if n_spaces < 2 => word.push_str(piece),
            _ => words.push(piece.to_owned()),
        }
        n_spaces = 1;
    }
    (words.len() > 1 || is_word(&alone)).then(|| words.join(" "))
}

fn lone_letter(piece: &str) -> Option<char> {
    let mut letters = piece.chars();
    letters.next().filter(|letter| letter.is_alphabetic() && letters.next().is_none())
}

/// Whether letters make one word, and no list of letters: "A N N E X", not "A B C D E" or "x Y z w v".
fn is_word(letters: &[char]) -> bool {
    let follows = |pair: &&[char]| u32::from(pair[1]) == u32::from(pair[0]) + 1;
    let is_list = letters.windows(2).filter(follows).count() * 2 > letters.len();
    let is_one_case = letters.iter().all(|letter| letter.is_uppercase())
        || letters.iter().skip(1).all(|letter| letter.is_lowercase());
    let has_vowel = letters.iter().any(|letter| "aeiouyAEIOUYéèÉÈ".contains(*letter));
    is_one_case && has_vowel && !is_list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_set_apart_are_put_together() {
        let check = |line: &str, expected: Option<&str>| assert_eq!(closed_up(line).as_deref(), expected);
        check("M e m b e r s  l i g h t  l a m p s", Some("Members light lamps"));
        check("A N N E X", Some("ANNEX"));
        check("A N N E X  2", Some("ANNEX 2"));
        check("A B C D E F", None);
        check("x Y z w v", None);
        check("Each lamp of class A B C", None);
        check("A N  X", None);
    }
}
