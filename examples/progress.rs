//! A progress bar for each of three jobs at once: `cargo run --example progress`.
//!
//! TaurusDB tells how much of a job is done, in percent; the other services only name the state. The jobs run in a fake
//! cloud inside this program, so no account is needed. Bars are drawn on a terminal only.

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::time::Duration;

use dbplane::huawei::{self, taurusdb_v3 as taurusdb};
use dbplane::oceanbase::{self, cloud_v2 as ob};
use dbplane::samsung::{self, mariadb_1_0 as mariadb};
use dbplane::{Accepted, Outcome, Status, Wait};
use dbplane_fake_cloud::{FakeCloud, ServiceHandle};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cloud = FakeCloud::builder().pace(Duration::from_millis(700)).start().await?;

    let (client, place) = taurusdb(&cloud)?;
    let proxy = client.restart_proxy_instance(first(place, "instance_id")?, first(place, "proxy_id")?);
    let (client, place) = mariadb(&cloud)?;
    let cluster = client.restart_cluster(first(place, "cluster_id")?);
    let (client, place) = oceanbase(&cloud)?;
    let tenant = ob::models::CreateTenantRequest::new("ledger");
    let tenant = client.create_tenant(first(place, "instanceId")?, tenant);

    let bars = MultiProgress::new();
    let (proxy, cluster, tenant) = tokio::try_join!(proxy.start(), cluster.start(), tenant.start())?;
    let (proxy, cluster, tenant) = tokio::try_join!(
        follow(bars.add(bar("TaurusDB proxy")?), proxy),
        follow(bars.add(bar("MariaDB cluster")?), cluster),
        follow(bars.add(bar("OceanBase tenant")?), tenant),
    )?;
    println!("restarted the proxy {:?}", proxy.name.as_deref().unwrap_or_default());
    println!("restarted the cluster {:?}, which is {}", cluster.name, cluster.service_state);
    println!("made the tenant {:?}", tenant.resource_id().unwrap_or_default());
    Ok(())
}

/// Shows the states of accepted work until it is done.
async fn follow<R: Send + 'static>(
    bar: ProgressBar,
    accepted: Accepted<R>,
) -> Result<Outcome<R>, Box<dyn Error>> {
    // A program leaves the pauses as they are: this cloud is faster than a real one.
    let wait = Wait::default().pauses(Duration::from_millis(100), Duration::from_millis(100));
    let mut states = accepted.states(&wait);
    while let Some(status) = states.try_next().await? {
        match status {
            Status::InProgress { state, percent, since, .. } => {
                bar.set_message(format!("{state} since {since}"));
                percent.map_or_else(|| bar.tick(), |percent| bar.set_position(percent.into()));
            }
            Status::Done(outcome) => {
                bar.set_position(100);
                bar.finish_with_message("done");
                return Ok(outcome);
            }
            _ => {}
        }
    }
    Err("the states end without an outcome".into())
}

fn bar(name: &'static str) -> Result<ProgressBar, Box<dyn Error>> {
    let style = ProgressStyle::with_template("{prefix:16} {spinner} {bar:30} {pos:>3} % {elapsed} {msg}")?;
    Ok(ProgressBar::new(100).with_style(style).with_prefix(name))
}

/// The id of something that exists in the cloud.
fn first(place: &ServiceHandle, name: &str) -> Result<String, String> {
    let ids = place.inventory().remove(name).unwrap_or_default();
    ids.into_iter().next().ok_or_else(|| format!("the cloud has no {name}"))
}

fn taurusdb(cloud: &FakeCloud) -> Result<(taurusdb::Client, &ServiceHandle), Box<dyn Error>> {
    let place = cloud.service("huawei-taurusdb-v3").ok_or("not served")?;
    let keys = place.credentials();
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = taurusdb::Client::builder().base_url(place.base_url()).credentials(credentials);
    let project = keys.project_id.as_deref().unwrap_or_default();
    Ok((builder.project_id(project).build()?, place))
}

fn mariadb(cloud: &FakeCloud) -> Result<(mariadb::Client, &ServiceHandle), Box<dyn Error>> {
    let place = cloud.service("samsung-mariadb-1.0").ok_or("not served")?;
    let keys = place.credentials();
    let credentials = samsung::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = mariadb::Client::builder().base_url(place.base_url()).credentials(credentials);
    Ok((builder.build()?, place))
}

fn oceanbase(cloud: &FakeCloud) -> Result<(ob::Client, &ServiceHandle), Box<dyn Error>> {
    let place = cloud.service("oceanbase-cloud-v2").ok_or("not served")?;
    let keys = place.credentials();
    let credentials = oceanbase::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = ob::Client::builder().base_url(place.base_url()).credentials(credentials);
    let project = keys.project_id.as_deref().unwrap_or_default();
    Ok((builder.project_id(project).build()?, place))
}
