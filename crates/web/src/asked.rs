//! A search as it stands in an address: read from one, changed, and written as one again.
//!
//! Every state of the page is such an address, so that each can be kept, sent and gone back to.

use std::sync::Arc;

use chapeau_query::thesaurus::Thesaurus;
use chapeau_query::{Fold, Request, Sort};
use form_urlencoded::Serializer;

use crate::error::Error;
use crate::wire::FILTERS;

/// Hits on a page unless the address says otherwise.
const HITS: usize = 10;
/// Most hits of one answer: a page that nobody reads to its end costs the others time.
pub(crate) const MOST_HITS: usize = 100;
/// Most hits that can be passed over: whoever wants all takes them from the index, with `chapeau`.
pub(crate) const FARTHEST: usize = 10_000;
/// Most values of one filter: each costs a look into the index.
pub(crate) const MOST_VALUES: usize = 32;

/// Letters of a query at most: more than any sentence that is pasted.
pub(crate) const LONGEST_QUERY: usize = 2_000;

/// What a hit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scope {
    #[default]
    Clause,
    /// A document, whose words may stand in several of its clauses.
    Document,
}

/// A search.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    /// As typed.
    pub(crate) query: String,
    /// Name and value, in order of mention.
    pub(crate) filters: Vec<(String, String)>,
    pub(crate) scope: Scope,
    pub(crate) sort: Sort,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
    pub(crate) fold: Fold,
    /// Whether synonyms are looked for.
    pub(crate) synonyms: bool,
    /// Words that have none all the same.
    pub(crate) as_typed: Vec<String>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            query: String::new(),
            filters: Vec::new(),
            scope: Scope::Clause,
            sort: Sort::Relevance,
            offset: 0,
            limit: HITS,
            fold: Fold::Same,
            synonyms: true,
            as_typed: Vec::new(),
        }
    }
}

