//! Sessions of a node: listed, collected and stopped.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, REPLICA, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let delete_node_processes = DeleteNodeProcessesRequest::new([]);
    let execute_intelligent_kill_session = ExecuteIntelligentKillSessionRequest::new(REPLICA);
    let collect_realtime_session = CollectRealtimeSessionRequest::new()
        .command(SessionCommand::Query)
        .db("orders")
        .filter(SessionFilter::Active);
    let show_txn_progress = ShowTxnProgressRequest::new("rollback").limit(10).offset(0);
    vec![
        step("ListTaurusDbNodeProcesses", client.list_node_processes(INSTANCE, REPLICA).limit(20).send()),
        step(
            "ListIntelligentKillSessionHistory",
            client
                .list_intelligent_kill_session_history(
                    INSTANCE,
                    1_769_911_200_000,
                    1_769_911_200_000,
                    REPLICA,
                )
                .limit(20)
                .send(),
        ),
        step(
            "ShowIntelligentKillSessionStatistic",
            client.show_intelligent_kill_session_statistic(INSTANCE, REPLICA).send(),
        ),
        step("ShowLockWaitSession", client.show_lock_wait_session(INSTANCE, REPLICA, 1042).send()),
        step(
            "ShowRealtimeSessionTaskStatus",
            client
                .show_realtime_session_task_status(INSTANCE, REPLICA, "f506172839a4b5c6d7e8f90a1b2c3d4e")
                .send(),
        ),
        step(
            "DownloadRealtimeSession",
            client.download_realtime_session(INSTANCE, REPLICA, "f506172839a4b5c6d7e8f90a1b2c3d4e").send(),
        ),
        step(
            "ExecuteIntelligentKillSession",
            client.execute_intelligent_kill_session(INSTANCE, execute_intelligent_kill_session).send(),
        ),
        step(
            "CollectRealtimeSession",
            client.collect_realtime_session(INSTANCE, REPLICA, collect_realtime_session).send(),
        ),
        step(
            "ShowTaurusDbTxnProgress",
            client.show_txn_progress(INSTANCE, REPLICA, show_txn_progress).send(),
        ),
        step(
            "DeleteTaurusDbNodeProcesses",
            client.delete_node_processes(INSTANCE, REPLICA, delete_node_processes).send(),
        ),
    ]
}
