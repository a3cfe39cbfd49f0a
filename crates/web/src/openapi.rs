//! `/openapi.json`: what the API takes and gives. It is written from the list of operations that
//! the router is made of and from the types that are sent, so that neither can leave it behind.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::asked::{FARTHEST, LONGEST_QUERY, MOST_HITS, MOST_VALUES};
use crate::error::Problem;
use crate::state::Shared;
use crate::wire::{Answers, DocumentWhole, Status};
use crate::{api, news, versions, wire};

/// A day as a pattern, which cannot say that a month has fewer than 31.
const DAY: &str = "[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

/// Where the schemas of the types stand.
const SCHEMAS: &str = "/components/schemas";

/// What can be asked by GET: where, with what, and what comes back.
pub(crate) struct Operation {
    /// As the router takes it: `{*id}` is an id with slashes, which a caller may also escape.
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    parameters: Vec<Value>,
    answer: fn(&mut SchemaGenerator) -> Schema,
    handler: MethodRouter<Arc<Shared>>,
}

/// All of the API.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            path: "/api/search",
            id: "search",
            summary: "Clauses that have the words, or documents, the best first",
            parameters: search_parameters(),
            answer: SchemaGenerator::subschema_for::<Answers<'static>>,
            handler: get(api::search),
        },
        Operation {
            path: "/api/clauses/{*id}",
            id: "clause",
            summary: "One clause",
            parameters: vec![path_parameter("Its id: that of its document, a slash, and its own part")],
            answer: SchemaGenerator::subschema_for::<chapeau_document::ClauseRecord>,
            handler: get(api::clause),
        },
        Operation {
            path: "/api/documents",
            id: "documents",
            summary: "The documents of the corpus",
            parameters: Vec::new(),
            answer: SchemaGenerator::subschema_for::<Vec<chapeau_index::DocumentSummary>>,
            handler: get(api::documents),
        },
        Operation {
            path: "/api/documents/{id}",
            id: "document",
            summary: "What is known of a document, and its clauses",
            parameters: vec![path_parameter("Its id")],
            answer: SchemaGenerator::subschema_for::<DocumentWhole>,
            handler: get(api::document),
        },
        Operation {
            path: "/api/lineage/{*id}",
            id: "lineage",
            summary: "The same clause in other documents, the oldest first",
            parameters: vec![path_parameter("The clause's id")],
            answer: SchemaGenerator::subschema_for::<Vec<chapeau_query::LineageRow>>,
            handler: get(versions::lineage),
        },
        Operation {
            path: "/api/versions",
            id: "versions",
            summary: "How many versions of clauses there are in other documents",
            parameters: vec![parameter(
                "id",
                "Ids of clauses; those of none are left out",
                &json!({ "type": "array", "items": { "type": "string" }, "maxItems": MOST_HITS }),
            )],
            answer: SchemaGenerator::subschema_for::<Vec<versions::Counted>>,
            handler: get(versions::versions),
        },
        Operation {
            path: "/api/compare",
            id: "compare",
            summary: "Two clauses or two documents, word by word",
            parameters: vec![
                required(parameter("a", "Id of a clause, or id or symbol of a document", &text())),
                required(parameter("b", "Another of the same sort", &text())),
            ],
            answer: SchemaGenerator::subschema_for::<chapeau_query::Comparison>,
            handler: get(versions::compare),
        },
        Operation {
            path: "/api/changes",
            id: "changes",
            summary: "Clauses that are new, changed or removed, the latest documents first",
            parameters: changes_parameters(),
            answer: SchemaGenerator::subschema_for::<chapeau_query::Section>,
            handler: get(news::changes),
        },
        Operation {
            path: "/api/mandates",
            id: "mandates",
            summary: "Who was asked to do what by when, by the last day",
            parameters: mandates_parameters(),
            answer: SchemaGenerator::subschema_for::<news::Mandates>,
            handler: get(news::mandates),
        },
        Operation {
            path: "/api/cites/{*id}",
            id: "cites",
            summary: "What a clause or a document cites by symbol",
            parameters: vec![path_parameter("The clause's id, or the document's id or symbol")],
            answer: SchemaGenerator::subschema_for::<Vec<chapeau_query::Reference>>,
            handler: get(versions::cites),
        },
        Operation {
            path: "/api/cited-by/{*id}",
            id: "cited_by",
            summary: "The clauses that cite a document, by date",
            parameters: vec![path_parameter(
                "A symbol, in the corpus or not, or the id of a document or a clause",
            )],
            answer: SchemaGenerator::subschema_for::<Vec<chapeau_query::Reference>>,
            handler: get(versions::cited_by),
        },
        Operation {
            path: "/api/suggest",
            id: "suggest",
            summary: "Completions of what is being typed",
            parameters: vec![query_parameter()],
            answer: SchemaGenerator::subschema_for::<Vec<chapeau_query::Suggestion>>,
            handler: get(api::suggest),
        },
        Operation {
            path: "/api/status",
            id: "status",
            summary: "What is searched",
            parameters: Vec::new(),
            answer: SchemaGenerator::subschema_for::<Status>,
            handler: get(api::status),
        },
    ]
}

