//! Who acts: the names before verbs, and chapeaux that are nothing but a name.

use super::grammar::Grammar;
use super::words::Words;

/// "The Ministerial Conference," alone on a line: a subject without its verb. "We, the Ministers,
/// assembled in Abu Dhabi," and "The General Conference of the Organization, meeting in Paris,"
/// tell it before their first comma.
pub(super) fn bare(words: &Words<'_>, grammar: &Grammar) -> Option<String> {
    let is_head = |place: &usize| grammar.heads.contains(&words.at(*place));
    if !words.text().trim_end().ends_with(',') || words.is_empty() {
        return None;
    }
    if (1..=8).contains(&words.len()) && (0..words.len()).any(|place| is_head(&place)) {
        let first = usize::from(is_we(words, grammar));
        return Some(without_article(words, first, words.len() - 1, grammar));
    }
    const REACH: usize = 6;
    let first = usize::from(is_we(words, grammar));
    let opens = first == 1 || grammar.articles.contains(&words.at(0));
    let heads = (first..words.len().min(first + REACH))
        .take_while(|place| *place == first || !words.gap(*place).contains(','));
    let head = heads.filter(is_head).last().filter(|_| opens)?;
    Some(without_article(words, first, head, grammar))
}

/// "We, the Ministers,".
pub(super) fn is_we(words: &Words<'_>, grammar: &Grammar) -> bool {
    grammar.we.contains(&words.at(0)) && words.gap(1).contains(',')
}

/// Where the name begins whose head stands at `head`: at its article, or at its capitals.
pub(super) fn start(words: &Words<'_>, head: usize, grammar: &Grammar) -> usize {
    let mut first = head;
    while first > 0 && head - first < 5 && words.sentence(first - 1) == words.sentence(head) {
        let earlier = words.at(first - 1);
        let is_name_part = ["on", "for", "of", "du", "des", "de", "del"].contains(&earlier);
        let belongs = grammar.articles.contains(&earlier)
            || words.printed(first - 1).starts_with(char::is_uppercase)
            || (head > first && is_name_part);
        let subordinates = grammar.subordinators.contains(&earlier) && !is_name_part;
        if !belongs || subordinates || words.gap(first).contains([',', ')', ';', ':']) {
            break;
        }
        first -= 1;
    }
    first
}

pub(super) fn without_article(words: &Words<'_>, first: usize, last: usize, grammar: &Grammar) -> String {
    // "each of the Parties" are the Parties.
    let prepositions = ["of", "du", "des", "de", "del"];
    let first = first + usize::from(first < last && prepositions.contains(&words.at(first)));
    let bare = ["the", "les", "la", "le", "l", "las", "el", "los"];
    let skips =
        bare.contains(&words.at(first)) && first < last && grammar.articles.contains(&words.at(first));
    let span = words.span(first + usize::from(skips), last);
    span.of(words.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the name that begins at `first` is a part of another: "the next session of the Conference
/// and invite"; but "each of the Parties undertakes".
pub(super) fn is_part(words: &Words<'_>, first: usize) -> bool {
    const WITHIN: &[&str] = &["of", "for", "on", "du", "des", "de", "del"];
    const EACH: &[&str] =
        &["each", "all", "both", "any", "one", "una", "uno", "cada", "chacune", "chacun", "aucune"];
    WITHIN.contains(&words.at(first)) && !EACH.contains(&words.before(first, 1))
}
