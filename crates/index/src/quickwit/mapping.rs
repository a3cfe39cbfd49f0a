//! Our schema, records and conditions in Quickwit's words.
//!
//! A text field holds an array of values: the stems of all words in order, then their exact forms,
//! then each further form of a word (the joined form of a hyphenated one) among the stems around it.
//! Quickwit parts them at white space and leaves a gap between values. So every term is ours, is had by
//! the same records as here, and a phrase of stems or of exact forms is a phrase.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};
use tantivy::schema::{FieldType, IndexRecordOption, Type, Value as _};
use tantivy::{TantivyDocument, Term};

use crate::encoded::each_term;
use crate::engine::{Ask, Condition, First};
use crate::remote::KEY;
use crate::schema::SENTENCE_END;
use crate::{Error, Fields, fold};

/// The number of the batch that a record came with.
pub(crate) const RUN: &str = "run";
/// The number of the putting of a source that a record came with: what hides it when it is replaced.
pub(crate) const PUT: &str = "put";
/// The record as JSON.
pub(crate) const STORED: &str = "stored";

/// The fields that our schema does not have, since an index here needs none.
const NUMBERS: [&str; 3] = [RUN, PUT, KEY];
/// Bytes of stored records that are compressed together. Quickwit's own million is for whoever reads
/// a few: hundreds of candidates a query took half a second, and take a tenth of that.
const BLOCK_BYTES: u32 = 16 << 10;
/// Words before and after another form of a word that are given with it: phrases that have such a form
/// are found up to that length. The longest of the thesaurus has 16 words.
const AROUND: usize = 16;
/// Ways by which records are taken in at once from the start: each takes five megabytes a second, and
/// Quickwit opens more only after a while.
const MIN_SHARDS: u32 = 4;
/// By how much more those count that are preferred. A hundred words at the highest score of each amount
/// to a thousandth of it, and numbers of 24 bits still tell scores apart.
const PREFERENCE: f32 = 1_000.0;
/// Fields that are read by, in order or in ranges, or counted by their values.
const SORTED: [&str; 3] = ["seq", "near", "same"];

/// What Quickwit is to know of the index: our schema, and the fields that say what is in force.
pub(crate) fn configuration(index: &str) -> Value {
    let schema = Fields::schema();
    let mut fields: Vec<Value> =
        schema.fields().filter_map(|(_, entry)| field(entry.name(), entry.field_type())).collect();
    fields.extend(NAMES.map(
        |(_, folded)| json!({ "name": folded, "type": "array<text>", "tokenizer": "raw", "stored": false }),
    ));
    fields.extend(NUMBERS.map(|name| number(name, true, true)));
    fields.push(json!({ "name": STORED, "type": "text", "indexed": false, "stored": true }));
    json!({
        "version": "0.8",
        "index_id": index,
        "doc_mapping": { "mode": "strict", "field_mappings": fields, "index_field_presence": false },
        "ingest_settings": { "min_shards": MIN_SHARDS },
        "indexing_settings": { "commit_timeout_secs": 15, "docstore_blocksize": BLOCK_BYTES },
    })
}

/// A field; `None` where Quickwit holds it otherwise or not at all.
fn field(name: &str, kind: &FieldType) -> Option<Value> {
    match kind {
        FieldType::Str(options) => {
            let indexing = options.get_indexing_options()?;
            let words = indexing.index_option() == IndexRecordOption::WithFreqsAndPositions;
            let fast = if options.is_fast() { json!({ "normalizer": "raw" }) } else { json!(false) };
            let analysed = if words {
                json!({ "tokenizer": "whitespace", "record": "position", "fieldnorms": true })
            } else {
                json!({ "tokenizer": "raw", "record": "basic", "fast": fast })
            };
            let mut field = json!({ "name": name, "type": "array<text>", "stored": false });
            merge(&mut field, analysed);
            Some(field)
        }
        FieldType::U64(options) => {
            let fast = options.is_fast() || SORTED.contains(&name);
            Some(number(name, options.is_indexed(), fast))
        }
        FieldType::Bool(_) => Some(json!({ "name": name, "type": "bool", "stored": false })),
        _ => None,
    }
}

