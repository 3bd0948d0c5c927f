//! The specs that the cloud serves, which are compiled into the program.
//!
//! Default: every document of the project.

use std::io;

use dbplane_codegen::finding::Finding;
use dbplane_codegen::spec::Document;

/// File name and text of every spec.
pub(crate) const SPECS: &[(&str, &str)] = &[
    // begin services: written by `cargo xtask generate`
    ("huawei-dbss-v2.yaml", include_str!("../../specs/huawei-dbss-v2.yaml")),
    ("huawei-iam-v3.yaml", include_str!("../../specs/huawei-iam-v3.yaml")),
    ("huawei-taurusdb-v3.yaml", include_str!("../../specs/huawei-taurusdb-v3.yaml")),
    ("oceanbase-cloud-v2.yaml", include_str!("../../specs/oceanbase-cloud-v2.yaml")),
    ("samsung-cachestore-1.2.overlay.yaml", include_str!("../../specs/samsung-cachestore-1.2.overlay.yaml")),
    ("samsung-epas-1.3.overlay.yaml", include_str!("../../specs/samsung-epas-1.3.overlay.yaml")),
    ("samsung-mariadb-1.0.yaml", include_str!("../../specs/samsung-mariadb-1.0.yaml")),
    ("samsung-mariadb-1.3.overlay.yaml", include_str!("../../specs/samsung-mariadb-1.3.overlay.yaml")),
    ("samsung-mysql-1.3.overlay.yaml", include_str!("../../specs/samsung-mysql-1.3.overlay.yaml")),
    ("samsung-postgresql-1.3.overlay.yaml", include_str!("../../specs/samsung-postgresql-1.3.overlay.yaml")),
    (
        "samsung-searchengine-1.2.overlay.yaml",
        include_str!("../../specs/samsung-searchengine-1.2.overlay.yaml"),
    ),
    ("samsung-sqlserver-1.2.overlay.yaml", include_str!("../../specs/samsung-sqlserver-1.2.overlay.yaml")),
    ("samsung-vertica-1.2.overlay.yaml", include_str!("../../specs/samsung-vertica-1.2.overlay.yaml")),
    // end services
];

/// Reads the spec or overlay of this file name.
///
/// # Errors The problem of the file.
pub(crate) fn open(name: &str) -> Result<Document, Vec<Finding>> {
    Document::open("specs/", name, |name| {
        let found = SPECS.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| io::ErrorKind::NotFound.into())
    })
}
