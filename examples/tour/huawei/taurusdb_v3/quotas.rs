//! Quotas of the project and of enterprise projects.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let set_quotas = QuotasRequest::new([SetQuota::new("0")]);
    let update_quotas = QuotasRequest::new([SetQuota::new("0")]);
    vec![
        step("ShowGaussMySqlProjectQuotas", client.show_project_quotas().send()),
        step("ShowGaussMySqlQuotas", client.show_quotas().limit(20).send()),
        step("SetGaussMySqlQuotas", client.set_quotas(set_quotas).send()),
        step("UpdateGaussMySqlQuotas", client.update_quotas(update_quotas).send()),
    ]
}
