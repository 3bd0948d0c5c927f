//! Diagnosis of instances by metrics.

use dbplane::huawei::taurusdb_v3::Client;

use super::{Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    vec![
        step(
            "ShowIntelligentDiagnosisAbnormalCountOfInstances",
            client.show_intelligent_diagnosis_abnormal_count_of_instances().send(),
        ),
        step(
            "ShowIntelligentDiagnosisInstanceInfosPerMetric",
            client.show_intelligent_diagnosis_instance_infos_per_metric("high_pressure", 0, 20).send(),
        ),
    ]
}
