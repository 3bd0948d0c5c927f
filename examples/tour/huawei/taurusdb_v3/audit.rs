//! The audit log of all statements.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let set_audit_log_policy =
        SetAuditLogPolicyRequest::new(7).audit_types(["CREATE_USER"]).reserve_audit_logs(true);
    let update_audit_log = SwitchStatusRequest::new(OnOff::On);
    let show_audit_log_download_link = ShowAuditLogDownloadLinkRequest::new(["1021"]);
    vec![
        step("ShowAuditLog", client.show_audit_log(INSTANCE).send()),
        step(
            "ListAuditLogDownloadLink",
            client
                .list_audit_log_download_link(
                    INSTANCE,
                    "2026-02-01T10:00:00+0800",
                    "2026-02-01T10:00:00+0800",
                )
                .limit(20)
                .send(),
        ),
        step("ShowAuditLogPolicy", client.show_audit_log_policy(INSTANCE).send()),
        step(
            "ListAuditLogs",
            client
                .list_audit_logs(INSTANCE, "2026-02-01T10:00:00+0800", "2026-02-01T10:00:00+0800", 0, 20)
                .send(),
        ),
        step("SetAuditLogPolicy", client.set_audit_log_policy(INSTANCE, set_audit_log_policy).start()),
        step("UpdateAuditLog", client.update_audit_log(INSTANCE, update_audit_log).send()),
        step(
            "ShowAuditLogDownloadLink",
            client.show_audit_log_download_link(INSTANCE, show_audit_log_download_link).send(),
        ),
    ]
}
