//! One share of the sources: which machine of several takes care of a source.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The share `number` of `of`, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// All sources.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Whether a source is in this share: each is in one, the same on every machine and every day.
    pub fn has(self, path: &str) -> bool {
        let [a, b, c, d, e, f, g, h, ..] = *blake3::hash(path.as_bytes()).as_bytes();
        u64::from_le_bytes([a, b, c, d, e, f, g, h]) % self.of == self.number - 1
    }

    /// Whether a source may be in both shares.
    pub fn meets(self, other: Self) -> bool {
        self.of != other.of || self.number == other.number
    }
}

impl Default for Shard {
    fn default() -> Self {
        Self::WHOLE
    }
}

/// What was typed is no share.
#[derive(Debug, PartialEq, Eq)]
pub struct NoShard(String);

impl std::error::Error for NoShard {}

impl fmt::Display for NoShard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "found \"{}\", want a share such as 3/16", self.0)
    }
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(typed: &str) -> Result<Self, NoShard> {
        let wrong = || NoShard(typed.to_owned());
        let (number, of) = typed.split_once('/').ok_or_else(wrong)?;
        let (number, of) = (number.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
        if (1..=of).contains(&number) { Ok(Self { number, of }) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_is_in_one_share() {
        for of in [1, 2, 16] {
            for source in ["a.pdf", "b/c.txt", "ü", ""] {
                let shares = (1..=of).filter(|number| Shard { number: *number, of }.has(source));
                assert_eq!(shares.count(), 1, "{source} of {of}");
            }
        }
    }

    #[test]
    fn shares_of_the_same_parting_do_not_meet() {
        let shard = |typed: &str| typed.parse::<Shard>().expect("a share");
        assert!(!shard("1/2").meets(shard("2/2")));
        assert!(shard("1/2").meets(shard("1/2")));
        assert!(shard("1/2").meets(shard("2/3")));
        assert!(shard("3/3").meets(Shard::WHOLE));
    }

    #[test]
    fn shares_are_read() {
        assert_eq!("3/16".parse(), Ok(Shard { number: 3, of: 16 }));
        for wrong in ["", "3", "0/4", "5/4", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
