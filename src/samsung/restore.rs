//! The points in time to which a cluster can be restored.
//!
//! Problem: a point-in-time restore that no log covers is refused late, or creates a wrong cluster. Default: the point
//! in time must be in the past, and within the retention of archived logs. Override: the operation itself,
//! `create_restore`, which only the service checks.

use crate::error::Error;
use crate::timestamp::Timestamp;
use crate::violation::Violation;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Refuses a point in time that can't be restored. `days` is the retention of logs: none if they are not archived, and
/// otherwise a number that may be unknown. `number` says that the request also names a backup.
pub(super) fn check(
    moment: &Timestamp,
    now: i64,
    days: Option<Option<i64>>,
    number: bool,
) -> Result<(), Error> {
    let (time, mut broken) = ("backup_recovery_time", Vec::new());
    match (moment.unix_millis(), days) {
        (_, None) => broken.push(Violation::new(time, "must not be set: the cluster does not archive logs")),
        (None, _) => broken.push(Violation::new(time, "must be a time such as 2026-01-15T08:30:00Z")),
        (Some(millis), _) if millis > now => broken.push(Violation::new(time, "must be in the past")),
        (Some(millis), Some(Some(days))) if millis < now.saturating_sub(days.saturating_mul(DAY)) => {
            let rule = format!("must be within the last {days} days, the retention of archived logs");
            broken.push(Violation::new(time, rule));
        }
        _ => {}
    }
    if number {
        let rule = "must not be set: the point in time determines what is restored";
        broken.push(Violation::new("backup_history_number", rule));
    }
    if broken.is_empty() { Ok(()) } else { Err(Error::refused(broken)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_lies_between_the_oldest_log_and_now() {
        let now = Timestamp::from("2026-01-15T12:00:00Z").unix_millis().unwrap();
        let fields = |moment: &str, days, number| match check(&moment.into(), now, days, number) {
            Ok(()) => Vec::new(),
            Err(e) => e.violations().iter().map(|v| (v.field().to_owned(), v.rule().to_owned())).collect(),
        };
        for (moment, days, word) in [
            ("2026-01-15T12:00:00Z", Some(Some(1)), None),
            ("2026-01-14T12:00:00Z", Some(Some(1)), None),
            ("2026-01-14T11:59:59Z", Some(Some(1)), Some("the last 1 days")),
            ("2026-01-15T21:00:01+09:00", Some(Some(1)), Some("in the past")),
            ("2020-01-01T00:00:00Z", Some(None), None),
            ("yesterday", Some(Some(7)), Some("a time such as")),
            ("2026-01-15T11:00:00Z", None, Some("does not archive logs")),
            ("2026-01-15T11:00:00Z", Some(Some(i64::MAX)), None),
        ] {
            let found = fields(moment, days, false);
            assert_eq!(found.len(), usize::from(word.is_some()), "{moment}: {found:?}");
            let said = word.is_none_or(|w| found[0].0 == "backup_recovery_time" && found[0].1.contains(w));
            assert!(said, "{moment}: {found:?}");
        }
        let both = fields("tomorrow", Some(None), true);
        assert_eq!(
            both.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(),
            ["backup_recovery_time", "backup_history_number"]
        );
    }
}
