//! From a word of a query to the forms that it is looked for in.

use std::sync::Arc;

use chapeau_index::{Form, Language, Searcher, Token, analyze};

use crate::syntax::ast::{Word, WordForm};
use crate::{By, Error};

/// What a query word looks for: any of the alternatives, each a run of forms at successive
/// positions ("policy-makers" is two).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sought {
    pub(crate) alternatives: Vec<Vec<Test>>,
}

/// What one token must be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    /// A word of this language with this stem.
    Stem(Language, Arc<str>),
    /// The word as written, folded.
    Exact(Arc<str>),
    /// A word that fits, `*` standing for any letters and `?` for one.
    Pattern(Arc<str>),
    /// A word that differs in at most so many letters.
    Fuzzy(Arc<str>, u8),
}

impl Test {
    /// Steps that it takes to compare a token with it.
    pub(crate) fn steps(&self) -> u64 {
        match self {
            Self::Stem(..) | Self::Exact(_) => 1,
            Self::Pattern(pattern) => 2 + pattern.len() as u64,
            // A row of letters for each letter.
            Self::Fuzzy(word, _) => 10 + 4 * word.len() as u64,
        }
    }

    /// How a token of a text passes, if it does. `typed` is the query word, folded.
    pub(crate) fn passes(&self, token: &Token, language: Language) -> Option<By> {
        match self {
            Self::Stem(of, stem) => (*of == language && token.stem == *stem).then_some(By::Stem),
            Self::Exact(word) => (token.is_word() && token.exact == *word).then_some(By::Typed),
            Self::Pattern(pattern) => {
                (token.is_word() && fits(pattern, &token.exact)).then_some(By::Wildcard)
            }
            Self::Fuzzy(word, edits) => {
                (token.is_word() && within(word, &token.exact, *edits)).then(|| by_edits(word, token))
            }
        }
    }
}

fn by_edits(word: &str, token: &Token) -> By {
    if *word == *token.exact { By::Typed } else { By::Fuzzy }
}

/// The languages of the corpus that a query word may be in.
pub(crate) fn languages(searcher: &Searcher) -> Result<Vec<Language>, Error> {
    let mut languages: Vec<Language> =
        searcher.totals()?.languages.iter().map(|code| Language::of_code(code)).collect();
    languages.sort_unstable_by_key(|language| *language as u8);
    languages.dedup();
    Ok(if languages.is_empty() { vec![Language::English] } else { languages })
}

/// What a word looks for in texts of these languages.
pub(crate) fn sought(word: &Word, languages: &[Language]) -> Sought {
    let alternatives = match word.form {
        WordForm::Stem => languages.iter().flat_map(|language| stems(&word.text, *language)).collect(),
        WordForm::Exact => vec![exact(&word.text)],
        WordForm::Wildcard => patterns(&word.text),
        WordForm::Fuzzy(edits) => vec![fuzzy(&word.text, edits)],
    };
    Sought { alternatives: alternatives.into_iter().filter(|tests: &Vec<Test>| !tests.is_empty()).collect() }
}

/// The stems of a word, the word joined where it has a hyphen, and the word itself as an
/// acronym, which is never stemmed, where it is typed in small letters.
fn stems(text: &str, language: Language) -> Vec<Vec<Test>> {
    let tokens = analyze(text, language);
    let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word()).collect();
    let stem = |token: &Token| Test::Stem(language, token.stem.clone());
    let mut alternatives = vec![words.iter().map(|token| stem(token)).collect()];
    alternatives
        .extend(tokens.iter().filter(|token| token.form == Form::Joined).map(|token| vec![stem(token)]));
    if let [word] = words[..]
        && word.exact != word.stem
    {
        alternatives.push(vec![Test::Stem(language, word.exact.clone())]);
    }
    alternatives
}

/// A pattern, and the same with the dots of a code: "010229*" looks for "0102.29.10" as well.
fn patterns(text: &str) -> Vec<Vec<Test>> {
    let pattern = chapeau_index::fold(text);
    let dotted = dotted(&pattern).map(|dotted| vec![Test::Pattern(dotted.into())]);
    [vec![Test::Pattern(pattern.into())]].into_iter().chain(dotted).collect()
}

