//! The words that recitals, operative paragraphs, chapeaux and closings begin or end with.
//!
//! Domain facts: openers of WTO decisions, of the preambles of the ToTA agreements, and of the
//! recommendations of international conferences, in English, French and Spanish. All are written
//! in small letters without accents, as [`folded`] makes them.

use super::opener_words::{
    ADOPTION, ADVERBS, AGREEMENT, CITATION, MAKERS, OPENS_OPERATIVE, OPERATIVE, RECITAL, TESTIMONIUM,
};
use crate::label::folded;
use crate::lists;

/// The first words of a text, folded: enough of them for every opener above.
fn first_words(words: &str) -> String {
    const LONGEST: usize = 48;
    let start = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let cut = start.floor_char_boundary(LONGEST);
    folded(&start[..cut])
}

/// Whether words begin with one of these openers, which are in order.
fn begins_with_one(words: &str, openers: &[&str]) -> bool {
    let first = first_words(words);
    let Some(letter) = first.as_bytes().first() else { return false };
    let letter_of = |opener: &&str| opener.as_bytes().first().copied().unwrap_or_default();
    let from = openers.partition_point(|opener| letter_of(opener) < *letter);
    openers[from..].iter().take_while(|opener| letter_of(opener) == *letter).any(|opener| {
        first
            .strip_prefix(opener)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    })
}

/// Whether a paragraph begins as a recital does: with a known opener, or with a participle if it goes
/// on behind a comma.
pub(crate) fn is_recital(words: &str) -> bool {
    let is_bare = |words: &str| begins_with_one(words, RECITAL) || goes_on_from_participle(words);
    is_bare(words) || without_adverbs(words).is_some_and(is_bare)
}

/// Most adverbs before a participle or a verb: "Once again strongly".
const MOST_ADVERBS: usize = 3;

/// The words behind their first adverbs, if they begin with any: "Further recalling", "Also deeply
/// concerned"; "Rappelant en outre" needs none.
fn without_adverbs(words: &str) -> Option<&str> {
    let mut rest = words;
    for _ in 0..MOST_ADVERBS {
        let Some((first, after)) = rest.split_once(' ') else { break };
        if !ADVERBS.contains(&folded(first.trim_end_matches(',')).as_str()) {
            break;
        }
        rest = after;
    }
    (rest.len() < words.len()).then_some(rest)
}

/// Whether a paragraph is a participle with its words, up to a comma or a semicolon: "Proposing that
/// lamps be lit,". Prepositions that look like participles are none.
fn goes_on_from_participle(words: &str) -> bool {
    const ENDINGS: &[&str] = &["ing", "ant", "ando", "iendo", "yendo"];
    if !words.ends_with([',', ';']) || !words.starts_with(char::is_uppercase) {
        return false;
    }
    let Some((first, _)) = words.split_once(' ') else { return false };
    let first = folded(first);
    first.len() >= 6
        && ENDINGS.iter().any(|ending| first.ends_with(ending))
        && !lists::NO_PARTICIPLES.contains(&first.as_str())
}

/// Whether a paragraph begins as an operative one does: with the act, "We" and the act, or
/// after a chapeau's "To".
pub(super) fn is_operative(words: &str) -> bool {
    let is_bare = |words: &str| begins_with_one(words, OPERATIVE) || begins_with_one(words, OPENS_OPERATIVE);
    let words = without_subject(words);
    is_bare(words) || without_adverbs(words).is_some_and(is_bare)
}

/// Whether the first word may as well be an order to the reader, or a plural: "Request the form.", of
/// which "Requests the Board" is the form for an organ.
pub(super) fn is_imperative(words: &str) -> bool {
    let words = without_adverbs(words).unwrap_or(words);
    let first = folded(words.split(' ').next().unwrap_or_default());
    !words.starts_with("We ")
        && (OPERATIVE.contains(&[&first, "s"].concat().as_str()) || first.ends_with("ed"))
}

