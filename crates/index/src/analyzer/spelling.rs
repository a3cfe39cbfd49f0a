//! Spelling variants of English, joined before stemming: British and American, old and new.
//!
//! Only stems pass through here, so a result need not be a word: it must be the same for both
//! spellings, and for all inflections of each. Which variants matter was counted on trade
//! agreements (domain facts); the rules and lists are our own.

use std::borrow::Cow;

/// Words that no rule covers.
const PAIRS: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("analogue", "analog"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("cheque", "check"),
    ("defence", "defense"),
    ("dialogue", "dialog"),
    ("enrol", "enroll"),
    ("enrolment", "enrollment"),
    ("fibre", "fiber"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("instal", "install"),
    ("instalment", "installment"),
    ("judgement", "judgment"),
    ("kilometre", "kilometer"),
    ("licence", "license"),
    ("litre", "liter"),
    ("manoeuvre", "maneuver"),
    ("metre", "meter"),
    ("odour", "odor"),
    ("offence", "offense"),
    ("practise", "practice"),
    ("pretence", "pretense"),
    ("programme", "program"),
    ("sceptical", "skeptical"),
    ("skilful", "skillful"),
    ("sulphur", "sulfur"),
    ("theatre", "theater"),
    ("tonne", "ton"),
    ("tyre", "tire"),
    ("wilful", "willful"),
];

/// Endings of which the `s` may be a `z`.
const ISE: &[&str] = &[
    "ise",
    "ises",
    "ised",
    "ising",
    "iser",
    "isers",
    "isation",
    "isations",
    "isational",
    "isable",
    "isement",
    "yse",
    "yses",
    "ysed",
    "ysing",
    "yser",
    "ysers",
];

/// What comes before `-ise` in words of another family ("precise", "precision").
const NOT_ISE: &[&str] = &["prec", "conc", "otherw", "likew", "clockw", "expert", "treat", "parad", "mort"];

/// What may follow `-our` for `-or`.
const AFTER_OUR: &[&str] = &[
    "", "s", "ed", "ing", "able", "ably", "ite", "ites", "itism", "er", "ers", "al", "ally", "ism", "less",
    "ful", "hood", "hoods", "ly",
];

/// The shortest beginnings to which the rules apply: "adv-ise" and "h-our" are out of reach.
const LEAST_BEFORE_ISE: usize = 4;
const LEAST_BEFORE_OUR: usize = 3;

/// The one spelling that a folded word is stemmed in.
pub(super) fn one_spelling(word: &str) -> Cow<'_, str> {
    listed(word).or_else(|| ize(word)).or_else(|| or(word)).map_or(Cow::Borrowed(word), Cow::Owned)
}

fn listed(word: &str) -> Option<String> {
    let find = |word: &str| PAIRS.binary_search_by_key(&word, |pair| pair.0).ok().map(|at| PAIRS[at].1);
    if let Some(other) = find(word) {
        return Some(other.to_owned());
    }
    ["s", "d", "ed", "r"].iter().find_map(|ending| {
        let other = find(word.strip_suffix(ending)?)?;
        Some(format!("{other}{ending}"))
    })
}

fn ize(word: &str) -> Option<String> {
    let ending = ISE.iter().find(|ending| word.ends_with(**ending))?;
    let before = &word[..word.len() - ending.len()];
    let fits = ending.starts_with('y') || before.len() >= LEAST_BEFORE_ISE;
    (fits && !NOT_ISE.contains(&before)).then(|| format!("{before}{}z{}", &ending[..1], &ending[2..]))
}

fn or(word: &str) -> Option<String> {
    let at = word.rfind("our")?;
    let fits = at >= LEAST_BEFORE_OUR && AFTER_OUR.contains(&&word[at + 3..]);
    fits.then(|| format!("{}or{}", &word[..at], &word[at + 3..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str) {
        assert_eq!(one_spelling(a), one_spelling(b), "{a} and {b}");
    }

    #[test]
    fn both_spellings_become_one() {
        let pairs = "organisation organization favour favor labour labor licence license programme program \
            programmes programs liberalisation liberalization recognise recognize harmonised harmonized \
            centre center centres centers endeavour endeavor endeavouring endeavoring defence defense \
            behaviour behavior favourable favorable catalogue catalog fulfil fulfill offence offense \
            aluminium aluminum authorise authorize authorised authorized utilise utilize utilising utilizing \
            standardisation standardization analyse analyze analysed analyzed judgement judgment fibres fibers \
            licences licenses neighbouring neighboring labourers laborers";
        let words: Vec<&str> = pairs.split_whitespace().collect();
        for pair in words.chunks(2) {
            check(pair[0], pair[1]);
        }
    }

    #[test]
    fn words_of_another_family_stay() {
        for word in
            "advise advised four hours our course resources precise revise tourism court raise".split(' ')
        {
            assert_eq!(one_spelling(word), word);
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(PAIRS.is_sorted());
    }
}
