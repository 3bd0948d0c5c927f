//! Host names by service and region.
//!
//! No rule leads from a region to the host of TaurusDB, so that one is a table; DBSS and IAM follow a rule.
//! A region that is not listed needs a base URL: new ones appear faster than tables.

use crate::client::config::host_label;
use crate::error::Error;
#[cfg(feature = "huawei-taurusdb-v3")]
use crate::error::Kind;

/// Regions of TaurusDB by the word that its host begins with.
#[cfg(feature = "huawei-taurusdb-v3")]
const TAURUSDB: [(&str, &[&str]); 3] = [
    (
        "gaussdb",
        &[
            "cn-north-2",
            "cn-north-4",
            "cn-north-9",
            "cn-east-3",
            "cn-south-1",
            "cn-south-4",
            "cn-southwest-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "sa-brazil-1",
            "ru-northwest-2",
        ],
    ),
    ("gaussdbformysql", &["cn-north-11", "ap-southeast-1", "ap-southeast-2", "tr-west-1", "me-east-1"]),
    ("gaussdb-mysql", &["cn-east-5", "af-south-1", "la-north-2"]),
];

/// The address of TaurusDB in a region.
#[cfg(feature = "huawei-taurusdb-v3")]
pub(super) fn taurusdb(region: &str) -> Result<String, Error> {
    let word = TAURUSDB.iter().find(|(_, regions)| regions.contains(&region)).map(|(word, _)| word);
    let word = word.ok_or_else(|| {
        let message =
            format!("no TaurusDB host is known for the region `{}`; give a base_url", region.escape_debug());
        Error::new(Kind::Configuration, message)
    })?;
    Ok(format!("https://{word}.{region}.myhuaweicloud.com"))
}

/// The address of DBSS in a region.
#[cfg(feature = "huawei-dbss-v2")]
pub(super) fn dbss(region: &str) -> Result<String, Error> {
    regional("dbss", region)
}

/// The address of IAM in a region; one region has a domain of its own.
pub(super) fn iam(region: &str) -> Result<String, Error> {
    match region {
        "eu-west-101" => Ok("https://iam.eu-west-101.myhuaweicloud.eu".to_owned()),
        _ => regional("iam", region),
    }
}

fn regional(word: &str, region: &str) -> Result<String, Error> {
    Ok(format!("https://{word}.{}.myhuaweicloud.com", host_label(region)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "huawei-taurusdb-v3")]
    fn taurusdb_hosts_follow_the_table() {
        assert_eq!(taurusdb("cn-north-4").unwrap(), "https://gaussdb.cn-north-4.myhuaweicloud.com");
        assert_eq!(taurusdb("me-east-1").unwrap(), "https://gaussdbformysql.me-east-1.myhuaweicloud.com");
        assert_eq!(taurusdb("la-north-2").unwrap(), "https://gaussdb-mysql.la-north-2.myhuaweicloud.com");
        let error = taurusdb("mars-1").unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("mars-1"), "{error}");
    }

    #[test]
    fn a_region_is_one_host_label() {
        assert_eq!(iam("eu-west-101").unwrap(), "https://iam.eu-west-101.myhuaweicloud.eu");
        assert_eq!(iam("cn-north-1").unwrap(), "https://iam.cn-north-1.myhuaweicloud.com");
        for bad in ["", "a/b", "evil.example#", "cn north"] {
            assert!(iam(bad).is_err(), "{bad:?}");
        }
    }
}