/// Whether a paragraph after recitals acts by the form of its words alone: a third person with its
/// object, up to a semicolon or a full stop: "Deplores the lack of lamps;", "Se réjouit de ...".
pub(super) fn acts_by_form(words: &str) -> bool {
    const OBJECTS: &[&str] =
        &["the", "that", "its", "upon", "also", "further", "once", "again", "an", "with"];
    const OBJETS: &[&str] =
        &["que", "qu'il", "le", "la", "les", "aux", "au", "a", "sa", "son", "ses", "avec", "en", "egalement"];
    let text = words.trim_end_matches(|c: char| c.is_numeric() || c == ' ');
    if !text.ends_with([';', '.', ':']) || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let mut each = text.split([' ', ',']).map(folded);
    let (Some(first), Some(second)) = (each.next(), each.next()) else { return false };
    let is_participle = |word: &str| word.ends_with("ant") || word.ends_with("ando");
    match first.as_str() {
        "se" => !is_participle(&second),
        _ if first.starts_with("s'") => first.len() > 4 && !is_participle(&first),
        _ if first.len() < 4 || lists::NO_ACTS.contains(&first.as_str()) => false,
        _ if first.ends_with('s') && !first.ends_with("ss") => OBJECTS.contains(&second.as_str()),
        _ => first.ends_with('e') && (OBJETS.contains(&second.as_str()) || second.starts_with("l'")),
    }
}

/// Whether a line is "Whereas:" and governs numbered recitals.
pub(super) fn is_whereas(words: &str) -> bool {
    const LONGEST: usize = 40;
    words.len() <= LONGEST
        && matches!(
            folded(words.trim_end_matches([':', ' ', '\u{a0}', '.'])).as_str(),
            "whereas"
                | "considerant ce qui suit"
                | "considerando lo siguiente"
                | "considerando"
                | "in erwagung nachstehender grunde"
                | "in erwagung folgender grunde"
        )
}

/// Whether a paragraph is a recital of the old style: "Whereas the lamps ...", "considérant que ...".
pub(super) fn is_whereas_clause(words: &str) -> bool {
    begins_with_one(words, &["considerando", "considerant", "whereas"])
}

/// Whether these words adopt an act of the European Union: "HAVE ADOPTED THIS REGULATION:".
pub(super) fn is_adoption(words: &str) -> bool {
    const LONGEST: usize = 120;
    words.len() <= LONGEST && begins_with_one(words, ADOPTION)
}

/// Whether a paragraph is a citation of such an act: what it has regard to.
pub(super) fn is_citation(words: &str) -> bool {
    begins_with_one(words, CITATION)
}

fn without_subject(words: &str) -> &str {
    let subjects = ["We ", "Nous ", "Hereby ", "We hereby ", "Strongly "];
    subjects.iter().find_map(|subject| words.strip_prefix(subject)).unwrap_or(words)
}

/// Longest chapeau, in bytes, and how many of its last words can hold its verb.
const LONGEST_CHAPEAU: usize = 700;
const LAST_WORDS: usize = 24;

/// Whether words govern what follows by an act: "Decides:", "The Ministerial Conference decides
/// as follows:", "Submits to the Ministries the following recommendation:".
pub(super) fn is_act_chapeau(words: &str) -> bool {
    let bare = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    let ends_open = bare.ends_with(':') || announces(bare);
    ends_open && words.len() <= LONGEST_CHAPEAU && !is_recital(words) && has_act(bare)
}

/// "... as follows", "... lo siguiente", with or without a colon.
fn announces(words: &str) -> bool {
    let end =
        folded(words.get(words.floor_char_boundary(words.len().saturating_sub(30))..).unwrap_or_default());
    let end = end.trim_end_matches(|c: char| !c.is_alphanumeric());
    ["as follows", "the following", "lo siguiente", "ce qui suit", "dispositions suivantes"]
        .iter()
        .any(|close| end.ends_with(close))
}

