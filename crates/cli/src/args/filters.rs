//! Restrictions beside a query, for all commands that take one.

/// What the help calls them.
pub(super) const HEADING: &str = "Filters (repeat one for alternatives)";

/// The same names as the query fields. Several values of one are alternatives.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = HEADING)]
pub(crate) struct Filters {
    /// Of the document: decision, declaration, agreement ...
    #[arg(long)]
    pub(crate) kind: Vec<String>,
    /// Of the document: adopted, draft, "in force", superseded
    #[arg(long)]
    pub(crate) status: Vec<String>,
    /// Of the clause: preambular, operative, annex, footnote ...
    #[arg(long)]
    pub(crate) part: Vec<String>,
    /// What the clause does: decide, instruct, recall ...
    #[arg(long)]
    pub(crate) act: Vec<String>,
    /// Its strength: prohibition, duty, commitment ...
    #[arg(long)]
    pub(crate) obligation: Vec<String>,
    /// The body that adopted or received the document
    #[arg(long)]
    pub(crate) body: Vec<String>,
    /// A party of the agreement
    #[arg(long)]
    pub(crate) party: Vec<String>,
    /// Language of the document: en, fr, es
    #[arg(long)]
    pub(crate) lang: Vec<String>,
    /// Year of the document, or years: 2011..2013
    #[arg(long)]
    pub(crate) year: Vec<String>,
    /// The document's own symbol, or its beginning
    #[arg(long)]
    pub(crate) symbol: Vec<String>,
    /// A symbol that the clause cites
    #[arg(long)]
    pub(crate) cites: Vec<String>,
}

impl Filters {
    /// As a request has them: field and value.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let named: [(&str, &[String]); 11] = [
            ("kind", &self.kind),
            ("status", &self.status),
            ("part", &self.part),
            ("act", &self.act),
            ("obligation", &self.obligation),
            ("body", &self.body),
            ("party", &self.party),
            ("language", &self.lang),
            ("year", &self.year),
            ("symbol", &self.symbol),
            ("cites", &self.cites),
        ];
        let pair = |field: &str, value: &String| (field.to_owned(), value.clone());
        named.iter().flat_map(|(field, values)| values.iter().map(|value| pair(field, value))).collect()
    }
}
