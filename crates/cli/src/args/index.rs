//! The arguments of `index`.

use std::path::PathBuf;

use chapeau_index::Shard;

use super::{IndexDir, Ocr, Passwords, ReportFormat};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau index                            the folder corpus into the folder index
  chapeau index ~/texts --index ~/texts.index
  chapeau index ~/texts --dry-run          what would be done, and why
  chapeau index ~/texts --ocr              scanned pages too, by Tesseract
")]
pub(crate) struct Index {
    /// Folders and files to index: together they are the whole corpus [default: corpus]
    #[arg(value_name = "SOURCE", env = "CHAPEAU_CORPUS", hide_env_values = true)]
    pub(crate) sources: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Try the sources again that could not be read
    #[arg(long)]
    pub(crate) retry_failed: bool,
    #[command(flatten)]
    pub(crate) passwords: Passwords,
    #[command(flatten)]
    pub(crate) ocr: Ocr,
    /// Read everything again, into a new index that then replaces the old one
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Sources read at a time [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    /// Days for which `chapeau changes` can tell what changed; at most 64 MB are kept [default: 400]
    #[arg(long, value_name = "DAYS")]
    pub(crate) keep_changes: Option<u16>,
    /// Go on: run again whenever the sources change, until stopped
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) watch: bool,
    /// Stop at the first source that cannot be read
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// Remove what is gone even where it is most of the index: without, a folder that is away empties nothing
    #[arg(long)]
    pub(crate) allow_removal: bool,
    /// Take care of one share of the sources only: 3/16 is the third of sixteen, for as many machines
    #[arg(long, value_name = "N/OF")]
    pub(crate) shard: Option<Shard>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}
