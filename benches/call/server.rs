//! The server: answers from memory, and checks of a request no more than where it goes.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Scheme;

/// Just below what a client reads by default.
const SIZE: usize = 8 * 1024 * 1024 - 1024;

/// Prints its address and answers until it is ended.
pub(crate) fn run() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::new(bodies());
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(attend(socket, Arc::clone(&bodies)));
        }
    });
}

/// One connection; its requests have no bodies and come one after the other.
async fn attend(mut socket: TcpStream, bodies: Arc<HashMap<String, Vec<u8>>>) {
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    socket.set_nodelay(true).unwrap();
    while let Ok(n @ 1..) = socket.read(&mut chunk).await {
        seen.extend_from_slice(&chunk[..n]);
        if !seen.ends_with(b"\r\n\r\n") {
            continue;
        }
        let request = String::from_utf8_lossy(&seen).into_owned();
        let key: Vec<&str> =
            request.split(['/', ' ']).filter(|part| !part.is_empty()).skip(1).take(2).collect();
        seen.clear();
        let reply = if key[0] == (Scheme::Digest as usize).to_string()
            && !request.to_lowercase().contains("authorization:")
        {
            CHALLENGE
        } else {
            bodies
                .get(&key.join("/"))
                .map_or(&b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"[..], |body| body)
        };
        if socket.write_all(reply).await.is_err() {
            return;
        }
    }
}

const CHALLENGE: &[u8] = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\
    WWW-Authenticate: Digest realm=\"bench\", qop=\"auth\", algorithm=SHA-256, nonce=\"0123456789abcdef\"\r\n\r\n";

/// Whole responses by scheme and name.
fn bodies() -> HashMap<String, Vec<u8>> {
    let mut all = HashMap::new();
    let mut add = |scheme: Scheme, name: &str, body: &str| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        all.insert(format!("{}/{name}", scheme as usize), (head + body).into_bytes());
    };
    for rows in [1, 20, 100, 1000] {
        let name = rows.to_string();
        let list = |row: fn(usize) -> String| (0..rows).map(row).collect::<Vec<_>>().join(",");
        let huawei = format!(r#"{{"total_count":{rows},"configurations":[{}]}}"#, list(configuration));
        add(Scheme::Token, &name, &huawei);
        add(Scheme::Huawei, &name, &huawei);
        let samsung = format!(
            r#"{{"contents":[{}],"count":{rows},"page":0,"size":{rows},"sort":null}}"#,
            list(cluster)
        );
        add(Scheme::Samsung, &name, &samsung);
        let data = format!(r#"{{"dataList":[{}],"total":{rows},"hasMore":false}}"#, list(database));
        let digest = format!(r#"{{"success":true,"data":{data},"requestId":"r-1"}}"#);
        add(Scheme::Digest, &name, &digest);
    }
    let filled = |row: &str| vec![row; SIZE / (row.len() + 1)].join(",");
    add(Scheme::Token, "known", &format!(r#"{{"configurations":[{}]}}"#, filled(&configuration(7))));
    add(Scheme::Token, "hostile", &format!(r#"{{"configurations":[{}]}}"#, filled(r#"{"":0}"#)));
    let quoted = filled(r#"{\"\":0}"#);
    add(Scheme::Token, "text", &format!(r#"{{"configurations":"[{quoted}]"}}"#));
    let escapes = r"\ud83d\u0041\n".repeat(SIZE / 14);
    add(Scheme::Token, "escapes", &format!(r#"{{"configurations":[{{"name":"{escapes}"}}]}}"#));
    let deep = "[".repeat(100) + &"]".repeat(100);
    add(Scheme::Token, "deep", &format!(r#"{{"configurations":[],"x":[{}]}}"#, filled(&deep)));
    add(
        Scheme::Token,
        "codes",
        &format!(r#"{{"configurations":[],"errors":[{}]}}"#, filled(r#"{"code":"E"}"#)),
    );
    add(Scheme::Token, "unknown", &format!(r#"{{"configurations":[],"x":[{}]}}"#, filled(r#"{"":0}"#)));
    let errors = format!(
        r#"{{"message":"token","errors":[{}]}}"#,
        filled(r#"{"code":"dG9rZW4=","message":"&#116;oken"}"#)
    );
    let head = format!("HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n", errors.len());
    all.insert(format!("{}/error", Scheme::Token as usize), (head + &errors).into_bytes());
    all
}

fn cluster(number: usize) -> String {
    format!(
        r#"{{"account_id":"0fdd87aab8cb46f59b7c1f81ed03fb3e","created_at":"2024-05-17T00:23:17Z","created_by":"90dddfc2b1e04edba54ba2b41539a9ac","database_name":"orders","ha_enabled":true,"id":"{number:032x}","instance_count":2,"modified_at":"2024-05-17T00:23:17Z","modified_by":"90dddfc2b1e04edba54ba2b41539a9ac","name":"cluster{number}","role_type":"ACTIVE","service_state":"RUNNING"}}"#
    )
}

fn configuration(number: usize) -> String {
    format!(
        r#"{{"name":"parameter{number}","data_type":"integer","elem_type":"system","value_range":"1-100000","value":"{number}","description":"What the parameter does, in a sentence of usual length."}}"#
    )
}

fn database(number: usize) -> String {
    format!(
        r#"{{"tenantId":"t4qx8en589y8","databaseName":"db{number}","status":"ONLINE","encoding":"utf8mb4","collation":"utf8mb4_general_ci","dbType":"mysql","description":null,"gmtCreate":"2024-05-17T00:23:17Z","requiredSize":12.5,"users":[{{"userName":"app","role":"READWRITE"}}],"tables":[]}}"#
    )
}
