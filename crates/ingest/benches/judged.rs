//! Accuracy of acts and obligation on the whole judged sample, held against `tests/judged/figures.txt`.
//!
//! `CHAPEAU_TOTA=folder cargo bench -p chapeau-ingest --bench judged`, with the XML files of the Texts of
//! Trade Agreements in that folder; `UPDATE_EXPECT=1` writes the figures anew.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its figures are what it is run for")]

#[path = "../tests/judging/mod.rs"]
mod judging;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use judging::{Judged, Score, document, root, sample};

fn main() -> ExitCode {
    let Some(folder) = std::env::var_os("CHAPEAU_TOTA").map(PathBuf::from) else {
        eprintln!("left out: CHAPEAU_TOTA names no folder with the agreements (pta_1.xml ...)");
        return ExitCode::SUCCESS;
    };
    let mut by_document: BTreeMap<&str, Vec<Judged>> = BTreeMap::new();
    for judged in sample() {
        by_document.entry(judged.document()).or_default().push(judged);
    }
    let mut score = Score::default();
    for (id, judged) in by_document {
        let document = document(&file(&folder, id));
        judged.iter().for_each(|judged| score.judge(judged, &document));
    }
    let report = format!("{}cut otherwise since: {}\n", score.report(), score.lost.join(", "));
    println!("{report}");
    compare(&report)
}

/// Where the document of an id is: the agreements in `folder`, the decisions here.
fn file(folder: &Path, id: &str) -> PathBuf {
    let corpus = |name: &str| root().join("corpus").join(format!("{name}.txt"));
    match id {
        "wt-l-843" => corpus("wt-l-843-work-programme-2011"),
        "wt-min-13-32" => corpus("bali-work-programme-2013"),
        _ if id.starts_with("pta-") => folder.join(format!("{}.xml", id.replace('-', "_"))),
        _ => corpus(id),
    }
}

fn compare(report: &str) -> ExitCode {
    let path = root().join("tests/judged/figures.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, report).expect("the figures can be written");
    }
    let same = std::fs::read_to_string(&path).is_ok_and(|figures| figures == report);
    if !same {
        eprintln!("other figures than in {}", path.display());
    }
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
