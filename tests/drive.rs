// Runs the real binary in a folder of its own, away from whatever the environment says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// A folder to work in; gone when dropped.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        // Below the target folder, so that what a killed test leaves lies where `cargo clean` finds it.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"));
        Self { folder: folder.expect("a temporary folder can be made") }
    }

    /// A place with the sample corpus in its folder `corpus`.
    pub(crate) fn with_samples() -> Self {
        let place = Self::new();
        for entry in fs::read_dir(repository().join("corpus")).expect("the sample corpus is there") {
            let entry = entry.expect("its entries can be read");
            let name = entry.file_name().into_string().expect("sample names are plain");
            place.write(&format!("corpus/{name}"), fs::read(entry.path()).expect("samples can be read"));
        }
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("folders can be made");
        fs::write(path, content).expect("files can be written");
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("files can be removed");
    }

    /// `chapeau` with these words, separated by spaces; `'` holds a word together.
    pub(crate) fn chapeau(&self, line: &str) -> Outcome {
        self.command(line).output().expect("the binary can be started").into()
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chapeau"));
        command.args(words(line)).current_dir(self.folder.path());
        for name in ["CHAPEAU_INDEX", "CHAPEAU_CORPUS", "CHAPEAU_ENGINE", "NO_COLOR"] {
            command.env_remove(name);
        }
        command
    }
}

impl Outcome {
    /// Standard output of a run that must have ended with this code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self.stdout
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("all output is UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// The sample corpus, indexed once for all tests that only read.
pub(crate) fn samples() -> &'static Place {
    static SAMPLES: OnceLock<Place> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let place = Place::with_samples();
        place.chapeau("index").ended(0);
        place
    })
}

pub(crate) fn search(query: &str) -> Value {
    let outcome = samples().chapeau(&format!("search --format json '{query}'"));
    assert!(outcome.code < Some(2), "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).expect("it is JSON")
}

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}
