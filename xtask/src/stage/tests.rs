//! Stand-in programs play server and devices: shell scripts that print, wait and refuse.

use super::{Stage, ports_are_free, url_in};
use crate::demo::{Console, Demo, Phone, Server, Terminal};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("xtask-stage-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn stage(folder: &Path, script: &str) -> Stage {
    // Copied by another program: a file that this one has just written cannot be started
    // while a child of another test still holds it open.
    let (draft, program) = (folder.join("draft"), folder.join("carrot"));
    fs::write(&draft, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(
        Command::new("cp")
            .args([&draft, &program])
            .status()
            .unwrap()
            .success()
    );
    Stage::new(folder, &program, &folder.join("logs")).unwrap()
}

fn demo(listen: &str, phone_port: u16) -> Demo {
    let phone = Phone {
        who: "Ania".into(),
        role: "seller".into(),
        dir: "p".into(),
        port: phone_port,
    };
    Demo {
        server: Server {
            data: "s".into(),
            listen: listen.parse().unwrap(),
        },
        console: Console {
            url: String::new(),
            user: String::new(),
            password: String::new(),
        },
        terminal: Terminal {
            dir: "t".into(),
            cashier: String::new(),
            pin: String::new(),
        },
        phones: vec![phone],
        steps: Vec::new(),
        sheets: Vec::new(),
    }
}

#[test]
fn an_address_is_found_in_a_line() {
    let url = "http://127.0.0.1:8431/?token=a-b_c";
    assert_eq!(url_in(&format!("open {url} in a browser")), Some(url));
    assert_eq!(url_in(&format!("{{\"url\":\"{url}\"}}")), Some(url));
    assert_eq!(url_in("nothing here"), None);
}

#[test]
fn the_address_of_a_device_comes_back_and_the_device_ends_when_asked() {
    let folder = folder("device");
    let mut stage = stage(
        &folder,
        "echo starting; echo \"http://x/?$*\"; echo more; exec sleep 60",
    );
    let screens = stage
        .start_screens("Ania", "seller", Path::new("d"), 0)
        .unwrap();
    assert_eq!(screens.url, "http://x/?device");
    assert!(stage.ended().unwrap().is_empty());
    assert!(stage.stop().is_empty(), "it ends without force");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_device_that_fails_is_quoted() {
    let folder = folder("fails");
    let mut stage = stage(&folder, "echo 'no such folder' >&2; exit 1");
    let told = stage
        .start_screens("Ania", "seller", Path::new("d"), 0)
        .unwrap_err();
    assert!(told.to_string().contains("no such folder"), "{told}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_server_that_ends_is_quoted() {
    let folder = folder("server");
    let mut stage = stage(&folder, "echo 'the file is locked' >&2; exit 1");
    let told = stage.start_server(&demo("127.0.0.1:1", 0)).unwrap_err();
    assert!(told.to_string().contains("the file is locked"), "{told}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_taken_port_is_named_with_its_owner() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port();
    let told = ports_are_free(&demo("127.0.0.1:0", port))
        .unwrap_err()
        .to_string();
    assert!(
        told.contains(&format!("port {port}")) && told.contains("phone of Ania"),
        "{told}"
    );
    let told = ports_are_free(&demo(&format!("127.0.0.1:{port}"), 0))
        .unwrap_err()
        .to_string();
    assert!(told.contains("the server"), "{told}");
    // Port 0 stands for any free one, so it is never taken.
    ports_are_free(&demo("127.0.0.1:0", 0)).unwrap();
}
