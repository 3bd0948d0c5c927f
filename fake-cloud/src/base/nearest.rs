//! Suggestions for a name that does not exist.

/// The maximum number of suggestions.
const FEW: usize = 3;

/// `did you mean ..?` with the most similar names, or all of them if none is similar.
pub(crate) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let mut likely: Vec<(f64, &str)> = names
        .iter()
        .map(|name| (strsim::jaro_winkler(&name.to_lowercase(), &wrong.to_lowercase()), *name))
        .collect();
    likely.retain(|(likeness, _)| *likeness > 0.8);
    likely.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    let quoted = |list: Vec<&str>| list.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if likely.is_empty() {
        return format!("there are {}", quoted(names));
    }
    format!("did you mean {}?", quoted(likely.into_iter().take(FEW).map(|(_, name)| name).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_names_first() {
        let names = ["StartCluster", "RestartCluster", "StopCluster", "ListBackups"];
        let near = |wrong| nearest(wrong, names.into_iter());
        assert!(near("RestartClusters").starts_with("did you mean `RestartCluster`"));
        assert!(near("startcluster").starts_with("did you mean `StartCluster`"));
        assert_eq!(near("xyz"), "there are `StartCluster`, `RestartCluster`, `StopCluster`, `ListBackups`");
    }
}
