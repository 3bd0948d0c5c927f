//! How often to poll, and for how long.

use std::time::Duration;

use crate::runtime::Runtime;

/// The first pause by default.
const FIRST: Duration = Duration::from_secs(2);

/// How often to poll, and for how long.
///
/// ```
/// use std::time::Duration;
/// let wait = dbplane::Wait::default().timeout(Duration::from_secs(3600));
/// # drop(wait);
/// ```
#[derive(Debug, Clone)]
pub struct Wait {
    pauses: Option<(Duration, Duration)>,
    pub(super) timeout: Duration,
}

impl Default for Wait {
    fn default() -> Self {
        Self { pauses: None, timeout: Duration::from_secs(2 * 60 * 60) }
    }
}

impl Wait {
    /// Sets the pauses between polls: `first` before the first poll, increased by half each time up to `longest`.
    /// Default: 2 seconds, and the vendor's recommendation of 10 to 30 seconds.
    #[must_use]
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.pauses = Some((first, longest));
        self
    }

    /// Sets the timeout of the wait. The work continues after it. Default: two hours.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The pause before poll `number`, counted from 0: between four fifths of its maximum and the maximum.
    pub(super) fn pause(&self, number: u32, interval: u64, runtime: &Runtime) -> Duration {
        let (first, longest) = self.pauses.unwrap_or((FIRST, Duration::from_secs(interval)));
        // A maximum that a Duration can't have is larger than `longest`.
        let growth = 1.5_f64.powi(number.min(40).cast_signed());
        let bound =
            Duration::try_from_secs_f64(first.as_secs_f64() * growth).map_or(longest, |b| b.min(longest));
        bound.mul_f64(0.8 + 0.2 * runtime.fraction())
    }
}
