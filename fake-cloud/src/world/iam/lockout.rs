//! Wrong passwords in a row lock a user out.
//!
//! Default: [`TRIES`] within [`PERIOD`] lock for [`LOCKED`], which is within the settings of an account (3 to 10
//! attempts; 15 to 60 minutes; 15 minutes to a day).

use std::collections::VecDeque;

const MINUTE: i64 = 60_000;
/// The number of wrong passwords that lock a user.
const TRIES: usize = 5;
/// The period in which they are counted, in milliseconds.
const PERIOD: i64 = 15 * MINUTE;
/// The duration of a lock, in milliseconds.
const LOCKED: i64 = 15 * MINUTE;

/// The wrong passwords of one user.
#[derive(Debug, Default)]
pub(super) struct Lockout {
    wrong: VecDeque<i64>,
    until: i64,
}

impl Lockout {
    /// Accepts a user with the correct password who is not locked out.
    ///
    /// # Errors
    /// Whether the user is locked out; else the password is wrong.
    pub(super) fn enter(&mut self, good: bool, now: i64) -> Result<(), bool> {
        if now < self.until {
            return Err(true);
        }
        if good {
            self.wrong.clear();
            return Ok(());
        }
        self.wrong.retain(|at| now.saturating_sub(*at) < PERIOD);
        self.wrong.push_back(now);
        if self.wrong.len() >= TRIES {
            self.wrong.clear();
            self.until = now.saturating_add(LOCKED);
        }
        Err(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_password_locks_for_a_quarter_of_an_hour() {
        let mut lockout = Lockout::default();
        for now in 0..5 {
            assert_eq!(lockout.enter(false, now), Err(false));
        }
        assert_eq!(lockout.enter(true, 5), Err(true), "the right one does not help");
        assert_eq!(lockout.enter(true, 4 + LOCKED - 1), Err(true));
        assert_eq!(lockout.enter(true, 4 + LOCKED), Ok(()));
    }

    #[test]
    fn a_good_password_or_time_clears_the_count() {
        let mut lockout = Lockout::default();
        for round in 0..3 {
            let now = round * 10;
            for _ in 0..4 {
                assert_eq!(lockout.enter(false, now), Err(false));
            }
            assert_eq!(lockout.enter(true, now), Ok(()));
        }
        let mut slow = Lockout::default();
        for round in 0..20 {
            assert_eq!(slow.enter(false, round * PERIOD / 4), Err(false), "four in any quarter of an hour");
        }
    }
}
