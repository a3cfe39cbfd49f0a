//! The numbers of articles and paragraphs, in one form: what `XX(b)`, `20(b)` and the clause id
//! `.../art-xx/b` have in common.

/// The places that a clause is found by: its article, and each step within it. `x/art-14.3/2/a` is
/// at `14.3`, `14.3/2` and `14.3/2/a`.
pub fn own_places(clause_id: &str) -> Vec<String> {
    let mut steps = clause_id.split('/').skip_while(|step| !step.starts_with(ARTICLE));
    let Some(article) = steps.next().and_then(|step| step.strip_prefix(ARTICLE)) else { return Vec::new() };
    let mut places = vec![canonical(article)];
    for step in steps.take_while(|step| is_step(step)) {
        let last = places.last().map(String::as_str).unwrap_or_default();
        places.push(format!("{last}/{step}"));
    }
    places
}

/// The places that a number as people write it may name; none where it is no such number. `5.2` is
/// Article 5.2, or paragraph 2 of Article 5.
pub fn named_places(number: &str) -> Vec<String> {
    let (article, rest) = number.split_at(number.find(['(', ':']).unwrap_or(number.len()));
    if !is_article(article) {
        return Vec::new();
    }
    let steps: Vec<&str> = rest.split(['(', ')', ':', '.']).filter(|step| !step.is_empty()).collect();
    if !steps.iter().all(|step| is_step(step)) {
        return Vec::new();
    }
    let parts: Vec<&str> = article.split('.').collect();
    let read = |n_article: usize| {
        let article = canonical(&parts[..n_article].join("."));
        let within = parts[n_article..].iter().chain(&steps);
        within.fold(article, |place, step| format!("{place}/{}", step.to_lowercase()))
    };
    (1..=parts.len()).rev().map(read).collect()
}

/// What the step of a clause id begins with that is an article.
const ARTICLE: &str = "art-";
/// Most letters or digits of one number.
const LONGEST: usize = 8;

/// `5`, `19.17`, `7-13`, `D-15`, `XX`; letters alone only if they are a roman number in capitals.
fn is_article(number: &str) -> bool {
    let parts = || number.split(['.', '-']);
    let has_digit = number.bytes().any(|byte| byte.is_ascii_digit());
    let is_part = |part: &str| {
        (1..=LONGEST).contains(&part.len())
            && (part.bytes().all(|byte| byte.is_ascii_digit())
                || part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    if has_digit {
        parts().all(is_part)
    } else {
        number.len() > 1 && roman(number).is_some() || number == "I" || number == "V"
    }
}

/// A number, a letter, or a small roman number.
fn is_step(step: &str) -> bool {
    let letters = || step.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = || step.bytes().all(|byte| byte.is_ascii_digit());
    (1..=LONGEST).contains(&step.len())
        && (digits() || letters() && step.len() <= 2 || roman(&step.to_uppercase()).is_some())
}

/// Roman numbers as others, one sign between parts.
fn canonical(article: &str) -> String {
    let article = article.to_lowercase().replace('-', ".");
    roman(&article.to_uppercase()).map_or(article, |value| value.to_string())
}

/// The value of a roman number in capitals, up to 89: no agreement has more such articles.
fn roman(letters: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    const TENS: [&str; 9] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"];
    let of = |ones: usize, tens: usize| (tens * 10 + ones) as u32;
    let all = (0..TENS.len()).flat_map(|tens| (0..ONES.len()).map(move |ones| (ones, tens)));
    let mut found = all.filter(|(ones, tens)| letters.strip_prefix(TENS[*tens]) == Some(ONES[*ones]));
    found.next().map(|(ones, tens)| of(ones, tens)).filter(|value| *value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(named: &str, expected: &[&str]) {
        assert_eq!(named_places(named), expected, "of {named}");
    }

    #[test]
    fn a_number_names_an_article_or_a_step_within_it() {
        check("5", &["5"]);
        check("5.2", &["5.2", "5/2"]);
        check("19.17.2", &["19.17.2", "19.17/2", "19/17/2"]);
        check("1904(2)(a)", &["1904/2/a"]);
        check("XX(b)", &["20/b"]);
        check("XXIV:5", &["24/5"]);
        check("XXIV:5(a)(i)", &["24/5/a/i"]);
        check("7-13", &["7.13"]);
        check("D-15", &["D.15".to_lowercase().as_str()]);
    }

    #[test]
    fn other_words_name_none() {
        for word in ["tariffs", "a", "MIX", "", "(b)", "5..2", "5(duties)", "2011-12-17-1-1x", "civil", "L"] {
            check(word, &[]);
        }
    }

    #[test]
    fn a_clause_stands_at_its_article_and_each_step() {
        assert_eq!(own_places("pta-53/art-14.3/2/a"), ["14.3", "14.3/2", "14.3/2/a"]);
        assert_eq!(own_places("pta-71/art-7-13/p1"), ["7.13"]);
        assert_eq!(own_places("gatt/art-xx/b"), ["20", "20/b"]);
        assert_eq!(own_places("pta-112/annex-1603/art-1905/11/a"), ["1905", "1905/11", "1905/11/a"]);
        assert!(own_places("wt-l-843/op-2").is_empty());
    }
}
