//! Acts and obligation of the labelled clauses that are in this repository.
//!
//! The agreements of the sample are not; `benches/judged.rs` scores them all.

mod judging;

use judging::{Score, document, root, sample};

/// Sample documents by the first part of the ids in the sample.
const FILES: &[(&str, &str)] = &[
    ("mc13-draft-work-programme-2024", "mc13-draft-work-programme-2024.txt"),
    ("recommendations-work-programme", "recommendations-work-programme.txt"),
    ("wt-l-843", "wt-l-843-work-programme-2011.txt"),
    ("wt-min-13-32", "bali-work-programme-2013.txt"),
    ("wto-ecommerce-jsi-slides", "wto-ecommerce-jsi-slides.txt"),
];

/// Least share that must agree with the labels, for obligation and for acts.
const WANTED: f64 = 0.93;

#[test]
fn clauses_of_the_decisions_do_what_a_reader_says() {
    let mut score = Score::default();
    for (id, file) in FILES {
        let document = document(&root().join("corpus").join(file));
        for judged in sample().iter().filter(|judged| judged.document() == *id) {
            score.judge(judged, &document);
        }
    }
    assert_eq!(score.lost, [""; 0], "labelled clauses that are not found as they were");
    assert!(score.shares().iter().all(|share| *share >= WANTED), "{}", score.report());
}

#[test]
fn the_sample_is_large_and_its_labels_are_of_the_vocabulary() {
    use chapeau_document::{Act, Obligation};
    let rows = sample();
    assert!(rows.len() >= 300, "{} clauses", rows.len());
    for judged in &rows {
        assert!(judged.obligation.parse::<Obligation>().is_ok(), "{}: {}", judged.id, judged.obligation);
        for act in judged.acts.split(',').filter(|act| !act.is_empty()) {
            assert!(act.parse::<Act>().is_ok(), "{}: {act}", judged.id);
        }
    }
}
