//! Specks in a poor layer of text under a scan: strokes that were read as signs beside the words, between the
//! number of an article and its text most of all.

use super::layout::{Cell, LaidPage};

/// Signs that rules and specks are read as.
const SPECKS: &[char] = &[
    '|', '¦', '!', ';', ':', '\'', '`', '‘', '’', '.', ',', '/', '\\', '_', '~', '^', '[', ']', '{', '}',
    '-', '–',
];
/// Signs among them that no line of text begins with.
const STROKES: &[char] = &['|', '¦', '\\', '{', '}', '`', '^', '~'];
/// A stroke at the start of a line, with what stands before it, is no longer than this.
const LONGEST_STROKE: usize = 4;

/// Takes the specks out of the lines of a page.
pub(super) fn take_out(page: &mut LaidPage) {
    for line in &mut page.lines {
        // The cells of a row stand for its columns.
        if line.is_row {
            continue;
        }
        let clean = without_stroke(&line.text).map(str::to_owned);
        let clean = article(clean.as_deref().unwrap_or(&line.text)).or(clean);
        if let Some(text) = clean {
            // Where a stroke stood, there is no gap between cells.
            line.text = text.replace('\t', " ");
            line.cells = vec![Cell { left: line.left, right: line.right, is_wide: false }];
            line.raised_start = false;
        }
    }
}

/// The rest of a line that begins with strokes: "1 | lamps", "; and wicks".
fn without_stroke(line: &str) -> Option<&str> {
    let first = line.find(char::is_alphabetic)?;
    let start = &line[..first];
    let is_lone = |sign: char| start.trim() == sign.to_string();
    let is_stroke = start.contains(STROKES) || is_lone(';') || is_lone('[') && !line.contains(']');
    (is_stroke && start.trim().len() <= LONGEST_STROKE && start.ends_with([' ', '\t']))
        .then_some(&line[first..])
}

/// "Article2./ Lamps", "Article 3 ;' Lamps" as "Article 2. Lamps".
fn article(line: &str) -> Option<String> {
    let word =
        ["Article", "ARTICLE", "Artículo", "ARTÍCULO"].into_iter().find(|word| line.starts_with(word))?;
    let number = line[word.len()..].trim_start();
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &number[..number.len() - rest.len()];
    let words = rest.trim_start_matches(|c: char| c.is_whitespace() || SPECKS.contains(&c));
    let specks = rest[..rest.len() - words.len()].trim();
    let is_article = (1..=3).contains(&number.len())
        && words.starts_with(char::is_uppercase)
        && (!specks.is_empty() || rest.starts_with(char::is_whitespace));
    // What stands right is left as it is.
    let is_right =
        ["", ".", ":", "-", "–", ". -", ".-", ". –"].contains(&specks) && line[word.len()..].starts_with(' ');
    (is_article && !is_right).then(|| format!("{word} {number}. {words}"))
}

#[cfg(test)]
mod tests {
    use super::super::layout::LaidLine;
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let lines = vec![LaidLine { text: line.to_owned(), ..LaidLine::default() }];
        let mut page = LaidPage { lines, ..LaidPage::default() };
        take_out(&mut page);
        assert_eq!(page.lines[0].text, expected);
    }

    #[test]
    fn signs_between_number_and_words_go() {
        check("Article2./ Each guild", "Article 2. Each guild");
        check("Article 3 ;' Lamps of the guild", "Article 3. Lamps of the guild");
        check("Article4  Lamps", "Article 4. Lamps");
        check("Article 5. - Lamps", "Article 5. - Lamps");
        check("Article 6 | of the code", "Article 6 | of the code");
    }

    #[test]
    fn strokes_before_words_go() {
        check("1 | lamps of the guild", "lamps of the guild");
        check("; and of the wicks", "and of the wicks");
        check("[ lamps and wicks", "lamps and wicks");
        check("[ lamps ] and wicks", "[ lamps ] and wicks");
        check("1. Lamps", "1. Lamps");
    }
}
