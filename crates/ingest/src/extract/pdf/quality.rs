//! How sound the words of a text are: whether a machine that looked at a bad image may have made them.
//!
//! No dictionary is asked. A recogniser that does not see letters well puts signs and figures into words,
//! leaves strokes as words of one letter, and writes words that no mouth could say.

/// A layer is poor if so many of its words, in a thousand, are unsound, and there are as many as that.
const POOR_PER_MILLE: usize = 30;
const FEWEST_UNSOUND: usize = 3;
/// Fewer words than this tell nothing.
const FEWEST_WORDS: usize = 40;
/// Longest run of consonants and of one letter in a word ("Knightsbridge" has six).
const MOST_CONSONANTS: usize = 6;
const MOST_ALIKE: usize = 2;

/// How many words a text has, and how many of them are none of any language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Soundness {
    pub(super) n_words: usize,
    pub(super) n_unsound: usize,
}

impl Soundness {
    /// Of the words of some lines.
    pub(super) fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut found = Self::default();
        for word in lines.flat_map(str::split_whitespace).filter(|word| is_judged(word)) {
            found.n_words += 1;
            found.n_unsound += usize::from(is_unsound(word));
        }
        found
    }

    /// Whether the text needs to be compared with what it was made of.
    pub(super) fn is_poor(self) -> bool {
        self.n_words >= FEWEST_WORDS
            && self.n_unsound >= FEWEST_UNSOUND
            && 1000 * self.n_unsound >= POOR_PER_MILLE * self.n_words
    }

    /// The share of unsound words.
    pub(super) fn unsound_share(self) -> f32 {
        self.n_unsound as f32 / self.n_words.max(1) as f32
    }
}

/// Addresses and names of files are no words, and other alphabets have other rules.
fn is_judged(word: &str) -> bool {
    let is_latin = |c: char| !c.is_alphabetic() || c < '\u{250}' || ('\u{fb00}'..'\u{fb07}').contains(&c);
    !["://", "www.", "@", ".pdf", ".htm", "..", "__"].iter().any(|sign| word.contains(sign))
        && word.chars().all(is_latin)
}

fn is_unsound(word: &str) -> bool {
    let core = word.trim_matches(is_frame);
    let n_letters = core.chars().filter(|c| c.is_alphabetic()).count();
    match (core.chars().count(), n_letters) {
        (0, _) => !word.chars().any(|c| "–—-/&…•*.,;:()[]“”«»\"".contains(c)),
        (_, 0) => !core.chars().all(is_of_number),
        (1, _) => word == core && core.chars().any(|c| c.is_lowercase() && !"aioyeuàóé".contains(c)),
        _ => has_sign_inside(core) || mixes_figures(core) || core.split(is_joint).any(cannot_be_said),
    }
}

fn is_frame(c: char) -> bool {
    ".,;:!?()[]\"'“”‘’«»…*¹²³⁴⁵⁶⁷⁸⁹⁰".contains(c)
}

fn is_of_number(c: char) -> bool {
    c.is_numeric() || ".,:/%‰$€£¥+-–—=()×§°ºª&•○●▪◦·≥≤±".contains(c)
}

fn is_joint(c: char) -> bool {
    "-‐‑–—'’./,".contains(c)
}

/// A sign between two letters: "tr~de", "recom;nendation".
fn has_sign_inside(core: &str) -> bool {
    let mut before = [' ', ' '];
    core.chars().any(|c| {
        let found =
            before[0].is_alphabetic() && "~^|\\{}[]<>=*#!?;:%$".contains(before[1]) && c.is_lowercase();
        before = [before[1], c];
        found
    })
}

/// Figures and small letters in one: "i1", "o0t", but no "1st", "12kg", "CO2".
fn mixes_figures(core: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit();
    let after = core.trim_start_matches(is_figure);
    let is_counted =
        after.len() < core.len() && after.chars().all(char::is_alphabetic) && after.chars().count() <= 4;
    let has_figure = core.contains(is_figure);
    let has_small = core.contains(char::is_lowercase);
    let is_plain = core.chars().all(char::is_alphanumeric);
    has_figure && has_small && is_plain && !is_counted
}

/// A word of small letters without a vowel, or with too many consonants or equal letters on end.
fn cannot_be_said(word: &str) -> bool {
    if word.chars().count() < 3
        || !word.chars().all(char::is_alphabetic)
        || !word.contains(char::is_lowercase)
    {
        return false;
    }
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    if letters.iter().all(|letter| "ivxlcdm".contains(*letter)) {
        return false;
    }
    let (mut consonants, mut alike, mut longest, mut most) = (0, 1, 0, 1);
    for (at, letter) in letters.iter().enumerate() {
        consonants = if is_vowel(*letter) { 0 } else { consonants + 1 };
        alike = if at > 0 && letters[at - 1] == *letter { alike + 1 } else { 1 };
        (longest, most) = (longest.max(consonants), most.max(alike));
    }
    longest == letters.len() || longest > MOST_CONSONANTS || most > MOST_ALIKE
}

/// Letters with marks are vowels, or stand beside one.
fn is_vowel(letter: char) -> bool {
    "aeiouy".contains(letter) || !letter.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, n_unsound: usize) {
        let unsound: Vec<&str> = text.split(' ').filter(|word| is_judged(word) && is_unsound(word)).collect();
        assert_eq!(unsound.len(), n_unsound, "{unsound:?}");
    }

    #[test]
    fn words_of_three_languages_are_sound() {
        check("The guild’s 31st fair (in Lanternville), see www.lamps.example/x~y & Annex II.3(b).", 0);
        check("L’aujourd’hui n’est qu’un 1er essai: 12kg d’huile, 5 % à 7,5 % — CO2 exclu", 0);
        check("Artículo 4º. El gremio y sus farolas: ¿quién paga? 40€ o más", 0);
        check("Knightsbridge’s strengths (iii) MMXXV https://x.example/q?a=b", 0);
    }

    #[test]
    fn what_a_recogniser_makes_of_specks_is_not() {
        check("tr~de o0t recom;nendation prxhcts | s lantem |= kettttles", 8);
    }

    #[test]
    fn a_few_odd_words_make_no_text_poor() {
        assert!(!Soundness { n_words: 400, n_unsound: 4 }.is_poor());
        assert!(!Soundness { n_words: 20, n_unsound: 4 }.is_poor());
        assert!(Soundness { n_words: 100, n_unsound: 4 }.is_poor());
    }
}
