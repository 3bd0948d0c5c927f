//! Maintenance events, and tasks that are scheduled.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let set_instance_schedule_events = SetInstanceScheduleEventsRequest::new(
        [EventInstances::new("1a2b3c4d5e6f708192a3b4c5d6e7f809ev07")],
        OperationType::Reservation,
    )
    .event_schedule_window(EventScheduleWindow::new("2026-02-10"));
    let check_schedule_task_exist = CheckScheduleTaskExistRequest::new(ScheduleType::ResizeFlavor)
        .proxy_id("2c3d4e5f60718293a4b5c6d7e8f90a1bpo01");
    vec![
        step("ShowInstanceScheduleEvents", client.show_instance_schedule_events().limit(20).send()),
        step(
            "SetInstanceScheduleEvents",
            client.set_instance_schedule_events(set_instance_schedule_events).send(),
        ),
        step(
            "CheckScheduleTaskExist",
            client.check_schedule_task_exist(INSTANCE, check_schedule_task_exist).send(),
        ),
    ]
}
