//! Backups and the archive of logs.
//!
//! A cluster with a backup option is backed up every day at the hour of its option, in UTC, while it runs. A backup is
//! kept for as many days as the option says; unsetting the option ends the schedule and keeps existing backups.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::backup::SamsungBackup;
use super::cluster::{Cluster, ClusterChange, ORIGIN};
use super::states::RUNNING;
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const OPTION: &str = "/init_config_option/backup_option";
/// The maximum number of backups of a cluster. A schedule keeps at most 35.
const MOST: usize = 1_000;

impl Cluster {
    /// Creates the backups that are due, and removes expired ones.
    pub(super) fn back_up(&mut self, now: i64) {
        if now <= self.backed_up {
            return;
        }
        let since = std::mem::replace(&mut self.backed_up, now);
        let Some(option) = self.detail.given(OPTION) else { return };
        let number = |field: &str| option.text(field).parse().ok();
        let kept: i64 = number("/retention_period_day").unwrap_or(7) * DAY;
        let hour: i64 = number("/starting_time_hour").unwrap_or(0) * HOUR;
        if self.state() == RUNNING {
            let first = since.max(now.saturating_sub(kept));
            let mut due = first.div_euclid(DAY) * DAY + hour;
            while due <= now {
                if due > first {
                    self.add_backup(due);
                }
                due = due.saturating_add(DAY);
            }
        }
        self.backups.retain(|backup| now.saturating_sub(backup.made) < kept);
    }

    /// Adds a backup. Its number contains the minute, so a second one in the same minute gets the next minute.
    pub(super) fn add_backup(&mut self, made: i64) {
        let newest = self.backups.iter().map(|backup| backup.made).max();
        let free = newest.map_or(made, |newest| (newest.div_euclid(MINUTE) + 1) * MINUTE);
        self.backups.push(SamsungBackup::new(made.max(free), self.version()));
        if self.backups.len() > MOST {
            self.backups.remove(0);
        }
    }

    fn has_backup(&self, number: &str) -> bool {
        self.backups.iter().any(|backup| backup.number() == number)
    }

    /// Whether a restore to a number or a point in time is possible.
    ///
    /// # Errors The reason why not.
    pub(super) fn check_recovery(&self, number: &str, moment: Option<i64>, now: i64) -> Result<(), Refusal> {
        let Some(moment) = moment else {
            let known = self.has_backup(number);
            return known
                .then_some(())
                .ok_or_else(|| Refusal::invalid(format!("there is no backup {number}")));
        };
        if !self.archive.flag("/archive_enabled") {
            return Err(Refusal::invalid("backup_recovery_time: the cluster keeps no archive of its logs"));
        }
        let oldest = self.backups.iter().map(|backup| backup.made).min();
        if oldest.is_none_or(|oldest| moment < oldest) || moment > now {
            return Err(Refusal::invalid("backup_recovery_time: not between the oldest backup and now"));
        }
        Ok(())
    }
}

/// Creates one backup in addition to those of the schedule.
pub(super) fn now(_: &Samsung, call: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    let begun = call.now;
    Ok(Box::new(move |cluster, _| cluster.add_backup(begun)))
}

pub(super) fn set(_: &Samsung, call: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    let option = call.body().clone();
    Ok(Box::new(move |cluster, _| cluster.detail.put(OPTION, option)))
}

pub(super) fn unset(world: &Samsung, call: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    world.offer.refuse_from_outside(call)?;
    Ok(Box::new(|cluster, _| cluster.detail.put(OPTION, Json::Null)))
}

pub(super) fn remove(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    world.offer.refuse_from_outside(call)?;
    let numbers = texts(call.body().items("/backup_history_number"));
    if let Some(unknown) = numbers.iter().find(|number| !cluster.has_backup(number)) {
        return Err(Refusal::invalid(format!("backup_history_number: there is no backup {unknown}")));
    }
    let numbers: Vec<String> = numbers.into_iter().map(str::to_owned).collect();
    Ok(Box::new(move |cluster, _| {
        cluster.backups.retain(|backup| !numbers.iter().any(|number| number == backup.number()));
    }))
}

/// Only clusters that are not replicas have settings of the archive.
fn check_origin(cluster: &Cluster) -> Result<(), Refusal> {
    if cluster.role() == ORIGIN {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "the cluster {} is no origin; its role is {}",
        cluster.name(),
        cluster.role()
    )))
}

