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
    let all = FakeCloud::start().await.unwrap().services().count();
    assert_eq!(services.as_object().unwrap().len(), all + 1, "and the control endpoint");

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

#[tokio::test]
async fn writes_that_no_world_models_are_listed() {
    let listed = command().arg("--unmodelled").output().unwrap();
    assert!(listed.status.success());
    let cloud = FakeCloud::start().await.unwrap();
    let mut expected = String::new();
    for service in cloud.services() {
        let (all, unmodelled) = (service.operations(), service.unmodelled());
        assert!(unmodelled.iter().all(|id| all.contains(id)), "{unmodelled:?}");
        unmodelled.iter().for_each(|id| expected.push_str(&format!("{} {id}\n", service.stem())));
    }
    assert_eq!(String::from_utf8(listed.stdout).unwrap(), expected);
    assert!(!expected.contains("StopDbOmInstance") && !expected.contains(" List"), "{expected}");
}

#[test]
fn help_version_and_wrong_options() {
    let help = command().arg("--help").output().unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success() && text.contains("Examples:") && text.contains("Exit status:"), "{text}");
    let version = command().arg("-V").output().unwrap();
    assert!(version.status.success() && version.stdout.starts_with(b"dbplane-fake-cloud 0."));
    for wrong in [
        "--port",
        "--port=0",
        "--port=65536",
        "--port=huawei-iam-v3=0",
        "--port=huawei-iam-v3",
        "--listen=localhost",
        "--host=http://x",
        "--digest=SHA-1",
        "--seed=x",
        "--faults",
        "-x",
        "word",
        "--json=1",
        "--pace=fast",
    ] {
        let output = command().arg(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("--help lists the options"), "{wrong}");
        assert!(output.stdout.is_empty());
    }
}

/// Status and message of the program with options with which it cannot serve.
fn refused(options: &[&str]) -> (Option<i32>, String) {
    let output = command().args(options).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("dbplane-fake-cloud: "), "{options:?}: {said}");
    (output.status.code(), said)
}