/// The figures of a code of the Harmonized System, or of its beginning, with a dot behind the heading and
/// behind each further pair.
fn dotted(pattern: &str) -> Option<String> {
    const HEADING: usize = 4;
    const MOST: usize = 10;
    let figures =
        pattern.strip_suffix('*').filter(|figures| figures.bytes().all(|byte| byte.is_ascii_digit()))?;
    if !(HEADING + 1..=MOST).contains(&figures.len()) || figures.starts_with("00") {
        return None;
    }
    let (heading, rest) = figures.split_at(HEADING);
    let mut dotted = heading.to_owned();
    for (at, figure) in rest.chars().enumerate() {
        if at % 2 == 0 {
            dotted.push('.');
        }
        dotted.push(figure);
    }
    Some(dotted + "*")
}

/// The words as written. Their language does not matter for these forms, but for elisions:
/// English rules keep every part that a text in another language may have.
fn exact(text: &str) -> Vec<Test> {
    words(text).into_iter().map(Test::Exact).collect()
}

fn fuzzy(text: &str, edits: u8) -> Vec<Test> {
    words(text).into_iter().map(|word| Test::Fuzzy(word, edits)).collect()
}

fn words(text: &str) -> Vec<Arc<str>> {
    let tokens = analyze(text, Language::English);
    tokens.iter().filter(|token| token.is_word()).map(|token| token.exact.clone()).collect()
}

/// Whether a word fits a pattern of `*` and `?`.
pub(crate) fn fits(pattern: &str, word: &str) -> bool {
    let (mut pattern, mut word) = (pattern.chars(), word.chars());
    // What follows the last star, and where in the word it was tried last.
    let mut retry = None;
    loop {
        let (rest, at) = (word.clone(), pattern.clone());
        match (pattern.next(), word.next()) {
            (Some('*'), _) => {
                retry = Some((pattern.clone(), rest.clone()));
                word = rest;
            }
            (None, None) => return true,
            (Some(wanted), Some(letter)) if wanted == '?' || wanted == letter => {}
            (_, None) => return at.clone().all(|wanted| wanted == '*'),
            (_, Some(_)) => {
                let Some((after, mut from)) = retry else { return false };
                from.next();
                (pattern, word) = (after.clone(), from.clone());
                retry = Some((after, from));
            }
        }
    }
}

/// Whether two words differ by at most `edits` letters put in, left out, changed or swapped.
pub(crate) fn within(a: &str, b: &str, edits: u8) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let edits = usize::from(edits);
    if a.len().abs_diff(b.len()) > edits {
        return false;
    }
    // Three rows of the table suffice: a swap looks two rows up.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let changed = above[j] + usize::from(x != y);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|distance| *distance > edits) {
            return false;
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()] <= edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, word, expected) in [
            ("dut*", "duties", true),
            ("*ties", "duties", true),
            ("d*t?es", "duties", true),
            ("dut?", "duties", false),
            ("*", "", true),
            ("a*b*c", "aXbYbc", true),
        ] {
            assert_eq!(fits(pattern, word), expected, "{pattern} {word}");
        }
    }

    #[test]
    fn codes_have_dots() {
        let check = |pattern: &str, expected: Option<&str>| assert_eq!(dotted(pattern).as_deref(), expected);
        check("010229*", Some("0102.29*"));
        check("01022*", Some("0102.2*"));
        check("0102291*", Some("0102.29.1*"));
        check("0102*", None);
        check("0102.29*", None);
        check("001229*", None);
        check("*010229", None);
    }

    #[test]
    fn edits() {
        for (a, b, n, expected) in [
            ("tariff", "tarif", 1, true),
            ("tariff", "tarrif", 1, false),
            ("tariff", "tarrif", 2, true),
            ("form", "from", 1, true),
            ("duty", "dutiable", 2, false),
        ] {
            assert_eq!(within(a, b, n), expected, "{a} {b}");
        }
    }
}
