// A headless Chromium, driven over WebDriver: the few commands that the tests need.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Set to leave these tests out on a machine without a browser.
const WITHOUT: &str = "CHAPEAU_WITHOUT_BROWSER";
/// How long an element may take to come, in milliseconds.
const PATIENCE: u32 = 20_000;
/// The name under which WebDriver gives elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long any command may take before the test fails.
const LONGEST: Duration = Duration::from_secs(60);
const WANTED: &str = "want Debian's chromium and chromium-driver (apt-get install chromium chromium-driver), \
                      or CHAPEAU_WITHOUT_BROWSER=1 to leave the browser tests out";

/// One browser at a time: several would starve each other on a small machine.
static TURN: Mutex<()> = Mutex::new(());

/// A browser window, closed when it goes out of scope.
pub(crate) struct Browser {
    driver: Child,
    address: String,
    session: String,
    root: String,
    _profile: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// How a window is opened.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) width: u32,
    pub(crate) script: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self { width: 1200, script: true }
    }
}

impl Browser {
    /// A window on the server at `address`; `None` where the tests are to go without.
    pub(crate) fn open(address: &str, window: Window) -> Option<Self> {
        if std::env::var_os(WITHOUT).is_some() {
            let _ = writeln!(std::io::stderr(), "LEFT OUT: {WITHOUT} is set");
            return None;
        }
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let (chromium, chromedriver) = programs();
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let output = BufReader::new(driver.stdout.take().expect("its output is piped"));
        let port =
            output.lines().map_while(Result::ok).find_map(|line| port_of(&line)).expect("it names its port");
        let profile = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the profile");
        let mut browser = Self {
            driver,
            address: format!("127.0.0.1:{port}"),
            session: String::new(),
            root: format!("http://{address}"),
            _profile: profile,
            _turn: turn,
        };
        browser.begin(&chromium, window);
        Some(browser)
    }

    fn begin(&mut self, chromium: &PathBuf, window: Window) {
        let profile = format!("--user-data-dir={}", self._profile.path().display());
        let size = format!("--window-size={},900", window.width);
        let scripts = if window.script { 1 } else { 2 };
        let options = json!({
            "binary": chromium,
            "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", size, profile],
            "prefs": { "profile.managed_default_content_settings.javascript": scripts },
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "unhandledPromptBehavior": "ignore",
            "timeouts": { "implicit": PATIENCE, "script": PATIENCE },
        } } });
        let begun = self.send("POST", "/session", &wanted);
        begun["sessionId"].as_str().expect("a session").clone_into(&mut self.session);
    }

    /// Opens a page of the server.
    #[track_caller]
    pub(crate) fn go(&self, path: &str) {
        self.command("url", &json!({ "url": format!("{}{path}", self.root) }));
    }

    /// The words of the first element that fits, waited for if it is not there yet.
    #[track_caller]
    pub(crate) fn text(&self, css: &str) -> String {
        self.ask_element(css, "GET", "text", "").as_str().expect("text").to_owned()
    }

    /// Clicks the first element that fits.
    #[track_caller]
    pub(crate) fn click(&self, css: &str) {
        self.ask_element(css, "POST", "click", "{}");
    }

    /// Asks something of an element. One that went with the page it was on is looked for again.
    #[track_caller]
    fn ask_element(&self, css: &str, method: &str, what: &str, body: &str) -> Value {
        let ask = || {
            let path = self.path(&format!("element/{}/{what}", self.find(css)));
            self.try_send(method, &path, body)
        };
        ask().or_else(|_| ask()).unwrap_or_else(|reason| panic!("{what} of {css}: {reason}"))
    }

    /// Types into whatever has the focus.
    #[track_caller]
    pub(crate) fn type_keys(&self, keys: &str) {
        let active = self.get("element/active");
        let id = active[ELEMENT].as_str().expect("an element").to_owned();
        self.command(&format!("element/{id}/value"), &json!({ "text": keys }));
    }

    /// What a script gives on the page.
    #[track_caller]
    pub(crate) fn run(&self, script: &str) -> Value {
        self.command("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until something holds on the page.
    #[track_caller]
    pub(crate) fn until(&self, condition: &str) {
        let started = Instant::now();
        while self.run(&format!("return Boolean({condition})")) != true {
            let patience = Duration::from_millis(PATIENCE.into());
            assert!(started.elapsed() < patience, "{condition} came not to hold");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    #[track_caller]
    fn find(&self, css: &str) -> String {
        let found = self.command("element", &json!({ "using": "css selector", "value": css }));
        found[ELEMENT].as_str().expect("an element").to_owned()
    }

    #[track_caller]
    fn get(&self, name: &str) -> Value {
        self.send("GET", &self.path(name), &Value::Null)
    }

    fn path(&self, name: &str) -> String {
        format!("/session/{}/{name}", self.session)
    }

    #[track_caller]
    fn command(&self, name: &str, body: &Value) -> Value {
        self.send("POST", &self.path(name), body)
    }

    /// The value that a command gives; a command that fails ends the test.
    #[track_caller]
    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.try_send(method, path, &body).unwrap_or_else(|reason| panic!("{path}: {reason}"))
    }

    fn try_send(&self, method: &str, path: &str, body: &str) -> Result<Value, String> {
        let mut stream = TcpStream::connect(&self.address).expect("the driver listens");
        stream.set_read_timeout(Some(LONGEST)).expect("a time above zero");
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).expect("it reads");
        let (head, body) = answer(stream);
        let value: Value = serde_json::from_slice(&body).expect("WebDriver speaks JSON");
        if head.contains(" 200 ") {
            Ok(value["value"].clone())
        } else {
            Err(value["value"]["message"].to_string())
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser with the session. A test that fails must not fail twice.
        if let Ok(mut stream) = TcpStream::connect(&self.address) {
            let head = format!("DELETE /session/{} HTTP/1.1\r\nHost: {}\r\n", self.session, self.address);
            let _ = write!(stream, "{head}Connection: close\r\nContent-Length: 0\r\n\r\n");
            let _ = stream.set_read_timeout(Some(LONGEST));
            let _ = stream.read(&mut [0; 512]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Status line and body of an answer. The driver keeps its connections open, so that the head says
/// where the body ends.
fn answer(stream: TcpStream) -> (String, Vec<u8>) {
    let mut from = BufReader::new(stream);
    let (mut status, mut length) = (String::new(), 0);
    from.read_line(&mut status).expect("the driver answers in time");
    loop {
        let mut line = String::new();
        from.read_line(&mut line).expect("the head goes on");
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().expect("a length is a number");
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).expect("the body is as long as the head says");
    (status, body)
}

fn port_of(line: &str) -> Option<u16> {
    line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse().ok()
}

/// Browser and driver, installed first where they are missing and may be.
fn programs() -> (PathBuf, PathBuf) {
    let found = || Some((program("chromium")?, program("chromedriver")?));
    found()
        .or_else(|| {
            install();
            found()
        })
        .unwrap_or_else(|| panic!("found no browser to test with, {WANTED}"))
}

fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Where apt-get is missing or not allowed, its failure is told by the browser that is not there.
fn install() {
    for words in ["update", "install --yes --no-install-recommends chromium chromium-driver"] {
        let mut apt = Command::new("apt-get");
        let _ =
            apt.args(words.split(' ')).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).output();
    }
}
