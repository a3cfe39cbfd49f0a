// Killing `index` at any moment leaves an index that answers, and the next run does what is left.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::drive::Place;

/// Enough sources that a run lasts longer than the longest wait below.
fn corpus() -> Place {
    let place = Place::new();
    for n in 0..60 {
        let text: String =
            (1..40).map(|m| format!("{m}. Party {n} shall consider matter {m}.\n\n")).collect();
        place.write(&format!("corpus/agreement-{n}.txt"), text);
    }
    place
}

#[test]
fn a_run_killed_at_any_moment_is_made_good_by_the_next() {
    let place = corpus();
    for wait in [1, 5, 15, 40, 80, 130] {
        let mut run = place
            .command("index --jobs 2")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        thread::sleep(Duration::from_millis(wait));
        run.kill().expect("it can be killed");
        run.wait().expect("it can be waited for");
        if place.path("index/CURRENT").exists() {
            let outcome = place.chapeau("status");
            assert_eq!(outcome.code, Some(0), "after {wait} ms: {}", outcome.stderr);
        }
    }
    place.chapeau("index").ended(0);
    let status: serde_json::Value =
        serde_json::from_str(&place.chapeau("status --format json").ended(0)).expect("it is JSON");
    assert_eq!(status["documents"], 60);
    place.chapeau("search 'matter 7'").ended(0);
}

#[test]
fn a_rebuild_that_is_killed_leaves_the_old_index() {
    let place = corpus();
    place.chapeau("index").ended(0);
    for wait in [5, 30, 90] {
        let mut run = place
            .command("index --rebuild")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        thread::sleep(Duration::from_millis(wait));
        run.kill().expect("it can be killed");
        run.wait().expect("it can be waited for");
        place.chapeau("search 'matter 7'").ended(0);
    }
}

#[test]
fn no_worker_outlives_a_killed_run() {
    let place = Place::new();
    for n in 0..20 {
        place.write(&format!("corpus/{n}.pdf"), "%PDF-1.7\n1 0 obj\n<< >>\n");
    }
    for wait in [10, 25, 50] {
        let mut command = place.command("index --rebuild");
        // Workers stay in the group of the run that started them.
        let mut run =
            command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(wait));
        run.kill().expect("it can be killed");
        run.wait().expect("it can be waited for");
        let gone = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(20));
            !group_lives(run.id())
        });
        assert!(gone, "a worker still runs two seconds after the run was killed");
    }
}

/// Whether any process is in this group. The group is the fifth field of `stat`; the second, a
/// name in parentheses, may hold spaces.
fn group_lives(group: u32) -> bool {
    let processes = fs::read_dir("/proc").expect("it is always there");
    processes.flatten().any(|process| {
        let stat = fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        fields.first() != Some(&"Z") && fields.get(2) == Some(&group.to_string().as_str())
    })
}
