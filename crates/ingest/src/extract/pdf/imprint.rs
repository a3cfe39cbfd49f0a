//! What printers leave at the foot of a first page: job numbers, bar codes, "Please recycle".

/// What papers of the United Nations ask of who has read them, in small letters.
const RECYCLE: [&str; 6] = [
    "please recycle",
    "merci de recycler",
    "prière de recycler",
    "se ruega reciclar",
    "sírvase reciclar",
    "reciclar",
];
/// Digits of a job number after its year: "23-25987"; and of a date beside it: "291223".
const JOB_DIGITS: std::ops::RangeInclusive<usize> = 4..=6;
const DATE_DIGITS: usize = 6;
/// Fewest digits of the number of a print, behind its letters.
const PRINT_DIGITS: usize = 8;
/// Fewest digits of a bar code: "*2325912*".
const BAR_DIGITS: usize = 5;

/// Whether a line at the foot of a page is the printer's, not the text's.
pub(super) fn is_imprint(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '*').to_lowercase();
    RECYCLE.contains(&words.as_str()) || is_turn_over(text) || is_job_line(&words) || is_print_code(&words)
}

/// "/..." stands where a text goes on overleaf.
fn is_turn_over(text: &str) -> bool {
    matches!(text.trim(), "/..." | "/…" | "/. . .")
}

/// "23-25912 (E) 291223 *2325912*": a job number or a bar code, and nothing but what goes with them.
fn is_job_line(text: &str) -> bool {
    let mut has_number = false;
    for word in
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).filter(|word| !word.is_empty())
    {
        let is_number = is_job_number(word) || is_bar_code(word);
        let is_date = word.len() == DATE_DIGITS && is_digits(word);
        let is_language = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_page = word.split_once('/').is_some_and(|(page, count)| is_digits(page) && is_digits(count));
        if !(is_number || is_date || is_language || is_page || word.starts_with('/')) {
            return false;
        }
        has_number |= is_number;
    }
    has_number
}

/// "E02894410", "E02894410 05/23", "CCS0523412345": the number under which a printing house has a paper, and the
/// month of its print.
fn is_print_code(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_code = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = word.len() - digits.len();
        (1..=3).contains(&letters) && digits.len() >= PRINT_DIGITS && is_digits(digits)
    };
    let is_month = |word: &str| {
        word.split_once('/').is_some_and(|(month, year)| {
            month.len() <= 2 && [2, 4].contains(&year.len()) && is_digits(month) && is_digits(year)
        })
    };
    words.next().is_some_and(is_code) && words.all(is_month)
}

/// "23-25912", "ge.23-25912".
fn is_job_number(word: &str) -> bool {
    let bare =
        word.split_once('.').filter(|(office, _)| office.len() <= 2).map_or(word, |(_, number)| number);
    bare.split_once('-').is_some_and(|(year, number)| {
        year.len() == 2 && JOB_DIGITS.contains(&number.len()) && is_digits(year) && is_digits(number)
    })
}

fn is_bar_code(word: &str) -> bool {
    let code = word.strip_prefix('*').and_then(|rest| rest.strip_suffix('*'));
    code.is_some_and(|code| {
        let digits = code.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        digits.len() >= BAR_DIGITS && is_digits(digits)
    })
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printers_marks_are_no_text() {
        for text in [
            "51-12345 (E)    010251",
            "*5112345*",
            "GE.51-12345(E)",
            "51-12345",
            "Please recycle",
            "/...",
            "51-12345 (S) *5112345*",
            "2/5 51-12345",
            "X01234567",
            "X01234567 05/50",
        ] {
            assert!(is_imprint(text), "{text}");
        }
        for text in [
            "12-15 lamps",
            "X1234 05/50",
            "X01234567 lamps",
            "010251",
            "(a)",
            "Lamps 51-12345",
            "HS 85-39",
            "",
        ] {
            assert!(!is_imprint(text), "{text}");
        }
    }
}
