//! The one integration-test binary: the real `chapeau` on real files, a module per topic.

mod drive;

mod browser;
mod changes;
mod cites;
mod cli;
mod compare;
mod crash;
mod export;
mod hostile;
mod http;
mod judged;
mod lasting;
mod lineage;
mod mandates;
mod office;
mod openapi;
mod quickwit;
mod reading;
mod recognition;
mod reindex;
mod sources;
mod tidy;
mod upkeep;
