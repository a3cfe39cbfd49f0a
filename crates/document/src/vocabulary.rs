//! The closed lists of values: what a document is, what a clause is, and what it does.
//!
//! Each value has one spelling, used in JSON, in queries, in facets and on the page alike. The
//! lists are the contract with users' scripts: adding a value is a change for the CHANGELOG,
//! removing one breaks queries.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A word that is none of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("unknown {list} \"{found}\", want {wanted}")]
pub struct UnknownValue {
    /// The name of the list: `kind`, `part` ...
    pub list: &'static str,
    /// What was given.
    pub found: String,
    /// The values of the list, as a sentence lists them.
    pub wanted: String,
}

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident, $list:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The one spelling of the value.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownValue;

            /// Accepts any case, and `-` or `_` for the space in values of two words.
            fn from_str(found: &str) -> Result<Self, UnknownValue> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| same_word(value.as_str(), found))
                    .ok_or_else(|| UnknownValue {
                        list: $list,
                        found: found.to_owned(),
                        wanted: sentence_list(&[$($word),+]),
                    })
            }
        }
    };
}

closed_list! {
    /// What a document is.
    Kind, "kind" {
        /// A body's decision.
        Decision = "decision",
        /// A resolution of an assembly or council.
        Resolution = "resolution",
        /// A declaration ("We, the Ministers ...").
        Declaration = "declaration",
        /// A treaty.
        Agreement = "agreement",
        /// A protocol to a treaty.
        Protocol = "protocol",
        /// A statute, regulation, directive, ordinance or code.
        Law = "law",
        /// A list of tariffs or concessions.
        Schedule = "schedule",
        /// A Member's or secretariat's communication.
        Communication = "communication",
        /// A proposal for a text.
        Proposal = "proposal",
        /// A report.
        Report = "report",
        /// Minutes of a meeting.
        Minutes = "minutes",
        /// A notification under an agreement.
        Notification = "notification",
        /// Recommendations by whomever.
        Recommendation = "recommendation",
        /// Guidelines, a manual, a reference document.
        Guidance = "guidance",
        /// A speech, a position, news, a cable.
        Statement = "statement",
        /// A slide deck.
        Presentation = "presentation",
        /// None of these, or not known.
        Other = "other",
    }
}

closed_list! {
    /// How far a document has come.
    Status, "status" {
        /// Adopted by its body.
        Adopted = "adopted",
        /// A draft or a proposal under discussion.
        Draft = "draft",
        /// A treaty in force.
        InForce = "in force",
        /// Replaced, terminated or no longer in force.
        Superseded = "superseded",
        /// Not said.
        Unknown = "unknown",
    }
}

closed_list! {
    /// Where in its document a clause stands.
    Part, "part" {
        /// Recitals.
        Preambular = "preambular",
        /// What the text decides or provides.
        Operative = "operative",
        /// An annex, appendix or schedule.
        Annex = "annex",
        /// A footnote or endnote.
        Footnote = "footnote",
        /// Masthead, symbol, title, table of contents.
        FrontMatter = "front matter",
        /// Signatures, testimonium, a last slide about the author.
        Closing = "closing",
        /// Texts without a preambular and operative half: decks, reports, papers.
        Main = "main",
    }
}

closed_list! {
    /// What sort of clause it is.
    Unit, "unit" {
        /// A preambular paragraph.
        Recital = "recital",
        /// A paragraph, numbered or not.
        Paragraph = "paragraph",
        /// A numbered or lettered part of a paragraph.
        SubParagraph = "sub-paragraph",
        /// A list item: a bullet or dash.
        Item = "item",
        /// A heading.
        Heading = "heading",
        /// Words that govern what follows: "The Ministerial Conference,", "Decides:".
        Chapeau = "chapeau",
        /// Letterhead, symbol, date and number of a document.
        Masthead = "masthead",
        /// Words of somebody else.
        Quotation = "quotation",
        /// A row of a table.
        TableRow = "table row",
        /// A footnote.
        Footnote = "footnote",
        /// Signatures and the words around them.
        Signature = "signature",
    }
}

impl Unit {
    /// Whether a clause of this unit is an answer by itself. The others match through the
    /// clauses that they govern, and are never returned.
    pub fn is_hit(self) -> bool {
        !matches!(self, Self::Heading | Self::Chapeau | Self::Masthead | Self::Signature)
    }
}

