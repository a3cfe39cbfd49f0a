// axe-core, which finds what keeps people from using a page: <https://github.com/dequelabs/axe-core>.
// It is a tool of the tests (MPL-2.0), fetched when it is first wanted and no part of the project.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Names the file axe.min.js where the machine has it already.
const GIVEN: &str = "CHAPEAU_AXE";
/// The release that is fetched: another may find other things, and a test would fail by itself.
const RELEASE: &str = "4.11.0";

/// The script; `None`, said loudly, where it is not there and cannot be fetched.
pub(super) fn script() -> Option<&'static str> {
    static SCRIPT: OnceLock<Option<String>> = OnceLock::new();
    SCRIPT.get_or_init(find).as_deref()
}

fn find() -> Option<String> {
    let given = std::env::var_os(GIVEN).map(PathBuf::from);
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("axe-core-{RELEASE}"));
    let file = given.unwrap_or_else(|| kept.join("package/axe.min.js"));
    if !file.is_file() {
        fetch(&kept);
    }
    let script = std::fs::read_to_string(&file).ok();
    if script.is_none() {
        let message = format!(
            "LEFT OUT: axe-core {RELEASE} is not at {}, and npm could not fetch it; {GIVEN} may name it",
            file.display()
        );
        let _ = writeln!(std::io::stderr(), "{message}");
    }
    script
}

/// Unpacks the release into a folder. A failure is told by the file that is not there.
fn fetch(to: &Path) {
    let _ = std::fs::create_dir_all(to);
    let run = |program: &str, words: &[&str]| {
        let mut command = Command::new(program);
        let _ = command.args(words).current_dir(to).stdin(Stdio::null()).output();
    };
    run("npm", &["pack", &format!("axe-core@{RELEASE}"), "--silent"]);
    run("tar", &["-xzf", &format!("axe-core-{RELEASE}.tgz")]);
}
