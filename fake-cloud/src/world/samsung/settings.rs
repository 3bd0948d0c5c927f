//! Settings of a cluster: audit log, maintenance window, addresses that can connect.

use serde_json::{Value as Json, json};

use super::cluster::{Cluster, ClusterChange};
use super::{Samsung, address};
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;

pub(super) fn audit(_: &Samsung, call: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    let wanted = call.body().flag("/use_audit_log");
    Ok(Box::new(move |cluster, _| cluster.detail.put("/init_config_option/audit_enabled", wanted)))
}

/// The window has three formats; ShowCluster has that of CreateCluster.
pub(super) fn maintain(_: &Samsung, call: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    let body = call.body();
    let part = |field: &str, below: u32| {
        let text = body.text(&format!("/{field}"));
        let digits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number: &u32| digits && *number < below);
        number
            .ok_or_else(|| Refusal::invalid(format!("{field}: `{text}` is not between 0 and {}", below - 1)))
    };
    let (hour, minute) = (part("start_time", 24)?, part("start_minute", 60)?);
    let window = json!({
        "period_hour": body.text("/term_hour"),
        "starting_day_of_week": body.text("/start_day_of_week"),
        "starting_time": format!("{hour:02}{minute:02}"),
        "use_maintenance_option": true,
    });
    Ok(Box::new(move |cluster, _| cluster.detail.put("/maintenance_option", window)))
}

pub(super) fn leave_alone(_: &Samsung, _: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    Ok(Box::new(|cluster, _| cluster.detail.put("/maintenance_option", window(None))))
}

/// The window of a new cluster, as ShowCluster returns it.
pub(super) fn window(asked: Option<&Json>) -> Json {
    let part = |field: &str| asked.and_then(|option| option.get(field)).cloned().unwrap_or_default();
    json!({
        "period_hour": part("period_hour"),
        "starting_day_of_week": part("starting_day_of_week"),
        "starting_time": part("starting_time"),
        "use_maintenance_option": asked.is_some(),
    })
}

/// Both lists are changes of the present list; redundant changes have no effect.
pub(super) fn open(_: &Samsung, call: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    let list = |field: &str| -> Result<Vec<String>, Refusal> {
        let asked = texts(call.body().items(field));
        address::check_sources(&asked)?;
        Ok(asked.into_iter().map(str::to_owned).collect())
    };
    let (added, removed) = (list("/add_ip_addresses")?, list("/del_ip_addresses")?);
    Ok(Box::new(move |cluster, _| {
        let mut sources = texts(cluster.detail.items("/allowable_ip_addresses"));
        sources.retain(|source| !removed.iter().any(|gone| gone == source));
        for source in &added {
            if !sources.contains(&source.as_str()) {
                sources.push(source);
            }
        }
        let sources = json!(sources);
        cluster.detail.put("/allowable_ip_addresses", sources);
    }))
}
