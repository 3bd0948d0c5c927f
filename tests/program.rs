//! The third way of the guide: a program that is tested from outside, with the fake cloud beside it as a program too.
//!
//! The program is this test program, started again for the one test that stops a cluster.

#![cfg(feature = "samsung-mariadb-1.3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use dbplane::samsung::{Credentials, mariadb_1_3::Client};
use serde_json::Value;

/// A running program, which ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The fake cloud and the line that it prints.
fn cloud() -> (Running, Value) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "dbplane-fake-cloud", "--", "--json"]);
    command.args(["--services", "samsung-mariadb-1.3"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut running = Running(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (running, serde_json::from_str(&line).unwrap())
}

/// What the control endpoint responds.
fn get(base_url: &str, path: &str) -> Value {
    let address = base_url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    socket.read_to_string(&mut response).unwrap();
    serde_json::from_str(response.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// What the program does: stops the first cluster. Without an address it does nothing.
#[tokio::test]
async fn the_program() {
    let Ok(url) = std::env::var("DATABASES_URL") else { return };
    let builder = Client::builder().region("kr-west1").credentials(Credentials::from_env().unwrap());
    let client = builder.base_url(url).build().unwrap();
    let clusters = client.list_clusters().send().await.unwrap();
    client.stop_cluster(&clusters.contents[0].id).send().await.unwrap();
}

#[tokio::test]
async fn a_program_is_tested_beside_a_fake_cloud() {
    let (_cloud, line) = cloud();
    let text = |place: &str| line.pointer(place).and_then(Value::as_str).unwrap();
    let program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_program"])
        .env("DATABASES_URL", text("/samsung-mariadb-1.3/base_url"))
        .env("SCP_TF_ACCESS_KEY", text("/samsung-mariadb-1.3/credentials/access_key"))
        .env("SCP_TF_SECRET_KEY", text("/samsung-mariadb-1.3/credentials/secret_key"))
        .output()
        .unwrap();
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stdout));
    let effects = get(text("/control/base_url"), "/effects");
    assert_eq!(effects.pointer("/entries/0/operation").unwrap(), "StopCluster", "{effects}");
    assert_eq!(effects["entries"].as_array().unwrap().len(), 1, "{effects}");
}
