//! The words that clauses open with, in three languages, as `registry/openers.toml` lists them:
//! each list in order, folded to small letters without accents.

include!(concat!(env!("OUT_DIR"), "/openers.rs"));
