//! An index on a Quickwit cluster: many machines, one index, all of it Quickwit's own work.
//!
//! Quickwit knows neither ids nor transactions: what was written twice stands twice, and what is
//! deleted goes hours later. So all records of a batch carry the number of its *run*, and an entry of
//! the [`ledger`], written when all of them were counted and found complete, puts it in force and says
//! which earlier records are replaced. Readers ask for records of runs in force that are not replaced:
//! a job that is killed leaves records that nobody sees, and a change is seen whole.

mod client;
mod ledger;
mod mapping;
mod recorder;
mod served;
#[cfg(test)]
mod tests;
mod words;

use std::path::Path;

use client::SCHEME;
pub(crate) use served::Served;

use crate::Error;
use crate::engine::Recorder;
use crate::shard::Shard;

/// Whether the place of an index is the address of one on a Quickwit.
pub fn address(place: &Path) -> Option<&str> {
    place.to_str().filter(|place| place.starts_with(SCHEME))
}

/// Opens the index at an address for writing a share of its sources, or makes one.
pub(crate) fn open_to_write(address: &str, shard: Shard) -> Result<(Served, Box<dyn Recorder>), Error> {
    let runs = recorder::Runs::start(address, shard)?;
    Ok((runs.served(), Box::new(runs)))
}

/// What Quickwit is to know of an index of this name, for whoever makes it by hand.
pub fn configuration(index: &str) -> serde_json::Value {
    mapping::configuration(index)
}
