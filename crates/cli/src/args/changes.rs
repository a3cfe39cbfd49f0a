//! Arguments of the commands that say what is new and what is due.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Filters, IndexDir, Synonyms, TableFormat};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau changes --since 7d
  chapeau changes --since 2026-11-01 customs duties --kind decision
  chapeau changes --since run:11 --until run:12
  chapeau changes --queries watched.tsv --bookmark told --output digest/
")]
#[command(after_help = "\
A file of queries holds `name<TAB>query` a line; lines that begin with # are comments. With --output, a
folder gets changes.txt, changes.html, changes.atom and changes.json. Nothing new is exit code 1, and
then nothing is written.

In the text, [-these words-] were there and {+these words+} are now. Clauses that only have another
number or place are no change; those that only were read in another way are counted, not listed.")]
pub(crate) struct Changes {
    /// Only clauses with all these words, as they were or as they are
    #[arg(value_name = "QUERY", conflicts_with = "queries")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// From this day on (2026-11-21, or 7d for a week), or after a run (run:12)
    #[arg(long, value_name = "WHEN", required_unless_present = "bookmark")]
    pub(crate) since: Option<String>,
    /// Up to the end of this day or run
    #[arg(long, value_name = "WHEN", conflicts_with = "bookmark")]
    pub(crate) until: Option<String>,
    /// A section for each of the queries in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// Since the run that this file remembers; it then remembers the last one. Where it is not there
    /// yet, --since says where to begin, or else it is only made
    #[arg(long, value_name = "FILE")]
    pub(crate) bookmark: Option<PathBuf>,
    /// List clauses too whose source is the same and was only read in another way
    #[arg(long)]
    pub(crate) read_anew: bool,
    /// Most clauses listed of a document [default: 20; all in json]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) synonyms: Synonyms,
    /// How they are written
    #[arg(long, value_enum, default_value_t = ChangesFormat::Text)]
    pub(crate) format: ChangesFormat,
    /// Write to this file, or to all formats in this folder
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Where `chapeau serve` is reached, for links: `https://search.example.org`
    #[arg(long, value_name = "URL")]
    pub(crate) site: Option<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangesFormat {
    /// For people
    Text,
    /// A page of its own
    Html,
    /// A feed
    Atom,
    /// For programs; with --queries, an array with an object for each
    Json,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau mandates --open
  chapeau mandates electronic commerce --at 2015-01-01
  chapeau mandates --what expiry --body 'Ministerial Conference' --format csv > expiries.csv
")]
#[command(after_help = "\
Who is asked to do what comes from the clauses that instruct, request, invite, authorize, urge, call on,
encourage or recommend; from what those who speak agree or decide to do; and from what bodies \"shall\"
do. A task is open until the last day that it names has passed; one that names no day is undated.")]
pub(crate) struct Mandates {
    /// Only clauses with all these words
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How things stand on this day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) at: Option<jiff::civil::Date>,
    /// Those that are open; with --undated or --lapsed, those too
    #[arg(long)]
    pub(crate) open: bool,
    /// Those that name no day
    #[arg(long)]
    pub(crate) undated: bool,
    /// Those whose last day has passed
    #[arg(long)]
    pub(crate) lapsed: bool,
    /// Only tasks, commitments or expiries; may be repeated
    #[arg(long, value_enum)]
    pub(crate) what: Vec<What>,
    /// Most mandates shown [default: 100; all in csv and json]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) synonyms: Synonyms,
    /// How they are written
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// Somebody is asked or told to do something
    Task,
    /// Those who speak say what they will do
    Commitment,
    /// Something lasts until a day
    Expiry,
}
