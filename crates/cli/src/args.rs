//! The command line as typed. Parsing does no I/O; each command turns its arguments into options.

mod changes;
mod filters;
mod index;
mod versions;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use self::changes::{Changes, ChangesFormat, Mandates, What};
pub(crate) use self::filters::Filters;
pub(crate) use self::index::Index;
pub(crate) use self::versions::{CitedBy, Cites, Compare, CompareFormat, Lineage};

/// Where the index lies unless a flag or the environment names another folder.
pub(crate) const DEFAULT_INDEX: &str = "index";
/// Where the sources lie unless an argument or the environment names others.
pub(crate) const DEFAULT_CORPUS: &str = "corpus";

const EXAMPLES: &str = "\
Examples:
  chapeau search customs duties on electronic transmissions
  chapeau search '\"electronic transmissions\" AND part:operative' --kind decision
  chapeau index ~/texts --index ~/texts.index
  chapeau show wt-l-843/op-3
  chapeau clauses decision.pdf
  chapeau help syntax
";

/// Full-text search over trade-policy documents, clause by clause
#[derive(Debug, Parser)]
#[command(name = "chapeau", version, before_help = EXAMPLES, max_term_width = 100)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 found or done, 1 nothing found, 2 failed, 3 done, but some sources were newly skipped.
Environment: CHAPEAU_INDEX, CHAPEAU_CORPUS, NO_COLOR.")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the index up to date with the sources
    Index(Index),
    /// Find clauses
    Search(Box<Search>),
    /// Show a clause with its neighbours, or a document with its outline
    Show(Show),
    /// List the documents of the index
    List(List),
    /// Show the same clause in other documents, by date
    Lineage(Lineage),
    /// Compare two clauses or two documents, word by word
    Compare(Compare),
    /// List what a clause or a document cites, or the cited documents that the corpus lacks
    Cites(Cites),
    /// List who cites a document
    CitedBy(CitedBy),
    /// List what is new, changed or removed since a day or a run
    Changes(Box<Changes>),
    /// List who was asked to do what by when
    Mandates(Box<Mandates>),
    /// Complete a word, a symbol, a heading or a title
    Suggest(Suggest),
    /// Print a file's text as it is read and normalised
    Text(Text),
    /// Print the clauses of a file, one JSON object a line
    Clauses(Clauses),
    /// Say what the index holds, and what was skipped and why
    Status(Status),
    /// Check that the index is whole, and that it is what the sources are
    Verify(Verify),
    /// Print all clauses of the index
    Export(Export),
    /// Serve the search page and the JSON API
    Serve(Serve),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Show the query syntax, or the help of a command
    Help(Help),
}

/// The index to use, for the commands that read one.
#[derive(Debug, clap::Args)]
pub(crate) struct IndexDir {
    /// Folder of the index [default: index]
    #[arg(long = "index", value_name = "DIR", env = "CHAPEAU_INDEX", hide_env_values = true)]
    pub(crate) dir: Option<PathBuf>,
    /// Use an index on a Quickwit cluster instead: quickwit+http://host:7280/clauses
    #[arg(long, value_name = "ADDRESS", env = "CHAPEAU_ENGINE", hide_env_values = true)]
    pub(crate) engine: Option<PathBuf>,
}

