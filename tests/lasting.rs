// The batch job under everything that can happen to it: any order, kills, full disks, company.
//
// `CHAPEAU_KILLS=300 cargo test lasting` kills that often instead of a few times.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::drive::Place;

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at as u64 + 1);
            items.swap(at, usize::try_from(other).expect("it is small"));
        }
    }
}

/// An agreement of its own; `version` tells its texts apart.
fn agreement(number: u64, version: u64) -> String {
    let mut text = format!("Agreement {number} between Party {number} and the Council\n\n");
    for paragraph in 1..(4 + number % 9) {
        let times = "tariff ".repeat(usize::try_from((number * paragraph) % 4).expect("it is small"));
        text += &format!(
            "{paragraph}. Party {number} shall consider {times}matter {paragraph} of {version}.\n\n"
        );
    }
    text
}

fn write(place: &Place, number: u64, version: u64) {
    place.write(&format!("corpus/agreement-{number}.txt"), agreement(number, version));
}

/// All that users see of an index: every clause, and ranked answers with their scores. What it
/// was built by, and when, is no part of it.
fn seen(place: &Place) -> String {
    let mut seen = place.chapeau("export").ended(0);
    for query in ["matter 3", "party tariff", "consider NEAR/3 matter", "'council agreement'"] {
        let answer = place.chapeau(&format!("search {query} --format json --limit 200 --fold no")).ended(0);
        let mut answer: serde_json::Value = serde_json::from_str(&answer).expect("it is JSON");
        answer["took_ms"] = serde_json::Value::Null;
        seen += &format!("{answer}\n");
    }
    seen
}

#[test]
fn order_steps_and_threads_leave_no_trace() {
    let whole = Place::new();
    (0..24).for_each(|number| write(&whole, number, 1));
    whole.chapeau("index --jobs 1").ended(0);
    let wanted = seen(&whole);
    for (seed, jobs) in [(1, 1), (2, 3), (3, 8)] {
        let mut chance = Chance(seed);
        let grown = Place::new();
        let mut numbers: Vec<u64> = (0..24).collect();
        chance.shuffle(&mut numbers);
        for step in numbers.chunks(5) {
            step.iter().for_each(|number| write(&grown, *number, 1));
            write(&grown, step[0], 2);
            write(&grown, 99, step[0]);
            grown.chapeau(&format!("index --jobs {jobs}")).ended(0);
            write(&grown, step[0], 1);
        }
        grown.remove("corpus/agreement-99.txt");
        grown.chapeau(&format!("index --jobs {jobs}")).ended(0);
        assert!(seen(&grown) == wanted, "grown with seed {seed} and {jobs} jobs it is another");
    }
}

/// One change of the corpus: some sources come, some change, some go.
fn change(place: &Place, chance: &mut Chance) {
    for _ in 0..=chance.below(6) {
        let number = chance.below(40);
        if chance.below(4) == 0 {
            let _ = fs::remove_file(place.path(&format!("corpus/agreement-{number}.txt")));
        } else {
            write(place, number, chance.below(1_000));
        }
    }
}

