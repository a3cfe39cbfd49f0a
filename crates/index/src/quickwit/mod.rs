//! An index on a Quickwit cluster: many machines, one index, all of it Quickwit's own work.
//!
//! Quickwit knows neither ids nor transactions: what was written twice stands twice, and what is
//! deleted goes hours later. So all records of a batch carry the number of its *run*, and the last
//! record of a run, written when all others were counted and found complete, puts it in force. It
//! says which earlier records are replaced. Readers ask for records of runs in force that are not
//! replaced: a job that is killed leaves records that nobody sees, and a change is seen whole.

mod client;
mod mapping;
mod recorder;
mod served;
#[cfg(test)]
mod tests;
mod words;

use std::path::Path;

pub(crate) use client::SCHEME;
pub(crate) use served::Served;

/// Whether the place of an index is the address of one on a Quickwit.
pub fn address(place: &Path) -> Option<&str> {
    place.to_str().filter(|place| place.starts_with(SCHEME))
}

/// What Quickwit is to know of an index of this name, for whoever makes it by hand.
pub fn configuration(index: &str) -> serde_json::Value {
    mapping::configuration(index)
}
