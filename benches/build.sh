#!/usr/bin/env bash
# What the library costs to build: its own crate for each feature, a program with one service beside the same program by
# hand, and the size of both programs. Builds in a temporary folder, one job after the other; takes about ten minutes.
# Arguments: `crate`, `cold` or `size` for one table alone.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$(pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$room/target" CARGO_TERM_QUIET=true
TIMEFORMAT='%R %U %S'

# Seconds of real time, and of all processors, that a command takes.
seconds() {
  { time "$@" >/dev/null 2>"$room/log"; } 2>"$room/time" || { cat "$room/log" >&2; exit 1; }
  awk '{ printf "%.1f %.1f", $1, $2 + $3 }' "$room/time"
}

own_crate() {
  echo 'own crate, dev profile: seconds, CPU seconds, operations, CPU milliseconds per operation beside none'
  local base=0 feature
  for feature in '' $(sed -n 's/^"\([a-z].*[0-9].*\)" = \[.*/\1/p' Cargo.toml) all-services; do
    local build=(cargo build --package dbplane --lib --no-default-features --features "rustls${feature:+,$feature}")
    "${build[@]}"
    touch src/lib.rs
    read -r real cpu <<<"$(seconds "${build[@]}")"
    [ -n "$feature" ] || base=$cpu
    local operations
    operations=$(operations_of "$feature")
    printf '%-40s %6s %6s %5s %6s\n' "${feature:-none}" "$real" "$cpu" "$operations" \
      "$(awk "BEGIN { if ($operations) printf \"%.1f\", 1000 * ($cpu - $base) / $operations }")"
  done
}

# As the tables of the README have it; `all-services` is all rows of the first, and a part of a service has the
# operations of the first part as well.
operations_of() {
  awk -F'|' -v feature="$1" '
    /^\|.*`dbplane::/ { if (feature == "all-services" || index($4, "`" feature "`") && feature) n += $5 }
    /^\| feature / { first = "" }
    /^\| `/ && NF == 5 { if (!first) { first = $2; count = $4 }
      if (index($2, "`" feature "`") && feature) n += $4 + ($2 == first ? 0 : count) }
    END { print n + 0 }' README.md
}

programs() {
  mkdir -p "$room/by-hand/src" "$room/library/src"
  for name in by-hand library; do
    cat >"$room/$name/Cargo.toml" <<TOML
[package]
name = "$name"
version = "0.0.0"
edition = "2024"
[profile.release]
strip = true
[workspace]
[dependencies]
tokio = { version = "1", features = ["macros", "rt"] }
TOML
    cp Cargo.lock "$room/$name"
  done
  cat >>"$room/by-hand/Cargo.toml" <<'TOML'
base64 = "0.23"
hmac = "0.13"
reqwest = { version = "0.13", default-features = false, features = ["json", "rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde = { version = "1", features = ["derive"] }
sha2 = "0.11"
TOML
  echo "dbplane = { path = \"$root\", features = [\"samsung-mariadb-1.3\"] }" >>"$room/library/Cargo.toml"
  cat >"$room/by-hand/src/main.rs" <<'RUST'
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};

#[derive(serde::Deserialize)]
struct Clusters {
    contents: Vec<Cluster>,
}
#[derive(serde::Deserialize)]
struct Cluster {
    name: String,
    service_state: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "installed twice")?;
    let (host, key, secret) = (std::env::var("HOST")?, std::env::var("KEY")?, std::env::var("SECRET")?);
    let url = format!("{host}/v1/clusters");
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis().to_string();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes())?;
    mac.update(format!("GET{url}{time}{key}OpenApi").as_bytes());
    let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    let request = reqwest::Client::new().get(&url).header("Scp-Accesskey", key).header("Scp-Signature", signature);
    let request = request.header("Scp-Timestamp", time).header("Scp-ClientType", "OpenApi");
    for cluster in request.send().await?.error_for_status()?.json::<Clusters>().await?.contents {
        println!("{} is {}", cluster.name, cluster.service_state);
    }
    Ok(())
}
RUST
  cat >"$room/library/src/main.rs" <<'RUST'
use dbplane::samsung::{Credentials, mariadb_1_3::Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(std::env::var("HOST")?).credentials(Credentials::from_env()?).build()?;
    let mut clusters = client.list_clusters().items();
    while let Some(cluster) = clusters.try_next().await? {
        println!("{} is {}", cluster.name, cluster.service_state);
    }
    Ok(())
}
RUST
  for name in by-hand library; do cargo fetch --manifest-path "$room/$name/Cargo.toml"; done
}

# CPU seconds of a build of everything, crates of others included.
cold() {
  echo 'program with one service, cold, dev profile: seconds, CPU seconds'
  local floor=0
  for name in by-hand library; do
    read -r real cpu <<<"$(CARGO_TARGET_DIR="$room/cold-$name" seconds cargo build --manifest-path "$room/$name/Cargo.toml")"
    rm -rf "$room/cold-$name"
    [ $name = library ] || floor=$cpu
    printf '%-24s %6s %6s %6s\n' "$name" "$real" "$cpu" "$(awk "BEGIN { printf \"%.2f\", $cpu / $floor }")"
  done
}

size() {
  echo 'program with one service, release profile, stripped: bytes, beside by hand'
  local floor=0 bytes
  for name in by-hand library; do
    cargo build --release --manifest-path "$room/$name/Cargo.toml"
    bytes=$(stat -c %s "$CARGO_TARGET_DIR/release/$name")
    [ $name = library ] || floor=$bytes
    printf '%-24s %9s %+9d\n' "$name" "$bytes" $((bytes - floor))
  done
}

[ $# -gt 0 ] || set -- crate cold size
for table in "$@"; do
  case $table in
  crate) own_crate ;;
  cold) programs; cold ;;
  size) programs; size ;;
  *) echo "no table \`$table\`; there are: crate, cold, size" >&2; exit 2 ;;
  esac
done