#[test]
fn a_killed_job_leaves_a_whole_index_and_the_next_one_ends_it() {
    let n_kills: u64 = std::env::var("CHAPEAU_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let mut chance = Chance(7);
    let place = Place::new();
    (0..40).for_each(|number| write(&place, number, 0));
    place.chapeau("index").ended(0);
    for round in 0..n_kills {
        change(&place, &mut chance);
        let line = if chance.below(3) == 0 { "index --rebuild" } else { "index" };
        let mut job =
            place.command(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        thread::sleep(Duration::from_micros(chance.below(120_000)));
        job.kill().expect("it can be killed");
        job.wait().expect("it can be waited for");
        assert!(place.chapeau("verify").ended(0).contains("is whole"), "after kill {round} of {line}");
        if chance.below(3) == 0 {
            place.chapeau("index").ended(0);
        }
    }
    place.chapeau("index").ended(0);
    place.chapeau("verify corpus").ended(0);
    let fresh = Place::new();
    for entry in fs::read_dir(place.path("corpus")).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("corpus/{}", entry.file_name().to_string_lossy());
        fresh.write(&name, fs::read(entry.path()).expect("it can be read"));
    }
    fresh.chapeau("index").ended(0);
    assert!(seen(&place) == seen(&fresh), "after {n_kills} kills it is another than one built at once");
}

/// Runs `index` where no file can grow above so many bytes, as on a disk that fills up.
fn index_with_room_for(place: &Place, line: &str, bytes: u64) -> crate::drive::Outcome {
    let mut command = place.command(line);
    let limit = libc::rlimit { rlim_cur: bytes, rlim_max: bytes };
    // SAFETY: both calls are safe between fork and exec; writing then fails instead of killing.
    unsafe {
        command.pre_exec(move || {
            libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
            if libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit) != 0 {
                return Err(std::io::Error::last_os_error());
            }
            Ok(())
        });
    }
    command.output().expect("the binary can be started").into()
}

#[test]
fn a_write_that_fails_anywhere_leaves_the_index_as_it_was_or_as_it_is_to_be() {
    let place = Place::new();
    (0..12).for_each(|number| write(&place, number, 0));
    place.chapeau("index").ended(0);
    let mut n_failed = 0;
    for (round, bytes) in (1..).zip([0, 40, 150, 400, 800, 1_500, 2_500, 4_000, 6_000, 8_000, 12_000, 20_000])
    {
        let before = seen(&place);
        write(&place, 3, round);
        write(&place, 20 + round, round);
        for line in ["index", "index --rebuild"] {
            let outcome = index_with_room_for(&place, line, bytes);
            assert!(matches!(outcome.code, Some(0 | 2)), "{bytes}: {outcome:?}");
            if outcome.code == Some(2) {
                n_failed += 1;
                assert!(!outcome.stderr.is_empty());
                assert!(place.chapeau("verify").ended(0).contains("is whole"), "{bytes}");
                assert!(seen(&place) == before, "a failed {line} with {bytes} bytes changed the answers");
            } else {
                break;
            }
        }
        place.chapeau("index").ended(0);
        place.chapeau("verify corpus").ended(0);
    }
    assert!(n_failed >= 10, "only {n_failed} runs failed: the limits are too wide to tell");
}

#[test]
fn of_two_jobs_at_once_one_says_who_the_other_is() {
    let place = Place::new();
    (0..60).for_each(|number| write(&place, number, 0));
    let start = || {
        let mut command = place.command("index --rebuild");
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    for _ in 0..4 {
        let jobs = [start(), start()];
        let outcomes = jobs.map(|job| job.wait_with_output().expect("it can be waited for"));
        let failed: Vec<_> = outcomes.iter().filter(|outcome| !outcome.status.success()).collect();
        assert!(failed.len() < 2, "at least one does the work: {outcomes:?}");
        for outcome in failed {
            let said = String::from_utf8_lossy(&outcome.stderr);
            assert!(said.contains("is being written by process "), "{said}");
        }
        place.chapeau("verify corpus").ended(0);
    }
}

#[test]
fn readers_beside_a_job_see_one_state_or_the_other() {
    let place = Place::new();
    (0..20).for_each(|number| write(&place, number, 0));
    place.chapeau("index").ended(0);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    // Every state has these two together, whatever their version.
                    let answer = place.chapeau("search 'matter 1' --format json --limit 100").ended(0);
                    let answer: serde_json::Value = serde_json::from_str(&answer).expect("it is JSON");
                    assert!(answer["searched"]["documents"].as_u64() >= Some(20), "{answer}");
                    place.chapeau("verify").ended(0);
                }
            });
        }
        for round in 1..12 {
            write(&place, round, round);
            write(&place, 30 + round, round);
            place.chapeau(if round % 4 == 0 { "index --rebuild" } else { "index" }).ended(0);
        }
        done.store(true, Ordering::Relaxed);
    });
}