impl Asked {
    /// What an address asks for, from the part behind its `?`. A parameter that is not known is an
    /// error, since a program would take its answer for a narrower one than it is; so is one without
    /// a value, or a second of those that can have one only.
    pub(crate) fn read(raw: &str) -> Result<Self, Error> {
        let mut asked = Self::default();
        let mut taken = Vec::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let is_one_of_many = name == "as_typed" || FILTERS.contains(&name.as_ref());
            if is_one_of_many && value.is_empty() {
                return Err(Error::Asked(format!("found {name} without a value")));
            }
            if !is_one_of_many && taken.contains(&name) {
                return Err(Error::Asked(format!("found {name} twice")));
            }
            if !asked.take(&name, &value)? {
                return Err(Error::Asked(format!("unknown parameter \"{name}\"")));
            }
            taken.push(name);
        }
        Ok(asked)
    }

    /// The query of an address that can have nothing else.
    pub(crate) fn read_query(raw: &str) -> Result<String, Error> {
        match form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name != "q") {
            Some((name, _)) => Err(Error::Asked(format!("unknown parameter \"{name}\""))),
            None => Self::read(raw).map(|asked| asked.query),
        }
    }

    /// The same for a page: people's addresses gather parameters that mean nothing here.
    pub(crate) fn read_page(raw: &str) -> Result<Self, Error> {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            asked.take(&name, &value)?;
        }
        Ok(asked)
    }

    /// Takes a parameter, unless it is not known.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, Error> {
        match name {
            "q" => {
                at_most("letters of a query", value.chars().count(), LONGEST_QUERY)?;
                value.trim().clone_into(&mut self.query);
            }
            "limit" => self.limit = at_most(name, number(name, value)?, MOST_HITS)?,
            "offset" => self.offset = at_most(name, number(name, value)?, FARTHEST)?,
            "scope" => self.scope = scope(value)?,
            "sort" => self.sort = sort(value)?,
            "fold" => self.fold = fold(value)?,
            "synonyms" => self.synonyms = yes(name, value)?,
            "as_typed" => self.as_typed.push(value.to_owned()),
            name if FILTERS.contains(&name) => self.filter(name, value),
            _ => return Ok(false),
        }
        let n_values = if name == "as_typed" { self.as_typed.len() } else { self.values(name).count() };
        at_most(&format!("values of {name}"), n_values, MOST_VALUES)?;
        Ok(true)
    }

    fn filter(&mut self, name: &str, value: &str) {
        let pair = (name.to_owned(), value.to_owned());
        if !value.is_empty() && !self.filters.contains(&pair) {
            self.filters.push(pair);
        }
    }

    /// For what can be made of clauses alone: whoever asks it of documents would take one for the
    /// other.
    pub(crate) fn wants_clauses(&self, what: &str) -> Result<(), Error> {
        match self.scope {
            Scope::Clause => Ok(()),
            Scope::Document => {
                Err(Error::Asked(format!("found scope=document, want clause: {what} is of clauses")))
            }
        }
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.query.is_empty() && self.filters.is_empty()
    }

    /// As the search takes it.
    pub(crate) fn request(&self, thesaurus: &Arc<Thesaurus>) -> Request {
        Request {
            query: self.query.clone(),
            filters: self.filters.clone(),
            limit: self.limit,
            offset: self.offset,
            sort: self.sort,
            fold: self.fold,
            facets: true,
            explain: false,
            versions: false,
            passages: true,
            thesaurus: self.synonyms.then(|| thesaurus.clone()),
            as_typed: self.as_typed.clone(),
        }
    }

    /// Whether a filter is set.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.filters.iter().any(|(set, to)| set == name && to == value)
    }

    /// The values of a filter.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.filters.iter().filter(move |(set, _)| set == name).map(|(_, value)| value.as_str())
    }

    /// With one filter more, from the first hit on.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut asked = self.at_first();
        asked.filter(name, value);
        asked
    }

    /// Without a filter.
    pub(crate) fn without(&self, name: &str, value: &str) -> Self {
        let mut asked = self.at_first();
        asked.filters.retain(|(set, to)| set != name || to != value);
        asked
    }

    /// Without the filters of a name.
    pub(crate) fn without_all(&self, name: &str) -> Self {
        let mut asked = self.at_first();
        asked.filters.retain(|(set, _)| set != name);
        asked
    }

    /// Without any filter.
    pub(crate) fn without_filters(&self) -> Self {
        Self { filters: Vec::new(), ..self.at_first() }
    }

    /// The clauses of one document.
    pub(crate) fn in_document(&self, id: &str) -> Self {
        Self { scope: Scope::Clause, ..self.without_all("document").with("document", id) }
    }

    /// Another query under the same filters.
    pub(crate) fn with_query(&self, query: &str) -> Self {
        Self { query: query.trim().to_owned(), as_typed: Vec::new(), ..self.at_first() }
    }

    /// The first page of it.
    pub(crate) fn at_first(&self) -> Self {
        Self { offset: 0, ..self.clone() }
    }

    /// As parameters, those left out that say what goes without saying.
    pub(crate) fn parameters(&self) -> Vec<(&str, String)> {
        let usual = Self::default();
        let mut pairs = Vec::new();
        if !self.query.is_empty() {
            pairs.push(("q", self.query.clone()));
        }
        pairs.extend(self.filters.iter().map(|(name, value)| (name.as_str(), value.clone())));
        if self.scope != usual.scope {
            pairs.push(("scope", scope_name(self.scope).to_owned()));
        }
        if self.sort != usual.sort {
            pairs.push(("sort", sort_name(self.sort).to_owned()));
        }
        if self.fold != usual.fold {
            pairs.push(("fold", fold_name(self.fold).to_owned()));
        }
        if !self.synonyms {
            pairs.push(("synonyms", "no".to_owned()));
        }
        pairs.extend(self.as_typed.iter().map(|word| ("as_typed", word.clone())));
        if self.limit != usual.limit {
            pairs.push(("limit", self.limit.to_string()));
        }
        if self.offset > 0 {
            pairs.push(("offset", self.offset.to_string()));
        }
        pairs
    }

    /// The address of this search at `path`.
    pub(crate) fn href(&self, path: &str) -> String {
        self.href_with(path, &[])
    }

    /// The same with further parameters.
    pub(crate) fn href_with(&self, path: &str, more: &[(&str, &str)]) -> String {
        let mut to = Serializer::new(String::new());
        to.extend_pairs(self.parameters());
        to.extend_pairs(more);
        let query = to.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// A name as one step of an address's path.
pub(crate) fn path_step(name: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // The form writes a space as `+`, which in a path is a plus.
    encoded.replace('+', "%20")
}

fn number(name: &str, value: &str) -> Result<usize, Error> {
    value.parse().map_err(|_| Error::Asked(format!("found {name}={value}, want a whole number")))
}

pub(crate) fn at_most(name: &str, found: usize, most: usize) -> Result<usize, Error> {
    if found <= most {
        Ok(found)
    } else {
        Err(Error::Asked(format!("found {found} {name}, want at most {most}")))
    }
}

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Clause => "clause",
        Scope::Document => "document",
    }
}

