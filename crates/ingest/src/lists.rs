//! Words and names that are looked for by themselves: `registry/lists.toml` has them, with what each list is
//! for and its source.

include!(concat!(env!("OUT_DIR"), "/lists.rs"));
