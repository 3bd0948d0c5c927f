//! The example that makes metrics of traces.

#[allow(dead_code)] // `main` runs what is tested here
#[path = "../examples/metrics.rs"]
mod metrics;

#[tokio::test]
async fn calls_errors_retries_and_durations_are_counted_by_operation() {
    let metrics = metrics::measured().await.expect("the list is read");
    metrics.read(|all| {
        let rows: Vec<_> = all
            .iter()
            .map(|(name, counts)| {
                let kind = counts.errors.keys().map(String::as_str).collect::<Vec<_>>().join(" ");
                (name.as_str(), counts.calls, kind, counts.retries, counts.durations.iter().sum::<u32>())
            })
            .collect();
        let expected = [
            ("samsung-mariadb-1.3 ListClusters", 1, String::new(), 1, 1),
            ("samsung-mariadb-1.3 ShowCluster", 1, "service".to_owned(), 0, 1),
            ("samsung-mariadb-1.3 StopCluster", 1, "timeout".to_owned(), 0, 1),
        ];
        assert_eq!(rows, expected);
    });
}
