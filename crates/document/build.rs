//! Makes the tables of series and bodies of the files in `registry/`, so that no run pays for
//! reading them, and refuses to build with an entry that is not understood.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

#[path = "build/check.rs"]
mod check;
#[path = "build/compile.rs"]
mod compile;
#[path = "build/emit.rs"]
mod emit;
#[path = "build/entries.rs"]
mod entries;
#[path = "build/firsts.rs"]
mod firsts;

// The library reads texts with the same code; here it only checks the examples.
#[allow(dead_code)]
#[path = "src/registry"]
mod registry {
    pub(crate) mod fold;
    pub(crate) mod path;
    pub(crate) mod pattern;
    pub(crate) mod reader;
}

fn main() -> Result<(), Box<dyn Error>> {
    for watched in ["build", "registry", "src/registry", "src/vocabulary.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let bodies: entries::Bodies = read("registry/bodies.toml")?;
    let series: entries::AllSeries = read("registry/series.toml")?;
    let bodies = compile::bodies(&bodies.body).map_err(|error| format!("registry/bodies.toml: {error}"))?;
    let series =
        compile::series(&series, &bodies).map_err(|error| format!("registry/series.toml: {error}"))?;
    check::all(&series, &bodies)?;
    let vocabulary = fs::read_to_string("src/vocabulary.rs")?;
    let tables = emit::tables(&series, &bodies, &vocabulary)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    fs::write(out.join("registry.rs"), tables)?;
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, Box<dyn Error>> {
    Ok(toml::from_str(&fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}"))?)
}
