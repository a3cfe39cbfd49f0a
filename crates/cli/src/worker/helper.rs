//! Programs of others that help with reading, run in a private folder and bounded like a worker.
//!
//! Our own binary is started first: it bounds itself, and then becomes the program. So the bounds
//! hold from the program's first instruction, and nothing has to be done between a fork and an
//! exec, where hardly anything may be.

use std::env;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use landlock::{
    ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError,
    path_beneath_rules,
};
use rustix::process::{Pid, Resource, Signal, kill_process_group, set_parent_process_death_signal};

use super::child::lower;
use super::pool::OURSELVES;
use crate::reading::{MAX_SOURCE_BYTES, bytes_of};

/// The hidden subcommand that makes a process a helper.
pub(crate) const SUBCOMMAND: &str = "helper";

/// Address space of a helper, in bytes: LibreOffice reserves 1.5 GB before it opens a file.
const MAX_ADDRESS_SPACE: u64 = 4 << 30;
/// Wall time of a helper, and its processor time. LibreOffice converts a hundred pages in some
/// five seconds, and takes one or two to start.
const TIME: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(20);

/// What programs are made of: all that a helper may read besides its folder. The last two hold what
/// Debian's LibreOffice has registered of its extensions.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/lib",
    "/lib64",
    "/etc",
    "/opt",
    "/proc",
    "/sys",
    "/dev",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
];
/// Where a helper may write besides its folder.
const DEVICES: &str = "/dev";

/// Where LibreOffice puts the socket by which a second start would find it, wherever its other
/// files are: it may make and remove there, and neither read nor write.
const SOCKETS: &str = "/tmp";

/// Why a helper did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HelperFault {
    /// It could not be started.
    NotStarted,
    /// It took longer than so many seconds.
    TimedOut(u64),
}

/// The first of these programs that stands in a folder of the search path.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
    let files = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    files.filter(|file| file.is_file()).find_map(|file| file.canonicalize().ok())
}

/// A file that a program made in its private folder. A link to elsewhere is none: we may read what
/// the program may not.
pub(crate) fn made_in(folder: &Path, name: &Path) -> Option<Vec<u8>> {
    let made = folder.canonicalize().ok()?.join(name);
    let is_there = made.canonicalize().ok()? == made;
    is_there.then(|| bytes_of(&made).ok()).flatten()
}

/// Runs a program with these arguments in a private folder until it ends. What it made is in the
/// folder; how it ended is no sign of that, and not told.
pub(crate) fn run(program: &Path, arguments: &[OsString], folder: &Path) -> Result<(), HelperFault> {
    let mut child = Command::new(OURSELVES)
        .arg(SUBCOMMAND)
        .arg(program)
        .args(arguments)
        .env_clear()
        .envs([("PATH", "/usr/local/bin:/usr/bin:/bin"), ("LANG", "C.UTF-8")])
        .envs([("HOME", folder), ("TMPDIR", folder)])
        // As many helpers run as there are processors: threads of their own would only wait for each other.
        .env("OMP_THREAD_LIMIT", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A group of its own, so that what it starts ends with it.
        .process_group(0)
        .spawn()
        .map_err(|_| HelperFault::NotStarted)?;
    let ended = wait(&mut child, Instant::now() + TIME);
    if let Some(group) = Pid::from_raw(child.id().cast_signed()) {
        // Fails where the whole group has ended, as it should have.
        let _ = kill_process_group(group, Signal::KILL);
    }
    let _ = child.wait();
    if ended { Ok(()) } else { Err(HelperFault::TimedOut(TIME.as_secs())) }
}

/// Whether it ends before the deadline.
fn wait(child: &mut Child, deadline: Instant) -> bool {
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(None) => thread::sleep(GLANCE),
            Ok(Some(_)) | Err(_) => return true,
        }
    }
    false
}

/// The helper's side: bounds itself, then becomes the program that the arguments name.
pub(crate) fn become_program() -> ExitCode {
    let mut arguments = env::args_os().skip(2);
    let (Some(program), Ok(folder)) = (arguments.next(), env::current_dir()) else {
        return ExitCode::FAILURE;
    };
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    if confine(Path::new(&program), &folder).is_err() {
        return ExitCode::FAILURE;
    }
    // Returns only where the program cannot be started.
    let _ = Command::new(program).args(arguments).exec();
    ExitCode::FAILURE
}

fn confine(program: &Path, folder: &Path) -> rustix::io::Result<()> {
    lower(Resource::As, MAX_ADDRESS_SPACE)?;
    lower(Resource::Cpu, TIME.as_secs())?;
    lower(Resource::Fsize, MAX_SOURCE_BYTES)?;
    lower(Resource::Core, 0)?;
    // Kernels before 5.13 have no Landlock: the other limits hold there without it.
    let _ = shut_in(program, folder);
    Ok(())
}

/// A document may name others to be drawn into it, on this machine or on the network: only the
/// system's own files and the private folder are open to whoever reads it.
fn shut_in(program: &Path, folder: &Path) -> Result<(), RulesetError> {
    let read = AccessFs::from_read(ABI::V5);
    let all = AccessFs::from_all(ABI::V5);
    let programs = SYSTEM.iter().map(Path::new).chain(program.parent());
    Ruleset::default()
        .handle_access(all)?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()?
        .add_rules(path_beneath_rules(programs, read))?
        .add_rules(path_beneath_rules([folder, Path::new(DEVICES)], all))?
        .add_rules(path_beneath_rules([SOCKETS], AccessFs::MakeSock | AccessFs::RemoveFile))?
        .restrict_self()
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_on_the_search_path_are_found() {
        let found = find(&["no-such-program", "sh"]).expect("every system has a shell");
        assert!(found.is_absolute() && found.is_file(), "{found:?}");
        assert_eq!(find(&["no-such-program"]), None);
    }
}
