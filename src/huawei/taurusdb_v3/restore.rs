//! Point-in-time restore to a new instance.
//!
//! Problem: a point-in-time restore is an order for an instance, and one for a time that no backup covers is refused
//! late. Default: the time ranges of that day are queried, and the point in time must be within one. Override: the
//! operation itself, `create_instance` with a restore point, which only the service checks.

use super::models::{CreateInstanceRequest, RestorePointRequest, RestorePointType, RestoreTime};
use super::{Client, operations};
use crate::error::Error;
use crate::timestamp::Timestamp;
use crate::violation::Violation;

impl Client {
    /// Prepares a restore of an instance to a point in time, as a new instance.
    ///
    /// It queries the time ranges to which the instance can be restored, and refuses a point in time outside of them.
    /// `request` describes the new instance. Nothing is ordered until the returned operation is sent.
    ///
    /// ```no_run
    /// # use dbplane::huawei::taurusdb_v3::{Client, models::CreateInstanceRequest};
    /// # async fn example(client: Client, order: CreateInstanceRequest) -> Result<(), dbplane::Error> {
    /// let origin = client.find_instance("orders").await?;
    /// let restore = client.restore_to(&origin.id, "2026-01-15T08:30:00Z", order).await?;
    /// let instance = restore.send_and_wait(&dbplane::Wait::default()).await?;
    /// println!("{} is restored", instance.id);
    /// # Ok(()) }
    /// ```
    ///
    /// Needs the feature `huawei-taurusdb-v3-backups`.
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_invalid_request`] if the instance can't be restored to this point in time, if it is not a valid
    /// time, or if the request already has a restore point; any other error if the time ranges can't be queried.
    pub fn restore_to(
        &self,
        instance_id: impl Into<String>,
        moment: impl Into<Timestamp>,
        request: CreateInstanceRequest,
    ) -> impl Future<Output = Result<operations::CreateInstance, Error>> + Send + 'static {
        let (client, instance, moment) = (self.clone(), instance_id.into(), moment.into());
        async move {
            let millis = valid(&moment, request.restore_point.is_some())?;
            let ranges = client.show_backup_restore_time(instance.as_str()).date(day(millis)).send().await?;
            covered(&moment, millis, &ranges.restore_times)?;
            let point = RestorePointRequest::new(instance).type_(RestorePointType::Timestamp);
            Ok(client.create_instance(request.restore_point(point.restore_time(millis))))
        }
    }
}

/// The day of a point in time, in UTC, as the service requires it.
fn day(millis: i64) -> String {
    Timestamp::from_unix_millis(millis).as_str().chars().take(10).collect()
}

/// The point in time in milliseconds; refuses an invalid one, and a second source of data.
fn valid(moment: &Timestamp, has_point: bool) -> Result<i64, Error> {
    let mut broken = Vec::new();
    if has_point {
        let rule = "must not be set: the point in time determines what is restored";
        broken.push(Violation::new("restore_point", rule));
    }
    match moment.unix_millis() {
        Some(millis) if broken.is_empty() => return Ok(millis),
        Some(_) => {}
        None => broken.push(Violation::new(TIME, "must be a time such as 2026-01-15T08:30:00Z")),
    }
    Err(Error::refused(broken))
}

/// Refuses a point in time that is in no range; a range can have no end.
fn covered(moment: &Timestamp, millis: i64, ranges: &[RestoreTime]) -> Result<(), Error> {
    let holds = |range: &RestoreTime| {
        range.start_time.is_some_and(|start| start <= millis)
            && range.end_time.is_none_or(|end| millis <= end)
    };
    if ranges.iter().any(holds) {
        return Ok(());
    }
    let text = |millis: Option<i64>| millis.map(|millis| Timestamp::from_unix_millis(millis).to_string());
    let known = ranges.iter().filter_map(|range| Some((text(range.start_time)?, text(range.end_time))));
    let known: Vec<_> =
        known.map(|(start, end)| format!("{start} to {}", end.unwrap_or("now".into()))).collect();
    let rule = match known.is_empty() {
        true => format!(
            "must be a point in time to which the instance can be restored; none is on the day of {moment}"
        ),
        false => format!("must be {}, is {moment}", known.join(" or ")),
    };
    Err(Error::refused(vec![Violation::new(TIME, rule)]))
}

const TIME: &str = "restore_point.restore_time";

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_768_478_400_000;

    fn fields(result: Result<(), Error>) -> Vec<String> {
        let error = result.err().map(|e| e.violations().to_vec());
        error.into_iter().flatten().map(|violation| violation.field().to_owned()).collect()
    }

    #[test]
    fn a_moment_lies_in_a_range() {
        let range = |start, end_time| RestoreTime { start_time: Some(start), end_time };
        let (morning, evening) = (NOON - 3_600_000, NOON + 3_600_000);
        for (ranges, refused) in [
            (Vec::new(), true),
            (vec![range(morning, Some(evening))], false),
            (vec![range(NOON, Some(NOON))], false),
            (vec![range(morning, None)], false),
            (vec![range(morning, Some(NOON - 1)), range(NOON + 1, Some(evening))], true),
            (vec![RestoreTime::default()], true),
        ] {
            let found = fields(covered(&"2026-01-15T12:00:00Z".into(), NOON, &ranges));
            assert_eq!(found, vec![TIME.to_owned(); usize::from(refused)], "{ranges:?}");
        }
    }

    #[test]
    fn the_error_names_the_moments_that_can_be_restored() {
        let rule = |ranges: &[RestoreTime]| {
            let error = covered(&"2026-01-15T12:00:00Z".into(), NOON, ranges).err();
            error.map(|e| e.violations()[0].rule().to_owned()).unwrap_or_default()
        };
        let range = |start, end_time| RestoreTime { start_time: Some(start), end_time };
        let (one, later) = (range(NOON - 7_200_000, Some(NOON - 3_600_000)), range(NOON + 1_000, None));
        assert_eq!(
            rule(&[one, later]),
            "must be 2026-01-15T10:00:00Z to 2026-01-15T11:00:00Z or 2026-01-15T12:00:01Z to now, \
             is 2026-01-15T12:00:00Z"
        );
        assert!(rule(&[]).ends_with("none is on the day of 2026-01-15T12:00:00Z"), "{}", rule(&[]));
    }

    #[test]
    fn all_that_is_wrong_is_said_before_anything_is_asked() {
        assert_eq!(valid(&"2026-01-15T20:00:00+08:00".into(), false).ok(), Some(NOON));
        assert_eq!(fields(valid(&"2026-01-15T12:00:00Z".into(), true).map(|_| ())), ["restore_point"]);
        assert_eq!(fields(valid(&"yesterday".into(), true).map(|_| ())), ["restore_point", TIME]);
        assert_eq!(day(NOON), "2026-01-15");
    }
}