fn number(name: &str, indexed: bool, fast: bool) -> Value {
    // The key alone is read back: it is what the next page begins with.
    json!({ "name": name, "type": "u64", "indexed": indexed, "fast": fast, "stored": name == KEY })
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// Names are counted as written and found folded: Quickwit has a field for each.
const NAMES: [(&str, &str); 2] = [("body", "body_folded"), ("party", "party_folded")];

fn folded(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(written, _)| *written == name).map(|(_, folded)| *folded)
}

/// A record as a line for Quickwit. `stored` is the record itself.
pub(crate) fn line(record: &TantivyDocument, stored: &str, (run, put, key): (u64, u64, u64)) -> Value {
    let schema = Fields::schema();
    let mut line = Map::new();
    for (field, value) in record.field_values() {
        let name = schema.get_field_name(field);
        if let Some(text) = value.as_str() {
            let values = if is_words(name) { words(text) } else { vec![json!(text)] };
            push(&mut line, name, values);
            if let Some(folded) = folded(name) {
                push(&mut line, folded, vec![json!(fold(text))]);
            }
        } else if let Some(number) = value.as_u64() {
            line.insert(name.to_owned(), json!(number));
        } else if let Some(yes) = value.as_bool() {
            line.insert(name.to_owned(), json!(yes));
        }
    }
    for (name, number) in [(RUN, run), (PUT, put), (KEY, key)] {
        line.insert(name.to_owned(), json!(number));
    }
    line.insert(STORED.to_owned(), json!(stored));
    Value::Object(line)
}

fn push(line: &mut Map<String, Value>, name: &str, values: Vec<Value>) {
    match line.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
        Value::Array(known) => known.extend(values),
        other => *other = Value::Array(values),
    }
}

/// Whether a field holds analysed words.
pub(crate) fn is_words(name: &str) -> bool {
    ["text", "lead_in", "heading", "title"].contains(&name)
}

/// Analysed words as values. Where sentences end is no word: nothing there asks for it.
fn words(encoded: &str) -> Vec<Value> {
    let (mut stems, mut exact, mut others): (Vec<&str>, Vec<&str>, Vec<(usize, &str)>) = Default::default();
    let mut last = None;
    each_term(encoded, |position, term| {
        if term.starts_with('=') {
            exact.push(term);
        } else if term != SENTENCE_END && last != Some(position) {
            stems.push(term);
            last = Some(position);
        } else if term != SENTENCE_END {
            others.push((stems.len().saturating_sub(1), term));
        }
    });
    let among = |(at, term): &(usize, &str)| {
        let (before, after) =
            (&stems[at.saturating_sub(AROUND)..*at], stems.get(at + 1..).unwrap_or_default());
        [before, &[*term], &after[..after.len().min(AROUND)]].concat().join(" ")
    };
    let rows = [stems.join(" "), exact.join(" ")].into_iter().chain(others.iter().map(among));
    rows.filter(|row| !row.is_empty()).map(Value::String).collect()
}

/// A question as a body of `_search`, of the records in force only.
pub(crate) fn body(ask: &Ask, in_force: &Value) -> Result<Value, Error> {
    let is_ranked = ask.limit > 0 && ask.first == First::Best;
    let condition = if is_ranked { ask.condition.clone() } else { ask.condition.unweighted() };
    let mut body = json!({
        "query": { "bool": { "must": [query(&condition.flat())?], "filter": [in_force] } },
        "size": ask.limit,
        "track_total_hits": true,
    });
    if ask.limit > 0 {
        body["sort"] = match ask.first {
            First::Best => json!(["_score"]),
            First::Lowest(field) => json!([{ field: { "order": "asc" } }]),
            First::Highest(field) => json!([{ field: { "order": "desc" } }]),
        };
    }
    if !ask.facets.is_empty() {
        let counted = ask.facets.iter().map(|(field, most)| {
            // What each split gives is what all are counted from: little must be left out there.
            let from_each = (most * 4).clamp(1_000, 60_000);
            (field.to_string(), json!({ "terms": { "field": field, "size": most, "shard_size": from_each } }))
        });
        body["aggs"] = Value::Object(counted.collect());
    }
    Ok(body)
}