closed_list! {
    /// The strength of what a clause asks, strongest first within a clause.
    Obligation, "obligation" {
        /// "shall not", "no Party shall".
        Prohibition = "prohibition",
        /// "shall", "must".
        Duty = "duty",
        /// "shall ..., where appropriate".
        QualifiedDuty = "qualified duty",
        /// "will", "agree to", "undertake to".
        Commitment = "commitment",
        /// "shall endeavour", "shall strive", "shall cooperate".
        BestEndeavour = "best endeavour",
        /// "should".
        Recommendation = "recommendation",
        /// "may".
        Permission = "permission",
        /// "recognize", "reaffirm".
        Recognition = "recognition",
        /// Nothing of the kind.
        None = "none",
    }
}

closed_list! {
    /// What a clause does, from its opening verb.
    Act, "act" {
        /// Recall.
        Recall = "recall",
        /// Note.
        Note = "note",
        /// Recognize, acknowledge.
        Recognize = "recognize",
        /// Reaffirm.
        Reaffirm = "reaffirm",
        /// Reiterate.
        Reiterate = "reiterate",
        /// Welcome.
        Welcome = "welcome",
        /// Consider, have regard to.
        Consider = "consider",
        /// Express.
        Express = "express",
        /// Emphasize, stress, underline.
        Emphasize = "emphasize",
        /// Desire, wish.
        Desire = "desire",
        /// Resolve, be determined.
        Resolve = "resolve",
        /// Decide.
        Decide = "decide",
        /// Agree.
        Agree = "agree",
        /// Adopt.
        Adopt = "adopt",
        /// Approve, endorse.
        Approve = "approve",
        /// Establish.
        Establish = "establish",
        /// Extend, prolong.
        Extend = "extend",
        /// Instruct, direct.
        Instruct = "instruct",
        /// Request, ask.
        Request = "request",
        /// Invite.
        Invite = "invite",
        /// Encourage.
        Encourage = "encourage",
        /// Call on, call for.
        CallOn = "call on",
        /// Urge.
        Urge = "urge",
        /// Recommend.
        Recommend = "recommend",
        /// Authorize.
        Authorize = "authorize",
        /// Declare.
        Declare = "declare",
        /// Undertake, commit.
        Undertake = "undertake",
        /// Take note.
        TakeNote = "take note",
        /// Commend, congratulate.
        Commend = "commend",
        /// Condemn, deplore.
        Condemn = "condemn",
        /// Support.
        Support = "support",
        /// Another act.
        Other = "other",
    }
}

closed_list! {
    /// How reading a file ended.
    FileStatus, "file status" {
        /// Read.
        Ok = "ok",
        /// Locked by a password that was not given.
        Password = "password",
        /// Broken beyond reading.
        Damaged = "damaged",
        /// Pages without text: a scan.
        NoText = "no text",
        /// Text without meaning: fonts that do not say which letters they draw.
        Garbled = "garbled",
        /// Over a limit of size, pages or memory.
        TooLarge = "too large",
        /// Over the limit of time.
        TimedOut = "timed out",
        /// Of a format that is not read.
        Unsupported = "unsupported",
        /// Could not be opened.
        Unreadable = "unreadable",
    }
}

fn same_word(word: &str, found: &str) -> bool {
    let plain = |byte: u8| if matches!(byte, b'-' | b'_') { b' ' } else { byte.to_ascii_lowercase() };
    word.len() == found.len() && word.bytes().map(plain).eq(found.bytes().map(plain))
}

/// "a, b or c".
fn sentence_list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_type_them() {
        assert_eq!("Front-Matter".parse(), Ok(Part::FrontMatter));
        assert_eq!("best_endeavour".parse(), Ok(Obligation::BestEndeavour));
        assert_eq!("sub-paragraph".parse(), Ok(Unit::SubParagraph));
    }

    #[test]
    fn an_unknown_value_says_what_is_wanted() {
        let error = "x".parse::<Status>().expect_err("x is no status");
        assert_eq!(
            error.to_string(),
            "unknown status \"x\", want adopted, draft, in force, superseded or unknown"
        );
    }

    #[test]
    fn every_value_reads_back() {
        for act in Act::ALL {
            assert_eq!(act.as_str().parse(), Ok(*act));
        }
    }
}
