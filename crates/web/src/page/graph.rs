//! What a document stands among: the others of its series, whom it cites and who cites it, by date,
//! with a picture of who recalls whom. The list says all that the picture shows.

use std::collections::{BTreeMap, BTreeSet};

use chapeau_document::{Date, Symbol};
use chapeau_index::{DocumentRecord, Searcher};
use chapeau_query::{InSeries, Reference, SeriesBy};
use maud::{Markup, html};

use super::compare::compare_href;
use super::document::{called, href};
use super::text::{counted, date, shown};
use crate::error::Error;

/// Documents that are shown at most: a picture of more is a tangle.
const MOST_SHOWN: usize = 40;
/// Units of the picture: a row, and the room for the arcs beside it. The style sets a row as high.
const ROW: usize = 28;
const ROOM: usize = 56;

/// Series and citations of a document; nothing where it has neither.
pub(super) fn record(searcher: &Searcher, document: &DocumentRecord) -> Result<Markup, Error> {
    let series = chapeau_query::series(searcher, document)?;
    let graph = Graph::read(searcher, document)?;
    Ok(html! {
        @if !series.is_empty() {
            details.about open {
                summary { (counted(series.len() as u64, "other document", "other documents")) " of this series" }
                ul.series { @for one in &series { li { (in_series(document, one)) } } }
            }
        }
        @if !graph.links.is_empty() {
            details.about open {
                summary { "Citations" }
                (graph.markup())
            }
        }
    })
}

fn in_series(document: &DocumentRecord, one: &InSeries) -> Markup {
    let name = called(one.symbol.as_ref().map(Symbol::as_str), one.title.as_deref(), &one.id);
    let is_later = one.date.is_some_and(|day| document.metadata.date().is_some_and(|own| own < day));
    let (a, b) = if is_later { (&document.id, &one.id) } else { (&one.id, &document.id) };
    html! {
        @if let Some(day) = one.date { (date(day)) ": " }
        a href=(href(&one.id)) { (shown(&name)) } ", "
        @match one.by { SeriesBy::Symbol => "by its symbol", SeriesBy::Title => "of the same title" }
        ", " a href=(compare_href(a, b)) { "compare" }
    }
}

/// Documents and the citations among them.
struct Graph {
    /// By date, those that the corpus lacks first: what is cited is older.
    nodes: Vec<Node>,
    /// From the one that cites to the one that is cited, and whether it is recalled.
    links: Vec<(usize, usize, bool)>,
    /// Documents that are not shown.
    n_more: usize,
}

struct Node {
    name: String,
    /// Its id, where the corpus has it.
    id: Option<String>,
    date: Option<Date>,
    is_own: bool,
}

impl Graph {
    /// What the document cites, who cites it, and the chain in which it was recalled.
    fn read(searcher: &Searcher, document: &DocumentRecord) -> Result<Self, Error> {
        let references = chapeau_query::around(searcher, &document.id)?.unwrap_or_default();
        let mut links: BTreeMap<(String, String), bool> = BTreeMap::new();
        for Reference { source, symbol, document, recalls, .. } in references {
            let cited = document.unwrap_or_else(|| symbol.as_str().to_owned());
            if source != cited {
                *links.entry((source, cited)).or_default() |= recalls;
            }
        }
        let names: BTreeSet<String> =
            links.keys().flat_map(|(from, to)| [from.clone(), to.clone()]).collect();
        let mut known = searcher.documents_by_ids(names.clone())?;
        let node = |name: String| {
            let found = known.remove(&name);
            node(name, found, document)
        };
        let mut nodes: Vec<Node> = names.into_iter().map(node).collect();
        nodes.sort_by(|a, b| (!a.is_own, a.date, &a.name).cmp(&(!b.is_own, b.date, &b.name)));
        let n_more = nodes.len().saturating_sub(MOST_SHOWN);
        nodes.truncate(MOST_SHOWN);
        nodes.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
        let place =
            |name: &str| nodes.iter().position(|node| node.id.as_deref().unwrap_or(&node.name) == name);
        let links =
            links.iter().filter_map(|((from, to), recalls)| Some((place(from)?, place(to)?, *recalls)));
        let links = links.collect();
        Ok(Self { nodes, links, n_more })
    }

    fn markup(&self) -> Markup {
        html! {
            div.chain {
                (self.picture())
                ol {
                    @for (at, node) in self.nodes.iter().enumerate() {
                        li aria-current=[node.is_own.then_some("true")] { (self.row(at, node)) }
                    }
                }
            }
            @if self.n_more > 0 { p.quiet { "and " (counted(self.n_more as u64, "further document", "further documents")) "." } }
        }
    }

    fn row(&self, at: usize, node: &Node) -> Markup {
        let of = |wanted: bool| {
            let links = self.links.iter().filter(move |(from, _, recalls)| *from == at && *recalls == wanted);
            links.map(|(_, to, _)| self.nodes[*to].name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let (recalled, cited) = (of(true), of(false));
        html! {
            @match node.date { Some(day) => (date(day)), None => "no date" } " · "
            @match &node.id {
                _ if node.is_own => strong { (shown(&node.name)) },
                Some(id) => a href=(href(id)) { (shown(&node.name)) },
                None => { (shown(&node.name)) " (not in the corpus)" }
            }
            @if !recalled.is_empty() { " recalls " (shown(&recalled)) }
            @if !cited.is_empty() { @if !recalled.is_empty() { "," } " cites " (shown(&cited)) }
        }
    }

    /// An arc for each link, from who cites to who is cited; broken where it is not recalled.
    fn picture(&self) -> Markup {
        let middle = |at: usize| at * ROW + ROW / 2;
        let n_rows = self.nodes.len();
        html! {
            svg aria-hidden="true" width=(ROOM) height=(n_rows * ROW) viewBox={ "0 0 " (ROOM) " " (n_rows * ROW) } {
                @for (from, to, recalls) in &self.links {
                    @let out = ROOM.saturating_sub(16 + 8 * from.abs_diff(*to)).max(2);
                    @let end = ROOM - 6;
                    path.cited[!recalls] d={ "M" (end) " " (middle(*from)) "C" (out) " " (middle(*from)) " " (out) " " (middle(*to)) " " (end) " " (middle(*to)) } {}
                    path.tip d={ "M" (end) " " (middle(*to)) "l-6 -3.5v7z" } {}
                }
                @for (at, node) in self.nodes.iter().enumerate() {
                    circle.own[node.is_own] cx=(ROOM - 4) cy=(middle(at)) r="3.5" {}
                }
            }
        }
    }
}

fn node(name: String, found: Option<DocumentRecord>, own: &DocumentRecord) -> Node {
    let Some(found) = found else { return Node { name, id: None, date: None, is_own: false } };
    let symbol = found.metadata.symbols.first().map(|symbol| symbol.value.as_str().to_owned());
    let title = found.metadata.title.as_ref().map(|title| title.value.clone());
    let name = symbol.or(title).unwrap_or_else(|| found.id.clone());
    let date = found.metadata.date();
    Node { name, date, is_own: found.id == own.id, id: Some(found.id) }
}
