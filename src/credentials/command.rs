//! Credentials from a command, like `credential_process` of the AWS tools.
//!
//! Problem: some vaults have a command line tool and no library.
//! Default: the command has a timeout of 60 seconds; its standard output is one JSON object, and its standard error is
//! that of the program. It is run at the first call and again before the keys expire. Override: [`Command::timeout`].

use std::ffi::OsString;
use std::fmt;
use std::io::Read;
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime};

use zeroize::Zeroizing;

use super::json;
use crate::error::Error;
use crate::runtime::Runtime;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

const TIMEOUT: Duration = Duration::from_secs(60);
/// How long to wait for the end of a process that has closed its output.
const PAUSE: Duration = Duration::from_millis(5);
const MAX_OUTPUT: u64 = 64 * 1024;

/// A provider that runs a command and reads the keys that it prints, for clients of all vendors:
///
/// ```json
/// {"Version": 1, "AccessKeyId": "...", "SecretAccessKey": "...", "SessionToken": "...",
///  "Expiration": "2026-01-15T08:30:00Z"}
/// ```
///
/// `SessionToken` is accepted only for temporary keys of Huawei Cloud. Without `Expiration` the keys do not expire.
/// `ProjectId` (Huawei Cloud) and `AccountId` (Samsung Cloud Platform) are optional. The command is run without a
/// shell. If it fails, a chain of providers ends.
///
/// ```
/// # fn main() -> Result<(), dbplane::Error> {
/// use dbplane::credentials::Command;
/// use dbplane::samsung::{Environment, mariadb_1_3::Client};
/// let vault = Command::new("vault-keys").args(["--role", "automation"]);
/// let client = Client::builder()
///     .environment(Environment::Enterprise)
///     .region("kr-west1")
///     .credentials_provider(vault)
///     .build()?;
/// # drop(client); Ok(()) }
/// ```
#[derive(Clone)]
pub struct Command {
    program: OsString,
    args: Vec<OsString>,
    timeout: Duration,
}

impl Command {
    /// Creates a provider that runs this program: a path, or a name that is searched in `PATH`.
    #[must_use]
    pub fn new(program: impl Into<OsString>) -> Self {
        Self { program: program.into(), args: Vec::new(), timeout: TIMEOUT }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Sets the timeout of the command, after which it is killed. Default: 60 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Runs the command and parses its output; `own` is the name of a member that only one vendor has.
    pub(crate) async fn run(&self, own: Option<&'static str>) -> Result<CommandKeys, Error> {
        let runtime = Runtime::system();
        let mut process = std::process::Command::new(&self.program);
        process.args(&self.args).stdin(Stdio::null()).stdout(Stdio::piped());
        let child = process.spawn().map_err(|e| self.fail(&format!("can't be run: {}", e.kind())))?;
        let mut running = Running(child);
        let outcome = runtime.within(self.timeout, self.output(&mut running, &runtime)).await;
        let text = outcome.unwrap_or_else(|| {
            Err(self.fail(&format!("did not end within {} s", self.timeout.as_secs_f64())))
        })?;
        self.read(&text, own)
    }

    async fn output(&self, running: &mut Running, runtime: &Runtime) -> Result<Zeroizing<String>, Error> {
        let Some(stdout) = running.0.stdout.take() else { return Err(self.fail("has no output")) };
        let read = tokio::task::spawn_blocking(move || {
            let mut text = Zeroizing::new(String::with_capacity(4096));
            let read = stdout.take(MAX_OUTPUT).read_to_string(&mut text);
            read.map(|_| text)
        });
        let text = match read.await {
            Ok(Ok(text)) => text,
            _ => return Err(self.fail("printed what is not text in UTF-8")),
        };
        loop {
            match running.0.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(text),
                Ok(Some(status)) => return Err(self.fail(&format!("failed: {status}"))),
                Ok(None) => runtime.sleep(PAUSE).await,
                Err(e) => return Err(self.fail(&format!("can't be waited for: {}", e.kind()))),
            }
        }
    }

    fn read(&self, text: &str, own: Option<&'static str>) -> Result<CommandKeys, Error> {
        let [key, secret] = ["AccessKeyId", "SecretAccessKey"];
        let names = [key, secret, "SessionToken", "Expiration"].into_iter().chain(own);
        let mut members = json::members(text, &names.collect::<Vec<_>>()).map_err(|(line, why)| {
            self.fail(&format!("printed JSON that can't be used: line {line} {why}"))
        })?;
        let mut take = |name| members.remove(name);
        let missing = |name| self.fail(&format!("printed no {name}"));
        let access_key = take(key).ok_or_else(|| missing(key))?;
        let secret_key = take(secret).ok_or_else(|| missing(secret))?;
        let expires = take("Expiration").map(|text| {
            let time = Timestamp::from(text.expose()).to_system_time();
            time.ok_or_else(|| self.fail("printed an Expiration that is not a time"))
        });
        let (session_token, own) = (take("SessionToken"), own.and_then(take));
        Ok(CommandKeys { access_key, secret_key, session_token, own, expires: expires.transpose()? })
    }

    pub(crate) fn fail(&self, why: &str) -> Error {
        Error::credentials(format!("the command {} {why}", self.program.display()))
    }
}

/// Shows only the program: an argument may be a secret.
impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Command({})", self.program.display())
    }
}

/// The output of a command.
pub(crate) struct CommandKeys {
    pub(crate) access_key: Secret,
    pub(crate) secret_key: Secret,
    pub(crate) session_token: Option<Secret>,
    /// The member that only one vendor has.
    pub(crate) own: Option<Secret>,
    pub(crate) expires: Option<SystemTime>,
}

/// A process that is killed when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            // It may have ended in the meantime.
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

/// Provides a vendor's credentials from the output of a command.
#[allow(unused_macros)] // in a build without any service
macro_rules! command_provider {
    ($own:expr, $make:expr) => {
        impl $crate::credentials::ProvideCredentials<Credentials> for $crate::credentials::Command {
            fn provide(&self) -> $crate::credentials::ProvideFuture<'_, Credentials> {
                Box::pin(async move {
                    let mut keys = self.run($own).await?;
                    let expires = keys.expires.take();
                    let credentials = $make(self, keys)?;
                    let provided = $crate::credentials::ExpiringCredentials::new(credentials);
                    Ok(match expires {
                        Some(time) => provided.expires_at(time),
                        None => provided,
                    })
                })
            }
        }
    };
}
#[allow(unused_imports)] // in a build without any service
pub(crate) use command_provider;

impl CommandKeys {
    /// For vendors whose keys have no session token.
    #[allow(dead_code)] // in a build without such a vendor
    pub(crate) fn without_token(self, command: &Command) -> Result<Self, Error> {
        match self.session_token {
            None => Ok(self),
            Some(_) => Err(command.fail("printed a SessionToken, which this vendor's keys do not have")),
        }
    }
}
