//! The task center: jobs that began at once, and jobs that wait for their time.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

/// A job that is done.
const JOB: &str = "a03b1b8a-b756-467c-8a49-38720c3d23ec";
/// A job that waits for its time.
const SCHEDULED: &str = "c7d5a9f2-2c1b-4d3e-9f8a-7b6c5d4e3f2a";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let done = client.list_immediate_jobs().status(JobStatus::Completed).limit(20);
    let scheduled = client.list_schedule_jobs().instance_id(INSTANCE).limit(10);
    let cancel = client.cancel_schedule_task(CancelScheduleTaskRequest::new([SCHEDULED]));
    let delete = client.delete_schedule_task(INSTANCE, DeleteScheduleTaskRequest::new(SCHEDULED));
    vec![
        step("ShowGaussMySqlJobInfo", client.show_job_info(JOB).send()),
        step("ListImmediateJobs", done.send()),
        step("ShowTaskDetails", client.show_task_details(INSTANCE, JOB, "OpenGaussDBforMySQLProxy").send()),
        step("DeleteTaskRecord", client.delete_task_record(JOB).send()),
        step("ListScheduleJobs", scheduled.send()),
        step("CancelScheduleTask", cancel.send()),
        step("DeleteScheduleTasK", delete.send()),
    ]
}