fn scope(value: &str) -> Result<Scope, Error> {
    let found = [Scope::Clause, Scope::Document].into_iter().find(|scope| scope_name(*scope) == value);
    found.ok_or_else(|| Error::Asked(format!("found scope={value}, want clause or document")))
}

/// The name that an order has in addresses.
pub(crate) fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Date => "date",
        Sort::DateDescending => "-date",
        Sort::Copies => "copies",
        Sort::CopiesDescending => "-copies",
    }
}

fn sort(value: &str) -> Result<Sort, Error> {
    let all = [Sort::Relevance, Sort::Date, Sort::DateDescending, Sort::Copies, Sort::CopiesDescending];
    let found = all.into_iter().find(|sort| sort_name(*sort) == value);
    found.ok_or_else(|| {
        Error::Asked(format!("found sort={value}, want relevance, date, -date, copies or -copies"))
    })
}

fn fold_name(fold: Fold) -> &'static str {
    match fold {
        Fold::Same => "same",
        Fold::Near => "near",
        Fold::No => "no",
    }
}

fn fold(value: &str) -> Result<Fold, Error> {
    let found = [Fold::Same, Fold::Near, Fold::No].into_iter().find(|fold| fold_name(*fold) == value);
    found.ok_or_else(|| Error::Asked(format!("found fold={value}, want same, near or no")))
}

fn yes(name: &str, value: &str) -> Result<bool, Error> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Error::Asked(format!("found {name}={value}, want yes or no"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address and the one that the page would link to for the same search.
    #[track_caller]
    fn check(raw: &str, expected: &str) {
        let asked = Asked::read(raw).map_err(|error| format!("{error:?}"));
        assert_eq!(asked.map(|asked| asked.href("/")), Ok(expected.to_owned()));
    }

    #[track_caller]
    fn check_refused(raw: &str, expected: &str) {
        let refused = Asked::read(raw).err().map(|error| format!("{error:?}"));
        assert_eq!(refused, Some(format!("Asked({expected:?})")));
    }

    #[test]
    fn an_address_reads_back() {
        check("", "/");
        check("q=duties&kind=decision&kind=agreement", "/?q=duties&kind=decision&kind=agreement");
        check("kind=decision&kind=decision", "/?kind=decision");
        check("q=%22a+b%22%26%3C&sort=-date", "/?q=%22a+b%22%26%3C&sort=-date");
        check("sort=relevance&fold=same&offset=0&synonyms=yes", "/");
        check("scope=document&q=a", "/?q=a&scope=document");
        check("scope=clause", "/");
        check("offset=20&limit=100&as_typed=LDC&fold=no", "/?fold=no&as_typed=LDC&limit=100&offset=20");
        check("q=%ff%fe", "/?q=%EF%BF%BD%EF%BF%BD");
    }

    #[test]
    fn what_is_unknown_is_said() {
        check_refused("sort=up", "found sort=up, want relevance, date, -date, copies or -copies");
        check_refused("x=1", "unknown parameter \"x\"");
        check_refused("limit=many", "found limit=many, want a whole number");
        check_refused("offset=10001", "found 10001 offset, want at most 10000");
        check_refused("limit=101", "found 101 limit, want at most 100");
        check_refused("kind=", "found kind without a value");
        let years: String = (1..=33).map(|year| format!("year={year}&")).collect();
        check_refused(&years, "found 33 values of year, want at most 32");
        check_refused("q=a&q=b", "found q twice");
        check_refused(
            &format!("q={}", "a".repeat(2_001)),
            "found 2001 letters of a query, want at most 2000",
        );
        check_refused("scope=page", "found scope=page, want clause or document");
        check_refused("fold=far", "found fold=far, want same, near or no");
    }

    #[test]
    fn a_page_passes_over_what_it_does_not_know() {
        assert_eq!(Asked::read_page("utm=1&q=a").map(|asked| asked.query).ok().as_deref(), Some("a"));
    }

    #[test]
    fn a_change_begins_at_the_first_hit() {
        let asked = Asked::read("q=a&kind=decision&year=2011&offset=10").expect("all are known");
        assert_eq!(asked.with("kind", "report").href("/"), "/?q=a&kind=decision&year=2011&kind=report");
        assert_eq!(asked.without("kind", "decision").href("/"), "/?q=a&year=2011");
        assert_eq!(asked.without_filters().with_query("b").href("/"), "/?q=b");
    }

    #[test]
    fn names_stay_one_step_of_a_path() {
        assert_eq!(path_step("a/b c+d?#é"), "a%2Fb%20c%2Bd%3F%23%C3%A9");
    }
}