fn has_act(words: &str) -> bool {
    let bare = |word: &str| folded(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''));
    // "Call Reports:" is a name, "Decides:" and "DECIDES:" are acts.
    let is_name = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let is_title_case = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
        is_title_case
            && !word.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with('s')
            && !words.starts_with(word)
    };
    words.rsplit(' ').take(LAST_WORDS).any(|word| OPERATIVE.contains(&bare(word).as_str()) && !is_name(word))
}

/// Whether words begin as a recital does, with a known opener.
pub(super) fn opens_recital(words: &str) -> bool {
    begins_with_one(words, RECITAL)
}

/// Whether words begin with the agreement of a treaty's parties.
pub(super) fn begins_agreement(words: &str) -> bool {
    begins_with_one(words, AGREEMENT)
}

/// Whether a treaty's parties agree here: "HAVE AGREED as follows:", also at the end of a recital.
pub(super) fn is_agreement(words: &str) -> bool {
    if begins_with_one(words, AGREEMENT) || super::enacting::is_line(words) {
        return true;
    }
    let end = &words[words.ceil_char_boundary(words.len().saturating_sub(120))..];
    announces(end) && has_act(end)
}

/// Whether a line leaves a participle to the recitals after it: "The Parties, resolved to:", "las
/// Partes, considerando:".
pub(super) fn governs_recitals(words: &str) -> bool {
    const LAST: &[&str] = &["to", "that", "a", "de", "que", "a que"];
    let Some(open) = words.trim_end().strip_suffix(':') else { return false };
    let last = folded(open.trim_end().rsplit([' ', ',']).next().unwrap_or_default());
    LAST.contains(&last.as_str()) || is_recital(&last)
}

/// Whether a line names who makes a treaty: "Le Gouvernement de la République du Tchad;".
pub(super) fn names_maker(words: &str) -> bool {
    begins_with_one(words, MAKERS)
}

/// Whether a line among signatures says for whom somebody signs, or as what.
pub(super) fn names_signatory(words: &str) -> bool {
    let lower = folded(words);
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| lists::SIGNATORY_WORDS.contains(&word))
}

/// Whether a line names who acts: "The Ministerial Conference,", "We, the Ministers,".
pub(super) fn is_organ(words: &str) -> bool {
    words.ends_with([',', ':', '.']) && words.len() <= LONGEST_CHAPEAU && begins_with_subject(words)
}

/// Whether a line begins as the name of who acts does.
pub(super) fn begins_with_subject(words: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "the ",
        "we, ",
        "we the ",
        "ministers",
        "la ",
        "le ",
        "el ",
        "l'",
        "nous",
        "los ",
        "las ",
        "les ",
        "having met",
        "meeting ",
        "gathered ",
        "assembled ",
        "reunis ",
        "reunidos ",
    ];
    let first = first_words(words);
    SUBJECTS.iter().any(|subject| first.starts_with(subject))
}

/// Whether a text begins with those who met: "Gathered in Geneva for the 48th session ...".
pub(super) fn is_meeting(words: &str) -> bool {
    const MET: &[&str] = &[
        "assembled",
        "gathered",
        "having met",
        "meeting in",
        "nous,",
        "reunidos",
        "reunis",
        "we the",
        "we, the",
    ];
    begins_with_one(words, MET)
}

/// Whether a paragraph says which session of a conference speaks.
pub(super) fn is_session(words: &str) -> bool {
    let lower = folded(&words[..words.floor_char_boundary(LONGEST_CHAPEAU)]);
    words.len() >= 100 && lower.contains("session") | lower.contains("reunion") && lower.contains("conferenc")
}

/// Whether a paragraph asks for something.
pub(super) fn asks(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| lists::ASKING_WORDS.contains(&folded(word).as_str()))
}

/// Whether words close a treaty.
pub(super) fn is_testimonium(words: &str) -> bool {
    if is_promulgation(words) {
        return true;
    }
    let first = words.as_bytes().first().copied().unwrap_or_default();
    b"IDSEFHCLTGPRid".contains(&first) && begins_with_one(words, TESTIMONIUM)
}

/// "La présente loi sera exécutée comme loi de l'État": how French laws end.
fn is_promulgation(words: &str) -> bool {
    words.starts_with("La pr")
        && folded(&words[..words.floor_char_boundary(80)]).contains("executee comme loi")
}

