//! The specs that the cloud serves, in the program itself.
//!
//! Default: every document of the project. A new one is added to [`SPECS`]; a test compares the list with the
//! files.

/// File stem and text of every spec.
pub(crate) const SPECS: &[(&str, &str)] = &[
    ("huawei-dbss", include_str!("../../specs/huawei-dbss.yaml")),
    ("huawei-iam", include_str!("../../specs/huawei-iam.yaml")),
    ("huawei-taurusdb", include_str!("../../specs/huawei-taurusdb.yaml")),
    ("oceanbase-cloud", include_str!("../../specs/oceanbase-cloud.yaml")),
    ("samsung-mariadb", include_str!("../../specs/samsung-mariadb.yaml")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_listed() {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
        let mut stems: Vec<String> = std::fs::read_dir(directory)
            .expect("the directory of the specs")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
            .map(|path| path.file_stem().expect("a stem").to_string_lossy().into_owned())
            .collect();
        stems.sort();
        let listed: Vec<&str> = SPECS.iter().map(|(stem, _)| *stem).collect();
        assert_eq!(stems, listed);
    }
}
