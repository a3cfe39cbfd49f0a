//! One share of the sources: which machine of several takes care of a source.

use std::str::FromStr;

/// The share `number` of `of`, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// Whether a source is in this share: each is in one, the same on every machine and every day.
    pub(crate) fn has(self, path: &str) -> bool {
        let [a, b, c, d, e, f, g, h, ..] = *blake3::hash(path.as_bytes()).as_bytes();
        u64::from_le_bytes([a, b, c, d, e, f, g, h]) % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let wrong = || format!("found \"{typed}\", want a share such as 3/16");
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
    fn shares_are_read() {
        assert_eq!("3/16".parse(), Ok(Shard { number: 3, of: 16 }));
        for wrong in ["", "3", "0/4", "5/4", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
