//! Waiting until an instance has the state that a call asked for.
//!
//! Problem: starting and stopping are answered before they are done, and no job tells of them; only the list of
//! instances shows what the servers of an instance do.
//! Default: looked at as [`Wait`] says, until every server has the state and nothing is being done to it. A server
//! that is broken, frozen or being deleted ends the wait with an error.

use super::Client;
use super::models::{Cluster, ResponseServer};
use crate::error::{Error, Kind};
use crate::waiting::{Poll, Status, StatusStream, Wait};

/// A state in which an instance stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InstanceState {
    /// `ACTIVE`: it runs.
    Active,
    /// `SHUTOFF`: it is stopped.
    ShutOff,
}

impl InstanceState {
    /// The vendor's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::ShutOff => "SHUTOFF",
        }
    }
}

/// The task of a server to which nothing is done.
const AT_REST: &str = "NO_TASK";

/// States from which no server comes back by itself.
const DEAD_ENDS: [&str; 4] = ["ERROR", "FROZEN", "DELETING", "DELETED"];

impl Client {
    /// Waits until all servers of an instance have a state, and nothing is being done to them.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::huawei::dbss_v2::Client) -> Result<(), dbplane::Error> {
    /// use dbplane::{Wait, huawei::dbss_v2::InstanceState};
    /// let id = "a8c37c9be61ffd4ee8aacab7bae74e91";
    /// client.stop_db_om_instance(id).send().await?;
    /// client.wait_until(id, InstanceState::ShutOff, &Wait::default()).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// After a reboot the state is the one from before, so all that can be waited for is that the instance runs
    /// and rests: a reboot that has not begun at the first look, after 10 seconds by default, is taken for done.
    ///
    /// The vendor lists these words for the audit product, and shows them in the one known answer of this one.
    /// Should an instance use others, the wait ends at its timeout, and the error tells the word seen last.
    ///
    /// # Errors
    /// There is no such instance ([`Error::is_no_match`]); a server is in a state without return
    /// ([`Error::is_operation_failed`]); time ran out, or the list could not be fetched.
    pub async fn wait_until(
        &self,
        instance_id: impl Into<String>,
        state: InstanceState,
        wait: &Wait,
    ) -> Result<Cluster, Error> {
        let runtime = self.core.runtime().clone();
        let watch = Watch { client: self.clone(), instance_id: instance_id.into(), state };
        StatusStream::new(wait.clone(), runtime, watch).done().await
    }
}

struct Watch {
    client: Client,
    instance_id: String,
    state: InstanceState,
}

impl Poll<Cluster> for Watch {
    async fn poll(&mut self) -> Result<Status<Cluster>, Error> {
        let list = self.client.list_db_om_instances().send().await?.into_inner();
        let mut instances = list.clusters.into_iter().flatten();
        let found = instances.find(|c| c.instance_id.as_deref() == Some(self.instance_id.as_str()));
        let Some(instance) = found else {
            let message = format!("there is no instance of the id {}", self.instance_id.escape_debug());
            return Err(Error::new(Kind::NoMatch, message));
        };
        judge(instance, self.state)
    }
}

/// What the servers of an instance mean for the one who waits.
fn judge(instance: Cluster, state: InstanceState) -> Result<Status<Cluster>, Error> {
    let servers = instance.detail.iter().flat_map(|detail| detail.server.iter().flatten());
    let mut words: Vec<_> = servers.map(word).collect();
    if let Some(dead) = words.iter().find(|word| DEAD_ENDS.contains(word)) {
        return Err(Error::new(Kind::Failed, format!("a server of the instance is in the state {dead}")));
    }
    let there = !words.is_empty();
    words.retain(|word| *word != state.as_str());
    match words.first() {
        None if there => Ok(Status::Done(instance)),
        word => Ok(Status::InProgress { state: word.copied().unwrap_or("unknown").to_owned() }),
    }
}

/// What is done to a server, or else its state.
fn word(server: &ResponseServer) -> &str {
    let state = server.status.as_deref().unwrap_or("unknown");
    match server.task_status.as_deref() {
        None | Some(AT_REST) => state,
        Some(_) if DEAD_ENDS.contains(&state) => state,
        Some(task) => task,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn seen(servers: &serde_json::Value, state: InstanceState) -> String {
        let instance = serde_json::from_value(json!({"detail": {"server": servers}})).unwrap();
        match judge(instance, state) {
            Ok(Status::InProgress { state }) => state,
            Ok(_) => "done".to_owned(),
            Err(e) => format!("{} {e}", e.is_operation_failed()),
        }
    }

    #[test]
    fn all_servers_count_and_a_task_before_a_state() {
        let rows = [
            (json!([["ACTIVE", "NO_TASK"], ["ACTIVE", null]]), "done"),
            (json!([["ACTIVE", "NO_TASK"], ["SHUTOFF", "NO_TASK"]]), "SHUTOFF"),
            (json!([["ACTIVE", "rebooting"], ["ACTIVE", "NO_TASK"]]), "rebooting"),
            (json!([["SHUTOFF", "powering-on"]]), "powering-on"),
            (json!([["HAWAIT", "NO_TASK"]]), "HAWAIT"),
            (json!([[null, null]]), "unknown"),
            (json!([]), "unknown"),
            (json!(null), "unknown"),
            (
                json!([["ACTIVE", "NO_TASK"], ["ERROR", "x"]]),
                "true a server of the instance is in the state ERROR",
            ),
            (json!([["FROZEN", "NO_TASK"]]), "true a server of the instance is in the state FROZEN"),
        ];
        for (pairs, expected) in rows {
            let server = |pair: &serde_json::Value| json!({"status": pair[0], "task_status": pair[1]});
            let servers = pairs.as_array().map(|pairs| pairs.iter().map(server).collect::<Vec<_>>());
            assert_eq!(seen(&json!(servers), InstanceState::Active), expected, "{pairs}");
        }
        assert_eq!(seen(&json!([{"status": "SHUTOFF"}]), InstanceState::ShutOff), "done");
    }
}
