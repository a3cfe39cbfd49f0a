//! Numbers as lists and notes print them: letters, roman numerals, raised figures.

/// How a list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordinal {
    /// 1, 2, 3.
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// a, b ... z, then aa, bb (as Word) or aa, ab (as browsers).
    LowerLetter,
    /// The same in capitals.
    UpperLetter,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
}

/// What comes after z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterZ {
    /// aa, bb, cc: Word repeats the letter.
    Repeat,
    /// aa, ab, ac: browsers count on.
    Count,
}

/// `number` in print. What a style cannot print (zero in letters) is printed in figures, as Word
/// and browsers do.
pub(super) fn print(number: i64, ordinal: Ordinal, after_z: AfterZ) -> String {
    match ordinal {
        Ordinal::Decimal => number.to_string(),
        Ordinal::DecimalZero => format!("{number:02}"),
        Ordinal::LowerLetter => letters(number, after_z),
        Ordinal::UpperLetter => letters(number, after_z).to_ascii_uppercase(),
        Ordinal::LowerRoman => roman(number),
        Ordinal::UpperRoman => roman(number).to_ascii_uppercase(),
    }
}

/// Word stops repeating letters here: 780 is thirty z, the most that it prints.
const MOST_LETTERS: i64 = 780;

fn letters(number: i64, after_z: AfterZ) -> String {
    if !(1..=MOST_LETTERS).contains(&number) {
        return number.to_string();
    }
    let letter = |place: i64| char::from(b'a' + (place % 26) as u8);
    match after_z {
        AfterZ::Repeat => std::iter::repeat_n(letter(number - 1), ((number - 1) / 26 + 1) as usize).collect(),
        AfterZ::Count if number > 26 + 26 * 26 => number.to_string(),
        AfterZ::Count if number > 26 => [letter((number - 27) / 26), letter(number - 1)].iter().collect(),
        AfterZ::Count => letter(number - 1).to_string(),
    }
}

const ROMAN: [(i64, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// Roman numerals end at 3999, for want of a letter for 5000.
fn roman(number: i64) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut printed = String::new();
    for (value, figures) in ROMAN {
        while rest >= value {
            printed.push_str(figures);
            rest -= value;
        }
    }
    printed
}

/// A note's mark as it stands in running text: figures and the letters of roman numerals raised,
/// so that they do not stick to the word before them.
pub(super) fn raised(mark: &str) -> String {
    mark.chars().map(raised_letter).collect()
}

const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Whether a letter is a raised figure.
pub(super) fn is_raised(letter: char) -> bool {
    FIGURES.contains(&letter)
}

fn raised_letter(letter: char) -> char {
    match letter {
        'i' => 'ⁱ',
        'v' => 'ᵛ',
        'x' => 'ˣ',
        'l' => 'ˡ',
        'c' => 'ᶜ',
        _ => letter.to_digit(10).and_then(|digit| FIGURES.get(digit as usize)).copied().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: &[i64], ordinal: Ordinal, after_z: AfterZ, expected: &str) {
        let printed: Vec<String> = numbers.iter().map(|number| print(*number, ordinal, after_z)).collect();
        assert_eq!(printed.join(" "), expected);
    }

    #[test]
    fn lists_count_in_figures_letters_and_roman_numerals() {
        check(&[1, 10, -2], Ordinal::Decimal, AfterZ::Count, "1 10 -2");
        check(&[1, 10], Ordinal::DecimalZero, AfterZ::Count, "01 10");
        check(
            &[1, 26, 27, 52, 53, 702, 703, 0],
            Ordinal::LowerLetter,
            AfterZ::Count,
            "a z aa az ba zz 703 0",
        );
        check(&[26, 27, 28, 53, 800], Ordinal::UpperLetter, AfterZ::Repeat, "Z AA BB AAA 800");
        check(
            &[1, 4, 9, 14, 1994, 4000, 0],
            Ordinal::LowerRoman,
            AfterZ::Count,
            "i iv ix xiv mcmxciv 4000 0",
        );
        check(&[3, 40], Ordinal::UpperRoman, AfterZ::Repeat, "III XL");
    }

    #[test]
    fn marks_are_raised() {
        assert_eq!(raised("12"), "¹²");
        assert_eq!(raised("iv*"), "ⁱᵛ*");
    }
}
