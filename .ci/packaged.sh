#!/usr/bin/env bash
# Packs all crates, unpacks what is published into an empty folder, and uses it there as somebody does who has no clone:
# a program that calls the fake cloud, the fake cloud as an installed program, and a build that generates the clients.
#
# Nothing is taken from a registry but what cargo has there already, or may fetch; the crates of this project are given
# by `[patch.crates-io]`.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo package --workspace --no-verify --quiet ${CARGO_PACKAGE_FLAGS:-}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
target=$(pwd)/${CARGO_TARGET_DIR:-target}
case ${CARGO_TARGET_DIR:-} in /*) target=$CARGO_TARGET_DIR ;; esac
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

crates=(dbplane dbplane-codegen dbplane-fake-cloud)
for crate in "${crates[@]}"; do
  archive=$target/package/$crate-$version.crate
  tar -xmzf "$archive" -C "$room" # with the time of now: the archive has one time for all, by which cargo sees no change
  listed=$(tar -tzf "$archive")
  for licence in LICENSE-MIT LICENSE-APACHE; do
    grep -q "/$licence\$" <<<"$listed" || { echo "FAILED: $crate has no $licence"; exit 1; }
  done
  if grep -E '^[^/]+/(tests|benches|examples|xtask|fuzz|\.ci|\.cargo|\.github)/' <<<"$listed"; then
    echo "FAILED: $crate has files that its users do not need"
    exit 1
  fi
done
cp Cargo.lock "$room" # the same versions of all other crates

mkdir -p "$room/program/src"
cat >"$room/Cargo.toml" <<TOML
[workspace]
members = ["program"]
exclude = [$(printf '"%s", ' "${crates[@]/%/-$version}")]
resolver = "3"

[patch.crates-io]
$(for crate in "${crates[@]}"; do echo "$crate = { path = \"$crate-$version\" }"; done)
TOML
cat >"$room/program/Cargo.toml" <<TOML
[package]
name = "program"
version = "0.0.0"
edition = "2024"

[features]
regenerate = ["dbplane/regenerate"]

[dependencies]
dbplane = { version = "$version", features = ["samsung-mariadb-1.0"] }
dbplane-fake-cloud = "$version"
tokio = { version = "1", features = ["macros", "rt"] }
TOML
cat >"$room/program/src/main.rs" <<'RUST'
use std::time::Duration;

use dbplane::Wait;
use dbplane::samsung::{Credentials, mariadb_1_0::Client};
use dbplane_fake_cloud::FakeCloud;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await?;
    let service = cloud.service("samsung-mariadb-1.0").ok_or("the service is not served")?;
    let keys = service.credentials();
    let client = Client::builder()
        .base_url(service.base_url())
        .credentials(Credentials::access_key(&keys.access_key, keys.secret_key.as_str()))
        .build()?;
    let wait = Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1));
    let cluster = client.stop_cluster(&service.inventory()["cluster_id"][0]).send_and_wait(&wait).await?;
    println!("{} is {}", cluster.name, cluster.service_state);
    Ok(())
}
RUST

export CARGO_TARGET_DIR=$target/packaged
cd "$room"
printed=$(cargo run --quiet --package program)
[ "$printed" = "mycluster is STOPPED" ] || { echo "FAILED: the program printed: $printed"; exit 1; }
echo "ok: a program of the packaged crates: $printed"
cargo build --quiet --package program --features regenerate
echo "ok: --features regenerate builds from the packaged specs"
cargo build --quiet --package dbplane-fake-cloud --bin dbplane-fake-cloud
"$CARGO_TARGET_DIR/debug/dbplane-fake-cloud" --version
echo "ok: the fake cloud is built from its package"
