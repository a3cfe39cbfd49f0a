//! How fast text is analysed, prepared and indexed. The text is made here, of words as common
//! as words are: the nth in its list stands about 1/n as often as the first.

use chapeau_document::{Clause, Date, Document, Obligation, Part, Span, Unit};
use chapeau_index::{Language, SourceRecord, Writer, WriterOptions, for_each_token, prepare};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const WORDS: &str = "the of and to in shall a Party Parties or for any by Article be with other on that Agreement \
    measures trade services its as paragraph under from goods not customs duties each which investment this \
    may products procedures information territory origin import national export anti-dumping cooperation \
    non-discrimination organisations harmonisation electronic transmissions WTO TRIPS GATS 14.3 2013 programme \
    least-developed countries’ sub-paragraph e-commerce (a) “originating” WT/L/843 Members' recognising";

/// Clauses of 100 words, as many as make up a long agreement.
const CLAUSES: usize = 1_000;
const WORDS_A_CLAUSE: usize = 100;
/// Documents of the index that is built.
const DOCUMENTS: usize = 10;

/// Where the next word comes from: a linear congruential generator (constants of Knuth's MMIX),
/// so that every run reads the same text.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).expect("less than the sides")
    }
}

fn document() -> Document {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = Dice(1);
    let mut document = Document { id: "made".to_owned(), ..Document::default() };
    for number in 0..CLAUSES {
        let start = document.text.len();
        for _ in 0..WORDS_A_CLAUSE {
            // A roll of a roll favours the first words.
            let most = dice.roll(words.len()) + 1;
            document.text.push_str(words[dice.roll(most)]);
            document.text.push(' ');
        }
        document.clauses.push(clause(number, Span::new(start, document.text.len())));
    }
    document
}

fn clause(number: usize, span: Span) -> Clause {
    Clause {
        obligation: Obligation::Duty,
        ..Clause::new(format!("made/p{number}"), span, Unit::Paragraph, Part::Operative)
    }
}

#[divan::bench(args = [Language::English, Language::French, Language::Spanish])]
fn analyse(bencher: Bencher<'_, '_>, language: Language) {
    let text = document().text;
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut n_tokens = 0;
        for_each_token(black_box(&text), language, |_| n_tokens += 1);
        n_tokens
    });
}

#[divan::bench]
fn analyse_and_encode(bencher: Bencher<'_, '_>) {
    let document = document();
    let bytes = BytesCount::of_str(&document.text);
    bencher.counter(bytes).with_inputs(|| vec![document.clone()]).bench_values(prepare);
}

#[divan::bench(sample_count = 20)]
fn build(bencher: Bencher<'_, '_>) {
    let document = document();
    let bytes = BytesCount::new(DOCUMENTS * document.text.len());
    let folder = || tempfile::tempdir().expect("a folder for the index");
    bencher.counter(bytes).with_inputs(folder).bench_values(|folder| {
        let mut writer = Writer::open(folder.path(), WriterOptions::default()).expect("the folder is empty");
        for number in 0..DOCUMENTS {
            let source = SourceRecord { path: format!("{number}.txt"), ..SourceRecord::default() };
            writer
                .put(source, prepare(vec![document.clone()]), Date::constant(2026, 11, 21))
                .expect("put works");
        }
        writer.finish().expect("the index is written");
        folder
    });
}
