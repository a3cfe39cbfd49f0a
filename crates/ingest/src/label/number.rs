//! The numbers of divisions: in digits, roman numerals, letters and words.

use super::words::{ORDINALS, is_latin, number_word};
use super::{SEPARATORS, folded, roman};

/// The number that a text starts with: "14.3", "1-01", "XX bis", "A", "TWENTY ONE", "1er".
pub(super) fn number(text: &str) -> &str {
    let code = code_prefix(text);
    let plain = match plain_number(&text[code..]) {
        0 => 0,
        length => code + length,
    };
    if plain == 0 {
        let misread = ["ler", "lER"].iter().any(|first| starts_word(text, first));
        return &text[..if misread { 3 } else { number_words(text) }];
    }
    let latin = text[plain..].trim_start_matches(' ');
    let word_end = latin.find(|c: char| !c.is_alphabetic()).unwrap_or(latin.len());
    // "1 er" has lost its raised letters.
    let repeats = is_latin(&latin[..word_end]) || &text[..plain] == "1" && &latin[..word_end] == "er";
    let end = if repeats { text.len() - latin.len() + word_end } else { plain };
    &text[..end]
}

/// Bytes of the letter that tells the rank of a provision in French codes: "L. 123-4", "R123-4".
fn code_prefix(text: &str) -> usize {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !matches!(&text[..letters], "L" | "R" | "D" | "A" | "LO") {
        return 0;
    }
    let rest = text[letters..].strip_prefix('.').unwrap_or(&text[letters..]);
    let digits = rest.trim_start_matches(['*', ' ']);
    if digits.starts_with(|c: char| c.is_ascii_digit()) { text.len() - digits.len() } else { 0 }
}

/// Bytes of a number in digits, roman numerals or one capital, with its sub-numbers.
fn plain_number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize, is: fn(&u8) -> bool| bytes[from..].iter().take_while(|byte| is(byte)).count();
    let digits = run(0, u8::is_ascii_digit);
    let mut end = if digits > 0 { digits } else { roman_or_letter(bytes) };
    if end == 0 || digits > 4 {
        return 0;
    }
    // "14.3", "1-01", "4-B", "5.2.1": a sub-number follows its separator without a space.
    while matches!(bytes.get(end), Some(b'.' | b'-')) {
        let sub = run(end + 1, u8::is_ascii_digit).max(usize::from(is_lone_capital(&bytes[end + 1..])));
        if sub == 0 {
            break;
        }
        end += 1 + sub;
    }
    // "12A", "1er", "1ER", "Ier", "2e", "3°".
    let tail = run(end, u8::is_ascii_alphabetic);
    let is_first = matches!(&bytes[end..end + tail], b"er" | b"re");
    let is_ordinal = is_first || matches!(&bytes[end..end + tail], b"ER" | b"RE" | b"ere" | b"o" | b"e");
    let is_letter = tail == 1;
    if is_first || digits > 0 && (is_ordinal || is_letter) {
        end += tail;
    } else if tail > 0 {
        return 0;
    }
    if text[end..].starts_with(['°', 'º', 'ª']) { end + 2 } else { end }
}

fn is_lone_capital(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(u8::is_ascii_uppercase) && !bytes.get(1).is_some_and(u8::is_ascii_alphanumeric)
}

fn roman_or_letter(bytes: &[u8]) -> usize {
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let is_number = letters == 1 || roman(&bytes[..letters]).is_some();
    if is_number { letters } else { 0 }
}

/// Bytes of the one or two number words that a text starts with.
fn number_words(text: &str) -> usize {
    let mut end = 0;
    for printed in text.split(' ').take(2) {
        let bare = printed.trim_end_matches(SEPARATORS);
        let is_capital = bare.starts_with(|c: char| c.is_uppercase());
        let word = folded(bare);
        let is_number =
            if is_capital { number_word(&word).is_some() } else { ORDINALS.contains(&word.as_str()) };
        if !is_number {
            break;
        }
        end += usize::from(end > 0) + bare.len();
        if bare.len() != printed.len() {
            break;
        }
    }
    end
}

/// The value of the number of a division: "14", "14 bis", "XIV", "1er", "TWENTY ONE"; `None` for one that counts
/// nothing.
pub(crate) fn number_value(number: &str) -> Option<u32> {
    let first = number.split(' ').next().unwrap_or_default();
    let digits = first.trim_end_matches(|c: char| !c.is_ascii_digit());
    let spelled = || {
        let values = number.split(' ').map_while(|word| number_word(&folded(word)));
        Some(values.sum()).filter(|value| *value > 0)
    };
    digits.parse().ok().or_else(|| roman(first.as_bytes())).or_else(spelled)
}

/// Whether a text starts with this word, and not with a longer one.
fn starts_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
