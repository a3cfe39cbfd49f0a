//! Makes the lookup table of the built-in thesaurus, so that no search pays for reading it, and
//! refuses to build with a thesaurus file that is not understood.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

// The binary reads files with the same code; here it uses only half of it.
#[allow(dead_code, unreachable_pub)]
#[path = "src/thesaurus"]
mod thesaurus {
    pub mod format;
    pub mod key;
}
use thesaurus::{format, key};

const SOURCE: &str = "thesaurus/concepts.txt";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-changed=src/thesaurus");
    let concepts =
        format::parse(&fs::read_to_string(SOURCE)?).map_err(|error| format!("{SOURCE}, {error}"))?;
    format::check_unique(&concepts).map_err(|error| format!("{SOURCE}, {error}"))?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    fs::write(out.join("concepts.table"), table(&concepts)?)?;
    Ok(())
}

/// A hash and the offset of its concept for each term that is looked up, sorted by hash.
fn table(concepts: &[format::Concept]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut entries = BTreeMap::new();
    for concept in concepts {
        for term in concept.terms.iter().filter(|term| term.looked_up) {
            let before = entries.insert(key::hash(&term.key()), concept.offset);
            if before.is_some_and(|before| before != concept.offset) {
                return Err(format!("the hash of \"{}\" is that of another term", term.text).into());
            }
        }
    }
    let mut bytes = Vec::with_capacity(entries.len() * 12);
    for (hash, offset) in entries {
        bytes.extend(hash.to_le_bytes());
        bytes.extend(u32::try_from(offset)?.to_le_bytes());
    }
    Ok(bytes)
}
