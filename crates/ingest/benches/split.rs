//! Bytes a second through normalising, splitting and describing, on a treaty made up for the purpose.
//!
//! `cargo bench -p chapeau-ingest --bench split`

use std::fmt::Write as _;

use chapeau_ingest::{Extracted, Options, Source, extract, normalize, read, split};
use divan::Bencher;
use divan::counter::BytesCount;

/// The allocator that the program has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Chapters, articles, paragraphs and sub-paragraphs, wrapped at 80 characters.
fn treaty() -> String {
    let mut text = String::from(
        "AGREEMENT ON TRADE\n\nThe Parties,\n\nDesiring to trade,\n\nHave agreed as follows:\n\n",
    );
    for chapter in 1..=20 {
        write!(text, "CHAPTER {chapter}\nTRADE IN GOODS OF KIND {chapter}\n\n").expect("a string takes all");
        for article in 1..=20 {
            write!(text, "Article {chapter}.{article}\nMeasures Of The Parties\n\n")
                .expect("a string takes all");
            for paragraph in 1..=5 {
                write!(text, "{paragraph}. {PARAGRAPH}\n\n(a) {ITEM}\n\n(b) {ITEM}\n\n")
                    .expect("a string takes all");
            }
        }
    }
    text
}

const PARAGRAPH: &str = "Each Party shall, in accordance with its laws and regulations, ensure that any\n\
measure of general application that affects trade in goods is published promptly,\n\
and shall give interested persons of the other Party a reasonable opportunity to\n\
comment on it, except as provided in Article 2 (Scope), by:";
const ITEM: &str = "making the text available through the internet, free of charge, in one of the\n\
official languages of that Party; and";

fn extracted(text: &str) -> Extracted {
    let source = Source { path: "treaty.txt", bytes: text.as_bytes(), given: &[] };
    extract(&source, &Options::default()).expect("a plain text")
}

#[divan::bench]
fn normalise(bencher: Bencher<'_, '_>) {
    let text = treaty();
    let extracted = extracted(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| normalize(&extracted, &Options::default()));
}

#[divan::bench]
fn split_normalised(bencher: Bencher<'_, '_>) {
    let text = treaty();
    let normalized = normalize(&extracted(&text), &Options::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| split(&normalized, "en"));
}

#[divan::bench]
fn both(bencher: Bencher<'_, '_>) {
    let text = treaty();
    let extracted = extracted(&text);
    let options = Options::default();
    bencher.counter(BytesCount::of_str(&text)).bench(|| split(&normalize(&extracted, &options), "en"));
}

#[divan::bench]
fn read_and_described(bencher: Bencher<'_, '_>) {
    let text = treaty();
    let source = Source { path: "treaty.txt", bytes: text.as_bytes(), given: &[] };
    bencher.counter(BytesCount::of_str(&text)).bench(|| read(&source, &Options::default()));
}
