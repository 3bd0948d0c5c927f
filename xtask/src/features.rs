//! Cargo.toml must have a feature for every spec; Cargo itself only warns of a `cfg` that is never true.

/// What is wrong with `manifest`, if it lacks a feature.
pub(crate) fn check<'s>(manifest: &str, stems: impl Iterator<Item = &'s str>) -> Result<(), String> {
    let features = features(manifest);
    let missing: Vec<_> = stems
        .filter(|stem| !features.contains(stem))
        .map(|stem| {
            let key = if stem.contains('.') { format!("\"{stem}\"") } else { stem.to_owned() };
            format!(
                "Cargo.toml has no feature for specs/{stem}.yaml; add `{key} = []` under [features], and to `default`"
            )
        })
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(missing.join("\n")) }
}

/// The keys of the section `[features]`.
fn features(manifest: &str) -> Vec<&str> {
    let section = manifest.lines().skip_while(|line| line.trim() != "[features]").skip(1);
    let lines = section.take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim().trim_matches('"')).collect()
}

#[cfg(test)]
mod tests {
    use super::check;

    const MANIFEST: &str = "\
[package]
name = \"x-package\"

[features]
default = [\"x-a\"]
# x-comment = []
x-a = []
\"x-b-1.3\" = [
    \"x-a\",
]

[dependencies]
x-dependency = \"1\"
";

    #[test]
    fn features_are_found_in_their_section() {
        assert_eq!(check(MANIFEST, ["x-a", "x-b-1.3"].into_iter()), Ok(()));
        for stem in ["x-c", "x-dependency", "name", "x-comment"] {
            let said = check(MANIFEST, [stem].into_iter());
            assert!(said.is_err_and(|m| m.contains(&format!("add `{stem} = []`"))), "{stem}");
        }
    }

    #[test]
    fn each_missing_feature_is_named() {
        let said = check(MANIFEST, ["x-c", "x-a", "x-d-2.0"].into_iter()).unwrap_err();
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains("add `\"x-d-2.0\" = []`"), "{said}");
    }
}
