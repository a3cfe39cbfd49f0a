//! Arguments of the commands that follow a clause through the corpus.

use clap::ValueEnum;

use super::{IndexDir, ReportFormat};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau lineage wt-l-843/op-4
  chapeau lineage wt-l-843/op-4 --relation reworded --format json
")]
pub(crate) struct Lineage {
    /// Id of a clause
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// Most versions of the same words, the oldest first
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) limit: usize,
    /// Least similarity, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    pub(crate) least: f64,
    /// Only versions that stand so to the clause; repeat for alternatives
    #[arg(long, value_enum)]
    pub(crate) relation: Vec<Relation>,
    /// Print the words of identical versions too
    #[arg(long)]
    pub(crate) full: bool,
    /// How the versions are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau compare wt-l-843/op-4 wt-min-13-32/op-5
  chapeau compare WT/L/843 WT/MIN(13)/32
  chapeau compare wt-l-843 wt-min-13-32 --format html > redline.html
  chapeau compare pta-108/art-12/b --usual          how it differs from what most agreements say
")]
#[command(after_help = "\
In the text, [-these words-] are only in A and {+these words+} only in B; `moved 1` stands where a
passage was and where it is. Case, quotation marks and the number in front of a clause are passed over.")]
pub(crate) struct Compare {
    /// Id of a clause, or a document's id or symbol
    pub(crate) a: String,
    /// Another of the same sort
    #[arg(required_unless_present = "usual")]
    pub(crate) b: Option<String>,
    /// Compare the clause with the wording that most of its versions have
    #[arg(long, conflicts_with = "b")]
    pub(crate) usual: bool,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// Print the clauses that are the same too
    #[arg(long)]
    pub(crate) full: bool,
    /// Set both texts side by side, sentence by sentence (html)
    #[arg(long)]
    pub(crate) side_by_side: bool,
    /// How the comparison is written
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    pub(crate) format: CompareFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareFormat {
    /// For people
    Text,
    /// A page of its own
    Html,
    /// For programs
    Json,
}

/// How a version stands to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Relation {
    /// The same letters
    Identical,
    /// The same words, or nearly all of them
    Near,
    /// The same core in other words
    Reworded,
}

impl Relation {
    /// Whether this is the relation that a search found.
    pub(crate) fn is(self, found: chapeau_query::Relation) -> bool {
        use chapeau_query::Relation as Found;
        matches!(
            (self, found),
            (Self::Identical, Found::Identical)
                | (Self::Near, Found::Near)
                | (Self::Reworded, Found::Reworded)
        )
    }
}

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  chapeau cites wt-min-13-32
  chapeau cites wt-l-843/pre-1
  chapeau cites WT/L/843 --chain           what it recalls, what that recalls, and who recalls it
  chapeau cites --missing                  what to fetch next
")]
pub(crate) struct Cites {
    /// Id of a clause, or a document's id or symbol
    #[arg(required_unless_present = "missing", conflicts_with = "missing")]
    pub(crate) name: Option<String>,
    /// Follow what is recalled, and who recalls it, from document to document
    #[arg(long, conflicts_with = "missing")]
    pub(crate) chain: bool,
    /// The cited documents that the corpus lacks, the most cited first
    #[arg(long)]
    pub(crate) missing: bool,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How they are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  chapeau cited-by WT/L/274\n  chapeau cited-by wt-l-843 --format json\n"
)]
pub(crate) struct CitedBy {
    /// A symbol, in the corpus or not, or the id of a document or of a clause in it
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    /// How they are written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
}
