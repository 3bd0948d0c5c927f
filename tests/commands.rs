//! Credentials from a command.
#![cfg(unix)] // the commands here are for a shell
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::time::{Duration, SystemTime};

use dbplane::credentials::{Chain, Command, ExpiringCredentials, ProvideCredentials};
use dbplane::{Error, huawei, oceanbase, samsung};

const KEYS: &str = r#"{"Version": 1, "AccessKeyId": "the-key", "SecretAccessKey": "the-secret""#;

fn shell(script: &str) -> Command {
    Command::new("/bin/sh").args(["-c", script])
}

fn prints(rest: &str) -> Command {
    shell(&format!("echo '{KEYS}{rest}'"))
}

async fn huawei(command: Command) -> Result<ExpiringCredentials<huawei::Credentials>, Error> {
    ProvideCredentials::<huawei::Credentials>::provide(&command).await
}

#[tokio::test]
async fn each_vendor_takes_what_its_keys_have() {
    let found =
        huawei(prints(r#", "SessionToken": "t", "ProjectId": "p", "Expiration": "2026-01-15T08:30:00Z"}"#));
    let found = found.await.unwrap();
    assert_eq!(found.expiry(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_768_465_800)));
    assert_eq!(format!("{:?}", found.credentials()), "Credentials(temporary access key)");
    assert_eq!(huawei(prints("}")).await.unwrap().expiry(), None);
    let account = prints(r#", "AccountId": "account-1"}"#);
    let found = ProvideCredentials::<samsung::Credentials>::provide(&account).await.unwrap();
    assert!(format!("{:?}", found.credentials()).contains("account-1"));
    let (plain, temporary) = (prints("}"), prints(r#", "SessionToken": "t"}"#));
    ProvideCredentials::<oceanbase::Credentials>::provide(&plain).await.unwrap();
    let error = ProvideCredentials::<oceanbase::Credentials>::provide(&temporary).await.unwrap_err();
    assert!(error.to_string().contains("printed a SessionToken"), "{error}");
}

#[tokio::test]
async fn what_goes_wrong_is_said_without_a_secret_and_ends_a_chain() {
    for (command, reason) in [
        (Command::new("/no/such/program"), "the command /no/such/program can't be run: entity not found"),
        (shell("echo hunter2; exit 3"), "failed: exit status: 3"),
        (shell("echo hunter2"), "printed JSON that can't be used: line 1 is invalid JSON"),
        (shell("echo '{\"SecretAccessKey\": \"hunter2\"}'"), "printed no AccessKeyId"),
        (prints(r#", "Expiration": "hunter2"}"#), "printed an Expiration that is not a time"),
        (shell("printf '\\377'"), "printed what is not text in UTF-8"),
        (shell("exec sleep 100").timeout(Duration::from_millis(50)), "did not end within 0.05 s"),
        (shell("exec >&-; exec sleep 100").timeout(Duration::from_millis(50)), "did not end within 0.05 s"),
    ] {
        let chain = Chain::new().then("vault", command).then("environment", huawei::EnvProvider::default());
        let error = chain.provide().await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains(reason) && !text.contains("hunter2"), "{error}");
        assert!(!error.is_no_credentials() && error.is_auth(), "{error}");
    }
    assert_eq!(format!("{:?}", shell("echo hunter2")), "Command(/bin/sh)");
}
