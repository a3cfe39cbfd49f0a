//! The small words of each language around a verb: who acts, what is skipped, what joins.

use super::sieve::Sieve;

/// The small words of one language, all in small letters.
pub(super) struct Grammar {
    /// ISO 639-1.
    pub(super) language: &'static str,
    /// Adverbs between subject and verb, and before an opening verb.
    pub(super) adverbs: &'static [&'static str],
    /// What an infinitive under a chapeau starts with; empty for a bare infinitive.
    pub(super) to: &'static [&'static str],
    /// The first person plural; empty where the verb alone says it.
    pub(super) we: &'static [&'static str],
    /// Joins verbs.
    pub(super) and: &'static [&'static str],
    /// Articles before the name of a body.
    pub(super) articles: &'static [&'static str],
    /// Heads of the names of those who act.
    pub(super) heads: &'static [&'static str],
    /// Before a subject: its verb is not the sentence's.
    pub(super) subordinators: &'static [&'static str],
    /// Before a subject, with words between: what it does is a condition.
    pub(super) conditions: &'static [&'static str],
    /// Begins words that do what they say: "hereby", "il est institué"; empty where no one word does.
    pub(super) hereby: &'static str,
    /// After a verb that is also a noun: then it is a verb.
    pub(super) objects: &'static [&'static str],
}

impl Grammar {
    /// The words at which an act may begin.
    pub(super) fn starts(&self) -> Starts {
        let subjects = Sieve::of(self.we.iter().chain(self.heads).chain([&self.hereby]).copied());
        Starts { subjects, joiners: Sieve::of(self.and.iter().copied()) }
    }
}

/// Sieves of the words at which an act may begin.
#[derive(Default)]
pub(super) struct Starts {
    /// Those who act, and "hereby".
    pub(super) subjects: Sieve,
    /// Conjunctions: what they join needs another act before it.
    pub(super) joiners: Sieve,
}

/// The grammar of a language that is described at all.
pub(super) fn grammar(language: &str) -> Option<&'static Grammar> {
    GRAMMARS.iter().find(|grammar| grammar.language == language)
}

// The grammars, as they stand in `registry/grammar.toml`.
include!(concat!(env!("OUT_DIR"), "/grammar.rs"));
