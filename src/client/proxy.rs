//! The proxy that requests go through.
//!
//! Problem: behind a firewall nothing works without a proxy, and a program that silently uses one of its environment
//! sends its requests to an address that it did not choose. Default: none; a failed connection says that the
//! environment names one.
//! Override: an address, or the choice to read the environment, on [`TransportBuilder`](super::transport_builder::TransportBuilder).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{NoProxy, Proxy};
use zeroize::Zeroizing;

use super::failure::root;
use crate::credentials::Env;
use crate::error::{Error, Kind};
use crate::secret::Secret;
use crate::wire::percent;

/// Variables that name a proxy for https, as curl reads them: the first that is set.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Variables that name the hosts that are reached without a proxy.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Where the proxy comes from.
#[derive(Debug, Clone, Default)]
pub(super) enum ProxyChoice {
    #[default]
    None,
    Address(Secret),
    Environment,
}

impl ProxyChoice {
    /// The proxy, if there is one, and the secrets of its address.
    pub(super) fn proxy(&self, env: &Env) -> Result<(Option<Proxy>, Vec<Secret>), Error> {
        match self {
            Self::None => Ok((None, Vec::new())),
            Self::Address(address) => {
                let address = address.expose();
                if !is_http(address) {
                    return Err(unusable("address", "it must start with http:// or https://"));
                }
                let proxy = Proxy::all(address).map_err(|e| unusable("address", &reason(e)))?;
                Ok((Some(proxy), secrets(address)))
            }
            Self::Environment => {
                let Some((name, address)) = first(env, &VARIABLES)? else { return Ok((None, Vec::new())) };
                let address = address.expose();
                let scheme = if address.contains("://") { "" } else { "http://" };
                let address = Zeroizing::new(format!("{scheme}{address}"));
                if !is_http(&address) {
                    return Err(unusable(name, "it must be an HTTP proxy"));
                }
                let proxy = Proxy::https(&*address).map_err(|e| unusable(name, &reason(e)))?;
                let exceptions = first(env, &EXCEPTIONS)?;
                let exceptions = exceptions.and_then(|(_, list)| NoProxy::from_string(list.expose()));
                Ok((Some(proxy.no_proxy(exceptions)), secrets(&address)))
            }
        }
    }

    /// The note of a failed connection about a proxy of the environment that is not used.
    pub(super) fn unused(&self, env: &Env) -> Option<&'static str> {
        let set = |name: &&&str| env.get(name).map_or(true, |value| value.is_some());
        match self {
            Self::None => VARIABLES.iter().find(set).copied(),
            Self::Address(_) | Self::Environment => None,
        }
    }
}

/// The first of these variables that is set, and its value.
fn first(env: &Env, names: &[&'static str]) -> Result<Option<(&'static str, Secret)>, Error> {
    for name in names {
        if let Some(value) = env.get(name)? {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

/// The HTTP library would silently ignore a proxy with another scheme.
fn is_http(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme))
}

fn reason(e: reqwest::Error) -> String {
    root(&e.without_url()).unwrap_or_else(|| "it is no address".to_owned())
}

fn unusable(name: &str, why: &str) -> Error {
    Error::new(Kind::Configuration, format!("the proxy {name} can't be used: {why}"))
}

/// The password in a proxy's address, and its form in a header.
fn secrets(address: &str) -> Vec<Secret> {
    let Some(url) = reqwest::Url::parse(address).ok().filter(|url| url.password().is_some()) else {
        return Vec::new();
    };
    let plain = |text: &str| Zeroizing::new(String::from_utf8_lossy(&percent::decode(text)).into_owned());
    let password = plain(url.password().unwrap_or_default());
    let pair = Zeroizing::new(format!("{}:{}", *plain(url.username()), *password));
    vec![password.as_str().into(), STANDARD.encode(&*pair).into()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(choice: &ProxyChoice, env: &Env) -> Result<(bool, Vec<String>), String> {
        let (proxy, secrets) = choice.proxy(env).map_err(|e| e.to_string())?;
        Ok((proxy.is_some(), secrets.iter().map(|secret| secret.expose().to_owned()).collect()))
    }

    #[test]
    fn the_environment_is_read_when_it_is_chosen_and_not_otherwise() {
        let env =
            Env::fixed().variable("https_proxy", "proxy.example:3128").variable("NO_PROXY", ".internal");
        assert_eq!(ProxyChoice::None.unused(&env), Some("https_proxy"));
        assert_eq!(ProxyChoice::Environment.unused(&env), None);
        assert_eq!(ProxyChoice::None.unused(&Env::fixed()), None);
        assert_eq!(built(&ProxyChoice::Environment, &env), Ok((true, Vec::new())));
        assert_eq!(built(&ProxyChoice::Environment, &Env::fixed()), Ok((false, Vec::new())));
    }

    #[test]
    fn a_proxy_s_password_is_a_secret_and_a_bad_address_an_error_without_it() {
        let env = Env::fixed().variable("HTTPS_PROXY", "http://me:hunter2@proxy.example:3128");
        assert_eq!(built(&ProxyChoice::Environment, &env).unwrap().1[0], "hunter2");
        let env = Env::fixed().variable("HTTPS_PROXY", "socks5://me:hunter2@proxy.example");
        let error = built(&ProxyChoice::Environment, &env).unwrap_err();
        assert_eq!(error, "the proxy HTTPS_PROXY can't be used: it must be an HTTP proxy");
        let error = built(&ProxyChoice::Address("proxy:1".into()), &Env::fixed()).unwrap_err();
        assert!(error.contains("must start with http:// or https://"), "{error}");
    }
}