/// "PREAMBLE" and its like.
pub(super) fn is_preamble_title(words: &str) -> bool {
    words.len() <= 12
        && matches!(
            folded(words.trim_end_matches([':', '.'])).as_str(),
            "preamble" | "preambule" | "preambulo"
        )
}

/// Whether a line dates the act that a document is: "Decision of 17 December 2011".
pub(super) fn is_decision_line(words: &str) -> bool {
    const KINDS: &[&str] = &[
        "decision",
        "declaration",
        "resolution",
        "recommendation",
        "recomendacion",
        "resolucion",
        "declaracion",
    ];
    let lower = folded(words);
    let has_year = lower.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
    words.len() <= 120 && has_year && KINDS.iter().any(|kind| lower.contains(kind))
}

/// Whether a line of a masthead names the organ, its session, a symbol or a date rather than the
/// subject.
pub(super) fn is_letterhead(words: &str) -> bool {
    const NAMES: &[&str] = &[
        "organization",
        "organisation",
        "organizacion",
        "conference",
        "conferencia",
        "council",
        "conseil",
        "consejo",
        "committee",
        "comite",
        "session",
        "united nations",
        "nations unies",
        "naciones unidas",
    ];
    let lower = folded(words);
    words.bytes().any(|byte| byte.is_ascii_digit()) || NAMES.iter().any(|name| lower.contains(name))
}

/// Whether a paragraph introduces words of somebody else: "as stated by UNCTAD:".
pub(super) fn introduces_quotation(words: &str) -> bool {
    const SAYING: &[&str] =
        &["stated", "states", "said", "says", "noted", "observed", "wrote", "reads", "quoted"];
    if !words.ends_with([':', ',']) {
        return false;
    }
    let sentence = words.rsplit(". ").next().unwrap_or(words);
    sentence.split(' ').any(|word| SAYING.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recitals_begin_with_participles() {
        for words in [
            "Recalling the",
            "RECOGNIZING that",
            "Further recalling",
            "Bearing in mind",
            "Considérant que",
            "Étant donné",
            "CONSIDERANDO",
            "Conscientes de",
            "Eu égard à",
            "S’appuyant sur",
            "and desiring to",
        ] {
            assert!(is_recital(words), "{words}");
        }
        for words in ["The Parties", "To continue", "Decides", "Being", "Vulnerable groups"]
            .iter()
            .filter(|w| **w != "Being")
        {
            assert!(!is_recital(words), "{words}");
        }
    }

    #[test]
    fn chapeaux_end_with_their_act() {
        for words in [
            "Decides:",
            "The Ministerial Conference decides as follows:",
            "HAVE AGREED as follows:",
            "Soumet aux Ministères la recommandation suivante :",
            "Therefore, we recommend that all Members:",
            "Han convenido en lo siguiente:",
            "sont convenus de ce qui suit :",
            "Declare that:",
        ] {
            assert!(is_act_chapeau(words), "{words}");
        }
        for words in [
            "A summary based on December 2010 Call Reports:",
            "Considering that we agree:",
            "The Parties shall:",
            "Key areas of focus:",
        ] {
            assert!(!is_act_chapeau(words), "{words}");
        }
    }

    #[test]
    fn participles_may_stand_before_all_recitals() {
        assert!(governs_recitals("Las Partes de este Tratado, decididos a:"));
        assert!(governs_recitals("the Parties, resolved to:"));
        assert!(governs_recitals("El Gobierno de Chile y el Gobierno del Perú, considerando:"));
        assert!(!governs_recitals("THE PRESIDENT OF THE ITALIAN REPUBLIC:"));
        assert!(!governs_recitals("the Parties, resolved to"));
    }

    #[test]
    fn quotations_are_announced() {
        assert!(introduces_quotation("For example, as stated by UNCTAD:"));
        assert!(introduces_quotation("We build on it. As stated in that Report,"));
        assert!(!introduces_quotation("We urge the WTO to:"));
    }
}