pub(super) fn archive(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_origin(cluster)?;
    let enabled = call.body().flag("/archive_enabled");
    let days = call.body().given("/retention_period_day").or(cluster.archive.given("/retention_period_day"));
    let archive = json!({"archive_enabled": enabled, "retention_period_day": days});
    Ok(Box::new(move |cluster, _| cluster.archive = archive))
}

/// The logs of the archive are not simulated; deleting them keeps the backups.
pub(super) fn delete_archive(
    _: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_origin(cluster)?;
    Ok(Box::new(|_, _| {}))
}

pub(super) fn synchronize(
    _: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_origin(cluster)?;
    Ok(Box::new(|_, _| {}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cluster(state: &str) -> Cluster {
        let option = json!({"retention_period_day": "7", "starting_time_hour": "2"});
        let detail = json!({"service_state": state, "software_version": "1",
            "init_config_option": {"backup_option": option}});
        Cluster::new(detail, Vec::new(), 0)
    }

    #[test]
    fn a_backup_a_day_and_none_that_is_too_old() {
        let mut cluster = cluster(RUNNING);
        cluster.back_up(2 * HOUR - 1);
        assert!(cluster.backups.is_empty());
        cluster.back_up(2 * HOUR);
        cluster.back_up(2 * HOUR);
        assert_eq!(cluster.backups.len(), 1);
        assert_eq!(cluster.backups[0].number(), "197001010200");
        assert_eq!(cluster.backups[0].row.text("/backup_end_at"), "1970-01-01 02:10:00 UTC+0");
        cluster.back_up(5 * DAY);
        assert_eq!(cluster.backups.len(), 5);
        cluster.back_up(4_000 * DAY);
        let made: Vec<i64> = cluster.backups.iter().map(|backup| backup.made).collect();
        assert_eq!((made.len(), made[6]), (7, 3_999 * DAY + 2 * HOUR), "{made:?}");
    }

    #[test]
    fn one_leap_or_many_steps_make_the_same_backups() {
        for step in [1, 5, 24, 49, 170] {
            let (mut stepped, mut leapt) = (cluster(RUNNING), cluster(RUNNING));
            for hour in (0..=1_000).step_by(step) {
                stepped.back_up(hour as i64 * HOUR);
            }
            stepped.back_up(1_000 * HOUR);
            leapt.back_up(1_000 * HOUR);
            let made = |c: &Cluster| c.backups.iter().map(|b| b.made).collect::<Vec<_>>();
            assert_eq!(made(&stepped), made(&leapt), "{step}");
        }
    }

    #[test]
    fn a_cluster_that_does_not_run_is_not_backed_up() {
        let mut stopped = cluster("STOPPED");
        stopped.back_up(3 * DAY);
        assert!(stopped.backups.is_empty());
        stopped.show(RUNNING, 3 * DAY);
        stopped.back_up(4 * DAY);
        assert_eq!(stopped.backups.len(), 1, "only from now on");
    }

    #[test]
    fn no_number_is_given_twice_and_memory_is_bounded() {
        let mut cluster = cluster(RUNNING);
        for _ in 0..MOST + 5 {
            cluster.add_backup(0);
        }
        let numbers: std::collections::BTreeSet<&str> =
            cluster.backups.iter().map(SamsungBackup::number).collect();
        assert_eq!((numbers.len(), numbers.first()), (MOST, Some(&"197001010005")));
    }

    #[test]
    fn a_moment_needs_an_archive_and_a_backup_before_it() {
        let mut cluster = cluster(RUNNING);
        cluster.back_up(DAY);
        assert!(cluster.check_recovery("", Some(3 * HOUR), DAY).is_ok());
        assert!(cluster.check_recovery("", Some(HOUR), DAY).is_err());
        assert!(cluster.check_recovery("", Some(DAY + 1), DAY).is_err());
        assert!(cluster.check_recovery("197001010200", None, DAY).is_ok());
        assert!(cluster.check_recovery("197001010300", None, DAY).is_err());
        cluster.archive.put("/archive_enabled", false);
        assert!(cluster.check_recovery("", Some(3 * HOUR), DAY).is_err());
    }
}
