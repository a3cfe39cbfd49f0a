//! The entries of the registry's files, as their writers know them. Unknown keys are errors.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `registry/bodies.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bodies {
    pub(crate) body: Vec<Body>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    pub(crate) name: String,
    pub(crate) of: Option<String>,
    #[serde(default)]
    pub(crate) en: Vec<String>,
    #[serde(default)]
    pub(crate) fr: Vec<String>,
    #[serde(default)]
    pub(crate) es: Vec<String>,
    #[serde(default)]
    pub(crate) other: Vec<String>,
    #[serde(default)]
    pub(crate) issues: Vec<String>,
    pub(crate) source: String,
}

/// `registry/series.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllSeries {
    /// Name of a list, then canonical word, then the other ways to write it.
    #[serde(default)]
    pub(crate) words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub(crate) series: Vec<Series>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) canonical: String,
    #[serde(default)]
    pub(crate) written: Vec<String>,
    pub(crate) list: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) sureness: Option<String>,
    #[serde(default)]
    pub(crate) alone: bool,
    #[serde(default)]
    pub(crate) bare: bool,
    pub(crate) examples: Vec<String>,
    /// As written, then the canonical form.
    #[serde(default)]
    pub(crate) reads: BTreeMap<String, String>,
    pub(crate) source: String,
}
