//! Parameters of the database engine: what a group defines, and what holds in a cluster.

use super::product::{Client, models::*};
use super::{CLUSTER, Step, step};

/// A parameter group, as `list_parameter_groups` names it.
const GROUP: &str = "7d4e1f2a3b5c4d6e8f9012a3b4c5d6e7";
/// A parameter, as `list_parameter_values` names it.
const GENERAL_LOG: &str = "c1d2e3f4a5b64789a0b1c2d3e4f50617";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let groups = client.list_parameter_groups().sort("created_at:desc");
    let defaults = client.list_parameters(GROUP).sort("created_at:desc").size(20).page(0);
    // The new value, and the one that it replaces.
    let log_on = ParametersRequest::new([ParameterRequest::new(GENERAL_LOG, "off", "on")]);
    vec![
        step("ListParameterGroups", groups.send()),
        step("ListParameters", defaults.send()),
        step("ListParameterValues", client.list_parameter_values(CLUSTER).send()),
        step("SetParameterValues", client.set_parameter_values(CLUSTER, log_on).start()),
        step("SyncParameterValues", client.sync_parameter_values(CLUSTER).start()),
    ]
}
