//! How typed words are compared with the thesaurus: folded, without plural endings or the
//! differences of spelling that officers and agreements do not agree upon.
//!
//! This is coarser than the analysis of texts, on purpose: it never decides what is found in a
//! text, only which concept a query names, and a concept is written in a dozen ways. It uses only
//! the standard library, since the build script shares it.

/// One word of a term, as compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The comparable form: `agricultural` for both "Agricultural" and "agriculturals".
    pub(crate) key: String,
    /// As written, without the marks between words.
    pub(crate) raw: String,
    /// Whether a term may begin here: at the start of a word, or after an elided article.
    pub(crate) opens: bool,
}

/// Prefixes that are written apart, with a hyphen or joined ("co-operation", "non tariff"): they
/// are joined with the word that follows.
const JOINED_PREFIXES: &[&str] = &["anti", "co", "counter", "e", "multi", "non", "pre", "sub"];

/// Endings that name the same word in British, American and other habits, longest first.
const SPELLINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("oured", "ored"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("ogue", "og"),
    ("mme", "m"),
    ("tre", "ter"),
    ("ence", "ense"),
    ("fill", "fil"),
];

/// Splits into words at everything that is no letter or digit.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut opens = true;
    for (start, run) in runs(text) {
        let folded = fold(run);
        let prefix = pieces.last().is_some_and(is_joined_prefix);
        match pieces.last_mut() {
            Some(last) if prefix => append(last, run, &stem(&folded)),
            _ => pieces.push(Piece { key: stem(&folded), raw: run.to_owned(), opens }),
        }
        opens = folded.len() <= 2 && text[start + run.len()..].starts_with(['\'', '’']);
    }
    pieces
}

/// The pieces' keys as one string, which the tables hold.
pub(crate) fn join_keys(pieces: &[Piece]) -> String {
    let mut joined = String::new();
    for piece in pieces {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&piece.key);
    }
    joined
}

/// The form in which the case of letters counts: `GIs` and `GI` are one, `gi` is another.
pub(crate) fn cased(pieces: &[Piece]) -> String {
    let mut joined: String = pieces.iter().map(|piece| piece.raw.as_str()).collect();
    if joined.len() > 2 && joined.ends_with('s') {
        joined.pop();
    }
    joined
}

/// FNV-1a, 64 bits: short, and the same on every machine, as a table made at build time needs.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(move |run| (run.as_ptr() as usize - base, run))
}

/// `CO` in capitals is a country's code and no prefix.
pub(crate) fn is_joined_prefix(piece: &Piece) -> bool {
    JOINED_PREFIXES.contains(&piece.key.as_str()) && piece.raw != "CO"
}

/// Joins a word to the prefix before it.
pub(crate) fn append(prefix: &mut Piece, raw: &str, key: &str) {
    prefix.raw.push_str(raw);
    prefix.key.push_str(key);
}

fn fold(run: &str) -> String {
    run.chars().flat_map(char::to_lowercase).fold(String::new(), |mut folded, c| {
        match unaccented(c) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(c),
        }
        folded
    })
}

/// Lower-case letters of English, French, Spanish, Portuguese and the names of parties. Combining
/// marks vanish, so decomposed text compares as composed text does.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => "a",
        'ç' | 'č' | 'ć' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ī' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => "o",
        'š' | 'ş' => "s",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'ž' => "z",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

/// Takes plural endings of the three languages away, and one spelling for each of [`SPELLINGS`].
/// What remains need not be a word; it only has to be the same for all forms.
fn stem(folded: &str) -> String {
    let mut word = folded.to_owned();
    if word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
    {
        word.pop();
    }
    if let Some((from, to)) =
        SPELLINGS.iter().find(|(from, _)| word.len() > from.len() + 2 && word.ends_with(from))
    {
        word.truncate(word.len() - from.len());
        word.push_str(to);
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    if word.len() > 3 && word.ends_with('y') {
        word.pop();
        word.push('i');
    }
    if word.len() > 4 && word.ends_with("aux") {
        word.truncate(word.len() - 2);
        word.push('l');
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_same(a: &str, b: &str) {
        assert_eq!(join_keys(&pieces(a)), join_keys(&pieces(b)), "{a} | {b}");
    }

    #[test]
    fn plurals_are_one() {
        check_same("geographical indication", "Geographical Indications");
        check_same("country", "countries");
        check_same("tax", "taxes");
        check_same("arancel", "aranceles");
        check_same("indicación geográfica", "indicaciones geográficas");
        check_same("différend commercial", "différends commerciaux");
        check_same("país", "países");
    }

    #[test]
    fn spellings_are_one() {
        check_same("labour", "labor");
        check_same("programme", "program");
        check_same("organisations", "organization");
        check_same("licence", "license");
        check_same("centre", "center");
        check_same("recognised", "recognized");
    }

    #[test]
    fn hyphens_and_accents_do_not_count() {
        check_same("co-operation", "cooperation");
        check_same("e-commerce", "eCommerce");
        check_same("non‑tariff barriers", "nontariff barrier");
        check_same("least-developed", "least developed");
        check_same("Côte d’Ivoire", "cote d'ivoire");
        check_same("Cote\u{302} d'Ivoire", "côte d'ivoire");
    }

    #[test]
    fn a_term_may_begin_after_an_elided_article() {
        let opens: Vec<bool> = pieces("l'OMC T-MEC").iter().map(|piece| piece.opens).collect();
        assert_eq!(opens, [true, true, false, false]);
    }
}