/// A condition as a query.
pub(crate) fn query(condition: &Condition) -> Result<Value, Error> {
    let each = |all: &[Condition]| all.iter().map(query).collect::<Result<Vec<Value>, Error>>();
    Ok(match condition {
        Condition::Everything => json!({ "match_all": {} }),
        Condition::Term(term, weight) => {
            let mut wanted = json!({ "value": value(term)? });
            if (weight - 1.0).abs() > f32::EPSILON {
                wanted["boost"] = json!(weight);
            }
            json!({ "term": { (name(term)): wanted } })
        }
        Condition::OneOf(_, values) if values.is_empty() => json!({ "match_none": null }),
        Condition::OneOf(field, values) => json!({ "terms": { (*field): values } }),
        Condition::Has(field) => json!({ "wildcard": { (*field): "*" } }),
        Condition::Range(field, from, to) => range(field, *from, *to),
        Condition::Phrase(terms, weight) => phrase(terms, *weight)?,
        Condition::All(all) if all.is_empty() => json!({ "match_all": {} }),
        Condition::All(all) => json!({ "bool": { "must": each(all)? } }),
        Condition::Any(any) if any.is_empty() => json!({ "match_none": null }),
        Condition::Any(any) => json!({ "bool": { "should": each(any)?, "minimum_should_match": 1 } }),
        Condition::Not(not) => {
            json!({ "bool": { "must": [{ "match_all": {} }], "must_not": [query(not)?] } })
        }
        Condition::Preferring(of, first) => {
            // Quickwit passes over the boost of a `bool`, and heeds that of `match_all`.
            let by = json!({ "match_all": { "boost": PREFERENCE } });
            let first = json!({ "bool": { "must": [by], "filter": [query(first)?] } });
            json!({ "bool": { "must": [query(of)?], "should": [first] } })
        }
    })
}

fn range(field: &str, from: Option<u64>, to: Option<u64>) -> Value {
    let mut bounds = Map::new();
    bounds.extend(from.map(|from| ("gte".to_owned(), json!(from))));
    bounds.extend(to.map(|to| ("lte".to_owned(), json!(to))));
    if bounds.is_empty() { json!({ "match_all": {} }) } else { json!({ "range": { field: bounds } }) }
}

/// A phrase. Only the language that people type has weighted ones, and Quickwit passes over the `boost`
/// of a `bool`.
fn phrase(terms: &[Term], weight: f32) -> Result<Value, Error> {
    let Some(first) = terms.first() else { return Ok(json!({ "match_none": null })) };
    let mut text = String::new();
    for term in terms {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(value(term)?.as_str().unwrap_or_default());
    }
    let name = name(first);
    if (weight - 1.0).abs() <= f32::EPSILON {
        return Ok(json!({ "match_phrase": { (name): text } }));
    }
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    Ok(json!({ "query_string": { "query": format!("{name}:\"{text}\"^{weight}") } }))
}

fn name(term: &Term) -> &'static str {
    static NAMES_OF_FIELDS: OnceLock<Vec<String>> = OnceLock::new();
    let names = NAMES_OF_FIELDS
        .get_or_init(|| Fields::schema().fields().map(|(_, entry)| entry.name().to_owned()).collect());
    let name = names.get(term.field().field_id() as usize).map_or("", String::as_str);
    folded(name).unwrap_or(name)
}

fn value(term: &Term) -> Result<Value, Error> {
    let value = term.value();
    let value = match value.typ() {
        Type::Str => value.as_str().map(|text| json!(text)),
        Type::U64 => value.as_u64().map(|number| json!(number)),
        Type::Bool => value.as_bool().map(|yes| json!(yes.to_string())),
        _ => None,
    };
    value.ok_or(Error::Unsupported { what: "a term of this sort" })
}