#[test]
fn what_cannot_be_served_is_said_with_its_place() {
    let broken = File::new("broken.json", "{\"rules\": [\n  {\"fault\": \"truncates\"}]}");
    let unknown = File::new("unknown.json", r#"{"rules": [{"service": "x", "fault": "refuse"}]}"#);
    let at = |file: &File, words: &str| format!("{}: {words}", file.path());
    let cases = [
        (
            vec!["--services", "samsung-mariadbs"],
            2,
            "there is no service `samsung-mariadbs`; did you mean `samsung-mariadb".to_owned(),
        ),
        (vec!["--faults", "/nowhere/at/all"], 2, "/nowhere/at/all: No such file".to_owned()),
        (vec!["--faults", broken.path()], 1, at(&broken, "rules[0].fault: unknown variant `truncates`")),
        (vec!["--faults", broken.path()], 1, "line 2 column".to_owned()),
        (vec!["--faults", unknown.path()], 1, at(&unknown, "rules[0].service: the cloud has no service `x`")),
        (vec!["--log=/nowhere/at/all", "--json"], 2, "/nowhere/at/all: No such file".to_owned()),
        (vec!["--port", "65535"], 2, "there is no port 1 above 65535 for huawei-iam".to_owned()),
        (
            vec!["--port", "huawei-iam=18000"],
            2,
            "there is no service `huawei-iam` to choose a port for; did you mean `huawei-iam-v3`".to_owned(),
        ),
        (vec!["--listen", "203.0.113.1"], 2, "203.0.113.1:0 could not be opened for huawei-dbss".to_owned()),
    ];
    for (options, status, words) in cases {
        let (actual, said) = refused(&options);
        assert_eq!(actual, Some(status), "{options:?}: {said}");
        assert!(said.contains(&words), "{options:?}: {said}");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_with_its_service() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let port = format!("samsung-mariadb-1.3={}", taken.local_addr().unwrap().port());
    let (status, said) = refused(&["--services", "samsung-mariadb-1.3", "--port", &port]);
    assert_eq!(status, Some(2));
    assert!(said.contains(&format!("{address} could not be opened for samsung-mariadb: ")), "{said}");
    assert!(said.contains("; stop what listens there, or choose another port"), "{said}");
}

/// Ports that were free a moment ago.
async fn free_ports<const N: usize>() -> [u16; N] {
    let mut taken = Vec::new();
    for _ in 0..N {
        taken.push(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap());
    }
    std::array::from_fn(|number| taken[number].local_addr().unwrap().port())
}

#[tokio::test]
async fn each_port_can_be_chosen() {
    // Somebody may take a port in between, and the program says so; then others are tried.
    for _ in 0..20 {
        let [iam, control] = free_ports().await;
        let ports = [format!("--port=huawei-iam-v3={iam}"), format!("--port=control={control}")];
        let (_running, line) = first_line(&["--json", "--services=huawei-iam-v3", &ports[0], &ports[1]]);
        let Ok(services) = serde_json::from_str::<Json>(&line) else { continue };
        assert_eq!(services["huawei-iam-v3"]["base_url"], format!("http://127.0.0.1:{iam}"));
        assert_eq!(services["control"]["base_url"], format!("http://127.0.0.1:{control}"));
        return;
    }
    panic!("no free ports");
}

#[tokio::test]
async fn a_name_for_all_addresses_is_told_and_taken() {
    let options = ["--json", "--services=huawei-iam-v3", "--listen=0.0.0.0"];
    let (_running, line) = first_line(&[&options[..], &["--host=cloud"]].concat());
    let services: Json = serde_json::from_str(&line).unwrap();
    let base = services["control"]["base_url"].as_str().unwrap().to_owned();
    let port = base.strip_prefix("http://cloud:").unwrap();
    let mut wire = Wire::to(&format!("127.0.0.1:{port}")).await;
    let health = |host: &str| Call::new("GET", "/health").with("host", host);
    assert_eq!(wire.send(&health(&format!("cloud:{port}"))).await.body["status"], "ok");
    assert_eq!(wire.send(&health(&format!("elsewhere:{port}"))).await.status, 403);
    let (_running, line) = first_line(&options);
    assert!(line.contains("\"base_url\":\"http://localhost:"), "{line}");
}

#[cfg(unix)]
#[test]
fn a_signal_stops_it_with_status_0() {
    for signal in ["-TERM", "-INT"] {
        let (mut running, line) = first_line(&["--json", "--services", "huawei-iam-v3"]);
        assert!(line.starts_with('{'), "{line}");
        assert!(Command::new("kill").args([signal, &running.0.id().to_string()]).status().unwrap().success());
        assert_eq!(running.0.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn pipes_devices_and_a_full_disk_end_it_with_a_line() {
    let pipe = std::env::temp_dir().join(format!("dbplane-fake-cloud-{}-pipe", std::process::id()));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pipe = File(pipe);
    let log = format!("--log={}", pipe.path());
    for options in [["--faults", pipe.path()], ["--faults", "/dev/full"], [&log, "--json"]] {
        let (status, said) = refused(&options);
        assert_eq!((status, said.contains("it is not a regular file")), (Some(2), true), "{said}");
    }
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command().arg("--help").stdout(full).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.starts_with("dbplane-fake-cloud: standard output cannot be written: No space left"),
        "{said}"
    );
}

#[tokio::test]
async fn one_challenge_of_digest_can_be_chosen() {
    for (list, expected) in [("MD5", vec!["MD5"]), ("md5,sha-256", vec!["MD5", "SHA-256"])] {
        let (_running, line) = first_line(&["--json", "--services=oceanbase-cloud-v2", "--digest", list]);
        let services: Json = serde_json::from_str(&line).unwrap();
        let base = services["oceanbase-cloud-v2"]["base_url"].as_str().unwrap().to_owned();
        let mut wire = Wire::to(base.strip_prefix("http://").unwrap()).await;
        let reply = wire.send(&Call::new("GET", "/api/v2/instances?requestId=1")).await;
        let offered = crate::sign::challenges(&reply);
        assert_eq!(offered.iter().map(|c| c.algorithm.as_str()).collect::<Vec<_>>(), expected);
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
