//! `chapeau`: the one binary. Arguments in, an exit code out; each command is a module.

mod args;
mod commands;
mod office;
mod opened;
mod print;
mod reading;
mod recognition;
mod table;
mod worker;
mod wrap;

use std::io;
use std::panic;
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, for scripts. The numbers are part of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Found, or done.
    Done = 0,
    /// Nothing was found.
    NothingFound = 1,
    /// It failed.
    Failed = 2,
    /// Done, but some sources were newly skipped.
    Skipped = 3,
}

fn main() -> ExitCode {
    // Before any argument is parsed: workers are started often, and start in a millisecond.
    match std::env::args_os().nth(1) {
        Some(word) if word == worker::SUBCOMMAND => return worker::serve(),
        Some(word) if word == worker::helper::SUBCOMMAND => return worker::helper::become_program(),
        _ => {}
    }
    let command = Args::parse().command;
    let exit = match panic::catch_unwind(|| run(command)) {
        Ok(Ok(exit)) => exit,
        Ok(Err(error)) if is_broken_pipe(&error) => Exit::Done,
        Ok(Err(error)) => {
            print::error(&error);
            Exit::Failed
        }
        // Bytes of an index that are not as they were written can make the engine stumble.
        Err(_) => {
            print::error(&anyhow::anyhow!(
                "this is a fault of ours, or the index is damaged: `chapeau verify` tells, and `chapeau index --rebuild` repairs"
            ));
            Exit::Failed
        }
    };
    ExitCode::from(exit as u8)
}

fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Index(args) => commands::index::run(&args),
        Command::Show(args) => commands::show::run(&args),
        Command::Lineage(args) => commands::lineage::run(&args),
        Command::Cites(args) => commands::cites::cites(&args),
        Command::CitedBy(args) => commands::cites::cited_by(&args),
        Command::Changes(args) => commands::changes::run(&args),
        Command::Mandates(args) => commands::mandates::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::List(args) => commands::list::run(&args),
        Command::Suggest(args) => commands::suggest::run(&args),
        Command::Status(args) => commands::status::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Search(args) => commands::search::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Completions(args) => commands::help::completions(&args),
        Command::Help(args) => commands::help::help(&args),
        Command::Text(args) => commands::inspect::text(&args),
        Command::Clauses(args) => commands::inspect::clauses(&args),
    }
}

/// Whoever read our output has seen enough (`chapeau list | head`): that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
