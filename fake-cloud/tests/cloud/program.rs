//! The program.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use dbplane_fake_cloud::FakeCloud;
use serde_json::Value as Json;

use crate::wire::{Call, Wire};

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

fn first_line(options: &[&str]) -> (Running, String) {
    let mut command = command();
    let command = command.args(options).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (running, line)
}

/// The status of a request to an address of the program.
async fn status(base: &Json, target: &str) -> u16 {
    Wire::to(base.as_str().unwrap().strip_prefix("http://").unwrap())
        .await
        .send(&Call::new("GET", target))
        .await
        .status
}

/// A file that ends with the test.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dbplane-fake-cloud-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
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
    let keys_and_login =
        ["access_key", "secret_key", "project_id", "domain_name", "user_name", "password", "region"];
    let huawei = [&keys_and_login[..], &["user_id", "passcode", "agency", "agency_domain"]].concat();
    for stem in ["huawei-taurusdb-v3", "huawei-dbss-v2", "huawei-iam-v3"] {
        let mut found = keys(stem);
        found.sort();
        assert_eq!(found, sorted(&huawei));
    }
    assert_eq!(keys("samsung-mariadb-1.0").len(), 2);
    assert_eq!(keys("oceanbase-cloud-v2").len(), 3);
    assert_eq!(services.as_object().unwrap().len(), 7 + 1);

    assert_eq!(status(&services["samsung-mariadb-1.0"]["base_url"], "/v1/clusters").await, 404);
    assert_eq!(status(&services["control"]["base_url"], "/services").await, 200);
}

#[tokio::test]
async fn options_choose_services_seed_faults_and_log() {
    let rules = r#"{"rules": [{"service": "huawei-iam-v3", "fault": {"error": {"status": 503}}}]}"#;
    let (faults, log) = (File::new("faults.json", rules), File::new("log", ""));
    let options =
        ["--json", "--services", "huawei-iam-v3, samsung-mariadb-1.0", "--seed=7", "--faults", faults.path()];
    let log_option = format!("--log={}", log.path());
    let (_running, line) = first_line(&[&options[..], &[&log_option]].concat());
    let services: Json = serde_json::from_str(&line).unwrap();
    assert_eq!(services.as_object().unwrap().len(), 3, "{line}");
    let control = &services["control"]["base_url"];
    assert_eq!(status(control, "/faults").await, 200);
    assert_eq!(status(&services["samsung-mariadb-1.0"]["base_url"], "/nothing").await, 404);
    let written = std::fs::read_to_string(&log.0).unwrap();
    assert!(
        written.contains(" samsung-mariadb-1.0 - GET /nothing 404, refused: no operation has"),
        "{written}"
    );

    let alike = FakeCloud::builder()
        .services(["huawei-iam-v3", "samsung-mariadb-1.0"])
        .seed(7)
        .start()
        .await
        .unwrap();
    let keys = alike.service("samsung-mariadb-1.0").unwrap().credentials().to_json();
    assert_eq!(services["samsung-mariadb-1.0"]["credentials"], keys);
}

#[tokio::test]
async fn requests_are_logged_to_standard_error() {
    let (mut running, line) = first_line(&["--json", "--log", "--services", "huawei-iam-v3"]);
    let services: Json = serde_json::from_str(&line).unwrap();
    assert_eq!(status(&services["huawei-iam-v3"]["base_url"], "/nothing").await, 404);
    let mut line = String::new();
    BufReader::new(running.0.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains(" huawei-iam-v3 - GET /nothing 404"), "{line}");
}

#[tokio::test]
async fn ports_follow_one_another() {
    // Where neighbours are taken the program says so; then other ports are tried.
    for base in (20_000..30_000).step_by(97) {
        let port = base.to_string();
        let (_running, line) =
            first_line(&["--json", "--services", "huawei-iam-v3,huawei-dbss-v2", "--port", &port]);
        let Ok(services) = serde_json::from_str::<Json>(&line) else { continue };
        for (number, name) in ["huawei-dbss-v2", "huawei-iam-v3", "control"].iter().enumerate() {
            assert_eq!(services[name]["base_url"], format!("http://127.0.0.1:{}", base + number));
        }
        return;
    }
    panic!("no three free ports in a row");
}

#[test]
fn the_table_is_for_people() {
    let (_running, line) = first_line(&[]);
    assert_eq!(line, "huawei-dbss-v2\n");
}

#[test]
fn help_and_wrong_options() {
    let help = command().arg("--help").output().unwrap();
    assert!(help.status.success());
    assert!(String::from_utf8(help.stdout).unwrap().contains("--json"));
    for wrong in [
        "--port",
        "--port=0",
        "--port=65536",
        "--seed=x",
        "--faults",
        "-x",
        "word",
        "--json=1",
        "--pace=fast",
    ] {
        let output = command().arg(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("--help lists the options"));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn what_cannot_be_served_is_said() {
    let broken = File::new("broken.json", "{\"rules\": [\n  {\"fault\": \"truncates\"}]}");
    let unknown = File::new("unknown.json", r#"{"rules": [{"service": "x", "fault": "refuse"}]}"#);
    let cases = [
        (
            ["--services", "samsung-mariadbs"],
            "there is no service `samsung-mariadbs`; did you mean `samsung-mariadb-1.0`",
        ),
        (["--faults", "/nowhere/at/all"], "/nowhere/at/all: No such file"),
        (["--faults", broken.path()], "rules[0].fault: unknown variant `truncates`"),
        (["--faults", unknown.path()], "rules[0].service: the cloud has no service `x`"),
        (["--log=/nowhere/at/all", "--json"], "/nowhere/at/all: No such file"),
        (["--port", "65535"], "no port on 127.0.0.1 could be opened: there is no port 1 above 65535"),
    ];
    for (options, words) in cases {
        let output = command().args(options).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{options:?}: {said}");
        assert!(said.starts_with("dbplane-fake-cloud: ") && said.contains(words), "{said}");
    }
}

#[test]
fn the_inventory_is_told_and_can_be_left_out() {
    let clusters = |options: &[&str]| {
        let (_running, line) = first_line(options);
        let services: Json = serde_json::from_str(&line).unwrap();
        services["samsung-mariadb-1.0"]["inventory"]["cluster_id"].clone()
    };
    assert_eq!(clusters(&["--json"])[0], "0fdd87aab8cb46f59b7c1f81ed03fb3e");
    assert_eq!(clusters(&["--json", "--empty", "--pace", "0"]), Json::Array(Vec::new()));
}
