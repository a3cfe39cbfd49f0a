//! A child process by its number: killed and waited for when dropped, however it was started.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// How long a child whose socket is closed may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(1);
const GLANCE: Duration = Duration::from_millis(10);

/// A child of this process.
#[derive(Debug)]
pub(super) struct Process {
    /// `None` once it has been waited for: its number may be another process's by then.
    pid: Option<Pid>,
}

impl Process {
    /// The child with this number, which nobody else waits for.
    pub(super) fn new(pid: Pid) -> Self {
        Self { pid: Some(pid) }
    }

    /// How it ended by itself; `None` if it goes on although its socket is closed.
    pub(super) fn end(&mut self) -> Option<ExitStatus> {
        let n_glances = PATIENCE.as_millis() / GLANCE.as_millis();
        (0..n_glances).find_map(|_| {
            let status = self.wait(WaitOptions::NOHANG);
            if status.is_none() {
                thread::sleep(GLANCE);
            }
            status
        })
    }

    fn wait(&mut self, options: WaitOptions) -> Option<ExitStatus> {
        let (_, status) = loop {
            match waitpid(Some(self.pid?), options) {
                Err(rustix::io::Errno::INTR) => {}
                other => break other.ok().flatten()?,
            }
        };
        self.pid = None;
        Some(ExitStatus::from_raw(status.as_raw()))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(pid) = self.pid {
            // Fails only where it has ended already, and then it can be waited for.
            let _ = kill_process(pid, Signal::KILL);
            let _ = self.wait(WaitOptions::empty());
        }
    }
}
