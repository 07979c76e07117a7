//! The whole of `cargo xtask run --headless` on a machine of stand-ins: scripts play cargo,
//! npm, node, the package database and `carrot`.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

const CARGO: &str = r#"case "$1" in
metadata) echo '{"packages":[{"name":"carrot"}],"target_directory":"ROOT/target","workspace_root":"ROOT"}' ;;
build) echo "Compiling $*" ;;
*) exit 2 ;;
esac"#;

const NPM: &str = r#"echo "$*" >> ROOT/npm
case "$1" in
ci) mkdir -p node_modules; echo '{}' > node_modules/.package-lock.json ;;
run) mkdir -p dist; echo built > dist/a.js ;;
esac"#;

const DPKG: &str = r#"shift 3; for name in "$@"; do echo "$name installed"; done"#;

const CARROT: &str = r#"case "$1" in
demo)
  mkdir -p "$3/server"
  echo made >> ROOT/made
  cat > "$3/demo.json" <<END
{"server":{"data":"server","listen":"127.0.0.1:SERVER"},
 "console":{"url":"http://127.0.0.1:SERVER/","user":"mette","password":"dawn"},
 "terminal":{"dir":"till","cashier":"Åse","pin":"2468"},
 "phones":[{"who":"Ania","role":"seller","dir":"ania","port":PHONE}],
 "steps":["The seller scans."],"sheets":["codes.png"]}
END
  ;;
serve)
  echo "$*" > ROOT/served
  exec python3 -c '
import http.server, sys
class Well(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()
host, port = sys.argv[1].split(":")
http.server.ThreadingHTTPServer((host, int(port)), Well).serve_forever()
' "$5" ;;
device)
  [ "$2" = --dir ] && [ "$4 $5" = "ui --listen" ] || exit 2
  echo "open http://$6/?token=$(basename "$3")"
  exec sleep 60 ;;
esac"#;

/// A folder that looks like the project, with the stand-ins in it.
struct Machine {
    root: PathBuf,
    server_port: u16,
    phone_port: u16,
}

impl Machine {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("xtask-run-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let free = || TcpListener::bind("127.0.0.1:0").unwrap();
        // Both are held while the second is chosen, so that they differ.
        let (server, phone) = (free(), free());
        let machine = Self {
            root,
            server_port: server.local_addr().unwrap().port(),
            phone_port: phone.local_addr().unwrap().port(),
        };
        machine.write("Cargo.toml", "[workspace]\n");
        machine.write("ui/package-lock.json", "{}");
        machine.script("bin/cargo", CARGO);
        machine.script("bin/dpkg-query", DPKG);
        machine.script("bin/node", "echo v22.1.0");
        machine.script("bin/npm", NPM);
        machine.script("target/debug/carrot", CARROT);
        machine
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn script(&self, path: &str, text: &str) {
        let text = text
            .replace("ROOT", &self.root.to_string_lossy())
            .replace("SERVER", &self.server_port.to_string())
            .replace("PHONE", &self.phone_port.to_string());
        // Copied by another program: a file that this one has just written cannot be started
        // while a child of another test still holds it open.
        self.write("draft", &format!("#!/bin/sh\n{text}\n"));
        let (draft, made) = (self.root.join("draft"), self.root.join(path));
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
        fs::create_dir_all(made.parent().unwrap()).unwrap();
        assert!(
            Command::new("cp")
                .args([&draft, &made])
                .status()
                .unwrap()
                .success()
        );
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_default()
    }

    fn start(&self, words: &[&str]) -> Child {
        let bin = self.root.join("bin");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("run")
            .arg("--headless")
            .args(words)
            .env("CARGO", bin.join("cargo"))
            .env("CARGO_MANIFEST_DIR", &self.root)
            .env("PATH", path)
            .current_dir(&self.root)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Runs until everything is up, presses Ctrl-C, and returns all that was printed.
    fn run(&self, words: &[&str]) -> String {
        let mut child = self.start(words);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C ends everything") {
            if out.read_line(&mut text).unwrap() == 0 {
                let output = child.wait_with_output().unwrap();
                panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr));
            }
        }
        interrupt(child.id());
        out.read_to_string(&mut text).unwrap();
        assert!(child.wait().unwrap().success(), "{text}");
        text
    }

    fn is_free(port: u16) -> bool {
        TcpListener::bind(("127.0.0.1", port)).is_ok()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn interrupt(process: u32) {
    let status = Command::new("sh")
        .args(["-c", &format!("kill -INT {process}")])
        .status();
    assert!(status.unwrap().success());
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

#[test]
fn a_fresh_machine_gets_everything_and_the_next_run_goes_on() {
    let machine = Machine::new("twice");
    let first = machine.run(&[]);
    let console = format!("http://127.0.0.1:{}/  mette / dawn", machine.server_port);
    let phone = format!("http://127.0.0.1:{}/?token=ania  Ania", machine.phone_port);
    has(
        &first,
        &["[1/7] system packages", "[7/7] terminal", &console, &phone],
    );
    has(
        &first,
        &[
            "Åse, PIN 2468",
            "?token=till",
            "1. The seller scans.",
            "stopped;",
        ],
    );
    assert!(!first.contains("by force"), "{first}");
    let data = machine.root.join("demo-data");
    let served = format!("serve --data {} --listen", data.join("server").display());
    has(&machine.read("served"), &[&served]);
    assert!(Machine::is_free(machine.server_port), "the server is gone");

    let second = machine.run(&[]);
    has(
        &second,
        &[
            "goes on with the data",
            "UI packages: up to date",
            "UI: up to date",
        ],
    );
    assert_eq!(machine.read("made").lines().count(), 1);
    assert_eq!(
        machine.read("npm").lines().count(),
        2,
        "one `npm ci`, one build"
    );

    machine.run(&["--fresh"]);
    assert_eq!(machine.read("made").lines().count(), 2);
}

#[test]
fn fresh_deletes_nothing_below_a_running_server() {
    let machine = Machine::new("taken");
    machine.run(&["--data", "elsewhere"]);
    let holder = TcpListener::bind(("127.0.0.1", machine.server_port)).unwrap();
    let output = machine
        .start(&["--data", "elsewhere", "--fresh"])
        .wait_with_output()
        .unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    has(
        &told,
        &[&format!(
            "port {}, which the server needs, is taken",
            machine.server_port
        )],
    );
    assert_eq!(
        machine.read("made").lines().count(),
        1,
        "the first demo is still the one"
    );
    drop(holder);
}

#[test]
fn a_device_that_does_not_start_ends_the_run_and_the_server() {
    let machine = Machine::new("broken");
    let broken = CARROT
        .replace("exec sleep 60", "echo gone >&2; exit 1")
        .replace("open http", "");
    machine.script("target/debug/carrot", &broken);
    let output = machine.start(&[]).wait_with_output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    has(&told, &["seller Ania ended right after its start", "gone"]);
    assert!(
        Machine::is_free(machine.server_port),
        "the server was ended too"
    );
}
