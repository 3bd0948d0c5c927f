//! What is to happen, said a second time: from a fault and the kind of an operation to result, requests and effects.
//!
//! These are the rules in words, and none of the library's code:
//! - no connection came about, or the service held the call back (429, 503 with `Retry-After`): always repeated;
//! - a broken connection, time that ran out, any other 5xx: repeated unless a repeat could do it twice;
//! - everything else is final at once;
//! - three attempts in all;
//! - a write is in doubt unless it never left or the service turned it down.

/// What the server, or the way to it, does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nobody listens.
    Refused,
    /// The connection is reset before the request is read.
    ResetBefore,
    /// The request is read and done; then the connection ends without a word.
    HangUp,
    /// The same, with a reset.
    ResetAfter,
    /// The request is read and done, and no answer comes.
    Timeout,
    /// A byte of the answer comes every now and then.
    SlowBody,
    /// The connection ends within the body.
    CutBody,
    /// A complete answer with half a JSON document.
    TruncatedJson,
    Html,
    Empty,
    /// A good status around an envelope that says no.
    SuccessFalse,
    Redirect,
    /// A compressed body, far larger inside.
    GzipBomb,
    /// 9 MiB.
    Large,
    Status(u16),
    /// A status with `Retry-After`.
    HeldBack(u16),
}

/// What a repeat of an operation would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    IdempotentWrite,
    OtherWrite,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Read, Self::IdempotentWrite, Self::OtherWrite];
}

/// How often the fault happens before all is well; this one stands for ever.
pub(crate) const FOR_EVER: u32 = u32::MAX;
pub(crate) const FAILURES: [u32; 3] = [1, 2, FOR_EVER];

const ATTEMPTS: u32 = 3;

/// What the service asks to wait, in seconds.
pub(crate) const RETRY_AFTER: u64 = 7;

/// All of one cell of the matrix.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) succeeds: bool,
    pub(crate) attempts: u32,
    /// Complete requests at the server.
    pub(crate) requests: u32,
    /// How often the server did what was asked.
    pub(crate) executed: u32,
    /// What has changed at the server.
    pub(crate) effects: usize,
    /// The predicates of the error that hold.
    pub(crate) predicates: &'static [&'static str],
    pub(crate) status: Option<u16>,
    pub(crate) in_doubt: bool,
}

impl Fault {
    fn repeated(self, kind: Kind) -> bool {
        match self {
            Self::Refused | Self::Status(429) | Self::HeldBack(_) => true,
            Self::ResetBefore | Self::HangUp | Self::ResetAfter | Self::Timeout => kind != Kind::OtherWrite,
            Self::SlowBody | Self::CutBody | Self::Status(500..) => kind != Kind::OtherWrite,
            _ => false,
        }
    }

    /// Whether the request gets to the server.
    fn arrives(self) -> bool {
        !matches!(self, Self::Refused | Self::ResetBefore)
    }

    /// Whether the server does what is asked in spite of the fault.
    pub(crate) fn executes(self) -> bool {
        match self {
            Self::SuccessFalse | Self::Redirect | Self::HeldBack(_) => false,
            Self::Status(status) => status >= 500,
            _ => self.arrives(),
        }
    }

    fn predicates(self) -> &'static [&'static str] {
        match self {
            Self::Refused => &["connect"],
            Self::Timeout | Self::SlowBody => &["timeout"],
            Self::TruncatedJson | Self::Html | Self::Empty | Self::GzipBomb | Self::Large => &["decode"],
            Self::Status(401) => &["auth"],
            Self::Status(403) => &["forbidden"],
            Self::Status(404) => &["not found"],
            Self::Status(409) => &["conflict"],
            Self::Status(429) | Self::HeldBack(429) => &["throttled"],
            Self::Status(500..) | Self::HeldBack(500..) => &["server"],
            _ => &[],
        }
    }

    fn status(self) -> Option<u16> {
        match self {
            Self::Status(status) | Self::HeldBack(status) => Some(status),
            Self::Redirect => Some(302),
            Self::TruncatedJson | Self::Html | Self::Empty | Self::GzipBomb => Some(200),
            Self::SuccessFalse => Some(200),
            _ => None,
        }
    }
}

/// The rules.
pub(crate) fn expected(fault: Fault, kind: Kind, failures: u32) -> Expected {
    let attempts = if fault.repeated(kind) { failures.saturating_add(1).min(ATTEMPTS) } else { 1 };
    let succeeds = failures < attempts;
    let good = u32::from(succeeds);
    let bad = attempts - good;
    let executed = good + if fault.executes() { bad } else { 0 };
    let effects = match kind {
        Kind::Read => 0,
        // The second time finds everything as wanted.
        Kind::IdempotentWrite => executed.min(1) as usize,
        Kind::OtherWrite => executed as usize,
    };
    Expected {
        succeeds,
        attempts,
        requests: good + if fault.arrives() { bad } else { 0 },
        executed,
        effects,
        predicates: if succeeds { &[] } else { fault.predicates() },
        status: if succeeds { None } else { fault.status() },
        // A reset looks the same whether the request was read or not.
        in_doubt: !succeeds && kind != Kind::Read && (fault.executes() || fault == Fault::ResetBefore),
    }
}