/// What opens locked files, for the commands that read sources.
#[derive(Debug, clap::Args)]
pub(crate) struct Passwords {
    /// Try the passwords in this file, one a line, on files that are locked
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

/// Whether text that is only drawn is recognised, for the commands that read sources.
#[derive(Debug, clap::Args)]
pub(crate) struct Ocr {
    /// Recognise the text of scanned pages with Tesseract, where it is installed
    #[arg(long)]
    pub(crate) ocr: bool,
    /// Languages to recognise, by Tesseract's names: eng,fra [default: eng, fra and spa, as installed]
    #[arg(long = "ocr-lang", value_name = "LANG", value_delimiter = ',', requires = "ocr")]
    pub(crate) languages: Vec<String>,
}

/// Which synonyms are searched for.
#[derive(Debug, clap::Args)]
pub(crate) struct Synonyms {
    /// Search only for the words typed, without synonyms
    #[arg(long)]
    pub(crate) no_synonyms: bool,
    #[command(flatten)]
    pub(crate) thesaurus: OwnThesaurus,
}

/// Words of one's own beside those of the built-in thesaurus.
#[derive(Debug, clap::Args)]
pub(crate) struct OwnThesaurus {
    /// Take the concepts in this file besides the built-in ones; `chapeau help thesaurus` shows how
    /// they are written
    #[arg(long = "thesaurus", value_name = "FILE", env = "CHAPEAU_THESAURUS", hide_env_values = true)]
    pub(crate) file: Option<PathBuf>,
}

impl IndexDir {
    /// The folder, whoever named it, or the address of an index elsewhere.
    pub(crate) fn resolved(&self) -> PathBuf {
        self.engine.clone().or_else(|| self.dir.clone()).unwrap_or_else(|| PathBuf::from(DEFAULT_INDEX))
    }

    /// Whether nobody named a folder: only then is a missing index built on the way.
    pub(crate) fn is_default(&self) -> bool {
        self.dir.is_none() && self.engine.is_none()
    }
}

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau search customs duties on electronic transmissions
  chapeau search '\"electronic transmissions\" NOT moratorium'
  chapeau search cites:WT/L/274
  chapeau search moratorium --kind decision --kind declaration --sort -date
  chapeau search --batch queries.tsv --format trec
  chapeau help syntax                      the whole query language
")]
pub(crate) struct Search {
    /// What to look for; put it in single quotes if it holds quotes or parentheses. Without it,
    /// all that the filters let through
    #[arg(value_name = "QUERY", conflicts_with = "batch")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// Most hits shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Hits passed over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Order of the hits
    #[arg(long, value_enum, default_value_t = Sort::Relevance, allow_hyphen_values = true)]
    pub(crate) sort: Sort,
    /// What is found: single clauses, or documents with their best clauses
    #[arg(long, value_enum, default_value_t = Scope::Clause)]
    pub(crate) scope: Scope,
    /// Which clauses are shown once, with the number of the others
    #[arg(long, value_enum, default_value_t = Fold::Same)]
    pub(crate) fold: Fold,
    #[command(flatten)]
    pub(crate) synonyms: Synonyms,
    /// Count the versions of each clause in other documents in JSON and CSV too, as text does
    #[arg(long)]
    pub(crate) versions: bool,
    /// Show how the query was understood, and how each score came about
    #[arg(long)]
    pub(crate) explain: bool,
    /// How the hits are written
    #[arg(long, value_enum, default_value_t = SearchFormat::Text)]
    pub(crate) format: SearchFormat,
    /// Run all queries of a file: `id<TAB>query` a line
    #[arg(long, value_name = "FILE")]
    pub(crate) batch: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// How many documents have the clause in the same words: 1 (only here), >=10, 2..5
    #[arg(long, value_name = "N", help_heading = filters::HEADING)]
    pub(crate) copies: Vec<String>,
    /// First indexed on this day or later: 2026-11-21, or 7d for a week
    #[arg(long, value_name = "DATE", help_heading = filters::HEADING)]
    pub(crate) since: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  chapeau show wt-l-843/op-3\n  chapeau show wt-l-843 --format json\n")]
pub(crate) struct Show {
    /// Id of a clause or of a document, or a document's symbol
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How it is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  chapeau list\n  chapeau list --format csv > documents.csv\n")]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = SearchFormat::Text)]
    pub(crate) format: SearchFormat,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  chapeau suggest electr\n  chapeau suggest WT/MIN --limit 50\n")]
pub(crate) struct Suggest {
    /// How a word, a symbol, a heading or a title begins
    #[arg(value_name = "TYPED")]
    pub(crate) prefix: String,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// Most completions shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How they are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  chapeau text decision.pdf\n  chapeau text --furniture decision.pdf | less\n"
)]
pub(crate) struct Text {
    /// The file to read
    pub(crate) file: PathBuf,
    /// Keep running heads, running feet and page numbers, each page as it is drawn
    #[arg(long)]
    pub(crate) furniture: bool,
    /// Head each page with its number, and the number printed on it
    #[arg(long, conflicts_with = "boxes")]
    pub(crate) pages: bool,
    /// Print each line of the source with its page and its place there: left, top, right and
    /// bottom in points from the top left corner
    #[arg(long)]
    pub(crate) boxes: bool,
    /// Say on the error stream how the file was read
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) ocr: Ocr,
    #[command(flatten)]
    pub(crate) passwords: Passwords,
}

#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  chapeau clauses decision.pdf\n  chapeau clauses treaty.xml | jq -r .citation\n"
)]
pub(crate) struct Clauses {
    /// The file to read
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) ocr: Ocr,
    #[command(flatten)]
    pub(crate) passwords: Passwords,
}

