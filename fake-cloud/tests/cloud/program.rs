//! The program.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;

use crate::wire::Call;

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dbplane-fake-cloud"))
}

/// A running program, which ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_line(option: &[&str]) -> (Running, String) {
    let child = command().args(option).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (running, line)
}

#[tokio::test]
async fn json_is_one_line_with_all_that_a_client_needs() {
    let (_running, line) = first_line(&["--json"]);
    let services: Json = serde_json::from_str(&line).unwrap();
    let keys = |stem: &str| -> Vec<String> {
        services[stem]["credentials"].as_object().unwrap().keys().cloned().collect()
    };
    let sorted = |list: &[&str]| {
        let mut list: Vec<String> = list.iter().map(|key| (*key).to_owned()).collect();
        list.sort();
        list
    };
    let huawei = ["access_key", "secret_key", "project_id", "domain_name", "user_name", "password", "region"];
    for stem in ["huawei-taurusdb", "huawei-dbss", "huawei-iam"] {
        let mut found = keys(stem);
        found.sort();
        assert_eq!(found, sorted(&huawei));
    }
    assert_eq!(keys("samsung-mariadb").len(), 2);
    assert_eq!(keys("oceanbase-cloud").len(), 3);
    assert_eq!(services.as_object().unwrap().len(), 5);

    let base = services["samsung-mariadb"]["base_url"].as_str().unwrap();
    let stream = tokio::net::TcpStream::connect(base.strip_prefix("http://").unwrap()).await.unwrap();
    let io = hyper_util::rt::TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(io).await.unwrap();
    tokio::spawn(connection);
    let call = Call::new("GET", "/v1/clusters");
    let request = hyper::Request::get(call.target).header("host", "x").body(String::new()).unwrap();
    assert_eq!(sender.send_request(request).await.unwrap().status(), 404);
}

#[test]
fn the_table_is_for_people() {
    let (_running, line) = first_line(&[]);
    assert_eq!(line, "huawei-dbss\n");
}

#[test]
fn help_and_wrong_options() {
    let help = command().arg("--help").output().unwrap();
    assert!(help.status.success());
    assert!(String::from_utf8(help.stdout).unwrap().contains("--json"));
    for wrong in ["--port", "-x", "word", "--json=1"] {
        let output = command().arg(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("--help lists the options"));
        assert!(output.stdout.is_empty());
    }
}
