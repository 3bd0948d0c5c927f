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
        (&["resolve", "--help"], 0),
        (&["sample-docs", "-h"], 0),
        (&["api-diff", "--help"], 0),
        (&["lint", "--help"], 0),
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

/// Each help says which exit status means what.
#[test]
fn every_help_has_the_statuses() {
    for arguments in [&["--help"][..], &["docs", "--help"], &["api-diff", "--help"], &["resolve", "--help"]] {
        let output = xtask(arguments, Stdio::piped());
        let help = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = help.lines().find(|line| line.starts_with("Exit status: ")).unwrap_or_default();
        assert!(line.contains("0 ") && line.contains("1 ") && line.contains("2 "), "{arguments:?}: {help}");
    }
}

/// A pipe that nobody writes to, a device that never ends and a folder are no files: a line says which, at once.
#[test]
fn what_is_no_file_is_refused_by_its_name() {
    let folder = std::env::temp_dir().join(format!("dbplane-streams-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pipe = folder.join("vendor-pipe.yaml");
    let made = Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success());
    let mut names = vec![folder.clone()];
    names.extend(made.then(|| pipe.clone()));
    names.extend(Some(Path::new("/dev/zero").to_owned()).filter(|device| device.exists()));
    for name in &names {
        let name = name.to_string_lossy();
        let commands: [&[&str]; 4] =
            [&["docs", "facts", &name], &["docs", "draft", &name], &["resolve", &name], &["api-diff", &name]];
        for command in commands {
            let (code, message) = said(&xtask(command, Stdio::null()));
            assert_eq!(code, Some(2), "{command:?}: {message}");
            let last = name.rsplit('/').next().unwrap_or_default();
            assert!(message.contains(last), "{command:?}: {message}");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