#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  chapeau status\n  chapeau status --index ~/texts.index --format json\n"
)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How it is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  chapeau verify\n  chapeau verify ~/texts --index ~/texts.index\n")]
pub(crate) struct Verify {
    /// Sources to compare with what the index says of them
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How it is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  chapeau export > all.clauses.jsonl\n  chapeau export --format csv > all.csv\n  chapeau export --format akn WT/L/843 > wt-l-843.xml\n"
)]
pub(crate) struct Export {
    /// Documents to export, by id or symbol; all where none is named
    #[arg(value_name = "DOCUMENT")]
    pub(crate) documents: Vec<String>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How the clauses are written
    #[arg(long, value_enum, default_value_t = ExportFormat::Clauses)]
    pub(crate) format: ExportFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One JSON object a line: as a file *.clauses.jsonl it can be indexed again
    Clauses,
    /// A table
    Csv,
    /// One document as Akoma Ntoso 3.0 (XML for legislative texts)
    Akn,
}

#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  chapeau completions bash > ~/.local/share/bash-completion/completions/chapeau\n"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  chapeau help syntax\n  chapeau help search\n")]
pub(crate) struct Help {
    /// `syntax`, `thesaurus`, or a command
    pub(crate) topic: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people
    Text,
    /// A table
    Csv,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchFormat {
    /// For people
    Text,
    /// One object; with --batch, one a line
    Json,
    /// A table
    Csv,
    /// `id Q0 clause rank score chapeau`, with --batch only
    Trec,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// Best first
    Relevance,
    /// Oldest first
    Date,
    /// Newest first
    #[value(name = "-date")]
    NewestFirst,
    /// Clauses that the fewest documents have first
    Copies,
    /// Clauses that the most documents have first
    #[value(name = "-copies")]
    MostCopies,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    /// Clauses with the words
    Clause,
    /// Documents that have the words, in whichever of their clauses
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fold {
    /// Clauses with the same words are one hit
    Same,
    /// So are those that differ in case, punctuation, spelling or endings only
    Near,
    /// Every clause is a hit
    No,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau serve
  chapeau serve --bind 127.0.0.1:8080 --index ~/texts.index --corpus ~/texts
  chapeau serve --bind 0.0.0.0:7878 --token-file /etc/chapeau/token --host search.example.org
  curl 'http://127.0.0.1:7878/api/search?q=customs+duties&kind=decision'
")]
pub(crate) struct Serve {
    /// Address and port to listen at; one that others can reach asks for --token-file or --no-token
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:7878")]
    pub(crate) bind: std::net::SocketAddr,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// File whose first line every caller must send, as a bearer's token or as a password
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Answer whoever can reach the address
    #[arg(long, conflicts_with = "token_file")]
    pub(crate) no_token: bool,
    /// Name under which the server is reached, besides localhost and addresses; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// Folder or file that was indexed, for downloads of originals; may be repeated
    #[arg(long, value_name = "SOURCE", env = "CHAPEAU_CORPUS", hide_env_values = true,
        default_value = DEFAULT_CORPUS)]
    pub(crate) corpus: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) thesaurus: OwnThesaurus,
    /// How requests are logged; what was searched for never is
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub(crate) log: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A line for people
    Text,
    /// An object a line
    Json,
}
