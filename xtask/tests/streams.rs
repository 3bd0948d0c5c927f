//! The program's streams and exit statuses: what it does when nobody reads, a disk is full, or a file is none.

#![allow(clippy::unwrap_used)] // tests

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn xtask(arguments: &[&str], out: Stdio) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(root).args(arguments).stdout(out).stderr(Stdio::piped());
    command.spawn().unwrap().wait_with_output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_full_disk_and_a_closed_pipe_are_a_status_and_a_line() {
    let commands: [&[&str]; 3] =
        [&["--help"], &["docs", "check", "--rules"], &["resolve", "specs/samsung-mariadb-1.3.overlay.yaml"]];
    for command in commands {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, message) = said(&xtask(command, Stdio::from(writer)));
        assert_eq!((code, message.lines().count()), (Some(2), 1), "{command:?}: {message}");
        assert!(message.contains("the standard output cannot be written"), "{message}");
        if let Ok(full) = File::options().write(true).open("/dev/full") {
            let (code, message) = said(&xtask(command, Stdio::from(full)));
            assert_eq!((code, message.lines().count()), (Some(2), 1), "{command:?}: {message}");
        }
    }
}

#[test]
fn statuses_are_those_of_the_help() {
    let page = "pages/tests/loop/change-proxy-port.md";
    for (arguments, status) in [
        (&["docs", "--help"][..], 0),
        (&["docs", "facts", page], 0),
        (&["docs", "check", page], 1),
        (&["docs", "lock", page], 1),
        (&["docs", "check", "no/such/page.txt"], 2),
        (&["docs", "check", "specs"], 2),
        (&["docs", "check", page, "no/such/page.txt"], 2),
        (&["docs", "fetch", "no-such-spec"], 2),
        (&["docs", "fetch", "huawei-iam-v3", "--mirror", "http://example.com"], 2),
        (&["docs", "chek"], 2),
        (&["resolve", "no-such.yaml"], 2),
    ] {
        let output = xtask(arguments, Stdio::null());
        let (code, message) = said(&output);
        assert_eq!(code, Some(status), "{arguments:?}: {message}");
        assert!(!message.contains("panicked"), "{arguments:?}: {message}");
    }
}