/// The routes of these operations.
pub(crate) fn routes(operations: Vec<Operation>) -> Router<Arc<Shared>> {
    operations
        .into_iter()
        .fold(Router::new(), |router, operation| router.route(operation.path, operation.handler))
}

/// The description of these operations, asked with a token or without.
pub(crate) fn description(operations: &[Operation], with_token: bool) -> Value {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = SCHEMAS.into();
    settings.meta_schema = None;
    let mut schemas = settings.into_generator();
    let problem = content("application/problem+json", &schemas.subschema_for::<Problem>());
    let mut paths = Map::new();
    for operation in operations {
        let answer = content("application/json", &(operation.answer)(&mut schemas));
        paths.insert(
            operation.path.replace("{*", "{"),
            json!({ "get": {
                "operationId": operation.id,
                "summary": operation.summary,
                "parameters": operation.parameters,
                "responses": {
                    "200": { "description": "The answer", "content": answer },
                    "304": { "description": "What the caller named by its tag is still the answer" },
                    "default": { "description": "Why there is no answer", "content": problem },
                },
            }}),
        );
    }
    let mut whole = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Chapeau",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "Full-text search over trade-policy documents, clause by clause. \
                Places in a text are bytes of its UTF-8, from `start` up to and without `end`.",
        },
        "paths": paths,
        "components": { "schemas": schemas.take_definitions(true) },
    });
    if with_token {
        whole["components"]["securitySchemes"] = json!({ "token": { "type": "http", "scheme": "bearer" } });
        whole["security"] = json!([{ "token": [] }]);
    }
    whole
}

fn content(kind: &str, schema: &Schema) -> Value {
    json!({ kind: { "schema": schema } })
}

fn path_parameter(description: &str) -> Value {
    let schema = json!({ "type": "string", "minLength": 1 });
    json!({ "name": "id", "in": "path", "required": true, "description": description, "schema": schema })
}

