//! Counts of what was answered and how fast, in the text form that Prometheus reads.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chapeau_index::{Searcher, Totals};

/// Upper ends of the buckets of time, in microseconds.
const BUCKETS: [u64; 10] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000];

/// The counts since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// By the first digit of the status, from 1.
    answers: [AtomicU64; 5],
    refused: AtomicU64,
    failed_reloads: AtomicU64,
    by_time: [AtomicU64; BUCKETS.len()],
    microseconds: AtomicU64,
    n_timed: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        if status == 503 {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(micros, Ordering::Relaxed);
        self.n_timed.fetch_add(1, Ordering::Relaxed);
        for (end, count) in BUCKETS.iter().zip(&self.by_time) {
            if micros <= *end {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Counts a state of the index that could not be opened.
    pub(crate) fn failed_reload(&self) {
        self.failed_reloads.fetch_add(1, Ordering::Relaxed);
    }

    /// Everything as text.
    pub(crate) fn text(&self, totals: &Totals, searcher: &Searcher) -> String {
        let mut out = String::new();
        self.write(&mut out, totals, searcher).expect("writing to a string does not fail");
        out
    }

    fn write(&self, out: &mut String, totals: &Totals, searcher: &Searcher) -> std::fmt::Result {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        writeln!(out, "# HELP chapeau_answers_total Answers by class of status.")?;
        writeln!(out, "# TYPE chapeau_answers_total counter")?;
        for (class, count) in (1..).zip(&self.answers) {
            writeln!(out, "chapeau_answers_total{{class=\"{class}xx\"}} {}", read(count))?;
        }
        counter(out, "chapeau_refused_total", "Requests refused under load.", read(&self.refused))?;
        let help = "States of the index that could not be opened.";
        counter(out, "chapeau_failed_reloads_total", help, read(&self.failed_reloads))?;
        self.write_times(out)?;
        gauge(out, "chapeau_documents", "Documents in the index.", totals.documents)?;
        gauge(out, "chapeau_clauses", "Clauses in the index.", totals.clauses)?;
        gauge(out, "chapeau_unreadable_sources", "Sources that could not be read.", totals.unreadable)?;
        writeln!(out, "# HELP chapeau_index_info The state of the index that is served.")?;
        writeln!(out, "# TYPE chapeau_index_info gauge")?;
        writeln!(out, "chapeau_index_info{{version=\"{}\"}} 1", searcher.version())
    }

    fn write_times(&self, out: &mut String) -> std::fmt::Result {
        let name = "chapeau_answer_seconds";
        writeln!(out, "# HELP {name} Time from a request to its answer.")?;
        writeln!(out, "# TYPE {name} histogram")?;
        for (end, count) in BUCKETS.iter().zip(&self.by_time) {
            let count = count.load(Ordering::Relaxed);
            writeln!(out, "{name}_bucket{{le=\"{}\"}} {count}", seconds(*end))?;
        }
        let n = self.n_timed.load(Ordering::Relaxed);
        writeln!(out, "{name}_bucket{{le=\"+Inf\"}} {n}")?;
        writeln!(out, "{name}_sum {}", seconds(self.microseconds.load(Ordering::Relaxed)))?;
        writeln!(out, "{name}_count {n}")
    }
}

fn seconds(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64()
}

fn counter(out: &mut String, name: &str, help: &str, value: u64) -> std::fmt::Result {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}")
}

fn gauge(out: &mut String, name: &str, help: &str, value: u64) -> std::fmt::Result {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}")
}
