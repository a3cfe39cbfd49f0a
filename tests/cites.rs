// Who cites whom in the sample corpus.

use expect_test::{Expect, expect};

use crate::drive::samples;

#[track_caller]
fn check(line: &str, expected: &Expect) {
    expected.assert_eq(&samples().chapeau(line).ended(0));
}

#[test]
fn a_text_says_what_it_recalls_and_whether_that_is_at_hand() {
    check(
        "cites WT/MIN(13)/32",
        &expect![[r#"
        2013-12-07  WT/MIN(13)/32, preambular para. 1  recalls  WT/L/274  (not in the corpus)
        2013-12-07  WT/MIN(13)/32, preambular para. 1  recalls  WT/L/843  (wt-l-843)
    "#]],
    );
    check(
        "cites wt-l-843/pre-1",
        &expect![[r#"
        2011-12-17  WT/L/843, preambular para. 1  recalls  WT/L/274  (not in the corpus)
        2011-12-17  WT/L/843, preambular para. 1  recalls  WT/L/782  (not in the corpus)
    "#]],
    );
}

#[test]
fn a_document_is_cited_under_its_symbol_in_the_corpus_or_not() {
    check(
        "cited-by WT/L/843",
        &expect![[r#"
        2013-12-07  WT/MIN(13)/32, preambular para. 1  recalls  WT/L/843  (wt-l-843)
    "#]],
    );
    check(
        "cited-by WT/L/274",
        &expect![[r#"
        2011-12-17  WT/L/843, preambular para. 1                              recalls  WT/L/274  (not in the corpus)
        2013-12-07  WT/MIN(13)/32, preambular para. 1                         recalls  WT/L/274  (not in the corpus)
        2024-03-01  Work Programme on Electronic Commerce, operative para. 1  cites    WT/L/274  (not in the corpus)
    "#]],
    );
}

#[test]
fn a_chain_goes_back_and_forth() {
    check(
        "cites WT/L/843 --chain",
        &expect![[r#"
        2011-12-17  WT/L/843, preambular para. 1       recalls  WT/L/274  (not in the corpus)
        2011-12-17  WT/L/843, preambular para. 1       recalls  WT/L/782  (not in the corpus)
        2013-12-07  WT/MIN(13)/32, preambular para. 1  recalls  WT/L/843  (wt-l-843)
    "#]],
    );
    let from_a_lacking_one = samples().chapeau("cites WT/L/274 --chain").ended(0);
    assert_eq!(from_a_lacking_one.lines().count(), 3, "{from_a_lacking_one}");
}

#[test]
fn what_the_corpus_lacks_is_counted() {
    check(
        "cites --missing",
        &expect![[r#"
        WT/L/274  cited by 3 documents, in 3 clauses
        WT/L/782  cited by 1 document, in 1 clause
    "#]],
    );
}

#[test]
fn what_is_not_there_is_named() {
    let outcome = samples().chapeau("cited-by nothing");
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("no clause, document or symbol \"nothing\""), "{}", outcome.stderr);
    assert_eq!(samples().chapeau("cited-by WT/L/1").code, Some(1));
}