fn parameter(name: &str, description: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn required(mut parameter: Value) -> Value {
    parameter["required"] = true.into();
    parameter
}

fn query_parameter() -> Value {
    parameter("q", "What was typed", &json!({ "type": "string", "maxLength": LONGEST_QUERY }))
}

fn search_parameters() -> Vec<Value> {
    let whole = |most: usize, usual: usize| json!({ "type": "integer", "minimum": 0, "maximum": most, "default": usual });
    let mut parameters = vec![
        query_parameter(),
        parameter("limit", "Most hits", &whole(MOST_HITS, 10)),
        parameter("offset", "Hits passed over", &whole(FARTHEST, 0)),
        parameter("scope", "What a hit is", &one_of(&["clause", "document"])),
        parameter(
            "sort",
            "The order of the hits; `-date` has the newest first",
            &one_of(&["relevance", "date", "-date", "copies", "-copies"]),
        ),
        parameter("fold", "Which clauses count as one hit", &one_of(&["same", "near", "no"])),
        parameter("synonyms", "Whether synonyms are looked for", &one_of(&["yes", "no"])),
        parameter("as_typed", "Words without synonyms all the same", &many(&text())),
    ];
    parameters.extend(filter_parameters(|_| true));
    parameters
}

fn filter_parameters(is_wanted: impl Fn(&str) -> bool) -> Vec<Value> {
    let filter = |name: &&str| parameter(name, "Only clauses with one of these", &many(&value_of(name)));
    wire::FILTERS.iter().filter(|name| is_wanted(name)).map(filter).collect()
}

/// Words and restrictions, of clauses that may be gone.
fn words_parameters() -> Vec<Value> {
    let mut parameters = vec![
        query_parameter(),
        parameter("synonyms", "Whether synonyms are looked for", &one_of(&["yes", "no"])),
        parameter("as_typed", "Words without synonyms all the same", &many(&text())),
    ];
    parameters.extend(filter_parameters(|name| name != "copies"));
    parameters
}

fn changes_parameters() -> Vec<Value> {
    let moment = json!({ "type": "string", "pattern": format!("^({DAY}|[0-9]{{1,4}}d|run:[0-9]{{1,9}})?$") });
    let since = "A day (2026-11-21), days ago (7d) or a run (run:12); the last run, if it is not given";
    let mut parameters = words_parameters();
    parameters.extend([
        parameter("since", since, &moment),
        parameter("until", "The end of this day or run", &moment),
    ]);
    parameters
}

fn mandates_parameters() -> Vec<Value> {
    let names = |names: Vec<&str>| many(&json!({ "type": "string", "enum": names }));
    let states = names(news::STATES.iter().map(|state| state.as_str()).collect());
    let kinds = names(news::KINDS.iter().map(|kind| kind.as_str()).collect());
    let mut parameters = words_parameters();
    parameters.extend([
        parameter(
            "at",
            "The day for which states are told; today, if it is not given",
            // A form sends an empty value for a day that nobody chose.
            &json!({ "type": "string", "pattern": format!("^({DAY})?$") }),
        ),
        parameter("state", "Only mandates of these states", &states),
        parameter("what", "Only mandates of these kinds", &kinds),
    ]);
    parameters
}

fn one_of(values: &[&str]) -> Value {
    json!({ "type": "string", "enum": values, "default": values[0] })
}

fn many(schema: &Value) -> Value {
    json!({ "type": "array", "items": schema, "maxItems": MOST_VALUES })
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// The values that a filter takes.
fn value_of(filter: &str) -> Value {
    use chapeau_document::{Act, Kind, Obligation, Part, Status};
    match filter {
        "kind" => plain_schema::<Kind>(),
        "status" => plain_schema::<Status>(),
        "part" => plain_schema::<Part>(),
        "act" => plain_schema::<Act>(),
        "obligation" => plain_schema::<Obligation>(),
        // A range whose ends stand the wrong way round is refused, which no pattern can say.
        "year" => json!({
            "type": "string", "pattern": r"^([1-9][0-9]{0,3}|[1-9][0-9]{0,3}\.\.|\.\.[1-9][0-9]{0,3})$",
            "description": "A year, or all from or up to one: `2011`, `2011..`, `..2013`",
        }),
        "copies" => json!({
            "type": "string", "pattern": r"^([<>]=?)?[1-9][0-9]{0,8}$|^[1-9][0-9]{0,8}\.\.$|^\.\.[1-9][0-9]{0,8}$",
            "description": "How many documents have the clause in the same words: `1`, `>=10`, `..5`",
        }),
        _ => text(),
    }
}

/// A schema that refers to no other.
fn plain_schema<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.meta_schema = None;
    settings.inline_subschemas = true;
    settings.into_generator().into_root_schema_for::<T>().to_value()
}
